/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From what was typed to a query: words without those that say nothing, and beside each the words that say the same.
 */
#include <math.h>

#include "catalog/search.h"
#include "catalog/words.h"

#define SYNONYM_WEIGHT 0.6
#define JOINED_WEIGHT 0.9

/* Words that ask for what exists already, and say nothing else. */
static const char *const reading[] = {"look", "lookup", "existing", "read", "get", "fetch", "find",
	"retrieve", "query", "current", "latest", "lookups"};
/* Words that are in every query of this kind. */
static const char *const common[] = {"aws", "amazon", "terraform", "resource", "resources",
	"create", "set", "provider", "attribute", "argument", "block"};

static bool is_among(const char *const *words, size_t count, struct str word)
{
	for (size_t i = 0; i < count; i++)
		if (str_is(word, words[i]))
			return true;
	return false;
}

static void add_phrase(struct query *query, struct str stem, unsigned term, double weight)
{
	for (size_t i = 0; i < query->phrase_count; i++)
		if (query->phrases[i].term == term && str_eq(query->phrases[i].stem, stem))
			return;
	if (query->phrase_count < PHRASES_MOST)
		query->phrases[query->phrase_count++] =
			(struct phrase){.stem = stem, .term = term, .weight = weight};
}

/* Words beside one or two terms, `count` from `first` on. */
static int add_synonyms(struct query *query, struct database *database, struct statement *statement,
	size_t first, size_t count, struct arena *arena, struct error *err)
{
	struct str key = query->terms[first].stem;
	int r;

	if (count == 2)
		key = arena_printf(
			arena, "%.*s %.*s", STR_ARG(key), STR_ARG(query->terms[first + 1].stem));
	statement_reset(statement);
	statement_bind(statement, 1, key);
	for (r = statement_step(statement, err); r == 1; r = statement_step(statement, err)) {
		struct str stem = database_stem(database, statement_text(statement, 0), arena);

		for (size_t i = 0; i < count; i++)
			add_phrase(query, stem, (unsigned)(first + i), SYNONYM_WEIGHT);
	}
	return r;
}

static void add_term(
	struct query *query, struct database *database, struct str word, struct arena *arena)
{
	struct str stem = database_stem(database, word, arena);

	if (query->term_count == TERMS_MOST)
		return;
	for (size_t i = 0; i < query->term_count; i++)
		if (str_eq(query->terms[i].stem, stem))
			return;
	query->terms[query->term_count++] = (struct term){.word = word, .stem = stem};
}

static bool is_provider(const struct packs *packs, struct str word)
{
	return packs_find(packs, word) != NULL;
}

/* Joins all words as a name has them: "SqsQueue" and "data.aws_sqs_queue" are sqs_queue. */
static void set_identifier(struct query *query, const struct words *words,
	const struct packs *packs, struct str typed, struct arena *arena)
{
	size_t from = words->count && str_is(words->items[0], "data") &&
			str_find_char(typed, '.') != SIZE_MAX
		? 1
		: 0;

	query->is_reading = from > 0;
	if (from < words->count && is_provider(packs, words->items[from]))
		from++;
	query->is_identifier = str_find_char(str_trim(typed), ' ') == SIZE_MAX &&
		str_find_char(typed, '_') != SIZE_MAX;
	query->identifier = STR("");
	for (size_t i = from; i < words->count; i++)
		query->identifier = arena_printf(arena, "%.*s%s%.*s", STR_ARG(query->identifier),
			i > from ? "_" : "", STR_ARG(words->items[i]));
}

static void set_match(struct query *query, struct arena *arena)
{
	query->match = STR("");
	for (size_t i = 0; i < query->phrase_count; i++)
		query->match = arena_printf(arena, "%.*s%s\"%.*s\"", STR_ARG(query->match),
			i ? " OR " : "", STR_ARG(query->phrases[i].stem));
}

int query_make(struct database *database, const struct search *search, const struct packs *packs,
	struct arena *arena, struct query *ret_query, struct error *err)
{
	CLEANUP(statement_free) struct statement synonyms = {0};
	struct query query = {0};
	struct words words = {0};
	int r = statement_prepare(
		database, "SELECT word FROM synonym WHERE stem = ?1", &synonyms, err);

	words_add(&words, search->words, arena);
	set_identifier(&query, &words, packs, search->words, arena);
	for (size_t i = 0; i < words.count; i++) {
		struct str word = words.items[i];

		if (is_among(reading, COUNT_OF(reading), word))
			query.is_reading = true;
		else if (!words_is_empty(word) && !is_among(common, COUNT_OF(common), word) &&
			!is_provider(packs, word))
			add_term(&query, database, word, arena);
	}
	/* Nothing but words that say little: then they are what is meant. */
	for (size_t i = 0; query.term_count == 0 && i < words.count; i++)
		add_term(&query, database, words.items[i], arena);
	for (size_t i = 0; r == 0 && i < query.term_count; i++) {
		add_phrase(&query, query.terms[i].stem, (unsigned)i, 1);
		if (i + 1 < query.term_count) {
			/* "dynamo db" is written in one word too. */
			struct str joined = database_stem(database,
				arena_printf(arena, "%.*s%.*s", STR_ARG(query.terms[i].word),
					STR_ARG(query.terms[i + 1].word)),
				arena);

			add_phrase(&query, joined, (unsigned)i, JOINED_WEIGHT);
			add_phrase(&query, joined, (unsigned)i + 1, JOINED_WEIGHT);
		}
	}
	for (size_t i = 0; r == 0 && i < query.term_count; i++) {
		r = add_synonyms(&query, database, &synonyms, i, 1, arena, err);
		if (r == 0 && i + 1 < query.term_count)
			r = add_synonyms(&query, database, &synonyms, i, 2, arena, err);
	}
	set_match(&query, arena);
	if (r == 0 && arena_failed(arena))
		r = error_memory(err);
	if (r == 0)
		*ret_query = query;
	return r;
}
