/* SPDX-License-Identifier: Apache-2.0 */
/* Marks of tokens in texts.  Apart from the walk (snapshot.c), since the library has its own texts cut here too. */
#include "construct/pieces.h"

/* As lib/cdktf/token-table.ts has them. */
#define MARK STR("{TfToken[") /* what these have in common */
#define TEXT_MARK STR("${TfToken[")
#define LIST_MARK STR("#{TfToken[")
#define END_MARK STR("]}")
#define ESCAPE STR("${")
#define STRING_MAP_VALUE "String Map Token Value"
#define ANY_MAP_VALUE "Any Map Token Value"
#define NUMBER_MAP_VALUE (-123456789.0)
#define NUMBER_TOKENS_BELOW (-1e200)

/* Whether a mark stands somewhere; most texts have not even its first character. */
static bool has_mark(struct str text)
{
	size_t at = str_find_char(text, '{');

	return at != SIZE_MAX && str_find(str_slice(text, at, SIZE_MAX), MARK) != SIZE_MAX;
}

/* Whether a number token may be printed in it. */
static bool has_exponent(struct str text)
{
	size_t at = str_find_char(text, '+');

	while (at != SIZE_MAX && (at == 0 || text.data[at - 1] != 'e')) {
		size_t next = str_find_char(str_slice(text, at + 1, SIZE_MAX), '+');

		at = next == SIZE_MAX ? next : at + 1 + next;
	}
	return at != SIZE_MAX;
}

bool text_is_open(struct str text)
{
	return has_mark(text) || has_exponent(text) || str_is(text, STRING_MAP_VALUE) ||
		str_is(text, ANY_MAP_VALUE);
}

bool text_may_hold_token(struct str text)
{
	return str_find(text, TEXT_MARK) != SIZE_MAX;
}

bool number_is_open(double number)
{
	return number_marks_list(number) || number == NUMBER_MAP_VALUE;
}

bool number_marks_list(double number)
{
	return number <= NUMBER_TOKENS_BELOW;
}

bool text_marks_list(struct str text)
{
	return str_find(text, LIST_MARK) != SIZE_MAX;
}

/* The length of the mark that begins with the text; 0: none does. */
static size_t mark_at(struct pieces *pieces, struct str text, enum piece_kind *ret_kind)
{
	size_t end = SIZE_MAX;

	if (text.data[0] == '}' && pieces->open) {
		*ret_kind = PIECE_CLOSE;
		return 1;
	}
	if (!pieces->is_endless && str_starts(text, TEXT_MARK)) {
		end = str_find(text, END_MARK);
		pieces->is_endless = end == SIZE_MAX;
	}
	if (end != SIZE_MAX) {
		*ret_kind = PIECE_TOKEN;
		return end + END_MARK.len;
	}
	*ret_kind = PIECE_OPEN;
	return pieces->with_escapes && str_starts(text, ESCAPE) ? ESCAPE.len : 0;
}

bool pieces_next(struct pieces *pieces, struct piece *ret_piece)
{
	struct str rest = str_slice(pieces->text, pieces->at, SIZE_MAX);
	enum piece_kind kind = PIECE_LITERAL;
	size_t at = 0, len = 0;

	for (; at < rest.len; at++) {
		if (rest.data[at] != '$' && rest.data[at] != '}')
			continue;
		len = mark_at(pieces, str_slice(rest, at, SIZE_MAX), &kind);
		if (len)
			break;
	}
	if (at) {
		kind = PIECE_LITERAL;
		len = at;
	}
	*ret_piece = (struct piece){kind, str_slice(rest, 0, len)};
	pieces->at += len;
	pieces->open += (unsigned)(kind == PIECE_OPEN) - (unsigned)(kind == PIECE_CLOSE);
	return len > 0;
}

bool text_is_template(struct str text)
{
	struct pieces pieces = {.text = text, .with_escapes = true};
	struct piece piece;
	size_t count = 0;

	while (pieces_next(&pieces, &piece)) {
		if (piece.kind == PIECE_OPEN ||
			(piece.kind == PIECE_LITERAL && text_is_open(piece.text)))
			return false;
		count++;
	}
	return count > 1;
}
