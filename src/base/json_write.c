/* SPDX-License-Identifier: Apache-2.0 */
/*
 * JSON out: the streaming writer and the canonical form.
 */
#include <assert.h>
#include <string.h>

#include "base/json.h"

void json_writer_init(struct json_writer *writer, struct buf *out, unsigned indent)
{
	memset(writer, 0, sizeof(*writer));
	writer->out = out;
	writer->indent = indent;
}

static void new_line(struct json_writer *writer)
{
	if (!writer->indent)
		return;
	buf_add_char(writer->out, '\n');
	for (unsigned i = 0; i < writer->depth * writer->indent; i++)
		buf_add_char(writer->out, ' ');
}

/* Comma and line break before a value or a key. */
static void before(struct json_writer *writer)
{
	if (writer->after_key) {
		writer->after_key = false;
		return;
	}
	if (writer->need_comma[writer->depth])
		buf_add_char(writer->out, ',');
	writer->need_comma[writer->depth] = true;
	if (writer->depth)
		new_line(writer);
}

static void begin(struct json_writer *writer, char open)
{
	before(writer);
	assert(writer->depth + 1 < sizeof(writer->need_comma));
	buf_add_char(writer->out, open);
	writer->depth++;
	writer->need_comma[writer->depth] = false;
}

static void end(struct json_writer *writer, char close)
{
	bool any = writer->need_comma[writer->depth];

	assert(writer->depth > 0);
	writer->depth--;
	if (any)
		new_line(writer);
	buf_add_char(writer->out, close);
}

void json_object_begin(struct json_writer *writer)
{
	begin(writer, '{');
}

void json_object_end(struct json_writer *writer)
{
	end(writer, '}');
}

void json_array_begin(struct json_writer *writer)
{
	begin(writer, '[');
}

void json_array_end(struct json_writer *writer)
{
	end(writer, ']');
}

static void quote(struct buf *out, struct str text)
{
	buf_add_char(out, '"');
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.data[i];

		if (c == '"' || c == '\\') {
			buf_add_char(out, '\\');
			buf_add_char(out, (char)c);
		} else if (c == '\n') {
			buf_add(out, STR("\\n"));
		} else if (c < 0x20 || c == 0x7f) {
			buf_printf(out, "\\u%04x", c);
		} else {
			buf_add_char(out, (char)c);
		}
	}
	buf_add_char(out, '"');
}

void json_key(struct json_writer *writer, struct str key)
{
	before(writer);
	quote(writer->out, key);
	buf_add_char(writer->out, ':');
	if (writer->indent)
		buf_add_char(writer->out, ' ');
	writer->after_key = true;
}

void json_string(struct json_writer *writer, struct str text)
{
	before(writer);
	quote(writer->out, text);
}

void json_int(struct json_writer *writer, int64_t value)
{
	before(writer);
	buf_printf(writer->out, "%lld", (long long)value);
}

void json_raw(struct json_writer *writer, struct str json)
{
	before(writer);
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
