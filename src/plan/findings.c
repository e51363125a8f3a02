/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a plan says against itself: actions and modes that weir does not
 * know, a plan that is broken off, incomplete or deferred, checks that failed, and actions
 * that Terraform invokes beside its changes.  No judgement of values happens here.
 *
 * Verdicts: what is not understood blocks; what is known and open asks.
 */
#include "plan/plan.h"

static struct finding *add(const struct plan *plan, struct findings *findings, struct str rule,
	enum finding_kind kind, enum verdict verdict)
{
	enum severity severity = verdict == VERDICT_BLOCK ? SEVERITY_CRITICAL : SEVERITY_HIGH;
	struct finding *finding = finding_add(findings, rule, kind, severity);

	if (!finding)
		return NULL;
	finding->verdict = verdict;
	finding->plan = plan->name;
	return finding;
}

static void place(struct finding *finding, struct str address, struct str pointer, struct node node)
{
	finding->address = address;
	finding->pointer = pointer;
	finding->offset = node_offset(node);
}

static void place_change(struct finding *finding, const struct change *change, struct arena *arena)
{
	place(finding, change_full_address(change, arena), change_pointer(change, arena),
		change->self);
}

/* Actions that an object of this mode can have. */
static bool fits_mode(const struct change *change)
{
	switch (change->action) {
	case ACTION_OPEN:
	case ACTION_RENEW:
	case ACTION_CLOSE:
		return change->mode == MODE_EPHEMERAL;
	case ACTION_NO_OP:
	case ACTION_READ:
		return true;
	case ACTION_DELETE: /* a data source that leaves the state */
		return change->mode == MODE_MANAGED || change->mode == MODE_DATA;
	default:
		return change->mode == MODE_MANAGED;
	}
}

static void judge_change(
	const struct plan *plan, const struct change *change, struct findings *findings)
{
	struct arena *arena = findings->arena;
	struct finding *finding;

	if (change->action == ACTION_UNKNOWN) {
		finding = add(
			plan, findings, STR("unknown-action"), KIND_UNKNOWN_ACTION, VERDICT_BLOCK);
		if (!finding)
			return;
		place_change(finding, change, arena);
		finding->message = arena_printf(arena,
			"The plan's action \"%.*s\" is not one that weir knows, so what it does is "
			"not known.",
			STR_ARG(change->action_text));
		finding->remedy = STR("Use a version of weir that knows this action.");
	} else if (change->mode == MODE_UNKNOWN || !fits_mode(change)) {
		finding = add(
			plan, findings, STR("unknown-mode"), KIND_UNKNOWN_ACTION, VERDICT_BLOCK);
		if (!finding)
			return;
		place_change(finding, change, arena);
		finding->message = change->mode == MODE_UNKNOWN
			? STR("The object is of a mode that weir does not know.")
			: arena_printf(arena,
				  "Objects of this mode have no action \"%.*s\" "
				  "that weir knows.",
				  STR_ARG(change->action_text));
		finding->remedy = STR("Use a version of weir that knows this mode.");
	}
}

static void judge_changes(
	const struct plan *plan, const struct changes *changes, struct findings *findings)
{
	for (size_t i = 0; i < changes->count; i++)
		judge_change(plan, &changes->items[i], findings);
}

static void judge_outputs(const struct plan *plan, struct findings *findings)
{
	struct arena *arena = findings->arena;

	for (size_t i = 0; i < plan->output_count; i++) {
		const struct output_change *output = &plan->outputs[i];
		struct finding *finding;

		if (output->action != ACTION_UNKNOWN)
			continue;
		finding = add(
			plan, findings, STR("unknown-action"), KIND_UNKNOWN_ACTION, VERDICT_BLOCK);
		if (!finding)
			return;
		place(finding, arena_printf(arena, "output.%.*s", STR_ARG(output->name)),
			node_pointer(output->self, arena), output->self);
		finding->message = arena_printf(arena,
			"The output's action \"%.*s\" is not one that weir knows.",
			STR_ARG(output->action_text));
	}
}

static void judge_whole(const struct plan *plan, struct findings *findings)
{
	struct finding *finding;

	if (plan->errored) {
		finding = add(
			plan, findings, STR("plan-errored"), KIND_INCOMPLETE_PLAN, VERDICT_BLOCK);
		if (finding) {
			finding->pointer = STR("/errored");
			finding->message =
				STR("Planning ended with an error, so the plan shows only a part "
				    "of what would change.");
			finding->remedy = STR("Repair the error and plan again.");
		}
	}
	if (plan->incomplete) {
		finding = add(
			plan, findings, STR("plan-incomplete"), KIND_INCOMPLETE_PLAN, VERDICT_ASK);
		if (finding) {
			finding->pointer = STR("/complete");
			finding->message = STR(
				"The plan is not complete: after it is applied, more changes are "
				"planned that it does not show.");
			finding->remedy = STR("Plan without -target and -exclude, or review the "
					      "plan that follows too.");
		}
	}
}

/* As the plan gives it: "instance_count_unknown". */
static struct str deferred_reason(struct node entry, struct arena *arena)
{
	struct str reason = node_text(NODE_GET(entry, "reason"), arena);

	return str_absent(reason) ? STR("unknown") : reason;
}

static void judge_deferred(const struct plan *plan, struct findings *findings)
{
	struct arena *arena = findings->arena;

	struct node_iter it = node_children(NODE_GET(plan->root_node, "deferred_changes"));

	for (size_t i = 0; i < plan->deferred.count && node_next(&it); i++) {
		const struct change *change = &plan->deferred.items[i];
		struct finding *finding = add(
			plan, findings, STR("plan-deferred"), KIND_INCOMPLETE_PLAN, VERDICT_ASK);

		if (!finding)
			return;
		place_change(finding, change, arena);
		finding->state = STATE_UNKNOWN;
		finding->message = arena_printf(arena,
			"The change (%.*s) is deferred to a later plan (%.*s), which is not judged "
			"here.",
			STR_ARG(change->action_text), STR_ARG(deferred_reason(it.value, arena)));
		finding->remedy = STR("Review the plan that follows too.");
	}
}

/*
 * Actions of providers (Terraform 1.14) run beside the changes: a function is invoked, an
 * instance stopped.  Nothing in the plan tells their effect.
 */
static void judge_invocations(
	const struct plan *plan, struct node list, bool deferred, struct findings *findings)
{
	struct node_iter it = node_children(list);
	struct arena *arena = findings->arena;

	while (node_next(&it)) {
		struct node body = deferred ? NODE_GET(it.value, "action_invocation") : it.value;
		struct str address = node_text(NODE_GET(body, "address"), arena);
		struct finding *finding = add(plan, findings,
			deferred ? STR("action-deferred") : STR("action-invoked"),
			deferred ? KIND_INCOMPLETE_PLAN : KIND_UNKNOWN_ACTION, VERDICT_ASK);

		if (!finding)
			return;
		place(finding, str_absent(address) ? STR("action") : address,
			arena_printf(arena, "/%s/%zu",
				deferred ? "deferred_action_invocations" : "action_invocations",
				it.index),
			it.value);
		finding->state = STATE_UNKNOWN;
		finding->message = deferred ? STR("An action is deferred to a later plan, which is "
						  "not judged here.")
					    : STR("Terraform would invoke this action; the plan "
						  "does not show what it does.");
	}
}

static void judge_checks(const struct plan *plan, struct findings *findings)
{
	struct arena *arena = findings->arena;

	for (size_t i = 0; i < plan->check_count; i++) {
		const struct check *check = &plan->checks[i];
		bool broken = check->status == CHECK_ERROR;
		struct finding *finding;

		if (check->status == CHECK_PASS || check->status == CHECK_UNKNOWN)
			continue;
		finding = add(plan, findings, broken ? STR("check-error") : STR("check-failed"),
			KIND_CHECK_FAILED, VERDICT_ASK);
		if (!finding)
			return;
		place(finding, check->address, node_pointer(check->self, arena), check->self);
		finding->message = arena_printf(arena, "%s%s%.*s",
			broken ? "The check could not be evaluated" : "The check fails",
			str_empty(check->message) ? "." : ": ", STR_ARG(check->message));
		finding->remedy = STR("Make the condition true, or correct the check.");
	}
}

void plan_findings(const struct plan *plan, struct findings *findings)
{
	judge_whole(plan, findings);
	judge_changes(plan, &plan->changes, findings);
	judge_changes(plan, &plan->drift, findings);
	judge_changes(plan, &plan->deferred, findings);
	judge_outputs(plan, findings);
	judge_deferred(plan, findings);
	judge_invocations(plan, plan->action_invocations, false, findings);
	judge_invocations(plan, plan->deferred_invocations, true, findings);
	judge_checks(plan, findings);
}
