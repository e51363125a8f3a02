/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Build-time tool: runs the library of lib/ in the engine and keeps the engine as it stands then, as an image that
 * programs begin from (script/vm.h).
 *
 *	library OUTPUT.c OUTPUT.image NAME=PATH...
 *
 * The modules are run in this order.  A mistake in one stops the build with its place.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "construct/host.h"
#include "script/strip.h"
#include "script/vm.h"

enum { CEILING = 256 << 20 };

#define FOLDER STR("weir:lib/")

struct module {
	struct str name; /* below lib/ */
	const char *path;
};

struct library {
	struct arena *arena;
	struct module *modules;
	size_t count;
};

/* A library that asks anything of a program would be that program's. */
static script_value refuse(
	struct script_vm *vm, void *payload, const script_value *arguments, size_t count)
{
	(void)payload;
	(void)arguments;
	(void)count;
	return script_throw(vm, "weir:host is called while the library is built");
}

#define REFUSED(name, function) {name, refuse},
static const struct script_host host[] = {HOST_FUNCTIONS(REFUSED)};

/* weir:host: each function under its name. */
static struct str host_text(struct arena *arena)
{
	CLEANUP(buf_free) struct buf text = BUF(64 << 10);

	buf_add(&text, STR("const host = globalThis.weirHost;\ndelete globalThis.weirHost;\n"));
	for (size_t i = 0; i < COUNT_OF(host); i++)
		buf_printf(&text, "export const %s = host.%s;\n", host[i].name, host[i].name);
	return arena_str(arena, buf_str(&text));
}

static int resolve(void *payload, struct str from, struct str specifier, struct str *ret_name,
	struct error *err)
{
	struct library *library = payload;

	if (str_is(specifier, "weir:host"))
		*ret_name = STR("weir:host");
	else if (str_starts(specifier, STR(".")))
		*ret_name = path_resolve(library->arena, path_dir(from), specifier);
	else
		return error_set(err, ERR_MODULE_UNKNOWN,
			"the library imports its own modules alone, not \"%.*s\"",
			STR_ARG(specifier));
	return str_absent(*ret_name) ? error_memory(err) : 0;
}

static int load(void *payload, struct str name, struct str *ret_text, struct error *err)
{
	struct library *library = payload;
	CLEANUP(file_unmap) struct file_map map = {0};
	struct str below = str_slice(name, FOLDER.len, SIZE_MAX);
	const struct module *module = NULL;
	struct stripped stripped;
	int r;

	if (str_is(name, "weir:host")) {
		*ret_text = host_text(library->arena);
		return 0;
	}
	for (size_t i = 0; i < library->count && !module; i++)
		if (str_eq(library->modules[i].name, below))
			module = &library->modules[i];
	if (!module)
		return error_set(err, ERR_MODULE_UNKNOWN, "there is no lib/%.*s", STR_ARG(below));
	r = file_map(module->path, SCRIPT_MAX_BYTES, &map, err);
	if (r == 0)
		r = script_strip(arena_str(library->arena, map.text), SCRIPT_TYPESCRIPT,
			str_of(module->path), library->arena, &stripped, err);
	if (r < 0) {
		(void)fprintf(stderr, "%s:%u:%u: error: %s\n", module->path, err->line, err->column,
			err->message);
		return r;
	}
	*ret_text = stripped.text;
	return 0;
}

static void tell(const struct script_failure *failure)
{
	(void)fprintf(stderr, "error: the library does not run: %.*s: %.*s\n",
		STR_ARG(failure->name), STR_ARG(failure->message));
	for (size_t i = 0; i < failure->frame_count; i++)
		(void)fprintf(stderr, "    at %.*s:%u:%u\n", STR_ARG(failure->frames[i].file),
			failure->frames[i].line, failure->frames[i].column);
}

static int make_image(struct library *library, struct buf *image, struct error *err)
{
	CLEANUP(script_vm_cleanup) struct script_vm *vm = NULL;
	CLEANUP(buf_free) struct buf imports = BUF(1 << 20);
	const struct script_options options = {
		.loader = {resolve, load}, .payload = library, .time_ms = 600 * 1000};
	struct script_failure failure;
	int r = script_vm_create(&options, &vm, err);

	if (r < 0)
		return r;
	for (size_t i = 0; i < library->count; i++)
		buf_printf(&imports, "import './%.*s';\n", STR_ARG(library->modules[i].name));
	script_set_global(vm, "weirHost", script_functions(vm, host, COUNT_OF(host)));
	if (script_run_module(vm, STR("weir:lib/image.ts"), buf_str(&imports), library->arena,
		    &failure) < 0) {
		tell(&failure);
		return error_set(err, ERR_DEFECT, "the library does not run");
	}
	if (!script_vm_save(vm, image) || buf_failed(image))
		return error_set(err, ERR_DEFECT, "the engine cannot be kept as it stands");
	return 0;
}

/* The assembler takes the image's bytes: pages that the system maps with the program. */
static const char source[] = "/* Made by tools/embed/library from lib/. */\n"
			     "#include \"construct/library.h\"\n\n"
			     "__asm__(\".pushsection .weir_library,\\\"a\\\"\\n\"\n"
			     "\t\".balign 65536\\n\"\n"
			     "\t\".hidden library_image, library_image_end\\n\"\n"
			     "\t\".globl library_image, library_image_end\\n\"\n"
			     "\t\"library_image: .incbin \\\"%s\\\"\\n\"\n"
			     "\t\"library_image_end: .byte 0\\n\"\n"
			     "\t\".popsection\");\n";

static int write_outputs(
	const char *source_path, const char *image_path, struct buf *image, struct error *err)
{
	CLEANUP(buf_free) struct buf text = BUF(64 << 10);
	char real[4096];
	int r = file_replace(image_path, buf_str(image), 0644, err);

	if (r < 0)
		return r;
	if (!realpath(image_path, real))
		return error_set(err, ERR_DEFECT, "%s is gone", image_path);
	buf_printf(&text, source, real);
	return file_replace(source_path, buf_str(&text), 0644, err);
}

static bool read_arguments(struct library *library, char **arguments, size_t count)
{
	library->modules = ARENA_ARRAY(library->arena, struct module, count);
	for (size_t i = 0; library->modules && i < count; i++) {
		const char *equals = strchr(arguments[i], '=');

		if (!equals)
			return false;
		library->modules[library->count++] = (struct module){
			{arguments[i], (size_t)(equals - arguments[i])}, equals + 1};
	}
	return library->count > 0;
}

int main(int argc, char **argv)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create(CEILING);
	CLEANUP(buf_free) struct buf image = BUF(CEILING);
	struct library library = {.arena = arena};
	struct error err = {ERR_NONE};
	int r;

	if (argc < 4 || !arena || !read_arguments(&library, argv + 3, (size_t)argc - 3)) {
		(void)fputs("usage: library OUTPUT.c OUTPUT.image NAME=PATH...\n", stderr);
		return 64;
	}
	r = make_image(&library, &image, &err);
	if (r == 0)
		r = write_outputs(argv[1], argv[2], &image, &err);
	if (r < 0)
		(void)fprintf(stderr, "error: %s\n", err.message);
	return r < 0;
}
