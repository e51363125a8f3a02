/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The plan around one object.  Rules look at one change at a time; two
 * questions need its neighbours, and both are answered from indices over the
 * whole plan that are made when the first rule asks.
 *
 * Who uses an object that goes is mostly told by values: a block that was
 * deleted has no references any more, but the ids and ARNs of its object still stand in
 * others.  An id must be unlikely to be a word that means something else; keys
 * under which anything may stand (tags, descriptions) do not count.
 */
#include "gate/rule_neighbours.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/macros.h"
#include "gate/value_path.h"

enum {
	ID_LEAST = 6,   /* bytes; a shorter id may be any word */
	ID_MOST = 2048, /* bytes, of an ARN */
	FIRST_SLOTS = 64,
	USERS_MOST = 1000, /* of one object, by its id and ARN */
};

/* Texts to what they stand for; a text may stand for several. */
struct entry {
	struct str text;
	const struct change *change;
	struct entry *next;
};

struct table {
	struct entry **slots;
	size_t mask, count;
};

struct neighbours {
	const struct plan *plan;
	const struct references *references;
	struct arena *arena;
	bool deletes_known, uses_known, blocks_known;
	struct table deleted; /* id, ARN and name of what is deleted */
	struct table doomed;  /* id and ARN of what is deleted or replaced */
	struct table blocks;  /* configuration address to the changes of its instances */
	struct table uses;    /* such an id or ARN to who names it */
	struct table
		owners; /* path and text to what is deleted and owns it; only what was asked for */
	struct table made; /* type, path and text to what is made for it; only what was asked for */
	uint64_t lengths[ID_MOST / 64 + 1]; /* of the texts in `doomed` */
	const struct change **found;
	size_t found_count, found_room;
};

struct neighbours *neighbours_create(
	const struct plan *plan, const struct references *references, struct arena *arena)
{
	struct neighbours *neighbours = ARENA_NEW(arena, struct neighbours);

	if (neighbours)
		*neighbours =
			(struct neighbours){.plan = plan, .references = references, .arena = arena};
	return neighbours;
}

static void table_grow(struct table *table, struct arena *arena)
{
	size_t size = table->slots ? (table->mask + 1) * 4 : FIRST_SLOTS;
	struct entry **slots = ARENA_ARRAY(arena, struct entry *, size);

	if (!slots)
		return;
	for (size_t i = 0; table->slots && i <= table->mask; i++) {
		struct entry *next;

		for (struct entry *entry = table->slots[i]; entry; entry = next) {
			struct entry **slot = &slots[hash_bytes(entry->text, 0) & (size - 1)];

			next = entry->next;
			entry->next = *slot;
			*slot = entry;
		}
	}
	table->slots = slots;
	table->mask = size - 1;
}

static void table_add(
	struct table *table, struct arena *arena, struct str text, const struct change *change)
{
	struct entry *entry = ARENA_NEW(arena, struct entry), **slot;

	if (!table->slots || table->count > table->mask)
		table_grow(table, arena);
	if (!entry || !table->slots || str_empty(text))
		return;
	slot = &table->slots[hash_bytes(text, 0) & table->mask];
	*entry = (struct entry){.text = text, .change = change, .next = *slot};
	*slot = entry;
	table->count++;
}

/* The first entry of a text, or the next one after `entry`. */
static struct entry *table_find(const struct table *table, struct str text)
{
	struct entry *entry = table->slots ? table->slots[hash_bytes(text, 0) & table->mask] : NULL;

	while (entry && !str_eq(entry->text, text))
		entry = entry->next;
	return entry;
}

static struct entry *entry_next(const struct entry *entry)
{
	struct entry *next = entry->next;

	while (next && !str_eq(next->text, entry->text))
		next = next->next;
	return next;
}

static struct str text_at(struct node object, struct str key)
{
	struct node value = node_is_object(object) ? node_get(object, key) : NODE_NONE;

	return node_is_string(value) ? node_raw(value) : STR("");
}

static void learn_deletes(struct neighbours *neighbours)
{
	static const struct str names[] = {STR_INIT("id"), STR_INIT("arn"), STR_INIT("name")};
	const struct changes *changes = &neighbours->plan->changes;

	neighbours->deletes_known = true;
	for (size_t i = 0; i < changes->count; i++) {
		const struct change *change = &changes->items[i];

		if (change->action != ACTION_DELETE || change->mode != MODE_MANAGED)
			continue;
		for (size_t j = 0; j < COUNT_OF(names); j++)
			table_add(&neighbours->deleted, neighbours->arena,
				text_at(change->before, names[j]), change);
	}
}

/*
 * What many objects of AWS are known by is the id of the one that they belong to: the versioning of a bucket and its
 * policy, a cluster's log and its snapshot copy.  One of those, deleted as well, is not what the other belongs to: it
 * names that at the same place, and has no ARN under its id.
 */
static bool is_companion(const struct change *change, struct str path, struct node value)
{
	return node_equal(value, value_path_first(change->before, path)) &&
		(str_empty(text_at(change->before, STR("arn"))) ||
			!str_eq(text_at(change->before, STR("id")), node_raw(value)));
}

static struct str joined(struct neighbours *neighbours, struct str a, struct str b, struct str c)
{
	return arena_printf(
		neighbours->arena, "%.*s\n%.*s\n%.*s", STR_ARG(a), STR_ARG(b), STR_ARG(c));
}

/*
 * Two of them are enough: one may be the change that asks.  An entry for no change says that they were looked for, so
 * that many companions of one object are passed once.
 */
static void learn_owners(
	struct neighbours *neighbours, struct str key, struct str path, struct node value)
{
	const struct change *first = NULL;

	table_add(&neighbours->owners, neighbours->arena, key, NULL);
	for (struct entry *entry = table_find(&neighbours->deleted, node_raw(value)); entry;
		entry = entry_next(entry)) {
		if (entry->change == first || is_companion(entry->change, path, value))
			continue;
		table_add(&neighbours->owners, neighbours->arena, key, entry->change);
		if (first)
			return;
		first = entry->change;
	}
}

static bool owner_goes(struct neighbours *neighbours, const struct change *change, struct str path,
	struct node value)
{
	struct str key = joined(neighbours, STR(""), path, node_raw(value));

	if (!neighbours->deletes_known)
		learn_deletes(neighbours);
	if (!table_find(&neighbours->owners, key))
		learn_owners(neighbours, key, path, value);
	for (struct entry *entry = table_find(&neighbours->owners, key); entry;
		entry = entry_next(entry))
		if (entry->change && entry->change != change)
			return true;
	return false;
}

/* Objects of the type whose attribute comes to be what it was not. */
static void learn_made(
	struct neighbours *neighbours, struct str known, struct str type, struct str path)
{
	const struct changes *changes = &neighbours->plan->changes;

	table_add(&neighbours->made, neighbours->arena, known, NULL);
	for (size_t i = 0; i < changes->count; i++) {
		const struct change *change = &changes->items[i];
		struct node value;

		if (change->mode != MODE_MANAGED || !str_eq(change->type, type))
			continue;
		value = value_path_first(change->after, path);
		if (node_is_string(value) &&
			!node_equal(value, value_path_first(change->before, path)))
			table_add(&neighbours->made, neighbours->arena,
				joined(neighbours, type, path, node_raw(value)), change);
	}
}

static bool other_is_made(struct neighbours *neighbours, const struct change *change,
	struct str path, struct node value)
{
	struct str known = joined(neighbours, change->type, path, STR(""));

	if (!table_find(&neighbours->made, known))
		learn_made(neighbours, known, change->type, path);
	return table_find(
		&neighbours->made, joined(neighbours, change->type, path, node_raw(value)));
}

bool neighbours_abandons(
	struct neighbours *neighbours, const struct change *change, struct str path)
{
	struct node value = value_path_first(change->before, path);

	return node_is_string(value) && node_raw(value).len > 0 &&
		change->action == ACTION_DELETE && !owner_goes(neighbours, change, path, value) &&
		!other_is_made(neighbours, change, path, value);
}

static bool is_telling(struct str id)
{
	if (id.len < ID_LEAST || id.len >= ID_MOST)
		return false;
	for (size_t i = 0; i < id.len; i++)
		if ((id.data[i] >= '0' && id.data[i] <= '9') || id.data[i] == '-' ||
			id.data[i] == ':' || id.data[i] == '/' || id.data[i] == '.')
			return true;
	return false;
}

static void doom(struct neighbours *neighbours, const struct change *change, struct str id)
{
	if (!is_telling(id) || table_find(&neighbours->doomed, id))
		return;
	table_add(&neighbours->doomed, neighbours->arena, id, change);
	neighbours->lengths[id.len / 64] |= (uint64_t)1 << (id.len % 64);
}

/* Mostly once, even where it names the object at several places. */
static void note_use(struct neighbours *neighbours, struct str id, const struct change *by)
{
	const struct entry *last = table_find(&neighbours->uses, id);

	if (!(last && last->change == by))
		table_add(&neighbours->uses, neighbours->arena, id, by);
}

static bool may_hold_anything(struct node key)
{
	static const struct str free_text[] = {STR_INIT("id"), STR_INIT("arn"), STR_INIT("name"),
		STR_INIT("tags"), STR_INIT("tags_all"), STR_INIT("description")};

	for (size_t i = 0; i < COUNT_OF(free_text); i++)
		if (node_text_is(key, free_text[i]))
			return true;
	return false;
}

/* Depth is bounded by the document's own limit of 512. */
static void find_uses(
	struct neighbours *neighbours, struct node value, const struct change *by, bool top)
{
	struct node_iter it = node_children(value);

	if (node_is_string(value)) {
		struct str text = node_raw(value);

		if (text.len >= ID_MOST ||
			(neighbours->lengths[text.len / 64] >> (text.len % 64) & 1) == 0)
			return;
		if (table_find(&neighbours->doomed, text))
			note_use(neighbours, text, by);
		return;
	}
	while (node_next(&it))
		if (!top || !may_hold_anything(it.key))
			find_uses(neighbours, it.value, by, false);
}

static bool is_doomed(const struct change *change)
{
	return change->mode == MODE_MANAGED && str_absent(change->deposed) &&
		plan_action_destroys(change->action);
}

static void learn_uses(struct neighbours *neighbours)
{
	const struct changes *changes = &neighbours->plan->changes;

	neighbours->uses_known = true;
	for (size_t i = 0; i < changes->count; i++) {
		const struct change *change = &changes->items[i];

		if (is_doomed(change)) {
			doom(neighbours, change, text_at(change->before, STR("id")));
			doom(neighbours, change, text_at(change->before, STR("arn")));
		}
	}
	for (size_t i = 0; neighbours->doomed.count > 0 && i < changes->count; i++) {
		const struct change *change = &changes->items[i];

		if (change->mode == MODE_MANAGED && change->action != ACTION_DELETE &&
			change->action != ACTION_FORGET)
			find_uses(neighbours, change->before, change, true);
	}
}

static int by_place(const void *left, const void *right)
{
	const struct change *const *a = left, *const *b = right;

	return ((*a)->position > (*b)->position) - ((*a)->position < (*b)->position);
}

static void add_found(struct neighbours *neighbours, const struct change *change)
{
	if (arena_grow(neighbours->arena, (void **)&neighbours->found, neighbours->found_count,
		    &neighbours->found_room, sizeof(*neighbours->found)))
		neighbours->found[neighbours->found_count++] = change;
}

static void learn_blocks(struct neighbours *neighbours)
{
	const struct changes *changes = &neighbours->plan->changes;

	neighbours->blocks_known = true;
	for (size_t i = 0; i < changes->count; i++) {
		const struct change *change = &changes->items[i];

		if (change->mode == MODE_MANAGED && str_absent(change->deposed) &&
			change->action != ACTION_DELETE && change->action != ACTION_FORGET)
			table_add(&neighbours->blocks, neighbours->arena,
				address_without_keys(change->address, neighbours->arena), change);
	}
}

/* An instance with a key is not what each reference to its block means. */
static void add_referring(struct neighbours *neighbours, const struct change *change)
{
	const struct reference *const *items;
	size_t count;

	if (!neighbours->references || !plan_action_replaces(change->action) ||
		node_exists(change_index(change)))
		return;
	count = references_to(neighbours->references,
		address_without_keys(change->address, neighbours->arena), &items);
	if (count > 0 && !neighbours->blocks_known)
		learn_blocks(neighbours);
	for (size_t i = 0; i < count; i++)
		for (struct entry *entry = table_find(&neighbours->blocks, items[i]->from); entry;
			entry = entry_next(entry))
			if (!str_eq(entry->change->address, change->address))
				add_found(neighbours, entry->change);
}

static void add_users(struct neighbours *neighbours, const struct change *change, struct str key)
{
	struct str id = is_doomed(change) ? text_at(change->before, key) : STR("");

	for (struct entry *entry = table_find(&neighbours->uses, id);
		entry && neighbours->found_count < USERS_MOST; entry = entry_next(entry))
		if (entry->change != change)
			add_found(neighbours, entry->change);
}

size_t neighbours_consumers(struct neighbours *neighbours, const struct change *change,
	const struct change *const **ret_items)
{
	size_t kept = 0;

	if (!neighbours->uses_known)
		learn_uses(neighbours);
	neighbours->found_count = 0;
	add_users(neighbours, change, STR("id"));
	add_users(neighbours, change, STR("arn"));
	add_referring(neighbours, change);
	if (neighbours->found_count > 1)
		qsort(neighbours->found, neighbours->found_count, sizeof(*neighbours->found),
			by_place);
	for (size_t i = 0; i < neighbours->found_count; i++)
		if (i == 0 || neighbours->found[i] != neighbours->found[i - 1])
			neighbours->found[kept++] = neighbours->found[i];
	*ret_items = neighbours->found;
	return kept;
}
