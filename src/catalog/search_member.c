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
	const struct query *query;
	struct arena *arena;
	struct member_words *words;
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

/* Which terms a word meets, by itself or as one that says the same. */
static uint64_t phrases_of(const struct query *query, struct str stem)
{
	uint64_t phrases = 0;

	for (size_t i = 0; i < query->phrase_count; i++)
		if (str_eq(query->phrases[i].stem, stem))
			phrases |= (uint64_t)1 << i;
	return phrases;
}

/* The same for a word as it stands. Names have few words, each many times: what was worked out is kept. */
static uint64_t phrases_met(struct looking *looking, struct str word)
{
	struct member_words *words = looking->words;
	size_t hash = 5381, slot;

	for (size_t i = 0; i < word.len; i++)
		hash = hash * 33 + (unsigned char)word.data[i];
	slot = hash % COUNT_OF(words->slots);
	if (!str_eq(words->slots[slot].word, word)) {
		words->slots[slot].phrases = phrases_of(
			looking->query, database_stem(words->database, word, looking->arena));
		words->slots[slot].word = word;
	}
	return words->slots[slot].phrases;
}

/* Meets the words of a name; returns how many of them were not asked for. Its words are in the name itself. */
static size_t meet_name(
	struct looking *looking, struct str name, double worth, struct evidence *evidence)
{
	size_t unsaid = 0;

	while (!str_absent(name)) {
		uint64_t phrases = phrases_met(looking, str_split(&name, '_'));

		unsaid += phrases == 0;
		for (; phrases; phrases &= phrases - 1) {
			const struct phrase *phrase =
				&looking->query->phrases[__builtin_ctzll(phrases)];

			raise(&evidence->terms[phrase->term], phrase->weight * worth);
		}
	}
	return unsaid;
}

/* The same of any text. */
static void meet_text(
	struct looking *looking, struct str text, double worth, struct evidence *evidence)
{
	struct words words = {0};

	words_add(&words, text, looking->arena);
	for (size_t i = 0; i < words.count; i++)
		(void)meet_name(looking, words.items[i], worth, evidence);
}

static void meet_values(struct looking *looking, uint32_t fact, struct evidence *evidence)
{
	struct str text = facts_members(fact);

	/* Only lists of values are worth reading. */
	if (str_find(text, STR("\"one_of\":")) != SIZE_MAX)
		meet_text(looking,
			str_slice(text, str_find(text, STR("\"one_of\":")) + 9, SIZE_MAX), OF_VALUE,
			evidence);
}

static struct str path_of(const struct place *place, struct str name, struct arena *arena)
{
	return str_empty(place->path)
		? name
		: arena_printf(arena, "%.*s.%.*s", STR_ARG(place->path), STR_ARG(name));
}

/* Whether this is its path, without making it. */
static bool is_path_of(const struct place *place, struct str name, struct str path)
{
	size_t above = str_empty(place->path) ? 0 : place->path.len + 1;

	return path.len == above + name.len && str_starts(path, place->path) &&
		(above == 0 || path.data[above - 1] == '.') &&
		str_eq(str_slice(path, above, SIZE_MAX), name);
}

static void weigh(struct looking *looking, const struct place *place, struct str name,
	struct str prose, uint32_t fact, bool is_filled, struct evidence *ret_met)
{
	struct evidence met = {0};
	size_t unsaid = meet_name(looking, name, OF_LAST, &met);
	double score = 0, own = 0;

	*ret_met = met;
	meet_values(looking, fact, &met);
	meet_text(looking, prose, OF_PROSE, &met);
	for (size_t i = 0; i < looking->known_count; i++)
		if (is_path_of(place, name, looking->known[i].path))
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
		looking->best =
			(struct found_member){path_of(place, name, looking->arena), score, met};
}

static void enqueue(struct looking *looking, const struct place *above, struct pack_block block,
	struct str name, uint32_t facts, const struct evidence *met)
{
	struct place place = {.block = block, .facts = facts, .depth = above->depth + 1};

	if (place.depth > DEPTH_MOST ||
		!arena_grow(looking->arena, (void **)&looking->queue, looking->queued,
			&looking->room, sizeof(*looking->queue)))
		return;
	place.path = path_of(above, name, looking->arena);
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

struct found_member search_member(struct member_words *words, const struct query *query,
	const struct pack_block *block, uint32_t facts, const struct evidence *own,
	const struct known_member *known, size_t known_count, struct arena *arena)
{
	struct looking looking = {.words = words,
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
