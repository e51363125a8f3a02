/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes as a plan file: decoding, wrappers, entries, findings. Whatever is accepted must hold together. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "plan/plan.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_changes(const struct changes *changes, struct arena *arena)
{
	for (size_t i = 0; i < changes->count; i++) {
		const struct change *change = &changes->items[i];

		assert(!str_empty(change->address) && !str_empty(change->type));
		assert(!str_absent(change->action_text));
		assert(change->action < ACTION_COUNT);
		assert(str_absent(change->deposed) || change->deposed.len > 0);
		assert(str_eq(change_pointer(change, arena), node_pointer(change->self, arena)));
		assert(!str_absent(change_full_address(change, arena)));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_create((size_t)64 << 20);
	struct plans plans = {0};
	struct error err = {0};
	int r = plan_read((struct str){(const char *)data, size}, STR("fuzz"), arena, &plans, &err);

	assert(r == 0 ? plans.count > 0 : plans.count == 0 && err.id != ERR_NONE);
	for (size_t i = 0; i < plans.count; i++) {
		struct plan *plan = &plans.items[i];
		struct findings findings = {.arena = arena};
		struct plan_counts counts;

		assert(plan->sha256.len == 64);
		check_changes(&plan->changes, arena);
		check_changes(&plan->drift, arena);
		check_changes(&plan->deferred, arena);
		plan_count(plan, &counts);
		plan_findings(plan, &findings);
		/* Nothing that weir does not understand passes in silence. */
		assert(counts.unknown <= findings.count);
		plan_free(plan);
	}
	arena_destroy(arena);
	return 0;
}
