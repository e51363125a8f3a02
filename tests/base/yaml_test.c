/* SPDX-License-Identifier: Apache-2.0 */
/*
 * YAML: the value of a text (as canonical JSON), what is refused and where.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"
#include "base/yaml.h"

static void test_values(void **state)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{"", "null"},
		{"# nothing\n", "null"},
		{"---\n", "null"},
		{"a: 1\nb: [x, 'y', \"z\"]\n", "{\"a\":1,\"b\":[\"x\",\"y\",\"z\"]}"},
		{"%YAML 1.2\n---\na: 1\n...\n", "{\"a\":1}"},
		{"\xef\xbb\xbf"
		 "a: 1\n",
			"{\"a\":1}"},
		{"a: 1\r\nb: 2\r\n", "{\"a\":1,\"b\":2}"},
		{"- ~\n- null\n- Null\n- NULL\n-\n- nULL\n", "[null,null,null,null,null,\"nULL\"]"},
		{"[true, True, TRUE, false, False, FALSE, tRUE]",
			"[true,true,true,false,false,false,\"tRUE\"]"},
		{"[yes, no, on, off, y, n]", "[\"yes\",\"no\",\"on\",\"off\",\"y\",\"n\"]"},
		{"[0, -0, 10, -3, 1.5, 1e3, 1.0E-2]", "[0,0,10,-3,1.5,1000,0.01]"},
		{"[1_000, 1.2.3, 2026-12-24, 12:30, 0o8, 0xg, 1e, e1, '.', -, 0b1]",
			"[\"1_000\",\"1.2.3\",\"2026-12-24\",\"12:30\",\"0o8\",\"0xg\",\"1e\","
			"\"e1\",\".\",\"-\",\"0b1\"]"},
		{"['017', \"0x1f\", '+1', \".inf\", '1']",
			"[\"017\",\"0x1f\",\"+1\",\".inf\",\"1\"]"},
		{"1: a\n017: b\ntrue: c\n~: d\n",
			"{\"017\":\"b\",\"1\":\"a\",\"true\":\"c\",\"~\":\"d\"}"},
		{"a: |\n  x\n  y\nb: >-\n  x\n  y\n", "{\"a\":\"x\\ny\\n\",\"b\":\"x y\"}"},
		{"a: \"\\u00e9\\n\"\n", "{\"a\":\"\xc3\xa9\\n\"}"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		CLEANUP(doc_cleanup) struct doc *doc = NULL;
		CLEANUP(buf_free) struct buf out = BUF(10000);
		struct error err = {0};

		if (yaml_read(str_of(cases[i].text), STR("y"), &doc, &err) != 0)
			fail_msg("%s: %s at %u:%u", cases[i].text, err.message, err.line,
				err.column);
		json_canonical(doc_root(doc), NULL, &out);
		if (!str_is(buf_str(&out), cases[i].want))
			fail_msg("%.*s, not %s", STR_ARG(buf_str(&out)), cases[i].want);
	}
}

static void test_refused(void **state)
{
	static const struct {
		const char *text;
		enum error_id id;
		unsigned line, column;
	} cases[] = {
		{"a: &x 1\n", ERR_YAML_UNSUPPORTED, 1, 4},
		{"a: *x\n", ERR_YAML_UNSUPPORTED, 1, 4},
		{"a: !!str 1\n", ERR_YAML_UNSUPPORTED, 1, 4},
		{"a: ! 1\n", ERR_YAML_UNSUPPORTED, 1, 4},
		{"a: &x [1]\n", ERR_YAML_UNSUPPORTED, 1, 4},
		{"a: !t {b: 1}\n", ERR_YAML_UNSUPPORTED, 1, 4},
		{"<<: {a: 1}\n", ERR_YAML_UNSUPPORTED, 1, 1},
		{"a: 1\n---\nb: 2\n", ERR_YAML_UNSUPPORTED, 2, 1},
		{"? [a]\n: 1\n", ERR_YAML_UNSUPPORTED, 1, 3},
		{"a: 0o17\n", ERR_YAML_UNSUPPORTED, 1, 4},
		{"a: 0x1F\n", ERR_YAML_UNSUPPORTED, 1, 4},
		{"a: 017\n", ERR_YAML_UNSUPPORTED, 1, 4},
		{"a: +1\n", ERR_YAML_UNSUPPORTED, 1, 4},
		{"a: 1.\n", ERR_YAML_UNSUPPORTED, 1, 4},
		{"a: .5\n", ERR_YAML_UNSUPPORTED, 1, 4},
		{"a: -.inf\n", ERR_YAML_UNSUPPORTED, 1, 4},
		{"a: .NaN\n", ERR_YAML_UNSUPPORTED, 1, 4},
		{"a: 1\n\xc3\xa9: b: c\n", ERR_YAML_SYNTAX, 2, 5},
		{"a:\n\t- b\n", ERR_YAML_SYNTAX, 2, 1},
		{"a: [1, 2\n", ERR_YAML_SYNTAX, 2, 1},
		{"a: \"x\n", ERR_YAML_SYNTAX, 2, 1},
		{"a: \xff\n", ERR_YAML_SYNTAX, 1, 4},
		{"a: \x01\n", ERR_YAML_SYNTAX, 1, 4},
		{"a: 1\nb: 2\na: 3\n", ERR_JSON_DUPLICATE_KEY, 3, 1},
		{"a: 1\n\"\\u0061\": 3\n", ERR_JSON_DUPLICATE_KEY, 2, 1},
		{"\xef\xbb\xbf"
		 "a: &x 1\n",
			ERR_YAML_UNSUPPORTED, 1, 4},
		{"\xc3\xa9: &x 1\n", ERR_YAML_UNSUPPORTED, 1, 4},
		/* A line separator of YAML 1.1 is no line break of ours. */
		{"a: \"\xe2\x80\xa8\"\nb: &x 1\n", ERR_YAML_UNSUPPORTED, 2, 4},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct doc *doc = NULL;
		struct error err = {0};

		assert_int_equal(yaml_read(str_of(cases[i].text), STR("y"), &doc, &err), -65);
		if (err.id != cases[i].id || err.line != cases[i].line ||
			err.column != cases[i].column)
			fail_msg("%s: %s at %u:%u", cases[i].text, err.message, err.line,
				err.column);
		assert_null(doc);
		assert_string_equal(err.file, "y");
	}
}

static struct str slice(struct node node)
{
	return str_slice(doc_text(node.doc), node_offset(node), node_end(node));
}

static void test_places(void **state)
{
	CLEANUP(doc_cleanup) struct doc *doc = NULL;
	struct node root;

	(void)state;
	assert_int_equal(
		yaml_read(STR("\xef\xbb\xbf\xc3\xa9: \xe2\x82\xac\nlist:\n  - x\n  - 'y'\n\n"
			      "flow: [1, {a: b}]\nlast: 2\n"),
			STR("y"), &doc, NULL),
		0);
	root = doc_root(doc);
	assert_true(str_is(slice(NODE_GET(root, "\xc3\xa9")), "\xe2\x82\xac"));
	assert_int_equal(node_position(NODE_GET(root, "\xc3\xa9")).column, 4);
	assert_true(str_is(slice(NODE_GET(root, "list")), "- x\n  - 'y'"));
	assert_true(str_is(slice(node_at(NODE_GET(root, "list"), 1)), "'y'"));
	assert_true(str_is(slice(NODE_GET(root, "flow")), "[1, {a: b}]"));
	assert_true(str_is(slice(node_at(NODE_GET(root, "flow"), 1)), "{a: b}"));
	assert_int_equal(node_position(NODE_GET(root, "last")).line, 7);
}

static void test_limits(void **state)
{
	CLEANUP(buf_free) struct buf text = BUF(4 * YAML_MAX_BYTES);
	struct doc *doc = NULL;
	struct error err = {0};

	(void)state;
	for (int i = 0; i < YAML_MAX_DEPTH; i++)
		buf_add_char(&text, '[');
	for (int i = 0; i < YAML_MAX_DEPTH; i++)
		buf_add_char(&text, ']');
	assert_int_equal(yaml_read(buf_str(&text), STR("y"), &doc, &err), 0);
	doc_free(doc);
	buf_clear(&text);
	for (int i = 0; i < 100000; i++)
		buf_add_char(&text, '[');
	assert_int_equal(yaml_read(buf_str(&text), STR("y"), &doc, &err), -65);
	assert_int_equal(err.id, ERR_YAML_UNSUPPORTED);
	assert_int_equal(err.column, YAML_MAX_DEPTH + 1);
	buf_clear(&text);
	/* As large as allowed: positions must not make it quadratic. */
	while (text.len + 10 < YAML_MAX_BYTES)
		buf_printf(&text, "- \xc3\xa9%zu\n", text.len % 10);
	assert_int_equal(yaml_read(buf_str(&text), STR("y"), &doc, &err), 0);
	assert_int_equal(node_count(doc_root(doc)), text.len / 6);
	doc_free(doc);
	while (text.len <= YAML_MAX_BYTES)
		buf_add_char(&text, '\n');
	assert_int_equal(yaml_read(buf_str(&text), STR("y"), &doc, &err), -65);
	assert_int_equal(err.id, ERR_FILE_TOO_LARGE);
}

static void test_every_allocation_fails(void **state)
{
	uint64_t nth = 0;
	int r;

	(void)state;
	do {
		struct doc *doc = NULL;
		struct error err = {0};

		mem_fail_from(++nth);
		r = yaml_read(STR("a: [1, 'x']\n\"b\": {c: null}\n"), STR("y"), &doc, &err);
		mem_fail_from(0);
		if (r < 0) {
			assert_int_equal(err.id, ERR_MEMORY);
			assert_null(doc);
		}
		doc_free(doc);
	} while (r < 0 && nth < 100);
	assert_in_range(nth, 5, 99);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_every_allocation_fails),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
