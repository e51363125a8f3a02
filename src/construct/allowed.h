/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a provider takes beyond its schema, held against one value.  lib/provider/facts.ts decides that and tells what is wrong; here
 * is told of the values that are right, as far as that is easily seen, which nearly all are.
 */
#ifndef WEIR_CONSTRUCT_ALLOWED_H
#define WEIR_CONSTRUCT_ALLOWED_H

#include "base/doc.h"

struct allowed;

/*
 * The checks of a fact, an object as data/facts/README.md has it, in the arena.  NULL where nothing is to be checked, and
 * where the arena refuses memory, which shows in arena_failed().
 */
const struct allowed *allowed_read(struct node fact, struct arena *arena);

/*
 * Whether no check says anything of a text or a number; false also where that can't be seen here.  The text is as script_word_text() has it
 * and holds no expression.
 */
bool allowed_text(const struct allowed *allowed, struct str text);
bool allowed_number(const struct allowed *allowed, double number);

#endif
