/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How many tokens a language model would count in a text, from above.
 */
#ifndef WEIR_BASE_TOKENS_H
#define WEIR_BASE_TOKENS_H

#include "base/str.h"

/*
 * An estimate that needs no vocabulary and is the same for every model: a letter that begins a word or a
 * capital begins a token, as does every third letter of a word; of digits every second; each mark, each
 * line feed and each byte beyond ASCII is one; blanks are one a run, and none as a single one before a word.
 *
 * It is meant never to be below what byte-pair encoders of today count in plans, reports and
 * English prose (tests/base/tokens: cl100k and o200k); there it is 1.1 to 2.2 times as much.
 */
size_t token_estimate(struct str text);

#endif
