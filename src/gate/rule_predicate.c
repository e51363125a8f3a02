/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading predicates: the `when` of a rule.  A map with several members means
 * that all of them hold; each member's name is looked up in one table.
 */
#include "gate/rule_model.h"
#include "gate/value_path.h"

#include <math.h>

static int bad(struct node node, struct error *err, const char *what)
{
	return error_node(err, ERR_RULE_SYNTAX, node, "%s", what);
}

int keys_check(struct node object, const char *const *known, struct error *err)
{
	struct node_iter it = node_children(object);

	if (!node_is_object(object))
		return bad(object, err, "a map belongs here");
	while (node_next(&it)) {
		const char *const *key = known;

		while (*key && !node_text_is(it.key, str_of(*key)))
			key++;
		if (!*key)
			return error_node(err, ERR_RULE_KEY, it.key, "this key is not known here");
	}
	return 0;
}

int texts_read(struct node node, struct arena *arena, const struct str **ret_items,
	size_t *ret_count, struct error *err)
{
	bool list = node_is_array(node);
	size_t count = list ? node_count(node) : 1;
	struct node_iter it = node_children(node);
	struct str *items = ARENA_ARRAY(arena, struct str, count);

	if (!items)
		return error_memory(err);
	for (size_t i = 0; i < count; i++) {
		struct node item = node;

		if (list && node_next(&it))
			item = it.value;
		if (!node_is_string(item) || node_raw(item).len == 0)
			return bad(item, err, "a text, or a list of texts, belongs here");
		items[i] = arena_str(arena, node_text(item, arena));
	}
	*ret_items = items;
	*ret_count = count;
	return 0;
}

static int read_path(struct node node, struct arena *arena, struct str *ret_path, struct error *err)
{
	struct str path = arena_str(arena, node_text(node, arena));

	if (!value_path_valid(path))
		return bad(node, err, "a path belongs here");
	*ret_path = path;
	return 0;
}

static int read_children(
	struct node node, struct arena *arena, struct predicate *predicate, struct error *err)
{
	bool list = node_is_array(node);
	size_t count = list ? node_count(node) : 1;
	struct node_iter it = node_children(node);
	struct predicate *items = ARENA_ARRAY(arena, struct predicate, count);

	if (!items)
		return error_memory(err);
	if (list != (predicate->kind != PREDICATE_NOT) || count == 0)
		return bad(node, err,
			predicate->kind == PREDICATE_NOT ? "one predicate belongs here"
							 : "a list of predicates belongs here");
	for (size_t i = 0; i < count; i++) {
		int r;

		if (list)
			(void)node_next(&it);
		r = predicate_read(list ? it.value : node, arena, &items[i], err);
		if (r < 0)
			return r;
	}
	predicate->children = items;
	predicate->count = count;
	return 0;
}

static int read_classes(
	struct node node, struct arena *arena, struct predicate *predicate, struct error *err)
{
	static const char *const names[] = {[TYPE_UNKNOWN] = "unknown",
		[TYPE_STATELESS] = "stateless",
		[TYPE_DISPOSABLE] = "disposable",
		[TYPE_STATEFUL] = "stateful"};
	const struct str *items;
	size_t count;
	int r = texts_read(node, arena, &items, &count, err);

	for (size_t i = 0; r == 0 && i < count; i++) {
		size_t class = 0;

		while (class < COUNT_OF(names) && !str_is(items[i], names[class]))
			class ++;
		if (class == COUNT_OF(names))
			return bad(node, err,
				"unknown, stateless, disposable or stateful belongs here");
		predicate->classes |= 1u << class;
	}
	return r;
}

/* WAS, IS, BECOMES: a map of paths becomes as many predicates under one ALL. */
static int read_matches(
	struct node node, struct arena *arena, struct predicate *predicate, struct error *err)
{
	const struct path_match *items;
	struct predicate *children;
	size_t count;
	int r = path_matches_read(node, arena, &items, &count, err);

	if (r < 0)
		return r;
	if (count == 1) {
		predicate->match = items[0];
		return 0;
	}
	children = ARENA_ARRAY(arena, struct predicate, count);
	if (!children)
		return error_memory(err);
	for (size_t i = 0; i < count; i++)
		children[i] = (struct predicate){.kind = predicate->kind, .match = items[i]};
	predicate->kind = PREDICATE_ALL;
	predicate->children = children;
	predicate->count = count;
	return 0;
}

static int read_stand_in(struct node node, double *ret_value, bool *ret_known, struct error *err)
{
	if (!node_exists(node))
		return 0;
	*ret_known = true;
	if (node_text_is(node, STR("forever")))
		*ret_value = HUGE_VAL;
	else if (!node_to_double(node, ret_value))
		return bad(node, err, "a number or 'forever' belongs here");
	return 0;
}

static int read_number(
	struct node node, struct arena *arena, struct predicate *predicate, struct error *err)
{
	static const char *const known[] = {"path", "null_is", "zero_is", NULL};
	int r;

	if (node_is_string(node))
		return read_path(node, arena, &predicate->match.path, err);
	r = keys_check(node, known, err);
	if (r == 0)
		r = read_path(NODE_GET(node, "path"), arena, &predicate->match.path, err);
	if (r == 0)
		r = read_stand_in(NODE_GET(node, "null_is"), &predicate->null_value,
			&predicate->null_known, err);
	if (r == 0)
		r = read_stand_in(NODE_GET(node, "zero_is"), &predicate->zero_value,
			&predicate->zero_known, err);
	return r;
}

static int read_elements(
	struct node node, struct arena *arena, struct predicate *predicate, struct error *err)
{
	static const char *const known[] = {
		"path", "json", "identity", "label", "ignore", "where", "network", NULL};
	struct elements *elements = &predicate->elements;
	struct node member;
	int r;

	if (node_is_string(node))
		return read_path(node, arena, &elements->path, err);
	r = keys_check(node, known, err);
	if (r == 0)
		r = read_path(NODE_GET(node, "path"), arena, &elements->path, err);
	member = NODE_GET(node, "json");
	if (r == 0 && node_exists(member))
		r = read_path(member, arena, &elements->json, err);
	member = NODE_GET(node, "identity");
	if (r == 0 && node_exists(member))
		r = texts_read(member, arena, &elements->identity, &elements->identity_count, err);
	member = NODE_GET(node, "ignore");
	if (r == 0 && node_exists(member))
		r = texts_read(member, arena, &elements->ignore, &elements->ignore_count, err);
	member = NODE_GET(node, "label");
	if (r == 0 && node_exists(member))
		r = read_path(member, arena, &elements->label, err);
	member = NODE_GET(node, "where");
	if (r == 0 && node_exists(member))
		r = path_matches_read(member, arena, &elements->where, &elements->where_count, err);
	elements->network = node_is_true(NODE_GET(node, "network"));
	return r;
}

/* {path: ssl_policy, order: [strong, middle, weak]}: each step is a value, or a list of equally strong ones. */
static int read_order(
	struct node node, struct arena *arena, struct predicate *predicate, struct error *err)
{
	static const char *const known[] = {"path", "order", NULL};
	struct node order = NODE_GET(node, "order");
	int r = keys_check(node, known, err);

	if (r == 0)
		r = read_path(NODE_GET(node, "path"), arena, &predicate->match.path, err);
	if (r == 0 && (!node_is_array(order) || node_count(order) < 2))
		return bad(node_exists(order) ? order : node, err,
			"a list of values from strong to weak belongs here: 'order: [a, b]'");
	return r < 0 ? r : matcher_read(order, arena, &predicate->match.matcher, err);
}

static int read_forced(
	struct node node, struct arena *arena, struct predicate *predicate, struct error *err)
{
	return read_path(node, arena, &predicate->match.path, err);
}

static int read_least(
	struct node node, struct arena *arena, struct predicate *predicate, struct error *err)
{
	int64_t least;

	(void)arena;
	if (!node_to_i64(node, &least) || least < 1)
		return bad(node, err, "how many objects at least use it: 1 or more");
	predicate->least = (size_t)least;
	return 0;
}

static const struct {
	const char *name;
	enum predicate_kind kind;
	int (*read)(struct node, struct arena *, struct predicate *, struct error *);
} readers[] = {
	{"all", PREDICATE_ALL, read_children},
	{"any", PREDICATE_ANY, read_children},
	{"not", PREDICATE_NOT, read_children},
	{"class", PREDICATE_CLASS, read_classes},
	{"was", PREDICATE_WAS, read_matches},
	{"is", PREDICATE_IS, read_matches},
	{"becomes", PREDICATE_BECOMES, read_matches},
	{"lowered", PREDICATE_LOWERED, read_number},
	{"raised", PREDICATE_RAISED, read_number},
	{"removed", PREDICATE_REMOVED, read_elements},
	{"added", PREDICATE_ADDED, read_elements},
	{"forced_by", PREDICATE_FORCED_BY, read_forced},
	{"downgraded", PREDICATE_DOWNGRADED, read_order},
	{"changed", PREDICATE_CHANGED, read_forced},
	{"grants", PREDICATE_GRANTS, grants_read},
	{"denies_less", PREDICATE_DENIES_LESS, grants_read},
	{"opens", PREDICATE_OPENS, opens_read},
	{"secret", PREDICATE_SECRET, secret_read},
	{"abandons", PREDICATE_ABANDONS, read_forced},
	{"consumed", PREDICATE_CONSUMED, read_least},
};

static int read_member(struct node key, struct node value, struct arena *arena,
	struct predicate *predicate, struct error *err)
{
	for (size_t i = 0; i < COUNT_OF(readers); i++) {
		if (!node_text_is(key, str_of(readers[i].name)))
			continue;
		predicate->kind = readers[i].kind;
		return readers[i].read(value, arena, predicate, err);
	}
	return error_node(err, ERR_RULE_KEY, key, "this predicate is not known");
}

/* `types` and `message` belong to the case around a predicate, see rule_read.c. */
static bool is_predicate(struct node key)
{
	return !node_text_is(key, STR("types")) && !node_text_is(key, STR("message"));
}

int predicate_read(
	struct node node, struct arena *arena, struct predicate *ret_predicate, struct error *err)
{
	struct node_iter it = node_children(node);
	struct predicate *items;
	size_t room = node_count(node), count = 0;

	if (!node_is_object(node))
		return bad(node, err, "a predicate is a map, such as {becomes: {path: value}}");
	items = ARENA_ARRAY(arena, struct predicate, room);
	if (!items)
		return error_memory(err);
	while (node_next(&it)) {
		int r;

		if (!is_predicate(it.key))
			continue;
		r = read_member(it.key, it.value, arena, &items[count++], err);
		if (r < 0)
			return r;
	}
	if (count == 0)
		return bad(node, err, "a predicate belongs here");
	if (count == 1)
		*ret_predicate = items[0];
	else
		*ret_predicate = (struct predicate){
			.kind = PREDICATE_ALL, .children = items, .count = count};
	return 0;
}
