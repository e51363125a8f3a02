/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One sentence under the eyes of the checks; inside src/model only.  Each check
 * looks at one thing and appends its own findings.
 */
#ifndef WEIR_MODEL_PROSE_H
#define WEIR_MODEL_PROSE_H

#include "model/token.h"

struct sentence {
	struct token *tokens;
	size_t count;
	enum unit_kind kind;
	unsigned line;
	bool addresses;     /* it names any */
	bool negated;       /* a no that was not understood: nothing in it is believed */
	bool hedged;        /* "might be", "was": it tells of no fact */
	struct str *lowers; /* of each token; absent for what is no word */
};

struct reader {
	struct verify *verify;
	const struct change *subject; /* what a reason is about; NULL in a summary */
	bool counts_replaced;         /* replacements are counted apart from deletes */
	unsigned lead;                /* what the words above a list say of its items */
	bool lead_negated;
	struct sentence before; /* the last one of this unit that names an address */
};

/* How many marks and words a phrase of a list takes from token `at` on; 0: none begins there. */
size_t sentence_phrase(const struct reader *reader, const struct sentence *sentence, size_t at,
	enum word_list list);
/* Whether words to whoever checks begin at token `at`, whatever marks stand between them. */
bool sentence_speaks(const struct reader *reader, const struct sentence *sentence, size_t at);
/* Whether any object that an address token stands for may have this said of it. */
bool token_allows(const struct token *token, enum said said);
/* ...and whether all may. */
bool token_allows_all(const struct token *token, enum said said);
bool sentence_allows(const struct reader *reader, const struct sentence *sentence, enum said said);
/* Whether the sentence names an object that is destroyed or in danger. */
bool sentence_has_need(const struct reader *reader, const struct sentence *sentence);
/* How often a plan does this, by Terraform's way of counting. */
size_t count_of_said(const struct facts *facts, enum said said);

void check_numbers(struct reader *reader, struct sentence *sentence);
void check_negations(struct reader *reader, struct sentence *sentence);
void check_tone(struct reader *reader, struct sentence *sentence);
void check_actions(struct reader *reader, struct sentence *sentence);
int check_values(
	struct reader *reader, struct sentence *sentence, struct error *err) WEIR_NODISCARD;
/* Fills `said` where words around an action change it. */
void settle_actions(struct sentence *sentence);

/* Words to one another, never over a full clause. */
static inline bool ends_clause(const struct token *token)
{
	return token->type == TOKEN_MARK && strchr(",:()|-\n", token->mark);
}

#endif
