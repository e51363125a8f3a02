/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Trying a rule on a case that its author wrote: one change, and what the rule
 * must say of it.  Apart from judging, since a review never sees a case; whoever
 * writes rules does, and so do the tests of the built-in ones.
 */
#include "gate/rule.h"

#include "gate/rule_model.h"

static const char *const known[] = {"rule", "type", "action", "reason", "before", "after",
	"unknown", "masked", "replace_paths", "others", "configuration", "finds", "undecided",
	"quiet", NULL};

static int bad(struct node node, struct error *err, const char *what)
{
	return error_node(err, ERR_RULE_SYNTAX, node, "%s", what);
}

static int read_action(struct node entry, enum plan_action *ret_action, struct error *err)
{
	struct node node = NODE_GET(entry, "action");

	*ret_action = ACTION_UPDATE;
	if (!node_exists(node))
		return 0;
	for (int i = 0; i < ACTION_COUNT; i++)
		if (node_text_is(node, plan_action_name((enum plan_action)i))) {
			*ret_action = (enum plan_action)i;
			return 0;
		}
	return bad(node, err, "this is no action of a plan");
}

static int find_rule(
	const struct rules *rules, struct node node, size_t *ret_index, struct error *err)
{
	for (size_t i = 0; i < rules->count; i++)
		if (node_text_is(node, rules->items[i].info.id)) {
			*ret_index = i;
			return 0;
		}
	return bad(node, err, "there is no rule of this id");
}

static int check_entry(struct node entry, struct error *err)
{
	int expected = 0, r;

	if (!node_is_object(entry))
		return bad(entry, err, "a case is a map: {rule: …, type: …, finds: …}");
	r = keys_check(entry, known, err);
	if (r < 0)
		return r;
	if (!node_is_string(NODE_GET(entry, "rule")) || !node_is_string(NODE_GET(entry, "type")))
		return bad(entry, err, "a case names its rule and a type");
	expected += node_exists(NODE_GET(entry, "finds"));
	expected += node_exists(NODE_GET(entry, "undecided"));
	expected += node_is_true(NODE_GET(entry, "quiet"));
	if (expected != 1)
		return bad(entry, err, "a case says one of 'finds', 'undecided' and 'quiet: true'");
	return 0;
}

/* What the rule said against what the case wants; absent where they agree. */
static struct str compare(struct node entry, const struct finding *finding, struct arena *arena)
{
	struct node undecided = NODE_GET(entry, "undecided");
	bool quiet = node_is_true(NODE_GET(entry, "quiet"));
	struct node wanted = node_exists(undecided) ? undecided : NODE_GET(entry, "finds");
	struct str state;

	if (!finding)
		return quiet ? (struct str){NULL, 0} : STR("the rule finds nothing");
	if (quiet)
		return arena_printf(
			arena, "the rule finds something at '%.*s'", STR_ARG(finding->path));
	state = finding_state_name(finding->state);
	if ((finding->state == STATE_UNKNOWN) != node_exists(undecided))
		return arena_printf(arena, "the finding's state is '%.*s'", STR_ARG(state));
	/* An absent path is the object, written "". */
	if (!node_text_is(wanted, finding->path) && finding->path.len + node_raw(wanted).len > 0)
		return arena_printf(arena, "the finding is at '%.*s'", STR_ARG(finding->path));
	return (struct str){NULL, 0};
}

static int read_change(
	struct node entry, struct arena *arena, struct change *ret_change, struct error *err)
{
	*ret_change = (struct change){.name = STR("x"),
		.type = node_text(NODE_GET(entry, "type"), arena),
		.mode = MODE_MANAGED,
		.action_reason = node_text(NODE_GET(entry, "reason"), arena),
		.self = entry,
		.before = NODE_GET(entry, "before"),
		.after = NODE_GET(entry, "after"),
		.after_unknown = NODE_GET(entry, "unknown"),
		.after_sensitive_at = NODE_GET(entry, "masked").at,
		.replace_paths_at = NODE_GET(entry, "replace_paths").at};
	return read_action(entry, &ret_change->action, err);
}

/* The change that is judged, at a.x, and what else the plan does, at o.0, o.1, ... */
static int read_changes(
	struct node entry, struct arena *arena, struct changes *ret_changes, struct error *err)
{
	static const char *const other_keys[] = {"type", "action", "before", "after", NULL};
	struct node others = NODE_GET(entry, "others");
	struct node_iter it = node_children(others);
	size_t count = 1 + node_count(others);
	struct change *changes = ARENA_ARRAY(arena, struct change, count);
	int r;

	if (!changes)
		return error_memory(err);
	if (node_exists(others) && !node_is_array(others))
		return bad(others, err, "a list of other changes belongs here");
	r = read_change(entry, arena, changes, err);
	changes->address = STR("a.x");
	for (size_t i = 1; r == 0 && node_next(&it); i++) {
		r = keys_check(it.value, other_keys, err);
		if (r == 0)
			r = read_change(it.value, arena, &changes[i], err);
		changes[i].address = arena_printf(arena, "o.%zu", i - 1);
		changes[i].position = (uint32_t)i;
	}
	*ret_changes = (struct changes){changes, count, count};
	return r;
}

/* What a secret is, only the redactor knows; in a case it is a text with this word. */
static bool holds_secret(const struct plan *plan, struct node value, void *payload)
{
	(void)plan;
	(void)payload;
	return str_find(node_raw(value), STR("SECRET-")) != SIZE_MAX;
}

int rule_try(const struct rules *rules, struct node entry, struct arena *arena,
	struct rule_trial *ret_trial, struct error *err)
{
	struct findings findings = {.arena = arena};
	struct rule_trial trial = {.quiet = node_is_true(NODE_GET(entry, "quiet"))};
	const struct secret_oracle oracle = {.holds = holds_secret};
	const struct finding *finding = NULL;
	struct plan plan = {0};
	int r = check_entry(entry, err);

	if (r == 0)
		r = find_rule(rules, NODE_GET(entry, "rule"), &trial.rule, err);
	if (r == 0)
		r = read_changes(entry, arena, &plan.changes, err);
	plan.configuration = NODE_GET(entry, "configuration");
	if (r == 0)
		r = rules_apply(rules, &plan, NULL, &findings, err);
	if (r == 0)
		r = rules_apply_secrets(rules, &plan, &oracle, &findings, err);
	if (r < 0)
		return r;
	for (size_t i = 0; i < findings.count && !finding; i++)
		if (str_eq(findings.items[i].rule, rules->items[trial.rule].info.id) &&
			str_is(findings.items[i].address, "a.x"))
			finding = &findings.items[i];
	trial.wrong = compare(entry, finding, arena);
	if (arena_failed(arena))
		return error_memory(err);
	*ret_trial = trial;
	return 0;
}
