/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How texts are parted into words: the same for what is indexed and for what is looked for, so that both meet.
 */
#include "catalog/words.h"

static bool is_small(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

static bool is_capital(char c)
{
	return c >= 'A' && c <= 'Z';
}

static void add_word(struct words *words, struct str text, struct arena *arena)
{
	struct str word = arena_str(arena, text);
	char *to = (char *)(uintptr_t)word.data;

	if (words->count == WORDS_MOST || str_absent(word) ||
		!arena_grow(arena, (void **)&words->items, words->count, &words->room,
			sizeof(*words->items)))
		return;
	for (size_t i = 0; i < word.len; i++)
		to[i] = char_lower(to[i]);
	words->items[words->count++] = word;
}

void words_add(struct words *words, struct str text, struct arena *arena)
{
	size_t at = 0;

	while (at < text.len) {
		size_t from = at;

		while (at < text.len && is_capital(text.data[at]))
			at++;
		/* The last of several capitals begins the next word: "IAMRole" is "iam role"; but "IDs" is "ids". */
		if (at - from > 1 && at + 1 < text.len && is_small(text.data[at]) &&
			is_small(text.data[at + 1])) {
			add_word(words, str_slice(text, from, at - 1), arena);
			from = at - 1;
		}
		while (at < text.len && is_small(text.data[at]))
			at++;
		if (at > from)
			add_word(words, str_slice(text, from, at), arena);
		else
			at++;
	}
}

bool words_is_empty(struct str word)
{
	static const char *const empty[] = {"a", "about", "after", "all", "am", "an", "and", "any",
		"are", "as", "at", "be", "been", "before", "by", "can", "could", "do", "does",
		"each", "for", "from", "has", "have", "having", "how", "i", "if", "in", "into",
		"is", "it", "its", "make", "may", "me", "must", "my", "need", "no", "not", "of",
		"on", "one", "only", "or", "our", "out", "should", "so", "some", "something",
		"such", "than", "that", "the", "their", "them", "then", "there", "these", "they",
		"thing", "this", "those", "to", "too", "up", "us", "use", "used", "uses", "using",
		"want", "was", "we", "were", "what", "when", "where", "whether", "which", "while",
		"who", "whose", "will", "with", "without", "would", "you", "your"};
	size_t low = 0, high = COUNT_OF(empty);

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = str_cmp(str_of(empty[middle]), word);

		if (order == 0)
			return true;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return word.len < 2;
}

struct str words_join(const struct words *words, struct arena *arena)
{
	size_t size = 0, at = 0;
	char *text;

	for (size_t i = 0; i < words->count; i++)
		size += words->items[i].len + 1;
	text = arena_alloc(arena, size);
	if (!text)
		return (struct str){NULL, 0};
	for (size_t i = 0; i < words->count; i++) {
		memcpy(text + at, words->items[i].data, words->items[i].len);
		at += words->items[i].len;
		text[at++] = ' ';
	}
	return (struct str){text, at ? at - 1 : 0};
}
