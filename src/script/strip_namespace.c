/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Namespaces, and what they share with enums: a function around the body that
 * sets what is exported on an object of that name, which several declarations
 * may fill.
 *
 * Unlike TypeScript's own output a name in the body stays as it is written, so
 * that no scope needs to be known: an exported constant is copied to the object
 * once it has its value, a variable is reached through a getter and setter.
 */
#include "script/strip_walk.h"

enum { MAX_NAMESPACES = 100 };

syntax_id strip_statement(const struct strip *strip, syntax_id declaration)
{
	for (syntax_id parent = strip_node(strip, declaration)->parent; parent;
		parent = strip_node(strip, parent)->parent) {
		if (!strip_is(strip, parent, SYNTAX_export_statement) &&
			!strip_is(strip, parent, SYNTAX_expression_statement) &&
			!strip_is(strip, parent, SYNTAX_ambient_declaration))
			break;
		declaration = parent;
	}
	return declaration;
}

static struct str first_of(struct str dotted)
{
	return str_slice(dotted, 0, str_find_char(dotted, '.'));
}

static struct str last_of(struct str dotted)
{
	for (size_t at = str_find_char(dotted, '.'); at != SIZE_MAX;
		at = str_find_char(dotted, '.'))
		dotted = str_slice(dotted, at + 1, dotted.len);
	return str_trim(dotted);
}

static bool is_namespace(const struct strip *strip, syntax_id id)
{
	return strip_is(strip, id, SYNTAX_internal_module) || strip_is(strip, id, SYNTAX_module);
}

/* The object that a namespace's body fills; absent for any other scope. */
static struct str container_of(const struct strip *strip, syntax_id scope)
{
	syntax_id parent = strip_node(strip, scope)->parent;

	return scope && is_namespace(strip, parent)
		? last_of(strip_text(strip, syntax_field(&strip->tree, parent, FIELD_name)))
		: (struct str){NULL, 0};
}

static bool is_alive(const struct strip *strip, syntax_id statement, unsigned depth)
{
	syntax_id inner = syntax_field(&strip->tree, statement, FIELD_declaration);

	if (!inner && strip_is(strip, statement, SYNTAX_expression_statement))
		inner = syntax_first(&strip->tree, statement);
	inner = inner ? inner : statement;
	switch (strip_node(strip, inner)->kind) {
	case SYNTAX_interface_declaration:
	case SYNTAX_type_alias_declaration:
	case SYNTAX_ambient_declaration:
	case SYNTAX_function_signature:
	case SYNTAX_token:
		return false;
	case SYNTAX_import_alias:
		return inner != statement;
	case SYNTAX_internal_module:
	case SYNTAX_module:
		return depth == MAX_NAMESPACES || strip_is_alive(strip, inner, depth + 1);
	default:
		return true;
	}
}

bool strip_is_alive(const struct strip *strip, syntax_id namespace, unsigned depth)
{
	syntax_id body = syntax_child(&strip->tree, namespace, SYNTAX_statement_block);

	for (syntax_id id = body ? syntax_first(&strip->tree, body) : 0; id;
		id = syntax_next(&strip->tree, id))
		if (is_alive(strip, id, depth))
			return true;
	return false;
}

void strip_open_object(struct strip *strip, syntax_id declaration, struct str name, syntax_id body)
{
	syntax_id statement = strip_statement(strip, declaration);
	syntax_id scope = strip_node(strip, statement)->parent;
	const bool is_exported = strip_is(strip, statement, SYNTAX_export_statement);
	const bool is_first = !strip_declares(strip, scope, statement, first_of(name));
	struct str container = container_of(strip, scope), rest = name;
	struct str before = STR(""), after = STR("");

	for (bool outer = true; !str_absent(rest); outer = false) {
		struct str one = str_trim(str_split(&rest, '.'));
		const char *keyword = !outer || scope ? "let "
			: is_exported                 ? "export var "
						      : "var ";
		struct str object = !str_absent(container) && (is_exported || !outer)
			? arena_printf(strip->arena, "%.*s=%.*s.%.*s||(%.*s.%.*s={})", STR_ARG(one),
				  STR_ARG(container), STR_ARG(one), STR_ARG(container),
				  STR_ARG(one))
			: arena_printf(strip->arena, "%.*s||(%.*s={})", STR_ARG(one), STR_ARG(one));

		before = outer && !is_first
			? arena_printf(strip->arena, ";(function(%.*s){", STR_ARG(one))
			: arena_printf(strip->arena, "%.*s%s%.*s;(function(%.*s){", STR_ARG(before),
				  keyword, STR_ARG(one), STR_ARG(one));
		after = arena_printf(strip->arena, "%s)(%.*s);%.*s", str_absent(rest) ? "" : "}",
			STR_ARG(object), STR_ARG(after));
		container = one;
	}
	edit_blank(&strip->edit, strip_node(strip, statement)->start,
		strip_node(strip, body)->start + 1);
	edit_open(&strip->edit, strip_node(strip, statement)->start, before);
	edit_close(&strip->edit, strip_node(strip, body)->end, after);
}

static bool mentions(const struct strip *strip, syntax_id body, struct str name)
{
	for (syntax_id id = body; id < strip_node(strip, body)->after; id++)
		if ((strip_is(strip, id, SYNTAX_identifier) ||
			    strip_is(strip, id, SYNTAX_shorthand_property_identifier)) &&
			str_eq(strip_text(strip, id), name))
			return true;
	return false;
}

/* Names that an earlier part exports and that this one mentions. */
static int take_names(struct strip *strip, syntax_id part, syntax_id body, struct names *names)
{
	syntax_id from = syntax_child(&strip->tree, part, SYNTAX_statement_block);
	int r = 0;

	for (syntax_id id = syntax_first(&strip->tree, from); id && r == 0;
		id = syntax_next(&strip->tree, id)) {
		syntax_id declared = syntax_field(&strip->tree, id, FIELD_declaration);
		struct names exported = {0};

		if (!strip_is(strip, id, SYNTAX_export_statement) || !declared)
			continue;
		r = strip_declared_names(strip, declared, &exported);
		for (size_t i = 0; i < exported.count && r == 0; i++) {
			if (!mentions(strip, body, exported.items[i]) ||
				strip_declares(strip, body, 0, exported.items[i]) ||
				strip_has_name(names, exported.items[i]))
				continue;
			if (strip_is_variable(strip, declared))
				return strip_refuse(strip, body,
					"a variable of another part of the namespace is used here",
					"name it with the namespace, or put both in one part");
			r = strip_add_name(strip, names, exported.items[i]);
		}
	}
	return r;
}

/* What earlier parts of a namespace export is known in this one. */
static int join_parts(struct strip *strip, syntax_id namespace, struct str name, syntax_id body)
{
	syntax_id statement = strip_statement(strip, namespace);
	struct names names = {0};
	struct str list = STR("");
	int r = 0;

	for (syntax_id id = syntax_first(&strip->tree, strip_node(strip, statement)->parent);
		id && id != statement && r == 0; id = syntax_next(&strip->tree, id)) {
		syntax_id inner = syntax_field(&strip->tree, id, FIELD_declaration);

		if (!inner)
			inner = syntax_child(&strip->tree, id, SYNTAX_internal_module);
		if (inner && is_namespace(strip, inner) &&
			str_eq(strip_text(strip, syntax_field(&strip->tree, inner, FIELD_name)),
				name))
			r = take_names(strip, inner, body, &names);
	}
	if (r < 0 || names.count == 0)
		return r;
	for (size_t i = 0; i < names.count; i++)
		list = arena_printf(strip->arena, "%.*s%s%.*s", STR_ARG(list), i ? "," : "",
			STR_ARG(names.items[i]));
	edit_open(&strip->edit, strip_node(strip, body)->start + 1,
		arena_printf(
			strip->arena, "const {%.*s}=%.*s;", STR_ARG(list), STR_ARG(last_of(name))));
	return 0;
}

int strip_namespace(struct strip *strip, syntax_id id, syntax_id *next)
{
	syntax_id name = syntax_field(&strip->tree, id, FIELD_name);
	syntax_id body = syntax_child(&strip->tree, id, SYNTAX_statement_block);

	if (!body || strip_is(strip, name, SYNTAX_string) || !strip_is_alive(strip, id, 0)) {
		strip_erase(strip, id);
		*next = strip_node(strip, id)->after;
		return 0;
	}
	strip_open_object(strip, id, strip_text(strip, name), body);
	*next = body + 1;
	return join_parts(strip, id, strip_text(strip, name), body);
}

static struct str export_text(
	struct strip *strip, struct str container, struct names *names, bool is_variable)
{
	struct str text = STR(";");

	for (size_t i = 0; i < names->count; i++) {
		struct str name = names->items[i];

		text = is_variable
			? arena_printf(strip->arena,
				  "%.*sObject.defineProperty(%.*s,\"%.*s\",{get(){return %.*s},"
				  "set(%s){%.*s=%s},enumerable:true});",
				  STR_ARG(text), STR_ARG(container), STR_ARG(name), STR_ARG(name),
				  str_is(name, "v") ? "w" : "v", STR_ARG(name),
				  str_is(name, "v") ? "w" : "v")
			: arena_printf(strip->arena, "%.*s%.*s.%.*s=%.*s;", STR_ARG(text),
				  STR_ARG(container), STR_ARG(name), STR_ARG(name));
	}
	return text;
}

int strip_namespace_export(struct strip *strip, syntax_id id, syntax_id *next)
{
	syntax_id declaration = syntax_field(&strip->tree, id, FIELD_declaration);
	struct str container = container_of(strip, strip_node(strip, id)->parent);
	struct names names = {0};
	int r;

	if (!declaration || str_absent(container))
		return strip_refuse(strip, id, "this export stands inside of something else",
			"export at the top of the file");
	if (strip_is_erased(strip, declaration)) {
		strip_erase(strip, id);
		*next = strip_node(strip, id)->after;
		return 0;
	}
	if (strip_is(strip, declaration, SYNTAX_enum_declaration) ||
		is_namespace(strip, declaration))
		return 0;
	strip_blank_token(strip, id, "export");
	r = strip_declared_names(strip, declaration, &names);
	if (r == 0)
		edit_close(&strip->edit, strip_node(strip, id)->end,
			export_text(
				strip, container, &names, strip_is_variable(strip, declaration)));
	return r;
}
