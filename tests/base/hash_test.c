/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SHA-256 and HMAC against the published vectors: FIPS 180-4's examples and RFC 4231.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/hash.h"

static void check_sha256(const char *text, const char *hex)
{
	char found[SHA256_HEX + 1];

	sha256_hex(str_of(text), found);
	assert_string_equal(found, hex);
}

static void test_sha256_vectors(void **state)
{
	(void)state;
	check_sha256("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	check_sha256("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	check_sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
		"248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

static void test_sha256_in_pieces(void **state)
{
	unsigned char digest[SHA256_BYTES];
	char hex[SHA256_HEX + 1];
	struct sha256 sha;

	(void)state;
	sha256_init(&sha);
	sha256_add(&sha, STR("a"));
	sha256_add(&sha, STR(""));
	sha256_add(&sha, STR("bc"));
	sha256_end(&sha, digest);
	hex_encode(digest, sizeof(digest), hex);
	assert_string_equal(
		hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void check_hmac(struct str key, struct str text, const char *hex)
{
	unsigned char digest[SHA256_BYTES];
	char found[SHA256_HEX + 1];

	hmac_sha256(key, text, digest);
	hex_encode(digest, sizeof(digest), found);
	assert_string_equal(found, hex);
}

/* RFC 4231, cases 1, 2 and 6: a short key, a text key, a key longer than a block. */
static void test_hmac_vectors(void **state)
{
	char first[20], long_key[131];

	(void)state;
	memset(first, 0x0b, sizeof(first));
	memset(long_key, 0xaa, sizeof(long_key));
	check_hmac((struct str){first, sizeof(first)}, STR("Hi There"),
		"b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
	check_hmac(STR("Jefe"), STR("what do ya want for nothing?"),
		"5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
	check_hmac((struct str){long_key, sizeof(long_key)},
		STR("Test Using Larger Than Block-Size Key - Hash Key First"),
		"60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

static void test_table_hash(void **state)
{
	(void)state;
	assert_true(hash_bytes(STR("abcdefghi"), 1) == hash_bytes(STR("abcdefghi"), 1));
	assert_true(hash_bytes(STR("abcdefghi"), 1) != hash_bytes(STR("abcdefghi"), 2));
	assert_true(hash_bytes(STR("abcdefghi"), 1) != hash_bytes(STR("abcdefghj"), 1));
	assert_true(hash_bytes(STR("a"), 1) != hash_bytes((struct str){"a\0", 2}, 1));
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sha256_vectors),
		cmocka_unit_test(test_sha256_in_pieces),
		cmocka_unit_test(test_hmac_vectors),
		cmocka_unit_test(test_table_hash),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
