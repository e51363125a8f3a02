/* SPDX-License-Identifier: Apache-2.0 */
/* What is read of SARIF, member by member; and which file a URI names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "gate/sarif.h"
#include "gate/uri.h"

static struct arena *arena;

static int set_up(void **state)
{
	(void)state;
	arena = arena_create((size_t)64 << 20);
	return arena ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	arena_destroy(arena);
	return 0;
}

/* The only result of a run of the tool "T l" with these rules, members of the run and members of the result. */
static struct sarif_result read_one(const char *rules, const char *run, const char *result)
{
	struct sarif_results results = {0};
	struct error err = {0};
	struct str text = arena_printf(arena,
		"{\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"T "
		"l\",\"rules\":[%s]}},"
		"%s\"results\":[{%s}]}]}",
		rules, run, result);

	if (sarif_read(text, STR("t.sarif"), arena, &results, &err) < 0)
		fail_msg("%s: %s", text.data, err.message);
	assert_int_equal(results.count, 1);
	return results.items[0];
}

static void assert_text(struct str text, const char *expected)
{
	if (!expected)
		assert_true(str_absent(text));
	else if (!str_is(text, expected))
		fail_msg("%.*s instead of %s", STR_ARG(text), expected);
}

static void a_uri_names_a_file(void **state)
{
	static const struct {
		const char *uri, *path;
	} uris[] = {
		{"main.tf", "main.tf"},
		{"./a/./b//main.tf", "a/b/main.tf"},
		{"a/../main.tf", "main.tf"},
		{"my%20dir/m%C3%A4in.tf", "my dir/m\xc3\xa4in.tf"},
		{"100%.tf", "100%.tf"},
		{"a%zz.tf", "a%zz.tf"},
		{"a\\b\\main.tf", "a/b/main.tf"},
		{"/src/main.tf", "/src/main.tf"},
		{"file:///src/my%20dir/main.tf", "/src/my dir/main.tf"},
		{"FILE://localhost/src/main.tf", "/src/main.tf"},
		{"file:///C:/src/main.tf", "/src/main.tf"},
		{"c:\\src\\main.tf", "/src/main.tf"},
		{"file://host/share/main.tf", NULL},
		{"https://example.com/main.tf", NULL},
		{"../main.tf", "../main.tf"},
		{"a/../../main.tf", "../main.tf"},
		{"%2e%2e/main.tf", "../main.tf"},
		{"..a/main.tf", "..a/main.tf"},
		{"/..a/main.tf", "/..a/main.tf"},
		{"/../main.tf", NULL},
		{"file:///a/../../main.tf", NULL},
		{"main%00.tf", NULL},
		{".", NULL},
		{"", NULL},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(uris); i++)
		assert_text(uri_path(str_of(uris[i].uri), arena), uris[i].path);
}

static void severity_is_the_score_else_the_level(void **state)
{
	static const struct {
		const char *rule, *result;
		enum severity severity;
	} cases[] = {
		{"{\"id\":\"R\",\"properties\":{\"security-severity\":\"10.0\"}}", "",
			SEVERITY_CRITICAL},
		{"{\"id\":\"R\",\"properties\":{\"security-severity\":9}}", "", SEVERITY_CRITICAL},
		{"{\"id\":\"R\",\"properties\":{\"security-severity\":\"8.9\"}}", "",
			SEVERITY_HIGH},
		{"{\"id\":\"R\",\"properties\":{\"security-severity\":7.0}}", "", SEVERITY_HIGH},
		{"{\"id\":\"R\",\"properties\":{\"security-severity\":\"6.9\"}}", "",
			SEVERITY_MEDIUM},
		{"{\"id\":\"R\",\"properties\":{\"security-severity\":\"4\"}}", "",
			SEVERITY_MEDIUM},
		{"{\"id\":\"R\",\"properties\":{\"security-severity\":\"3.9\"}}", "", SEVERITY_LOW},
		{"{\"id\":\"R\",\"properties\":{\"security-severity\":\"0.1\"}}", "", SEVERITY_LOW},
		{"{\"id\":\"R\",\"properties\":{\"security-severity\":\"0.0\"}}",
			"\"level\":\"error\",", SEVERITY_INFO},
		{"{\"id\":\"R\",\"properties\":{\"security-severity\":\"11\"}}",
			"\"level\":\"error\",", SEVERITY_HIGH},
		{"{\"id\":\"R\",\"properties\":{\"security-severity\":\"-1\"}}",
			"\"level\":\"note\",", SEVERITY_LOW},
		{"{\"id\":\"R\",\"properties\":{\"security-severity\":\"high\"}}",
			"\"level\":\"none\",", SEVERITY_INFO},
		{"{\"id\":\"R\",\"defaultConfiguration\":{\"level\":\"error\"}}", "",
			SEVERITY_HIGH},
		{"{\"id\":\"R\",\"defaultConfiguration\":{\"level\":\"error\"}}",
			"\"level\":\"warning\",", SEVERITY_MEDIUM},
		{"{\"id\":\"other\"}", "", SEVERITY_MEDIUM},
		{"", "\"level\":\"odd\",", SEVERITY_HIGH},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct sarif_result result = read_one(cases[i].rule, "",
			arena_printf(arena, "%s\"ruleId\":\"R\"", cases[i].result).data);

		assert_text(result.rule, "t-l/R");
		if (result.severity != cases[i].severity)
			fail_msg("%s %s: %d", cases[i].rule, cases[i].result, (int)result.severity);
	}
}

static void the_index_of_an_extension_is_not_the_drivers(void **state)
{
	static const char rules[] = "{\"id\":\"R\",\"properties\":{\"security-severity\":\"0.0\"}}";
	struct sarif_result result = read_one(rules, "", "\"rule\":{\"index\":0}");

	(void)state;
	assert_text(result.rule, "t-l/R");
	assert_int_equal(result.severity, SEVERITY_INFO);
	result = read_one(rules, "",
		"\"ruleIndex\":0,\"rule\":{\"id\":\"E\",\"index\":0,\"toolComponent\":{\"index\":0}"
		"}");
	assert_text(result.rule, "t-l/E");
	assert_int_equal(result.severity, SEVERITY_MEDIUM);
}

static void a_place_counts_from_the_directory_that_the_run_names(void **state)
{
	static const char bases[] = "\"originalUriBaseIds\":{\"TOP\":{\"uri\":\"file:///r/\"},"
				    "\"SUB\":{\"uri\":\"s/\",\"uriBaseId\":\"TOP\"}},"
				    "\"artifacts\":[{\"location\":{\"uri\":\"b.tf\"}}],";
	struct sarif_result result = read_one("", bases,
		"\"locations\":[{\"physicalLocation\":{\"artifactLocation\":{\"uri\":\"a.tf\","
		"\"uriBaseId\":\"SUB\"},\"region\":{\"startLine\":7}}}]");

	(void)state;
	assert_text(result.file, "a.tf");
	assert_text(result.whole, "/r/s/a.tf");
	assert_int_equal(result.line, 7);
	result = read_one("", bases,
		"\"locations\":[{\"physicalLocation\":{\"artifactLocation\":{\"index\":0},"
		"\"region\":{\"startLine\":-7}}}]");
	assert_text(result.file, "b.tf");
	assert_text(result.whole, NULL);
	assert_int_equal(result.line, 0);
}

static void each_place_is_a_result_and_words_are_one_line(void **state)
{
	static const char text[] =
		"{\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"Trivy\"}},"
		"\"results\":[{"
		"\"ruleId\":\"X\",\"message\":{\"text\":\"Artifact: a\\nMessage: it is "
		"open\\nLink: "
		"l\"},\"locations\":["
		"{\"physicalLocation\":{\"artifactLocation\":{\"uri\":\"a.tf\"}}},"
		"{\"logicalLocations\":[{\"name\":\"n\"},{\"fullyQualifiedName\":\"module.a.aws_x."
		"y\"}]},"
		"{\"logicalLocations\":[{\"fullyQualifiedName\":\"no address\"}]}]},"
		"{\"ruleId\":\"Y\",\"message\":{\"text\":\" two\\nlines \"}}]}]}";
	struct sarif_results results = {0};

	(void)state;
	assert_int_equal(
		sarif_read(str_of(text), STR("t.sarif"), arena, &results, /* err= */ NULL), 0);
	assert_int_equal(results.count, 4);
	assert_text(results.items[0].rule, "trivy/X");
	assert_text(results.items[0].file, "a.tf");
	assert_text(results.items[0].address, NULL);
	assert_text(results.items[0].message, "it is open");
	assert_text(results.items[1].address, "module.a.aws_x.y");
	assert_text(results.items[1].file, NULL);
	assert_text(results.items[2].address, NULL);
	assert_text(results.items[3].message, "two lines");
}

static void a_run_without_a_list_of_results_is_incomplete(void **state)
{
	static const struct {
		const char *members;
		size_t count;
	} runs[] = {
		{"\"results\":[]", 0},
		{"\"results\":[],\"invocations\":[{\"executionSuccessful\":true}]", 0},
		{"\"results\":[],\"invocations\":[{\"executionSuccessful\":false}]", 1},
		{"\"invocations\":[{\"executionSuccessful\":false}]", 1},
		{"\"results\":null", 1},
		{"\"language\":\"en\"", 1},
		{"\"results\":[],\"externalPropertyFileReferences\":{\"driver\":{}}", 0},
		{"\"results\":[],\"externalPropertyFileReferences\":{\"results\":[{}]}", 1},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(runs); i++) {
		struct sarif_results results = {0};
		struct str text = arena_printf(arena,
			"{\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"t\"}},%"
			"s}]}",
			runs[i].members);

		assert_int_equal(sarif_read(text, STR("t.sarif"), arena, &results, NULL), 0);
		if (results.count != runs[i].count)
			fail_msg("%s: %zu", runs[i].members, results.count);
		if (results.count == 0)
			continue;
		assert_text(results.items[0].rule, "t/incomplete");
		assert_int_equal(results.items[0].severity, SEVERITY_HIGH);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_uri_names_a_file),
		cmocka_unit_test(severity_is_the_score_else_the_level),
		cmocka_unit_test(the_index_of_an_extension_is_not_the_drivers),
		cmocka_unit_test(a_place_counts_from_the_directory_that_the_run_names),
		cmocka_unit_test(each_place_is_a_result_and_words_are_one_line),
		cmocka_unit_test(a_run_without_a_list_of_results_is_incomplete),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
