/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The tape's memory, and walking over it.  Reading is json.c's and yaml.c's
 * business; what strings, numbers, keys and positions mean is that of the
 * doc_*.c beside this.
 */
#include "base/doc.h"

#include <string.h>

#include "base/doc_tape.h"

void doc_free(struct doc *doc)
{
	if (!doc)
		return;
	if (doc->tape_mapped)
		mem_unmap(doc->tape, doc->tape_room);
	else
		mem_free(doc->tape);
	mem_free(doc->origins);
	mem_free(doc->ends);
	mem_free(doc->own_text);
	mem_free(doc->marks);
	mem_free(doc);
}

/* From this size on a tape has pages of its own. */
static const size_t map_from = (size_t)1 << 20;

bool doc_tape_resize(struct doc *doc, size_t size)
{
	void *memory;

	if (doc->tape_mapped) {
		memory = mem_map_resize(doc->tape, doc->tape_room, size);
	} else if (size < map_from) {
		memory = mem_resize(doc->tape, size);
	} else {
		memory = mem_map(size);
		if (!memory)
			return false;
		if (doc->tape)
			memcpy(memory, doc->tape, doc->tape_room);
		mem_free(doc->tape);
		doc->tape_mapped = true;
	}
	if (!memory)
		return false;
	doc->tape = memory;
	doc->tape_room = size;
	return true;
}

void doc_tape_trim(struct doc *doc)
{
	/* A refusal leaves the tape as it is, which is fine. */
	(void)doc_tape_resize(doc, doc->count * sizeof(*doc->tape));
}

void doc_cleanup(struct doc **doc)
{
	doc_free(*doc);
	*doc = NULL;
}

struct node doc_root(const struct doc *doc)
{
	return doc && doc->count ? (struct node){doc, 0} : NODE_NONE;
}

struct str doc_name(const struct doc *doc)
{
	return doc->name;
}

struct str doc_text(const struct doc *doc)
{
	return doc->source;
}

size_t doc_tape_bytes(const struct doc *doc)
{
	return doc->count * sizeof(*doc->tape);
}

size_t node_count(struct node node)
{
	struct node_iter it = node_children(node);
	size_t count = 0;

	while (node_next(&it))
		count++;
	return count;
}

struct node node_get(struct node object, struct str key)
{
	const uint64_t *tape;
	const char *text;
	uint32_t end;

	if (!node_is_object(object))
		return NODE_NONE;
	tape = object.doc->tape;
	text = object.doc->text.data;
	end = object.at + tape_extent(tape[object.at]);
	for (uint32_t at = object.at + 1; at < end; at += 1 + tape_extent(tape[at + 1])) {
		uint64_t entry = tape[at];
		bool same;

		if (WEIR_LIKELY(tape_type(entry) == NODE_STRING))
			same = tape_length(entry) == key.len &&
				(key.len == 0 ||
					memcmp(text + tape_offset(entry), key.data, key.len) == 0);
		else
			same = node_text_is((struct node){object.doc, at}, key);
		if (same)
			return (struct node){object.doc, at + 1};
	}
	return NODE_NONE;
}

struct node node_at(struct node array, size_t index)
{
	struct node_iter it = node_children(array);

	if (it.object)
		return NODE_NONE;
	while (node_next(&it))
		if (it.index == index)
			return it.value;
	return NODE_NONE;
}
