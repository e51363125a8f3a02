/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Small documents that live and die with an arena: JSON inside the strings of
 * another document.  Nobody frees them, so many may be made while one plan is compared.
 */
#include <string.h>

#include "base/doc.h"
#include "base/doc_tape.h"

const struct doc *doc_adopt(struct doc *doc, struct arena *arena)
{
	struct doc *copy = ARENA_NEW(arena, struct doc);
	uint64_t *tape = ARENA_ARRAY(arena, uint64_t, doc->count);

	if (copy && tape) {
		memcpy(tape, doc->tape, doc->count * sizeof(*tape));
		copy->name = doc->name;
		copy->source = doc->source;
		copy->text = doc->text;
		copy->tape = tape;
		copy->count = doc->count;
	}
	doc_free(doc);
	return copy && tape ? copy : NULL;
}
