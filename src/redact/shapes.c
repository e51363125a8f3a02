/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The table of tokens that tell what they are by their first characters, and
 * the three forms that need a little more than a table: PEM, JSON web tokens,
 * passwords in URLs.  To add a maker's token, add its line.  Long because of that table.
 */
#include "redact/shapes.h"

#include <string.h>

#include "redact/names.h"

/* What may follow a prefix. */
enum tail {
	TAIL_UPPER = 1,   /* A-Z 0-9 */
	TAIL_ALNUM = 2,   /* A-Z a-z 0-9 */
	TAIL_WORD = 4,    /* and _ */
	TAIL_DASH = 8,    /* and _ - */
	TAIL_DOT = 16,    /* and _ - . */
	TAIL_BASE64 = 32, /* A-Z a-z 0-9 + / = _ - */
	TAIL_HEX = 64,    /* 0-9 a-f */
	TAIL_CRYPT = 128, /* A-Z a-z 0-9 . / $ = , + */
};

static const struct shape {
	struct str prefix;
	unsigned char tail;
	unsigned short least, most;
} shapes[] = {
#define SHAPE(prefix, tail, least, most) {STR_INIT(prefix), tail, least, most},
#include "redact/shapes.def"
#undef SHAPE
};

static unsigned tails_of(unsigned char c)
{
	bool upper = c >= 'A' && c <= 'Z', lower = c >= 'a' && c <= 'z',
	     digit = c >= '0' && c <= '9';
	bool alnum = upper || lower || digit;
	unsigned tails = 0;

	tails |= upper || digit ? TAIL_UPPER : 0u;
	tails |= digit || (c >= 'a' && c <= 'f') ? TAIL_HEX : 0u;
	tails |= alnum ? TAIL_ALNUM : 0u;
	tails |= alnum || c == '_' ? TAIL_WORD : 0u;
	tails |= alnum || c == '_' || c == '-' ? TAIL_DASH : 0u;
	tails |= alnum || c == '_' || c == '-' || c == '.' ? TAIL_DOT : 0u;
	tails |= alnum || (c && strchr("+/=_-", c)) ? TAIL_BASE64 : 0u;
	tails |= alnum || (c && strchr("./$=,+", c)) ? TAIL_CRYPT : 0u;
	return tails;
}

static size_t run_end(struct str text, size_t at, unsigned tails)
{
	while (at < text.len && (tails_of((unsigned char)text.data[at]) & tails))
		at++;
	return at;
}

static bool is_alnum(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* "eyJ" header "." payload, and mostly "." signature. Its end, or 0. */
static size_t web_token_end(struct str text, size_t at)
{
	size_t header = run_end(text, at, TAIL_DASH), payload;

	if (header - at < 12 || header >= text.len || text.data[header] != '.')
		return 0;
	payload = run_end(text, header + 1, TAIL_DASH);
	if (payload - header < 12)
		return 0;
	if (payload < text.len && text.data[payload] == '.')
		return run_end(text, payload + 1, TAIL_DASH);
	return payload;
}

/* A private key in DER, in base64 without its PEM lines: SEQUENCE, then INTEGER version 0 or 1. */
static size_t bare_key_end(struct str text, size_t at)
{
	size_t end = run_end(text, at, TAIL_BASE64);
	struct str run = str_slice(text, at, end);

	if (run.len < 64)
		return 0;
	/* 30 82 xx xx 02 01 0v: "MII" x x x "IB" A; v is in the ninth and tenth character. */
	if ((str_starts(run, STR("MI")) && str_starts(str_slice(run, 6, 8), STR("IB")) &&
		    run.data[8] == 'A') ||
		str_starts(run, STR("MHcCAQE")) || str_starts(run, STR("MIGHAgEA")) ||
		str_starts(run, STR("MIGkAgEB")) || str_starts(run, STR("MC4CAQAw")))
		return end;
	return 0;
}

struct search {
	struct str text;
	shape_fn *found;
	void *payload;
	bool amazon; /* an Amazon key id was seen */
};

static bool prefix_at(struct str text, size_t at, const struct shape *shape)
{
	return text.len - at > shape->prefix.len &&
		memcmp(text.data + at, shape->prefix.data, shape->prefix.len) == 0;
}

/* The table at the beginning of a word. Sets *at behind a token found. */
static bool try_table(struct search *search, size_t *at)
{
	struct str text = search->text;
	char first = text.data[*at];

	for (size_t i = 0; i < COUNT_OF(shapes); i++) {
		const struct shape *shape = &shapes[i];
		size_t start = *at, tail, end;

		if (shape->prefix.data[0] != first || !prefix_at(text, *at, shape))
			continue;
		tail = *at + shape->prefix.len;
		end = run_end(text, tail, shape->tail);
		if (end - tail < shape->least || (shape->most && end - tail > shape->most))
			continue;
		if (shape->prefix.data[shape->prefix.len - 1] == ' ')
			start = tail;
		search->amazon = search->amazon || shape->tail == TAIL_UPPER;
		*at = end;
		return search->found(start, end, search->payload);
	}
	return true;
}

static bool try_forms(struct search *search, size_t *at)
{
	size_t end = 0;

	if (str_starts(str_slice(search->text, *at, *at + 3), STR("eyJ")))
		end = web_token_end(search->text, *at);
	else if (search->text.data[*at] == 'M')
		end = bare_key_end(search->text, *at);
	if (end == 0)
		return true;
	if (!search->found(*at, end, search->payload))
		return false;
	*at = end;
	return true;
}

/* At "-----BEGIN ". Sets *at behind the block; only private ones are found. */
static bool try_pem(struct search *search, size_t *at)
{
	struct str rest = str_slice(search->text, *at, search->text.len);
	struct str label = str_slice(rest, 11, 80);
	size_t label_end = str_find(label, STR("-----")), end, secret;
	size_t start = *at;

	if (label_end == SIZE_MAX) {
		*at += 11;
		return true;
	}
	label = str_slice(label, 0, label_end);
	secret = str_find(label, STR("PRIVATE KEY"));
	end = str_find(str_slice(rest, 11 + label_end, rest.len), STR("-----END"));
	if (end == SIZE_MAX) {
		end = rest.len;
	} else {
		size_t close;

		end += 11 + label_end + 8;
		close = str_find(str_slice(rest, end, end + 80), STR("-----"));
		end = close == SIZE_MAX ? rest.len : end + close + 5;
	}
	*at = secret == SIZE_MAX && end == rest.len ? start + 11 : start + end;
	return secret == SIZE_MAX || search->found(start, start + end, search->payload);
}

static bool ends_url(char c)
{
	return (unsigned char)c <= ' ' || c == '"' || c == '\'' || c == '<' || c == '>' ||
		c == '`' || c == '\\' || c == '|';
}

bool url_password(struct str text, size_t colon, size_t *ret_start, size_t *ret_end)
{
	size_t from = colon + 3, user = SIZE_MAX, at_sign = SIZE_MAX, slash = SIZE_MAX;

	for (size_t at = from; at < text.len && at - from < 4096 && !ends_url(text.data[at]);
		at++) {
		char c = text.data[at];

		if (c == '/' && slash == SIZE_MAX) {
			slash = at;
			if (user == SIZE_MAX)
				break;
		}
		if (c == ':' && user == SIZE_MAX)
			user = at;
		if (c == '@')
			at_sign = at;
		/* "http://a:80/b,http://..." */
		if (c == '/' && at > from && text.data[at - 1] == '/' && text.data[at - 2] == ':')
			break;
	}
	if (at_sign == SIZE_MAX || at_sign == from)
		return false;
	if (user == SIZE_MAX || user > at_sign) {
		/* https://TOKEN@host: a name is short and readable, a token is not. */
		*ret_start = from;
		*ret_end = at_sign;
		return at_sign - from >= 20;
	}
	/* A port, then a path with '@' in it, is no password. */
	if (slash != SIZE_MAX && slash < at_sign && slash - user <= 6) {
		size_t digits = user + 1;

		while (digits < slash && text.data[digits] >= '0' && text.data[digits] <= '9')
			digits++;
		if (digits == slash)
			return false;
	}
	*ret_start = user + 1;
	*ret_end = at_sign;
	return at_sign > user + 1;
}

/* "user:password@tcp(host)", as Go's MySQL driver writes it. `at` is the '@'. */
static bool dsn_password(struct str text, size_t at, size_t *ret_start)
{
	size_t start = at;
	struct str rest = str_slice(text, at + 1, at + 6);

	if (!str_starts(rest, STR("tcp(")) && !str_starts(rest, STR("unix(")))
		return false;
	while (start > 0 && text.data[start - 1] != ':' && !ends_url(text.data[start - 1]))
		start--;
	*ret_start = start;
	return start > 0 && text.data[start - 1] == ':' && start < at;
}

static bool try_url(struct search *search, size_t at)
{
	size_t start, end;

	if (search->text.data[at] == ':') {
		if (!url_password(search->text, at, &start, &end))
			return true;
	} else {
		if (!dsn_password(search->text, at, &start))
			return true;
		end = at;
	}
	if (!value_may_be_secret(str_slice(search->text, start, end)))
		return true;
	return search->found(start, end, search->payload);
}

/* Words of exactly 40 characters beside an Amazon key id are its secret. */
static bool find_amazon_secrets(struct search *search)
{
	struct str text = search->text;

	for (size_t at = 0; at < text.len;) {
		size_t end = at;

		while (end < text.len &&
			(is_alnum(text.data[end]) || text.data[end] == '/' ||
				text.data[end] == '+'))
			end++;
		if (end - at == 40 && !search->found(at, end, search->payload))
			return false;
		at = end + 1;
	}
	return true;
}

/* A prefix of two characters may go on with any. */
static void add_begin(struct shapes_index *index, struct str prefix)
{
	index->thirds[shapes_pair(prefix.data)] |=
		prefix.len > 2 ? (uint64_t)1 << ((unsigned)prefix.data[2] & 63) : ~(uint64_t)0;
}

void shapes_index_init(struct shapes_index *index)
{
	*index = (struct shapes_index){{0}};
	for (size_t i = 0; i < COUNT_OF(shapes); i++)
		add_begin(index, shapes[i].prefix);
	/* try_forms() */
	add_begin(index, STR("eyJ"));
	add_begin(index, STR("MI"));
	add_begin(index, STR("MHc"));
	add_begin(index, STR("MC4"));
}

bool shapes_known(const struct shapes_index *index, struct str text, shape_fn *found, void *payload)
{
	struct search search = {text, found, payload, false};
	size_t at = 0;

	while (at < text.len) {
		char c = text.data[at];
		size_t before = at;

		if (is_alnum(c) || c == '$') {
			if (shapes_may_begin(index, text, at) && !try_table(&search, &at))
				return false;
			if (at == before && (c == 'e' || c == 'M') && !try_forms(&search, &at))
				return false;
			if (at == before) {
				at++;
				while (at < text.len && is_alnum(text.data[at]))
					at++;
			}
			continue;
		}
		if (c == '-' && str_starts(str_slice(text, at, at + 11), STR("-----BEGIN "))) {
			if (!try_pem(&search, &at))
				return false;
			continue;
		}
		if (((c == ':' && str_starts(str_slice(text, at, at + 3), STR("://"))) ||
			    c == '@') &&
			!try_url(&search, at))
			return false;
		at++;
	}
	return !search.amazon || find_amazon_secrets(&search);
}
