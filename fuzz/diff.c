/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A plan whose changes are compared.  What a difference claims must be so, and an object must
 * not differ from itself.
 */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "plan/diff.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct change *change, struct arena *arena)
{
	struct differences differences = {0};
	struct change same = *change;

	if (change_diff(change, arena, &differences, NULL) < 0)
		return;
	for (size_t i = 0; i < differences.count; i++) {
		const struct difference *difference = &differences.items[i];

		/* Of an element that moved, the path is the one after. */
		assert(difference->kind != DIFF_REMOVED || node_exists(difference->before));
		assert(difference->kind != DIFF_ADDED || node_exists(difference->after));
		assert(difference->kind != DIFF_CHANGED ||
			!node_equal(difference->before, difference->after));
		(void)value_at(change->before, difference->path, arena);
		(void)change_after_state(change, difference->path, arena);
	}
	(void)change_is_tags_only(change, arena);
	(void)change_replace_paths_text(change, arena);
	same.after = same.before;
	same.after_sensitive_at = same.before_sensitive_at;
	same.after_unknown = NODE_NONE;
	if (change_diff(&same, arena, &differences, NULL) == 0)
		assert(differences.count == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_create((size_t)64 << 20);
	struct plans plans = {0};

	if (plan_read((struct str){(const char *)data, size}, STR("fuzz"), arena, &plans, NULL) ==
		0)
		for (size_t i = 0; i < plans.count; i++) {
			for (size_t k = 0; k < plans.items[i].changes.count; k++)
				check(&plans.items[i].changes.items[k], arena);
			plan_free(&plans.items[i]);
		}
	arena_destroy(arena);
	return 0;
}
