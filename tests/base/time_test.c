/* SPDX-License-Identifier: Apache-2.0 */
/* RFC 3339 in and out: what is accepted, to the second, and what is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/time.h"

static void times_are_read_to_the_second(void **state)
{
	static const struct {
		const char *text;
		int64_t time;
	} cases[] = {
		{"1970-01-01T00:00:00Z", 0},
		{"1970-01-01T00:00:00.999999999Z", 0},
		{"1969-12-31T23:59:59Z", -1},
		{"2026-12-24T08:00:00Z", 1798099200},
		{"2026-12-24t08:00:00z", 1798099200},
		{"2026-12-24 08:00:00Z", 1798099200},
		{"2026-12-24T09:30:00+01:30", 1798099200},
		{"2026-12-24T00:00:00-08:00", 1798099200},
		{"2000-02-29T12:00:00Z", 951825600},
		{"2016-12-31T23:59:60Z", 1483228800},
		{"2016-12-31T18:59:60-05:00", 1483228800},
		{"0001-01-01T00:00:00Z", -62135596800},
		{"9999-12-31T23:59:59Z", 253402300799},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		int64_t time = 42;

		if (!time_parse(str_of(cases[i].text), &time))
			fail_msg("%s was refused", cases[i].text);
		if (time != cases[i].time)
			fail_msg("%s gave %lld", cases[i].text, (long long)time);
	}
}

static void other_texts_are_refused(void **state)
{
	static const char *const cases[] = {
		"",
		"now",
		"2026-12-24",
		"2026-12-24T08:00:00",
		"2026-12-24T08:00Z",
		"2026-12-24T08:00:00Z ",
		" 2026-12-24T08:00:00Z",
		"2026-13-01T00:00:00Z",
		"2026-00-01T00:00:00Z",
		"2026-02-29T00:00:00Z",
		"1900-02-29T00:00:00Z",
		"2026-04-31T00:00:00Z",
		"2026-12-00T00:00:00Z",
		"2026-12-24T24:00:00Z",
		"2026-12-24T08:60:00Z",
		"2026-12-24T08:00:61Z",
		"2026-12-24T08:00:60Z",
		"2026-12-24T08:00:00.Z",
		"2026-12-24T08:00:00.1234567890Z",
		"2026-12-24T08:00:00+1:00",
		"2026-12-24T08:00:00+0100",
		"2026-12-24T08:00:00+24:00",
		"2026-12-24T08:00:00+01:60",
		"2026-12-24T08:00:00,5Z",
		"+026-12-24T08:00:00Z",
		"0000-01-01T00:00:00Z",
		"10000-01-01T00:00:00Z",
		"2026-12-24X08:00:00Z",
		"26-12-24T08:00:00Z",
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		int64_t time = 42;

		if (time_parse(str_of(cases[i]), &time) || time != 42)
			fail_msg("'%s' was accepted", cases[i]);
	}
	assert_false(time_parse((struct str){"2026-12-24T08:00:00\0", 20}, &(int64_t){0}));
}

static void dates_begin_at_midnight_in_utc(void **state)
{
	int64_t time;

	(void)state;
	assert_true(date_parse(STR("2026-12-24"), &time));
	assert_int_equal(time, 1798070400);
	assert_true(date_parse(STR("2024-02-29"), &time));
	assert_int_equal(time, 1709164800);
	assert_false(date_parse(STR("2026-12-24T08:00:00Z"), &time));
	assert_false(date_parse(STR("2026-12-4"), &time));
	assert_false(date_parse(STR("2026-02-30"), &time));
	assert_false(date_parse(STR(""), &time));
}

static void what_is_written_is_read_back(void **state)
{
	(void)state;
	/* Every day of 800 years, at a second that moves through the day. */
	for (int64_t day = -146097; day < 146097; day++) {
		int64_t time = day * 86400 + (day * 7919 % 86400 + 86400) % 86400, back = 0;
		char text[TIME_TEXT];

		time_format(time, text);
		if (!time_parse(str_of(text), &back) || back != time)
			fail_msg("%s is %lld, not %lld", text, (long long)back, (long long)time);
	}
}

static void times_out_of_range_are_clamped(void **state)
{
	char text[TIME_TEXT], date[DATE_TEXT];

	(void)state;
	time_format(INT64_MAX, text);
	assert_string_equal(text, "9999-12-31T23:59:59Z");
	time_format(INT64_MIN, text);
	assert_string_equal(text, "0001-01-01T00:00:00Z");
	time_format(-1, text);
	assert_string_equal(text, "1969-12-31T23:59:59Z");
	date_format(1798099200, date);
	assert_string_equal(date, "2026-12-24");
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(times_are_read_to_the_second),
		cmocka_unit_test(other_texts_are_refused),
		cmocka_unit_test(dates_begin_at_midnight_in_utc),
		cmocka_unit_test(what_is_written_is_read_back),
		cmocka_unit_test(times_out_of_range_are_clamped),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
