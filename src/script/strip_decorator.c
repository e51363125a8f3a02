/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Decorators as TypeScript's experimentalDecorators has them.  Each expression
 * moves behind the class, where a function at the end of the file applies it:
 * those of instance members first, then those of static ones, then the class's
 * own, with those of a method's or constructor's parameters behind them.
 *
 * What moves does so in one line, so nothing may be in it that needs its
 * newlines.
 */
#include "script/strip_walk.h"

static bool is_static(const struct strip *strip, syntax_id member)
{
	return strip_token(strip, member, "static") != 0;
}

/* The first thing in what moves that cannot stand on one line; 0 if there is
 * none. */
static syntax_id find_obstacle(const struct strip *strip, syntax_id decorator)
{
	for (syntax_id id = decorator + 1; id < strip_node(strip, decorator)->after; id++) {
		const struct syntax_node *node = strip_node(strip, id);

		if (node->kind == SYNTAX_decorator)
			return id;
		if ((node->kind == SYNTAX_template_string || node->kind == SYNTAX_statement_block ||
			    node->kind == SYNTAX_class_body) &&
			strip_has_newline(strip, node->start, node->end))
			return id;
	}
	return 0;
}

static void blank_line_comments(struct strip *strip, syntax_id decorator)
{
	for (syntax_id id = decorator + 1; id < strip_node(strip, decorator)->after; id++)
		if (strip_is(strip, id, SYNTAX_comment) &&
			str_starts(strip_text(strip, id), STR("//")))
			strip_blank(strip, id);
}

static int move_one(
	struct strip *strip, syntax_id decorator, size_t place, struct str before, struct str after)
{
	const struct syntax_node *node = strip_node(strip, decorator);
	syntax_id obstacle = find_obstacle(strip, decorator);

	if (obstacle)
		return strip_refuse(strip, obstacle,
			"a decorator's arguments must fit one line here",
			"name this value in a constant before the class");
	blank_line_comments(strip, decorator);
	strip->edit.gone[node->start] |= EDIT_MOVED;
	edit_close(&strip->edit, place, before);
	edit_move(&strip->edit, place, node->start + 1, node->end);
	edit_close(&strip->edit, place, after);
	return 0;
}

/* Moves the decorators among a node's children; *count says how many moved so
 * far. */
static int move_all(struct strip *strip, syntax_id parent, size_t place, unsigned *count)
{
	int r = 0;

	for (syntax_id id = syntax_first(&strip->tree, parent); id && r == 0;
		id = syntax_next(&strip->tree, id))
		if (strip_is(strip, id, SYNTAX_decorator) && ++*count)
			r = move_one(strip, id, place, STR(""), STR(","));
	return r;
}

/* A parameter's decorator takes the parameter's number in place of a
 * descriptor. */
static int move_parameters(struct strip *strip, syntax_id method, size_t place, unsigned *count)
{
	syntax_id parameters = syntax_field(&strip->tree, method, FIELD_parameters);
	unsigned number = 0;
	int r = 0;

	for (syntax_id id = parameters ? syntax_first(&strip->tree, parameters) : 0; id && r == 0;
		id = syntax_next(&strip->tree, id)) {
		if (strip_is(strip, id, SYNTAX_token) ||
			strip_is(strip, syntax_field(&strip->tree, id, FIELD_pattern), SYNTAX_this))
			continue;
		for (syntax_id one = syntax_first(&strip->tree, id); one && r == 0;
			one = syntax_next(&strip->tree, one))
			if (strip_is(strip, one, SYNTAX_decorator) && ++*count)
				r = move_one(strip, one, place,
					arena_printf(
						strip->arena, "(d=>(t,k)=>{d(t,k,%u)})(", number),
					STR("),"));
		number++;
	}
	return r;
}

static bool has_decorator(const struct strip *strip, syntax_id from, syntax_id end)
{
	for (syntax_id id = from; id < end; id++)
		if (strip_is(strip, id, SYNTAX_decorator))
			return true;
	return false;
}

/* Whether a member has decorators: before it, in it, or in its parameters. */
static bool is_decorated(const struct strip *strip, syntax_id first, syntax_id member)
{
	syntax_id parameters = syntax_field(&strip->tree, member, FIELD_parameters);

	return first != member || syntax_child(&strip->tree, member, SYNTAX_decorator) ||
		(parameters &&
			has_decorator(strip, parameters, strip_node(strip, parameters)->after));
}

/* Whether a class has decorators, not counting those of a class inside of it.
 */
static bool has_own_decorators(
	const struct strip *strip, syntax_id statement, syntax_id id, syntax_id body)
{
	if (syntax_child(&strip->tree, statement, SYNTAX_decorator) ||
		syntax_child(&strip->tree, id, SYNTAX_decorator))
		return true;
	for (syntax_id member = syntax_first(&strip->tree, body); member;
		member = syntax_next(&strip->tree, member))
		if (strip_is(strip, member, SYNTAX_decorator) ||
			is_decorated(strip, member, member))
			return true;
	return false;
}

/* The name of a member as a JavaScript text; absent for one that is computed or
 * private. */
static struct str key_of(const struct strip *strip, syntax_id member)
{
	syntax_id name = syntax_field(&strip->tree, member, FIELD_name);

	if (strip_is(strip, name, SYNTAX_property_identifier))
		return arena_printf(strip->arena, "\"%.*s\"", STR_ARG(strip_text(strip, name)));
	if (strip_is(strip, name, SYNTAX_string) || strip_is(strip, name, SYNTAX_number))
		return strip_text(strip, name);
	return (struct str){NULL, 0};
}

/* Decorators of a method stand before it in the body, those of a field in it.
 */
static int move_member(
	struct strip *strip, syntax_id first, syntax_id member, struct str name, size_t place)
{
	struct str key = key_of(strip, member);
	const bool is_field = strip_is(strip, member, SYNTAX_public_field_definition);
	unsigned count = 0;
	int r = 0;

	if (str_absent(key))
		return strip_refuse(strip, member, "a decorator needs a member with a plain name",
			"give it one");
	edit_close(&strip->edit, place,
		arena_printf(strip->arena, ";%.*s([", STR_ARG(strip->decorate)));
	for (syntax_id id = first; id && id != member && r == 0; id = syntax_next(&strip->tree, id))
		if (++count)
			r = move_one(strip, id, place, STR(""), STR(","));
	if (r == 0)
		r = move_all(strip, member, place, &count);
	if (r == 0 && !is_field)
		r = move_parameters(strip, member, place, &count);
	edit_close(&strip->edit, place,
		arena_printf(strip->arena, "],%.*s%s,%.*s,%s);", STR_ARG(name),
			is_static(strip, member) ? "" : ".prototype", STR_ARG(key),
			is_field ? "false" : "true"));
	return r;
}

static int move_members(
	struct strip *strip, syntax_id body, struct str name, size_t place, bool statics)
{
	syntax_id first = 0;
	int r = 0;

	for (syntax_id id = syntax_first(&strip->tree, body); id && r == 0;
		id = syntax_next(&strip->tree, id)) {
		syntax_id from = first ? first : id;

		if (strip_is(strip, id, SYNTAX_decorator)) {
			first = from;
			continue;
		}
		first = 0;
		if (strip_is(strip, id, SYNTAX_token) ||
			!(strip_is(strip, id, SYNTAX_method_definition) ||
				strip_is(strip, id, SYNTAX_public_field_definition)) ||
			is_static(strip, id) != statics ||
			str_is(strip_text(strip, syntax_field(&strip->tree, id, FIELD_name)),
				"constructor") ||
			!is_decorated(strip, from, id))
			continue;
		r = move_member(strip, from, id, name, place);
	}
	return r;
}

static int move_own(
	struct strip *strip, syntax_id id, syntax_id constructor, struct str name, size_t place)
{
	syntax_id statement = strip_statement(strip, id);
	syntax_id parameters =
		constructor ? syntax_field(&strip->tree, constructor, FIELD_parameters) : 0;
	unsigned count = 0;
	int r;

	if (!syntax_child(&strip->tree, id, SYNTAX_decorator) &&
		!syntax_child(&strip->tree, statement, SYNTAX_decorator) &&
		!(parameters &&
			has_decorator(strip, parameters, strip_node(strip, parameters)->after)))
		return 0;
	edit_close(&strip->edit, place,
		arena_printf(
			strip->arena, ";%.*s=%.*s([", STR_ARG(name), STR_ARG(strip->decorate)));
	r = statement != id ? move_all(strip, statement, place, &count) : 0;
	if (r == 0)
		r = move_all(strip, id, place, &count);
	if (r == 0 && constructor)
		r = move_parameters(strip, constructor, place, &count);
	edit_close(&strip->edit, place, arena_printf(strip->arena, "],%.*s);", STR_ARG(name)));
	return r;
}

int strip_decorators(struct strip *strip, syntax_id id, syntax_id body, syntax_id constructor)
{
	syntax_id statement = strip_statement(strip, id),
		  declared = syntax_field(&strip->tree, id, FIELD_name);
	struct str name = declared ? strip_text(strip, declared) : STR("");
	const size_t place = strip_node(strip, statement)->end;
	int r;

	if (!has_own_decorators(strip, statement, id, body))
		return 0;
	if (!declared || strip_is(strip, id, SYNTAX_class))
		return strip_refuse(strip, id, "a class with decorators must be declared by a name",
			"write: class NAME { ... }");
	if (str_absent(strip->decorate))
		strip->decorate = strip_unused_name(strip, "$d");
	r = move_members(strip, body, name, place, false);
	if (r == 0)
		r = move_members(strip, body, name, place, true);
	return r < 0 ? r : move_own(strip, id, constructor, name, place);
}

/* The function that applies decorators, behind the last line. */
void strip_add_decorate(struct strip *strip)
{
	if (str_absent(strip->decorate))
		return;
	edit_open(&strip->edit, strip->tree.text.len,
		arena_printf(strip->arena,
			"\nfunction %.*s(list,target,key,is_method){"
			"let made=key===undefined?target:"
			"is_method?Object.getOwnPropertyDescriptor(target,key):undefined;"
			"for(const one of list.reverse())"
			"made=(key===undefined?one(made):one(target,key,made))||made;"
			"if(key!==undefined&&made)Object.defineProperty(target,key,made);"
			"return made}",
			STR_ARG(strip->decorate)));
}
