/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What of TypeScript's syntax has no meaning at run time, kind by kind, and the
 * walk over a file.  What has a meaning and needs other words in JavaScript is
 * lowered by strip_class.c, strip_enum.c and strip_namespace.c; which imports
 * stay is decided by strip_module.c.
 *
 * Taking types out may change how the rest is read: a line that now begins with
 * a bracket continues the one before, a return or an arrow ends at a newline
 * that was in a type.  Each handler guards against what its own spaces do.
 */
#include "script/strip.h"

#include "script/strip_walk.h"

bool script_dialect_of(struct str path, enum script_dialect *ret_dialect)
{
	static const struct {
		struct str ending;
		enum script_dialect dialect;
	} endings[] = {
		{STR_INIT(".ts"), SCRIPT_TYPESCRIPT},
		{STR_INIT(".tsx"), SCRIPT_TYPESCRIPT},
		{STR_INIT(".mts"), SCRIPT_TYPESCRIPT},
		{STR_INIT(".cts"), SCRIPT_TYPESCRIPT},
		{STR_INIT(".js"), SCRIPT_JAVASCRIPT},
		{STR_INIT(".mjs"), SCRIPT_JAVASCRIPT},
		{STR_INIT(".cjs"), SCRIPT_JAVASCRIPT},
	};

	for (size_t i = 0; i < COUNT_OF(endings); i++) {
		if (!str_ends(path, endings[i].ending))
			continue;
		*ret_dialect = endings[i].dialect;
		return true;
	}
	return false;
}

int strip_refuse(struct strip *strip, syntax_id id, const char *what, const char *instead)
{
	return syntax_error_at(strip->err,
		error_set(strip->err, ERR_SCRIPT_UNSUPPORTED, "%s: %s", what, instead),
		strip->tree.text, strip->file, strip_node(strip, id)->start);
}

void strip_blank(struct strip *strip, syntax_id id)
{
	edit_blank(&strip->edit, strip_node(strip, id)->start, strip_node(strip, id)->end);
}

void strip_erase(struct strip *strip, syntax_id id)
{
	strip_blank(strip, id);
	edit_put(&strip->edit, strip_node(strip, id)->start, ';');
}

bool strip_blank_token(struct strip *strip, syntax_id id, const char *text)
{
	syntax_id token = strip_token(strip, id, text);

	if (token)
		strip_blank(strip, token);
	return token != 0;
}

bool strip_has_newline(const struct strip *strip, size_t from, size_t to)
{
	struct str text = str_slice(strip->tree.text, from, to);

	return str_find_char(text, '\n') != SIZE_MAX || str_find_char(text, '\r') != SIZE_MAX;
}

int strip_add_name(struct strip *strip, struct names *names, struct str name)
{
	if (!arena_grow(strip->arena, (void **)&names->items, names->count, &names->room,
		    sizeof(*names->items)))
		return error_memory(strip->err);
	names->items[names->count++] = name;
	return 0;
}

bool strip_has_name(const struct names *names, struct str name)
{
	for (size_t i = 0; i < names->count; i++)
		if (str_eq(names->items[i], name))
			return true;
	return false;
}

/* The next name that a pattern binds, from `id` on; 0 behind `end`. Defaults,
 * keys and types bind nothing. */
static syntax_id next_bound(const struct strip *strip, syntax_id id, syntax_id end)
{
	while (id < end) {
		const struct syntax_node *node = strip_node(strip, id);

		if (node->kind == SYNTAX_identifier ||
			node->kind == SYNTAX_shorthand_property_identifier_pattern)
			return id;
		if (node->field == FIELD_right || node->kind == SYNTAX_computed_property_name ||
			node->kind == SYNTAX_type_annotation)
			id = node->after;
		else
			id++;
	}
	return 0;
}

int strip_bound_names(struct strip *strip, syntax_id pattern, struct names *names)
{
	const syntax_id end = strip_node(strip, pattern)->after;
	int r = 0;

	for (syntax_id id = next_bound(strip, pattern, end); id && r == 0;
		id = next_bound(strip, id + 1, end))
		r = strip_add_name(strip, names, strip_text(strip, id));
	return r;
}

/* Whether `let` or `var` declares the name. */
static bool binds(const struct strip *strip, syntax_id declaration, struct str name)
{
	for (syntax_id id = syntax_first(&strip->tree, declaration); id;
		id = syntax_next(&strip->tree, id)) {
		syntax_id pattern = syntax_field(&strip->tree, id, FIELD_name);
		const syntax_id end = strip_node(strip, pattern)->after;

		if (!pattern)
			continue;
		for (syntax_id bound = next_bound(strip, pattern, end); bound;
			bound = next_bound(strip, bound + 1, end))
			if (str_eq(strip_text(strip, bound), name))
				return true;
	}
	return false;
}

/* Of a namespace a.b the first name is declared, and only if it has a value. */
static bool is_named(
	const struct strip *strip, syntax_id declaration, struct str own, struct str name)
{
	if (!str_eq(str_slice(own, 0, str_find_char(own, '.')), name))
		return false;
	return !syntax_child(&strip->tree, declaration, SYNTAX_statement_block) ||
		strip_is(strip, declaration, SYNTAX_function_declaration) ||
		strip_is(strip, declaration, SYNTAX_generator_function_declaration) ||
		strip_is_alive(strip, declaration, 0);
}

static bool declares_itself(const struct strip *strip, syntax_id statement, struct str name)
{
	syntax_id inner;

	switch (strip_node(strip, statement)->kind) {
	case SYNTAX_export_statement:
	case SYNTAX_expression_statement:
		inner = syntax_field(&strip->tree, statement, FIELD_declaration);
		if (!inner)
			inner = syntax_child(&strip->tree, statement, SYNTAX_internal_module);
		return inner && declares_itself(strip, inner, name);
	case SYNTAX_lexical_declaration:
	case SYNTAX_variable_declaration:
		return binds(strip, statement, name);
	case SYNTAX_class_declaration:
	case SYNTAX_abstract_class_declaration:
	case SYNTAX_function_declaration:
	case SYNTAX_generator_function_declaration:
	case SYNTAX_enum_declaration:
	case SYNTAX_internal_module:
	case SYNTAX_module:
		inner = syntax_field(&strip->tree, statement, FIELD_name);
		return inner && is_named(strip, statement, strip_text(strip, inner), name);
	default:
		return false;
	}
}

bool strip_declares(const struct strip *strip, syntax_id scope, syntax_id end, struct str name)
{
	for (syntax_id id = syntax_first(&strip->tree, scope); id && id != end;
		id = syntax_next(&strip->tree, id))
		if (declares_itself(strip, id, name))
			return true;
	return false;
}

static int take_out(struct strip *strip, syntax_id id, syntax_id *next)
{
	strip_blank(strip, id);
	*next = strip_node(strip, id)->after;
	return 0;
}

static int take_out_statement(struct strip *strip, syntax_id id, syntax_id *next)
{
	strip_erase(strip, id);
	*next = strip_node(strip, id)->after;
	return 0;
}

static int take_out_ambient(struct strip *strip, syntax_id id, syntax_id *next)
{
	syntax_id declared = syntax_child(&strip->tree, id, SYNTAX_enum_declaration);

	/* A const enum has its values in the text, declared or not. */
	if (declared && strip_token(strip, declared, "const")) {
		strip_blank_token(strip, id, "declare");
		return 0;
	}
	return take_out_statement(strip, id, next);
}

/*
 * `a as T` and `a satisfies T`.  Two statements in two lines stay two where the
 * second begins with a bracket, and `a + b as T * c` is (a + b) * c.
 */
static int take_out_as(struct strip *strip, syntax_id id, syntax_id *next)
{
	const struct syntax_node *node = strip_node(strip, id);
	const struct syntax_node *parent = strip_node(strip, node->parent);
	syntax_id inner = syntax_first(&strip->tree, id);
	size_t word = strip_node(strip, syntax_next(&strip->tree, inner))->start;
	size_t behind = syntax_skip_space(strip->tree.text, node->end);
	struct str rest = str_slice(strip->tree.text, behind, behind + 1);

	(void)next;
	edit_blank(&strip->edit, word, node->end);
	if (!str_empty(rest) && strchr("([`", rest.data[0]) &&
		strip_has_newline(strip, node->end, behind)) {
		edit_put(&strip->edit, word, ';');
	} else if (id == node->parent + 1 && parent->kind == SYNTAX_binary_expression &&
		strip_is(strip, inner, SYNTAX_binary_expression)) {
		edit_open(&strip->edit, strip_node(strip, inner)->start, STR("("));
		edit_put(&strip->edit, word, ')');
	}
	return 0;
}

static int take_out_non_null(struct strip *strip, syntax_id id, syntax_id *next)
{
	(void)next;
	strip_blank(strip, syntax_last(&strip->tree, id));
	return 0;
}

/* `<T>a`: where a brace would begin a block, or a newline end a return,
 * brackets hold the value. */
static int take_out_assertion(struct strip *strip, syntax_id id, syntax_id *next)
{
	static const struct str ambiguous[] = {STR_INIT("{"), STR_INIT("function"),
		STR_INIT("class"), STR_INIT("async"), STR_INIT("let")};
	syntax_id type = syntax_first(&strip->tree, id);
	syntax_id asserted = syntax_next(&strip->tree, type);
	struct str value = strip_text(strip, asserted);
	bool needs_brackets = strip_has_newline(
		strip, strip_node(strip, type)->start, strip_node(strip, asserted)->start);

	strip_blank(strip, type);
	*next = strip_node(strip, type)->after;
	for (size_t i = 0; i < COUNT_OF(ambiguous); i++)
		needs_brackets = needs_brackets || str_starts(value, ambiguous[i]);
	if (needs_brackets) {
		edit_put(&strip->edit, strip_node(strip, type)->start, '(');
		edit_close(&strip->edit, strip_node(strip, id)->end, STR(")"));
	}
	return 0;
}

/* Newlines of types must not come between `async`, the parameters and the
 * arrow. */
static int mend_arrow(struct strip *strip, syntax_id id, syntax_id *next)
{
	syntax_id parameters = syntax_field(&strip->tree, id, FIELD_parameters);
	syntax_id generic = syntax_child(&strip->tree, id, SYNTAX_type_parameters);
	syntax_id type = syntax_field(&strip->tree, id, FIELD_return_type);
	const struct syntax_node *brackets = strip_node(strip, parameters);

	(void)next;
	if (generic &&
		strip_has_newline(strip, strip_node(strip, generic)->start, brackets->start)) {
		strip_blank(strip, generic);
		edit_put(&strip->edit, strip_node(strip, generic)->start, '(');
		edit_blank(&strip->edit, brackets->start, brackets->start + 1);
	}
	if (type && strip_has_newline(strip, brackets->end, strip_node(strip, type)->end)) {
		strip_blank(strip, type);
		edit_blank(&strip->edit, brackets->end - 1, brackets->end);
		edit_put(&strip->edit, strip_node(strip, type)->end - 1, ')');
	}
	return 0;
}

/* A type that mend_arrow() has taken out is done. */
static int take_out_type(struct strip *strip, syntax_id id, syntax_id *next)
{
	*next = strip_node(strip, id)->after;
	if (!strip->edit.gone[strip_node(strip, id)->end - 1])
		strip_blank(strip, id);
	return 0;
}

/* `a < b, c > -1` and `a < b, c > [0]` are no types to TypeScript, for what follows on the line. */
static bool is_comparison(const struct strip *strip, const struct syntax_node *node)
{
	size_t behind = syntax_skip_space(strip->tree.text, node->end);
	struct str rest = str_slice(strip->tree.text, behind, behind + 2);

	if (!strip_is(strip, node->parent, SYNTAX_instantiation_expression) || str_empty(rest))
		return false;
	if (strchr("<>+-", rest.data[0]))
		return true;
	return !strip_has_newline(strip, node->end, behind) && !str_is(rest, "!=") &&
		strchr("[{!~\"'0123456789", rest.data[0]);
}

/* What is a comparison stays as it is, and its names are used. */
static int take_out_arguments(struct strip *strip, syntax_id id, syntax_id *next)
{
	const struct syntax_node *node = strip_node(strip, id);

	*next = node->after;
	if (!is_comparison(strip, node)) {
		strip_blank(strip, id);
		return 0;
	}
	for (syntax_id one = id; one < node->after; one++)
		if (strip_is(strip, one, SYNTAX_identifier) ||
			strip_is(strip, one, SYNTAX_type_identifier))
			strip_use(strip, strip_text(strip, one));
	return 0;
}

static int take_out_definite(struct strip *strip, syntax_id id, syntax_id *next)
{
	(void)next;
	strip_blank_token(strip, id, "!");
	return 0;
}

/* Without its modifiers a member must not continue the line before: `a = b`,
 * `private ["c"] = d`. */
static void part_from_last_member(struct strip *strip, syntax_id id)
{
	syntax_id first = syntax_first(&strip->tree, id), kept = first;

	while (kept && strip->edit.gone[strip_node(strip, kept)->start])
		kept = syntax_next(&strip->tree, kept);
	if (kept && kept != first && strchr("[*", strip_text(strip, kept).data[0]))
		edit_put(&strip->edit, strip_node(strip, first)->start, ';');
}

static void blank_modifiers(struct strip *strip, syntax_id id)
{
	static const char *const tokens[] = {"readonly", "?", "!", "abstract"};
	static const enum syntax_kind kinds[] = {
		SYNTAX_accessibility_modifier, SYNTAX_override_modifier};

	for (size_t i = 0; i < COUNT_OF(tokens); i++)
		(void)strip_blank_token(strip, id, tokens[i]);
	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		syntax_id modifier = syntax_child(&strip->tree, id, kinds[i]);

		if (modifier)
			strip_blank(strip, modifier);
	}
}

/*
 * TypeScript goes on behind a newline after `static`, where the grammar has a field of that name: then a decorator would be
 * another field's.  And it ends a field called `declare` there, where the grammar goes on.
 */
static bool has_lonely_word(const struct strip *strip, syntax_id id, syntax_id name)
{
	syntax_id declare = strip_token(strip, id, "declare");
	struct str text = strip->tree.text;
	size_t behind;

	if (declare)
		return str_find_char(str_slice(text, strip_node(strip, declare)->end,
					     strip_node(strip, name)->start),
			       '\n') != SIZE_MAX;
	if (!str_is(strip_text(strip, name), "static") ||
		!syntax_child(&strip->tree, id, SYNTAX_decorator) ||
		strip_node(strip, name)->end != strip_node(strip, id)->end)
		return false;
	behind = syntax_skip_space(text, strip_node(strip, name)->end);
	return behind < text.len && !strchr(";}", text.data[behind]);
}

static int strip_field(struct strip *strip, syntax_id id, syntax_id *next)
{
	static const char *const words[] = {"get", "set", "static", "async", "accessor"};
	syntax_id name = syntax_field(&strip->tree, id, FIELD_name);
	syntax_id type = syntax_field(&strip->tree, id, FIELD_type);

	if (has_lonely_word(strip, id, name))
		return strip_refuse(strip, id, "a word of this field stands alone on its line",
			"write all of its words on one line");
	if (strip_token(strip, id, "declare") || strip_token(strip, id, "abstract"))
		return take_out_statement(strip, id, next);
	if (strip_token(strip, id, "accessor"))
		return strip_refuse(strip, id, "`accessor` is not supported",
			"write a private field with get and set");
	blank_modifiers(strip, id);
	part_from_last_member(strip, id);
	if (!type || syntax_field(&strip->tree, id, FIELD_value))
		return 0;
	/* `get: T` would become the first word of the next member. */
	for (size_t i = 0; i < COUNT_OF(words); i++) {
		if (!str_is(strip_text(strip, name), words[i]))
			continue;
		strip_blank(strip, type);
		edit_put(&strip->edit, strip_node(strip, type)->start, ';');
	}
	return 0;
}

static int strip_method(struct strip *strip, syntax_id id, syntax_id *next)
{
	(void)next;
	blank_modifiers(strip, id);
	part_from_last_member(strip, id);
	return 0;
}

static int strip_parameter(struct strip *strip, syntax_id id, syntax_id *next)
{
	syntax_id pattern = syntax_field(&strip->tree, id, FIELD_pattern);
	syntax_id comma = syntax_next(&strip->tree, id);

	if (!strip_is(strip, pattern, SYNTAX_this)) {
		blank_modifiers(strip, id);
		return 0;
	}
	strip_blank(strip, id);
	if (comma && str_is(strip_text(strip, comma), ","))
		strip_blank(strip, comma);
	*next = strip_node(strip, id)->after;
	return 0;
}

/* f<T>`...` is read as two comparisons by the grammar. */
static int strip_comparison(struct strip *strip, syntax_id id, syntax_id *next)
{
	syntax_id left = syntax_field(&strip->tree, id, FIELD_left);
	syntax_id right = syntax_field(&strip->tree, id, FIELD_right);
	syntax_id open = strip_is(strip, left, SYNTAX_binary_expression)
		? syntax_field(&strip->tree, left, FIELD_operator)
		: 0;
	syntax_id close = syntax_field(&strip->tree, id, FIELD_operator);

	(void)next;
	if (open && str_is(strip_text(strip, open), "<") && str_is(strip_text(strip, close), ">") &&
		strip_is(strip, right, SYNTAX_template_string))
		edit_blank(&strip->edit, strip_node(strip, open)->start,
			strip_node(strip, close)->end);
	return 0;
}

static int strip_identifier(struct strip *strip, syntax_id id, syntax_id *next)
{
	static const char *const commonjs[] = {
		"require", "module", "exports", "__dirname", "__filename"};
	struct str name = strip_text(strip, id);

	(void)next;
	/* The grammar takes them for names where a newline is behind them. */
	if ((str_is(name, "export") || str_is(name, "new")) &&
		!strip_is(strip, strip_node(strip, id)->parent, SYNTAX_import_specifier) &&
		!strip_is(strip, strip_node(strip, id)->parent, SYNTAX_export_specifier))
		return strip_refuse(strip, id, "this word stands alone on its line",
			"write what belongs to it behind it, on the same line");
	strip_use(strip, name);
	for (unsigned i = 0; i < COUNT_OF(commonjs); i++)
		if (str_is(name, commonjs[i]))
			strip->ret.commonjs |= 1u << i;
	return 0;
}

/* Its class moves it, which for `@a export class` is yet to come. */
static int check_decorator(struct strip *strip, syntax_id id, syntax_id *next)
{
	syntax_id declaration =
		syntax_field(&strip->tree, strip_node(strip, id)->parent, FIELD_declaration);

	(void)next;
	return strip->edit.gone[strip_node(strip, id)->start] ||
			(declaration && syntax_child(&strip->tree, declaration, SYNTAX_class_body))
		? 0
		: strip_refuse(strip, id, "a decorator has no meaning here", "take it out");
}

static strip_handler *const handlers[SYNTAX_COUNT] = {
	[SYNTAX_abstract_class_declaration] = strip_class,
	[SYNTAX_abstract_method_signature] = take_out_statement,
	[SYNTAX_ambient_declaration] = take_out_ambient,
	[SYNTAX_arrow_function] = mend_arrow,
	[SYNTAX_as_expression] = take_out_as,
	[SYNTAX_asserts_annotation] = take_out_type,
	[SYNTAX_binary_expression] = strip_comparison,
	[SYNTAX_call_expression] = strip_call,
	[SYNTAX_class] = strip_class,
	[SYNTAX_class_declaration] = strip_class,
	[SYNTAX_decorator] = check_decorator,
	[SYNTAX_enum_declaration] = strip_enum,
	[SYNTAX_export_statement] = strip_export,
	[SYNTAX_function_signature] = take_out_statement,
	[SYNTAX_identifier] = strip_identifier,
	[SYNTAX_implements_clause] = take_out,
	[SYNTAX_import_alias] = strip_import_alias,
	[SYNTAX_import_statement] = strip_import,
	[SYNTAX_index_signature] = take_out_statement,
	[SYNTAX_internal_module] = strip_namespace,
	[SYNTAX_interface_declaration] = take_out_statement,
	[SYNTAX_method_definition] = strip_method,
	[SYNTAX_method_signature] = take_out_statement,
	[SYNTAX_module] = strip_namespace,
	[SYNTAX_non_null_expression] = take_out_non_null,
	[SYNTAX_optional_parameter] = strip_parameter,
	[SYNTAX_public_field_definition] = strip_field,
	[SYNTAX_required_parameter] = strip_parameter,
	[SYNTAX_satisfies_expression] = take_out_as,
	[SYNTAX_shorthand_property_identifier] = strip_identifier,
	[SYNTAX_template_string] = strip_template,
	[SYNTAX_type_alias_declaration] = take_out_statement,
	[SYNTAX_type_annotation] = take_out_type,
	[SYNTAX_type_arguments] = take_out_arguments,
	[SYNTAX_type_assertion] = take_out_assertion,
	[SYNTAX_type_parameters] = take_out_type,
	[SYNTAX_type_predicate_annotation] = take_out_type,
	[SYNTAX_variable_declarator] = take_out_definite,
};

/* The grammar reads `T`, newline, `[1]` as one type; TypeScript begins a
 * statement there. */
static int refuse_split_types(struct strip *strip)
{
	for (syntax_id id = 1; id < strip->tree.count; id++) {
		syntax_id type = syntax_first(&strip->tree, id), bracket;

		if (!strip_is(strip, id, SYNTAX_array_type) &&
			!strip_is(strip, id, SYNTAX_lookup_type))
			continue;
		bracket = syntax_next(&strip->tree, type);
		if (strip_has_newline(
			    strip, strip_node(strip, type)->end, strip_node(strip, bracket)->start))
			return strip_refuse(strip, bracket, "this bracket follows a type",
				"end the line before with a semicolon");
	}
	return 0;
}

/* The brackets of parameters may stand elsewhere, decorators do, and the members of an enum keep their values. */
static bool may_begin_blank(unsigned kind)
{
	return kind == SYNTAX_formal_parameters || kind == SYNTAX_decorator ||
		kind == SYNTAX_enum_body || kind == SYNTAX_enum_assignment;
}

static int walk(struct strip *strip)
{
	int r = 0;

	for (syntax_id id = 0; id < strip->tree.count && r == 0;) {
		syntax_id next = id + 1;
		const struct syntax_node *node = strip_node(strip, id);
		strip_handler *handle = handlers[node->kind];

		strip->edit.group = id;
		if (node->start < node->end && strip->edit.gone[node->start] & EDIT_BLANK &&
			!may_begin_blank(node->kind))
			next = node->after;
		else if (handle)
			r = handle(strip, id, &next);
		id = next;
	}
	return r;
}

static int strip_typescript(struct strip *strip, struct str source)
{
	int r = edit_init(&strip->edit, source, strip->arena, strip->err);

	if (r == 0 && str_starts(source, STR("\xef\xbb\xbf")))
		edit_blank(&strip->edit, 0, 3);
	if (r == 0)
		r = strip_collect_imports(strip);
	if (r == 0)
		r = refuse_split_types(strip);
	if (r == 0)
		r = walk(strip);
	strip->edit.group = strip->tree.count;
	if (r == 0)
		r = strip_finish_imports(strip);
	return r < 0 ? r : edit_render(&strip->edit, &strip->ret, strip->err);
}

/* Of JavaScript nothing changes; what the grammar cannot read the engine will
 * judge. */
static int pass_javascript(struct strip *strip, struct str source)
{
	int r = 0;

	strip->ret.text = source;
	if (source.len > SCRIPT_MAX_BYTES ||
		(str_find(source, STR("import")) == SIZE_MAX &&
			str_find(source, STR("export")) == SIZE_MAX))
		return 0;
	r = syntax_read(source, strip->file, strip->arena, &strip->tree, NULL);
	if (r == 0)
		r = strip_collect_imports(strip);
	return arena_failed(strip->arena) ? error_memory(strip->err)
		: r < 0                   ? 0
					  : strip_list_imports(strip);
}

int script_strip(struct str source, enum script_dialect dialect, struct str file,
	struct arena *arena, struct stripped *ret, struct error *err)
{
	struct strip strip = {.arena = arena, .file = file, .err = err};
	int r;

	if (dialect == SCRIPT_JAVASCRIPT) {
		r = pass_javascript(&strip, source);
	} else if (source.len > SCRIPT_MAX_BYTES) {
		r = error_at(err,
			error_set(err, ERR_SCRIPT_SIZE, "over %d MiB", SCRIPT_MAX_BYTES >> 20),
			file, 0, 0);
	} else {
		r = syntax_read(source, file, arena, &strip.tree, err);
		if (r == 0)
			r = strip_typescript(&strip, source);
	}
	if (r == 0 && arena_failed(arena))
		r = error_memory(err);
	if (r == 0)
		*ret = strip.ret;
	return r;
}
