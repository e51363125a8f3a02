/* SPDX-License-Identifier: Apache-2.0 */
/* Which element of a list or set before is which after.  Inside src/plan only. */
#ifndef WEIR_PLAN_PAIRS_H
#define WEIR_PLAN_PAIRS_H

#include "base/doc.h"

#define NO_MATE SIZE_MAX

struct element {
	struct node value;
	struct node mask;    /* sensitive, of this element */
	struct node unknown; /* after only */
	size_t mate;         /* index on the other side, or NO_MATE */
	bool same;           /* the mate has the same value */
	/* private */
	uint64_t exact;  /* hash of the whole value */
	uint64_t strong; /* hash of what names the element; 0: nothing does */
	uint64_t weak;   /* hash of all identifying fields; 0: there are none */
	uint64_t core;   /* hash of ports and protocol alone; 0: there are none */
};

struct elements {
	struct element *items;
	size_t count;
};

enum pairing {
	PAIR_LIST,   /* leftovers pair in order */
	PAIR_SET,    /* leftovers with an identity of their own do not pair */
	PAIR_POLICY, /* a set; one leftover on each side pairs (a policy's statement that changed) */
};

/* Fills in the mates. `before` and `after` come with value, mask and unknown set. */
bool pair_elements(
	struct elements *before, struct elements *after, enum pairing pairing, struct arena *arena);

/* True if every element on both sides is an object with a name of its own that no other one has. */
bool elements_are_named(
	const struct elements *before, const struct elements *after, struct arena *arena);

#endif
