/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is said of a module that there is not: what was looked for, and the nearest name that there is.  Apart from
 * the lookup, since a guess must never decide anything.
 */
#include <stdlib.h>

#include "base/file.h"
#include "base/suggest.h"
#include "script/resolver.h"

/* What a specifier may take of a message. */
static struct str shown(struct str text)
{
	return text.len > 120 ? str_slice(text, 0, 120) : text;
}

/* A path as the author would write it: below the app's root. */
static struct str shown_path(const struct resolver *resolver, struct str path)
{
	struct str root = resolver->granted.items[0];

	if (!path_inside(root, path))
		return shown(path);
	path = str_slice(path, root.len == 1 ? 1 : root.len + 1, path.len);
	return str_empty(path) ? STR("the app's folder") : shown(path);
}

static int compare(const void *left, const void *right)
{
	return str_cmp(*(const struct str *)left, *(const struct str *)right);
}

/* The names in a folder, sorted: a suggestion must not depend on the file system. */
static struct script_names names_in(const struct wish *wish, struct str folder)
{
	const struct script_source *source = &wish->resolver->source;
	struct script_names names = {0};

	source->list(source->payload, folder, wish->resolver->arena, &names);
	if (names.count > 1)
		qsort(names.items, names.count, sizeof(*names.items), compare);
	return names;
}

/* The name of a module as it is imported: without an extension, unless one was typed. */
static struct str importable(struct str name, struct str typed)
{
	if (str_find_char(typed, '.') != SIZE_MAX)
		return name;
	for (size_t i = 0; i < EXTENSIONS; i++)
		if (str_ends(name, script_extensions[i]))
			return str_slice(name, 0, name.len - script_extensions[i].len);
	return name;
}

int refuse_module(const struct wish *wish, const char *why, struct error *err)
{
	return error_set(err, ERR_MODULE_REFUSED, "module \"%.*s\" is refused: %s",
		STR_ARG(shown(wish->specifier)), why);
}

static int unknown(const struct wish *wish, struct str what, struct str nearest, struct error *err)
{
	if (arena_failed(wish->resolver->arena))
		return error_memory(err);
	if (str_absent(nearest))
		return error_set(err, ERR_MODULE_UNKNOWN, "%.*s", STR_ARG(what));
	return error_set(err, ERR_MODULE_UNKNOWN, "%.*s; did you mean \"%.*s\"?", STR_ARG(what),
		STR_ARG(shown(nearest)));
}

int unknown_path(const struct wish *wish, struct str path, struct error *err)
{
	struct arena *arena = wish->resolver->arena;
	struct str folder = path_dir(path), typed = path_base(path), nearest = {NULL, 0}, what;
	struct suggestion suggestion = {.typed = typed};
	struct script_names names = names_in(wish, folder);

	for (size_t i = 0; i < names.count; i++)
		suggest_offer(&suggestion, importable(names.items[i], typed));
	if (!str_absent(suggest_result(&suggestion)))
		nearest = arena_printf(arena, "%.*s%.*s",
			STR_ARG(str_slice(wish->specifier, 0,
				wish->specifier.len - path_base(wish->specifier).len)),
			STR_ARG(suggest_result(&suggestion)));
	what = arena_printf(arena,
		"there is no module \"%.*s\": looked in %.*s for \"%.*s\" as it is, with .ts, "
		".tsx, .mts, .cts, .js, "
		".mjs, .cjs or .json, and as a folder with an index",
		STR_ARG(shown(wish->specifier)), STR_ARG(shown_path(wish->resolver, folder)),
		STR_ARG(shown(typed)));
	return unknown(wish, what, nearest, err);
}

/* "@scope/name" of what lies in a scope's folder, else the name. */
static void offer_packages(const struct wish *wish, struct str packages, struct str scope,
	struct suggestion *suggestion)
{
	struct arena *arena = wish->resolver->arena;
	struct script_names names =
		names_in(wish, str_empty(scope) ? packages : path_resolve(arena, packages, scope));

	for (size_t i = 0; i < names.count; i++)
		suggest_offer(suggestion,
			str_empty(scope) ? names.items[i]
					 : arena_printf(arena, "%.*s/%.*s", STR_ARG(scope),
						   STR_ARG(names.items[i])));
}

int unknown_package(const struct wish *wish, struct package_path wanted, struct error *err)
{
	struct str folder = wish->folder, packages, found = {NULL, 0}, scope = STR(""), what;
	struct suggestion suggestion = {.typed = wanted.name};
	const struct script_source *source = &wish->resolver->source;
	struct arena *arena = wish->resolver->arena;

	if (str_starts(wanted.name, STR("@")))
		scope = path_dir(wanted.name);
	for (size_t i = 0; i < script_builtin_count; i++)
		suggest_offer(&suggestion, script_builtins[i]);
	while (next_packages(wish, &folder, &packages)) {
		struct str path = path_resolve(arena, packages, wanted.name);

		if (!str_absent(path) && source->entry(source->payload, path) == ENTRY_FOLDER)
			found = path;
		offer_packages(wish, packages, scope, &suggestion);
	}
	if (!str_absent(found)) {
		what = arena_printf(arena,
			"package \"%.*s\" has no module \"%.*s\": looked in %.*s",
			STR_ARG(shown(wanted.name)), STR_ARG(shown(wanted.subpath)),
			STR_ARG(shown_path(wish->resolver, found)));
		return unknown(wish, what, (struct str){NULL, 0}, err);
	}
	what = arena_printf(arena,
		"there is no package \"%.*s\": it is not built into weir, and not in node_modules "
		"of the app's folder "
		"or of a folder above it; install it, or correct the name",
		STR_ARG(shown(wanted.name)));
	return unknown(wish, what, suggest_result(&suggestion), err);
}

int unknown_subpath(const struct wish *wish, const struct package *package,
	struct package_path wanted, struct error *err)
{
	struct arena *arena = wish->resolver->arena;
	struct suggestion suggestion = {.typed = wanted.subpath};
	struct node_iter it = node_children(package->exports);
	struct str what, nearest;

	while (node_next(&it))
		if (node_is_string(it.key) && str_starts(node_raw(it.key), STR(".")) &&
			str_find_char(node_raw(it.key), '*') == SIZE_MAX)
			suggest_offer(&suggestion, node_text(it.key, arena));
	nearest = suggest_result(&suggestion);
	if (!str_absent(nearest) && str_eq(nearest, wanted.subpath))
		nearest = (struct str){NULL, 0};
	if (!str_absent(nearest))
		nearest = arena_printf(arena, "%.*s%.*s", STR_ARG(wanted.name),
			STR_ARG(str_slice(nearest, 1, nearest.len)));
	what = arena_printf(arena,
		"package \"%.*s\" offers no \"%.*s\" by the exports of its package.json (%s), or "
		"the file is missing: "
		"looked in %.*s",
		STR_ARG(shown(wanted.name)), STR_ARG(shown(wanted.subpath)),
		wish->is_require ? "require, node, default" : "import, node, default",
		STR_ARG(shown_path(wish->resolver, package->folder)));
	return unknown(wish, what, nearest, err);
}
