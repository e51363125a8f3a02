/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Elements of a stack that are resources or data sources of which nothing is written but what was given, and meta-arguments as most have them.
 * Nearly all are, and so take no code of the script.
 */
#ifndef WEIR_CONSTRUCT_ELEMENTS_H
#define WEIR_CONSTRUCT_ELEMENTS_H

#include "construct/block.h"

struct elements {
	struct script_reader *reader;
	struct arena *arena;
	struct shapes *shapes;
	struct block_plan *plan;
	/* Whether the program has repeated content: all of its elements are left to the library then. */
	bool is_repeating;
	/* private */
	struct element_class *classes;
	size_t count, room, last; /* the class that was found last */
	struct element_names {
		uint32_t is_altered, parts, to_terraform, attributes, given, unique, friendly, node,
			path, scope, start, id, preparing, to_metadata, kind, depends_on, provider,
			lifecycle, fqn;
		/* What else an element may have been given that is written. */
		uint32_t others[8];
	} names;
};

/* Before anything else, with what stands before the names zeroed or set; false where it threw. */
bool elements_init(struct elements *elements);

/* A class of the library's: what its objects inherit where no program has a say in them. */
struct element_class {
	script_word prototype, to_terraform, attributes, to_metadata;
	uint32_t shape;
	bool is_data;
};

/* Makes a class known; false without memory. */
bool elements_add_class(struct elements *elements, const struct element_class *made);

/* What an element's address begins with, and its name; whatever the members are that say so. */
script_word elements_kind(const struct elements *elements, script_word element);
script_word elements_name(struct elements *elements, script_word element);

enum element_outcome { ELEMENT_TAKEN, ELEMENT_LEFT /* to the library */, ELEMENT_THROWN };

/*
 * Takes an element, where it is one that can be taken here.  Without a document all that may be a token is resolved, and nothing kept.
 */
enum element_outcome elements_take(struct elements *elements, struct snapshot *snapshot,
	script_word element, struct document_node *document);

/* Whether an element surely adds nothing to what a stack says of itself, as lib/provider/classes.ts has it. */
bool elements_is_silent(struct elements *elements, script_word element);

#endif
