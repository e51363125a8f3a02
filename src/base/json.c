/* SPDX-License-Identifier: Apache-2.0 */
/*
 * JSON text to tape: one pass, a state machine with an explicit stack.
 */
#include "base/json.h"

#include <stdlib.h>
#include <string.h>

#include "base/doc_tape.h"

enum { MAX_DEPTH = 512 };
static const size_t max_length = ((size_t)1 << 29) - 1;

struct reader {
	struct doc *doc;
	const char *text;
	size_t len;
	size_t at;
	unsigned depth;
	unsigned max_depth;
	struct error *err;
};

static int fail(struct reader *reader, enum error_id id, size_t at, const char *what)
{
	struct position place = doc_position(reader->doc, at);
	int code = error_set(reader->err, id, "%s", what);

	return error_at(reader->err, code, reader->doc->name, place.line, place.column);
}

static int fail_syntax(struct reader *reader, const char *what)
{
	if (reader->at >= reader->len)
		return fail(reader, ERR_JSON_TRUNCATED, reader->len, "the JSON ends in the middle");
	return fail(reader, ERR_JSON_SYNTAX, reader->at, what);
}

static void skip_space(struct reader *reader)
{
	while (reader->at < reader->len) {
		char c = reader->text[reader->at];

		if (c != ' ' && c != '\n' && c != '\r' && c != '\t')
			return;
		reader->at++;
	}
}

static int push(struct reader *reader, size_t offset, enum node_type type, size_t length)
{
	struct doc *doc = reader->doc;

	if (doc->count * sizeof(*doc->tape) == doc->tape_room) {
		size_t room = doc->tape_room ? doc->tape_room * 2 : 4096;
		uint64_t *bigger = mem_resize(doc->tape, room);

		if (!bigger)
			return error_memory(reader->err);
		doc->tape = bigger;
		doc->tape_room = room;
	}
	doc->tape[doc->count++] = tape_entry(offset, type, length);
	return 0;
}

static bool hex4(const char *p)
{
	for (int i = 0; i < 4; i++)
		if (!((p[i] >= '0' && p[i] <= '9') || ((p[i] | 32) >= 'a' && (p[i] | 32) <= 'f')))
			return false;
	return true;
}

/* Length of the valid UTF-8 sequence at `p`, 0 if there is none (Unicode 15, table 3-7). */
static size_t utf8_length(const unsigned char *p, size_t left)
{
	if (p[0] < 0xc2)
		return 0;
	if (p[0] < 0xe0)
		return left >= 2 && (p[1] & 0xc0) == 0x80 ? 2 : 0;
	if (p[0] < 0xf0) {
		if (left < 3 || (p[1] & 0xc0) != 0x80 || (p[2] & 0xc0) != 0x80)
			return 0;
		if ((p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xed && p[1] > 0x9f))
			return 0;
		return 3;
	}
	if (p[0] > 0xf4 || left < 4 || (p[1] & 0xc0) != 0x80 || (p[2] & 0xc0) != 0x80 ||
		(p[3] & 0xc0) != 0x80)
		return 0;
	if ((p[0] == 0xf0 && p[1] < 0x90) || (p[0] == 0xf4 && p[1] > 0x8f))
		return 0;
	return 4;
}

static int read_string(struct reader *reader)
{
	size_t begin = ++reader->at;
	enum node_type type = NODE_STRING;

	for (;;) {
		unsigned char c;

		if (reader->at >= reader->len)
			return fail_syntax(reader, "");
		c = (unsigned char)reader->text[reader->at];
		if (c == '"')
			break;
		if (c < 0x20)
			return fail_syntax(reader, "a control character in a string");
		if (c == '\\') {
			char e = reader->at + 1 < reader->len ? reader->text[reader->at + 1] : 0;

			type = NODE_ESCAPED;
			if (e == 'u') {
				if (reader->at + 6 > reader->len) {
					reader->at = reader->len;
					return fail_syntax(reader, "");
				}
				if (!hex4(reader->text + reader->at + 2))
					return fail_syntax(reader, "a bad \\u escape");
				reader->at += 6;
			} else if (e && strchr("\"\\/bfnrt", e)) {
				reader->at += 2;
			} else {
				return fail_syntax(reader, "a bad escape in a string");
			}
		} else if (c >= 0x80) {
			size_t step = utf8_length((const unsigned char *)reader->text + reader->at,
				reader->len - reader->at);

			if (!step)
				return fail(reader, ERR_JSON_UTF8, reader->at, "not valid UTF-8");
			reader->at += step;
		} else {
			reader->at++;
		}
	}
	if (reader->at - begin > max_length)
		return fail(reader, ERR_JSON_SIZE, begin, "a string over 512 MiB");
	reader->at++;
	return push(reader, begin, type, reader->at - 1 - begin);
}

static bool digit(const struct reader *reader)
{
	return reader->at < reader->len && reader->text[reader->at] >= '0' &&
		reader->text[reader->at] <= '9';
}

static int read_number(struct reader *reader)
{
	size_t begin = reader->at;

	if (reader->text[reader->at] == '-')
		reader->at++;
	if (!digit(reader))
		return fail_syntax(reader, "a value was expected here");
	if (reader->text[reader->at] == '0')
		reader->at++;
	else
		while (digit(reader))
			reader->at++;
	if (reader->at < reader->len && reader->text[reader->at] == '.') {
		reader->at++;
		if (!digit(reader))
			return fail_syntax(reader, "a digit was expected here");
		while (digit(reader))
			reader->at++;
	}
	if (reader->at < reader->len && (reader->text[reader->at] | 32) == 'e') {
		reader->at++;
		if (reader->at < reader->len &&
			(reader->text[reader->at] == '+' || reader->text[reader->at] == '-'))
			reader->at++;
		if (!digit(reader))
			return fail_syntax(reader, "a digit was expected here");
		while (digit(reader))
			reader->at++;
	}
	return push(reader, begin, NODE_NUMBER, reader->at - begin);
}

static int read_word(struct reader *reader, const char *word, enum node_type type)
{
	size_t len = strlen(word);
	size_t begin = reader->at;

	for (size_t i = 0; i < len; i++, reader->at++)
		if (reader->at >= reader->len || reader->text[reader->at] != word[i])
			return fail_syntax(reader, "a value was expected here");
	return push(reader, begin, type, len);
}

static int read_value(struct reader *reader);

static int read_container(struct reader *reader, enum node_type type)
{
	size_t self = reader->doc->count;
	char close = type == NODE_OBJECT ? '}' : ']';
	int r = push(reader, reader->at, type, 0);

	if (r < 0)
		return r;
	if (++reader->depth > reader->max_depth)
		return fail(reader, ERR_JSON_DEPTH, reader->at, "nested too deeply");
	reader->at++;
	skip_space(reader);
	if (reader->at < reader->len && reader->text[reader->at] == close)
		goto closed;
	for (;;) {
		if (type == NODE_OBJECT) {
			if (reader->at >= reader->len || reader->text[reader->at] != '"')
				return fail_syntax(reader, "a key was expected here");
			r = read_string(reader);
			if (r < 0)
				return r;
			skip_space(reader);
			if (reader->at >= reader->len || reader->text[reader->at] != ':')
				return fail_syntax(reader, "':' was expected here");
			reader->at++;
			skip_space(reader);
		}
		r = read_value(reader);
		if (r < 0)
			return r;
		skip_space(reader);
		if (reader->at >= reader->len)
			return fail_syntax(reader, "");
		if (reader->text[reader->at] == close)
			break;
		if (reader->text[reader->at] != ',')
			return fail_syntax(reader, "',' or the end of the list was expected here");
		reader->at++;
		skip_space(reader);
	}
closed:
	reader->at++;
	reader->depth--;
	reader->doc->tape[self] = tape_entry(tape_offset(reader->doc->tape[self]), type,
		reader->doc->count - self);
	return 0;
}

static int read_value(struct reader *reader)
{
	if (reader->at >= reader->len)
		return fail_syntax(reader, "");
	switch (reader->text[reader->at]) {
	case '{':
		return read_container(reader, NODE_OBJECT);
	case '[':
		return read_container(reader, NODE_ARRAY);
	case '"':
		return read_string(reader);
	case 't':
		return read_word(reader, "true", NODE_TRUE);
	case 'f':
		return read_word(reader, "false", NODE_FALSE);
	case 'n':
		return read_word(reader, "null", NODE_NULL);
	default:
		return read_number(reader);
	}
}

int json_read(struct str text, const struct json_options *options, struct doc **ret_doc,
	struct error *err)
{
	struct reader reader = {.text = text.data, .len = text.len, .at = options->start, .err = err};
	CLEANUP(doc_cleanup) struct doc *doc = mem_alloc(sizeof(*doc));
	int r;

	if (!doc)
		return error_memory(err);
	doc->name = options->name;
	doc->source = doc->text = text;
	reader.doc = doc;
	reader.max_depth = options->max_depth ? options->max_depth : MAX_DEPTH;
	if (text.len > 0xffffffff)
		return fail(&reader, ERR_JSON_SIZE, 0, "over 4 GiB");
	skip_space(&reader);
	r = read_value(&reader);
	if (r < 0)
		return r;
	skip_space(&reader);
	if (options->ret_end)
		*options->ret_end = reader.at;
	else if (reader.at < reader.len)
		return fail(&reader, ERR_JSON_SYNTAX, reader.at, "text behind the JSON value");
	*ret_doc = doc;
	doc = NULL;
	return 0;
}
