/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The signature of a provider's type: how it is imported and made, and its members as a tree, in no more tokens
 * than asked for.  What does not fit is folded, and the text says how to unfold it.
 *
 * Source of facts: the provider's schema (catalog/shape.h) and what is known beyond it (catalog/facts.h).
 */
#ifndef WEIR_CATALOG_SIGNATURE_H
#define WEIR_CATALOG_SIGNATURE_H

#include "catalog/shape.h"

struct signature {
	struct pack *pack;
	enum pack_kind kind;
	struct str type; /* of PACK_PROVIDER its name */
	struct str
		member; /* a path in it, in Terraform's or in the bindings' spelling; absent: all of it */
	size_t budget; /* in tokens, by token_estimate() */
	bool json;
};

/*
 * Adds the signature to `out`, as text for people and models or as a JSON object, ended by a line feed.  Whoever
 * used it asks pack_check() and arena_failed().  Returns 1, or 0 where the type or the member is not there.
 */
int signature_write(const struct signature *signature, struct arena *arena, struct buf *out);

/* For signature.c: a member as a line of text, or as an object's members without its braces. */
struct signature_line {
	const struct shape *shape; /* that it is a member of */
	const struct shape_member *member;
	bool json;
	bool whole; /* long lists are not cut */
};
struct str signature_line(const struct signature_line *line, struct arena *arena);
/*
 * What holds of several members of a shape, a line each, as many as fit into `budget` tokens; or one JSON object, empty
 * where it does not fit.  Empty where nothing is known.
 */
struct str signature_rules(
	const struct shape *shape, bool json, size_t budget, struct arena *arena);

#endif
