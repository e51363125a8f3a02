/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Facts as checks.  Each says yes only where that of lib/provider/facts.ts says nothing; the rest, such as lists that are
 * compared without regard to case, and what is wrong with a value, is left to it.
 */
#include "construct/allowed.h"

#include <math.h>

#include "base/json.h"
#include "construct/pattern.h"

enum { EXACT_DIGITS = 15 /* of a number that a double has exactly */ };

#define EXACT_MOST 9007199254740992.0 /* whole numbers below are all there */

typedef bool format_check(struct str text);

struct scalar {
	struct str text; /* absent: it is a number */
	double number;
};

struct allowed {
	bool has_unknown; /* is checked in a way that is not known here */
	bool is_integer, has_one_of, has_format;
	const struct scalar *one_of, *not_one_of;
	size_t one_of_count, not_one_of_count;
	double least, most;                    /* of the number */
	double above;                          /* a number that is not reached */
	double multiple_of;                    /* 0: of nothing */
	double shortest, longest;              /* of the text, in UTF-16 units */
	const struct pattern *const *patterns; /* NULL: one that can't be checked here */
	size_t pattern_count;
	format_check *format; /* NULL: it can't be checked here */
	const struct allowed *const *any;
	size_t any_count;
};

/* ---- formats: facts.ts has what each is ---- */

static size_t digits(struct str text)
{
	size_t count = 0;

	while (count < text.len && text.data[count] >= '0' && text.data[count] <= '9')
		count++;
	return count;
}

/* "arn:" and five parts; the last is not empty. */
static bool is_arn(struct str text)
{
	unsigned colons = 0;

	if (!str_starts(text, STR("arn:")))
		return false;
	for (size_t i = 4; i < text.len && colons < 4; i++)
		if (text.data[i] == ':' && ++colons == 4)
			return i + 1 < text.len;
	return false;
}

/* No stricter than RFC 8259, as JSON.parse() is; a byte order mark is none of it. */
static bool is_json(struct str text)
{
	CLEANUP(doc_cleanup) struct doc *doc = NULL;

	return text.len > 0 && (unsigned char)text.data[0] < 0x80 &&
		json_read(text, &(struct json_options){0}, &doc, NULL) == 0;
}

static bool is_account_id(struct str text)
{
	return text.len == 12 && digits(text) == text.len;
}

static bool is_int(struct str text)
{
	if (text.len && (text.data[0] == '-' || text.data[0] == '+'))
		text = str_slice(text, 1, SIZE_MAX);
	return text.len > 0 && digits(text) == text.len;
}

static bool is_bool(struct str text)
{
	return str_is(text, "true") || str_is(text, "false");
}

/* A number of at most three digits without a zero in front. */
static bool is_small(struct str text, unsigned most)
{
	unsigned number = 0;

	if (!text.len || text.len > 3 || digits(text) != text.len ||
		(text.len > 1 && text.data[0] == '0'))
		return false;
	for (size_t i = 0; i < text.len; i++)
		number = 10 * number + (unsigned)(text.data[i] - '0');
	return number <= most;
}

static bool is_ipv4(struct str text)
{
	unsigned parts = 0;

	while (!str_absent(text))
		if (++parts > 4 || !is_small(str_split(&text, '.'), 255))
			return false;
	return parts == 4;
}

static bool is_ipv4_block(struct str text)
{
	struct str address = str_split(&text, '/');

	return !str_absent(text) && is_ipv4(address) && is_small(text, 32);
}

/* What colons separate: 1 to 4 hexadecimal digits each. */
static bool count_groups(struct str text, unsigned *count)
{
	while (!str_absent(text)) {
		struct str group = str_split(&text, ':');

		if (!group.len || group.len > 4)
			return false;
		for (size_t i = 0; i < group.len; i++)
			if (hex_value(group.data[i]) < 0)
				return false;
		++*count;
	}
	return true;
}

/* Without a zone, and without an IPv4 address at its end. */
static bool is_ipv6(struct str text)
{
	size_t gap = str_find(text, STR("::"));
	struct str left = str_slice(text, 0, gap), right = str_slice(text, gap + 2, SIZE_MAX);
	unsigned count = 0;

	if (gap == SIZE_MAX)
		return count_groups(text, &count) && count == 8;
	return (!left.len || count_groups(left, &count)) &&
		(!right.len || count_groups(right, &count)) && count <= 7;
}

static bool is_ipv6_block(struct str text)
{
	struct str address = str_split(&text, '/');

	return !str_absent(text) && is_ipv6(address) && is_small(text, 128);
}

static bool is_block(struct str text)
{
	return is_ipv4_block(text) || is_ipv6_block(text);
}

static bool is_ip(struct str text)
{
	return is_ipv4(text) || is_ipv6(text);
}

static bool is_region(struct str text)
{
	struct str end = text;
	size_t letters = 0, parts = 0;

	while (end.len && end.data[end.len - 1] != '-')
		end.len--;
	if (!end.len || text.len - end.len < 1 || text.len - end.len > 2 ||
		digits(str_slice(text, end.len, SIZE_MAX)) != text.len - end.len)
		return false;
	for (size_t i = 0; i < end.len; i++) {
		if (text.data[i] >= 'a' && text.data[i] <= 'z') {
			letters++;
			continue;
		}
		if (text.data[i] != '-' || !letters || (!parts && (letters < 2 || letters > 4)))
			return false;
		parts++;
		letters = 0;
	}
	return parts >= 2;
}

static const struct {
	struct str name;
	format_check *is_right;
} formats[] = {
	{STR_INIT("arn"), is_arn},
	{STR_INIT("json"), is_json},
	{STR_INIT("iam_policy"), is_json},
	{STR_INIT("account_id"), is_account_id},
	{STR_INIT("region"), is_region},
	{STR_INIT("cidr"), is_block},
	{STR_INIT("ipv4_cidr"), is_ipv4_block},
	{STR_INIT("ip"), is_ip},
	{STR_INIT("ipv4"), is_ipv4},
	{STR_INIT("ipv6"), is_ipv6},
	{STR_INIT("ipv6_cidr"), is_ipv6_block},
	{STR_INIT("int"), is_int},
	{STR_INIT("bool"), is_bool},
};

/* What providers take beside any format: nothing, all, and words in capitals. */
static bool is_special(struct str text)
{
	if (str_is(text, "*"))
		return true;
	for (size_t i = 0; i < text.len; i++)
		if (text.data[i] != '_' && (text.data[i] < 'A' || text.data[i] > 'Z'))
			return false;
	return true;
}

/* ---- reading ---- */

static double number_of(struct node node, double otherwise)
{
	double number;

	return node_to_double(node, &number) ? number : otherwise;
}

static const struct scalar *read_scalars(struct node list, struct arena *arena, size_t *ret_count)
{
	size_t count = node_count(list);
	struct scalar *scalars = ARENA_ARRAY(arena, struct scalar, count);
	struct node_iter it = node_children(list);

	for (size_t i = 0; scalars && i < count && node_next(&it); i++)
		scalars[i] = (struct scalar){node_is_string(it.value)
				? arena_str(arena, node_text(it.value, arena))
				: (struct str){NULL, 0},
			number_of(it.value, NAN)};
	*ret_count = scalars ? count : 0;
	return scalars;
}

/* Leaves nothing to check where one alternative is not checked at all. */
static void read_any(struct allowed *allowed, struct node any, struct arena *arena)
{
	size_t count = node_count(any);
	const struct allowed **alternatives = ARENA_ARRAY(arena, const struct allowed *, count);
	struct node_iter it = node_children(any);

	for (size_t i = 0; alternatives && i < count && node_next(&it); i++) {
		alternatives[i] = allowed_read(it.value, arena);
		if (!alternatives[i])
			return;
	}
	allowed->any = alternatives;
	allowed->any_count = alternatives ? count : 0;
}

static void read_patterns(struct allowed *allowed, struct node list, struct arena *arena)
{
	size_t count = node_count(list);
	const struct pattern **patterns = ARENA_ARRAY(arena, const struct pattern *, count);
	struct node_iter it = node_children(list);

	for (size_t i = 0; patterns && i < count && node_next(&it); i++) {
		struct str text = node_text(it.value, arena);

		patterns[i] = str_absent(text) ? NULL : pattern_read(text, arena);
	}
	allowed->patterns = patterns;
	allowed->pattern_count = count;
}

static void read_format(struct allowed *allowed, struct node format)
{
	allowed->has_format = node_exists(format);
	for (size_t i = 0; i < COUNT_OF(formats); i++)
		if (node_text_is(format, formats[i].name))
			allowed->format = formats[i].is_right;
}

/* Whether a fact is about values, and whether in a way that is not known here. */
static bool is_checked(struct node fact, bool *ret_unknown)
{
	static const struct str others[] = {
		STR_INIT("items"), STR_INIT("refers_to"), STR_INIT("unsettable")};
	static const struct str kinds[] = {STR_INIT("integer"), STR_INIT("one_of"),
		STR_INIT("not_one_of"), STR_INIT("range"), STR_INIT("above"),
		STR_INIT("multiple_of"), STR_INIT("length"), STR_INIT("pattern"),
		STR_INIT("format"), STR_INIT("any")};
	struct node_iter it = node_children(fact);
	bool found = false;

	while (node_next(&it)) {
		bool is_other = false, is_known = false;

		for (size_t i = 0; i < COUNT_OF(others) && !is_other; i++)
			is_other = node_text_is(it.key, others[i]);
		for (size_t i = 0; i < COUNT_OF(kinds) && !is_other && !is_known; i++)
			is_known = node_text_is(it.key, kinds[i]);
		found = found || !is_other;
		*ret_unknown = *ret_unknown || (!is_other && !is_known);
	}
	return found;
}

const struct allowed *allowed_read(struct node fact, struct arena *arena)
{
	struct node range = NODE_GET(fact, "range"), length = NODE_GET(fact, "length");
	struct allowed *allowed;
	bool has_unknown = false;

	if (!is_checked(fact, &has_unknown))
		return NULL;
	allowed = ARENA_NEW(arena, struct allowed);
	if (!allowed)
		return NULL;
	*allowed = (struct allowed){.has_unknown = has_unknown,
		.is_integer = node_exists(NODE_GET(fact, "integer")),
		.has_one_of = node_exists(NODE_GET(fact, "one_of")),
		.least = number_of(node_at(range, 0), -INFINITY),
		.most = number_of(node_at(range, 1), INFINITY),
		.above = number_of(NODE_GET(fact, "above"), -INFINITY),
		.multiple_of = number_of(NODE_GET(fact, "multiple_of"), 0),
		.shortest = number_of(node_at(length, 0), -INFINITY),
		.longest = number_of(node_at(length, 1), INFINITY)};
	allowed->one_of = read_scalars(NODE_GET(fact, "one_of"), arena, &allowed->one_of_count);
	allowed->not_one_of =
		read_scalars(NODE_GET(fact, "not_one_of"), arena, &allowed->not_one_of_count);
	read_format(allowed, NODE_GET(fact, "format"));
	read_patterns(allowed, NODE_GET(fact, "pattern"), arena);
	read_any(allowed, NODE_GET(fact, "any"), arena);
	return allowed;
}

/* ---- checking ---- */

static bool is_among(const struct scalar *scalars, size_t count, const struct scalar *value)
{
	for (size_t i = 0; i < count; i++) {
		if (str_absent(scalars[i].text) != str_absent(value->text))
			continue;
		if (str_absent(value->text) ? scalars[i].number == value->number
					    : str_eq(scalars[i].text, value->text))
			return true;
	}
	return false;
}

static bool is_whole(double number)
{
	return number > -EXACT_MOST && number < EXACT_MOST && (double)(int64_t)number == number;
}

/* Of whole numbers alone. */
static bool is_multiple(double number, double of)
{
	return is_whole(number) && is_whole(of) && (int64_t)number % (int64_t)of == 0;
}

static bool is_right_number(const struct allowed *allowed, double number)
{
	return (!allowed->is_integer || is_whole(number)) && !isnan(number) &&
		number >= allowed->least && number <= allowed->most &&
		(allowed->above == -INFINITY || number > allowed->above) &&
		(allowed->multiple_of == 0 || is_multiple(number, allowed->multiple_of));
}

static bool asks_for_number(const struct allowed *allowed)
{
	return allowed->is_integer || allowed->least > -INFINITY || allowed->most < INFINITY ||
		allowed->above > -INFINITY || allowed->multiple_of != 0;
}

/* The number that a text is; false where it is none, or not to be had exactly. */
static bool to_number(struct str text, double *ret_number)
{
	bool is_negative = str_starts(text, STR("-"));
	struct str whole = str_slice(text, is_negative, SIZE_MAX);
	struct str fraction = str_slice(whole, digits(whole), SIZE_MAX);
	double number = 0, scale = 1;

	whole.len -= fraction.len;
	if (!whole.len || whole.len + fraction.len > EXACT_DIGITS)
		return false;
	for (size_t i = 0; i < whole.len; i++)
		number = 10 * number + (whole.data[i] - '0');
	if (fraction.len) {
		if (fraction.data[0] != '.' || fraction.len == 1)
			return false;
		fraction = str_slice(fraction, 1, SIZE_MAX);
		if (digits(fraction) != fraction.len)
			return false;
	}
	for (size_t i = 0; i < fraction.len; i++, scale *= 10)
		number = 10 * number + (fraction.data[i] - '0');
	*ret_number = (is_negative ? -number : number) / scale;
	return true;
}

/* Whether a text is no number in digits: other facts are about it then. */
static bool is_no_number(struct str text)
{
	return !text.len || (text.data[0] != '-' && digits(text) == 0);
}

static bool is_right_number_in(const struct allowed *allowed, struct str text)
{
	double number;

	if (!asks_for_number(allowed) || is_no_number(text))
		return true;
	return to_number(text, &number) && is_right_number(allowed, number);
}

/* In UTF-16 units, which JavaScript counts. */
static bool has_right_length(const struct allowed *allowed, struct str text)
{
	size_t length = 0;

	if (allowed->shortest == -INFINITY && allowed->longest == INFINITY)
		return true;
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.data[i];

		length += (size_t)((c & 0xc0) != 0x80) + (size_t)(c >= 0xf0);
	}
	return (double)length >= allowed->shortest && (double)length <= allowed->longest;
}

static bool is_in_any(const struct allowed *allowed, const struct scalar *value)
{
	for (size_t i = 0; i < allowed->any_count; i++)
		if (str_absent(value->text) ? allowed_number(allowed->any[i], value->number)
					    : allowed_text(allowed->any[i], value->text))
			return true;
	return !allowed->any_count;
}

static bool is_in_lists(const struct allowed *allowed, const struct scalar *value)
{
	return (!allowed->has_one_of || is_among(allowed->one_of, allowed->one_of_count, value)) &&
		!is_among(allowed->not_one_of, allowed->not_one_of_count, value);
}

bool allowed_number(const struct allowed *allowed, double number)
{
	const struct scalar value = {{NULL, 0}, number};

	return !allowed->has_unknown && is_right_number(allowed, number) &&
		is_in_lists(allowed, &value) && is_in_any(allowed, &value);
}

bool allowed_text(const struct allowed *allowed, struct str text)
{
	const struct scalar value = {text, 0};

	for (size_t i = 0; i < allowed->pattern_count; i++)
		if (!allowed->patterns || !allowed->patterns[i] ||
			!pattern_finds(allowed->patterns[i], text))
			return false;
	if (allowed->has_format && !is_special(text) &&
		(!allowed->format || !allowed->format(text)))
		return false;
	return !allowed->has_unknown && is_right_number_in(allowed, text) &&
		is_in_lists(allowed, &value) && has_right_length(allowed, text) &&
		is_in_any(allowed, &value);
}
