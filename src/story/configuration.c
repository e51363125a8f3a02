/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which configuration belongs to a plan, and where its older version is.
 */
#define _GNU_SOURCE
#include "story/configuration.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

static int list_commit(void *payload, struct str dir, struct arena *arena, struct hcl_names *names,
	struct error *err)
{
	const char *path = arena_cstr(arena, dir);
	struct git_paths paths = {0};
	int r = path ? trust_list(payload, path, arena, &paths, err) : error_memory(err);

	for (size_t i = 0; i < paths.count && r == 0; i++) {
		if (!arena_grow(arena, (void **)&names->items, names->count, &names->room,
			    sizeof(*names->items)))
			return error_memory(err);
		names->items[names->count++] = path_base(paths.items[i]);
	}
	return r;
}

static int read_commit(void *payload, struct str dir, struct str name, struct arena *arena,
	struct str *ret_text, struct str *ret_path, struct error *err)
{
	const char *path = path_join(arena, dir, name);
	int r = path ? trust_read(payload, path, arena, ret_text, err) : error_memory(err);

	if (r < 0)
		return r;
	if (str_absent(*ret_text))
		*ret_text = STR("");
	*ret_path = str_of(path);
	return 0;
}

struct hcl_source configuration_of_commit(struct trust *trust)
{
	return (struct hcl_source){list_commit, read_commit, trust};
}

/* The tree without one file: what stands beside the configuration as its older version. */
static int list_others(void *payload, struct str dir, struct arena *arena, struct hcl_names *names,
	struct error *err)
{
	const char *without = payload;
	const struct hcl_source tree = hcl_tree();
	char here[PATH_MAX], there[PATH_MAX];
	const char *path = arena_cstr(arena, dir);
	const char *other = arena_cstr(arena, path_dir(str_of(without)));
	size_t kept = 0;
	int r = path && other ? tree.list(NULL, dir, arena, names, err) : error_memory(err);

	if (r < 0 || !realpath(path, here) || !realpath(other, there) || strcmp(here, there) != 0)
		return r;
	for (size_t i = 0; i < names->count; i++)
		if (!str_eq(names->items[i], path_base(str_of(without))))
			names->items[kept++] = names->items[i];
	names->count = kept;
	return 0;
}

/* `without`: a file that does not count, or NULL. */
static int read_known(const char *dir, const char *without, struct arena *arena,
	struct hcl_configuration **ret_configuration, struct error *err)
{
	struct hcl_source tree = hcl_tree();
	struct hcl_configuration *configuration = NULL;
	int r;

	if (without && str_ends(str_of(without), STR(".tf"))) {
		tree.list = list_others;
		tree.payload = (void *)(uintptr_t)without;
	}
	r = hcl_configuration_read(&tree, str_of(dir), arena, &configuration, err);

	if (r == 0 && hcl_is_empty(configuration))
		return error_at(err, error_set(err, ERR_FILE_MISSING, "there is no .tf file in it"),
			str_of(dir), 0, 0);
	if (r == 0)
		*ret_configuration = configuration;
	return r;
}

int configurations_read(const struct configuration_options *options, const struct trust *trust,
	struct str root, struct arena *arena, struct configurations *ret_configurations,
	struct error *err)
{
	struct configurations read = {0};
	struct trust base = *trust;
	const struct hcl_source commit = configuration_of_commit(&base);
	const char *dir = options->dir, *before = options->before;
	int r;

	*ret_configurations = read;
	if (!dir)
		return 0;
	if (!str_absent(root)) {
		dir = path_join(arena, str_of(dir), root);
		before = before ? path_join(arena, str_of(before), root) : NULL;
	}
	if (!dir || (options->before && !before))
		return error_memory(err);
	r = read_known(dir, before, arena, &read.now, err);
	if (r == 0 && before)
		r = read_known(before, NULL, arena, &read.before, err);
	else if (r == 0 && !trust->tree && !str_absent(trust->commit))
		r = hcl_configuration_read(&commit, str_of(dir), arena, &read.before, err);
	if (r < 0)
		return r;
	*ret_configurations = read;
	return 0;
}

int configuration_beside(struct str own, struct arena *arena,
	struct hcl_configuration **ret_configuration, struct error *err)
{
	const struct hcl_source tree = hcl_tree();
	struct hcl_configuration *configuration = NULL;
	int r = hcl_configuration_read(
		&tree, str_empty(own) ? STR(".") : own, arena, &configuration, err);

	if (r == 0)
		*ret_configuration = hcl_is_empty(configuration) ? NULL : configuration;
	return r;
}

static int open_diff(
	const char *ref, struct arena *arena, struct trust *ret_trust, struct error *err)
{
	struct trust trust = {0};
	int r = git_resolve(NULL, ref, arena, &trust.commit, err);

	if (r == 0)
		r = git_toplevel(NULL, arena, &trust.top, err);
	if (r < 0)
		return r;
	if (str_absent(trust.commit) || str_absent(trust.top))
		return error_set(err, ERR_GIT, "there is no commit '%s' for --diff", ref);
	*ret_trust = trust;
	return 0;
}

/* Whether the versions that Terraform chose for providers differ. */
static int lock_changed(const struct trust *trust, const char *dir, struct arena *arena,
	bool *ret_changed, struct error *err)
{
	CLEANUP(file_unmap) struct file_map map = {0};
	const char *path = path_join(arena, str_of(dir), STR(".terraform.lock.hcl"));
	struct str before = {NULL, 0};
	int r = path ? trust_read(trust, path, arena, &before, err) : error_memory(err);

	if (r == 0 && file_exists(path))
		r = file_map(path, HCL_MAX_BYTES, &map, err);
	*ret_changed = r == 0 && !str_absent(before) && !str_eq(before, map.text);
	return r;
}

int configuration_causes(const struct configuration_options *options, struct str own, bool several,
	const struct plan *plan, const struct references *references, struct arena *arena,
	const struct change_cause **ret_causes, struct error *err)
{
	struct hcl_configuration *now = NULL, *before = NULL;
	struct change_cause_source source = {.references = references};
	struct trust trust;
	const struct hcl_source commit = configuration_of_commit(&trust);
	const char *dir = !options->dir || several
		? path_join(arena, options->dir ? str_of(options->dir) : STR("."),
			  str_absent(own) ? STR(".") : own)
		: options->dir;
	int r = dir ? open_diff(options->diff, arena, &trust, err) : error_memory(err);

	if (r == 0)
		r = read_known(dir, options->before, arena, &now, err);
	if (r == 0)
		r = hcl_configuration_read(&commit, str_of(dir), arena, &before, err);
	if (r == 0)
		r = lock_changed(&trust, dir, arena, &source.providers_changed, err);
	if (r < 0)
		return r;
	source.now = now;
	source.before = before;
	return change_causes(plan, &source, arena, ret_causes, err);
}
