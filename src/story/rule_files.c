/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where a team's own rules are read: which files of a directory, and whether
 * from the tree or from the base.  Apart from the rule engine, which knows
 * documents and no files.
 */
#define _GNU_SOURCE
#include "story/rule_files.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/yaml.h"

enum { MAX_FILES = 1000 };

static bool holds_cases(struct str name)
{
	return str_ends(name, STR(".cases.yaml")) || str_ends(name, STR(".cases.yml"));
}

static bool is_yaml(struct str name)
{
	return str_ends(name, STR(".yaml")) || str_ends(name, STR(".yml"));
}

static int add(struct rule_files *files, struct str name, struct str text, struct arena *arena,
	struct error *err)
{
	if (files->count == MAX_FILES)
		return error_at(err,
			error_set(err, ERR_FILE_TOO_LARGE, "over %d files of rules", MAX_FILES),
			name, 0, 0);
	if (!arena_grow(arena, (void **)&files->items, files->count, &files->room,
		    sizeof(*files->items)))
		return error_memory(err);
	files->items[files->count++] = (struct rule_file){name, text, holds_cases(name)};
	return 0;
}

static int add_file(
	const char *path, struct arena *arena, struct rule_files *files, struct error *err)
{
	CLEANUP(file_unmap) struct file_map map = {0};
	struct str text;
	int r = file_map(path, YAML_MAX_BYTES, &map, err);

	if (r < 0)
		return r;
	text = arena_str(arena, map.text);
	return str_absent(text) ? error_memory(err) : add(files, str_of(path), text, arena, err);
}

static void close_dir(DIR **dir)
{
	if (*dir)
		closedir(*dir);
}

static int unreadable(const char *path, struct error *err)
{
	return error_at(err, error_set(err, ERR_FILE_UNREADABLE, "%s", strerror(errno)),
		str_of(path), 0, 0);
}

static int by_name(const void *left, const void *right)
{
	return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* The names of a directory's YAML files, sorted. */
static int list_tree(const char *path, struct arena *arena, const char ***ret_names,
	size_t *ret_count, struct error *err)
{
	CLEANUP(close_dir) DIR *dir = opendir(path);
	const char **names = NULL;
	size_t count = 0, room = 0;

	if (!dir)
		return unreadable(path, err);
	for (;;) {
		struct dirent *entry;

		errno = 0;
		entry = readdir(dir);
		if (!entry && errno)
			return unreadable(path, err);
		if (!entry)
			break;
		if (!is_yaml(str_of(entry->d_name)))
			continue;
		if (!arena_grow(arena, (void **)&names, count, &room, sizeof(*names)))
			return error_memory(err);
		names[count++] =
			path_join(arena, str_of(path), arena_str(arena, str_of(entry->d_name)));
		if (!names[count - 1])
			return error_memory(err);
	}
	if (count)
		qsort(names, count, sizeof(*names), by_name);
	*ret_names = names;
	*ret_count = count;
	return 0;
}

/* Cases alone judge nothing: somebody believes in rules that are not there. */
static int demand_rules(
	const char *dir, const struct rule_files *files, size_t first, struct error *err)
{
	for (size_t i = first; i < files->count; i++)
		if (!files->items[i].cases)
			return 0;
	return error_at(err, error_set(err, ERR_RULE_NONE, "there is no file with rules in it"),
		str_of(dir), 0, 0);
}

int rule_files_add(
	const char *path, struct arena *arena, struct rule_files *files, struct error *err)
{
	const size_t first = files->count;
	const char **names = NULL;
	size_t count = 0;
	int r;

	if (!file_is_dir(path))
		return add_file(path, arena, files, err);
	r = list_tree(path, arena, &names, &count, err);
	for (size_t i = 0; i < count && r == 0; i++)
		r = add_file(names[i], arena, files, err);
	return r < 0 ? r : demand_rules(path, files, first, err);
}

static int add_base(const struct trust *trust, const char *dir, const struct git_paths *paths,
	struct arena *arena, struct rule_files *files, struct error *err)
{
	const size_t first = files->count;

	for (size_t i = 0; i < paths->count; i++) {
		struct str name, text = {NULL, 0};
		int r;

		if (!is_yaml(paths->items[i]))
			continue;
		r = trust_show(trust, paths->items[i], arena, &text, err);
		if (r < 0)
			return r;
		name = arena_printf(
			arena, "%.*s:%.*s", STR_ARG(trust->commit), STR_ARG(paths->items[i]));
		r = add(files, name, str_absent(text) ? STR("") : text, arena, err);
		if (r < 0)
			return r;
	}
	return demand_rules(dir, files, first, err);
}

int rule_files_configured(const struct config *config, const struct trust *trust,
	struct arena *arena, struct rule_files *files, struct error *err)
{
	const struct config_value *dirs = config ? &config->values[CONFIG_RULES] : NULL;

	for (size_t i = 0; dirs && i < dirs->count; i++) {
		const char *dir = arena_cstr(arena, dirs->entries[i].text);
		struct git_paths paths = {0};
		int r = dir ? trust_list(trust, dir, arena, &paths, err) : error_memory(err);

		if (r == 0)
			r = paths.count ? add_base(trust, dir, &paths, arena, files, err)
					: rule_files_add(dir, arena, files, err);
		if (r < 0)
			return r;
	}
	return 0;
}

int rule_files_compile(const struct rule_files *files, const struct rule_scope *scope,
	struct arena *arena, struct rules **ret_rules, struct error *err)
{
	struct rules *rules;
	int r = rules_load(scope, arena, &rules, err);

	for (size_t i = 0; i < files->count && r == 0; i++) {
		CLEANUP(doc_cleanup) struct doc *doc = NULL;

		if (files->items[i].cases)
			continue;
		r = yaml_read(files->items[i].text, files->items[i].name, &doc, err);
		if (r == 0)
			r = rules_add(rules, doc, err);
	}
	if (r < 0)
		return r;
	*ret_rules = rules;
	return 0;
}
