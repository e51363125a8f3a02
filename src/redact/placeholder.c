/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How a placeholder is made and recognised; the only file that knows its form.
 *
 * 64 bits of an HMAC: equal secrets get equal placeholders, and without the key
 * nobody can test a guess.  A number gets digits, so that a reader with a schema still
 * finds a number there.
 */
#include <string.h>

#include "base/hash.h"
#include "redact/secrets.h"

static const char number_mark[] = "80551";

void placeholder_write(struct str key, struct str text, char ret_text[PLACEHOLDER_LEN])
{
	unsigned char digest[SHA256_BYTES];
	char hex[17];

	hmac_sha256(key, text, digest);
	hex_encode(digest, 8, hex);
	memcpy(ret_text, REDACT_PREFIX, sizeof(REDACT_PREFIX) - 1);
	memcpy(ret_text + sizeof(REDACT_PREFIX) - 1, hex, 16);
}

void placeholder_number(struct str key, struct str text, char ret_digits[NUMBER_PLACEHOLDER_LEN])
{
	unsigned char digest[SHA256_BYTES];
	uint64_t value = 0;

	hmac_sha256(key, text, digest);
	for (size_t i = 0; i < 8; i++)
		value = value << 8 | digest[i];
	memcpy(ret_digits, number_mark, sizeof(number_mark) - 1);
	for (size_t i = NUMBER_PLACEHOLDER_LEN; i-- > sizeof(number_mark) - 1;) {
		ret_digits[i] = (char)('0' + value % 10);
		value /= 10;
	}
}

bool placeholder_is_number(struct str digits)
{
	return digits.len == NUMBER_PLACEHOLDER_LEN && str_starts(digits, STR("80551"));
}

bool placeholder_at(struct str text, size_t at)
{
	struct str form = str_slice(text, at, at + PLACEHOLDER_LEN);

	if (form.len < PLACEHOLDER_LEN || !str_starts(form, STR(REDACT_PREFIX)))
		return false;
	for (size_t i = sizeof(REDACT_PREFIX) - 1; i < form.len; i++) {
		char c = form.data[i];

		if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')))
			return false;
	}
	return true;
}

bool placeholder_in(struct str text)
{
	for (size_t at = 0; at + PLACEHOLDER_LEN <= text.len; at++) {
		size_t found = str_find(str_slice(text, at, text.len), STR(REDACT_PREFIX));

		if (found == SIZE_MAX)
			return false;
		at += found;
		if (placeholder_at(text, at))
			return true;
	}
	return false;
}
