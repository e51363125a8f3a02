/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A block is planned, which reads all of it, and then taken.  Whatever lib/provider/values.ts would not take for plain objects, lists and maps
 * where the shape has blocks is refused while it is planned, so that the library can begin anew: it throws, or asks what an instance is.
 */
#include "construct/block.h"

#include "construct/pieces.h"

enum { KEYS_MOST = 96 /* of an object that a shape knows */ };

enum part_kind {
	PART_VALUE, /* as it was given: tokens in it are resolved */
	PART_NULL,
	PART_OBJECT,
	PART_LIST,
};

/* In the order in which they are taken; those of an object or list stand behind it. */
struct block_part {
	enum part_kind kind;
	struct str name;  /* Terraform's, or a map's key; absent: an item of a list */
	size_t index;     /* of an item */
	size_t end;       /* where what is in it ends */
	script_word word; /* of PART_VALUE, held */
};

enum planned { PLANNED, PLANNED_NOTHING, PLANNED_THROWN, PLANNED_REFUSED };

struct planning {
	struct script_reader *reader;
	struct shapes *shapes;
	struct block_plan *plan;
};

static enum planned plan_member(struct planning *planning, const struct known_member *member,
	struct str name, script_word word, bool is_sifted);
static enum planned plan_object(struct planning *planning, const struct known_shape *shape,
	struct str name, size_t index, script_word object, bool is_sifted);

/* ---- planning ---- */

/* Where it fails, the word is freed. */
static enum planned add(struct planning *planning, struct block_part part)
{
	struct block_plan *plan = planning->plan;

	if (!arena_grow(plan->arena, (void **)&plan->parts, plan->count, &plan->room,
		    sizeof(*plan->parts))) {
		if (part.kind == PART_VALUE)
			script_word_free(planning->reader, part.word);
		script_throw(planning->reader->vm, "out of memory");
		return PLANNED_THROWN;
	}
	part.end = plan->count + 1;
	plan->parts[plan->count++] = part;
	return PLANNED;
}

/* Takes away what was planned from `start` on. */
static void take_back(struct planning *planning, size_t start)
{
	struct block_plan *plan = planning->plan;

	for (size_t i = start; i < plan->count; i++)
		if (plan->parts[i].kind == PART_VALUE)
			script_word_free(planning->reader, plan->parts[i].word);
	plan->count = start;
}

static enum planned add_value(struct planning *planning, struct str name, script_word word)
{
	return add(planning, (struct block_part){.kind = PART_VALUE, .name = name, .word = word});
}

/* The word is freed. */
static enum planned refuse(struct planning *planning, script_word word)
{
	script_word_free(planning->reader, word);
	return PLANNED_REFUSED;
}

/* An object of a list or map, or null; the word is freed. */
static enum planned plan_item(struct planning *planning, const struct known_shape *shape,
	struct str name, size_t index, script_word item)
{
	enum script_kind kind = script_word_kind(planning->reader, item);
	enum planned planned = PLANNED_REFUSED;

	if (kind == SCRIPT_PLAIN)
		planned = plan_object(planning, shape, name, index, item, false);
	else if (kind == SCRIPT_NULL)
		planned = add(planning,
			(struct block_part){.kind = PART_NULL, .name = name, .index = index});
	else if (kind == SCRIPT_UNDEFINED)
		planned = PLANNED_NOTHING;
	else if (kind == SCRIPT_THROWN)
		planned = PLANNED_THROWN;
	script_word_free(planning->reader, item);
	return planned;
}

static enum planned plan_list(struct planning *planning, const struct known_shape *shape,
	struct str name, script_word list)
{
	size_t length = script_list_length(planning->reader, list), start = planning->plan->count;
	enum planned planned = length == SIZE_MAX
		? PLANNED_THROWN
		: add(planning, (struct block_part){.kind = PART_LIST, .name = name});

	for (size_t i = 0; i < length && planned < PLANNED_THROWN; i++)
		planned = plan_item(planning, shape, (struct str){NULL, 0}, i,
			script_list_at(planning->reader, list, i));
	if (planned >= PLANNED_THROWN)
		return planned;
	planning->plan->parts[start].end = planning->plan->count;
	return PLANNED;
}

/* A key that may be a token, or makes a token of the object: the library looks at all of it. */
static bool is_open_key(struct str key)
{
	return text_is_open(key) || str_is(key, "resolve");
}

static enum planned plan_map(struct planning *planning, const struct known_shape *shape,
	struct str name, script_word map)
{
	size_t start = planning->plan->count;
	struct script_members members;
	enum planned planned;

	if (!script_members_begin(planning->reader, map, &members))
		return PLANNED_THROWN;
	planned = add(planning, (struct block_part){.kind = PART_OBJECT, .name = name});
	for (size_t i = 0; i < members.count && planned < PLANNED_THROWN; i++) {
		struct str key = script_member_key(planning->reader, &members, i);

		planned = str_absent(key) ? PLANNED_THROWN
			: is_open_key(key)
			? PLANNED_REFUSED
			: plan_item(planning, shape, key, 0,
				  script_member_value(planning->reader, map, &members, i));
	}
	script_members_end(planning->reader, &members);
	if (planned >= PLANNED_THROWN)
		return planned;
	planning->plan->parts[start].end = planning->plan->count;
	return PLANNED;
}

/* The value of a member that holds one object; the word is freed. */
static enum planned plan_single(struct planning *planning, const struct known_shape *shape,
	struct str name, script_word word, bool is_sifted)
{
	enum script_kind kind = script_word_kind(planning->reader, word);
	enum planned planned = PLANNED_REFUSED;

	if (kind == SCRIPT_PLAIN)
		planned = plan_object(planning, shape, name, 0, word, is_sifted);
	else if (kind == SCRIPT_NULL && !is_sifted)
		planned = add(planning, (struct block_part){.kind = PART_NULL, .name = name});
	script_word_free(planning->reader, word);
	return planned;
}

/* The value of a member that holds many objects, which is something else where it is neither a list nor a map. The word is freed. */
static enum planned plan_many(struct planning *planning, const struct known_member *member,
	const struct known_shape *shape, struct str name, script_word word)
{
	enum script_kind kind = script_word_kind(planning->reader, word);
	enum planned planned;

	if (member->holding == HOLDS_LIST && kind != SCRIPT_LIST)
		return add_value(planning, name, word);
	if (member->holding == HOLDS_MAP && kind != SCRIPT_PLAIN)
		return kind == SCRIPT_NULL || kind == SCRIPT_TEXT ? add_value(planning, name, word)
								  : refuse(planning, word);
	planned = kind == SCRIPT_LIST ? plan_list(planning, shape, name, word)
				      : plan_map(planning, shape, name, word);
	script_word_free(planning->reader, word);
	return planned;
}

/* A value that is no object to Terraform; of what is no map where one stands, the library makes one. */
static enum planned plan_value(struct planning *planning, const struct known_member *member,
	struct str name, script_word word)
{
	if (member->whole == WHOLE_MAP) {
		enum script_kind kind = script_word_kind(planning->reader, word);

		if (kind != SCRIPT_PLAIN && kind != SCRIPT_NULL && kind != SCRIPT_TEXT)
			return refuse(planning, word);
	}
	return add_value(planning, name, word);
}

/*
 * The value of a member.  `is_sifted`: it stands in single objects only, of which what has no known property counts for nothing
 * (knownPart()).  The word is freed.
 */
static enum planned plan_member(struct planning *planning, const struct known_member *member,
	struct str name, script_word word, bool is_sifted)
{
	enum script_kind kind = script_word_kind(planning->reader, word);
	const struct known_shape *inner;

	if (kind == SCRIPT_THROWN)
		return PLANNED_THROWN;
	if (kind == SCRIPT_UNDEFINED)
		return PLANNED_NOTHING;
	if (member->holding == HOLDS_VALUE)
		return plan_value(planning, member, name, word);
	inner = shapes_inner(planning->shapes, member);
	if (!inner)
		return refuse(planning, word);
	return member->holding == HOLDS_OBJECT ? plan_single(planning, inner, name, word, is_sifted)
					       : plan_many(planning, member, inner, name, word);
}

/* ---- objects ---- */

/* The members of a shape that an object has. */
struct found {
	const struct known_member *member;
	size_t at; /* among the object's */
};

/* Lists them in the shape's order, where they are not too many and the object can be no token. */
static enum planned find_members(struct planning *planning, const struct known_shape *shape,
	const struct script_members *members, struct found *ret_found, size_t *ret_count)
{
	*ret_count = 0;
	if (members->count > KEYS_MOST)
		return PLANNED_REFUSED;
	for (size_t i = 0; i < members->count; i++) {
		struct str key = script_member_key(planning->reader, members, i);
		const struct known_member *member;
		size_t at = *ret_count;

		if (str_absent(key))
			return PLANNED_THROWN;
		if (str_is(key, "resolve"))
			return PLANNED_REFUSED;
		member = shapes_find(planning->shapes, shape, key);
		if (!member || !member->is_settable)
			continue;
		for (; at > 0 && ret_found[at - 1].member > member; at--)
			ret_found[at] = ret_found[at - 1];
		ret_found[at] = (struct found){member, i};
		++*ret_count;
	}
	return PLANNED;
}

static enum planned plan_members(struct planning *planning, const struct known_shape *shape,
	script_word object, const struct script_members *members, bool is_sifted)
{
	struct found found[KEYS_MOST];
	size_t count, at = 0;
	bool is_given = members->count == 0;
	enum planned planned = find_members(planning, shape, members, found, &count);

	if (planned != PLANNED)
		return planned;
	for (uint32_t i = 0; i < shape->count && (at < count || shape->is_complete); i++) {
		const struct known_member *member = at < count && !shape->is_complete
			? found[at].member
			: shapes_member(planning->shapes, shape, i);

		if (!member)
			return PLANNED_REFUSED;
		if (!member->is_settable)
			continue;
		planned = PLANNED_NOTHING;
		if (at < count && found[at].member == member)
			planned = plan_member(planning, member, member->name,
				script_member_value(
					planning->reader, object, members, found[at++].at),
				is_sifted);
		if (planned == PLANNED)
			is_given = true;
		else if (planned == PLANNED_NOTHING && shape->is_complete)
			planned = add(planning,
				(struct block_part){.kind = PART_NULL, .name = member->name});
		if (planned >= PLANNED_THROWN)
			return planned;
	}
	return is_given || !is_sifted ? PLANNED : PLANNED_NOTHING;
}

static enum planned plan_object(struct planning *planning, const struct known_shape *shape,
	struct str name, size_t index, script_word object, bool is_sifted)
{
	size_t start = planning->plan->count;
	struct script_members members;
	enum planned planned;

	if (!script_members_begin(planning->reader, object, &members))
		return PLANNED_THROWN;
	planned = add(
		planning, (struct block_part){.kind = PART_OBJECT, .name = name, .index = index});
	if (planned == PLANNED)
		planned = plan_members(planning, shape, object, &members, is_sifted);
	script_members_end(planning->reader, &members);
	if (planned == PLANNED)
		planning->plan->parts[start].end = planning->plan->count;
	else if (planned == PLANNED_NOTHING)
		take_back(planning, start);
	return planned;
}

/* ---- the block's arguments ---- */

static enum planned plan_in_order(struct planning *planning, const struct known_shape *shape,
	script_word given, const struct script_members *members)
{
	struct found found[KEYS_MOST];
	size_t count;
	enum planned planned = find_members(planning, shape, members, found, &count);

	for (size_t i = 0; planned < PLANNED_THROWN && i < count; i++)
		planned = plan_member(planning, found[i].member, found[i].member->name,
			script_member_value(planning->reader, given, members, found[i].at), true);
	return planned;
}

static enum planned plan_arguments(struct planning *planning, const struct block *block)
{
	enum planned planned;
	struct script_members members;

	if (!script_members_begin(planning->reader, block->given, &members))
		return PLANNED_THROWN;
	planned = plan_in_order(planning, block->shape, block->given, &members);
	script_members_end(planning->reader, &members);
	return planned < PLANNED_THROWN ? PLANNED : planned;
}

static bool is_planned(const struct block_plan *plan, size_t start, struct str name)
{
	for (size_t i = start; i < plan->count; i = plan->parts[i].end)
		if (str_eq(plan->parts[i].name, name))
			return true;
	return false;
}

/* ---- meta-arguments ---- */

/* A list of texts; anything else is refused. */
static enum planned plan_text_list(struct planning *planning, struct str name, script_word list)
{
	const struct script_reader *reader = planning->reader;
	enum script_kind kind = script_word_kind(reader, list);
	size_t length;

	if (kind != SCRIPT_LIST)
		return PLANNED_REFUSED;
	length = script_list_length(reader, list);
	if (length == SIZE_MAX)
		return PLANNED_THROWN;
	for (size_t i = 0; i < length; i++) {
		script_word item = script_list_at(reader, list, i);

		kind = script_word_kind(reader, item);
		script_word_free(reader, item);
		if (kind != SCRIPT_TEXT)
			return kind == SCRIPT_THROWN ? PLANNED_THROWN : PLANNED_REFUSED;
	}
	return add_value(planning, name, script_word_hold(reader, list));
}

/* A text or a list of texts, or a truth value; what holds objects has keys that the library spells. */
static enum planned plan_texts(
	struct planning *planning, struct str name, script_word word, bool is_any)
{
	switch (script_word_kind(planning->reader, word)) {
	case SCRIPT_UNDEFINED:
		return PLANNED;
	case SCRIPT_THROWN:
		return PLANNED_THROWN;
	case SCRIPT_TEXT:
	case SCRIPT_BOOL:
		if (!is_any)
			break;
		return add_value(planning, name, script_word_hold(planning->reader, word));
	default:
		return plan_text_list(planning, name, word);
	}
	return PLANNED_REFUSED;
}

/* Terraform's name of a member of a lifecycle; absent: it holds more than texts. */
static struct str lifecycle_name(struct str property)
{
	static const struct str names[][2] = {
		{STR_INIT("createBeforeDestroy"), STR_INIT("create_before_destroy")},
		{STR_INIT("preventDestroy"), STR_INIT("prevent_destroy")},
		{STR_INIT("ignoreChanges"), STR_INIT("ignore_changes")}};

	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (str_eq(property, names[i][0]))
			return names[i][1];
	return (struct str){NULL, 0};
}

static enum planned plan_lifecycle(struct planning *planning, script_word lifecycle)
{
	size_t start = planning->plan->count;
	struct script_members members;
	enum planned planned;

	if (script_word_kind(planning->reader, lifecycle) != SCRIPT_PLAIN)
		return script_word_kind(planning->reader, lifecycle) == SCRIPT_UNDEFINED
			? PLANNED
			: PLANNED_REFUSED;
	if (!script_members_begin(planning->reader, lifecycle, &members))
		return PLANNED_THROWN;
	planned = add(planning, (struct block_part){.kind = PART_OBJECT, .name = STR("lifecycle")});
	for (size_t i = 0; i < members.count && planned == PLANNED; i++) {
		struct str key = script_member_key(planning->reader, &members, i);
		struct str name = str_absent(key) ? key : lifecycle_name(key);
		script_word word;

		if (str_absent(name)) {
			planned = str_absent(key) ? PLANNED_THROWN : PLANNED_REFUSED;
			continue;
		}
		word = script_member_value(planning->reader, lifecycle, &members, i);
		planned = plan_texts(planning, name, word, true);
		script_word_free(planning->reader, word);
	}
	script_members_end(planning->reader, &members);
	if (planned == PLANNED)
		planning->plan->parts[start].end = planning->plan->count;
	return planned;
}

/* Where an argument has the name of a meta-argument, the library merges the two. */
static bool is_taken(
	const struct planning *planning, size_t start, struct str name, script_word word)
{
	return script_word_kind(planning->reader, word) != SCRIPT_UNDEFINED &&
		is_planned(planning->plan, start, name);
}

/* Those that are read here. */
static enum planned plan_known_meta(
	struct planning *planning, size_t start, const struct block *block)
{
	enum planned planned;

	if (is_taken(planning, start, STR("depends_on"), block->depends_on) ||
		is_taken(planning, start, STR("provider"), block->provider) ||
		is_taken(planning, start, STR("lifecycle"), block->lifecycle))
		return PLANNED_REFUSED;
	planned = plan_texts(planning, STR("depends_on"), block->depends_on, false);
	if (planned == PLANNED)
		planned = plan_texts(planning, STR("provider"), block->provider, true);
	if (planned == PLANNED)
		planned = plan_lifecycle(planning, block->lifecycle);
	return planned;
}

static enum planned plan_meta(struct planning *planning, size_t start, const struct block *block)
{
	enum planned planned = plan_known_meta(planning, start, block);
	script_word meta = block->meta;
	struct script_members members;

	if (planned != PLANNED)
		return planned;
	if (script_word_kind(planning->reader, meta) != SCRIPT_PLAIN)
		return PLANNED;
	if (!script_members_begin(planning->reader, meta, &members))
		return PLANNED_THROWN;
	for (size_t i = 0; i < members.count && planned == PLANNED; i++) {
		struct str name = script_member_key(planning->reader, &members, i);
		script_word word = script_member_value(planning->reader, meta, &members, i);

		planned = str_absent(name) ||
				script_word_kind(planning->reader, word) == SCRIPT_THROWN
			? PLANNED_THROWN
			: is_planned(planning->plan, start, name) ? refuse(planning, word)
								  : add_value(planning, name, word);
	}
	script_members_end(planning->reader, &members);
	return planned;
}

/* ---- taking ---- */

static bool no_memory(struct snapshot *snapshot)
{
	script_throw(snapshot->reader.vm, "out of memory");
	return false;
}

static bool take_part(struct snapshot *snapshot, const struct block_plan *plan, size_t at,
	struct document_node *to);

/* What stands in an object or list, or at the top of a block. */
static bool take_parts(struct snapshot *snapshot, const struct block_plan *plan, size_t start,
	size_t end, struct document_node *to)
{
	struct snapshot_step step = {snapshot->at, {NULL, 0}, 0};
	bool done = true;

	snapshot->at = &step;
	for (size_t at = start; at < end && done; at = plan->parts[at].end) {
		const struct block_part *part = &plan->parts[at];
		struct document_node *node = NULL;

		step.key = part->name;
		step.index = part->index;
		if (to)
			node = str_absent(part->name)
				? document_add(to, snapshot->arena)
				: document_member(to, part->name, snapshot->arena);
		done = (node || !to) ? take_part(snapshot, plan, at, node) : no_memory(snapshot);
	}
	snapshot->at = step.above;
	return done;
}

static bool take_part(struct snapshot *snapshot, const struct block_plan *plan, size_t at,
	struct document_node *to)
{
	const struct block_part *part = &plan->parts[at];
	size_t room = part->end - at;

	switch (part->kind) {
	case PART_VALUE:
		return snapshot_take(snapshot, part->word, to);
	case PART_NULL:
		if (to)
			*to = (struct document_node){
				.kind = DOCUMENT_SCALAR, .scalar = STR("null")};
		return true;
	case PART_OBJECT:
		if (to && !document_make_object(to, room, snapshot->arena))
			return no_memory(snapshot);
		return take_parts(snapshot, plan, at + 1, part->end, to);
	case PART_LIST:
		if (to && !document_make_list(to, room, snapshot->arena))
			return no_memory(snapshot);
		return take_parts(snapshot, plan, at + 1, part->end, to);
	}
	return false;
}

/* The member `key` of an object, which becomes an object itself; NULL without memory. */
static struct document_node *below(struct document_node *node, struct str key, struct arena *arena)
{
	struct document_node *member = document_member(node, key, arena);

	return member && document_make_object(member, 4, arena) ? member : NULL;
}

static bool put_text(
	struct document_node *object, struct str key, struct str text, struct arena *arena)
{
	struct document_node *member = document_member(object, key, arena);
	struct str json = document_quote(text, arena);

	if (!member || str_absent(json))
		return false;
	*member = (struct document_node){.kind = DOCUMENT_SCALAR, .scalar = json};
	return true;
}

static bool take_arguments(struct snapshot *snapshot, const struct block *block,
	const struct block_plan *plan, size_t start, struct document_node *to)
{
	struct snapshot_step kind = {snapshot->at, block->kind, 0};
	struct snapshot_step type = {&kind, block->shape->type, 0}, id = {&type, block->id, 0};
	bool done;

	snapshot->at = &id;
	done = take_parts(snapshot, plan, start, plan->count, to);
	snapshot->at = kind.above;
	return done;
}

static bool put_block(struct snapshot *snapshot, const struct block *block,
	const struct block_plan *plan, size_t start, struct document_node *document)
{
	struct arena *arena = snapshot->arena;
	struct document_node *at = document, *note;

	if (!document)
		return take_arguments(snapshot, block, plan, start, NULL);
	at = document_make_object(at, 4, arena) ? below(at, block->kind, arena) : NULL;
	at = at ? below(at, block->shape->type, arena) : NULL;
	at = at ? document_member(at, block->id, arena) : NULL;
	if (!at || !document_make_object(at, plan->count - start + 1, arena))
		return no_memory(snapshot);
	if (!take_arguments(snapshot, block, plan, start, at))
		return false;
	note = below(at, STR("//"), arena);
	note = note ? below(note, STR("metadata"), arena) : NULL;
	return (note && put_text(note, STR("path"), block->path, arena) &&
		       put_text(note, STR("uniqueId"), block->id, arena)) ||
		no_memory(snapshot);
}

bool block_take(struct snapshot *snapshot, struct shapes *shapes, const struct block *block,
	struct block_plan *plan, struct document_node *document, bool *ret_taken)
{
	struct planning planning = {&snapshot->reader, shapes, plan};
	size_t start = plan->count; /* behind what an outer block is made of */
	enum planned planned = PLANNED_REFUSED;
	bool done = true;

	if (script_word_kind(&snapshot->reader, block->given) == SCRIPT_PLAIN)
		planned = plan_arguments(&planning, block);
	if (planned == PLANNED)
		planned = plan_meta(&planning, start, block);
	if (planned == PLANNED)
		done = put_block(snapshot, block, plan, start, document);
	take_back(&planning, start);
	*ret_taken = planned == PLANNED;
	return done && planned != PLANNED_THROWN;
}
