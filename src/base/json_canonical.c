/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The canonical form: one text for all values that node_equal() calls equal.
 * Apart from the writer because it is written to be digested, not to be read:
 * nothing in it may depend on how the source was spelled.
 */
#include <string.h>

#include "base/doc_tape.h"
#include "base/json.h"
#include "base/json_scan.h"

/* One character of a string, with an escape only where RFC 8259 wants one. */
static void add_character(struct buf *out, const char *piece, size_t len)
{
	static const char short_escapes[32] = {
		['\b'] = 'b', ['\f'] = 'f', ['\n'] = 'n', ['\r'] = 'r', ['\t'] = 't'};
	unsigned char c = (unsigned char)piece[0];

	if (c == '"' || c == '\\') {
		buf_add_char(out, '\\');
		buf_add_char(out, (char)c);
	} else if (c >= 0x20) {
		buf_add(out, (struct str){piece, len});
	} else if (short_escapes[c]) {
		buf_add_char(out, '\\');
		buf_add_char(out, short_escapes[c]);
	} else {
		buf_printf(out, "\\u%04x", c);
	}
}

static void add_string(struct buf *out, struct node node)
{
	struct str raw = node_raw(node);
	bool escaped = node_type(node) == NODE_ESCAPED;

	buf_add_char(out, '"');
	for (size_t at = 0; at < raw.len;) {
		const json_byte *here = (const json_byte *)raw.data + at;
		size_t plain = (size_t)(scan_plain(here, here + (raw.len - at)) - here);
		char piece[4];

		buf_add(out, str_slice(raw, at, at + plain));
		at += plain;
		if (at == raw.len)
			break;
		if (escaped && raw.data[at] == '\\') {
			size_t len = json_unescape(raw, &at, piece);

			add_character(out, piece, len);
		} else {
			add_character(out, raw.data + at, 1);
			at++;
		}
	}
	buf_add_char(out, '"');
}

static void add_zeros(struct buf *out, int64_t count)
{
	while (count-- > 0)
		buf_add_char(out, '0');
}

static void add_digits(struct buf *out, const struct decimal *decimal, size_t *at, size_t count)
{
	while (count--)
		buf_add_char(out, decimal_next(decimal, at));
}

/*
 * Digits without zeros at the ends; without an exponent where the number has up to 21 digits before
 * the point or up to 5 zeros behind it, as JavaScript writes numbers.
 */
static void add_number(struct buf *out, struct str raw)
{
	struct decimal d;
	size_t at;
	int64_t before; /* digits before the point */

	if (!decimal_read(raw, &d)) {
		buf_add(out, raw);
		return;
	}
	at = d.first;
	before = (int64_t)d.count + d.exponent;
	if (d.negative)
		buf_add_char(out, '-');
	if (d.count == 0) {
		buf_add_char(out, '0');
	} else if (d.exponent >= 0 && before <= 21) {
		add_digits(out, &d, &at, d.count);
		add_zeros(out, d.exponent);
	} else if (d.exponent < 0 && before > 0) {
		add_digits(out, &d, &at, (size_t)before);
		buf_add_char(out, '.');
		add_digits(out, &d, &at, d.count - (size_t)before);
	} else if (before <= 0 && before > -6) {
		buf_add(out, STR("0."));
		add_zeros(out, -before);
		add_digits(out, &d, &at, d.count);
	} else {
		add_digits(out, &d, &at, 1);
		if (d.count > 1) {
			buf_add_char(out, '.');
			add_digits(out, &d, &at, d.count - 1);
		}
		buf_printf(out, "e%+lld", (long long)(before - 1));
	}
}

static void add_value(struct buf *out, struct node node);

static bool skipped(struct node key, const char *const *skip)
{
	for (; skip && *skip; skip++)
		if (node_text_is(key, str_of(*skip)))
			return true;
	return false;
}

static void add_object(struct buf *out, struct node object, const char *const *skip)
{
	size_t count = 0;
	uint32_t *keys = doc_sort_keys(object, &count);
	bool any = false;

	if (!keys) {
		buf_refuse(out);
		return;
	}
	buf_add_char(out, '{');
	for (size_t i = 0; i < count; i++) {
		struct node key = {object.doc, keys[i]};

		if (skipped(key, skip))
			continue;
		if (any)
			buf_add_char(out, ',');
		any = true;
		add_string(out, key);
		buf_add_char(out, ':');
		add_value(out, (struct node){object.doc, keys[i] + 1});
	}
	buf_add_char(out, '}');
	mem_free(keys);
}

static void add_array(struct buf *out, struct node array)
{
	struct node_iter it = node_children(array);

	buf_add_char(out, '[');
	while (node_next(&it)) {
		if (it.index)
			buf_add_char(out, ',');
		add_value(out, it.value);
	}
	buf_add_char(out, ']');
}

/* Recurses as deep as the document is nested, at most 512. */
static void add_value(struct buf *out, struct node node)
{
	switch (node_type(node)) {
	case NODE_NULL:
		buf_add(out, STR("null"));
		break;
	case NODE_FALSE:
		buf_add(out, STR("false"));
		break;
	case NODE_TRUE:
		buf_add(out, STR("true"));
		break;
	case NODE_NUMBER:
		add_number(out, node_raw(node));
		break;
	case NODE_STRING:
	case NODE_ESCAPED:
		add_string(out, node);
		break;
	case NODE_ARRAY:
		add_array(out, node);
		break;
	case NODE_OBJECT:
		add_object(out, node, NULL);
		break;
	}
}

void json_canonical(struct node node, const char *const *skip, struct buf *out)
{
	if (node_is_object(node))
		add_object(out, node, skip);
	else
		add_value(out, node);
}
