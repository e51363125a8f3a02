/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The modules of lib/node in the engine: tests/script/node/main.mjs prints there what it prints under Node, where
 * expected.txt was made.
 */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/hash.h"
#include "script/resolve.h"
#include "script/strip.h"
#include "script/vm.h"

#define LIBRARY STR("weir:lib/")

struct world {
	struct arena *arena;
	struct resolver *resolver;
	struct str main; /* the path of the program */
	struct buf printed;
};

/* The library is the source tree's. */
static bool library(void *payload, struct str path)
{
	char name[PATH_MAX];

	(void)payload;
	return snprintf(name, sizeof(name), "lib/%.*s", STR_ARG(path)) < (int)sizeof(name) &&
		!file_is_dir(name) && file_exists(name);
}

static int resolve(void *payload, struct str from, struct str specifier, struct str *ret_name,
	struct error *err)
{
	struct world *world = payload;
	struct resolved found;
	struct str asker = arena_str(world->arena, from);
	int r;

	if (str_is(from, "test"))
		asker = str_starts(specifier, STR("/")) ? world->main : STR("weir:lib/test.ts");
	r = script_resolve(
		world->resolver, asker, arena_str(world->arena, specifier), false, &found, err);
	if (r == 0)
		*ret_name = found.path;
	return r;
}

static int load(void *payload, struct str name, struct str *ret_text, struct error *err)
{
	static const char *const functions[] = {
		"print", "digest", "cwd", "declared", "env", "impure", "stat", "list", "readFile"};
	struct script_source files = script_files();
	struct world *world = payload;
	struct stripped stripped;
	struct str text, path = name;
	enum script_dialect dialect;
	CLEANUP(buf_free) struct buf host = BUF(4096);
	int r;

	if (str_is(name, "weir:host")) {
		for (size_t i = 0; i < COUNT_OF(functions); i++)
			buf_printf(
				&host, "export const %s = host.%s;\n", functions[i], functions[i]);
		*ret_text = arena_str(world->arena, buf_str(&host));
		return 0;
	}
	if (str_starts(name, LIBRARY))
		path = arena_printf(
			world->arena, "lib/%.*s", STR_ARG(str_slice(name, LIBRARY.len, name.len)));
	r = files.read(NULL, path, MODULE_MAX_BYTES, world->arena, &text, err);
	if (r < 0)
		return r;
	assert_true(script_dialect_of(path, &dialect));
	r = script_strip(text, dialect, path, world->arena, &stripped, err);
	if (r < 0)
		print_error(
			"%.*s:%u:%u: %s\n", STR_ARG(path), err->line, err->column, err->message);
	else
		*ret_text = stripped.text;
	return r;
}

static script_value print(
	struct script_vm *vm, void *payload, const script_value *arguments, size_t count)
{
	struct world *world = payload;

	assert_int_equal(count, 1);
	buf_add(&world->printed, script_to_text(vm, arguments[0], world->arena));
	return script_undefined(vm);
}

static script_value digest(
	struct script_vm *vm, void *payload, const script_value *arguments, size_t count)
{
	struct world *world = payload;
	char hex[DIGEST_HEX_MOST + 1];

	assert_int_equal(count, 2);
	if (!digest_hex(script_to_text(vm, arguments[0], world->arena),
		    script_to_bytes(vm, arguments[1], world->arena), hex))
		return script_throw(vm, "no such digest");
	return script_text(vm, str_of(hex));
}

static script_value cwd(
	struct script_vm *vm, void *payload, const script_value *arguments, size_t count)
{
	(void)payload, (void)arguments, (void)count;
	return script_text(vm, STR("/app"));
}

/* No variables, no files but those that the program writes. */
static script_value none(
	struct script_vm *vm, void *payload, const script_value *arguments, size_t count)
{
	(void)payload, (void)arguments, (void)count;
	return script_undefined(vm);
}

static script_value no_names(
	struct script_vm *vm, void *payload, const script_value *arguments, size_t count)
{
	(void)payload, (void)arguments, (void)count;
	return script_array(vm);
}

static const struct script_host host[] = {
	{"print", print},
	{"digest", digest},
	{"cwd", cwd},
	{"declared", no_names},
	{"env", none},
	{"impure", none},
	{"stat", none},
	{"list", no_names},
	{"readFile", none},
};

static void run(struct script_vm *vm, struct world *world, struct str text)
{
	struct script_failure failure;

	if (script_run_module(vm, STR("test"), text, world->arena, &failure) == 0)
		return;
	print_error("%.*s: %.*s\n", STR_ARG(failure.name), STR_ARG(failure.message));
	for (size_t i = 0; i < failure.frame_count; i++)
		print_error("  %.*s:%u:%u\n", STR_ARG(failure.frames[i].file),
			failure.frames[i].line, failure.frames[i].column);
	fail();
}

/* The first line that differs is told alone: there are hundreds. */
static void assert_same_lines(struct str got, struct str want)
{
	while (!str_absent(got) || !str_absent(want)) {
		struct str a = str_split(&got, '\n'), b = str_split(&want, '\n');

		if (!str_eq(a, b))
			fail_msg("printed: %.*s\nexpected: %.*s", STR_ARG(a), STR_ARG(b));
	}
}

static void modules_do_what_those_of_node_do(void **state)
{
	CLEANUP(script_vm_cleanup) struct script_vm *vm = NULL;
	CLEANUP(file_unmap) struct file_map expected = {0};
	struct script_source files = script_files();
	struct world world = {.arena = arena_create((size_t)256 << 20), .printed = BUF(1 << 20)};
	const struct script_options options = {
		.loader = {resolve, load}, .payload = &world, .time_ms = 60000};
	char root[PATH_MAX];

	(void)state;
	assert_non_null(realpath("tests/script/node", root));
	world.main = arena_printf(world.arena, "%s/main.mjs", root);
	files.library = library;
	assert_int_equal(
		resolver_create(str_of(root), &files, world.arena, &world.resolver, NULL), 0);
	assert_int_equal(script_vm_create(&options, &vm, NULL), 0);
	script_set_global(vm, "host", script_functions(vm, host, COUNT_OF(host)));
	run(vm, &world, STR("import './node/globals.ts';"));
	run(vm, &world, arena_printf(world.arena, "import '%.*s';", STR_ARG(world.main)));
	run(vm, &world,
		STR("import { runNext } from './node/timers.ts';\n"
		    "do { for (let i = 0; i < 100; i++) await null; } while (runNext());"));
	assert_int_equal(file_map("tests/script/node/expected.txt", 1 << 20, &expected, NULL), 0);
	assert_same_lines(buf_str(&world.printed), expected.text);
	buf_free(&world.printed);
	arena_destroy(world.arena);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(modules_do_what_those_of_node_do),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests_name("script/node", tests, NULL, NULL);
}
