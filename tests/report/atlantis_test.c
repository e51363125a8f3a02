/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The word that a passing report never holds, as Atlantis would find it: in
 * any case, with the one letter outside ASCII that it lowers to one of these.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "report/atlantis.h"

static const struct {
	const char *text, *expected;
} cases[] = {
	{"", ""},
	{"f", "f"},
	{"fai", "fai"},
	{"db_failover", "db_f\\u{61}ilover"},
	{"FAIL FaIL fAil", "F\\u{41}IL F\\u{61}IL f\\u{41}il"},
	{"fa\xc4\xb0l", "f\\u{61}\xc4\xb0l"},
	{"fafail", "faf\\u{61}il"},
	{"failfail", "f\\u{61}ilf\\u{61}il"},
	/* Small i without a dot stays what it is when lowered. */
	{"fa\xc4\xb1l", "fa\xc4\xb1l"},
	{"fa il fair false", "fa il fair false"},
};

static void test_table(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		CLEANUP(buf_free) struct buf out = BUF(4096);

		atlantis_break_word(&out, str_of(cases[i].text));
		buf_add_char(&out, 0);
		assert_string_equal(out.data, cases[i].expected);
	}
}

/* What Atlantis does before it looks, for the letters in question. */
static void lowered(struct buf *out, struct str text)
{
	for (size_t at = 0; at < text.len; at++) {
		bool dotted = str_starts(str_slice(text, at, text.len), STR("\xc4\xb0"));

		buf_add_char(out, dotted ? 'i' : text.data[at]);
		at += dotted;
	}
}

static void test_no_text_keeps_the_word(void **state)
{
	static const char *const parts[] = {"f", "F", "a", "A", "i", "I", "\xc4\xb0", "l", "L"};
	uint32_t seed = 1;

	(void)state;
	for (unsigned round = 0; round < 20000; round++) {
		CLEANUP(buf_free) struct buf text = BUF(4096);
		CLEANUP(buf_free) struct buf out = BUF(4096);
		CLEANUP(buf_free) struct buf low = BUF(4096);

		for (size_t i = 0; i < 12; i++) {
			seed = seed * 1664525 + 1013904223;
			buf_add(&text, str_of(parts[(seed >> 24) % COUNT_OF(parts)]));
		}
		atlantis_break_word(&out, buf_str(&text));
		lowered(&low, buf_str(&out));
		assert_false(buf_failed(&low));
		assert_true(str_find_nocase(buf_str(&low), STR("fail")) == SIZE_MAX);
	}
}

static void test_fail_line(void **state)
{
	CLEANUP(buf_free) struct buf out = BUF(4096);

	(void)state;
	atlantis_fail_line(&out, "weir blocks this plan", 1);
	atlantis_fail_line(&out, "weir blocks this plan", 12);
	assert_true(str_is(buf_str(&out),
		"FAIL: weir blocks this plan (1 failure)\n"
		"FAIL: weir blocks this plan (12 failures)\n"));
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_table),
		cmocka_unit_test(test_no_text_keeps_the_word),
		cmocka_unit_test(test_fail_line),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
