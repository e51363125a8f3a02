/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which known word a mistyped one is nearest to.  Apart from str.c, since
 * only messages need it: no decision ever rests on a guess.
 */
#include "base/suggest.h"

#include <string.h>

enum { LONGEST = 64 };

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Optimal string alignment, by rows: the row before last is kept for swaps. */
size_t suggest_distance(struct str a, struct str b)
{
	size_t rows[3][LONGEST + 1];
	size_t *before = rows[0], *last = rows[1], *row = rows[2];

	if (a.len > LONGEST || b.len > LONGEST)
		return SIZE_MAX;
	for (size_t j = 0; j <= b.len; j++)
		last[j] = j;
	memset(before, 0, sizeof(rows[0]));
	for (size_t i = 1; i <= a.len; i++) {
		size_t *spare = before;

		row[0] = i;
		for (size_t j = 1; j <= b.len; j++) {
			bool same = a.data[i - 1] == b.data[j - 1];

			row[j] = least(last[j - 1] + !same, least(last[j], row[j - 1]) + 1);
			if (i > 1 && j > 1 && a.data[i - 1] == b.data[j - 2] &&
				a.data[i - 2] == b.data[j - 1])
				row[j] = least(row[j], before[j - 2] + 1);
		}
		before = last;
		last = row;
		row = spare;
	}
	return last[b.len];
}

void suggest_offer(struct suggestion *suggestion, struct str known)
{
	size_t distance = suggest_distance(suggestion->typed, known);
	size_t most = suggestion->typed.len < 6 ? 1 : suggestion->typed.len / 3;

	/* The start of a longer word is no slip, but the reader wants to be told the rest. */
	if (distance > most && suggestion->typed.len >= 3 && str_starts(known, suggestion->typed))
		distance = most;
	if (distance > most)
		return;
	if (str_absent(suggestion->best) || distance < suggestion->distance) {
		suggestion->best = known;
		suggestion->distance = distance;
	}
}

struct str suggest_result(const struct suggestion *suggestion)
{
	return suggestion->best;
}
