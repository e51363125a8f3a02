/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A specifier (the first line) and any bytes as the package.json of a package and of the app: whatever it says, the
 * module lies inside the app.  No file is touched: in this tree every .js and .ts is there, and a name with "link"
 * leads outside.
 */
#include <stdlib.h>

#include "base/file.h"
#include "script/resolve.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static enum script_entry entry(void *payload, struct str path)
{
	(void)payload;
	if (str_ends(path, STR("/package.json")))
		return str_is(path, "/app/package.json") ||
				str_is(path, "/app/node_modules/p/package.json")
			? ENTRY_FILE
			: ENTRY_NONE;
	if (str_ends(path, STR(".js")) || str_ends(path, STR(".ts")))
		return ENTRY_FILE;
	return str_starts(path, STR("/app")) && !str_ends(path, STR("/q")) ? ENTRY_FOLDER
									   : ENTRY_NONE;
}

static struct str real(void *payload, struct str path, struct arena *arena)
{
	(void)payload;
	return str_find(path, STR("link")) == SIZE_MAX ? arena_str(arena, path)
						       : STR("/outside/x.js");
}

static int read_file(void *payload, struct str path, size_t ceiling, struct arena *arena,
	struct str *ret_text, struct error *err)
{
	const struct str *text = payload;

	(void)path;
	if (text->len > ceiling)
		return error_set(err, ERR_FILE_TOO_LARGE, "too large");
	*ret_text = arena_str(arena, *text);
	return str_absent(*ret_text) ? error_memory(err) : 0;
}

static void list(void *payload, struct str folder, struct arena *arena, struct script_names *names)
{
	(void)payload, (void)folder;
	if (!arena_grow(arena, (void **)&names->items, names->count, &names->room,
		    sizeof(*names->items)))
		return;
	names->items[names->count++] = STR("p");
}

static bool always(void *payload, struct str name)
{
	(void)payload, (void)name;
	return true;
}

static void check(struct resolver *resolver, struct str from, struct str specifier, bool is_require)
{
	struct resolved found = {0};
	struct error err = {0};

	if (script_resolve(resolver, from, specifier, is_require, &found, &err) < 0) {
		if (err.id == ERR_NONE || err.id == ERR_DEFECT || found.path.data)
			abort();
		return;
	}
	if (found.format < FORMAT_BUILTIN && !path_inside(STR("/app"), found.path))
		abort();
	if (found.format == FORMAT_BUILTIN && !str_starts(found.path, STR("weir:lib/")))
		abort();
	if (str_find(found.path, STR("/../")) != SIZE_MAX)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create((size_t)64 << 20);
	struct str text = {(const char *)data, size};
	struct str specifier = str_split(&text, '\n');
	struct script_source source = {entry, real, read_file, list, always, always, &text};
	struct resolver *resolver;

	if (!arena || resolver_create(STR("/app"), &source, arena, &resolver, NULL) < 0)
		return 0;
	check(resolver, STR("/app/main.ts"), specifier, false);
	check(resolver, STR("/app/node_modules/p/lib/x.js"), specifier, true);
	check(resolver, (struct str){NULL, 0}, specifier, false);
	return 0;
}
