/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Holding predicates against one change, in three values.  Only what this plan
 * makes worse counts: `becomes`, `lowered`, `raised`, `removed` and `added`
 * compare before with after, and equal weakness on both sides is silent.
 */
#include <stdlib.h>

#include "gate/rule_model.h"
#include "gate/value_path.h"

/* The first predicate that says where decides the finding's path. */
static void at_path(struct judgement *judgement, struct str path)
{
	if (str_absent(judgement->path))
		judgement->path = value_path_stem(path);
}

struct judgement judgement_afresh(const struct judgement *judgement)
{
	struct judgement fresh = *judgement;

	fresh.path = fresh.elements = (struct str){NULL, 0};
	fresh.element_count = 0;
	fresh.failed = false;
	return fresh;
}

static enum truth judge_list(const struct predicate *predicate, struct judgement *judgement)
{
	bool any = predicate->kind == PREDICATE_ANY;
	enum truth result = any ? TRUTH_NO : TRUTH_YES;

	for (size_t i = 0; i < predicate->count; i++) {
		enum truth one = predicate_judge(&predicate->children[i], judgement);

		if (any ? one > result : one < result)
			result = one;
		if (result == (any ? TRUTH_YES : TRUTH_NO))
			break;
	}
	return result;
}

static enum truth judge_not(const struct predicate *predicate, struct judgement *judgement)
{
	/* What makes the inner one hold is not where the trouble is. */
	struct judgement inner = judgement_afresh(judgement);
	enum truth one = predicate_judge(predicate->children, &inner);

	judgement->failed |= inner.failed;
	return one == TRUTH_UNKNOWN ? one : one == TRUTH_YES ? TRUTH_NO : TRUTH_YES;
}

static enum truth judge_is(const struct predicate *predicate, struct judgement *judgement)
{
	const struct change *change = judgement->change;
	const struct path_match *match = &predicate->match;

	if (path_match_holds(match, change->after)) {
		/* "absent" may only be so because apply has yet to say what it is. */
		if (!node_exists(change->after_unknown) ||
			!value_path_unknown(change->after_unknown, match->path))
			return TRUTH_YES;
		return matcher_holds(&match->matcher, NODE_NONE) &&
				!judgement_left_out(judgement, match->path)
			? TRUTH_UNKNOWN
			: TRUTH_YES;
	}
	return judgement_unknown(judgement, match->path) ? TRUTH_UNKNOWN : TRUTH_NO;
}

static enum truth judge_becomes(const struct predicate *predicate, struct judgement *judgement)
{
	enum truth after;

	if (!node_is_null(judgement->change->before) &&
		path_match_holds(&predicate->match, judgement->change->before))
		return TRUTH_NO;
	after = judge_is(predicate, judgement);
	/* What the provider filled in before, it may fill in again. */
	if (after == TRUTH_YES && !node_is_null(judgement->change->before) &&
		judgement_left_out(judgement, predicate->match.path))
		after = TRUTH_UNKNOWN;
	if (after != TRUTH_NO)
		at_path(judgement, predicate->match.path);
	return after;
}

enum { NUMBERS_MOST = 256 }; /* on one path; more are not compared */

/* The numbers on a path, the ones that matter most first. */
struct numbers {
	const struct predicate *predicate;
	double items[NUMBERS_MOST];
	size_t count;
};

static int add_number(struct node value, void *payload)
{
	struct numbers *numbers = payload;
	const struct predicate *predicate = numbers->predicate;
	double number = predicate->null_value;

	if (node_is_null(value) ? !predicate->null_known : !node_to_double(value, &number))
		return 0;
	if (number == 0 && predicate->zero_known && !node_is_null(value))
		number = predicate->zero_value;
	if (numbers->count < NUMBERS_MOST)
		numbers->items[numbers->count++] = number;
	return 0;
}

static int by_size(const void *left, const void *right)
{
	const double *a = left, *b = right;

	return (*a > *b) - (*a < *b);
}

static struct numbers read_numbers(const struct predicate *predicate, struct node root)
{
	struct numbers numbers = {.predicate = predicate};

	(void)value_path_visit(root, predicate->match.path, add_number, &numbers);
	qsort(numbers.items, numbers.count, sizeof(*numbers.items), by_size);
	return numbers;
}

/* Of several numbers on a path the least is held against the least, and so on; for RAISED the greatest. */
static bool is_worse(const struct predicate *predicate, const struct numbers *before,
	const struct numbers *after)
{
	size_t count = before->count < after->count ? before->count : after->count;

	for (size_t i = 0; i < count; i++) {
		if (predicate->kind == PREDICATE_LOWERED && after->items[i] < before->items[i])
			return true;
		if (predicate->kind == PREDICATE_RAISED &&
			after->items[after->count - 1 - i] > before->items[before->count - 1 - i])
			return true;
	}
	return false;
}

static enum truth judge_number(const struct predicate *predicate, struct judgement *judgement)
{
	const struct change *change = judgement->change;
	struct numbers before, after;

	if (node_is_null(change->before))
		return TRUTH_NO;
	before = read_numbers(predicate, change->before);
	if (before.count == 0)
		return TRUTH_NO;
	/* Nothing sinks below none, whatever apply makes of it. */
	if (predicate->kind == PREDICATE_LOWERED && before.items[before.count - 1] == 0)
		return TRUTH_NO;
	if (value_path_unknown(change->after_unknown, predicate->match.path)) {
		at_path(judgement, predicate->match.path);
		return TRUTH_UNKNOWN;
	}
	after = read_numbers(predicate, change->after);
	if (!is_worse(predicate, &before, &after))
		return TRUTH_NO;
	at_path(judgement, predicate->match.path);
	return TRUTH_YES;
}

static enum truth judge_elements(const struct predicate *predicate, struct judgement *judgement)
{
	const struct change *change = judgement->change;
	const struct elements *elements = &predicate->elements;
	enum truth result;

	if (predicate->kind == PREDICATE_REMOVED)
		result = elements_missing(
			elements, change->before, change->after, change->after_unknown, judgement);
	else
		result = elements_missing(
			elements, change->after, change->before, NODE_NONE, judgement);
	if (predicate->kind == PREDICATE_ADDED && result == TRUTH_NO &&
		judgement_unknown(judgement, value_path_stem(elements->path)))
		result = TRUTH_UNKNOWN;
	if (result != TRUTH_NO)
		at_path(judgement, elements->path);
	return result;
}

static enum truth judge_forced(const struct predicate *predicate, struct judgement *judgement)
{
	struct str path = predicate->match.path;
	struct node_iter it = node_children(change_replace_paths(judgement->change));

	while (node_next(&it))
		if (node_text_is(node_at(it.value, 0), path)) {
			at_path(judgement, path);
			return TRUTH_YES;
		}
	return TRUTH_NO;
}

static enum truth judge_value(const struct predicate *predicate, struct judgement *judgement)
{
	enum truth result = predicate->kind == PREDICATE_DOWNGRADED
		? values_downgraded(&predicate->match, judgement->change)
		: value_changed(predicate->match.path, judgement->change);

	if (result != TRUTH_NO)
		at_path(judgement, predicate->match.path);
	return result;
}

static enum truth judge_abandons(const struct predicate *predicate, struct judgement *judgement)
{
	return judgement->neighbours &&
			neighbours_abandons(
				judgement->neighbours, judgement->change, predicate->match.path)
		? TRUTH_YES
		: TRUTH_NO;
}

enum { CONSUMERS = 3 }; /* named in a message */

static enum truth judge_consumed(const struct predicate *predicate, struct judgement *judgement)
{
	const struct change *const *items;
	size_t count;

	if (!judgement->neighbours)
		return TRUTH_NO;
	count = neighbours_consumers(judgement->neighbours, judgement->change, &items);
	if (count < predicate->least)
		return TRUTH_NO;
	judgement->element_count = count;
	judgement->elements = STR("");
	for (size_t i = 0; i < count && i < CONSUMERS; i++)
		judgement->elements = arena_printf(judgement->arena, "%.*s%s%.*s",
			STR_ARG(judgement->elements), i ? "; " : "", STR_ARG(items[i]->address));
	return TRUTH_YES;
}

static enum truth judge_class(const struct predicate *predicate, struct judgement *judgement)
{
	return predicate->classes >> change_class(judgement->change) & 1 ? TRUTH_YES : TRUTH_NO;
}

static enum truth judge_was(const struct predicate *predicate, struct judgement *judgement)
{
	return path_match_holds(&predicate->match, judgement->change->before) ? TRUTH_YES
									      : TRUTH_NO;
}

static enum truth (*const judges[])(const struct predicate *, struct judgement *) = {
	[PREDICATE_ALL] = judge_list,
	[PREDICATE_ANY] = judge_list,
	[PREDICATE_NOT] = judge_not,
	[PREDICATE_CLASS] = judge_class,
	[PREDICATE_WAS] = judge_was,
	[PREDICATE_IS] = judge_is,
	[PREDICATE_BECOMES] = judge_becomes,
	[PREDICATE_LOWERED] = judge_number,
	[PREDICATE_RAISED] = judge_number,
	[PREDICATE_REMOVED] = judge_elements,
	[PREDICATE_ADDED] = judge_elements,
	[PREDICATE_FORCED_BY] = judge_forced,
	[PREDICATE_DOWNGRADED] = judge_value,
	[PREDICATE_CHANGED] = judge_value,
	[PREDICATE_ABANDONS] = judge_abandons,
	[PREDICATE_CONSUMED] = judge_consumed,
	[PREDICATE_GRANTS] = grants_judge,
	[PREDICATE_DENIES_LESS] = grants_judge,
	[PREDICATE_OPENS] = opens_judge,
	[PREDICATE_SECRET] = secret_judge,
};

enum truth predicate_judge(const struct predicate *predicate, struct judgement *judgement)
{
	return judges[predicate->kind](predicate, judgement);
}
