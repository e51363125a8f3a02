/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which changes made outside of Terraform matter to this plan: those of a
 * resource that relevant_attributes names.  Marked once, while the plan is read,
 * through a hash table, since both lists can be long.
 */
#include "base/hash.h"
#include "plan/read.h"
#include "plan/reference.h"

struct names {
	struct str *slots;
	size_t mask;
};

static bool holds(const struct names *names, struct str name)
{
	for (size_t at = hash_bytes(name, 11) & names->mask; !str_absent(names->slots[at]);
		at = (at + 1) & names->mask)
		if (str_eq(names->slots[at], name))
			return true;
	return false;
}

static void add(struct names *names, struct str name)
{
	size_t at = hash_bytes(name, 11) & names->mask;

	while (!str_absent(names->slots[at]) && !str_eq(names->slots[at], name))
		at = (at + 1) & names->mask;
	names->slots[at] = name;
}

int read_drift_relevance(struct plan *plan, struct arena *arena, struct error *err)
{
	size_t count = node_count(plan->relevant_attributes);
	struct node_iter it = node_children(plan->relevant_attributes);
	struct names names = {.mask = 15};

	if (plan->drift.count == 0 || count == 0)
		return 0;
	while (names.mask < size_mul(count, 2))
		names.mask = names.mask * 2 + 1;
	names.slots = ARENA_ARRAY(arena, struct str, names.mask + 1);
	if (!names.slots)
		return error_memory(err);
	while (node_next(&it)) {
		struct str resource = node_text(NODE_GET(it.value, "resource"), arena);

		if (!str_absent(resource))
			add(&names, resource);
	}
	for (size_t i = 0; i < plan->drift.count; i++) {
		struct change *drift = &plan->drift.items[i];

		drift->relevant = holds(&names, drift->address) ||
			holds(&names, address_without_keys(drift->address, arena));
	}
	return arena_failed(arena) ? error_memory(err) : 0;
}

bool plan_drift_is_relevant(
	const struct plan *plan, const struct change *drift, struct arena *arena)
{
	(void)plan;
	(void)arena;
	return drift->relevant;
}
