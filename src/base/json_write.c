/* SPDX-License-Identifier: Apache-2.0 */
/*
 * JSON out: the streaming writer.  What it writes is read by people and
 * programs that trust less than RFC 8259 allows, so text is escaped further
 * than it must be.
 */
#include <assert.h>
#include <string.h>

#include "base/json.h"
#include "base/json_scan.h"

void json_writer_init(struct json_writer *writer, struct buf *out, unsigned indent)
{
	memset(writer, 0, sizeof(*writer));
	writer->out = out;
	writer->indent = indent;
}

static void new_line(struct json_writer *writer)
{
	size_t spaces = (size_t)writer->depth * writer->indent;
	char *to;

	if (!writer->indent)
		return;
	to = buf_reserve(writer->out, spaces + 1);
	if (!to)
		return;
	to[0] = '\n';
	memset(to + 1, ' ', spaces);
	writer->out->len += spaces + 1;
}

/* Comma and line break before a value or a key. */
static void before(struct json_writer *writer, bool key)
{
	struct json_writer_level *level = &writer->levels[writer->depth];

	if (writer->too_deep) {
		writer->after_key = false;
		return;
	}
	if (writer->after_key) {
		assert(!key);
		writer->after_key = false;
		return;
	}
	/* A key stands in an object, and nothing else does. */
	assert(key == (writer->depth > 0 && level->object));
	/* One value is a whole text. */
	assert(writer->depth > 0 || !level->any);
	if (level->any)
		buf_add_char(writer->out, ',');
	level->any = true;
	if (writer->depth)
		new_line(writer);
}

static void begin(struct json_writer *writer, bool object)
{
	before(writer, false);
	if (writer->depth == JSON_WRITER_DEPTH) {
		/* Deeper than any reader goes: the text fails as a whole, like one over its ceiling. */
		buf_refuse(writer->out);
		writer->too_deep++;
		return;
	}
	buf_add_char(writer->out, object ? '{' : '[');
	writer->depth++;
	writer->levels[writer->depth] = (struct json_writer_level){.object = object};
}

static void end(struct json_writer *writer, bool object)
{
	bool any = writer->levels[writer->depth].any;

	if (writer->too_deep) {
		writer->too_deep--;
		return;
	}
	assert(writer->depth > 0 && !writer->after_key);
	assert(writer->levels[writer->depth].object == object);
	writer->depth--;
	if (any)
		new_line(writer);
	buf_add_char(writer->out, object ? '}' : ']');
}

void json_object_begin(struct json_writer *writer)
{
	begin(writer, true);
}

void json_object_end(struct json_writer *writer)
{
	end(writer, true);
}

void json_array_begin(struct json_writer *writer)
{
	begin(writer, false);
}

void json_array_end(struct json_writer *writer)
{
	end(writer, false);
}

/* Characters that show as nothing, as a line break, or that turn the text around them. */
static bool is_deceptive(unsigned code)
{
	return (code >= 0x7f && code <= 0x9f) || code == 0x61c || code == 0x200e ||
		code == 0x200f || (code >= 0x2028 && code <= 0x202e) ||
		(code >= 0x2066 && code <= 0x2069) || code == 0xfeff;
}

static unsigned decode_utf8(const json_byte *p, int length)
{
	unsigned code = length == 2 ? p[0] & 0x1fu : length == 3 ? p[0] & 0x0fu : p[0] & 0x07u;

	for (int i = 1; i < length; i++)
		code = code << 6 | (p[i] & 0x3fu);
	return code;
}

/* The character at `p`, which scan_plain() stopped at or U+007F; returns its length. */
static size_t quote_one(struct buf *out, const json_byte *p, const json_byte *end)
{
	int length = scan_utf8(p, end);

	if (length <= 0) {
		buf_add(out, STR("\xef\xbf\xbd"));
		return 1;
	}
	if (length > 1) {
		unsigned code = decode_utf8(p, length);

		if (is_deceptive(code))
			buf_printf(out, "\\u%04x", code);
		else
			buf_add(out, (struct str){(const char *)p, (size_t)length});
		return (size_t)length;
	}
	if (*p == '"')
		buf_add(out, STR("\\\""));
	else if (*p == '\\')
		buf_add(out, STR("\\\\"));
	else if (*p == '\n')
		buf_add(out, STR("\\n"));
	else if (*p == '\t')
		buf_add(out, STR("\\t"));
	else if (*p == '\r')
		buf_add(out, STR("\\r"));
	else
		buf_printf(out, "\\u%04x", *p);
	return 1;
}

static void quote(struct buf *out, struct str text)
{
	const json_byte *p = (const json_byte *)(text.data ? text.data : ""),
			*const end = p + text.len;

	buf_add_char(out, '"');
	while (p < end) {
		const json_byte *plain = scan_plain(p, end);
		const json_byte *delete = memchr(p, 0x7f, (size_t)(plain - p));

		if (delete)
			plain = delete;
		buf_add(out, (struct str){(const char *)p, (size_t)(plain - p)});
		p = plain;
		if (p < end)
			p += quote_one(out, p, end);
	}
	buf_add_char(out, '"');
}

void json_key(struct json_writer *writer, struct str key)
{
	before(writer, true);
	quote(writer->out, key);
	buf_add_char(writer->out, ':');
	if (writer->indent)
		buf_add_char(writer->out, ' ');
	writer->after_key = true;
}

void json_string(struct json_writer *writer, struct str text)
{
	before(writer, false);
	quote(writer->out, text);
}

void json_int(struct json_writer *writer, int64_t value)
{
	before(writer, false);
	buf_printf(writer->out, "%lld", (long long)value);
}

void json_raw(struct json_writer *writer, struct str json)
{
	before(writer, false);
	buf_add(writer->out, json);
}

void json_bool(struct json_writer *writer, bool value)
{
	json_raw(writer, value ? STR("true") : STR("false"));
}

void json_null(struct json_writer *writer)
{
	json_raw(writer, STR("null"));
}

void json_member(struct json_writer *writer, const char *key, struct str text)
{
	json_key(writer, str_of(key));
	json_string(writer, text);
}

void json_member_int(struct json_writer *writer, const char *key, int64_t value)
{
	json_key(writer, str_of(key));
	json_int(writer, value);
}

void json_member_bool(struct json_writer *writer, const char *key, bool value)
{
	json_key(writer, str_of(key));
	json_bool(writer, value);
}
