/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The file system as a source of modules.  Apart from resolve.c so that resolution can be tried on a table.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/file.h"
#include "script/resolve.h"

/* A path for the system; false where it is too long or holds a NUL, and so leads nowhere. */
static bool system_path(struct str path, char to[PATH_MAX])
{
	if (path.len >= PATH_MAX || str_find_char(path, '\0') != SIZE_MAX)
		return false;
	if (path.len)
		memcpy(to, path.data, path.len);
	to[path.len] = '\0';
	return true;
}

static enum script_entry entry(void *payload, struct str path)
{
	char name[PATH_MAX];
	struct stat st;

	(void)payload;
	if (!system_path(path, name) || stat(name, &st) < 0)
		return ENTRY_NONE;
	if (S_ISDIR(st.st_mode))
		return ENTRY_FOLDER;
	return S_ISREG(st.st_mode) ? ENTRY_FILE : ENTRY_NONE;
}

static struct str real(void *payload, struct str path, struct arena *arena)
{
	char name[PATH_MAX], resolved[PATH_MAX];

	(void)payload;
	if (!system_path(path, name) || !realpath(name, resolved))
		return (struct str){NULL, 0};
	return arena_str(arena, str_of(resolved));
}

static int read_file(void *payload, struct str path, size_t ceiling, struct arena *arena,
	struct str *ret_text, struct error *err)
{
	CLEANUP(file_unmap) struct file_map map = {0};
	char name[PATH_MAX];
	struct str text;
	int r;

	(void)payload;
	if (!system_path(path, name))
		return error_set(err, ERR_FILE_MISSING, "not a path");
	r = file_map(name, ceiling, &map, err);
	if (r < 0)
		return r;
	text = arena_str(arena, map.text);
	if (str_absent(text))
		return error_memory(err);
	*ret_text = text;
	return 0;
}

static void close_folder(DIR **folder)
{
	if (*folder)
		closedir(*folder);
}

static void list(void *payload, struct str folder, struct arena *arena, struct script_names *names)
{
	CLEANUP(close_folder) DIR *open = NULL;
	char name[PATH_MAX];
	const struct dirent *found;

	(void)payload;
	if (system_path(folder, name))
		open = opendir(name);
	while (open && (found = readdir(open))) {
		struct str copy;

		if (str_is(str_of(found->d_name), ".") || str_is(str_of(found->d_name), ".."))
			continue;
		copy = arena_str(arena, str_of(found->d_name));
		if (str_absent(copy) ||
			!arena_grow(arena, (void **)&names->items, names->count, &names->room,
				sizeof(*names->items)))
			return;
		names->items[names->count++] = copy;
	}
}

static bool nothing(void *payload, struct str name)
{
	(void)payload, (void)name;
	return false;
}

struct script_source script_files(void)
{
	return (struct script_source){entry, real, read_file, list, nothing, nothing, NULL, NULL};
}
