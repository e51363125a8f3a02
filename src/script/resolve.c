/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What kind of module a specifier names, in this order: a file by its path, a name of package.json's imports, a part
 * of weir, a provider's module, a package.  The files themselves are lookup.c's business.
 */
#include "base/file.h"
#include "base/hash.h"
#include "script/resolver.h"

/* The library's modules have paths below this name. */
#define LIBRARY STR("weir:lib/")

const struct str script_builtins[] = {STR_INIT("constructs"), STR_INIT("cdktf"), STR_INIT("cdktn"),
	STR_INIT("weir"), STR_INIT("assert"), STR_INIT("async_hooks"), STR_INIT("buffer"),
	STR_INIT("child_process"), STR_INIT("cluster"), STR_INIT("console"), STR_INIT("constants"),
	STR_INIT("crypto"), STR_INIT("dgram"), STR_INIT("diagnostics_channel"), STR_INIT("dns"),
	STR_INIT("domain"), STR_INIT("events"), STR_INIT("fs"), STR_INIT("http"), STR_INIT("http2"),
	STR_INIT("https"), STR_INIT("inspector"), STR_INIT("module"), STR_INIT("net"),
	STR_INIT("os"), STR_INIT("path"), STR_INIT("perf_hooks"), STR_INIT("process"),
	STR_INIT("punycode"), STR_INIT("querystring"), STR_INIT("readline"), STR_INIT("repl"),
	STR_INIT("stream"), STR_INIT("string_decoder"), STR_INIT("sys"), STR_INIT("timers"),
	STR_INIT("tls"), STR_INIT("trace_events"), STR_INIT("tty"), STR_INIT("url"),
	STR_INIT("util"), STR_INIT("v8"), STR_INIT("vm"), STR_INIT("wasi"),
	STR_INIT("worker_threads"), STR_INIT("zlib")};
const size_t script_builtin_count = COUNT_OF(script_builtins);

/* The names before this one are weir's own: constructs and the three faces of its library. */
enum { NODE_FIRST = 4 };

static bool is_named(struct str name, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (str_eq(name, script_builtins[i]))
			return true;
	return false;
}

static bool is_library(struct str path)
{
	return str_starts(path, LIBRARY);
}

/* A file of the library: NAME.ts or NAME/index.ts.  A name comes from an author: it must not climb. */
static int lookup_library(const struct wish *wish, struct str name, struct error *err)
{
	const struct resolver *resolver = wish->resolver;
	const char *const endings[] = {"", ".ts", "/index.ts"};

	if (str_find(name, STR("..")) != SIZE_MAX)
		return LOOKUP_NONE;
	if (str_ends(name, STR(".js")))
		name = str_slice(name, 0, name.len - 3);
	for (size_t i = 0; i < COUNT_OF(endings); i++) {
		struct str path =
			arena_printf(resolver->arena, "weir:lib/%.*s%s", STR_ARG(name), endings[i]);

		if (str_absent(path))
			return error_memory(err);
		if (!resolver->source.library(
			    resolver->source.payload, str_slice(path, LIBRARY.len, path.len)))
			continue;
		*wish->ret = (struct resolved){.format = FORMAT_BUILTIN, .path = path};
		return LOOKUP_FOUND;
	}
	return LOOKUP_NONE;
}

static int lookup_node(const struct wish *wish, struct str name, struct error *err)
{
	struct str path;
	int r;

	if (str_is(name, "path/posix"))
		name = STR("path");
	path = arena_printf(wish->resolver->arena, "node/%.*s", STR_ARG(name));
	r = str_absent(path) ? error_memory(err) : lookup_library(wish, path, err);
	if (r == LOOKUP_NONE)
		r = refuse_module(wish,
			"weir has no such module of Node; a program that is synthesized reads "
			"files, and nothing of the "
			"machine or the network",
			err);
	return r;
}

/* The library of weir's own, whole or by a path in the package that it stands for: that is its index again. */
static int lookup_own(const struct wish *wish, struct str name, struct error *err)
{
	struct str whole = str_slice(name, 0, str_find_char(name, '/'));
	int r = lookup_library(wish, name, err);

	if (r == LOOKUP_NONE &&
		(whole.len == name.len ||
			path_inside(STR("lib"), str_slice(name, whole.len + 1, name.len))))
		r = lookup_library(wish, whole, err);
	return r;
}

static bool is_provider_name(struct str name)
{
	for (size_t i = 0; i < name.len; i++) {
		char c = name.data[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-')
			return false;
	}
	return !str_empty(name);
}

/* NAME[/FOLDER[/MODULE]]; an index is its folder. */
static bool read_names(struct str rest, struct str api, struct str folder, struct resolved *ret)
{
	struct resolved provider = {.format = FORMAT_PROVIDER, .api = api};

	if (str_ends(rest, STR(".js")))
		rest = str_slice(rest, 0, rest.len - 3);
	if (str_ends(rest, STR("/index")))
		rest = str_slice(rest, 0, rest.len - 6);
	provider.provider = str_split(&rest, '/');
	if (!str_absent(rest) && !str_empty(folder) && !str_eq(str_split(&rest, '/'), folder))
		return false;
	provider.module = rest;
	if (!is_provider_name(provider.provider) || (!str_absent(rest) && !is_provider_name(rest)))
		return false;
	*ret = provider;
	return true;
}

/* @cdktf/provider-NAME[/lib[/MODULE]], the same of @cdktn, weir/NAME[/MODULE]. */
static bool read_provider(struct str specifier, struct resolved *ret)
{
	static const struct {
		struct str api, prefix, folder;
	} forms[] = {
		{STR_INIT("cdktf"), STR_INIT("@cdktf/provider-"), STR_INIT("lib")},
		{STR_INIT("cdktn"), STR_INIT("@cdktn/provider-"), STR_INIT("lib")},
		{STR_INIT("weir"), STR_INIT("weir/"), STR_INIT("")},
	};

	for (size_t i = 0; i < COUNT_OF(forms); i++)
		if (str_starts(specifier, forms[i].prefix))
			return read_names(str_slice(specifier, forms[i].prefix.len, specifier.len),
				forms[i].api, forms[i].folder, ret);
	return false;
}

static int give_provider(const struct wish *wish, struct resolved provider, struct error *err)
{
	struct arena *arena = wish->resolver->arena;
	bool is_weir = str_is(provider.api, "weir"), whole = str_absent(provider.module);

	provider.path = is_weir ? arena_printf(arena, "weir/%.*s%s%.*s", STR_ARG(provider.provider),
					  whole ? "" : "/", STR_ARG(provider.module))
				: arena_printf(arena, "@%.*s/provider-%.*s%s%.*s",
					  STR_ARG(provider.api), STR_ARG(provider.provider),
					  whole ? "" : "/lib/", STR_ARG(provider.module));
	if (str_absent(provider.path))
		return error_memory(err);
	*wish->ret = provider;
	return LOOKUP_FOUND;
}

/* "@scope/name/lib/x" is "@scope/name" and "./lib/x". */
static bool split_package(
	const struct wish *wish, struct str specifier, struct package_path *ret_wanted)
{
	struct str rest = specifier, name = str_split(&rest, '/');

	if (str_starts(name, STR("@"))) {
		struct str second = str_absent(rest) ? STR("") : str_split(&rest, '/');

		if (str_empty(second) || name.len == 1 || str_starts(second, STR(".")))
			return false;
		name = str_slice(specifier, 0, name.len + 1 + second.len);
	}
	if (str_empty(name) || str_starts(name, STR(".")) ||
		str_find_char(name, '\\') != SIZE_MAX || str_find_char(name, '%') != SIZE_MAX)
		return false;
	ret_wanted->name = name;
	ret_wanted->subpath = STR(".");
	if (str_empty(rest))
		return true;
	ret_wanted->subpath = arena_printf(wish->resolver->arena, "./%.*s", STR_ARG(rest));
	while (!str_absent(rest))
		if (str_is(str_split(&rest, '/'), ".."))
			return false;
	return true;
}

/* weir's own modules and those made from schemas. */
static int lookup_builtin(const struct wish *wish, struct str specifier, struct error *err)
{
	struct str whole = str_slice(specifier, 0, str_find_char(specifier, '/'));
	const struct script_source *source = &wish->resolver->source;
	struct resolved provider;
	int r = LOOKUP_NONE;

	if (str_starts(specifier, STR("node:")))
		return lookup_node(wish, str_slice(specifier, 5, specifier.len), err);
	if (str_ends(specifier, STR("/")))
		return LOOKUP_NONE; /* Node's way to name a package where a builtin has the name. */
	if (is_named(whole, NODE_FIRST, script_builtin_count))
		return lookup_node(wish, specifier, err);
	if (is_named(whole, 0, NODE_FIRST))
		r = lookup_own(wish, specifier, err);
	if (r == LOOKUP_NONE && read_provider(specifier, &provider) &&
		source->provider(source->payload, provider.provider))
		r = give_provider(wish, provider, err);
	return r;
}

/*
 * A module of a provider of which there is no schema. What is installed has the modules that it has, and weir/NAME
 * may be anything.
 */
static int lookup_unknown(const struct wish *wish, struct str specifier, struct package_path wanted,
	struct error *err)
{
	struct resolved provider;

	if (!read_provider(specifier, &provider) ||
		!str_absent(script_installed(wish->resolver, wanted.name)))
		return unknown_package(wish, wanted, err);
	if (str_is(provider.api, "weir") && str_absent(provider.module))
		return error_set(err, ERR_MODULE_UNKNOWN,
			"weir has no module \"%.*s\", and no schema of a provider of this name",
			STR_ARG(provider.provider));
	return give_provider(wish, provider, err);
}

static int lookup_bare(const struct wish *wish, struct str specifier, struct error *err)
{
	struct package_path wanted;
	int r = lookup_builtin(wish, specifier, err);

	if (r != LOOKUP_NONE)
		return r;
	if (str_find_char(specifier, ':') != SIZE_MAX)
		return refuse_module(wish,
			"modules come from files and packages; weir: names parts that only weir "
			"itself may import, "
			"and other schemes are not read",
			err);
	if (!split_package(wish, specifier, &wanted))
		return refuse_module(
			wish, "it is no name of a package, and a path begins with ./ or ../", err);
	r = lookup_package(wish, wanted, err);
	return r == LOOKUP_NONE ? lookup_unknown(wish, specifier, wanted, err) : r;
}

static int lookup_hash(const struct wish *wish, struct error *err)
{
	struct str other;
	int r = lookup_import(wish, &other, err);

	if (r == LOOKUP_NONE && !str_absent(other))
		return lookup_bare(wish, other, err);
	if (r != LOOKUP_NONE)
		return r;
	return error_set(err, ERR_MODULE_UNKNOWN,
		"there is no module \"%.*s\": the imports of the nearest package.json do not lead "
		"to a file by this name",
		STR_ARG(wish->specifier));
}

/* The modules that `cdktf get` would have written: .gen/providers/NAME[/MODULE]. */
static bool read_generated(struct str path, struct resolved *ret)
{
	static const struct str folder = STR_INIT("/.gen/providers/");
	size_t at = str_find(path, folder);

	return at != SIZE_MAX &&
		read_names(str_slice(path, at + folder.len, path.len), STR("cdktf"), STR(""), ret);
}

static int lookup_relative(const struct wish *wish, struct error *err)
{
	struct resolved provider;
	struct str path = path_resolve(wish->resolver->arena, wish->folder, wish->specifier);
	int r;

	if (str_starts(wish->specifier, STR("/")))
		path = path_resolve(wish->resolver->arena, STR("/"), wish->specifier);
	if (str_absent(path))
		return error_memory(err);
	if (!is_granted(wish->resolver, path))
		return refuse_module(wish,
			"it leads out of the app's folder and its node_modules, where weir reads "
			"nothing",
			err);
	r = lookup_path(wish, path, err);
	if (r == LOOKUP_NONE && read_generated(path, &provider))
		return give_provider(wish, provider, err);
	return r == LOOKUP_NONE ? unknown_path(wish, path, err) : r;
}

/* What the library asks for: its own files, the host, Node's names. */
static int lookup_inside(const struct wish *wish, struct error *err)
{
	struct str specifier = wish->specifier, path;
	int r = LOOKUP_NONE;

	if (str_is(specifier, "weir:host")) {
		*wish->ret = (struct resolved){.format = FORMAT_BUILTIN, .path = STR("weir:host")};
		return LOOKUP_FOUND;
	}
	if (str_starts(specifier, STR("."))) {
		path = path_resolve(wish->resolver->arena,
			str_slice(wish->folder, LIBRARY.len, wish->folder.len), specifier);
		r = str_absent(path) ? error_memory(err) : lookup_library(wish, path, err);
	} else {
		r = lookup_builtin(wish, specifier, err);
	}
	return r == LOOKUP_NONE ? error_set(err, ERR_DEFECT, "the library has no module \"%.*s\"",
					  STR_ARG(specifier))
				: r;
}

static struct known **bucket_of(const struct wish *wish)
{
	uint64_t hash = hash_bytes(wish->specifier, hash_bytes(wish->folder, 0));

	return &wish->resolver->known[hash % COUNT_OF(wish->resolver->known)];
}

static const struct known *find_known(const struct wish *wish)
{
	const struct known *known = *bucket_of(wish);

	while (known &&
		!(str_eq(known->specifier, wish->specifier) &&
			str_eq(known->folder, wish->folder) &&
			known->is_require == wish->is_require &&
			known->prefers_ts == wish->prefers_ts))
		known = known->next;
	return known;
}

static int remember(const struct wish *wish, struct error *err)
{
	struct arena *arena = wish->resolver->arena;
	struct known **bucket = bucket_of(wish), *known = ARENA_NEW(arena, struct known);
	struct str specifier = arena_str(arena, wish->specifier);
	struct str folder = arena_str(arena, wish->folder);

	if (!known || str_absent(specifier) || str_absent(folder))
		return error_memory(err);
	*known = (struct known){
		*bucket, folder, specifier, wish->is_require, wish->prefers_ts, *wish->ret};
	*bucket = known;
	return 0;
}

int script_resolve(struct resolver *resolver, struct str from, struct str specifier,
	bool is_require, struct resolved *ret_resolved, struct error *err)
{
	struct resolved found = {0};
	const struct known *known;
	struct wish wish = {resolver, specifier, {NULL, 0}, is_require,
		str_absent(from) || script_is_typescript(from), &found};
	bool is_path = str_absent(from) || str_starts(specifier, STR("/")) ||
		str_starts(specifier, STR("./")) || str_starts(specifier, STR("../")) ||
		str_is(specifier, ".") || str_is(specifier, "..");
	int r;

	wish.folder = str_absent(from) ? resolver->granted.items[0] : path_dir(from);
	if (str_empty(specifier) || specifier.len > SPECIFIER_MAX_BYTES ||
		str_find_char(specifier, '\0') != SIZE_MAX)
		return refuse_module(
			&wish, "a module's name has 1 to 1024 bytes, none of them NUL", err);
	known = find_known(&wish);
	if (known) {
		*ret_resolved = known->resolved;
		return 0;
	}
	if (!str_absent(from) && is_library(from))
		r = lookup_inside(&wish, err);
	else if (is_path)
		r = lookup_relative(&wish, err);
	else if (str_starts(specifier, STR("#")))
		r = lookup_hash(&wish, err);
	else
		r = lookup_bare(&wish, specifier, err);
	if (r >= 0)
		r = remember(&wish, err);
	if (r < 0)
		return r;
	*ret_resolved = found;
	return 0;
}

static int grant(struct resolver *resolver, struct str path, struct error *err)
{
	struct script_names *granted = &resolver->granted;
	struct str real = resolver->source.real(resolver->source.payload, path, resolver->arena);

	if (str_absent(real) && !arena_failed(resolver->arena))
		return 0;
	if (str_absent(real) ||
		!arena_grow(resolver->arena, (void **)&granted->items, granted->count,
			&granted->room, sizeof(*granted->items)))
		return error_memory(err);
	granted->items[granted->count++] = real;
	return 0;
}

int resolver_create(struct str root, const struct script_source *source, struct arena *arena,
	struct resolver **ret_resolver, struct error *err)
{
	struct resolver *resolver = ARENA_NEW(arena, struct resolver);
	struct str folder;
	int r;

	if (!resolver)
		return error_memory(err);
	resolver->source = *source;
	resolver->arena = arena;
	r = grant(resolver, root, err);
	if (r < 0)
		return r;
	if (!resolver->granted.count ||
		source->entry(source->payload, resolver->granted.items[0]) != ENTRY_FOLDER)
		return error_at(err, error_set(err, ERR_FILE_MISSING, "is no folder"), root, 0, 0);
	for (folder = resolver->granted.items[0];; folder = path_dir(folder)) {
		struct str packages = path_resolve(arena, folder, STR("node_modules"));

		if (str_absent(packages))
			return error_memory(err);
		if (source->entry(source->payload, packages) == ENTRY_FOLDER)
			r = grant(resolver, packages, err);
		if (r < 0)
			return r;
		if (folder.len <= 1)
			break;
	}
	*ret_resolver = resolver;
	return 0;
}

const struct script_names *resolver_granted(const struct resolver *resolver)
{
	return &resolver->granted;
}

struct str script_installed(struct resolver *resolver, struct str package)
{
	struct wish wish = {.resolver = resolver, .specifier = package};
	struct str folder = resolver->granted.items[0], packages;

	while (next_packages(&wish, &folder, &packages)) {
		const struct package *found = NULL;
		struct str path = path_resolve(resolver->arena, packages, package);
		struct str real =
			resolver->source.real(resolver->source.payload, path, resolver->arena);

		if (!str_absent(real) && is_granted(resolver, real) &&
			package_in(resolver, real, &found, NULL) == 0 && found)
			return found->text;
	}
	return (struct str){NULL, 0};
}
