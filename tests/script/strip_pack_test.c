/* SPDX-License-Identifier: Apache-2.0 */
/* What was stripped, as bytes and back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/file.h"
#include "script/strip_pack.h"

static const char *const files[] = {"classes", "comparisons", "decorators", "enums", "namespaces",
	"nested", "syntax", "templates", "types"};

static struct arena *arena;

static int set_up(void **state)
{
	(void)state;
	arena = arena_create((size_t)1 << 30);
	return arena ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	arena_destroy(arena);
	return 0;
}

static struct str pack(struct str source, enum script_dialect dialect, struct stripped *ret)
{
	CLEANUP(buf_free) struct buf out = BUF(1 << 20);

	assert_int_equal(script_strip(source, dialect, STR("a.ts"), arena, ret, NULL), 0);
	strip_pack(ret, source, &out);
	assert_false(buf_failed(&out));
	return arena_str(arena, buf_str(&out));
}

static void assert_same(const struct stripped *a, const struct stripped *b)
{
	assert_true(str_eq(a->text, b->text));
	assert_int_equal(a->is_module, b->is_module);
	assert_int_equal(a->has_equals, b->has_equals);
	assert_int_equal(a->commonjs, b->commonjs);
	assert_int_equal(a->import_count, b->import_count);
	for (size_t i = 0; i < a->import_count; i++) {
		const struct script_import *x = &a->imports[i], *y = &b->imports[i];

		assert_int_equal(x->kind, y->kind);
		assert_int_equal(x->is_used, y->is_used);
		assert_int_equal(x->offset, y->offset);
		assert_ptr_equal(x->specifier.data, y->specifier.data);
		assert_int_equal(x->specifier.len, y->specifier.len);
		assert_int_equal(x->count, y->count);
		for (size_t k = 0; k < x->count; k++) {
			assert_true(str_eq(x->names[k].name, y->names[k].name));
			assert_int_equal(x->names[k].offset, y->names[k].offset);
			assert_int_equal(x->names[k].is_used, y->names[k].is_used);
		}
	}
	assert_int_equal(a->type_count, b->type_count);
	for (size_t i = 0; i < a->type_count; i++)
		assert_true(str_eq(a->types[i], b->types[i]));
	assert_int_equal(a->shift_count, b->shift_count);
	for (size_t i = 0; i < a->shift_count; i++) {
		assert_int_equal(a->shifts[i].line, b->shifts[i].line);
		assert_int_equal(a->shifts[i].column, b->shifts[i].column);
		assert_int_equal(a->shifts[i].source_line, b->shifts[i].source_line);
		assert_int_equal(a->shifts[i].source_column, b->shifts[i].source_column);
		assert_int_equal(a->shifts[i].is_added, b->shifts[i].is_added);
	}
}

static void check(struct str source, enum script_dialect dialect)
{
	struct stripped stripped = {0}, again = {0};
	struct str packed = pack(source, dialect, &stripped);

	assert_true(strip_unpack(packed, source, arena, &again));
	assert_same(&stripped, &again);
}

static void test_same(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(files); i++) {
		CLEANUP(file_unmap) struct file_map map = {0};
		char path[128];

		snprintf(path, sizeof(path), "tests/script/programs/%s.ts", files[i]);
		assert_int_equal(file_map(path, 1 << 20, &map, NULL), 0);
		check(map.text, SCRIPT_TYPESCRIPT);
	}
	check(STR(""), SCRIPT_TYPESCRIPT);
	check(STR("import a, { b as c, type D } from './x'; export * from \"y\"; import('z');\n"
		  "export type T = typeof require; c(__dirname, a);\n"),
		SCRIPT_TYPESCRIPT);
	check(STR("import x from 'y'; export { x };"), SCRIPT_JAVASCRIPT);
	check(STR("module.exports = 1;"), SCRIPT_JAVASCRIPT);
}

static const char source_text[] =
	"import a, { b } from './x'; export type T = 1; enum E { A } export = a[E.A] + b;\n";

/* Whatever the bytes are, they are refused or are something; what is cut, or goes on, is refused. */
static void test_damaged(void **state)
{
	const struct str source = str_of(source_text);
	struct stripped stripped = {0}, again = {0};
	struct str packed = pack(source, SCRIPT_TYPESCRIPT, &stripped);
	char *copy = arena_alloc(arena, packed.len + 1);

	(void)state;
	memcpy(copy, packed.data, packed.len);
	for (size_t i = 0; i < packed.len; i++) {
		assert_false(strip_unpack((struct str){copy, i}, source, arena, &again));
		for (unsigned bit = 1; bit < 256; bit <<= 1) {
			CLEANUP(arena_cleanup) struct arena *own = arena_create(1 << 20);

			copy[i] = (char)(copy[i] ^ (int)bit);
			(void)strip_unpack((struct str){copy, packed.len}, source, own, &again);
			copy[i] = (char)(copy[i] ^ (int)bit);
		}
	}
	assert_false(strip_unpack((struct str){copy, packed.len + 1}, source, arena, &again));
	/* Nor is it another source's. */
	assert_false(strip_unpack(packed, str_slice(source, 0, 10), arena, &again));
	assert_true(strip_unpack(packed, source, arena, &again));
	assert_same(&stripped, &again);
}

static void test_memory(void **state)
{
	const struct str source = str_of(source_text);
	struct stripped stripped = {0};
	struct str packed = pack(source, SCRIPT_TYPESCRIPT, &stripped);

	(void)state;
	for (uint64_t nth = 1;; nth++) {
		CLEANUP(arena_cleanup) struct arena *own = arena_create(1 << 20);
		struct stripped again = {0};
		bool done, failed;

		mem_fail_from(nth);
		done = strip_unpack(packed, source, own, &again);
		failed = mem_count() >= nth;
		mem_fail_from(0);
		assert_int_equal(done, !failed);
		if (!failed)
			break;
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_same),
		cmocka_unit_test(test_damaged),
		cmocka_unit_test(test_memory),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
