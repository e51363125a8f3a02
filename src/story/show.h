/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The story of `weir show`: a name in, its signature out, in no more tokens than asked for.  One call serves the
 * command line and the MCP server.
 */
#ifndef WEIR_STORY_SHOW_H
#define WEIR_STORY_SHOW_H

#include "base/error.h"
#include "base/memory.h"

enum { SHOW_BUDGET_PRESET = 2000, SHOW_BUDGET_LEAST = 300 };

struct show_options {
	struct str name; /* as find_result has it; may end in #MEMBER */
	struct str
		member; /* a path in it, "environment.privileged_mode"; absent: as the name says */
	size_t budget;  /* in tokens, by token_estimate(); 0: SHOW_BUDGET_PRESET */
	bool json;
};

/*
 * Adds the signature, which ends in a line feed, to `out`.
 *
 * Errors: ERR_NAME_UNKNOWN, which names the nearest three, where nothing has that name or member; ERR_USAGE for
 * a budget below SHOW_BUDGET_LEAST; those of packs_open().
 */
int show_run(const struct show_options *options, struct arena *arena, struct buf *out,
	struct error *err) WEIR_NODISCARD;

#endif
