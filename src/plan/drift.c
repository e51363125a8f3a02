/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which changes made outside of Terraform matter to this plan: those of a
 * resource that relevant_attributes names.
 */
#include "plan/plan.h"
#include "plan/reference.h"

bool plan_drift_is_relevant(
	const struct plan *plan, const struct change *drift, struct arena *arena)
{
	struct node_iter it = node_children(plan->relevant_attributes);
	struct str plain = address_without_keys(drift->address, arena);

	while (node_next(&it)) {
		struct node resource = NODE_GET(it.value, "resource");

		if (node_text_is(resource, drift->address) || node_text_is(resource, plain))
			return true;
	}
	return false;
}
