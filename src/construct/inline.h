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

/*
 * Writes a list or an object of no class.
 *
 * @param render a function of the script, which gets each text that may hold a token or has quotes, and returns its HCL; undefined for
 * what is to be refused
 */
enum inline_written inline_write(
	struct script_reader *reader, script_word value, script_word render, struct buf *out);

#endif
