/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Looks through a directory tree for plans.  Apart from reading because it
 * knows about files and nothing about plans but their usual names.
 */
#define _GNU_SOURCE
#include "plan/find.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

enum { MAX_DEPTH = 64, MAX_PLANS = 10000, MAX_WORKSPACE = 256 };

static const char *const plan_names[] = {"plan.json", "tfplan.json", NULL};
static const char *const passed_by[] = {".git", ".terraform", ".weir", "node_modules", NULL};

static bool is_one_of(const char *name, const char *const *list)
{
	for (; *list; list++)
		if (strcmp(name, *list) == 0)
			return true;
	return false;
}

struct search {
	struct arena *arena;
	struct found_plans plans;
	size_t prefix; /* bytes of DIR and its slash */
	bool every;    /* any name that ends in .json */
	struct error *err;
};

static void close_dir(DIR **dir)
{
	if (*dir)
		closedir(*dir);
}

static int unreadable(struct search *search, const char *path)
{
	return error_at(search->err,
		error_set(search->err, ERR_FILE_UNREADABLE, "%s", strerror(errno)), str_of(path), 0,
		0);
}

static int add_plan(struct search *search, const char *path)
{
	struct found_plans *plans = &search->plans;

	if (plans->count == MAX_PLANS)
		return error_set(search->err, ERR_FILE_TOO_LARGE, "more than %d plans", MAX_PLANS);
	if (!arena_grow(search->arena, (void **)&plans->items, plans->count, &plans->room,
		    sizeof(*plans->items)))
		return error_memory(search->err);
	plans->items[plans->count++] = (struct found_plan){.path = path};
	return 0;
}

static int search_dir(struct search *search, const char *path, unsigned depth);

static int look_at(struct search *search, const char *dir, const char *name, unsigned depth)
{
	const char *path = path_join(search->arena, str_of(dir), str_of(name));
	bool wanted =
		search->every ? str_ends(str_of(name), STR(".json")) : is_one_of(name, plan_names);
	struct stat st;

	if (!path)
		return error_memory(search->err);
	if (lstat(path, &st) < 0)
		return errno == ENOENT ? 0 : unreadable(search, path);
	if (S_ISDIR(st.st_mode))
		return is_one_of(name, passed_by) ? 0 : search_dir(search, path, depth + 1);
	if (!wanted)
		return 0;
	/* A link to a plan is one; a link to a directory is not entered, so it cannot lead in a circle. */
	if (S_ISLNK(st.st_mode) && stat(path, &st) < 0)
		return unreadable(search, path);
	return S_ISREG(st.st_mode) ? add_plan(search, path) : 0;
}

static int search_dir(struct search *search, const char *path, unsigned depth)
{
	CLEANUP(close_dir) DIR *dir = opendir(path);
	struct dirent *entry;
	int r = 0;

	if (!dir)
		return unreadable(search, path);
	if (depth > MAX_DEPTH)
		return error_at(search->err,
			error_set(search->err, ERR_FILE_TOO_LARGE,
				"directories deeper than %d levels", MAX_DEPTH),
			str_of(path), 0, 0);
	while (r == 0) {
		errno = 0;
		entry = readdir(dir);
		if (!entry)
			return errno ? unreadable(search, path) : 0;
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			r = look_at(search, path, entry->d_name, depth);
	}
	return r;
}

struct str plan_workspace(struct str root, struct arena *arena)
{
	const char *path = path_join(arena, root, STR(".terraform/environment"));
	CLEANUP(file_unmap) struct file_map map = {0};
	struct str name;

	if (!path || file_map(path, MAX_WORKSPACE, &map, NULL) < 0)
		return (struct str){NULL, 0};
	name = str_trim(map.text);
	if (str_empty(name) || str_is(name, "default"))
		return (struct str){NULL, 0};
	return arena_str(arena, name);
}

static int by_path(const void *left, const void *right)
{
	return strcmp(
		((const struct found_plan *)left)->path, ((const struct found_plan *)right)->path);
}

/* The directory of a path below DIR, as people name it. */
static void name_plan(struct search *search, struct found_plan *plan, bool shared)
{
	struct str path = str_of(plan->path);
	struct str below = str_slice(path, search->prefix, path.len);

	plan->root = path_dir(path);
	plan->workspace = plan_workspace(plan->root, search->arena);
	plan->name = shared ? below : path_dir(below);
	if (!str_absent(plan->workspace))
		plan->name = arena_printf(
			search->arena, "%.*s@%.*s", STR_ARG(plan->name), STR_ARG(plan->workspace));
}

static int find(const char *dir, bool every, struct arena *arena, struct found_plans *ret_plans,
	struct error *err)
{
	struct search search = {.arena = arena, .every = every, .err = err};
	struct found_plans *plans = &search.plans;
	int r = search_dir(&search, dir, 0);

	if (r < 0)
		return r;
	if (plans->count == 0)
		return error_at(err,
			error_set(err, ERR_FILE_MISSING,
				every ? "no .json file below it"
				      : "no tfplan.json or plan.json below it"),
			str_of(dir), 0, 0);
	qsort(plans->items, plans->count, sizeof(*plans->items), by_path);
	/* path_join() leaves "." out and adds a slash to anything else that has none. */
	if (strcmp(dir, ".") != 0 && *dir)
		search.prefix = strlen(dir) + (dir[strlen(dir) - 1] != '/');
	for (size_t i = 0; i < plans->count; i++) {
		struct str here = path_dir(str_of(plans->items[i].path));
		bool shared = (i > 0 && str_eq(here, path_dir(str_of(plans->items[i - 1].path)))) ||
			(i + 1 < plans->count &&
				str_eq(here, path_dir(str_of(plans->items[i + 1].path))));

		name_plan(&search, &plans->items[i], shared);
	}
	if (arena_failed(arena))
		return error_memory(err);
	*ret_plans = *plans;
	return 0;
}

int plan_find(
	const char *dir, struct arena *arena, struct found_plans *ret_plans, struct error *err)
{
	return find(dir, /* every= */ false, arena, ret_plans, err);
}

int plan_find_archive(
	const char *dir, struct arena *arena, struct found_plans *ret_plans, struct error *err)
{
	return find(dir, /* every= */ true, arena, ret_plans, err);
}
