/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Any bytes as what was stripped of a source, which stands before them behind its length: refused, or all of it lies in the two.
 */
#include <stdlib.h>

#include "script/strip_pack.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
	if (!holds)
		abort();
}

static bool lies_in(struct str part, struct str whole)
{
	return part.len == 0 ||
		(part.data >= whole.data && part.data + part.len <= whole.data + whole.len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create((size_t)256 << 20);
	CLEANUP(buf_free) struct buf again = BUF((size_t)256 << 20);
	const struct str all = {size ? (const char *)data : "", size};
	const size_t length = size ? data[0] : 0;
	const struct str source = str_slice(all, 1, 1 + length);
	const struct str packed = str_slice(all, 1 + length, size);
	struct stripped stripped = {0};

	if (!arena || !strip_unpack(packed, source, arena, &stripped))
		return 0;
	check(lies_in(stripped.text, all));
	for (size_t i = 0; i < stripped.import_count; i++) {
		const struct script_import *import = &stripped.imports[i];

		check(import->offset <= source.len && lies_in(import->specifier, source));
		for (size_t k = 0; k < import->count; k++)
			check(import->names[k].offset <= source.len &&
				lies_in(import->names[k].name, packed));
	}
	for (size_t i = 0; i < stripped.type_count; i++)
		check(lies_in(stripped.types[i], packed));
	strip_pack(&stripped, source, &again);
	check(!buf_failed(&again));
	return 0;
}
