/* SPDX-License-Identifier: Apache-2.0 */
/* Simple regular expressions: what they find, in JavaScript's meaning, and which are left alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "construct/pattern.h"

static bool finds(const char *pattern, struct str text)
{
	struct arena *arena = arena_create(1 << 20);
	const struct pattern *read = pattern_read(str_of(pattern), arena);
	bool found;

	if (!read)
		fail_msg("%s is not read", pattern);
	found = pattern_finds(read, text);
	arena_destroy(arena);
	return found;
}

static void they_are_found(void **state)
{
	static const char *const pairs[][2] = {{"^[0-9A-Za-z_.-]+$", "a.b-c_9"}, {"^/", "/x"},
		{"^[245]\\d\\d$", "404"}, {"[0-9a-z]{4,7}", "-abcd-"}, {"^\\w*$", ""},
		{"^[\\w-]*$", "a-_9"}, {"^#[0-9A-F]{6}$", "#A1B2C3"}, {"^a?b+c{2}$", "bbcc"},
		{"^[^/]{1,}$", "a\nb"}, {"^.*x$", "axbx"}, {"\\$LATEST", "v$LATEST"},
		{"^[A-Za-z-_]{1,4}$", "a-_Z"}, {"^[+\\-@%\\]]$", "]"}, {"^[a\\d-]$", "-"},
		{"x*$", ""}, {"", "anything"}, {"^$", ""}, {"^[ -~]+$", " ~"}, {"^a{0}$", ""},
		{"\\{username\\}", "a{username}"}, {"^a*a*b$", "aaab"}, {"^[$]$", "$"}};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(pairs); i++)
		if (!finds(pairs[i][0], str_of(pairs[i][1])))
			fail_msg("%s is not found in %s", pairs[i][0], pairs[i][1]);
}

static void they_are_not_found(void **state)
{
	static const char *const pairs[][2] = {{"^[0-9A-Za-z_.-]+$", "a b"}, {"^/", "x/"},
		{"^[0-9A-Za-z_.-]+$", ""}, {"^a$", "a\n"}, {"^.$", "\n"}, {"^.$", "\r"},
		{"^[245]\\d\\d$", "604"}, {"^[245]\\d\\d$", "4040"}, {"[0-9a-z]{4,7}", "abc"},
		{"^[^/]+$", "a/b"}, {"^\\w$", "-"}, {"^a{2}$", "aaa"}, {"^$", " "}};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(pairs); i++)
		if (finds(pairs[i][0], str_of(pairs[i][1])))
			fail_msg("%s is found in %s", pairs[i][0], pairs[i][1]);
}

static void what_is_not_ascii_or_takes_long_is_not_found(void **state)
{
	char many[512];

	(void)state;
	memset(many, 'a', sizeof(many));
	assert_false(finds("^.*$", STR("é")));
	assert_false(finds("a*a*a*a*a*b", (struct str){many, sizeof(many)}));
	assert_true(finds("^a*$", (struct str){many, sizeof(many)}));
	assert_false(finds("^a$", STR("a\0")));
}

static void others_are_left_alone(void **state)
{
	static const char *const patterns[] = {"^(a|b)$", "a|b", "^a+?$", "^a**$", "[[:alpha:]]",
		"\\p{L}", "\\s", "\\bx", "a{", "a{x}", "a{3,2}", "{", "}", "]", "a^b", "a$b", "[a",
		"[]", "[^]", "[z-a]", "[\\d-x]", "[a-\\d]", "\\", "[\\", "\\n", "\\1", "é", "(?:a)",
		"\\x41", "a{9999999}", "*a", "?"};

	struct arena *arena = arena_create(1 << 20);

	(void)state;
	for (size_t i = 0; i < COUNT_OF(patterns); i++)
		if (pattern_read(str_of(patterns[i]), arena))
			fail_msg("%s is read", patterns[i]);
	arena_destroy(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(they_are_found),
		cmocka_unit_test(they_are_not_found),
		cmocka_unit_test(what_is_not_ascii_or_takes_long_is_not_found),
		cmocka_unit_test(others_are_left_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
