/* SPDX-License-Identifier: Apache-2.0 */
/* Path patterns: segments, stars of both kinds, and no pattern that takes long. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/glob.h"

static void paths_match_segment_by_segment(void **state)
{
	static const struct {
		const char *pattern, *path;
		bool matches;
	} cases[] = {
		{"envs/dev", "envs/dev", true},
		{"envs/dev", "envs/dev/db", false},
		{"envs/dev", "envs", false},
		{"envs/*", "envs/dev", true},
		{"envs/*", "envs/dev/db", false},
		{"envs/*", "envs", false},
		{"envs/d*v", "envs/dv", true},
		{"envs/d?v", "envs/dv", false},
		{"envs/d?v", "envs/dxv", true},
		{"*", "envs", true},
		{"*", "envs/dev", false},
		{"**", "envs/dev", true},
		{"**", "", true},
		{"**", ".", true},
		{"", "", true},
		{"", "envs", false},
		{".", "", true},
		{"envs/**", "envs", true},
		{"envs/**", "envs/dev/db", true},
		{"envs/**", "environment", false},
		{"**/db", "db", true},
		{"**/db", "envs/prod/db", true},
		{"**/db", "envs/prod/db/x", false},
		{"**/db/**", "a/db/b/db", true},
		{"**/prod/**/db", "x/prod/y/z/db", true},
		{"**/prod/**/db", "x/prod/db", true},
		{"**/prod/**/db", "x/dev/db", false},
		{"**/a/b", "a/a/b", true},
		{"**/a/b", "a/b/a/b", true},
		{"a/**/b/**/c", "a/b/c/b/c", true},
		{"a**b", "axxb", true},
		{"a**b", "ax/xb", false},
		{"./envs//dev/", "envs/dev", true},
		{"envs/dev", "./envs/dev/", true},
		{"*a*b*", "xxaxxbxx", true},
		{"*a*b", "xbxa", false},
		{"[ab]", "a", false},
		{"[ab]", "[ab]", true},
		{"Envs", "envs", false},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		if (glob_path_matches(str_of(cases[i].pattern), str_of(cases[i].path)) !=
			cases[i].matches)
			fail_msg("'%s' and '%s'", cases[i].pattern, cases[i].path);
}

/* With a matcher that tries every combination this would not end. */
static void many_stars_take_no_time(void **state)
{
	char pattern[4001], path[4001];

	(void)state;
	for (size_t i = 0; i < 4000; i += 2)
		memcpy(path + i, "a/", 2);
	assert_false(glob_path_matches((struct str){"**/a/**/a/**/a/**/a/**/a/**/a/**/a/b", 36},
		(struct str){path, 4000}));
	for (size_t i = 0; i < 4000; i += 2) {
		memcpy(pattern + i, "*a", 2);
		memcpy(path + i, "aa", 2);
	}
	pattern[3999] = 'b';
	assert_false(glob_path_matches((struct str){pattern, 4000}, (struct str){path, 4000}));
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(paths_match_segment_by_segment),
		cmocka_unit_test(many_stars_take_no_time),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
