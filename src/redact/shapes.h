/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Secrets by how they look: tokens of known makers, keys in PEM, passwords in
 * URLs, assignments to secret names, and text too random to be anything else.
 * Inside src/redact only.
 */
#ifndef WEIR_REDACT_SHAPES_H
#define WEIR_REDACT_SHAPES_H

#include "base/str.h"

/* Called for each secret found: text[start, end). False stops the search. */
typedef bool shape_fn(size_t start, size_t end, void *payload);

/* Which three characters a token can begin with: by the first two, a bit for each third one. */
struct shapes_index {
	uint64_t thirds[64 * 64];
};
void shapes_index_init(struct shapes_index *index);
/* Of characters of ASCII; others fall on the same, which costs a look in vain. */
static inline unsigned shapes_pair(const char *p)
{
	return ((unsigned)p[0] & 63) << 6 | ((unsigned)p[1] & 63);
}
/* Whether a token of the table, a web token or a bare key can begin at `at`. */
static inline bool shapes_may_begin(const struct shapes_index *index, struct str text, size_t at)
{
	const char *p = text.data + at;

	return at + 3 <= text.len && index->thirds[shapes_pair(p)] >> ((unsigned)p[2] & 63) & 1;
}

enum {
	/* Shorter runs of base64 are not decoded. */
	BASE64_LEAST = 16,
	/* Shorter words are never too random; nor shorter ones of letters of one case. */
	RANDOM_LEAST = 20,
	RANDOM_ONE_CASE_LEAST = 32,
};

/* Tokens of known makers, keys in PEM, JSON web tokens, passwords in URLs. */
bool shapes_known(
	const struct shapes_index *index, struct str text, shape_fn *found, void *payload);
/* Values assigned to secret names: PASSWORD=x, "password": "x", --token x, {"name": "PASSWORD", "value": "x"}. */
bool shapes_assigned(struct str text, shape_fn *found, void *payload);
/* Random-looking words that are no digest, id, ARN, public key or certificate. */
bool shapes_random(struct str text, shape_fn *found, void *payload);

/* Whether one word (base64 characters only) looks random; used by shapes_random(). */
bool word_is_random(struct str word);
/* The password in the URL whose "://" is at `colon`; false if there is none. */
bool url_password(struct str text, size_t colon, size_t *ret_start, size_t *ret_end);

#endif
