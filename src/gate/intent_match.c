/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which lines name which changes, how often, and what becomes of the rest.
 */
#include <stdlib.h>

#include "gate/intent_model.h"

/* The answers of all lines of expect and allow that name a change. */
struct answers {
	const struct entry *yes;
	const struct entry *unknown;
	struct reason unknown_reason;
	struct reason allow_reason; /* an allow that does not hold */
	bool expired;
};

static struct str line_text(const struct entry *entry, struct arena *arena)
{
	return arena_printf(arena, "%.*s: %.*s", STR_ARG(entry->word), STR_ARG(entry->glob.text));
}

static bool names(const struct entry *entry, const struct judged *judged)
{
	if (!(entry->actions & action_bit(judged->change->action)) || !judged->parsed)
		return false;
	return glob_match(&entry->glob, &judged->address) &&
		glob_match_deposed(&entry->glob, &judged->address);
}

/* What is forbidden is so for deposed objects and under a former address too. */
static bool forbids(const struct entry *entry, const struct judged *judged)
{
	if (!(entry->actions & action_bit(judged->change->action)))
		return false;
	if (!str_absent(entry->glob.deposed) && !glob_match_deposed(&entry->glob, &judged->address))
		return false;
	return (judged->parsed && glob_match(&entry->glob, &judged->address)) ||
		(judged->has_previous && glob_match(&entry->glob, &judged->previous));
}

static void judge_forbid(struct judge *judge, struct judged *judged, const struct entry *entry)
{
	struct reason reason = conditions_judge(judge, entry, judged->change);
	struct finding *finding;
	bool sure = reason.answer == ANSWER_YES;

	if (reason.answer == ANSWER_NO)
		return;
	finding = intent_finding(judge, judged, STR("intent-forbid"), KIND_INTENT_FORBIDDEN,
		sure ? SEVERITY_CRITICAL : SEVERITY_HIGH, entry->place);
	judged->refused = judged->named = true;
	if (!finding)
		return;
	finding->message = arena_printf(judge->arena,
		"%.*s %.*s, and the intent forbids that (%.*s).", STR_ARG(finding->address),
		STR_ARG(change_sentence(judged->change, judge->arena)),
		STR_ARG(line_text(entry, judge->arena)));
	if (!sure) {
		finding->state = STATE_UNKNOWN;
		finding->cause =
			arena_printf(judge->arena, "Not certain: %.*s.", STR_ARG(reason.text));
	}
	finding->remedy = STR("Take the change out of the plan, or the line out of the intent.");
}

static struct finding *expect_finding(
	struct judge *judge, struct judged *judged, struct reason reason, enum severity severity)
{
	return intent_finding(judge, judged,
		reason.lineage ? STR("intent-from") : STR("intent-expect"),
		reason.lineage ? KIND_INTENT_LINEAGE : KIND_INTENT_UNEXPECTED, severity,
		reason.place);
}

/* An expectation that names the change, and is contradicted by it. */
static void tell_contradiction(
	struct judge *judge, struct judged *judged, const struct entry *entry, struct reason reason)
{
	struct finding *finding = expect_finding(judge, judged, reason, SEVERITY_CRITICAL);

	judged->named = true;
	if (!finding)
		return;
	finding->message = arena_printf(judge->arena,
		"%.*s %.*s, but not as the intent says (%.*s): %.*s.", STR_ARG(finding->address),
		STR_ARG(change_sentence(judged->change, judge->arena)),
		STR_ARG(line_text(entry, judge->arena)), STR_ARG(reason.text));
	finding->remedy =
		STR("Correct the configuration, or the condition in the intent if it is wrong.");
}

static void tell_undecided(
	struct judge *judge, struct judged *judged, const struct entry *entry, struct reason reason)
{
	struct finding *finding = expect_finding(judge, judged, reason, SEVERITY_MEDIUM);

	if (!finding)
		return;
	finding->state = STATE_UNKNOWN;
	finding->message = arena_printf(judge->arena,
		"%.*s %.*s as the intent says (%.*s), but %.*s.", STR_ARG(finding->address),
		STR_ARG(change_sentence(judged->change, judge->arena)),
		STR_ARG(line_text(entry, judge->arena)), STR_ARG(reason.text));
	finding->remedy = reason.lineage ? STR("Refer to the object or to a snapshot of it in the "
					       "configuration, for example through "
					       "a data source; or look it up and write what you "
					       "saw instead of from, as in "
					       "\"after: {snapshot_identifier: NAME}\".")
					 : STR("A person decides; or write a condition on a value "
					       "that is known before apply.");
}

static void judge_entry(struct judge *judge, struct judged *judged, const struct entry *entry,
	struct answers *answers)
{
	struct tally *tally = &judge->tallies[entry->index];
	struct reason reason;

	if (intent_expired(judge->intent) && (entry->actions & ACTIONS_DESTROY)) {
		answers->expired = true;
		return;
	}
	reason = conditions_judge(judge, entry, judged->change);
	if (reason.answer == ANSWER_NO) {
		tally->contradicted++;
		if (entry->list == LIST_EXPECT)
			tell_contradiction(judge, judged, entry, reason);
		else
			answers->allow_reason = reason;
		return;
	}
	tally->matched++;
	if (reason.answer == ANSWER_UNKNOWN) {
		answers->unknown = entry;
		answers->unknown_reason = reason;
		return;
	}
	answers->yes = entry;
	if (!arena_grow(judge->arena, (void **)&judge->matches, judge->match_count,
		    &judge->match_room, sizeof(*judge->matches)))
		return;
	judge->matches[judge->match_count++] = (struct match){.judged = judged, .entry = entry};
}

static const struct phase *otherwise_of(const struct intent *intent)
{
	if (intent->active && intent->active->otherwise != OTHERWISE_TABLE)
		return intent->active;
	return &intent->common;
}

/* How much an unnamed change weighs; verdict.def makes verdicts of it. */
static enum severity weigh(
	const struct change *change, enum otherwise otherwise, struct arena *arena)
{
	enum type_class class = change_class(change);
	bool destroys = plan_action_destroys(change->action);
	enum severity severity = SEVERITY_MEDIUM;

	if (change->action == ACTION_UNKNOWN)
		return SEVERITY_CRITICAL;
	if (destroys && class != TYPE_STATELESS && class != TYPE_DISPOSABLE)
		severity = SEVERITY_CRITICAL;
	else if (class == TYPE_DISPOSABLE)
		severity = SEVERITY_INFO;
	else if (destroys)
		severity = SEVERITY_HIGH;
	else if (change->action == ACTION_UPDATE && str_empty(change->previous_address) &&
		!change->importing && change_is_tags_only(change, arena))
		severity = SEVERITY_INFO;
	if (otherwise == OTHERWISE_BLOCK)
		return SEVERITY_CRITICAL;
	if (otherwise == OTHERWISE_ASK && severity < SEVERITY_MEDIUM)
		return SEVERITY_MEDIUM;
	if (otherwise == OTHERWISE_PASS && severity == SEVERITY_MEDIUM)
		return SEVERITY_INFO;
	return severity;
}

static void tell_unnamed(struct judge *judge, struct judged *judged, const struct answers *answers)
{
	const struct phase *phase = otherwise_of(judge->intent);
	const struct change *change = judged->change;
	struct arena *arena = judge->arena;
	struct node place = node_exists(phase->otherwise_place) ? phase->otherwise_place
		: judge->intent->active                         ? judge->intent->active->place
								: judge->intent->common.place;
	/* What has no address that weir can take apart cannot be kept, so it may not happen. */
	enum severity severity =
		judged->parsed ? weigh(change, phase->otherwise, arena) : SEVERITY_CRITICAL;
	struct finding *finding = intent_finding(
		judge, judged, STR("intent-unexpected"), KIND_INTENT_UNEXPECTED, severity, place);
	struct str line = change_line(change, arena);

	if (!finding)
		return;
	finding->message = arena_printf(arena, "%.*s %.*s, and no line of the intent names that.",
		STR_ARG(finding->address), STR_ARG(change_sentence(change, arena)));
	if (answers->expired)
		finding->cause = STR("The line that named it has expired.");
	else if (!str_absent(answers->allow_reason.text))
		finding->cause = arena_printf(arena, "The line that allows it does not hold: %.*s.",
			STR_ARG(answers->allow_reason.text));
	if (str_absent(line) || severity == SEVERITY_INFO)
		return;
	finding->remedy =
		arena_printf(arena, "If this is meant, write into the intent, under expect%s: %.*s",
			plan_action_destroys(change->action) && judge->intent->end == INT64_MAX
				? " (and expires: YYYY-MM-DD at its top)"
				: "",
			STR_ARG(line));
}

void match_judge(struct judge *judge, struct judged *judged)
{
	const struct phase *scopes[SCOPES_MOST];
	size_t scope_count = intent_scopes(judge->intent, scopes);
	struct answers answers = {0};

	for (size_t s = 0; s < scope_count; s++)
		for (size_t i = 0; i < scopes[s]->entries.count; i++) {
			const struct entry *entry = &scopes[s]->entries.items[i];

			if (entry->list == LIST_FORBID && forbids(entry, judged))
				judge_forbid(judge, judged, entry);
			else if (entry->list != LIST_FORBID && names(entry, judged))
				judge_entry(judge, judged, entry, &answers);
		}
	if (!answers.yes && answers.unknown) {
		tell_undecided(judge, judged, answers.unknown, answers.unknown_reason);
		judged->named = true;
	}
	if (answers.yes)
		judged->named = true;
	if (!judged->named &&
		!(judged->asked && otherwise_of(judge->intent)->otherwise != OTHERWISE_BLOCK))
		tell_unnamed(judge, judged, &answers);
}

static void tell_count(struct judge *judge, const struct entry *entry, size_t matched)
{
	/* One destroy more than was meant is a destroy that nobody meant. */
	bool grave = matched > entry->max && (entry->actions & ACTIONS_DESTROY);
	struct finding *finding = intent_finding(judge, NULL, STR("intent-count"),
		KIND_INTENT_COUNT, grave ? SEVERITY_CRITICAL : SEVERITY_MEDIUM,
		node_exists(entry->count_place) ? entry->count_place : entry->place);
	struct arena *arena = judge->arena;
	struct str wanted;

	if (!finding)
		return;
	if (entry->min == entry->max)
		wanted = arena_printf(arena, "%zu", entry->max);
	else if (entry->max == SIZE_MAX)
		wanted = arena_printf(arena, "at least %zu", entry->min);
	else
		wanted = arena_printf(arena, "%zu to %zu", entry->min, entry->max);
	finding->address = entry->glob.text;
	finding->message = arena_printf(arena,
		"The line \"%.*s\" fits %zu change%s, and the intent counts %.*s.",
		STR_ARG(line_text(entry, arena)), matched, matched == 1 ? "" : "s",
		STR_ARG(wanted));
	finding->remedy = arena_printf(arena,
		"If this is meant, write into the intent, under %s: - {%.*s: %.*s, count: %zu}",
		entry->list == LIST_EXPECT ? "expect" : "allow", STR_ARG(entry->word),
		STR_ARG(yaml_scalar(entry->glob.text, arena)), matched);
}

static void tell_missing(struct judge *judge, const struct entry *entry, struct reason reason)
{
	bool met = reason.answer == ANSWER_YES;
	struct finding *finding = intent_finding(judge, NULL, STR("intent-missing"),
		KIND_INTENT_MISSING, met ? SEVERITY_INFO : SEVERITY_MEDIUM, entry->place);

	if (!finding)
		return;
	finding->address = entry->glob.text;
	if (met) {
		finding->message = arena_printf(judge->arena,
			"The expectation \"%.*s\" is met already; the plan has nothing to do for "
			"it.",
			STR_ARG(line_text(entry, judge->arena)));
		return;
	}
	if (reason.answer == ANSWER_UNKNOWN)
		finding->state = STATE_UNKNOWN;
	finding->message = arena_printf(judge->arena,
		"The intent expects \"%.*s\", and the plan does not do it: %.*s.",
		STR_ARG(line_text(entry, judge->arena)), STR_ARG(reason.text));
	finding->remedy = STR(
		"Complete the configuration, or take the line out of the intent if it is done.");
}

void match_finish(struct judge *judge)
{
	const struct phase *scopes[SCOPES_MOST];
	size_t scope_count = intent_scopes(judge->intent, scopes);

	for (size_t s = 0; s < scope_count; s++)
		for (size_t i = 0; i < scopes[s]->entries.count; i++) {
			const struct entry *entry = &scopes[s]->entries.items[i];
			const struct tally *tally = &judge->tallies[entry->index];
			struct reason reason;

			if (tally->matched > entry->max)
				tell_count(judge, entry, tally->matched);
			if (tally->matched >= entry->min)
				continue;
			/* An expectation that a change contradicts was told with that change. */
			if (tally->matched == 0 && tally->contradicted > 0)
				continue;
			reason = state_is_met(judge, entry, tally->matched, false);
			if (reason.answer == ANSWER_YES || tally->matched == 0)
				tell_missing(judge, entry, reason);
			else
				tell_count(judge, entry, tally->matched);
		}
}
