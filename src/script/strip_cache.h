/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Stripped texts of a program's files, kept from one run to the next in the user's cache folder (base/cache.h): one file
 * there for each program, and in it for each source what strip_pack() made of it.
 */
#ifndef WEIR_SCRIPT_STRIP_CACHE_H
#define WEIR_SCRIPT_STRIP_CACHE_H

#include "base/cache.h"
#include "base/hash.h"
#include "script/strip.h"

/* Which text in which dialect. */
struct strip_key {
	unsigned char digest[SHA256_BYTES];
};

struct strip_kept {
	struct strip_kept *next;
	struct strip_key key;
	struct str packed;
	bool is_used; /* in this run */
};

struct strip_cache {
	/* private */
	struct arena *arena;
	char name[CACHE_NAME];
	struct strip_kept *kept;
	size_t bytes;
	bool is_changed;
};

/* What is kept for the program at this path.  The arena must outlive the cache. */
void strip_cache_open(struct strip_cache *cache, struct str program, struct arena *arena);
struct strip_key strip_cache_key(struct str source, enum script_dialect dialect);
/* Absent where nothing is kept. */
struct str strip_cache_find(struct strip_cache *cache, const struct strip_key *key);
/* Takes `packed` to be kept, which is copied. */
void strip_cache_add(struct strip_cache *cache, const struct strip_key *key, struct str packed);
/* Writes what is new; a zeroed one is left alone. */
void strip_cache_close(struct strip_cache *cache);

#endif
