/* SPDX-License-Identifier: Apache-2.0 */
/* Until when a date holds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "gate/expiry.h"

static void test_ends(void **state)
{
	static const struct {
		const char *text;
		int64_t end;
	} rows[] = {
		{"1970-01-01", 86400},
		{"2026-12-24", 1798156800}, /* 2026-12-25T00:00:00Z */
		{"2024-02-29", 1709251200},
		{"2026-12-24T18:00:00Z", 1798135200},
		{"2026-12-24T18:00:00+02:00", 1798128000},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		int64_t end = -1;

		if (!expiry_parse(str_of(rows[i].text), &end))
			fail_msg("%s is a date", rows[i].text);
		assert_int_equal(end, rows[i].end);
	}
}

static void test_refused(void **state)
{
	static const char *const texts[] = {"", "2026", "2026-13-01", "2026-02-30", "2025-02-29",
		"2026-12-24T25:00:00Z", "2026-12-24T18:00:00", "24.12.2026", "2026-12-24 ",
		"never"};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		int64_t end = -1;

		if (expiry_parse(str_of(texts[i]), &end))
			fail_msg("%s is no date", texts[i]);
		assert_int_equal(end, -1);
	}
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ends),
		cmocka_unit_test(test_refused),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
