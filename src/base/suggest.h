/* SPDX-License-Identifier: Apache-2.0 */
/*
 * "Did you mean": the known word that is nearest to one that is not known.
 */
#ifndef WEIR_BASE_SUGGEST_H
#define WEIR_BASE_SUGGEST_H

#include "base/str.h"

/*
 * The number of letters to insert, drop, replace or swap with the neighbour to turn `a` into `b`.
 * Texts longer than 64 bytes are infinitely far (SIZE_MAX).
 */
size_t suggest_distance(struct str a, struct str b);

/* The best candidate so far. Zero-initialise, and set `typed`. */
struct suggestion {
	struct str typed;
	struct str best;
	size_t distance;
};

/* Considers a known word. Of equally near ones the first offered stays. */
void suggest_offer(struct suggestion *suggestion, struct str known);
/*
 * The nearest word, or the absent slice when none is near enough to be a slip: at most a third of
 * the typed letters (and at least one) may differ; a known word that begins with what was typed
 * counts as near.
 */
struct str suggest_result(const struct suggestion *suggestion);

#endif
