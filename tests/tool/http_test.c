/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What curl printed, taken apart: several heads, odd ones, none at all; and
 * what is refused before a child is started.  tests/program/comment.py talks
 * to a server.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "tool/http.h"

#define NONE UINT64_MAX

static const struct {
	const char *text;
	bool read;
	unsigned status;
	const char *body;
	uint64_t retry_after;
	bool has_next;
} cases[] = {
	{"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]\n200 38", true, 200, "[]", NONE, false},
	{"HTTP/2 429\r\nretry-after: 7\r\n\r\n\n429 30", true, 429, "", 7, false},
	{"HTTP/2 200\r\nLink: <u>; rel=\"prev\", <v>; rel=\"next\"\r\n\r\n{}\n200 54", true, 200,
		"{}", NONE, true},
	/* A name that only ends or begins like it. */
	{"HTTP/2 200\r\nX-Link: <v>; rel=\"next\"\r\nlinks: rel=\"next\"\r\n\r\n\n200 58", true,
		200, "", NONE, false},
	/* A provisional answer says nothing of the real one. */
	{"HTTP/1.1 100 C\r\nRetry-After: 9\r\n\r\nHTTP/1.1 200 OK\r\n\r\nx\n200 53", true, 200, "x",
		NONE, false},
	/* A date is not a number of seconds. */
	{"HTTP/2 503\r\nRetry-After: Fri, 31 Dec 1999 23:59:59 GMT\r\n\r\n\n503 58", true, 503, "",
		NONE, false},
	/* The body may look like a head. */
	{"HTTP/2 200\r\n\r\nRetry-After: 5\r\n\n200 14", true, 200, "Retry-After: 5\r\n", NONE,
		false},
	{"\n000 0", true, 0, "", NONE, false},
	{"", false, 0, "", 0, false},
	{"200 0", false, 0, "", 0, false},
	{"x\n200", false, 0, "", 0, false},
	{"x\n200 9", false, 0, "", 0, false},
	{"x\n1000 0", false, 0, "", 0, false},
	{"x\n-1 0", false, 0, "", 0, false},
};

static void test_answers(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct http_response response;
		bool read = http_response_read(str_of(cases[i].text), &response);

		if (read != cases[i].read)
			print_error("case %zu\n", i);
		assert_int_equal(read, cases[i].read);
		if (!read)
			continue;
		assert_int_equal(response.status, cases[i].status);
		if (!str_is(response.body, cases[i].body))
			print_error("case %zu: '%.*s'\n", i, STR_ARG(response.body));
		assert_true(str_is(response.body, cases[i].body));
		assert_true(response.retry_after == cases[i].retry_after);
		assert_int_equal(response.has_next, cases[i].has_next);
	}
}

static void test_refused(void **state)
{
	static const char *const urls[] = {"", "ftp://a", "http://forge.invalid/",
		"file:///etc/passwd", "http://127.0.0.1.evil.invalid/",
		"http://localhost@evil.invalid/", "https://a\nb"};
	CLEANUP(arena_cleanup) struct arena *arena = arena_create(1 << 20);
	struct http_response response;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(urls); i++) {
		const struct http_request request = {"GET", urls[i], "A: b", {NULL, 0}};

		assert_int_equal(http_ask(&request, arena, &response, NULL), -64);
	}
}

/* Where memory is short there is an error, and nothing leaks. */
static void test_short_of_memory(void **state)
{
	const struct http_request request = {
		"GET", "https://forge.invalid/", "A: b", STR_INIT("{}")};

	(void)state;
	for (uint64_t n = 1; n < 6; n++) {
		CLEANUP(arena_cleanup) struct arena *arena = arena_create(1 << 20);
		struct http_response response;

		mem_fail_from(n);
		assert_int_equal(http_ask(&request, arena, &response, NULL), -75);
		mem_fail_from(0);
	}
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_answers),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_short_of_memory),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
