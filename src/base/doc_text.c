/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The text of strings: unescaping, comparing.  Here is the only place that
 * knows what an escape means, for documents, for events and for the order of keys.
 */
#include <string.h>

#include "base/doc_tape.h"
#include "base/json_scan.h"

static unsigned hex_digit(char c)
{
	return c <= '9' ? (unsigned)(c - '0') : (unsigned)((c | 32) - 'a' + 10);
}

static unsigned hex_unit(const char *p)
{
	return hex_digit(p[0]) << 12 | hex_digit(p[1]) << 8 | hex_digit(p[2]) << 4 |
		hex_digit(p[3]);
}

static char escape_means(char c)
{
	switch (c) {
	case 'b':
		return '\b';
	case 'f':
		return '\f';
	case 'n':
		return '\n';
	case 'r':
		return '\r';
	case 't':
		return '\t';
	default: /* itself: a quote, a backslash, a slash */
		return c;
	}
}

size_t json_unescape(struct str raw, size_t *at, char *to)
{
	const char *p = raw.data + *at;
	unsigned unit, low;

	if (p[1] != 'u') {
		*at += 2;
		to[0] = escape_means(p[1]);
		return 1;
	}
	unit = hex_unit(p + 2);
	*at += 6;
	if (unit < 0xd800 || unit > 0xdfff)
		return utf8_put(unit, to);
	if (unit < 0xdc00 && *at + 6 <= raw.len && p[6] == '\\' && p[7] == 'u') {
		low = hex_unit(p + 8);
		if (low >= 0xdc00 && low <= 0xdfff) {
			*at += 6;
			return utf8_put(0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00), to);
		}
	}
	return utf8_put(0xfffd, to);
}

size_t json_unescape_all(struct str raw, char *to)
{
	size_t len = 0;

	for (size_t at = 0; at < raw.len;) {
		const char *escape = memchr(raw.data + at, '\\', raw.len - at);
		size_t plain = escape ? (size_t)(escape - raw.data) - at : raw.len - at;

		memmove(to + len, raw.data + at, plain);
		len += plain;
		at += plain;
		if (escape)
			len += json_unescape(raw, &at, to + len);
	}
	return len;
}

struct str node_text(struct node node, struct arena *arena)
{
	struct str raw = node_raw(node);
	char *text;

	if (node_type(node) == NODE_STRING)
		return raw;
	if (node_type(node) != NODE_ESCAPED)
		return (struct str){NULL, 0};
	/* An escape is never shorter than what it means; but the file may change under us. */
	text = arena_alloc(arena, raw.len + 4);
	if (!text)
		return (struct str){NULL, 0};
	return (struct str){text, json_unescape_all(raw, text)};
}

/* What is left to read of a text, decoded piece by piece: a character or one byte at a time. */
struct decoder {
	struct str raw;
	size_t at;
	bool escaped;
	char piece[4];
	size_t piece_len;
	size_t piece_at;
};

static struct decoder decoder_of(struct node node)
{
	return (struct decoder){.raw = node_raw(node), .escaped = node_type(node) == NODE_ESCAPED};
}

/* The next byte, or -1 behind the end. */
static int decoder_next(struct decoder *decoder)
{
	if (decoder->piece_at < decoder->piece_len)
		return (unsigned char)decoder->piece[decoder->piece_at++];
	if (decoder->at >= decoder->raw.len)
		return -1;
	if (!decoder->escaped || decoder->raw.data[decoder->at] != '\\')
		return (unsigned char)decoder->raw.data[decoder->at++];
	decoder->piece_len = json_unescape(decoder->raw, &decoder->at, decoder->piece);
	decoder->piece_at = 1;
	return (unsigned char)decoder->piece[0];
}

int doc_text_compare(struct node a, struct node b)
{
	struct decoder x, y;

	if (node_type(a) == NODE_STRING && node_type(b) == NODE_STRING)
		return str_cmp(node_raw(a), node_raw(b));
	x = decoder_of(a);
	y = decoder_of(b);
	for (;;) {
		int p = decoder_next(&x), q = decoder_next(&y);

		if (p != q)
			return p < q ? -1 : 1;
		if (p < 0)
			return 0;
	}
}

bool doc_text_equal(struct node a, struct node b)
{
	if (node_type(a) == NODE_STRING && node_type(b) == NODE_STRING)
		return str_eq(node_raw(a), node_raw(b));
	return doc_text_compare(a, b) == 0;
}

bool node_text_is(struct node node, struct str text)
{
	struct decoder decoder;

	if (node_type(node) == NODE_STRING)
		return str_eq(node_raw(node), text);
	/* An escape of six bytes means at most three, a pair of twelve four: so a quick no. */
	if (node_type(node) != NODE_ESCAPED || node_raw(node).len < text.len)
		return false;
	decoder = decoder_of(node);
	for (size_t i = 0; i < text.len; i++)
		if (decoder_next(&decoder) != (unsigned char)text.data[i])
			return false;
	return decoder_next(&decoder) < 0;
}
