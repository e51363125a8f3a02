/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One walk over a whole plan that tells of each text what it is: structure,
 * an address, or a value, with its mask and its name.  Learning and rewriting both
 * use it, so what is learned and what is hidden cannot differ.  Inside src/redact only.
 */
#ifndef WEIR_REDACT_WALK_H
#define WEIR_REDACT_WALK_H

#include "plan/plan.h"

enum leaf_place {
	LEAF_VALUE,   /* any scalar that belongs to the author */
	LEAF_ADDRESS, /* an address: only keys in ["..."] belong to the author */
	LEAF_INDEX,   /* a for_each key, alone */
	/* A key of an object in a value, where it could hold a secret: no attribute of a schema is
	   told of. */
	LEAF_KEY,
};

struct leaf {
	struct node node;
	enum leaf_place place;
	/* Marked sensitive in the plan, before or after. */
	bool masked;
	/* Masked by the provider for every object, and this one says that it is no secret. */
	bool declared_plain;
	/* Inside a provider's configuration. */
	bool provider;
	/* The name that this is the value of, as written in the source; may be empty. */
	struct str name;
	/* Where in a { name, value } pair this is the value: the name; else NODE_NONE. */
	struct node pair;
};

/* False stops the walk. */
typedef bool leaf_fn(const struct leaf *leaf, void *payload);

/*
 * Which objects of a walk equal an earlier one, in the order of the walk: entry i is the place in this
 * list of the first one like the i-th, or i.
 */
struct equals {
	struct arena *arena;
	uint32_t *items;
	size_t count;
	size_t room;
};

/*
 * Who walks.  Objects that stand in the plan again, byte for byte and as little masked, are not
 * walked again if the first time changed neither count below.
 */
struct walker {
	leaf_fn *fn;
	void *payload;
	/* What was done that must be done at each place. */
	size_t done;
	/* A list to which something was added, in the order of the walk; and how to add it again. */
	size_t kept;
	/* Adds [from, from + count) of the list again, for an object `distance` nodes further on. */
	bool (*keep_again)(size_t from, size_t count, uint32_t distance, void *payload);
	/* Filled for a later walk over the same plan, which then compares nothing; each may be NULL. */
	struct equals *found;
	const struct equals *known;
};

/* In the order of the source. Returns false if `fn` did, or when memory ran out. */
bool walk_plan(const struct plan *plan, struct walker *walker);

#endif
