/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Matchers: what a rule may ask of one value, read from data and held against
 * the plan.  They are apart from predicates because a matcher sees one value
 * and knows nothing of before, after or changes.
 */
#include "gate/glob.h"
#include "gate/rule_model.h"
#include "gate/value_path.h"

static int bad(struct node node, struct error *err, const char *what)
{
	return error_node(err, ERR_RULE_SYNTAX, node, "%s", what);
}

static int read_list(
	struct node node, struct arena *arena, struct matcher *matcher, struct error *err)
{
	struct node_iter it = node_children(node);
	size_t count = node_count(node), i = 0;
	struct matcher *items = ARENA_ARRAY(arena, struct matcher, count);

	if (!items)
		return error_memory(err);
	if (count == 0)
		return bad(node, err, "an empty list matches nothing");
	while (node_next(&it)) {
		int r = matcher_read(it.value, arena, &items[i++], err);

		if (r < 0)
			return r;
	}
	*matcher = (struct matcher){.kind = MATCH_ANY_OF, .children = items, .count = count};
	return 0;
}

static int read_range(
	struct node node, struct arena *arena, struct matcher *matcher, struct error *err)
{
	struct network_rule range;

	matcher->kind = MATCH_CIDR;
	matcher->text = arena_str(arena, node_text(node, arena));
	matcher->flag = str_is(matcher->text, "world");
	if (!matcher->flag && !range_parse(matcher->text, &range))
		return bad(node, err, "an address range or 'world' belongs here");
	return 0;
}

/* {not: x}, {matches: "a*"}, {below: 5}, {above: 5}, {cidr: world}, {absent: true} */
static int read_operator(
	struct node node, struct arena *arena, struct matcher *matcher, struct error *err)
{
	struct node_iter it = node_children(node);
	struct matcher *child;

	if (node_count(node) != 1 || !node_next(&it))
		return bad(
			node, err, "one of not, matches, below, above, cidr, absent belongs here");
	if (node_text_is(it.key, STR("not"))) {
		child = ARENA_NEW(arena, struct matcher);
		if (!child)
			return error_memory(err);
		*matcher = (struct matcher){.kind = MATCH_NOT, .children = child, .count = 1};
		return matcher_read(it.value, arena, child, err);
	}
	if (node_text_is(it.key, STR("matches"))) {
		matcher->kind = MATCH_GLOB;
		matcher->text = arena_str(arena, node_text(it.value, arena));
		return str_absent(matcher->text) ? bad(it.value, err, "a text belongs here") : 0;
	}
	if (node_text_is(it.key, STR("cidr")))
		return read_range(it.value, arena, matcher, err);
	if (node_text_is(it.key, STR("absent"))) {
		matcher->kind = MATCH_ABSENT;
		return node_is_true(it.value) ? 0 : bad(it.value, err, "only true is understood");
	}
	if (node_text_is(it.key, STR("below")))
		matcher->kind = MATCH_BELOW;
	else if (node_text_is(it.key, STR("above")))
		matcher->kind = MATCH_ABOVE;
	else
		return bad(it.key, err, "this operator is not known");
	return node_to_double(it.value, &matcher->number)
		? 0
		: bad(it.value, err, "a number belongs here");
}

/* Recursion ends at the document's own depth. */
int matcher_read(
	struct node node, struct arena *arena, struct matcher *ret_matcher, struct error *err)
{
	struct matcher matcher = {0};
	int r = 0;

	switch (node_type(node)) {
	case NODE_STRING:
	case NODE_ESCAPED:
		matcher.kind = MATCH_TEXT;
		matcher.text = arena_str(arena, node_text(node, arena));
		break;
	case NODE_NUMBER:
		matcher.kind = MATCH_NUMBER;
		if (!node_to_double(node, &matcher.number))
			return bad(node, err, "this number is out of range");
		break;
	case NODE_TRUE:
	case NODE_FALSE:
		matcher.kind = MATCH_BOOL;
		matcher.flag = node_is_true(node);
		break;
	case NODE_NULL:
		matcher.kind = MATCH_ABSENT;
		break;
	case NODE_ARRAY:
		r = read_list(node, arena, &matcher, err);
		break;
	case NODE_OBJECT:
		r = read_operator(node, arena, &matcher, err);
		break;
	}
	if (r == 0)
		*ret_matcher = matcher;
	return r;
}

int path_matches_read(struct node node, struct arena *arena, const struct path_match **ret_items,
	size_t *ret_count, struct error *err)
{
	struct node_iter it = node_children(node);
	size_t count = node_count(node), i = 0;
	struct path_match *items = ARENA_ARRAY(arena, struct path_match, count);

	if (!items)
		return error_memory(err);
	if (!node_is_object(node) || count == 0)
		return bad(node, err, "paths with their values belong here: {path: value}");
	for (; node_next(&it); i++) {
		int r;

		items[i].path = arena_str(arena, node_text(it.key, arena));
		if (!value_path_valid(items[i].path))
			return bad(it.key, err, "this is not a path");
		r = matcher_read(it.value, arena, &items[i].matcher, err);
		if (r < 0)
			return r;
	}
	*ret_items = items;
	*ret_count = count;
	return 0;
}

static bool is_absent(struct node value)
{
	if (node_is_null(value))
		return true;
	if (node_is_string(value))
		return node_raw(value).len == 0;
	if (node_is_array(value) || node_is_object(value))
		return node_count(value) == 0;
	return false;
}

static bool range_matches(const struct matcher *matcher, struct node value)
{
	struct network_rule range, wanted;

	if (!node_is_string(value) || !range_parse(node_raw(value), &range))
		return false;
	if (matcher->flag)
		return range_is_world(&range);
	return range_parse(matcher->text, &wanted) && ranges_nest(&range, &wanted);
}

bool matcher_holds(const struct matcher *matcher, struct node value)
{
	double number;

	switch (matcher->kind) {
	case MATCH_TEXT:
		return node_text_is(value, matcher->text);
	case MATCH_NUMBER:
		return node_to_double(value, &number) && number == matcher->number;
	case MATCH_BOOL:
		return node_type(value) == (matcher->flag ? NODE_TRUE : NODE_FALSE);
	case MATCH_ABSENT:
		return is_absent(value);
	case MATCH_ANY_OF:
		for (size_t i = 0; i < matcher->count; i++)
			if (matcher_holds(&matcher->children[i], value))
				return true;
		return false;
	case MATCH_NOT:
		return !matcher_holds(matcher->children, value);
	case MATCH_GLOB:
		return node_is_string(value) && text_glob(matcher->text, node_raw(value));
	case MATCH_BELOW:
		return node_to_double(value, &number) && number < matcher->number;
	case MATCH_ABOVE:
		return node_to_double(value, &number) && number > matcher->number;
	case MATCH_CIDR:
		return range_matches(matcher, value);
	}
	return false;
}

static int try_value(struct node value, void *payload)
{
	const struct matcher *matcher = payload;

	return matcher_holds(matcher, value);
}

bool path_match_holds(const struct path_match *match, struct node root)
{
	struct matcher matcher = match->matcher;

	return value_path_visit(root, match->path, try_value, &matcher) != 0;
}
