/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The story of judging a plan by its intent: is it the right plan, at the
 * right time; what of it touches what is kept; which lines name the rest;
 * what is missing; and which hazards the lines lift.  It does no work itself.
 */
#include <stdlib.h>

#include "gate/intent_model.h"

static bool is_calm(const struct change *change)
{
	/* A data source that leaves the state destroys nothing. */
	if (change->mode == MODE_DATA && change->action == ACTION_DELETE)
		return true;
	return (ACTIONS_CALM & action_bit(change->action)) != 0;
}

static int compare(const void *left, const void *right)
{
	const struct judged *a = *(struct judged *const *)left, *b = *(struct judged *const *)right;
	int order = str_cmp(a->configuration, b->configuration);
	bool a_destroys = plan_action_destroys(a->change->action);
	bool b_destroys = plan_action_destroys(b->change->action);

	if (order != 0)
		return order;
	if (a_destroys != b_destroys)
		return a_destroys ? -1 : 1;
	return (a > b) - (a < b);
}

const struct judged *judged_find(const struct judge *judge, struct str configuration)
{
	size_t low = 0, high = judge->by_configuration_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (str_cmp(judge->by_configuration[middle]->configuration, configuration) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == judge->by_configuration_count ||
		!str_eq(judge->by_configuration[low]->configuration, configuration))
		return NULL;
	return judge->by_configuration[low];
}

static void take_change(struct judge *judge, const struct change *change)
{
	struct judged *judged = &judge->changes[judge->change_count++];

	judged->change = change;
	judged->configuration = address_without_keys(change->address, judge->arena);
	judged->parsed = address_parse(change->address, judge->arena, &judged->address);
	judged->address.deposed = change->deposed;
	judged->has_previous = !str_empty(change->previous_address) &&
		address_parse(change->previous_address, judge->arena, &judged->previous);
	if (str_absent(change->deposed))
		judge->by_configuration[judge->by_configuration_count++] = judged;
}

static int take_changes(struct judge *judge, struct error *err)
{
	const struct changes *changes = &judge->plan->changes;
	size_t count = 0;

	for (size_t i = 0; i < changes->count; i++)
		count += !is_calm(&changes->items[i]);
	judge->changes = ARENA_ARRAY(judge->arena, struct judged, count);
	judge->by_configuration = ARENA_ARRAY(judge->arena, struct judged *, count);
	judge->tallies = ARENA_ARRAY(judge->arena, struct tally, judge->intent->entry_count);
	if (!judge->changes || !judge->by_configuration || !judge->tallies)
		return error_memory(err);
	for (size_t i = 0; i < changes->count; i++)
		if (!is_calm(&changes->items[i]))
			take_change(judge, &changes->items[i]);
	if (judge->by_configuration_count > 1)
		qsort(judge->by_configuration, judge->by_configuration_count,
			sizeof(*judge->by_configuration), compare);
	return arena_failed(judge->arena) ? error_memory(err) : 0;
}

/* Without "./" before and "/" behind. */
static struct str plain_path(struct str path)
{
	while (str_starts(path, STR("./")))
		path = str_slice(path, 2, path.len);
	while (path.len > 1 && path.data[path.len - 1] == '/')
		path.len--;
	return path;
}

/* The plan's root is relative to the repository, or absolute, or not known. */
static enum answer is_root(struct str wanted, struct str root)
{
	wanted = plain_path(wanted);
	root = plain_path(root);
	if (str_eq(wanted, root))
		return ANSWER_YES;
	if (str_empty(root) || str_is(root, "."))
		return ANSWER_UNKNOWN;
	if (!str_starts(root, STR("/")) && !str_starts(root, STR("..")))
		return ANSWER_NO;
	if (root.len > wanted.len && str_ends(root, wanted) &&
		root.data[root.len - wanted.len - 1] == '/')
		return ANSWER_YES;
	return ANSWER_NO;
}

static void tell_root(struct judge *judge, const char *what, struct str wanted, struct str has,
	enum answer answer, struct node place)
{
	struct finding *finding;

	if (answer == ANSWER_YES)
		return;
	finding = intent_finding(judge, NULL, STR("intent-wrong-root"), KIND_INTENT_WRONG_ROOT,
		answer == ANSWER_NO ? SEVERITY_CRITICAL : SEVERITY_MEDIUM, place);
	if (!finding)
		return;
	if (answer == ANSWER_UNKNOWN) {
		finding->state = STATE_UNKNOWN;
		finding->message = arena_printf(judge->arena,
			"The intent is for the %s %.*s, and it is not known which %s this plan is "
			"of.",
			what, STR_ARG(wanted), what);
		finding->remedy = arena_printf(judge->arena,
			"Give weir the plan under its directory, from the root of the repository, "
			"or leave "
			"%s out of the intent.",
			what);
		return;
	}
	finding->message = arena_printf(judge->arena,
		"The intent is for the %s %.*s, and this plan is of %.*s.", what, STR_ARG(wanted),
		STR_ARG(has));
	finding->remedy = STR("Review the plan with the intent that belongs to it.");
}

/* False if the intent is of another plan, so that its lines say nothing about this one. */
static bool judge_root(struct judge *judge)
{
	const struct intent *intent = judge->intent;
	const struct plan *plan = judge->plan;
	enum answer root = ANSWER_YES, workspace = ANSWER_YES;

	if (!str_absent(intent->root))
		root = is_root(intent->root, plan->root);
	if (!str_absent(intent->workspace))
		workspace = str_eq(intent->workspace, plan->workspace) ? ANSWER_YES
			: str_empty(plan->workspace)                   ? ANSWER_UNKNOWN
								       : ANSWER_NO;
	tell_root(judge, "root", intent->root, plan->root, root, intent->root_place);
	tell_root(judge, "workspace", intent->workspace, plan->workspace, workspace,
		intent->workspace_place);
	return root != ANSWER_NO && workspace != ANSWER_NO;
}

static void judge_expiry(struct judge *judge)
{
	struct finding *finding;

	if (!intent_expired(judge->intent))
		return;
	finding = intent_finding(judge, NULL, STR("intent-expired"), KIND_INTENT_EXPIRED,
		SEVERITY_HIGH, judge->intent->expires_place);
	if (!finding)
		return;
	finding->message = arena_printf(judge->arena,
		"The intent expired (%.*s), so it allows no destroy and lifts no hazard any more.",
		STR_ARG(judge->intent->expires));
	finding->remedy =
		STR("Renew the intent with a later expires, or take it away when it is done.");
}

int intent_judge(const struct intent *intent, const struct plan *plan,
	const struct references *references, struct findings *findings, struct error *err)
{
	struct judge judge = {.intent = intent,
		.plan = plan,
		.references = references,
		.findings = findings,
		.arena = findings->arena};
	size_t before = findings->count;
	int r;

	if (!judge_root(&judge))
		return arena_failed(judge.arena) ? error_memory(err) : 0;
	judge_expiry(&judge);
	r = take_changes(&judge, err);
	if (r == 0)
		r = keep_collect(&judge, err);
	if (r < 0)
		return r;
	for (size_t i = 0; i < judge.change_count; i++) {
		keep_judge(&judge, &judge.changes[i]);
		match_judge(&judge, &judge.changes[i]);
	}
	match_finish(&judge);
	keep_unnamed(&judge);
	state_judge_requires(&judge);
	match_lift(&judge, before);
	return arena_failed(judge.arena) ? error_memory(err) : 0;
}
