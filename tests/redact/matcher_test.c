/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The matcher against a naive search, and views against what they decode and
 * where it came from.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "redact/matcher.h"
#include "redact/view.h"

static bool count(const struct pattern *pattern, size_t start, void *payload)
{
	size_t *sum = payload;

	*sum += 1000003 * start + pattern->value + 1;
	return true;
}

static void test_finds_what_a_naive_search_finds(void **state)
{
	uint32_t seed = 7;

	(void)state;
	for (unsigned round = 0; round < 300; round++) {
		CLEANUP(arena_cleanup) struct arena *arena = arena_create(16 << 20);
		struct matcher matcher = {.arena = arena};
		char text[400];
		size_t expected = 0, got = 0;

		for (size_t i = 0; i < sizeof(text); i++) {
			seed = seed * 1664525 + 1013904223;
			text[i] = (char)('a' + (seed >> 24) % (round % 3 + 1));
		}
		for (uint32_t i = 0; i < 12; i++) {
			struct pattern pattern = {.value = i};

			seed = seed * 1664525 + 1013904223;
			pattern.len = 5 + (seed >> 24) % 20;
			pattern.data = text + (seed >> 8) % (sizeof(text) - pattern.len);
			assert_true(matcher_add(&matcher, pattern));
			for (size_t at = 0;
				pattern.len >= MATCHER_LEAST && at + pattern.len <= sizeof(text);
				at++)
				if (memcmp(text + at, pattern.data, pattern.len) == 0)
					count(&pattern, at, &expected);
		}
		assert_true(matcher_build(&matcher));
		assert_true(
			matcher_search(&matcher, (struct str){text, sizeof(text)}, count, &got));
		assert_int_equal(got, expected);
	}
}

static const struct {
	enum view_kind kind;
	const char *outer, *text;
	/* Where "secret" came from. */
	const char *from;
} views[] = {
	{VIEW_JSON, "a\\u0073ecre\\u0074 b", "asecret b", "\\u0073ecre\\u0074"},
	{VIEW_JSON, "\\ud83d\\ude00\\/secret\\q\\", "\xf0\x9f\x98\x80/secret\\q\\", "secret"},
	{VIEW_JSON, "\\ud83dsecret\\u00", "\xef\xbf\xbdsecret\\u00", "secret"},
	{VIEW_PERCENT, "%73ecre%74+%2", "secret+%2", "%73ecre%74"},
	{VIEW_FORM, "a+%73ecret", "a secret", "%73ecret"},
	{VIEW_BASE64, "eHNlY3JldHk=", "xsecrety", "eHNlY3JldH"},
	{VIEW_BASE64, "eHNl\nY3JldHk", "xsecrety", "eHNl\nY3JldHk"},
};

static void test_views_and_their_way_back(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(views); i++) {
		struct view view = {0};
		struct str outer = str_of(views[i].outer), from;
		size_t start, end;

		assert_true(view_open(&view, views[i].kind, outer, 0, outer.len));
		if (!str_is(buf_str(&view.text), views[i].text))
			fail_msg("view %zu: %.*s", i, STR_ARG(buf_str(&view.text)));
		start = str_find(buf_str(&view.text), STR("secret"));
		end = start + 6;
		view_map(&view, &start, &end);
		from = str_slice(outer, start, end);
		/* Units of base64 are hidden as a whole. */
		if (views[i].kind == VIEW_BASE64 ? str_find(from, str_of("NlY3JldH")) == SIZE_MAX &&
					!str_is(from, views[i].from)
						 : !str_is(from, views[i].from))
			fail_msg("view %zu came from %.*s", i, STR_ARG(from));
		view_free(&view);
	}
}

/* Far behind the marks that are kept, positions are still exact. */
static void test_positions_far_inside(void **state)
{
	CLEANUP(buf_free) struct buf outer = BUF(1 << 20);
	struct view view = {0};

	(void)state;
	for (unsigned i = 0; i < 1000; i++)
		buf_printf(&outer, "\\u%04x.", 'a' + i % 26);
	assert_true(view_open(&view, VIEW_JSON, buf_str(&outer), 0, outer.len));
	assert_int_equal(view.text.len, 2000);
	for (size_t i = 0; i + 3 <= 2000; i++) {
		size_t start = i, end = i + 3;

		view_map(&view, &start, &end);
		assert_int_equal(start, i / 2 * 7 + i % 2 * 6);
		assert_int_equal(end, (i + 3) / 2 * 7 + (i + 3) % 2 * 6);
	}
	view_free(&view);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_finds_what_a_naive_search_finds),
		cmocka_unit_test(test_views_and_their_way_back),
		cmocka_unit_test(test_positions_far_inside),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
