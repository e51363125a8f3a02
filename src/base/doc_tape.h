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
 *	             arrays and objects: number of entries to the next sibling (itself and its
 *inside)
 *
 * An object's members are key, value, key, value.  A document from YAML has decoded scalars in its
 *own `text`, and `origins` then gives each entry's offset in the source.
 */
#ifndef WEIR_BASE_DOC_TAPE_H
#define WEIR_BASE_DOC_TAPE_H

#include "base/doc.h"

/* A place in a text, from 0. */
struct mark {
	uint32_t line;
	uint32_t column; /* in code points */
};
/* Steps over the bytes [from, to), which are whatever they are; from == to may be NULL. */
void mark_advance(struct mark *mark, const char *from, const char *to);

struct doc {
	struct str name;
	struct str source; /* what people see; positions count in it */
	struct str text;   /* what tape offsets count in; for JSON the source */
	uint64_t *tape;
	size_t count;
	size_t tape_room; /* bytes of memory behind `tape` */
	bool tape_mapped; /* its memory is pages of its own, not the heap's */
	uint32_t *origins;
	uint32_t *ends;     /* with origins: offset behind the value */
	char *own_text;     /* `text` where it is ours to free */
	struct mark *marks; /* doc_position.c's index, made at need */
	size_t mark_count;
};

/* Gives the tape `size` bytes; false, with the tape as it was, when memory is short. */
bool doc_tape_resize(struct doc *doc, size_t size);
/* Gives back what lies behind the last entry. */
void doc_tape_trim(struct doc *doc);

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

/* Entries that a value takes, itself and its inside. */
static inline uint32_t tape_extent(uint64_t entry)
{
	return tape_type(entry) >= NODE_ARRAY ? (uint32_t)tape_length(entry) : 1;
}

/* Two strings by their unescaped bytes; both must be strings. */
int doc_text_compare(struct node a, struct node b);
bool doc_text_equal(struct node a, struct node b);
bool doc_numbers_equal(struct node a, struct node b);

/*
 * The entries of an object's keys, ordered by their unescaped bytes (equal ones as they stand);
 * freed with mem_free().  NULL when memory is short.
 */
uint32_t *doc_sort_keys(struct node object, size_t *ret_count);

/*
 * A number taken apart: [-] digits * 10^exponent, the digits without zeros at either end.  Zero has
 * no digits, exponent 0 and no sign.
 */
struct decimal {
	struct str raw;
	size_t first; /* where the first digit stands in `raw` */
	size_t count;
	int64_t exponent;
	bool negative;
};
/* False where the exponent itself does not fit in 62 bits. */
bool decimal_read(struct str raw, struct decimal *ret_decimal);
/* The digit at *at, which steps to the next; begin with `first`. */
char decimal_next(const struct decimal *decimal, size_t *at);

#endif
