/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where in a plan's JSON the values are, and which masks cover them.
 *
 * A table of states tells for each member what its value is; everything that
 * it does not name is a value, so a part of a future format is searched, not trusted.  Masks are
 * walked beside the values: `true` covers all below it.
 *
 * Recursion is bounded by the reader's limit of 512 levels.
 */
#include "redact/walk.h"

#include "redact/names.h"
#include "redact/repeat.h"
#include "redact/secrets.h"

enum state {
	KEEP, /* structure: nothing below is touched */
	ADDRESS,
	INDEX,
	VALUE, /* covered by a mask, perhaps */
	TEXT,  /* searched, but no mask counts here */
	ROOT,
	VARIABLES,
	VARIABLE,
	STATE_VALUES,
	PRIOR_STATE,
	OUTPUTS,
	OUTPUT,
	MODULE,
	RESOURCE,
	CHANGE_ENTRY,
	CHANGE,
	DEFERRED,
	OUTPUT_CHANGES,
	CONFIG,
	PROVIDERS,
	PROVIDER,
	CONFIG_MODULE,
	CONFIG_OUTPUTS,
	CONFIG_OUTPUT,
	CONFIG_RESOURCE,
	CALLS,
	CALL,
	PROVISIONER,
	EXPRESSIONS,
	EXPRESSION,
	CONFIG_VARIABLES,
	CONFIG_VARIABLE,
	CHECK,
	INVOCATION,
};

static const struct transition {
	enum state from;
	struct str key; /* absent: every key */
	enum state to;
} transitions[] = {
#define MEMBER(from, key, to) {from, STR_INIT(key), to},
#define MEMBERS(from, to) {from, {NULL, 0}, to},
#include "redact/walk.def"
#undef MEMBER
#undef MEMBERS
};

/* What covers a value: up to two masks, beside each other; or everything does. */
struct cover {
	struct node first, second;
	bool all;
};

struct walk {
	struct walker *walker;
	struct repeats repeats;
	size_t order;    /* of the next object that may repeat */
	bool *untouched; /* of those that a walk with known equals has behind it */
	/* First transition of each state; index of the table. */
	unsigned char first[INVOCATION + 2];
	struct node root_variables;
};

struct spot {
	enum state state;
	struct cover cover;
	struct str name;
	struct node pair;
	bool declared_plain;
	bool provider;
	/* Sensitivity of a module call's arguments: the called module's variables. */
	struct node variables;
};

static bool visit(struct walk *walk, struct node node, const struct spot *spot);

/* Keys are strings, so whatever entry says true is a value. */
static bool has_true(struct node mask)
{
	uint32_t end;

	if (!node_exists(mask))
		return false;
	end = mask.at + tape_extent(mask.doc->tape[mask.at]);
	for (uint32_t at = mask.at; at < end; at++)
		if (tape_type(mask.doc->tape[at]) == NODE_TRUE)
			return true;
	return false;
}

/* Masks that hide nothing are the rule: drop them at once, then nothing below looks at them. */
static struct node worth(struct node mask)
{
	return has_true(mask) ? mask : NODE_NONE;
}

static struct cover cover_of(struct node first, struct node second, bool all)
{
	return (struct cover){worth(first), worth(second), all};
}

/* A mask's members beside an object's, both usually in the order of their keys. */
struct mask_cursor {
	struct node mask;
	struct node_iter it;
	struct str last; /* the key asked for before */
	bool live;
	bool sorted;
};

static struct mask_cursor cursor_open(struct node mask)
{
	struct mask_cursor cursor = {.mask = mask, .it = node_children(mask), .sorted = true};
	struct node_iter it = cursor.it;
	struct str before = {NULL, 0};

	while (it.object && node_next(&it)) {
		struct str key = node_raw(it.key);

		if (node_type(it.key) == NODE_ESCAPED ||
			(!str_absent(before) && str_cmp(before, key) > 0))
			cursor.sorted = false;
		before = key;
	}
	cursor.live = node_next(&cursor.it);
	return cursor;
}

static struct node cursor_find(struct mask_cursor *cursor, struct node key)
{
	struct str raw = node_raw(key);

	if (!cursor->it.object)
		return NODE_NONE;
	/* The object itself may be out of order. */
	if (!str_absent(cursor->last) && str_cmp(cursor->last, raw) > 0)
		cursor->sorted = false;
	cursor->last = raw;
	if (!cursor->sorted || node_type(key) == NODE_ESCAPED) {
		struct node_iter it = node_children(cursor->mask);

		while (node_next(&it))
			if (node_equal(it.key, key))
				return it.value;
		return NODE_NONE;
	}
	while (cursor->live && str_cmp(node_raw(cursor->it.key), raw) < 0)
		cursor->live = node_next(&cursor->it);
	return cursor->live && str_eq(node_raw(cursor->it.key), raw) ? cursor->it.value : NODE_NONE;
}

/* Members stand in the order of the table, so the search goes on behind the row of the one before. */
static enum state next_state(const struct walk *walk, enum state state, struct node key,
	const struct transition **cursor)
{
	const struct transition *first = &transitions[walk->first[state]];
	const struct transition *end = &transitions[walk->first[state + 1]];
	const struct transition *row = *cursor ? *cursor : first;
	struct str raw = node_raw(key);
	bool escaped = node_type(key) == NODE_ESCAPED;

	for (size_t n = (size_t)(end - first); n > 0; n--, row++) {
		if (row == end)
			row = first;
		if (str_absent(row->key))
			continue;
		if (escaped ? node_text_is(key, row->key) : str_eq(raw, row->key)) {
			*cursor = row + 1;
			return row->to;
		}
	}
	return end > first && str_absent(end[-1].key) ? end[-1].to : TEXT;
}

/* Elements that no mask covers are where their array is. */
static bool visit_array(struct walk *walk, struct node node, const struct spot *spot)
{
	struct node_iter it = node_children(node);
	struct node_iter first = node_children(spot->cover.first);
	struct node_iter second = node_children(spot->cover.second);
	bool lists[2] = {node_is_array(spot->cover.first), node_is_array(spot->cover.second)};
	struct spot inside = *spot;

	while (node_next(&it)) {
		inside.cover.first = lists[0] && node_next(&first) ? first.value : NODE_NONE;
		inside.cover.second = lists[1] && node_next(&second) ? second.value : NODE_NONE;
		if (!visit(walk, it.value, &inside))
			return false;
	}
	return true;
}

static bool is_value(struct str key)
{
	return key.len == 5 && memcmp(key.data, "value", 5) == 0;
}

/* The "name" of a small object that has a "value" too. */
static struct node pair_name(struct node object)
{
	struct node_iter it = node_children(object);
	struct node name = NODE_NONE;
	bool value = false;

	for (size_t i = 0; i < 8 && node_next(&it); i++) {
		struct str key = node_raw(it.key);

		if (is_value(key))
			value = true;
		else if (key.len <= 4 && node_is_string(it.value) && name_is_name(key))
			name = it.value;
	}
	return value && node_exists(name) && !node_next(&it) ? name : NODE_NONE;
}

/* A parameter of the Systems Manager: what is to be secret has the type SecureString. */
static bool declares_plain(struct node object)
{
	struct node type = NODE_GET(object, "type");

	return node_text_is(type, STR("String")) || node_text_is(type, STR("StringList"));
}

static bool visit_key(struct walk *walk, struct node node, struct str key)
{
	struct leaf leaf = {.node = node, .place = LEAF_KEY};

	if (key.len < SECRET_LEAST || name_may_be_attribute(key))
		return true;
	return walk->walker->fn(&leaf, walk->walker->payload);
}

static bool visit_plain(struct walk *walk, struct node node, struct leaf leaf);

/* A value that no mask covers; `leaf` knows all but the node. Only strings and numbers are told of. */
static inline bool visit_bare(struct walk *walk, struct node node, struct leaf *leaf)
{
	enum node_type type = node_type(node);

	if (type < NODE_NUMBER)
		return true;
	if (type >= NODE_ARRAY)
		return visit_plain(walk, node, *leaf);
	leaf->node = node;
	return walk->walker->fn(leaf, walk->walker->payload);
}

/* What no mask covers is nearly all of a plan: nothing but the name is carried along. */
static bool visit_plain(struct walk *walk, struct node node, struct leaf leaf)
{
	struct node_iter it = node_children(node);
	struct node pair = it.object ? pair_name(node) : NODE_NONE;

	while (node_next(&it)) {
		if (it.object) {
			leaf.name = node_raw(it.key);
			leaf.pair = is_value(leaf.name) ? pair : NODE_NONE;
			if (!visit_key(walk, it.key, leaf.name))
				return false;
		}
		if (!visit_bare(walk, it.value, &leaf))
			return false;
	}
	return true;
}

static bool covers_nothing(const struct cover *cover)
{
	return !cover->all && !node_exists(cover->first) && !node_exists(cover->second);
}

static struct leaf leaf_of(const struct spot *spot)
{
	return (struct leaf){.place = spot->state == ADDRESS ? LEAF_ADDRESS
			: spot->state == INDEX               ? LEAF_INDEX
							     : LEAF_VALUE,
		.masked = spot->cover.all || node_is_true(spot->cover.first) ||
			node_is_true(spot->cover.second),
		.declared_plain = spot->declared_plain,
		.provider = spot->provider,
		.name = spot->name,
		.pair = spot->pair};
}

static bool visit_value_object(struct walk *walk, struct node node, const struct spot *spot)
{
	struct node_iter it = node_children(node);
	struct mask_cursor first = cursor_open(spot->cover.first);
	struct mask_cursor second = cursor_open(spot->cover.second);
	struct node pair = pair_name(node);
	struct spot inside = *spot;
	struct leaf bare = leaf_of(spot);

	while (node_next(&it)) {
		inside.name = bare.name = node_raw(it.key);
		inside.pair = bare.pair = is_value(inside.name) ? pair : NODE_NONE;
		if (!visit_key(walk, it.key, inside.name))
			return false;
		inside.cover.first = cursor_find(&first, it.key);
		inside.cover.second = cursor_find(&second, it.key);
		inside.declared_plain = is_value(inside.name) && declares_plain(node);
		if (!(spot->state == VALUE && covers_nothing(&inside.cover)
				    ? visit_bare(walk, it.value, &bare)
				    : visit(walk, it.value, &inside)))
			return false;
	}
	return true;
}

/* Which masks or flags of an object cover its members, by its state. */
static struct cover own_cover(struct node node, const struct spot *spot)
{
	switch (spot->state) {
	case RESOURCE:
		return cover_of(NODE_GET(node, "sensitive_values"), NODE_NONE, false);
	case CHANGE:
		return cover_of(NODE_GET(node, "before_sensitive"),
			NODE_GET(node, "after_sensitive"), false);
	case INVOCATION:
		return cover_of(NODE_GET(node, "config_sensitive"), NODE_NONE, false);
	case OUTPUT:
	case CONFIG_OUTPUT:
	case CONFIG_VARIABLE:
		return cover_of(NODE_NONE, NODE_NONE, node_is_true(NODE_GET(node, "sensitive")));
	case VARIABLES:
	case EXPRESSIONS:
		return (struct cover){0};
	default:
		return spot->cover;
	}
}

/* Members of these states carry the name of what they describe. */
static bool names_its_members(enum state state)
{
	return state == VARIABLES || state == OUTPUTS || state == OUTPUT_CHANGES ||
		state == CONFIG_OUTPUTS || state == CONFIG_VARIABLES || state == EXPRESSIONS ||
		state == EXPRESSION;
}

/* Whether what covers an object covers this member of it. */
static bool covers_member(enum state state, enum state next)
{
	return next == VALUE || state == EXPRESSION ||
		(state == CONFIG_OUTPUT && next == EXPRESSION);
}

/*
 * What the walker makes of an object depends on its bytes and its masks alone: the names and
 * pairs of its members are inside.  Only the outermost object of a value is asked, so that each byte
 * is compared once.
 */
static bool may_repeat(struct node node, const struct spot *spot)
{
	return spot->state == VALUE && node_is_object(node) && !spot->provider && !spot->cover.all;
}

/* Where the value of a member ends; where another member follows, that costs nothing. */
static size_t member_end(const struct node_iter *it)
{
	return it->next < it->end ? node_end_before(it->value, (struct node){it->doc, it->next})
				  : node_end(it->value);
}

/* An object that equals one which was not touched needs no walk. */
static bool visit_known(struct walk *walk, struct node node, const struct spot *spot)
{
	struct walker *walker = walk->walker;
	size_t order = walk->order++, done = walker->done;
	uint32_t first = walker->known->items[order];

	if (first != order && walk->untouched[first])
		return true;
	if (!visit(walk, node, spot))
		return false;
	walk->untouched[order] = walker->done == done;
	return true;
}

static bool note_equal(struct walk *walk, uint32_t first)
{
	struct equals *found = walk->walker->found;

	walk->order++;
	if (!found)
		return true;
	if (!arena_grow(found->arena, (void **)&found->items, found->count, &found->room,
		    sizeof(*found->items)))
		return false;
	found->items[found->count++] = first;
	return true;
}

static bool visit_repeat(struct walk *walk, struct node node, size_t end, const struct spot *spot)
{
	struct walker *walker = walk->walker;
	size_t done = walker->done, kept = walker->kept;
	bool known;
	struct repeat_entry new,
		*entry = repeats_find(&walk->repeats, node, end, spot->cover.first,
			spot->cover.second, &known, &new);

	new.order = (uint32_t)walk->order;
	if (!note_equal(walk, known ? entry->order : new.order))
		return false;
	if (known)
		return entry->kept_count == 0 ||
			walker->keep_again(entry->kept_from, entry->kept_count, node.at - entry->at,
				walker->payload);
	if (!visit(walk, node, spot))
		return false;
	new.kept_from = (uint32_t)kept;
	new.kept_count = (uint32_t)(walker->kept - kept);
	if (walker->done == done)
		*entry = new;
	return true;
}

static bool visit_value(struct walk *walk, const struct node_iter *it, const struct spot *spot)
{
	if (!may_repeat(it->value, spot))
		return visit(walk, it->value, spot);
	return walk->walker->known ? visit_known(walk, it->value, spot)
				   : visit_repeat(walk, it->value, member_end(it), spot);
}

/* A root variable's or a module argument's sensitivity is said where the variable is declared. */
static bool variable_is_sensitive(
	const struct walk *walk, const struct spot *spot, enum state state, struct str name)
{
	struct node variables = state == VARIABLES ? walk->root_variables : spot->variables;

	return node_is_true(NODE_GET(node_get(variables, name), "sensitive"));
}

static bool visit_object(struct walk *walk, struct node node, const struct spot *spot)
{
	struct node_iter it = node_children(node);
	struct cover cover = own_cover(node, spot);
	bool names = names_its_members(spot->state);
	const struct transition *cursor = NULL;
	struct spot inside = {
		.pair = spot->pair, .provider = spot->provider || spot->state == PROVIDERS};

	while (node_next(&it)) {
		enum state next = next_state(walk, spot->state, it.key, &cursor);

		if (next == KEEP)
			continue;
		inside.state = next;
		inside.cover = covers_member(spot->state, next) ? cover : (struct cover){0};
		inside.name = names && next != VALUE ? node_raw(it.key) : spot->name;
		if (spot->state == VARIABLES || spot->state == EXPRESSIONS)
			inside.cover.all =
				variable_is_sensitive(walk, spot, spot->state, inside.name);
		inside.variables = spot->state == CALL && next == EXPRESSIONS
			? NODE_GET(NODE_GET(node, "module"), "variables")
			: NODE_NONE;
		if (!visit_value(walk, &it, &inside))
			return false;
	}
	return true;
}

static bool visit(struct walk *walk, struct node node, const struct spot *spot)
{
	enum node_type type = node_type(node);
	bool value = spot->state == VALUE || spot->state == TEXT;
	struct spot covered;

	if (type < NODE_ARRAY) {
		struct leaf leaf = leaf_of(spot);

		leaf.node = node;
		return walk->walker->fn(&leaf, walk->walker->payload);
	}
	if (value && covers_nothing(&spot->cover))
		return visit_plain(walk, node, leaf_of(spot));
	if (node_is_true(spot->cover.first) || node_is_true(spot->cover.second)) {
		covered = *spot;
		covered.cover.all = true;
		spot = &covered;
	}
	if (type == NODE_ARRAY)
		return visit_array(walk, node, spot);
	if (value || spot->state == ADDRESS || spot->state == INDEX)
		return visit_value_object(walk, node, spot);
	return visit_object(walk, node, spot);
}

static void index_transitions(struct walk *walk)
{
	for (size_t i = COUNT_OF(transitions); i-- > 0;)
		walk->first[transitions[i].from] = (unsigned char)i;
	walk->first[INVOCATION + 1] = COUNT_OF(transitions);
	for (size_t state = INVOCATION + 1; state-- > 0;)
		if (transitions[walk->first[state]].from != (enum state)state)
			walk->first[state] = walk->first[state + 1];
}

bool walk_plan(const struct plan *plan, struct walker *walker)
{
	struct walk walk = {.walker = walker};
	struct spot spot = {.state = ROOT};
	struct node resources = NODE_GET(plan->root_node, "resource_changes");
	bool done;

	if (walker->known)
		walk.untouched = mem_alloc(walker->known->count + 1);
	if (walker->known ? !walk.untouched : !repeats_open(&walk.repeats, node_count(resources)))
		return false;
	index_transitions(&walk);
	walk.root_variables = NODE_GET(
		NODE_GET(NODE_GET(plan->root_node, "configuration"), "root_module"), "variables");
	done = visit(&walk, plan->root_node, &spot);
	repeats_close(&walk.repeats);
	mem_free(walk.untouched);
	return done;
}
