/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The closed lists of words by which a summary is read (data/words/verify.yaml).
 */
#ifndef WEIR_MODEL_WORDS_H
#define WEIR_MODEL_WORDS_H

#include "base/doc.h"

/* SAID(name, "key of actions"): what a word says happens to an object. */
#define SAID_ACTIONS(SAID)                                                                         \
	SAID(DESTROY, "destroy")                                                                   \
	SAID(END, "end")                                                                           \
	SAID(REPLACE, "replace")                                                                   \
	SAID(CREATE, "create")                                                                     \
	SAID(UPDATE, "update")                                                                     \
	SAID(CHANGE, "change")                                                                     \
	SAID(FORGET, "forget")                                                                     \
	SAID(MOVE, "move")                                                                         \
	SAID(IMPORT, "import")                                                                     \
	SAID(READ, "read")                                                                         \
	SAID(KEEP, "keep")

enum said {
	SAID_NONE,
#define SAID(name, text) SAID_##name,
	SAID_ACTIONS(SAID)
#undef SAID
		SAID_COUNT
};
struct str said_name(enum said said);

/* Where an action stands in relation to its object; a word may be several of them. */
enum { VOICE_ACTIVE = 1, VOICE_PASSIVE = 2, VOICE_NOUN = 4 };

/* LIST(name, "key"): lists that a word is in or not; longer entries are phrases. */
#define WORD_LISTS(LIST)                                                                           \
	LIST(NEGATION, "negations")                                                                \
	LIST(HARMLESS, "harmless")                                                                 \
	LIST(HEDGE, "hedges")                                                                      \
	LIST(LOSS, "loss")                                                                         \
	LIST(KEPT, "kept")                                                                         \
	LIST(WEAK_KEPT, "weak_kept")                                                               \
	LIST(DATA, "data")                                                                         \
	LIST(SOFTENS, "softens")                                                                   \
	LIST(INSTRUCTION, "instructions")                                                          \
	LIST(LINK, "links")                                                                        \
	LIST(PART, "parts")                                                                        \
	LIST(POSSIBLE, "possible")                                                                 \
	LIST(GENERIC, "generic")                                                                   \
	LIST(KNOWN, "known")

enum word_list {
#define LIST(name, text) WORD_##name,
	WORD_LISTS(LIST)
#undef LIST
		WORD_LIST_COUNT
};

struct word {
	struct str text;
	unsigned lists; /* a bit for each list that has it */
	enum said said;
	unsigned voices;
	int number; /* -1: no number word */
};

struct words;

/* Reads the lists that are built in. The document behind them lives in the arena. */
int words_load(struct arena *arena, struct words **ret_words, struct error *err) WEIR_NODISCARD;
/* What is known of a word in lower case; never NULL. */
const struct word *words_find(const struct words *words, struct str lower);

/*
 * The longest phrase (of one word or more) of a list that begins at words[0]; its number of words,
 * or 0.
 */
size_t words_phrase(
	const struct words *words, enum word_list list, const struct str *lower, size_t count);

static inline bool word_in(const struct word *word, enum word_list list)
{
	return word->lists >> list & 1;
}

#endif
