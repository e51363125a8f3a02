/* SPDX-License-Identifier: Apache-2.0 */
/* Which attributes are sets, from data/sets.  Inside src/plan only. */
#ifndef WEIR_PLAN_SETS_H
#define WEIR_PLAN_SETS_H

#include "base/str.h"

/* The entries of a resource type; absent if the data does not know the type or it has no sets. */
struct str sets_of(struct str type);
/* True if the data covers the type's provider: then what is not named is no set. */
bool sets_cover(struct str type);
/* Is the attribute at `path` (names joined with dots, without indices) a set? */
bool sets_have(struct str entries, struct str path);

#endif
