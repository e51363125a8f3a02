/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Files and packages on disk: which file a path means, and in which node_modules a package is.  Apart from
 * resolve.c, which decides what kind of module a specifier names.
 */
#include "base/file.h"
#include "base/hash.h"
#include "script/resolver.h"

/* TypeScript's first; a JavaScript module that asks begins behind them. */
const struct str script_extensions[EXTENSIONS] = {STR_INIT(".ts"), STR_INIT(".tsx"),
	STR_INIT(".mts"), STR_INIT(".cts"), STR_INIT(".js"), STR_INIT(".mjs"), STR_INIT(".cjs"),
	STR_INIT(".json")};
enum { EXTENSIONS_TS = 4 };

/* TypeScript is imported by the name of what a compiler would make of it. */
static const struct {
	struct str made, written[2];
} sources_of[] = {
	{STR_INIT(".js"), {STR_INIT(".ts"), STR_INIT(".tsx")}},
	{STR_INIT(".mjs"), {STR_INIT(".mts")}},
	{STR_INIT(".cjs"), {STR_INIT(".cts")}},
};

bool script_is_typescript(struct str path)
{
	for (size_t i = 0; i < EXTENSIONS_TS; i++)
		if (str_ends(path, script_extensions[i]))
			return true;
	return false;
}

bool is_granted(const struct resolver *resolver, struct str real)
{
	for (size_t i = 0; i < resolver->granted.count; i++)
		if (path_inside(resolver->granted.items[i], real))
			return true;
	return false;
}

static struct str below(struct arena *arena, struct str folder, struct str name)
{
	return path_resolve(arena, folder, name);
}

int package_in(struct resolver *resolver, struct str folder, const struct package **ret_package,
	struct error *err)
{
	struct scope **bucket =
		&resolver->scopes[hash_bytes(folder, 0) % COUNT_OF(resolver->scopes)];
	const struct script_source *source = &resolver->source;
	struct package *package = NULL;
	struct scope *scope = *bucket;
	struct str file, text;

	while (scope && !str_eq(scope->folder, folder))
		scope = scope->next;
	if (scope) {
		*ret_package = scope->package;
		return 0;
	}
	file = below(resolver->arena, folder, STR("package.json"));
	scope = ARENA_NEW(resolver->arena, struct scope);
	if (str_absent(file) || !scope)
		return error_memory(err);
	if (source->entry(source->payload, file) == ENTRY_FILE) {
		int r = source->read(
			source->payload, file, PACKAGE_MAX_BYTES, resolver->arena, &text, err);

		package = r < 0 ? NULL : ARENA_NEW(resolver->arena, struct package);
		if (r == 0 && !package)
			r = error_memory(err);
		if (r == 0)
			r = package_read(text, folder, resolver->arena, package, err);
		if (r < 0)
			return r;
	}
	*scope = (struct scope){*bucket, folder, package};
	*bucket = scope;
	*ret_package = package;
	return 0;
}

/* The package that a module in this folder belongs to: the nearest package.json upward. */
static int package_around(struct resolver *resolver, struct str folder,
	const struct package **ret_package, struct error *err)
{
	const struct package *package = NULL;
	int r = 0;

	while (r == 0 && !package && is_granted(resolver, folder) &&
		!str_is(path_base(folder), "node_modules")) {
		r = package_in(resolver, folder, &package, err);
		if (folder.len <= 1)
			break;
		folder = path_dir(folder);
	}
	if (r == 0)
		*ret_package = package;
	return r;
}

static struct str extension_of(struct str path)
{
	struct str name = path_base(path);

	for (size_t i = name.len; i > 1; i--)
		if (name.data[i - 1] == '.')
			return str_slice(name, i - 1, name.len);
	return STR("");
}

static int format_of(
	const struct wish *wish, struct str path, enum script_format *ret_format, struct error *err)
{
	struct str extension = extension_of(path);
	const struct package *package;
	int r;

	if (str_is(extension, ".node") || str_is(extension, ".wasm"))
		return refuse_module(wish, "it is compiled code, which weir does not run", err);
	if (str_is(extension, ".json"))
		*ret_format = FORMAT_JSON;
	else if (str_is(extension, ".mjs") || str_is(extension, ".mts"))
		*ret_format = FORMAT_ESM;
	else if (str_is(extension, ".js") || str_is(extension, ".ts") ||
		str_is(extension, ".tsx")) {
		r = package_around(wish->resolver, path_dir(path), &package, err);
		if (r < 0)
			return r;
		*ret_format = package && package->is_esm ? FORMAT_ESM : FORMAT_CJS;
	} else if (str_is(extension, ".cjs") || str_is(extension, ".cts") || wish->is_require)
		*ret_format = FORMAT_CJS;
	else
		return refuse_module(wish,
			"its extension is none of .ts, .tsx, .mts, .cts, .js, .mjs, .cjs and .json",
			err);
	return 0;
}

/* The very file, wherever it really is. */
static int lookup_file(const struct wish *wish, struct str path, struct error *err)
{
	struct resolver *resolver = wish->resolver;
	const struct script_source *source = &resolver->source;
	enum script_format format = FORMAT_CJS;
	struct str real;
	int r;

	if (str_absent(path))
		return error_memory(err);
	if (source->entry(source->payload, path) != ENTRY_FILE)
		return LOOKUP_NONE;
	real = source->real(source->payload, path, resolver->arena);
	if (str_absent(real))
		return arena_failed(resolver->arena) ? error_memory(err) : LOOKUP_NONE;
	if (!is_granted(resolver, real))
		return refuse_module(wish,
			"it lies outside of the app's folder and its node_modules, where weir "
			"reads nothing",
			err);
	r = format_of(wish, real, &format, err);
	if (r < 0)
		return r;
	*wish->ret = (struct resolved){.format = format, .path = real};
	return LOOKUP_FOUND;
}

static int lookup_with(
	const struct wish *wish, struct str stem, struct str extension, struct error *err)
{
	return lookup_file(wish,
		arena_printf(wish->resolver->arena, "%.*s%.*s", STR_ARG(stem), STR_ARG(extension)),
		err);
}

/* The very file, or the TypeScript that it would be made of. */
static int lookup_exact(const struct wish *wish, struct str path, struct error *err)
{
	struct str extension = extension_of(path);
	struct str stem = str_slice(path, 0, path.len - extension.len);
	int r = lookup_file(wish, path, err);

	for (size_t i = 0; r == LOOKUP_NONE && i < COUNT_OF(sources_of); i++) {
		if (!str_eq(extension, sources_of[i].made))
			continue;
		for (size_t k = 0; r == LOOKUP_NONE && k < 2; k++)
			if (!str_empty(sources_of[i].written[k]))
				r = lookup_with(wish, stem, sources_of[i].written[k], err);
	}
	return r;
}

static int lookup_extended(const struct wish *wish, struct str path, struct error *err)
{
	size_t first = wish->prefers_ts ? 0 : EXTENSIONS_TS;
	int r = LOOKUP_NONE;

	for (size_t i = 0; r == LOOKUP_NONE && i < EXTENSIONS; i++)
		r = lookup_with(wish, path, script_extensions[(first + i) % EXTENSIONS], err);
	return r;
}

static bool is_folder(const struct wish *wish, struct str path)
{
	const struct script_source *source = &wish->resolver->source;

	return !str_absent(path) && source->entry(source->payload, path) == ENTRY_FOLDER;
}

static int lookup_index(const struct wish *wish, struct str folder, struct error *err)
{
	return lookup_extended(wish, below(wish->resolver->arena, folder, STR("index")), err);
}

/* A folder stands for its package.json's main, or its index. */
static int lookup_folder(const struct wish *wish, struct str path, struct error *err)
{
	struct resolver *resolver = wish->resolver;
	const struct package *package;
	struct str folder, main;
	int r;

	if (!is_folder(wish, path))
		return LOOKUP_NONE;
	folder = resolver->source.real(resolver->source.payload, path, resolver->arena);
	if (str_absent(folder))
		return arena_failed(resolver->arena) ? error_memory(err) : LOOKUP_NONE;
	if (!is_granted(resolver, folder))
		return refuse_module(wish,
			"it lies outside of the app's folder and its node_modules, where weir "
			"reads nothing",
			err);
	r = package_in(resolver, folder, &package, err);
	if (r < 0)
		return r;
	if (package && !str_empty(package->main)) {
		main = below(resolver->arena, folder, package->main);
		r = lookup_exact(wish, main, err);
		if (r == LOOKUP_NONE)
			r = lookup_extended(wish, main, err);
		if (r == LOOKUP_NONE && is_folder(wish, main))
			r = lookup_index(wish, main, err);
	}
	return r == LOOKUP_NONE ? lookup_index(wish, folder, err) : r;
}

int lookup_path(const struct wish *wish, struct str path, struct error *err)
{
	struct str last = path_base(wish->specifier);
	int r = LOOKUP_NONE;

	if (str_absent(path))
		return error_memory(err);
	/* "./x/", "." and ".." name folders. */
	if (!str_empty(last) && !str_is(last, ".") && !str_is(last, "..")) {
		r = lookup_exact(wish, path, err);
		if (r == LOOKUP_NONE)
			r = lookup_extended(wish, path, err);
	}
	return r == LOOKUP_NONE ? lookup_folder(wish, path, err) : r;
}

/* What package.json says of a subpath is all there is: nothing else of the package can be imported. */
static int lookup_export(const struct wish *wish, const struct package *package,
	struct package_path wanted, struct error *err)
{
	struct target target;
	int r = package_target(
		package, wanted.subpath, wish->is_require, wish->resolver->arena, &target, err);

	if (r < 0)
		return r;
	r = str_absent(target.path) ? LOOKUP_NONE : lookup_exact(wish, target.path, err);
	return r == LOOKUP_NONE ? unknown_subpath(wish, package, wanted, err) : r;
}

bool next_packages(const struct wish *wish, struct str *folder, struct str *ret_packages)
{
	struct resolver *resolver = wish->resolver;
	const struct script_source *source = &resolver->source;

	while (!str_absent(*folder)) {
		struct str here = *folder;
		struct str packages = below(resolver->arena, here, STR("node_modules"));
		struct str real;

		*folder = here.len > 1 ? path_dir(here) : (struct str){NULL, 0};
		if (str_is(path_base(here), "node_modules") || !is_folder(wish, packages))
			continue;
		real = source->real(source->payload, packages, resolver->arena);
		if (str_absent(real) || !is_granted(resolver, real))
			continue;
		*ret_packages = packages;
		return true;
	}
	return false;
}

/* The package in one node_modules. */
static int lookup_installed(
	const struct wish *wish, struct str packages, struct package_path wanted, struct error *err)
{
	struct resolver *resolver = wish->resolver;
	const struct package *package = NULL;
	struct str path = below(resolver->arena, packages, wanted.name), folder;
	int r;

	if (!is_folder(wish, path))
		return str_is(wanted.subpath, ".") ? lookup_extended(wish, path, err) : LOOKUP_NONE;
	folder = resolver->source.real(resolver->source.payload, path, resolver->arena);
	if (str_absent(folder))
		return arena_failed(resolver->arena) ? error_memory(err) : LOOKUP_NONE;
	if (!is_granted(resolver, folder))
		return refuse_module(wish,
			"the package is a link to a folder outside of the app's folder and its "
			"node_modules",
			err);
	r = package_in(resolver, folder, &package, err);
	if (r < 0)
		return r;
	if (package && !node_is_null(package->exports))
		return lookup_export(wish, package, wanted, err);
	if (str_is(wanted.subpath, "."))
		return lookup_folder(wish, folder, err);
	r = lookup_path(wish, below(resolver->arena, folder, wanted.subpath), err);
	return r;
}

int lookup_package(const struct wish *wish, struct package_path wanted, struct error *err)
{
	const struct package *own = NULL;
	struct str folder = wish->folder, packages;
	int r = package_around(wish->resolver, folder, &own, err);

	if (r < 0)
		return r;
	if (own && !node_is_null(own->exports) && str_eq(own->name, wanted.name))
		return lookup_export(wish, own, wanted, err);
	while (r == LOOKUP_NONE && next_packages(wish, &folder, &packages))
		r = lookup_installed(wish, packages, wanted, err);
	return r;
}

int lookup_import(const struct wish *wish, struct str *ret_other, struct error *err)
{
	const struct package *own = NULL;
	struct target target = {{NULL, 0}, false};
	int r = package_around(wish->resolver, wish->folder, &own, err);

	*ret_other = (struct str){NULL, 0};
	if (r == 0 && own)
		r = package_target(own, wish->specifier, wish->is_require, wish->resolver->arena,
			&target, err);
	if (r < 0 || str_absent(target.path))
		return r;
	if (target.is_file)
		return lookup_exact(wish, target.path, err);
	*ret_other = target.path;
	return LOOKUP_NONE;
}
