/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is destroyed and what refers to it, as a graph that a person can read:
 * at most PICTURE_NODES nodes, whatever the size of the plans, each with the
 * exact number of objects that it stands for.
 *
 * What refers to a data source that refers to something destroyed counts too; what refers to
 * something that stays does not, since nothing happens to that.
 */
#ifndef WEIR_REPORT_PICTURE_H
#define WEIR_REPORT_PICTURE_H

#include "report/report.h"

enum { PICTURE_NODES = 36 };

/* How far objects are folded: the first of these that needs no more than PICTURE_NODES nodes. */
enum picture_fold {
	FOLD_RESOURCES, /* instances of one resource */
	FOLD_MODULES,   /* resources of one plan, module and type */
	FOLD_TYPES,     /* resources of one type */
	FOLD_REST,      /* the same, the rarer types together */
};

enum picture_role { ROLE_GONE, ROLE_STAYS, ROLE_DATA, ROLE_COUNT };

struct picture_node {
	enum picture_role role;
	const struct plan *plan; /* NULL where several may be meant */
	struct str module;       /* without keys; absent: the root, or folded */
	struct str label; /* raw: the address in its module, or the type; absent: the rarer types */
	size_t types;     /* where label is absent: how many */
	size_t deletes, replaces; /* ROLE_GONE: objects */
	size_t stays;             /* ROLE_STAYS: objects, those that are created too */
	/* By which attribute it refers to others; absent: none; `several`: by that and others. */
	struct str attribute;
	bool refers, several;
};

struct picture {
	struct picture_node nodes[PICTURE_NODES];
	size_t node_count;
	/* refers[i][j]: by how many expressions node i refers to node j. */
	size_t refers[PICTURE_NODES][PICTURE_NODES];
	enum picture_fold fold;
	size_t gone, stays; /* objects in all nodes */
	bool blind;         /* a plan that destroys something came without its configuration */
};

/* NULL in *ret_picture where nothing is destroyed. */
int picture_make(const struct report *report, struct arena *arena, struct picture **ret_picture,
	struct error *err) WEIR_NODISCARD;

#endif
