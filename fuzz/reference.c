/* SPDX-License-Identifier: Apache-2.0 */
/* A plan whose configuration is indexed: every edge must be found from both of its ends. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "plan/reference.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct references *references, struct str address, struct arena *arena)
{
	const struct reference *items;
	size_t count = references_from(references, address, &items);

	for (size_t i = 0; i < count; i++) {
		const struct reference *const *back;
		size_t found = 0, backs = references_to(references, items[i].to, &back);

		for (size_t k = 0; k < backs; k++)
			found += back[k] == &items[i];
		assert(found == 1);
	}
	assert(str_eq(address_without_keys(address_without_keys(address, arena), arena),
		address_without_keys(address, arena)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_create((size_t)64 << 20);
	struct plans plans = {0};

	if (plan_read((struct str){(const char *)data, size}, STR("fuzz"), arena, &plans, NULL) ==
		0)
		for (size_t i = 0; i < plans.count; i++) {
			struct plan *plan = &plans.items[i];
			struct references *references = NULL;

			if (references_build(plan, arena, &references, NULL) == 0)
				for (size_t k = 0; k < plan->changes.count; k++)
					check(references, plan->changes.items[k].address, arena);
			plan_free(plan);
		}
	arena_destroy(arena);
	return 0;
}
