/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Findings of other scanners, in the same verdict as weir's own.
 *
 * A scanner looks at a whole configuration, weir at what a plan changes: what stands at an object
 * that the plan makes or changes counts as severe as the scanner says; at any other object it is
 * told as info.  What cannot be told to be an object or none keeps its severity.
 */
#ifndef WEIR_GATE_SCANNER_H
#define WEIR_GATE_SCANNER_H

#include "gate/sarif.h"
#include "hcl/hcl.h"
#include "plan/plan.h"

/* What is known of where the results of a review stand. */
struct scanner_world {
	/*
	 * The results; `file` of each is absolute now, or absent where no such file is here.
	 */
	struct sarif_results *results;
	struct str here; /* the current directory, absolute */
};

/*
 * Appends findings for the results that are about the objects of one plan, each rule once at each
 * object, and marks them told.  `configuration` are the plan's .tf files, or NULL.  A result that
 * certainly means a weakness that is in `findings` already is added to that finding (scanner.def).
 * It asks for positions in the plan: call it while no task reads that.
 */
int scanner_judge(const struct scanner_world *world, const struct plan *plan,
	const struct hcl_configuration *configuration, struct findings *findings,
	struct error *err) WEIR_NODISCARD;

/* After all plans: findings, of no plan, for the results that none of them told. */
int scanner_rest(const struct scanner_world *world, struct findings *findings,
	struct error *err) WEIR_NODISCARD;

#endif
