/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Finds every occurrence of thousands of patterns in a text, in one pass that
 * looks at every third position only.  Inside src/redact only.
 *
 * Patterns are added, matcher_build() is called, then texts are searched.
 */
#ifndef WEIR_REDACT_MATCHER_H
#define WEIR_REDACT_MATCHER_H

#include "base/memory.h"

enum {
	MATCHER_GRAM = 5,
	MATCHER_STRIDE = 3,
	/* Shortest pattern: then each occurrence covers a whole probed gram. */
	MATCHER_LEAST = MATCHER_GRAM + MATCHER_STRIDE - 1,
};

struct pattern {
	const char *data;
	uint32_t len;
	uint32_t value; /* the caller's */
	uint8_t flags;  /* the caller's */
};

struct gram_entry {
	uint32_t tag; /* of pattern length, offset and whole hash */
	uint32_t pattern;
	uint32_t next; /* in the list of entries of one gram; 0 ends */
	uint16_t offset;
};

struct matcher {
	struct arena *arena;
	struct pattern *patterns;
	size_t count;
	size_t room;
	/* After building: a bit for each gram's hash, and lists of entries by hash. */
	uint64_t *bits;
	unsigned bit_shift;
	uint32_t *heads;
	unsigned head_shift;
	struct gram_entry *entries;
	size_t entry_count;
};

/* `pattern.data` is borrowed for the matcher's life. Shorter than MATCHER_LEAST: ignored. */
bool matcher_add(struct matcher *matcher, struct pattern pattern);
/* Builds the index over all patterns added. False when the arena refused. */
bool matcher_build(struct matcher *matcher);

/*
 * Calls `found` for every occurrence of every pattern, in no particular order.  Stops early and
 * returns false when the work exceeds what `text` deserves (patterns made to share their beginnings), or
 * when `found` returns false.
 */
typedef bool matcher_fn(const struct pattern *pattern, size_t start, void *payload);
bool matcher_search(
	const struct matcher *matcher, struct str text, matcher_fn *found, void *payload);

#endif
