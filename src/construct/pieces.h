/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Texts with tokens in them: where one may be, and how such a text is cut.  lib/cdktf/token-table.ts makes the
 * marks; what a token comes to is nothing that is known here.
 */
#ifndef WEIR_CONSTRUCT_PIECES_H
#define WEIR_CONSTRUCT_PIECES_H

#include "base/str.h"

/* Whether a text or number may hold a token in any disguise, or be what a map of tokens holds. */
bool text_is_open(struct str text);
bool number_is_open(double number);
/* Whether a text may hold a token as text. */
bool text_may_hold_token(struct str text);
/* Whether a list that holds this text or number may stand for another. */
bool text_marks_list(struct str text);
bool number_marks_list(double number);

enum piece_kind {
	PIECE_LITERAL,
	PIECE_TOKEN, /* with its marks */
	PIECE_OPEN,
	PIECE_CLOSE, /* "${" and "}" of an expression that was written by hand */
};

struct piece {
	enum piece_kind kind;
	struct str text;
};

/* Begins as {.text = text, .with_escapes = …}. */
struct pieces {
	struct str text;
	bool with_escapes; /* whether expressions written by hand count; else they are literal */
	/* private */
	size_t at;
	unsigned open;   /* expressions */
	bool is_endless; /* no mark of a token ends any more */
};

/* The next piece, none of them empty; false behind the last. */
bool pieces_next(struct pieces *pieces, struct piece *ret_piece);

/*
 * Whether a text consists of literals and tokens, two pieces or more, and nothing else counts in it: what each token comes to
 * can be put in its place.
 */
bool text_is_template(struct str text);

#endif
