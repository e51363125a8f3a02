/* SPDX-License-Identifier: Apache-2.0 */
/*
 * JSON text to tape, in one pass: the grammar and the tape.  What a token is
 * stands in json_scan.h, shared with the event reader (json_events.c).
 *
 * Nothing is looked at twice, nothing is copied and nothing recurses: the
 * containers that are open stand on a stack of 512.
 *
 *	        ,--------------------- ',' ----------------------.
 *	        v                                                 |
 *	VALUE --+-- scalar --------------------------------> AFTER +-- bracket --> CLOSE --> AFTER
 *	        |-- '[' --> VALUE, or ']' --> CLOSE               |
 *	        `-- '{' --> KEY ':' --> VALUE, or '}' --> CLOSE   `-- nothing open --> the end
 *	            (in an object, ',' leads to KEY)
 */
#include "base/json.h"

#include <string.h>

#include "base/doc_tape.h"
#include "base/json_scan.h"

/* What a scalar's and a container's 29 bits hold. */
static const size_t max_length = ((size_t)1 << 29) - 1;

struct reader {
	struct doc *doc;
	const json_byte *text;
	const json_byte *end;
	unsigned max_depth;
	struct error *err;
};

/* Everything below comes here with where it went wrong; `p` at the end of the text is a cut text.
 */
static WEIR_COLD int stop(
	const struct reader *reader, enum error_id id, const json_byte *p, const char *what)
{
	struct position place = doc_position(reader->doc, (size_t)(p - reader->text));
	int code;

	if (id == ERR_JSON_SYNTAX && p == reader->end)
		code = error_set(reader->err, ERR_JSON_TRUNCATED, "the JSON ends in the middle");
	else
		code = error_set(reader->err, id, "%s", what);
	return error_at(reader->err, code, reader->doc->name, place.line, place.column);
}

static WEIR_COLD int stop_scan(
	const struct reader *reader, enum scan result, const struct scan_fault *fault)
{
	if (result == SCAN_MORE)
		return stop(reader, ERR_JSON_SYNTAX, reader->end, "");
	return stop(reader, fault->id, fault->at, fault->what);
}

/*
 * Makes room for more entries.  The first room is one entry for eight bytes of text, more than a
 * plan needs (it has one for twenty); pages of it that are never written cost nothing.
 */
static WEIR_COLD uint64_t *more_room(const struct reader *reader, uint64_t *out)
{
	struct doc *doc = reader->doc;
	size_t text = (size_t)(reader->end - reader->text);
	size_t room = doc->tape_room ? size_mul(doc->tape_room, 2) : (text / 8 + 8) * sizeof(*out);
	size_t count = doc->tape ? (size_t)(out - doc->tape) : 0;

	if (!doc_tape_resize(doc, room)) {
		error_memory(reader->err);
		return NULL;
	}
	return doc->tape + count;
}

/* What the quick ways below leave: returns where the token ends, or NULL after an error. */
static __attribute__((noinline)) const json_byte *finish_string(
	const struct reader *reader, const json_byte *p, enum node_type *ret_type, int *ret_error)
{
	struct scan_fault fault;
	bool escaped = false;
	enum scan result = scan_string(&p, reader->end, &escaped, &fault);

	if (result != SCAN_DONE) {
		*ret_error = stop_scan(reader, result, &fault);
		return NULL;
	}
	if (escaped)
		*ret_type = NODE_ESCAPED;
	return p;
}

static __attribute__((noinline)) const json_byte *finish_scalar(
	const struct reader *reader, const json_byte *p, enum node_type *ret_type, int *ret_error)
{
	struct scan_fault fault;
	enum scan result;

	if (*p == 't' || *p == 'f' || *p == 'n') {
		const char *word = *p == 't' ? "true" : *p == 'f' ? "false" : "null";

		*ret_type = *p == 't' ? NODE_TRUE : *p == 'f' ? NODE_FALSE : NODE_NULL;
		result = scan_word(&p, reader->end, &word, &fault);
	} else {
		enum number_state state = NUMBER_START;

		*ret_type = NODE_NUMBER;
		result = scan_number(&p, reader->end, &state, &fault);
		if (result == SCAN_MORE && number_whole(state))
			result = SCAN_DONE;
	}
	if (result == SCAN_DONE)
		return p;
	*ret_error = stop_scan(reader, result, &fault);
	return NULL;
}

static WEIR_COLD const json_byte *too_long(
	const struct reader *reader, const json_byte *begin, int *ret_error)
{
	*ret_error = stop(reader, ERR_JSON_SIZE, begin, "a string or number over 512 MiB");
	return NULL;
}

/* One string: from behind its quote to behind its closing quote; NULL after an error. */
static inline const json_byte *read_string(
	const struct reader *reader, const json_byte *begin, uint64_t *out, int *ret_error)
{
	enum node_type type = NODE_STRING;
	const json_byte *p = scan_plain(begin, reader->end);

	if (WEIR_UNLIKELY(p == reader->end || *p != '"')) {
		p = finish_string(reader, p, &type, ret_error);
		if (!p)
			return NULL;
	}
	if (WEIR_UNLIKELY((size_t)(p - begin) > max_length))
		return too_long(reader, begin - 1, ret_error);
	*out = tape_entry((size_t)(begin - reader->text), type, (size_t)(p - begin));
	return p + 1;
}

/* Words, and whole numbers of a few digits; `p` itself for all else. Eight bytes are there. */
static inline const json_byte *quick_scalar(const json_byte *p, enum node_type *ret_type)
{
	const json_byte *q = p, *const end = p + 7;

	if (memcmp(p, "null", 4) == 0) {
		*ret_type = NODE_NULL;
		return p + 4;
	}
	if (memcmp(p, "true", 4) == 0) {
		*ret_type = NODE_TRUE;
		return p + 4;
	}
	if (memcmp(p, "fals", 4) == 0 && p[4] == 'e') {
		*ret_type = NODE_FALSE;
		return p + 5;
	}
	if (*q == '0')
		q++;
	else
		while (q < end && json_is_digit(*q))
			q++;
	return *q == ',' || *q == '}' || *q == ']' || *q == '\n' ? q : p;
}

/* A number, a word or nothing that JSON knows. */
static inline const json_byte *read_scalar(
	const struct reader *reader, const json_byte *begin, uint64_t *out, int *ret_error)
{
	enum node_type type = NODE_NUMBER;
	const json_byte *p = begin;

	if (WEIR_LIKELY(reader->end - p >= 8))
		p = quick_scalar(p, &type);
	if (p == begin) {
		p = finish_scalar(reader, p, &type, ret_error);
		if (!p)
			return NULL;
		if (WEIR_UNLIKELY((size_t)(p - begin) > max_length))
			return too_long(reader, begin, ret_error);
	}
	*out = tape_entry((size_t)(begin - reader->text), type, (size_t)(p - begin));
	return p;
}

static inline bool is_object(uint64_t entry)
{
	return tape_type(entry) == NODE_OBJECT;
}

/*
 * One value from *at on; *at then is behind it.  Longer than a screen, since the states share the
 * position, the end of the tape and the stack, which must stay in registers.
 */
static int read_value(const struct reader *reader, const json_byte **at)
{
	struct doc *doc = reader->doc;
	const json_byte *p = *at, *const end = reader->end;
	uint64_t *out = doc->tape, *limit = doc->tape_room ? doc->tape + doc->tape_room / 8 : out;
	uint32_t open[JSON_MAX_DEPTH];
	unsigned depth = 0;
	bool object = false;
	int error = 0;

value:
	p = scan_space(p, end);
	if (WEIR_UNLIKELY(p == end))
		return stop(reader, ERR_JSON_SYNTAX, p, "");
	/* Room for this value and for the one key that may come before the next value. */
	if (WEIR_UNLIKELY(limit - out < 2)) {
		out = more_room(reader, out);
		if (!out)
			return -error_info(ERR_MEMORY)->exit_code;
		limit = doc->tape + doc->tape_room / sizeof(*out);
	}
	if (*p == '"') {
		p = read_string(reader, p + 1, out++, &error);
		if (WEIR_UNLIKELY(!p))
			return error;
	} else if (*p == '{' || *p == '[') {
		object = *p == '{';
		if (WEIR_UNLIKELY(depth == reader->max_depth))
			return stop(reader, ERR_JSON_DEPTH, p, "nested too deeply");
		open[depth++] = (uint32_t)(out - doc->tape);
		*out++ = tape_entry(
			(size_t)(p - reader->text), object ? NODE_OBJECT : NODE_ARRAY, 0);
		p = scan_space(p + 1, end);
		if (p < end && *p == (object ? '}' : ']'))
			goto close;
		if (object)
			goto key;
		goto value;
	} else {
		p = read_scalar(reader, p, out++, &error);
		if (WEIR_UNLIKELY(!p))
			return error;
	}
after:
	if (depth == 0)
		goto finish;
	p = scan_space(p, end);
	if (WEIR_UNLIKELY(p == end))
		return stop(reader, ERR_JSON_SYNTAX, p, "");
	if (*p == (object ? '}' : ']'))
		goto close;
	if (WEIR_UNLIKELY(*p != ','))
		return stop(reader, ERR_JSON_SYNTAX, p,
			object ? "',' or '}' was expected here" : "',' or ']' was expected here");
	p++;
	if (!object)
		goto value;
	p = scan_space(p, end);
key:
	if (WEIR_UNLIKELY(p == end || *p != '"'))
		return stop(reader, ERR_JSON_SYNTAX, p, "a key was expected here");
	p = read_string(reader, p + 1, out++, &error);
	if (WEIR_UNLIKELY(!p))
		return error;
	p = scan_space(p, end);
	if (WEIR_UNLIKELY(p == end || *p != ':'))
		return stop(reader, ERR_JSON_SYNTAX, p, "':' was expected here");
	/* A writer that puts a space here does it always. */
	p++;
	if (p < end && *p == ' ')
		p++;
	goto value;
close:
	p++;
	depth--;
	{
		uint64_t *self = doc->tape + open[depth];

		if (WEIR_UNLIKELY((size_t)(out - self) > max_length))
			return stop(reader, ERR_JSON_SIZE, p - 1, "over 536870911 values in one");
		*self |= (uint64_t)(out - self) << 35;
	}
	object = depth && is_object(doc->tape[open[depth - 1]]);
	goto after;
finish:
	doc->count = (size_t)(out - doc->tape);
	*at = p;
	return 0;
}

int json_read(struct str text, const struct json_options *options, struct doc **ret_doc,
	struct error *err)
{
	const json_byte *begin = (const json_byte *)(text.data ? text.data : "");
	struct reader reader = {.text = begin, .end = begin + text.len, .err = err};
	const json_byte *p = begin + (options->start < text.len ? options->start : text.len);
	CLEANUP(doc_cleanup) struct doc *doc = mem_alloc(sizeof(*doc));
	int r;

	if (!doc)
		return error_memory(err);
	doc->name = options->name;
	doc->source = doc->text = text;
	reader.doc = doc;
	reader.max_depth = options->max_depth && options->max_depth < JSON_MAX_DEPTH
		? options->max_depth
		: JSON_MAX_DEPTH;
	if (text.len > UINT32_MAX)
		return stop(&reader, ERR_JSON_SIZE, begin, "over 4 GiB");
	r = read_value(&reader, &p);
	if (r < 0)
		return r;
	p = scan_space(p, reader.end);
	if (!options->ret_end && p < reader.end)
		return stop(&reader, ERR_JSON_SYNTAX, p, "text behind the JSON value");
	doc_tape_trim(doc);
	if (options->ret_end)
		*options->ret_end = (size_t)(p - begin);
	*ret_doc = doc;
	doc = NULL;
	return 0;
}
