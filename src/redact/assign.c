/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Values assigned to secret names inside longer texts: scripts, configuration
 * files, JSON and YAML in strings, connection strings, query strings, command lines.
 *
 * Decides where such a value begins and ends; names.c decides which names and
 * values count.
 */
#include <string.h>

#include "redact/names.h"
#include "redact/shapes.h"

static bool is_name_char(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
		c == '_' || c == '-' || c == '.';
}

static bool is_quote(char c)
{
	return c == '"' || c == '\'' || c == '`';
}

/* The name that ends before `at`, quoted or not; white space between is allowed. */
static struct str name_before(struct str text, size_t at, bool *ret_quoted)
{
	size_t end, start;

	while (at > 0 && (text.data[at - 1] == ' ' || text.data[at - 1] == '\t'))
		at--;
	*ret_quoted = at > 0 && is_quote(text.data[at - 1]);
	end = *ret_quoted ? at - 1 : at;
	start = end;
	while (start > 0 && end - start < 100 && is_name_char(text.data[start - 1]))
		start--;
	while (start < end && text.data[start] == '-')
		start++;
	return str_slice(text, start, end);
}

struct value {
	size_t start, end;
	bool quoted;
	bool spaced; /* white space before it */
};

static bool ends_unquoted(char c)
{
	return (unsigned char)c <= ' ' || is_quote(c) || (c && strchr(";,&)]}<>|", c));
}

/* The value behind `at` (behind the sign), on the same line. False if there is none. */
static bool value_behind(struct str text, size_t at, struct value *ret_value)
{
	size_t from = at, end;
	char quote = 0;

	while (at < text.len && (text.data[at] == ' ' || text.data[at] == '\t'))
		at++;
	ret_value->spaced = at > from;
	if (at < text.len && is_quote(text.data[at]))
		quote = text.data[at++];
	end = at;
	while (end < text.len && (quote ? text.data[end] != quote : !ends_unquoted(text.data[end])))
		end += quote && text.data[end] == '\\' && end + 1 < text.len ? 2 : 1;
	ret_value->start = at;
	ret_value->end = end;
	ret_value->quoted = quote != 0;
	return end > at;
}

/* Prose says "the password: must be rotated", "token = optional": a plain word without quotes is none. */
static bool is_plain_word(struct str value)
{
	for (size_t i = 0; i < value.len; i++)
		if (!((value.data[i] | 32) >= 'a' && (value.data[i] | 32) <= 'z'))
			return false;
	return true;
}

static bool is_assigned(struct str text, char sign, const struct value *value)
{
	struct str s = str_slice(text, value->start, value->end);

	if (!value_may_be_secret(s))
		return false;
	if (value->quoted)
		return true;
	return !((sign == ':' || sign == ' ' || value->spaced) && is_plain_word(s));
}

struct scan {
	struct str text;
	shape_fn *found;
	void *payload;
	/* Within the braces open now, a "name" was a secret name. */
	bool pair;
};

/* At a ':' or '='. Sets *at behind the value if it is a secret. */
static bool try_sign(struct scan *scan, size_t *at)
{
	struct str text = scan->text;
	char sign = text.data[*at];
	bool quoted_name;
	struct str name;
	struct value value;
	size_t behind = *at + 1;

	/* ":=", "==", "=>", "::": the sign is the last one. */
	if (behind < text.len &&
		(text.data[behind] == '=' || text.data[behind] == '>' || text.data[behind] == ':'))
		behind++;
	name = name_before(text, *at, &quoted_name);
	if (name.len < 2)
		return true;
	/* "arn:aws:..." and "host:port" are no assignments. */
	if (sign == ':' && !quoted_name && behind < text.len && text.data[behind] != ' ' &&
		!is_quote(text.data[behind]))
		return true;
	if (!value_behind(text, behind, &value))
		return true;
	if (name_is_name(name)) {
		scan->pair = name_is_secret(str_slice(text, value.start, value.end));
		return true;
	}
	if (!name_is_secret(name) &&
		!(scan->pair && (str_is(name, "value") || str_is(name, "Value"))))
		return true;
	if (!is_assigned(text, sign, &value))
		return true;
	*at = value.end - 1;
	return scan->found(value.start, value.end, scan->payload);
}

/* At "--": an option whose value is the next word. */
static bool try_option(struct scan *scan, size_t *at)
{
	struct str text = scan->text;
	size_t start = *at + 2, end = start;
	struct value value;

	while (end < text.len && is_name_char(text.data[end]))
		end++;
	*at = end > start ? end - 1 : *at + 1;
	if (end >= text.len || text.data[end] != ' ' ||
		!name_is_secret(str_slice(text, start, end)) || !value_behind(text, end, &value) ||
		text.data[value.start] == '-' || !is_assigned(text, ' ', &value))
		return true;
	*at = value.end - 1;
	return scan->found(value.start, value.end, scan->payload);
}

bool shapes_assigned(struct str text, shape_fn *found, void *payload)
{
	struct scan scan = {text, found, payload, false};

	for (size_t at = 0; at < text.len; at++) {
		char c = text.data[at];

		if (c == '{' || c == '}')
			scan.pair = false;
		else if ((c == '=' || c == ':') && at >= 2) {
			if (!try_sign(&scan, &at))
				return false;
		} else if (c == '-' && at + 1 < text.len && text.data[at + 1] == '-' &&
			(at == 0 || text.data[at - 1] == ' ')) {
			if (!try_option(&scan, &at))
				return false;
		}
	}
	return true;
}
