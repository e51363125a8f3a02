/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Any bytes as a schema pack, and as the document that one is made from: reading ends, says nothing
 * of what is outside, and what was read compiles to a pack that says the same.
 */
#include <stdlib.h>

#include "catalog/pack.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { OUT_MOST = 1 << 22 };

/* A pack that weir compiled is sound, and compiling what it prints gives it again. */
static void check_compiled(struct str bytes, const struct pack_origin *origin)
{
	CLEANUP(buf_free) struct buf json = BUF(OUT_MOST);
	CLEANUP(buf_free) struct buf again = BUF(OUT_MOST);
	struct pack pack;

	if (pack_open(bytes, STR("compiled"), &pack, NULL) < 0)
		abort();
	/* Text that needs escapes may grow over what there is room for. */
	if (pack_json(&pack, &json, NULL) < 0) {
		if (!buf_failed(&json))
			abort();
		return;
	}
	if (pack_compile(buf_str(&json), STR("again"), origin, &again, NULL) < 0 ||
		!str_eq(buf_str(&again), bytes))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(buf_free) struct buf json = BUF(OUT_MOST);
	CLEANUP(buf_free) struct buf out = BUF(OUT_MOST);
	const struct pack_origin origin = {STR("example/demo"), STR("1.2.3")};
	struct str bytes = {(const char *)data, size};
	struct pack pack;
	struct error err = {0};
	int r = pack_open(bytes, STR("fuzz.pack"), &pack, &err);

	if (r == 0)
		r = pack_json(&pack, &json, &err);
	if ((r < 0) != (err.id != ERR_NONE) || err.id == ERR_DEFECT)
		abort();
	if (pack_compile(bytes, STR("fuzz.json"), &origin, &out, NULL) == 0)
		check_compiled(buf_str(&out), &origin);
	return 0;
}
