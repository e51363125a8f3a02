/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Calendar arithmetic for expiry dates, without the C library's: that one
 * knows time zones, and a verdict may not depend on where it is given.
 */
#include "gate/expiry.h"

/* `count` digits at s[at]; -1 if they are not there. */
static int digits(struct str s, size_t at, size_t count)
{
	int value = 0;

	if (at + count > s.len)
		return -1;
	for (size_t i = at; i < at + count; i++) {
		if (s.data[i] < '0' || s.data[i] > '9')
			return -1;
		value = value * 10 + (s.data[i] - '0');
	}
	return value;
}

static bool is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in(int year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

/* Days since 1970-01-01. */
static int64_t day_number(int year, int month, int day)
{
	int64_t y = year - 1;
	int64_t number = y * 365 + y / 4 - y / 100 + y / 400;

	for (int m = 1; m < month; m++)
		number += days_in(year, m);
	return number + day - 1 - 719162;
}

static bool is_at(struct str s, size_t at, char c)
{
	return at < s.len && s.data[at] == c;
}

/* "Z", "+02:00", "-05:30" at the end of `s`, in seconds east. */
static bool parse_zone(struct str s, size_t at, int *ret_offset)
{
	int hours, minutes;

	if (at + 1 == s.len && (s.data[at] == 'Z' || s.data[at] == 'z')) {
		*ret_offset = 0;
		return true;
	}
	if (at + 6 != s.len || (s.data[at] != '+' && s.data[at] != '-') || s.data[at + 3] != ':')
		return false;
	hours = digits(s, at + 1, 2);
	minutes = digits(s, at + 4, 2);
	if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59)
		return false;
	*ret_offset = (hours * 60 + minutes) * (s.data[at] == '-' ? -60 : 60);
	return true;
}

static bool parse_time(struct str s, int64_t *ret_seconds)
{
	int hour = digits(s, 11, 2), minute = digits(s, 14, 2), second = digits(s, 17, 2);
	size_t at = 19;
	int offset;

	if (!(is_at(s, 10, 'T') || is_at(s, 10, 't') || is_at(s, 10, ' ')) || !is_at(s, 13, ':') ||
		!is_at(s, 16, ':'))
		return false;
	if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60)
		return false;
	if (is_at(s, at, '.'))
		for (at++; at < s.len && s.data[at] >= '0' && s.data[at] <= '9'; at++)
			;
	if (!parse_zone(s, at, &offset))
		return false;
	*ret_seconds = hour * 3600 + minute * 60 + second - offset;
	return true;
}

bool expiry_parse(struct str text, int64_t *ret_end)
{
	int year = digits(text, 0, 4), month = digits(text, 5, 2), day = digits(text, 8, 2);
	int64_t seconds = 24 * 60 * 60;

	if (!is_at(text, 4, '-') || !is_at(text, 7, '-') || year < 1970 || month < 1 ||
		month > 12 || day < 1 || day > days_in(year, month))
		return false;
	if (text.len != 10 && !parse_time(text, &seconds))
		return false;
	*ret_end = day_number(year, month, day) * 86400 + seconds;
	return true;
}
