/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The tables of tools/embed-facts; for src/catalog/facts.c alone.  They are the program's own and hold
 * numbers, no pointers: nothing is done with them at start.
 */
#ifndef WEIR_CATALOG_FACTS_TABLE_H
#define WEIR_CATALOG_FACTS_TABLE_H

#include <stddef.h>
#include <stdint.h>

/* An argument of a block. Texts are named by their place in facts_text, where they end with a zero. */
struct facts_entry {
	uint32_t name;  /* "" for rules about several arguments */
	uint32_t fact;  /* members of a JSON object, without its braces; may be empty */
	uint32_t block; /* what is known of the arguments in it; 0: nothing */
};

/* Entries that stand together. Blocks in it have lower numbers; block 0 is none. */
struct facts_block {
	uint32_t first, count;
};

struct facts_type {
	uint32_t name; /* "resource/aws_sqs_queue"; sorted by bytes */
	uint32_t block;
};

extern const char facts_provider[], facts_version[], facts_text[];
extern const struct facts_entry facts_entries[];
extern const struct facts_block facts_blocks[];
extern const struct facts_type facts_types[];
extern const size_t facts_type_count, facts_entry_count;

#endif
