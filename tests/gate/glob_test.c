/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which addresses a pattern names, what hostile for_each keys can do to that,
 * and which pattern surely names no more than another.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "gate/glob.h"

static struct arena *arena;

static int set_up(void **state)
{
	(void)state;
	arena = arena_create((size_t)16 * 1024 * 1024);
	return arena ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	arena_destroy(arena);
	return 0;
}

static struct address pattern(const char *text)
{
	struct address glob;
	const char *problem = NULL;

	if (!glob_parse(str_of(text), arena, &glob, &problem))
		fail_msg("%s: %s", text, problem);
	return glob;
}

static struct address address(const char *text)
{
	struct address parsed;

	if (!address_parse(str_of(text), arena, &parsed))
		fail_msg("%s does not parse", text);
	return parsed;
}

struct row {
	const char *glob, *address;
	bool named;
};

static void check(const struct row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct address glob = pattern(rows[i].glob), one = address(rows[i].address);

		if ((glob_match(&glob, &one) && glob_match_deposed(&glob, &one)) != rows[i].named)
			fail_msg("%s must %sname %s", rows[i].glob, rows[i].named ? "" : "not ",
				rows[i].address);
	}
}

static void test_names(void **state)
{
	static const struct row rows[] = {
		{"aws_db_instance.old", "aws_db_instance.old", true},
		{"aws_db_instance.old", "aws_db_instance.older", false},
		{"aws_db_instance.old", "aws_db_instance.old[0]", true},
		{"aws_db_instance.old", "aws_db_instance.old[\"a\"]", true},
		{"aws_db_instance.old", "module.a.aws_db_instance.old", false},
		{"aws_db_instance.old", "data.aws_db_instance.old", false},
		{"data.aws_ami.a", "data.aws_ami.a", true}, {"data.aws_ami.a", "aws_ami.a", false},
		{"aws_db_*.*", "aws_db_instance.old", true},
		{"aws_db_*.*", "aws_db_instance.old[3]", true},
		{"aws_*.o*d", "aws_db_instance.old", true}, {"*.old", "aws_db_instance.old", true},
		{"*.*", "module.a.aws_db_instance.old", false},
		{"**", "module.a.module.b[\"x\"].aws_db_instance.old[1]", true},
		{"**", "data.aws_ami.a", true},
		{"data.x", "data.x", true}, /* a resource type called "data" */
	};

	(void)state;
	check(rows, COUNT_OF(rows));
}

static void test_modules(void **state)
{
	static const struct row rows[] = {
		{"module.a.aws_x.y", "module.a.aws_x.y", true},
		{"module.a.aws_x.y", "module.a[0].aws_x.y", true},
		{"module.a[0].aws_x.y", "module.a[1].aws_x.y", false},
		{"module.a[\"p.q\"].aws_x.y", "module.a[\"p.q\"].aws_x.y", true},
		{"module.a.aws_x.y", "module.a.module.b.aws_x.y", false},
		{"module.a", "module.a.module.b.aws_x.y", true},
		{"module.a", "module.a[\"k\"].aws_x.y", true},
		{"module.a", "module.ab.aws_x.y", false},
		{"module.a", "aws_x.y", false},
		{"module.a.**", "module.a.data.aws_x.y", true},
		{"module.*.aws_x.y", "module.b.aws_x.y", true},
		{"**.aws_x.y", "aws_x.y", true},
		{"**.aws_x.y", "module.a.module.b.aws_x.y", true},
		{"module.a.**.aws_x.y", "module.a.module.b.module.c.aws_x.y", true},
		{"module.a.**.module.c.aws_x.y", "module.a.module.b.module.c.aws_x.y", true},
		{"module.a.**.module.c.aws_x.y", "module.a.module.b.aws_x.y", false},
	};

	(void)state;
	check(rows, COUNT_OF(rows));
}

static void test_keys(void **state)
{
	static const struct row rows[] = {
		{"aws_x.y[0]", "aws_x.y[0]", true},
		{"aws_x.y[0]", "aws_x.y[\"0\"]", false},
		{"aws_x.y[\"0\"]", "aws_x.y[0]", false},
		{"aws_x.y[*]", "aws_x.y[12]", true},
		{"aws_x.y[*]", "aws_x.y[\"any thing\"]", true},
		{"aws_x.y[*]", "aws_x.y", false},
		{"aws_x.y[prod-*]", "aws_x.y[\"prod-a\"]", true},
		{"aws_x.y[prod-*]", "aws_x.y[\"test-a\"]", false},
		/* In quotes a star is a star. */
		{"aws_x.y[\"a*\"]", "aws_x.y[\"a*\"]", true},
		{"aws_x.y[\"a*\"]", "aws_x.y[\"ab\"]", false},
		{"aws_x.y[\"a\\\"b\"]", "aws_x.y[\"a\\\"b\"]", true},
		{"aws_x.y[\"a]b\"]", "aws_x.y[\"a]b\"]", true},
		{"aws_x.y[\"a[0].b\"]", "aws_x.y[\"a[0].b\"]", true},
		{"aws_x.y[\"a\\\\\"]", "aws_x.y[\"a\\\\\"]", true},
		{"aws_x.y[\"a\\nb\"]", "aws_x.y[\"a\\nb\"]", true},
		/* The same key however it is escaped. */
		{"aws_x.y[\"a\nb\"]", "aws_x.y[\"a\\nb\"]", true},
		{"aws_x.y[\"${a}\"]", "aws_x.y[\"$${a}\"]", true},
		{"aws_x.y[\"$${a}\"]", "aws_x.y[\"$${a}\"]", true},
		{"aws_x.y[\"%{a}\"]", "aws_x.y[\"%%{a}\"]", true},
		{"aws_x.y[\"\\u00e9\"]", "aws_x.y[\"\xc3\xa9\"]", true},
		{"aws_x.y[\"a\"]", "aws_x.y[\"a\\\"].aws_z.w[\\\"b\"]", false},
		/* A key that looks like a deposed object is one key. */
		{"aws_x.y[\"k (deposed 1)\"]", "aws_x.y[\"k (deposed 1)\"]", true},
		{"aws_x.y (deposed 1)", "aws_x.y[\"k (deposed 1)\"]", false},
	};

	(void)state;
	check(rows, COUNT_OF(rows));
}

static void test_deposed(void **state)
{
	static const struct row rows[] = {
		{"aws_x.y", "aws_x.y (deposed abcd)", false},
		{"aws_x.y (deposed abcd)", "aws_x.y (deposed abcd)", true},
		{"aws_x.y (deposed *)", "aws_x.y (deposed abcd)", true},
		{"aws_x.y (deposed *)", "aws_x.y", false},
		{"aws_x.y[\"a\"] (deposed *)", "aws_x.y[\"a\"] (deposed 1)", true},
	};

	(void)state;
	check(rows, COUNT_OF(rows));
}

static void test_refused(void **state)
{
	static const char *const texts[] = {"", "*", "aws_x", "aws_x.", ".y", "aws_x..y",
		"aws_x.y[", "aws_x.y[]", "aws_x.y[\"a]", "aws_x.y[a]", "aws_x.y[\"a\\q\"]",
		"aws_x.y[0]z", "aws_x[0].y", "a.b.c", "module", "module.a.b.c.d", "a b.c", "a.***",
		"**[0].a.b", "module.a.*", "aws_x.y[\"\\uD\"]", "x.y (deposed"};
	struct address glob;
	const char *problem;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(texts); i++)
		if (glob_parse(str_of(texts[i]), arena, &glob, &problem))
			fail_msg("%s parses", texts[i]);
	/* What is a pattern only is no address. */
	assert_false(address_parse(STR("aws_*.y"), arena, &glob));
	assert_false(address_parse(STR("aws_x.y[*]"), arena, &glob));
	assert_false(address_parse(STR("module.a"), arena, &glob));
}

static void test_covers(void **state)
{
	static const struct row rows[] = {
		{"**", "aws_x.y", true},
		{"**", "module.a.**", true},
		{"aws_x.y", "**", false},
		{"aws_x.y", "aws_x.y", true},
		{"aws_x.y", "aws_x.y[0]", true},
		{"aws_x.y[0]", "aws_x.y", false},
		{"aws_x.y[*]", "aws_x.y[\"k\"]", true},
		{"aws_x.y[*]", "aws_x.y", false},
		{"aws_x.y[k*]", "aws_x.y[\"kk\"]", true},
		{"aws_x.y[k*]", "aws_x.y[*]", false},
		{"aws_*.y", "aws_x.y", true},
		{"aws_x.y", "aws_*.y", false},
		{"aws_*.y", "aws_*.y", true},
		{"*.*", "aws_*.y", true},
		{"aws_*.y", "aws_x*.y", false}, /* not proved, so not so */
		{"module.a", "module.a.aws_x.y", true},
		{"module.a", "module.a[1].module.b.aws_x.y", true},
		{"module.a.aws_x.y", "module.a[1].aws_x.y", true},
		{"module.a[1].aws_x.y", "module.a.aws_x.y", false},
		{"**.aws_x.y", "module.a.aws_x.y", true},
		{"**.aws_x.y", "aws_x.y", true},
		{"module.a.aws_x.y", "**.aws_x.y", false},
		{"aws_x.y", "data.aws_x.y", false},
		{"aws_x.y", "aws_x.y (deposed 1)", false},
		{"aws_x.y (deposed *)", "aws_x.y (deposed 1)", true},
		{"aws_x.y (deposed 1)", "aws_x.y (deposed *)", false},
		{"**", "aws_x.y (deposed 1)", false},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct address wide = pattern(rows[i].glob), narrow = pattern(rows[i].address);

		if (glob_covers(&wide, &narrow) != rows[i].named)
			fail_msg("%s must %scover %s", rows[i].glob, rows[i].named ? "" : "not ",
				rows[i].address);
	}
}

static void test_overlaps(void **state)
{
	static const struct row rows[] = {
		{"aws_x.y", "aws_x.y", true},
		{"aws_x.y[0]", "aws_x.y", true},
		{"aws_x.*", "aws_x.y", true},
		{"aws_x.z", "aws_x.y", false},
		{"**", "module.a.aws_x.y", true},
		{"module.a", "module.a.aws_x.y", true},
		{"module.b", "module.a.aws_x.y", false},
		{"aws_x.y", "aws_*.*", true},
		{"**.aws_x.y", "aws_x.y", true},
		{"module.a.aws_x.y", "aws_x.y", false},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct address glob = pattern(rows[i].glob), exact = pattern(rows[i].address);

		if (glob_overlaps(&glob, &exact) != rows[i].named)
			fail_msg("%s must %soverlap %s", rows[i].glob, rows[i].named ? "" : "not ",
				rows[i].address);
	}
}

static void test_deep_addresses(void **state)
{
	char text[4096];
	size_t len = 0;
	struct address deep;

	(void)state;
	for (int i = 0; i < 200; i++)
		for (const char *p = "module.a."; *p; p++)
			text[len++] = *p;
	for (const char *p = "aws_x.y"; *p; p++)
		text[len++] = *p;
	text[len] = 0;
	deep = address(text);
	assert_int_equal(deep.module_count, 200);
	assert_true(glob_match(&(struct address){.anything = true}, &deep));
	{
		struct address glob = pattern("**.module.a.**.aws_x.y"),
			       other = pattern("**.module.b.**.aws_x.y");

		assert_true(glob_match(&glob, &deep));
		assert_false(glob_match(&other, &deep));
	}
}

static void test_short_memory(void **state)
{
	static const char *const texts[] = {
		"module.a[\"a\\nb\"].aws_x.y[\"a\\nb\"]", "a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a"};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(texts); i++)
		for (uint64_t nth = 1; nth < 8; nth++) {
			struct arena *small = arena_create(1 << 20);
			struct address glob;
			const char *problem;

			mem_fail_from(nth);
			(void)glob_parse(str_of(texts[i]), small, &glob, &problem);
			mem_fail_from(0);
			arena_destroy(small);
		}
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_modules),
		cmocka_unit_test(test_keys),
		cmocka_unit_test(test_deposed),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_covers),
		cmocka_unit_test(test_overlaps),
		cmocka_unit_test(test_deep_addresses),
		cmocka_unit_test(test_short_memory),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
