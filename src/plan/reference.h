/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who refers to whom, from the plan's `configuration`: an index from resource
 * addresses without keys ("module.a.aws_x.y") to the addresses that their
 * expressions name, through module inputs and outputs.
 */
#ifndef WEIR_PLAN_REFERENCE_H
#define WEIR_PLAN_REFERENCE_H

#include "plan/plan.h"

struct references;

/* Built once per plan, in the arena. */
int references_build(const struct plan *plan, struct arena *arena,
	struct references **ret_references, struct error *err) WEIR_NODISCARD;

struct reference {
	struct str from;      /* configuration address, without instance keys */
	struct str attribute; /* of `from`, "records[0]"; "" for depends_on */
	struct str to;        /* configuration address, without instance keys */
	struct str to_path;   /* what of it, "address"; may be "" */
};

/* Direct references out of an address; instance keys in `address` are ignored. */
size_t references_from(const struct references *references, struct str address,
	const struct reference **ret_items);
/* Direct references to an address. */
size_t references_to(const struct references *references, struct str address,
	const struct reference *const **ret_items);

/* "module.a["x"].aws_b.c[0]" to "module.a.aws_b.c", in the arena (borrowed if there is no key). */
struct str address_without_keys(struct str address, struct arena *arena);

#endif
