/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Decides which braces are object literals and what is put around them; how a text is changed is
 * edit.c's.
 */
#include "script/tag.h"

#include "script/edit.h"
#include "script/syntax.h"

struct tagger {
	struct arena *arena;
	struct syntax tree;
	struct edit edit;
	struct script_tags *tags;
};

/* A space in front: `return{}` is a word and a literal. */
static void wrap(struct tagger *tagger, syntax_id node, const char *function, uint32_t number)
{
	const struct syntax_node *at = syntax_node(&tagger->tree, node);

	tagger->edit.group = node;
	edit_open(
		&tagger->edit, at->start, arena_printf(tagger->arena, " %s(%u,", function, number));
	edit_close(&tagger->edit, at->end, STR(")"));
}

static struct str key_of(const struct tagger *tagger, syntax_id node)
{
	struct str text = syntax_text(&tagger->tree, node);

	if (syntax_is(&tagger->tree, node, SYNTAX_computed_property_name))
		return (struct str){NULL, 0};
	if (!syntax_is(&tagger->tree, node, SYNTAX_string))
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
		(struct script_member){key_of(tagger, key), syntax_node(&tagger->tree, key)->start};
	return true;
}

/* What stands in a literal, one by one. */
static bool add_entry(struct tagger *tagger, syntax_id entry, uint32_t number)
{
	const struct syntax *tree = &tagger->tree;
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

static bool add_literal(struct tagger *tagger, syntax_id object)
{
	struct script_tags *tags = tagger->tags;
	const uint32_t number = tags->first + (uint32_t)tags->literal_count;
	const uint32_t first = (uint32_t)tags->member_count;

	wrap(tagger, object, "__weir_at", number);
	if (!arena_grow(tagger->arena, (void **)&tags->literals, tags->literal_count,
		    &tags->literal_room, sizeof(*tags->literals)))
		return false;
	for (syntax_id entry = syntax_first(&tagger->tree, object); entry;
		entry = syntax_next(&tagger->tree, entry))
		if (!add_entry(tagger, entry, number))
			return false;
	tags->literals[tags->literal_count++] =
		(struct script_literal){syntax_node(&tagger->tree, object)->start, first,
			(uint32_t)tags->member_count - first};
	return true;
}

/* The grammar takes `if (x) {a: 1}` for a literal; a statement never begins with one. */
static bool is_literal(const struct syntax *tree, syntax_id node)
{
	const syntax_id parent = syntax_node(tree, node)->parent;

	return syntax_is(tree, node, SYNTAX_object) &&
		!(syntax_is(tree, parent, SYNTAX_expression_statement) &&
			syntax_node(tree, parent)->start == syntax_node(tree, node)->start);
}

int script_tag(struct str text, struct str file, uint32_t first, struct arena *arena,
	struct script_tags *ret_tags, struct error *err)
{
	struct tagger tagger = {.arena = arena, .tags = ret_tags};
	struct error unreadable = {0};
	int r = syntax_read(text, file, arena, &tagger.tree, &unreadable);

	*ret_tags = (struct script_tags){.marked = {.text = text}, .first = first};
	if (r < 0 && unreadable.id != ERR_MEMORY)
		return 0;
	if (r < 0)
		return error_memory(err);
	r = edit_init(&tagger.edit, text, arena, err);
	for (syntax_id node = 1; r == 0 && node < tagger.tree.count; node++)
		if (is_literal(&tagger.tree, node) && !add_literal(&tagger, node))
			r = error_memory(err);
	if (r == 0 && arena_failed(arena))
		r = error_memory(err);
	return r < 0 ? r : edit_render(&tagger.edit, &ret_tags->marked, err);
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
