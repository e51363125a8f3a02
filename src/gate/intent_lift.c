/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which hazards the intent lifts: those of a destroy that a line names, those
 * at an attribute that `only` names, and those accepted in writing.  A line
 * that the reviewed tree brought itself lifts to an ask at best.
 */
#include <stdlib.h>

#include "gate/intent_model.h"
#include "gate/verdict.h"

static int compare(const void *left, const void *right)
{
	const struct match *a = left, *b = right;
	int order = str_cmp(a->full_address, b->full_address);

	if (order != 0)
		return order;
	return (a->entry->index > b->entry->index) - (a->entry->index < b->entry->index);
}

/* The first of the matches at an address, which are sorted; match_count if there is none. */
static size_t first_match(const struct judge *judge, struct str address)
{
	size_t low = 0, high = judge->match_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (str_cmp(judge->matches[middle].full_address, address) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Hazards that a destroy as a whole has, so that naming the destroy names them. */
static bool is_of_destroy(const struct finding *finding)
{
	switch (finding->kind) {
	case KIND_STATEFUL_DESTROY:
	case KIND_STATEFUL_REPLACE:
	case KIND_UNKNOWN_TYPE_DESTROY:
	case KIND_OUTAGE:
	case KIND_IDENTITY_LOSS:
	case KIND_BLAST_RADIUS:
		return true;
	case KIND_PREVENT_DESTROY_LOST:
		return str_absent(finding->path);
	default:
		return false;
	}
}

static bool covers(const struct match *match, const struct finding *finding)
{
	const struct entry *entry = match->entry;

	if (plan_action_destroys(match->judged->change->action) && is_of_destroy(finding))
		return true;
	if (!entry->has_only || str_empty(finding->path))
		return false;
	for (size_t i = 0; i < entry->only.count; i++)
		if (path_is_within(finding->path, entry->only.items[i].path))
			return true;
	return false;
}

static void tell_relaxed(
	struct judge *judge, const struct finding *finding, struct str line, struct node place)
{
	struct str address = finding->address, rule = finding->rule;
	struct finding *told = intent_finding(judge, NULL, STR("intent-relaxed-here"),
		KIND_INTENT_RELAXED_HERE, SEVERITY_HIGH, place);

	if (!told)
		return;
	told->address = address;
	told->message = arena_printf(judge->arena,
		"This change itself brings the line that lifts %.*s at %.*s: \"%.*s\".",
		STR_ARG(rule), STR_ARG(address), STR_ARG(line));
	told->remedy =
		STR("A person decides, or the line is merged before the change that needs it.");
}

static bool lift_by_entry(struct judge *judge, size_t at)
{
	struct finding *finding = &judge->findings->items[at];

	for (size_t i = first_match(judge, finding->address); i < judge->match_count; i++) {
		const struct match *match = &judge->matches[i];
		struct tally *tally = &judge->tallies[match->entry->index];

		if (!str_eq(match->full_address, finding->address))
			break;
		if (match->judged->refused || intent_expired(judge->intent) ||
			tally->matched > match->entry->max || !covers(match, finding))
			continue;
		finding->intent = intent_place(match->entry->place);
		finding->verdict = match->entry->relaxed ? VERDICT_ASK : VERDICT_PASS;
		if (match->entry->relaxed && !match->entry->told && !tally->asked) {
			tally->asked = true;
			tell_relaxed(judge, finding,
				arena_printf(judge->arena, "%.*s: %.*s",
					STR_ARG(match->entry->word),
					STR_ARG(match->entry->glob.text)),
				match->entry->place);
		}
		return true;
	}
	return false;
}

static bool accepts(const struct accept *accept, const struct finding *finding,
	const struct address *address, bool parsed)
{
	if (!str_eq(accept->rule, finding->rule))
		return false;
	if (!str_absent(accept->path) && !path_is_within(finding->path, accept->path))
		return false;
	if (str_eq(accept->glob.text, finding->address))
		return true;
	return parsed && glob_match(&accept->glob, address) &&
		glob_match_deposed(&accept->glob, address);
}

static void tell_expired(
	struct judge *judge, const struct finding *finding, const struct accept *accept)
{
	struct str address = finding->address, rule = finding->rule;
	struct finding *told = intent_finding(judge, NULL, STR("intent-accept-expired"),
		KIND_INTENT_EXPIRED, SEVERITY_LOW, accept->place);

	if (!told)
		return;
	told->address = address;
	told->message = arena_printf(judge->arena, "The acceptance of %.*s at %.*s has expired.",
		STR_ARG(rule), STR_ARG(address));
}

static void lift_by_accept(struct judge *judge, size_t at)
{
	const struct phase *scopes[SCOPES_MOST];
	size_t scope_count = intent_scopes(judge->intent, scopes);
	struct address address = {0};
	bool parsed;

	parsed = address_parse(judge->findings->items[at].address, judge->arena, &address);
	for (size_t s = 0; s < scope_count; s++)
		for (size_t i = 0; i < scopes[s]->accept.count; i++) {
			const struct accept *accept = &scopes[s]->accept.items[i];
			struct finding *finding = &judge->findings->items[at];

			if (!accepts(accept, finding, &address, parsed))
				continue;
			if (judge->intent->now >= accept->end) {
				tell_expired(judge, finding, accept);
				continue;
			}
			finding->state = STATE_ACCEPTED;
			finding->intent = intent_place(accept->place);
			finding->verdict = accept->relaxed ? VERDICT_ASK : VERDICT_PASS;
			finding->cause = arena_printf(
				judge->arena, "Accepted: %.*s", STR_ARG(accept->reason));
			return;
		}
}

static bool has_accepts(const struct judge *judge)
{
	const struct phase *scopes[SCOPES_MOST];
	size_t scope_count = intent_scopes(judge->intent, scopes), count = 0;

	for (size_t s = 0; s < scope_count; s++)
		count += scopes[s]->accept.count;
	return count > 0;
}

void match_lift(struct judge *judge, size_t finding_count)
{
	bool accepting = has_accepts(judge);

	for (size_t i = 0; i < judge->match_count; i++)
		judge->matches[i].full_address =
			change_full_address(judge->matches[i].judged->change, judge->arena);
	if (judge->match_count > 1)
		qsort(judge->matches, judge->match_count, sizeof(*judge->matches), compare);
	for (size_t i = 0; i < finding_count; i++) {
		const struct finding *finding = &judge->findings->items[i];

		if (!verdict_may_lift(finding->kind) || !str_eq(finding->plan, judge->plan->name) ||
			str_absent(finding->address))
			continue;
		if (!lift_by_entry(judge, i) && accepting)
			lift_by_accept(judge, i);
	}
}
