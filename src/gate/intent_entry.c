/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One line of expect, allow or forbid: which action, which object, and what
 * must hold for it.  A combination that could never hold is refused here, so
 * that a line which looks like a condition is one.
 */
#include "base/suggest.h"
#include "gate/intent_model.h"

static const struct {
	struct str word;
	uint32_t actions;
	bool forbid_only;
} words[] = {
	{STR_INIT("create"), 1u << ACTION_CREATE, false},
	{STR_INIT("update"), 1u << ACTION_UPDATE, false},
	{STR_INIT("delete"), 1u << ACTION_DELETE, false},
	{STR_INIT("replace"), 1u << ACTION_REPLACE | 1u << ACTION_REPLACE_CBD, false},
	{STR_INIT("replace-cbd"), 1u << ACTION_REPLACE_CBD, false},
	{STR_INIT("destroy"), 1u << ACTION_DELETE | 1u << ACTION_REPLACE | 1u << ACTION_REPLACE_CBD,
		false},
	{STR_INIT("forget"), 1u << ACTION_FORGET, false},
	{STR_INIT("create-forget"), 1u << ACTION_CREATE_FORGET, false},
	{STR_INIT("forget-create"), 1u << ACTION_FORGET_CREATE, false},
	{STR_INIT("move"), 1u << ACTION_MOVE, false},
	{STR_INIT("import"), 1u << ACTION_IMPORT, false},
	{STR_INIT("read"), 1u << ACTION_READ, false},
	{STR_INIT("change"), ~ACTIONS_CALM, true},
};

static const char *const members[] = {"create", "update", "delete", "replace", "replace-cbd",
	"destroy", "forget", "create-forget", "forget-create", "move", "import", "read", "change",
	"from", "before", "after", "only", "id", "count", NULL};

int intent_check_members(struct node object, const char *const *names, struct error *err)
{
	struct node_iter it = node_children(object);

	if (!node_is_object(object))
		return error_node(
			err, ERR_INTENT_SYNTAX, object, "keys and values are expected here");
	while (node_next(&it)) {
		struct str key = node_raw(it.key);
		struct suggestion suggestion = {.typed = key};
		struct str nearest;
		size_t at = 0;

		while (names[at] && !node_text_is(it.key, str_of(names[at])))
			suggest_offer(&suggestion, str_of(names[at++]));
		if (names[at])
			continue;
		nearest = suggest_result(&suggestion);
		key = str_slice(key, 0, 60);
		if (str_absent(nearest))
			return error_node(
				err, ERR_INTENT_KEY, it.key, "unknown key \"%.*s\"", STR_ARG(key));
		return error_node(err, ERR_INTENT_KEY, it.key,
			"unknown key \"%.*s\"; did you mean \"%.*s\"?", STR_ARG(key),
			STR_ARG(nearest));
	}
	return 0;
}

int intent_read_text(struct node node, struct arena *arena, struct str *ret_text, struct error *err)
{
	struct str text = node_text(node, arena);

	if (!node_is_string(node) && node_type(node) != NODE_NUMBER)
		return error_node(err, ERR_INTENT_SYNTAX, node, "a text is expected here");
	/* A name or a version that looks like a number is meant as it is written. */
	if (node_type(node) == NODE_NUMBER)
		text = node_raw(node);
	if (str_absent(text))
		return error_memory(err);
	if (str_empty(text))
		return error_node(err, ERR_INTENT_SYNTAX, node, "an empty text says nothing here");
	*ret_text = text;
	return 0;
}

int intent_read_address(
	struct node node, struct arena *arena, struct address *ret_glob, struct error *err)
{
	const char *problem = "";
	struct str text = {NULL, 0};
	int r;

	if (!node_is_string(node))
		return error_node(err, ERR_INTENT_SYNTAX, node, "an address is expected here");
	r = intent_read_text(node, arena, &text, err);
	if (r < 0)
		return r;
	if (!glob_parse(text, arena, ret_glob, &problem))
		return arena_failed(arena)
			? error_memory(err)
			: error_node(err, ERR_INTENT_SYNTAX, node, "%s", problem);
	return 0;
}

/* An address that names one resource or instance, for from, same_as and refers_to. */
static int read_object(
	struct node node, struct arena *arena, struct address *ret, struct error *err)
{
	int r = intent_read_address(node, arena, ret, err);

	if (r == 0 && glob_is_wild(ret))
		return error_node(
			err, ERR_INTENT_SYNTAX, node, "one object is expected here, not a pattern");
	return r;
}

static int read_same_as(
	struct condition *condition, struct node value, struct arena *arena, struct error *err)
{
	static const char *const names[] = {"address", "path", NULL};
	int r;

	if (!node_is_object(value))
		return read_object(value, arena, &condition->other, err);
	r = intent_check_members(value, names, err);
	if (r < 0)
		return r;
	r = read_object(NODE_GET(value, "address"), arena, &condition->other, err);
	if (r < 0 || !node_exists(NODE_GET(value, "path")))
		return r;
	return intent_read_text(NODE_GET(value, "path"), arena, &condition->other_path, err);
}

static int read_operator(struct condition *condition, struct node key, struct node value,
	struct arena *arena, struct error *err)
{
	char problem[128];

	condition->value = value;
	if (node_text_is(key, STR("equals"))) {
		condition->op = OP_EQUALS;
		return 0;
	}
	if (node_text_is(key, STR("one_of"))) {
		condition->op = OP_ONE_OF;
		if (node_is_array(value) && node_count(value) > 0)
			return 0;
		return error_node(err, ERR_INTENT_SYNTAX, value, "one_of needs a list of values");
	}
	if (node_text_is(key, STR("lowered"))) {
		condition->op = OP_LOWERED;
		if (node_type(value) == NODE_TRUE || node_type(value) == NODE_NUMBER)
			return 0;
		return error_node(err, ERR_INTENT_SYNTAX, value,
			"lowered is true, or the least number that it may be lowered to");
	}
	if (node_text_is(key, STR("same_as"))) {
		condition->op = OP_SAME_AS;
		return read_same_as(condition, value, arena, err);
	}
	if (node_text_is(key, STR("refers_to"))) {
		condition->op = OP_REFERS_TO;
		return read_object(value, arena, &condition->other, err);
	}
	condition->op = OP_MATCHES;
	if (!node_is_string(value))
		return error_node(
			err, ERR_INTENT_SYNTAX, value, "matches needs a regular expression");
	condition->regex = regex_compile(node_text(value, arena), arena, problem);
	if (condition->regex)
		return 0;
	return arena_failed(arena) ? error_memory(err)
				   : error_node(err, ERR_INTENT_SYNTAX, value,
					     "not a regular expression: %s", problem);
}

static int add_condition(
	struct conditions *list, struct condition condition, struct arena *arena, struct error *err)
{
	if (!arena_grow(
		    arena, (void **)&list->items, list->count, &list->room, sizeof(*list->items)))
		return error_memory(err);
	list->items[list->count++] = condition;
	return 0;
}

/* One "path: value", which may be several conditions on the path. */
static int read_condition(struct conditions *list, struct node key, struct node value,
	struct arena *arena, struct error *err)
{
	static const char *const names[] = {
		"equals", "one_of", "lowered", "same_as", "refers_to", "matches", NULL};
	struct condition condition = {.op = OP_EQUALS, .place = key, .value = value};
	struct node_iter it = node_children(value);
	int r = intent_read_text(key, arena, &condition.path, err);

	if (r < 0)
		return r;
	if (!node_is_object(value))
		return add_condition(list, condition, arena, err);
	if (node_count(value) == 0)
		return error_node(err, ERR_INTENT_SYNTAX, value,
			"write equals: {} to compare with an empty object");
	r = intent_check_members(value, names, err);
	while (r == 0 && node_next(&it)) {
		struct condition one = condition;

		r = read_operator(&one, it.key, it.value, arena, err);
		if (r == 0)
			r = add_condition(list, one, arena, err);
	}
	return r;
}

static int read_conditions(
	struct conditions *list, struct node node, struct arena *arena, struct error *err)
{
	struct node_iter it = node_children(node);
	int r = 0;

	if (!node_is_object(node) || node_count(node) == 0)
		return error_node(err, ERR_INTENT_SYNTAX, node,
			"attributes and their values are expected here");
	while (r == 0 && node_next(&it))
		r = read_condition(list, it.key, it.value, arena, err);
	return r;
}

static int read_only(struct entry *entry, struct node node, struct arena *arena, struct error *err)
{
	struct node_iter it = node_children(node);
	int r = 0;

	entry->has_only = true;
	if (!node_is_array(node))
		return read_conditions(&entry->only, node, arena, err);
	if (node_count(node) == 0)
		return error_node(
			err, ERR_INTENT_SYNTAX, node, "name the attributes that may change");
	while (r == 0 && node_next(&it)) {
		struct condition condition = {.op = OP_NAMED, .place = it.value, .value = it.value};

		r = intent_read_text(it.value, arena, &condition.path, err);
		if (r == 0)
			r = add_condition(&entry->only, condition, arena, err);
	}
	return r;
}

static bool to_count(struct node node, size_t least, size_t *ret)
{
	int64_t value;

	if (!node_to_i64(node, &value) || value < (int64_t)least || value > 1000000)
		return false;
	*ret = (size_t)value;
	return true;
}

static int read_count(struct entry *entry, struct node node, struct error *err)
{
	static const char *const names[] = {"min", "max", NULL};
	struct node min, max;
	int r;

	entry->count_place = node;
	if (!node_is_object(node)) {
		if (!to_count(node, 1, &entry->max))
			return error_node(err, ERR_INTENT_SYNTAX, node,
				"count is a number from 1, or {min: N, max: N}");
		if (entry->list == LIST_EXPECT)
			entry->min = entry->max;
		return 0;
	}
	r = intent_check_members(node, names, err);
	if (r < 0)
		return r;
	min = NODE_GET(node, "min");
	max = NODE_GET(node, "max");
	entry->max = SIZE_MAX;
	if (node_exists(min) && entry->list != LIST_EXPECT)
		return error_node(
			err, ERR_INTENT_SYNTAX, min, "only expect can demand a least number");
	if ((node_exists(min) && !to_count(min, 0, &entry->min)) ||
		(node_exists(max) && !to_count(max, 1, &entry->max)) || entry->min > entry->max ||
		(!node_exists(min) && !node_exists(max)))
		return error_node(err, ERR_INTENT_SYNTAX, node,
			"count is a number from 1, or {min: N, max: N} with min up to max");
	return 0;
}

static int read_action(
	struct entry *entry, struct node object, struct arena *arena, struct error *err)
{
	struct node_iter it = node_children(object);
	bool found = false;

	while (node_next(&it)) {
		for (size_t i = 0; i < COUNT_OF(words); i++) {
			int r;

			if (!node_text_is(it.key, words[i].word))
				continue;
			if (found)
				return error_node(err, ERR_INTENT_SYNTAX, it.key,
					"one action a line; write another line for this one");
			if (words[i].forbid_only && entry->list != LIST_FORBID)
				return error_node(err, ERR_INTENT_SYNTAX, it.key,
					"\"change\" can only be forbidden; name the action");
			found = true;
			entry->word = words[i].word;
			entry->actions = words[i].actions;
			entry->place = it.value;
			r = intent_read_address(it.value, arena, &entry->glob, err);
			if (r < 0)
				return r;
		}
	}
	if (!found)
		return error_node(err, ERR_INTENT_SYNTAX, object,
			"an action is expected, such as \"create: ADDRESS\"");
	return 0;
}

/* What can never hold for an action must not look as if it did. */
static int check_sense(const struct entry *entry, struct node object, struct error *err)
{
	static const struct {
		const char *member;
		uint32_t actions;
		const char *problem;
	} senses[] = {
		{"before", ~(uint32_t)(1u << ACTION_CREATE | 1u << ACTION_READ),
			"a created object has no before"},
		{"id", ~(uint32_t)(1u << ACTION_CREATE | 1u << ACTION_READ),
			"a created object has no id yet"},
		{"after", ~(uint32_t)(1u << ACTION_DELETE | 1u << ACTION_FORGET),
			"an object that leaves has no after"},
		{"only", 1u << ACTION_UPDATE, "only goes with update"},
		{"from",
			1u << ACTION_CREATE | 1u << ACTION_REPLACE | 1u << ACTION_REPLACE_CBD |
				1u << ACTION_CREATE_FORGET | 1u << ACTION_FORGET_CREATE,
			"from goes with create or replace"},
	};

	for (size_t i = 0; i < COUNT_OF(senses); i++) {
		struct node member = node_get(object, str_of(senses[i].member));

		if (!node_exists(member) || entry->list == LIST_FORBID)
			continue;
		if (!(entry->actions & senses[i].actions))
			return error_node(err, ERR_INTENT_SYNTAX, member, "%s", senses[i].problem);
	}
	if (entry->list == LIST_FORBID &&
		(node_exists(NODE_GET(object, "count")) || node_exists(NODE_GET(object, "only")) ||
			node_exists(NODE_GET(object, "from"))))
		return error_node(err, ERR_INTENT_SYNTAX, object,
			"forbid takes an action, before, after and id");
	return 0;
}

int intent_read_entry(struct intent *intent, struct node node, enum entry_list list,
	struct arena *arena, struct entry *ret_entry, struct error *err)
{
	struct entry entry = {.list = list, .index = intent->entry_count, .max = SIZE_MAX};
	struct node before, after, only, id, count;
	int r;

	if (!node_is_object(node))
		return error_node(err, ERR_INTENT_SYNTAX, node,
			"a line such as \"create: ADDRESS\" is expected here");
	r = intent_check_members(node, members, err);
	if (r == 0)
		r = read_action(&entry, node, arena, err);
	if (r == 0)
		r = check_sense(&entry, node, err);
	if (r < 0)
		return r;
	before = NODE_GET(node, "before");
	after = NODE_GET(node, "after");
	only = NODE_GET(node, "only");
	id = NODE_GET(node, "id");
	count = NODE_GET(node, "count");
	entry.from_place = NODE_GET(node, "from");
	if (list == LIST_EXPECT)
		entry.min = entry.max = 1;
	if (node_exists(before))
		r = read_conditions(&entry.before, before, arena, err);
	if (r == 0 && node_exists(after))
		r = read_conditions(&entry.after, after, arena, err);
	if (r == 0 && node_exists(only))
		r = read_only(&entry, only, arena, err);
	if (r == 0 && node_exists(id))
		r = intent_read_text(id, arena, &entry.id, err);
	if (r == 0 && node_exists(count))
		r = read_count(&entry, count, err);
	if (r == 0 && node_exists(entry.from_place))
		r = read_object(entry.from_place, arena, &entry.from, err);
	if (r < 0)
		return r;
	intent->entry_count++;
	*ret_entry = entry;
	return 0;
}
