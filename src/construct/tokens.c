/* SPDX-License-Identifier: Apache-2.0 */
/* Which tokens stand in values, and what is known of references in the passes over a stack; token_forms.c writes what tokens come to. */
#include "construct/tokens.h"

#include "base/hash.h"
#include "construct/pieces.h"
#include "construct/token_forms.h"

enum {
	CEILING = 1 << 30,
	PAGE = 256, /* tokens */
	DIGITS_MOST = 9,
	LINKS_FIRST = 16,
	NUMBER_HIGH = 0xfdff, /* as lib/cdktf/token-table.ts has it */
};

/* What references come to in a stack, bare. */
struct token_stack {
	struct token_stack *next;
	script_word stack;  /* held */
	struct str **pages; /* by their tokens' indices; NULL: nothing is known there */
	size_t count, room;
	struct link *
		links; /* what references into other stacks come to, by the hash of what they name; a power of two places */
	size_t link_count, link_room;
};

struct link {
	script_word origin; /* the other stack, which the reference holds; 0: the place is free */
	struct str identifier, bare;
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

bool tokens_init(struct tokens *tokens, struct script_reader *reader, script_word entries,
	script_word prototypes, script_word note)
{
	if (tokens->is_begun)
		return true;
	*tokens = (struct tokens){.reader = reader};
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
	tokens->arena = arena_create(CEILING);
	if (!tokens->arena) {
		script_throw(reader->vm, "out of memory");
		return false;
	}
	tokens->entries = script_word_hold(reader, entries);
	tokens->note = script_word_hold(reader, note);
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

/* What was known goes with the last stack; but not from under who writes, and calls what begins and ends other passes. */
static void forget(struct tokens *tokens, script_word stack)
{
	struct token_stack **at = &tokens->stacks;

	while (*at && (*at)->stack != stack)
		at = &(*at)->next;
	if (*at) {
		script_word_free(tokens->reader, (*at)->stack);
		*at = (*at)->next;
	}
	if (!tokens->stacks && !tokens->writing)
		arena_reset(tokens->arena);
}

bool tokens_begin(struct tokens *tokens, script_word stack, script_word resolve, bool is_fresh)
{
	struct token_stack *at;

	tokens_end(tokens, false);
	if (is_fresh)
		forget(tokens, stack);
	at = stack_of(tokens, stack);
	if (!at) {
		script_throw(tokens->reader->vm, "out of memory");
		return false;
	}
	tokens->at = at;
	tokens->stack = at->stack;
	tokens->resolve = script_word_hold(tokens->reader, resolve);
	tokens->is_preparing = is_fresh;
	return true;
}

void tokens_end(struct tokens *tokens, bool is_forgotten)
{
	if (!tokens->at)
		return;
	script_word_free(tokens->reader, tokens->resolve);
	if (is_forgotten)
		forget(tokens, tokens->at->stack);
	tokens->at = NULL;
}

void tokens_loosen(struct tokens *tokens)
{
	tokens->is_loose = true;
}

bool tokens_are_of(const struct tokens *tokens, script_word resolve)
{
	return tokens->at && tokens->resolve == resolve;
}

/* What a token is known to come to; absent: nothing. */
static struct str known_of(const struct tokens *tokens, size_t index)
{
	const struct token_stack *at = tokens->at;
	const struct str *page = index / PAGE < at->count ? at->pages[index / PAGE] : NULL;

	return page ? page[index % PAGE] : (struct str){NULL, 0};
}

/* Where that is kept, of a token that there is: a text may have any number; NULL without memory. */
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

/* ---- tokens by their index ---- */

static enum inline_written no_memory(struct tokens *tokens)
{
	script_throw(tokens->reader->vm, "out of memory");
	return INLINE_THROWN;
}

/* What the library makes of a reference, which it alone knows. */
static enum inline_written ask(struct tokens *tokens, size_t index, struct buf *out)
{
	CLEANUP(buf_free) struct buf token = BUF(64);
	enum inline_written written = INLINE_REFUSED;
	script_word word, value;

	buf_printf(&token, "${TfToken[TOKEN.%zu]}", index);
	word = script_word_new(tokens->reader, buf_str(&token));
	tokens->is_loose = false;
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

/* What a reference names, in the arena; absent where that is no text, or without memory. */
static struct str name_of(struct tokens *tokens, script_word object)
{
	script_word word = script_word_member(tokens->reader, object, tokens->names.identifier);
	struct str name = {NULL, 0}, text;

	if (script_word_kind(tokens->reader, word) == SCRIPT_TEXT) {
		text = script_word_text(tokens->reader, word);
		name = str_absent(text) ? text : arena_str(tokens->arena, text);
		script_word_text_end(tokens->reader, text);
	}
	script_word_free(tokens->reader, word);
	return name;
}

/* Where a link is, or would be; NULL: there is no room for any. */
static struct link *link_of(struct token_stack *at, script_word origin, struct str identifier)
{
	size_t place = (size_t)hash_bytes(identifier, origin);

	for (; at->link_room; place++) {
		struct link *link = &at->links[place & (at->link_room - 1)];

		if (!link->origin ||
			(link->origin == origin && str_eq(link->identifier, identifier)))
			return link;
	}
	return NULL;
}

/* Room for one link more, half of it free. */
static bool grow_links(struct token_stack *at, struct arena *arena)
{
	struct token_stack grown = *at;

	if (at->link_room >= 2 * (at->link_count + 1))
		return true;
	grown.link_room = at->link_room ? 2 * at->link_room : LINKS_FIRST;
	grown.links = ARENA_ARRAY(arena, struct link, grown.link_room);
	if (!grown.links)
		return false;
	for (size_t i = 0; i < at->link_room; i++)
		if (at->links[i].origin)
			*link_of(&grown, at->links[i].origin, at->links[i].identifier) =
				at->links[i];
	*at = grown;
	return true;
}

/*
 * A reference into another stack: the library links what it names once, in the preparing pass, and others to the same come to the same
 * then.
 */
static enum inline_written write_linked(
	struct tokens *tokens, script_word object, size_t index, struct buf *out)
{
	struct token_stack *at = tokens->at;
	size_t start = out->len;
	script_word origin = script_word_member(tokens->reader, object, tokens->names.stack);
	struct str identifier = name_of(tokens, object);
	struct link *link = str_absent(identifier) || !tokens->is_preparing
		? NULL
		: link_of(at, origin, identifier);
	enum inline_written written;

	script_word_free(tokens->reader, origin);
	if (link && link->origin) {
		script_word noted = script_word_call(tokens->reader, tokens->note, object);

		written = script_word_kind(tokens->reader, noted) == SCRIPT_THROWN ? INLINE_THROWN
										   : INLINE_WRITTEN;
		script_word_free(tokens->reader, noted);
		buf_add(out, link->bare);
		return written;
	}
	written = ask(tokens, index, out);
	/* Another pass has begun meanwhile, and none is left where it ended. */
	if (written == INLINE_WRITTEN && tokens->at != at)
		return INLINE_REFUSED;
	if (written != INLINE_WRITTEN || tokens->is_loose || str_absent(identifier) ||
		!tokens->is_preparing || buf_failed(out))
		return written;
	if (!grow_links(at, tokens->arena))
		return no_memory(tokens);
	link = link_of(at, origin, identifier);
	*link = (struct link){origin, identifier,
		arena_str(tokens->arena, str_slice(buf_str(out), start, SIZE_MAX))};
	at->link_count++;
	return str_absent(link->bare) ? no_memory(tokens) : INLINE_WRITTEN;
}

/* What a reference comes to is kept for as long as the stack's passes go on. */
static enum inline_written write_known(
	struct tokens *tokens, script_word object, size_t index, struct buf *out)
{
	size_t start = out->len;
	const struct token_stack *at = tokens->at;
	enum inline_written written = token_forms_write(tokens, object, TOKEN_REFERENCE, out);
	struct str *place;

	if (tokens->at != at)
		return written;
	tokens->is_loose = false;
	if (written == INLINE_REFUSED) {
		out->len = start;
		written = write_linked(tokens, object, index, out);
	}
	if (written != INLINE_WRITTEN || tokens->is_loose || buf_failed(out))
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
	struct str known = known_of(tokens, index);
	enum inline_written written;
	script_word object;

	*ret_kind = TOKEN_REFERENCE;
	if (!str_absent(known)) {
		buf_add(out, known);
		return INLINE_WRITTEN;
	}
	object = script_list_at(tokens->reader, tokens->entries, index);
	if (script_word_kind(tokens->reader, object) == SCRIPT_THROWN)
		return INLINE_THROWN;
	*ret_kind = token_kind_of(tokens, object);
	written = *ret_kind == TOKEN_REFERENCE ? write_known(tokens, object, index, out)
					       : token_forms_write(tokens, object, *ret_kind, out);
	script_word_free(tokens->reader, object);
	return written;
}

enum inline_written tokens_write(struct tokens *tokens, size_t index, bool is_bare, struct buf *out)
{
	size_t start = out->len;
	enum inline_written written;
	enum token_kind kind;

	if (!tokens->at)
		return INLINE_REFUSED;
	if (!is_bare)
		buf_add(out, STR("${"));
	tokens->writing++;
	written = write_bare(tokens, index, &kind, out);
	tokens->writing--;
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
