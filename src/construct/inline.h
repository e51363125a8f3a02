/* SPDX-License-Identifier: Apache-2.0 */
/* A script's data as HCL within an expression, such as the argument of `jsonencode`: one walk, as lib/cdktf/expression.ts would write it. */
#ifndef WEIR_CONSTRUCT_INLINE_H
#define WEIR_CONSTRUCT_INLINE_H

#include "script/tree.h"

enum inline_written {
	INLINE_THROWN,
	INLINE_REFUSED, /* lib/ has to write it: something in it may be a token or come to nothing */
	INLINE_WRITTEN,
};

/* What writes a text that may hold a token or has quotes. */
typedef enum inline_written inline_render(void *payload, script_word text, struct buf *out);

/* Writes a list or an object of no class. */
enum inline_written inline_write(struct script_reader *reader, script_word value,
	inline_render *render, void *payload, struct buf *out);
/* Adds a text in which nothing is an expression of Terraform, without its quotes. */
void inline_add_literal(struct buf *out, struct str text);

#endif
