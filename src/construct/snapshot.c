/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The walk over a script's data.  Plain data goes straight into the document.  What may be a token is resolved by the
 * script; what comes of that is plain, but for dates and their like, which say by toJSON() what they
 * are.
 */
#include "construct/snapshot.h"

#include <math.h>

#include "construct/pieces.h"

enum {
	DEPTH_MOST = 200, /* levels; deeper is left to the script, which takes it for a circle */
	KEYS_AT_HAND = 32,
	TOKEN_CEILING = 1 << 30,
};

/* What became of a value. */
enum taken { TAKEN_THROWN, TAKEN_NOTHING, TAKEN };

struct walk {
	struct snapshot *snapshot;
	unsigned depth;
	/* Inside of what was resolved. */
	bool is_resolved;
	/* Only whether there is anything to resolve is asked; the walk ends where there is. */
	bool is_asking, is_open;
};

static enum taken take(struct walk *walk, script_word word, struct document_node *to);
static enum taken take_members(struct walk *walk, script_word object, struct document_node *to);

/* ---- what may be a token ---- */

/* Whether a list as a whole stands for another. */
static bool is_open_item(const struct script_reader *reader, script_word item)
{
	enum script_kind kind = script_word_kind(reader, item);
	struct str text;
	bool is_open;

	if (kind == SCRIPT_NUMBER)
		return number_marks_list(script_word_number(item));
	if (kind != SCRIPT_TEXT)
		return false;
	text = script_word_text(reader, item);
	is_open = text_marks_list(text);
	script_word_text_end(reader, text);
	return is_open;
}

/* False where that threw. */
static bool look_for_open(
	const struct script_reader *reader, script_word list, size_t length, bool *ret_is_open)
{
	bool is_thrown = false;

	*ret_is_open = false;
	for (size_t i = 0; i < length && !is_thrown && !*ret_is_open; i++) {
		script_word item = script_list_at(reader, list, i);

		is_thrown = script_word_kind(reader, item) == SCRIPT_THROWN;
		*ret_is_open = is_open_item(reader, item);
		script_word_free(reader, item);
	}
	return !is_thrown;
}

/* ---- members ---- */

/* An object's members with their keys. */
struct keyed {
	struct script_members members;
	struct str *keys;
	struct str at_hand[KEYS_AT_HAND];
	bool is_open;
};

static bool keyed_begin(struct walk *walk, script_word object, struct keyed *keyed)
{
	struct script_reader *reader = &walk->snapshot->reader;

	if (!script_members_begin(reader, object, &keyed->members))
		return false;
	keyed->is_open = false;
	keyed->keys = keyed->members.count <= KEYS_AT_HAND
		? keyed->at_hand
		: ARENA_ARRAY(walk->snapshot->arena, struct str, keyed->members.count);
	if (!keyed->keys) {
		script_members_end(reader, &keyed->members);
		script_throw(reader->vm, "out of memory");
		return false;
	}
	for (size_t i = 0; i < keyed->members.count; i++) {
		keyed->keys[i] = script_member_key(reader, &keyed->members, i);
		if (str_absent(keyed->keys[i])) {
			script_members_end(reader, &keyed->members);
			return false;
		}
		keyed->is_open = keyed->is_open || text_is_open(keyed->keys[i]) ||
			str_is(keyed->keys[i], "resolve");
	}
	return true;
}

/* ---- taking ---- */

static enum taken thrown(struct walk *walk)
{
	script_throw(walk->snapshot->reader.vm, "out of memory");
	return TAKEN_THROWN;
}

static enum taken put_scalar(struct walk *walk, struct document_node *to, struct str json)
{
	if (str_absent(json))
		return thrown(walk);
	if (to)
		*to = (struct document_node){.kind = DOCUMENT_SCALAR, .scalar = json};
	return TAKEN;
}

/* What the script makes of a value, taken in its place. */
static enum taken take_resolved(struct walk *walk, script_word word, struct document_node *to)
{
	const struct script_reader *reader = &walk->snapshot->reader;
	script_word value;
	enum taken taken;

	if (walk->is_asking) {
		walk->is_open = true;
		return TAKEN_THROWN;
	}
	value = script_word_call(reader, walk->snapshot->resolve, word);
	/* It replaces, whatever it comes to: the fragments of elements were resolved before they were merged. */
	if (to && walk->snapshot->is_override)
		to->kind = DOCUMENT_NONE;
	if (script_word_kind(reader, value) == SCRIPT_THROWN)
		return TAKEN_THROWN;
	walk->is_resolved = true;
	taken = take(walk, value, to);
	walk->is_resolved = false;
	script_word_free(reader, value);
	return taken;
}

/* ---- tokens ---- */

/* What a token comes to as text in the arena, where that is known without the script; absent: nothing that is kept. */
static enum inline_written write_token(struct walk *walk, size_t index, struct str *ret_text)
{
	CLEANUP(buf_free) struct buf text = BUF(TOKEN_CEILING);
	struct snapshot *snapshot = walk->snapshot;
	enum inline_written written;

	if (!snapshot->tokens || walk->is_asking ||
		!tokens_are_of(snapshot->tokens, snapshot->resolve))
		return INLINE_REFUSED;
	written = tokens_write(snapshot->tokens, index, false, &text);
	if (written != INLINE_WRITTEN || !ret_text)
		return written;
	*ret_text = arena_str(snapshot->arena, buf_str(&text));
	return str_absent(*ret_text) ? (thrown(walk), INLINE_THROWN) : INLINE_WRITTEN;
}

/* The token with that index, in the place of the value that stands for it. */
static enum taken take_token(
	struct walk *walk, size_t index, script_word word, struct document_node *to)
{
	struct str text;

	switch (write_token(walk, index, to ? &text : NULL)) {
	case INLINE_WRITTEN:
		return to ? put_scalar(walk, to, document_quote(text, walk->snapshot->arena))
			  : TAKEN;
	case INLINE_REFUSED:
		return take_resolved(walk, word, to);
	default:
		return TAKEN_THROWN;
	}
}

/* An instance by its toJSON(), else by its members. It merges with nothing. */
static enum taken take_instance(struct walk *walk, script_word object, struct document_node *to)
{
	const struct script_reader *reader = &walk->snapshot->reader;
	script_word value = script_word_invoke(reader, object, "toJSON");
	enum taken taken;

	if (to)
		to->kind = DOCUMENT_NONE;
	if (script_word_kind(reader, value) == SCRIPT_UNDEFINED)
		return take_members(walk, object, to);
	taken = take(walk, value, to);
	script_word_free(reader, value);
	return taken;
}

/* What a token in a text comes to, as text in the arena; absent: nothing, or what was asked for nothing but its effect. */
static enum taken take_piece(struct walk *walk, struct str token, struct str *ret_text)
{
	const struct script_reader *reader = &walk->snapshot->reader;
	enum inline_written written = INLINE_REFUSED;
	script_word word, value;
	enum script_kind kind;
	struct str text;
	size_t index;

	if (tokens_of_text(token, &index))
		written = write_token(walk, index, ret_text);
	if (written != INLINE_REFUSED)
		return written == INLINE_THROWN ? TAKEN_THROWN : ret_text ? TAKEN : TAKEN_NOTHING;
	word = script_word_new(reader, token);
	value = script_word_call(reader, walk->snapshot->resolve, word);
	kind = script_word_kind(reader, value);
	script_word_free(reader, word);
	if (kind == SCRIPT_THROWN || kind == SCRIPT_UNDEFINED || !ret_text) {
		script_word_free(reader, value);
		return kind == SCRIPT_THROWN ? TAKEN_THROWN : TAKEN_NOTHING;
	}
	text = script_word_text(reader, value);
	script_word_free(reader, value);
	if (str_absent(text))
		return TAKEN_THROWN;
	*ret_text = arena_str(walk->snapshot->arena, text);
	script_word_text_end(reader, text);
	return str_absent(*ret_text) ? thrown(walk) : TAKEN;
}

static struct str join(const struct str *parts, size_t count, size_t len, struct arena *arena)
{
	char *joined = arena_alloc(arena, len), *end = joined;

	for (size_t i = 0; joined && i < count; i++) {
		memcpy(end, parts[i].data, parts[i].len);
		end += parts[i].len;
	}
	return (struct str){joined, len};
}

/* A text of literals and tokens, with what each token comes to in its place. */
static enum taken take_template(struct walk *walk, struct str text, struct document_node *to)
{
	struct pieces pieces = {.text = text};
	struct arena *arena = walk->snapshot->arena;
	struct str *parts = NULL;
	size_t count = 0, room = 0, len = 0;
	struct piece piece;

	while (pieces_next(&pieces, &piece)) {
		enum taken taken = TAKEN;

		if (piece.kind == PIECE_TOKEN)
			taken = take_piece(walk, piece.text, to ? &piece.text : NULL);
		if (taken == TAKEN_THROWN)
			return taken;
		if (taken == TAKEN_NOTHING || !to)
			continue;
		if (!arena_grow(arena, (void **)&parts, count, &room, sizeof(*parts)))
			return thrown(walk);
		parts[count++] = piece.text;
		len += piece.text.len;
	}
	if (!count)
		return TAKEN_NOTHING;
	return put_scalar(walk, to, document_quote(join(parts, count, len, arena), arena));
}

static enum taken take_text(struct walk *walk, script_word word, struct document_node *to)
{
	const struct script_reader *reader = &walk->snapshot->reader;
	struct str text = script_word_text(reader, word);
	enum taken taken = TAKEN;
	size_t index;

	if (str_absent(text))
		return TAKEN_THROWN;
	if (!walk->is_resolved && text_is_open(text)) {
		taken = tokens_of_text(text, &index) ? take_token(walk, index, word, to)
			: !walk->is_asking && text_is_template(text)
			? take_template(walk, text, to)
			: take_resolved(walk, word, to);
		script_word_text_end(reader, text);
		return taken;
	}
	if (to)
		taken = put_scalar(walk, to, document_quote(text, walk->snapshot->arena));
	script_word_text_end(reader, text);
	return taken;
}

static enum taken take_number(struct walk *walk, script_word word, struct document_node *to)
{
	const struct script_reader *reader = &walk->snapshot->reader;
	double number = script_word_number(word);
	enum taken taken;
	struct str text;
	size_t index;

	if (!walk->is_resolved && number_is_open(number))
		return tokens_of_number(number, &index) ? take_token(walk, index, word, to)
							: take_resolved(walk, word, to);
	if (!to)
		return TAKEN;
	if (!isfinite(number))
		return put_scalar(walk, to, STR("null"));
	text = script_word_text(reader, word);
	if (str_absent(text))
		return TAKEN_THROWN;
	taken = put_scalar(walk, to, arena_str(walk->snapshot->arena, text));
	script_word_text_end(reader, text);
	return taken;
}

static enum taken take_item(
	struct walk *walk, script_word list, size_t index, struct document_node *to)
{
	const struct script_reader *reader = &walk->snapshot->reader;
	struct snapshot_step step = {walk->snapshot->at, {NULL, 0}, index};
	script_word item = script_list_at(reader, list, index);
	struct document_node node = {.kind = DOCUMENT_NONE}, *room;
	enum taken taken;

	walk->snapshot->at = &step;
	taken = take(walk, item, to ? &node : NULL);
	walk->snapshot->at = step.above;
	script_word_free(reader, item);
	/* What is nothing is left out of what is resolved; JSON has null for it. */
	if (taken == TAKEN_THROWN || !to || (taken == TAKEN_NOTHING && !walk->is_resolved))
		return taken;
	room = document_add(to, walk->snapshot->arena);
	if (!room)
		return thrown(walk);
	*room = node;
	return taken;
}

static enum taken take_list(struct walk *walk, script_word list, struct document_node *to)
{
	const struct script_reader *reader = &walk->snapshot->reader;
	size_t length = script_list_length(reader, list), index;
	bool is_open = false;

	if (length == SIZE_MAX ||
		(!walk->is_resolved && !look_for_open(reader, list, length, &is_open)))
		return TAKEN_THROWN;
	if (is_open)
		return tokens_of_list(reader, list, length, &index)
			? take_token(walk, index, list, to)
			: take_resolved(walk, list, to);
	if (to && !document_make_list(to, length, walk->snapshot->arena))
		return thrown(walk);
	for (size_t i = 0; i < length; i++)
		if (take_item(walk, list, i, to) == TAKEN_THROWN)
			return TAKEN_THROWN;
	return TAKEN;
}

static enum taken take_member(struct walk *walk, script_word object, const struct keyed *keyed,
	size_t index, struct document_node *to)
{
	const struct script_reader *reader = &walk->snapshot->reader;
	struct snapshot_step step = {walk->snapshot->at, keyed->keys[index], 0};
	script_word value = script_member_value(reader, object, &keyed->members, index);
	struct document_node *node = NULL;
	enum taken taken = TAKEN_NOTHING;

	if (script_word_kind(reader, value) == SCRIPT_UNDEFINED && !walk->snapshot->is_override)
		return TAKEN_NOTHING;
	if (to && to->kind == DOCUMENT_LIST) {
		node = document_item(to, keyed->keys[index], walk->snapshot->arena);
	} else if (to) {
		node = document_member(to, keyed->keys[index], walk->snapshot->arena);
		taken = node ? TAKEN_NOTHING : thrown(walk);
	}
	if (taken != TAKEN_THROWN) {
		walk->snapshot->at = &step;
		taken = take(walk, value, node);
		walk->snapshot->at = step.above;
	}
	if (taken == TAKEN_NOTHING && node && walk->snapshot->is_override)
		node->kind = DOCUMENT_NONE;
	script_word_free(reader, value);
	return taken;
}

static enum taken take_members(struct walk *walk, script_word object, struct document_node *to)
{
	struct keyed keyed;
	enum taken taken = TAKEN;

	if (!keyed_begin(walk, object, &keyed))
		return TAKEN_THROWN;
	if (keyed.is_open && !walk->is_resolved) {
		taken = take_resolved(walk, object, to);
		script_members_end(&walk->snapshot->reader, &keyed.members);
		return taken;
	}
	/* An override reaches into a list by keys that are numbers. */
	if (to && !(walk->snapshot->is_override && to->kind == DOCUMENT_LIST) &&
		!document_make_object(to, keyed.members.count, walk->snapshot->arena))
		taken = thrown(walk);
	for (size_t i = 0; i < keyed.members.count && taken == TAKEN; i++)
		if (take_member(walk, object, &keyed, i, to) == TAKEN_THROWN)
			taken = TAKEN_THROWN;
	script_members_end(&walk->snapshot->reader, &keyed.members);
	return taken;
}

static enum taken take_any(struct walk *walk, script_word word, struct document_node *to)
{
	const struct script_reader *reader = &walk->snapshot->reader;
	enum script_kind kind = script_word_kind(reader, word);

	switch (kind) {
	case SCRIPT_THROWN:
		return TAKEN_THROWN;
	case SCRIPT_UNDEFINED:
		return TAKEN_NOTHING;
	case SCRIPT_NULL:
		return put_scalar(walk, to, STR("null"));
	case SCRIPT_BOOL:
		return put_scalar(walk, to, script_word_bool(word) ? STR("true") : STR("false"));
	case SCRIPT_NUMBER:
		return take_number(walk, word, to);
	case SCRIPT_TEXT:
		return take_text(walk, word, to);
	case SCRIPT_LIST:
		return take_list(walk, word, to);
	case SCRIPT_PLAIN:
		return take_members(walk, word, to);
	default:
		if (!walk->is_resolved)
			return take_resolved(walk, word, to);
		return kind == SCRIPT_INSTANCE ? take_instance(walk, word, to) : TAKEN_NOTHING;
	}
}

static enum taken take(struct walk *walk, script_word word, struct document_node *to)
{
	enum taken taken;

	if (walk->depth == DEPTH_MOST) {
		if (!walk->is_resolved)
			return take_resolved(walk, word, to);
		script_throw(walk->snapshot->reader.vm, "a value is nested deeper than %d levels",
			DEPTH_MOST);
		return TAKEN_THROWN;
	}
	walk->depth++;
	taken = take_any(walk, word, to);
	walk->depth--;
	return taken;
}

bool snapshot_take(struct snapshot *snapshot, script_word value, struct document_node *document)
{
	struct walk walk = {.snapshot = snapshot,
		.is_resolved =
			script_word_kind(&snapshot->reader, snapshot->resolve) != SCRIPT_FUNCTION};

	for (const struct snapshot_step *step = snapshot->at; step; step = step->above)
		walk.depth++;
	return take(&walk, value, document) != TAKEN_THROWN;
}

bool snapshot_visit(struct snapshot *snapshot, script_word value)
{
	return snapshot_take(snapshot, value, NULL);
}

bool snapshot_is_plain(struct snapshot *snapshot, script_word value, bool *ret_plain)
{
	struct walk walk = {.snapshot = snapshot, .is_asking = true};
	bool done = take(&walk, value, NULL) != TAKEN_THROWN;

	*ret_plain = !walk.is_open;
	return done || walk.is_open;
}
