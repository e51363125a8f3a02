/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reviewing an archive: one plan at a time, each in an arena of its own, so
 * that the number of plans costs time and no memory.
 */
#include "story/backtest.h"

#include <stdlib.h>

#include "base/json.h"
#include "plan/find.h"
#include "report/encode.h"

enum {
	REVIEW_MOST = 1 << 30,
	UNREAD_MOST = 10, /* named in the text; JSON names all */
};

struct rule_count {
	struct str rule;
	enum finding_kind kind;
	enum severity severity;
	size_t findings;
	size_t verdicts[VERDICT_BLOCK + 1]; /* what those findings asked for */
	size_t plans;
	size_t last_plan; /* counts a plan once */
};

struct unread {
	struct str path;
	struct str why;
};

struct backtest {
	struct arena *arena;
	size_t verdicts[VERDICT_BLOCK + 1];
	size_t plans; /* reviewed files */
	struct rule_count *rules;
	size_t rule_count, rule_room;
	struct unread *unread;
	size_t unread_count, unread_room;
};

static struct rule_count *rule_of(struct backtest *test, const struct finding *finding)
{
	struct rule_count *rule;

	for (size_t i = 0; i < test->rule_count; i++)
		if (str_eq(test->rules[i].rule, finding->rule) &&
			test->rules[i].kind == finding->kind)
			return &test->rules[i];
	if (!arena_grow(test->arena, (void **)&test->rules, test->rule_count, &test->rule_room,
		    sizeof(*test->rules)))
		return NULL;
	rule = &test->rules[test->rule_count++];
	*rule = (struct rule_count){.rule = arena_str(test->arena, finding->rule),
		.kind = finding->kind,
		.severity = finding->severity};
	return rule;
}

static int count(struct backtest *test, const struct report *report, struct error *err)
{
	test->plans++;
	test->verdicts[report->verdict]++;
	for (size_t i = 0; i < report->findings.count; i++) {
		const struct finding *finding = &report->findings.items[i];
		struct rule_count *rule = rule_of(test, finding);

		if (!rule)
			return error_memory(err);
		rule->findings++;
		rule->verdicts[finding->verdict]++;
		if (finding->severity > rule->severity)
			rule->severity = finding->severity;
		rule->plans += rule->last_plan != test->plans;
		rule->last_plan = test->plans;
	}
	return 0;
}

/* Notes why a file was not read. What is wrong with weir itself or the machine still ends it all. */
static int pass_over(struct backtest *test, const char *path, int code, const struct error *why,
	struct error *err)
{
	if (code != -error_info(ERR_JSON_SYNTAX)->exit_code) {
		if (err)
			*err = *why;
		return code;
	}
	if (!arena_grow(test->arena, (void **)&test->unread, test->unread_count, &test->unread_room,
		    sizeof(*test->unread)))
		return error_memory(err);
	test->unread[test->unread_count++] = (struct unread){
		arena_str(test->arena, str_of(path)), arena_str(test->arena, str_of(why->message))};
	return 0;
}

static int review_one(struct backtest *test, const char *path, const struct review_options *options,
	struct error *err)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create(REVIEW_MOST);
	CLEANUP(review_cleanup) struct review *review = NULL;
	struct review_options how = *options;
	struct error why = {ERR_NONE};
	int r;

	if (!arena)
		return error_memory(err);
	how.input.inputs = &path;
	how.input.input_count = 1;
	how.input.plans_dir = NULL;
	r = review_run(&how, arena, &review, &why);
	return r < 0 ? pass_over(test, path, r, &why, err)
		     : count(test, review_report(review), err);
}

/* What asks for most comes first. */
static int compare(const void *left, const void *right)
{
	const struct rule_count *a = left, *b = right;

	for (int verdict = VERDICT_BLOCK; verdict >= VERDICT_PASS; verdict--)
		if (a->verdicts[verdict] != b->verdicts[verdict])
			return a->verdicts[verdict] > b->verdicts[verdict] ? -1 : 1;
	return a->rule.len || b->rule.len ? str_cmp(a->rule, b->rule) : 0;
}

static void tell_text(const struct backtest *test, struct buf *out)
{
	buf_printf(out, "%zu plans: %zu pass, %zu ask, %zu block", test->plans,
		test->verdicts[VERDICT_PASS], test->verdicts[VERDICT_ASK],
		test->verdicts[VERDICT_BLOCK]);
	if (test->unread_count)
		buf_printf(out, "; not read as a plan: %zu", test->unread_count);
	buf_add(out, STR("\n"));
	if (test->rule_count)
		buf_add(out, STR("\nblock    ask   pass  plans  rule\n"));
	for (size_t i = 0; i < test->rule_count; i++) {
		const struct rule_count *rule = &test->rules[i];

		buf_printf(out, "%5zu  %5zu  %5zu  %5zu  ", rule->verdicts[VERDICT_BLOCK],
			rule->verdicts[VERDICT_ASK], rule->verdicts[VERDICT_PASS], rule->plans);
		encode_terminal(out, rule->rule);
		buf_printf(out, " (%.*s, %.*s)\n", STR_ARG(finding_kind_name(rule->kind)),
			STR_ARG(severity_name(rule->severity)));
	}
	if (test->unread_count)
		buf_add(out, STR("\nNot read\n"));
	for (size_t i = 0; i < test->unread_count && i < UNREAD_MOST; i++) {
		buf_add(out, STR("  "));
		encode_terminal(out, test->unread[i].path);
		buf_add(out, STR(": "));
		encode_terminal(out, test->unread[i].why);
		buf_add(out, STR("\n"));
	}
	if (test->unread_count > UNREAD_MOST)
		buf_printf(out, "  and %zu more\n", test->unread_count - UNREAD_MOST);
}

static void tell_verdicts(struct json_writer *json, const size_t *verdicts)
{
	for (int verdict = VERDICT_PASS; verdict <= VERDICT_BLOCK; verdict++)
		json_member_int(
			json, verdict_name((enum verdict)verdict).data, (int64_t)verdicts[verdict]);
}

static void tell_json(const struct backtest *test, struct buf *out)
{
	struct json_writer json;

	json_writer_init(&json, out, 2);
	json_object_begin(&json);
	json_member_int(&json, "schema_version", 1);
	json_member_int(&json, "plans", (int64_t)test->plans);
	json_key(&json, STR("verdicts"));
	json_object_begin(&json);
	tell_verdicts(&json, test->verdicts);
	json_object_end(&json);
	json_key(&json, STR("rules"));
	json_array_begin(&json);
	for (size_t i = 0; i < test->rule_count; i++) {
		const struct rule_count *rule = &test->rules[i];

		json_object_begin(&json);
		json_member(&json, "rule", rule->rule);
		json_member(&json, "kind", finding_kind_name(rule->kind));
		json_member(&json, "severity", severity_name(rule->severity));
		json_member_int(&json, "findings", (int64_t)rule->findings);
		json_member_int(&json, "plans", (int64_t)rule->plans);
		tell_verdicts(&json, rule->verdicts);
		json_object_end(&json);
	}
	json_array_end(&json);
	json_key(&json, STR("unread"));
	json_array_begin(&json);
	for (size_t i = 0; i < test->unread_count; i++) {
		json_object_begin(&json);
		json_member(&json, "file", test->unread[i].path);
		json_member(&json, "message", test->unread[i].why);
		json_object_end(&json);
	}
	json_array_end(&json);
	json_object_end(&json);
	buf_add(out, STR("\n"));
}

int backtest_run(const char *dir, const struct review_options *options, struct arena *arena,
	bool json, struct buf *out, struct error *err)
{
	struct backtest test = {.arena = arena};
	struct found_plans found = {0};
	int r = plan_find_archive(dir, arena, &found, err);

	for (size_t i = 0; i < found.count && r == 0; i++)
		r = review_one(&test, found.items[i].path, options, err);
	if (r < 0)
		return r;
	if (test.rule_count)
		qsort(test.rules, test.rule_count, sizeof(*test.rules), compare);
	if (json)
		tell_json(&test, out);
	else
		tell_text(&test, out);
	return arena_failed(arena) ? error_memory(err) : 0;
}
