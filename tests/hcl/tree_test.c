/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "hcl/hcl.h"

static const char sample[] = "# first\n"
			     "resource \"aws_s3_bucket\" \"logs\" {\n"
			     "  bucket = \"logs\"\n"
			     "  tags = {\n"
			     "    a = 1\n"
			     "  }\n"
			     "  lifecycle {\n"
			     "    prevent_destroy = true\n"
			     "  }\n"
			     "}\n"
			     "\n"
			     "locals {}\n"
			     "module net { source = \"./net\" }\n";

static struct arena *arena;
static struct hcl_blocks blocks;
static struct error err;

static int read_text(const char *text)
{
	blocks = (struct hcl_blocks){0};
	err = (struct error){0};
	return hcl_read(str_of(text), STR("main.tf"), arena, &blocks, &err);
}

static void assert_text(struct str text, const char *wanted)
{
	char got[256];

	(void)snprintf(got, sizeof(got), "%.*s", STR_ARG(text));
	assert_string_equal(got, wanted);
}

static void blocks_have_type_labels_and_lines(void **state)
{
	(void)state;
	assert_int_equal(read_text(sample), 0);
	assert_int_equal(blocks.count, 3);
	assert_text(blocks.items[0].type, "resource");
	assert_int_equal(blocks.items[0].label_count, 2);
	assert_text(blocks.items[0].labels[0], "aws_s3_bucket");
	assert_text(blocks.items[0].labels[1], "logs");
	assert_text(blocks.items[0].file, "main.tf");
	assert_int_equal(blocks.items[0].line, 2);
	assert_int_equal(blocks.items[0].end_line, 10);
	assert_text(blocks.items[1].type, "locals");
	assert_int_equal(blocks.items[1].label_count, 0);
	assert_text(blocks.items[2].labels[0], "net");
	assert_int_equal(blocks.items[2].line, 13);
}

static void attributes_have_paths_and_lines(void **state)
{
	const struct hcl_attribute *tags;

	(void)state;
	assert_int_equal(read_text(sample), 0);
	assert_int_equal(blocks.items[0].attribute_count, 3);
	tags = hcl_attribute(&blocks.items[0], STR("tags"));
	assert_non_null(tags);
	assert_int_equal(tags->line, 4);
	assert_int_equal(tags->end_line, 6);
	assert_text(blocks.items[0].attributes[2].path, "lifecycle.prevent_destroy");
	assert_null(hcl_attribute(&blocks.items[0], STR("a")));
}

static enum prevent_destroy prevent_of(const char *value)
{
	char text[256];

	(void)snprintf(text, sizeof(text),
		"resource \"a\" \"b\" {\n  lifecycle {\n    prevent_destroy = %s\n  }\n}\n", value);
	assert_int_equal(read_text(text), 0);
	return blocks.items[0].prevent_destroy;
}

static void prevent_destroy_has_three_values(void **state)
{
	(void)state;
	assert_int_equal(prevent_of("true"), PREVENT_TRUE);
	assert_int_equal(prevent_of("\"true\""), PREVENT_TRUE);
	assert_int_equal(prevent_of("false"), PREVENT_NOT);
	assert_int_equal(prevent_of("var.keep"), PREVENT_UNKNOWN);
	assert_int_equal(
		read_text("resource \"a\" \"b\" {\n  x { prevent_destroy = true }\n}\n"), 0);
	assert_int_equal(blocks.items[0].prevent_destroy, PREVENT_NOT);
	assert_int_equal(
		read_text("resource \"a\" \"b\" {\n  # lifecycle { prevent_destroy = true }\n"
			  "  t = <<E\nlifecycle { prevent_destroy = true }\nE\n}\n"),
		0);
	assert_int_equal(blocks.items[0].prevent_destroy, PREVENT_NOT);
}

static void an_error_refuses_the_whole_file(void **state)
{
	(void)state;
	assert_int_equal(
		read_text("resource \"a\" \"b\" {}\nresource \"c\" \"d\" {\n  x = \n}\n"), -65);
	assert_int_equal(err.id, ERR_HCL_SYNTAX);
	assert_string_equal(err.file, "main.tf");
	assert_true(err.line >= 2);
	assert_int_equal(blocks.count, 0);
}

static void depth_and_size_are_bounded(void **state)
{
	char text[1024] = "";
	size_t at = 0;
	char *large = calloc(1, HCL_MAX_BYTES + 2);

	(void)state;
	for (int i = 0; i < HCL_MAX_DEPTH + 1; i++)
		at += (size_t)snprintf(text + at, sizeof(text) - at, "a {\n");
	for (int i = 0; i < HCL_MAX_DEPTH + 1; i++)
		at += (size_t)snprintf(text + at, sizeof(text) - at, "}\n");
	assert_int_equal(read_text(text), -65);
	assert_int_equal(err.id, ERR_HCL_SIZE);
	assert_non_null(large);
	for (size_t i = 0; i <= HCL_MAX_BYTES; i++)
		large[i] = '\n';
	assert_int_equal(read_text(large), -65);
	assert_int_equal(err.id, ERR_HCL_SIZE);
	free(large);
}

static void only_plain_texts_are_literals(void **state)
{
	(void)state;
	assert_text(hcl_literal(STR("\"./net\"")), "./net");
	assert_true(str_absent(hcl_literal(STR("\"./${x}\""))));
	assert_true(str_absent(hcl_literal(STR("\"a\" + \"b\""))));
	assert_true(str_absent(hcl_literal(STR("x"))));
	assert_true(str_absent(hcl_literal(STR("\""))));
}

static void every_refused_allocation_is_the_memory_error(void **state)
{
	uint64_t total;

	(void)state;
	mem_fail_from(0);
	assert_int_equal(read_text(sample), 0);
	total = mem_count();
	assert_true(total > 3);
	for (uint64_t nth = 1; nth <= total; nth++) {
		struct arena *own = arena_create((size_t)1 << 20);
		int r;

		blocks = (struct hcl_blocks){0};
		mem_fail_from(nth);
		r = hcl_read(str_of(sample), STR("main.tf"), own, &blocks, &err);
		mem_fail_from(0);
		assert_int_equal(r, -75);
		assert_int_equal(blocks.count, 0);
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

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(blocks_have_type_labels_and_lines),
		cmocka_unit_test(attributes_have_paths_and_lines),
		cmocka_unit_test(prevent_destroy_has_three_values),
		cmocka_unit_test(an_error_refuses_the_whole_file),
		cmocka_unit_test(depth_and_size_are_bounded),
		cmocka_unit_test(only_plain_texts_are_literals),
		cmocka_unit_test(every_refused_allocation_is_the_memory_error),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests_name("hcl/tree", tests, set_up, tear_down);
}
