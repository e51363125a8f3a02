/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The validator of arguments.  One table says which keywords there are, what form each must have, and
 * how it judges; a schema is walked as it stands, since those of tools are small.
 */
#include "mcp/schema.h"

#include "base/suggest.h"

enum { PROBLEMS_MOST = 5, SHOWN_MOST = 60, CHOICES_MOST = 12 };

struct check {
	struct arena *arena;
	struct buf *problems; /* NULL: nobody asks why */
	unsigned count;
};

/* The way from the arguments to a value in them: a member's name, or an index where the name is absent. */
struct step {
	const struct step *before;
	struct str name;
	size_t index;
};

static bool judge(
	struct check *check, const struct step *path, struct node schema, struct node value);

/* ---- what is told ---- */

static void add_path(struct buf *out, const struct step *path)
{
	if (!path)
		return;
	add_path(out, path->before);
	if (str_absent(path->name))
		buf_printf(out, "[%zu]", path->index);
	else
		buf_printf(out, "%s%.*s", path->before ? "." : "", STR_ARG(path->name));
}

/* The value as it was given, cut where it is long. */
static struct str shown(struct check *check, struct node value)
{
	struct str text = str_slice(doc_text(value.doc), node_offset(value), node_end(value));
	size_t most = SHOWN_MOST;

	if (text.len <= most)
		return text;
	while (most && ((unsigned char)text.data[most] & 0xc0) == 0x80)
		most--;
	return arena_printf(check->arena, "%.*s...", (int)most, text.data);
}

static bool WEIR_PRINTF(3, 4)
	fails(struct check *check, const struct step *path, const char *format, ...)
{
	va_list args;
	struct str text;

	check->count++;
	if (!check->problems || check->count > PROBLEMS_MOST)
		return false;
	va_start(args, format);
	text = arena_vprintf(check->arena, format, args);
	va_end(args);
	if (check->count > 1)
		buf_add_char(check->problems, '\n');
	buf_add(check->problems, path ? STR("`") : STR("The arguments"));
	add_path(check->problems, path);
	buf_printf(check->problems, "%s %.*s", path ? "`" : "", STR_ARG(text));
	return false;
}

/* The elements of an array of a schema, as they stand in it: "a", "b" or 3. */
static struct str choices(struct check *check, struct node list)
{
	struct str text = {"", 0};
	struct node_iter it = node_children(list);

	while (node_next(&it)) {
		if (it.index == CHOICES_MOST)
			return arena_printf(check->arena, "%.*s and more", STR_ARG(text));
		text = arena_printf(check->arena, "%.*s%s%.*s", STR_ARG(text), it.index ? ", " : "",
			STR_ARG(shown(check, it.value)));
	}
	return text;
}

/* ", did you mean X?" or nothing. */
static struct str nearest(struct check *check, const struct suggestion *suggestion)
{
	struct str best = suggest_result(suggestion);

	return str_absent(best)
		? STR("")
		: arena_printf(check->arena, " Did you mean \"%.*s\"?", STR_ARG(best));
}

/* ---- keywords ---- */

/* Whether a number is whole, however it is written: 1, 1.0, 10e-1, 1e400. */
static bool is_whole(struct str raw)
{
	size_t e = str_find_char(raw, 'e'), point, last;
	struct str digits;
	uint64_t shift = 0;
	bool is_down = false;

	if (e == SIZE_MAX)
		e = str_find_char(raw, 'E');
	digits = str_slice(raw, 0, e);
	if (e != SIZE_MAX) {
		struct str power = str_slice(raw, e + 1, raw.len);

		is_down = power.data[0] == '-';
		if (is_down || power.data[0] == '+')
			power = str_slice(power, 1, power.len);
		if (!str_to_u64(power, &shift))
			shift = UINT64_MAX;
	}
	/* Where the last digit that is not 0 stands: so many places behind the point. */
	for (last = digits.len; last > 0; last--)
		if (digits.data[last - 1] >= '1' && digits.data[last - 1] <= '9')
			break;
	if (last == 0)
		return true;
	point = str_find_char(digits, '.');
	if (point == SIZE_MAX)
		point = digits.len;
	if (last > point)
		return !is_down && shift >= last - point - 1;
	return !is_down || shift <= point - last;
}

static bool is_type(struct node value, struct str type)
{
	switch (node_type(value)) {
	case NODE_NULL:
		return str_is(type, "null");
	case NODE_TRUE:
	case NODE_FALSE:
		return str_is(type, "boolean");
	case NODE_NUMBER:
		return str_is(type, "number") ||
			(str_is(type, "integer") && is_whole(node_raw(value)));
	case NODE_STRING:
	case NODE_ESCAPED:
		return str_is(type, "string");
	case NODE_ARRAY:
		return str_is(type, "array");
	case NODE_OBJECT:
		return str_is(type, "object");
	}
	return false;
}

static bool judge_type(struct check *check, const struct step *path, struct node schema,
	struct node keyword, struct node value)
{
	struct node_iter it = node_children(keyword);

	(void)schema;
	if (node_is_string(keyword))
		return is_type(value, node_raw(keyword)) ||
			fails(check, path, "must be of type %.*s; given was %.*s.",
				STR_ARG(node_raw(keyword)), STR_ARG(shown(check, value)));
	while (node_next(&it))
		if (is_type(value, node_raw(it.value)))
			return true;
	return fails(check, path, "must be of one of the types %.*s; given was %.*s.",
		STR_ARG(choices(check, keyword)), STR_ARG(shown(check, value)));
}

static bool judge_properties(struct check *check, const struct step *path, struct node schema,
	struct node keyword, struct node value)
{
	struct node_iter it = node_children(value);
	bool holds = true;

	(void)schema;
	while (node_is_object(value) && node_next(&it)) {
		struct str name = node_text(it.key, check->arena);
		struct node property = node_get(keyword, name);

		if (node_exists(property))
			holds = judge(check, &(struct step){path, name, 0}, property, it.value) &&
				holds;
	}
	return holds;
}

static bool judge_required(struct check *check, const struct step *path, struct node schema,
	struct node keyword, struct node value)
{
	struct node_iter it = node_children(keyword);
	bool holds = true;

	(void)schema;
	while (node_is_object(value) && node_next(&it)) {
		struct str name = node_text(it.value, check->arena);

		if (!node_exists(node_get(value, name)))
			holds = fails(check, &(struct step){path, name, 0},
				"is required and was not given.");
	}
	return holds;
}

static bool unknown_name(
	struct check *check, const struct step *path, struct node properties, struct str name)
{
	struct suggestion suggestion = {.typed = name};
	struct node_iter it = node_children(properties);
	struct str known = {"", 0};

	while (node_next(&it)) {
		struct str one = node_text(it.key, check->arena);

		suggest_offer(&suggestion, one);
		known = arena_printf(check->arena, "%.*s%s%.*s", STR_ARG(known),
			it.index ? ", " : "", STR_ARG(one));
	}
	return fails(check, &(struct step){path, name, 0}, "is not known here.%.*s Known: %.*s.",
		STR_ARG(nearest(check, &suggestion)),
		STR_ARG(str_empty(known) ? STR("none") : known));
}

static bool judge_additional(struct check *check, const struct step *path, struct node schema,
	struct node keyword, struct node value)
{
	struct node properties = NODE_GET(schema, "properties");
	struct node_iter it = node_children(value);
	bool holds = true;

	while (node_is_object(value) && node_next(&it)) {
		struct str name = node_text(it.key, check->arena);

		if (node_exists(node_get(properties, name)))
			continue;
		if (node_type(keyword) == NODE_FALSE)
			holds = unknown_name(check, path, properties, name);
		else
			holds = judge(check, &(struct step){path, name, 0}, keyword, it.value) &&
				holds;
	}
	return holds;
}

static bool judge_items(struct check *check, const struct step *path, struct node schema,
	struct node keyword, struct node value)
{
	struct node_iter it = node_children(value);
	bool holds = true;

	(void)schema;
	while (node_is_array(value) && node_next(&it))
		holds = judge(check, &(struct step){path, {NULL, 0}, it.index}, keyword,
				it.value) &&
			holds;
	return holds;
}

static bool judge_enum(struct check *check, const struct step *path, struct node schema,
	struct node keyword, struct node value)
{
	struct suggestion suggestion = {.typed = node_text(value, check->arena)};
	struct node_iter it = node_children(keyword);

	(void)schema;
	while (node_next(&it)) {
		if (node_equal(it.value, value))
			return true;
		if (node_is_string(it.value) && node_is_string(value))
			suggest_offer(&suggestion, node_text(it.value, check->arena));
	}
	return fails(check, path, "must be one of %.*s; given was %.*s.%.*s",
		STR_ARG(choices(check, keyword)), STR_ARG(shown(check, value)),
		STR_ARG(nearest(check, &suggestion)));
}

static bool judge_const(struct check *check, const struct step *path, struct node schema,
	struct node keyword, struct node value)
{
	(void)schema;
	return node_equal(keyword, value) ||
		fails(check, path, "must be %.*s; given was %.*s.", STR_ARG(shown(check, keyword)),
			STR_ARG(shown(check, value)));
}

/* <0, 0, >0. A number that no double holds is larger than any limit, or as a negative one smaller. */
static int compare(struct node a, struct node limit)
{
	int64_t whole, other;
	double left, right;

	if (node_to_i64(a, &whole) && node_to_i64(limit, &other))
		return (whole > other) - (whole < other);
	if (!node_to_double(limit, &right))
		return 0;
	if (!node_to_double(a, &left))
		return node_raw(a).data[0] == '-' ? -1 : 1;
	return (left > right) - (left < right);
}

static bool judge_minimum(struct check *check, const struct step *path, struct node schema,
	struct node keyword, struct node value)
{
	(void)schema;
	return node_type(value) != NODE_NUMBER || compare(value, keyword) >= 0 ||
		fails(check, path, "must be at least %.*s; given was %.*s.",
			STR_ARG(node_raw(keyword)), STR_ARG(shown(check, value)));
}

static bool judge_maximum(struct check *check, const struct step *path, struct node schema,
	struct node keyword, struct node value)
{
	(void)schema;
	return node_type(value) != NODE_NUMBER || compare(value, keyword) <= 0 ||
		fails(check, path, "must be at most %.*s; given was %.*s.",
			STR_ARG(node_raw(keyword)), STR_ARG(shown(check, value)));
}

/* What a length counts: code points of a string, elements of an array. */
static size_t length(struct node value, struct arena *arena)
{
	struct str text;
	size_t points = 0;

	if (!node_is_string(value))
		return node_count(value);
	text = node_text(value, arena);
	for (size_t i = 0; i < text.len; i++)
		points += ((unsigned char)text.data[i] & 0xc0) != 0x80;
	return points;
}

static bool judge_length(struct check *check, const struct step *path, struct node keyword,
	struct node value, bool is_most, const char *unit)
{
	size_t given = length(value, check->arena);
	int64_t limit = 0;

	(void)node_to_i64(keyword, &limit);
	return (is_most ? given <= (size_t)limit : given >= (size_t)limit) ||
		fails(check, path, "must have at %s %lld %s; it has %zu.",
			is_most ? "most" : "least", (long long)limit, unit, given);
}

static bool judge_min_length(struct check *check, const struct step *path, struct node schema,
	struct node keyword, struct node value)
{
	(void)schema;
	return !node_is_string(value) ||
		judge_length(check, path, keyword, value, false, "characters");
}

static bool judge_max_length(struct check *check, const struct step *path, struct node schema,
	struct node keyword, struct node value)
{
	(void)schema;
	return !node_is_string(value) ||
		judge_length(check, path, keyword, value, true, "characters");
}

static bool judge_min_items(struct check *check, const struct step *path, struct node schema,
	struct node keyword, struct node value)
{
	(void)schema;
	return !node_is_array(value) ||
		judge_length(check, path, keyword, value, false, "elements");
}

static bool judge_max_items(struct check *check, const struct step *path, struct node schema,
	struct node keyword, struct node value)
{
	(void)schema;
	return !node_is_array(value) || judge_length(check, path, keyword, value, true, "elements");
}

/* Where no alternative fits, the reasons of the last one that has the value's type are told. */
static bool judge_any(struct check *check, const struct step *path, struct node schema,
	struct node keyword, struct node value)
{
	struct check quiet = {check->arena, NULL, 0};
	struct node nearest_one = NODE_NONE;
	struct node_iter it = node_children(keyword);

	(void)schema;
	while (node_next(&it)) {
		struct node type = NODE_GET(it.value, "type");

		if (judge(&quiet, path, it.value, value))
			return true;
		if (node_is_string(type) && is_type(value, node_raw(type)))
			nearest_one = it.value;
	}
	return node_exists(nearest_one)
		? judge(check, path, nearest_one, value)
		: fails(check, path, "fits none of the %zu forms that it may have; given was %.*s.",
			  node_count(keyword), STR_ARG(shown(check, value)));
}

/* ---- the table ---- */

enum form {
	FORM_TYPE,
	FORM_SCHEMA,
	FORM_SCHEMAS,
	FORM_NAMED_SCHEMAS,
	FORM_NAMES,
	FORM_LIST,
	FORM_ANY,
	FORM_NUMBER,
	FORM_COUNT,
	FORM_TEXT,
	FORM_DIALECT
};

static const struct keyword {
	const char *name;
	enum form form;
	bool (*judge)(struct check *check, const struct step *path, struct node schema,
		struct node keyword, struct node value); /* NULL: it judges nothing */
} keywords[] = {
	{"type", FORM_TYPE, judge_type},
	{"properties", FORM_NAMED_SCHEMAS, judge_properties},
	{"required", FORM_NAMES, judge_required},
	{"additionalProperties", FORM_SCHEMA, judge_additional},
	{"items", FORM_SCHEMA, judge_items},
	{"enum", FORM_LIST, judge_enum},
	{"const", FORM_ANY, judge_const},
	{"minimum", FORM_NUMBER, judge_minimum},
	{"maximum", FORM_NUMBER, judge_maximum},
	{"minLength", FORM_COUNT, judge_min_length},
	{"maxLength", FORM_COUNT, judge_max_length},
	{"minItems", FORM_COUNT, judge_min_items},
	{"maxItems", FORM_COUNT, judge_max_items},
	{"anyOf", FORM_SCHEMAS, judge_any},
	{"$schema", FORM_DIALECT, NULL},
	{"title", FORM_TEXT, NULL},
	{"description", FORM_TEXT, NULL},
	{"default", FORM_ANY, NULL},
};

static const struct keyword *keyword_find(struct node key)
{
	for (size_t i = 0; i < COUNT_OF(keywords); i++)
		if (node_text_is(key, str_of(keywords[i].name)))
			return &keywords[i];
	return NULL;
}

static bool judge(
	struct check *check, const struct step *path, struct node schema, struct node value)
{
	struct node_iter it = node_children(schema);
	bool holds = true;

	if (node_type(schema) == NODE_FALSE)
		return fails(check, path, "is not allowed here.");
	while (node_next(&it)) {
		const struct keyword *keyword = keyword_find(it.key);

		if (keyword->judge)
			holds = keyword->judge(check, path, schema, it.value, value) && holds;
	}
	return holds;
}

bool mcp_schema_check(
	struct node schema, struct node value, struct arena *arena, struct buf *problems)
{
	struct check check = {arena, problems, 0};
	bool holds = judge(&check, NULL, schema, value);

	if (check.count > PROBLEMS_MOST)
		buf_printf(problems, "\nAnd %u more.", check.count - PROBLEMS_MOST);
	return holds;
}

/* ---- loading ---- */

static int load(struct node schema, unsigned depth, struct error *err);

static bool is_type_name(struct node name)
{
	static const char *const names[] = {
		"null", "boolean", "number", "integer", "string", "array", "object"};

	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (node_text_is(name, str_of(names[i])))
			return true;
	return false;
}

static bool all(struct node list, bool (*is)(struct node))
{
	struct node_iter it = node_children(list);

	while (node_next(&it))
		if (!is(it.value))
			return false;
	return node_is_array(list);
}

static int load_each(struct node children, unsigned depth, struct error *err)
{
	struct node_iter it = node_children(children);
	int r = 0;

	while (r == 0 && node_next(&it))
		r = load(it.value, depth, err);
	return r;
}

/* A value that has no schemas inside. */
static bool has_form(enum form form, struct node value)
{
	int64_t count;

	switch (form) {
	case FORM_TYPE:
		return is_type_name(value) || (node_count(value) > 0 && all(value, is_type_name));
	case FORM_NAMES:
		return all(value, node_is_string);
	case FORM_LIST:
		return node_is_array(value);
	case FORM_NUMBER:
		return node_type(value) == NODE_NUMBER;
	case FORM_COUNT:
		return node_to_i64(value, &count) && count >= 0;
	case FORM_TEXT:
		return node_is_string(value);
	case FORM_DIALECT:
		return node_text_is(value, STR("https://json-schema.org/draft/2020-12/schema"));
	default:
		return true;
	}
}

static int load_keyword(
	const struct keyword *keyword, struct node value, unsigned depth, struct error *err)
{
	bool is_list = keyword->form == FORM_SCHEMAS;

	if (keyword->form == FORM_SCHEMA)
		return load(value, depth, err);
	if ((is_list && node_is_array(value) && node_count(value) > 0) ||
		(keyword->form == FORM_NAMED_SCHEMAS && node_is_object(value)))
		return load_each(value, depth, err);
	if (is_list || keyword->form == FORM_NAMED_SCHEMAS || !has_form(keyword->form, value))
		return error_node(err, ERR_DEFECT, value,
			"\"%s\" of a schema cannot have this value", keyword->name);
	return 0;
}

static int load(struct node schema, unsigned depth, struct error *err)
{
	struct node_iter it = node_children(schema);
	int r = 0;

	if (depth > MCP_SCHEMA_DEPTH)
		return error_node(err, ERR_DEFECT, schema, "schemas are nested too deeply");
	if (node_type(schema) == NODE_TRUE || node_type(schema) == NODE_FALSE)
		return 0;
	if (!node_is_object(schema))
		return error_node(err, ERR_DEFECT, schema, "a schema is an object, true or false");
	while (r == 0 && node_next(&it)) {
		const struct keyword *keyword = keyword_find(it.key);

		r = keyword ? load_keyword(keyword, it.value, depth + 1, err)
			    : error_node(err, ERR_DEFECT, it.key,
				      "weir does not know this keyword of a schema");
	}
	return r;
}

int mcp_schema_load(struct node schema, struct error *err)
{
	int r = doc_check_keys(schema, err);

	return r < 0 ? r : load(schema, 0, err);
}
