/* SPDX-License-Identifier: Apache-2.0 */
/* Parts of the reader, shared inside src/plan only. */
#ifndef WEIR_PLAN_READ_H
#define WEIR_PLAN_READ_H

#include "plan/plan.h"

/* Fills plan->checks from `checks`, or from the older `condition_results`; either may be NODE_NONE.
 */
int read_checks(struct plan *plan, struct node checks, struct node conditions, struct arena *arena,
	struct error *err) WEIR_NODISCARD;

/* Marks the drift that relevant_attributes names. */
int read_drift_relevance(struct plan *plan, struct arena *arena, struct error *err) WEIR_NODISCARD;

#endif
