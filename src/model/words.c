/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The lists of words, from data to a sorted table.  What the lists mean stands
 * in docs/verify.md; which words are in them is data alone.
 */
#include "model/words.h"

#include <stdlib.h>

#include "base/builtin.h"
#include "base/json.h"

struct phrase {
	enum word_list list;
	struct str text;
	struct str first; /* its first word */
	size_t count;     /* of words */
};

struct words {
	struct arena *arena;
	struct word *items;
	size_t count, room;
	struct phrase *phrases;
	size_t phrase_count, phrase_room;
};

static const char *const list_keys[] = {
#define LIST(name, text) text,
	WORD_LISTS(LIST)
#undef LIST
};

static const struct str said_names[] = {STR_INIT("nothing"),
#define SAID(name, text) STR_INIT(text),
	SAID_ACTIONS(SAID)
#undef SAID
};

struct str said_name(enum said said)
{
	return said_names[said];
}

static bool add(struct words *words, struct word word)
{
	if (!arena_grow(words->arena, (void **)&words->items, words->count, &words->room,
		    sizeof(*words->items)))
		return false;
	words->items[words->count++] = word;
	return true;
}

static bool add_phrase(struct words *words, enum word_list list, struct str text)
{
	struct phrase phrase = {.list = list, .text = text};
	struct str rest = text;

	phrase.first = str_split(&rest, ' ');
	for (phrase.count = 1; !str_absent(rest); phrase.count++)
		str_split(&rest, ' ');
	if (!arena_grow(words->arena, (void **)&words->phrases, words->phrase_count,
		    &words->phrase_room, sizeof(*words->phrases)))
		return false;
	words->phrases[words->phrase_count++] = phrase;
	return true;
}

static bool read_list(struct words *words, struct node array, enum word_list list)
{
	struct node_iter it = node_children(array);

	while (node_next(&it)) {
		struct str text = node_text(it.value, words->arena);

		if (str_find_char(text, ' ') == SIZE_MAX &&
			!add(words, (struct word){text, 1u << list, SAID_NONE, 0, -1}))
			return false;
		if (!add_phrase(words, list, text))
			return false;
	}
	return true;
}

static bool read_voice(struct words *words, struct node array, enum said said, unsigned voice)
{
	struct node_iter it = node_children(array);

	while (node_next(&it))
		if (!add(words,
			    (struct word){node_text(it.value, words->arena), 0, said, voice, -1}))
			return false;
	return true;
}

static bool read_actions(struct words *words, struct node actions)
{
	for (enum said said = SAID_NONE + 1; said < SAID_COUNT; said++) {
		struct node forms = node_get(actions, said_names[said]);

		if (!read_voice(words, NODE_GET(forms, "active"), said, VOICE_ACTIVE) ||
			!read_voice(words, NODE_GET(forms, "passive"), said, VOICE_PASSIVE) ||
			!read_voice(words, NODE_GET(forms, "noun"), said, VOICE_NOUN))
			return false;
	}
	return true;
}

static int by_text(const void *a, const void *b)
{
	return str_cmp(((const struct word *)a)->text, ((const struct word *)b)->text);
}

/* One entry for each word, with everything that is known of it. */
static void merge(struct words *words)
{
	size_t kept = 0;

	if (words->count)
		qsort(words->items, words->count, sizeof(*words->items), by_text);
	for (size_t i = 0; i < words->count; i++) {
		struct word *last = kept ? &words->items[kept - 1] : NULL;
		struct word *item = &words->items[i];

		if (!last || !str_eq(last->text, item->text)) {
			words->items[kept++] = *item;
			continue;
		}
		last->lists |= item->lists;
		last->voices |= item->voices;
		if (item->said)
			last->said = item->said;
		if (item->number >= 0)
			last->number = item->number;
	}
	words->count = kept;
}

int words_load(struct arena *arena, struct words **ret_words, struct error *err)
{
	struct words *words = ARENA_NEW(arena, struct words);
	const struct json_options options = {.name = STR("words/verify.yaml")};
	struct doc *parsed = NULL;
	const struct doc *doc;
	struct node_iter it;
	bool good = true;
	int r;

	if (!words)
		return error_memory(err);
	words->arena = arena;
	r = json_read(builtin_find(options.name), &options, &parsed, err);
	if (r < 0)
		return r;
	doc = doc_adopt(parsed, arena);
	if (!doc)
		return error_memory(err);
	for (enum word_list list = 0; list < WORD_LIST_COUNT && good; list++)
		good = read_list(words, node_get(doc_root(doc), str_of(list_keys[list])), list);
	good = good && read_actions(words, NODE_GET(doc_root(doc), "actions"));
	it = node_children(NODE_GET(doc_root(doc), "numbers"));
	while (good && node_next(&it))
		good = add(words,
			(struct word){node_text(it.value, arena), 0, SAID_NONE, 0, (int)it.index});
	if (!good || arena_failed(arena))
		return error_memory(err);
	merge(words);
	*ret_words = words;
	return 0;
}

const struct word *words_find(const struct words *words, struct str lower)
{
	static const struct word unknown = {.number = -1};
	const struct word key = {.text = lower};
	const struct word *found = words->count
		? bsearch(&key, words->items, words->count, sizeof(*words->items), by_text)
		: NULL;

	return found ? found : &unknown;
}

size_t words_phrase(
	const struct words *words, enum word_list list, const struct str *lower, size_t count)
{
	size_t longest = 0;

	for (size_t i = 0; i < words->phrase_count && count; i++) {
		const struct phrase *phrase = &words->phrases[i];
		struct str rest = phrase->text;
		size_t k = 0;

		if (phrase->list != list || phrase->count > count || phrase->count <= longest ||
			!str_eq(phrase->first, lower[0]))
			continue;
		while (k < phrase->count && str_eq(str_split(&rest, ' '), lower[k]))
			k++;
		if (k == phrase->count)
			longest = k;
	}
	return longest;
}
