/* SPDX-License-Identifier: Apache-2.0 */
/* "Did you mean": distances, and when a guess is near enough to be told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/suggest.h"

static void distance_counts_insert_drop_replace_swap(void **state)
{
	(void)state;
	assert_int_equal(suggest_distance(STR(""), STR("")), 0);
	assert_int_equal(suggest_distance(STR(""), STR("abc")), 3);
	assert_int_equal(suggest_distance(STR("abc"), STR("")), 3);
	assert_int_equal(suggest_distance(STR("kitten"), STR("sitting")), 3);
	assert_int_equal(suggest_distance(STR("review"), STR("reveiw")), 1);
	assert_int_equal(suggest_distance(STR("ca"), STR("abc")), 3);
	assert_int_equal(suggest_distance(STR("fail-on"), STR("fail_on")), 1);
}

static void distance_of_long_texts_is_infinite(void **state)
{
	char text[65];

	(void)state;
	memset(text, 'a', sizeof(text));
	assert_int_equal(suggest_distance((struct str){text, 64}, (struct str){text, 64}), 0);
	assert_true(suggest_distance((struct str){text, 65}, STR("a")) == SIZE_MAX);
	assert_true(suggest_distance(STR("a"), (struct str){text, 65}) == SIZE_MAX);
}

static struct str nearest(struct str typed)
{
	static const char *const known[] = {"review", "redact", "intent init", "help", "version"};
	struct suggestion near = {.typed = typed};

	for (size_t i = 0; i < COUNT_OF(known); i++)
		suggest_offer(&near, str_of(known[i]));
	return suggest_result(&near);
}

static void the_nearest_word_is_suggested(void **state)
{
	(void)state;
	assert_true(str_is(nearest(STR("reveiw")), "review"));
	assert_true(str_is(nearest(STR("redakt")), "redact"));
	assert_true(str_is(nearest(STR("hlep")), "help"));
	assert_true(str_is(nearest(STR("vers")), "version"));
}

static void a_far_word_is_not_suggested(void **state)
{
	(void)state;
	assert_true(str_absent(nearest(STR("apply"))));
	assert_true(str_absent(nearest(STR("xy"))));
	assert_true(str_absent(nearest(STR(""))));
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(distance_counts_insert_drop_replace_swap),
		cmocka_unit_test(distance_of_long_texts_is_infinite),
		cmocka_unit_test(the_nearest_word_is_suggested),
		cmocka_unit_test(a_far_word_is_not_suggested),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
