/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a line demands of values.  Each answer has three values: a value that
 * is known only after apply satisfies nothing and violates nothing.
 */
#include <stdlib.h>

#include "gate/intent_model.h"

bool path_is_within(struct str path, struct str above)
{
	if (!str_starts(path, above))
		return false;
	return path.len == above.len || path.data[above.len] == '.' || path.data[above.len] == '[';
}

struct reason reason_worse(struct reason a, struct reason b)
{
	return b.answer < a.answer ? b : a;
}

static int compare_addresses(const void *left, const void *right)
{
	const struct change *a = *(const struct change *const *)left;
	const struct change *b = *(const struct change *const *)right;
	int order = str_cmp(a->address, b->address);

	/* Of two with one address the first in the plan counts, whatever qsort() does. */
	return order != 0 ? order : (a > b) - (a < b);
}

static void index_addresses(struct judge *judge)
{
	const struct changes *changes = &judge->plan->changes;

	judge->by_address = ARENA_ARRAY(judge->arena, const struct change *, changes->count + 1);
	for (size_t i = 0; judge->by_address && i < changes->count; i++)
		if (str_absent(changes->items[i].deposed))
			judge->by_address[judge->by_address_count++] = &changes->items[i];
	if (judge->by_address_count > 1)
		qsort(judge->by_address, judge->by_address_count, sizeof(*judge->by_address),
			compare_addresses);
}

const struct change *change_at(struct judge *judge, struct str address)
{
	size_t low = 0, high;

	if (!judge->by_address)
		index_addresses(judge);
	high = judge->by_address_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (str_cmp(judge->by_address[middle]->address, address) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == judge->by_address_count || !str_eq(judge->by_address[low]->address, address))
		return NULL;
	return judge->by_address[low];
}

/* A mask says true somewhere at or below the node. Masks are as deep as documents may be. */
static bool has_true(struct node mask)
{
	struct node_iter it = node_children(mask);

	if (node_is_true(mask))
		return true;
	while (node_next(&it))
		if (has_true(it.value))
			return true;
	return false;
}

struct lookup {
	bool known;
	bool sensitive;
	struct node node;
};

static struct lookup look_up(
	struct judge *judge, const struct subject *subject, struct str path, bool after)
{
	const struct change *change = subject->change;
	struct lookup lookup = {.known = true};

	if (!change) {
		lookup.node = value_at(subject->values, path, judge->arena);
		lookup.sensitive =
			true; /* the mask of the state is not looked at, so nothing is printed */
		return lookup;
	}
	lookup.node = value_at(after ? change->after : change->before, path, judge->arena);
	lookup.sensitive = node_is_true(change_after_sensitive(change)) ||
		has_true(value_at(change_after_sensitive(change), path, judge->arena)) ||
		has_true(value_at(change_before_sensitive(change), path, judge->arena));
	if (after)
		lookup.known = change_after_state(change, path, judge->arena) != VALUE_UNKNOWN &&
			!has_true(value_at(change->after_unknown, path, judge->arena));
	return lookup;
}

/* Equal; a number equals its text, since YAML makes 14.12 a number where a plan says "14.12". */
static bool values_equal(struct node value, struct node wanted)
{
	bool loose = (node_is_string(value) && node_type(wanted) == NODE_NUMBER) ||
		(node_type(value) == NODE_NUMBER && node_is_string(wanted));

	if (node_is_null(value) || node_is_null(wanted))
		return node_is_null(value) && node_is_null(wanted);
	if (loose)
		return str_eq(node_raw(value), node_raw(wanted));
	return node_equal(value, wanted);
}

static enum answer judge_one_of(struct node value, struct node list)
{
	struct node_iter it = node_children(list);

	while (node_next(&it))
		if (values_equal(value, it.value))
			return ANSWER_YES;
	return ANSWER_NO;
}

static enum answer judge_lowered(struct judge *judge, const struct condition *condition,
	const struct subject *subject, struct node value)
{
	struct lookup before;
	double from, to, least;

	if (!subject->change)
		return ANSWER_YES; /* of the past: nothing in the state tells against it */
	before = look_up(judge, subject, condition->path, false);
	if (!node_to_double(before.node, &from) || !node_to_double(value, &to))
		return ANSWER_NO;
	if (node_to_double(condition->value, &least) && to < least)
		return ANSWER_NO;
	return to < from ? ANSWER_YES : ANSWER_NO;
}

static enum answer judge_text(
	const struct condition *condition, struct node value, struct arena *arena)
{
	struct str text = node_is_string(value) ? node_text(value, arena) : node_raw(value);

	if (node_is_null(value) || node_type(value) >= NODE_ARRAY || str_absent(text))
		return ANSWER_NO;
	switch (regex_match(condition->regex, text)) {
	case REGEX_YES:
		return ANSWER_YES;
	case REGEX_NO:
		return ANSWER_NO;
	case REGEX_LIMIT:
		break;
	}
	return ANSWER_UNKNOWN;
}

/* Of a list each element must fit, and there must be one. */
static enum answer judge_matches(
	const struct condition *condition, struct node value, struct arena *arena)
{
	struct node_iter it = node_children(value);
	enum answer worst = ANSWER_YES;

	if (!node_is_array(value))
		return judge_text(condition, value, arena);
	if (node_count(value) == 0)
		return ANSWER_NO;
	while (node_next(&it)) {
		enum answer one = judge_text(condition, it.value, arena);

		if (one < worst)
			worst = one;
	}
	return worst;
}

static enum answer judge_same_as(
	struct judge *judge, const struct condition *condition, struct node value, bool after)
{
	struct str path =
		str_absent(condition->other_path) ? condition->path : condition->other_path;
	struct subject other = {.change = change_at(judge, condition->other.text),
		.address = condition->other.text};
	struct lookup lookup;

	if (!other.change) {
		const struct state_object *object = state_find(judge, condition->other.text);

		if (!object)
			return ANSWER_UNKNOWN;
		other.values = object->values;
	} else if (node_is_null(other.change->after)) {
		after = false;
	} else if (node_is_null(other.change->before)) {
		after = true;
	}
	lookup = look_up(judge, &other, path, after);
	if (!lookup.known)
		return ANSWER_UNKNOWN;
	/* Two values that are both not there say nothing about each other. */
	if (node_is_null(lookup.node) && node_is_null(value))
		return ANSWER_UNKNOWN;
	return values_equal(value, lookup.node) ? ANSWER_YES : ANSWER_NO;
}

static bool all_identities(struct judge *judge, struct str address, struct node value)
{
	struct node_iter it = node_children(value);

	if (!node_is_array(value))
		return identity_matches(judge, address, value);
	while (node_next(&it))
		if (!identity_matches(judge, address, it.value))
			return false;
	return node_count(value) > 0;
}

/*
 * The expression refers to the object and to nothing else, and its value is known already: then it
 * must be something that the object has.  An expression can refer to an object and give nothing
 * (try(a.b[0].id, null)), or something else.
 */
static enum answer judge_referred_value(struct judge *judge, struct str address, struct node value)
{
	if (value_is_empty(value))
		return ANSWER_NO;
	return object_holds(judge, address, value) == ANSWER_NO ? ANSWER_UNKNOWN : ANSWER_YES;
}

static enum answer judge_refers_to(struct judge *judge, const struct condition *condition,
	const struct subject *subject, const struct lookup *lookup)
{
	struct str wanted = address_without_keys(condition->other.text, judge->arena);
	bool exact = str_eq(wanted, condition->other.text);
	const struct reference *items = NULL;
	size_t count = references_from(judge->references, subject->address, &items);
	size_t hits = 0, others = 0;

	for (size_t i = 0; i < count; i++) {
		if (!path_is_within(items[i].attribute, condition->path) &&
			!path_is_within(condition->path, items[i].attribute))
			continue;
		if (str_eq(items[i].to, wanted))
			hits++;
		else
			others++;
	}
	if (hits > 0 && others == 0 && exact)
		return lookup->known
			? judge_referred_value(judge, condition->other.text, lookup->node)
			: ANSWER_YES;
	if (lookup->known && !node_is_null(lookup->node) &&
		all_identities(judge, condition->other.text, lookup->node))
		return ANSWER_YES;
	return others > 0 && hits == 0 ? ANSWER_NO : ANSWER_UNKNOWN;
}

static struct str wanted_text(const struct condition *condition, struct arena *arena)
{
	struct str value = condition->op == OP_SAME_AS || condition->op == OP_REFERS_TO
		? condition->other.text
		: value_text(condition->value, false, arena);

	switch (condition->op) {
	case OP_EQUALS:
		return value;
	case OP_ONE_OF:
		return arena_printf(arena, "one of %.*s", STR_ARG(value));
	case OP_LOWERED:
		return node_is_true(condition->value)
			? STR("lower than before")
			: arena_printf(
				  arena, "lower than before and at least %.*s", STR_ARG(value));
	case OP_SAME_AS:
		return arena_printf(arena, "the same as %.*s has", STR_ARG(value));
	case OP_REFERS_TO:
		return arena_printf(arena, "a reference to %.*s", STR_ARG(value));
	case OP_MATCHES:
		return arena_printf(arena, "a text that matches %.*s", STR_ARG(value));
	case OP_NAMED:
		break;
	}
	return STR("changed");
}

static enum answer judge_op(struct judge *judge, const struct condition *condition,
	const struct subject *subject, const struct lookup *lookup, bool after)
{
	if (condition->op == OP_NAMED)
		return ANSWER_YES;
	if (condition->op == OP_REFERS_TO)
		return judge_refers_to(judge, condition, subject, lookup);
	if (!lookup->known)
		return ANSWER_UNKNOWN;
	switch (condition->op) {
	case OP_EQUALS:
		return values_equal(lookup->node, condition->value) ? ANSWER_YES : ANSWER_NO;
	case OP_ONE_OF:
		return judge_one_of(lookup->node, condition->value);
	case OP_LOWERED:
		return judge_lowered(judge, condition, subject, lookup->node);
	case OP_SAME_AS:
		return judge_same_as(judge, condition, lookup->node, after);
	default:
		return judge_matches(condition, lookup->node, judge->arena);
	}
}

struct reason condition_hold(struct judge *judge, const struct condition *condition,
	const struct subject *subject, bool after)
{
	struct lookup lookup = look_up(judge, subject, condition->path, after);
	struct reason reason = {.place = condition->place};

	reason.answer = judge_op(judge, condition, subject, &lookup, after);
	if (reason.answer == ANSWER_YES)
		return reason;
	if (!lookup.known)
		reason.text = arena_printf(judge->arena,
			"%.*s is known only after apply, and the intent wants %.*s",
			STR_ARG(condition->path), STR_ARG(wanted_text(condition, judge->arena)));
	else if (reason.answer == ANSWER_UNKNOWN)
		reason.text = arena_printf(judge->arena, "it cannot be told whether %.*s is %.*s",
			STR_ARG(condition->path), STR_ARG(wanted_text(condition, judge->arena)));
	else
		reason.text = arena_printf(judge->arena,
			"%.*s is %.*s%s, and the intent wants %.*s", STR_ARG(condition->path),
			STR_ARG(value_text(lookup.node, lookup.sensitive, judge->arena)),
			after ? "" : " before", STR_ARG(wanted_text(condition, judge->arena)));
	return reason;
}

static bool is_named(const struct conditions *only, struct str path)
{
	for (size_t i = 0; i < only->count; i++)
		if (path_is_within(path, only->items[i].path) ||
			(str_is(only->items[i].path, "tags") &&
				path_is_within(path, STR("tags_all"))))
			return true;
	return false;
}

/* Nothing but what `only` names may change. */
static struct reason judge_only(
	struct judge *judge, const struct entry *entry, const struct change *change)
{
	struct differences differences = {0};
	struct reason reason = {.answer = ANSWER_YES, .place = entry->place};

	if (change_diff(change, judge->arena, &differences, NULL) < 0)
		return (struct reason){.answer = ANSWER_UNKNOWN,
			.text = STR("what changes could not be read"),
			.place = entry->place};
	for (size_t i = 0; i < differences.count; i++) {
		const struct difference *difference = &differences.items[i];
		struct reason one = {.answer = ANSWER_NO, .place = entry->place};

		if (difference->kind == DIFF_SENSITIVITY ||
			is_named(&entry->only, difference->path))
			continue;
		if (difference->kind == DIFF_UNKNOWN)
			one.answer = ANSWER_UNKNOWN;
		one.text = arena_printf(judge->arena, "%.*s %s, which is not among what may change",
			STR_ARG(difference->path),
			difference->kind == DIFF_UNKNOWN ? "may change too" : "would change too");
		reason = reason_worse(reason, one);
	}
	return reason;
}

static struct reason judge_id(
	struct judge *judge, const struct entry *entry, const struct change *change)
{
	struct node id = NODE_GET(change->before, "id");
	struct reason reason = {.answer = ANSWER_YES, .place = entry->place};
	struct str text = node_is_string(id) ? node_text(id, judge->arena) : node_raw(id);

	if (!node_is_null(id) && str_eq(text, entry->id))
		return reason;
	reason.answer = node_is_null(id) ? ANSWER_UNKNOWN : ANSWER_NO;
	reason.text = node_is_null(id)
		? STR("the object has no id that could be compared")
		: arena_printf(judge->arena, "the object's id is %.*s, and the intent means %.*s",
			  STR_ARG(text), STR_ARG(entry->id));
	return reason;
}

struct reason conditions_after(
	struct judge *judge, const struct entry *entry, const struct subject *subject)
{
	const struct conditions *const lists[] = {&entry->after, &entry->only};
	struct reason reason = {.answer = ANSWER_YES, .place = entry->place};

	for (size_t l = 0; l < COUNT_OF(lists); l++)
		for (size_t i = 0; i < lists[l]->count; i++)
			reason = reason_worse(
				reason, condition_hold(judge, &lists[l]->items[i], subject, true));
	return reason;
}

struct reason conditions_judge(
	struct judge *judge, const struct entry *entry, const struct change *change)
{
	struct subject subject = {.change = change, .address = change->address};
	struct reason reason = {.answer = ANSWER_YES, .place = entry->place};

	if (!str_absent(entry->id))
		reason = reason_worse(reason, judge_id(judge, entry, change));
	for (size_t i = 0; i < entry->before.count; i++)
		reason = reason_worse(
			reason, condition_hold(judge, &entry->before.items[i], &subject, false));
	reason = reason_worse(reason, conditions_after(judge, entry, &subject));
	if (entry->has_only)
		reason = reason_worse(reason, judge_only(judge, entry, change));
	if (!str_absent(entry->from.text))
		reason = reason_worse(reason, lineage_judge(judge, entry, &subject));
	return reason;
}
