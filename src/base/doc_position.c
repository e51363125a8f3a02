/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where things stand: offsets, lines and columns, JSON Pointers.
 *
 * A position must cost the same wherever it is, and a plan of 50 MB may be one
 * line.  So the text is divided into blocks, and for each the line, where
 * that line begins and the column are known; counting is left for one block.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/doc_tape.h"
#include "base/json_scan.h"

size_t node_offset(struct node node)
{
	if (!node.doc)
		return SIZE_MAX;
	if (node.doc->origins)
		return node.doc->origins[node.at];
	return tape_offset(node.doc->tape[node.at]) - (size_t)node_is_string(node);
}

/*
 * The tape does not say where a container ends, but its last entry does nearly: behind it stand
 * white space and the closing brackets of all that ends there, ours among them.  Which one follows
 * from how deep the last entry lies.
 */
static size_t container_end(struct node node)
{
	const struct doc *doc = node.doc;
	uint32_t stop = node.at + tape_extent(doc->tape[node.at]);
	uint32_t at = node.at;
	const json_byte *text = (const json_byte *)doc->text.data, *p;
	size_t brackets = 0;

	/* Down through the last child of the last child; every container on the way closes here. */
	while (tape_type(doc->tape[at]) >= NODE_ARRAY) {
		bool object = tape_type(doc->tape[at]) == NODE_OBJECT;
		uint32_t child = at + 1;

		brackets++;
		if (child == stop)
			break;
		for (;;) {
			at = child + object;
			child = at + tape_extent(doc->tape[at]);
			if (child == stop)
				break;
		}
	}
	if (tape_type(doc->tape[at]) >= NODE_ARRAY)
		p = text + tape_offset(doc->tape[at]) + 1;
	else
		p = text + node_end((struct node){doc, at});
	while (brackets--)
		p = scan_space(p, text + doc->text.len) + 1;
	return (size_t)(p - text);
}

size_t node_end(struct node node)
{
	uint64_t entry;

	if (!node.doc)
		return SIZE_MAX;
	if (node.doc->origins)
		return node.doc->ends[node.at];
	entry = node.doc->tape[node.at];
	if (tape_type(entry) >= NODE_ARRAY)
		return container_end(node);
	return tape_offset(entry) + tape_length(entry) + (size_t)node_is_string(node);
}

size_t node_end_before(struct node node, struct node next)
{
	const char *text = node.doc->text.data;
	size_t at = node_offset(next);

	if (node.doc->origins)
		return node_end(node);
	/* Between them stand a comma and white space. */
	do {
		at--;
	} while (text[at] == ',' || text[at] == ' ' || text[at] == '\t' || text[at] == '\n' ||
		text[at] == '\r');
	return at + 1;
}

enum { BLOCK = 8 * 1024 };

/* Code points that begin in [from, to): the bytes that are not 10xxxxxx, eight at a time. */
static uint32_t count_code_points(const char *from, const char *to)
{
	const uint64_t ones = UINT64_C(0x0101010101010101);
	size_t continued = 0, length = (size_t)(to - from);

	for (; to - from >= 8; from += 8) {
		uint64_t word;

		memcpy(&word, from, 8);
		/* Bit 7 set and bit 6 not, moved to bit 0 of each byte; the product sums the bytes. */
		word = word >> 7 & ~word >> 6 & ones;
		continued += word * ones >> 56;
	}
	for (; from < to; from++)
		continued += (*from & 0xc0) == 0x80;
	return (uint32_t)(length - continued);
}

void mark_advance(struct mark *mark, const char *from, const char *to)
{
	const char *line;

	if (from == to)
		return;
	while ((line = memchr(from, '\n', (size_t)(to - from)))) {
		mark->line++;
		mark->column = 0;
		from = line + 1;
	}
	mark->column += count_code_points(from, to);
}

/* The mark of a block, extending the index to it; where memory is short, counts from the start. */
static struct mark mark_of(struct doc *doc, size_t block)
{
	struct mark mark = {0};
	size_t blocks = doc->source.len / BLOCK + 1;

	if (!doc->marks) {
		doc->marks = mem_alloc(blocks * sizeof(mark));
		doc->mark_count = 1;
	}
	if (!doc->marks) {
		mark_advance(&mark, doc->source.data, doc->source.data + block * BLOCK);
		return mark;
	}
	for (; doc->mark_count <= block; doc->mark_count++) {
		const char *from = doc->source.data + (doc->mark_count - 1) * BLOCK;

		mark = doc->marks[doc->mark_count - 1];
		mark_advance(&mark, from, from + BLOCK);
		doc->marks[doc->mark_count] = mark;
	}
	return doc->marks[block];
}

struct position doc_position(const struct doc *doc, size_t offset)
{
	struct mark mark = {0};
	size_t block;

	if (offset > doc->source.len)
		offset = doc->source.len;
	block = offset / BLOCK;
	/* The index is a cache, so filling it does not change the document. */
	if (block)
		mark = mark_of((struct doc *)(uintptr_t)doc, block);
	if (offset)
		mark_advance(&mark, doc->source.data + block * BLOCK, doc->source.data + offset);
	if (mark.line == 0 && offset >= 3 && memcmp(doc->source.data, "\xef\xbb\xbf", 3) == 0)
		mark.column--;
	return (struct position){mark.line + 1, mark.column + 1};
}

static void add_reference_token(struct buf *out, struct str key)
{
	buf_add_char(out, '/');
	for (size_t i = 0; i < key.len; i++) {
		if (key.data[i] == '~')
			buf_add(out, STR("~0"));
		else if (key.data[i] == '/')
			buf_add(out, STR("~1"));
		else
			buf_add_char(out, key.data[i]);
	}
}

struct str node_pointer(struct node node, struct arena *arena)
{
	struct node here = doc_root(node.doc);
	CLEANUP(buf_free) struct buf out = BUF(1024 * 1024);

	while (node_exists(here) && here.at != node.at) {
		struct node_iter it = node_children(here);

		here = NODE_NONE;
		while (!node_exists(here) && node_next(&it)) {
			if (node.at >= it.value.at + tape_extent(node.doc->tape[it.value.at]))
				continue;
			here = it.value;
			if (it.object)
				add_reference_token(&out, node_text(it.key, arena));
			else
				buf_printf(&out, "/%zu", it.index);
		}
		/* A key stands for its member. */
		if (it.object && it.key.at == node.at)
			break;
	}
	return buf_failed(&out) ? (struct str){NULL, 0} : arena_str(arena, buf_str(&out));
}

int error_node(struct error *err, enum error_id id, struct node node, const char *format, ...)
{
	struct position place = node_position(node);
	char message[sizeof(err->message)];
	va_list args;

	va_start(args, format);
	vsnprintf(message, sizeof(message), format, args);
	va_end(args);
	return error_at(err, error_set(err, id, "%s", message),
		node_exists(node) ? doc_name(node.doc) : STR(""), place.line, place.column);
}
