/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The objects of a plan that were looked at before and gave nothing to do.  A
 * plan tells each resource up to four times (planned_values, before, after,
 * prior_state), so most of its bytes need no second look.  Inside src/redact only.
 */
#ifndef WEIR_REDACT_REPEAT_H
#define WEIR_REDACT_REPEAT_H

#include "base/doc.h"

struct repeat_entry {
	uint32_t at; /* the object's place in the document; 0: free */
	/* Where its source is. */
	uint32_t offset, len;
	/* Of the masks that cover it; 0: none. */
	uint32_t first, second;
	uint32_t order; /* which of the walk's objects it is */
	/* What was kept of it, to be kept again: a stretch of the walker's list. */
	uint32_t kept_from;
	uint32_t kept_count;
};

struct repeats {
	struct repeat_entry *entries;
	size_t mask;
};

/* `resources` is a guess at how many objects differ. False when memory is short. */
bool repeats_open(struct repeats *repeats, size_t resources);
void repeats_close(struct repeats *repeats);

/*
 * The slot of an object (whose source ends at `end`) under up to two masks; where it holds an equal one under equal masks
 * (byte for byte) *ret_known is true.  Otherwise *ret_new is what the slot is to become once the object proved harmless.
 */
struct repeat_entry *repeats_find(struct repeats *repeats, struct node object, size_t end,
	struct node first, struct node second, bool *ret_known, struct repeat_entry *ret_new);

#endif
