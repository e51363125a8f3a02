/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The search for known patterns.  It decides nothing about secrets.
 *
 * Each pattern's first STRIDE grams of GRAM bytes are indexed.  A text is probed at
 * every STRIDE-th position: whatever occurrence there is covers exactly one probe with one of its
 * indexed grams.  A bitmap answers most probes from the second-level cache; a list of candidates
 * is compared in full.
 *
 *	text     ....|..|..|..|..|..|       probes at multiples of 3
 *	pattern       hunter2fake           grams "hunte", "unter", "nter2"
 *
 * The order of the patterns and the text may come from the same hostile hand; work is counted, and the
 * caller hides the whole text when there is too much of it.
 */
#include "redact/matcher.h"

#include <string.h>

static uint64_t load_gram(const char *p)
{
	uint32_t low;

	memcpy(&low, p, 4);
	return (uint64_t)low | (uint64_t)(unsigned char)p[4] << 32;
}

static uint64_t mix(uint64_t gram)
{
	return gram * 0x9e3779b97f4a7c15u;
}

bool matcher_add(struct matcher *matcher, struct pattern pattern)
{
	if (pattern.len < MATCHER_LEAST)
		return true;
	if (!arena_grow(matcher->arena, (void **)&matcher->patterns, matcher->count, &matcher->room,
		    sizeof(*matcher->patterns)))
		return false;
	matcher->patterns[matcher->count++] = pattern;
	return true;
}

static unsigned log2_above(size_t value)
{
	unsigned bits = 6;

	while (bits < 30 && ((size_t)1 << bits) < value)
		bits++;
	return bits;
}

bool matcher_build(struct matcher *matcher)
{
	size_t grams = matcher->count * MATCHER_STRIDE;
	unsigned bits = log2_above(grams * 16), heads = log2_above(grams * 2);

	matcher->bit_shift = 64 - bits;
	matcher->head_shift = 64 - heads;
	matcher->bits = ARENA_ARRAY(matcher->arena, uint64_t, (size_t)1 << (bits - 6));
	matcher->heads = ARENA_ARRAY(matcher->arena, uint32_t, (size_t)1 << heads);
	matcher->entries = ARENA_ARRAY(matcher->arena, struct gram_entry, grams + 1);
	if (!matcher->bits || !matcher->heads || !matcher->entries)
		return false;
	matcher->entry_count = 1;
	for (size_t i = 0; i < matcher->count; i++) {
		const struct pattern *pattern = &matcher->patterns[i];

		for (uint16_t offset = 0; offset < MATCHER_STRIDE; offset++) {
			uint64_t hash = mix(load_gram(pattern->data + offset));
			uint32_t *head = &matcher->heads[hash >> matcher->head_shift];

			matcher->bits[hash >> matcher->bit_shift >> 6] |= (uint64_t)1
				<< (hash >> matcher->bit_shift & 63);
			matcher->entries[matcher->entry_count] = (struct gram_entry){
				.tag = (uint32_t)(hash >> 8),
				.pattern = (uint32_t)i,
				.next = *head,
				.offset = offset,
			};
			*head = (uint32_t)matcher->entry_count++;
		}
	}
	return true;
}

/* Candidates of one probe. Returns the work done, or SIZE_MAX to stop. */
static size_t try_entries(const struct matcher *matcher, struct str text, size_t at, uint64_t hash,
	matcher_fn *found, void *payload)
{
	size_t work = 0;

	for (uint32_t e = matcher->heads[hash >> matcher->head_shift]; e;) {
		const struct gram_entry *entry = &matcher->entries[e];
		const struct pattern *pattern = &matcher->patterns[entry->pattern];
		size_t start = at - entry->offset;

		e = entry->next;
		work += 4;
		if (entry->tag != (uint32_t)(hash >> 8) || at < entry->offset ||
			pattern->len > text.len - start)
			continue;
		work += pattern->len / 8;
		if (memcmp(text.data + start, pattern->data, pattern->len) != 0)
			continue;
		work += 16;
		if (!found(pattern, start, payload))
			return SIZE_MAX;
	}
	return work;
}

bool matcher_search(
	const struct matcher *matcher, struct str text, matcher_fn *found, void *payload)
{
	size_t budget = text.len * 64 + 1000000;

	if (text.len < MATCHER_LEAST || matcher->count == 0)
		return true;
	for (size_t at = 0; at + MATCHER_GRAM <= text.len; at += MATCHER_STRIDE) {
		uint64_t hash = mix(load_gram(text.data + at));
		uint64_t bit = hash >> matcher->bit_shift;
		size_t work;

		if (WEIR_LIKELY(!(matcher->bits[bit >> 6] >> (bit & 63) & 1)))
			continue;
		work = try_entries(matcher, text, at, hash, found, payload);
		if (work == SIZE_MAX || work > budget)
			return false;
		budget -= work;
	}
	return true;
}
