/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What can be asked of a document once it is read: walking, text, numbers,
 * equality, positions.  Reading is json.c's and yaml.c's business.
 */
#include "base/doc.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/doc_tape.h"
#include "base/hash.h"

void doc_free(struct doc *doc)
{
	if (!doc)
		return;
	mem_free(doc->tape);
	mem_free(doc->origins);
	mem_free(doc->ends);
	mem_free(doc->own_text);
	mem_free(doc->lines);
	mem_free(doc);
}

void doc_cleanup(struct doc **doc)
{
	doc_free(*doc);
	*doc = NULL;
}

struct node doc_root(const struct doc *doc)
{
	return doc && doc->count ? (struct node){doc, 0} : NODE_NONE;
}

struct str doc_name(const struct doc *doc)
{
	return doc->name;
}

struct str doc_text(const struct doc *doc)
{
	return doc->source;
}

size_t doc_tape_bytes(const struct doc *doc)
{
	return doc->count * sizeof(*doc->tape);
}

static uint64_t entry_of(struct node node)
{
	return node.doc ? node.doc->tape[node.at] : 0;
}

/* Tape entries that the value takes. */
static uint32_t extent(struct node node)
{
	uint64_t entry = entry_of(node);

	return tape_type(entry) >= NODE_ARRAY ? (uint32_t)tape_length(entry) : 1;
}

enum node_type node_type(struct node node)
{
	return node.doc ? tape_type(node.doc->tape[node.at]) : NODE_NULL;
}

bool node_is_null(struct node node)
{
	return node_type(node) == NODE_NULL;
}

bool node_is_string(struct node node)
{
	enum node_type type = node_type(node);

	return type == NODE_STRING || type == NODE_ESCAPED;
}

bool node_is_true(struct node node)
{
	return node_type(node) == NODE_TRUE;
}

struct node_iter node_children(struct node node)
{
	struct node_iter it = {.doc = node.doc};

	if (node_type(node) < NODE_ARRAY)
		return it;
	it.object = node_is_object(node);
	it.next = node.at + 1;
	it.end = node.at + extent(node);
	return it;
}

bool node_next(struct node_iter *it)
{
	if (it->next >= it->end)
		return false;
	if (it->started)
		it->index++;
	it->started = true;
	if (it->object)
		it->key = (struct node){it->doc, it->next++};
	it->value = (struct node){it->doc, it->next};
	it->next += extent(it->value);
	return true;
}

size_t node_count(struct node node)
{
	struct node_iter it = node_children(node);
	size_t count = 0;

	while (node_next(&it))
		count++;
	return count;
}

struct node node_get(struct node object, struct str key)
{
	struct node_iter it = node_children(object);

	if (!it.object)
		return NODE_NONE;
	while (node_next(&it))
		if (node_text_is(it.key, key))
			return it.value;
	return NODE_NONE;
}

struct node node_at(struct node array, size_t index)
{
	struct node_iter it = node_children(array);

	if (it.object)
		return NODE_NONE;
	while (node_next(&it))
		if (it.index == index)
			return it.value;
	return NODE_NONE;
}

struct str node_raw(struct node node)
{
	uint64_t entry = entry_of(node);

	if (!node.doc || tape_type(entry) >= NODE_ARRAY)
		return (struct str){NULL, 0};
	return (struct str){node.doc->text.data + tape_offset(entry), tape_length(entry)};
}

static unsigned hex_digit(char c)
{
	return c <= '9' ? (unsigned)(c - '0') : (unsigned)((c | 32) - 'a' + 10);
}

static unsigned hex_unit(const char *p)
{
	return hex_digit(p[0]) << 12 | hex_digit(p[1]) << 8 | hex_digit(p[2]) << 4 |
		hex_digit(p[3]);
}

static size_t put_utf8(unsigned code, char *to)
{
	if (code < 0x80) {
		to[0] = (char)code;
		return 1;
	}
	if (code < 0x800) {
		to[0] = (char)(0xc0 | code >> 6);
		to[1] = (char)(0x80 | (code & 0x3f));
		return 2;
	}
	if (code < 0x10000) {
		to[0] = (char)(0xe0 | code >> 12);
		to[1] = (char)(0x80 | (code >> 6 & 0x3f));
		to[2] = (char)(0x80 | (code & 0x3f));
		return 3;
	}
	to[0] = (char)(0xf0 | code >> 18);
	to[1] = (char)(0x80 | (code >> 12 & 0x3f));
	to[2] = (char)(0x80 | (code >> 6 & 0x3f));
	to[3] = (char)(0x80 | (code & 0x3f));
	return 4;
}

/*
 * Decodes the escape at raw[*at] (a backslash) into `to`, at most 4 bytes; steps *at behind it.
 * Surrogates that are not a pair become U+FFFD.
 */
static size_t unescape_one(struct str raw, size_t *at, char *to)
{
	static const char from[] = "\"\\/bfnrt", into[] = "\"\\/\b\f\n\r\t";
	char c = raw.data[*at + 1];
	unsigned unit;

	if (c != 'u') {
		*at += 2;
		to[0] = into[strchr(from, c) - from];
		return 1;
	}
	unit = hex_unit(raw.data + *at + 2);
	*at += 6;
	if (unit >= 0xd800 && unit < 0xdc00 && *at + 6 <= raw.len && raw.data[*at] == '\\' &&
		raw.data[*at + 1] == 'u') {
		unsigned low = hex_unit(raw.data + *at + 2);

		if (low >= 0xdc00 && low < 0xe000) {
			*at += 6;
			return put_utf8(0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00), to);
		}
	}
	return put_utf8(unit >= 0xd800 && unit < 0xe000 ? 0xfffd : unit, to);
}

struct str node_text(struct node node, struct arena *arena)
{
	struct str raw = node_raw(node);
	char *text;
	size_t len = 0;

	if (!node_is_string(node))
		return (struct str){NULL, 0};
	if (node_type(node) == NODE_STRING)
		return raw;
	text = arena_alloc(arena, raw.len + 1);
	if (!text)
		return (struct str){NULL, 0};
	for (size_t at = 0; at < raw.len;) {
		if (raw.data[at] == '\\')
			len += unescape_one(raw, &at, text + len);
		else
			text[len++] = raw.data[at++];
	}
	return (struct str){text, len};
}

bool node_text_is(struct node node, struct str text)
{
	struct str raw = node_raw(node);
	size_t done = 0;

	if (node_type(node) == NODE_STRING)
		return str_eq(raw, text);
	if (node_type(node) != NODE_ESCAPED)
		return false;
	for (size_t at = 0; at < raw.len;) {
		char piece[4];
		size_t len = 1;

		if (raw.data[at] == '\\')
			len = unescape_one(raw, &at, piece);
		else
			piece[0] = raw.data[at++];
		if (len > text.len - done || memcmp(text.data + done, piece, len) != 0)
			return false;
		done += len;
	}
	return done == text.len;
}

bool node_to_double(struct node node, double *ret_value)
{
	struct str raw = node_raw(node);
	char copy[64];

	if (node_type(node) != NODE_NUMBER || raw.len >= sizeof(copy))
		return false;
	memcpy(copy, raw.data, raw.len);
	copy[raw.len] = 0;
	*ret_value = strtod(copy, NULL);
	return true;
}

bool node_to_i64(struct node node, int64_t *ret_value)
{
	struct str raw = node_raw(node);
	bool negative = raw.len && raw.data[0] == '-';
	uint64_t value;
	double number;

	if (node_type(node) != NODE_NUMBER)
		return false;
	if (str_to_u64(str_slice(raw, negative, raw.len), &value)) {
		if (value > (uint64_t)INT64_MAX + negative)
			return false;
		*ret_value = negative ? (int64_t)(0 - value) : (int64_t)value;
		return true;
	}
	if (!node_to_double(node, &number) || number < -9007199254740992.0 ||
		number > 9007199254740992.0 || number != (double)(int64_t)number)
		return false;
	*ret_value = (int64_t)number;
	return true;
}

static bool numbers_equal(struct node a, struct node b)
{
	int64_t x, y;
	double u, v;

	if (str_eq(node_raw(a), node_raw(b)))
		return true;
	if (node_to_i64(a, &x) && node_to_i64(b, &y))
		return x == y;
	return node_to_double(a, &u) && node_to_double(b, &v) && u == v &&
		(u > -9007199254740992.0 && u < 9007199254740992.0);
}

/* The next piece of an escaped text: an unescaped character or one byte, at most 4 bytes. */
static size_t next_piece(struct str raw, size_t *at, char piece[4])
{
	if (raw.data[*at] == '\\')
		return unescape_one(raw, at, piece);
	piece[0] = raw.data[(*at)++];
	return 1;
}

static bool escaped_equal(struct str x, struct str y)
{
	char p[4], q[4];
	size_t i = 0, j = 0, p_len = 0, q_len = 0, p_at = 0, q_at = 0;

	for (;;) {
		if (p_at == p_len) {
			if (i >= x.len)
				return q_at == q_len && j >= y.len;
			p_at = 0;
			p_len = next_piece(x, &i, p);
		}
		if (q_at == q_len) {
			if (j >= y.len)
				return false;
			q_at = 0;
			q_len = next_piece(y, &j, q);
		}
		if (p[p_at++] != q[q_at++])
			return false;
	}
}

static bool strings_equal(struct node a, struct node b)
{
	if (node_type(a) == NODE_STRING)
		return node_text_is(b, node_raw(a));
	if (node_type(b) == NODE_STRING)
		return node_text_is(a, node_raw(b));
	if (str_eq(node_raw(a), node_raw(b)))
		return true;
	return escaped_equal(node_raw(a), node_raw(b));
}

bool node_equal(struct node a, struct node b)
{
	struct node_iter x, y;

	if (node_is_string(a) && node_is_string(b))
		return strings_equal(a, b);
	if (node_type(a) != node_type(b))
		return false;
	if (node_type(a) == NODE_NUMBER)
		return numbers_equal(a, b);
	if (node_type(a) < NODE_ARRAY)
		return true;
	x = node_children(a);
	y = node_children(b);
	while (node_next(&x)) {
		if (!node_next(&y))
			return false;
		if (x.object && !strings_equal(x.key, y.key)) {
			struct node other = NODE_NONE;
			struct node_iter all = node_children(b);

			while (node_next(&all))
				if (strings_equal(all.key, x.key))
					other = all.value;
			if (!node_exists(other) || !node_equal(x.value, other))
				return false;
		} else if (!node_equal(x.value, y.value)) {
			return false;
		}
	}
	return !node_next(&y);
}

size_t node_offset(struct node node)
{
	uint64_t entry = entry_of(node);

	if (!node.doc)
		return SIZE_MAX;
	if (node.doc->origins)
		return node.doc->origins[node.at];
	return tape_offset(entry) - (size_t)node_is_string(node);
}

size_t node_end(struct node node)
{
	uint64_t entry = entry_of(node);
	size_t end;

	if (!node.doc)
		return SIZE_MAX;
	if (node.doc->origins)
		return node.doc->ends[node.at];
	if (tape_type(entry) < NODE_ARRAY)
		return tape_offset(entry) + tape_length(entry) + (size_t)node_is_string(node);
	end = tape_length(entry) == 1 ? tape_offset(entry) + 1
				      : node_end((struct node){node.doc,
						node.at + (uint32_t)tape_length(entry) - 1});
	/* Behind the last thing inside come white space and closing brackets; ours is one of them. */
	{
		struct node at = {node.doc, node.at + 1};
		uint32_t stop = node.at + (uint32_t)tape_length(entry);

		/* How many containers end together with this one's last entry. */
		while (at.at < stop) {
			uint32_t next = at.at + extent(at);

			if (next == stop && node_type(at) >= NODE_ARRAY) {
				if (extent(at) == 1)
					break;
				at.at++;
			} else {
				at.at = next;
			}
		}
		while (end < node.doc->text.len && node.doc->text.data[end] != ']' &&
			node.doc->text.data[end] != '}')
			end++;
		return end < node.doc->text.len ? end + 1 : end;
	}
}

static void index_lines(struct doc *doc)
{
	struct str s = doc->source;
	size_t count = 1, at = 0;

	for (const char *p = s.data; p && (p = memchr(p, '\n', (size_t)(s.data + s.len - p))); p++)
		count++;
	doc->lines = mem_alloc(count * sizeof(*doc->lines));
	if (!doc->lines)
		return;
	doc->lines[at++] = 0;
	for (const char *p = s.data; p && (p = memchr(p, '\n', (size_t)(s.data + s.len - p))); p++)
		doc->lines[at++] = (uint32_t)(p + 1 - s.data);
	doc->line_count = count;
}

struct position doc_position(const struct doc *doc, size_t offset)
{
	size_t low = 0, high;
	unsigned column = 1;

	/* The index is a cache, so filling it does not change the document. */
	if (!doc->lines)
		index_lines((struct doc *)(uintptr_t)doc);
	if (!doc->lines)
		return (struct position){0, 0};
	if (offset > doc->source.len)
		offset = doc->source.len;
	high = doc->line_count;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (doc->lines[middle] <= offset)
			low = middle;
		else
			high = middle;
	}
	for (size_t at = doc->lines[low]; at < offset; at++)
		if (((unsigned char)doc->source.data[at] & 0xc0) != 0x80)
			column++;
	if (low == 0 && offset >= 3 && memcmp(doc->source.data, "\xef\xbb\xbf", 3) == 0)
		column--;
	return (struct position){(unsigned)low + 1, column};
}

struct str node_pointer(struct node node, struct arena *arena)
{
	struct node here = doc_root(node.doc);
	struct buf out = BUF(1024 * 1024);
	struct str result;

	while (node_exists(here) && here.at != node.at) {
		struct node_iter it = node_children(here);
		struct node next = NODE_NONE;

		while (node_next(&it)) {
			if (node.at < it.value.at || node.at >= it.value.at + extent(it.value))
				continue;
			next = it.value;
			if (!it.object) {
				buf_printf(&out, "/%zu", it.index);
				break;
			}
			{
				struct str key = node_text(it.key, arena);

				buf_add_char(&out, '/');
				for (size_t i = 0; i < key.len; i++) {
					if (key.data[i] == '~')
						buf_add(&out, STR("~0"));
					else if (key.data[i] == '/')
						buf_add(&out, STR("~1"));
					else
						buf_add_char(&out, key.data[i]);
				}
			}
			break;
		}
		here = next;
	}
	result = buf_failed(&out) ? (struct str){NULL, 0} : arena_str(arena, buf_str(&out));
	buf_free(&out);
	return result;
}

static int check_object(struct node object, struct error *err)
{
	struct node_iter it = node_children(object);

	while (node_next(&it)) {
		struct node_iter rest = it;

		while (node_next(&rest))
			if (strings_equal(it.key, rest.key))
				return error_node(err, ERR_JSON_DUPLICATE_KEY, rest.key,
					"the same key twice in one object");
	}
	return 0;
}

int doc_check_keys(struct node node, struct error *err)
{
	uint32_t end;

	if (!node_exists(node))
		return 0;
	end = node.at + extent(node);
	for (uint32_t at = node.at; at < end; at++) {
		struct node here = {node.doc, at};
		int r;

		if (!node_is_object(here))
			continue;
		r = check_object(here, err);
		if (r < 0)
			return r;
	}
	return 0;
}

int error_node(struct error *err, enum error_id id, struct node node, const char *format, ...)
{
	struct position place = node_position(node);
	char message[sizeof(err->message)];
	va_list args;

	va_start(args, format);
	vsnprintf(message, sizeof(message), format, args);
	va_end(args);
	return error_at(err, error_set(err, id, "%s", message),
		node_exists(node) ? doc_name(node.doc) : STR(""), place.line, place.column);
}
