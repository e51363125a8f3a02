/* SPDX-License-Identifier: Apache-2.0 */
/* Archives byte by byte where APPNOTE.TXT says so, and their limits.  tests/program/assets.py has another reader open them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/zip.h"

static uint32_t number_at(struct str text, size_t at, unsigned bytes)
{
	uint32_t number = 0;

	while (bytes--)
		number = number << 8 | (unsigned char)text.data[at + bytes];
	return number;
}

static void test_stored(void **state)
{
	CLEANUP(zip_free) struct zip zip;
	struct str archive;

	(void)state;
	zip_init(&zip, 4096);
	assert_int_equal(zip_add(&zip, STR("lib/"), STR(""), 0755, NULL), 0);
	assert_int_equal(zip_add(&zip, STR("a"), STR("123456789"), 0644, NULL), 0);
	assert_int_equal(zip_end(&zip, &archive, NULL), 0);
	assert_int_equal(archive.len, 30 + 4 + 30 + 1 + 9 + 46 + 4 + 46 + 1 + 22);
	/* the second entry: nothing is won by deflating nine different bytes; their CRC-32 is the published check value */
	assert_int_equal(number_at(archive, 34, 4), 0x04034b50);
	assert_int_equal(number_at(archive, 34 + 8, 2), 0);
	assert_int_equal(number_at(archive, 34 + 14, 4), 0xcbf43926);
	assert_int_equal(number_at(archive, 34 + 18, 4), 9);
	assert_int_equal(number_at(archive, 34 + 22, 4), 9);
	/* the end: two entries, where their directory is and how long */
	assert_int_equal(number_at(archive, archive.len - 22, 4), 0x06054b50);
	assert_int_equal(number_at(archive, archive.len - 12, 2), 2);
	assert_int_equal(number_at(archive, archive.len - 10, 4), 46 + 4 + 46 + 1);
	assert_int_equal(number_at(archive, archive.len - 6, 4), 30 + 4 + 30 + 1 + 9);
}

static void test_deflated(void **state)
{
	CLEANUP(zip_free) struct zip zip;
	static char zeros[100000];
	struct str archive;

	(void)state;
	zip_init(&zip, 4096);
	assert_int_equal(
		zip_add(&zip, STR("zeros"), (struct str){zeros, sizeof(zeros)}, 0644, NULL), 0);
	assert_int_equal(zip_end(&zip, &archive, NULL), 0);
	assert_int_equal(number_at(archive, 8, 2), 8);
	assert_int_equal(number_at(archive, 22, 4), sizeof(zeros));
	assert_true(number_at(archive, 18, 4) < 200);
}

static void test_none(void **state)
{
	CLEANUP(zip_free) struct zip zip;
	struct str archive;

	(void)state;
	zip_init(&zip, 4096);
	assert_int_equal(zip_end(&zip, &archive, NULL), 0);
	assert_int_equal(archive.len, 22);
}

static void test_too_large(void **state)
{
	CLEANUP(zip_free) struct zip zip;
	struct error err = {ERR_NONE};

	(void)state;
	zip_init(&zip, 64);
	assert_int_equal(
		zip_add(&zip, STR("a"), STR("0123456789abcdefghijklmnopqrstuvwxyz"), 0644, &err),
		-74);
	assert_int_equal(err.id, ERR_OUTPUT);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_stored),
		cmocka_unit_test(test_deflated),
		cmocka_unit_test(test_none),
		cmocka_unit_test(test_too_large),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
