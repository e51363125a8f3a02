/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every built-in rule against tests/gate/hazards/: what it must find and what
 * it must leave alone; and that there is one of each for every rule.
 */
#include "rule_support.h"

#include <glob.h>

#include "base/file.h"
#include "base/json.h"

struct cases {
	struct arena *arena;
	struct rules *rules;
	const char *file; /* in hand */
	size_t checked;
	unsigned char *positive, *negative;
};

static struct cases cases;

static void check(struct node entry)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create((size_t)1 << 24);
	struct rule_trial trial;
	struct error err = {0};

	assert_non_null(arena);
	if (rule_try(cases.rules, entry, arena, &trial, &err) < 0)
		fail_msg("%s:%u: %s", cases.file, node_position(entry).line, err.message);
	if (!str_absent(trial.wrong))
		fail_msg("%s:%u: %s", cases.file, node_position(entry).line,
			arena_cstr(arena, trial.wrong));
	(trial.quiet ? cases.negative : cases.positive)[trial.rule] = 1;
}

static void check_file(const char *path)
{
	CLEANUP(file_unmap) struct file_map map = {0};
	CLEANUP(doc_cleanup) struct doc *doc = NULL;
	struct error err = {0};
	struct node_iter it;

	cases.file = path;
	if (file_map(path, FILE_MAX_INPUT, &map, &err) < 0 ||
		yaml_read(map.text, str_of(path), &doc, &err) < 0)
		fail_msg("%s:%u:%u: %s", err.file, err.line, err.column, err.message);
	it = node_children(doc_root(doc));
	for (; node_next(&it); cases.checked++)
		check(it.value);
}

static void each_case_comes_out_as_it_says(void **state)
{
	glob_t files;

	(void)state;
	assert_int_equal(glob("tests/gate/hazards/*.yaml", 0, NULL, &files), 0);
	for (size_t i = 0; i < files.gl_pathc; i++)
		check_file(files.gl_pathv[i]);
	globfree(&files);
	assert_true(cases.checked > 50);
	for (size_t i = 0; i < rules_count(cases.rules); i++) {
		struct str id = rules_info(cases.rules, i).id;

		if (!cases.positive[i] || !cases.negative[i])
			fail_msg("%.*s has no %s case", STR_ARG(id),
				cases.positive[i] ? "negative" : "positive");
	}
}

/* ---- larger changes than a file of cases holds ---- */

enum { MANY = 10001 };

/* {"k0": "SECRET-", ...}, with `last` behind them. */
static struct str crowd(struct arena *arena, const char *last)
{
	CLEANUP(buf_free) struct buf text = BUF(1 << 20);

	for (int i = 0; i < MANY; i++)
		buf_printf(&text, "%s\"k%d\":\"SECRET-%d\"", i ? "," : "{", i, i);
	buf_printf(&text, "%s}", last);
	assert_false(buf_failed(&text));
	return arena_str(arena, buf_str(&text));
}

static void check_text(struct arena *arena, struct str text)
{
	CLEANUP(doc_cleanup) struct doc *doc = NULL;
	struct json_options options = {.name = STR("crowd")};
	struct error err = {0};

	assert_false(arena_failed(arena));
	cases.file = "crowd";
	if (json_read(text, &options, &doc, &err) < 0)
		fail_msg("%u: %s", err.column, err.message);
	check(doc_root(doc));
}

#define FUNCTION "{\"environment\":[{\"variables\":%.*s}]}"

static void old_and_masked_secrets_hide_no_new_one(void **state)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create((size_t)1 << 24);
	struct str old = crowd(arena, ""), more = crowd(arena, ",\"new\":\"SECRET-x\"");

	(void)state;
	check_text(arena,
		arena_printf(arena,
			"{\"rule\":\"aws-secret-in-function-environment\",\"type\":"
			"\"aws_lambda_function\",\"before\":" FUNCTION ",\"after\":" FUNCTION
			",\"finds\":\"environment[0].variables.new\"}",
			STR_ARG(old), STR_ARG(more)));
	check_text(arena,
		arena_printf(arena,
			"{\"rule\":\"aws-secret-in-function-environment\",\"type\":"
			"\"aws_lambda_function\",\"before\":" FUNCTION ",\"after\":" FUNCTION
			",\"quiet\":true}",
			STR_ARG(old), STR_ARG(old)));
	check_text(arena,
		arena_printf(arena,
			"{\"rule\":\"secret-in-attribute\",\"type\":\"x_thing\",\"action\":"
			"\"create\",\"after\":{\"a\":%.*s,\"b\":\"SECRET-x\"},\"masked\":"
			"{\"a\":true},\"finds\":\"b\"}",
			STR_ARG(old)));
}

static void a_secret_behind_too_many_is_told(void **state)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create((size_t)1 << 24);

	(void)state;
	check_text(arena,
		arena_printf(arena,
			"{\"rule\":\"aws-secret-in-user-data\",\"type\":\"aws_instance\","
			"\"action\":"
			"\"create\",\"after\":{\"tags\":%.*s,\"user_data\":\"SECRET-x\"},"
			"\"finds\":\"user_data\"}",
			STR_ARG(crowd(arena, ""))));
}

/* Constants of a change that is too large are not taken: what is undecided stays so. */
static void constants_are_taken_up_to_a_size(void **state)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create((size_t)1 << 24);
	static const char *const comes_out[] = {"\"finds\"", "\"undecided\""};
	const struct str after[] = {STR("{\"k\":\"v\"}"), crowd(arena, "")};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(after); i++)
		check_text(arena,
			arena_printf(arena,
				"{\"rule\":\"aws-port-open-to-world\",\"type\":\"aws_security_"
				"group\","
				"\"action\":\"create\",\"after\":%.*s,\"unknown\":{\"ingress\":"
				"true},"
				"\"configuration\":{\"root_module\":{\"resources\":[{\"address\":"
				"\"a.x\",\"expressions\":{\"ingress\":[{\"protocol\":"
				"{\"constant_value\":\"tcp\"},\"from_port\":{\"constant_value\":22}"
				","
				"\"to_port\":{\"constant_value\":22},\"cidr_blocks\":"
				"{\"constant_value\":[\"0.0.0.0/0\"]}}]}}]}},%s:\"ingress\"}",
				STR_ARG(after[i]), comes_out[i]));
}

static int set_up(void **state)
{
	struct error err = {0};

	(void)state;
	cases.arena = arena_create((size_t)1 << 26);
	assert_non_null(cases.arena);
	if (rules_load(/* scope= */ NULL, cases.arena, &cases.rules, &err) < 0)
		fail_msg("%s:%u:%u: %s", err.file, err.line, err.column, err.message);
	cases.positive = arena_alloc(cases.arena, rules_count(cases.rules));
	cases.negative = arena_alloc(cases.arena, rules_count(cases.rules));
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_destroy(cases.arena);
	return 0;
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_case_comes_out_as_it_says),
		cmocka_unit_test(old_and_masked_secrets_hide_no_new_one),
		cmocka_unit_test(a_secret_behind_too_many_is_told),
		cmocka_unit_test(constants_are_taken_up_to_a_size),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests_name("gate/rule_cases", tests, set_up, tear_down);
}
