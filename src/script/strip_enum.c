/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Enums.  Each member is set on its own line, by its own initializer, in a
 * function around them, as TypeScript writes it: E[E["A"]=0]="A".  Nothing is
 * computed here: what follows a member without initializer is that member plus
 * one, and whether a value is a text, which has no way back to its name, is
 * asked where it is not plain.
 *
 * A const enum is one like any other, also where it is only declared: its
 * members have the same values.
 */
#include "script/strip_walk.h"

enum { MAX_NESTING = 32 };
enum value { VALUE_UNKNOWN, VALUE_NUMBER, VALUE_TEXT };

static enum value value_of(const struct strip *strip, syntax_id id, unsigned depth);

static enum value sum_of(const struct strip *strip, syntax_id id, unsigned depth)
{
	struct str operator= strip_text(strip, syntax_field(&strip->tree, id, FIELD_operator));
	enum value left, right;

	if (str_is(operator, "||") || str_is(operator, "&&") || str_is(operator, "??"))
		return VALUE_UNKNOWN;
	if (!str_is(operator, "+"))
		return VALUE_NUMBER;
	left = value_of(strip, syntax_field(&strip->tree, id, FIELD_left), depth);
	right = value_of(strip, syntax_field(&strip->tree, id, FIELD_right), depth);
	if (left == VALUE_TEXT || right == VALUE_TEXT)
		return VALUE_TEXT;
	return left == right ? left : VALUE_UNKNOWN;
}

/* Calls itself at most MAX_NESTING deep. */
static enum value value_of(const struct strip *strip, syntax_id id, unsigned depth)
{
	if (depth == MAX_NESTING)
		return VALUE_UNKNOWN;
	switch (strip_node(strip, id)->kind) {
	case SYNTAX_string:
	case SYNTAX_template_string:
		return VALUE_TEXT;
	case SYNTAX_number:
		return VALUE_NUMBER;
	case SYNTAX_binary_expression:
		return sum_of(strip, id, depth + 1);
	case SYNTAX_parenthesized_expression:
		return value_of(strip, syntax_next(&strip->tree, syntax_first(&strip->tree, id)),
			depth + 1);
	default:
		return VALUE_UNKNOWN;
	}
}

/* The name of a member as a JavaScript text. */
static struct str key_of(const struct strip *strip, syntax_id name)
{
	if (strip_is(strip, name, SYNTAX_computed_property_name))
		name = syntax_next(&strip->tree, syntax_first(&strip->tree, name));
	return strip_is(strip, name, SYNTAX_property_identifier)
		? arena_printf(strip->arena, "\"%.*s\"", STR_ARG(strip_text(strip, name)))
		: strip_text(strip, name);
}

static syntax_id member_name(const struct strip *strip, syntax_id member)
{
	return strip_is(strip, member, SYNTAX_enum_assignment)
		? syntax_field(&strip->tree, member, FIELD_name)
		: member;
}

static bool has_member(const struct strip *strip, syntax_id declaration, struct str name)
{
	syntax_id body = syntax_child(&strip->tree, declaration, SYNTAX_enum_body);

	for (syntax_id id = syntax_first(&strip->tree, body); id;
		id = syntax_next(&strip->tree, id))
		if (!strip_is(strip, id, SYNTAX_token) &&
			str_eq(strip_text(strip, member_name(strip, id)), name))
			return true;
	return false;
}

/* The enum that a statement declares, behind `export` and `declare`; 0 if it is
 * something else. */
static syntax_id enum_in(const struct strip *strip, syntax_id statement)
{
	syntax_id inner = syntax_field(&strip->tree, statement, FIELD_declaration);

	inner = inner ? inner : statement;
	if (strip_is(strip, inner, SYNTAX_ambient_declaration))
		inner = syntax_last(&strip->tree, inner);
	return strip_is(strip, inner, SYNTAX_enum_declaration) ? inner : 0;
}

/* A name is that of a member of this enum, or of one of the same name before
 * it. */
static bool is_member(const struct strip *strip, syntax_id enumeration, struct str name)
{
	struct str wanted = strip_text(strip, syntax_field(&strip->tree, enumeration, FIELD_name));
	syntax_id statement = strip_statement(strip, enumeration);

	for (syntax_id id = syntax_first(&strip->tree, strip_node(strip, statement)->parent);
		id && id <= statement; id = syntax_next(&strip->tree, id)) {
		syntax_id inner = enum_in(strip, id);

		if (inner &&
			str_eq(strip_text(strip, syntax_field(&strip->tree, inner, FIELD_name)),
				wanted) &&
			has_member(strip, inner, name))
			return true;
	}
	return false;
}

/* A member named alone in an initializer is that of the object. */
static void qualify(struct strip *strip, syntax_id enumeration, syntax_id value, struct str object)
{
	for (syntax_id id = value; id < strip_node(strip, value)->after; id++)
		if (strip_is(strip, id, SYNTAX_identifier) &&
			is_member(strip, enumeration, strip_text(strip, id)))
			edit_open(&strip->edit, strip_node(strip, id)->start,
				arena_printf(strip->arena, "%.*s.", STR_ARG(object)));
}

static void set_to_value(
	struct strip *strip, syntax_id member, syntax_id value, struct str object, struct str key)
{
	const size_t start = strip_node(strip, member)->start;
	const size_t end = strip_node(strip, value)->end;

	edit_blank(&strip->edit, start, strip_node(strip, value)->start);
	switch (value_of(strip, value, 0)) {
	case VALUE_TEXT:
		edit_open(&strip->edit, start,
			arena_printf(strip->arena, "%.*s[%.*s]=", STR_ARG(object), STR_ARG(key)));
		edit_close(&strip->edit, end, STR(";"));
		break;
	case VALUE_NUMBER:
		edit_open(&strip->edit, start,
			arena_printf(strip->arena, "%.*s[%.*s[%.*s]=", STR_ARG(object),
				STR_ARG(object), STR_ARG(key)));
		edit_close(&strip->edit, end, arena_printf(strip->arena, "]=%.*s;", STR_ARG(key)));
		break;
	default:
		edit_open(&strip->edit, start,
			arena_printf(strip->arena,
				"(v=>{typeof(%.*s[%.*s]=v)==\"string\"||(%.*s[v]=%.*s)})(",
				STR_ARG(object), STR_ARG(key), STR_ARG(object), STR_ARG(key)));
		edit_close(&strip->edit, end, STR(");"));
		break;
	}
}

/* Returns the key that a member without initializer counts on from, absent
 * where it cannot. */
static int set_members(
	struct strip *strip, syntax_id enumeration, syntax_id body, struct str object)
{
	struct str last = {NULL, 0};

	for (syntax_id id = syntax_first(&strip->tree, body); id;
		id = syntax_next(&strip->tree, id)) {
		syntax_id value = 0;
		struct str key;

		if (strip_is(strip, id, SYNTAX_token)) {
			if (str_is(strip_text(strip, id), ","))
				strip_blank(strip, id);
			continue;
		}
		key = key_of(strip, member_name(strip, id));
		if (strip_is(strip, id, SYNTAX_enum_assignment))
			value = syntax_field(&strip->tree, id, FIELD_value);
		if (value) {
			qualify(strip, enumeration, value, object);
			set_to_value(strip, id, value, object, key);
		} else {
			strip_blank(strip, id);
			edit_open(&strip->edit, strip_node(strip, id)->start,
				str_absent(last)
					? arena_printf(strip->arena, "%.*s[%.*s[%.*s]=0]=%.*s;",
						  STR_ARG(object), STR_ARG(object), STR_ARG(key),
						  STR_ARG(key))
					: arena_printf(strip->arena,
						  "%.*s[%.*s[%.*s]=%.*s[%.*s]+1]=%.*s;",
						  STR_ARG(object), STR_ARG(object), STR_ARG(key),
						  STR_ARG(object), STR_ARG(last), STR_ARG(key)));
		}
		if (!value && !str_absent(last) && strip->counts_from_text)
			return strip_refuse(strip, id, "this member has no value",
				"write one: a text cannot be counted on");
		strip->counts_from_text = value && value_of(strip, value, 0) == VALUE_TEXT;
		last = key;
	}
	return 0;
}

int strip_enum(struct strip *strip, syntax_id id, syntax_id *next)
{
	syntax_id name = syntax_field(&strip->tree, id, FIELD_name);
	syntax_id body = syntax_child(&strip->tree, id, SYNTAX_enum_body);

	(void)next;
	strip->counts_from_text = false;
	strip_open_object(strip, id, strip_text(strip, name), body);
	return set_members(strip, id, body, strip_text(strip, name));
}
