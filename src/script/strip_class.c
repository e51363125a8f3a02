/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Parameter properties: constructor(private a: A) declares a field and sets it,
 * right after super() where there is one.  Fields are those of JavaScript
 * (TypeScript's useDefineForClassFields): an initializer runs before the
 * constructor's own statements, and so before a parameter property is set; one
 * that reads it is refused.
 */
#include "script/strip_walk.h"

static bool is_property(const struct strip *strip, syntax_id parameter)
{
	return syntax_child(&strip->tree, parameter, SYNTAX_accessibility_modifier) ||
		syntax_child(&strip->tree, parameter, SYNTAX_override_modifier) ||
		strip_token(strip, parameter, "readonly");
}

/* The constructor that has a body; 0 if there is none. */
static syntax_id constructor_of(const struct strip *strip, syntax_id body)
{
	syntax_id id = syntax_first(&strip->tree, body);

	while (id &&
		!(strip_is(strip, id, SYNTAX_method_definition) &&
			str_is(strip_text(strip, syntax_field(&strip->tree, id, FIELD_name)),
				"constructor")))
		id = syntax_next(&strip->tree, id);
	return id;
}

static int properties_of(struct strip *strip, syntax_id constructor, struct names *names)
{
	syntax_id parameters = syntax_field(&strip->tree, constructor, FIELD_parameters);
	int r = 0;

	for (syntax_id id = syntax_first(&strip->tree, parameters); id && r == 0;
		id = syntax_next(&strip->tree, id)) {
		syntax_id pattern = syntax_field(&strip->tree, id, FIELD_pattern);

		if (!is_property(strip, id))
			continue;
		if (!strip_is(strip, pattern, SYNTAX_identifier))
			return strip_refuse(strip, id, "a parameter property must be a name",
				"take the pattern apart in the constructor");
		r = strip_add_name(strip, names, strip_text(strip, pattern));
	}
	return r;
}

static bool is_super_call(const struct strip *strip, syntax_id id)
{
	syntax_id called = strip_is(strip, id, SYNTAX_call_expression)
		? syntax_field(&strip->tree, id, FIELD_function)
		: 0;

	return called && strip_is(strip, called, SYNTAX_super);
}

/* Behind which byte the properties are set: that of super(), which must be a
 * statement of its own, or the brace. */
static int place_of(struct strip *strip, syntax_id body, bool is_derived, size_t *ret_place)
{
	if (!is_derived) {
		*ret_place = strip_node(strip, body)->start + 1;
		return 0;
	}
	for (syntax_id id = syntax_first(&strip->tree, body); id;
		id = syntax_next(&strip->tree, id)) {
		if (!strip_is(strip, id, SYNTAX_expression_statement) ||
			!is_super_call(strip, syntax_first(&strip->tree, id)))
			continue;
		*ret_place = strip_node(strip, id)->end;
		return 0;
	}
	return strip_refuse(strip, body, "parameter properties are set after super()",
		"make super() a statement of the constructor itself");
}

/* `this.a` in an initializer, but not in a function that runs later. */
static int refuse_early_reads(struct strip *strip, syntax_id body, const struct names *names)
{
	for (syntax_id id = body; id < strip_node(strip, body)->after;) {
		const struct syntax_node *node = strip_node(strip, id);
		syntax_id object = syntax_field(&strip->tree, id, FIELD_object);

		if (node->kind == SYNTAX_method_definition || node->kind == SYNTAX_arrow_function ||
			node->kind == SYNTAX_function_expression ||
			node->kind == SYNTAX_generator_function || node->kind == SYNTAX_class) {
			id = node->after;
			continue;
		}
		if (node->kind == SYNTAX_member_expression &&
			strip_is(strip, object, SYNTAX_this) &&
			strip_has_name(names,
				strip_text(strip, syntax_field(&strip->tree, id, FIELD_property))))
			return strip_refuse(strip, id,
				"this field reads a parameter property before it is set",
				"set the field in the constructor");
		id++;
	}
	return 0;
}

static int set_properties(struct strip *strip, syntax_id id, syntax_id body, syntax_id constructor,
	struct names *names)
{
	syntax_id block = syntax_field(&strip->tree, constructor, FIELD_body);
	syntax_id heritage = syntax_child(&strip->tree, id, SYNTAX_class_heritage);
	const bool is_derived =
		heritage && syntax_child(&strip->tree, heritage, SYNTAX_extends_clause);
	struct str fields = STR(""), set = is_derived ? STR(";") : STR("");
	size_t place = 0;
	int r = place_of(strip, block, is_derived, &place);

	if (r == 0)
		r = refuse_early_reads(strip, body, names);
	for (size_t i = 0; i < names->count && r == 0; i++) {
		struct str name = names->items[i];

		fields = arena_printf(strip->arena, "%.*s%.*s;", STR_ARG(fields), STR_ARG(name));
		set = arena_printf(strip->arena, "%.*sthis.%.*s=%.*s;", STR_ARG(set), STR_ARG(name),
			STR_ARG(name));
	}
	if (r < 0)
		return r;
	edit_open(&strip->edit, strip_node(strip, body)->start + 1, fields);
	edit_close(&strip->edit, place, set);
	return 0;
}

int strip_class(struct strip *strip, syntax_id id, syntax_id *next)
{
	syntax_id body = syntax_child(&strip->tree, id, SYNTAX_class_body);
	syntax_id constructor = body ? constructor_of(strip, body) : 0;
	struct names names = {0};
	int r = constructor ? properties_of(strip, constructor, &names) : 0;

	(void)next;
	(void)strip_blank_token(strip, id, "abstract");
	if (r == 0 && names.count)
		r = set_properties(strip, id, body, constructor, &names);
	return r == 0 && body ? strip_decorators(strip, id, body, constructor) : r;
}
