/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the readers that fill a struct doc (json.c, yaml.c) and the doc_*.c share.
 * Nobody else includes this.
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

/* Gives the tape `size` bytes; false, with the tape as it was, when memory is short. */
bool doc_tape_resize(struct doc *doc, size_t size);
/* Gives back what lies behind the last entry. */
void doc_tape_trim(struct doc *doc);

static inline uint64_t tape_entry(size_t offset, enum node_type type, size_t length)
{
	return (uint64_t)(uint32_t)offset | (uint64_t)type << 32 | (uint64_t)length << 35;
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
