/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The tree of a program's constructs, and which refers to which: read from what was synthesized, so that it shows what
 * Terraform will be given and nothing else.
 */
#ifndef WEIR_CONSTRUCT_GRAPH_H
#define WEIR_CONSTRUCT_GRAPH_H

#include "construct/answer.h"

enum { GRAPH_DEPTH_MOST = 64, GRAPH_NODES_MOST = 200000 };

struct graph_node {
	struct str path; /* of the construct: "orders/queues/mail" */
	struct str name; /* its last part */
	struct str
		kind; /* "stack", "construct", or as in the JSON: "resource", "data", "output", … */
	struct str address; /* in Terraform, within its stack; absent for stacks and constructs */
	size_t parent;      /* SIZE_MAX: none */
	unsigned depth;     /* 0 for a node without a parent */
	size_t below;       /* nodes in it, at any depth; they follow it */
};

/* `from` refers to `to`, or depends on it. */
struct graph_edge {
	size_t from, to;
};

struct graph {
	struct graph_node *nodes; /* a node before those in it */
	size_t node_count;
	struct graph_edge *edges; /* sorted, each once */
	size_t edge_count;
};

/*
 * Of the stacks of an answer. Texts are the arena's or the answer's. Errors: memory, more nodes than
 * GRAPH_NODES_MOST, an output that is no JSON (a defect: the library wrote it).
 */
int graph_build(const struct answer *answer, struct arena *arena, struct graph *ret_graph,
	struct error *err) WEIR_NODISCARD;

#endif
