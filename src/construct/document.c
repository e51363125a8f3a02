/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Documents: merged by key and written in the order of keys.  Scalars are JSON from the
 * start, so that each text is looked at once.
 */
#include "construct/document.h"

#include <stdlib.h>

#include "base/hash.h"

enum { INDEXED_FROM = 8 /* members */, FIRST_ROOM = 32, SPACES_A_LEVEL = 2, MOST_DIGITS = 4 };

struct document_list {
	struct document_node *items;
	size_t count, room;
};

struct document_member {
	struct str key;
	struct document_node value;
};

struct document_object {
	struct document_member *members;
	size_t count, room;
	/* Of objects with many members: their numbers from 1, by the hash of their key; 0: free. */
	uint32_t *index;
	size_t index_room; /* a power of two */
};

bool document_make_list(struct document_node *node, size_t count, struct arena *arena)
{
	struct document_list *list;

	if (node->kind == DOCUMENT_LIST)
		return true;
	list = ARENA_NEW(arena, struct document_list);
	if (!list)
		return false;
	list->room = count;
	list->items = ARENA_ARRAY(arena, struct document_node, count);
	*node = (struct document_node){.kind = DOCUMENT_LIST, .list = list};
	return list->items != NULL;
}

bool document_make_object(struct document_node *node, size_t count, struct arena *arena)
{
	struct document_object *object;

	if (node->kind == DOCUMENT_OBJECT)
		return true;
	object = ARENA_NEW(arena, struct document_object);
	if (!object)
		return false;
	object->room = count;
	object->members = ARENA_ARRAY(arena, struct document_member, count);
	*node = (struct document_node){.kind = DOCUMENT_OBJECT, .object = object};
	return object->members != NULL;
}

struct document_node *document_add(struct document_node *node, struct arena *arena)
{
	struct document_list *list = node->list;

	if (!arena_grow(
		    arena, (void **)&list->items, list->count, &list->room, sizeof(*list->items)))
		return NULL;
	list->items[list->count] = (struct document_node){.kind = DOCUMENT_NONE};
	return &list->items[list->count++];
}

struct document_node *document_item(struct document_node *node, struct str key, struct arena *arena)
{
	struct document_list *list = node->list;
	size_t index = 0;

	if (str_empty(key) || key.len > MOST_DIGITS || (key.data[0] == '0' && key.len > 1))
		return NULL;
	for (size_t i = 0; i < key.len; i++) {
		if (key.data[i] < '0' || key.data[i] > '9')
			return NULL;
		index = 10 * index + (size_t)(key.data[i] - '0');
	}
	while (list->count <= index)
		if (!document_add(node, arena))
			return NULL;
	return &list->items[index];
}

/* Where a key is in the index, or would be. */
static uint32_t *slot_of(const struct document_object *object, struct str key)
{
	size_t at = (size_t)hash_bytes(key, 0);

	for (;; at++) {
		uint32_t *slot = &object->index[at & (object->index_room - 1)];

		if (!*slot || str_eq(object->members[*slot - 1].key, key))
			return slot;
	}
}

/* An index with room for one member more, half of it free. */
static bool grow_index(struct document_object *object, struct arena *arena)
{
	size_t room = object->index_room ? object->index_room : FIRST_ROOM;

	while (room < 2 * (object->count + 1))
		room *= 2;
	if (room == object->index_room)
		return true;
	object->index = ARENA_ARRAY(arena, uint32_t, room);
	if (!object->index)
		return false;
	object->index_room = room;
	for (size_t i = 0; i < object->count; i++)
		*slot_of(object, object->members[i].key) = (uint32_t)i + 1;
	return true;
}

static struct document_member *find(const struct document_object *object, struct str key)
{
	if (object->index_room) {
		uint32_t number = *slot_of(object, key);

		return number ? &object->members[number - 1] : NULL;
	}
	for (size_t i = 0; i < object->count; i++)
		if (str_eq(object->members[i].key, key))
			return &object->members[i];
	return NULL;
}

struct document_node *document_member(
	struct document_node *node, struct str key, struct arena *arena)
{
	struct document_object *object = node->object;
	struct document_member *member = find(object, key);

	if (member)
		return &member->value;
	if (!arena_grow(arena, (void **)&object->members, object->count, &object->room,
		    sizeof(*object->members)) ||
		(object->count + 1 >= INDEXED_FROM && !grow_index(object, arena)))
		return NULL;
	member = &object->members[object->count++];
	*member = (struct document_member){.key = key};
	if (object->index_room)
		*slot_of(object, key) = (uint32_t)object->count;
	return &member->value;
}

/* ---- texts ---- */

/* What stands behind the backslash, for characters that have a letter. */
static char letter_of(unsigned char c)
{
	switch (c) {
	case '\b':
		return 'b';
	case '\f':
		return 'f';
	case '\n':
		return 'n';
	case '\r':
		return 'r';
	case '\t':
		return 't';
	default:
		return c == '"' || c == '\\' ? (char)c : '\0';
	}
}

/* U+D800 to U+DFFF: half of a pair whose other half is not there. */
static bool is_lone_surrogate(struct str text, size_t at)
{
	return (unsigned char)text.data[at] == 0xed && at + 2 < text.len &&
		(unsigned char)text.data[at + 1] >= 0xa0;
}

static void escape(struct str text, size_t *at, struct buf *out)
{
	unsigned char c = (unsigned char)text.data[*at];
	char letter = letter_of(c);

	if (letter) {
		buf_add_char(out, '\\');
		buf_add_char(out, letter);
	} else if (c < 0x20) {
		buf_printf(out, "\\u%04x", c);
	} else {
		buf_printf(out, "\\u%04x",
			0xd000U | ((unsigned char)text.data[*at + 1] & 0x3fU) << 6 |
				((unsigned char)text.data[*at + 2] & 0x3fU));
		*at += 2;
	}
	++*at;
}

#define ALL(byte) (0x0101010101010101 * (uint64_t)(byte))

/* Whether one of eight bytes may need an escape; it says so of some that need none. */
static bool may_need_escape(uint64_t eight)
{
	uint64_t quote = eight ^ ALL('"'), backslash = eight ^ ALL('\\'), half = eight ^ ALL(0xed);

	/* Each term borrows from the top bit of a byte that is less than what is subtracted. */
	return (((eight - ALL(0x20)) & ~eight) | ((quote - ALL(1)) & ~quote) |
		       ((backslash - ALL(1)) & ~backslash) | ((half - ALL(1)) & ~half)) &
		ALL(0x80);
}

/* The first character from `at` on that needs an escape; the length: none. */
static size_t next_escape(struct str text, size_t at)
{
	while (at < text.len) {
		uint64_t eight;
		unsigned char c;

		if (text.len - at >= sizeof(eight)) {
			memcpy(&eight, text.data + at, sizeof(eight));
			if (!may_need_escape(eight)) {
				at += sizeof(eight);
				continue;
			}
		}
		c = (unsigned char)text.data[at];
		if (c < 0x20 || c == '"' || c == '\\' || is_lone_surrogate(text, at))
			break;
		at++;
	}
	return at;
}

static void add_quoted(struct buf *out, struct str text)
{
	size_t start = 0, at;

	buf_add_char(out, '"');
	while ((at = next_escape(text, start)) < text.len) {
		buf_add(out, str_slice(text, start, at));
		escape(text, &at, out);
		start = at;
	}
	buf_add(out, str_slice(text, start, text.len));
	buf_add_char(out, '"');
}

struct str document_quote(struct str text, struct arena *arena)
{
	CLEANUP(buf_free) struct buf out = BUF(size_mul(text.len, 6) + 2);

	if (str_absent(text))
		return text;
	if (next_escape(text, 0) == text.len) {
		char *plain = arena_alloc(arena, text.len + 2);

		if (!plain)
			return (struct str){NULL, 0};
		plain[0] = plain[text.len + 1] = '"';
		if (text.len)
			memcpy(plain + 1, text.data, text.len);
		return (struct str){plain, text.len + 2};
	}
	add_quoted(&out, text);
	return buf_failed(&out) ? (struct str){NULL, 0} : arena_str(arena, buf_str(&out));
}

/* ---- writing ---- */

/*
 * By UTF-16 code units.  That is the order of the bytes, but for what lies behind the surrogates, U+E000 to
 * U+FFFF (bytes EE and EF): there it comes behind what pairs make, U+10000 and above (F0 to F4).
 */
static int by_key(const void *left, const void *right)
{
	struct str a = ((const struct document_member *)left)->key;
	struct str b = ((const struct document_member *)right)->key;
	size_t len = a.len < b.len ? a.len : b.len, at = 0;
	unsigned char c, d;

	while (at < len && a.data[at] == b.data[at])
		at++;
	if (at == len)
		return (a.len > b.len) - (a.len < b.len);
	c = (unsigned char)a.data[at];
	d = (unsigned char)b.data[at];
	if (c >= 0xee && d >= 0xee && (c >= 0xf0) != (d >= 0xf0))
		return c >= 0xf0 ? -1 : 1;
	return c < d ? -1 : 1;
}

static void add_line(struct buf *out, unsigned level)
{
	char *to = buf_reserve(out, 1 + (size_t)level * SPACES_A_LEVEL);

	if (!to)
		return;
	*to = '\n';
	memset(to + 1, ' ', (size_t)level * SPACES_A_LEVEL);
	out->len += 1 + (size_t)level * SPACES_A_LEVEL;
}

/* As deep as what was taken (snapshot.c), which has a limit. */
static void write_node(const struct document_node *node, unsigned level, struct buf *out)
{
	const struct document_object *object = node->object;
	bool is_first = true;

	if (node->kind == DOCUMENT_SCALAR || node->kind == DOCUMENT_NONE) {
		buf_add(out, node->kind == DOCUMENT_NONE ? STR("null") : node->scalar);
		return;
	}
	buf_add_char(out, node->kind == DOCUMENT_LIST ? '[' : '{');
	for (size_t i = 0; node->kind == DOCUMENT_LIST && i < node->list->count; i++) {
		if (i)
			buf_add_char(out, ',');
		add_line(out, level + 1);
		write_node(&node->list->items[i], level + 1, out);
	}
	if (node->kind == DOCUMENT_OBJECT && object->count)
		qsort(object->members, object->count, sizeof(*object->members), by_key);
	for (size_t i = 0; node->kind == DOCUMENT_OBJECT && i < object->count; i++) {
		if (object->members[i].value.kind == DOCUMENT_NONE)
			continue;
		if (!is_first)
			buf_add_char(out, ',');
		is_first = false;
		add_line(out, level + 1);
		add_quoted(out, object->members[i].key);
		buf_add(out, STR(": "));
		write_node(&object->members[i].value, level + 1, out);
	}
	add_line(out, level);
	buf_add_char(out, node->kind == DOCUMENT_LIST ? ']' : '}');
}

void document_write(struct document_node *node, struct buf *out)
{
	write_node(node, 0, out);
}
