/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What only the configuration tells: a prevent_destroy that is taken away, and
 * where the block of a finding stands.
 */
#ifndef WEIR_GATE_PREVENT_DESTROY_H
#define WEIR_GATE_PREVENT_DESTROY_H

#include "hcl/hcl.h"
#include "plan/plan.h"

/* A finding for each object of the plan that `before` protects and `now` does not. */
void prevent_destroy_judge(const struct hcl_configuration *before,
	const struct hcl_configuration *now, const struct plan *plan, struct findings *findings);

/*
 * Gives each finding that has an address and no place the place of its block: its own, or else the
 * nearest module call around it.
 */
void findings_place(const struct hcl_configuration *now, struct findings *findings);

/* The block of an address with or without instance keys and deposed key, or of the module call around it. */
const struct hcl_block *block_of(
	const struct hcl_configuration *configuration, struct str address, struct arena *arena);

#endif
