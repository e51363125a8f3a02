/* SPDX-License-Identifier: Apache-2.0 */
/* A table of the hashes of addresses alone: two that have the same hash are looked at by lib/. */
#include "construct/addresses.h"

#include "base/hash.h"

enum { FIRST_ROOM = 64, CEILING = 1 << 30 };

struct addresses {
	struct elements *elements;
	uint64_t *hashes; /* 0: free */
	size_t room;      /* a power of two, at least twice as many as there are elements */
	script_word kind; /* of the element before, held: neighbours mostly share it */
	uint64_t kind_hash;
};

/* False where it is there already. */
static bool add(struct addresses *addresses, uint64_t hash)
{
	size_t at = (size_t)hash;

	hash += !hash;
	for (;; at++) {
		uint64_t *slot = &addresses->hashes[at & (addresses->room - 1)];

		if (*slot == hash)
			return false;
		if (!*slot) {
			*slot = hash;
			return true;
		}
	}
}

/* Takes the kind over. */
static bool set_kind(struct addresses *addresses, script_word kind)
{
	const struct script_reader *reader = addresses->elements->reader;
	struct str text;

	script_word_free(reader, addresses->kind);
	addresses->kind = kind;
	text = script_word_text(reader, kind);
	if (str_absent(text))
		return false;
	addresses->kind_hash = hash_bytes(text, 1);
	script_word_text_end(reader, text);
	return true;
}

static bool is_start(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/* Takes the name over. */
static bool add_name(struct addresses *addresses, script_word name)
{
	const struct script_reader *reader = addresses->elements->reader;
	struct str text = {NULL, 0};
	bool is_own = false;

	if (script_word_kind(reader, name) == SCRIPT_TEXT)
		text = script_word_text(reader, name);
	if (!str_empty(text) && is_start(text.data[0]))
		is_own = add(addresses, hash_bytes(text, addresses->kind_hash));
	script_word_text_end(reader, text);
	script_word_free(reader, name);
	return is_own;
}

static bool add_element(struct addresses *addresses, script_word element)
{
	const struct script_reader *reader = addresses->elements->reader;
	script_word kind = elements_kind(addresses->elements, element);
	enum script_kind of = script_word_kind(reader, kind);

	/* What has no address is not asked for its name. */
	if (of != SCRIPT_TEXT) {
		script_word_free(reader, kind);
		return of == SCRIPT_UNDEFINED;
	}
	if (kind == addresses->kind)
		script_word_free(reader, kind);
	else if (!set_kind(addresses, kind))
		return false;
	return add_name(addresses, elements_name(addresses->elements, element));
}

static bool add_all(struct addresses *addresses, script_word list, size_t length)
{
	const struct script_reader *reader = addresses->elements->reader;
	bool is_own = true;

	for (size_t i = 0; is_own && i < length; i++) {
		script_word element = script_list_at(reader, list, i);

		is_own = add_element(addresses, element);
		script_word_free(reader, element);
	}
	return is_own;
}

bool addresses_are_distinct(struct elements *elements, script_word list)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create(CEILING);
	struct addresses addresses = {
		.elements = elements, .room = FIRST_ROOM, .kind = script_word_undefined()};
	size_t length = script_list_length(elements->reader, list);
	bool are_distinct = false;

	if (length < CEILING / sizeof(*addresses.hashes) / 4) {
		while (addresses.room < 2 * length)
			addresses.room *= 2;
		addresses.hashes = arena ? ARENA_ARRAY(arena, uint64_t, addresses.room) : NULL;
	}
	if (addresses.hashes)
		are_distinct = add_all(&addresses, list, length);
	script_word_free(elements->reader, addresses.kind);
	if (!are_distinct)
		script_forget(elements->reader->vm); /* lib/ meets it again */
	return are_distinct;
}
