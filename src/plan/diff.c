/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Walks before and after of one change side by side, with the masks of what is
 * sensitive and of what is not known until apply, and notes each place where
 * they differ.  Pairing elements is pairs.c's business, paths are path.c's.
 *
 * Null, absent, an empty text and an empty list or block mean the same to
 * most providers (they cannot tell them apart), so they are equal here.
 */
#include "plan/diff.h"

#include "base/hash.h"
#include "plan/pairs.h"
#include "plan/path.h"
#include "plan/sets.h"

/* Both documents are at most 512 deep, and JSON inside strings adds a little. */
enum { MAX_DEPTH = 700, PATH_CEILING = 1 << 20 };

struct walk {
	struct arena *arena;
	struct differences *out;
	struct buf path;  /* as people write it */
	struct buf names; /* joined with dots, without indices: for data/sets */
	struct str sets;
	bool covered; /* data/sets knows all about this type */
	bool json;
	bool policy; /* inside a policy document: every list is a set */
	bool failed;
	unsigned depth;
};

/* One place, on both sides. */
struct place_pair {
	struct node before, after;
	struct node before_mask, after_mask, unknown;
	bool before_masked, after_masked;
	bool element;
};

static void walk_pair(struct walk *walk, const struct place_pair *pair);

static void note(struct walk *walk, enum difference_kind kind, const struct place_pair *pair)
{
	struct differences *out = walk->out;
	struct difference *difference;

	if (!arena_grow(walk->arena, (void **)&out->items, out->count, &out->room,
		    sizeof(*out->items))) {
		walk->failed = true;
		return;
	}
	difference = &out->items[out->count++];
	*difference = (struct difference){
		.kind = kind,
		.path = arena_str(walk->arena, buf_str(&walk->path)),
		.before = node_is_null(pair->before) ? NODE_NONE : pair->before,
		.after = node_is_null(pair->after) ? NODE_NONE : pair->after,
		.element = pair->element,
		.json = walk->json,
	};
	difference->sensitive = pair->before_masked || pair->after_masked ||
		mask_any(pair->before_mask) || mask_any(pair->after_mask);
}

static bool is_nothing(struct node node)
{
	if (node_is_string(node))
		return str_empty(node_raw(node));
	if (node_type(node) >= NODE_ARRAY)
		return node_count(node) == 0;
	return node_is_null(node);
}

/* Members by key, in one step each: a hash table for objects that are large. */
struct lookup {
	struct node object;
	struct node_iter it;
	struct node_iter *slots;
	size_t mask;
};

enum { SMALL_OBJECT = 24 };

static struct lookup lookup_in(struct node object, struct arena *arena)
{
	struct lookup lookup = {.object = object, .it = node_children(object)};
	size_t count = node_is_object(object) ? node_count(object) : 0;
	struct node_iter it = node_children(object);

	if (count <= SMALL_OBJECT)
		return lookup;
	lookup.mask = 63;
	while (lookup.mask < count * 2)
		lookup.mask = lookup.mask * 2 + 1;
	lookup.slots = ARENA_ARRAY(arena, struct node_iter, lookup.mask + 1);
	while (lookup.slots && node_next(&it)) {
		size_t at = hash_bytes(node_text(it.key, arena), 5) & lookup.mask;

		while (node_exists(lookup.slots[at].key))
			at = (at + 1) & lookup.mask;
		lookup.slots[at] = it;
	}
	return lookup;
}

static struct node lookup_get(struct lookup *lookup, struct str key)
{
	if (!node_is_object(lookup->object))
		return NODE_NONE;
	if (lookup->slots) {
		for (size_t at = hash_bytes(key, 5) & lookup->mask;
			node_exists(lookup->slots[at].key); at = (at + 1) & lookup->mask)
			if (node_text_is(lookup->slots[at].key, key))
				return lookup->slots[at].value;
		return NODE_NONE;
	}
	/* Keys usually come in the same order on both sides. */
	if (node_next(&lookup->it) && node_text_is(lookup->it.key, key))
		return lookup->it.value;
	lookup->it = node_children(lookup->object);
	while (node_next(&lookup->it))
		if (node_text_is(lookup->it.key, key))
			return lookup->it.value;
	lookup->it = node_children(lookup->object);
	return NODE_NONE;
}

struct members {
	struct lookup before, after, before_mask, after_mask, unknown;
};

static void walk_member(struct walk *walk, const struct place_pair *parent, struct members *members,
	struct node key_node)
{
	struct str key = node_text(key_node, walk->arena);
	size_t path_len = walk->path.len, names_len = walk->names.len;
	struct place_pair pair = {
		.before = lookup_get(&members->before, key),
		.after = lookup_get(&members->after, key),
		.before_mask = lookup_get(&members->before_mask, key),
		.after_mask = lookup_get(&members->after_mask, key),
		.unknown = mask_whole(parent->unknown) ? parent->unknown
						       : lookup_get(&members->unknown, key),
	};

	pair.before_masked = parent->before_masked || mask_whole(pair.before_mask);
	pair.after_masked = parent->after_masked || mask_whole(pair.after_mask);
	path_add_key(&walk->path, key);
	if (walk->names.len)
		buf_add_char(&walk->names, '.');
	buf_add(&walk->names, key);
	walk_pair(walk, &pair);
	if (!buf_failed(&walk->path))
		walk->path.len = path_len;
	if (!buf_failed(&walk->names))
		walk->names.len = names_len;
}

static void walk_object(struct walk *walk, const struct place_pair *pair)
{
	struct members members = {
		lookup_in(pair->before, walk->arena),
		lookup_in(pair->after, walk->arena),
		lookup_in(pair->before_mask, walk->arena),
		lookup_in(pair->after_mask, walk->arena),
		lookup_in(pair->unknown, walk->arena),
	};
	struct lookup before = members.before, after = members.after;
	struct node_iter it = node_children(pair->before);

	while (it.object && node_next(&it))
		walk_member(walk, pair, &members, it.key);
	it = node_children(pair->after);
	while (it.object && node_next(&it))
		if (!node_exists(lookup_get(&before, node_text(it.key, walk->arena))))
			walk_member(walk, pair, &members, it.key);
	it = node_children(pair->unknown);
	while (it.object && node_next(&it)) {
		struct str key = node_text(it.key, walk->arena);

		if (!node_exists(lookup_get(&before, key)) && !node_exists(lookup_get(&after, key)))
			walk_member(walk, pair, &members, it.key);
	}
}

/* The elements of a list; a lone value counts as a list of one (policies write it so). */
static struct elements elements_of(
	struct walk *walk, struct node value, struct node mask, struct node unknown)
{
	size_t count = node_is_array(value) ? node_count(value) : !node_is_null(value);
	size_t unknowns = node_is_array(unknown) ? node_count(unknown) : 0;
	size_t room = count > unknowns ? count : unknowns;
	struct elements elements = {ARENA_ARRAY(walk->arena, struct element, room), 0};
	struct node_iter values = node_children(value), masks = node_children(mask),
			 unknown_it = node_children(unknown);

	if (!elements.items) {
		walk->failed = true;
		return elements;
	}
	if (!node_is_array(value) && count)
		elements.items[elements.count++] = (struct element){.value = value, .mask = mask};
	while (node_is_array(value) && node_next(&values))
		elements.items[elements.count++].value = values.value;
	for (size_t i = 0; node_is_array(mask) && i < elements.count && node_next(&masks); i++)
		elements.items[i].mask = masks.value;
	/* Elements that are only known to come may stand behind the known ones. */
	while (unknowns && node_next(&unknown_it)) {
		size_t at = unknown_it.index;

		if (at >= count && !mask_any(unknown_it.value))
			continue;
		elements.items[at < count ? at : elements.count++].unknown = unknown_it.value;
	}
	return elements;
}

/* A list whose elements are the same in another order; false for anything else. */
static bool is_reordered(const struct elements *before, const struct elements *after)
{
	bool moved = false;

	if (before->count != after->count)
		return false;
	for (size_t i = 0; i < before->count; i++) {
		if (!before->items[i].same)
			return false;
		moved = moved || before->items[i].mate != i;
	}
	return moved;
}

static void walk_element(struct walk *walk, const struct place_pair *list,
	const struct element *before, const struct element *after, size_t index, bool set)
{
	size_t path_len = walk->path.len;
	struct place_pair pair = {.element = true,
		.before_masked = list->before_masked,
		.after_masked = list->after_masked};

	if (before) {
		pair.before = before->value;
		pair.before_mask = before->mask;
		pair.before_masked = pair.before_masked || mask_whole(before->mask);
	}
	if (after) {
		pair.after = after->value;
		pair.after_mask = after->mask;
		pair.unknown = after->unknown;
		pair.after_masked = pair.after_masked || mask_whole(after->mask);
	}
	if (set)
		path_add_any(&walk->path);
	else
		path_add_index(&walk->path, index);
	walk_pair(walk, &pair);
	if (!buf_failed(&walk->path))
		walk->path.len = path_len;
}

static bool is_set(
	const struct walk *walk, const struct elements *before, const struct elements *after)
{
	if (walk->policy)
		return true;
	if (walk->json)
		return false;
	if (walk->covered)
		return !str_absent(walk->sets) && sets_have(walk->sets, buf_str(&walk->names));
	return elements_are_named(before, after, walk->arena);
}

static void walk_list(struct walk *walk, const struct place_pair *pair)
{
	struct elements before = elements_of(walk, pair->before, pair->before_mask, NODE_NONE);
	struct elements after = elements_of(walk, pair->after, pair->after_mask, pair->unknown);
	bool set;

	if (walk->failed)
		return;
	set = is_set(walk, &before, &after);
	if (!pair_elements(&before, &after,
		    walk->policy  ? PAIR_POLICY
			    : set ? PAIR_SET
				  : PAIR_LIST,
		    walk->arena)) {
		walk->failed = true;
		return;
	}
	if (!set && is_reordered(&before, &after)) {
		note(walk, DIFF_CHANGED, pair);
		return;
	}
	for (size_t i = 0; i < before.count; i++) {
		size_t mate = before.items[i].mate;

		if (mate == NO_MATE)
			walk_element(walk, pair, &before.items[i], NULL, i, set);
		else
			walk_element(walk, pair, &before.items[i], &after.items[mate], mate, set);
	}
	for (size_t i = 0; i < after.count; i++)
		if (after.items[i].mate == NO_MATE)
			walk_element(walk, pair, NULL, &after.items[i], i, set);
}

/* Both are strings and differ: compares what they hold if it is JSON on both sides. */
static bool walk_json(struct walk *walk, const struct place_pair *pair)
{
	struct place_pair inner = *pair;
	bool json = walk->json, policy = walk->policy;

	if (!node_is_string(pair->before) || !node_is_string(pair->after))
		return false;
	inner.before = embedded_json(pair->before, walk->arena);
	inner.after = embedded_json(pair->after, walk->arena);
	if (!node_exists(inner.before) || !node_exists(inner.after) ||
		node_type(inner.before) != node_type(inner.after))
		return false;
	inner.element = false;
	inner.before_mask = inner.after_mask = inner.unknown = NODE_NONE;
	walk->json = true;
	walk->policy = policy || node_exists(NODE_GET(inner.before, "Statement")) ||
		node_exists(NODE_GET(inner.after, "Statement"));
	walk_pair(walk, &inner);
	walk->json = json;
	walk->policy = policy;
	return true;
}

/*
 * A whole value became sensitive or ceased to be.  Noted here once if nothing else changes; else the
 * differences below are marked sensitive and that is enough.
 */
static bool walk_mask(struct walk *walk, struct place_pair *pair)
{
	if (pair->before_masked == pair->after_masked)
		return false;
	if (node_equal(pair->before, pair->after) && !mask_any(pair->unknown)) {
		note(walk, DIFF_SENSITIVITY, pair);
		return true;
	}
	pair->before_masked = pair->after_masked = true;
	return false;
}

/* Both sides are lists, or one is and the other is missing (or, in a policy, a lone value). */
static bool are_lists(const struct walk *walk, const struct place_pair *pair)
{
	bool before = node_is_array(pair->before), after = node_is_array(pair->after);

	if (before && after)
		return true;
	if (before)
		return node_is_null(pair->after) || walk->policy;
	return after && (node_is_null(pair->before) || walk->policy);
}

static void walk_both(struct walk *walk, struct place_pair *pair)
{
	if (are_lists(walk, pair)) {
		if (!walk_mask(walk, pair))
			walk_list(walk, pair);
	} else if (node_is_null(pair->before)) {
		note(walk, DIFF_ADDED, pair);
	} else if (node_is_null(pair->after)) {
		note(walk, DIFF_REMOVED, pair);
	} else if (walk_mask(walk, pair)) {
		/* noted */
	} else if (node_is_object(pair->before) && node_is_object(pair->after)) {
		walk_object(walk, pair);
	} else if (!node_equal(pair->before, pair->after) && !walk_json(walk, pair)) {
		note(walk, DIFF_CHANGED, pair);
	}
}

static void walk_pair(struct walk *walk, const struct place_pair *pair)
{
	struct place_pair here = *pair;

	if (walk->failed)
		return;
	if (mask_whole(pair->unknown) || (node_is_null(pair->after) && mask_any(pair->unknown))) {
		note(walk, DIFF_UNKNOWN, pair);
		return;
	}
	if (is_nothing(pair->before) && is_nothing(pair->after) && !mask_any(pair->unknown))
		return;
	if (walk->depth == MAX_DEPTH) {
		if (!node_equal(pair->before, pair->after))
			note(walk, DIFF_CHANGED, pair);
		return;
	}
	walk->depth++;
	walk_both(walk, &here);
	walk->depth--;
}

int change_diff(const struct change *change, struct arena *arena,
	struct differences *ret_differences, struct error *err)
{
	CLEANUP(buf_free) struct buf path = BUF(PATH_CEILING);
	CLEANUP(buf_free) struct buf names = BUF(PATH_CEILING);
	struct differences out = {0};
	struct walk walk = {.arena = arena, .out = &out, .path = path, .names = names};
	struct place_pair root = {
		.before = change->before,
		.after = change->after,
		.before_mask = change_before_sensitive(change),
		.after_mask = change_after_sensitive(change),
		.unknown = change->after_unknown,
	};

	walk.covered = sets_cover(change->type);
	walk.sets = sets_of(change->type);
	root.before_masked = mask_whole(root.before_mask);
	root.after_masked = mask_whole(root.after_mask);
	/* A created or deleted object differs in its attributes, not as a whole. */
	if (!node_is_object(root.before) && !node_is_object(root.after))
		walk_pair(&walk, &root);
	else
		walk_object(&walk, &root);
	path = walk.path;
	names = walk.names;
	if (walk.failed || buf_failed(&path) || buf_failed(&names) || arena_failed(arena))
		return error_memory(err);
	*ret_differences = out;
	return 0;
}

static bool is_tag_path(struct str path, struct str type)
{
	static const struct str tags[] = {STR_INIT("tags"), STR_INIT("tags_all")};
	static const struct str labels[] = {
		STR_INIT("labels"), STR_INIT("effective_labels"), STR_INIT("terraform_labels")};
	size_t end = 0;

	while (end < path.len && path.data[end] != '.' && path.data[end] != '[')
		end++;
	path = str_slice(path, 0, end);
	for (size_t i = 0; i < COUNT_OF(tags); i++)
		if (str_eq(path, tags[i]))
			return true;
	for (size_t i = 0; i < COUNT_OF(labels) && str_starts(type, STR("google_")); i++)
		if (str_eq(path, labels[i]))
			return true;
	return false;
}

bool change_is_tags_only(const struct change *change, struct arena *arena)
{
	struct differences differences;

	if (change->action != ACTION_UPDATE || change_diff(change, arena, &differences, NULL) < 0)
		return false;
	for (size_t i = 0; i < differences.count; i++)
		if (differences.items[i].kind != DIFF_SENSITIVITY &&
			!is_tag_path(differences.items[i].path, change->type))
			return false;
	/* An update that shows no difference at all changes something that we cannot see. */
	return differences.count > 0;
}
