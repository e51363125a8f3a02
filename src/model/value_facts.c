/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Looking for a text among the values of changes.  A text is hostile and a plan
 * is large, so all looking together has a ceiling, behind which nothing is found and the caller asks.
 */
#include "model/facts.h"

enum { EFFORT_MOST = 50 * 1000 * 1000, INSIDE_LEAST = 4 };

static bool scalar_is(struct node node, struct str text)
{
	if (node_is_string(node))
		return node_text_is(node, text);
	return node_type(node) < NODE_ARRAY && str_eq(node_raw(node), text);
}

/* Walks the tape in a line: keys and values alike. */
static bool node_has(const struct facts *facts, struct node root, struct str text)
{
	uint32_t end;

	if (!node_exists(root))
		return false;
	end = root.at + tape_extent(root.doc->tape[root.at]);
	for (uint32_t at = root.at; at < end; at++) {
		struct node node = {root.doc, at};

		if (++*facts->effort > EFFORT_MOST)
			return false;
		if (scalar_is(node, text) ||
			(text.len >= INSIDE_LEAST && node_is_string(node) &&
				str_find(node_raw(node), text) != SIZE_MAX))
			return true;
	}
	return false;
}

static bool change_has(const struct facts *facts, const struct change *change, struct str text)
{
	return node_has(facts, change->before, text) || node_has(facts, change->after, text) ||
		node_has(facts, change->after_unknown, text);
}

bool facts_has_text(const struct facts *facts, const struct change *change, struct str text)
{
	const struct changes *changes = &facts->plan->changes;

	if (change)
		return change_has(facts, change, text);
	for (size_t i = 0; i < changes->count; i++)
		if (changes->items[i].action != ACTION_NO_OP &&
			change_has(facts, &changes->items[i], text))
			return true;
	return false;
}

bool facts_has_number(const struct facts *facts, const struct change *change, struct str digits)
{
	static const uint64_t units[] = {60, 3600, 86400, 604800, 1024, 1048576, 1073741824};
	uint64_t number;

	if (facts_has_text(facts, change, digits))
		return true;
	if (!str_to_u64(digits, &number) || number == 0 || number > 1000000)
		return false;
	for (size_t i = 0; i < COUNT_OF(units); i++) {
		char text[32];
		struct str scaled = {text + sizeof(text), 0};

		for (uint64_t left = number * units[i]; left; left /= 10, scaled.len++) {
			scaled.data--;
			text[sizeof(text) - scaled.len - 1] = (char)('0' + left % 10);
		}
		if (facts_has_text(facts, change, scaled))
			return true;
	}
	return false;
}

/* Documents are at most 512 deep. */
static bool holds(const struct facts *facts, struct node node, struct str own_key, struct str key,
	struct str value)
{
	struct node_iter it;

	if (++*facts->effort > EFFORT_MOST)
		return false;
	if (node_type(node) < NODE_ARRAY)
		return (str_absent(key) || str_eq(own_key, key)) && scalar_is(node, value);
	it = node_children(node);
	while (node_next(&it))
		if (holds(facts, it.value, node_is_object(node) ? node_raw(it.key) : own_key, key,
			    value))
			return true;
	return false;
}

bool facts_holds(const struct facts *facts, const struct change *change, enum value_side side,
	struct str key, struct str value)
{
	struct node root = side == SIDE_BEFORE ? change->before : change->after;

	return node_exists(root) && holds(facts, root, (struct str){NULL, 0}, key, value);
}
