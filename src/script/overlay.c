/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Texts before files. Apart from source.c, whose answers these are where no text is meant: a text grants nothing, since which paths a program
 * may read is decided by where they lead, and a text leads to itself.
 */
#include "script/overlay.h"

#include "base/file.h"

const struct script_text *script_overlay_find(const struct script_overlay *overlay, struct str path)
{
	for (size_t i = 0; i < overlay->count; i++)
		if (str_eq(overlay->items[i].path, path))
			return &overlay->items[i];
	return NULL;
}

/* Whether a text stands somewhere below this folder. */
static bool is_folder(const struct script_overlay *overlay, struct str path)
{
	for (size_t i = 0; i < overlay->count; i++)
		if (path_inside(path, overlay->items[i].path))
			return true;
	return false;
}

static enum script_entry entry(void *payload, struct str path)
{
	const struct script_source below = script_files();

	if (script_overlay_find(payload, path))
		return ENTRY_FILE;
	return is_folder(payload, path) ? ENTRY_FOLDER : below.entry(below.payload, path);
}

static struct str real(void *payload, struct str path, struct arena *arena)
{
	const struct script_source below = script_files();
	struct str found;

	if (script_overlay_find(payload, path))
		return arena_str(arena, path);
	found = below.real(below.payload, path, arena);
	return str_absent(found) && is_folder(payload, path) ? arena_str(arena, path) : found;
}

static int read_file(void *payload, struct str path, size_t ceiling, struct arena *arena,
	struct str *ret_text, struct error *err)
{
	const struct script_source below = script_files();
	const struct script_text *found = script_overlay_find(payload, path);

	if (!found)
		return below.read(below.payload, path, ceiling, arena, ret_text, err);
	if (found->text.len > ceiling)
		return error_set(err, ERR_FILE_TOO_LARGE, "it has over %zu bytes", ceiling);
	*ret_text = found->text;
	return 0;
}

static bool has_name(const struct script_names *names, struct str name)
{
	for (size_t i = 0; i < names->count; i++)
		if (str_eq(names->items[i], name))
			return true;
	return false;
}

static void list(void *payload, struct str folder, struct arena *arena, struct script_names *names)
{
	const struct script_overlay *overlay = payload;
	const struct script_source below = script_files();

	below.list(below.payload, folder, arena, names);
	for (size_t i = 0; i < overlay->count; i++) {
		struct str path = overlay->items[i].path, name;

		if (str_eq(path, folder) || !path_inside(folder, path))
			continue;
		path = str_slice(path, folder.len + !str_is(folder, "/"), path.len);
		name = str_split(&path, '/');
		if (has_name(names, name))
			continue;
		if (!arena_grow(arena, (void **)&names->items, names->count, &names->room,
			    sizeof(*names->items)))
			return;
		names->items[names->count++] = name;
	}
}

struct script_source script_overlaid(const struct script_overlay *overlay)
{
	struct script_source source = script_files();

	source.entry = entry;
	source.real = real;
	source.read = read_file;
	source.list = list;
	source.payload = (void *)overlay;
	return source;
}
