/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Shapes as the library has them.  It takes them as they come, without a pass of its own, so what is false, 0 or unknown is
 * left out.
 */
#include "base/json.h"
#include "catalog/shape.h"

enum { JSON_MOST = 64 << 20 };

struct writing {
	struct json_writer json;
	struct arena *arena;
	struct str path; /* of the shape, from the provider on */
};

struct str shape_holding_name(enum shape_holding holding)
{
	static const struct str names[] = {[HOLDS_VALUE] = STR_INIT("value"),
		[HOLDS_OBJECT] = STR_INIT("object"),
		[HOLDS_LIST] = STR_INIT("list"),
		[HOLDS_MAP] = STR_INIT("map")};

	return names[holding];
}

static void write_flag(struct json_writer *json, const char *key, bool flag)
{
	if (flag)
		json_member_bool(json, key, true);
}

static void write_number(struct json_writer *json, const char *key, uint32_t number)
{
	if (number)
		json_member_int(json, key, number);
}

static void write_member(struct writing *writing, const struct shape_member *member)
{
	bool is_value = member->holding == HOLDS_VALUE;
	struct json_writer *json = &writing->json;

	json_object_begin(json);
	json_member(json, "name", member->name);
	json_member(json, "property", member->property);
	json_member(json, "holding", shape_holding_name(member->holding));
	json_member(json, "access", shape_access_name(shape_member_access(member)));
	if (!is_value)
		json_member(json, "inner",
			arena_printf(writing->arena, "%.*s/%.*s", STR_ARG(writing->path),
				STR_ARG(member->name)));
	write_flag(json, "isSettable", member->is_settable);
	write_flag(json, "isRequired", member->is_required);
	write_flag(json, "isBlock", member->is_block);
	write_flag(json, "isSet", member->is_set);
	write_flag(json, "isItem", member->is_item);
	write_number(json, "minItems", member->min_items);
	write_number(json, "maxItems", member->max_items);
	write_number(json, "fact", member->fact);
	json_object_end(json);
}

/* An argument as properties: "rule.match_type" is ["rule","matchType"]. */
static void write_way(struct writing *writing, struct str path)
{
	json_array_begin(&writing->json);
	while (!str_absent(path))
		json_string(&writing->json, names_property(str_split(&path, '.'), writing->arena));
	json_array_end(&writing->json);
}

static void write_rule(struct writing *writing, struct node rule, struct node arguments)
{
	struct node_iter argument = node_children(arguments);

	json_object_begin(&writing->json);
	json_member(&writing->json, "rule", node_raw(rule));
	json_key(&writing->json, STR("paths"));
	json_array_begin(&writing->json);
	while (node_next(&argument))
		write_way(writing, node_raw(argument.value));
	json_array_end(&writing->json);
	json_object_end(&writing->json);
}

/* Rules about several arguments: {"apart":[["name","name_prefix"]]}. */
static int write_groups(struct writing *writing, const struct shape *shape, struct error *err)
{
	struct str text = facts_members(facts_of_argument(shape->facts, STR("")).number);
	struct node_iter rule, group;
	CLEANUP(doc_cleanup) struct doc *doc = NULL;
	int r;

	if (str_empty(text))
		return 0;
	text = arena_printf(writing->arena, "{%.*s}", STR_ARG(text));
	if (str_absent(text))
		return error_memory(err);
	r = json_read(text, &(struct json_options){0}, &doc, err);
	if (r < 0)
		return r;
	json_key(&writing->json, STR("groups"));
	json_array_begin(&writing->json);
	rule = node_children(doc_root(doc));
	while (node_next(&rule)) {
		group = node_children(rule.value);
		while (node_next(&group))
			write_rule(writing, rule.key, group.value);
	}
	json_array_end(&writing->json);
	return 0;
}

static int write_shape(struct writing *writing, const struct shape *shape, struct error *err)
{
	struct json_writer *json = &writing->json;
	int r;

	json_object_begin(json);
	json_member(json, "label", shape->label);
	json_member(json, "className", shape->class);
	write_flag(json, "isComplete", shape->is_whole);
	r = write_groups(writing, shape, err);
	json_key(json, STR("members"));
	json_array_begin(json);
	for (uint32_t i = 0; i < shape_member_count(shape); i++) {
		struct shape_member member = shape_member_at(shape, i, writing->arena);

		write_member(writing, &member);
	}
	json_array_end(json);
	json_object_end(json);
	return r;
}

/* The shape at the end of a path that begins with a kind and a type. */
static bool find_shape(
	struct pack *pack, struct str path, struct arena *arena, struct shape *ret_shape)
{
	struct str kind = str_split(&path, '/');
	struct named_type type;
	bool found;

	if (!pack_kind_find(kind, &type.kind) || str_absent(path))
		return false;
	type.type = str_split(&path, '/');
	found = shape_of_type(pack, &type, arena, ret_shape);
	while (found && !str_absent(path)) {
		struct shape shape = *ret_shape;

		found = shape_below(&shape, str_split(&path, '/'), arena, ret_shape);
	}
	return found;
}

int shape_json(struct pack *pack, struct str path, struct arena *arena, struct str *ret_text,
	struct error *err)
{
	CLEANUP(buf_free) struct buf out = BUF(JSON_MOST);
	struct writing writing = {.arena = arena};
	struct shape shape;
	struct str text;
	bool found = find_shape(pack, path, arena, &shape);
	int r;

	writing.path = arena_printf(arena, "%.*s/%.*s", STR_ARG(pack->name), STR_ARG(path));
	json_writer_init(&writing.json, &out, 0);
	r = found ? write_shape(&writing, &shape, err) : 0;
	if (r == 0)
		r = pack_check(pack, err);
	if (r < 0 || !found)
		return r;
	text = buf_failed(&out) || arena_failed(arena) ? (struct str){NULL, 0}
						       : arena_str(arena, buf_str(&out));
	if (str_absent(text))
		return error_memory(err);
	*ret_text = text;
	return 1;
}
