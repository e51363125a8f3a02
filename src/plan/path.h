/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Paths to attributes as people write them: a.b[0].c, a["odd key"], a[*].b.
 * Written by path_add_*() and read by path_next(), which undo each other.
 * Inside src/plan only.
 */
#ifndef WEIR_PLAN_PATH_H
#define WEIR_PLAN_PATH_H

#include "base/doc.h"

enum path_step_kind { STEP_KEY, STEP_INDEX, STEP_ANY };

struct path_step {
	enum path_step_kind kind;
	struct str key;
	size_t index;
};

/*
 * Splits the next step off *rest; false at the end and on an error, after which *rest is
 * empty and not.
 */
bool path_next(struct str *rest, struct path_step *ret_step, struct arena *arena);

void path_add_key(struct buf *path, struct str key);
void path_add_index(struct buf *path, size_t index);
void path_add_any(struct buf *path);

/*
 * The root of the JSON object or array that a string holds, as a document in the arena;
 * NODE_NONE if it holds none, or one in which a key occurs twice (readers disagree on its meaning).
 */
struct node embedded_json(struct node string, struct arena *arena);

/* Masks (unknown, sensitive): true anywhere in it; true for the whole value. */
bool mask_any(struct node mask);
bool mask_whole(struct node mask);

#endif
