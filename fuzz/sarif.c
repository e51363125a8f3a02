/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Any bytes as SARIF: each result has a rule and a message, its path climbs at its beginning if at
 * all, and what is read is the same a second time.
 */
#include <stdlib.h>

#include "gate/sarif.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* In its shortest form: ".." stands before all else, and never in what begins with '/'. */
static void check_path(struct str path)
{
	struct str rest = path, step;

	if (str_absent(path))
		return;
	if (str_empty(path) || str_is(path, ".") || str_find_char(path, '\0') != SIZE_MAX)
		abort();
	do
		step = str_split(&rest, '/');
	while (str_is(step, "..") && !str_absent(rest));
	while (!str_absent(rest)) {
		step = str_split(&rest, '/');
		if (str_is(step, "..") || str_is(step, "."))
			abort();
	}
}

static void check(const struct sarif_result *result, const struct sarif_result *again)
{
	if (str_find_char(result->rule, '/') == SIZE_MAX || str_empty(result->message) ||
		result->severity > SEVERITY_CRITICAL || result->told || result->unknown)
		abort();
	check_path(result->file);
	check_path(result->whole);
	if (!str_eq(result->rule, again->rule) || !str_eq(result->message, again->message) ||
		!str_eq(result->file, again->file) || result->line != again->line ||
		result->severity != again->severity)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create((size_t)64 << 20);
	struct sarif_results results = {0}, again = {0};
	struct str text = {(const char *)data, size};
	struct error err = {0};
	int r;

	if (!arena)
		return 0;
	r = sarif_read(text, STR("fuzz.sarif"), arena, &results, &err);
	if (err.id == ERR_DEFECT || (r < 0) != (err.id != ERR_NONE))
		abort();
	if (sarif_read(text, STR("fuzz.sarif"), arena, &again, NULL) != r ||
		(r == 0 && results.count != again.count))
		abort();
	for (size_t i = 0; r == 0 && i < results.count; i++)
		check(&results.items[i], &again.items[i]);
	return 0;
}
