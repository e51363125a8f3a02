/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From the bytes of a TypeScript file to its nodes, by tree-sitter's grammar;
 * the only file of this folder that knows tree-sitter.
 *
 * The grammar recovers from what it does not understand, and weir does not: a
 * file with an error is read again with the parser's log, which names the first
 * token at which no reading of the text could go on, and what could have stood
 * there.  That is where a compiler would point.
 */
#include "script/syntax.h"

#include <stdlib.h>
#include <tree_sitter/api.h>

const TSLanguage *tree_sitter_typescript(void);

/* The parser asks every hundred steps whether to go on. A sound file takes
 * about a step a byte. */
enum { CALLS_LEAST = 10000, MAX_SYMBOLS = 1024, MAX_FIELDS = 128 };

struct feed {
	struct str text;
	size_t calls;
	bool stop_at_error, has_error;
};

/* What the parser's log said until it gave up for the first time. */
struct witness {
	size_t row, column; /* where the reading stands that is being followed;
                         columns in bytes from 0 */
	unsigned state;
	size_t error_row, error_column;
	unsigned error_state;
	bool has_error, is_closed;
};

static const char *const field_names[] = {
	[FIELD_alias] = "alias",
	[FIELD_body] = "body",
	[FIELD_declaration] = "declaration",
	[FIELD_function] = "function",
	[FIELD_left] = "left",
	[FIELD_name] = "name",
	[FIELD_object] = "object",
	[FIELD_operator] = "operator",
	[FIELD_parameters] = "parameters",
	[FIELD_pattern] = "pattern",
	[FIELD_property] = "property",
	[FIELD_return_type] = "return_type",
	[FIELD_right] = "right",
	[FIELD_source] = "source",
	[FIELD_type] = "type",
	[FIELD_value] = "value",
};

static const char *const kind_names[] = {
#define KIND(name) #name,
	SYNTAX_KINDS(KIND)
#undef KIND
};

static int by_name(const void *key, const void *element)
{
	return strcmp(key, *(const char *const *)element);
}

/* The grammar's numbers to ours. */
struct numbers {
	uint8_t kinds[MAX_SYMBOLS];
	uint8_t fields[MAX_FIELDS];
};

static bool number_kinds(const TSLanguage *language, struct numbers *numbers)
{
	const uint32_t symbols = ts_language_symbol_count(language);
	const uint32_t fields = ts_language_field_count(language);

	if (symbols > MAX_SYMBOLS || fields >= MAX_FIELDS)
		return false;
	for (uint32_t i = 0; i < symbols; i++) {
		const char *const *found;

		if (ts_language_symbol_type(language, (TSSymbol)i) != TSSymbolTypeRegular) {
			numbers->kinds[i] = SYNTAX_token;
			continue;
		}
		found = bsearch(ts_language_symbol_name(language, (TSSymbol)i), kind_names,
			COUNT_OF(kind_names), sizeof(*kind_names), by_name);
		if (found)
			numbers->kinds[i] = (uint8_t)(found - kind_names + SYNTAX_token + 1);
	}
	for (uint32_t i = 1; i <= fields; i++)
		for (uint8_t field = FIELD_alias; field < COUNT_OF(field_names); field++)
			if (str_is(str_of(ts_language_field_name_for_id(language, (TSFieldId)i)),
				    field_names[field]))
				numbers->fields[i] = field;
	return true;
}

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

static const char *give_text(void *payload, uint32_t offset, TSPoint point, uint32_t *ret_len)
{
	const struct feed *feed = payload;
	struct str rest = str_slice(feed->text, offset, feed->text.len);

	(void)point;
	*ret_len = (uint32_t)rest.len;
	return rest.len ? rest.data : "";
}

/* Counted in steps and not in time, so that a file is refused everywhere or
 * nowhere. */
static bool stop_parsing(TSParseState *state)
{
	struct feed *feed = state->payload;

	if (feed->stop_at_error && state->has_error) {
		feed->has_error = true;
		return true;
	}
	return feed->calls-- == 0;
}

static TSTree *parse(TSParser *parser, struct feed *feed)
{
	return ts_parser_parse_with_options(parser, NULL,
		(TSInput){feed, give_text, TSInputEncodingUTF8, NULL},
		(TSParseOptions){feed, stop_parsing});
}

/* The number behind "name:" in a line of the log. */
static uint64_t log_number(struct str message, const char *name)
{
	size_t at = str_find(message, str_of(name));
	uint64_t value = 0;

	if (at == SIZE_MAX)
		return 0;
	message = str_slice(message, at + strlen(name), message.len);
	(void)str_to_u64(str_split(&message, ','), &value);
	return value;
}

static void hear(void *payload, TSLogType type, const char *line)
{
	struct witness *witness = payload;
	struct str message = str_of(line);

	if (type != TSLogTypeParse || witness->is_closed)
		return;
	if (str_starts(message, STR("process "))) {
		witness->row = log_number(message, "row:");
		witness->column = log_number(message, "col:");
		witness->state = (unsigned)log_number(message, "state:");
	} else if (str_starts(message, STR("detect_error"))) {
		if (!witness->has_error || witness->row > witness->error_row ||
			(witness->row == witness->error_row &&
				witness->column >= witness->error_column)) {
			witness->error_row = witness->row;
			witness->error_column = witness->column;
			witness->error_state = witness->state;
		}
		witness->has_error = true;
	} else if (str_starts(message, STR("resume")) || str_starts(message, STR("recover"))) {
		witness->is_closed = witness->has_error;
	}
}

static size_t offset_of(struct str text, size_t row, size_t column)
{
	size_t at = 0;

	for (; row && at < text.len; at++)
		row -= text.data[at] == '\n';
	return at + column < text.len ? at + column : text.len;
}

/* Whether the parser, in this state, reads the inside of a string or template.
 */
static bool is_in_string(const TSLanguage *language, unsigned state)
{
	TSLookaheadIterator *iterator = ts_lookahead_iterator_new(language, (TSStateId)state);
	bool found = false;

	while (iterator && !found && ts_lookahead_iterator_next(iterator))
		found = str_ends(str_of(ts_lookahead_iterator_current_symbol_name(iterator)),
			STR("string_fragment"));
	if (iterator)
		ts_lookahead_iterator_delete(iterator);
	return found;
}

/* The token that the parser put in at this place to go on; NULL for none. */
static const char *missing_at(const TSTree *tree, struct str text, size_t offset)
{
	TSTreeCursor cursor;
	const char *found = NULL;

	if (!tree)
		return NULL;
	cursor = ts_tree_cursor_new(ts_tree_root_node(tree));
	for (bool more = true; more && !found;) {
		TSNode node = ts_tree_cursor_current_node(&cursor);

		if (ts_node_is_missing(node) &&
			syntax_skip_space(text, ts_node_start_byte(node)) == offset)
			found = ts_node_type(node);
		more = ts_tree_cursor_goto_first_child(&cursor);
		while (!more && !(more = ts_tree_cursor_goto_next_sibling(&cursor)))
			if (!ts_tree_cursor_goto_parent(&cursor))
				break;
	}
	ts_tree_cursor_delete(&cursor);
	return found;
}

/* A word, or one character, for a message: never the inside of a text, which
 * may be a secret. */
static struct str token_at(struct str text, size_t offset)
{
	size_t end = offset;

	while (end < text.len && end - offset < 40) {
		char c = text.data[end];

		if (!((c >= '0' && c <= '9') || c == '_' || c == '$' ||
			    (char_lower(c) >= 'a' && char_lower(c) <= 'z')))
			break;
		end++;
	}
	if (end == offset && end < text.len && text.data[end] > ' ' && text.data[end] < 0x7f)
		end++;
	return str_slice(text, offset, end);
}

int syntax_error_at(struct error *err, int code, struct str text, struct str file, size_t offset)
{
	unsigned line = 1, column = 1;

	for (size_t i = 0; i < offset && i < text.len; i++) {
		if (text.data[i] == '\n') {
			line++;
			column = 1;
		} else if (((unsigned char)text.data[i] & 0xc0) != 0x80) {
			column++;
		}
	}
	return error_at(err, code, file, line, column);
}

static int refuse_syntax(TSParser *parser, struct str text, struct str file, struct error *err)
{
	struct feed feed = {.text = text, .calls = CALLS_LEAST + text.len / 8};
	struct witness witness = {0};
	CLEANUP(delete_tree) TSTree *tree = NULL;
	const char *missing, *quote;
	struct str token;
	size_t offset;

	ts_parser_reset(parser);
	ts_parser_set_logger(parser, (TSLogger){&witness, hear});
	tree = parse(parser, &feed);
	offset = offset_of(text, witness.error_row, witness.error_column);
	if (is_in_string(tree_sitter_typescript(), witness.error_state))
		return syntax_error_at(err,
			error_set(err, ERR_SCRIPT_SYNTAX, "a string or template does not end"),
			text, file, offset);
	offset = syntax_skip_space(text, offset);
	token = token_at(text, offset);
	missing = missing_at(tree, text, offset);
	quote = str_empty(token) ? "" : "\"";
	if (str_empty(token))
		token = offset < text.len ? STR("character") : STR("end of the file");
	if (missing && strcmp(missing, "identifier") == 0)
		missing = "a name";
	return syntax_error_at(err,
		error_set(err, ERR_SCRIPT_SYNTAX, "unexpected %s%.*s%s%s%s", quote, STR_ARG(token),
			quote, missing ? "; expected " : "", missing ? missing : ""),
		text, file, offset);
}

/*
 * The grammar has a comment in a statement where a semicolon that nobody wrote comes behind it: `namespace a {} // why`.
 * What is added behind the statement must not be in the comment.
 */
static void end_before_comments(struct str text, struct syntax_node *nodes, syntax_id count)
{
	for (syntax_id id = count; id-- > 1;) {
		uint32_t end = 0;

		for (syntax_id child = id + 1; child < nodes[id].after; child = nodes[child].after)
			if (nodes[child].kind != SYNTAX_comment &&
				nodes[child].end > nodes[child].start)
				end = nodes[child].end;
		if (end && end < nodes[id].end && syntax_skip_space(text, end) >= nodes[id].end)
			nodes[id].end = end;
	}
}

/* In the order of the text: a node before what is in it. */
static int flatten(const TSTree *tree, const struct numbers *numbers, struct arena *arena,
	struct syntax *syntax, struct error *err)
{
	const uint32_t room = ts_node_descendant_count(ts_tree_root_node(tree));
	struct syntax_node *nodes = ARENA_ARRAY(arena, struct syntax_node, room);
	TSTreeCursor cursor;
	syntax_id open = 0, count = 0;
	unsigned depth = 0;

	if (!nodes)
		return error_memory(err);
	cursor = ts_tree_cursor_new(ts_tree_root_node(tree));
	for (bool down = true; count < room;) {
		TSNode node = ts_tree_cursor_current_node(&cursor);

		if (down) {
			nodes[count] = (struct syntax_node){
				.kind = numbers->kinds[ts_node_symbol(node)],
				.field = numbers->fields[ts_tree_cursor_current_field_id(&cursor)],
				.start = ts_node_start_byte(node),
				.end = ts_node_end_byte(node),
				.parent = open,
			};
			open = count++;
			if (ts_tree_cursor_goto_first_child(&cursor)) {
				depth++;
				continue;
			}
		}
		nodes[open].after = count;
		open = nodes[open].parent;
		down = ts_tree_cursor_goto_next_sibling(&cursor);
		if (!down && (depth == 0 || !ts_tree_cursor_goto_parent(&cursor)))
			break;
		depth -= !down;
	}
	ts_tree_cursor_delete(&cursor);
	/* The last node of all is where the loop may end before its parents are
   * closed. */
	for (syntax_id id = count; id-- > 0;)
		if (nodes[id].after == 0)
			nodes[id].after = count;
	end_before_comments(syntax->text, nodes, count);
	syntax->nodes = nodes;
	syntax->count = count;
	return 0;
}

/* The grammar does not know `export type *`: it reads the text without that word, which stays in `text`. */
static struct str without_star_types(struct str text, struct arena *arena)
{
	static const struct str word = STR_INIT("type");
	struct str copy = text;

	for (size_t at = 0, found; at < text.len; at += found + word.len) {
		struct str rest = str_slice(text, at, text.len);
		size_t start, star;

		found = str_find(rest, word);
		if (found == SIZE_MAX)
			break;
		start = at + found;
		star = syntax_skip_space(text, start + word.len);
		if (star >= text.len || text.data[star] != '*' ||
			!str_ends(str_trim(str_slice(text, 0, start)), STR("export")))
			continue;
		if (copy.data == text.data)
			copy = arena_str(arena, text);
		if (str_absent(copy))
			break;
		memset((char *)(uintptr_t)copy.data + start, ' ', word.len);
	}
	return copy;
}

int syntax_read(struct str text, struct str file, struct arena *arena, struct syntax *ret,
	struct error *err)
{
	const TSLanguage *language = tree_sitter_typescript();
	struct feed feed = {
		without_star_types(text, arena), CALLS_LEAST + text.len / 8, true, false};
	static struct numbers numbers; /* the same for each file */
	static bool is_numbered;
	CLEANUP(delete_parser) TSParser *parser = ts_parser_new();
	CLEANUP(delete_tree) TSTree *tree = NULL;
	struct syntax syntax = {.text = text};
	int r;

	if (!parser || !ts_parser_set_language(parser, language) ||
		!(is_numbered = is_numbered || number_kinds(language, &numbers)))
		return error_set(err, ERR_DEFECT, "the grammar of TypeScript does not fit");
	if (str_absent(feed.text))
		return error_memory(err);
	tree = parse(parser, &feed);
	if (!tree && !feed.has_error)
		return error_at(err,
			error_set(err, ERR_SCRIPT_SIZE, "it takes too many steps to read"), file, 0,
			0);
	if (!tree || ts_node_has_error(ts_tree_root_node(tree)))
		return refuse_syntax(parser, feed.text, file, err);
	r = flatten(tree, &numbers, arena, &syntax, err);
	if (r < 0)
		return error_at(err, r, file, 0, 0);
	*ret = syntax;
	return 0;
}

struct str syntax_text(const struct syntax *tree, syntax_id id)
{
	return str_slice(tree->text, tree->nodes[id].start, tree->nodes[id].end);
}

static syntax_id skip_comments(const struct syntax *tree, syntax_id parent, syntax_id id)
{
	const syntax_id end = tree->nodes[parent].after;

	while (id < end && tree->nodes[id].kind == SYNTAX_comment)
		id = tree->nodes[id].after;
	return id < end ? id : 0;
}

syntax_id syntax_first(const struct syntax *tree, syntax_id parent)
{
	return skip_comments(tree, parent, parent + 1);
}

syntax_id syntax_next(const struct syntax *tree, syntax_id child)
{
	return skip_comments(tree, tree->nodes[child].parent, tree->nodes[child].after);
}

syntax_id syntax_last(const struct syntax *tree, syntax_id parent)
{
	syntax_id last = 0;

	for (syntax_id id = syntax_first(tree, parent); id; id = syntax_next(tree, id))
		last = id;
	return last;
}

syntax_id syntax_field(const struct syntax *tree, syntax_id parent, enum syntax_field field)
{
	syntax_id id = syntax_first(tree, parent);

	while (id && tree->nodes[id].field != field)
		id = syntax_next(tree, id);
	return id;
}

syntax_id syntax_child(const struct syntax *tree, syntax_id parent, enum syntax_kind kind)
{
	syntax_id id = syntax_first(tree, parent);

	while (id && tree->nodes[id].kind != kind)
		id = syntax_next(tree, id);
	return id;
}

syntax_id syntax_token(const struct syntax *tree, syntax_id parent, const char *text)
{
	syntax_id id = syntax_first(tree, parent);

	while (id && !(tree->nodes[id].kind == SYNTAX_token && str_is(syntax_text(tree, id), text)))
		id = syntax_next(tree, id);
	return id;
}

size_t syntax_skip_space(struct str text, size_t offset)
{
	for (;;) {
		struct str rest = str_slice(text, offset, text.len);
		size_t length;

		if (rest.len && strchr(" \t\r\n\v\f", rest.data[0]) && rest.data[0]) {
			offset++;
			continue;
		}
		if (str_starts(rest, STR("//")))
			length = str_find_char(rest, '\n');
		else if (str_starts(rest, STR("/*")))
			length = str_find(str_slice(rest, 2, rest.len), STR("*/"));
		else
			return offset;
		if (length == SIZE_MAX)
			return text.len;
		offset += rest.data[1] == '*' ? length + 4 : length;
	}
}
