/* SPDX-License-Identifier: Apache-2.0 */
/* Configurations from a source that is a table. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "hcl/hcl.h"

struct file {
	const char *dir, *name, *text;
};

static const struct file tree[] = {
	{"root", "main.tf",
		"module \"net\" {\n  source = \"./net\"\n}\nmodule \"far\" {\n  source = "
		"\"a/b/c\"\n}\n"
		"resource \"aws_x\" \"y\" {}\ndata \"aws_x\" \"y\" {}\noutput \"o\" {\n  value = "
		"1\n}\n"},
	{"root", "notes.txt", "}}}"},
	{"root/net", "a.tf", "module \"sub\" {\n  source = \"../sub\"\n}\n"},
	{"root/sub", "s.tf",
		"\nresource \"aws_z\" \"z\" {\n  lifecycle {\n"
		"    prevent_destroy = true\n  }\n}\n"},
	{"circle", "main.tf", "module \"again\" {\n  source = \"./\"\n}\n"},
};

static struct arena *arena;

static int list(
	void *payload, struct str dir, struct arena *in, struct hcl_names *names, struct error *err)
{
	(void)payload;
	for (size_t i = 0; i < COUNT_OF(tree); i++) {
		bool circle = str_starts(dir, STR("circle")) && str_is(STR("circle"), tree[i].dir);

		if (!circle && !str_is(dir, tree[i].dir))
			continue;
		if (!arena_grow(in, (void **)&names->items, names->count, &names->room,
			    sizeof(*names->items)))
			return error_memory(err);
		names->items[names->count++] = str_of(tree[i].name);
	}
	return 0;
}

static int read_file(void *payload, struct str dir, struct str name, struct arena *in,
	struct str *ret_text, struct str *ret_path, struct error *err)
{
	(void)payload, (void)err;
	for (size_t i = 0; i < COUNT_OF(tree); i++)
		if (str_is(name, tree[i].name) &&
			(str_is(dir, tree[i].dir) || str_starts(dir, str_of(tree[i].dir))))
			*ret_text = str_of(tree[i].text);
	*ret_path = arena_printf(in, "%.*s/%.*s", STR_ARG(dir), STR_ARG(name));
	return 0;
}

static int read_configuration(
	const char *dir, struct hcl_configuration **ret_configuration, struct error *err)
{
	const struct hcl_source source = {list, read_file, NULL};

	return hcl_configuration_read(&source, str_of(dir), arena, ret_configuration, err);
}

static void blocks_are_found_by_the_addresses_of_a_plan(void **state)
{
	struct hcl_configuration *configuration;
	const struct hcl_block *block;
	struct error err;

	(void)state;
	assert_int_equal(read_configuration("root", &configuration, &err), 0);
	assert_false(hcl_is_empty(configuration));
	assert_int_equal(hcl_find(configuration, STR("aws_x.y"))->line, 7);
	assert_int_equal(hcl_find(configuration, STR("data.aws_x.y"))->line, 8);
	assert_int_equal(hcl_find(configuration, STR("output.o"))->line, 9);
	assert_int_equal(hcl_find(configuration, STR("module.far"))->line, 4);
	assert_null(hcl_find(configuration, STR("aws_x.z")));
	block = hcl_find(configuration, STR("module.net.module.sub.aws_z.z"));
	assert_non_null(block);
	assert_int_equal(block->line, 2);
	assert_int_equal(block->prevent_destroy, PREVENT_TRUE);
	assert_true(str_is(block->file, "root/sub/s.tf"));
}

static void a_directory_without_files_is_empty(void **state)
{
	struct hcl_configuration *configuration;
	struct error err;

	(void)state;
	assert_int_equal(read_configuration("nowhere", &configuration, &err), 0);
	assert_true(hcl_is_empty(configuration));
}

static void modules_in_a_circle_are_refused(void **state)
{
	struct hcl_configuration *configuration;
	struct error err;

	(void)state;
	assert_int_equal(read_configuration("circle", &configuration, &err), -65);
	assert_int_equal(err.id, ERR_HCL_SIZE);
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
		cmocka_unit_test(blocks_are_found_by_the_addresses_of_a_plan),
		cmocka_unit_test(a_directory_without_files_is_empty),
		cmocka_unit_test(modules_in_a_circle_are_refused),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests_name("hcl/configuration", tests, set_up, tear_down);
}
