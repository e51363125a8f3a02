/* SPDX-License-Identifier: Apache-2.0 */
/* A walk over the library's own tokens, which are data: a reference its name, an expression its kind and its operands. */
#include "construct/tokens.h"

#include "construct/pieces.h"

enum {
	PAGE = 256,      /* tokens */
	DEPTH_MOST = 64, /* expressions in one another; deeper is left to the library */
	DIGITS_MOST = 9,
	NUMBER_HIGH = 0xfdff, /* as lib/cdktf/token-table.ts has it */
};

/* What references come to in a stack, bare. */
struct token_stack {
	struct token_stack *next;
	script_word stack;  /* held */
	struct str **pages; /* by their tokens' indices; NULL: nothing is known there */
	size_t count, room;
};

#define TEXT_START STR("${TfToken[TOKEN.")
#define LIST_START STR("#{TfToken[TOKEN.")
#define END STR("]}")

/* ---- which token it is ---- */

static bool read_index(struct str text, struct str start, size_t *ret_index)
{
	struct str digits = str_slice(text, start.len, SIZE_MAX);
	size_t index = 0, len = 0;

	if (!str_starts(text, start))
		return false;
	for (; len < digits.len && len < DIGITS_MOST && digits.data[len] >= '0' &&
		digits.data[len] <= '9';
		len++)
		index = 10 * index + (size_t)(digits.data[len] - '0');
	*ret_index = index;
	return len > 0 && (len == 1 || digits.data[0] != '0') &&
		str_eq(str_slice(digits, len, SIZE_MAX), END);
}

bool tokens_of_text(struct str text, size_t *ret_index)
{
	return read_index(text, TEXT_START, ret_index);
}

bool tokens_of_item(struct str text, size_t *ret_index)
{
	return read_index(text, LIST_START, ret_index);
}

bool tokens_of_list(
	const struct script_reader *reader, script_word list, size_t length, size_t *ret_index)
{
	bool is_token = false;
	script_word item;

	if (length != 1)
		return false;
	item = script_list_at(reader, list, 0);
	if (script_word_kind(reader, item) == SCRIPT_TEXT) {
		struct str text = script_word_text(reader, item);

		is_token = !str_absent(text) && tokens_of_item(text, ret_index);
		script_word_text_end(reader, text);
	}
	script_word_free(reader, item);
	return is_token;
}

bool tokens_of_number(double number, size_t *ret_index)
{
	uint64_t bits;

	memcpy(&bits, &number, sizeof(bits));
	*ret_index = (size_t)(bits & 0xffffffffffff);
	return bits >> 48 == NUMBER_HIGH && *ret_index < UINT32_MAX;
}

/* ---- passes ---- */

static bool read_names(struct tokens *tokens)
{
	const struct script_reader *reader = tokens->reader;
	struct token_names *names = &tokens->names;

	*names = (struct token_names){.identifier = script_name(reader, "identifier"),
		.stack = script_name(reader, "stack"),
		.resolve = script_name(reader, "resolve"),
		.kind = script_name(reader, "kind"),
		.operands = script_name(reader, "operands"),
		.dependable = script_name(reader, "dependable"),
		.fqn = script_name(reader, "fqn")};
	return names->identifier && names->stack && names->resolve && names->kind &&
		names->operands && names->dependable && names->fqn;
}

bool tokens_init(struct tokens *tokens, struct script_reader *reader, struct arena *arena,
	script_word entries, script_word prototypes)
{
	if (tokens->is_begun)
		return true;
	*tokens = (struct tokens){.reader = reader, .arena = arena};
	if (!read_names(tokens)) {
		script_throw(reader->vm, "out of memory");
		return false;
	}
	for (size_t i = 0; i < TOKEN_KINDS; i++) {
		tokens->prototypes[i] = script_list_at(reader, prototypes, i);
		tokens->methods[i] =
			script_word_member(reader, tokens->prototypes[i], tokens->names.resolve);
		if (script_word_kind(reader, tokens->methods[i]) == SCRIPT_THROWN)
			return false;
	}
	tokens->entries = script_word_hold(reader, entries);
	tokens->is_begun = true;
	return true;
}

static struct token_stack *stack_of(struct tokens *tokens, script_word stack)
{
	struct token_stack *at = tokens->stacks;

	while (at && at->stack != stack)
		at = at->next;
	if (at)
		return at;
	at = ARENA_NEW(tokens->arena, struct token_stack);
	if (!at)
		return NULL;
	*at = (struct token_stack){
		.next = tokens->stacks, .stack = script_word_hold(tokens->reader, stack)};
	return tokens->stacks = at;
}

bool tokens_begin(struct tokens *tokens, script_word stack, script_word resolve, bool is_fresh)
{
	struct token_stack *at = stack_of(tokens, stack);

	tokens_end(tokens, false);
	if (!at) {
		script_throw(tokens->reader->vm, "out of memory");
		return false;
	}
	tokens->at = at;
	tokens->resolve = script_word_hold(tokens->reader, resolve);
	if (is_fresh)
		at->count = 0;
	return true;
}

void tokens_end(struct tokens *tokens, bool is_forgotten)
{
	if (!tokens->at)
		return;
	script_word_free(tokens->reader, tokens->resolve);
	if (is_forgotten)
		tokens->at->count = 0;
	tokens->at = NULL;
}

bool tokens_are_of(const struct tokens *tokens, script_word resolve)
{
	return tokens->at && tokens->resolve == resolve;
}

/* Where it is kept what a token comes to; NULL without memory. */
static struct str *place_of(struct tokens *tokens, size_t index)
{
	struct token_stack *at = tokens->at;
	struct str **page;

	while (at->count <= index / PAGE) {
		if (!arena_grow(tokens->arena, (void **)&at->pages, at->count, &at->room,
			    sizeof(*at->pages)))
			return NULL;
		at->pages[at->count++] = NULL;
	}
	page = &at->pages[index / PAGE];
	if (!*page)
		*page = ARENA_ARRAY(tokens->arena, struct str, PAGE);
	return *page ? &(*page)[index % PAGE] : NULL;
}

/* ---- writing ---- */

static enum inline_written write_operand(struct tokens *tokens, script_word word, struct buf *out);
static enum inline_written write_operand_text(void *payload, script_word word, struct buf *out);

static enum inline_written no_memory(struct tokens *tokens)
{
	script_throw(tokens->reader->vm, "out of memory");
	return INLINE_THROWN;
}

/* Adds a text of the library's own, such as a name, in which there is no token. */
static enum inline_written add_plain(struct tokens *tokens, script_word word, struct buf *out)
{
	struct str text;
	bool is_plain;

	if (script_word_kind(tokens->reader, word) != SCRIPT_TEXT)
		return INLINE_REFUSED;
	text = script_word_text(tokens->reader, word);
	if (str_absent(text))
		return INLINE_THROWN;
	is_plain = !text_is_open(text);
	if (is_plain)
		buf_add(out, text);
	script_word_text_end(tokens->reader, text);
	return is_plain ? INLINE_WRITTEN : INLINE_REFUSED;
}

static enum inline_written add_member(
	struct tokens *tokens, script_word object, uint32_t name, struct buf *out)
{
	script_word word = script_word_member(tokens->reader, object, name);
	enum inline_written written = add_plain(tokens, word, out);

	script_word_free(tokens->reader, word);
	return written;
}

/* Items of a list, with commas. */
static enum inline_written write_items(struct tokens *tokens, script_word list, struct buf *out)
{
	size_t length;

	if (script_word_kind(tokens->reader, list) != SCRIPT_LIST)
		return INLINE_REFUSED;
	length = script_list_length(tokens->reader, list);
	if (length == SIZE_MAX)
		return INLINE_THROWN;
	for (size_t i = 0; i < length; i++) {
		script_word item = script_list_at(tokens->reader, list, i);
		enum inline_written written;

		if (i)
			buf_add(out, STR(", "));
		written = write_operand(tokens, item, out);
		script_word_free(tokens->reader, item);
		if (written != INLINE_WRITTEN)
			return written;
	}
	return INLINE_WRITTEN;
}

static enum inline_written write_call(struct tokens *tokens, script_word operands, struct buf *out)
{
	script_word name = script_list_at(tokens->reader, operands, 0);
	script_word items = script_list_at(tokens->reader, operands, 1);
	enum inline_written written = add_plain(tokens, name, out);

	buf_add_char(out, '(');
	if (written == INLINE_WRITTEN)
		written = write_items(tokens, items, out);
	buf_add_char(out, ')');
	script_word_free(tokens->reader, items);
	script_word_free(tokens->reader, name);
	return written;
}

static bool is_name(struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.data[i];
		bool is_digit = c >= '0' && c <= '9';

		if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && c != '_' &&
			!(is_digit && i))
			return false;
	}
	return text.len > 0;
}

/* A step by a name or by a number; any other is the library's. */
static enum inline_written write_step(struct tokens *tokens, script_word step, struct buf *out)
{
	enum script_kind kind = script_word_kind(tokens->reader, step);
	enum inline_written written;
	struct str text;

	if (kind != SCRIPT_TEXT &&
		(kind != SCRIPT_NUMBER || number_is_open(script_word_number(step))))
		return kind == SCRIPT_THROWN ? INLINE_THROWN : INLINE_REFUSED;
	text = script_word_text(tokens->reader, step);
	if (str_absent(text))
		return INLINE_THROWN;
	written = kind == SCRIPT_NUMBER || is_name(text) ? INLINE_WRITTEN : INLINE_REFUSED;
	if (written == INLINE_WRITTEN) {
		buf_add_char(out, '.');
		buf_add(out, text);
	}
	script_word_text_end(tokens->reader, text);
	return written;
}

static enum inline_written write_property(
	struct tokens *tokens, script_word operands, struct buf *out)
{
	script_word target = script_list_at(tokens->reader, operands, 0);
	script_word steps = script_list_at(tokens->reader, operands, 1);
	enum script_kind kind = script_word_kind(tokens->reader, target);
	enum inline_written written = INLINE_REFUSED;
	size_t length = 0;

	/* Of an object that is no token, the address may be meant. */
	if (script_word_kind(tokens->reader, steps) == SCRIPT_LIST &&
		(kind == SCRIPT_TEXT || kind == SCRIPT_INSTANCE)) {
		length = script_list_length(tokens->reader, steps);
		written = length == SIZE_MAX ? INLINE_THROWN : write_operand(tokens, target, out);
	}
	for (size_t i = 0; i < length && written == INLINE_WRITTEN; i++) {
		script_word step = script_list_at(tokens->reader, steps, i);

		written = write_step(tokens, step, out);
		script_word_free(tokens->reader, step);
	}
	script_word_free(tokens->reader, steps);
	script_word_free(tokens->reader, target);
	return written;
}

static enum inline_written write_expression(
	struct tokens *tokens, script_word object, struct buf *out)
{
	CLEANUP(buf_free) struct buf kind = BUF(16);
	script_word operands = script_word_member(tokens->reader, object, tokens->names.operands);
	enum inline_written written = add_member(tokens, object, tokens->names.kind, &kind);

	if (written == INLINE_WRITTEN && script_word_kind(tokens->reader, operands) != SCRIPT_LIST)
		written = INLINE_REFUSED;
	if (written == INLINE_WRITTEN)
		written = str_is(buf_str(&kind), "call")     ? write_call(tokens, operands, out)
			: str_is(buf_str(&kind), "property") ? write_property(tokens, operands, out)
							     : INLINE_REFUSED;
	script_word_free(tokens->reader, operands);
	return written;
}

/* A reference into another stack is the library's, unless it is known. */
static enum inline_written write_reference(
	struct tokens *tokens, script_word object, struct buf *out)
{
	script_word stack = script_word_member(tokens->reader, object, tokens->names.stack);
	bool is_here = stack == tokens->at->stack ||
		script_word_kind(tokens->reader, stack) == SCRIPT_UNDEFINED;

	script_word_free(tokens->reader, stack);
	return is_here ? add_member(tokens, object, tokens->names.identifier, out) : INLINE_REFUSED;
}

/* The address of an element, which is a token mostly. */
static enum inline_written write_address(struct tokens *tokens, script_word fqn, struct buf *out)
{
	struct str text = script_word_text(tokens->reader, fqn);
	bool is_token;
	size_t index;

	if (str_absent(text))
		return INLINE_THROWN;
	is_token = tokens_of_text(text, &index);
	script_word_text_end(tokens->reader, text);
	return is_token ? tokens_write(tokens, index, true, out) : add_plain(tokens, fqn, out);
}

/* The address of what it stands for, whose getter may be a program's: what that throws, the library tells with more. */
static enum inline_written write_dependable(
	struct tokens *tokens, script_word object, struct buf *out)
{
	script_word dependable =
		script_word_member(tokens->reader, object, tokens->names.dependable);
	enum inline_written written = INLINE_REFUSED;
	script_word fqn;

	if (script_word_kind(tokens->reader, dependable) == SCRIPT_INSTANCE) {
		fqn = script_word_member(tokens->reader, dependable, tokens->names.fqn);
		if (script_word_kind(tokens->reader, fqn) == SCRIPT_THROWN)
			script_forget(tokens->reader->vm);
		else if (script_word_kind(tokens->reader, fqn) == SCRIPT_TEXT)
			written = write_address(tokens, fqn, out);
		script_word_free(tokens->reader, fqn);
	}
	script_word_free(tokens->reader, dependable);
	return written;
}

/* The class of a token; TOKEN_KINDS: another, or one that resolves in a way of its own. */
static enum token_kind kind_of(struct tokens *tokens, script_word object)
{
	size_t kind = 0;
	script_word method;

	if (script_word_kind(tokens->reader, object) != SCRIPT_INSTANCE)
		return TOKEN_KINDS;
	while (kind < TOKEN_KINDS &&
		!script_word_inherits(tokens->reader, object, tokens->prototypes[kind]))
		kind++;
	if (kind == TOKEN_KINDS)
		return TOKEN_KINDS;
	method = script_word_member(tokens->reader, object, tokens->names.resolve);
	script_word_free(tokens->reader, method);
	return method == tokens->methods[kind] ? (enum token_kind)kind : TOKEN_KINDS;
}

static enum inline_written write_token(
	struct tokens *tokens, script_word object, enum token_kind kind, struct buf *out)
{
	enum inline_written written = INLINE_REFUSED;

	if (tokens->depth == DEPTH_MOST)
		return INLINE_REFUSED;
	tokens->depth++;
	if (kind == TOKEN_REFERENCE)
		written = write_reference(tokens, object, out);
	else if (kind == TOKEN_DEPENDABLE)
		written = write_dependable(tokens, object, out);
	else if (kind != TOKEN_KINDS)
		written = write_expression(tokens, object, out);
	tokens->depth--;
	return written;
}

/* ---- tokens by their index ---- */

/* What the library makes of a reference, which it alone knows: without its braces it is kept. */
static enum inline_written ask(struct tokens *tokens, size_t index, struct buf *out)
{
	CLEANUP(buf_free) struct buf token = BUF(64);
	enum inline_written written = INLINE_REFUSED;
	script_word word, value;

	buf_printf(&token, "${TfToken[TOKEN.%zu]}", index);
	word = script_word_new(tokens->reader, buf_str(&token));
	value = script_word_call(tokens->reader, tokens->resolve, word);
	script_word_free(tokens->reader, word);
	if (script_word_kind(tokens->reader, value) == SCRIPT_THROWN)
		return INLINE_THROWN;
	if (script_word_kind(tokens->reader, value) == SCRIPT_TEXT) {
		struct str text = script_word_text(tokens->reader, value);

		if (str_absent(text))
			written = INLINE_THROWN;
		else if (str_starts(text, STR("${")) && text.data[text.len - 1] == '}' &&
			!text_is_open(text)) {
			buf_add(out, str_slice(text, 2, text.len - 1));
			written = INLINE_WRITTEN;
		}
		script_word_text_end(tokens->reader, text);
	}
	script_word_free(tokens->reader, value);
	return written;
}

/* What a reference comes to is kept for as long as the stack's passes go on. */
static enum inline_written write_known(
	struct tokens *tokens, script_word object, size_t index, struct buf *out)
{
	size_t start = out->len;
	enum inline_written written = write_token(tokens, object, TOKEN_REFERENCE, out);
	const struct token_stack *at = tokens->at;
	struct str *place;

	if (written == INLINE_REFUSED) {
		out->len = start;
		written = ask(tokens, index, out);
		/* Another pass has begun meanwhile, and none is left where it ended. */
		if (written == INLINE_WRITTEN && tokens->at != at)
			return INLINE_REFUSED;
	}
	if (written != INLINE_WRITTEN || buf_failed(out))
		return written;
	place = place_of(tokens, index);
	if (!place)
		return no_memory(tokens);
	*place = arena_str(tokens->arena, str_slice(buf_str(out), start, SIZE_MAX));
	return str_absent(*place) ? no_memory(tokens) : INLINE_WRITTEN;
}

static enum inline_written write_bare(
	struct tokens *tokens, size_t index, enum token_kind *ret_kind, struct buf *out)
{
	struct str *known = place_of(tokens, index);
	enum inline_written written;
	script_word object;

	*ret_kind = TOKEN_REFERENCE;
	if (!known)
		return no_memory(tokens);
	if (!str_absent(*known)) {
		buf_add(out, *known);
		return INLINE_WRITTEN;
	}
	object = script_list_at(tokens->reader, tokens->entries, index);
	*ret_kind = kind_of(tokens, object);
	written = *ret_kind == TOKEN_REFERENCE ? write_known(tokens, object, index, out)
					       : write_token(tokens, object, *ret_kind, out);
	script_word_free(tokens->reader, object);
	return written;
}

enum inline_written tokens_write(struct tokens *tokens, size_t index, bool is_bare, struct buf *out)
{
	size_t start = out->len;
	enum inline_written written;
	enum token_kind kind;

	if (!is_bare)
		buf_add(out, STR("${"));
	written = write_bare(tokens, index, &kind, out);
	if (!is_bare)
		buf_add_char(out, '}');
	if (written == INLINE_WRITTEN && buf_failed(out))
		return no_memory(tokens);
	if (written == INLINE_WRITTEN && kind == TOKEN_DEPENDABLE && !is_bare) {
		out->len -= 3;
		memmove(out->data + start, out->data + start + 2, out->len - start);
	}
	/* What is put together may look like a number that is a token. */
	if (written == INLINE_WRITTEN && kind != TOKEN_REFERENCE &&
		text_is_open(str_slice(buf_str(out), start, SIZE_MAX)))
		written = INLINE_REFUSED;
	if (written != INLINE_WRITTEN)
		out->len = start;
	return written;
}

/* ---- texts ---- */

enum inline_written tokens_fill(struct tokens *tokens, struct str text, struct buf *out)
{
	struct pieces pieces = {.text = text};
	size_t start = out->len, index;
	struct piece piece;

	while (pieces_next(&pieces, &piece)) {
		enum inline_written written = INLINE_REFUSED;

		if (piece.kind != PIECE_TOKEN) {
			buf_add(out, piece.text);
			continue;
		}
		if (tokens_of_text(piece.text, &index))
			written = tokens_write(tokens, index, false, out);
		if (written != INLINE_WRITTEN) {
			out->len = start;
			return written;
		}
	}
	return INLINE_WRITTEN;
}

/* A text of literals and tokens within an expression, where it is a template in quotes. */
static enum inline_written write_template(struct tokens *tokens, struct str text, struct buf *out)
{
	struct pieces pieces = {.text = text};
	enum inline_written written = INLINE_WRITTEN;
	struct piece piece;
	size_t index;

	buf_add_char(out, '"');
	while (written == INLINE_WRITTEN && pieces_next(&pieces, &piece)) {
		if (piece.kind != PIECE_TOKEN) {
			if (text_is_open(piece.text))
				written = INLINE_REFUSED;
			inline_add_literal(out, piece.text);
			continue;
		}
		if (!tokens_of_text(piece.text, &index))
			return INLINE_REFUSED;
		buf_add(out, STR("${"));
		written = tokens_write(tokens, index, true, out);
		buf_add_char(out, '}');
	}
	buf_add_char(out, '"');
	return written;
}

static enum inline_written write_operand_text(void *payload, script_word word, struct buf *out)
{
	struct tokens *tokens = payload;
	enum inline_written written;
	struct str text = script_word_text(tokens->reader, word);
	size_t index;

	if (str_absent(text))
		return INLINE_THROWN;
	if (tokens_of_text(text, &index)) {
		script_word_text_end(tokens->reader, text);
		return tokens_write(tokens, index, true, out);
	}
	written = str_find(text, STR("\"")) != SIZE_MAX ? INLINE_REFUSED
							: write_template(tokens, text, out);
	script_word_text_end(tokens->reader, text);
	return written;
}

static enum inline_written write_number(struct tokens *tokens, script_word word, struct buf *out)
{
	struct str text;
	size_t index;

	if (tokens_of_number(script_word_number(word), &index))
		return tokens_write(tokens, index, true, out);
	if (number_is_open(script_word_number(word)))
		return INLINE_REFUSED;
	text = script_word_text(tokens->reader, word);
	if (str_absent(text))
		return INLINE_THROWN;
	buf_add(out, text);
	script_word_text_end(tokens->reader, text);
	return INLINE_WRITTEN;
}

static enum inline_written write_list(struct tokens *tokens, script_word list, struct buf *out)
{
	size_t length = script_list_length(tokens->reader, list), index;

	if (length == SIZE_MAX)
		return INLINE_THROWN;
	return tokens_of_list(tokens->reader, list, length, &index)
		? tokens_write(tokens, index, true, out)
		: inline_write(tokens->reader, list, write_operand_text, tokens, out);
}

static enum inline_written write_operand(struct tokens *tokens, script_word word, struct buf *out)
{
	switch (script_word_kind(tokens->reader, word)) {
	case SCRIPT_THROWN:
		return INLINE_THROWN;
	case SCRIPT_BOOL:
		buf_add(out, script_word_bool(word) ? STR("true") : STR("false"));
		return INLINE_WRITTEN;
	case SCRIPT_NUMBER:
		return write_number(tokens, word, out);
	case SCRIPT_TEXT:
		return write_operand_text(tokens, word, out);
	case SCRIPT_LIST:
		return write_list(tokens, word, out);
	case SCRIPT_PLAIN:
		return inline_write(tokens->reader, word, write_operand_text, tokens, out);
	case SCRIPT_INSTANCE:
		return write_token(tokens, word, kind_of(tokens, word), out);
	default:
		return INLINE_REFUSED;
	}
}
