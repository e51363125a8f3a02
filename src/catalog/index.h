/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The index of the catalog: one database of entries and of the words that they are found by.  The one in the program is
 * made at build time (tools/embed/catalog_index.c) from data/packs, data/facts, data/knowledge and data/catalog.
 *
 *	entry     id, name, member, kind, summary, source, provider, deprecated: a type of a provider, or a member of
 *	          one of which something is known beyond its name (member is null for a type)
 *	search    the words of the entry with the same id, in the columns of enum index_column
 *	synonym   stem, word: words that are looked for beside one with this stem; "load balancer" has two
 */
#ifndef WEIR_CATALOG_INDEX_H
#define WEIR_CATALOG_INDEX_H

#include "base/database.h"
#include "base/doc.h"
#include "catalog/pack.h"

enum index_column {
	INDEX_NAME, /* of the type, without its provider's; of a member the last part of its path */
	INDEX_SERVICE,     /* what the type's service is called */
	INDEX_KNOWLEDGE,   /* what it is for */
	INDEX_DESCRIPTION, /* the provider's words */
	INDEX_MEMBERS,     /* of a type all of its members, and their allowed values */
	INDEX_COLUMNS,
};

/* The image of the index in the program. */
extern const struct str builtin_index;

struct index_writer {
	struct database *database;
	struct arena *arena;
	struct node synonyms; /* data/catalog/synonyms.yaml */
	/* data/knowledge: what types are for, by their names. */
	const struct node *knowledge;
	size_t knowledge_count;
	/* private */
	struct statement entry, search;
	int64_t last;
};

/* Makes the tables in an empty database, and writes the synonyms. Free with index_end(). */
int index_begin(struct index_writer *writer, struct error *err) WEIR_NODISCARD;
/* Adds all that a pack has. */
int index_add_pack(
	struct index_writer *writer, struct pack *pack, struct error *err) WEIR_NODISCARD;
/* Makes the index small and quick to read. */
int index_finish(struct index_writer *writer, struct error *err) WEIR_NODISCARD;
void index_end(struct index_writer *writer); /* for CLEANUP() too */

#endif
