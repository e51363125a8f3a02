/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A schema on the first line and values on the others: what is loaded judges every value, and says why where it does not fit.
 */
#include "base/json.h"
#include "mcp/schema.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(struct node schema, struct str text)
{
	CLEANUP(doc_cleanup) struct doc *doc = NULL;
	CLEANUP(arena_cleanup) struct arena *arena = arena_create(16 << 20);
	CLEANUP(buf_free) struct buf problems = BUF(1 << 20);
	const struct json_options options = {.name = STR("value"), .max_depth = 64};
	bool fits;

	if (!arena || json_read(text, &options, &doc, NULL) < 0)
		return;
	fits = mcp_schema_check(schema, doc_root(doc), arena, &problems);
	if (!arena_failed(arena) && !buf_failed(&problems) && fits != (problems.len == 0))
		__builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(doc_cleanup) struct doc *doc = NULL;
	const struct json_options options = {.name = STR("schema")};
	struct str rest = {(const char *)data, size}, first = str_split(&rest, '\n');

	if (json_read(first, &options, &doc, NULL) < 0 || mcp_schema_load(doc_root(doc), NULL) < 0)
		return 0;
	while (!str_absent(rest))
		check(doc_root(doc), str_split(&rest, '\n'));
	return 0;
}
