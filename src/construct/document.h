/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A document that is put together of fragments and written once: what a stack's
 * elements say of its configuration.  Fragments merge as the original's do:
 * objects member by member, lists joined, all else replaced.
 *
 * All of it lies in an arena, and fails as that does.
 */
#ifndef WEIR_CONSTRUCT_DOCUMENT_H
#define WEIR_CONSTRUCT_DOCUMENT_H

#include "base/memory.h"

enum document_kind {
	DOCUMENT_NONE, /* nothing yet, or nothing any more */
	DOCUMENT_SCALAR,
	DOCUMENT_LIST,
	DOCUMENT_OBJECT,
};

struct document_list;
struct document_object;

struct document_node {
	enum document_kind kind;
	union {
		struct str scalar; /* as JSON */
		struct document_list *list;
		struct document_object *object;
	};
};

/*
 * An empty list or object in the node's place, which had something else; what it has of that kind stays.  It will
 * have about `count` items or members.  False without memory.
 */
bool document_make_list(struct document_node *node, size_t count, struct arena *arena);
bool document_make_object(struct document_node *node, size_t count, struct arena *arena);
/* Room at a list's end; NULL without memory. It holds until the next call. */
struct document_node *document_add(struct document_node *list, struct arena *arena);
/* Of a list the item that a key names by its index, with nothing in the places before it that are new; NULL: no index, or no memory. */
struct document_node *document_item(
	struct document_node *list, struct str key, struct arena *arena);
/*
 * An object's member, made where it is missing, whose key must live as long as the arena; NULL without memory.  It holds
 * until the next call for this object.
 */
struct document_node *document_member(
	struct document_node *object, struct str key, struct arena *arena);

/* A text as JSON has it, in quotes: what JSON.stringify() writes. The text is as script_word_text() gives it; absent stays so. */
struct str document_quote(struct str text, struct arena *arena);

/*
 * Appends the node as JSON: keys sorted by their UTF-16 code units, two spaces a level, no newline at the
 * end, empty lists and objects on two lines.  It can be written once: its members are sorted in place.
 */
void document_write(struct document_node *node, struct buf *out);

#endif
