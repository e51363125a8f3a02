/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Finds the loop that a program was stopped in, or the `new` that it was at.  Apart from vm.c, which knows no syntax.
 */
#include "script/loop.h"

static bool is_function(const struct syntax *tree, syntax_id node)
{
	static const enum syntax_kind kinds[] = {SYNTAX_arrow_function, SYNTAX_class_static_block,
		SYNTAX_function_declaration, SYNTAX_function_expression, SYNTAX_generator_function,
		SYNTAX_generator_function_declaration, SYNTAX_method_definition};

	for (size_t i = 0; i < COUNT_OF(kinds); i++)
		if (syntax_is(tree, node, kinds[i]))
			return true;
	return node == 0;
}

static bool is_free_loop(const struct syntax *tree, syntax_id node)
{
	return syntax_is(tree, node, SYNTAX_while_statement) ||
		syntax_is(tree, node, SYNTAX_do_statement) ||
		syntax_is(tree, node, SYNTAX_for_statement);
}

static syntax_id function_around(const struct syntax *tree, syntax_id node)
{
	while (!is_function(tree, node))
		node = syntax_node(tree, node)->parent;
	return node;
}

/* The innermost node that holds a byte of the text. */
static syntax_id node_at(const struct syntax *tree, size_t offset)
{
	syntax_id found = 0;

	for (syntax_id id = 0; id < tree->count; id++) {
		const struct syntax_node *node = syntax_node(tree, id);

		if (node->start > offset)
			break;
		if (offset < node->end)
			found = id;
	}
	return found;
}

bool script_loop(
	struct str text, struct str file, size_t offset, struct arena *arena, size_t *ret_offset)
{
	struct syntax tree;
	struct error err;
	syntax_id at, function, bounded = 0, free_loop = 0;

	if (syntax_read(text, file, arena, &tree, &err) < 0)
		return false;
	at = node_at(&tree, offset);
	function = function_around(&tree, at);
	for (syntax_id id = at; id != function && !free_loop; id = syntax_node(&tree, id)->parent) {
		if (is_free_loop(&tree, id))
			free_loop = id;
		else if (!bounded && syntax_is(&tree, id, SYNTAX_for_in_statement))
			bounded = id;
	}
	for (syntax_id id = at; id < tree.count && !free_loop; id++) {
		const bool is_free = is_free_loop(&tree, id);

		if ((!is_free && (bounded || !syntax_is(&tree, id, SYNTAX_for_in_statement))) ||
			syntax_node(&tree, id)->start < offset ||
			function_around(&tree, id) != function)
			continue;
		if (is_free)
			free_loop = id;
		else
			bounded = id;
	}
	if (!free_loop)
		free_loop = bounded;
	*ret_offset = syntax_node(&tree, free_loop)->start;
	return free_loop != 0;
}

static bool is_super(const struct syntax *tree, syntax_id node)
{
	return syntax_is(tree, node, SYNTAX_call_expression) &&
		syntax_is(tree, syntax_first(tree, node), SYNTAX_super);
}

/* Whether a call passes on what it was given itself as this argument, counted from 1; 0: as whatever. */
static bool passes_on(const struct syntax *tree, syntax_id call, unsigned argument)
{
	syntax_id at = syntax_first(tree, syntax_last(tree, call));

	for (; at && argument > 0; at = syntax_next(tree, at)) {
		if (syntax_is(tree, at, SYNTAX_spread_element))
			return true;
		if (!syntax_is(tree, at, SYNTAX_token) && --argument == 0)
			return syntax_is(tree, at, SYNTAX_identifier) ||
				syntax_is(tree, at, SYNTAX_member_expression);
	}
	return argument == 0;
}

/* A class's word: the place of a constructor that nobody wrote, which passes all on. */
static bool is_class(const struct syntax *tree, syntax_id node, size_t offset)
{
	return syntax_node(tree, node)->start == offset &&
		(syntax_is(tree, node, SYNTAX_class) ||
			syntax_is(tree, node, SYNTAX_class_declaration) ||
			syntax_is(tree, node, SYNTAX_abstract_class_declaration));
}

enum script_maker script_new(
	const struct syntax *tree, size_t offset, unsigned argument, size_t *ret_offset)
{
	syntax_id id = node_at(tree, offset);

	for (; !is_function(tree, id) && !syntax_is(tree, id, SYNTAX_new_expression) &&
		!is_super(tree, id);
		id = syntax_node(tree, id)->parent)
		if (is_class(tree, id, offset))
			return MAKER_CALLER;
	if (is_function(tree, id))
		return MAKER_NONE;
	if (is_super(tree, id) && passes_on(tree, id, argument))
		return MAKER_CALLER;
	*ret_offset = syntax_node(tree, id)->start;
	return MAKER_HERE;
}
