/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which objects stand in the picture of what is destroyed, and how many stand
 * together.  It decides nothing about how that looks (html_picture.c).
 *
 *	changes ──► items, one for each resource of a plan: so many go, so many stay
 *	references to what goes ──► links between items, through data sources too
 *	items ──► nodes, folded further and further until they are few enough
 */
#include "report/picture.h"

#include <stdlib.h>

#include "base/hash.h"
#include "plan/reference.h"

enum { TYPES_KEPT = 11 }; /* of each role, when the rarer ones are folded together */

/* A resource of a plan's configuration, with all its instances. */
struct item {
	size_t plan;
	struct str address; /* without keys */
	struct str module, label, type;
	bool data;
	bool refers; /* to something that goes, be it through data sources */
	bool queued; /* its referrers are looked for */
	size_t deletes, replaces, stays;
	struct str instance; /* the label of the one that goes, while it is one */
	size_t nodes[ROLE_COUNT];
};

/* `from` refers to what goes of `to`, or to a data source. */
struct link {
	size_t from, to;
	struct str attribute;
};

/* Objects of one type in one role. */
struct share {
	struct str type;
	enum picture_role role;
	size_t count;
};

struct maker {
	const struct report *report;
	struct arena *arena;
	struct item *items;
	size_t count, room;
	size_t *slots; /* index + 1; 0 is free */
	size_t slot_mask;
	struct link *links;
	size_t link_count, link_room;
	size_t *queue;
	size_t queue_count, queue_room;
	struct share *shares; /* FOLD_REST: those that keep a node of their own */
	size_t share_count;
	struct picture *picture;
};

/* Splits an address without keys: "module.a.data.aws_x.y" is the data source aws_x.y of module.a. */
static void split_address(struct item *item)
{
	struct str rest = item->address;

	while (str_starts(rest, STR("module."))) {
		(void)str_split(&rest, '.');
		(void)str_split(&rest, '.');
		if (!str_absent(rest))
			item->module =
				str_slice(item->address, 0, item->address.len - rest.len - 1);
	}
	item->label = rest;
	item->data = str_starts(rest, STR("data."));
	if (item->data)
		(void)str_split(&rest, '.');
	item->type = str_split(&rest, '.');
}

static bool grow_slots(struct maker *maker)
{
	size_t mask = maker->slot_mask ? maker->slot_mask * 4 + 3 : 1023;
	size_t *slots = ARENA_ARRAY(maker->arena, size_t, mask + 1);

	if (!slots)
		return false;
	for (size_t i = 0; i < maker->count; i++) {
		size_t at = hash_bytes(maker->items[i].address, maker->items[i].plan);

		for (at &= mask; slots[at]; at = (at + 1) & mask)
			;
		slots[at] = i + 1;
	}
	maker->slots = slots;
	maker->slot_mask = mask;
	return true;
}

/* The item of an address, made if it is new; NULL without memory. */
static struct item *item_of(struct maker *maker, size_t plan, struct str address)
{
	size_t at;

	if (2 * maker->count >= maker->slot_mask && !grow_slots(maker))
		return NULL;
	at = hash_bytes(address, plan) & maker->slot_mask;
	for (; maker->slots[at]; at = (at + 1) & maker->slot_mask) {
		struct item *item = &maker->items[maker->slots[at] - 1];

		if (item->plan == plan && str_eq(item->address, address))
			return item;
	}
	if (!arena_grow(maker->arena, (void **)&maker->items, maker->count, &maker->room,
		    sizeof(*maker->items)))
		return NULL;
	maker->slots[at] = ++maker->count;
	maker->items[maker->count - 1] = (struct item){.plan = plan, .address = address};
	split_address(&maker->items[maker->count - 1]);
	return &maker->items[maker->count - 1];
}

static bool enqueue(struct maker *maker, struct item *item)
{
	if (item->queued)
		return true;
	if (!arena_grow(maker->arena, (void **)&maker->queue, maker->queue_count,
		    &maker->queue_room, sizeof(*maker->queue)))
		return false;
	item->queued = true;
	maker->queue[maker->queue_count++] = (size_t)(item - maker->items);
	return true;
}

static bool take_change(struct maker *maker, size_t plan, const struct change *change)
{
	struct item *item =
		item_of(maker, plan, address_without_keys(change->address, maker->arena));
	size_t skip = str_empty(change->module) ? 0 : change->module.len + 1;

	if (!item)
		return false;
	if (!plan_action_destroys(change->action)) {
		item->stays += change->action != ACTION_FORGET;
		return true;
	}
	item->deletes += !plan_action_replaces(change->action);
	item->replaces += plan_action_replaces(change->action);
	item->instance = str_slice(change_full_address(change, maker->arena), skip, SIZE_MAX);
	return enqueue(maker, item);
}

static bool take_changes(struct maker *maker)
{
	for (size_t i = 0; i < maker->report->plan_count; i++) {
		const struct plan *plan = maker->report->plans[i].plan;
		size_t before = maker->queue_count;

		for (size_t k = 0; k < plan->changes.count; k++)
			if (plan->changes.items[k].mode == MODE_MANAGED &&
				!take_change(maker, i, &plan->changes.items[k]))
				return false;
		if (maker->queue_count > before && !node_exists(plan->configuration))
			maker->picture->blind = true;
	}
	return true;
}

/* Follows references backwards: from what goes, and on from data sources alone. */
static bool take_references(struct maker *maker)
{
	for (size_t next = 0; next < maker->queue_count; next++) {
		size_t to = maker->queue[next], plan = maker->items[to].plan;
		const struct references *references = maker->report->plans[plan].references;
		const struct reference *const *found = NULL;
		size_t count = references
			? references_to(references, maker->items[to].address, &found)
			: 0;

		for (size_t i = 0; i < count; i++) {
			struct item *from = item_of(maker, plan, found[i]->from);

			if (!from)
				return false;
			/* A resource without instances: its count is 0. */
			if (!from->data && !from->deletes && !from->replaces && !from->stays)
				continue;
			if (from->data && !enqueue(maker, from))
				return false;
			from->refers = true;
			if (!arena_grow(maker->arena, (void **)&maker->links, maker->link_count,
				    &maker->link_room, sizeof(*maker->links)))
				return false;
			maker->links[maker->link_count++] = (struct link){
				(size_t)(from - maker->items), to, found[i]->attribute};
		}
	}
	return true;
}

/* How many objects of an item have a role; a data source counts as one. */
static size_t in_role(const struct item *item, enum picture_role role)
{
	switch (role) {
	case ROLE_GONE:
		return item->deletes + item->replaces;
	case ROLE_STAYS:
		return item->refers ? item->stays : 0;
	default:
		return item->data && item->refers;
	}
}

static int compare_types(const void *left, const void *right)
{
	const struct share *a = left, *b = right;

	return a->role != b->role ? (a->role < b->role ? -1 : 1) : str_cmp(a->type, b->type);
}

static int compare_shares(const void *left, const void *right)
{
	const struct share *a = left, *b = right;

	if (a->role == b->role && a->count != b->count)
		return a->count > b->count ? -1 : 1;
	return compare_types(left, right);
}

/* Finds the types of which there are most, in each role. */
static bool find_shares(struct maker *maker)
{
	struct share *all = ARENA_ARRAY(maker->arena, struct share, maker->count * ROLE_COUNT);
	size_t count = 0, merged = 0, of_role[ROLE_COUNT] = {0};

	if (!all)
		return false;
	for (size_t i = 0; i < maker->count; i++)
		for (int role = 0; role < ROLE_COUNT; role++) {
			size_t objects = in_role(&maker->items[i], (enum picture_role)role);

			if (objects)
				all[count++] = (struct share){
					maker->items[i].type, (enum picture_role)role, objects};
		}
	qsort(all, count, sizeof(*all), compare_types);
	for (size_t i = 0; i < count; i++) {
		if (merged && compare_types(&all[merged - 1], &all[i]) == 0)
			all[merged - 1].count += all[i].count;
		else
			all[merged++] = all[i];
	}
	qsort(all, merged, sizeof(*all), compare_shares);
	maker->shares = all;
	maker->share_count = 0;
	for (size_t i = 0; i < merged; i++)
		if (of_role[all[i].role]++ < TYPES_KEPT)
			all[maker->share_count++] = all[i];
	return true;
}

static bool is_kept(const struct maker *maker, struct str type, enum picture_role role)
{
	for (size_t i = 0; i < maker->share_count; i++)
		if (maker->shares[i].role == role && str_eq(maker->shares[i].type, type))
			return true;
	return false;
}

/* The node that stands for an item's objects in a role; SIZE_MAX where there are too many. */
static size_t node_of(struct maker *maker, const struct item *item, enum picture_role role,
	enum picture_fold fold)
{
	struct picture *picture = maker->picture;
	struct picture_node wanted = {.role = role, .label = item->type};
	size_t i = 0;

	if (fold <= FOLD_MODULES) {
		wanted.plan = maker->report->plans[item->plan].plan;
		wanted.module = item->module;
	}
	if (fold == FOLD_RESOURCES)
		wanted.label = item->label;
	if (fold == FOLD_REST && !is_kept(maker, item->type, role))
		wanted.label = (struct str){NULL, 0};
	while (i < picture->node_count) {
		const struct picture_node *node = &picture->nodes[i];

		if (node->role == role && node->plan == wanted.plan &&
			str_eq(node->module, wanted.module) && str_eq(node->label, wanted.label))
			break;
		i++;
	}
	if (i == PICTURE_NODES)
		return SIZE_MAX;
	if (i == picture->node_count)
		picture->nodes[picture->node_count++] = wanted;
	return i;
}

/* Gives each item its nodes; false if that takes too many. */
static bool fold_items(struct maker *maker, enum picture_fold fold)
{
	struct picture *picture = maker->picture;

	picture->node_count = 0;
	picture->fold = fold;
	for (size_t i = 0; i < maker->count; i++) {
		struct item *item = &maker->items[i];

		for (int role = 0; role < ROLE_COUNT; role++) {
			size_t objects = in_role(item, (enum picture_role)role), at;
			struct picture_node *node;

			item->nodes[role] = SIZE_MAX;
			if (!objects)
				continue;
			at = node_of(maker, item, (enum picture_role)role, fold);
			if (at == SIZE_MAX)
				return false;
			item->nodes[role] = at;
			node = &picture->nodes[at];
			if (role == ROLE_GONE) {
				node->deletes += item->deletes;
				node->replaces += item->replaces;
			} else if (role == ROLE_STAYS) {
				node->stays += objects;
			}
		}
	}
	return true;
}

/* What only an item knows: the key of a single instance, how many rarer types there are. */
static void name_nodes(struct maker *maker)
{
	struct picture *picture = maker->picture;

	for (size_t i = 0; i < maker->count && picture->fold == FOLD_RESOURCES; i++) {
		const struct item *item = &maker->items[i];

		if (item->nodes[ROLE_GONE] != SIZE_MAX && item->deletes + item->replaces == 1)
			picture->nodes[item->nodes[ROLE_GONE]].label = item->instance;
	}
	for (size_t i = 0; i < picture->node_count; i++) {
		picture->gone += picture->nodes[i].deletes + picture->nodes[i].replaces;
		picture->stays += picture->nodes[i].stays;
	}
}

/* How many types have no node of their own. */
static bool count_types(struct maker *maker)
{
	struct picture *picture = maker->picture;
	struct share *all;

	if (picture->fold != FOLD_REST)
		return true;
	all = ARENA_ARRAY(maker->arena, struct share, maker->count);
	if (!all)
		return false;
	for (size_t i = 0; i < picture->node_count; i++) {
		struct picture_node *node = &picture->nodes[i];
		size_t count = 0;

		if (!str_absent(node->label))
			continue;
		for (size_t k = 0; k < maker->count; k++)
			if (maker->items[k].nodes[node->role] == i)
				all[count++] = (struct share){maker->items[k].type, node->role, 1};
		qsort(all, count, sizeof(*all), compare_types);
		for (size_t k = 0; k < count; k++)
			node->types += k == 0 || compare_types(&all[k - 1], &all[k]) != 0;
	}
	return true;
}

static void draw_links(struct maker *maker)
{
	struct picture *picture = maker->picture;

	for (size_t i = 0; i < maker->link_count; i++) {
		const struct link *link = &maker->links[i];
		const struct item *from = &maker->items[link->from], *to = &maker->items[link->to];
		size_t target = to->nodes[to->data ? ROLE_DATA : ROLE_GONE];

		for (int role = 0; role < ROLE_COUNT; role++) {
			struct picture_node *node;

			if (from->nodes[role] == SIZE_MAX || from->nodes[role] == target)
				continue;
			node = &picture->nodes[from->nodes[role]];
			picture->refers[from->nodes[role]][target]++;
			node->several = node->several ||
				(node->refers && !str_eq(node->attribute, link->attribute));
			node->refers = true;
			node->attribute = link->attribute;
		}
	}
}

int picture_make(const struct report *report, struct arena *arena, struct picture **ret_picture,
	struct error *err)
{
	struct maker maker = {.report = report, .arena = arena};
	int fold = FOLD_RESOURCES;

	*ret_picture = NULL;
	maker.picture = ARENA_NEW(arena, struct picture);
	if (!maker.picture || !take_changes(&maker))
		return error_memory(err);
	if (!maker.queue_count)
		return 0;
	if (!take_references(&maker) || !find_shares(&maker))
		return error_memory(err);
	while (!fold_items(&maker, (enum picture_fold)fold) && fold < FOLD_REST) {
		memset(maker.picture->nodes, 0, sizeof(maker.picture->nodes));
		fold++;
	}
	name_nodes(&maker);
	if (!count_types(&maker))
		return error_memory(err);
	draw_links(&maker);
	if (arena_failed(arena))
		return error_memory(err);
	*ret_picture = maker.picture;
	return 0;
}
