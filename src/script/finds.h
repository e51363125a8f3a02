/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is known of paths: what is there, where it leads, and perhaps what it holds.  The parent of a worker collects it
 * before it is asked, and the worker keeps it.  Inside src/script only.
 */
#ifndef WEIR_SCRIPT_FINDS_H
#define WEIR_SCRIPT_FINDS_H

#include "script/resolve.h"

struct find {
	struct find *next;  /* of its bucket */
	struct find *later; /* in the order in which they were found */
	struct str path, real;
	struct str text;   /* of a file that was read already; else absent */
	struct str packed; /* what strip_pack() made of it; else absent */
	enum script_entry entry;
	bool is_stripping; /* somebody else strips it, and may be asked for it */
	bool is_module;    /* the parent's: it goes through what this file imports */
};

/* Zeroed but for its arena it is empty. */
struct finds {
	struct arena *arena;
	struct find *buckets[1024];
	struct find *first, **last;
};

/* NULL where nothing is known. */
struct find *finds_known(const struct finds *finds, struct str path);
/* Adds a path that is not known; the path is copied, `real` is not.  NULL: memory is short. */
struct find *finds_keep(
	struct finds *finds, struct str path, enum script_entry entry, struct str real);

/* All of them as bytes, and those bytes as finds, whose texts lie in them.  False where these are none, or memory is short. */
void finds_write(const struct finds *finds, struct buf *out);
bool finds_read(struct finds *finds, struct str bytes);

#endif
