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

/*
 * The facts of a type ("aws_sqs_queue") as JSON in the arena, an object of facts by argument; "of" has those of
 * the arguments in a block, and the name "" rules about several arguments:
 *
 *	{"":{"apart":[["name","name_prefix"]]},"delay_seconds":{"integer":true,"range":[0,900]}}
 *
 * Returns 1, 0 where nothing is known, also of every version of a provider but the one that the facts are about,
 * or a negative error: ERR_MEMORY.
 */
int facts_json(struct pack *pack, enum pack_kind kind, struct str type, struct arena *arena,
	struct str *ret_text, struct error *err) WEIR_NODISCARD;

#endif
