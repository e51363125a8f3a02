/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From a change to the edit behind it.  The nearest explanation counts: the
 * object's own block, then the call of its module, then a local value or
 * variable that its block names, then an object that it refers to and that
 * changes too.  It explains and decides nothing: no verdict depends on it.
 */
#include "gate/change_cause.h"

#include <stdlib.h>

#include "plan/diff.h"

enum {
	MAX_NAMES = 2000, /* local values and variables looked at for one change */
	MAX_CHAIN = 16,   /* a local value that names another, and so on */
};

struct search {
	const struct plan *plan;
	const struct change_cause_source *source;
	struct arena *arena;
	struct str *changed; /* addresses without keys of all that changes, sorted */
	size_t changed_count;
	struct str *drifted;
	size_t drifted_count;
	size_t names_left;
};

struct str change_cause_name(enum change_cause_kind kind)
{
	return kind == CAUSE_EDIT         ? STR("edit")
		: kind == CAUSE_REFERENCE ? STR("reference")
					  : STR("elsewhere");
}

static int by_text(const void *left, const void *right)
{
	return str_cmp(*(const struct str *)left, *(const struct str *)right);
}

static bool has(const struct str *sorted, size_t count, struct str text)
{
	return count && bsearch(&text, sorted, count, sizeof(text), by_text);
}

/* Attributes in order: the first that is not the same is where the edit begins. */
static bool edited(const struct hcl_block *was, const struct hcl_block *is, unsigned *ret_line)
{
	size_t i = 0;

	while (i < was->attribute_count && i < is->attribute_count &&
		str_eq(was->attributes[i].path, is->attributes[i].path) &&
		str_eq(was->attributes[i].text, is->attributes[i].text))
		i++;
	if (i == was->attribute_count && i == is->attribute_count)
		return false;
	*ret_line = i < is->attribute_count && is->attribute_count >= was->attribute_count
		? is->attributes[i].line
		: is->line;
	return true;
}

/* Whether the block of an address was edited, is new or is gone; fills the cause then. */
static bool edit_of(const struct search *search, struct str address, struct change_cause *cause)
{
	const struct hcl_block *was = hcl_find(search->source->before, address);
	const struct hcl_block *is = hcl_find(search->source->now, address);
	unsigned line = is ? is->line : was ? was->line : 0;

	if ((!was && !is) || (was && is && !edited(was, is, &line)))
		return false;
	*cause = (struct change_cause){.kind = CAUSE_EDIT,
		.removed = !is,
		.file = is ? is->file : was->file,
		.line = line};
	return true;
}

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		c == '_' || c == '-';
}

/* The next "local.NAME" or "var.NAME" in an expression, or absent. */
static struct str next_name(struct str *rest)
{
	static const struct str heads[] = {STR_INIT("local."), STR_INIT("var.")};

	for (size_t at = 0; at < rest->len; at++) {
		struct str here = str_slice(*rest, at, rest->len);
		bool begins =
			at == 0 || (!is_word(rest->data[at - 1]) && rest->data[at - 1] != '.');

		for (size_t i = 0; begins && i < COUNT_OF(heads); i++) {
			size_t end = heads[i].len;

			if (!str_starts(here, heads[i]))
				continue;
			while (end < here.len && is_word(here.data[end]))
				end++;
			*rest = str_slice(here, end, here.len);
			return str_slice(here, 0, end);
		}
	}
	return (struct str){NULL, 0};
}

static struct str find_in_block(
	struct search *search, const struct hcl_block *block, struct str module, unsigned depth);

/* Whether a local value or a variable of a module changed, itself or by what it names. */
static bool name_changed(struct search *search, struct str name, struct str module, unsigned depth)
{
	struct str address =
		arena_printf(search->arena, "%.*s%.*s", STR_ARG(module), STR_ARG(name));
	const struct hcl_block *is;
	struct change_cause ignored;

	if (edit_of(search, address, &ignored))
		return true;
	if (str_starts(name, STR("var.")) && str_empty(module))
		return edit_of(search,
			arena_printf(search->arena, "tfvars.%.*s",
				STR_ARG(str_slice(name, sizeof("var.") - 1, name.len))),
			&ignored);
	is = str_starts(name, STR("local.")) ? hcl_find(search->source->now, address) : NULL;
	return is && depth < MAX_CHAIN && !str_absent(find_in_block(search, is, module, depth + 1));
}

/* The first name in a block's expressions that changed. */
static struct str find_in_block(
	struct search *search, const struct hcl_block *block, struct str module, unsigned depth)
{
	for (size_t i = 0; i < block->attribute_count; i++) {
		struct str rest = block->attributes[i].text, name;

		while (!str_absent(name = next_name(&rest))) {
			if (search->names_left == 0)
				return (struct str){NULL, 0};
			search->names_left--;
			if (name_changed(search, name, module, depth))
				return name;
		}
	}
	return (struct str){NULL, 0};
}

/* "module.a.module.b." of an address without keys; "" for the root. */
static struct str module_of(struct str address)
{
	struct str rest = address;

	while (str_starts(rest, STR("module."))) {
		struct str after = str_slice(rest, sizeof("module.") - 1, rest.len);
		size_t dot = str_find_char(after, '.');

		if (dot == SIZE_MAX)
			break;
		rest = str_slice(after, dot + 1, after.len);
	}
	return str_slice(address, 0, (size_t)(rest.data - address.data));
}

/* The call of the module around an address, or of one around that. */
static bool call_edited(const struct search *search, struct str address, struct change_cause *cause)
{
	struct str module = module_of(address);

	for (; !str_empty(module); module = module_of(str_slice(module, 0, module.len - 1))) {
		if (edit_of(search, str_slice(module, 0, module.len - 1), cause))
			return true;
	}
	return false;
}

static bool refers(const struct search *search, struct str address, struct change_cause *cause)
{
	const struct reference *items = NULL;
	size_t count = references_from(search->source->references, address, &items);

	for (size_t i = 0; i < count; i++) {
		if (str_eq(items[i].to, address) ||
			!has(search->changed, search->changed_count, items[i].to))
			continue;
		*cause = (struct change_cause){.kind = CAUSE_REFERENCE, .from = items[i].to};
		return true;
	}
	return false;
}

static struct change_cause cause_of(struct search *search, const struct change *change)
{
	struct str address = address_without_keys(change->address, search->arena);
	struct str module = module_of(address), name = {NULL, 0};
	const struct hcl_block *is = hcl_find(search->source->now, address);
	struct change_cause cause = {.kind = CAUSE_ELSEWHERE};

	search->names_left = MAX_NAMES;
	if (edit_of(search, address, &cause) || call_edited(search, address, &cause))
		return cause;
	if (is)
		name = find_in_block(search, is, module, 0);
	if (!str_absent(name))
		return (struct change_cause){.kind = CAUSE_REFERENCE,
			.from = arena_printf(
				search->arena, "%.*s%.*s", STR_ARG(module), STR_ARG(name))};
	if (refers(search, address, &cause))
		return cause;
	if (has(search->drifted, search->drifted_count, address))
		cause.reason = STR("drift");
	else if (!is && !str_empty(module))
		cause.reason = STR("module");
	else if (search->source->providers_changed)
		cause.reason = STR("provider upgrade");
	return cause;
}

static struct str *collect(
	const struct changes *changes, bool all, struct arena *arena, size_t *ret_count)
{
	struct str *items = ARENA_ARRAY(arena, struct str, changes->count);
	size_t count = 0;

	for (size_t i = 0; items && i < changes->count; i++)
		if (all || changes->items[i].action != ACTION_NO_OP)
			items[count++] = address_without_keys(changes->items[i].address, arena);
	if (count)
		qsort(items, count, sizeof(*items), by_text);
	*ret_count = count;
	return items;
}

int change_causes(const struct plan *plan, const struct change_cause_source *source,
	struct arena *arena, const struct change_cause **ret_causes, struct error *err)
{
	struct search search = {.plan = plan, .source = source, .arena = arena};
	struct change_cause *causes = ARENA_ARRAY(arena, struct change_cause, plan->changes.count);

	search.changed = collect(&plan->changes, false, arena, &search.changed_count);
	search.drifted = collect(&plan->drift, true, arena, &search.drifted_count);
	if (!causes || !search.changed || !search.drifted)
		return error_memory(err);
	for (size_t i = 0; i < plan->changes.count; i++)
		if (plan->changes.items[i].action != ACTION_NO_OP)
			causes[i] = cause_of(&search, &plan->changes.items[i]);
	if (arena_failed(arena))
		return error_memory(err);
	*ret_causes = causes;
	return 0;
}
