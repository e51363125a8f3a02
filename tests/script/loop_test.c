/* SPDX-License-Identifier: Apache-2.0 */
/* The loop that a program was stopped in, by a place that the engine told. */
#include "script/loop.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* In each text @ is before the told place, and # before the loop that is found; without # there is none. */
static const char *const cases[] = {
	"@f(); #while (true) i++;",
	"let a = 0; #while (@a < 1) { if (a) continue; a++; }",
	"#for (;;) { @f(); }",
	"#do { a = @g(a); } while (a);",
	"@f(); a++; #for (let i = 0; i >= 0; i++) { for (const x of y) x; }",
	/* The innermost one around it. */
	"while (a) { #for (;;) { @f(); } }",
	/* for…of ends by itself. */
	"#while (a) { for (const x of y) @f(x); }",
	"for (const x of y) @f(x); #while (true) {}",
	"#for (const x of y) { @f(x); }",
	"@f(); #for (const x in y) { x; }",
	/* Of the same function alone. */
	"while (true) {} @function f() { let a = 0; #while (true) a++; }",
	"const f = () => { while (true) {} }; @f();",
	"@f(); const g = () => { while (true) {} }; #while (true) {}",
	"class A { @m(): void { #do {} while (true); } n() { for (;;) {} } }",
	"while (true) { const f = () => { @g(); }; }",
	/* No loop, no program, and a place that there is not. */
	"@f();",
	"while (",
	"@",
};

static void loops_are_found(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		CLEANUP(arena_cleanup) struct arena *arena = arena_create(16 << 20);
		size_t told = 0, wanted = SIZE_MAX, offset = SIZE_MAX, len = 0;
		char text[256];

		for (const char *at = cases[i]; *at; at++) {
			if (*at == '@')
				told = len;
			else if (*at == '#')
				wanted = len;
			else
				text[len++] = *at;
		}
		assert_int_equal(
			script_loop((struct str){text, len}, STR("main.ts"), told, arena, &offset),
			wanted != SIZE_MAX);
		if (wanted != SIZE_MAX)
			assert_int_equal(offset, wanted);
	}
}

static void no_place_is_too_far(void **state)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create(16 << 20);
	size_t offset;

	(void)state;
	assert_false(script_loop(STR("while (true) {}"), STR("main.ts"), 1000, arena, &offset));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(loops_are_found), cmocka_unit_test(no_place_is_too_far)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
