/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Any bytes as a .tf file: what is read lies inside the text, and its lines are in order.
 */
#include <stdlib.h>

#include "hcl/hcl.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_block(const struct hcl_block *block, const char *from, const char *to)
{
	if (block->line == 0 || block->end_line < block->line || block->label_count > 8)
		abort();
	for (size_t i = 0; i < block->attribute_count; i++) {
		const struct hcl_attribute *attribute = &block->attributes[i];

		if (attribute->line < block->line || attribute->end_line > block->end_line ||
			attribute->text.data < from ||
			attribute->text.data + attribute->text.len > to)
			abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create((size_t)64 << 20);
	struct hcl_blocks blocks = {0};
	struct str text = {(const char *)data, size};
	struct error err = {0};

	if (!arena)
		return 0;
	if (hcl_read(text, STR("fuzz.tf"), arena, &blocks, &err) < 0) {
		if (blocks.count || err.id == ERR_DEFECT)
			abort();
		return 0;
	}
	for (size_t i = 0; i < blocks.count; i++)
		check_block(&blocks.items[i], text.data, text.data + text.len);
	return 0;
}
