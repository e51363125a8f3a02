/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Assets are read here and not by the program's process: their bytes never pass through it.
 */
#define _GNU_SOURCE
#include "story/asset.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/zip.h"

enum {
	ARCHIVE_CEILING = 1 << 30,
	DEPTH_MOST = 64, /* of folders in folders: links may go round */
	PLAIN = 0666,
	RUNNABLE = 0777,
	PACKED_PLAIN = 0644, /* not as the user's umask has it: the same archive for everybody */
	PACKED_RUNNABLE = 0755,
};

struct packing {
	const struct script_names *granted;
	struct script_source files;
	struct arena *arena;
	struct zip zip;
};

static int not_granted(struct str path, struct error *err)
{
	return error_at(err,
		error_set(err, ERR_FILE_MISSING, "no such file below the program's folder"), path,
		0, 0);
}

/* The path without links; absent where it leads out of what is granted. */
static struct str granted_path(const struct script_source *files, struct str path,
	const struct script_names *granted, struct arena *arena)
{
	struct str real = files->real(files->payload, path, arena);

	for (size_t i = 0; !str_absent(real) && i < granted->count; i++)
		if (path_inside(granted->items[i], real))
			return real;
	return (struct str){NULL, 0};
}

static bool is_runnable(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && (st.st_mode & S_IXUSR);
}

int asset_copy(struct str from, const char *to, const struct script_names *granted,
	struct arena *arena, struct error *err)
{
	CLEANUP(file_unmap) struct file_map map = {0};
	const struct script_source files = script_files();
	struct str real = granted_path(&files, from, granted, arena);
	int r;

	if (str_absent(real))
		return not_granted(from, err);
	r = file_map(real.data, FILE_MAX_INPUT, &map, err);
	if (r == 0)
		r = file_replace_unsynced(
			to, map.text, is_runnable(real.data) ? RUNNABLE : PLAIN, err);
	return r;
}

static int by_text(const void *left, const void *right)
{
	return str_cmp(*(const struct str *)left, *(const struct str *)right);
}

static int pack_file(struct packing *packing, struct str real, struct str name, struct error *err)
{
	CLEANUP(file_unmap) struct file_map map = {0};
	int r = file_map(real.data, ARCHIVE_CEILING, &map, err);

	if (r == 0)
		r = zip_add(&packing->zip, name, map.text,
			is_runnable(real.data) ? PACKED_RUNNABLE : PACKED_PLAIN, err);
	return r;
}

static int pack_folder(struct packing *packing, struct str folder, struct str prefix,
	unsigned depth, struct error *err);

static int pack_entry(struct packing *packing, struct str folder, struct str prefix,
	struct str name, unsigned depth, struct error *err)
{
	const struct script_source *files = &packing->files;
	struct str path = arena_printf(packing->arena, "%.*s/%.*s", STR_ARG(folder), STR_ARG(name));
	struct str inside =
		arena_printf(packing->arena, "%.*s%.*s", STR_ARG(prefix), STR_ARG(name));
	struct str real = granted_path(files, path, packing->granted, packing->arena);
	int r;

	if (arena_failed(packing->arena))
		return error_memory(err);
	if (str_absent(real))
		return not_granted(path, err);
	if (files->entry(files->payload, real) == ENTRY_FILE)
		return pack_file(packing, real, inside, err);
	if (depth == DEPTH_MOST)
		return error_at(err,
			error_set(err, ERR_OUTPUT, "folders are nested too deeply to be packed"),
			path, 0, 0);
	inside = arena_printf(packing->arena, "%.*s/", STR_ARG(inside));
	if (str_absent(inside))
		return error_memory(err);
	r = zip_add(&packing->zip, inside, STR(""), PACKED_RUNNABLE, err);
	return r < 0 ? r : pack_folder(packing, real, inside, depth + 1, err);
}

static int pack_folder(struct packing *packing, struct str folder, struct str prefix,
	unsigned depth, struct error *err)
{
	const struct script_source *files = &packing->files;
	struct script_names names = {0};
	int r = 0;

	files->list(files->payload, folder, packing->arena, &names);
	if (names.count > 1)
		qsort(names.items, names.count, sizeof(*names.items), by_text);
	for (size_t i = 0; r == 0 && i < names.count; i++)
		r = pack_entry(packing, folder, prefix, names.items[i], depth, err);
	return r;
}

int asset_archive(struct str from, const char *to, const struct script_names *granted,
	struct arena *arena, struct error *err)
{
	struct packing packing = {granted, script_files(), arena, {{0}, {0}, 0}};
	struct str real = granted_path(&packing.files, from, granted, arena), archive;
	int r;

	if (str_absent(real))
		return not_granted(from, err);
	zip_init(&packing.zip, ARCHIVE_CEILING);
	r = pack_folder(&packing, real, STR(""), 0, err);
	if (r == 0)
		r = zip_end(&packing.zip, &archive, err);
	if (r == 0)
		r = file_replace_unsynced(to, archive, PLAIN, err);
	zip_free(&packing.zip);
	return r;
}
