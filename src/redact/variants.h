/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The forms in which a secret can stand in a text, as patterns for the matcher.
 * Inside src/redact only.
 */
#ifndef WEIR_REDACT_VARIANTS_H
#define WEIR_REDACT_VARIANTS_H

#include "redact/matcher.h"

enum variant_flags {
	/* The base64 character before or behind the pattern holds bits of the secret too. */
	VARIANT_MORE_BEFORE = 1,
	VARIANT_MORE_BEHIND = 2,
};

/* Adds the patterns of one secret, all with `value`. False when the arena refused. */
bool variants_add(struct matcher *matcher, struct str secret, uint32_t value, struct arena *arena);

/* Strict base64 or base64url, padded or not, without line breaks: the bytes, or absent. */
struct str base64_decode(struct str text, struct arena *arena);

#endif
