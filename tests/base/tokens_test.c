/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The estimate is never below what real encoders count.  tests/base/tokens/counts holds, for each
 * text beside it, the tokens of cl100k_base and of o200k_base, counted once with gpt-tokenizer 4.0.0.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/tokens.h"

static void never_below_real_encoders(void **state)
{
	CLEANUP(file_unmap) struct file_map counts = {0};
	struct error err;
	struct str rest;
	size_t texts = 0;

	(void)state;
	assert_int_equal(file_map("tests/base/tokens/counts", 1 << 16, &counts, &err), 0);
	rest = counts.text;
	while (!str_absent(rest)) {
		CLEANUP(file_unmap) struct file_map text = {0};
		struct str line = str_split(&rest, '\n'), name = str_split(&line, ' ');
		char path[128];
		uint64_t first, second;
		size_t estimate;

		if (str_empty(name))
			continue;
		snprintf(path, sizeof(path), "tests/base/tokens/%.*s.txt", STR_ARG(name));
		assert_int_equal(file_map(path, 1 << 20, &text, &err), 0);
		assert_true(str_to_u64(str_split(&line, ' '), &first));
		assert_true(str_to_u64(line, &second));
		estimate = token_estimate(text.text);
		print_message("%-10.*s %5u %5u estimate %zu\n", STR_ARG(name), (unsigned)first,
			(unsigned)second, estimate);
		assert_true(estimate >= first && estimate >= second);
		/* An estimate of everything would be never below either. */
		assert_true(estimate <= 3 * first);
		texts++;
	}
	assert_int_equal(texts, 9);
}

static void counts_by_its_rules(void **state)
{
	static const struct {
		struct str text;
		size_t tokens;
	} cases[] = {{STR_INIT(""), 0}, {STR_INIT("a"), 1}, {STR_INIT("plan"), 2},
		{STR_INIT("the plan"), 3}, {STR_INIT("aB"), 2}, {STR_INIT("12345"), 3},
		{STR_INIT("a_b"), 3}, {STR_INIT("a  b"), 3}, {STR_INIT("\xc3\xa9"), 2},
		{STR_INIT("\n\n"), 2}};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_int_equal(token_estimate(cases[i].text), cases[i].tokens);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(never_below_real_encoders),
		cmocka_unit_test(counts_by_its_rules),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
