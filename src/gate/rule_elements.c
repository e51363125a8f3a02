/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Is an element of a list, set or JSON text gone?  Elements pair in three
 * rounds: those that are equal, whatever their order; those with the same
 * identity (or label), which are merely changed; and, where a rule knows no
 * identity, as many as there are left on the other side.  What stays is gone.
 *
 * Pairing sorts, so that a list of a million elements costs no square.
 */
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "gate/rule_model.h"
#include "gate/value_path.h"

enum {
	LABELS = 3, /* named in a message */
	LABEL_MOST =
		100, /* bytes; a longer one is left out rather than cut, for the redactor's sake */
	COMPARISONS = 4 << 20, /* of network rules; beyond that, no pair is sought */
};

struct element {
	struct node node;
	struct str key; /* what it is compared by in this round */
	bool paired;
};

struct collection {
	const struct elements *spec;
	struct arena *arena;
	struct element *items;
	size_t count, room;
	struct doc **docs; /* of JSON texts */
	size_t doc_count, doc_room;
	bool failed;
};

/* The arena of the pairing itself; one plan cannot make it grow without end. */
#define SCRATCH_CEILING ((size_t)1 << 30)

static void collection_close(struct collection *collection)
{
	for (size_t i = 0; i < collection->doc_count; i++)
		doc_free(collection->docs[i]);
	collection->doc_count = 0;
}

static int add_element(struct node value, void *payload)
{
	struct collection *collection = payload;
	const struct elements *spec = collection->spec;

	if (node_is_null(value))
		return 0;
	for (size_t i = 0; i < spec->where_count; i++)
		if (!path_match_holds(&spec->where[i], value))
			return 0;
	if (!arena_grow(collection->arena, (void **)&collection->items, collection->count,
		    &collection->room, sizeof(*collection->items)))
		return 1;
	collection->items[collection->count++] = (struct element){.node = value};
	return 0;
}

/* A text that is no JSON, or has a key twice, holds no elements: after a change, they are missing. */
static int add_json(struct node value, void *payload)
{
	struct collection *collection = payload;
	struct json_options options = {0};
	struct doc *doc = NULL;
	int r;

	if (!node_is_string(value))
		return 0;
	if (!arena_grow(collection->arena, (void **)&collection->docs, collection->doc_count,
		    &collection->doc_room, sizeof(struct doc *)))
		return 1;
	r = json_read(node_text(value, collection->arena), &options, &doc, NULL);
	if (r == 0) {
		collection->docs[collection->doc_count++] = doc;
		r = doc_check_keys(doc_root(doc), NULL);
	}
	collection->failed |= r == -error_info(ERR_MEMORY)->exit_code;
	if (r < 0)
		return 0;
	return value_path_visit(doc_root(doc), collection->spec->json, add_element, collection);
}

static void gather(struct collection *collection, struct node root)
{
	struct str path = collection->spec->path;
	bool json = !str_absent(collection->spec->json);

	/* A path that ends at the collection means its elements. */
	if (!json && !str_ends(path, STR("[*]")))
		path = arena_printf(collection->arena, "%.*s[*]", STR_ARG(path));
	(void)value_path_visit(root, path, json ? add_json : add_element, collection);
}

static bool is_listed(const struct str *names, size_t count, struct node key)
{
	for (size_t i = 0; i < count; i++)
		if (node_text_is(key, names[i]))
			return true;
	return false;
}

static bool is_nothing(struct node value)
{
	return node_is_null(value) || (node_is_string(value) && node_raw(value).len == 0) ||
		((node_is_array(value) || node_is_object(value)) && node_count(value) == 0);
}

static int by_text(const void *left, const void *right)
{
	return str_cmp(*(const struct str *)left, *(const struct str *)right);
}

static struct str normal_text(struct node node, const struct elements *spec, struct arena *arena);

/* The parts of a list or map, each a text, sorted and joined: order carries no meaning here. */
static struct str normal_parts(struct node node, const struct elements *spec, struct arena *arena)
{
	struct node_iter it = node_children(node);
	size_t room = node_count(node), count = 0, length = 2;
	struct str *parts = ARENA_ARRAY(arena, struct str, room);
	char *out, *end;

	if (!parts)
		return (struct str){NULL, 0};
	while (node_next(&it)) {
		struct str value;

		if (is_nothing(it.value) ||
			(spec && node_exists(it.key) &&
				(is_listed(spec->ignore, spec->ignore_count, it.key) ||
					node_text_is(it.key, spec->label))))
			continue;
		value = normal_text(it.value, NULL, arena);
		parts[count] = node_exists(it.key)
			? arena_printf(
				  arena, "\"%.*s\":%.*s", STR_ARG(node_raw(it.key)), STR_ARG(value))
			: value;
		length = size_add(length, size_add(parts[count++].len, 1));
	}
	/* One value and a list of that one value are the same to the clouds. */
	if (count == 1 && node_is_array(node))
		return parts[0];
	qsort(parts, count, sizeof(*parts), by_text);
	out = arena_alloc(arena, length);
	if (!out)
		return (struct str){NULL, 0};
	end = out;
	*end++ = '{';
	for (size_t i = 0; i < count; i++) {
		memcpy(end, parts[i].data ? parts[i].data : "", parts[i].len);
		end += parts[i].len;
		*end++ = ',';
	}
	*end++ = '}';
	return (struct str){out, (size_t)(end - out)};
}

/* A text that is equal for values that mean the same. Recursion ends at the document's depth. */
static struct str normal_text(struct node node, const struct elements *spec, struct arena *arena)
{
	if (node_is_array(node) || node_is_object(node))
		return normal_parts(node, spec, arena);
	if (node_is_string(node))
		return arena_printf(arena, "\"%.*s\"", STR_ARG(node_raw(node)));
	return node_raw(node);
}

/* In a block that changes, a provider writes zero and false for what nobody set; in one that stands it left null. */
static bool is_unset(struct node value)
{
	return is_nothing(value) ||
		(!node_is_string(value) &&
			(str_is(node_raw(value), "0") || str_is(node_raw(value), "false")));
}

static struct str identity_text(
	const struct element *element, const struct elements *spec, struct arena *arena)
{
	struct str text = STR("");

	for (size_t i = 0; i < spec->identity_count; i++) {
		struct node value = value_path_first(element->node, spec->identity[i]);

		text = arena_printf(arena, "%.*s%.*s|", STR_ARG(text),
			STR_ARG(is_unset(value) ? STR("") : normal_text(value, NULL, arena)));
	}
	if (spec->identity_count == 0)
		text = normal_text(node_get(element->node, spec->label), NULL, arena);
	return text;
}

static int by_key(const void *left, const void *right)
{
	const struct element *a = left, *b = right;

	if (a->paired != b->paired)
		return a->paired ? 1 : -1;
	return str_cmp(a->key, b->key);
}

/* Sorts both sides by key and pairs equals; keys are already set. */
static void pair(struct collection *from, struct collection *to)
{
	size_t i = 0, j = 0;

	if (from->count > 1)
		qsort(from->items, from->count, sizeof(*from->items), by_key);
	if (to->count > 1)
		qsort(to->items, to->count, sizeof(*to->items), by_key);
	while (i < from->count && j < to->count && !from->items[i].paired && !to->items[j].paired) {
		int order = str_cmp(from->items[i].key, to->items[j].key);

		if (order == 0)
			from->items[i++].paired = to->items[j++].paired = true;
		else if (order < 0)
			i++;
		else
			j++;
	}
}

static size_t unpaired(const struct collection *collection)
{
	size_t count = 0;

	for (size_t i = 0; i < collection->count; i++)
		count += !collection->items[i].paired;
	return count;
}

static void set_keys(struct collection *collection, bool identity)
{
	for (size_t i = 0; i < collection->count; i++) {
		struct element *element = &collection->items[i];

		if (element->paired)
			continue;
		element->key = identity
			? identity_text(element, collection->spec, collection->arena)
			: normal_text(element->node, collection->spec, collection->arena);
	}
}

static struct str scalar_text(struct node value, struct arena *arena)
{
	return arena_str(arena, node_is_string(value) ? node_text(value, arena) : node_raw(value));
}

static bool is_scalar(struct node value)
{
	return !is_nothing(value) && !node_is_array(value) && !node_is_object(value);
}

/* What tells one element from another where no rule says it: its first short values. */
static struct str first_values(const struct element *element, struct arena *arena)
{
	struct node_iter it = node_children(element->node);
	struct str text = STR("");

	for (unsigned told = 0; told < 2 && node_next(&it);) {
		struct node value = it.value;

		if (node_is_array(value) && node_count(value) == 1)
			value = node_at(value, 0);
		if (!is_scalar(value) || node_raw(value).len > LABEL_MOST)
			continue;
		text = arena_printf(arena, "%.*s%s%.*s %.*s", STR_ARG(text), told++ ? ", " : "",
			STR_ARG(node_text(it.key, arena)), STR_ARG(scalar_text(value, arena)));
	}
	return text;
}

static struct str element_label(
	const struct element *element, const struct elements *spec, struct arena *arena)
{
	struct node label = node_get(element->node, spec->label);
	struct str text = STR("");

	if (!node_is_object(element->node))
		return scalar_text(element->node, arena);
	if (!str_absent(spec->label) && is_scalar(label))
		return scalar_text(label, arena);
	for (size_t i = 0; i < spec->identity_count; i++) {
		struct node value = value_path_first(element->node, spec->identity[i]);

		if (is_scalar(value))
			text = arena_printf(arena, "%.*s%s%.*s", STR_ARG(text), text.len ? " " : "",
				STR_ARG(scalar_text(value, arena)));
	}
	return text.len ? text : first_values(element, arena);
}

static void tell(struct judgement *judgement, size_t index, struct str label)
{
	if (index >= LABELS || label.len == 0 || label.len > LABEL_MOST)
		return;
	if (str_empty(judgement->elements))
		judgement->elements = label;
	else
		judgement->elements = arena_printf(judgement->arena, "%.*s; %.*s",
			STR_ARG(judgement->elements), STR_ARG(label));
}

static bool has_identity(const struct elements *spec)
{
	return spec->identity_count > 0 || !str_absent(spec->label);
}

static enum truth decide(
	struct collection *from, struct collection *to, bool unknown, struct judgement *judgement)
{
	const struct elements *spec = from->spec;
	size_t left, others, told = 0;

	set_keys(from, false);
	set_keys(to, false);
	pair(from, to);
	left = unpaired(from);
	if (left > 0 && has_identity(spec)) {
		set_keys(from, true);
		set_keys(to, true);
		pair(from, to);
		left = unpaired(from);
	} else {
		others = unpaired(to);
		left = left > others ? left - others : 0;
	}
	if (left == 0)
		return TRUTH_NO;
	for (size_t i = 0; i < from->count; i++)
		if (!from->items[i].paired && told < left)
			tell(judgement, told++,
				element_label(&from->items[i], spec, judgement->arena));
	judgement->element_count = left;
	if (unknown && from->count <= to->count)
		return TRUTH_UNKNOWN;
	return TRUTH_YES;
}

static void expand(const struct collection *collection, struct network_rules *rules)
{
	for (size_t i = 0; i < collection->count; i++)
		network_expand(collection->items[i].node, collection->arena, rules);
}

/* Whether one of these members is unknown in an element, or the collection as a whole. */
static bool members_unknown(const struct elements *spec, const struct str *members, size_t count,
	struct node to_unknown, struct arena *arena)
{
	const char *each = str_ends(spec->path, STR("[*]")) ? "" : "[*]";

	for (size_t i = 0; i < count; i++) {
		struct str path = arena_printf(
			arena, "%.*s%s.%.*s", STR_ARG(spec->path), each, STR_ARG(members[i]));

		if (value_path_unknown(to_unknown, path))
			return true;
	}
	return false;
}

static enum truth decide_network(const struct collection *from, const struct collection *to,
	struct node to_unknown, struct judgement *judgement)
{
	/* A range cannot be the group that is still unknown, nor the other way round. */
	static const struct str range_members[] = {STR_INIT("cidr_blocks"),
		STR_INIT("ipv6_cidr_blocks"), STR_INIT("protocol"), STR_INIT("from_port"),
		STR_INIT("to_port")};
	static const struct str group_members[] = {STR_INIT("security_groups"),
		STR_INIT("prefix_list_ids"), STR_INIT("self"), STR_INIT("protocol"),
		STR_INIT("from_port"), STR_INIT("to_port")};
	struct network_rules before = {0}, after = {0};
	size_t missing = 0, cost = 0;
	bool ranges = members_unknown(
		from->spec, range_members, COUNT_OF(range_members), to_unknown, from->arena);
	bool groups = members_unknown(
		from->spec, group_members, COUNT_OF(group_members), to_unknown, from->arena);
	enum truth result = TRUTH_NO;

	expand(from, &before);
	expand(to, &after);
	for (size_t i = 0; i < before.count; i++) {
		bool found = false;

		for (size_t j = 0; j < after.count && !found && cost < COMPARISONS; j++, cost++)
			found = network_rules_nest(&before.items[i], &after.items[j]);
		if (found)
			continue;
		if (!(before.items[i].is_range ? ranges : groups))
			result = TRUTH_YES;
		else if (result == TRUTH_NO)
			result = TRUTH_UNKNOWN;
		tell(judgement, missing++, network_text(&before.items[i], judgement->arena));
	}
	judgement->element_count = missing;
	return result;
}

/* Most collections do not change at all, and then they are the same bytes. */
static bool same_bytes(struct node from, struct node to)
{
	size_t length;

	if (!node_exists(from) || !node_exists(to))
		return false;
	length = node_end(from) - node_offset(from);
	return length == node_end(to) - node_offset(to) &&
		memcmp(doc_text(from.doc).data + node_offset(from),
			doc_text(to.doc).data + node_offset(to), length) == 0;
}

/* Whether an element of the other side may turn out to be one that seems to be missing. */
static bool identity_unknown(const struct collection *collection, struct node to_unknown)
{
	const struct elements *spec = collection->spec;

	if (!has_identity(spec) || !str_absent(spec->json))
		return value_path_unknown(to_unknown, value_path_stem(spec->path));
	return members_unknown(
		       spec, spec->identity, spec->identity_count, to_unknown, collection->arena) ||
		(!str_absent(spec->label) &&
			members_unknown(spec, &spec->label, 1, to_unknown, collection->arena));
}

static enum truth compare(struct collection *before, struct collection *after,
	struct node to_unknown, struct judgement *judgement)
{
	const struct elements *spec = before->spec;
	struct str stem = value_path_stem(spec->path);
	enum truth result;

	if (before->count == 0)
		return TRUTH_NO;
	if (spec->network)
		result = decide_network(before, after, to_unknown, judgement);
	else
		result = decide(before, after, identity_unknown(before, to_unknown), judgement);
	if (result != TRUTH_YES || !value_path_unknown(to_unknown, stem))
		return result;
	if (!str_absent(spec->json))
		return TRUTH_UNKNOWN;
	/* Is nothing at all known of the collection, not even how many there will be? */
	if (!value_path_wholly_unknown(to_unknown, stem))
		return result;
	/* One value that gives way to an unknown one is swapped, not removed. */
	return has_identity(spec) || before->count > 1 ? TRUTH_UNKNOWN : TRUTH_NO;
}

enum truth elements_missing(const struct elements *elements, struct node from, struct node to,
	struct node to_unknown, struct judgement *judgement)
{
	struct str stem = value_path_stem(elements->path);
	struct node first;
	enum truth result;

	first = value_path_first(from, stem);
	if (node_is_null(first) || same_bytes(first, value_path_first(to, stem)))
		return TRUTH_NO;
	CLEANUP(arena_cleanup) struct arena *scratch = arena_create(SCRATCH_CEILING);
	CLEANUP(collection_close)
	struct collection before = {.spec = elements, .arena = scratch};
	CLEANUP(collection_close)
	struct collection after = {.spec = elements, .arena = scratch};

	if (!scratch) {
		judgement->failed = true;
		return TRUTH_NO;
	}
	gather(&before, from);
	gather(&after, to);
	result = compare(&before, &after, to_unknown, judgement);
	judgement->failed |= before.failed | after.failed | arena_failed(scratch);
	return result;
}
