/* SPDX-License-Identifier: Apache-2.0 */
/* An entry in a client's configuration: put in, replaced, left alone; and every other byte kept. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "mcp/install.h"

#define ENTRY "{\"type\":\"stdio\",\"command\":\"weir\",\"args\":[\"mcp\"]}"

/* What becomes of a file, or the code of the error. */
static void check(const char *old, const char *expected)
{
	CLEANUP(buf_free) struct buf out = BUF(1 << 16);
	struct error err = {ERR_NONE};
	int r = mcp_install_merge(mcp_client_find(STR("claude")), false, str_of(old), &out, &err);

	if (r < 0) {
		assert_string_equal(error_info(err.id)->code, expected);
		return;
	}
	buf_add_char(&out, '\0');
	assert_string_equal(out.data, expected);
}

static void a_new_file_has_the_entry_alone(void **state)
{
	(void)state;
	check(NULL, "{\n  \"mcpServers\": {\n    \"weir\": " ENTRY "\n  }\n}\n");
	check(" \n", "{\n  \"mcpServers\": {\n    \"weir\": " ENTRY "\n  }\n}\n");
}

static void all_else_stays_to_the_byte(void **state)
{
	(void)state;
	check("{\"b\" : 1.50,\t\"a\": {} }",
		"{\n  \"mcpServers\": {\n    \"weir\": " ENTRY "\n  },\"b\" : 1.50,\t\"a\": {} }");
	check("{\n\t\"mcpServers\": {\n\t\t\"x\": 1\n\t}\n}",
		"{\n\t\"mcpServers\": {\n    \"weir\": " ENTRY ",\n\t\t\"x\": 1\n\t}\n}");
	check("{\"mcpServers\":{ },\"z\":[]}",
		"{\"mcpServers\":{\n    \"weir\": " ENTRY "\n  },\"z\":[]}");
	check("{\"mcpServers\":{\"a\":1,\"weir\" : {\"command\":\"old\"} , \"c\":2}}",
		"{\"mcpServers\":{\"a\":1,\"weir\" : " ENTRY " , \"c\":2}}");
	check("{\"mcpServers\":{\"weir\":" ENTRY "}}", "{\"mcpServers\":{\"weir\":" ENTRY "}}");
}

static void what_cannot_be_kept_is_refused(void **state)
{
	static const char *const bad[] = {"// c\n{}", "{\"a\":1,}", "{\"mcpServers\":[]}", "[]",
		"{", "{\"a\":1,\"a\":2}", "{\"mcpServers\":null}"};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		check(bad[i], "client-config");
}

static void every_client_has_its_form(void **state)
{
	CLEANUP(buf_free) struct buf out = BUF(1 << 16);

	(void)state;
	assert_null(mcp_client_find(STR("other")));
	assert_int_equal(mcp_install_merge(mcp_client_find(STR("vscode")), true,
				 (struct str){NULL, 0}, &out, NULL),
		0);
	assert_int_equal(mcp_install_merge(mcp_client_find(STR("gemini")), false,
				 (struct str){NULL, 0}, &out, NULL),
		0);
	buf_add_char(&out, '\0');
	assert_string_equal(out.data,
		"{\n  \"servers\": {\n    \"weir\": "
		"{\"type\":\"stdio\",\"command\":\"weir\",\"args\":"
		"[\"mcp\",\"-C\",\"${workspaceFolder}\",\"--allow-write\"]}\n  }\n}\n"
		"{\n  \"mcpServers\": {\n    \"weir\": {\"command\":\"weir\",\"args\":[\"mcp\"]}\n "
		" "
		"}\n}\n");
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_new_file_has_the_entry_alone),
		cmocka_unit_test(all_else_stays_to_the_byte),
		cmocka_unit_test(what_cannot_be_kept_is_refused),
		cmocka_unit_test(every_client_has_its_form),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
