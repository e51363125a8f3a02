/* SPDX-License-Identifier: Apache-2.0 */
/* Which of a stopped program's loops does not end, by when they began and turned. */
#include "construct/program_model.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* By number, from 1: each as it stands after `moments`. */
static uint32_t endless(uint64_t moments, const struct loop *loops, size_t count)
{
	struct loop all[8] = {{0, 0}};
	const struct program program = {.loops = all, .loop_count = count + 1, .moments = moments};

	memcpy(all + 1, loops, count * sizeof(*loops));
	return program_endless_loop(&program);
}

static void the_last_that_began_long_ago_and_turns_is_endless(void **state)
{
	/* Around it, it, in it, and one that ended. */
	static const struct loop nested[] = {{1, 2}, {3, 998}, {997, 1000}, {4, 20}};
	static const struct loop inner[] = {{1, 40}, {41, 1000}};
	static const struct loop outer[] = {{1, 900}, {901, 1000}};

	(void)state;
	assert_int_equal(endless(1000, nested, COUNT_OF(nested)), 2);
	assert_int_equal(endless(1000, inner, COUNT_OF(inner)), 2);
	assert_int_equal(endless(1000, outer, COUNT_OF(outer)), 1);
}

static void none_is_known_where_none_turned(void **state)
{
	static const struct loop ended[] = {{1, 2}, {0, 0}}, late[] = {{990, 1000}};

	(void)state;
	assert_int_equal(endless(1000, ended, COUNT_OF(ended)), 0);
	assert_int_equal(endless(1000, late, COUNT_OF(late)), 0);
	assert_int_equal(endless(0, late, 0), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_last_that_began_long_ago_and_turns_is_endless),
		cmocka_unit_test(none_is_known_where_none_turned)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
