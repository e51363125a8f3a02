/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Learning the secrets of plans beside everything else that a command does with them.
 *
 * Learning needs of a plan no more than its document and its digest, and takes the largest part of
 * a review: so it begins as soon as a plan is parsed, before its keys are checked.  A plan that is then refused
 * was learned for nothing and does no harm.
 */
#ifndef WEIR_STORY_LEARNER_H
#define WEIR_STORY_LEARNER_H

#include "base/task.h"
#include "gate/rule.h"
#include "redact/redact.h"

/* Stays where it is while it learns. Zeroed but for `redactor`; NULL: nothing is learned. */
struct learner {
	struct redactor *redactor; /* nobody else's until learner_join() */
	/* private */
	const struct plan *plan;
	struct task task;
};

/*
 * Begins to learn a plan from plan_parse(), after those added before.  The plan may move; its document stays
 * until the learner is joined.  Errors: those of the plan before.
 */
int learner_add(struct learner *learner, const struct plan *parsed, struct arena *arena,
	struct error *err) WEIR_NODISCARD;

/* Waits until all is learned. From here on texts can be redacted. */
int learner_join(struct learner *learner, struct error *err) WEIR_NODISCARD;
/* Waits on a way out; the redactor stays its owner's. Accepts a zeroed one. */
void learner_cleanup(struct learner *learner);

/* What rules may ask of a redactor once all is learned; borrows it. */
struct secret_oracle secret_oracle(struct redactor *redactor);

#endif
