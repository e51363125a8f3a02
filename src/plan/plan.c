/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What can be asked of a plan once it is read: names of actions, addresses,
 * pointers and the counts that Terraform itself prints.
 */
#include "plan/plan.h"

static const struct str actions[] = {
#define ACTION(name, text) [ACTION_##name] = STR_INIT(text),
	PLAN_ACTIONS(ACTION)
#undef ACTION
};

struct str plan_action_name(enum plan_action action)
{
	return actions[action];
}

bool plan_action_destroys(enum plan_action action)
{
	return action == ACTION_DELETE || plan_action_replaces(action);
}

bool plan_action_replaces(enum plan_action action)
{
	return action == ACTION_REPLACE || action == ACTION_REPLACE_CBD;
}

struct str change_full_address(const struct change *change, struct arena *arena)
{
	if (str_absent(change->deposed))
		return change->address;
	return arena_printf(
		arena, "%.*s (deposed %.*s)", STR_ARG(change->address), STR_ARG(change->deposed));
}

struct str change_pointer(const struct change *change, struct arena *arena)
{
	switch (change->list) {
	case LIST_DRIFT:
		return arena_printf(arena, "/resource_drift/%u", change->position);
	case LIST_DEFERRED:
		return arena_printf(
			arena, "/deferred_changes/%u/resource_change", change->position);
	case LIST_CHANGES:
		break;
	}
	return arena_printf(arena, "/resource_changes/%u", change->position);
}

static void count_change(const struct change *change, struct plan_counts *counts)
{
	switch (change->action) {
	case ACTION_CREATE:
		counts->add++;
		break;
	case ACTION_CREATE_FORGET:
	case ACTION_FORGET_CREATE:
		counts->add++;
		counts->forget++;
		break;
	case ACTION_REPLACE:
	case ACTION_REPLACE_CBD:
		counts->add++;
		counts->destroy++;
		break;
	case ACTION_UPDATE:
		counts->update++;
		break;
	case ACTION_DELETE:
		counts->destroy++;
		break;
	case ACTION_FORGET:
		counts->forget++;
		break;
	case ACTION_READ:
	case ACTION_OPEN:
	case ACTION_RENEW:
	case ACTION_CLOSE:
		counts->read++;
		break;
	case ACTION_NO_OP:
		counts->no_op++;
		break;
	case ACTION_UNKNOWN:
		counts->unknown++;
		break;
	case ACTION_MOVE:
	case ACTION_IMPORT:
	case ACTION_COUNT:
		break;
	}
}

void plan_count(const struct plan *plan, struct plan_counts *ret_counts)
{
	struct plan_counts counts = {0};

	for (size_t i = 0; i < plan->changes.count; i++) {
		const struct change *change = &plan->changes.items[i];

		/* Terraform shows nothing of a data source that leaves the state. */
		if (change->action == ACTION_DELETE && change->mode != MODE_MANAGED)
			continue;
		count_change(change, &counts);
		if (change->importing)
			counts.import++;
		if (!str_absent(change->previous_address))
			counts.move++;
	}
	*ret_counts = counts;
}
