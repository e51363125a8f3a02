/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading only the rules of a plan's types changes nothing but the time it takes: real plans get the
 * same findings and the same digest as with all rules.
 */
#include <dirent.h>

#include "base/file.h"
#include "rule_support.h"

struct outcome {
	size_t rules;
	struct str digest;
	struct str text;
};

static struct outcome outcome_of(const struct plan *plan, bool scoped, struct arena *arena)
{
	struct findings findings = {.arena = arena};
	struct rule_scope *scope = NULL;
	struct rules *rules = NULL;
	CLEANUP(buf_free) struct buf text = BUF(1 << 24);
	struct outcome outcome;
	struct error err = {0};

	if ((scoped && rule_scope_of(plan, 1, arena, &scope, &err) < 0) ||
		rules_load(scope, arena, &rules, &err) < 0 ||
		rules_apply(rules, plan, NULL, &findings, &err) < 0)
		fail_msg("%s:%u: %s", err.file, err.line, err.message);
	for (size_t i = 0; i < findings.count; i++)
		buf_printf(&text, "%.*s %.*s %.*s\n", STR_ARG(findings.items[i].rule),
			STR_ARG(findings.items[i].address), STR_ARG(findings.items[i].message));
	outcome.text = arena_str(arena, buf_str(&text));
	outcome.rules = rules_count(rules);
	outcome.digest = rules_digest(rules);
	return outcome;
}

/* Returns whether anything was found at all. */
static bool check(struct str json, struct arena *arena)
{
	struct plans plans = {0};
	struct outcome whole, scoped;
	struct error err = {0};

	if (plan_read(json, STR("plan"), arena, &plans, &err) < 0)
		fail_msg("%s:%u: %s", err.file, err.line, err.message);
	whole = outcome_of(&plans.items[0], false, arena);
	scoped = outcome_of(&plans.items[0], true, arena);
	assert_string_equal(scoped.text.data, whole.text.data);
	assert_true(scoped.rules <= whole.rules);
	if (plans.items[0].changes.count == 1)
		assert_true(scoped.rules < whole.rules / 2);
	assert_true(str_eq(scoped.digest, whole.digest));
	plan_free(&plans.items[0]);
	return whole.text.len > 0;
}

static void real_plans_get_the_same_findings(void **state)
{
	DIR *dir = opendir("tests/gate/plans");
	struct dirent *entry;
	size_t plans = 0;

	(void)state;
	assert_non_null(dir);
	while ((entry = readdir(dir))) {
		CLEANUP(arena_cleanup) struct arena *arena = arena_create((size_t)1 << 28);
		CLEANUP(file_unmap) struct file_map map = {0};
		const char *path = arena_cstr(
			arena, arena_printf(arena, "tests/gate/plans/%s/plan.json", entry->d_name));
		struct error err;

		if (!file_exists(path))
			continue;
		assert_int_equal(file_map(path, FILE_MAX_INPUT, &map, &err), 0);
		plans += check(map.text, arena);
	}
	closedir(dir);
	assert_true(plans >= 2);
}

/* A plan that deletes one object of each of `count` types, the last of them a database. */
static struct str deletes(size_t count, struct arena *arena)
{
	struct buf buf = BUF(1 << 24);
	struct str text;

	buf_add(&buf,
		STR("{\"format_version\":\"1.2\",\"planned_values\":{},\"resource_changes\":["));
	for (size_t i = 1; i <= count; i++)
		buf_printf(&buf,
			"%s{\"address\":\"t%zu.x\",\"mode\":\"managed\",\"type\":\"%s%.0zu\","
			"\"name\":\"x\",\"change\":{\"actions\":[\"delete\"],\"before\":{},"
			"\"after\":null}}",
			i == 1 ? "" : ",", i, i == count ? "aws_db_instance" : "x_",
			i == count ? (size_t)0 : i);
	buf_add(&buf, STR("]}"));
	text = arena_str(arena, buf_str(&buf));
	buf_free(&buf);
	return text;
}

static void any_number_of_types_does(void **state)
{
	static const size_t counts[] = {1, 2, 511, 512, 513, 2000};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(counts); i++) {
		CLEANUP(arena_cleanup) struct arena *arena = arena_create((size_t)1 << 28);

		assert_true(check(deletes(counts[i], arena), arena));
	}
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(real_plans_get_the_same_findings),
		cmocka_unit_test(any_number_of_types_does),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests_name("gate/rule_scope", tests, NULL, NULL);
}
