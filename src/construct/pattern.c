/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which regular expressions are simple, and whether one is found: each item takes as much as it can and gives back until the rest fits, for so many
 * steps.
 */
#include "construct/pattern.h"

enum { ITEMS_MOST = 64, STEPS_MOST = 10000, ASCII = 128 };

/* Characters of a kind, so often. */
struct item {
	uint64_t set[2]; /* a bit each */
	size_t least, most;
};

struct pattern {
	bool at_begin, at_end;
	size_t count;
	struct item items[ITEMS_MOST];
};

static void add(struct item *item, unsigned char c)
{
	item->set[c / 64] |= (uint64_t)1 << (c % 64);
}

static void add_range(struct item *item, unsigned char first, unsigned char last)
{
	for (unsigned c = first; c <= last; c++)
		add(item, (unsigned char)c);
}

static bool has(const struct item *item, char c)
{
	return item->set[(unsigned char)c / 64] >> ((unsigned char)c % 64) & 1;
}

/* ---- reading ---- */

static bool is_punctuation(char c)
{
	return c > ' ' && c < 0x7f && !(c >= '0' && c <= '9') &&
		!(char_lower(c) >= 'a' && char_lower(c) <= 'z') && c != '_';
}

static bool take(struct str *text, char c)
{
	if (str_empty(*text) || text->data[0] != c)
		return false;
	*text = str_slice(*text, 1, SIZE_MAX);
	return true;
}

/*
 * What stands behind a backslash: a class of characters, which is added, or one that stands for itself.  False for
 * anything else.
 */
static bool read_escape(struct str *text, struct item *item, int *ret_character)
{
	char c = str_empty(*text) ? '\0' : text->data[0];

	*ret_character = -1;
	*text = str_slice(*text, 1, SIZE_MAX);
	if (c == 'd' || c == 'w')
		add_range(item, '0', '9');
	if (c == 'd')
		return true;
	if (c == 'w') {
		add_range(item, 'a', 'z');
		add_range(item, 'A', 'Z');
		add(item, '_');
		return true;
	}
	*ret_character = c;
	return is_punctuation(c);
}

/* One character of a class, or a class within it (-1), which is added. */
static bool read_atom(struct str *text, struct item *item, int *ret_character)
{
	if (str_empty(*text))
		return false;
	if (take(text, '\\'))
		return read_escape(text, item, ret_character);
	*ret_character = text->data[0];
	*text = str_slice(*text, 1, SIZE_MAX);
	return *ret_character >= ' ' && *ret_character < 0x7f;
}

/* Behind "[". */
static bool read_class(struct str *text, struct item *item)
{
	bool is_not = take(text, '^');

	if (take(text, ']'))
		return false;
	while (!take(text, ']')) {
		int first, last;

		if (!read_atom(text, item, &first))
			return false;
		last = first;
		if (text->len >= 2 && text->data[0] == '-' && text->data[1] != ']') {
			(void)take(text, '-');
			if (!read_atom(text, item, &last) || first < 0 || last < first)
				return false;
		}
		if (first >= 0)
			add_range(item, (unsigned char)first, (unsigned char)last);
	}
	for (size_t i = 0; is_not && i < COUNT_OF(item->set); i++)
		item->set[i] = ~item->set[i];
	return true;
}

static bool read_number(struct str *text, size_t *ret_number)
{
	size_t at = 0;
	uint64_t number;

	while (at < text->len && text->data[at] >= '0' && text->data[at] <= '9')
		at++;
	if (at > 6 || !str_to_u64(str_slice(*text, 0, at), &number))
		return false;
	*text = str_slice(*text, at, SIZE_MAX);
	*ret_number = (size_t)number;
	return true;
}

/* Behind "{". */
static bool read_times(struct str *text, struct item *item)
{
	if (!read_number(text, &item->least))
		return false;
	item->most = item->least;
	if (take(text, ',')) {
		item->most = SIZE_MAX;
		if (!str_empty(*text) && text->data[0] != '}' && !read_number(text, &item->most))
			return false;
	}
	return item->least <= item->most && take(text, '}');
}

static bool read_quantifier(struct str *text, struct item *item)
{
	item->least = item->most = 1;
	if (take(text, '*')) {
		item->least = 0;
		item->most = SIZE_MAX;
	} else if (take(text, '+')) {
		item->most = SIZE_MAX;
	} else if (take(text, '?')) {
		item->least = 0;
	} else if (take(text, '{') && !read_times(text, item)) {
		return false;
	}
	/* A second one says how to search. */
	return str_empty(*text) || !memchr("*+?{", text->data[0], 4);
}

static bool read_item(struct str *text, struct item *item)
{
	int character = -1;

	*item = (struct item){{0, 0}, 0, 0};
	if (take(text, '[')) {
		if (!read_class(text, item))
			return false;
	} else if (take(text, '.')) {
		add_range(item, 0, ASCII - 1);
		item->set[0] &= ~((uint64_t)1 << '\n' | (uint64_t)1 << '\r');
	} else if (take(text, '\\')) {
		if (!read_escape(text, item, &character))
			return false;
	} else {
		character = text->data[0];
		*text = str_slice(*text, 1, SIZE_MAX);
		if (character < ' ' || character >= 0x7f || strchr("^$()|*+?{}]", character))
			return false;
	}
	if (character >= 0)
		add(item, (unsigned char)character);
	return read_quantifier(text, item);
}

const struct pattern *pattern_read(struct str text, struct arena *arena)
{
	struct pattern pattern = {.at_begin = take(&text, '^')}, *kept;

	while (!str_empty(text)) {
		if (text.len == 1 && take(&text, '$')) {
			pattern.at_end = true;
			break;
		}
		if (pattern.count == ITEMS_MOST ||
			!read_item(&text, &pattern.items[pattern.count++]))
			return NULL;
	}
	kept = ARENA_NEW(arena, struct pattern);
	if (kept)
		*kept = pattern;
	return kept;
}

/* ---- finding ---- */

static bool fits(const struct pattern *pattern, size_t index, struct str text, size_t *steps)
{
	const struct item *item = &pattern->items[index];
	size_t count = 0;

	if (index == pattern->count)
		return !pattern->at_end || str_empty(text);
	while (count < item->most && count < text.len && has(item, text.data[count]))
		count++;
	for (;; count--) {
		if (count < item->least || ++*steps > STEPS_MOST)
			return false;
		if (fits(pattern, index + 1, str_slice(text, count, SIZE_MAX), steps))
			return true;
		if (!count)
			return false;
	}
}

bool pattern_finds(const struct pattern *pattern, struct str text)
{
	size_t steps = 0;

	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)text.data[i] >= ASCII)
			return false;
	for (size_t i = 0; i <= text.len; i++)
		if (fits(pattern, 0, str_slice(text, i, SIZE_MAX), &steps))
			return true;
		else if (pattern->at_begin)
			break;
	return false;
}
