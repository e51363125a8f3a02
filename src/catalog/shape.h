/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A shape is what a class of bindings is made from: a block, or an object type, with its members under the names
 * that programs use.  Shapes are worked out from the pack as they are asked for; nothing of them is kept.
 *
 * Source of facts: the provider's schema (catalog/pack.h) and what is known beyond it (catalog/facts.h); where
 * published bindings say otherwise, two tables of shape.c.
 *
 * Texts are in the arena or in the pack; what the arena refuses shows in arena_failed(), damage in pack_check().
 */
#ifndef WEIR_CATALOG_SHAPE_H
#define WEIR_CATALOG_SHAPE_H

#include "catalog/facts.h"
#include "catalog/names.h"

struct shape {
	struct str class; /* without a suffix: "Instance", "InstanceRootBlockDevice" */
	struct str label; /* for messages: "Instance", "Instance.rootBlockDevice" */
	struct str path;  /* the type and the attributes on the way, joined by dots */
	bool is_object;   /* of an object type: its members are given or computed as it is */
	bool is_settable;
	bool is_whole; /* Terraform wants every attribute: those not given are null */
	struct pack_block block;
	struct pack_type object;
	uint32_t facts; /* of its members, for facts_of_argument() */
};

/* How a member is held: a value, one object, or a list or map of objects. */
enum shape_holding { HOLDS_VALUE, HOLDS_OBJECT, HOLDS_LIST, HOLDS_MAP };

/* What reading a value gives. */
enum shape_access {
	ACCESS_ANY,
	ACCESS_STRING,
	ACCESS_NUMBER,
	ACCESS_BOOL,
	ACCESS_STRING_LIST,
	ACCESS_NUMBER_LIST,
	ACCESS_STRING_SET,
	ACCESS_NUMBER_SET,
	ACCESS_ANY_SET,
	ACCESS_STRING_MAP,
	ACCESS_NUMBER_MAP,
	ACCESS_BOOL_MAP,
	SHAPE_ACCESSES,
};

struct shape_member {
	struct str name, property, description;
	bool is_settable, is_required, is_block;
	bool is_set;  /* a list of objects is a set to Terraform */
	bool is_item; /* one object is an item of a list to Terraform */
	enum shape_holding holding;
	struct pack_type type;         /* of a value; without a kind: anything */
	struct shape inner;            /* of the rest */
	uint32_t min_items, max_items; /* 0: the schema has no such limit */
	uint32_t fact;                 /* for facts_members(); 0: nothing is known */
};

/* The shape of a type; false where the provider has none of that name. */
bool shape_of_type(struct pack *pack, const struct named_type *type, struct arena *arena,
	struct shape *ret_shape);
uint32_t shape_member_count(const struct shape *shape);
/* Attributes first, then blocks, each sorted by Terraform's names. */
struct shape_member shape_member_at(const struct shape *shape, uint32_t index, struct arena *arena);
/* What it costs little to know of that member. */
struct shape_outline {
	struct str name;
	bool is_settable, is_required;
};
struct shape_outline shape_outline_at(const struct shape *shape, uint32_t index);
/* What reading a member gives; of anything but a value ACCESS_ANY. */
enum shape_access shape_member_access(const struct shape_member *member);
/* "string", "stringList"; "value", "object": lib/provider/shape.ts has the same names. */
struct str shape_access_name(enum shape_access access);
struct str shape_holding_name(enum shape_holding holding);
/* The shape below the member of this name, in Terraform's spelling; false where there is none. */
bool shape_below(
	const struct shape *shape, struct str name, struct arena *arena, struct shape *ret_inner);

/*
 * A shape as lib/provider/shape.ts has it, as JSON in the arena.  `path` has its type's kind and name, and Terraform's
 * names of the members that lead to it: "resource/aws_instance/root_block_device".  The paths in it, of the shapes below,
 * begin with the name of the pack besides.
 *
 * Returns 1, 0 where there is no such shape, or a negative error: ERR_PACK_DAMAGED, ERR_MEMORY.
 */
int shape_json(struct pack *pack, struct str path, struct arena *arena, struct str *ret_text,
	struct error *err) WEIR_NODISCARD;

#endif
