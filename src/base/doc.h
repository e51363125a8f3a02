/* SPDX-License-Identifier: Apache-2.0 */
/*
 * struct doc: a read-only document, from JSON or from YAML, as a tape of
 * 8-byte entries over its source text.
 *
 * Nothing is copied to be understood: a node is a position on the tape, a
 * string is unescaped only when asked for, a number stays as written.  So each
 * node knows where it stands in the source, and a message can always say so.
 *
 * Ownership: the document borrows its source text (a mapped file, usually) and
 * owns the tape.  Nodes and raw slices are borrowed from the document; text
 * returned through an arena lives as long as the arena (and the document).
 *
 * Formats: RFC 8259 (json.h); YAML 1.2 core schema without anchors, aliases
 * and tags (yaml.h).
 */
#ifndef WEIR_BASE_DOC_H
#define WEIR_BASE_DOC_H

#include "base/error.h"
#include "base/memory.h"

/* Three bits on the tape. A string that holds escapes is a type of its own: unescaping costs. */
enum node_type {
	NODE_NULL,
	NODE_FALSE,
	NODE_TRUE,
	NODE_NUMBER,
	NODE_STRING,
	NODE_ESCAPED, /* a string too; use node_is_string() */
	NODE_ARRAY,
	NODE_OBJECT,
};

/*
 * Private to base: here only because walking over a tape must cost no calls.  One 8-byte entry per
 * value or key, in document order; an object's members are key, value, key, value.
 *
 *	bits  0..31  offset in `text` of the value's first byte (strings: behind the quote)
 *	bits 32..34  enum node_type
 *	bits 35..63  scalars: length of the raw text in bytes
 *	             arrays and objects: entries to the next sibling (itself and its inside)
 *
 * A document from YAML has decoded scalars in its own `text`, and `origins` then gives each entry's
 * offset in the source.
 */
struct doc {
	struct str name;
	struct str source; /* what people see; positions count in it */
	struct str text;   /* what tape offsets count in; for JSON the source */
	uint64_t *tape;
	size_t count;
	size_t tape_room; /* bytes of memory behind `tape` */
	bool tape_mapped; /* its memory is pages of its own, not the heap's */
	uint32_t *origins;
	uint32_t *ends;     /* with origins: offset behind the value */
	char *own_text;     /* `text` where it is ours to free */
	struct mark *marks; /* doc_position.c's index, made at need */
	size_t mark_count;
};

static inline uint32_t tape_offset(uint64_t entry)
{
	return (uint32_t)entry;
}
static inline enum node_type tape_type(uint64_t entry)
{
	return (enum node_type)(entry >> 32 & 7);
}
static inline size_t tape_length(uint64_t entry)
{
	return (size_t)(entry >> 35);
}

/* Entries that a value takes, itself and its inside. */
static inline uint32_t tape_extent(uint64_t entry)
{
	return tape_type(entry) >= NODE_ARRAY ? (uint32_t)tape_length(entry) : 1;
}

/* A value in a document. {NULL, 0} is "no such value", which every function accepts. */
struct node {
	const struct doc *doc;
	uint32_t at;
};

#define NODE_NONE ((struct node){NULL, 0})

void doc_free(struct doc *doc); /* accepts NULL */
void doc_cleanup(struct doc **doc);

/*
 * Moves a document that was read from JSON into an arena: it lives as long as the arena and its
 * text, and is not freed.  `doc` is freed; NULL when the arena refused.  Ask it for no positions.
 */
const struct doc *doc_adopt(struct doc *doc, struct arena *arena);

struct node doc_root(const struct doc *doc);
/* The name given when it was read, for messages. */
struct str doc_name(const struct doc *doc);
/* The source text. */
struct str doc_text(const struct doc *doc);
/* Bytes of the tape, for reports on memory. */
size_t doc_tape_bytes(const struct doc *doc);

static inline bool node_exists(struct node node)
{
	return node.doc != NULL;
}

/* NODE_NULL for a node that does not exist. */
static inline enum node_type node_type(struct node node)
{
	return node.doc ? tape_type(node.doc->tape[node.at]) : NODE_NULL;
}
/* Does not exist, or is null. */
static inline bool node_is_null(struct node node)
{
	return node_type(node) == NODE_NULL;
}
static inline bool node_is_string(struct node node)
{
	enum node_type type = node_type(node);

	return type == NODE_STRING || type == NODE_ESCAPED;
}
static inline bool node_is_true(struct node node)
{
	return node_type(node) == NODE_TRUE;
}
static inline bool node_is_object(struct node node)
{
	return node_type(node) == NODE_OBJECT;
}
static inline bool node_is_array(struct node node)
{
	return node_type(node) == NODE_ARRAY;
}

/* Number of elements or members; counts by walking them. */
size_t node_count(struct node node);

/*
 * The children of an array or object, in order.  For arrays `key` stays absent; for objects
 * `key` is the key's node.  Anything else has no children.
 *
 *	struct node_iter it = node_children(object);
 *	while (node_next(&it))
 *		use(it.key, it.value);
 */
struct node_iter {
	struct node key;
	struct node value;
	size_t index;
	/* private */
	uint32_t next;
	uint32_t end;
	const struct doc *doc;
	bool object;
	bool started;
};
static inline struct node_iter node_children(struct node node)
{
	struct node_iter it = {.doc = node.doc};

	if (node_type(node) < NODE_ARRAY)
		return it;
	it.object = node_is_object(node);
	it.next = node.at + 1;
	it.end = node.at + tape_extent(node.doc->tape[node.at]);
	return it;
}
static inline bool node_next(struct node_iter *it)
{
	if (it->next >= it->end)
		return false;
	if (it->started)
		it->index++;
	it->started = true;
	if (it->object)
		it->key = (struct node){it->doc, it->next++};
	it->value = (struct node){it->doc, it->next};
	it->next += tape_extent(it->doc->tape[it->value.at]);
	return true;
}

/* The member with this key, or NODE_NONE.  The first one: see doc_check_keys(). */
struct node node_get(struct node object, struct str key);
/* node_get() with a literal. */
#define NODE_GET(object, literal) node_get((object), STR(literal))
/* The element, or NODE_NONE. */
struct node node_at(struct node array, size_t index);

/* The raw text of a scalar as it stands in the source: a string without its quotes, escapes kept. */
static inline struct str node_raw(struct node node)
{
	uint64_t entry = node.doc ? node.doc->tape[node.at] : 0;

	if (!node.doc || tape_type(entry) >= NODE_ARRAY)
		return (struct str){NULL, 0};
	return (struct str){node.doc->text.data + tape_offset(entry), tape_length(entry)};
}
/* A string's text: borrowed from the source, or unescaped into the arena. Absent for other types.
 */
struct str node_text(struct node node, struct arena *arena);
/* True if the node is a string with this text. Never allocates. */
bool node_text_is(struct node node, struct str text);
/* A number that is a whole number in the range of int64_t. Accepts 1e3 and 1.0. */
bool node_to_i64(struct node node, int64_t *ret_value);
/* The nearest double; false where it is out of range or written with over 1000 characters. */
bool node_to_double(struct node node, double *ret_value);

/*
 * Equal values: objects whatever the order of keys, strings by their text, numbers by their exact
 * decimal value (1 equals 1.0 and 10e-1; 0.1 and 0.10000000000000001 differ).
 */
bool node_equal(struct node a, struct node b);

/* Byte offsets of the value in the source: of the first byte, and behind the last. */
size_t node_offset(struct node node);
size_t node_end(struct node node);
/* node_end() of a value in JSON whose next sibling's key or value is at hand: costs nothing. */
size_t node_end_before(struct node node, struct node next);

struct position {
	unsigned line;   /* from 1 */
	unsigned column; /* from 1, in code points; a UTF-8 byte order mark is not counted */
};
/* An index is built as far as it is asked for, and kept. Not safe from two threads at once. */
struct position doc_position(const struct doc *doc, size_t offset);
static inline struct position node_position(struct node node)
{
	return node_exists(node) ? doc_position(node.doc, node_offset(node))
				 : (struct position){0, 0};
}

/*
 * The JSON Pointer (RFC 6901) of a node from the root, in the arena.  Walks from the root:
 * for messages, not for loops.
 */
struct str node_pointer(struct node node, struct arena *arena);

/*
 * Refuses (ERR_JSON_DUPLICATE_KEY, with line and column) an object that has a key twice, anywhere
 * in or below `node`.  Keys are compared unescaped.  Whoever judges a document calls this first.
 */
int doc_check_keys(struct node node, struct error *err) WEIR_NODISCARD;

/* error_set() and the node's file, line and column in one. */
int error_node(struct error *err, enum error_id id, struct node node, const char *format, ...)
	WEIR_PRINTF(4, 5);

#endif
