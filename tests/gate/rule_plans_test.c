/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The built-in rules for what is destroyed against real plans (tests/gate/plans/): each finding that must
 * come out, and no other.
 */
#include "rule_support.h"

#include "base/file.h"

static struct str findings_text(const char *plan_path, struct arena *arena)
{
	CLEANUP(file_unmap) struct file_map map = {0};
	struct findings findings = {.arena = arena};
	struct plans plans = {0};
	struct rules *rules = NULL;
	struct str text = STR("");
	struct error err = {0};

	if (rules_load(/* scope= */ NULL, arena, &rules, &err) < 0 ||
		file_map(plan_path, FILE_MAX_INPUT, &map, &err) < 0 ||
		plan_read(map.text, STR("plan"), arena, &plans, &err) < 0 ||
		rules_apply(rules, &plans.items[0], NULL, &findings, &err) < 0)
		fail_msg("%s:%u: %s", err.file, err.line, err.message);
	findings_sort(&findings);
	for (size_t i = 0; i < findings.count; i++) {
		const struct finding *finding = &findings.items[i];

		if (finding->kind > KIND_HIDDEN_DESTROY &&
			finding->kind != KIND_UNKNOWN_TYPE_DESTROY)
			continue;
		text = arena_printf(arena, "%.*s%.*s %.*s %.*s %.*s %.*s\n", STR_ARG(text),
			STR_ARG(finding_kind_name(finding->kind)),
			STR_ARG(finding_state_name(finding->state)),
			STR_ARG(severity_name(finding->severity)), STR_ARG(finding->address),
			STR_ARG(str_empty(finding->path) ? STR("-") : finding->path));
	}
	text = arena_str(arena, text);
	plan_free(&plans.items[0]);
	return text;
}

static void check(const char *name)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create((size_t)1 << 28);
	CLEANUP(file_unmap) struct file_map expected = {0};
	const char *plan, *wanted;
	struct error err = {0};

	assert_non_null(arena);
	plan = arena_cstr(arena, arena_printf(arena, "tests/gate/plans/%s/plan.json", name));
	wanted = arena_cstr(arena, arena_printf(arena, "tests/gate/plans/%s/findings.txt", name));
	if (file_map(wanted, FILE_MAX_INPUT, &expected, &err) < 0)
		fail_msg("%s", err.message);
	assert_string_equal(
		arena_cstr(arena, findings_text(plan, arena)), arena_cstr(arena, expected.text));
}

static void blocks_that_are_removed(void **state)
{
	(void)state;
	check("removed-blocks");
}

static void what_apply_alone_will_tell(void **state)
{
	(void)state;
	check("removed-and-unknown");
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(blocks_that_are_removed),
		cmocka_unit_test(what_apply_alone_will_tell),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests_name("gate/rule_plans", tests, NULL, NULL);
}
