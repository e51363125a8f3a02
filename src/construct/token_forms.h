/* SPDX-License-Identifier: Apache-2.0 */
/* How tokens are written, inside of expressions. Apart from tokens.h, which is for who has a value in which tokens may be. */
#ifndef WEIR_CONSTRUCT_TOKEN_FORMS_H
#define WEIR_CONSTRUCT_TOKEN_FORMS_H

#include "construct/tokens.h"

/* The class of a token; TOKEN_KINDS: another, or one that resolves in a way of its own. */
enum token_kind token_kind_of(struct tokens *tokens, script_word object);
/* Writes a token of that class; what was written stays where it is refused. */
enum inline_written token_forms_write(
	struct tokens *tokens, script_word object, enum token_kind kind, struct buf *out);

#endif
