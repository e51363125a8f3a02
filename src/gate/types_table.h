/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The table that tools/embed/type_table makes from data/types/ at build time.
 * Only types.c and that tool know it: rows are sorted by name, names lie in
 * one text, so that the table needs no start-up work at all.
 */
#ifndef WEIR_GATE_TYPES_TABLE_H
#define WEIR_GATE_TYPES_TABLE_H

#include "base/str.h"

/* What a condition's value may be, as bits. */
enum { TYPE_WANTS_TRUE = 1, TYPE_WANTS_FALSE = 2, TYPE_WANTS_NULL = 4 };

struct type_condition {
	struct str path; /* see value_path.h */
	unsigned wants;
};

struct type_group {
	struct str loses; /* absent unless stateful */
	unsigned char first_condition;
	unsigned char condition_count; /* all must hold */
};

struct type_row {
	unsigned name_at;
	unsigned char name_len;
	unsigned char class; /* enum type_class */
	unsigned char group;
};

extern const char type_names[];
extern const struct type_row type_rows[];
extern const size_t type_row_count;
extern const struct type_group type_groups[];
extern const struct type_condition type_conditions[];
extern const char type_digest[]; /* SHA-256, hex */

#endif
