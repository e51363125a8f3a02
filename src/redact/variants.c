/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which forms of a secret are looked for as they are: itself, its decoded self
 * where it is base64, the lines of a key in PEM, hex in both cases, and base64 at all three
 * alignments.  Forms with many spellings (JSON escapes, %XX) are not listed here: view.c
 * undoes them in the text instead.
 *
 * Base64 puts 3 bytes in 4 characters, so a secret inside a longer text begins at one of three
 * alignments.  The characters that it fully determines are the pattern; those at its edges mix in a
 * neighbour's bits and are hidden along with it.
 *
 *	bytes    |....,....,....|       alignment 1: one foreign byte first
 *	chars    |...|...|...|...|      the second char is mixed, the third is ours alone
 */
#include "redact/variants.h"

#include <string.h>

static const char standard[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static const char for_urls[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/* Six bits from bit `at` on of bytes behind `shift` foreign zero bytes. */
static unsigned six_bits(struct str bytes, size_t shift, size_t at)
{
	unsigned value = 0;

	for (size_t bit = at; bit < at + 6; bit++) {
		size_t byte = bit / 8 - shift;
		unsigned set = (unsigned char)bytes.data[byte] >> (7 - bit % 8) & 1;

		value = value << 1 | set;
	}
	return value;
}

static bool add_base64(struct matcher *matcher, struct str secret, size_t shift,
	const char *letters, uint32_t value, struct arena *arena)
{
	size_t first = (shift * 8 + 5) / 6, end = (shift + secret.len) * 8 / 6;
	bool mixed_before = shift * 8 % 6 != 0, mixed_behind = (shift + secret.len) * 8 % 6 != 0;
	char *text;

	if (end <= first)
		return true;
	text = arena_alloc(arena, end - first);
	if (!text)
		return false;
	for (size_t i = first; i < end; i++)
		text[i - first] = letters[six_bits(secret, shift, i * 6)];
	return matcher_add(matcher,
		(struct pattern){.data = text,
			.len = (uint32_t)(end - first),
			.value = value,
			.flags = (uint8_t)((mixed_before ? VARIANT_MORE_BEFORE : 0) |
				(mixed_behind ? VARIANT_MORE_BEHIND : 0))});
}

/* Both alphabets, where they differ. */
static bool add_base64_forms(
	struct matcher *matcher, struct str secret, uint32_t value, struct arena *arena)
{
	for (size_t shift = 0; shift < 3; shift++) {
		size_t before = matcher->count;
		const struct pattern *added;

		if (!add_base64(matcher, secret, shift, standard, value, arena))
			return false;
		if (matcher->count == before)
			continue;
		added = &matcher->patterns[before];
		if (!memchr(added->data, '+', added->len) && !memchr(added->data, '/', added->len))
			continue;
		if (!add_base64(matcher, secret, shift, for_urls, value, arena))
			return false;
	}
	return true;
}

static bool add_hex(struct matcher *matcher, struct str secret, const char *digits, uint32_t value,
	struct arena *arena)
{
	char *text = arena_alloc(arena, size_mul(secret.len, 2));

	if (!text)
		return false;
	for (size_t i = 0; i < secret.len; i++) {
		text[2 * i] = digits[(unsigned char)secret.data[i] >> 4];
		text[2 * i + 1] = digits[(unsigned char)secret.data[i] & 15];
	}
	return matcher_add(matcher,
		(struct pattern){.data = text, .len = (uint32_t)secret.len * 2, .value = value});
}

static bool is_ascii(struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)text.data[i] >= 0x80)
			return false;
	return true;
}

static bool add_forms(
	struct matcher *matcher, struct str secret, uint32_t value, struct arena *arena)
{
	if (secret.len > UINT32_MAX / 4 || secret.len < MATCHER_LEAST)
		return true;
	if (!matcher_add(matcher,
		    (struct pattern){
			    .data = secret.data, .len = (uint32_t)secret.len, .value = value}))
		return false;
	/* A mebibyte of secret is looked for as it is; its other forms would cost four times that. */
	if (secret.len > 1024 * 1024)
		return true;
	return add_hex(matcher, secret, "0123456789abcdef", value, arena) &&
		add_hex(matcher, secret, "0123456789ABCDEF", value, arena) &&
		add_base64_forms(matcher, secret, value, arena);
}

static int base64_value(char c)
{
	const char *found = c ? strchr(standard, c) : NULL;

	if (found)
		return (int)(found - standard);
	return c == '-' ? 62 : c == '_' ? 63 : -1;
}

struct str base64_decode(struct str text, struct arena *arena)
{
	char *bytes;
	size_t len = 0;
	unsigned bits = 0, have = 0;

	while (text.len && text.data[text.len - 1] == '=')
		text.len--;
	bytes = text.len % 4 == 1 ? NULL : arena_alloc(arena, text.len / 4 * 3 + 3);
	if (!bytes)
		return (struct str){NULL, 0};
	for (size_t i = 0; i < text.len; i++) {
		int value = base64_value(text.data[i]);

		if (value < 0)
			return (struct str){NULL, 0};
		bits = bits << 6 | (unsigned)value;
		have += 6;
		if (have >= 8) {
			have -= 8;
			bytes[len++] = (char)(bits >> have & 0xff);
		}
	}
	return (struct str){bytes, len};
}

static bool is_printable(struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.data[i];

		if ((c < 0x20 && c != '\n' && c != '\r' && c != '\t') || c == 0x7f)
			return false;
	}
	return true;
}

/* A line that is nothing but base64, as in a key. */
static bool is_key_line(struct str line)
{
	if (line.len < 32)
		return false;
	for (size_t i = 0; i < line.len; i++)
		if (base64_value(line.data[i]) < 0 && line.data[i] != '=')
			return false;
	return true;
}

/* A key in PEM may be indented, joined or broken with other line ends: each of its lines counts. */
static bool add_key_lines(
	struct matcher *matcher, struct str secret, uint32_t value, struct arena *arena)
{
	struct str rest = secret;

	if (str_find(secret, STR("-----BEGIN")) == SIZE_MAX)
		return true;
	while (!str_absent(rest)) {
		struct str line = str_trim(str_split(&rest, '\n'));

		if (is_key_line(line) && !add_forms(matcher, line, value, arena))
			return false;
	}
	return true;
}

bool variants_add(struct matcher *matcher, struct str secret, uint32_t value, struct arena *arena)
{
	struct str trimmed = str_trim(secret);

	if (!add_forms(matcher, secret, value, arena))
		return false;
	if (trimmed.len != secret.len && !add_forms(matcher, trimmed, value, arena))
		return false;
	if (secret.len >= 12 && secret.len <= 1024 * 1024) {
		struct str inner = base64_decode(trimmed, arena);

		if (arena_failed(arena))
			return false;
		if (inner.len >= 8 && is_printable(inner) && is_ascii(inner) &&
			!add_forms(matcher, inner, value, arena))
			return false;
	}
	return add_key_lines(matcher, secret, value, arena);
}
