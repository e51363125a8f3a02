/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What else a plan does around one object: whether what it guards goes with
 * it, and who uses it.  Nothing is computed before a rule asks, and then once
 * for the plan.
 */
#ifndef WEIR_GATE_RULE_NEIGHBOURS_H
#define WEIR_GATE_RULE_NEIGHBOURS_H

#include "plan/reference.h"

struct neighbours;

/* `references` may be NULL: then only values tell who uses whom. NULL when memory is short. */
struct neighbours *neighbours_create(
	const struct plan *plan, const struct references *references, struct arena *arena);

/*
 * True if the change deletes an object and leaves alone what its attribute at `path` names: this
 * plan deletes no object of that id, ARN or name (but for others that name it at the same path and
 * have no ARN of their own), and makes no other object of the type for it.  One that was there before
 * takes nobody's place.
 */
bool neighbours_abandons(
	struct neighbours *neighbours, const struct change *change, struct str path);

/*
 * The changes (no-ops too) whose objects use the one that is destroyed and are not deleted
 * themselves, in the plan's order: an attribute of theirs is its id or ARN, or, for a replacement,
 * the configuration refers to it.  Of those that name its id or ARN at most 1,000.
 */
size_t neighbours_consumers(struct neighbours *neighbours, const struct change *change,
	const struct change *const **ret_items);

#endif
