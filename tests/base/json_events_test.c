/* SPDX-License-Identifier: Apache-2.0 */
/*
 * JSON as events: the same answers as json_read() for every text, however it is cut.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"
#include "json_cases.h"

static const char letters[] = "nft#\"k[]{}";

/* One line an event: its letter, its offset, its text. */
static int record(enum json_event event, struct str text, uint64_t offset, void *payload)
{
	buf_printf(payload, "%c%llu:%.*s\n", letters[event], (unsigned long long)offset,
		STR_ARG(text));
	return 0;
}

static int feed(
	struct str text, size_t piece, size_t ceiling, struct buf *ret_events, struct error *err)
{
	struct json_events *events = json_events_create(STR("t.json"), ceiling, record, ret_events);
	int r = 0;

	assert_non_null(events);
	for (size_t at = 0; r == 0 && at < text.len; at += piece) {
		/* A copy of just these bytes, so that a sanitizer sees what is read behind them. */
		size_t len = text.len - at < piece ? text.len - at : piece;
		char *copy = mem_alloc(len);

		memcpy(copy, text.data + at, len);
		r = json_events_feed(events, (struct str){copy, len}, err);
		mem_free(copy);
	}
	if (r == 0)
		r = json_events_finish(events, err);
	else
		assert_int_equal(json_events_finish(events, NULL), r);
	json_events_destroy(events);
	return r;
}

/* What json_read() saw, as the same lines. */
static void walk(struct node node, struct arena *arena, struct buf *out)
{
	struct node_iter it = node_children(node);
	enum json_event event = JSON_NULL;

	switch (node_type(node)) {
	case NODE_ARRAY:
	case NODE_OBJECT:
		record(it.object ? JSON_OBJECT_BEGIN : JSON_ARRAY_BEGIN, STR(""), node_offset(node),
			out);
		while (node_next(&it)) {
			if (it.object)
				record(JSON_KEY, node_text(it.key, arena), node_offset(it.key),
					out);
			walk(it.value, arena, out);
		}
		record(it.object ? JSON_OBJECT_END : JSON_ARRAY_END, STR(""), node_end(node) - 1,
			out);
		return;
	case NODE_STRING:
	case NODE_ESCAPED:
		record(JSON_STRING, node_text(node, arena), node_offset(node), out);
		return;
	case NODE_NUMBER:
		record(JSON_NUMBER, node_raw(node), node_offset(node), out);
		return;
	case NODE_NULL:
		break;
	case NODE_FALSE:
		event = JSON_FALSE;
		break;
	case NODE_TRUE:
		event = JSON_TRUE;
		break;
	}
	record(event, STR(""), node_offset(node), out);
}

static void compare(struct str text, size_t piece)
{
	CLEANUP(buf_free) struct buf seen = BUF(100000), want = BUF(100000);
	CLEANUP(doc_cleanup) struct doc *doc = NULL;
	CLEANUP(arena_cleanup) struct arena *arena = arena_create(100000);
	struct error err = {0}, read_err = {0};
	int read_r =
		json_read(text, &(struct json_options){.name = STR("t.json")}, &doc, &read_err);
	int r = feed(text, piece, 1000, &seen, &err);

	if (r != read_r || err.id != read_err.id || err.line != read_err.line ||
		err.column != read_err.column || strcmp(err.message, read_err.message) != 0)
		fail_msg("%.*s by %zu: %s at %u:%u, not %s at %u:%u", STR_ARG(text), piece,
			err.message, err.line, err.column, read_err.message, read_err.line,
			read_err.column);
	assert_string_equal(err.file, read_err.file);
	if (r < 0)
		return;
	walk(doc_root(doc), arena, &want);
	if (!str_eq(buf_str(&seen), buf_str(&want)))
		fail_msg("%.*s by %zu:\n%.*snot\n%.*s", STR_ARG(text), piece,
			STR_ARG(buf_str(&seen)), STR_ARG(buf_str(&want)));
}

static void test_agrees_with_the_document(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(accepted); i++)
		for (size_t piece = 1; piece <= 20; piece++)
			compare(str_of(accepted[i]), piece);
	for (size_t i = 0; i < COUNT_OF(refused); i++)
		for (size_t piece = 1; piece <= 20; piece++)
			compare(str_of(refused[i].text), piece);
}

static void test_exact_events(void **state)
{
	CLEANUP(buf_free) struct buf seen = BUF(1000);

	(void)state;
	assert_int_equal(feed(STR(" {\"\\u0061\": [1.50, \"\xc3\xa9\\n\"], \"b\": {}} "), 3, 100,
				 &seen, NULL),
		0);
	assert_true(str_is(buf_str(&seen),
		"{1:\nk2:a\n[12:\n#13:1.50\n\"19:\xc3\xa9\n\n]25:\n"
		"k28:b\n{33:\n}34:\n}35:\n"));
}

/* Tokens longer than a block, cut at each of their bytes. */
static void test_cut_anywhere(void **state)
{
	static const char text[] =
		"[\"0123456789abcdef\xf0\x9f\x98\x80 \\ud83d\\ude00 \\\\\\\" \xe2\x82\xac tail\",\n"
		" -123456789012345678.5e-10, true, false, null]";

	(void)state;
	for (size_t piece = 1; piece < sizeof(text); piece++)
		compare(str_of(text), piece);
	/* And wrong at each byte. */
	for (size_t i = 0; i < sizeof(text) - 1; i++) {
		static const char wrong[] = {'\n', '\xff', '\xc3', '"', '\\', 'x', '0'};
		char copy[sizeof(text)];

		for (size_t w = 0; w < sizeof(wrong); w++) {
			memcpy(copy, text, sizeof(text));
			copy[i] = wrong[w];
			for (size_t piece = 1; piece <= 8; piece++)
				compare((struct str){copy, sizeof(text) - 1}, piece);
		}
	}
}

static void test_ceiling(void **state)
{
	static const struct {
		const char *text;
		unsigned column;
	} cases[] = {
		{"[\"1234\"]", 0},
		{"[\"12345\"]", 2},
		{"[\"\xc3\xa9\", \"12345\"]", 7},
		{"[\"123\xc3\xa9\"]", 2},
		{"[\"\\u0041\"]", 2},
		{"[1234]", 0},
		{"[12345]", 2},
		{"[\"a\", -12345]", 7},
		{"{\"12345\":1}", 2},
		/* Which comes first does not depend on the pieces. */
		{"[\"12345\\x\"]", 2},
		{"[12345.]", 2},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		for (size_t piece = 1; piece < 12; piece++) {
			CLEANUP(buf_free) struct buf seen = BUF(1000);
			struct error err = {0};
			int r = feed(str_of(cases[i].text), piece, 4, &seen, &err);

			assert_int_equal(r, cases[i].column ? -65 : 0);
			assert_int_equal(err.id, cases[i].column ? ERR_JSON_SIZE : ERR_NONE);
			assert_int_equal(err.column, cases[i].column);
		}
	}
}

static void test_depth(void **state)
{
	char text[1026];

	(void)state;
	memset(text, '[', 513);
	memset(text + 513, ']', 513);
	compare((struct str){text + 1, 1024}, 100);
	compare((struct str){text, 1026}, 100);
}

static int stop_at_true(enum json_event event, struct str text, uint64_t offset, void *payload)
{
	(void)text;
	(void)offset;
	++*(int *)payload;
	return event == JSON_TRUE ? 7 : 0;
}

static void test_callback_stops(void **state)
{
	int calls = 0;
	struct json_events *events = json_events_create(STR(""), 100, stop_at_true, &calls);

	(void)state;
	assert_int_equal(json_events_feed(events, STR("[1, tr"), NULL), 0);
	assert_int_equal(json_events_feed(events, STR("ue, 2]"), NULL), 7);
	assert_int_equal(json_events_feed(events, STR("]"), NULL), 7);
	assert_int_equal(json_events_finish(events, NULL), 7);
	assert_int_equal(calls, 3);
	json_events_destroy(events);
	json_events_destroy(NULL);
}

static void test_every_allocation_fails(void **state)
{
	uint64_t nth = 0;
	int r = -75;

	(void)state;
	assert_null((mem_fail_from(1), json_events_create(STR(""), 100, record, NULL)));
	mem_fail_from(0);
	while (r != 0) {
		struct error err = {0};
		int calls = 0;
		struct json_events *events =
			json_events_create(STR(""), 1000, stop_at_true, &calls);

		mem_fail_from(++nth);
		r = json_events_feed(events, STR("[\"a\\nb\", \"cut "), &err);
		if (r == 0)
			r = json_events_feed(events, STR("here\", 12"), &err);
		if (r == 0)
			r = json_events_feed(events, STR("34]"), &err);
		if (r == 0)
			r = json_events_finish(events, &err);
		mem_fail_from(0);
		if (r != 0)
			assert_int_equal(err.id, ERR_MEMORY);
		json_events_destroy(events);
	}
	assert_int_equal(nth, 3);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_agrees_with_the_document),
		cmocka_unit_test(test_exact_events),
		cmocka_unit_test(test_cut_anywhere),
		cmocka_unit_test(test_ceiling),
		cmocka_unit_test(test_depth),
		cmocka_unit_test(test_callback_stops),
		cmocka_unit_test(test_every_allocation_fails),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
