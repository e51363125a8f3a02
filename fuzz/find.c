/* SPDX-License-Identifier: Apache-2.0 */
/* Words that anybody may ask for, in the index of the program: every result names something that is there. */
#include <stdint.h>
#include <stdlib.h>

#include "catalog/search.h"

enum { WORDS_MOST_BYTES = 4096, LIMIT = 20 };
#define ARENA_MOST ((size_t)256 << 20)

static struct database *database; /* opened once: an input has nothing to do with it */

static void close_it(void)
{
	database_close(&database);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create(ARENA_MOST);
	CLEANUP(packs_close) struct packs packs = {0};
	const struct search search = {.words = {(const char *)data, size}, .limit = LIMIT};
	struct find_result *results;
	size_t count;

	if (size > WORDS_MOST_BYTES)
		return 0;
	if (!database && (database_read(builtin_index, &database, NULL) < 0 || atexit(close_it)))
		abort();
	if (packs_open(NULL, arena, &packs, NULL) < 0 ||
		search_run(database, &packs, &search, arena, &results, &count, NULL) < 0)
		abort();
	for (size_t i = 0; i < count; i++)
		if (str_empty(results[i].name) || str_empty(results[i].kind))
			abort();
	return 0;
}
