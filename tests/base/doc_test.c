/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What can be asked of a document: walking, text, numbers, keys, equality, positions.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/json.h"

static struct doc *read_text(struct str text)
{
	struct doc *doc = NULL;

	assert_int_equal(
		json_read(text, &(struct json_options){.name = STR("d.json")}, &doc, NULL), 0);
	return doc;
}

static struct doc *read(const char *text)
{
	return read_text(str_of(text));
}

static void test_walk(void **state)
{
	CLEANUP(doc_cleanup)
	struct doc *doc = read("{\"a\":[1,{\"x\":null},3],\"b\":\"t\",\"\\u0063\":{}}");
	struct node root = doc_root(doc), a = NODE_GET(root, "a");
	struct node_iter it = node_children(root);

	(void)state;
	assert_int_equal(node_count(root), 3);
	assert_true(node_next(&it));
	assert_true(node_text_is(it.key, STR("a")));
	assert_int_equal(it.index, 0);
	assert_true(node_next(&it));
	assert_true(node_text_is(it.value, STR("t")));
	assert_true(node_next(&it));
	assert_int_equal(it.index, 2);
	assert_false(node_next(&it));
	assert_int_equal(node_count(a), 3);
	assert_true(str_is(node_raw(node_at(a, 2)), "3"));
	assert_false(node_exists(node_at(a, 3)));
	assert_false(node_exists(node_at(root, 0)));
	assert_true(node_is_object(NODE_GET(root, "c")));
	assert_false(node_exists(NODE_GET(root, "d")));
	assert_false(node_exists(NODE_GET(a, "x")));
	assert_false(node_exists(node_get(root, (struct str){NULL, 0})));
	assert_true(node_is_null(NODE_GET(node_at(a, 1), "x")));
	/* No node is everywhere accepted. */
	assert_true(node_is_null(NODE_NONE));
	assert_int_equal(node_count(NODE_NONE), 0);
	assert_false(node_exists(NODE_GET(NODE_NONE, "a")));
	assert_true(str_absent(node_raw(NODE_NONE)));
	assert_int_equal(node_offset(NODE_NONE), SIZE_MAX);
	assert_int_equal(doc_check_keys(NODE_NONE, NULL), 0);
}

static void test_text(void **state)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create(10000);
	CLEANUP(doc_cleanup)
	struct doc *doc = read("[\"plain\",\"\\u00e9\\n\\ud83d\\ude00\\ud83dx\\ude00\",1]");
	struct node escaped = node_at(doc_root(doc), 1);

	(void)state;
	assert_true(str_is(node_text(node_at(doc_root(doc), 0), arena), "plain"));
	assert_true(str_is(
		node_text(escaped, arena), "\xc3\xa9\n\xf0\x9f\x98\x80\xef\xbf\xbdx\xef\xbf\xbd"));
	assert_true(
		node_text_is(escaped, STR("\xc3\xa9\n\xf0\x9f\x98\x80\xef\xbf\xbdx\xef\xbf\xbd")));
	assert_false(node_text_is(escaped, STR("\xc3\xa9\n\xf0\x9f\x98\x80\xef\xbf\xbdx")));
	assert_false(node_text_is(escaped, STR("")));
	assert_true(str_absent(node_text(node_at(doc_root(doc), 2), arena)));
}

static void test_numbers(void **state)
{
	static const struct {
		const char *text;
		bool whole;
		int64_t value;
	} cases[] = {
		{"0", true, 0},
		{"-0", true, 0},
		{"1e3", true, 1000},
		{"1.0", true, 1},
		{"1.50e1", true, 15},
		{"120e-1", true, 12},
		{"9223372036854775807", true, INT64_MAX},
		{"9223372036854775807.0", true, INT64_MAX},
		{"-9223372036854775808", true, INT64_MIN},
		{"9223372036854775808", false, 0},
		{"-9223372036854775809", false, 0},
		{"922337203685477580e1", true, 9223372036854775800},
		{"1e18", true, 1000000000000000000},
		{"1e19", false, 0},
		{"1e400", false, 0},
		{"1e-1", false, 0},
		{"0.5", false, 0},
		{"0e999999999999999999999", true, 0},
		{"1e999999999999999999999", false, 0},
		{"\"1\"", false, 0},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		CLEANUP(doc_cleanup) struct doc *doc = read(cases[i].text);
		int64_t value = 0;

		if (node_to_i64(doc_root(doc), &value) != cases[i].whole || value != cases[i].value)
			fail_msg("%s: %lld", cases[i].text, (long long)value);
	}
}

static void test_doubles(void **state)
{
	CLEANUP(doc_cleanup) struct doc *doc = read("[0.1,-1e300,1e400,\"1\"]");
	double value = 0;

	(void)state;
	assert_true(node_to_double(node_at(doc_root(doc), 0), &value));
	assert_true(value == 0.1);
	assert_true(node_to_double(node_at(doc_root(doc), 1), &value));
	assert_true(value == -1e300);
	assert_false(node_to_double(node_at(doc_root(doc), 2), &value));
	assert_false(node_to_double(node_at(doc_root(doc), 3), &value));
}

static void test_equal(void **state)
{
	static const struct {
		const char *a, *b;
		bool equal;
	} cases[] = {
		{"null", "null", true},
		{"null", "false", false},
		{"1", "1.0", true},
		{"1", "10e-1", true},
		{"-0", "0.0", true},
		{"0.1", "0.10000000000000001", false},
		{"9007199254740993", "9007199254740992", false},
		{"1e400", "10e399", true},
		{"1", "\"1\"", false},
		{"\"a\"", "\"\\u0061\"", true},
		{"\"\\u00e9\"", "\"\xc3\xa9\"", true},
		{"\"\\u0061b\"", "\"\\u0061\"", false},
		{"\"\\n\"", "\"\\u000a\"", true},
		{"[1,2]", "[1.0,2]", true},
		{"[1,2]", "[2,1]", false},
		{"[1]", "[1,2]", false},
		{"[1,2]", "[1]", false},
		{"[]", "{}", false},
		{"{\"a\":1,\"b\":2}", "{\"b\":2,\"a\":1}", true},
		{"{\"a\":1,\"b\":2}", "{\"b\":2,\"\\u0061\":1}", true},
		{"{\"a\":1,\"b\":2}", "{\"b\":1,\"a\":2}", false},
		{"{\"a\":1,\"b\":2}", "{\"a\":1}", false},
		{"{\"a\":1}", "{\"a\":1,\"b\":2}", false},
		{"{\"a\":1,\"b\":2}", "{\"a\":1,\"c\":2}", false},
		{"{\"a\":1,\"a\":1}", "{\"a\":1,\"b\":1}", false},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		CLEANUP(doc_cleanup) struct doc *a = read(cases[i].a);
		CLEANUP(doc_cleanup) struct doc *b = read(cases[i].b);

		if (node_equal(doc_root(a), doc_root(b)) != cases[i].equal ||
			node_equal(doc_root(b), doc_root(a)) != cases[i].equal)
			fail_msg("%s and %s", cases[i].a, cases[i].b);
	}
	assert_true(node_equal(NODE_NONE, NODE_NONE));
}

/* An object of `count` keys, key i being "PREFIX" and i * step modulo a prime, so in another order. */
static void big_object(struct buf *out, const char *prefix, unsigned count, uint64_t step)
{
	buf_add_char(out, '{');
	for (unsigned i = 0; i < count; i++)
		buf_printf(out, "%s\"%s%llu\":0", i ? "," : "", prefix,
			(unsigned long long)(i * step % 1000003));
	buf_add_char(out, '}');
}

/* A quarter of a million keys: quadratic would run into the runner's time limit. */
static void test_very_many_keys(void **state)
{
	CLEANUP(buf_free) struct buf x = BUF(1 << 28), y = BUF(1 << 28);
	CLEANUP(doc_cleanup) struct doc *a = NULL;
	CLEANUP(doc_cleanup) struct doc *b = NULL;

	(void)state;
	big_object(&x, "key", 250000, 1);
	big_object(&y, "key", 250000, 7919);
	a = read_text(buf_str(&x));
	b = read_text(buf_str(&y));
	assert_int_equal(doc_check_keys(doc_root(a), NULL), 0);
	assert_int_equal(doc_check_keys(doc_root(b), NULL), 0);
	/* Both hold 0..249999, but for the few of the second that its prime leaves over. */
	assert_false(node_equal(doc_root(a), doc_root(b)));
	assert_true(node_equal(doc_root(a), doc_root(a)));
}

static void test_shuffled_keys(void **state)
{
	(void)state;
	for (unsigned count = 2; count < 100; count += 7) {
		CLEANUP(buf_free) struct buf x = BUF(100000), y = BUF(100000);
		CLEANUP(doc_cleanup) struct doc *a = NULL;
		CLEANUP(doc_cleanup) struct doc *b = NULL;

		buf_add_char(&x, '{');
		for (unsigned i = 0; i < count; i++)
			buf_printf(&x, "%s\"%u\":[%u]", i ? "," : "", i, i);
		buf_add_char(&x, '}');
		buf_add_char(&y, '{');
		for (unsigned i = count; i-- > 0;)
			buf_printf(&y, "%s\"%u\":[%u.0]", i + 1 < count ? "," : "", i, i);
		buf_add_char(&y, '}');
		a = read_text(buf_str(&x));
		b = read_text(buf_str(&y));
		assert_true(node_equal(doc_root(a), doc_root(b)));
		/* Without memory for sorting, the slow way gives the same answer. */
		mem_fail_from(1);
		assert_true(node_equal(doc_root(a), doc_root(b)));
		mem_fail_from(0);
	}
}

/* Both sides nested and their keys swapped on each level: each value must be compared once. */
static void test_deep_shuffled(void **state)
{
	CLEANUP(buf_free) struct buf x = BUF(100000), y = BUF(100000);
	CLEANUP(doc_cleanup) struct doc *a = NULL;
	CLEANUP(doc_cleanup) struct doc *b = NULL;

	(void)state;
	for (int i = 0; i < 500; i++) {
		buf_add(&x, STR("{\"a\":"));
		buf_add(&y, STR("{\"a\":"));
	}
	buf_add_char(&x, '1');
	buf_add_char(&y, '1');
	for (int i = 0; i < 500; i++) {
		buf_add(&x, STR(",\"b\":1,\"c\":2}"));
		buf_add(&y, STR(",\"c\":2,\"b\":1}"));
	}
	a = read_text(buf_str(&x));
	b = read_text(buf_str(&y));
	assert_true(node_equal(doc_root(a), doc_root(b)));
}

static void test_duplicate_keys(void **state)
{
	static const struct {
		const char *text;
		unsigned line, column;
	} cases[] = {
		{"{}", 0, 0},
		{"{\"a\":1}", 0, 0},
		{"{\"a\":1,\"b\":1,\"A\":1,\"\":1,\"a \":1}", 0, 0},
		{"[{\"a\":1},{\"a\":1}]", 0, 0},
		{"{\"a\":{\"a\":{\"a\":1}}}", 0, 0},
		{"{\"a\":{\"b\":1},\"b\":{\"a\":1}}", 0, 0},
		{"{\"a\":{\"x\":1,\"y\":2},\"x\":1,\"y\":2}", 0, 0},
		{"[{\"\\u0061\":1},{\"a\":1}]", 0, 0},
		{"{\"a\":1,\"a\":1}", 1, 8},
		{"{\"a\":1,\n \"b\":2,\n \"a\":3}", 3, 2},
		{"{\"\":1,\"\":2}", 1, 7},
		{"{\"a\":1,\"\\u0061\":2}", 1, 8},
		{"{\"\\u0061\":1,\"a\":2}", 1, 13},
		{"{\"\\u0061\":1,\"\\u0061\":2}", 1, 13},
		{"{\"\\n\":1,\"\\u000A\":2}", 1, 9},
		{"{\"\xc3\xa9\":1,\"\\u00e9\":2}", 1, 8},
		{"{\"\\ud83d\\ude00\":1,\"\xf0\x9f\x98\x80\":2}", 1, 19},
		{"[1,[{\"x\":[{\"a\":1,\"b\":{},\"a\":2}]}]]", 1, 25},
		{"{\"a\":{\"b\":1,\"c\":2},\"b\":1,\"a\":3}", 1, 26},
		/* The first that stands a second time, also where an escape makes it sort. */
		{"{\"b\":1,\"a\":1,\"a\":1,\"b\":1}", 1, 14},
		{"{\"b\":1,\"a\":1,\"a\":1,\"b\":1,\"\\n\":1}", 1, 14},
		{"{\"b\":1,\"a\":1,\"b\":1,\"a\":1,\"\\n\":1}", 1, 14},
		{"{\"a\":1,\"a\":1,\"a\":1,\"\\n\":1}", 1, 8},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		CLEANUP(doc_cleanup) struct doc *doc = read(cases[i].text);
		struct error err = {0};
		int r = doc_check_keys(doc_root(doc), &err);

		if (r != (cases[i].line ? -65 : 0) || err.line != cases[i].line ||
			err.column != cases[i].column)
			fail_msg("%s: %d at %u:%u", cases[i].text, r, err.line, err.column);
		if (r < 0) {
			assert_int_equal(err.id, ERR_JSON_DUPLICATE_KEY);
			assert_string_equal(err.file, "d.json");
		}
	}
}

/* One duplicate in objects of all sizes, around the tables' limits, first and last. */
static void test_duplicate_in_large(void **state)
{
	static const unsigned counts[] = {
		2, 3, 20, 511, 512, 513, 514, 1000, 1535, 1536, 1537, 5000};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(counts); i++) {
		CLEANUP(buf_free) struct buf text = BUF(1000000);
		CLEANUP(doc_cleanup) struct doc *doc = NULL;
		CLEANUP(doc_cleanup) struct doc *good = NULL;
		struct error err = {0};
		size_t good_len;

		big_object(&text, "k", counts[i], 1);
		good_len = text.len;
		good = read_text(str_slice(buf_str(&text), 0, good_len));
		assert_int_equal(doc_check_keys(doc_root(good), &err), 0);
		doc_free(good);
		good = NULL;
		text.len--;
		buf_add(&text, STR(",\"k0\":{}}"));
		doc = read_text(buf_str(&text));
		assert_int_equal(doc_check_keys(doc_root(doc), &err), -65);
		assert_int_equal(err.column, good_len + 1);
	}
}

/* Escaped, so they are sorted; with long common beginnings, so each comparison is long. */
static void test_many_similar_keys(void **state)
{
	CLEANUP(buf_free) struct buf text = BUF(1 << 26);
	CLEANUP(doc_cleanup) struct doc *doc = NULL;

	(void)state;
	buf_add_char(&text, '{');
	for (unsigned i = 0; i < 200000; i++)
		buf_printf(&text, "%s\"aaaaaaaaaaaaaaaaaaaaaaaa%06uaaaaaaaaaaaaaaaa\\u0061\":0",
			i ? "," : "", i);
	buf_add_char(&text, '}');
	doc = read_text(buf_str(&text));
	assert_int_equal(doc_check_keys(doc_root(doc), NULL), 0);
}

/*
 * Keys that all fall into one slot, by the hash as doc_keys.c makes it for eight bytes: the sorting
 * takes over, with the same answers.
 */
static void test_colliding_keys(void **state)
{
	CLEANUP(buf_free) struct buf text = BUF(1000000);
	CLEANUP(doc_cleanup) struct doc *good = NULL;
	CLEANUP(doc_cleanup) struct doc *bad = NULL;
	const uint64_t factor = 0x9e3779b97f4a7c15u;
	unsigned found = 0, first = 0;
	struct error err = {0};
	size_t len;

	(void)state;
	buf_add_char(&text, '{');
	for (unsigned i = 0; found < 400; i++) {
		char key[9];
		uint64_t word;

		snprintf(key, sizeof(key), "%08u", i);
		memcpy(&word, key, 8);
		word ^= 8 * factor;
		word = (word ^ word >> 32) * factor;
		word = (word ^ word >> 29) * factor;
		if ((word >> 32) % 1024 != 7)
			continue;
		if (!found)
			first = i;
		buf_printf(&text, "%s\"%s\":0", found++ ? "," : "", key);
	}
	len = text.len;
	buf_add_char(&text, '}');
	good = read_text(buf_str(&text));
	assert_int_equal(doc_check_keys(doc_root(good), &err), 0);
	/* It did sort: that takes memory. */
	mem_fail_from(1);
	assert_int_equal(doc_check_keys(doc_root(good), &err), -75);
	mem_fail_from(0);
	doc_free(good);
	good = NULL;
	text.len = len;
	buf_printf(&text, ",\"%08u\":1}", first);
	bad = read_text(buf_str(&text));
	assert_int_equal(doc_check_keys(doc_root(bad), &err), -65);
	assert_int_equal(err.column, len + 2);
}

static void test_keys_without_memory(void **state)
{
	CLEANUP(doc_cleanup) struct doc *doc = read("{\"\\u0061\":1,\"b\":2}");
	struct error err = {0};

	(void)state;
	mem_fail_from(1);
	assert_int_equal(doc_check_keys(doc_root(doc), &err), -75);
	mem_fail_from(0);
	assert_int_equal(err.id, ERR_MEMORY);
}

static void check_ends(struct node node, struct str text)
{
	struct node_iter it = node_children(node);
	size_t from = node_offset(node), to = node_end(node);
	struct doc *again = NULL;

	assert_in_range(from, 0, text.len);
	assert_in_range(to, from + 1, text.len);
	/* The slice is the value: it reads alone, and nothing is missing. */
	if (json_read(str_slice(text, from, to), &(struct json_options){0}, &again, NULL) != 0)
		fail_msg("%zu..%zu of %.*s", from, to, STR_ARG(text));
	assert_true(node_equal(node, doc_root(again)));
	doc_free(again);
	while (node_next(&it)) {
		if (it.object)
			check_ends(it.key, text);
		check_ends(it.value, text);
	}
}

static void test_offsets_and_ends(void **state)
{
	static const char *const texts[] = {
		"1",
		" \"a\\n\" ",
		"[]",
		" [ ] ",
		"[ [ ] ]",
		"[[[]]]",
		"{}",
		"{ }",
		"[{}]",
		"{\"a\":{}}",
		"{\"a\":[1,2],\"b\":{\"c\":[{ } ] } , \"d\":3 }",
		"[1,[2,[3,[4 ] ] ],5]",
		"[ [ [ 1 ] , 2 ] , [ ] ]",
		"[\"]\",\"}\",[\"]]\"]]",
		"{\"a\":[[],[[],[]]],\"b\":[{},{\"c\":{}}]}",
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		CLEANUP(doc_cleanup) struct doc *doc = read(texts[i]);

		check_ends(doc_root(doc), str_of(texts[i]));
	}
}

/* Counted by hand for each byte, over texts of several blocks of the index. */
static void test_positions(void **state)
{
	CLEANUP(buf_free) struct buf text = BUF(1000000);
	CLEANUP(doc_cleanup) struct doc *doc = NULL;
	unsigned line = 1, column = 1;

	(void)state;
	buf_add(&text, STR("\xef\xbb\xbf[\""));
	for (int i = 0; i < 3000; i++)
		buf_add(&text, STR("\xc3\xa9x\xe2\x82\xac\xf0\x9f\x98\x80"));
	buf_add(&text, STR("\",\n"));
	for (int i = 0; i < 3000; i++)
		buf_printf(&text, "%s\"\xc3\xa9%d\",\r\n", i % 7 ? "  " : "", i);
	buf_add(&text, STR("\n\n0]"));
	assert_int_equal(
		json_read(buf_str(&text), &(struct json_options){.start = 3}, &doc, NULL), 0);
	/* From behind, so that the index is built at once, and then each byte. */
	assert_int_equal(doc_position(doc, text.len).column, 3);
	for (size_t at = 3; at < text.len; at++) {
		struct position place;

		if (((unsigned char)text.data[at] & 0xc0) == 0x80)
			continue;
		place = doc_position(doc, at);
		if (place.line != line || place.column != column)
			fail_msg("%zu: %u:%u, not %u:%u", at, place.line, place.column, line,
				column);
		column++;
		if (text.data[at] == '\n') {
			line++;
			column = 1;
		}
	}
	doc_free(doc);
	doc = NULL;
	/* Without memory for the index: the same. */
	assert_int_equal(
		json_read(buf_str(&text), &(struct json_options){.start = 3}, &doc, NULL), 0);
	mem_fail_from(1);
	assert_int_equal(doc_position(doc, text.len - 2).line, line);
	assert_int_equal(doc_position(doc, text.len + 5).column, 3);
	mem_fail_from(0);
}

static void test_pointer(void **state)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create(10000);
	CLEANUP(doc_cleanup)
	struct doc *doc = read("{\"a/b~c\":[0,{\"\\u0022\":[]}],\"\":1}");
	struct node list = NODE_GET(doc_root(doc), "a/b~c");
	struct node_iter it = node_children(doc_root(doc));

	(void)state;
	assert_true(str_is(node_pointer(doc_root(doc), arena), ""));
	assert_true(str_is(node_pointer(list, arena), "/a~1b~0c"));
	assert_true(str_is(node_pointer(node_at(list, 1), arena), "/a~1b~0c/1"));
	assert_true(str_is(node_pointer(NODE_GET(node_at(list, 1), "\""), arena), "/a~1b~0c/1/\""));
	assert_true(str_is(node_pointer(NODE_GET(doc_root(doc), ""), arena), "/"));
	assert_true(node_next(&it));
	assert_true(str_is(node_pointer(it.key, arena), "/a~1b~0c"));
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_walk),
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_doubles),
		cmocka_unit_test(test_equal),
		cmocka_unit_test(test_very_many_keys),
		cmocka_unit_test(test_shuffled_keys),
		cmocka_unit_test(test_deep_shuffled),
		cmocka_unit_test(test_duplicate_keys),
		cmocka_unit_test(test_duplicate_in_large),
		cmocka_unit_test(test_many_similar_keys),
		cmocka_unit_test(test_colliding_keys),
		cmocka_unit_test(test_keys_without_memory),
		cmocka_unit_test(test_offsets_and_ends),
		cmocka_unit_test(test_positions),
		cmocka_unit_test(test_pointer),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
