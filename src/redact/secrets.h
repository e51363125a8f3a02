/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The set of secrets that a redactor knows, each once, and the placeholder of
 * each.  Inside src/redact only.
 */
#ifndef WEIR_REDACT_SECRETS_H
#define WEIR_REDACT_SECRETS_H

#include "base/memory.h"
#include "redact/redact.h"

enum {
	/* "weir-redacted-" and 16 hex digits. */
	PLACEHOLDER_LEN = sizeof(REDACT_PREFIX) - 1 + 16,
	/* Shortest secret that is looked for away from its marked path. */
	SECRET_LEAST = 7,
};

struct secret {
	struct str text; /* as it is, decoded; the set's own copy */
	/* Looked for everywhere; else hidden only where it is marked. */
	bool strong;
	uint8_t rank; /* enum secret_rank */
};

/* How sure we are; where found texts overlap, the surest gives the placeholder. */
enum secret_rank { RANK_RANDOM, RANK_SHAPE, RANK_MARKED };

struct secrets {
	struct arena *arena;
	struct secret *items;
	size_t count;
	size_t room;
	/* Open addressing: index + 1, 0 is free; a power of two. */
	uint32_t *slots;
	size_t slot_count;
};

/* Adds a copy of `text`; a known one keeps the higher rank. False when the arena refused. */
bool secrets_add(struct secrets *secrets, struct str text, enum secret_rank rank);
/* Index of a known secret, or SIZE_MAX. */
size_t secrets_find(const struct secrets *secrets, struct str text);

/*
 * True if a value is looked for away from its marked path: at least 8 bytes, or 40 bits by its
 * kinds of characters, and no word, name, number or range that plans are full of anyway.
 */
bool secret_is_strong(struct str text);
/* True for words, regions, instance types, networks, ... : values that hide nothing. */
bool text_is_common(struct str text);
/* For a test: the list is in the order that its search needs. */
bool common_words_sorted(void);

/* Writes the placeholder of a text under a key, without a NUL. */
void placeholder_write(struct str key, struct str text, char ret_text[PLACEHOLDER_LEN]);
/* A number's: 16 digits, exact in a double, beginning with 80551. */
enum { NUMBER_PLACEHOLDER_LEN = 16 };
void placeholder_number(struct str key, struct str text, char ret_digits[NUMBER_PLACEHOLDER_LEN]);
bool placeholder_is_number(struct str digits);
/* Whether something that looks like a placeholder stands at `at`, or anywhere. */
bool placeholder_at(struct str text, size_t at);
bool placeholder_in(struct str text);

#endif
