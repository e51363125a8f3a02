/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names are made for each element of a program, so this is C and not lib/'s: regular expressions over each id cost more than all
 * else that an element needs.
 */
#include "construct/logical_id.h"

#include "base/hash.h"

#define HIDDEN STR("Default")   /* counts in nothing */
#define UNNAMED STR("Resource") /* counts in the hash alone */

enum {
	NAME_MAX_BYTES = 255,
	HUMAN_MAX_BYTES = 240, /* of the readable part, which a hash follows */
	HASH_DIGITS = 8,
	PATH_CEILING = 1 << 30,
};

static bool is_allowed(char c, bool is_legacy)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		(!is_legacy && (c == '_' || c == '-'));
}

bool logical_id_is(struct str id)
{
	for (size_t i = 0; i < id.len; i++)
		if (!is_allowed(id.data[i], false))
			return false;
	return id.len > 0 && id.len <= NAME_MAX_BYTES;
}

static void add_allowed(struct buf *name, struct str part, bool is_legacy)
{
	char *to = buf_reserve(name, part.len);
	size_t kept = 0;

	if (!to)
		return;
	for (size_t i = 0; i < part.len; i++)
		if (is_allowed(part.data[i], is_legacy))
			to[kept++] = part.data[i];
	name->len += kept;
}

/* The ids that count, joined as they were: the path itself where all do, else a copy in the room. */
static struct str without_hidden(struct str path, struct buf *room, size_t *ret_count)
{
	size_t all = 0, count = 0;

	for (struct str rest = path; !str_absent(rest); all++)
		count += !str_eq(str_split(&rest, '/'), HIDDEN);
	*ret_count = count;
	if (count == all)
		return path;
	count = 0;
	for (struct str rest = path; !str_absent(rest);) {
		struct str part = str_split(&rest, '/');

		if (str_eq(part, HIDDEN))
			continue;
		if (count++)
			buf_add_char(room, '/');
		buf_add(room, part);
	}
	return buf_str(room);
}

/* Without ids that the end of the one before them says already. */
static void add_readable(struct str path, bool is_legacy, struct buf *name)
{
	struct str rest = path, last = {NULL, 0};
	size_t start = name->len;
	bool is_first = true;

	while (!str_absent(rest) && name->len - start <= HUMAN_MAX_BYTES) {
		struct str part = str_split(&rest, '/');

		if (!str_absent(last) && str_ends(last, part))
			continue;
		last = part;
		if (str_eq(part, UNNAMED))
			continue;
		if (!is_first)
			buf_add_char(name, '_');
		is_first = false;
		add_allowed(name, part, is_legacy);
	}
	if (name->len - start > HUMAN_MAX_BYTES)
		name->len = start + HUMAN_MAX_BYTES;
}

bool logical_id_make(struct str path, bool is_legacy, struct buf *name)
{
	CLEANUP(buf_free) struct buf room = BUF(PATH_CEILING);
	char hash[DIGEST_HEX_MOST + 1];
	size_t start = name->len;
	size_t count;

	path = without_hidden(path, &room, &count);
	if (buf_failed(&room))
		buf_refuse(name);
	if (!count && !is_legacy)
		return false;
	if (count == 1 && !is_legacy) {
		add_allowed(name, path, false);
		if (name->len - start <= NAME_MAX_BYTES)
			return true;
		name->len = start;
	}
	add_readable(path, is_legacy, name);
	digest_hex(STR("md5"), path, hash);
	for (size_t i = 0; i < HASH_DIGITS; i++)
		hash[i] = char_upper(hash[i]);
	buf_add_char(name, '_');
	buf_add(name, (struct str){hash, HASH_DIGITS});
	return true;
}
