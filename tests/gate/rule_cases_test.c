/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every built-in rule against tests/gate/hazards/: what it must find and what
 * it must leave alone; and that there is one of each for every rule.
 */
#include "rule_support.h"

#include <glob.h>

#include "base/file.h"

struct cases {
	struct arena *arena;
	struct rules *rules;
	const char *file; /* in hand */
	size_t checked;
	unsigned char *positive, *negative;
};

static struct cases cases;

static enum plan_action action_named(struct node node)
{
	for (int i = 0; i < ACTION_COUNT; i++)
		if (node_text_is(node, plan_action_name((enum plan_action)i)))
			return (enum plan_action)i;
	assert_false(node_exists(node));
	return ACTION_UPDATE;
}

static const struct finding *find(const struct findings *findings, struct str rule)
{
	for (size_t i = 0; i < findings->count; i++)
		if (str_eq(findings->items[i].rule, rule))
			return &findings->items[i];
	return NULL;
}

static void count(struct str rule, unsigned char *counts)
{
	for (size_t i = 0; i < rules_count(cases.rules); i++)
		if (str_eq(rules_info(cases.rules, i).id, rule))
			counts[i] = 1;
}

static void check(struct node entry)
{
	struct str rule = node_text(NODE_GET(entry, "rule"), cases.arena);
	struct node finds = NODE_GET(entry, "finds"), undecided = NODE_GET(entry, "undecided");
	struct findings findings = {.arena = cases.arena};
	struct change change = {.address = STR("a.x"),
		.name = STR("x"),
		.type = node_text(NODE_GET(entry, "type"), cases.arena),
		.mode = MODE_MANAGED,
		.action = action_named(NODE_GET(entry, "action")),
		.action_reason = node_text(NODE_GET(entry, "reason"), cases.arena),
		.self = entry,
		.before = NODE_GET(entry, "before"),
		.after = NODE_GET(entry, "after"),
		.after_unknown = NODE_GET(entry, "unknown"),
		.replace_paths = NODE_GET(entry, "replace_paths")};
	struct plan plan = {.changes = {&change, 1, 1}};
	const struct finding *finding;
	struct error err;

	assert_int_equal(rules_apply(cases.rules, &plan, NULL, &findings, &err), 0);
	finding = find(&findings, rule);
	if (node_is_true(NODE_GET(entry, "quiet"))) {
		if (finding)
			fail_msg("%s:%u: found", cases.file, node_position(entry).line);
		count(rule, cases.negative);
		return;
	}
	if (!finding)
		fail_msg("%s:%u: not found", cases.file, node_position(entry).line);
	if (finding->state != (node_exists(undecided) ? STATE_UNKNOWN : STATE_FAIL))
		fail_msg("%s:%u: %s", cases.file, node_position(entry).line,
			node_exists(undecided) ? "decided" : "undecided");
	if (!node_text_is(node_exists(undecided) ? undecided : finds, finding->path) &&
		finding->path.len + node_raw(finds).len > 0)
		fail_msg("%s:%u: at %.*s", cases.file, node_position(entry).line,
			STR_ARG(finding->path));
	count(rule, cases.positive);
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

static int set_up(void **state)
{
	struct error err = {0};

	(void)state;
	cases.arena = arena_create((size_t)1 << 26);
	assert_non_null(cases.arena);
	if (rules_load(cases.arena, &cases.rules, &err) < 0)
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
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests_name("gate/rule_cases", tests, set_up, tear_down);
}
