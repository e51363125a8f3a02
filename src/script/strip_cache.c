/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which stripped texts are kept.  They are found by what they were made of and by nothing else, so that no name, no place and
 * no time decides what runs.  Who may add one is decided in stripper.c.
 */
#include "script/strip_cache.h"

/* So much may lie there that this run did not use: a program may import other files the next time. */
enum { UNUSED_MOST = 2 << 20 };

struct record {
	struct strip_key key;
	uint32_t length;
};

static bool keep(
	struct strip_cache *cache, const struct strip_key *key, struct str packed, bool is_used)
{
	struct strip_kept *kept = ARENA_NEW(cache->arena, struct strip_kept);

	if (!kept)
		return false;
	*kept = (struct strip_kept){cache->kept, *key, packed, is_used};
	cache->kept = kept;
	cache->bytes += sizeof(struct record) + packed.len;
	return true;
}

void strip_cache_open(struct strip_cache *cache, struct str program, struct arena *arena)
{
	char hex[SHA256_HEX + 1];
	struct str rest;

	*cache = (struct strip_cache){.arena = arena};
	sha256_hex(program, hex);
	memcpy(cache->name, "stripped", 8);
	memcpy(cache->name + 8, hex, 32);
	rest = cache_read(cache->name, arena);
	while (rest.len >= sizeof(struct record)) {
		struct record record;

		memcpy(&record, rest.data, sizeof(record));
		rest = str_slice(rest, sizeof(record), SIZE_MAX);
		if (record.length > rest.len ||
			!keep(cache, &record.key, str_slice(rest, 0, record.length), false))
			return;
		rest = str_slice(rest, record.length, SIZE_MAX);
	}
}

struct strip_key strip_cache_key(struct str source, enum script_dialect dialect)
{
	const char kind = (char)('0' + dialect);
	struct strip_key key;
	struct sha256 sha;

	sha256_init(&sha);
	sha256_add(&sha, (struct str){&kind, 1});
	sha256_add(&sha, source);
	sha256_end(&sha, key.digest);
	return key;
}

struct str strip_cache_find(struct strip_cache *cache, const struct strip_key *key)
{
	for (struct strip_kept *kept = cache->kept; kept; kept = kept->next)
		if (memcmp(&kept->key, key, sizeof(*key)) == 0) {
			kept->is_used = true;
			return kept->packed;
		}
	return (struct str){NULL, 0};
}

void strip_cache_add(struct strip_cache *cache, const struct strip_key *key, struct str packed)
{
	struct str own = arena_str(cache->arena, packed);

	if (!str_absent(own) && keep(cache, key, own, true))
		cache->is_changed = true;
}

void strip_cache_close(struct strip_cache *cache)
{
	CLEANUP(buf_free) struct buf out = BUF(CACHE_TEXT_MOST);
	const bool with_unused = cache->bytes <= UNUSED_MOST;

	if (!cache->is_changed)
		return;
	cache->is_changed = false;
	for (const struct strip_kept *kept = cache->kept; kept; kept = kept->next) {
		const struct record record = {kept->key, (uint32_t)kept->packed.len};

		if (!kept->is_used && !with_unused)
			continue;
		buf_add(&out, (struct str){(const char *)&record, sizeof(record)});
		buf_add(&out, kept->packed);
	}
	if (!buf_failed(&out))
		cache_write(cache->name, buf_str(&out));
}
