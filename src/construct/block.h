/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Taking a block of a resource or data source straight from what a program gave, as lib/provider/values.ts writes it: properties get
 * Terraform's names by their shape, and what the shape does not know is left out.
 */
#ifndef WEIR_CONSTRUCT_BLOCK_H
#define WEIR_CONSTRUCT_BLOCK_H

#include "construct/shapes.h"
#include "construct/snapshot.h"

/* Texts are in the snapshot's arena. */
struct block {
	struct str kind, id; /* "resource", "orders" */
	struct str path;     /* of its construct */
	const struct known_shape *shape;
	script_word
		given; /* its arguments, in the program's spelling; they are taken in the order of the shape */
	/* Of its meta-arguments these, in the program's spelling; undefined where there are none. */
	script_word depends_on, provider, lifecycle;
	script_word meta; /* or all of them, in Terraform's; undefined: none */
};

/* What blocks are made of, as it was read. One serves for many of them, also for one that is taken within another. */
struct block_plan {
	struct arena *arena; /* which outlives it */
	/* private */
	struct block_part *parts;
	size_t count, room;
};

/*
 * Takes a block where the library would write what is planned here; else nothing is taken and *ret_taken is false.  Each value is read once, and
 * all of them before the first is resolved.  Without a document all that may be a token is resolved, and nothing kept.  False where something
 * was thrown.
 */
bool block_take(struct snapshot *snapshot, struct shapes *shapes, const struct block *block,
	struct block_plan *plan, struct document_node *document, bool *ret_taken);

#endif
