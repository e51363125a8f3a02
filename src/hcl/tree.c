/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From the bytes of a .tf file to its blocks, by tree-sitter's grammar of HCL.
 * The only file that knows tree-sitter.
 *
 * The grammar recovers from what it does not understand.  We do not: a file
 * with an error in it is refused as a whole, since the block that is missing
 * may be the one that protects something.
 */
#include "hcl/hcl.h"

#include <tree_sitter/api.h>

const TSLanguage *tree_sitter_hcl(void);

enum {
	MAX_LABELS = 8,
	/* The parser asks every hundred steps whether to go on. A sound file takes about a step a byte. */
	CALLS_LEAST = 10000,
};

struct reader {
	struct arena *arena;
	struct str text;
	struct str name;
	struct hcl_attribute *attributes;
	size_t count, room;
	enum prevent_destroy prevent;
	struct error *err;
};

static void delete_parser(TSParser **parser)
{
	if (*parser)
		ts_parser_delete(*parser);
}

static void delete_tree(TSTree **tree)
{
	if (*tree)
		ts_tree_delete(*tree);
}

static bool is(TSNode node, const char *type)
{
	return !ts_node_is_null(node) && str_is(str_of(ts_node_type(node)), type);
}

static unsigned line_of(TSNode node)
{
	return ts_node_start_point(node).row + 1;
}

static unsigned end_line_of(TSNode node)
{
	return ts_node_end_point(node).row + 1;
}

static struct str text_of(const struct reader *reader, TSNode node)
{
	return str_slice(reader->text, ts_node_start_byte(node), ts_node_end_byte(node));
}

static int refuse(struct reader *reader, TSNode node, enum error_id id, const char *what)
{
	TSPoint at = ts_node_start_point(node);

	return error_at(reader->err, error_set(reader->err, id, "%s", what), reader->name,
		at.row + 1, at.column + 1);
}

static enum prevent_destroy truth_of(struct str expression)
{
	/* Terraform takes the words as texts too. */
	if (str_is(expression, "true") || str_is(expression, "\"true\""))
		return PREVENT_TRUE;
	return str_is(expression, "false") || str_is(expression, "\"false\"") ||
			str_is(expression, "null")
		? PREVENT_NOT
		: PREVENT_UNKNOWN;
}

static int read_attribute(struct reader *reader, TSNode node, struct str prefix)
{
	struct hcl_attribute *attribute;
	TSNode expression = {0};
	struct str name;

	for (uint32_t i = 0; i < ts_node_named_child_count(node); i++)
		if (is(ts_node_named_child(node, i), "expression"))
			expression = ts_node_named_child(node, i);
	if (ts_node_is_null(expression))
		return refuse(reader, node, ERR_HCL_SYNTAX, "an attribute has no value");
	if (!arena_grow(reader->arena, (void **)&reader->attributes, reader->count, &reader->room,
		    sizeof(*reader->attributes)))
		return error_memory(reader->err);
	name = text_of(reader, ts_node_named_child(node, 0));
	attribute = &reader->attributes[reader->count++];
	*attribute = (struct hcl_attribute){
		.path = str_empty(prefix)
			? name
			: arena_printf(reader->arena, "%.*s.%.*s", STR_ARG(prefix), STR_ARG(name)),
		.text = text_of(reader, expression),
		.line = line_of(node),
		.end_line = end_line_of(node),
	};
	if (str_is(attribute->path, "lifecycle.prevent_destroy"))
		reader->prevent = truth_of(attribute->text);
	return 0;
}

static int read_body(struct reader *reader, TSNode body, struct str prefix, unsigned depth);

/* A block in a block: its attributes count as those of the outer one. */
static int read_inner(struct reader *reader, TSNode block, struct str prefix, unsigned depth)
{
	struct str type = text_of(reader, ts_node_named_child(block, 0));
	int r = 0;

	if (depth == HCL_MAX_DEPTH)
		return refuse(reader, block, ERR_HCL_SIZE, "blocks are nested too deeply");
	prefix = str_empty(prefix)
		? type
		: arena_printf(reader->arena, "%.*s.%.*s", STR_ARG(prefix), STR_ARG(type));
	for (uint32_t i = 0; i < ts_node_named_child_count(block) && r == 0; i++)
		if (is(ts_node_named_child(block, i), "body"))
			r = read_body(reader, ts_node_named_child(block, i), prefix, depth + 1);
	return r;
}

static int read_body(struct reader *reader, TSNode body, struct str prefix, unsigned depth)
{
	TSTreeCursor cursor = ts_tree_cursor_new(body);
	bool more = ts_tree_cursor_goto_first_child(&cursor);
	int r = 0;

	for (; more && r == 0; more = ts_tree_cursor_goto_next_sibling(&cursor)) {
		TSNode node = ts_tree_cursor_current_node(&cursor);

		if (is(node, "attribute"))
			r = read_attribute(reader, node, prefix);
		else if (is(node, "block"))
			r = read_inner(reader, node, prefix, depth);
	}
	ts_tree_cursor_delete(&cursor);
	return r;
}

/* A label is a word, or a text; no escapes stand in either. */
static struct str label_of(const struct reader *reader, TSNode node)
{
	struct str text = text_of(reader, node);

	return str_starts(text, STR("\"")) && text.len >= 2 ? str_slice(text, 1, text.len - 1)
							    : text;
}

static int read_block(struct reader *reader, TSNode node, struct hcl_blocks *blocks)
{
	struct str labels[MAX_LABELS], none = {NULL, 0}, *kept;
	struct hcl_block block = {
		.file = reader->name, .line = line_of(node), .end_line = end_line_of(node)};
	int r = 0;

	reader->attributes = NULL;
	reader->count = reader->room = 0;
	reader->prevent = PREVENT_NOT;
	block.type = text_of(reader, ts_node_named_child(node, 0));
	for (uint32_t i = 1; i < ts_node_named_child_count(node) && r == 0; i++) {
		TSNode child = ts_node_named_child(node, i);

		if (is(child, "body"))
			r = read_body(reader, child, none, 1);
		else if (!is(child, "identifier") && !is(child, "string_lit"))
			continue;
		else if (block.label_count == MAX_LABELS)
			r = refuse(reader, child, ERR_HCL_SIZE, "a block has too many labels");
		else
			labels[block.label_count++] = label_of(reader, child);
	}
	if (r < 0)
		return r;
	kept = ARENA_ARRAY(reader->arena, struct str, block.label_count);
	if (!kept ||
		!arena_grow(reader->arena, (void **)&blocks->items, blocks->count, &blocks->room,
			sizeof(*blocks->items)))
		return error_memory(reader->err);
	for (size_t i = 0; i < block.label_count; i++)
		kept[i] = labels[i];
	block.labels = kept;
	block.attributes = reader->attributes;
	block.attribute_count = reader->count;
	block.prevent_destroy = reader->prevent;
	blocks->items[blocks->count++] = block;
	return 0;
}

/* An attribute outside of any block, as in a .tfvars file: a block without a type. */
static int read_assignment(struct reader *reader, TSNode node, struct hcl_blocks *blocks)
{
	struct str none = {NULL, 0}, *label = ARENA_ARRAY(reader->arena, struct str, 1);
	int r;

	reader->attributes = NULL;
	reader->count = reader->room = 0;
	r = label ? read_attribute(reader, node, none) : error_memory(reader->err);
	if (r < 0)
		return r;
	if (!arena_grow(reader->arena, (void **)&blocks->items, blocks->count, &blocks->room,
		    sizeof(*blocks->items)))
		return error_memory(reader->err);
	*label = reader->attributes[0].path;
	blocks->items[blocks->count++] = (struct hcl_block){.type = STR(""),
		.labels = label,
		.label_count = 1,
		.file = reader->name,
		.line = line_of(node),
		.end_line = end_line_of(node),
		.attributes = reader->attributes,
		.attribute_count = 1};
	return 0;
}

/* The first place that the grammar did not understand. */
static TSNode find_error(TSNode node)
{
	for (;;) {
		TSNode next = {0};

		if (is(node, "ERROR") || ts_node_is_missing(node))
			return node;
		for (uint32_t i = 0; i < ts_node_child_count(node); i++) {
			TSNode child = ts_node_child(node, i);

			if (!ts_node_has_error(child) && !ts_node_is_missing(child))
				continue;
			next = child;
			break;
		}
		if (ts_node_is_null(next))
			return node;
		node = next;
	}
}

static int read_tree(struct reader *reader, TSNode root, struct hcl_blocks *blocks)
{
	TSTreeCursor cursor;
	bool more;
	int r = 0;

	if (ts_node_has_error(root))
		return refuse(reader, find_error(root), ERR_HCL_SYNTAX,
			"this is not HCL as weir reads it");
	for (uint32_t i = 0; i < ts_node_named_child_count(root); i++) {
		TSNode body = ts_node_named_child(root, i);

		if (!is(body, "body"))
			continue;
		cursor = ts_tree_cursor_new(body);
		more = ts_tree_cursor_goto_first_child(&cursor);
		for (; more && r == 0; more = ts_tree_cursor_goto_next_sibling(&cursor)) {
			TSNode node = ts_tree_cursor_current_node(&cursor);

			if (is(node, "block"))
				r = read_block(reader, node, blocks);
			else if (is(node, "attribute"))
				r = read_assignment(reader, node, blocks);
		}
		ts_tree_cursor_delete(&cursor);
	}
	return r;
}

struct feed {
	struct str text;
	size_t calls;
	size_t error; /* about where the first thing stands that is not HCL; SIZE_MAX: none yet */
};

static const char *feed_read(void *payload, uint32_t offset, TSPoint point, uint32_t *ret_len)
{
	const struct feed *feed = payload;
	struct str rest = str_slice(feed->text, offset, feed->text.len);

	(void)point;
	*ret_len = (uint32_t)rest.len;
	return rest.len ? rest.data : "";
}

/*
 * Counted in steps and not in time, so that a file is refused everywhere or nowhere.  At the first
 * error it is refused anyway, and recovering may take long.
 */
static bool feed_stop(TSParseState *state)
{
	struct feed *feed = state->payload;

	if (state->has_error) {
		feed->error = state->current_byte_offset;
		return true;
	}
	return feed->calls-- == 0;
}

static int refuse_stopped(const struct feed *feed, struct str name, struct error *err)
{
	unsigned line = 1, column = 1;

	if (feed->error == SIZE_MAX)
		return error_at(err,
			error_set(err, ERR_HCL_SIZE, "it takes too many steps to read"), name, 0,
			0);
	for (size_t i = 0; i < feed->error && i < feed->text.len; i++) {
		column = feed->text.data[i] == '\n' ? 1 : column + 1;
		line += feed->text.data[i] == '\n';
	}
	return error_at(err, error_set(err, ERR_HCL_SYNTAX, "this is not HCL as weir reads it"),
		name, line, column);
}

int hcl_read(struct str text, struct str name, struct arena *arena, struct hcl_blocks *blocks,
	struct error *err)
{
	CLEANUP(delete_parser) TSParser *parser = NULL;
	CLEANUP(delete_tree) TSTree *tree = NULL;
	struct reader reader = {.arena = arena, .name = name, .err = err};
	struct feed feed = {.calls = CALLS_LEAST + text.len / 8, .error = SIZE_MAX};
	const size_t before = blocks->count;
	int r;

	if (str_starts(text, STR("\xef\xbb\xbf")))
		text = str_slice(text, 3, text.len);
	reader.text = feed.text = text;
	if (text.len > HCL_MAX_BYTES)
		return error_at(err, error_set(err, ERR_HCL_SIZE, "over %d bytes", HCL_MAX_BYTES),
			name, 0, 0);
	parser = ts_parser_new();
	if (!parser || !ts_parser_set_language(parser, tree_sitter_hcl()))
		return error_set(err, ERR_DEFECT, "the grammar of HCL does not fit its runtime");
	tree = ts_parser_parse_with_options(parser, NULL,
		(TSInput){&feed, feed_read, TSInputEncodingUTF8, NULL},
		(TSParseOptions){&feed, feed_stop});
	if (!tree)
		return refuse_stopped(&feed, name, err);
	r = read_tree(&reader, ts_tree_root_node(tree), blocks);
	if (r == 0 && arena_failed(arena))
		r = error_memory(err);
	if (r < 0)
		blocks->count = before;
	return r;
}
