/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The shapes (catalog/shape.h) that one program asked for: each is opened once and has a number from then on, so that the library
 * passes numbers and what walks over a script's data (check.c, block.c) finds a member by the name that the program gave it.
 *
 * Opening lists the names.  All else that is known of a member is worked out when that member is first asked for.
 */
#ifndef WEIR_CONSTRUCT_SHAPES_H
#define WEIR_CONSTRUCT_SHAPES_H

#include "catalog/packs.h"
#include "catalog/shape.h"
#include "construct/allowed.h"
#include "construct/wanted.h"

/* What a value is as a whole, and what its parts are: itself, or the items of a list, or the values of a map. */
enum known_whole { WHOLE_ONE, WHOLE_LIST, WHOLE_MAP, WHOLE_ANY };
enum known_part { PART_TEXT, PART_NUMBER, PART_BOOL, PART_ANY };

struct known_member {
	struct str property; /* the program's name */
	struct str name;     /* Terraform's */
	bool is_settable, is_required;
	/* What follows holds for a member that came from shapes_member() or shapes_find(). */
	const struct shape_member *schema;
	bool is_refused; /* the provider refuses it, though its schema does not */
	enum shape_holding holding;
	enum shape_access access;
	enum known_whole whole; /* of a value */
	enum known_part part;
	/* By the schema and by what is known beyond it; 0: no limit. */
	uint32_t min_items, max_items;
	uint32_t fact;               /* for facts_members(); 0: nothing is known */
	const struct wanted *wanted; /* which references it takes; NULL: any */
	/* What a value is checked for, or each part of it; NULL: nothing. */
	const struct allowed *allowed;
	/* Of the object that was walked over last and has it: shapes_next_object(). */
	uint32_t given;
	/* private */
	bool is_settled;
	uint32_t inner; /* its number, once it was asked for */
};

/* Rules about several members, as lib/provider/groups.ts has them. */
enum known_rule { RULE_ONE, RULE_SOME, RULE_APART, RULE_WITH };

struct known_group {
	enum known_rule rule;
	uint32_t count;
	struct known_path {
		const struct known_member *first; /* NULL: there is no such member */
		bool is_deep;                     /* it leads on from there */
	} * paths;
};

struct known_shape {
	uint32_t number;
	struct str type; /* Terraform's name of the type that it is; empty for a nested object */
	uint32_t count;  /* of members, in the order of shape_member_at() */
	uint32_t required_count; /* of those that can be given and must be */
	bool is_complete;        /* Terraform wants every attribute: those not given are null */
	bool has_groups;         /* there are rules about several members */
	/* private */
	struct known_member *members;
	const struct known_group *groups;
	size_t group_count;
	bool are_groups_read;
	uint32_t *index;   /* of members from 1, by the hash of their property; 0: free */
	size_t index_room; /* a power of two */
	struct shape shape;
};

struct shapes {
	/* private */
	struct packs *packs; /* NULL: none */
	struct arena *arena;
	struct known_shape **items;
	size_t count, room;
	struct known_type {
		struct str path; /* "aws/resource/aws_instance" */
		uint32_t number;
	} * types;
	size_t type_count, type_room;
	uint32_t objects; /* so far */
};

void shapes_init(struct shapes *shapes, struct packs *packs, struct arena *arena);

/*
 * The number of the shape at a path such as "aws/resource/aws_instance/root_block_device", which is the one that its member
 * has (shapes_inner()).
 *
 * Returns 1, 0 where there is no such shape, or a negative error: ERR_PACK_DAMAGED, ERR_MEMORY.
 */
int shapes_open(struct shapes *shapes, struct str path, uint32_t *ret_number,
	struct error *err) WEIR_NODISCARD;
/* NULL where no shape has that number. It stays where it is. */
const struct known_shape *shapes_at(const struct shapes *shapes, uint32_t number);

/* NULL without memory. */
const struct known_member *shapes_member(
	struct shapes *shapes, const struct known_shape *shape, uint32_t index);
/* The member that a program calls `property`; NULL where there is none, or no memory. */
const struct known_member *shapes_find(
	struct shapes *shapes, const struct known_shape *shape, struct str property);
/* The shape of the objects that a member holds; NULL for a value, of a damaged pack and without memory. */
const struct known_shape *shapes_inner(struct shapes *shapes, const struct known_member *member);
/* Rules about several members of a shape; NULL without memory. */
const struct known_group *shapes_groups(
	struct shapes *shapes, const struct known_shape *shape, size_t *ret_count);
/* A number for an object that is walked over, which no other has. */
static inline uint32_t shapes_next_object(struct shapes *shapes)
{
	return ++shapes->objects;
}

#endif
