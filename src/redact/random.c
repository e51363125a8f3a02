/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Text too random to be a name: the last net, for secrets that nothing else
 * tells.  A word counts when its entropy is near the most that its length allows
 * and its kinds of characters alternate as chance would have it.  Digests, ids and ARNs are as
 * random and public; they are known by their form.
 */
#include <string.h>

#include "redact/shapes.h"

enum { RANDOM_MOST = 512 };

enum kind { KIND_OTHER, KIND_LOWER, KIND_UPPER, KIND_DIGIT, KIND_COUNTED };

static enum kind kind_of(char c)
{
	if (c >= 'a' && c <= 'z')
		return KIND_LOWER;
	if (c >= 'A' && c <= 'Z')
		return KIND_UPPER;
	return c >= '0' && c <= '9' ? KIND_DIGIT : KIND_OTHER;
}

/* log2 in thousandths, of 1..512, by repeated squaring: floating point would differ between machines. */
static unsigned log2_thousandths(unsigned value)
{
	uint64_t x = (uint64_t)value << 32;
	unsigned whole = 0, fraction = 0;

	while (x >= (uint64_t)2 << 32) {
		x >>= 1;
		whole++;
	}
	for (unsigned bit = 512; bit; bit >>= 1) {
		x = (x >> 16) * (x >> 16);
		if (x >= (uint64_t)2 << 32) {
			x >>= 1;
			fraction += bit;
		}
	}
	return whole * 1000 + fraction * 1000 / 1024;
}

/* Entropy of the word's characters as per cent of the most that its length allows. */
static unsigned entropy_percent(struct str word)
{
	unsigned short counts[256] = {0};
	unsigned distinct = (unsigned)word.len < 64 ? (unsigned)word.len : 64;
	uint64_t sum = 0;
	unsigned total = (unsigned)word.len;

	for (size_t i = 0; i < word.len; i++)
		counts[(unsigned char)word.data[i]]++;
	for (size_t i = 0; i < 256; i++)
		if (counts[i])
			sum += (uint64_t)counts[i] *
				(log2_thousandths(total) - log2_thousandths(counts[i]));
	return (unsigned)(sum * 100 / total / log2_thousandths(distinct));
}

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'f');
}

/* Hex digits, perhaps grouped by '-' (UUIDs), perhaps behind a short lower-case name (i-, vpc-, mrk-, ami-). */
static bool is_digest_or_id(struct str word)
{
	size_t at = 0;

	while (at < word.len && at < 12 && kind_of(word.data[at]) == KIND_LOWER)
		at++;
	if (at == 0 || at >= word.len || word.data[at] != '-')
		at = 0;
	for (; at < word.len; at++)
		if (!is_hex(word.data[at]) && word.data[at] != '-')
			return false;
	return true;
}

bool word_is_random(struct str word)
{
	size_t kinds[KIND_COUNTED] = {0}, pairs = 0, changes = 0;
	unsigned least_changes = 38;

	while (word.len && word.data[word.len - 1] == '=')
		word.len--;
	if (word.len < RANDOM_LEAST || word.len > RANDOM_MOST || is_digest_or_id(word))
		return false;
	for (size_t i = 0; i < word.len; i++) {
		enum kind kind = kind_of(word.data[i]);

		kinds[kind]++;
		if (i == 0 || kind == KIND_OTHER || kind_of(word.data[i - 1]) == KIND_OTHER)
			continue;
		pairs++;
		changes += kind != kind_of(word.data[i - 1]);
	}
	if (kinds[KIND_OTHER] * 4 > word.len || pairs == 0 || kinds[KIND_DIGIT] == 0)
		return false;
	if (kinds[KIND_LOWER] && kinds[KIND_UPPER]) {
		/* 40 characters are an Amazon secret's length: fewer digits and changes will do. */
		if (word.len == 40)
			least_changes = 25;
		else if (kinds[KIND_DIGIT] < 2 || kinds[KIND_DIGIT] * 20 < word.len)
			return false;
	} else if (word.len < RANDOM_ONE_CASE_LEAST || kinds[KIND_DIGIT] * 8 < word.len) {
		return false;
	} else {
		least_changes = 30;
	}
	return changes * 100 >= pairs * least_changes && entropy_percent(word) >= 80;
}

static bool is_word_char(char c)
{
	return kind_of(c) != KIND_OTHER || c == '+' || c == '/' || c == '_' || c == '-' || c == '=';
}

/* Printable, and none of the quotes, brackets and commas that end a chunk. */
static bool ends_chunk(char c)
{
	static const bool inside[256] = {['!'] = true,
		['#' ... '&'] = true,
		['*' ... '+'] = true,
		['-' ... ':'] = true,
		['=' ... '='] = true,
		['?' ... 'Z'] = true,
		['^' ... 'z'] = true,
		['~'] = true,
		[0x80 ... 0xff] = true};

	return !inside[(unsigned char)c];
}

/* A chunk between blanks and quotes that says what it is: ARNs, digests, public keys. */
static bool is_public_chunk(struct str chunk)
{
	static const char *const begins[] = {"arn:", "sha256:", "sha256-", "sha384-",
		"sha512:", "sha512-", "sha1-", "md5:", "AAAAB3NzaC1", "AAAAC3NzaC1", "AAAAE2VjZHNh",
		"MIIB", "MIIC", "MIID", "MIIE", "MIIF", "LS0tLS1CRUdJTiBDRVJU",
		"LS0tLS1CRUdJTiBQVUJM", "H4sI", "AQICAH", "projects/", "data:image/"};

	for (size_t i = 0; i < COUNT_OF(begins); i++)
		if (str_starts(chunk, str_of(begins[i])))
			return true;
	return str_find(chunk, STR("@sha256:")) != SIZE_MAX;
}

static bool find_in_chunk(struct str text, size_t at, size_t end, shape_fn *found, void *payload)
{
	while (at < end) {
		size_t from;

		while (at < end && !is_word_char(text.data[at]))
			at++;
		from = at;
		while (at < end && is_word_char(text.data[at]))
			at++;
		/* "KEY=random": the name is not part of it. */
		for (size_t i = from; i + 1 < at; i++)
			if (text.data[i] == '=' && text.data[i + 1] != '=')
				from = i + 1;
		if (word_is_random(str_slice(text, from, at)) && !found(from, at, payload))
			return false;
	}
	return true;
}

bool shapes_random(struct str text, shape_fn *found, void *payload)
{
	size_t at = 0;

	while (at < text.len) {
		size_t from = at;

		/* Lines of a certificate or a public key. */
		if (text.data[at] == '-' &&
			str_starts(str_slice(text, at, at + 11), STR("-----BEGIN "))) {
			size_t end = str_find(str_slice(text, at, text.len), STR("-----END"));

			at = end == SIZE_MAX ? at + 11 : at + end + 8;
			continue;
		}
		while (at < text.len && !ends_chunk(text.data[at]))
			at++;
		if (at - from >= RANDOM_LEAST && !is_public_chunk(str_slice(text, from, at)) &&
			!find_in_chunk(text, from, at, found, payload))
			return false;
		at++;
	}
	return true;
}
