/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Changes to a text that keep its lines: bytes become spaces, texts are put between others, a range moves elsewhere.
 * What is added takes the room of the spaces behind it that were taken out; what has no room moves the rest of its
 * line, and a table of shifts leads back.
 *
 * Apart from strip.c, which knows what is changed and not how a text is put together.
 */
#ifndef WEIR_SCRIPT_EDIT_H
#define WEIR_SCRIPT_EDIT_H

#include "script/strip.h"

struct insertion {
	size_t at;
	uint32_t group, order;
	bool is_closing;
	struct str text;
	size_t from, to; /* of the source: what moves here, where `text` is absent */
};

struct edit {
	struct arena *arena;
	struct str source;
	char *text;     /* a copy of the source with what was put in place */
	uint8_t *gone;  /* for each byte, of the enum below */
	uint32_t group; /* the node that changes are made for now */
	struct insertion *insertions;
	size_t count, room;
};

enum { EDIT_BLANK = 1, EDIT_MOVED = 2 };

int edit_init(struct edit *edit, struct str source, struct arena *arena,
	struct error *err) WEIR_NODISCARD;
/* [from, to) becomes spaces; newlines stay. */
void edit_blank(struct edit *edit, size_t from, size_t to);
/* One byte of the text becomes `c`, also where it was taken out before. */
void edit_put(struct edit *edit, size_t at, char c);
/*
 * Adds a text before the byte `at`. Of several at one place those that close what ends there come first, with the inner
 * node (the later group) before the outer one; then those that open, the outer one first. In a group they stand in the
 * order of the calls.
 */
void edit_open(struct edit *edit, size_t at, struct str text);
void edit_close(struct edit *edit, size_t at, struct str text);
/* [from, to), with all changes in it, goes to `at` (as edit_close does), in one line. */
void edit_move(struct edit *edit, size_t at, size_t from, size_t to);
/* Puts the text together. */
int edit_render(struct edit *edit, struct stripped *ret, struct error *err) WEIR_NODISCARD;

#endif
