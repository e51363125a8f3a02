/* SPDX-License-Identifier: Apache-2.0 */
/* Version constraints of `requires`. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "config/config.h"

static void constraints_are_compared_part_by_part(void **state)
{
	static const struct {
		const char *version, *constraints;
		bool meets;
	} cases[] = {
		{"0.3.0", ">=0.3", true},
		{"0.2.9", ">=0.3", false},
		{"0.10.0", ">=0.9", true},
		{"1.0.0", ">0.3", true},
		{"0.3.0", ">0.3", false},
		{"0.3.1", ">0.3", true},
		{"0.3.0", "<=0.3", true},
		{"0.3.1", "<=0.3", false},
		{"0.3.0", "<0.3.1", true},
		{"0.3.0", "=0.3", true},
		{"0.3.1", "=0.3", false},
		{"0.3.1", ">=0.3, <1", true},
		{"1.0.0", " >= 0.3 , < 1 ", false},
		{"0.3.0-rc1", ">=0.3", true},
		{"0.3.0+build5", "=0.3.0", true},
		{"3", ">=2.9.9", true},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		bool wrong = true;
		bool meets = version_meets(
			str_of(cases[i].version), str_of(cases[i].constraints), &wrong);

		if (wrong || meets != cases[i].meets)
			fail_msg("%s and '%s'", cases[i].version, cases[i].constraints);
	}
}

static void what_is_no_constraint_is_said_to_be_wrong(void **state)
{
	static const char *const cases[] = {"", "0.3", "newest", ">=", ">=x", ">=0.3.0.1", ">=0.3,",
		",>=0.3", "~>0.3", "!=0.3", ">=0..3", ">=-1", ">=0.3 <1", ">=99999999999999999999"};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		bool wrong = false;

		if (version_meets(STR("0.3.0"), str_of(cases[i]), &wrong) || !wrong)
			fail_msg("'%s' was accepted", cases[i]);
	}
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(constraints_are_compared_part_by_part),
		cmocka_unit_test(what_is_no_constraint_is_said_to_be_wrong),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
