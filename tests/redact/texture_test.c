/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A texture must never miss what a detector would find: both are asked about
 * texts made of the pieces that detectors look for, at every place in a block.
 */
#include "redact/texture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "redact/view.h"

static struct shapes_index index_of_shapes;

static unsigned texture(const char *text)
{
	return text_texture(&index_of_shapes, str_of(text));
}

static bool count_found(size_t start, size_t end, void *payload)
{
	(void)start;
	(void)end;
	*(size_t *)payload += 1;
	return true;
}

static void test_plain_texts_hold_nothing(void **state)
{
	(void)state;
	assert_int_equal(texture(""), 0);
	assert_int_equal(texture("eu-west-1"), 0);
	assert_int_equal(texture("arn:aws:rds:eu-west-1:123456789012:db:orders-main"), 0);
	assert_int_equal(texture("GreaterThanThreshold"), TEXTURE_BASE64);
}

static void test_each_bit(void **state)
{
	(void)state;
	assert_int_equal(texture("a@b"), TEXTURE_TOKEN);
	assert_int_equal(texture("x = 1"), TEXTURE_ASSIGNED);
	assert_int_equal(texture("\"x\":1"), TEXTURE_ASSIGNED);
	assert_int_equal(texture("x: 1"), TEXTURE_ASSIGNED);
	assert_int_equal(texture("a\\b"), TEXTURE_BACKSLASH);
	assert_int_equal(texture("50%"), TEXTURE_PERCENT);
	assert_int_equal(texture("a+b"), TEXTURE_PLUS);
	assert_int_equal(texture("0123456789-bcde"), 0);
	assert_int_equal(texture("0123456789-bcdef"), TEXTURE_BASE64);
	assert_int_equal(
		texture("0123456789-bcdef----"), TEXTURE_BASE64 | TEXTURE_ASSIGNED | TEXTURE_TOKEN);
	assert_int_equal(texture("0123456789-bcdef-XYZ"), TEXTURE_BASE64 | TEXTURE_RANDOM);
	assert_int_equal(
		texture("0123456789-bcdef0123456789-bcdef"), TEXTURE_BASE64 | TEXTURE_RANDOM);
	assert_int_equal(text_texture(&index_of_shapes, (struct str){"a\0b", 3}), TEXTURE_NUL);
}

/* What each detector finds in a text must be told by its bit. Returns how many found something. */
static size_t check(struct str text)
{
	unsigned told = text_texture(&index_of_shapes, text);
	size_t known = 0, assigned = 0, random = 0, from = 0, start, end;
	bool base64 = view_next_base64(text, &from, &start, &end);

	shapes_known(&index_of_shapes, text, count_found, &known);
	shapes_assigned(text, count_found, &assigned);
	shapes_random(text, count_found, &random);
	if (known)
		assert_true(told & TEXTURE_TOKEN);
	if (assigned)
		assert_true(told & TEXTURE_ASSIGNED);
	if (random)
		assert_true(told & TEXTURE_RANDOM);
	if (base64)
		assert_true(told & TEXTURE_BASE64);
	return (size_t)((known > 0) + (assigned > 0) + (random > 0) + base64);
}

static void test_no_detector_is_missed(void **state)
{
	static const char *const pieces[] = {"AKIAABCDEFGHIJKLMNOP",
		("ghp_0123456789abcdefghijABCDEF"
		 "GHIJ012345"),
		"$2y$10$abcdefghijklmnopqrstuvABCDEFGHIJKLMNOPQRSTUVWXYZ01234",
		"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl", "-----BEGIN PRIVATE KEY-----",
		"MHcCAQEEIAbcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
		"postgres://u:Hunter2xx@h/db", "u:Hunter2xx@tcp(h)", "password=Hunter2xx",
		"password: Hunter2xx", "\"password\":\"Hunter2xx\"", "'token' : x9y8z7w6",
		"token:='x9y8z7w6'", "api_key => k9j8h7g6", "--password Hunter2xx",
		"aB3dE5gH7jK9mN1pQ2rS4tU6", "U29tZSByZWFkYWJsZSB0ZXh0", " ", ".", "/", "x", "\n",
		"{", "\"", ":", "-", "="};
	unsigned seed = 1;
	size_t found = 0;

	(void)state;
	for (size_t round = 0; round < 20000; round++) {
		char text[400];
		size_t len = round % 17;

		memset(text, "._ /-"[round % 5], len);
		for (size_t i = 0; i < 4; i++) {
			const char *piece;

			seed = seed * 1103515245u + 12345u;
			piece = pieces[(seed >> 16) % COUNT_OF(pieces)];
			memcpy(text + len, piece, strlen(piece));
			len += strlen(piece);
		}
		found += check((struct str){text, len});
	}
	/* The pieces are what detectors find, so most texts must have had some. */
	assert_true(found > 20000);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plain_texts_hold_nothing),
		cmocka_unit_test(test_each_bit),
		cmocka_unit_test(test_no_detector_is_missed),
	};

	shapes_index_init(&index_of_shapes);
	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
