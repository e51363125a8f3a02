/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether what a program gives a type is surely right: one walk over it.  What it takes, and what is said where something is wrong, is
 * decided by lib/provider/check.ts and what that asks (facts.ts, groups.ts, references.ts), which looks at all that is not sure.
 */
#ifndef WEIR_CONSTRUCT_CHECK_H
#define WEIR_CONSTRUCT_CHECK_H

#include "construct/shapes.h"
#include "script/tree.h"

enum checked {
	CHECKED_THROWN,
	CHECKED_UNSURE, /* something may be wrong, or lib/ says more of it */
	CHECKED_SURE,
};

/* Begins as {.reader = …, .shapes = …, .identify = …}. */
struct check {
	struct script_reader *reader;
	struct shapes *shapes;
	/*
	 * A function of the script that gets a text with tokens in it and returns the address that it refers to; "": it is nothing else than
	 * that, undefined: it is no such text.
	 */
	script_word identify;
	/* False once something was seen that is no argument of the type, or has no value. */
	bool has_arguments_only;
	/* private */
	unsigned depth;
};

/*
 * A configuration.  Of a provider `alias` is no argument, of all else the meta-arguments are none; a type that has one of that name is left
 * to lib/ where not all is an argument.
 */
enum checked check_config(
	struct check *check, const struct known_shape *shape, script_word config, bool is_provider);
/* The value of one member, which is not undefined. */
enum checked check_value(struct check *check, const struct known_member *member, script_word value);

#endif
