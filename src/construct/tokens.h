/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What tokens come to while a stack is synthesized, where nothing of a program's has a say in it: references within the stack, and calls and
 * accesses to properties over plain values and over such tokens.  lib/cdktf/expression.ts says how they are written; whatever it has more to
 * say of is refused, and asked of it.
 */
#ifndef WEIR_CONSTRUCT_TOKENS_H
#define WEIR_CONSTRUCT_TOKENS_H

#include "construct/inline.h"

/* Classes of tokens, in the order in which the library lists their prototypes. */
enum token_kind {
	TOKEN_REFERENCE,
	TOKEN_EXPRESSION,
	TOKEN_OPEN_EXPRESSION,
	TOKEN_DEPENDABLE,
	TOKEN_KINDS
};

struct tokens {
	struct script_reader *reader;
	/* private */
	struct arena *arena; /* what is known of the stacks */
	script_word resolve; /* what the pass at hand calls */
	script_word note;    /* what the library is told a reference by that it was not asked for */
	script_word entries; /* the library's table of tokens */
	script_word prototypes[TOKEN_KINDS], methods[TOKEN_KINDS];
	struct token_names {
		uint32_t identifier, stack, resolve, kind, operands, dependable, fqn;
	} names;
	struct token_stack *stacks; /* of which something is known, the last one first */
	struct token_stack *at;     /* whose pass it is; NULL: none */
	script_word stack;          /* the same as the script has it */
	unsigned depth, writing;
	bool is_preparing, is_loose, is_begun;
};

/*
 * Before anything else, with the library's table, the list of prototypes, and a function that is called with each reference into another stack which
 * is written in a preparing pass without asking the library.  False where it threw.
 */
bool tokens_init(struct tokens *tokens, struct script_reader *reader, script_word entries,
	script_word prototypes, script_word note);
/* A pass over a stack begins: where it is fresh, the preparing one, before which nothing is known.  False without memory. */
bool tokens_begin(struct tokens *tokens, script_word stack, script_word resolve, bool is_fresh);
/* It ends, and so does what was known, where that is forgotten. */
void tokens_end(struct tokens *tokens, bool is_forgotten);

/* Tells, within what a pass calls, that what comes of it may be something else another time. */
void tokens_loosen(struct tokens *tokens);
/* Whether what calls this function is in the pass at hand. */
bool tokens_are_of(const struct tokens *tokens, script_word resolve);

/* The index of the token that a text, a number or a list is; false: it is none, or more than that. */
bool tokens_of_text(struct str text, size_t *ret_index);
bool tokens_of_number(double number, size_t *ret_index);
bool tokens_of_list(
	const struct script_reader *reader, script_word list, size_t length, size_t *ret_index);
/* The same of the only item of a list. */
bool tokens_of_item(struct str text, size_t *ret_index);

/*
 * Writes what a token comes to; bare: as it is within an expression.  Nothing is written where it is refused or something was thrown.
 */
enum inline_written tokens_write(
	struct tokens *tokens, size_t index, bool is_bare, struct buf *out);
/* The same of a text of literals and tokens (text_is_template()). */
enum inline_written tokens_fill(struct tokens *tokens, struct str text, struct buf *out);

#endif
