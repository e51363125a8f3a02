/* SPDX-License-Identifier: Apache-2.0 */
/*
 * JSON text to events: the same tokens (json_scan.h) and the same grammar as
 * json.c, for input that comes in pieces and does not fit in memory.
 *
 * What json.c keeps on its way through the text is kept here in a struct:
 * what may come next, the containers that are open, and of a token that a
 * piece cut, its bytes so far and where to go on in them.  A token inside one piece is
 * handed on without a copy.
 */
#include "base/json.h"

#include "base/doc_tape.h"
#include "base/json_scan.h"

enum expect {
	EXPECT_VALUE,
	EXPECT_FIRST, /* a value, or the end of the array */
	EXPECT_KEY,
	EXPECT_FIRST_KEY, /* a key, or the end of the object */
	EXPECT_COLON,
	EXPECT_AFTER, /* a comma or the end of the container */
	EXPECT_END,   /* nothing but white space */
};

enum token { TOKEN_NONE, TOKEN_STRING, TOKEN_NUMBER, TOKEN_WORD };

struct json_events {
	struct str name;
	size_t ceiling;
	json_event_fn *event;
	void *payload;
	int stopped; /* an error's code or a callback's answer, which stays */
	struct error err;

	enum expect expect;
	unsigned depth;
	bool object[JSON_MAX_DEPTH];

	/* The piece at hand; [0, offset) was before it. */
	const json_byte *piece;
	const json_byte *end;
	uint64_t offset;
	struct mark mark;

	/* The token at hand; `carry` holds its bytes from earlier pieces. */
	enum token token;
	uint64_t token_offset;
	struct mark token_mark; /* where `carry` begins */
	struct buf carry;
	size_t carry_at; /* scanned so far; behind it, an escape or a character that was cut */
	bool escaped;
	enum number_state number;
	enum json_event word_event;
	const char *word;
	struct buf text; /* unescaped */
};

struct json_events *json_events_create(
	struct str name, size_t token_ceiling, json_event_fn *event, void *payload)
{
	struct json_events *events = mem_alloc(sizeof(*events));

	if (!events)
		return NULL;
	events->name = name;
	events->ceiling = token_ceiling;
	events->event = event;
	events->payload = payload;
	/* Six more: an escape that was cut. */
	events->carry = BUF(size_add(token_ceiling, 6));
	events->text = BUF(size_add(token_ceiling, 6));
	return events;
}

void json_events_destroy(struct json_events *events)
{
	if (!events)
		return;
	buf_free(&events->carry);
	buf_free(&events->text);
	mem_free(events);
}

/* Keeps what is in *err for every later call. */
static int stop_with(struct json_events *events, int code)
{
	events->stopped = code;
	return code;
}

static WEIR_COLD int stop_at(
	struct json_events *events, enum error_id id, struct mark mark, const char *what)
{
	int code = error_set(&events->err, id, "%s", what);

	error_at(&events->err, code, events->name, mark.line + 1, mark.column + 1);
	return stop_with(events, code);
}

static WEIR_COLD int stop(
	struct json_events *events, enum error_id id, const json_byte *p, const char *what)
{
	struct mark mark = events->mark;

	mark_advance(&mark, (const char *)events->piece, (const char *)p);
	return stop_at(events, id, mark, what);
}

static WEIR_COLD int stop_memory(struct json_events *events)
{
	return stop_with(events, error_memory(&events->err));
}

static int emit(struct json_events *events, enum json_event event, struct str text, uint64_t offset)
{
	int answer = events->event(event, text, offset, events->payload);

	return answer ? stop_with(events, answer) : 0;
}

static uint64_t offset_of(const struct json_events *events, const json_byte *p)
{
	return events->offset + (uint64_t)(p - events->piece);
}

static void value_done(struct json_events *events)
{
	events->expect = events->depth ? EXPECT_AFTER : EXPECT_END;
}

static int size_error(struct json_events *events, const json_byte *begin)
{
	static const char what[] = "a string or number over the limit";

	if (events->token_offset < events->offset) {
		struct mark mark = events->token_mark;

		/* A string's mark is behind its quote. */
		mark.column -= events->token == TOKEN_STRING;
		return stop_at(events, ERR_JSON_SIZE, mark, what);
	}
	return stop(events, ERR_JSON_SIZE, begin, what);
}

/*
 * Strings.  `raw` is whole.
 */
static int string_done(struct json_events *events, struct str raw)
{
	bool key = events->expect == EXPECT_KEY || events->expect == EXPECT_FIRST_KEY;
	struct str text = raw;

	if (events->escaped) {
		char *to;

		buf_clear(&events->text);
		to = buf_reserve(&events->text, raw.len);
		if (!to)
			return stop_memory(events);
		text = (struct str){to, json_unescape_all(raw, to)};
	}
	if (key)
		events->expect = EXPECT_COLON;
	else
		value_done(events);
	events->token = TOKEN_NONE;
	return emit(events, key ? JSON_KEY : JSON_STRING, text, events->token_offset);
}

/* Puts [begin, end) behind the carry: the bytes of a token that goes on in the next piece. */
static int carry(struct json_events *events, const json_byte *begin, const json_byte *end)
{
	buf_add(&events->carry, (struct str){(const char *)begin, (size_t)(end - begin)});
	return buf_failed(&events->carry) ? stop_memory(events) : 0;
}

/* A token begins: the next piece may need to know where. */
static void begin_token(struct json_events *events, enum token token, const json_byte *p)
{
	events->token = token;
	events->token_offset = offset_of(events, p);
	events->escaped = false;
	events->carry_at = 0;
	buf_clear(&events->carry);
}

static void mark_token(struct json_events *events, const json_byte *begin)
{
	events->token_mark = events->mark;
	mark_advance(&events->token_mark, (const char *)events->piece, (const char *)begin);
}

static int begin_string(struct json_events *events, const json_byte **p)
{
	const json_byte *begin = *p + 1, *at = begin;
	struct scan_fault fault;
	enum scan result;
	int r;

	begin_token(events, TOKEN_STRING, *p);
	result = scan_string(&at, events->end, &events->escaped, &fault);
	if ((size_t)(at - begin) > events->ceiling)
		return size_error(events, begin - 1);
	if (result == SCAN_BAD)
		return stop(events, fault.id, fault.at, fault.what);
	if (result == SCAN_DONE) {
		*p = at + 1;
		return string_done(events, (struct str){(const char *)begin, (size_t)(at - begin)});
	}
	mark_token(events, begin);
	events->carry_at = (size_t)(at - begin);
	r = carry(events, begin, events->end);
	*p = events->end;
	return r;
}

/* A fault in the carry: `at` bytes behind its begin. */
static int stop_in_carry(struct json_events *events, const struct scan_fault *fault)
{
	struct mark mark = events->token_mark;

	mark_advance(&mark, events->carry.data, (const char *)fault->at);
	return stop_at(events, fault->id, mark, fault->what);
}

/*
 * Where an escape or a character was cut, its rest is put behind it byte by byte (there are at most
 * five) until it is whole; only then can the scan go on in the piece itself.
 */
static int mend_string(struct json_events *events, const json_byte **p)
{
	while (events->carry_at < events->carry.len && *p < events->end) {
		struct scan_fault fault;
		const json_byte *begin, *at;
		enum scan result;
		int r = carry(events, *p, *p + 1);

		if (r < 0)
			return r;
		begin = (const json_byte *)events->carry.data;
		at = begin + events->carry_at;
		++*p;
		result = scan_string(&at, begin + events->carry.len, &events->escaped, &fault);
		events->carry_at = (size_t)(at - begin);
		if (result == SCAN_BAD)
			return stop_in_carry(events, &fault);
	}
	if (events->carry_at > events->ceiling)
		return size_error(events, events->piece);
	return 0;
}

static int go_on_string(struct json_events *events, const json_byte **p)
{
	const json_byte *at;
	struct scan_fault fault;
	enum scan result;
	int r = mend_string(events, p);

	if (r < 0 || *p == events->end)
		return r;
	at = *p;
	result = scan_string(&at, events->end, &events->escaped, &fault);
	if (events->carry_at + (size_t)(at - *p) > events->ceiling)
		return size_error(events, events->piece);
	if (result == SCAN_BAD)
		return stop(events, fault.id, fault.at, fault.what);
	r = carry(events, *p, result == SCAN_DONE ? at : events->end);
	if (r < 0)
		return r;
	events->carry_at += (size_t)(at - *p);
	*p = result == SCAN_DONE ? at + 1 : events->end;
	return result == SCAN_DONE ? string_done(events, buf_str(&events->carry)) : 0;
}

/*
 * Numbers.
 */
static int number_done(struct json_events *events, struct str raw)
{
	events->token = TOKEN_NONE;
	value_done(events);
	return emit(events, JSON_NUMBER, raw, events->token_offset);
}

static int go_on_number(struct json_events *events, const json_byte **p)
{
	const json_byte *begin = *p;
	struct scan_fault fault;
	enum scan result = scan_number(p, events->end, &events->number, &fault);
	size_t len = (size_t)(*p - begin);
	int r;

	if (events->carry.len + len > events->ceiling)
		return size_error(events, begin);
	if (result == SCAN_BAD)
		return stop(events, fault.id, fault.at, fault.what);
	if (result == SCAN_DONE && !events->carry.len)
		return number_done(events, (struct str){(const char *)begin, len});
	if (!events->carry.len)
		mark_token(events, begin);
	r = carry(events, begin, *p);
	if (r < 0 || result == SCAN_MORE)
		return r;
	return number_done(events, buf_str(&events->carry));
}

static int go_on_word(struct json_events *events, const json_byte **p)
{
	struct scan_fault fault;
	enum scan result = scan_word(p, events->end, &events->word, &fault);

	if (result == SCAN_BAD)
		return stop(events, fault.id, fault.at, fault.what);
	if (result == SCAN_MORE)
		return 0;
	events->token = TOKEN_NONE;
	value_done(events);
	return emit(events, events->word_event, (struct str){NULL, 0}, events->token_offset);
}

/*
 * The grammar.
 */
static int open_container(struct json_events *events, const json_byte **p)
{
	bool object = **p == '{';
	const json_byte *at = (*p)++;

	if (events->depth == JSON_MAX_DEPTH)
		return stop(events, ERR_JSON_DEPTH, at, "nested too deeply");
	events->object[events->depth++] = object;
	events->expect = object ? EXPECT_FIRST_KEY : EXPECT_FIRST;
	return emit(events, object ? JSON_OBJECT_BEGIN : JSON_ARRAY_BEGIN, (struct str){NULL, 0},
		offset_of(events, at));
}

static int close_container(struct json_events *events, const json_byte **p)
{
	bool object = events->object[--events->depth];
	const json_byte *at = (*p)++;

	value_done(events);
	return emit(events, object ? JSON_OBJECT_END : JSON_ARRAY_END, (struct str){NULL, 0},
		offset_of(events, at));
}

static int begin_value(struct json_events *events, const json_byte **p)
{
	switch (**p) {
	case '"':
		return begin_string(events, p);
	case '{':
	case '[':
		return open_container(events, p);
	case 't':
		events->word = "true";
		events->word_event = JSON_TRUE;
		break;
	case 'f':
		events->word = "false";
		events->word_event = JSON_FALSE;
		break;
	case 'n':
		events->word = "null";
		events->word_event = JSON_NULL;
		break;
	default:
		begin_token(events, TOKEN_NUMBER, *p);
		events->number = NUMBER_START;
		return go_on_number(events, p);
	}
	begin_token(events, TOKEN_WORD, *p);
	return go_on_word(events, p);
}

static int after_value(struct json_events *events, const json_byte **p)
{
	bool object = events->object[events->depth - 1];

	if (**p == (object ? '}' : ']'))
		return close_container(events, p);
	if (**p != ',')
		return stop(events, ERR_JSON_SYNTAX, *p,
			object ? "',' or '}' was expected here" : "',' or ']' was expected here");
	++*p;
	events->expect = object ? EXPECT_KEY : EXPECT_VALUE;
	return 0;
}

/* One step from a byte that is not white space, between tokens. */
static int step(struct json_events *events, const json_byte **p)
{
	switch (events->expect) {
	case EXPECT_FIRST:
		if (**p == ']')
			return close_container(events, p);
		/* fall through */
	case EXPECT_VALUE:
		return begin_value(events, p);
	case EXPECT_FIRST_KEY:
		if (**p == '}')
			return close_container(events, p);
		/* fall through */
	case EXPECT_KEY:
		if (**p != '"')
			return stop(events, ERR_JSON_SYNTAX, *p, "a key was expected here");
		return begin_string(events, p);
	case EXPECT_COLON:
		if (**p != ':')
			return stop(events, ERR_JSON_SYNTAX, *p, "':' was expected here");
		++*p;
		events->expect = EXPECT_VALUE;
		return 0;
	case EXPECT_AFTER:
		return after_value(events, p);
	case EXPECT_END:
		break;
	}
	return stop(events, ERR_JSON_SYNTAX, *p, "text behind the JSON value");
}

static int go_on(struct json_events *events, const json_byte **p)
{
	switch (events->token) {
	case TOKEN_STRING:
		return go_on_string(events, p);
	case TOKEN_NUMBER:
		return go_on_number(events, p);
	case TOKEN_WORD:
		return go_on_word(events, p);
	case TOKEN_NONE:
		break;
	}
	*p = scan_space(*p, events->end);
	return *p < events->end ? step(events, p) : 0;
}

static int report(const struct json_events *events, struct error *err)
{
	if (err && events->stopped)
		*err = events->err;
	return events->stopped;
}

int json_events_feed(struct json_events *events, struct str piece, struct error *err)
{
	const json_byte *p = (const json_byte *)piece.data;

	if (events->stopped || !piece.len)
		return report(events, err);
	events->piece = p;
	events->end = p + piece.len;
	while (p < events->end)
		if (go_on(events, &p) != 0)
			return report(events, err);
	mark_advance(&events->mark, piece.data, piece.data + piece.len);
	events->offset += piece.len;
	return 0;
}

int json_events_finish(struct json_events *events, struct error *err)
{
	if (events->stopped)
		return report(events, err);
	events->piece = events->end = NULL;
	if (events->token == TOKEN_NUMBER && !events->depth && number_whole(events->number)) {
		if (number_done(events, buf_str(&events->carry)) != 0)
			return report(events, err);
	}
	if (events->token != TOKEN_NONE || events->expect != EXPECT_END)
		stop_at(events, ERR_JSON_TRUNCATED, events->mark, "the JSON ends in the middle");
	return report(events, err);
}
