/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Words in, the entries that fit them best out.
 *
 * Which entries have any of the words, in which columns, tells the full-text index; how much that is worth is decided here, by
 * rarity and column (BM25F), and by what the field knows: how much of a name was said, whether something is to be read
 * or made, and whether a member of the type is meant.
 */
#ifndef WEIR_CATALOG_SEARCH_H
#define WEIR_CATALOG_SEARCH_H

#include "catalog/index.h"
#include "catalog/packs.h"

struct search {
	struct str words;
	struct str kind;     /* "resource", …; absent: any */
	struct str provider; /* absent: any */
	size_t limit;        /* of results */
};

struct find_result {
	struct str name, member, kind, summary, source; /* member is absent where a type is meant */
};

/*
 * Searches one index.  `packs` are those that it was made of: members are looked up in them.  Texts are in the arena.
 *
 * Errors: ERR_DATABASE, ERR_MEMORY.
 */
int search_run(struct database *database, const struct packs *packs, const struct search *search,
	struct arena *arena, struct find_result **ret_results, size_t *ret_count,
	struct error *err) WEIR_NODISCARD;

/* ---- for the files of the search alone ---- */

enum {
	TERMS_MOST = 24,
	PHRASES_MOST = 64, /* the bits of a word */
	MEMBER_WORDS = 1024,
};

/* A word that was asked for, with those that say the same. */
struct term {
	struct str word, stem;
	double rarity;
};

/* A word of the full-text query. */
struct phrase {
	struct str stem;
	unsigned term;
	double weight; /* 1 for the word itself, less for one that says the same */
	double rarity;
};

struct query {
	struct term terms[TERMS_MOST];
	size_t term_count;
	struct phrase phrases[PHRASES_MOST];
	size_t phrase_count;
	bool is_reading;       /* something that exists is looked up */
	bool is_identifier;    /* one word that is written as names are */
	struct str identifier; /* the words joined with '_', without a provider's name */
	struct str match;      /* for the full-text index */
};

/* Makes a query of what was typed. A query without terms finds nothing. */
int query_make(struct database *database, const struct search *search, const struct packs *packs,
	struct arena *arena, struct query *ret_query, struct error *err) WEIR_NODISCARD;

/* How much each term of the query is met, from 0 to 1 each. */
struct evidence {
	float terms[TERMS_MOST];
};

/* What is known in words of members of a type, as far as it meets the query. */
struct known_member {
	struct str path;
	struct evidence evidence;
};

struct found_member {
	struct str path; /* absent: none */
	double score;
	struct evidence met;
};

/* Words of members, and which phrases each meets; one for all types of a search, zeroed but for the database. */
struct member_words {
	struct database *database;
	struct {
		struct str word;
		uint64_t phrases;
	} slots[MEMBER_WORDS];
};

/*
 * The member of a type that meets best what the type itself leaves unmet: `own` is how much of each term the name of the type
 * meets.
 */
struct found_member search_member(struct member_words *words, const struct query *query,
	const struct pack_block *block, uint32_t facts, const struct evidence *own,
	const struct known_member *known, size_t known_count, struct arena *arena);

#endif
