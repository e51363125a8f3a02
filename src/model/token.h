/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A unit of visible text as words, numbers, addresses and marks; inside
 * src/model only.
 */
#ifndef WEIR_MODEL_TOKEN_H
#define WEIR_MODEL_TOKEN_H

#include "model/visible.h"

enum token_type { TOKEN_WORD, TOKEN_NUMBER, TOKEN_ADDRESS, TOKEN_MARK, TOKEN_ARROW, TOKEN_EQUALS };

struct token {
	enum token_type type;
	struct str text;
	struct str lower;
	const struct word *word; /* never NULL */
	bool quoted;             /* in code, or alone between quotation marks */
	char mark;               /* of TOKEN_MARK: . , ; : ( ) | ! ? + - or a line feed */
	/* TOKEN_ADDRESS: what it names; NULL: nothing. */
	const struct name *names;
	size_t name_count;
	struct str attribute; /* behind the address, absent if nothing */
	/* Filled by the readers. */
	struct str deposed; /* it stands for this deposed object of its address */
	enum said said;     /* what it says here; its word's, unless the sentence tells more */
	unsigned bound;     /* bits of enum said: what is said of this address */
	bool used;          /* it says something about a number, or a no: of no address */
	bool explained;     /* an action that belongs to an address */
	bool checked;       /* a number or value that was held against the plan */
};

struct tokens {
	struct token *items;
	size_t count, room;
};

int tokens_read(const struct verify *verify, struct str text, struct tokens *ret_tokens,
	struct error *err) WEIR_NODISCARD;

static inline bool token_is(const struct token *token, const char *lower)
{
	return token->type == TOKEN_WORD && str_is(token->lower, lower);
}

#endif
