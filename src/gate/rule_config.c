/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the configuration says of a value that only apply will tell.
 *
 * A plan calls a value unknown in two cases that mean different things to a rule: the author derives it
 * from something that does not exist yet, or the author says nothing and the provider fills it
 * in.  The second is no decision of anyone and is not worth an "undecided".
 */
#include <stdlib.h>

#include "gate/rule_model.h"
#include "gate/value_path.h"
#include "plan/reference.h"

enum { MODULES_DEEP = 64 };

struct config_entry_node {
	struct str address; /* without instance keys */
	struct node expressions;
};

struct config_index {
	struct arena *arena;
	struct config_entry_node *items;
	size_t count, room;
};

static void add_module(
	struct config_index *index, struct node module, struct str prefix, unsigned depth)
{
	struct node_iter resources = node_children(NODE_GET(module, "resources"));
	struct node_iter calls = node_children(NODE_GET(module, "module_calls"));

	while (node_next(&resources)) {
		struct str address = node_text(NODE_GET(resources.value, "address"), index->arena);

		if (!arena_grow(index->arena, (void **)&index->items, index->count, &index->room,
			    sizeof(*index->items)))
			return;
		if (prefix.len)
			address = arena_printf(
				index->arena, "%.*s.%.*s", STR_ARG(prefix), STR_ARG(address));
		index->items[index->count++] = (struct config_entry_node){
			address, NODE_GET(resources.value, "expressions")};
	}
	while (depth < MODULES_DEEP && node_next(&calls))
		add_module(index, NODE_GET(calls.value, "module"),
			arena_printf(index->arena, "%.*s%smodule.%.*s", STR_ARG(prefix),
				prefix.len ? "." : "", STR_ARG(node_text(calls.key, index->arena))),
			depth + 1);
}

static int by_address(const void *left, const void *right)
{
	const struct config_entry_node *a = left, *b = right;

	return str_cmp(a->address, b->address);
}

/* Made at the first unknown value, for all that follow. */
static const struct config_index *index_of(const struct judgement *judgement)
{
	struct config_index **slot = judgement->config;
	struct config_index *index;

	if (*slot)
		return *slot;
	index = ARENA_NEW(judgement->arena, struct config_index);
	if (!index)
		return NULL;
	index->arena = judgement->arena;
	add_module(index, NODE_GET(judgement->plan->configuration, "root_module"), STR(""), 0);
	if (index->count > 1)
		qsort(index->items, index->count, sizeof(*index->items), by_address);
	*slot = index;
	return index;
}

struct node judgement_expressions(const struct judgement *judgement)
{
	const struct config_index *index;
	struct config_entry_node wanted, *found;

	if (!judgement->config || !judgement->plan || !node_exists(judgement->plan->configuration))
		return NODE_NONE;
	index = index_of(judgement);
	wanted.address = address_without_keys(judgement->change->address, judgement->arena);
	if (!index || index->count == 0 || str_absent(wanted.address))
		return NODE_NONE;
	found = bsearch(&wanted, index->items, index->count, sizeof(*index->items), by_address);
	return found ? found->expressions : NODE_NONE;
}

/* The member that a path ends with, and the object that has it. */
static bool split_path(struct str path, struct str *ret_parent, struct str *ret_member)
{
	size_t dot = path.len;

	while (dot > 0 && path.data[dot - 1] != '.')
		dot--;
	*ret_member = str_slice(path, dot, path.len);
	*ret_parent = str_slice(path, 0, dot > 0 ? dot - 1 : 0);
	return str_find_char(*ret_member, '[') == SIZE_MAX;
}

/* `null` leaves a value to the provider, as if nothing were written. */
static bool is_said(struct node expression)
{
	struct node constant =
		node_is_object(expression) ? NODE_GET(expression, "constant_value") : NODE_NONE;

	return node_exists(expression) && !(node_exists(constant) && node_is_null(constant));
}

/* Blocks of some attributes are told as one expression, which covers all members. */
static bool is_expression(struct node node)
{
	return node_is_array(NODE_GET(node, "references"));
}

/* 1: somebody wrote an expression for it; visited for each block that could hold it. */
static int is_written(struct node block, void *payload)
{
	const struct str *member = payload;

	return !node_is_object(block) || is_expression(block) || is_said(node_get(block, *member));
}

bool judgement_unknown(const struct judgement *judgement, struct str path)
{
	struct str parent, member;
	struct node expressions;

	if (!value_path_unknown(judgement->change->after_unknown, path))
		return false;
	/* Elements are written where their list is. */
	if (str_ends(path, STR("[*]")))
		path.len -= 3;
	expressions = judgement_expressions(judgement);
	/* Names of blocks may stand for dynamic ones, which the configuration does not show. */
	if (!node_exists(expressions) || !split_path(path, &parent, &member))
		return true;
	return parent.len ? value_path_visit(expressions, parent, is_written, &member) != 0
			  : is_said(node_get(expressions, member));
}

bool judgement_left_out(const struct judgement *judgement, struct str path)
{
	const struct change *change = judgement->change;

	return (node_is_null(change->before) || plan_action_replaces(change->action)) &&
		value_path_unknown(change->after_unknown, path) &&
		!judgement_unknown(judgement, path);
}

struct node judgement_constant(const struct judgement *judgement, struct str path)
{
	struct str parent, member;
	struct node expressions = judgement_expressions(judgement), block;

	if (!node_exists(expressions) || !split_path(path, &parent, &member))
		return NODE_NONE;
	block = parent.len ? value_path_first(expressions, parent) : expressions;
	return NODE_GET(node_get(block, member), "constant_value");
}
