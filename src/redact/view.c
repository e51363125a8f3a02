/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Undoing encodings that have many spellings: JSON escapes (\u003c, <, \/),
 * percent escapes (%2f, %2F, /), base64 around anything of those.
 *
 * Listing every spelling of every secret would multiply the patterns; decoding
 * the few strings that hold escapes costs nothing for the others.  A decoder works in units (an
 * escape, a byte, four base64 characters); positions of units are kept for every 64th
 * decoded byte, and found again between them by decoding once more.
 */
#include "redact/view.h"

#include <string.h>

#include "redact/shapes.h"

enum { MARK_EVERY = 64, UNIT_MOST = 4 };

struct mark {
	uint32_t outer;   /* offset of the unit in the outer text */
	uint32_t decoded; /* decoded offset of its first byte */
};

/* Four hex digits at `at`, or -1. */
static int hex_unit(struct str text, size_t at)
{
	int value = 0;

	if (at + 4 > text.len)
		return -1;
	for (size_t i = at; i < at + 4; i++) {
		int digit = hex_value(text.data[i]);

		if (digit < 0)
			return -1;
		value = value << 4 | digit;
	}
	return value;
}

static size_t step_json(struct str text, size_t *at, char *to)
{
	static const char from[] = "\"\\/bfnrt'", into[] = "\"\\/\b\f\n\r\t'";
	const char *known;
	int unit, low;

	to[0] = text.data[*at];
	if (to[0] != '\\' || *at + 1 >= text.len) {
		*at += 1;
		return 1;
	}
	known = text.data[*at + 1] ? strchr(from, text.data[*at + 1]) : NULL;
	if (known) {
		to[0] = into[known - from];
		*at += 2;
		return 1;
	}
	unit = text.data[*at + 1] == 'u' ? hex_unit(text, *at + 2) : -1;
	if (unit < 0) {
		*at += 1;
		return 1;
	}
	*at += 6;
	if (unit < 0xd800 || unit >= 0xe000)
		return utf8_put((unsigned)unit, to);
	low = *at + 1 < text.len && text.data[*at] == '\\' && text.data[*at + 1] == 'u'
		? hex_unit(text, *at + 2)
		: -1;
	if (unit >= 0xdc00 || low < 0xdc00 || low >= 0xe000)
		return utf8_put(0xfffd, to);
	*at += 6;
	return utf8_put(
		0x10000u + ((unsigned)(unit - 0xd800) << 10) + (unsigned)(low - 0xdc00), to);
}

static size_t step_percent(struct str text, size_t *at, char *to, bool form)
{
	int value = -1;

	to[0] = text.data[*at];
	if (to[0] == '%' && *at + 2 < text.len && hex_value(text.data[*at + 1]) >= 0 &&
		hex_value(text.data[*at + 2]) >= 0)
		value = hex_value(text.data[*at + 1]) << 4 | hex_value(text.data[*at + 2]);
	if (value >= 0) {
		to[0] = (char)value;
		*at += 3;
		return 1;
	}
	if (form && to[0] == '+')
		to[0] = ' ';
	*at += 1;
	return 1;
}

static int base64_value(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
}

static inline bool is_base64(char c)
{
	static const bool chars[256] = {['A' ... 'Z'] = true,
		['a' ... 'z'] = true,
		['0' ... '9'] = true,
		['+'] = true,
		['-'] = true,
		['/'] = true,
		['_'] = true};

	return chars[(unsigned char)c];
}

static size_t step_base64(struct str text, size_t *at, char *to)
{
	unsigned bits = 0, have = 0;
	size_t len = 0;

	for (unsigned count = 0; count < 4 && *at < text.len; *at += 1) {
		int value = base64_value(text.data[*at]);

		if (value < 0)
			continue;
		bits = bits << 6 | (unsigned)value;
		have += 6;
		count++;
		if (have >= 8) {
			have -= 8;
			to[len++] = (char)(bits >> have & 0xff);
		}
	}
	return len;
}

static size_t step(const struct view *view, size_t *at, char *to)
{
	switch (view->kind) {
	case VIEW_JSON:
		return step_json(view->outer, at, to);
	case VIEW_PERCENT:
		return step_percent(view->outer, at, to, false);
	case VIEW_FORM:
		return step_percent(view->outer, at, to, true);
	case VIEW_BASE64:
		return step_base64(view->outer, at, to);
	case VIEW_UTF16:
		break;
	}
	to[0] = view->outer.data[*at];
	*at += *at + 2 <= view->outer.len ? 2 : 1;
	return 1;
}

bool view_open(struct view *view, enum view_kind kind, struct str outer, size_t from, size_t to)
{
	size_t at = from, next_mark = 0;
	char *text;

	view->kind = kind;
	view->outer = str_slice(outer, 0, to);
	view->from = from;
	view->text.ceiling = view->marks.ceiling = SIZE_MAX;
	buf_clear(&view->text);
	buf_clear(&view->marks);
	text = buf_reserve(&view->text, to - from + UNIT_MOST);
	while (text && at < to) {
		struct mark mark = {(uint32_t)at, (uint32_t)view->text.len};

		if (view->text.len >= next_mark) {
			buf_add(&view->marks, (struct str){(const char *)&mark, sizeof(mark)});
			next_mark = view->text.len + MARK_EVERY;
		}
		view->text.len += step(view, &at, text + view->text.len);
	}
	return !buf_failed(&view->text) && !buf_failed(&view->marks);
}

void view_map(const struct view *view, size_t *start, size_t *end)
{
	const struct mark *marks = (const struct mark *)(const void *)view->marks.data;
	size_t low = 0, high = view->marks.len / sizeof(*marks);
	size_t at, decoded, first = SIZE_MAX;
	char unit[UNIT_MOST];

	if (high == 0)
		return;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (marks[middle].decoded <= *start)
			low = middle;
		else
			high = middle;
	}
	at = marks[low].outer;
	decoded = marks[low].decoded;
	while (decoded < *end && at < view->outer.len) {
		size_t unit_at = at;

		decoded += step(view, &at, unit);
		if (first == SIZE_MAX && decoded > *start)
			first = unit_at;
	}
	*start = first == SIZE_MAX ? at : first;
	*end = at;
}

void view_free(struct view *view)
{
	buf_free(&view->text);
	buf_free(&view->marks);
}

bool view_has_percent(struct str text)
{
	const char *p = text.data, *end = text.data + text.len;

	while (p && (p = memchr(p, '%', (size_t)(end - p)))) {
		if (end - p > 2 && hex_value(p[1]) >= 0 && hex_value(p[2]) >= 0)
			return true;
		p++;
	}
	return false;
}

bool view_is_utf16(struct str text)
{
	if (text.len < 16)
		return false;
	for (size_t i = 1; i < 16; i += 2)
		if (text.data[i] != 0 || text.data[i - 1] == 0)
			return false;
	return true;
}

/* The first 12 characters decode to text, or to UTF-16 of ASCII. */
static bool begins_readable(struct str run)
{
	char bytes[12];
	size_t at = 0, len = 0;
	bool readable = true, wide = true;

	while (len < 9 && at < run.len)
		len += step_base64(run, &at, bytes + len);
	if (len < 9)
		return false;
	for (size_t i = 0; i < 9; i++) {
		unsigned char c = (unsigned char)bytes[i];
		bool printable = (c >= 0x20 && c < 0x7f) || c == '\n' || c == '\r' || c == '\t';

		readable = readable && printable;
		wide = wide && (i % 2 ? c == 0 : printable);
	}
	return readable || wide;
}

bool view_next_base64(struct str text, size_t *from, size_t *ret_start, size_t *ret_end)
{
	size_t at = *from;

	while (at + BASE64_LEAST <= text.len) {
		size_t start, end;

		/* A run that long covers every BASE64_LEAST-th byte. */
		if (!is_base64(text.data[at + BASE64_LEAST - 1])) {
			at += BASE64_LEAST;
			continue;
		}
		while (at < text.len && !is_base64(text.data[at]))
			at++;
		start = at;
		while (at < text.len &&
			(is_base64(text.data[at]) ||
				((text.data[at] == '\n' || text.data[at] == '\r') &&
					at - start >= 60 && at + 1 < text.len &&
					(is_base64(text.data[at + 1]) ||
						text.data[at + 1] == '\n'))))
			at++;
		end = at;
		if (end - start < BASE64_LEAST || !begins_readable(str_slice(text, start, end)))
			continue;
		*from = end;
		*ret_start = start;
		*ret_end = end;
		return true;
	}
	*from = text.len;
	return false;
}
