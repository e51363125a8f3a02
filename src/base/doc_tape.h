/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The inside of struct doc, shared by the readers that fill it (json.c,
 * yaml.c) and by doc.c.  Nobody else includes this.
 *
 * Tape: one 8-byte entry per value or key, in document order.
 *
 *	bits  0..31  offset in `text` of the value's first byte (strings: behind the quote)
 *	bits 32..34  enum node_type
 *	bits 35..63  scalars: length of the raw text in bytes
 *	             arrays and objects: number of entries to the next sibling (itself and its inside)
 *
 * An object's members are key, value, key, value.  A document from YAML has decoded scalars in its own `text`,
 * and `origins` then gives each entry's offset in the source.
 */
#ifndef WEIR_BASE_DOC_TAPE_H
#define WEIR_BASE_DOC_TAPE_H

#include "base/doc.h"

struct doc {
	struct str name;
	struct str source; /* what people see; positions count in it */
	struct str text;   /* what tape offsets count in; for JSON the source */
	uint64_t *tape;
	size_t count;
	size_t tape_room; /* bytes of the mapping behind `tape` */
	uint32_t *origins;
	uint32_t *ends; /* with origins: offset behind the value */
	char *own_text; /* `text` where it is ours to free */
	uint32_t *lines; /* offsets of line starts, made at need */
	size_t line_count;
};

static inline uint64_t tape_entry(size_t offset, enum node_type type, size_t length)
{
	return (uint64_t)(uint32_t)offset | (uint64_t)type << 32 | (uint64_t)length << 35;
}
static inline uint32_t tape_offset(uint64_t entry)
{
	return (uint32_t)entry;
}
static inline enum node_type tape_type(uint64_t entry)
{
	return (enum node_type)(entry >> 32 & 7);
}
static inline size_t tape_length(uint64_t entry)
{
	return (size_t)(entry >> 35);
}

#endif
