/* SPDX-License-Identifier: Apache-2.0 */
#include "script/tag.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

struct tag_case {
	const char *text, *marked;
};

static const struct tag_case cases[] = {
	{"let x = 1", "let x = 1"},
	{"f({a: 1})", "f( __weir_at(5,{a: 1}))"},
	{"() => ({})", "() => ( __weir_at(5,{}))"},
	{"function f() { return{a, 'b-c': {d() {}}} }",
		"function f() { return __weir_at(5,{a, 'b-c':  __weir_at(6,{d() {}})}) }"},
	{"f({...a, ...{b: 1}})",
		"f( __weir_at(5,{... __weir_spread(5,a), ... __weir_spread(5, __weir_at(6,{b: "
		"1}))}))"},
	{"const {a, ...b} = c, [{d}] = e; ({a} = f); for (const {g} of h) ;",
		"const {a, ...b} =  __weir_take(5,c), [{d}] = e; ({a} =  __weir_take(6,f)); for "
		"(const {g} of h) ;"},
	{"f(({a = {b: 1}}) => 0)", "f(({a =  __weir_at(5,{b: 1})}) => 0)"},
	{"if (x) {a: 1}", "if (x) {a: 1}"},
	{"`${f({a: 1})}`", "`${f( __weir_at(5,{a: 1}))}`"},
	{"f({ // comment\n  /* more */ a: 1,\n})",
		"f( __weir_at(5,{ // comment\n  /* more */ a: 1,\n}))"},
	{"export default {a: 1}", "export default  __weir_at(5,{a: 1})"},
	{"a.b = c; this.d['e'] = 1; f[g] = 2; super.h = 3; [i.j] = k",
		" __weir_set(5,a).b = c;  __weir_set(6,this.d)['e'] = 1; f[g] = 2; super.h = 3; "
		"[i.j] "
		"= k"},
	{"a + b - 1; x += y; a ** -b; a === b; `${a}` in b",
		" __weir_number(5, __weir_number(6,a + b)) - 1;  __weir_number(7,x += y);  "
		"__weir_number(8,a) **  __weir_number(8,-b); a === b; `${a}` in b"},
	{"throw 'a'; throw new Error(b)", "throw  __weir_throw(5,'a'); throw new Error(b)"},
	{"while (a) b()", "while (a) b()"},
	/* A syntax error is told by who runs it, with the author's own text. */
	{"f({a: 1}) }", "f({a: 1}) }"},
	{"", ""},
};

static struct arena *arena;

static int set_up(void **state)
{
	(void)state;
	arena = arena_create(64 << 20);
	return arena ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	arena_destroy(arena);
	return 0;
}

static struct script_tags tags_of(const char *text)
{
	struct script_tags tags;
	struct error err = {0};

	assert_int_equal(script_tag(str_of(text), STR("main.ts"), 5, false, arena, &tags, &err), 0);
	return tags;
}

static void literals_are_marked(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct script_tags tags = tags_of(cases[i].text);

		assert_int_equal(tags.marked.text.len, strlen(cases[i].marked));
		assert_memory_equal(tags.marked.text.data, cases[i].marked, tags.marked.text.len);
	}
}

static void loops_are_marked_where_asked(void **state)
{
	static const struct tag_case loops[] = {
		{"if (a) while (b) c(); else d()",
			"if (a) {__weir_enter(5);while (b) {__weir_turn(5);c();}} else d()"},
		{"x: y: for (;;) { continue x }",
			"{__weir_enter(5);x: y: for (;;) {__weir_turn(5); continue x }}"},
		{"do ; while (a)\nfor (const b of c) for (d in e);",
			"{__weir_enter(5);do {__weir_turn(5);;} while (a)}\n{__weir_enter(6);for "
			"(const b "
			"of c) {__weir_turn(6);{__weir_enter(7);for (d in e){__weir_turn(7);;}}}}"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(loops); i++) {
		struct script_tags tags;
		struct error err = {0};

		assert_int_equal(script_tag(str_of(loops[i].text), STR("main.ts"), 5, true, arena,
					 &tags, &err),
			0);
		assert_string_equal(arena_cstr(arena, tags.marked.text), loops[i].marked);
	}
}

static void calculations_are_seen(void **state)
{
	(void)state;
	assert_true(script_calculates(STR("f(a * 2)"), STR("main.ts"), arena));
	assert_true(script_calculates(STR("a += b"), STR("main.ts"), arena));
	assert_false(script_calculates(STR("f(a && b, c === 1)"), STR("main.ts"), arena));
	assert_false(script_calculates(STR("a * ("), STR("main.ts"), arena));
}

/* What is the author's own leads back to where it was, on the same line. */
static void columns_lead_back(void **state)
{
	static const char text[] = "f({a: 1,\n...{b: XX}}, YY)";
	struct script_tags tags = tags_of(text);
	const char *marked = arena_cstr(arena, tags.marked.text);
	const char *x = strstr(marked, "XX"), *y = strstr(marked, "YY");
	const char *line = strchr(marked, '\n') + 1;
	uint32_t row, column;

	(void)state;
	assert_non_null(x);
	assert_non_null(y);
	script_place(&tags.marked, 2, (uint32_t)(x - line) + 1, &row, &column);
	assert_int_equal(row, 2);
	assert_int_equal(column, 8);
	script_place(&tags.marked, 2, (uint32_t)(y - line) + 1, &row, &column);
	assert_int_equal(row, 2);
	assert_int_equal(column, 14);
}

static void check_place(
	const char *text, uint32_t literal, const char *key, const char *at, bool member)
{
	struct script_tags tags = tags_of(text);
	bool is_member = !member;
	size_t offset = 0;

	assert_true(script_tag_place(
		&tags, literal, key ? str_of(key) : (struct str){NULL, 0}, &offset, &is_member));
	assert_string_equal(text + offset, at);
	assert_int_equal(is_member, member);
}

static void members_have_places(void **state)
{
	static const char text[] = "f({a: 1, 'b': {c, [d]: 2, 'e\\n': 3, g() {}}, a: 2})";
	struct script_tags tags = tags_of(text);
	size_t offset;
	bool member;

	(void)state;
	check_place(text, 5, "a", "a: 2})", true);
	check_place(text, 5, "b", "'b': {c, [d]: 2, 'e\\n': 3, g() {}}, a: 2})", true);
	check_place(text, 6, "c", "c, [d]: 2, 'e\\n': 3, g() {}}, a: 2})", true);
	check_place(text, 6, "g", "g() {}}, a: 2})", true);
	check_place(text, 6, "d", "{c, [d]: 2, 'e\\n': 3, g() {}}, a: 2})", false);
	check_place(text, 6, NULL, "{c, [d]: 2, 'e\\n': 3, g() {}}, a: 2})", false);
	assert_false(script_tag_place(&tags, 4, STR("a"), &offset, &member));
	assert_false(script_tag_place(&tags, 7, STR("a"), &offset, &member));
}

/* As deep as an author likes; too deep or too hard is left as it is. */
static void depth_is_no_danger(void **state)
{
	static char text[200000] = "x=";

	(void)state;
	for (size_t depth = 10; depth <= 30000; depth *= 10) {
		struct script_tags tags;
		struct error err = {0};
		size_t len = 2;

		for (size_t i = 0; i < depth; i++, len += 3)
			memcpy(text + len, "{a:", 3);
		text[len++] = '0';
		memset(text + len, '}', depth);
		assert_int_equal(script_tag((struct str){text, len + depth}, STR("deep.ts"), 0,
					 false, arena, &tags, &err),
			0);
		assert_true(tags.literal_count == depth || tags.literal_count == 0);
	}
}

static void memory_may_run_out_anywhere(void **state)
{
	(void)state;
	for (uint64_t nth = 1; nth < 200; nth++) {
		CLEANUP(arena_cleanup) struct arena *scarce = arena_create(1 << 20);
		struct script_tags tags;
		struct error err = {0};
		int r;

		mem_fail_from(nth);
		r = script_tag(STR("while (a.b = c + 1) f({a: 1, ...{b}})"), STR("main.ts"), 0,
			true, scarce, &tags, &err);
		mem_fail_from(0);
		if (r == 0)
			return;
		assert_int_equal(err.id, ERR_MEMORY);
	}
	fail();
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(literals_are_marked),
		cmocka_unit_test(loops_are_marked_where_asked),
		cmocka_unit_test(calculations_are_seen),
		cmocka_unit_test(columns_lead_back),
		cmocka_unit_test(members_have_places),
		cmocka_unit_test(depth_is_no_danger),
		cmocka_unit_test(memory_may_run_out_anywhere),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
