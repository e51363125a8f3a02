/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which imports and exports of a file stay.  An import whose name is never used
 * as a value is a type, or might as well be one, and goes, as TypeScript does
 * with a file that it sees alone.  A type that a file exports stays as a name
 * without a value, so that another file that hands it on by that name still
 * links.
 */
#include <stdlib.h>

#include "script/strip_walk.h"

static int add_import(struct strip *strip, enum script_import_kind kind, syntax_id statement,
	syntax_id source, struct pending **ret)
{
	struct str text = strip_text(strip, source);

	if (!arena_grow(strip->arena, (void **)&strip->imports, strip->import_count,
		    &strip->import_room, sizeof(*strip->imports)))
		return error_memory(strip->err);
	*ret = &strip->imports[strip->import_count++];
	**ret = (struct pending){.statement = statement,
		.import = {.kind = kind,
			.specifier = str_slice(text, 1, text.len - 1),
			.offset = strip_node(strip, source)->start,
			.is_used = true}};
	return 0;
}

static int add_local(struct strip *strip, struct local local)
{
	if (!arena_grow(strip->arena, (void **)&strip->locals, strip->local_count,
		    &strip->local_room, sizeof(*strip->locals)))
		return error_memory(strip->err);
	strip->locals[strip->local_count++] = local;
	return 0;
}

/* A string as a name of another file's export counts without its quotes. */
static struct str name_text(const struct strip *strip, syntax_id id)
{
	struct str text = strip_text(strip, id);

	return strip_is(strip, id, SYNTAX_string) ? str_slice(text, 1, text.len - 1) : text;
}

static struct script_name name_at(const struct strip *strip, syntax_id id, struct str name)
{
	return (struct script_name){name, strip_node(strip, id)->start, true};
}

/* import a, * as b, {c, d as e}: one entry each. */
static int collect_clause(
	struct strip *strip, syntax_id clause, bool is_type, struct script_import *import)
{
	struct script_name *names = ARENA_ARRAY(
		strip->arena, struct script_name, strip_node(strip, clause)->after - clause);
	int r = names ? 0 : error_memory(strip->err);

	import->names = names;
	for (syntax_id id = clause + 1; id < strip_node(strip, clause)->after && r == 0; id++) {
		struct local local = {
			.node = id, .entry = &names[import->count], .is_type = is_type};
		syntax_id alias = syntax_field(&strip->tree, id, FIELD_alias);
		syntax_id name = syntax_field(&strip->tree, id, FIELD_name);

		if (strip_is(strip, id, SYNTAX_import_specifier)) {
			*local.entry = name_at(strip, name, name_text(strip, name));
			local.name = strip_text(strip, alias ? alias : name);
			local.is_type = is_type || strip_token(strip, id, "type");
		} else if (strip_is(strip, id, SYNTAX_namespace_import)) {
			*local.entry = name_at(strip, id, STR("*"));
			local.name = strip_text(strip, syntax_last(&strip->tree, id));
		} else if (strip_is(strip, id, SYNTAX_identifier) &&
			strip_node(strip, id)->parent == clause) {
			*local.entry = name_at(strip, id, STR("default"));
			local.name = strip_text(strip, id);
		} else {
			continue;
		}
		import->count++;
		r = add_local(strip, local);
	}
	return r;
}

static int collect_import(struct strip *strip, syntax_id id)
{
	const bool is_type = strip_token(strip, id, "type") != 0;
	syntax_id required = syntax_child(&strip->tree, id, SYNTAX_import_require_clause);
	syntax_id clause = syntax_child(&strip->tree, id, SYNTAX_import_clause);
	syntax_id source = syntax_field(&strip->tree, required ? required : id, FIELD_source);
	struct pending *pending;
	int r = add_import(strip, required ? SCRIPT_REQUIRE : SCRIPT_IMPORT, id, source, &pending);

	if (r < 0)
		return r;
	if (required)
		return add_local(strip,
			(struct local){.node = id,
				.name = strip_text(strip, syntax_first(&strip->tree, required)),
				.is_type = is_type});
	strip->ret.is_module = true;
	return clause ? collect_clause(strip, clause, is_type, &pending->import) : 0;
}

/* `export type`, also before a star, where the grammar has no token for the word. */
static bool says_type(const struct strip *strip, syntax_id id)
{
	const size_t behind = syntax_skip_space(
		strip->tree.text, strip_node(strip, id)->start + strlen("export"));

	return strip_token(strip, id, "type") ||
		(str_starts(str_slice(strip->tree.text, behind, strip_node(strip, id)->end),
			 STR("type")) &&
			!syntax_field(&strip->tree, id, FIELD_declaration));
}

static int collect_export_from(struct strip *strip, syntax_id id, syntax_id source)
{
	const bool is_type = says_type(strip, id);
	syntax_id clause = syntax_child(&strip->tree, id, SYNTAX_export_clause);
	struct script_name *names = ARENA_ARRAY(strip->arena, struct script_name,
		clause ? strip_node(strip, clause)->after - clause : 1);
	struct pending *pending;
	int r = add_import(strip, SCRIPT_EXPORT_FROM, id, source, &pending);

	if (r < 0 || !names)
		return error_memory(strip->err);
	pending->import.names = names;
	if (!clause) {
		names[0] = name_at(strip, id, STR("*"));
		names[0].is_used = pending->import.is_used = !is_type;
		pending->import.count = 1;
		return 0;
	}
	pending->import.is_used = false;
	for (syntax_id part = syntax_first(&strip->tree, clause); part;
		part = syntax_next(&strip->tree, part)) {
		syntax_id name = syntax_field(&strip->tree, part, FIELD_name);

		if (!strip_is(strip, part, SYNTAX_export_specifier))
			continue;
		names[pending->import.count] = name_at(strip, name, name_text(strip, name));
		names[pending->import.count].is_used =
			!is_type && !strip_token(strip, part, "type");
		pending->import.is_used |= names[pending->import.count++].is_used;
	}
	return 0;
}

static int by_name(const void *left, const void *right)
{
	const struct local *a = left, *b = right;

	return str_cmp(a->name, b->name);
}

int strip_collect_imports(struct strip *strip)
{
	int r = 0;

	for (syntax_id id = 1; id < strip->tree.count && r == 0; id++) {
		syntax_id source;

		switch (strip_node(strip, id)->kind) {
		case SYNTAX_import_statement:
			r = collect_import(strip, id);
			break;
		case SYNTAX_import_alias:
			r = add_local(strip,
				(struct local){.node = id,
					.name = strip_text(strip,
						syntax_child(
							&strip->tree, id, SYNTAX_identifier))});
			break;
		case SYNTAX_export_statement:
			source = syntax_field(&strip->tree, id, FIELD_source);
			if (source)
				r = collect_export_from(strip, id, source);
			break;
		default:
			break;
		}
	}
	if (strip->local_count)
		qsort(strip->locals, strip->local_count, sizeof(*strip->locals), by_name);
	return r;
}

static struct local *find_local(struct strip *strip, struct str name)
{
	struct local key = {.name = name};

	return strip->local_count
		? bsearch(&key, strip->locals, strip->local_count, sizeof(*strip->locals), by_name)
		: NULL;
}

void strip_use(struct strip *strip, struct str name)
{
	struct local *local = find_local(strip, name);

	if (local)
		local->is_used = true;
}

int strip_import(struct strip *strip, syntax_id id, syntax_id *next)
{
	*next = strip_node(strip, id)->after;
	return 0;
}

int strip_import_alias(struct strip *strip, syntax_id id, syntax_id *next)
{
	*next = strip_node(strip, id)->after;
	if (strip_is(strip, strip_node(strip, id)->parent, SYNTAX_export_statement))
		strip_use(strip,
			strip_text(strip, syntax_child(&strip->tree, id, SYNTAX_identifier)));
	return 0;
}

/* import("x") and require("x"). */
int strip_call(struct strip *strip, syntax_id id, syntax_id *next)
{
	syntax_id function = syntax_field(&strip->tree, id, FIELD_function);
	syntax_id arguments = syntax_last(&strip->tree, id);
	syntax_id first = syntax_child(&strip->tree, arguments, SYNTAX_string);
	struct pending *pending;

	(void)next;
	if (!first)
		return 0;
	if (strip_is(strip, function, SYNTAX_import))
		return add_import(strip, SCRIPT_IMPORT_DYNAMIC, 0, first, &pending);
	return str_is(strip_text(strip, function), "require")
		? add_import(strip, SCRIPT_REQUIRE, 0, first, &pending)
		: 0;
}

/* Whether a name of the file's top is declared as a type and as nothing else.
 */
static bool is_type(struct strip *strip, struct str name)
{
	const struct local *local = find_local(strip, name);

	if (local)
		return local->is_type;
	for (syntax_id id = syntax_first(&strip->tree, 0); id; id = syntax_next(&strip->tree, id)) {
		syntax_id inner = syntax_field(&strip->tree, id, FIELD_declaration);

		inner = inner ? inner : id;
		if ((strip_is(strip, inner, SYNTAX_interface_declaration) ||
			    strip_is(strip, inner, SYNTAX_type_alias_declaration)) &&
			str_eq(strip_text(strip, syntax_field(&strip->tree, inner, FIELD_name)),
				name))
			return !strip_declares(strip, 0, 0, name);
	}
	return false;
}

/* A part of a list in braces, with the comma behind it. */
static void blank_part(struct strip *strip, syntax_id id)
{
	syntax_id comma = syntax_next(&strip->tree, id);

	strip_blank(strip, id);
	if (comma && str_is(strip_text(strip, comma), ","))
		strip_blank(strip, comma);
}

static int export_clause(struct strip *strip, syntax_id id, syntax_id clause)
{
	const bool is_from = syntax_field(&strip->tree, id, FIELD_source) != 0;
	const bool all_types = strip_token(strip, id, "type") != 0;
	bool is_kept = !is_from && !all_types;
	int r = 0;

	for (syntax_id part = syntax_first(&strip->tree, clause); part && r == 0;
		part = syntax_next(&strip->tree, part)) {
		syntax_id name = syntax_field(&strip->tree, part, FIELD_name);
		syntax_id alias = syntax_field(&strip->tree, part, FIELD_alias);

		if (!strip_is(strip, part, SYNTAX_export_specifier))
			continue;
		if (all_types || strip_token(strip, part, "type") ||
			(!is_from && is_type(strip, strip_text(strip, name)))) {
			r = strip_add_name(
				strip, &strip->types, name_text(strip, alias ? alias : name));
			blank_part(strip, part);
			continue;
		}
		is_kept = true;
		r = strip_add_name(strip, &strip->values, name_text(strip, alias ? alias : name));
		if (!is_from)
			strip_use(strip, strip_text(strip, name));
	}
	if (!is_kept)
		strip_erase(strip, id);
	return r;
}

int strip_declared_names(struct strip *strip, syntax_id declaration, struct names *names)
{
	syntax_id name = syntax_field(&strip->tree, declaration, FIELD_name);
	int r = 0;

	if (!name && strip_is(strip, declaration, SYNTAX_import_alias))
		name = syntax_child(&strip->tree, declaration, SYNTAX_identifier);
	if (name)
		return strip_add_name(strip, names, strip_text(strip, name));
	for (syntax_id id = syntax_first(&strip->tree, declaration); id && r == 0;
		id = syntax_next(&strip->tree, id)) {
		name = syntax_field(&strip->tree, id, FIELD_name);
		if (name)
			r = strip_bound_names(strip, name, names);
	}
	return r;
}

bool strip_is_variable(const struct strip *strip, syntax_id declaration)
{
	return strip_is(strip, declaration, SYNTAX_variable_declaration) ||
		(strip_is(strip, declaration, SYNTAX_lexical_declaration) &&
			strip_token(strip, declaration, "let"));
}

bool strip_is_erased(const struct strip *strip, syntax_id declaration)
{
	syntax_id inner;

	switch (strip_node(strip, declaration)->kind) {
	case SYNTAX_interface_declaration:
	case SYNTAX_type_alias_declaration:
	case SYNTAX_function_signature:
		return true;
	case SYNTAX_ambient_declaration:
		inner = syntax_child(&strip->tree, declaration, SYNTAX_enum_declaration);
		return !inner || !strip_token(strip, inner, "const");
	case SYNTAX_internal_module:
	case SYNTAX_module:
		return !strip_is_alive(strip, declaration, 0);
	default:
		return false;
	}
}

static int export_declaration(
	struct strip *strip, syntax_id id, syntax_id declaration, syntax_id *next)
{
	const bool is_default = strip_token(strip, id, "default") != 0;
	const bool is_ambient = strip_is(strip, declaration, SYNTAX_ambient_declaration);
	syntax_id named = is_ambient ? syntax_last(&strip->tree, declaration) : declaration;

	if (strip_is_erased(strip, declaration)) {
		strip_erase(strip, id);
		*next = strip_node(strip, id)->after;
		return is_default || strip_is(strip, declaration, SYNTAX_function_signature)
			? 0
			: strip_declared_names(strip, named, &strip->types);
	}
	return is_default ? 0 : strip_declared_names(strip, named, &strip->values);
}

/* `export = a`: what require() of the file gives, and its default export. */
static void export_equals(struct strip *strip, syntax_id id)
{
	strip_blank_token(strip, id, "export");
	strip_blank_token(strip, id, "=");
	edit_open(
		&strip->edit, strip_node(strip, id)->start, STR("export default module.exports="));
	strip->ret.has_equals = true;
	strip->ret.commonjs |= SCRIPT_MENTIONS_MODULE;
}

int strip_export(struct strip *strip, syntax_id id, syntax_id *next)
{
	syntax_id declaration = syntax_field(&strip->tree, id, FIELD_declaration);
	syntax_id clause = syntax_child(&strip->tree, id, SYNTAX_export_clause);
	syntax_id value = syntax_field(&strip->tree, id, FIELD_value);

	if (strip_node(strip, id)->parent != 0)
		return strip_namespace_export(strip, id, next);
	if (strip_token(strip, id, "=")) {
		export_equals(strip, id);
		return 0;
	}
	strip->ret.is_module = true;
	if (declaration)
		return export_declaration(strip, id, declaration, next);
	if (strip_token(strip, id, "namespace") || (!clause && !value && says_type(strip, id)) ||
		(value && strip_is(strip, value, SYNTAX_identifier) &&
			is_type(strip, strip_text(strip, value)))) {
		strip_erase(strip, id);
		*next = strip_node(strip, id)->after;
	} else if (clause) {
		*next = strip_node(strip, id)->after;
		return export_clause(strip, id, clause);
	}
	return 0;
}

/* An alias that is used uses what it stands for: import a = b.c, import d =
 * a.e. */
static void settle_aliases(struct strip *strip)
{
	for (bool again = true; again;) {
		again = false;
		for (size_t i = 0; i < strip->local_count; i++) {
			struct local *local = &strip->locals[i];
			struct str target;

			if (!local->is_used || local->is_settled ||
				!strip_is(strip, local->node, SYNTAX_import_alias))
				continue;
			target = strip_text(strip,
				syntax_next(&strip->tree, strip_token(strip, local->node, "=")));
			strip_use(strip, str_slice(target, 0, str_find_char(target, '.')));
			local->is_settled = again = true;
		}
	}
}

/* `import a = ...` becomes `const a = ...`. */
static void make_const(struct strip *strip, syntax_id id)
{
	static const char word[] = "const";
	const size_t start = strip_node(strip, strip_token(strip, id, "import"))->start;

	edit_blank(&strip->edit, start, start + strlen("import"));
	for (size_t i = 0; word[i]; i++)
		edit_put(&strip->edit, start + i, word[i]);
}

static void drop_local(struct strip *strip, const struct local *local)
{
	/* The default name and its comma, or one of the list. */
	if (!strip_is(strip, local->node, SYNTAX_namespace_import))
		blank_part(strip, local->node);
}

/* Of `import a, {b, c} from "x"` what is used, at least one of them. */
static void keep_used(struct strip *strip, syntax_id clause)
{
	syntax_id rest = syntax_last(&strip->tree, clause),
		  comma = syntax_child(&strip->tree, clause, SYNTAX_token);
	bool rest_is_used = false;

	for (size_t i = 0; i < strip->local_count; i++) {
		const struct local *local = &strip->locals[i];

		if (local->node <= clause || local->node >= strip_node(strip, clause)->after)
			continue;
		if (!local->is_used)
			drop_local(strip, local);
		else if (local->node >= rest)
			rest_is_used = true;
	}
	if (comma && !rest_is_used)
		edit_blank(&strip->edit, strip_node(strip, comma)->start,
			strip_node(strip, rest)->end);
}

/* Whether anything of an import is used, once its names are marked. */
static void finish_import(struct strip *strip, struct pending *pending)
{
	syntax_id clause = syntax_child(&strip->tree, pending->statement, SYNTAX_import_clause);

	if (!clause)
		return;
	pending->import.is_used = false;
	for (size_t i = 0; i < pending->import.count; i++)
		pending->import.is_used |= pending->import.names[i].is_used;
	if (pending->import.is_used)
		keep_used(strip, clause);
	else
		strip_erase(strip, pending->statement);
}

static void finish_locals(struct strip *strip)
{
	for (size_t i = 0; i < strip->local_count; i++) {
		struct local *local = &strip->locals[i];

		local->is_used = local->is_used && !local->is_type;
		for (size_t j = 0; j < strip->import_count; j++)
			if (strip->imports[j].statement == local->node)
				strip->imports[j].import.is_used = local->is_used;
		if (local->entry)
			local->entry->is_used = local->is_used;
		else if (!local->is_used)
			strip_erase(strip, local->node);
		else
			make_const(strip, local->node);
		if (local->is_used &&
			syntax_child(&strip->tree, local->node, SYNTAX_import_require_clause))
			strip->ret.commonjs |= SCRIPT_MENTIONS_REQUIRE;
	}
}

struct str strip_unused_name(struct strip *strip, const char *start)
{
	struct str name = str_of(start);

	for (unsigned i = 1;
		str_find(strip->tree.text, name) != SIZE_MAX && !arena_failed(strip->arena); i++)
		name = arena_printf(strip->arena, "%s%u", start, i);
	return name;
}

/* What other files may still name: `var t;export{t as A,t as B}`, behind the
 * last line. */
static int export_types(struct strip *strip)
{
	struct str text = STR(""), name = strip_unused_name(strip, "$t");

	for (size_t i = 0; i < strip->types.count; i++) {
		struct names before = {strip->types.items, i, i};

		if (strip_has_name(&strip->values, strip->types.items[i]) ||
			strip_has_name(&before, strip->types.items[i]))
			continue;
		text = arena_printf(strip->arena, "%.*s%s%.*s as %.*s", STR_ARG(text),
			str_empty(text) ? "" : ",", STR_ARG(name), STR_ARG(strip->types.items[i]));
	}
	if (str_empty(text))
		return 0;
	edit_open(&strip->edit, strip->tree.text.len,
		arena_printf(
			strip->arena, "\nvar %.*s;export{%.*s};", STR_ARG(name), STR_ARG(text)));
	return 0;
}

static int by_offset(const void *left, const void *right)
{
	const struct script_import *a = left, *b = right;

	return a->offset < b->offset ? -1 : a->offset > b->offset;
}

int strip_list_imports(struct strip *strip)
{
	struct script_import *imports =
		ARENA_ARRAY(strip->arena, struct script_import, strip->import_count);

	if (!imports)
		return error_memory(strip->err);
	for (size_t i = 0; i < strip->import_count; i++)
		imports[i] = strip->imports[i].import;
	if (strip->import_count)
		qsort(imports, strip->import_count, sizeof(*imports), by_offset);
	strip->ret.imports = imports;
	strip->ret.import_count = strip->import_count;
	strip->ret.types = strip->types.items;
	strip->ret.type_count = strip->types.count;
	return 0;
}

/* Names of CommonJS that the file declares itself are its own. */
static void settle_commonjs(struct strip *strip)
{
	static const struct str names[] = {STR_INIT("require"), STR_INIT("module"),
		STR_INIT("exports"), STR_INIT("__dirname"), STR_INIT("__filename")};

	for (unsigned i = 0; i < COUNT_OF(names); i++) {
		const struct local *local = find_local(strip, names[i]);

		if ((local && local->is_used) || strip_declares(strip, 0, 0, names[i]))
			strip->ret.commonjs &= ~(1u << i);
	}
}

int strip_finish_imports(struct strip *strip)
{
	int r;

	settle_aliases(strip);
	finish_locals(strip);
	for (size_t i = 0; i < strip->import_count; i++) {
		struct pending *pending = &strip->imports[i];

		if (pending->import.kind == SCRIPT_IMPORT)
			finish_import(strip, pending);
	}
	settle_commonjs(strip);
	strip_add_decorate(strip);
	r = export_types(strip);
	return r < 0 ? r : strip_list_imports(strip);
}
