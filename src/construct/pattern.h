/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Regular expressions of JavaScript, as far as they are a row of characters and classes with quantifiers, over ASCII: most of those that
 * providers check their arguments with.  Within that it is exact; PCRE2 differs in what classes and the text's end are.
 */
#ifndef WEIR_CONSTRUCT_PATTERN_H
#define WEIR_CONSTRUCT_PATTERN_H

#include "base/memory.h"

struct pattern;

/* In the arena; NULL for what has groups, alternatives or anything else, and without memory. */
const struct pattern *pattern_read(struct str text, struct arena *arena);
/* Whether it is surely found in a text; false also for a text that is not ASCII, and where the search takes long. */
bool pattern_finds(const struct pattern *pattern, struct str text);

#endif
