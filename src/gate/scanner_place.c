/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From a result to objects.  Three sorted tables, made once for a plan: its
 * changes by configuration address, the blocks of its configuration by file and
 * line, and the objects of its JSON by line, for scanners that read that.
 */
#include "gate/scanner_place.h"

#include <stdlib.h>

#include "base/file.h"
#include "gate/glob.h"
#include "plan/reference.h"

/* The lines that something takes in a file. */
struct span {
	struct str file; /* absolute; absent for the plan itself */
	unsigned line, end_line;
	struct str address; /* without instance keys, or as the plan writes it */
	struct str known_as;
};

struct spans {
	struct span *items;
	size_t count, room;
};

struct target {
	struct str address;   /* without instance keys */
	struct address parts; /* with them; all absent if it has no such form */
	const struct change *change;
};

struct scanner_places {
	struct arena *arena;
	const struct scanner_world *world;
	struct target *targets;
	size_t target_count;
	struct str plan_file; /* absolute */
	struct spans blocks, in_plan;
	bool configured;
};

/* It will be there, and as a scanner sees it: what is moved, imported or forgotten is not changed. */
static bool makes_or_changes(const struct change *change)
{
	switch (change->action) {
	case ACTION_CREATE:
	case ACTION_UPDATE:
	case ACTION_REPLACE:
	case ACTION_REPLACE_CBD:
	case ACTION_CREATE_FORGET:
	case ACTION_FORGET_CREATE:
	case ACTION_UNKNOWN:
		return str_absent(change->deposed);
	default:
		return false;
	}
}

static int by_target(const void *left, const void *right)
{
	const struct target *a = left, *b = right;
	int order = str_cmp(a->address, b->address);

	return order ? order : a->change < b->change ? -1 : a->change > b->change;
}

static int by_place(const void *left, const void *right)
{
	const struct span *a = left, *b = right;
	int order = str_cmp(a->file, b->file);

	if (order == 0)
		order = (a->line > b->line) - (a->line < b->line);
	return order ? order : str_cmp(a->address, b->address);
}

static void add_span(struct spans *spans, struct arena *arena, struct span span)
{
	if (arena_grow(arena, (void **)&spans->items, spans->count, &spans->room,
		    sizeof(*spans->items)))
		spans->items[spans->count++] = span;
}

static void sort_spans(struct spans *spans)
{
	if (spans->count > 1)
		qsort(spans->items, spans->count, sizeof(*spans->items), by_place);
}

static void read_targets(struct scanner_places *places, const struct plan *plan)
{
	places->targets = ARENA_ARRAY(places->arena, struct target, plan->changes.count);
	for (size_t i = 0; places->targets && i < plan->changes.count; i++) {
		const struct change *change = &plan->changes.items[i];
		struct target *target = &places->targets[places->target_count++];

		*target = (struct target){
			.address = address_without_keys(change->address, places->arena),
			.change = change};
		address_parse(change->address, places->arena, &target->parts);
	}
	if (places->target_count > 1)
		qsort(places->targets, places->target_count, sizeof(*places->targets), by_target);
}

/* Blocks that are objects of a plan, or calls of modules that hold some. The others say only that the file counts. */
static bool is_object(const struct hcl_block *block)
{
	return str_is(block->type, "resource") || str_is(block->type, "data") ||
		str_is(block->type, "ephemeral") || str_is(block->type, "module");
}

static void read_blocks(
	struct scanner_places *places, const struct hcl_configuration *configuration)
{
	const struct hcl_entry *entries;
	size_t count = hcl_entries(configuration, &entries);

	for (size_t i = 0; i < count; i++) {
		const struct hcl_block *block = entries[i].block;

		add_span(&places->blocks, places->arena,
			(struct span){path_resolve(places->arena, places->world->here, block->file),
				block->line, block->end_line,
				is_object(block) ? entries[i].address : STR(""), block->file});
	}
	sort_spans(&places->blocks);
}

/* Each object of a list that has an address, by its lines in the plan's file. */
static void read_plan_list(struct scanner_places *places, struct node list)
{
	struct node_iter it = node_children(list);

	while (node_next(&it)) {
		struct node address = NODE_GET(it.value, "address");
		size_t end = node_end(it.value);

		if (!node_is_string(address) || end == 0)
			continue;
		add_span(&places->in_plan, places->arena,
			(struct span){.line = node_position(it.value).line,
				.end_line = doc_position(it.value.doc, end - 1).line,
				.address = node_text(address, places->arena)});
	}
}

/* Calls itself as deep as modules are nested; json_read() bounds that. */
static void read_planned_module(struct scanner_places *places, struct node module)
{
	struct node_iter it = node_children(NODE_GET(module, "child_modules"));

	read_plan_list(places, NODE_GET(module, "resources"));
	while (node_next(&it))
		read_planned_module(places, it.value);
}

static void read_plan_lines(struct scanner_places *places, const struct plan *plan)
{
	read_planned_module(
		places, NODE_GET(NODE_GET(plan->root_node, "planned_values"), "root_module"));
	read_plan_list(places, NODE_GET(plan->root_node, "resource_changes"));
	sort_spans(&places->in_plan);
}

static bool any_in_plan(const struct scanner_places *places)
{
	const struct sarif_results *results = places->world->results;

	for (size_t i = 0; i < results->count; i++)
		if (!str_absent(places->plan_file) &&
			str_eq(results->items[i].file, places->plan_file))
			return true;
	return false;
}

int scanner_places(const struct scanner_world *world, const struct plan *plan,
	const struct hcl_configuration *configuration, struct arena *arena,
	struct scanner_places **ret_places, struct error *err)
{
	struct scanner_places *places = ARENA_NEW(arena, struct scanner_places);

	if (!places)
		return error_memory(err);
	places->arena = arena;
	places->world = world;
	places->configured = configuration != NULL;
	if (!str_is(plan->source, "-"))
		places->plan_file = path_resolve(arena, world->here, plan->source);
	read_targets(places, plan);
	if (configuration)
		read_blocks(places, configuration);
	if (any_in_plan(places))
		read_plan_lines(places, plan);
	*ret_places = places;
	return arena_failed(arena) ? error_memory(err) : 0;
}

/* ---- looking up ---- */

/* The first target at or behind an address. */
static size_t first_target(const struct scanner_places *places, struct str address)
{
	size_t low = 0, high = places->target_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (str_cmp(places->targets[middle].address, address) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* What an address means; a step of it without a key fits any key. */
struct meant {
	struct scanner_object object;
	bool keyed, known;
	struct address glob; /* where it is keyed */
};

static void count_target(struct meant *meant, const struct target *target)
{
	if (meant->keyed && !str_eq(target->change->address, meant->object.address) &&
		!glob_match(&meant->glob, &target->parts))
		return;
	meant->known = true;
	if (!makes_or_changes(target->change))
		return;
	if (!meant->object.change)
		meant->object.change = target->change;
	meant->object.changed++;
}

/*
 * Adds the objects at an address: all instances that fit its keys; of a module call, all below it.
 * False: the plan does not know it.
 */
static bool add_object(struct scanner_places *places, struct str address, struct str known_as,
	struct scanner_objects *objects)
{
	struct str plain = address_without_keys(address, places->arena);
	struct str below = {NULL, 0};
	struct meant meant = {
		.object = {.address = address, .file = known_as}, .keyed = !str_eq(plain, address)};
	const char *problem;

	if (meant.keyed)
		(void)glob_parse(address, places->arena, &meant.glob, &problem);
	for (size_t i = first_target(places, plain);
		i < places->target_count && str_eq(places->targets[i].address, plain); i++)
		count_target(&meant, &places->targets[i]);
	if (str_starts(plain, STR("module.")))
		below = arena_printf(places->arena, "%.*s.", STR_ARG(plain));
	for (size_t i = str_absent(below) ? places->target_count : first_target(places, below);
		i < places->target_count && str_starts(places->targets[i].address, below); i++)
		count_target(&meant, &places->targets[i]);
	if (arena_grow(places->arena, (void **)&objects->items, objects->count, &objects->room,
		    sizeof(*objects->items)))
		objects->items[objects->count++] = meant.object;
	return meant.known;
}

/* How many of the spans begin at or before a line of a file. */
static size_t spans_before(const struct spans *spans, struct str file, unsigned line)
{
	size_t low = 0, high = spans->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = str_cmp(spans->items[middle].file, file);

		if (order < 0 || (order == 0 && spans->items[middle].line <= line))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Adds what stands at a line; true if anything of the file is known. */
static bool add_line(struct scanner_places *places, const struct spans *spans, struct str file,
	unsigned line, struct scanner_objects *objects)
{
	size_t end = spans_before(spans, file, line);
	bool known = end < spans->count && str_eq(spans->items[end].file, file);

	for (size_t i = end; i > 0; i--) {
		const struct span *span = &spans->items[i - 1];

		if (!str_eq(span->file, file))
			break;
		known = true;
		/* Top blocks do not overlap; one file may be several modules. */
		if (span->line != spans->items[end - 1].line)
			break;
		if (span->end_line >= line && !str_empty(span->address))
			add_object(places, span->address, span->known_as, objects);
	}
	return known;
}

/* Files that hold objects of a plan and are not read: another syntax, modules that Terraform or Checkov fetched. */
static bool may_hold_objects(struct str file)
{
	return str_ends(file, STR(".tf.json")) || str_ends(file, STR(".tofu")) ||
		str_ends(file, STR(".tofu.json")) ||
		str_find(file, STR("/.terraform/")) != SIZE_MAX ||
		str_find(file, STR("/.external_modules/")) != SIZE_MAX;
}

static enum scanner_where find_line(struct scanner_places *places,
	const struct sarif_result *result, struct scanner_objects *objects)
{
	bool known;

	if (str_eq(result->file, places->plan_file)) {
		add_line(places, &places->in_plan, (struct str){NULL, 0}, result->line, objects);
		/* All of a plan may stand on one line. */
		if (objects->count != 1)
			objects->count = 0;
		else
			objects->items[0].in_plan = true;
		return objects->count ? WHERE_HERE : WHERE_UNKNOWN;
	}
	if (!places->configured)
		return WHERE_UNKNOWN;
	known = add_line(places, &places->blocks, result->file, result->line, objects);
	if (known)
		return result->line ? WHERE_HERE : WHERE_UNKNOWN;
	return may_hold_objects(result->file) ? WHERE_UNKNOWN : WHERE_ELSEWHERE;
}

enum scanner_where scanner_find(struct scanner_places *places, const struct sarif_result *result,
	struct scanner_objects *objects)
{
	bool named = !str_absent(result->address);

	objects->count = 0;
	if (named && add_object(places, result->address, (struct str){NULL, 0}, objects))
		return WHERE_HERE;
	objects->count = 0;
	if (!str_absent(result->file))
		return find_line(places, result, objects);
	return named ? WHERE_ELSEWHERE : WHERE_UNKNOWN;
}

struct str scanner_file(const struct scanner_world *world, const struct sarif_result *result)
{
	size_t len = world->here.len;

	return str_starts(result->file, world->here) && result->file.len > len + 1 &&
			result->file.data[len] == '/'
		? str_slice(result->file, len + 1, result->file.len)
		: result->place;
}
