/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The order of what was found.  Rows of the full-text index that have any word of the query come in, each with the columns
 * that have it; what a row is worth is computed here, so that it can be read in one place.
 */
#include "catalog/search.h"

#include <math.h>
#include <stdlib.h>

#include "catalog/facts.h"
#include "catalog/names.h"
#include "catalog/words.h"

enum {
	ROWS_MOST = 20000,
	LOOKED_INTO = 40, /* the best types, whose members are looked at */
};

/* What a word is worth in a column, and how much a long column takes off (BM25F). */
static const struct {
	double weight, length_matters, usual_length;
} columns[INDEX_COLUMNS] = {
	[INDEX_NAME] = {2.4, 0.2, 3},
	[INDEX_SERVICE] = {1.2, 0.2, 5},
	[INDEX_KNOWLEDGE] = {1.9, 0.4, 25},
	[INDEX_DESCRIPTION] = {0.7, 0.5, 20},
	[INDEX_MEMBERS] = {0.45, 0.5, 60},
};

#define SATURATION 1.2        /* how soon more evidence for a term adds nothing */
#define OF_MEMBER 0.7         /* of a term's worth that is met by what is known of one member */
#define FULL_NAME 2.0         /* for a name of which every word was said */
#define MEMBER 0.55           /* of a member's worth that its type gets */
#define MEMBER_LEAST 0.15     /* of what the type's name leaves unmet: then a member is told */
#define MEMBER_OVER_WHOLE 1.0 /* times what the whole type is for: then a member is meant */
#define UNWANTED_KIND 0.8 /* off a data source if nothing is to be read, and the other way round */
#define DEPRECATED 0.5

struct row {
	int64_t id;
	struct str name, member;
	bool is_data, is_deprecated;
	const unsigned char *hits;
};

/* A type that may be meant. */
struct candidate {
	struct str name; /* in weir's notation */
	int64_t id;
	bool is_data, is_deprecated;
	struct evidence met;   /* by all that is known of it */
	struct evidence named; /* by its name and its service */
	struct evidence is;    /* by what the whole of it is for */
	double name_share;     /* of the words of its name, how many were said */
	struct known_member *members;
	size_t member_count, member_room;
	struct found_member member;
	bool is_member_meant;
	double score;
};

struct searching {
	struct database *database;
	const struct packs *packs;
	const struct search *search;
	struct arena *arena;
	struct query query;
	struct member_words *words;
	struct row *rows;
	size_t row_count, row_room;
	struct candidate *candidates;
	size_t candidate_count;
};

/* ---- what the index has ---- */

static int read_rows(struct searching *searching, struct error *err)
{
	CLEANUP(statement_free) struct statement statement = {0};
	struct arena *arena = searching->arena;
	int r = statement_prepare(searching->database,
		"SELECT e.id, e.name, e.member, e.kind, e.deprecated, hits(search) FROM search"
		" JOIN entry e ON e.id = search.rowid WHERE search MATCH ?1"
		" AND (?2 IS NULL OR e.kind = ?2) AND (?3 IS NULL OR e.provider = ?3)",
		&statement, err);

	if (r < 0)
		return r;
	statement_bind(&statement, 1, searching->query.match);
	statement_bind(&statement, 2, searching->search->kind);
	statement_bind(&statement, 3, searching->search->provider);
	while (searching->row_count < ROWS_MOST && (r = statement_step(&statement, err)) == 1) {
		struct str member = statement_text(&statement, 2);
		struct row row = {.id = statement_int(&statement, 0),
			.name = arena_str(arena, statement_text(&statement, 1)),
			.member = str_absent(member) ? member : arena_str(arena, member),
			.is_data = str_is(statement_text(&statement, 3), "data"),
			.is_deprecated = statement_int(&statement, 4)};
		struct str hits = statement_text(&statement, 5);

		if (hits.len != searching->query.phrase_count + 2 * (size_t)INDEX_COLUMNS)
			return error_set(err, ERR_DATABASE, "the index has other columns");
		row.hits = (const unsigned char *)arena_str(arena, hits).data;
		if (!arena_grow(arena, (void **)&searching->rows, searching->row_count,
			    &searching->row_room, sizeof(*searching->rows)))
			return error_memory(err);
		searching->rows[searching->row_count++] = row;
	}
	return r < 0 ? r : 0;
}

static int count_entries(struct database *database, double *ret_count, struct error *err)
{
	CLEANUP(statement_free) struct statement statement = {0};
	int r = statement_prepare(
		database, "SELECT count(*) FROM entry WHERE member IS NULL", &statement, err);

	if (r == 0)
		r = statement_step(&statement, err);
	if (r == 1)
		*ret_count = (double)statement_int(&statement, 0);
	return r < 0 ? r : 0;
}

/* How rare each phrase is among types, and each term: as its own word is, or what is looked for in its place. */
static void set_rarity(struct searching *searching, double entries)
{
	struct query *query = &searching->query;

	for (size_t p = 0; p < query->phrase_count; p++) {
		struct phrase *phrase = &query->phrases[p];
		struct term *term = &query->terms[phrase->term];
		double count = 0;

		for (size_t i = 0; i < searching->row_count; i++)
			count += str_absent(searching->rows[i].member) &&
				(searching->rows[i].hits[p] & ~(1u << INDEX_MEMBERS));
		phrase->rarity = log(1 + (entries - count + 0.5) / (count + 0.5));
		if (phrase->weight >= 1)
			term->rarity = count > 0 ? phrase->rarity : 0;
	}
	/* A word that is nowhere is worth what those are worth that say the same; if there are none, little. */
	for (size_t k = 0; k < query->term_count; k++) {
		double best = 0;

		if (query->terms[k].rarity > 0)
			continue;
		for (size_t p = 0; p < query->phrase_count; p++)
			if (query->phrases[p].term == k && query->phrases[p].weight < 1 &&
				query->phrases[p].rarity < log(1 + entries) &&
				query->phrases[p].rarity > best)
				best = query->phrases[p].rarity;
		query->terms[k].rarity = best > 0 ? best : 1;
	}
}

/* ---- what a row is worth ---- */

static double column_size(const struct searching *searching, const struct row *row, unsigned column)
{
	const unsigned char *size = row->hits + searching->query.phrase_count + 2 * column;

	return size[0] + 256.0 * size[1];
}

/* How much the columns named in `mask` say of a phrase, from 0 to 1. */
static double strength(
	const struct searching *searching, const struct row *row, size_t phrase, unsigned mask)
{
	double sum = 0;

	for (unsigned i = 0; i < INDEX_COLUMNS; i++) {
		double length = column_size(searching, row, i) / columns[i].usual_length;

		if (row->hits[phrase] & mask & (1u << i))
			sum += columns[i].weight /
				(1 - columns[i].length_matters +
					columns[i].length_matters * length);
	}
	return sum / (sum + SATURATION);
}

static void raise(float *value, double to)
{
	if (to > *value)
		*value = (float)to;
}

static void add_evidence(const struct searching *searching, const struct row *row, unsigned mask,
	double share, struct evidence *evidence)
{
	for (size_t p = 0; p < searching->query.phrase_count; p++) {
		const struct phrase *phrase = &searching->query.phrases[p];

		if (row->hits[p] & mask)
			raise(&evidence->terms[phrase->term],
				share * phrase->weight * strength(searching, row, p, mask));
	}
}

/* Of the words of a type's name, the share that was said: each term can have said one. */
static double name_share(const struct searching *searching, const struct row *row)
{
	bool said[TERMS_MOST] = {false};
	double count = 0, size = column_size(searching, row, INDEX_NAME);

	for (size_t p = 0; p < searching->query.phrase_count; p++) {
		const struct phrase *phrase = &searching->query.phrases[p];

		if (!(row->hits[p] & (1u << INDEX_NAME)) || said[phrase->term])
			continue;
		said[phrase->term] = true;
		count++;
	}
	return size > 0 ? (count < size ? count / size : 1) : 0;
}

/* ---- types ---- */

static int by_name(const void *left, const void *right)
{
	const struct row *a = left, *b = right;
	int order = str_cmp(a->name, b->name);

	if (order)
		return order;
	return (a->id > b->id) - (a->id < b->id);
}

static void take_row(
	struct searching *searching, const struct row *row, struct candidate *candidate)
{
	const unsigned all = (1u << INDEX_COLUMNS) - 1;

	if (str_absent(row->member)) {
		candidate->id = row->id;
		candidate->is_data = row->is_data;
		candidate->is_deprecated = row->is_deprecated;
		add_evidence(searching, row, all, 1, &candidate->met);
		add_evidence(searching, row, 1u << INDEX_NAME | 1u << INDEX_SERVICE, 1,
			&candidate->named);
		add_evidence(searching, row, 1u << INDEX_KNOWLEDGE | 1u << INDEX_DESCRIPTION, 1,
			&candidate->is);
		candidate->name_share = name_share(searching, row);
		return;
	}
	if (!arena_grow(searching->arena, (void **)&candidate->members, candidate->member_count,
		    &candidate->member_room, sizeof(*candidate->members)))
		return;
	candidate->members[candidate->member_count] = (struct known_member){.path = row->member};
	add_evidence(
		searching, row, all, 1, &candidate->members[candidate->member_count++].evidence);
	add_evidence(searching, row, 1u << INDEX_KNOWLEDGE, OF_MEMBER, &candidate->met);
}

/* Rows of one type, its own and those of its members, become a candidate. */
static int gather(struct searching *searching, struct error *err)
{
	struct candidate *candidate = NULL;

	searching->candidates =
		ARENA_ARRAY(searching->arena, struct candidate, searching->row_count);
	if (!searching->candidates)
		return error_memory(err);
	if (searching->row_count)
		qsort(searching->rows, searching->row_count, sizeof(*searching->rows), by_name);
	for (size_t i = 0; i < searching->row_count; i++) {
		const struct row *row = &searching->rows[i];

		if (!candidate || !str_eq(candidate->name, row->name)) {
			candidate = &searching->candidates[searching->candidate_count++];
			candidate->name = row->name;
			candidate->id = row->id;
			candidate->is_data = row->is_data;
		}
		take_row(searching, row, candidate);
	}
	return 0;
}

static struct str bare_of(const struct candidate *candidate)
{
	size_t dot = str_find_char(candidate->name, '.');

	return str_slice(candidate->name, dot == SIZE_MAX ? 0 : dot + 1, SIZE_MAX);
}

/* Exact names stand before all else, then those that begin with what was typed. */
static double name_rank(const struct searching *searching, const struct candidate *candidate)
{
	struct str bare = bare_of(candidate), identifier = searching->query.identifier;
	size_t provider = str_find_char(bare, '_');

	bare = str_slice(bare, provider == SIZE_MAX ? 0 : provider + 1, SIZE_MAX);
	if (str_empty(identifier))
		return 0;
	if (str_eq(bare, identifier))
		return 1000;
	return searching->query.is_identifier && str_starts(bare, identifier) ? 500 : 0;
}

static void score(const struct searching *searching, struct candidate *candidate)
{
	const struct query *query = &searching->query;
	double sum = 0, met = 0, all = 0;

	for (size_t k = 0; k < query->term_count; k++) {
		double rarity = query->terms[k].rarity, evidence = candidate->met.terms[k];

		sum += rarity * evidence;
		met += evidence > 0 ? rarity : 0;
		all += rarity;
	}
	sum *= 0.5 + 0.5 * met / all;
	sum += FULL_NAME * candidate->name_share * candidate->name_share;
	sum += MEMBER * candidate->member.score;
	if (candidate->is_data != query->is_reading)
		sum *= UNWANTED_KIND;
	if (candidate->is_deprecated)
		sum *= DEPRECATED;
	candidate->score = sum + name_rank(searching, candidate);
}

static int by_score(const void *left, const void *right)
{
	const struct candidate *a = left, *b = right;

	if (a->score != b->score)
		return a->score > b->score ? -1 : 1;
	if (a->name.len != b->name.len)
		return a->name.len < b->name.len ? -1 : 1;
	return str_cmp(a->name, b->name);
}

static void rank(struct searching *searching)
{
	for (size_t i = 0; i < searching->candidate_count; i++)
		score(searching, &searching->candidates[i]);
	if (searching->candidate_count)
		qsort(searching->candidates, searching->candidate_count,
			sizeof(*searching->candidates), by_score);
}

/* ---- members ---- */

/*
 * Of what the type's name leaves unmet, a member must meet some to be told, and more than what the whole type is for
 * meets to be what is meant.
 */
static void judge_member(const struct query *query, struct candidate *candidate)
{
	double unmet = 0, whole = 0, member = 0;

	for (size_t k = 0; k < query->term_count; k++) {
		double worth = query->terms[k].rarity * (1 - candidate->named.terms[k]);

		unmet += worth;
		whole += worth * candidate->is.terms[k];
		member += worth * candidate->member.met.terms[k];
	}
	if (member < MEMBER_LEAST * unmet)
		candidate->member.path = (struct str){NULL, 0};
	candidate->is_member_meant =
		!str_absent(candidate->member.path) && member > MEMBER_OVER_WHOLE * whole;
}

static void look_for_member(struct searching *searching, struct candidate *candidate)
{
	struct str type = bare_of(candidate);
	size_t dot = str_find_char(candidate->name, '.');
	enum pack_kind kind = PACK_RESOURCE;

	if (dot != SIZE_MAX && !pack_kind_find(str_slice(candidate->name, 0, dot), &kind))
		return;
	for (size_t i = 0; i < searching->packs->count; i++) {
		struct pack *pack = &searching->packs->items[i].pack;
		struct pack_schema schema;

		if (kind != PACK_FUNCTION && pack_find(pack, kind, type, &schema)) {
			candidate->member = search_member(searching->words, &searching->query,
				&schema.block, facts_of_type(pack, kind, type, searching->arena),
				&candidate->named, candidate->members, candidate->member_count,
				searching->arena);
			break;
		}
	}
	judge_member(&searching->query, candidate);
}

/* ---- results ---- */

struct results {
	struct statement statement;
	struct find_result *items;
	size_t count;
};

static void results_free(struct results *results)
{
	statement_free(&results->statement);
}

/* A data source and the resource of its name are one thing to find: the better of them is told. */
static bool is_told(
	const struct searching *searching, const struct results *results, struct str bare)
{
	for (size_t i = 0; str_absent(searching->search->kind) && i < results->count; i++) {
		size_t dot = str_find_char(results->items[i].name, '.');

		if (str_eq(str_slice(
				   results->items[i].name, dot == SIZE_MAX ? 0 : dot + 1, SIZE_MAX),
			    bare))
			return true;
	}
	return false;
}

static int add_result(struct searching *searching, struct results *results,
	const struct candidate *candidate, struct str member, struct error *err)
{
	struct statement *statement = &results->statement;
	struct arena *arena = searching->arena;
	int r;

	if (results->count == searching->search->limit)
		return 0;
	statement_reset(statement);
	statement_bind(statement, 1, candidate->name);
	statement_bind(statement, 2, member);
	r = statement_step(statement, err);
	if (r <= 0)
		return r < 0 ? r : error_set(err, ERR_DATABASE, "the index lacks an entry");
	results->items[results->count++] = (struct find_result){.name = candidate->name,
		.member = member,
		.kind = arena_str(arena, statement_text(statement, 0)),
		.source = arena_str(arena, statement_text(statement, 1)),
		.summary = arena_str(arena, statement_text(statement, 2))};
	return 0;
}

/* Of the best type both are told, the whole and its member, since it is not sure which is meant. */
static int add_candidate(struct searching *searching, struct results *results,
	const struct candidate *candidate, struct error *err)
{
	const struct str whole = {NULL, 0}, member = candidate->member.path;
	bool is_both = results->count == 0 && !str_absent(member);
	bool is_member_first = candidate->is_member_meant;
	int r = add_result(searching, results, candidate, is_member_first ? member : whole, err);

	if (r == 0 && is_both)
		r = add_result(
			searching, results, candidate, is_member_first ? whole : member, err);
	return r;
}

static int take_results(struct searching *searching, struct find_result **ret_results,
	size_t *ret_count, struct error *err)
{
	CLEANUP(results_free)
	struct results results = {.items = ARENA_ARRAY(searching->arena, struct find_result,
					  searching->search->limit)};
	int r = results.items
		? statement_prepare(searching->database,
			  "SELECT kind, source, summary FROM entry WHERE name = ?1"
			  " AND (member IS NULL OR member = ?2) ORDER BY member IS NULL LIMIT 1",
			  &results.statement, err)
		: error_memory(err);

	for (size_t i = 0; r == 0 && i < searching->candidate_count; i++)
		if (!is_told(searching, &results, bare_of(&searching->candidates[i])))
			r = add_candidate(searching, &results, &searching->candidates[i], err);
	if (r == 0) {
		*ret_results = results.items;
		*ret_count = results.count;
	}
	return r;
}

int search_run(struct database *database, const struct packs *packs, const struct search *search,
	struct arena *arena, struct find_result **ret_results, size_t *ret_count, struct error *err)
{
	struct searching searching = {
		.database = database, .packs = packs, .search = search, .arena = arena};
	double entries = 0;
	int r = query_make(database, search, packs, arena, &searching.query, err);

	if (r == 0 && searching.query.term_count == 0) {
		*ret_count = 0;
		return 0;
	}
	if (r == 0)
		r = read_rows(&searching, err);
	if (r == 0)
		r = count_entries(database, &entries, err);
	if (r == 0) {
		set_rarity(&searching, entries);
		r = gather(&searching, err);
	}
	if (r < 0)
		return r;
	rank(&searching);
	searching.words = ARENA_NEW(arena, struct member_words);
	if (!searching.words)
		return error_memory(err);
	searching.words->database = database;
	for (size_t i = 0; i < searching.candidate_count && i < LOOKED_INTO; i++)
		if (name_rank(&searching, &searching.candidates[i]) == 0)
			look_for_member(&searching, &searching.candidates[i]);
	rank(&searching);
	r = take_results(&searching, ret_results, ret_count, err);
	return r == 0 && arena_failed(arena) ? error_memory(err) : r;
}
