/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which member of a type is meant. Members are in the type's schema and not in the index, which would be ten times as large:
 * only those of the few best types are looked at.
 */
#include "base/json.h"
#include "catalog/facts.h"
#include "catalog/search.h"
#include "catalog/words.h"

enum {
	DEPTH_MOST = 6,
	MEMBERS_MOST = 3000, /* of a type, those next to its top first */
	WORDS_OF_NAME = 12,
};

/* What is worth how much of a member. */
#define OF_LAST 1.0  /* a word of its own name */
#define OF_ABOVE 0.7 /* a word of a block that it stands in */
#define OF_VALUE 0.5 /* an allowed value */
#define OF_PROSE 0.4 /* a word of its description */
#define UNSAID 0.12  /* off for each word of its name that was not asked for */
#define DEEPER 0.04  /* off for each block that it stands in */
#define FILLED 0.15  /* off where only the provider sets it */
#define IN_TYPE 0.75 /* of a term's worth that is met by the type's name already */

struct place {
	struct pack_block block;
	struct str path;
	uint32_t facts;
	unsigned depth;
	struct evidence above; /* what the blocks on the way meet */
};

struct looking {
	struct database *database;
	const struct query *query;
	struct arena *arena;
	const struct evidence *own;
	const struct known_member *known;
	size_t known_count;
	struct place *queue;
	size_t queued, room;
	size_t count;
	struct found_member best;
};

static void raise(float *value, double to)
{
	if (to > *value)
		*value = (float)to;
}

/* Which terms a word meets, by itself or as one that says the same. True if any. */
static bool meet(
	const struct query *query, struct str stem, double worth, struct evidence *evidence)
{
	bool is_met = false;

	for (size_t i = 0; i < query->phrase_count; i++) {
		const struct phrase *phrase = &query->phrases[i];

		if (!str_eq(phrase->stem, stem))
			continue;
		raise(&evidence->terms[phrase->term], phrase->weight * worth);
		is_met = true;
	}
	return is_met;
}

/* Meets the words of a text; returns how many of them were not asked for. */
static size_t meet_text(
	struct looking *looking, struct str text, double worth, struct evidence *evidence)
{
	struct words words = {0};
	size_t unsaid = 0;

	words_add(&words, text, looking->arena);
	for (size_t i = 0; i < words.count; i++)
		unsaid += !meet(looking->query,
			database_stem(looking->database, words.items[i], looking->arena), worth,
			evidence);
	return unsaid;
}

static void meet_values(struct looking *looking, uint32_t fact, struct evidence *evidence)
{
	struct str text = facts_members(fact);

	/* Only lists of values are worth reading. */
	if (str_find(text, STR("\"one_of\":")) != SIZE_MAX)
		(void)meet_text(looking,
			str_slice(text, str_find(text, STR("\"one_of\":")) + 9, SIZE_MAX), OF_VALUE,
			evidence);
}

static void weigh(struct looking *looking, const struct place *place, struct str name,
	struct str prose, uint32_t fact, bool is_filled, struct evidence *ret_met)
{
	struct str path = str_empty(place->path)
		? name
		: arena_printf(looking->arena, "%.*s.%.*s", STR_ARG(place->path), STR_ARG(name));
	struct evidence met = {0};
	size_t unsaid = meet_text(looking, name, OF_LAST, &met);
	double score = 0, own = 0;

	*ret_met = met;
	meet_values(looking, fact, &met);
	(void)meet_text(looking, prose, OF_PROSE, &met);
	for (size_t i = 0; i < looking->known_count; i++)
		if (str_eq(looking->known[i].path, path))
			for (size_t k = 0; k < looking->query->term_count; k++)
				raise(&met.terms[k], looking->known[i].evidence.terms[k]);
	for (size_t k = 0; k < looking->query->term_count; k++)
		own += met.terms[k];
	if (own <= 0)
		return;
	for (size_t k = 0; k < looking->query->term_count; k++) {
		double worth =
			looking->query->terms[k].rarity * (1 - IN_TYPE * looking->own->terms[k]);

		raise(&met.terms[k], place->above.terms[k] * OF_ABOVE);
		score += worth * met.terms[k];
	}
	score *= 1 - (UNSAID * (unsaid < 3 ? (double)unsaid : 3)) - DEEPER * place->depth -
		(is_filled ? FILLED : 0);
	if (score > looking->best.score)
		looking->best = (struct found_member){path, score, met};
}

static void enqueue(struct looking *looking, const struct place *above, struct pack_block block,
	struct str name, uint32_t facts, const struct evidence *met)
{
	struct place place = {.block = block, .facts = facts, .depth = above->depth + 1};

	if (place.depth > DEPTH_MOST ||
		!arena_grow(looking->arena, (void **)&looking->queue, looking->queued,
			&looking->room, sizeof(*looking->queue)))
		return;
	place.path = str_empty(above->path)
		? name
		: arena_printf(looking->arena, "%.*s.%.*s", STR_ARG(above->path), STR_ARG(name));
	place.above = above->above;
	for (size_t k = 0; k < TERMS_MOST; k++)
		raise(&place.above.terms[k], met->terms[k]);
	looking->queue[looking->queued++] = place;
}

static void look_into(struct looking *looking, struct place place)
{
	struct evidence met;

	looking->count += place.block.attribute_count + place.block.block_count;
	for (uint32_t i = 0; i < place.block.attribute_count; i++) {
		struct pack_attribute attribute = pack_attribute_at(&place.block, i);
		struct argument_facts known = facts_of_argument(place.facts, attribute.name);

		weigh(looking, &place, attribute.name, attribute.description, known.number,
			!(attribute.flags & (PACK_OPTIONAL | PACK_REQUIRED)), &met);
		if (attribute.flags & PACK_NESTED)
			enqueue(looking, &place, attribute.nested.block, attribute.name,
				known.block, &met);
	}
	for (uint32_t i = 0; i < place.block.block_count; i++) {
		struct pack_nested nested = pack_nested_at(&place.block, i);
		struct argument_facts known = facts_of_argument(place.facts, nested.name);

		if (str_is(nested.name, "timeouts"))
			continue;
		weigh(looking, &place, nested.name, nested.block.description, known.number, false,
			&met);
		enqueue(looking, &place, nested.block, nested.name, known.block, &met);
	}
}

struct found_member search_member(struct database *database, const struct query *query,
	const struct pack_block *block, uint32_t facts, const struct evidence *own,
	const struct known_member *known, size_t known_count, struct arena *arena)
{
	struct looking looking = {.database = database,
		.query = query,
		.arena = arena,
		.own = own,
		.known = known,
		.known_count = known_count};
	struct place top = {.block = *block, .facts = facts, .path = STR("")};

	look_into(&looking, top);
	for (size_t i = 0; i < looking.queued && looking.count < MEMBERS_MOST; i++)
		look_into(&looking, looking.queue[i]);
	return looking.best;
}
