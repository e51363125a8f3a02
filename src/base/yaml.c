/* SPDX-License-Identifier: Apache-2.0 */
/*
 * YAML to tape, through libyaml's event API.  libyaml speaks YAML 1.1, so
 * plain scalars are resolved here, by the 1.2 core schema; and a number that the
 * schema knows but JSON cannot write (0o17, 0x1f, .inf, +1, 01, 1.) is refused
 * rather than guessed at: its author may have meant either the number or the text.
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
	/* Byte offset of each code point whose number is a multiple of STEP. */
	uint32_t *offsets;
	/* Where the last scalar or container ended. */
	uint32_t last_end;
	struct error *err;
};

enum { STEP = 64 };

static void doc_move_cleanup(struct reader *reader)
{
	yaml_parser_delete(&reader->parser);
	buf_free(&reader->text);
	mem_free(reader->offsets);
}

static size_t skip_code_point(struct str source, size_t at)
{
	do
		at++;
	while (at < source.len && ((unsigned char)source.data[at] & 0xc0) == 0x80);
	return at;
}

/*
 * A byte order mark is not handed to libyaml: it would take it for a column of the first line.
 */
static size_t mark_size(struct str source)
{
	return str_starts(source, STR("\xef\xbb\xbf")) ? 3 : 0;
}

/* libyaml counts code points; the tape wants bytes. */
static bool index_offsets(struct reader *reader)
{
	struct str source = reader->doc->source;
	size_t at = mark_size(source);

	reader->offsets = mem_alloc((source.len / STEP + 1) * sizeof(*reader->offsets));
	if (!reader->offsets)
		return false;
	reader->offsets[0] = (uint32_t)at;
	for (size_t n = 1; at < source.len; n++) {
		at = skip_code_point(source, at);
		if (n % STEP == 0)
			reader->offsets[n / STEP] = (uint32_t)at;
	}
	return true;
}

static size_t byte_offset(const struct reader *reader, yaml_mark_t mark)
{
	struct str source = reader->doc->source;
	size_t at, block = mark.index / STEP;

	if (block > source.len / STEP)
		return source.len;
	at = reader->offsets[block];
	/* No block begins at 0 but the first: the text has fewer code points. */
	if (block && !at)
		return source.len;
	for (size_t n = mark.index % STEP; n > 0 && at < source.len; n--)
		at = skip_code_point(source, at);
	return at;
}

static int fail_offset(struct reader *reader, enum error_id id, size_t offset, const char *what)
{
	struct position place = doc_position(reader->doc, offset);
	int code = error_set(reader->err, id, "%s", what);

	return error_at(reader->err, code, reader->doc->name, place.line, place.column);
}

static int fail(struct reader *reader, enum error_id id, yaml_mark_t mark, const char *what)
{
	return fail_offset(reader, id, byte_offset(reader, mark), what);
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
	reader->last_end = (uint32_t)byte_offset(reader, event->end_mark);
	doc->ends[doc->count] = reader->last_end;
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

static size_t digits_from(struct str s, size_t at)
{
	while (at < s.len && s.data[at] >= '0' && s.data[at] <= '9')
		at++;
	return at;
}

enum number { NOT_A_NUMBER, NUMBER, NUMBER_NOT_IN_JSON };

/* [-+]? ( [0-9]+ (\. [0-9]*)? | \. [0-9]+ ) ( [eE] [-+]? [0-9]+ )? */
static enum number is_decimal(struct str s)
{
	size_t sign = s.len && (s.data[0] == '-' || s.data[0] == '+');
	size_t whole = digits_from(s, sign), at = whole, fraction = 0;
	bool json = !(sign && s.data[0] == '+') && whole > sign &&
		!(s.data[sign] == '0' && whole - sign > 1);

	if (at < s.len && s.data[at] == '.') {
		size_t end = digits_from(s, at + 1);

		fraction = end - at - 1;
		json = json && fraction > 0;
		at = end;
	}
	if (whole == sign && fraction == 0)
		return NOT_A_NUMBER;
	if (at < s.len && (s.data[at] == 'e' || s.data[at] == 'E')) {
		size_t from = at + 1;

		if (from < s.len && (s.data[from] == '-' || s.data[from] == '+'))
			from++;
		at = digits_from(s, from);
		if (at == from)
			return NOT_A_NUMBER;
	}
	if (at < s.len)
		return NOT_A_NUMBER;
	return json ? NUMBER : NUMBER_NOT_IN_JSON;
}

static enum number is_number(struct str s)
{
	static const char *const specials[] = {
		".inf",
		".Inf",
		".INF",
		"+.inf",
		"+.Inf",
		"+.INF",
		"-.inf",
		"-.Inf",
		"-.INF",
		".nan",
		".NaN",
		".NAN",
	};

	if (s.len > 2 && str_starts(s, STR("0o")) && all_in(str_slice(s, 2, s.len), "01234567"))
		return NUMBER_NOT_IN_JSON;
	if (s.len > 2 && str_starts(s, STR("0x")) &&
		all_in(str_slice(s, 2, s.len), "0123456789abcdefABCDEF"))
		return NUMBER_NOT_IN_JSON;
	for (size_t i = 0; i < COUNT_OF(specials); i++)
		if (str_is(s, specials[i]))
			return NUMBER_NOT_IN_JSON;
	return is_decimal(s);
}

static enum node_type resolve(struct str s, bool *ret_refused)
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
	enum number number;

	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (str_is(s, words[i].text))
			return words[i].type;
	number = is_number(s);
	*ret_refused = number == NUMBER_NOT_IN_JSON;
	return number == NOT_A_NUMBER ? NODE_STRING : NODE_NUMBER;
}

static int read_scalar(struct reader *reader, const yaml_event_t *event, bool key)
{
	struct str s = {(const char *)event->data.scalar.value, event->data.scalar.length};
	size_t offset = reader->text.len;
	enum node_type type = NODE_STRING;

	if (event->data.scalar.anchor || event->data.scalar.tag)
		return fail(reader, ERR_YAML_UNSUPPORTED, event->start_mark,
			"anchors and tags are not read");
	if (event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE) {
		bool refused = false;

		if (!key)
			type = resolve(s, &refused);
		else if (str_is(s, "<<"))
			return fail(reader, ERR_YAML_UNSUPPORTED, event->start_mark,
				"merge keys are not read");
		if (refused)
			return fail(reader, ERR_YAML_UNSUPPORTED, event->start_mark,
				"write this number in decimal as JSON does, or quote it if it is a "
				"text");
	}
	buf_add(&reader->text, s);
	if (buf_failed(&reader->text))
		return error_memory(reader->err);
	return push(reader, event, offset, type, s.len);
}

/* What libyaml says, in words for who wrote the file where its own are for who wrote the parser. */
static const char *explain(const struct reader *reader, size_t offset)
{
	struct str source = reader->doc->source;
	const char *problem = reader->parser.problem;

	if (offset < source.len && source.data[offset] == '\t')
		return "a tab where YAML wants spaces";
	if (!problem)
		return "not YAML";
	if (strcmp(problem, "mapping values are not allowed in this context") == 0)
		return "a key is not allowed here: check the indentation, or quote a text that "
		       "holds ': '";
	if (strcmp(problem, "did not find expected key") == 0)
		return "a key was expected here: check the indentation";
	if (strcmp(problem, "could not find expected ':'") == 0)
		return "':' was expected behind the key above";
	return problem;
}

static int next_event(struct reader *reader, yaml_event_t *event)
{
	size_t offset;

	if (yaml_parser_parse(&reader->parser, event))
		return 0;
	if (reader->parser.error == YAML_MEMORY_ERROR)
		return error_memory(reader->err);
	/* About bytes, not about YAML: it counts these in bytes and has no mark. */
	if (reader->parser.error == YAML_READER_ERROR)
		return fail_offset(reader, ERR_YAML_SYNTAX,
			mark_size(reader->doc->source) + reader->parser.problem_offset,
			"not UTF-8, or a control character");
	offset = byte_offset(reader, reader->parser.problem_mark);
	return fail_offset(reader, ERR_YAML_SYNTAX, offset, explain(reader, offset));
}

static int read_node(struct reader *reader, const yaml_event_t *event, bool key);

/*
 * Where a container ends: behind the bracket of its last event, or, in the block style, whose end is
 * only noticed at the next line, behind the last thing inside.
 */
static void end_container(struct reader *reader, const yaml_event_t *last, uint32_t self)
{
	if (last->end_mark.index > last->start_mark.index || reader->doc->count == self + 1)
		reader->last_end = (uint32_t)byte_offset(reader, last->end_mark);
	reader->doc->ends[self] = reader->last_end;
}

static int read_inside(struct reader *reader, bool mapping, yaml_event_type_t last, uint32_t self)
{
	bool key = mapping;

	for (;;) {
		yaml_event_t event;
		int r = next_event(reader, &event);

		if (r < 0)
			return r;
		if (event.type == last) {
			end_container(reader, &event, self);
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
	r = read_inside(reader, mapping, mapping ? YAML_MAPPING_END_EVENT : YAML_SEQUENCE_END_EVENT,
		(uint32_t)self);
	if (r < 0)
		return r;
	reader->depth--;
	reader->doc->tape[self] =
		tape_entry(0, mapping ? NODE_OBJECT : NODE_ARRAY, reader->doc->count - self);
	return 0;
}

static int read_stream(struct reader *reader)
{
	bool any = false;

	for (;;) {
		yaml_event_t event;
		int r = next_event(reader, &event);
		yaml_event_type_t type;

		if (r < 0)
			return r;
		type = event.type;
		if (type == YAML_DOCUMENT_START_EVENT &&
			event.data.document_start.tag_directives.start !=
				event.data.document_start.tag_directives.end)
			r = fail(reader, ERR_YAML_UNSUPPORTED, event.start_mark,
				"tags are not read");
		else if (type == YAML_DOCUMENT_START_EVENT && any)
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
	struct str body;
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
	if (!index_offsets(&reader))
		return error_memory(err);
	yaml_parser_set_encoding(&reader.parser, YAML_UTF8_ENCODING);
	body = str_slice(text, mark_size(text), text.len);
	yaml_parser_set_input_string(
		&reader.parser, (const unsigned char *)(body.data ? body.data : ""), body.len);
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
