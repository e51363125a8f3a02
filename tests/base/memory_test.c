/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Arenas and growing texts: ceilings, sticky failure, and the allocation-failure mode itself.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"

static void test_arena_gives_zeroed_aligned_memory(void **state)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create(1 << 20);

	(void)state;
	assert_non_null(arena);
	for (size_t size = 1; size < 100000; size = size * 3 + 1) {
		char *memory = arena_alloc(arena, size);

		assert_non_null(memory);
		assert_int_equal((uintptr_t)memory % _Alignof(max_align_t), 0);
		for (size_t i = 0; i < size; i++)
			assert_int_equal(memory[i], 0);
		memset(memory, 0x55, size);
	}
}

static void test_arena_ceiling_is_sticky(void **state)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create(1000);

	(void)state;
	assert_non_null(arena_alloc(arena, 900));
	assert_false(arena_failed(arena));
	assert_null(arena_alloc(arena, 200));
	assert_true(arena_failed(arena));
	assert_null(arena_alloc(arena, 1));
	assert_true(str_absent(arena_str(arena, STR("x"))));
}

static void test_arena_size_overflow(void **state)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create(1 << 20);

	(void)state;
	assert_null(ARENA_ARRAY(arena, uint64_t, SIZE_MAX / 2));
	assert_true(arena_failed(arena));
}

static void test_arena_reset_gives_zeroed_memory_again(void **state)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create(1 << 20);
	char *memory = arena_alloc(arena, 100);

	(void)state;
	assert_non_null(memory);
	memset(memory, 0x55, 100);
	arena_reset(arena);
	assert_int_equal(arena_used(arena), 0);
	memory = arena_alloc(arena, 100);
	assert_non_null(memory);
	for (size_t i = 0; i < 100; i++)
		assert_int_equal(memory[i], 0);
}

static void test_arena_texts_end_in_nul(void **state)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create(1 << 20);

	(void)state;
	assert_string_equal(arena_cstr(arena, str_slice(STR("abcdef"), 0, 3)), "abc");
	assert_string_equal(arena_printf(arena, "%d-%s", 7, "x").data, "7-x");
	assert_int_equal(arena_printf(arena, "%d-%s", 7, "x").len, 3);
}

static void test_arena_grow_keeps_items(void **state)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create(1 << 20);
	int *items = NULL;
	size_t count = 0, room = 0;

	(void)state;
	for (int i = 0; i < 1000; i++) {
		assert_true(arena_grow(arena, (void **)&items, count, &room, sizeof(*items)));
		items[count++] = i;
	}
	for (int i = 0; i < 1000; i++)
		assert_int_equal(items[i], i);
}

static void test_buf_ceiling(void **state)
{
	CLEANUP(buf_free) struct buf buf = BUF(10);

	(void)state;
	buf_add(&buf, STR("0123456789"));
	assert_false(buf_failed(&buf));
	assert_true(str_is(buf_str(&buf), "0123456789"));
	buf_add_char(&buf, 'x');
	assert_true(buf_failed(&buf));
	assert_int_equal(buf.len, 0);
	buf_add(&buf, STR("a"));
	assert_true(buf_failed(&buf));
	assert_true(str_is(buf_str(&buf), ""));
}

static void test_failure_mode(void **state)
{
	void *first, *second;

	(void)state;
	mem_fail_from(2);
	first = mem_alloc(1);
	second = mem_alloc(1);
	assert_int_equal(mem_count(), 2);
	mem_fail_from(0);
	assert_non_null(first);
	assert_null(second);
	mem_free(first);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_arena_gives_zeroed_aligned_memory),
		cmocka_unit_test(test_arena_ceiling_is_sticky),
		cmocka_unit_test(test_arena_size_overflow),
		cmocka_unit_test(test_arena_reset_gives_zeroed_memory_again),
		cmocka_unit_test(test_arena_texts_end_in_nul),
		cmocka_unit_test(test_arena_grow_keeps_items),
		cmocka_unit_test(test_buf_ceiling),
		cmocka_unit_test(test_failure_mode),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
