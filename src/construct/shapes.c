/* SPDX-License-Identifier: Apache-2.0 */
/* Shapes by number: which are open, and what is known of their members. */
#include "construct/shapes.h"

#include "base/hash.h"
#include "base/json.h"

enum { FIRST_ROOM = 8, SHAPES_MOST = 1 << 20 };

void shapes_init(struct shapes *shapes, struct packs *packs, struct arena *arena)
{
	*shapes = (struct shapes){.packs = packs, .arena = arena};
}

const struct known_shape *shapes_at(const struct shapes *shapes, uint32_t number)
{
	return number && number <= shapes->count ? shapes->items[number - 1] : NULL;
}

/* ---- opening ---- */

/* Where a property is in the index, or would be. */
static uint32_t *slot_of(const struct known_shape *shape, struct str property)
{
	size_t at = (size_t)hash_bytes(property, 0);

	for (;; at++) {
		uint32_t *slot = &shape->index[at & (shape->index_room - 1)];

		if (!*slot || str_eq(shape->members[*slot - 1].property, property))
			return slot;
	}
}

/* Of members with one property the last one is found, as lib/provider/shape.ts has it. False without memory, or of a damaged pack. */
static bool list_members(struct known_shape *shape, struct arena *arena)
{
	const struct pack *pack =
		shape->shape.is_object ? shape->shape.object.pack : shape->shape.block.pack;

	shape->count = shape_member_count(&shape->shape);
	if (shape->count) /* before there is room for so many: a damaged pack has fewer than it says */
		(void)shape_outline_at(&shape->shape, shape->count - 1);
	if (pack->damaged)
		return false;
	shape->members = ARENA_ARRAY(arena, struct known_member, shape->count);
	shape->index_room = FIRST_ROOM;
	while (shape->index_room < 2 * (size_t)shape->count)
		shape->index_room *= 2;
	shape->index = ARENA_ARRAY(arena, uint32_t, shape->index_room);
	if (!shape->members || !shape->index)
		return false;
	for (uint32_t i = 0; i < shape->count; i++) {
		struct shape_outline outline = shape_outline_at(&shape->shape, i);
		struct str property = names_property(outline.name, arena);

		if (pack->damaged || str_absent(property))
			return false;
		shape->members[i] = (struct known_member){.property = property,
			.name = outline.name,
			.is_settable = outline.is_settable,
			.is_required = outline.is_required};
		*slot_of(shape, property) = i + 1;
		shape->required_count += outline.is_settable && outline.is_required;
	}
	return true;
}

/* NULL without memory, or of a damaged pack. */
static const struct known_shape *open_shape(
	struct shapes *shapes, const struct shape *shape, struct str type)
{
	struct known_shape *known;

	if (shapes->count == SHAPES_MOST ||
		!arena_grow(shapes->arena, (void **)&shapes->items, shapes->count, &shapes->room,
			sizeof(struct known_shape *)))
		return NULL;
	known = ARENA_NEW(shapes->arena, struct known_shape);
	if (!known)
		return NULL;
	*known = (struct known_shape){.number = (uint32_t)shapes->count + 1,
		.type = type,
		.is_complete = shape->is_whole,
		.has_groups =
			!str_empty(facts_members(facts_of_argument(shape->facts, STR("")).number)),
		.shape = *shape};
	if (!list_members(known, shapes->arena))
		return NULL;
	shapes->items[shapes->count++] = known;
	return known;
}

/* ---- members ---- */

struct form {
	enum known_whole whole;
	enum known_part part;
};

static const struct form forms[SHAPE_ACCESSES] = {
	[ACCESS_ANY] = {WHOLE_ANY, PART_ANY},
	[ACCESS_STRING] = {WHOLE_ONE, PART_TEXT},
	[ACCESS_NUMBER] = {WHOLE_ONE, PART_NUMBER},
	[ACCESS_BOOL] = {WHOLE_ONE, PART_BOOL},
	[ACCESS_STRING_LIST] = {WHOLE_LIST, PART_TEXT},
	[ACCESS_NUMBER_LIST] = {WHOLE_LIST, PART_NUMBER},
	[ACCESS_STRING_SET] = {WHOLE_LIST, PART_TEXT},
	[ACCESS_NUMBER_SET] = {WHOLE_LIST, PART_NUMBER},
	[ACCESS_ANY_SET] = {WHOLE_LIST, PART_ANY},
	[ACCESS_STRING_MAP] = {WHOLE_MAP, PART_TEXT},
	[ACCESS_NUMBER_MAP] = {WHOLE_MAP, PART_NUMBER},
	[ACCESS_BOOL_MAP] = {WHOLE_MAP, PART_BOOL},
};

/* The limit that two have in common: the greater least, or the smaller most; 0 is none. */
static uint32_t limit_of(uint32_t schema, struct node fact, bool is_most)
{
	int64_t known;

	if (!node_to_i64(fact, &known) || known <= 0 || known >= UINT32_MAX)
		return schema;
	if (is_most && schema && schema < known)
		return schema;
	return !is_most && schema > known ? schema : (uint32_t)known;
}

/* A fact as an object: its members are text. NODE_NONE where there is none; false without memory. */
static bool read_fact(
	uint32_t number, struct arena *arena, struct doc **ret_doc, struct node *ret_fact)
{
	struct str text = facts_members(number);

	*ret_fact = NODE_NONE;
	if (str_empty(text))
		return true;
	text = arena_printf(arena, "{%.*s}", STR_ARG(text));
	if (str_absent(text) || json_read(text, &(struct json_options){0}, ret_doc, NULL) < 0)
		return false;
	*ret_fact = doc_root(*ret_doc);
	return true;
}

/* What is known beyond the schema. False without memory. */
static bool take_fact(
	struct shapes *shapes, const struct known_shape *shape, struct known_member *member)
{
	CLEANUP(doc_cleanup) struct doc *doc = NULL;
	struct node fact, items;

	if (!read_fact(member->fact, shapes->arena, &doc, &fact))
		return false;
	items = NODE_GET(fact, "items");
	member->min_items = limit_of(member->min_items, node_at(items, 0), false);
	member->max_items = limit_of(member->max_items, node_at(items, 1), true);
	member->is_refused = node_is_true(NODE_GET(fact, "unsettable"));
	member->allowed = allowed_read(fact, shapes->arena);
	member->wanted = wanted_read(member->name, shape->type, fact, shapes->arena);
	return true;
}

static bool settle(struct shapes *shapes, const struct known_shape *shape, uint32_t index)
{
	struct known_member *member = &shape->members[index];
	struct shape_member *schema = ARENA_NEW(shapes->arena, struct shape_member);

	if (!schema)
		return false;
	*schema = shape_member_at(&shape->shape, index, shapes->arena);
	member->schema = schema;
	member->holding = schema->holding;
	member->access = shape_member_access(schema);
	member->whole = forms[member->access].whole;
	member->part = forms[member->access].part;
	member->min_items = schema->min_items;
	member->max_items = schema->max_items;
	member->fact = schema->fact;
	member->is_settled = take_fact(shapes, shape, member) && !arena_failed(shapes->arena);
	return member->is_settled;
}

const struct known_member *shapes_member(
	struct shapes *shapes, const struct known_shape *shape, uint32_t index)
{
	struct known_member *member = &shape->members[index];

	return member->is_settled || settle(shapes, shape, index) ? member : NULL;
}

const struct known_member *shapes_find(
	struct shapes *shapes, const struct known_shape *shape, struct str property)
{
	uint32_t number = *slot_of(shape, property);

	return number ? shapes_member(shapes, shape, number - 1) : NULL;
}

const struct known_shape *shapes_inner(struct shapes *shapes, const struct known_member *member)
{
	const struct known_shape *inner;

	if (member->inner || member->holding == HOLDS_VALUE)
		return shapes_at(shapes, member->inner);
	inner = open_shape(shapes, &member->schema->inner, STR(""));
	if (inner)
		((struct known_member *)(uintptr_t)member)->inner = inner->number;
	return inner;
}

/* ---- rules about several members ---- */

static const struct known_member *member_named(const struct known_shape *shape, struct str name)
{
	for (uint32_t i = 0; i < shape->count; i++)
		if (str_eq(shape->members[i].name, name))
			return &shape->members[i];
	return NULL;
}

/* One group of "apart":[["name","rule.name_prefix"]]. False without memory. */
static bool read_group(const struct known_shape *shape, struct node rule, struct node paths,
	struct known_group *group, struct arena *arena)
{
	static const struct str rules[] = {[RULE_ONE] = STR_INIT("one"),
		[RULE_SOME] = STR_INIT("some"),
		[RULE_APART] = STR_INIT("apart"),
		[RULE_WITH] = STR_INIT("with")};
	struct node_iter path = node_children(paths);
	size_t count = node_count(paths);

	group->paths = ARENA_ARRAY(arena, struct known_path, count);
	for (size_t i = 0; i < COUNT_OF(rules); i++)
		if (node_text_is(rule, rules[i]))
			group->rule = (enum known_rule)i;
	while (group->paths && group->count < count && node_next(&path)) {
		struct str rest = node_raw(path.value);
		struct str first = str_split(&rest, '.');

		group->paths[group->count++] =
			(struct known_path){member_named(shape, first), !str_absent(rest)};
	}
	return group->paths != NULL;
}

static bool read_groups(struct known_shape *shape, struct arena *arena)
{
	uint32_t number = facts_of_argument(shape->shape.facts, STR("")).number;
	CLEANUP(doc_cleanup) struct doc *doc = NULL;
	struct known_group *groups = NULL;
	size_t room = 0;
	struct node_iter rule, group;
	struct node rules;

	if (!read_fact(number, arena, &doc, &rules))
		return false;
	rule = node_children(rules);
	while (node_next(&rule)) {
		group = node_children(rule.value);
		while (node_next(&group)) {
			if (!arena_grow(arena, (void **)&groups, shape->group_count, &room,
				    sizeof(*groups)))
				return false;
			groups[shape->group_count] = (struct known_group){0};
			if (!read_group(shape, rule.key, group.value, &groups[shape->group_count++],
				    arena))
				return false;
		}
	}
	shape->groups = groups;
	return true;
}

const struct known_group *shapes_groups(
	struct shapes *shapes, const struct known_shape *shape, size_t *ret_count)
{
	static const struct known_group none;
	struct known_shape *own = shapes->items[shape->number - 1];

	if (!own->are_groups_read) {
		if (!read_groups(own, shapes->arena))
			return NULL;
		own->are_groups_read = true;
	}
	*ret_count = own->group_count;
	return own->groups ? own->groups : &none;
}

/* ---- paths ---- */

/* The shape of a type; NULL where there is none, or it can't be had. */
static const struct known_shape *type_shape(
	struct shapes *shapes, struct pack *pack, struct str kind, struct str name, struct str path)
{
	const struct known_shape *known;
	struct named_type type;
	struct shape shape;

	for (size_t i = 0; i < shapes->type_count; i++)
		if (str_eq(shapes->types[i].path, path))
			return shapes_at(shapes, shapes->types[i].number);
	path = arena_str(shapes->arena, path);
	if (!pack_kind_find(kind, &type.kind) || str_absent(path) ||
		!arena_grow(shapes->arena, (void **)&shapes->types, shapes->type_count,
			&shapes->type_room, sizeof(*shapes->types)))
		return NULL;
	type.type = str_slice(path, path.len - name.len, SIZE_MAX);
	if (!shape_of_type(pack, &type, shapes->arena, &shape))
		return NULL;
	known = open_shape(shapes, &shape, type.type);
	if (known)
		shapes->types[shapes->type_count++] = (struct known_type){path, known->number};
	return known;
}

/* The shape below the member that Terraform calls `name`; NULL as above. */
static const struct known_shape *shape_at_name(
	struct shapes *shapes, const struct known_shape *shape, struct str name)
{
	for (uint32_t i = 0; i < shape->count; i++) {
		const struct known_member *member;

		if (!str_eq(shape->members[i].name, name))
			continue;
		member = shapes_member(shapes, shape, i);
		if (member && member->holding != HOLDS_VALUE)
			return shapes_inner(shapes, member);
	}
	return NULL;
}

int shapes_open(struct shapes *shapes, struct str path, uint32_t *ret_number, struct error *err)
{
	struct str rest = path, provider = str_split(&rest, '/');
	struct str kind = str_split(&rest, '/'), name = str_split(&rest, '/');
	struct pack *pack = shapes->packs ? packs_find(shapes->packs, provider) : NULL;
	const struct known_shape *shape;
	int r;

	if (!pack || str_absent(name))
		return 0;
	shape = type_shape(shapes, pack, kind, name,
		str_slice(path, 0, (size_t)(name.data + name.len - path.data)));
	while (shape && !str_absent(rest))
		shape = shape_at_name(shapes, shape, str_split(&rest, '/'));
	r = pack_check(pack, err);
	if (r < 0)
		return r;
	if (arena_failed(shapes->arena))
		return error_memory(err);
	if (!shape)
		return 0;
	*ret_number = shape->number;
	return 1;
}
