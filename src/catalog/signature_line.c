/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One member of a signature as a line: its type as the bindings have it, and behind it what is known of its values.  Apart
 * from the tree of members and what of it fits (signature.c).
 */
#include "base/json.h"
#include "base/tokens.h"
#include "catalog/signature.h"

enum {
	VALUES_MOST = 24, /* of a list of allowed values, unless it is wanted whole */
	TEXT_MOST = 160,  /* bytes of a description or a pattern, likewise */
	LINE_CEILING = 1 << 20,
};

/* ---- types ---- */

static void add_type(struct buf *out, const struct pack_type *type)
{
	struct pack_type element;

	switch (type->kind) {
	case PACK_TYPE_STRING:
		buf_add(out, STR("string"));
		return;
	case PACK_TYPE_NUMBER:
		buf_add(out, STR("number"));
		return;
	case PACK_TYPE_BOOL:
		buf_add(out, STR("boolean"));
		return;
	case PACK_TYPE_LIST:
	case PACK_TYPE_SET:
		element = pack_type_element(type);
		add_type(out, &element);
		buf_add(out, STR("[]"));
		return;
	case PACK_TYPE_MAP:
		element = pack_type_element(type);
		buf_add(out, STR("{ [key: string]: "));
		add_type(out, &element);
		buf_add(out, STR(" }"));
		return;
	case PACK_TYPE_OBJECT:
		buf_add(out, STR("{…}"));
		return;
	default:
		buf_add(out, STR("any"));
	}
}

static void add_holding(struct buf *out, const struct shape_member *member)
{
	static const char *const holdings[] = {[HOLDS_VALUE] = "",
		[HOLDS_OBJECT] = "{…}",
		[HOLDS_LIST] = "{…}[]",
		[HOLDS_MAP] = "{ [key: string]: {…} }"};

	if (member->holding == HOLDS_VALUE)
		add_type(out, &member->type);
	else
		buf_add(out, str_of(holdings[member->holding]));
}

/* ---- facts ---- */

struct telling {
	struct buf *out;
	struct arena *arena;
	const char *before; /* what stands before the next remark */
	bool whole;
};

static void begin(struct telling *telling)
{
	buf_add(telling->out, str_of(telling->before));
	telling->before = "; ";
}

static void add_cut(struct telling *telling, struct str text)
{
	size_t end = text.len;

	if (!telling->whole && end > TEXT_MOST) {
		end = TEXT_MOST;
		while (end && ((unsigned char)text.data[end] & 0xc0) == 0x80)
			end--;
	}
	for (size_t i = 0; i < end; i++)
		buf_add_char(telling->out, (unsigned char)text.data[i] < 0x20 ? ' ' : text.data[i]);
	if (end < text.len)
		buf_add(telling->out, STR("…"));
}

/* Strings in quotes, since allowed values are written so; all else as JSON has it. */
static void add_value(struct telling *telling, struct node value, bool quoted)
{
	bool quote = quoted && node_is_string(value);

	if (quote)
		buf_add_char(telling->out, '"');
	add_cut(telling,
		node_is_string(value) ? node_text(value, telling->arena) : node_raw(value));
	if (quote)
		buf_add_char(telling->out, '"');
}

static void add_values(
	struct telling *telling, struct node values, const char *between, bool quoted)
{
	struct node_iter it = node_children(values);
	size_t most = telling->whole ? SIZE_MAX : VALUES_MOST, count = node_count(values);

	while (node_next(&it) && it.index < most) {
		if (it.index)
			buf_add(telling->out, str_of(between));
		add_value(telling, it.value, quoted);
	}
	if (count > most)
		buf_printf(telling->out, "%s… %zu more", between, count - most);
}

static void add_range(struct telling *telling, struct node range)
{
	struct node low = node_at(range, 0), high = node_at(range, 1);

	if (!node_is_null(low))
		add_value(telling, low, false);
	buf_add(telling->out, STR(".."));
	if (!node_is_null(high))
		add_value(telling, high, false);
}

/* How each kind of fact is told. */
static const struct {
	struct str kind;
	const char *words;
	enum { AS_RANGE, AS_VALUES, AS_QUOTED, AS_VALUE, AS_WORDS } form;
} tellings[] = {
	{STR_INIT("one_of"), "", AS_QUOTED},
	{STR_INIT("not_one_of"), "not ", AS_QUOTED},
	{STR_INIT("range"), "", AS_RANGE},
	{STR_INIT("above"), "above ", AS_VALUE},
	{STR_INIT("multiple_of"), "a multiple of ", AS_VALUE},
	{STR_INIT("integer"), "whole", AS_WORDS},
	{STR_INIT("length"), "length ", AS_RANGE},
	{STR_INIT("items"), "items ", AS_RANGE},
	{STR_INIT("format"), "format ", AS_VALUE},
	{STR_INIT("pattern"), "matches ", AS_VALUES},
	{STR_INIT("refers_to"), "refers to ", AS_VALUES},
};

static void tell_facts(struct telling *telling, struct node facts)
{
	struct node_iter any = node_children(NODE_GET(facts, "any"));

	for (size_t i = 0; i < COUNT_OF(tellings); i++) {
		struct node fact = node_get(facts, tellings[i].kind);

		if (!node_exists(fact))
			continue;
		begin(telling);
		buf_add(telling->out, str_of(tellings[i].words));
		switch (tellings[i].form) {
		case AS_RANGE:
			add_range(telling, fact);
			break;
		case AS_VALUES:
			add_values(telling, fact, ", ", false);
			break;
		case AS_QUOTED:
			add_values(telling, fact, " | ", true);
			break;
		case AS_VALUE:
			add_value(telling, fact, false);
			break;
		case AS_WORDS:
			break;
		}
	}
	while (node_next(&any)) {
		begin(telling);
		buf_add(telling->out, any.index ? STR("or ") : STR("either "));
		telling->before = "";
		tell_facts(telling, any.value);
		telling->before = "; ";
	}
}

/* Facts of the program's own as a document; NULL where there are none. */
static struct doc *facts_doc(uint32_t fact, struct arena *arena)
{
	struct str members = facts_members(fact), text;
	struct doc *doc = NULL;

	if (str_empty(members))
		return NULL;
	text = arena_printf(arena, "{%.*s}", STR_ARG(members));
	return str_absent(text) || json_read(text, &(struct json_options){0}, &doc, NULL) < 0 ? NULL
											      : doc;
}

static unsigned flags_of(const struct signature_line *line)
{
	struct pack_attribute attribute;

	if (line->member->is_block)
		return line->member->inner.block.flags;
	if (!line->shape->is_object &&
		pack_attribute_find(&line->shape->block, line->member->name, &attribute))
		return attribute.flags;
	return 0;
}

/* ---- lines ---- */

static struct str text_line(const struct signature_line *line, struct arena *arena)
{
	const struct shape_member *member = line->member;
	CLEANUP(buf_free) struct buf out = BUF(LINE_CEILING);
	CLEANUP(doc_cleanup) struct doc *facts = facts_doc(member->fact, arena);
	struct telling telling = {&out, arena, "  // ", line->whole};
	unsigned flags = flags_of(line);

	buf_add(&out, member->property);
	buf_add(&out, member->is_required || !member->is_settable ? STR(": ") : STR("?: "));
	add_holding(&out, member);
	if (flags & PACK_DEPRECATED) {
		begin(&telling);
		buf_add(&out, STR("deprecated"));
	}
	if (flags & PACK_SENSITIVE) {
		begin(&telling);
		buf_add(&out, STR("sensitive"));
	}
	if (flags & PACK_WRITE_ONLY) {
		begin(&telling);
		buf_add(&out, STR("write-only"));
	}
	if (member->max_items > 1 || member->min_items > 1) {
		begin(&telling);
		buf_printf(&out, "items %u..", member->min_items);
		if (member->max_items)
			buf_printf(&out, "%u", member->max_items);
	}
	if (facts)
		tell_facts(&telling, doc_root(facts));
	if (!str_empty(member->description)) {
		begin(&telling);
		add_cut(&telling, member->description);
	}
	return arena_str(arena, buf_str(&out));
}

static struct str json_line(const struct signature_line *line, struct arena *arena)
{
	const struct shape_member *member = line->member;
	CLEANUP(buf_free) struct buf out = BUF(LINE_CEILING), type = BUF(LINE_CEILING);
	struct str facts = facts_members(member->fact);
	unsigned flags = flags_of(line);
	struct json_writer writer;

	add_holding(&type, member);
	json_writer_init(&writer, &out, 0);
	json_object_begin(&writer);
	json_member(&writer, "name", member->name);
	json_member(&writer, "property", member->property);
	json_member(&writer, "type", buf_str(&type));
	if (member->is_required)
		json_member_bool(&writer, "required", true);
	if (!member->is_settable)
		json_member_bool(&writer, "computed", true);
	if (flags & PACK_DEPRECATED)
		json_member_bool(&writer, "deprecated", true);
	if (flags & PACK_SENSITIVE)
		json_member_bool(&writer, "sensitive", true);
	if (flags & PACK_WRITE_ONLY)
		json_member_bool(&writer, "write_only", true);
	if (member->max_items > 1)
		json_member_int(&writer, "max_items", member->max_items);
	if (!str_empty(member->description))
		json_member(&writer, "description", member->description);
	/* The object stays open: more members follow. */
	if (!str_empty(facts)) {
		buf_add_char(&out, ',');
		buf_add(&out, facts);
	}
	return arena_str(arena, str_slice(buf_str(&out), 1, SIZE_MAX));
}

struct str signature_line(const struct signature_line *line, struct arena *arena)
{
	return line->json ? json_line(line, arena) : text_line(line, arena);
}

/* ---- rules about several members ---- */

static const struct {
	struct str kind;
	const char *words, *between;
} rules[] = {
	{STR_INIT("one"), "exactly one of ", ", "},
	{STR_INIT("some"), "at least one of ", ", "},
	{STR_INIT("apart"), "not together: ", ", "},
	{STR_INIT("with"), "", " only with "},
};

/* Paths of members, in the bindings' spelling. */
static void add_properties(
	struct buf *out, struct node paths, const char *between, struct arena *arena)
{
	struct node_iter it = node_children(paths);

	while (node_next(&it)) {
		struct str rest = node_text(it.value, arena);

		if (it.index)
			buf_add(out, str_of(between));
		while (!str_absent(rest)) {
			buf_add(out, names_property(str_split(&rest, '.'), arena));
			if (!str_absent(rest))
				buf_add_char(out, '.');
		}
	}
}

struct str signature_rules(const struct shape *shape, bool json, size_t budget, struct arena *arena)
{
	uint32_t fact = facts_of_argument(shape->facts, STR("")).number;
	CLEANUP(doc_cleanup) struct doc *facts = facts_doc(fact, arena);
	CLEANUP(buf_free) struct buf out = BUF(LINE_CEILING);
	size_t left_out = 0;

	if (!facts)
		return STR("");
	if (json)
		return token_estimate(facts_members(fact)) > budget
			? STR("")
			: arena_printf(arena, "{%.*s}", STR_ARG(facts_members(fact)));
	for (size_t i = 0; i < COUNT_OF(rules); i++) {
		struct node_iter groups = node_children(node_get(doc_root(facts), rules[i].kind));

		while (node_next(&groups)) {
			size_t before = out.len;

			buf_add(&out, str_of(rules[i].words));
			add_properties(&out, groups.value, rules[i].between, arena);
			buf_add_char(&out, '\n');
			if (token_estimate(buf_str(&out)) <= budget)
				continue;
			out.len = before < out.len ? before : out.len;
			left_out++;
		}
	}
	if (left_out)
		buf_printf(&out, "… %zu more rules about several members\n", left_out);
	return arena_str(arena, buf_str(&out));
}
