/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which rules a review needs.  A plan knows a few dozen of the thousands of types that rules are
 * about, so most rules need not be read any further than their types.
 */
#include "base/hash.h"
#include "gate/glob.h"
#include "gate/rule_model.h"

/* Slots are a power of two, at most half full; with more types every rule is read. */
enum { SLOTS = 1024, TYPES_MOST = SLOTS / 2 };

struct rule_scope {
	struct str types[TYPES_MOST];
	size_t count;
	bool all;
	uint16_t slots[SLOTS]; /* index + 1; 0: free */
};

bool rule_judges(const struct change *change)
{
	return change->action != ACTION_NO_OP && change->mode == MODE_MANAGED;
}

/* The slot of a type, or the free one that it would have. */
static size_t slot_of(const struct rule_scope *scope, struct str type)
{
	size_t slot = hash_bytes(type, 0) % SLOTS;

	while (scope->slots[slot] && !str_eq(scope->types[scope->slots[slot] - 1], type))
		slot = (slot + 1) % SLOTS;
	return slot;
}

static void add_type(struct rule_scope *scope, struct str type)
{
	size_t slot = slot_of(scope, type);

	if (scope->slots[slot])
		return;
	if (scope->count == TYPES_MOST) {
		scope->all = true;
		return;
	}
	scope->types[scope->count++] = type;
	scope->slots[slot] = (uint16_t)scope->count;
}

int rule_scope_of(const struct plan *plans, size_t count, struct arena *arena,
	struct rule_scope **ret_scope, struct error *err)
{
	struct rule_scope *scope = ARENA_NEW(arena, struct rule_scope);

	if (!scope)
		return error_memory(err);
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < plans[i].changes.count && !scope->all; j++)
			if (rule_judges(&plans[i].changes.items[j]))
				add_type(scope, plans[i].changes.items[j].type);
	*ret_scope = scope;
	return 0;
}

static bool meets_pattern(const struct rule_scope *scope, struct str pattern)
{
	if (str_find_char(pattern, '*') == SIZE_MAX)
		return scope->slots[slot_of(scope, pattern)] != 0;
	for (size_t i = 0; i < scope->count; i++)
		if (text_glob(pattern, scope->types[i]))
			return true;
	return false;
}

bool rule_scope_meets(const struct rule_scope *scope, struct str types)
{
	if (!scope || scope->all)
		return true;
	for (size_t end; types.len > 0; types = str_slice(types, end + 1, types.len)) {
		end = str_find_char(types, '\n');
		if (meets_pattern(scope, str_slice(types, 0, end)))
			return true;
	}
	return false;
}
