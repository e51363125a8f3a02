/* SPDX-License-Identifier: Apache-2.0 */
/* The validator: each keyword by cases in the form of the official suite, what is told, and what is refused at loading. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"
#include "mcp/schema.h"

static struct doc *read_json(const char *text)
{
	const struct json_options options = {.name = STR("test")};
	struct doc *doc = NULL;

	assert_int_equal(json_read(str_of(text), &options, &doc, NULL), 0);
	return doc;
}

/* The problems of a value, "" where it fits, "?" where the schema is refused. */
static const char *problems_of(const char *schema, const char *value)
{
	static char told[4096];
	CLEANUP(doc_cleanup) struct doc *schema_doc = read_json(schema);
	CLEANUP(doc_cleanup) struct doc *value_doc = read_json(value);
	CLEANUP(arena_cleanup) struct arena *arena = arena_create(1 << 20);
	CLEANUP(buf_free) struct buf problems = BUF(4000);
	struct error err;
	bool fits;

	if (mcp_schema_load(doc_root(schema_doc), &err) < 0) {
		assert_true(err.id == ERR_DEFECT || err.id == ERR_JSON_DUPLICATE_KEY);
		return "?";
	}
	fits = mcp_schema_check(doc_root(schema_doc), doc_root(value_doc), arena, &problems);
	assert_int_equal(fits, problems.len == 0);
	(void)snprintf(told, sizeof(told), "%.*s", STR_ARG(buf_str(&problems)));
	return told;
}

/* {description, schema, tests: [{description, data, valid}]}, as the official suite has it. */
static const char suite[] =
	"[{\"schema\":{\"type\":\"integer\"},\"tests\":[[1,true],[1.0,true],[1.1,false],[\"1\","
	"false],"
	"[1e2,true],[10e-1,true],[15e-1,false],[1e400,true],[1e-400,false],[0e-5,true],[-0.0,true],"
	"[123.40e2,true],[123.45e1,false],[100e-2,true],[100e-3,false],[true,false],[null,false],[{"
	"},false]]},"
	"{\"schema\":{\"type\":\"number\"},\"tests\":[[1,true],[1.1,true],[\"1\",false],[[],false]]"
	"},"
	"{\"schema\":{\"type\":\"string\"},\"tests\":[[\"\",true],[\"a\",true],[1,false],[null,"
	"false]]},"
	"{\"schema\":{\"type\":\"boolean\"},\"tests\":[[true,true],[false,true],[0,false],[\"\","
	"false]]},"
	"{\"schema\":{\"type\":\"null\"},\"tests\":[[null,true],[false,false],[0,false]]},"
	"{\"schema\":{\"type\":\"array\"},\"tests\":[[[],true],[{},false]]},"
	"{\"schema\":{\"type\":\"object\"},\"tests\":[[{},true],[[],false]]},"
	"{\"schema\":{\"type\":[\"string\",\"null\"]},\"tests\":[[\"a\",true],[null,true],[1,false]"
	"]},"
	"{\"schema\":{\"properties\":{\"a\":{\"type\":\"integer\"},\"b\":{}}},\"tests\":[[{\"a\":1,"
	"\"b\":"
	"\"x\"},true],[{\"a\":\"x\"},false],[{\"c\":1},true],[[],true],[12,true],[{\"\\u0061\":"
	"\"x\"},false]]},"
	"{\"schema\":{\"properties\":{\"a\":true,\"b\":false}},\"tests\":[[{},true],[{\"a\":1},"
	"true],[{\"b\":"
	"1},false]]},"
	"{\"schema\":{\"required\":[\"a\"]},\"tests\":[[{\"a\":null},true],[{},false],[[],true],["
	"\"\",true]]},"
	"{\"schema\":{\"properties\":{\"a\":{}},\"additionalProperties\":false},\"tests\":[[{\"a\":"
	"1},true],"
	"[{\"a\":1,\"b\":2},false],[[1],true]]},"
	"{\"schema\":{\"properties\":{\"a\":{}},\"additionalProperties\":{\"type\":\"boolean\"}},"
	"\"tests\":"
	"[[{\"a\":1},true],[{\"b\":true},true],[{\"b\":12},false]]},"
	"{\"schema\":{\"items\":{\"type\":\"integer\"}},\"tests\":[[[1,2],true],[[1,\"x\"],false],["
	"{\"a\":"
	"\"b\"},true],[[],true]]},"
	"{\"schema\":{\"enum\":[1,\"a\",null,{\"x\":[1]}]},\"tests\":[[1,true],[1.0,true],[\"a\","
	"true],[null,"
	"true],[{\"x\":[1.0]},true],[2,false],[{\"x\":[]},false],[false,false]]},"
	"{\"schema\":{\"const\":{\"a\":1,\"b\":2}},\"tests\":[[{\"b\":2,\"a\":1},true],[{\"a\":1},"
	"false],[[],"
	"false]]},"
	"{\"schema\":{\"const\":0},\"tests\":[[0,true],[0.0,true],[-0,true],[false,false]]},"
	"{\"schema\":{\"minimum\":1.1},\"tests\":[[2.6,true],[1.1,true],[0.6,false],[\"x\",true],["
	"1e400,true],"
	"[-1e400,false]]},"
	"{\"schema\":{\"maximum\":9007199254740992},\"tests\":[[9007199254740992,true],["
	"9007199254740993,"
	"false],[1e400,false],[-1e400,true]]},"
	"{\"schema\":{\"minLength\":2,\"maxLength\":3},\"tests\":[[\"ab\",true],[\"abc\",true],["
	"\"a\",false],"
	"[\"abcd\",false],[1,true],[\"\\ud83d\\udca9\\ud83d\\udca9\",true],[\"\\ud83d\\udca9\","
	"false]]},"
	"{\"schema\":{\"minItems\":1,\"maxItems\":2},\"tests\":[[[1],true],[[],false],[[1,2,3],"
	"false],[\"\","
	"true]]},"
	"{\"schema\":{\"anyOf\":[{\"type\":\"integer\"},{\"type\":\"string\",\"minLength\":2}]},"
	"\"tests\":[[1,"
	"true],[\"ab\",true],[\"a\",false],[1.5,false]]},"
	"{\"schema\":true,\"tests\":[[1,true],[{},true]]},{\"schema\":false,\"tests\":[[1,false]]},"
	"{\"schema\":{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"title\":\"t\","
	"\"description\":\"d\",\"default\":1},\"tests\":[[\"x\",true]]}]";

static void keywords_judge_as_the_standard_says(void **state)
{
	CLEANUP(doc_cleanup) struct doc *doc = read_json(suite);
	CLEANUP(arena_cleanup) struct arena *arena = arena_create(1 << 20);
	struct node_iter groups = node_children(doc_root(doc));
	size_t count = 0;

	(void)state;
	while (node_next(&groups)) {
		struct node schema = NODE_GET(groups.value, "schema");
		struct node_iter tests = node_children(NODE_GET(groups.value, "tests"));

		assert_int_equal(mcp_schema_load(schema, NULL), 0);
		while (node_next(&tests)) {
			CLEANUP(buf_free) struct buf problems = BUF(4000);
			bool fits =
				mcp_schema_check(schema, node_at(tests.value, 0), arena, &problems);

			if (fits != node_is_true(node_at(tests.value, 1)))
				fail_msg("%.*s",
					STR_ARG(str_slice(doc_text(doc), node_offset(tests.value),
						node_end(tests.value))));
			count++;
		}
	}
	assert_int_equal(count, 107);
}

#define TOOL                                                                                       \
	"{\"type\":\"object\",\"properties\":{\"plan\":{\"type\":\"string\"},\"budget\":{"         \
	"\"type\":"                                                                                \
	"\"integer\",\"minimum\":400},\"kind\":{\"enum\":[\"resource\",\"data\"]},\"files\":{"     \
	"\"items\":"                                                                               \
	"{\"properties\":{\"path\":{\"type\":\"string\"}},\"required\":[\"path\"]}}},"             \
	"\"required\":"                                                                            \
	"[\"plan\"],\"additionalProperties\":false}"

static void what_is_wrong_is_told_so_that_it_can_be_mended(void **state)
{
	(void)state;
	assert_string_equal(problems_of(TOOL, "{\"plan\":\"p\"}"), "");
	assert_string_equal(
		problems_of(TOOL, "[]"), "The arguments must be of type object; given was [].");
	assert_string_equal(problems_of(TOOL, "{}"), "`plan` is required and was not given.");
	assert_string_equal(problems_of(TOOL, "{\"plan\":\"p\",\"budgt\":500}"),
		"`budgt` is not known here. Did you mean \"budget\"? Known: plan, budget, kind, "
		"files.");
	assert_string_equal(problems_of(TOOL, "{\"plan\":7,\"budget\":9}"),
		"`plan` must be of type string; given was 7.\n`budget` must be at least 400; given "
		"was 9.");
	assert_string_equal(problems_of(TOOL, "{\"plan\":\"p\",\"kind\":\"resorce\"}"),
		"`kind` must be one of \"resource\", \"data\"; given was \"resorce\". Did you mean "
		"\"resource\"?");
	assert_string_equal(problems_of(TOOL, "{\"plan\":\"p\",\"files\":[{\"path\":\"a\"},{}]}"),
		"`files[1].path` is required and was not given.");
	assert_string_equal(problems_of("{\"items\":{\"type\":\"null\"}}", "[1,2,3,4,5,6,7]"),
		"`[0]` must be of type null; given was 1.\n`[1]` must be of type null; given was "
		"2.\n"
		"`[2]` must be of type null; given was 3.\n`[3]` must be of type null; given was "
		"4.\n"
		"`[4]` must be of type null; given was 5.\nAnd 2 more.");
}

static void a_long_value_is_cut_between_characters(void **state)
{
	(void)state;
	/* 59 bytes and the quote: the cut would fall inside of the two bytes of the letter. */
	assert_string_equal(problems_of("{\"type\":\"null\"}",
				    "\"1234567890123456789012345678901234567890123456789012345678"
				    "\xc3\xa4xxxxxxxxxx\""),
		"The arguments must be of type null; given was "
		"\"1234567890123456789012345678901234567890123456789012345678....");
}

static void a_schema_with_anything_else_is_refused(void **state)
{
	static const char *const bad[] = {
		"{\"pattern\":\"a\"}",
		"{\"$ref\":\"#\"}",
		"{\"properties\":{\"a\":{\"format\":\"uri\"}}}",
		"{\"anyOf\":[{\"not\":{}}]}",
		"{\"anyOf\":[]}",
		"{\"type\":\"int\"}",
		"{\"type\":[]}",
		"{\"type\":[\"string\",1]}",
		"{\"required\":[1]}",
		"{\"required\":\"a\"}",
		"{\"properties\":[]}",
		"{\"items\":[{}]}",
		"{\"items\":1}",
		"{\"minimum\":\"1\"}",
		"{\"minLength\":-1}",
		"{\"maxItems\":1.5}",
		"{\"enum\":1}",
		"{\"title\":1}",
		"{\"$schema\":\"http://json-schema.org/draft-07/schema#\"}",
		"{\"type\":\"null\",\"type\":\"null\"}",
		"[]",
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		if (strcmp(problems_of(bad[i], "1"), "?") != 0)
			fail_msg("%s", bad[i]);
}

static void a_schema_that_is_nested_too_deeply_is_refused(void **state)
{
	CLEANUP(buf_free) struct buf text = BUF(4096);

	(void)state;
	for (int i = 0; i <= MCP_SCHEMA_DEPTH; i++)
		buf_add(&text, STR("{\"items\":"));
	buf_add(&text, STR("true"));
	for (int i = 0; i <= MCP_SCHEMA_DEPTH; i++)
		buf_add_char(&text, '}');
	buf_add_char(&text, '\0');
	assert_string_equal(problems_of(text.data, "1"), "?");
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keywords_judge_as_the_standard_says),
		cmocka_unit_test(what_is_wrong_is_told_so_that_it_can_be_mended),
		cmocka_unit_test(a_long_value_is_cut_between_characters),
		cmocka_unit_test(a_schema_with_anything_else_is_refused),
		cmocka_unit_test(a_schema_that_is_nested_too_deeply_is_refused),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
