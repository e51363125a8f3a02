/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a provider checks and its schema does not say: allowed values, ranges, what excludes what, what an
 * argument refers to.
 *
 * Source of facts: data/facts (docs/facts.md), which is about one version of one provider, built in by
 * tools/embed-facts.
 */
#ifndef WEIR_CATALOG_FACTS_H
#define WEIR_CATALOG_FACTS_H

#include "catalog/pack.h"

/* What is known of the arguments in a block has a number, and what is known of one argument has one: 0 is nothing. */

/*
 * The facts of a type's ("aws_sqs_queue") arguments; 0 also for every version of a provider but the one that the facts
 * are about.  Where the arena refuses memory, that shows in arena_failed().
 */
uint32_t facts_of_type(
	const struct pack *pack, enum pack_kind kind, struct str type, struct arena *arena);

/* One argument of a block. Its name is "" for rules about several arguments. */
struct argument_facts {
	uint32_t number; /* 0: nothing is known of it */
	uint32_t block;  /* of the arguments in it */
};
struct argument_facts facts_of_argument(uint32_t block, struct str name);

/*
 * What is known of one argument, as the members of a JSON object, without its braces:
 * "integer":true,"range":[0,900].  Absent where there is no such argument.
 */
struct str facts_members(uint32_t number);

#endif
