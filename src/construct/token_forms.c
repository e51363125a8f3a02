/* SPDX-License-Identifier: Apache-2.0 */
/* The library's tokens are data: a reference its name, an expression its kind and its operands. This is how lib/cdktf/expression.ts writes them. */
#include "construct/token_forms.h"

#include "construct/pieces.h"

enum { DEPTH_MOST = 64 /* expressions in one another; deeper is left to the library */ };

static enum inline_written write_operand(struct tokens *tokens, script_word word, struct buf *out);
static enum inline_written write_operand_text(void *payload, script_word word, struct buf *out);

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

/* A reference into another stack is the library's. */
static enum inline_written write_reference(
	struct tokens *tokens, script_word object, struct buf *out)
{
	script_word stack = script_word_member(tokens->reader, object, tokens->names.stack);
	bool is_here = stack == tokens->stack ||
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

enum token_kind token_kind_of(struct tokens *tokens, script_word object)
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

enum inline_written token_forms_write(
	struct tokens *tokens, script_word object, enum token_kind kind, struct buf *out)
{
	const struct token_stack *at = tokens->at;
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
	/* What was read ran code of the program's, and that another pass. */
	return written == INLINE_WRITTEN && tokens->at != at ? INLINE_REFUSED : written;
}

/* ---- operands ---- */

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
		return token_forms_write(tokens, word, token_kind_of(tokens, word), out);
	default:
		return INLINE_REFUSED;
	}
}
