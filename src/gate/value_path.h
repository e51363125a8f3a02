/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Paths as rules and type data write them, and the walk along one:
 *
 *	name.name       a member
 *	name["a.b"]     a member with an odd key (no escapes)
 *	name[0]         an element
 *	name[*]         every element; a value that is no array stands for itself
 *
 * The walk needs no memory and follows the text of the path, at most PATH_STEPS deep.
 */
#ifndef WEIR_GATE_VALUE_PATH_H
#define WEIR_GATE_VALUE_PATH_H

#include "base/doc.h"

enum { PATH_STEPS = 16 };

/* True if the path is well formed. */
bool value_path_valid(struct str path);

/* Called for each value; what is missing is visited as NODE_NONE. Non-zero stops the walk. */
typedef int value_visit_fn(struct node value, void *payload);
/* Returns what stopped the walk, or 0. A malformed path visits nothing. */
int value_path_visit(struct node root, struct str path, value_visit_fn *visit, void *payload);
/* The first value that exists on the path, or NODE_NONE. */
struct node value_path_first(struct node root, struct str path);

/*
 * Whether the shape of `after_unknown` says that something at, above or below the path is not known
 * before apply.
 */
bool value_path_unknown(struct node after_unknown, struct str path);
/* Whether nothing at all is known at the path: what stands there, or something above it, is unknown as a whole. */
bool value_path_wholly_unknown(struct node after_unknown, struct str path);

/* The part of a path that names the whole collection, for people: up to the first "[*]". */
struct str value_path_stem(struct str path);

#endif
