/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which loop a program was in when it was stopped for its time, and which `new` made something.  The engine knows places of calls
 * and property accesses alone, so the place that it tells may stand before the loop, in the loop, or at
 * the start of the function that has it; and at the last argument of a `new`.
 */
#ifndef WEIR_SCRIPT_LOOP_H
#define WEIR_SCRIPT_LOOP_H

#include "script/syntax.h"

/*
 * The offset of the loop's first word, by an offset that the engine told: the innermost loop around that, else the next one
 * behind it in the same function.  `for…of` and `for…in` end by themselves, mostly: they count where there is no other.
 *
 * `text` is a program's in TypeScript or JavaScript.  False where there is no loop, or the text is no program.
 */
bool script_loop(
	struct str text, struct str file, size_t offset, struct arena *arena, size_t *ret_offset);

/* What makes something at a place: nothing; the `new` or `super(…)` around it; who called this constructor. */
enum script_maker { MAKER_NONE, MAKER_HERE, MAKER_CALLER };

/*
 * The innermost `new` or `super(…)` around an offset, in the same function, and its offset.  A `super(…)` whose argument of
 * that number, counted from 1, is what its constructor was given is none: there it is for the
 * constructor's caller, as for number 0 it always is.
 */
enum script_maker script_new(
	const struct syntax *tree, size_t offset, unsigned argument, size_t *ret_offset);

#endif
