/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/file.h"
#include "script/strip.h"

static struct arena *arena;
static struct error err;

static int strip(const char *text, struct stripped *ret)
{
	err = (struct error){0};
	return script_strip(str_of(text), SCRIPT_TYPESCRIPT, STR("a.ts"), arena, ret, &err);
}

static void assert_text(struct str got, const char *wanted)
{
	assert_string_equal(arena_cstr(arena, got), wanted);
}

/* Without the spaces at the ends of lines. */
static const char *trimmed(struct str text)
{
	struct buf out = BUF(1 << 20);
	const char *result;

	while (!str_absent(text)) {
		struct str line = str_split(&text, '\n');

		while (line.len && line.data[line.len - 1] == ' ')
			line.len--;
		buf_add(&out, line);
		buf_add_char(&out, '\n');
	}
	result = arena_cstr(arena, str_trim(buf_str(&out)));
	buf_free(&out);
	return result;
}

/* Where nothing was lowered, each byte is the author's, a space, or one that parts two statements. */
static void assert_same_places(struct str source, const struct stripped *stripped)
{
	if (stripped->shift_count)
		return;
	assert_int_equal(stripped->text.len, source.len);
	for (size_t i = 0; i < source.len; i++)
		if (source.data[i] == '\n' || stripped->text.data[i] == '\n')
			assert_int_equal(stripped->text.data[i], source.data[i]);
}

static void check_case(struct str name, struct str source, struct str wanted)
{
	struct stripped stripped = {0};
	const char *got;

	err = (struct error){0};
	if (script_strip(source, SCRIPT_TYPESCRIPT, STR("a.ts"), arena, &stripped, &err) < 0) {
		got = arena_cstr(
			arena, arena_printf(arena, "!%u:%u %s", err.line, err.column, err.message));
	} else {
		got = trimmed(stripped.text);
		assert_same_places(source, &stripped);
	}
	if (strcmp(got, trimmed(wanted)) != 0)
		fail_msg("%.*s:\n%s\ninstead of\n%s", STR_ARG(name), got, trimmed(wanted));
}

static void cases_of_the_table(void **state)
{
	CLEANUP(file_unmap) struct file_map map = {0};
	const struct str start = STR("\n=== "), middle = STR("\n---\n");
	struct str rest;
	unsigned count = 0;

	(void)state;
	assert_int_equal(file_map("tests/script/strip_cases.txt", 1 << 20, &map, &err), 0);
	rest = map.text;
	for (size_t at = str_find(rest, start); at != SIZE_MAX; at = str_find(rest, start)) {
		struct str one = str_slice(rest, at + start.len, rest.len);
		struct str text = str_slice(one, 0, str_find(one, start));
		struct str name = str_split(&text, '\n');
		size_t half = str_find(text, middle);

		assert_int_not_equal(half, SIZE_MAX);
		check_case(name, str_slice(text, 0, half + 1),
			str_slice(text, half + middle.len, text.len));
		rest = one;
		count++;
	}
	assert_true(count >= 25);
}

static void imports_are_listed_with_their_places(void **state)
{
	struct stripped stripped = {0};

	(void)state;
	assert_int_equal(strip("import a, { b as c, type d } from \"x\";\nexport * from 'y';\n"
			       "a; c; import(\"z\"); const e = require(\"w\");\nimport f = "
			       "require(\"v\");\n",
				 &stripped),
		0);
	assert_true(stripped.is_module);
	assert_int_equal(stripped.import_count, 5);
	assert_text(stripped.imports[0].specifier, "x");
	assert_int_equal(stripped.imports[0].offset, 34);
	assert_int_equal(stripped.imports[0].count, 3);
	assert_text(stripped.imports[0].names[0].name, "default");
	assert_text(stripped.imports[0].names[1].name, "b");
	assert_int_equal(stripped.imports[0].names[1].offset, 12);
	assert_true(stripped.imports[0].names[1].is_used);
	assert_false(stripped.imports[0].names[2].is_used);
	assert_int_equal(stripped.imports[1].kind, SCRIPT_EXPORT_FROM);
	assert_text(stripped.imports[1].names[0].name, "*");
	assert_int_equal(stripped.imports[2].kind, SCRIPT_IMPORT_DYNAMIC);
	assert_int_equal(stripped.imports[3].kind, SCRIPT_REQUIRE);
	assert_text(stripped.imports[4].specifier, "v");
	assert_false(stripped.imports[4].is_used);
}

static void places_lead_back_to_the_source(void **state)
{
	const char *text = "enum A { B = c() + d() }\nlet e: number = f();\n";
	struct stripped stripped = {0};
	size_t at;
	uint32_t line, column;

	(void)state;
	assert_int_equal(strip(text, &stripped), 0);
	assert_true(stripped.shift_count > 0);
	at = str_find(stripped.text, STR("d()"));
	assert_true(at > 30 && at != SIZE_MAX);
	script_place(&stripped, 1, (uint32_t)at + 1, &line, &column);
	assert_int_equal(line, 1);
	assert_int_equal(column, strstr(text, "d()") - text + 1);
	script_place(&stripped, 1, 1, &line, &column);
	assert_int_equal(column, 1);
	script_place(&stripped, 2, 17, &line, &column);
	assert_int_equal(line, 2);
	assert_int_equal(column, 17);
}

static void commonjs_names_count_unless_declared(void **state)
{
	struct stripped stripped = {0};

	(void)state;
	assert_int_equal(strip("require('a'); exports.b = __dirname;\n", &stripped), 0);
	assert_int_equal(stripped.commonjs,
		SCRIPT_MENTIONS_REQUIRE | SCRIPT_MENTIONS_EXPORTS | SCRIPT_MENTIONS_DIRNAME);
	assert_false(stripped.is_module);
	assert_int_equal(
		strip("const module = 1, { require } = a; module.require;\n", &stripped), 0);
	assert_int_equal(stripped.commonjs, 0);
	assert_int_equal(strip("import { require } from 'a'; require('b');\n", &stripped), 0);
	assert_int_equal(stripped.commonjs, 0);
	assert_int_equal(strip("import a = require('a'); a();\n", &stripped), 0);
	assert_int_equal(stripped.commonjs, SCRIPT_MENTIONS_REQUIRE);
	assert_int_equal(strip("import a = require('a'); let b: a;\n", &stripped), 0);
	assert_int_equal(stripped.commonjs, 0);
}

static void javascript_passes_untouched(void **state)
{
	const struct str text = STR("import { a } from 'b';\nexport const c = d < e > (f);\n");
	struct stripped stripped = {0};

	(void)state;
	assert_int_equal(
		script_strip(text, SCRIPT_JAVASCRIPT, STR("a.js"), arena, &stripped, &err), 0);
	assert_ptr_equal(stripped.text.data, text.data);
	assert_int_equal(stripped.import_count, 1);
	assert_true(stripped.imports[0].names[0].is_used);
	assert_int_equal(script_strip(STR("import ] nonsense"), SCRIPT_JAVASCRIPT, STR("a.js"),
				 arena, &stripped, &err),
		0);
	assert_int_equal(stripped.import_count, 0);
}

static void dialects_are_told_by_the_name(void **state)
{
	enum script_dialect dialect = SCRIPT_JAVASCRIPT;

	(void)state;
	assert_true(script_dialect_of(STR("a/b.mts"), &dialect));
	assert_int_equal(dialect, SCRIPT_TYPESCRIPT);
	assert_true(script_dialect_of(STR("a/b.cjs"), &dialect));
	assert_int_equal(dialect, SCRIPT_JAVASCRIPT);
	assert_false(script_dialect_of(STR("a/b.jsx"), &dialect));
}

static void every_refused_allocation_is_an_error(void **state)
{
	static const char text[] =
		"import { A, B } from 'a';\nimport C = require('c');\nexport interface D {}\n"
		"export { A, B as E };\nconst f = <G>(h: G): G => h as any;\nimport('i');\n"
		"export enum J { K, L = 'l' }\nnamespace M.N { export let o = 1 }\n"
		"@p class Q { constructor(@r private s: T) {} }\n";
	struct stripped stripped = {0};
	uint64_t count;

	(void)state;
	mem_fail_from(UINT64_MAX);
	assert_int_equal(strip(text, &stripped), 0);
	count = mem_count();
	mem_fail_from(0);
	assert_true(count > 10);
	for (uint64_t nth = 1; nth <= count; nth++) {
		struct arena *own = arena_create((size_t)64 << 20);

		stripped = (struct stripped){0};
		mem_fail_from(nth);
		assert_int_equal(script_strip(str_of(text), SCRIPT_TYPESCRIPT, STR("a.ts"), own,
					 &stripped, &err),
			-75);
		mem_fail_from(0);
		assert_null(stripped.text.data);
		arena_destroy(own);
	}
}

static int set_up(void **state)
{
	(void)state;
	arena = arena_create((size_t)64 << 20);
	return arena ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	arena_destroy(arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(cases_of_the_table, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			imports_are_listed_with_their_places, set_up, tear_down),
		cmocka_unit_test_setup_teardown(places_lead_back_to_the_source, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			commonjs_names_count_unless_declared, set_up, tear_down),
		cmocka_unit_test_setup_teardown(javascript_passes_untouched, set_up, tear_down),
		cmocka_unit_test_setup_teardown(dialects_are_told_by_the_name, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			every_refused_allocation_is_an_error, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
