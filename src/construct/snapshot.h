/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Taking what a script has into a document (document.h): one walk that reads, and calls back
 * only for what stands for another value.  That is how lib/cdktf/resolve.ts has it, which
 * decides what a token comes to; here is only known what can't be one.
 */
#ifndef WEIR_CONSTRUCT_SNAPSHOT_H
#define WEIR_CONSTRUCT_SNAPSHOT_H

#include "construct/document.h"
#include "construct/tokens.h"
#include "script/tree.h"

/* A step on the way down to a value: a key, or an index where the key is absent. */
struct snapshot_step {
	const struct snapshot_step *above; /* NULL: the outermost */
	struct str key;
	size_t index;
};

struct snapshot {
	struct script_reader reader;
	struct arena *arena;
	/* A function of the script that gets what may be a token and returns what it comes to; undefined: there are none. */
	script_word resolve;
	/* What is known without calling it, in a pass over a stack; NULL: nothing. */
	struct tokens *tokens;
	/* Whether undefined deletes what an earlier fragment said; else it says nothing. */
	bool is_override;
	/* Where the walk is, for whom `resolve` calls. */
	const struct snapshot_step *at;
};

/* Merges a value, an object mostly, into the document, where `at` is on the way down to it. False where something was thrown. */
bool snapshot_take(struct snapshot *snapshot, script_word value, struct document_node *document);
/* Resolves all that may be a token, and keeps nothing. */
bool snapshot_visit(struct snapshot *snapshot, script_word value);
/* Whether nothing in a value may be a token. False where something was thrown. */
bool snapshot_is_plain(struct snapshot *snapshot, script_word value, bool *ret_plain);

#endif
