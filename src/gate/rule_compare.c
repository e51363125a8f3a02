/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Comparing one value before with the same one after, where "worse" is neither
 * a number nor a list: an order of values that a rule gives from strong to weak
 * (TLS policies, modes, who may do without a second factor), and "it is another
 * one than before".
 */
#include "gate/rule_model.h"
#include "gate/value_path.h"

/* How weak the weakest value on a path is. */
struct rank {
	const struct matcher *order;
	size_t worst;
	bool any;
};

static int rank_value(struct node value, void *payload)
{
	struct rank *rank = payload;

	for (size_t i = 0; i < rank->order->count; i++) {
		if (!matcher_holds(&rank->order->children[i], value))
			continue;
		if (!rank->any || i > rank->worst)
			rank->worst = i;
		rank->any = true;
		break;
	}
	return 0;
}

static struct rank rank_of(const struct path_match *match, struct node root)
{
	struct rank rank = {.order = &match->matcher};

	(void)value_path_visit(root, match->path, rank_value, &rank);
	return rank;
}

enum truth values_downgraded(const struct path_match *match, const struct change *change)
{
	struct rank before, after;

	if (node_is_null(change->before))
		return TRUTH_NO;
	before = rank_of(match, change->before);
	if (!before.any || before.worst + 1 >= match->matcher.count)
		return TRUTH_NO;
	if (value_path_unknown(change->after_unknown, match->path))
		return TRUTH_UNKNOWN;
	after = rank_of(match, change->after);
	return after.any && after.worst > before.worst ? TRUTH_YES : TRUTH_NO;
}

enum truth value_changed(struct str path, const struct change *change)
{
	struct node before = value_path_first(change->before, path);

	if (node_is_null(before))
		return TRUTH_NO;
	if (value_path_unknown(change->after_unknown, path))
		return TRUTH_UNKNOWN;
	return node_equal(before, value_path_first(change->after, path)) ? TRUTH_NO : TRUTH_YES;
}
