/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which property of which object literal an author meant.  A stack tells where
 * `new` stands, not where a wrong property of its third argument was written:
 * that object may have come from a variable, a helper or a spread.  So a
 * program with findings runs once more, marked:
 *
 *	{a: 1, ...b}        __weir_at(7,{a: 1, ...__weir_spread(7,b)})
 *	a.b = c             __weir_set(7,a).b = c
 *	a + b, a * 2        __weir_number(7,a + b), __weir_number(7,a) * 2
 *	throw a             throw __weir_throw(7,a)
 *	{a} = b             {a} = __weir_take(7,b)
 *	while (a) b         {__weir_enter(7);while (a) {__weir_turn(7);b}}      where it took too long
 *
 * and lib/places.ts remembers which object came from which literal.  A run without findings pays
 * nothing.  Lines stay; script_place() leads back from a column of the marked text.
 */
#ifndef WEIR_SCRIPT_TAG_H
#define WEIR_SCRIPT_TAG_H

#include "script/strip.h"

struct script_member {
	struct str
		key; /* as the object has it; absent: a computed key, or one with an escape in it */
	uint32_t offset; /* bytes, of the key */
};

/* What is marked: a literal; an assignment, with what it sets as its member; anything else, without members. */
struct script_literal {
	uint32_t offset;       /* bytes, of its brace or its begin */
	uint32_t first, count; /* its members */
};

struct script_tags {
	struct stripped
		marked; /* its text and shifts; their "source" is the text that was marked */
	uint32_t first; /* the number of the first literal */
	struct script_literal *literals;
	size_t literal_count, literal_room;
	struct script_member *members;
	size_t member_count, member_room;
};

/*
 * Marks a program in JavaScript and numbers what is marked from `first` on.  All is in the
 * arena; keys point into `text`.  A text that has a syntax error or is too large stays as it is, without
 * marks.  Errors: memory.
 */
int script_tag(struct str text, struct str file, uint32_t first, bool with_loops,
	struct arena *arena, struct script_tags *ret_tags, struct error *err) WEIR_NODISCARD;

/* Whether a program in JavaScript calculates or compares anything that may be a number. */
bool script_calculates(struct str text, struct str file, struct arena *arena);

/*
 * Where in the text a member of a literal was written (*ret_member), or the literal's brace where no
 * member has the key (absent: none is asked for).  Returns false if the number is another program's.
 */
bool script_tag_place(const struct script_tags *tags, uint32_t literal, struct str key,
	size_t *ret_offset, bool *ret_member);

#endif
