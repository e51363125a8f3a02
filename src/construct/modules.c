/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The loader of a program's modules: which file a name means (script/resolve.h), and
 * which JavaScript stands for it.
 */
#include "base/builtin.h"
#include "base/file.h"
#include "construct/program_model.h"

#define LIBRARY STR("weir:lib/")

struct module *program_module(struct program *program, struct str path)
{
	for (size_t i = 0; i < program->module_count; i++)
		if (str_eq(program->modules[i].path, path))
			return &program->modules[i];
	return NULL;
}

static struct module *add_module(struct program *program, const struct resolved *found)
{
	struct module *module = program_module(program, found->path);

	if (module)
		return module;
	if (!arena_grow(program->arena, (void **)&program->modules, program->module_count,
		    &program->module_room, sizeof(*module)))
		return NULL;
	module = &program->modules[program->module_count++];
	*module = (struct module){.path = found->path,
		.format = found->format,
		.api = found->api,
		.provider = found->provider,
		.name = found->module};
	return module;
}

/* The specifier's place in the module that imports it: the text between quotes, first found. */
static struct place import_place(struct program *program, struct str from, struct str specifier)
{
	static const char quotes[] = "\"'`";
	const struct module *module = program_module(program, from);

	for (size_t i = 0; module && !str_absent(module->source) && quotes[i]; i++) {
		struct str quoted = arena_printf(
			program->arena, "%c%.*s%c", quotes[i], STR_ARG(specifier), quotes[i]);
		size_t at = str_absent(quoted) ? SIZE_MAX : str_find(module->source, quoted);

		if (at != SIZE_MAX)
			return program_place_at(program, module, at);
	}
	return (struct place){{NULL, 0}, 0, 0};
}

/* weir:start imports for the library what is weir's, and the program as nobody's module. */
static struct str asker_of(struct program *program, struct str from, struct str specifier)
{
	if (!str_is(from, "weir:start"))
		return arena_str(program->arena, from);
	return str_starts(specifier, STR("weir:")) ? STR("weir:lib/start.ts")
						   : (struct str){NULL, 0};
}

int program_resolve(void *payload, struct str from, struct str specifier, struct str *ret_name,
	struct error *err)
{
	struct program *program = payload;
	struct resolved found;
	struct error own = {ERR_NONE};
	/* The texts are the engine's and move with its memory. */
	struct str wanted = arena_str(program->arena, specifier);
	struct str asker = asker_of(program, from, wanted);
	int r = script_resolve(program->resolver, asker, wanted, false, &found, &own);

	if (r == 0 && !add_module(program, &found))
		r = error_memory(&own);
	if (r == 0) {
		*ret_name = found.path;
		return 0;
	}
	if (!program->is_unresolved) {
		program->is_unresolved = true;
		program->unresolved = (struct mistake){.class = STR("unknown-module"),
			.is_error = true,
			.place = import_place(program, asker, wanted),
			.message = arena_str(program->arena, str_of(own.message))};
	}
	if (err)
		*err = own;
	return r;
}

/* weir:host: each function under its name. */
static struct str host_text(struct arena *arena)
{
	CLEANUP(buf_free) struct buf text = BUF(64 << 10);

	buf_add(&text, STR("const host = globalThis.weirHost;\ndelete globalThis.weirHost;\n"));
	for (size_t i = 0; i < program_host_count; i++)
		buf_printf(&text, "export const %s = host.%s;\n", program_host[i].name,
			program_host[i].name);
	return arena_str(arena, buf_str(&text));
}

static int load_builtin(struct program *program, struct module *module, struct error *err)
{
	struct str name;

	if (str_is(module->path, "weir:host")) {
		module->text = host_text(program->arena);
		return str_absent(module->text) ? error_memory(err) : 0;
	}
	name = arena_printf(program->arena, "lib/%.*s",
		STR_ARG(str_slice(module->path, LIBRARY.len, SIZE_MAX)));
	module->source = builtin_find(name);
	if (str_absent(module->source))
		return error_set(err, ERR_DEFECT, "the library has no %.*s", STR_ARG(name));
	module->text = module->source;
	return 0;
}

int program_load(void *payload, struct str name, struct str *ret_text, struct error *err)
{
	struct program *program = payload;
	struct module *module = program_module(program, name);
	int r = 0;

	if (!module)
		return error_set(err, ERR_DEFECT, "%.*s was never resolved", STR_ARG(name));
	if (module->format == FORMAT_BUILTIN)
		r = load_builtin(program, module, err);
	else if (module->format == FORMAT_PROVIDER)
		r = error_set(err, ERR_MODULE_REFUSED,
			"modules of providers cannot be made yet: %.*s", STR_ARG(name));
	else
		r = program->files.read(program->files.payload, module->path, MODULE_MAX_BYTES,
			program->arena, &module->source, err);
	if (r == 0 && str_absent(module->text)) {
		module->text = module->source;
		if (module->format == FORMAT_JSON)
			module->text = arena_printf(
				program->arena, "export default %.*s", STR_ARG(module->source));
	}
	if (r == 0)
		*ret_text = module->text;
	return r;
}
