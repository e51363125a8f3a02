/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The set of known secrets, and which of them are worth looking for everywhere.
 *
 * A short or common value that happens to be marked sensitive ("postgres", 5432,
 * true) must not rewrite the rest of the plan: the reader would lose the meaning and
 * could read the secret off the holes.  Such a value is hidden where it is marked.
 */
#include "redact/secrets.h"

#include <string.h>

#include "base/hash.h"

static size_t slot_of(const struct secrets *secrets, struct str text)
{
	size_t mask = secrets->slot_count - 1;
	size_t slot = (size_t)hash_bytes(text, 0) & mask;

	while (secrets->slots[slot] && !str_eq(secrets->items[secrets->slots[slot] - 1].text, text))
		slot = (slot + 1) & mask;
	return slot;
}

static bool grow_slots(struct secrets *secrets)
{
	size_t count = secrets->slot_count ? secrets->slot_count * 2 : 64;
	uint32_t *slots = ARENA_ARRAY(secrets->arena, uint32_t, count);

	if (!slots)
		return false;
	secrets->slots = slots;
	secrets->slot_count = count;
	for (size_t i = 0; i < secrets->count; i++)
		slots[slot_of(secrets, secrets->items[i].text)] = (uint32_t)i + 1;
	return true;
}

bool secrets_add(struct secrets *secrets, struct str text, enum secret_rank rank)
{
	struct secret secret = {.rank = (uint8_t)rank};
	size_t known = secrets_find(secrets, text);

	if (known != SIZE_MAX && secrets->items[known].rank < rank)
		secrets->items[known].rank = (uint8_t)rank;
	if (text.len == 0 || known != SIZE_MAX)
		return true;
	secret.strong = secret_is_strong(text);
	secret.text = arena_str(secrets->arena, text);
	if (str_absent(secret.text) ||
		!arena_grow(secrets->arena, (void **)&secrets->items, secrets->count,
			&secrets->room, sizeof(*secrets->items)))
		return false;
	if (secrets->count * 2 >= secrets->slot_count && !grow_slots(secrets))
		return false;
	secrets->slots[slot_of(secrets, text)] = (uint32_t)secrets->count + 1;
	secrets->items[secrets->count++] = secret;
	return true;
}

size_t secrets_find(const struct secrets *secrets, struct str text)
{
	uint32_t found;

	if (!secrets->slot_count)
		return SIZE_MAX;
	found = secrets->slots[slot_of(secrets, text)];
	return found ? found - 1 : SIZE_MAX;
}

/* Bits of a random text of these kinds of characters, in hundredths. */
static unsigned text_centibits(struct str text)
{
	bool lower = false, upper = false, digit = false, other = false, wide = false;
	unsigned each;
	/* log2 of the alphabet in hundredths, by number of letters it has. */
	static const struct {
		unsigned letters, centibits;
	} table[] = {{10, 332}, {26, 470}, {33, 504}, {36, 517}, {43, 542}, {52, 570}, {59, 588},
		{62, 595}, {69, 610}, {85, 640}, {95, 657}, {223, 780}};
	unsigned letters;

	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.data[i];

		lower |= c >= 'a' && c <= 'z';
		upper |= c >= 'A' && c <= 'Z';
		digit |= c >= '0' && c <= '9';
		wide |= c >= 0x80;
		other |= c < '0' || (c > '9' && c < 'A') || (c > 'Z' && c < 'a') ||
			(c > 'z' && c < 0x80);
	}
	letters = 26u * lower + 26u * upper + 10u * digit + 33u * other + 128u * wide;
	each = 0;
	for (size_t i = 0; i < COUNT_OF(table); i++)
		if (letters >= table[i].letters)
			each = table[i].centibits;
	return each * (unsigned)(text.len > 1000 ? 1000 : text.len);
}

bool secret_is_strong(struct str text)
{
	struct str trimmed = str_trim(text);
	bool same = true;

	if (trimmed.len < SECRET_LEAST)
		return false;
	if (trimmed.len < 8 && text_centibits(trimmed) < 4000)
		return false;
	for (size_t i = 1; i < trimmed.len && same; i++)
		same = trimmed.data[i] == trimmed.data[0];
	return !same && !text_is_common(trimmed);
}
