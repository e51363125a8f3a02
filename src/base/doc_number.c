/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Numbers, exactly.  A number stays as it was written; to compare two, or to
 * write one canonically, it is taken apart into sign, digits and power of ten,
 * so that nothing is ever rounded.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/doc_tape.h"

/* The exponent as written, clamped to what int64_t can still add a length to; false when clamped.
 */
static bool read_exponent(struct str s, int64_t *ret_exponent)
{
	bool negative = s.len && s.data[0] == '-';
	uint64_t value = 0;

	if (s.len && (s.data[0] == '-' || s.data[0] == '+'))
		s = str_slice(s, 1, s.len);
	if (s.len && (!str_to_u64(s, &value) || value > INT64_MAX / 4))
		return false;
	*ret_exponent = negative ? -(int64_t)value : (int64_t)value;
	return true;
}

bool decimal_read(struct str raw, struct decimal *ret_decimal)
{
	struct decimal d = {0};
	size_t at = 0, end = 0, zeros = 0;
	bool fraction = false;

	d.raw = raw;
	d.negative = raw.len && raw.data[0] == '-';
	while (end < raw.len && raw.data[end] != 'e' && raw.data[end] != 'E')
		end++;
	for (at = d.negative; at < end; at++) {
		if (raw.data[at] == '.') {
			fraction = true;
			continue;
		}
		d.exponent -= fraction;
		if (raw.data[at] != '0') {
			if (!d.count)
				d.first = at;
			d.count += zeros + 1;
			zeros = 0;
		} else if (d.count) {
			zeros++;
		}
	}
	if (!d.count) {
		*ret_decimal = (struct decimal){.raw = raw};
		return true;
	}
	d.exponent += (int64_t)zeros;
	if (end < raw.len) {
		int64_t written;

		if (!read_exponent(str_slice(raw, end + 1, raw.len), &written))
			return false;
		d.exponent += written;
	}
	*ret_decimal = d;
	return true;
}

char decimal_next(const struct decimal *decimal, size_t *at)
{
	if (decimal->raw.data[*at] == '.')
		++*at;
	return decimal->raw.data[(*at)++];
}

bool doc_numbers_equal(struct node a, struct node b)
{
	struct decimal x, y;

	if (str_eq(node_raw(a), node_raw(b)))
		return true;
	if (!decimal_read(node_raw(a), &x) || !decimal_read(node_raw(b), &y))
		return false;
	if (x.negative != y.negative || x.count != y.count || x.exponent != y.exponent)
		return false;
	for (size_t n = 0, i = x.first, j = y.first; n < x.count; n++)
		if (decimal_next(&x, &i) != decimal_next(&y, &j))
			return false;
	return true;
}

bool node_to_double(struct node node, double *ret_value)
{
	struct str raw = node_raw(node);
	char copy[1024];
	double value;

	if (node_type(node) != NODE_NUMBER || raw.len >= sizeof(copy))
		return false;
	memcpy(copy, raw.data, raw.len);
	copy[raw.len] = 0;
	value = strtod(copy, NULL);
	if (!isfinite(value))
		return false;
	*ret_value = value;
	return true;
}

bool node_to_i64(struct node node, int64_t *ret_value)
{
	struct decimal d;
	uint64_t value = 0;
	size_t at;

	if (node_type(node) != NODE_NUMBER || !decimal_read(node_raw(node), &d))
		return false;
	if (d.exponent < 0 || d.exponent > 19 || d.count > 19)
		return false;
	at = d.first;
	for (size_t n = 0; n < d.count; n++)
		value = value * 10 + (uint64_t)(decimal_next(&d, &at) - '0');
	for (int64_t n = 0; n < d.exponent; n++)
		if (__builtin_mul_overflow(value, 10u, &value))
			return false;
	if (value > (uint64_t)INT64_MAX + d.negative)
		return false;
	*ret_value = d.negative ? (int64_t)(0 - value) : (int64_t)value;
	return true;
}
