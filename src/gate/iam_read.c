/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading IAM policy documents: a text to statements.  Whatever shape AWS accepts is read: one
 * statement or a list, one action or a list, members in any case.
 */
#include "base/json.h"
#include "gate/iam.h"
#include "gate/iam_condition.h"

/* A member whatever the case of its key. */
static struct node member(struct node object, struct str key)
{
	struct node_iter it = node_children(object);

	while (it.object && node_next(&it)) {
		struct str raw = node_raw(it.key);

		if (raw.len == key.len && str_find_nocase(raw, key) == 0)
			return it.value;
	}
	return NODE_NONE;
}

struct str iam_lower(struct str text, struct arena *arena)
{
	char *copy = arena_alloc(arena, size_add(text.len, 1));

	if (!copy)
		return STR("");
	for (size_t i = 0; i < text.len; i++)
		copy[i] = char_lower(text.data[i]);
	return (struct str){copy, text.len};
}

/* "*:*" is a way to write "*", and so is "**". */
static struct str plain_pattern(struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.data[i] != '*' && text.data[i] != ':')
			return text;
	return text.len ? STR("*") : text;
}

static struct iam_list texts(struct node node, bool fold, bool inverted, struct arena *arena)
{
	bool list = node_is_array(node);
	size_t count = list ? node_count(node) : 1, used = 0;
	struct node_iter it = node_children(node);
	struct str *items = ARENA_ARRAY(arena, struct str, count);

	for (size_t i = 0; items && i < count; i++) {
		struct node item = list && node_next(&it) ? it.value : node;
		struct str text;

		if (!node_is_string(item))
			continue;
		text = plain_pattern(arena_str(arena, node_text(item, arena)));
		items[used++] = fold ? iam_lower(text, arena) : text;
	}
	return (struct iam_list){items, items ? used : 0, inverted, true};
}

static struct iam_list read_list(
	struct node statement, struct str key, struct str inverse, bool fold, struct arena *arena)
{
	struct node node = member(statement, key);

	if (node_exists(node))
		return texts(node, fold, false, arena);
	node = member(statement, inverse);
	return node_exists(node) ? texts(node, fold, true, arena) : (struct iam_list){0};
}

/* {"AWS": ["*"]} is everyone too; so is an ARN of any account. */
static struct str principal(struct str type, struct str text, struct arena *arena)
{
	if (str_is(type, "aws") &&
		(str_is(text, "*") || str_starts(text, STR("arn:aws:iam::*:")) ||
			str_starts(text, STR("arn:aws:sts::*:"))))
		return STR("*");
	return arena_printf(arena, "%.*s:%.*s", STR_ARG(type), STR_ARG(text));
}

static struct iam_list read_principals(struct node statement, struct arena *arena)
{
	struct node node = member(statement, STR("Principal"));
	bool inverted = !node_exists(node);
	struct node_iter types;
	struct str *items;
	size_t count = 0, used = 0;

	if (inverted)
		node = member(statement, STR("NotPrincipal"));
	if (!node_exists(node))
		return (struct iam_list){0};
	if (!node_is_object(node))
		return texts(node, false, inverted, arena);
	for (types = node_children(node); node_next(&types);)
		count += node_is_array(types.value) ? node_count(types.value) : 1;
	items = ARENA_ARRAY(arena, struct str, count);
	for (types = node_children(node); items && node_next(&types);) {
		struct str type = iam_lower(node_text(types.key, arena), arena);
		struct iam_list list = texts(types.value, false, false, arena);

		for (size_t i = 0; i < list.count; i++)
			items[used++] = principal(type, list.items[i], arena);
	}
	return (struct iam_list){items, used, inverted, true};
}

static void add_statement(struct iam_policy *policy, struct node node, struct arena *arena)
{
	struct iam_statement statement = {0};
	struct iam_condition_facts facts;

	if (!node_is_object(node) ||
		!arena_grow(arena, (void **)&policy->items, policy->count, &policy->room,
			sizeof(*policy->items)))
		return;
	statement.allow = !node_text_is(member(node, STR("Effect")), STR("Deny"));
	statement.sid = node_text(member(node, STR("Sid")), arena);
	statement.actions = read_list(node, STR("Action"), STR("NotAction"), true, arena);
	statement.resources = read_list(node, STR("Resource"), STR("NotResource"), false, arena);
	statement.principals = read_principals(node, arena);
	statement.condition = member(node, STR("Condition"));
	if (node_is_object(statement.condition) && node_count(statement.condition)) {
		facts = iam_condition_read(statement.condition, arena);
		statement.bounded = facts.bounds;
		statement.exempts = facts.exempts;
		statement.subject = facts.subject;
	} else {
		statement.condition = NODE_NONE;
	}
	policy->items[policy->count++] = statement;
}

void iam_policy_add(struct iam_policy *policy, struct node node, struct arena *arena)
{
	struct json_options options = {0};
	const struct doc *kept;
	struct doc *doc = NULL;
	struct str text = node_is_string(node) ? node_text(node, arena) : (struct str){NULL, 0};
	struct node list;
	struct node_iter it;

	if (str_absent(text) || text.len == 0)
		return;
	if (json_read(text, &options, &doc, NULL) < 0) {
		policy->unreadable = true;
		return;
	}
	kept = doc_adopt(doc, arena);
	if (!kept || doc_check_keys(doc_root(kept), NULL) < 0) {
		policy->unreadable = true;
		return;
	}
	list = member(doc_root(kept), STR("Statement"));
	if (!node_is_array(list)) {
		add_statement(policy, list, arena);
		return;
	}
	for (it = node_children(list); node_next(&it);)
		add_statement(policy, it.value, arena);
}
