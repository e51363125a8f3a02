/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Slices: comparing, finding, splitting, and the absent one beside the empty one.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/str.h"

static const struct str absent = {NULL, 0};

static void test_absent_is_not_empty(void **state)
{
	(void)state;
	assert_true(str_absent(str_of(NULL)));
	assert_false(str_absent(str_of("")));
	assert_true(str_empty(str_of("")));
	/* As texts both are the empty one. */
	assert_true(str_eq(absent, STR("")));
}

static void test_order(void **state)
{
	(void)state;
	assert_true(str_cmp(STR("a"), STR("b")) < 0);
	assert_true(str_cmp(STR("ab"), STR("a")) > 0);
	assert_int_equal(str_cmp(STR("ab"), STR("ab")), 0);
	assert_true(str_cmp(STR("\x7f"), STR("\xc3\xa9")) < 0);
}

static void test_find(void **state)
{
	(void)state;
	assert_int_equal(str_find(STR("abcabc"), STR("ca")), 2);
	assert_int_equal(str_find(STR("abc"), STR("")), 0);
	assert_true(str_find(STR("abc"), STR("abcd")) == SIZE_MAX);
	assert_int_equal(str_find_char(STR("a=b=c"), '='), 1);
	assert_true(str_find_char(absent, 'a') == SIZE_MAX);
	assert_int_equal(str_find_nocase(STR("my PassWord"), STR("password")), 3);
	assert_true(str_find_nocase(STR("pass"), STR("password")) == SIZE_MAX);
}

static void test_slice_and_trim(void **state)
{
	(void)state;
	assert_true(str_is(str_slice(STR("abcdef"), 2, 4), "cd"));
	assert_true(str_is(str_slice(STR("abc"), 2, 99), "c"));
	assert_true(str_is(str_slice(STR("abc"), 5, 2), ""));
	assert_true(str_is(str_trim(STR(" \t\r\na b\n ")), "a b"));
	assert_true(str_is(str_trim(STR(" \n")), ""));
	assert_true(str_starts(STR("abc"), STR("ab")) && !str_starts(STR("a"), STR("ab")));
	assert_true(str_ends(STR("abc"), STR("bc")) && !str_ends(STR("c"), STR("bc")));
}

static void test_split(void **state)
{
	struct str rest = STR("a,,b");

	(void)state;
	assert_true(str_is(str_split(&rest, ','), "a"));
	assert_true(str_is(str_split(&rest, ','), ""));
	assert_false(str_absent(rest));
	assert_true(str_is(str_split(&rest, ','), "b"));
	assert_true(str_absent(rest));
}

static void test_numbers(void **state)
{
	uint64_t value = 7;

	(void)state;
	assert_true(str_to_u64(STR("18446744073709551615"), &value));
	assert_true(value == UINT64_MAX);
	value = 7;
	assert_false(str_to_u64(STR("18446744073709551616"), &value));
	assert_false(str_to_u64(STR(""), &value));
	assert_false(str_to_u64(STR("-1"), &value));
	assert_false(str_to_u64(STR("1 "), &value));
	assert_true(value == 7);
}

/* The first and the last code point of each length. */
static void test_utf8(void **state)
{
	static const struct {
		uint32_t code;
		const char *bytes;
	} cases[] = {
		{0x01, "\x01"},
		{0x7f, "\x7f"},
		{0x80, "\xc2\x80"},
		{0x7ff, "\xdf\xbf"},
		{0x800, "\xe0\xa0\x80"},
		{0xffff, "\xef\xbf\xbf"},
		{0x10000, "\xf0\x90\x80\x80"},
		{0x10ffff, "\xf4\x8f\xbf\xbf"},
	};
	char to[5];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		size_t len;

		memset(to, '#', sizeof(to));
		len = utf8_put(cases[i].code, to);
		assert_true(str_is((struct str){to, len}, cases[i].bytes));
		assert_int_equal(to[len], '#');
	}
	assert_int_equal(utf8_put(0, to), 1);
	assert_int_equal(to[0], 0);
}

static void test_characters(void **state)
{
	static const char digits[] = "0123456789abcdefABCDEF";

	(void)state;
	for (int c = 0; c < 256; c++) {
		const char *at = c ? strchr(digits, c) : NULL;
		long place = at ? at - digits : -1;

		assert_int_equal(hex_value((char)c), place > 15 ? place - 6 : place);
		assert_int_equal(char_lower((char)c),
			c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : (char)c);
	}
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_absent_is_not_empty),
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_slice_and_trim),
		cmocka_unit_test(test_split),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_utf8),
		cmocka_unit_test(test_characters),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
