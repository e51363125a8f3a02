/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The words of a finding: a rule's templates with their placeholders filled
 * in, and what forces a replacement or makes an object go, from what the plan
 * itself says.
 */
#include "gate/rule_model.h"

enum { CANDIDATES = 4096 }; /* changes looked at to name a trigger */

/* "vpc_config[0].subnet_ids" from ["vpc_config", 0, "subnet_ids"] */
static struct str path_text(struct node path, struct arena *arena)
{
	struct node_iter it = node_children(path);
	struct str text = {NULL, 0};

	while (node_next(&it)) {
		if (!node_is_string(it.value))
			text = arena_printf(
				arena, "%.*s[%.*s]", STR_ARG(text), STR_ARG(node_raw(it.value)));
		else
			text = arena_printf(arena, "%.*s%s%.*s", STR_ARG(text), text.len ? "." : "",
				STR_ARG(node_text(it.value, arena)));
	}
	return text;
}

struct str forcing_path(const struct change *change, struct arena *arena)
{
	return path_text(node_at(change_replace_paths(change), 0), arena);
}

static struct str all_paths(const struct change *change, struct arena *arena)
{
	CLEANUP(buf_free) struct buf out = BUF(1 << 20);
	struct node_iter it = node_children(change_replace_paths(change));

	while (node_next(&it)) {
		if (it.index)
			buf_add(&out, STR(", "));
		buf_add(&out, path_text(it.value, arena));
	}
	if (buf_failed(&out))
		return forcing_path(change, arena);
	return out.len ? arena_str(arena, buf_str(&out)) : (struct str){NULL, 0};
}

static bool same_module(const struct change *a, const struct change *b)
{
	return str_eq(a->module, b->module);
}

/*
 * The plan does not say which trigger fired.  replace_triggered_by can only name resources of its
 * own module, so where just one of them changes, it is that one.
 */
static struct str only_candidate(const struct judgement *judgement)
{
	const struct changes *changes = &judgement->plan->changes;
	struct str found = {NULL, 0};

	if (changes->count > CANDIDATES)
		return found;
	for (size_t i = 0; i < changes->count; i++) {
		const struct change *other = &changes->items[i];

		if (other == judgement->change || other->mode != MODE_MANAGED ||
			other->action == ACTION_NO_OP || !str_absent(other->deposed) ||
			!same_module(other, judgement->change))
			continue;
		if (!str_absent(found))
			return (struct str){NULL, 0};
		found = other->address;
	}
	return found;
}

static struct str triggers_text(const struct judgement *judgement)
{
	struct str trigger = only_candidate(judgement);

	if (!str_absent(trigger))
		return arena_printf(judgement->arena,
			"no attribute of it changes; replace_triggered_by names %.*s, the only "
			"other "
			"change in its module",
			STR_ARG(trigger));
	return STR("no attribute of it changes; replace_triggered_by names something that this "
		   "plan changes (the plan does not say which)");
}

static const struct {
	struct str reason, text;
} reasons[] = {
	{STR_INIT("replace_because_tainted"),
		STR_INIT("the object is marked as tainted; no attribute of it changes")},
	{STR_INIT("replace_by_request"), STR_INIT("its replacement was asked for with -replace")},
	{STR_INIT("delete_because_no_resource_config"),
		STR_INIT("its block is no longer in the configuration")},
	{STR_INIT("delete_because_no_module"),
		STR_INIT("its module instance is no longer in the configuration")},
	{STR_INIT("delete_because_wrong_repetition"),
		STR_INIT("its block now has another kind of repetition (count, for_each or none)")},
	{STR_INIT("delete_because_count_index"), STR_INIT("count no longer reaches its index")},
	{STR_INIT("delete_because_each_key"), STR_INIT("for_each no longer has its key")},
	{STR_INIT("delete_because_no_move_target"),
		STR_INIT("it was moved to an address that the configuration does not have")},
};

/* What forces this change, one sentence without a full stop. */
static struct str why_text(const struct judgement *judgement)
{
	const struct change *change = judgement->change;
	struct str paths = all_paths(change, judgement->arena);

	if (!str_absent(change->deposed))
		return STR("it was left over by a replacement that did not finish");
	if (str_is(change->action_reason, "replace_by_triggers"))
		return triggers_text(judgement);
	for (size_t i = 0; i < COUNT_OF(reasons); i++)
		if (str_eq(change->action_reason, reasons[i].reason))
			return reasons[i].text;
	if (!str_absent(paths))
		return arena_printf(
			judgement->arena, "%.*s cannot be changed in place", STR_ARG(paths));
	return STR("the plan gives no reason");
}

static struct str elements_text(const struct judgement *judgement)
{
	size_t named = judgement->elements.len ? 1 : 0;

	for (size_t i = 0; i + 1 < judgement->elements.len; i++)
		named += judgement->elements.data[i] == ';' &&
			judgement->elements.data[i + 1] == ' ';
	if (named == 0)
		return arena_printf(judgement->arena, "%zu", judgement->element_count);
	if (named >= judgement->element_count)
		return judgement->elements;
	return arena_printf(judgement->arena, "%.*s and %zu more", STR_ARG(judgement->elements),
		judgement->element_count - named);
}

static struct str address_text(const struct judgement *judgement)
{
	return judgement->address;
}
static struct str type_text(const struct judgement *judgement)
{
	return judgement->change->type;
}
static struct str name_text(const struct judgement *judgement)
{
	return judgement->change->name;
}
static struct str path_placeholder(const struct judgement *judgement)
{
	return judgement->path;
}
static struct str loses_text(const struct judgement *judgement)
{
	struct str loses = type_loses(judgement->change->type);

	return str_absent(loses) ? STR("what it holds") : loses;
}

static const struct {
	const char *name;
	struct str (*text)(const struct judgement *judgement);
} placeholders[] = {
	{"address", address_text},
	{"type", type_text},
	{"name", name_text},
	{"path", path_placeholder},
	{"loses", loses_text},
	{"elements", elements_text},
	{"why", why_text},
};

/* Splits "text {name} rest": false when there is no further placeholder. */
static bool next_placeholder(struct str *rest, struct str *ret_text, struct str *ret_name)
{
	size_t open = str_find_char(*rest, '{');
	size_t close;

	if (open == SIZE_MAX)
		return false;
	*ret_text = str_slice(*rest, 0, open);
	*rest = str_slice(*rest, open + 1, rest->len);
	close = str_find_char(*rest, '}');
	if (close == SIZE_MAX)
		close = rest->len;
	*ret_name = str_slice(*rest, 0, close);
	*rest = str_slice(*rest, close + 1, rest->len);
	return true;
}

static size_t placeholder_find(struct str name)
{
	size_t i = 0;

	while (i < COUNT_OF(placeholders) && !str_is(name, placeholders[i].name))
		i++;
	return i;
}

bool template_valid(struct str text)
{
	struct str before, name;

	while (next_placeholder(&text, &before, &name))
		if (placeholder_find(name) == COUNT_OF(placeholders))
			return false;
	return true;
}

struct str template_fill(struct str text, const struct judgement *judgement)
{
	struct str out = STR(""), before, name;

	if (str_absent(text))
		return text;
	while (next_placeholder(&text, &before, &name)) {
		size_t i = placeholder_find(name);
		struct str value = i < COUNT_OF(placeholders) ? placeholders[i].text(judgement)
							      : (struct str){NULL, 0};

		out = arena_printf(judgement->arena, "%.*s%.*s%.*s", STR_ARG(out), STR_ARG(before),
			STR_ARG(value));
	}
	return arena_printf(judgement->arena, "%.*s%.*s", STR_ARG(out), STR_ARG(text));
}
