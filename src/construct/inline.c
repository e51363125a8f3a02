/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Plain data in an expression, as HCL. What can be no token is written here; a text that may hold one is the library's to write, and so is all
 * of a value in which something else may be one.
 */
#include "construct/inline.h"

#include "construct/pieces.h"

enum { DEPTH_MOST = 200 }; /* levels; deeper is left to the script, which takes it for a circle */

struct inlining {
	struct script_reader *reader;
	inline_render *render;
	void *payload;
	struct buf *out;
	unsigned depth;
};

static enum inline_written write_value(struct inlining *inlining, script_word value);

static enum inline_written add_text(struct inlining *inlining, script_word word)
{
	struct str text = script_word_text(inlining->reader, word);

	if (str_absent(text))
		return INLINE_THROWN;
	buf_add(inlining->out, text);
	script_word_text_end(inlining->reader, text);
	return INLINE_WRITTEN;
}

void inline_add_literal(struct buf *out, struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.data[i] == '\n') {
			buf_add(out, STR("\\n"));
			continue;
		}
		if (str_starts(str_slice(text, i, SIZE_MAX), STR("${")))
			buf_add_char(out, '$');
		buf_add_char(out, text.data[i]);
	}
}

static enum inline_written write_text(struct inlining *inlining, script_word word)
{
	struct str text = script_word_text(inlining->reader, word);
	bool is_literal;

	if (str_absent(text))
		return INLINE_THROWN;
	is_literal = !text_is_open(text) && str_find(text, STR("\"")) == SIZE_MAX;
	if (is_literal) {
		buf_add_char(inlining->out, '"');
		inline_add_literal(inlining->out, text);
		buf_add_char(inlining->out, '"');
	}
	script_word_text_end(inlining->reader, text);
	return is_literal ? INLINE_WRITTEN
			  : inlining->render(inlining->payload, word, inlining->out);
}

static enum inline_written write_list(struct inlining *inlining, script_word list)
{
	const struct script_reader *reader = inlining->reader;
	size_t length = script_list_length(reader, list);
	enum inline_written written = length == SIZE_MAX ? INLINE_THROWN : INLINE_WRITTEN;

	buf_add_char(inlining->out, '[');
	for (size_t i = 0; i < length && written == INLINE_WRITTEN; i++) {
		script_word item = script_list_at(reader, list, i);

		if (i)
			buf_add(inlining->out, STR(", "));
		/* Nothing is written for null, of which lib/ speaks. */
		written = script_word_kind(reader, item) == SCRIPT_NULL
			? INLINE_REFUSED
			: write_value(inlining, item);
		script_word_free(reader, item);
	}
	buf_add_char(inlining->out, ']');
	return written;
}

static enum inline_written write_member(
	struct inlining *inlining, struct str key, script_word value, bool *ret_first)
{
	if (str_absent(key))
		return INLINE_THROWN;
	if (text_is_open(key) || str_is(key, "resolve"))
		return INLINE_REFUSED;
	if (script_word_kind(inlining->reader, value) == SCRIPT_UNDEFINED)
		return INLINE_WRITTEN;
	if (!*ret_first)
		buf_add(inlining->out, STR(", "));
	*ret_first = false;
	buf_add_char(inlining->out, '"');
	buf_add(inlining->out, key);
	buf_add(inlining->out, STR("\" = "));
	return write_value(inlining, value);
}

static enum inline_written write_object(struct inlining *inlining, script_word object)
{
	struct script_reader *reader = inlining->reader;
	enum inline_written written = INLINE_WRITTEN;
	struct script_members members;
	bool is_first = true;

	if (!script_members_begin(reader, object, &members))
		return INLINE_THROWN;
	buf_add_char(inlining->out, '{');
	for (size_t i = 0; i < members.count && written == INLINE_WRITTEN; i++) {
		struct str key = script_member_key(reader, &members, i);
		script_word value = script_member_value(reader, object, &members, i);

		written = write_member(inlining, key, value, &is_first);
		script_word_free(reader, value);
	}
	buf_add_char(inlining->out, '}');
	script_members_end(reader, &members);
	return written;
}

static enum inline_written write_number(struct inlining *inlining, script_word word)
{
	return number_is_open(script_word_number(word)) ? INLINE_REFUSED : add_text(inlining, word);
}

static enum inline_written write_any(struct inlining *inlining, script_word value)
{
	switch (script_word_kind(inlining->reader, value)) {
	case SCRIPT_THROWN:
		return INLINE_THROWN;
	case SCRIPT_NULL:
		buf_add(inlining->out, STR("null"));
		return INLINE_WRITTEN;
	case SCRIPT_BOOL:
		buf_add(inlining->out, script_word_bool(value) ? STR("true") : STR("false"));
		return INLINE_WRITTEN;
	case SCRIPT_NUMBER:
		return write_number(inlining, value);
	case SCRIPT_TEXT:
		return write_text(inlining, value);
	case SCRIPT_LIST:
		return write_list(inlining, value);
	case SCRIPT_PLAIN:
		return write_object(inlining, value);
	default:
		return INLINE_REFUSED;
	}
}

static enum inline_written write_value(struct inlining *inlining, script_word value)
{
	enum inline_written written;

	if (inlining->depth == DEPTH_MOST)
		return INLINE_REFUSED;
	inlining->depth++;
	written = write_any(inlining, value);
	inlining->depth--;
	return written;
}

enum inline_written inline_write(struct script_reader *reader, script_word value,
	inline_render *render, void *payload, struct buf *out)
{
	enum script_kind kind = script_word_kind(reader, value);
	struct inlining inlining = {reader, render, payload, out, 0};

	return kind == SCRIPT_LIST || kind == SCRIPT_PLAIN ? write_value(&inlining, value)
							   : INLINE_REFUSED;
}
