/* SPDX-License-Identifier: Apache-2.0 */
/* Which token a text or number is. What tokens come to is in tests/cases/synth/token-forms. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "construct/tokens.h"

static void a_text_is_one_token_or_none(void **state)
{
	static const char *const none[] = {"", "${TfToken[TOKEN.]}", "${TfToken[TOKEN.5]",
		"${TfToken[TOKEN.5]} ", " ${TfToken[TOKEN.5]}", "${TfToken[TOKEN.05]}",
		"${TfToken[TOKEN.-5]}", "${TfToken[hint.5]}", "#{TfToken[TOKEN.5]}",
		"${TfToken[TOKEN.5]}${TfToken[TOKEN.6]}", "${TfToken[TOKEN.1234567890]}"};
	size_t index = 1;

	(void)state;
	assert_true(tokens_of_text(STR("${TfToken[TOKEN.0]}"), &index));
	assert_int_equal(index, 0);
	assert_true(tokens_of_text(STR("${TfToken[TOKEN.123456789]}"), &index));
	assert_int_equal(index, 123456789);
	for (size_t i = 0; i < COUNT_OF(none); i++)
		assert_false(tokens_of_text(str_of(none[i]), &index));
	assert_true(tokens_of_item(STR("#{TfToken[TOKEN.7]}"), &index));
	assert_int_equal(index, 7);
	assert_false(tokens_of_item(STR("${TfToken[TOKEN.7]}"), &index));
}

static double number_of(uint64_t bits)
{
	double number;

	memcpy(&number, &bits, sizeof(number));
	return number;
}

static void a_number_is_one_token_or_none(void **state)
{
	size_t index = 1;

	(void)state;
	assert_true(tokens_of_number(number_of(0xfdff000000000000), &index));
	assert_int_equal(index, 0);
	assert_true(tokens_of_number(number_of(0xfdff000000000102), &index));
	assert_int_equal(index, 0x102);
	assert_false(tokens_of_number(number_of(0xfbff000000000102), &index)); /* of a list */
	assert_false(tokens_of_number(number_of(0xfdffffffffffffff), &index));
	assert_false(tokens_of_number(0, &index));
	assert_false(tokens_of_number(-123456789, &index));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_text_is_one_token_or_none),
		cmocka_unit_test(a_number_is_one_token_or_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
