/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The one estimate of tokens.  Apart from any model's vocabulary, which would be megabytes
 * and true of one model only: a budget must hold for all of them.
 */
#include "base/tokens.h"

enum { LETTERS_A_TOKEN = 3, DIGITS_A_TOKEN = 2 };

static bool is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static size_t run_of_blanks(struct str text, size_t at)
{
	size_t end = at;

	while (end < text.len && (text.data[end] == ' ' || text.data[end] == '\t'))
		end++;
	return end - at;
}

size_t token_estimate(struct str text)
{
	size_t tokens = 0, at = 0;

	while (at < text.len) {
		size_t from = at;
		char c = text.data[at];

		if (is_lower(c) || is_upper(c)) {
			at++;
			while (at < text.len && is_lower(text.data[at]))
				at++;
			tokens += (at - from + LETTERS_A_TOKEN - 1) / LETTERS_A_TOKEN;
		} else if (is_digit(c)) {
			while (at < text.len && is_digit(text.data[at]))
				at++;
			tokens += (at - from + DIGITS_A_TOKEN - 1) / DIGITS_A_TOKEN;
		} else if (c == ' ' || c == '\t') {
			at += run_of_blanks(text, at);
			tokens += at - from > 1 || at == text.len ||
				!(is_lower(text.data[at]) || is_upper(text.data[at]));
		} else {
			at++;
			tokens++;
		}
	}
	return tokens;
}
