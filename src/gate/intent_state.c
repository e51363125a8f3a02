/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The objects that exist already.  An expectation that the state meets is no
 * longer due, and a phase may require that an earlier one is done.
 */
#include <stdlib.h>

#include "gate/intent_model.h"

static int compare(const void *left, const void *right)
{
	const struct state_object *a = left, *b = right;
	int order = str_cmp(a->address.text, b->address.text);

	return order != 0 ? order : str_cmp(a->address.deposed, b->address.deposed);
}

static bool add_object(struct judge *judge, struct node node)
{
	struct state *state = &judge->state;
	struct state_object object = {.self = node, .values = NODE_GET(node, "values")};
	struct str text = node_text(NODE_GET(node, "address"), judge->arena);

	if (str_absent(text) || !address_parse(text, judge->arena, &object.address))
		return !arena_failed(judge->arena);
	object.address.deposed = node_text(NODE_GET(node, "deposed_key"), judge->arena);
	if (!arena_grow(judge->arena, (void **)&state->items, state->count, &state->room,
		    sizeof(*state->items)))
		return false;
	state->items[state->count++] = object;
	return true;
}

const struct state *state_get(struct judge *judge)
{
	struct state *state = &judge->state;
	struct node values = NODE_GET(judge->plan->prior_state, "values");
	struct node *stack = NULL;
	size_t depth = 0, room = 0;

	if (state->built)
		return state;
	state->built = true;
	/* A plan without a prior state is one of a first apply, or one that was cut down. */
	state->known = node_is_object(judge->plan->prior_state);
	if (!arena_grow(judge->arena, (void **)&stack, depth, &room, sizeof(*stack)))
		return state;
	stack[depth++] = NODE_GET(values, "root_module");
	while (depth > 0) {
		struct node module = stack[--depth];
		struct node_iter it = node_children(NODE_GET(module, "resources"));

		while (node_next(&it))
			if (!add_object(judge, it.value))
				return state;
		it = node_children(NODE_GET(module, "child_modules"));
		while (node_next(&it)) {
			if (!arena_grow(
				    judge->arena, (void **)&stack, depth, &room, sizeof(*stack)))
				return state;
			stack[depth++] = it.value;
		}
	}
	if (state->count > 1)
		qsort(state->items, state->count, sizeof(*state->items), compare);
	return state;
}

const struct state_object *state_find(struct judge *judge, struct str address)
{
	const struct state *state = state_get(judge);
	size_t low = 0, high = state->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (str_cmp(state->items[middle].address.text, address) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < state->count && str_eq(state->items[low].address.text, address); low++)
		if (str_absent(state->items[low].address.deposed))
			return &state->items[low];
	return NULL;
}

/* Does one object in state hold what the entry demands after? */
static struct reason object_meets(struct judge *judge, const struct entry *entry,
	const struct state_object *object, bool past)
{
	const struct change *change = change_at(judge, object->address.text);
	struct subject subject = {.values = object->values, .address = object->address.text};
	struct reason reason;

	/* A phase that is done is not undone by what the next one destroys. */
	if (!past && change && plan_action_destroys(change->action))
		return (struct reason){.answer = ANSWER_NO,
			.text = arena_printf(judge->arena, "%.*s exists and this plan destroys it",
				STR_ARG(object->address.text)),
			.place = entry->place};
	reason = conditions_after(judge, entry, &subject);
	if (!str_absent(entry->from.text)) {
		struct reason lineage = lineage_judge(judge, entry, &subject);

		/* What could not be decided was asked when the object was created. */
		if (lineage.answer == ANSWER_NO)
			reason = reason_worse(reason, lineage);
	}
	return reason;
}

static bool says_what_after(const struct entry *entry)
{
	for (size_t i = 0; i < entry->only.count; i++)
		if (entry->only.items[i].op != OP_NAMED)
			return true;
	return entry->after.count > 0;
}

static struct reason not_met(struct judge *judge, const struct entry *entry, const char *what)
{
	return (struct reason){.answer = ANSWER_NO,
		.place = entry->place,
		.text = arena_printf(judge->arena, "%.*s %s", STR_ARG(entry->glob.text), what)};
}

struct reason state_is_met(
	struct judge *judge, const struct entry *entry, size_t matched, bool past)
{
	const struct state *state = state_get(judge);
	struct reason reason = {.answer = ANSWER_YES, .place = entry->place};
	size_t present = 0, met = 0;

	if (!state->known)
		return (struct reason){.answer = ANSWER_UNKNOWN,
			.place = entry->place,
			.text = STR("the plan carries no prior state to look into")};
	if (entry->actions & (1u << ACTION_REPLACE | 1u << ACTION_REPLACE_CBD))
		return not_met(judge, entry, "is not replaced by this plan");
	for (size_t i = 0; i < state->count; i++) {
		struct reason one;

		if (!glob_match(&entry->glob, &state->items[i].address) ||
			!glob_match_deposed(&entry->glob, &state->items[i].address))
			continue;
		present++;
		one = object_meets(judge, entry, &state->items[i], past);
		if (one.answer == ANSWER_YES)
			met++;
		else
			reason = reason_worse(reason, one);
	}
	if (entry->actions & ACTIONS_LEAVE)
		return present == 0 ? (struct reason){.answer = ANSWER_YES, .place = entry->place}
				    : not_met(judge, entry, "is still in the state");
	if (present == 0)
		return not_met(judge, entry, "is not in the state");
	if ((entry->actions & action_bit(ACTION_UPDATE)) && !says_what_after(entry))
		return (struct reason){.answer = ANSWER_UNKNOWN,
			.place = entry->place,
			.text = STR("the line does not say what holds after the update")};
	if (met + matched >= entry->min)
		return (struct reason){.answer = ANSWER_YES, .place = entry->place};
	if (reason.answer == ANSWER_YES)
		return not_met(judge, entry, "is fewer times in the state than the intent counts");
	return reason;
}

static void tell_required(struct judge *judge, const struct require *require,
	const struct entry *entry, struct reason reason)
{
	struct finding *finding;
	bool lost = reason.answer == ANSWER_NO;
	/* An update that does not say what it leads to leaves nothing to look for. */
	bool mute = judge->state.known && reason.answer == ANSWER_UNKNOWN &&
		(entry->actions & action_bit(ACTION_UPDATE)) && !says_what_after(entry);

	finding = intent_finding(judge, NULL, STR("intent-requires"), KIND_INTENT_MISSING,
		lost           ? SEVERITY_CRITICAL
			: mute ? SEVERITY_INFO
			       : SEVERITY_MEDIUM,
		require->place);
	if (!finding)
		return;
	finding->address = entry->glob.text;
	if (!lost)
		finding->state = STATE_UNKNOWN;
	finding->message = arena_printf(judge->arena,
		"The phase %.*s requires %.*s, %s \"%.*s: %.*s\"%s: %.*s.",
		STR_ARG(judge->intent->active->name), STR_ARG(require->name),
		lost ? "but its" : "and it cannot be told from the state whether its",
		STR_ARG(entry->word), STR_ARG(entry->glob.text), lost ? " is not done" : " is done",
		STR_ARG(reason.text));
	finding->remedy = arena_printf(judge->arena, "Apply the phase %.*s first (--phase %.*s).",
		STR_ARG(require->name), STR_ARG(require->name));
}

void state_judge_requires(struct judge *judge)
{
	const struct intent *intent = judge->intent;

	if (!intent->active)
		return;
	for (size_t i = 0; i < intent->active->require_count; i++) {
		const struct require *require = &intent->active->requires[i];

		for (size_t j = 0; j < intent->phase_count; j++) {
			const struct phase *phase = &intent->phases[j];

			if (!str_eq(phase->name, require->name))
				continue;
			for (size_t k = 0; k < phase->entries.count; k++) {
				const struct entry *entry = &phase->entries.items[k];
				struct reason reason;

				if (entry->list != LIST_EXPECT || entry->min == 0 ||
					(entry->actions &
						(1u << ACTION_REPLACE | 1u << ACTION_REPLACE_CBD)))
					continue;
				reason = state_is_met(judge, entry, 0, true);
				if (reason.answer != ANSWER_YES)
					tell_required(judge, require, entry, reason);
			}
		}
	}
}
