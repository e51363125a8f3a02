/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The only file that knows PCRE2.  Its memory comes from the arena, so that
 * nothing has to be freed and the failure mode of tests reaches it.
 */
#include "gate/regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdio.h>

struct regex {
	pcre2_code *code;
};

/* A match is given up after so many steps: some 10 ms. */
enum { MATCH_LIMIT = 200000, HEAP_LIMIT_KIB = 4096 };

static void *arena_give(size_t size, void *arena)
{
	return arena_alloc(arena, size);
}

static void arena_keep(void *memory, void *arena)
{
	(void)memory;
	(void)arena;
}

struct regex *regex_compile(struct str pattern, struct arena *arena, char problem[128])
{
	pcre2_general_context *general;
	pcre2_compile_context *context;
	struct regex *regex = ARENA_NEW(arena, struct regex);
	PCRE2_SIZE offset = 0;
	int code = 0;

	snprintf(problem, 128, "out of memory");
	general = pcre2_general_context_create(arena_give, arena_keep, arena);
	context = general ? pcre2_compile_context_create(general) : NULL;
	if (!regex || !context)
		return NULL;
	if (pattern.len > REGEX_MAX_PATTERN) {
		snprintf(problem, 128, "a pattern may have up to %d bytes", REGEX_MAX_PATTERN);
		return NULL;
	}
	regex->code = pcre2_compile((PCRE2_SPTR)(pattern.data ? pattern.data : ""), pattern.len,
		PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C | PCRE2_ANCHORED | PCRE2_ENDANCHORED |
			PCRE2_DOLLAR_ENDONLY,
		&code, &offset, context);
	if (!regex->code) {
		PCRE2_UCHAR text[96] = "";

		if (arena_failed(arena))
			return NULL;
		pcre2_get_error_message(code, text, sizeof(text));
		snprintf(problem, 128, "%s at byte %zu", (const char *)text, (size_t)offset);
		return NULL;
	}
	return regex;
}

enum regex_result regex_match(const struct regex *regex, struct str text)
{
	/* Frames of a match may take megabytes, so they go when it ends. */
	CLEANUP(arena_cleanup)
	struct arena *arena = arena_create(2 * HEAP_LIMIT_KIB * (size_t)1024);
	pcre2_general_context *general;
	pcre2_match_context *context;
	pcre2_match_data *data;
	int r;

	if (!arena)
		return REGEX_LIMIT;
	general = pcre2_general_context_create(arena_give, arena_keep, arena);
	context = general ? pcre2_match_context_create(general) : NULL;
	data = general ? pcre2_match_data_create(1, general) : NULL;
	if (!context || !data)
		return REGEX_LIMIT;
	pcre2_set_match_limit(context, MATCH_LIMIT);
	pcre2_set_heap_limit(context, HEAP_LIMIT_KIB);
	r = pcre2_match(regex->code, (PCRE2_SPTR)(text.data ? text.data : ""), text.len, 0, 0, data,
		context);
	if (r == PCRE2_ERROR_NOMATCH)
		return REGEX_NO;
	return r >= 0 ? REGEX_YES : REGEX_LIMIT;
}
