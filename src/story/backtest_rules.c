/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What another version of a team's rules would change: each old plan is
 * reviewed by both, and the verdicts that differ are told with the rules behind
 * them.  Apart from backtest.c, which counts one version.
 */
#include "story/backtest.h"

#include <stdlib.h>

#include "base/json.h"
#include "plan/find.h"
#include "report/encode.h"

enum { REVIEW_MOST = 1 << 30, OLD = 0, NEW = 1, SIDES = 2 };

/* How often a rule is told in a plan, by the old rules and by the new ones. */
struct told {
	struct str rule;
	size_t count[SIDES];
	enum verdict verdict[SIDES]; /* the worst that its findings asked for */
};

struct outcome {
	struct str path;
	enum verdict verdict[SIDES];
	struct told *told;
	size_t count, room;
	struct str unread; /* why it is no plan; absent: it is one */
};

struct comparison {
	struct arena *arena;
	const struct review_options *options;
	struct rules *rules[SIDES];
	struct outcome *outcomes;
	size_t count, changed, unread;
};

static int note(struct outcome *outcome, const struct report *report, int side, struct arena *arena,
	struct error *err)
{
	outcome->verdict[side] = report->verdict;
	for (size_t i = 0; i < report->findings.count; i++) {
		struct str rule = report->findings.items[i].rule;
		size_t k = 0;

		while (k < outcome->count && !str_eq(outcome->told[k].rule, rule))
			k++;
		if (k == outcome->count) {
			if (!arena_grow(arena, (void **)&outcome->told, outcome->count,
				    &outcome->room, sizeof(*outcome->told)))
				return error_memory(err);
			outcome->told[outcome->count++] =
				(struct told){.rule = arena_str(arena, rule)};
		}
		outcome->told[k].count[side]++;
		if (report->findings.items[i].verdict > outcome->told[k].verdict[side])
			outcome->told[k].verdict[side] = report->findings.items[i].verdict;
	}
	return 0;
}

static int review_side(
	struct comparison *comparison, struct outcome *outcome, int side, struct error *err)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create(REVIEW_MOST);
	CLEANUP(review_cleanup) struct review *review = NULL;
	struct review_options how = *comparison->options;
	const char *path = outcome->path.data;
	struct error why = {ERR_NONE};
	int r;

	if (!arena)
		return error_memory(err);
	how.input.inputs = &path;
	how.input.input_count = 1;
	how.rules = comparison->rules[side];
	r = review_run(&how, arena, &review, &why);
	if (r == 0)
		return note(outcome, review_report(review), side, comparison->arena, err);
	if (r != -error_info(ERR_JSON_SYNTAX)->exit_code) {
		if (err)
			*err = why;
		return r;
	}
	outcome->unread = arena_str(comparison->arena, str_of(why.message));
	return 0;
}

static int load_side(
	struct str dir, struct arena *arena, struct rules **ret_rules, struct error *err)
{
	struct rule_files files = {0};
	const char *path = arena_cstr(arena, dir);
	int r = path ? 0 : error_memory(err);

	if (r == 0 && !str_empty(dir))
		r = rule_files_add(path, arena, &files, err);
	return r < 0 ? r : rule_files_compile(&files, /* scope= */ NULL, arena, ret_rules, err);
}

static bool differs(const struct outcome *outcome)
{
	return outcome->verdict[OLD] != outcome->verdict[NEW];
}

static bool same(const struct told *told)
{
	return told->count[OLD] == told->count[NEW] && told->verdict[OLD] == told->verdict[NEW];
}

static void tell_count(const struct told *told, int side, struct buf *out)
{
	if (told->count[side])
		buf_printf(out, "%zu %.*s", told->count[side],
			STR_ARG(verdict_name(told->verdict[side])));
	else
		buf_add(out, STR("none"));
}

static void tell_text(const struct comparison *comparison, struct buf *out)
{
	buf_printf(out, "%zu plans: %zu %s another verdict", comparison->count - comparison->unread,
		comparison->changed, comparison->changed == 1 ? "gets" : "get");
	if (comparison->unread)
		buf_printf(out, "; not read as a plan: %zu", comparison->unread);
	buf_add_char(out, '\n');
	for (size_t i = 0; i < comparison->count; i++) {
		const struct outcome *outcome = &comparison->outcomes[i];

		if (!differs(outcome))
			continue;
		buf_add_char(out, '\n');
		encode_terminal(out, outcome->path);
		buf_printf(out, ": %.*s -> %.*s\n", STR_ARG(verdict_name(outcome->verdict[OLD])),
			STR_ARG(verdict_name(outcome->verdict[NEW])));
		for (size_t k = 0; k < outcome->count; k++) {
			const struct told *told = &outcome->told[k];

			if (same(told))
				continue;
			buf_add(out, STR("  "));
			encode_terminal(out, told->rule);
			buf_add(out, STR(": "));
			tell_count(told, OLD, out);
			buf_add(out, STR(" -> "));
			tell_count(told, NEW, out);
			buf_add_char(out, '\n');
		}
	}
}

static void tell_outcome(struct json_writer *json, const struct outcome *outcome)
{
	json_object_begin(json);
	json_member(json, "file", outcome->path);
	json_member(json, "old", verdict_name(outcome->verdict[OLD]));
	json_member(json, "new", verdict_name(outcome->verdict[NEW]));
	json_key(json, STR("rules"));
	json_array_begin(json);
	for (size_t k = 0; k < outcome->count; k++) {
		const struct told *told = &outcome->told[k];

		if (same(told))
			continue;
		json_object_begin(json);
		json_member(json, "rule", told->rule);
		json_member_int(json, "old", (int64_t)told->count[OLD]);
		json_member_int(json, "new", (int64_t)told->count[NEW]);
		json_object_end(json);
	}
	json_array_end(json);
	json_object_end(json);
}

static void tell_json(const struct comparison *comparison, struct buf *out)
{
	struct json_writer json;

	json_writer_init(&json, out, 2);
	json_object_begin(&json);
	json_member_int(&json, "schema_version", 1);
	json_member_int(&json, "plans", (int64_t)(comparison->count - comparison->unread));
	json_key(&json, STR("changed"));
	json_array_begin(&json);
	for (size_t i = 0; i < comparison->count; i++)
		if (differs(&comparison->outcomes[i]))
			tell_outcome(&json, &comparison->outcomes[i]);
	json_array_end(&json);
	json_key(&json, STR("unread"));
	json_array_begin(&json);
	for (size_t i = 0; i < comparison->count; i++) {
		const struct outcome *outcome = &comparison->outcomes[i];

		if (str_absent(outcome->unread))
			continue;
		json_object_begin(&json);
		json_member(&json, "file", outcome->path);
		json_member(&json, "message", outcome->unread);
		json_object_end(&json);
	}
	json_array_end(&json);
	json_object_end(&json);
	buf_add_char(out, '\n');
}

int backtest_compare(const char *dir, const char *packs, const struct review_options *options,
	struct arena *arena, bool json, struct buf *out, struct error *err)
{
	struct comparison comparison = {.arena = arena, .options = options};
	struct found_plans found = {0};
	struct str newer = str_of(packs), older = str_split(&newer, ',');
	int r;

	if (str_absent(newer) || str_find_char(newer, ',') != SIZE_MAX)
		return error_set(err, ERR_USAGE, "--rules wants OLD,NEW: two directories of rules");
	r = load_side(older, arena, &comparison.rules[OLD], err);
	if (r == 0)
		r = load_side(newer, arena, &comparison.rules[NEW], err);
	if (r == 0)
		r = plan_find_archive(dir, arena, &found, err);
	if (r < 0)
		return r;
	comparison.outcomes = ARENA_ARRAY(arena, struct outcome, found.count);
	if (!comparison.outcomes)
		return error_memory(err);
	for (size_t i = 0; i < found.count; i++) {
		struct outcome *outcome = &comparison.outcomes[comparison.count++];

		outcome->path = str_of(found.items[i].path);
		for (int side = OLD; side < SIDES && str_absent(outcome->unread); side++) {
			r = review_side(&comparison, outcome, side, err);
			if (r < 0)
				return r;
		}
		comparison.unread += !str_absent(outcome->unread);
		comparison.changed += differs(outcome);
	}
	if (json)
		tell_json(&comparison, out);
	else
		tell_text(&comparison, out);
	return arena_failed(arena) ? error_memory(err) : 0;
}
