/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Trying a rule on a case that its author wrote: one change, and what the rule
 * must say of it.  Apart from judging, since a review never sees a case; whoever
 * writes rules does, and so do the tests of the built-in ones.
 */
#include "gate/rule.h"

#include "gate/rule_model.h"

static const char *const known[] = {"rule", "type", "action", "reason", "before", "after",
	"unknown", "replace_paths", "finds", "undecided", "quiet", NULL};

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

int rule_try(const struct rules *rules, struct node entry, struct arena *arena,
	struct rule_trial *ret_trial, struct error *err)
{
	struct findings findings = {.arena = arena};
	struct rule_trial trial = {.quiet = node_is_true(NODE_GET(entry, "quiet"))};
	const struct finding *finding = NULL;
	struct change change = {.address = STR("a.x"),
		.name = STR("x"),
		.type = node_text(NODE_GET(entry, "type"), arena),
		.mode = MODE_MANAGED,
		.action_reason = node_text(NODE_GET(entry, "reason"), arena),
		.self = entry,
		.before = NODE_GET(entry, "before"),
		.after = NODE_GET(entry, "after"),
		.after_unknown = NODE_GET(entry, "unknown"),
		.replace_paths = NODE_GET(entry, "replace_paths")};
	const struct plan plan = {.changes = {&change, 1, 1}};
	int r = check_entry(entry, err);

	if (r == 0)
		r = find_rule(rules, NODE_GET(entry, "rule"), &trial.rule, err);
	if (r == 0)
		r = read_action(entry, &change.action, err);
	if (r == 0)
		r = rules_apply(rules, &plan, NULL, &findings, err);
	if (r < 0)
		return r;
	for (size_t i = 0; i < findings.count && !finding; i++)
		if (str_eq(findings.items[i].rule, rules->items[trial.rule].info.id))
			finding = &findings.items[i];
	trial.wrong = compare(entry, finding, arena);
	if (arena_failed(arena))
		return error_memory(err);
	*ret_trial = trial;
	return 0;
}
