/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The story of `weir find`: words in, the names of what exists and fits them best out.  One call serves the
 * command line and the MCP server.
 */
#ifndef WEIR_STORY_FIND_H
#define WEIR_STORY_FIND_H

#include "catalog/search.h"

enum { FIND_LIMIT_PRESET = 10, FIND_LIMIT_MOST = 100, FIND_WORDS_MOST = 4096 /* bytes */ };

struct find_options {
	struct str words;    /* a name, a part of one, or what it is to be for, in any words */
	struct str kind;     /* "resource", "data", "ephemeral", "function"; absent: any */
	struct str provider; /* its name, "aws"; absent: any */
	size_t limit;        /* at most this many results; 0: FIND_LIMIT_PRESET */
};

struct find_results {
	struct find_result *items; /* the best first */
	size_t count;
};

/*
 * Texts of the results are in the arena.  No result is no error.
 *
 * Errors: ERR_USAGE for a kind that is none, a limit over FIND_LIMIT_MOST, no words or too many; those of packs_open().
 */
int find_run(const struct find_options *options, struct arena *arena,
	struct find_results *ret_results, struct error *err) WEIR_NODISCARD;

/* The results as `weir find` prints them: a line each, or {"results":[…]}. */
void find_print(const struct find_results *results, bool json, struct buf *out);

#endif
