/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Time as text.  Written out here, since strptime(), mktime() and strftime()
 * look at the locale and the zone of the machine, and accept far more than
 * RFC 3339.
 */
#define _GNU_SOURCE
#include "base/time.h"

#include <string.h>
#include <time.h>

enum { DAY = 86400 };

/*
 * Days from 1970-01-01 of a date of the proleptic Gregorian calendar.  The year is made to begin
 * in March, so that the leap day is its last one.
 */
static int64_t days_from_date(int64_t year, unsigned month, unsigned day)
{
	int64_t shifted = year - (month <= 2);
	int64_t era = shifted / 400;
	unsigned of_era = (unsigned)(shifted - era * 400);
	unsigned of_year = (153 * (month + (month > 2 ? -3u : 9u)) + 2) / 5 + day - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static void date_from_days(int64_t days, unsigned *ret_year, unsigned *ret_month, unsigned *ret_day)
{
	int64_t since = days + 719468;
	int64_t era = since / 146097;
	unsigned of_era = (unsigned)(since - era * 146097);
	unsigned year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	unsigned of_year = of_era - (365 * year + year / 4 - year / 100);
	unsigned month = (5 * of_year + 2) / 153;

	*ret_day = of_year - (153 * month + 2) / 5 + 1;
	*ret_month = month < 10 ? month + 3 : month - 9;
	*ret_year = (unsigned)(year + era * 400) + (*ret_month <= 2);
}

static bool digits(struct str *rest, size_t count, unsigned *ret_value)
{
	unsigned value = 0;

	if (rest->len < count)
		return false;
	for (size_t i = 0; i < count; i++) {
		if (rest->data[i] < '0' || rest->data[i] > '9')
			return false;
		value = value * 10 + (unsigned)(rest->data[i] - '0');
	}
	*rest = str_slice(*rest, count, rest->len);
	*ret_value = value;
	return true;
}

static bool one_of(struct str *rest, const char *allowed)
{
	if (rest->len == 0 || rest->data[0] == '\0' || !strchr(allowed, rest->data[0]))
		return false;
	*rest = str_slice(*rest, 1, rest->len);
	return true;
}

static bool is_leap(unsigned year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static bool take_date(struct str *rest, int64_t *ret_days)
{
	static const unsigned char lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	unsigned year, month, day;

	if (!digits(rest, 4, &year) || !one_of(rest, "-") || !digits(rest, 2, &month) ||
		!one_of(rest, "-") || !digits(rest, 2, &day))
		return false;
	if (year < 1 || month < 1 || month > 12 || day < 1 ||
		day > lengths[month - 1] + (unsigned)(month == 2 && is_leap(year)))
		return false;
	*ret_days = days_from_date(year, month, day);
	return true;
}

static bool take_zone(struct str *rest, int *ret_offset)
{
	unsigned hours, minutes;
	int sign;

	*ret_offset = 0;
	if (one_of(rest, "Zz"))
		return true;
	if (rest->len == 0)
		return false;
	sign = rest->data[0] == '-' ? -1 : 1;
	if (!one_of(rest, "+-") || !digits(rest, 2, &hours) || !one_of(rest, ":") ||
		!digits(rest, 2, &minutes) || hours > 23 || minutes > 59)
		return false;
	*ret_offset = sign * (int)(hours * 3600 + minutes * 60);
	return true;
}

bool time_parse(struct str text, int64_t *ret_time)
{
	struct str rest = text;
	unsigned hour, minute, second, fraction;
	int64_t days, time;
	int offset;

	if (!take_date(&rest, &days) || !one_of(&rest, "Tt ") || !digits(&rest, 2, &hour) ||
		!one_of(&rest, ":") || !digits(&rest, 2, &minute) || !one_of(&rest, ":") ||
		!digits(&rest, 2, &second) || hour > 23 || minute > 59 || second > 60)
		return false;
	if (one_of(&rest, ".")) {
		if (!digits(&rest, 1, &fraction))
			return false;
		for (unsigned more = 1; more < 9 && digits(&rest, 1, &fraction);)
			more++;
	}
	if (!take_zone(&rest, &offset) || rest.len)
		return false;
	time = days * DAY + hour * 3600 + minute * 60 + second - offset;
	/* A leap second is the last one of a day in UTC. */
	if (second == 60 && time % DAY != 0)
		return false;
	*ret_time = time;
	return true;
}

bool date_parse(struct str text, int64_t *ret_time)
{
	int64_t days;

	if (!take_date(&text, &days) || text.len)
		return false;
	*ret_time = days * DAY;
	return true;
}

static void put_digits(char *at, size_t count, unsigned value)
{
	while (count > 0) {
		at[--count] = (char)('0' + value % 10);
		value /= 10;
	}
}

void time_format(int64_t time, char ret_text[TIME_TEXT])
{
	int64_t first = days_from_date(1, 1, 1) * DAY, last = days_from_date(10000, 1, 1) * DAY - 1;
	int64_t days;
	unsigned year, month, day, second;

	time = time < first ? first : time > last ? last : time;
	days = time >= 0 ? time / DAY : -((DAY - 1 - time) / DAY);
	second = (unsigned)(time - days * DAY);
	date_from_days(days, &year, &month, &day);
	memcpy(ret_text, "0000-00-00T00:00:00Z", TIME_TEXT);
	put_digits(ret_text, 4, year);
	put_digits(ret_text + 5, 2, month);
	put_digits(ret_text + 8, 2, day);
	put_digits(ret_text + 11, 2, second / 3600);
	put_digits(ret_text + 14, 2, second / 60 % 60);
	put_digits(ret_text + 17, 2, second % 60);
}

void date_format(int64_t time, char ret_text[DATE_TEXT])
{
	char text[TIME_TEXT];

	time_format(time, text);
	memcpy(ret_text, text, DATE_TEXT - 1);
	ret_text[DATE_TEXT - 1] = '\0';
}

int64_t time_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return now.tv_sec;
}
