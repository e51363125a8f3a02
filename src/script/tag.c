/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Decides what is marked and what is put around it; how a text is changed is edit.c's.
 */
#include "script/tag.h"

#include "script/edit.h"
#include "script/syntax.h"

struct tagger {
	struct arena *arena;
	const struct syntax *tree;
	struct edit edit;
	struct script_tags *tags;
};

/* A space in front: `return{}` is a word and a literal. */
static void wrap(struct tagger *tagger, syntax_id node, const char *function, uint32_t number)
{
	const struct syntax_node *at = syntax_node(tagger->tree, node);

	tagger->edit.group = node;
	edit_open(
		&tagger->edit, at->start, arena_printf(tagger->arena, " %s(%u,", function, number));
	edit_close(&tagger->edit, at->end, STR(")"));
}

static struct str key_of(const struct tagger *tagger, syntax_id node)
{
	struct str text = syntax_text(tagger->tree, node);

	if (syntax_is(tagger->tree, node, SYNTAX_computed_property_name))
		return (struct str){NULL, 0};
	if (!syntax_is(tagger->tree, node, SYNTAX_string))
		return text;
	return text.len >= 2 && str_find_char(text, '\\') == SIZE_MAX
		? str_slice(text, 1, text.len - 1)
		: (struct str){NULL, 0};
}

static bool add_member(struct tagger *tagger, syntax_id key)
{
	struct script_tags *tags = tagger->tags;

	if (!arena_grow(tagger->arena, (void **)&tags->members, tags->member_count,
		    &tags->member_room, sizeof(*tags->members)))
		return false;
	tags->members[tags->member_count++] =
		(struct script_member){key_of(tagger, key), syntax_node(tagger->tree, key)->start};
	return true;
}

/* What stands in a literal, one by one. */
static bool add_entry(struct tagger *tagger, syntax_id entry, uint32_t number)
{
	const struct syntax *tree = tagger->tree;
	syntax_id first = syntax_first(tree, entry);

	switch (syntax_node(tree, entry)->kind) {
	case SYNTAX_spread_element:
		/* Behind the dots. */
		if (first && (first = syntax_next(tree, first)))
			wrap(tagger, first, "__weir_spread", number);
		return true;
	case SYNTAX_pair:
		return !first || add_member(tagger, first);
	case SYNTAX_method_definition:
		first = syntax_field(tree, entry, FIELD_name);
		return !first || add_member(tagger, first);
	case SYNTAX_shorthand_property_identifier:
		return add_member(tagger, entry);
	default:
		return true;
	}
}

/* The number of what is marked next, at an offset; its members are added then. False where memory ran out. */
static bool add_marked(struct tagger *tagger, size_t offset, uint32_t *ret_number)
{
	struct script_tags *tags = tagger->tags;

	*ret_number = tags->first + (uint32_t)tags->literal_count;
	if (!arena_grow(tagger->arena, (void **)&tags->literals, tags->literal_count,
		    &tags->literal_room, sizeof(*tags->literals)))
		return false;
	tags->literals[tags->literal_count++] =
		(struct script_literal){(uint32_t)offset, (uint32_t)tags->member_count, 0};
	return true;
}

/* Counts the members that were added for it. */
static void end_marked(struct tagger *tagger, uint32_t number)
{
	struct script_literal *marked = &tagger->tags->literals[number - tagger->tags->first];

	marked->count = (uint32_t)tagger->tags->member_count - marked->first;
}

static bool add_literal(struct tagger *tagger, syntax_id object)
{
	uint32_t number;

	if (!add_marked(tagger, syntax_node(tagger->tree, object)->start, &number))
		return false;
	wrap(tagger, object, "__weir_at", number);
	for (syntax_id entry = syntax_first(tagger->tree, object); entry;
		entry = syntax_next(tagger->tree, entry))
		if (!add_entry(tagger, entry, number))
			return false;
	end_marked(tagger, number);
	return true;
}

/* The grammar takes `if (x) {a: 1}` for a literal; a statement never begins with one. */
static bool is_literal(const struct syntax *tree, syntax_id node)
{
	const syntax_id parent = syntax_node(tree, node)->parent;

	return !(syntax_is(tree, parent, SYNTAX_expression_statement) &&
		syntax_node(tree, parent)->start == syntax_node(tree, node)->start);
}

/* `object.key = value`, also with the key as a text between brackets. */
static bool add_assignment(struct tagger *tagger, syntax_id assignment)
{
	const struct syntax *tree = tagger->tree;
	syntax_id left = syntax_field(tree, assignment, FIELD_left);
	syntax_id object = left ? syntax_field(tree, left, FIELD_object) : 0;
	syntax_id key = 0;
	uint32_t number;

	if (left && syntax_is(tree, left, SYNTAX_member_expression))
		key = syntax_child(tree, left, SYNTAX_property_identifier);
	else if (left && syntax_is(tree, left, SYNTAX_subscript_expression))
		key = syntax_child(tree, left, SYNTAX_string);
	if (!key || !object || key == object || syntax_is(tree, object, SYNTAX_super))
		return true;
	if (!add_marked(tagger, syntax_node(tree, key)->start, &number))
		return false;
	wrap(tagger, object, "__weir_set", number);
	if (!add_member(tagger, key))
		return false;
	end_marked(tagger, number);
	return true;
}

/* `{a} = b`: the engine knows no place inside of the pattern. */
static bool add_destructuring(struct tagger *tagger, syntax_id node)
{
	const struct syntax *tree = tagger->tree;
	const bool is_declaration = syntax_is(tree, node, SYNTAX_variable_declarator);
	syntax_id pattern = syntax_field(tree, node, is_declaration ? FIELD_name : FIELD_left);
	syntax_id value = syntax_field(tree, node, is_declaration ? FIELD_value : FIELD_right);
	uint32_t number;

	if (!pattern || !value || !syntax_is(tree, pattern, SYNTAX_object_pattern))
		return true;
	if (!add_marked(tagger, syntax_node(tree, value)->start, &number))
		return false;
	wrap(tagger, value, "__weir_take", number);
	return true;
}

/* What is told of a calculation: nothing; what it comes to, for a sum may be a text; what goes into it. */
enum calculation { CALCULATION_NONE, CALCULATION_RESULT, CALCULATION_OPERANDS };

static enum calculation calculation_of(const struct syntax *tree, syntax_id node)
{
	static const char *const operators[] = {"-", "*", "/", "%", "**", "<", ">", "<=", ">="};
	struct str operator;

	if (syntax_is(tree, node, SYNTAX_augmented_assignment_expression))
		return CALCULATION_RESULT;
	if (!syntax_is(tree, node, SYNTAX_binary_expression))
		return CALCULATION_NONE;
	operator= syntax_text(tree, syntax_field(tree, node, FIELD_operator));
	for (size_t i = 0; i < COUNT_OF(operators); i++)
		if (str_is(operator, operators[i]))
			return CALCULATION_OPERANDS;
	return str_is(operator, "+") ? CALCULATION_RESULT : CALCULATION_NONE;
}

static bool add_calculation(struct tagger *tagger, syntax_id node)
{
	static const enum syntax_field sides[] = {FIELD_left, FIELD_right};
	const struct syntax *tree = tagger->tree;
	const enum calculation calculation = calculation_of(tree, node);
	uint32_t number;

	if (calculation == CALCULATION_NONE)
		return true;
	if (!add_marked(tagger, syntax_node(tree, node)->start, &number))
		return false;
	if (calculation == CALCULATION_RESULT)
		wrap(tagger, node, "__weir_number", number);
	for (size_t i = 0; calculation == CALCULATION_OPERANDS && i < COUNT_OF(sides); i++) {
		syntax_id side = syntax_field(tree, node, sides[i]);

		if (side && !syntax_is(tree, side, SYNTAX_number))
			wrap(tagger, side, "__weir_number", number);
	}
	return true;
}

static bool add_throw(struct tagger *tagger, syntax_id node)
{
	syntax_id first = syntax_first(tagger->tree, node);
	syntax_id thrown = first ? syntax_next(tagger->tree, first) : 0;
	uint32_t number;

	if (!thrown || syntax_is(tagger->tree, thrown, SYNTAX_token) ||
		syntax_is(tagger->tree, thrown, SYNTAX_new_expression))
		return true;
	if (!add_marked(tagger, syntax_node(tagger->tree, node)->start, &number))
		return false;
	wrap(tagger, thrown, "__weir_throw", number);
	return true;
}

static bool is_loop(const struct syntax *tree, syntax_id node)
{
	return syntax_is(tree, node, SYNTAX_while_statement) ||
		syntax_is(tree, node, SYNTAX_do_statement) ||
		syntax_is(tree, node, SYNTAX_for_statement) ||
		syntax_is(tree, node, SYNTAX_for_in_statement);
}

/* A loop says when it is entered and when it turns. Its labels stay right before it. */
static bool add_loop(struct tagger *tagger, syntax_id loop)
{
	const struct syntax *tree = tagger->tree;
	syntax_id body = syntax_field(tree, loop, FIELD_body), whole = loop;
	const struct syntax_node *at;
	struct str turn;
	uint32_t number;

	if (!body)
		return true;
	if (!add_marked(tagger, syntax_node(tree, loop)->start, &number))
		return false;
	while (syntax_is(tree, syntax_node(tree, whole)->parent, SYNTAX_labeled_statement))
		whole = syntax_node(tree, whole)->parent;
	tagger->edit.group = loop;
	edit_open(&tagger->edit, syntax_node(tree, whole)->start,
		arena_printf(tagger->arena, "{__weir_enter(%u);", number));
	edit_close(&tagger->edit, syntax_node(tree, whole)->end, STR("}"));
	at = syntax_node(tree, body);
	tagger->edit.group = body;
	if (syntax_is(tree, body, SYNTAX_statement_block)) {
		turn = arena_printf(tagger->arena, "__weir_turn(%u);", number);
		edit_open(&tagger->edit, at->start + 1, turn);
		return true;
	}
	turn = arena_printf(tagger->arena, "{__weir_turn(%u);", number);
	edit_open(&tagger->edit, at->start, turn);
	edit_close(&tagger->edit, at->end, STR("}"));
	return true;
}

static bool add_node(struct tagger *tagger, syntax_id node, bool with_loops)
{
	const struct syntax *tree = tagger->tree;

	switch (syntax_node(tree, node)->kind) {
	case SYNTAX_object:
		return !is_literal(tree, node) || add_literal(tagger, node);
	case SYNTAX_assignment_expression:
		return add_assignment(tagger, node) && add_destructuring(tagger, node);
	case SYNTAX_variable_declarator:
		return add_destructuring(tagger, node);
	case SYNTAX_throw_statement:
		return add_throw(tagger, node);
	default:
		return is_loop(tree, node) ? !with_loops || add_loop(tagger, node)
					   : add_calculation(tagger, node);
	}
}

int script_tag(struct str text, struct str file, uint32_t first, bool with_loops,
	struct arena *arena, struct script_tags *ret_tags, struct error *err)
{
	struct syntax tree;
	struct tagger tagger = {.arena = arena, .tags = ret_tags, .tree = &tree};
	struct error unreadable = {0};
	int r = syntax_read(text, file, arena, &tree, &unreadable);

	*ret_tags = (struct script_tags){.marked = {.text = text}, .first = first};
	if (r < 0 && unreadable.id != ERR_MEMORY)
		return 0;
	if (r < 0)
		return error_memory(err);
	r = edit_init(&tagger.edit, text, arena, err);
	for (syntax_id node = 1; r == 0 && node < tree.count; node++)
		if (!add_node(&tagger, node, with_loops))
			r = error_memory(err);
	if (r == 0 && arena_failed(arena))
		r = error_memory(err);
	return r < 0 ? r : edit_render(&tagger.edit, &ret_tags->marked, err);
}

bool script_calculates(struct str text, struct str file, struct arena *arena)
{
	struct syntax tree;
	struct error err;

	if (syntax_read(text, file, arena, &tree, &err) < 0)
		return false;
	for (syntax_id node = 1; node < tree.count; node++)
		if (calculation_of(&tree, node) != CALCULATION_NONE)
			return true;
	return false;
}

bool script_tag_place(const struct script_tags *tags, uint32_t literal, struct str key,
	size_t *ret_offset, bool *ret_member)
{
	const struct script_literal *found;

	if (literal < tags->first || literal - tags->first >= tags->literal_count)
		return false;
	found = &tags->literals[literal - tags->first];
	*ret_offset = found->offset;
	*ret_member = false;
	/* The last one of a name is what the object has. */
	for (uint32_t i = found->count; i-- > 0 && !str_absent(key);) {
		const struct script_member *member = &tags->members[found->first + i];

		if (!str_absent(member->key) && str_eq(member->key, key)) {
			*ret_offset = member->offset;
			*ret_member = true;
			break;
		}
	}
	return true;
}
