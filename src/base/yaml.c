/* SPDX-License-Identifier: Apache-2.0 */
/*
 * YAML to tape, through libyaml's event API.  libyaml speaks YAML 1.1, so
 * plain scalars are resolved here, by the 1.2 core schema.
 */
#include "base/yaml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "base/doc_tape.h"

struct reader {
	yaml_parser_t parser;
	struct doc *doc;
	struct buf text; /* decoded scalars */
	size_t room;
	unsigned depth;
	struct error *err;
};

static void doc_move_cleanup(struct reader *reader)
{
	yaml_parser_delete(&reader->parser);
	buf_free(&reader->text);
}

/* libyaml counts code points; the tape wants bytes. */
static size_t byte_offset(const struct reader *reader, yaml_mark_t mark)
{
	struct str source = reader->doc->source;
	size_t line = 0, at = 0;

	if (source.len >= 3 && memcmp(source.data, "\xef\xbb\xbf", 3) == 0)
		at = 3;
	for (; line < mark.line && at < source.len; at++)
		if (source.data[at] == '\n')
			line++;
	for (size_t column = 0; column < mark.column && at < source.len; column++)
		do
			at++;
		while (at < source.len && ((unsigned char)source.data[at] & 0xc0) == 0x80);
	return at;
}

static int fail(struct reader *reader, enum error_id id, yaml_mark_t mark, const char *what)
{
	int code = error_set(reader->err, id, "%s", what);

	return error_at(reader->err, code, reader->doc->name, (unsigned)mark.line + 1,
		(unsigned)mark.column + 1);
}

static int push(struct reader *reader, const yaml_event_t *event, size_t offset,
	enum node_type type, size_t length)
{
	struct doc *doc = reader->doc;

	if (doc->count == reader->room) {
		size_t room = reader->room ? reader->room * 2 : 64;
		uint64_t *tape = mem_resize(doc->tape, room * sizeof(*tape));
		uint32_t *origins, *ends;

		if (!tape)
			return error_memory(reader->err);
		doc->tape = tape;
		origins = mem_resize(doc->origins, room * sizeof(*origins));
		if (!origins)
			return error_memory(reader->err);
		doc->origins = origins;
		ends = mem_resize(doc->ends, room * sizeof(*ends));
		if (!ends)
			return error_memory(reader->err);
		doc->ends = ends;
		reader->room = room;
	}
	doc->origins[doc->count] = (uint32_t)byte_offset(reader, event->start_mark);
	doc->ends[doc->count] = (uint32_t)byte_offset(reader, event->end_mark);
	doc->tape[doc->count++] = tape_entry(offset, type, length);
	return 0;
}

static bool all_in(struct str s, const char *set)
{
	for (size_t i = 0; i < s.len; i++)
		if (!strchr(set, s.data[i]) || !s.data[i])
			return false;
	return s.len > 0;
}

/* [-+]? ( [0-9]+ (\. [0-9]*)? | \. [0-9]+ ) ( [eE] [-+]? [0-9]+ )?, and it must be JSON's too. */
static bool is_number(struct str s)
{
	size_t at = 0;
	size_t digits;

	if (at < s.len && s.data[at] == '-')
		at++;
	for (digits = at; at < s.len && s.data[at] >= '0' && s.data[at] <= '9'; at++)
		;
	if (at == digits || (s.data[digits] == '0' && at - digits > 1))
		return false;
	if (at < s.len && s.data[at] == '.') {
		for (digits = ++at; at < s.len && s.data[at] >= '0' && s.data[at] <= '9'; at++)
			;
		if (at == digits)
			return false;
	}
	if (at < s.len && (s.data[at] | 32) == 'e') {
		at++;
		if (at < s.len && (s.data[at] == '+' || s.data[at] == '-'))
			at++;
		if (!all_in(str_slice(s, at, s.len), "0123456789"))
			return false;
		at = s.len;
	}
	return at == s.len;
}

static enum node_type resolve(struct str s)
{
	static const struct {
		const char *text;
		enum node_type type;
	} words[] = {
		{"", NODE_NULL},
		{"~", NODE_NULL},
		{"null", NODE_NULL},
		{"Null", NODE_NULL},
		{"NULL", NODE_NULL},
		{"true", NODE_TRUE},
		{"True", NODE_TRUE},
		{"TRUE", NODE_TRUE},
		{"false", NODE_FALSE},
		{"False", NODE_FALSE},
		{"FALSE", NODE_FALSE},
	};

	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (str_is(s, words[i].text))
			return words[i].type;
	return is_number(s) ? NODE_NUMBER : NODE_STRING;
}

static int read_scalar(struct reader *reader, const yaml_event_t *event, bool key)
{
	struct str s = {(const char *)event->data.scalar.value, event->data.scalar.length};
	size_t offset = reader->text.len;
	enum node_type type = NODE_STRING;

	if (event->data.scalar.anchor || event->data.scalar.tag)
		return fail(reader, ERR_YAML_UNSUPPORTED, event->start_mark,
			"anchors and tags are not read");
	if (event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE && !key)
		type = resolve(s);
	buf_add(&reader->text, s);
	if (buf_failed(&reader->text))
		return error_memory(reader->err);
	return push(reader, event, offset, type, s.len);
}

static int next_event(struct reader *reader, yaml_event_t *event)
{
	if (yaml_parser_parse(&reader->parser, event))
		return 0;
	if (reader->parser.error == YAML_MEMORY_ERROR)
		return error_memory(reader->err);
	return fail(reader, ERR_YAML_SYNTAX, reader->parser.problem_mark,
		reader->parser.problem ? reader->parser.problem : "not YAML");
}

static int read_node(struct reader *reader, const yaml_event_t *event, bool key);

static int read_inside(struct reader *reader, bool mapping, yaml_event_type_t last)
{
	bool key = mapping;

	for (;;) {
		yaml_event_t event;
		int r = next_event(reader, &event);

		if (r < 0)
			return r;
		if (event.type == last) {
			yaml_event_delete(&event);
			return 0;
		}
		if (key && event.type != YAML_SCALAR_EVENT)
			r = fail(reader, ERR_YAML_UNSUPPORTED, event.start_mark,
				"a key must be a text");
		else
			r = read_node(reader, &event, key);
		yaml_event_delete(&event);
		if (r < 0)
			return r;
		if (mapping)
			key = !key;
	}
}

static int read_node(struct reader *reader, const yaml_event_t *event, bool key)
{
	bool mapping = event->type == YAML_MAPPING_START_EVENT;
	size_t self = reader->doc->count;
	int r;

	switch (event->type) {
	case YAML_SCALAR_EVENT:
		return read_scalar(reader, event, key);
	case YAML_SEQUENCE_START_EVENT:
		if (event->data.sequence_start.anchor || event->data.sequence_start.tag)
			return fail(reader, ERR_YAML_UNSUPPORTED, event->start_mark,
				"anchors and tags are not read");
		break;
	case YAML_MAPPING_START_EVENT:
		if (event->data.mapping_start.anchor || event->data.mapping_start.tag)
			return fail(reader, ERR_YAML_UNSUPPORTED, event->start_mark,
				"anchors and tags are not read");
		break;
	case YAML_ALIAS_EVENT:
		return fail(
			reader, ERR_YAML_UNSUPPORTED, event->start_mark, "aliases are not read");
	default:
		return fail(
			reader, ERR_YAML_SYNTAX, event->start_mark, "a value was expected here");
	}
	if (++reader->depth > YAML_MAX_DEPTH)
		return fail(reader, ERR_YAML_UNSUPPORTED, event->start_mark, "nested too deeply");
	r = push(reader, event, 0, mapping ? NODE_OBJECT : NODE_ARRAY, 0);
	if (r < 0)
		return r;
	r = read_inside(
		reader, mapping, mapping ? YAML_MAPPING_END_EVENT : YAML_SEQUENCE_END_EVENT);
	if (r < 0)
		return r;
	reader->depth--;
	reader->doc->tape[self] =
		tape_entry(0, mapping ? NODE_OBJECT : NODE_ARRAY, reader->doc->count - self);
	reader->doc->ends[self] = (uint32_t)byte_offset(reader, reader->parser.mark);
	return 0;
}

static int read_stream(struct reader *reader)
{
	bool any = false;

	for (;;) {
		yaml_event_t event;
		int r = next_event(reader, &event);
		yaml_event_type_t type = event.type;

		if (r < 0)
			return r;
		if (type == YAML_DOCUMENT_START_EVENT && any)
			r = fail(reader, ERR_YAML_UNSUPPORTED, event.start_mark,
				"a second document");
		else if (type != YAML_STREAM_START_EVENT && type != YAML_STREAM_END_EVENT &&
			type != YAML_DOCUMENT_START_EVENT && type != YAML_DOCUMENT_END_EVENT) {
			any = true;
			r = read_node(reader, &event, false);
		}
		if (r == 0 && type == YAML_STREAM_END_EVENT && !any)
			r = push(reader, &event, 0, NODE_NULL, 0);
		yaml_event_delete(&event);
		if (r < 0 || type == YAML_STREAM_END_EVENT)
			return r;
	}
}

int yaml_read(struct str text, struct str name, struct doc **ret_doc, struct error *err)
{
	CLEANUP(doc_cleanup) struct doc *doc = NULL;
	CLEANUP(doc_move_cleanup)
	struct reader reader = {.text = BUF(2 * YAML_MAX_BYTES), .err = err};
	int r;

	if (text.len > YAML_MAX_BYTES)
		return error_at(
			err, error_set(err, ERR_FILE_TOO_LARGE, "over 1 MiB of YAML"), name, 0, 0);
	doc = mem_alloc(sizeof(*doc));
	if (!doc || !yaml_parser_initialize(&reader.parser))
		return error_memory(err);
	doc->name = name;
	doc->source = text;
	reader.doc = doc;
	yaml_parser_set_encoding(&reader.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(
		&reader.parser, (const unsigned char *)(text.data ? text.data : ""), text.len);
	r = read_stream(&reader);
	if (r < 0)
		return r;
	doc->own_text = reader.text.data;
	doc->text = buf_str(&reader.text);
	reader.text = BUF(0);
	r = doc_check_keys(doc_root(doc), err);
	if (r < 0)
		return r;
	*ret_doc = doc;
	doc = NULL;
	return 0;
}
