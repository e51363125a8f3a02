/* SPDX-License-Identifier: Apache-2.0 */
/* Names as cdktf gives them, to the byte: states hang on them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "construct/logical_id.h"

#define TEN "qqqqqqqqqq"
#define HUNDRED TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN

static void assert_name(const char *path, bool is_legacy, const char *wanted)
{
	CLEANUP(buf_free) struct buf name = BUF(1 << 16);

	assert_true(logical_id_make(str_of(path), is_legacy, &name));
	assert_false(buf_failed(&name));
	assert_int_equal(name.len, strlen(wanted));
	assert_memory_equal(buf_str(&name).data, wanted, name.len);
}

static void test_names(void **state)
{
	static const struct {
		const char *path, *name;
	} cases[] = {
		{"orders", "orders"},
		{"a b", "ab"},
		{"$", ""},
		{"", ""},
		{"Default/orders/Default", "orders"},
		{"Resource", "Resource"},
		{"Res/Resource", "Res_E0A55A37"},
		{"Res/Resource/$", "Res__E3814AE2"},
		{"_/a--b/x-y_z/$/Res", "__a--b_x-y_z__Res_D4A4BD46"},
		{"s/Default/Res/Default", "s_Res_EF069725"},
		{"a--b/./orders/\u65e5\u672c", "a--b__orders__0CF214C4"},
		{"-/-/a", "-_a_AF1C4CA9"}, /* an id that the one before ends in */
		{"my-queue/queue", "my-queue_4B1B8577"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_name(cases[i].path, false, cases[i].name);
}

static void test_lengths(void **state)
{
	(void)state;
	assert_name(HUNDRED HUNDRED TEN TEN TEN TEN TEN "12345", false,
		HUNDRED HUNDRED TEN TEN TEN TEN TEN "12345");
	assert_name(HUNDRED HUNDRED TEN TEN TEN TEN TEN "123456", false,
		HUNDRED HUNDRED TEN TEN TEN TEN "_081CB164");
	assert_name(HUNDRED "/a/" HUNDRED TEN TEN TEN TEN TEN, false,
		HUNDRED "_a_" HUNDRED TEN TEN TEN "qqqqqqq_2502284D");
}

static void test_legacy_names(void **state)
{
	(void)state;
	assert_name("orders", true, "orders_12C500ED");
	assert_name("my-stack/Default/a_b", true, "mystack_ab_7D913E68");
	assert_name("Default", true, "_D41D8CD9");
}

static void test_nothing_counts(void **state)
{
	CLEANUP(buf_free) struct buf name = BUF(1 << 16);

	(void)state;
	assert_false(logical_id_make(STR("Default"), false, &name));
	assert_false(logical_id_make(STR("Default/Default"), false, &name));
}

static void test_a_name_is_added(void **state)
{
	CLEANUP(buf_free) struct buf name = BUF(1 << 16);

	(void)state;
	buf_add(&name, STR("x."));
	assert_true(logical_id_make(STR("a/b"), false, &name));
	assert_int_equal(name.len, strlen("x.a_b_A7E86136"));
	assert_memory_equal(name.data, "x.a_b_A7E86136", name.len);
}

static void test_memory_runs_out(void **state)
{
	(void)state;
	for (unsigned long n = 1; n <= 2; n++) {
		CLEANUP(buf_free) struct buf name = BUF(1 << 16);

		mem_fail_from(n);
		logical_id_make(STR("a/Default/b"), false, &name);
		mem_fail_from(0);
		assert_true(buf_failed(&name));
	}
}

static void test_is_name(void **state)
{
	(void)state;
	assert_true(logical_id_is(STR("a-B_9")));
	assert_true(logical_id_is(STR(HUNDRED HUNDRED TEN TEN TEN TEN TEN "12345")));
	assert_false(logical_id_is(STR(HUNDRED HUNDRED TEN TEN TEN TEN TEN "123456")));
	assert_false(logical_id_is(STR("")));
	assert_false(logical_id_is(STR("a b")));
	assert_false(logical_id_is(STR("a/b")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_lengths),
		cmocka_unit_test(test_legacy_names),
		cmocka_unit_test(test_nothing_counts),
		cmocka_unit_test(test_a_name_is_added),
		cmocka_unit_test(test_memory_runs_out),
		cmocka_unit_test(test_is_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
