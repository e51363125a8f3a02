/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Finding the base of a change, and reading the tree as it stood there.
 */
#define _GNU_SOURCE
#include "story/trust.h"

#include <limits.h>
#include <stdlib.h>

#include "config/locate.h"

/* Variables in which CI systems tell the branch (or the commit) that a change goes to. */
static const char *const base_variables[] = {
	"GITHUB_BASE_REF",                     /* GitHub Actions, Gitea */
	"CI_MERGE_REQUEST_DIFF_BASE_SHA",      /* GitLab: the merge base itself */
	"CI_MERGE_REQUEST_TARGET_BRANCH_NAME", /* GitLab */
	"SYSTEM_PULLREQUEST_TARGETBRANCH",     /* Azure Pipelines: refs/heads/main */
	"BITBUCKET_PR_DESTINATION_BRANCH",     /* Bitbucket Pipelines */
	"BASE_BRANCH_NAME",                    /* Atlantis */
	"CHANGE_TARGET",                       /* Jenkins */
	"BUILDKITE_PULL_REQUEST_BASE_BRANCH",
	"DRONE_TARGET_BRANCH",
};

/* A branch of the remote counts before a local one of the same name. */
static int merge_base(
	struct str name, struct arena *arena, struct str *ret_commit, struct error *err)
{
	const char *local, *remote;
	int r;

	if (str_starts(name, STR("refs/heads/")))
		name = str_slice(name, sizeof("refs/heads/") - 1, name.len);
	remote = arena_printf(arena, "origin/%.*s", STR_ARG(name)).data;
	local = arena_cstr(arena, name);
	if (!remote || !local)
		return error_memory(err);
	r = git_merge_base(NULL, remote, arena, ret_commit, err);
	if (r == 0 && str_absent(*ret_commit))
		r = git_merge_base(NULL, local, arena, ret_commit, err);
	return r;
}

static int find_base(
	const char *base, struct arena *arena, struct str *ret_commit, struct error *err)
{
	if (base)
		return git_merge_base(NULL, base, arena, ret_commit, err);
	for (size_t i = 0; i < COUNT_OF(base_variables); i++) {
		struct str name = str_of(getenv(base_variables[i]));

		if (!str_empty(name))
			return merge_base(name, arena, ret_commit, err);
	}
	return 0;
}

int trust_open(const char *base, bool tree, struct arena *arena, struct trust *ret_trust,
	struct error *err)
{
	struct trust trust = {.tree = tree};
	int r = 0;

	if (!tree)
		r = find_base(base, arena, &trust.commit, err);
	if (r == 0 && !str_absent(trust.commit))
		r = git_toplevel(NULL, arena, &trust.top, err);
	if (r < 0)
		return r;
	*ret_trust = trust;
	return 0;
}

/*
 * The path relative to the work tree's top, by its name alone: no link below the top is followed,
 * since the change may have put it there, and the file may be gone.  Absent if it lies elsewhere.
 */
static struct str inside_top(const struct trust *trust, const char *path, struct arena *arena)
{
	const struct locator locator = {.arena = arena};
	char here[PATH_MAX], real[PATH_MAX];
	struct str joined, none = {NULL, 0};

	if (path[0] != '/' && !realpath(".", here))
		return none;
	joined = path[0] == '/' ? locate_join(&locator, STR(""), str_of(path + 1))
				: locate_join(&locator, str_of(here + 1), str_of(path));
	for (size_t at = 0; at < joined.len; at++) {
		const char *above;

		if (joined.data[at] != '/')
			continue;
		above = arena_printf(arena, "/%.*s", (int)at, joined.data).data;
		if (above && realpath(above, real) && str_is(trust->top, real))
			return str_slice(joined, at + 1, joined.len);
	}
	return none;
}

int trust_read(const struct trust *trust, const char *path, struct arena *arena,
	struct str *ret_text, struct error *err)
{
	const char *inside;
	struct str found;

	*ret_text = (struct str){NULL, 0};
	if (str_absent(trust->commit) || str_absent(trust->top))
		return 0;
	found = inside_top(trust, path, arena);
	if (str_absent(found))
		return arena_failed(arena) ? error_memory(err) : 0;
	inside = arena_cstr(arena, found);
	if (!inside)
		return error_memory(err);
	return git_show(NULL, trust->commit, inside, arena, ret_text, err);
}

int trust_show(const struct trust *trust, struct str path, struct arena *arena,
	struct str *ret_text, struct error *err)
{
	const char *inside = arena_cstr(arena, path);

	return inside ? git_show(NULL, trust->commit, inside, arena, ret_text, err)
		      : error_memory(err);
}

/* The path below the top as git writes it; "" for the top itself, absent if it lies elsewhere. */
static struct str directory_inside(const struct trust *trust, const char *dir, struct arena *arena)
{
	char real[PATH_MAX];

	return realpath(dir, real) && str_is(trust->top, real) ? STR("")
							       : inside_top(trust, dir, arena);
}

int trust_list(const struct trust *trust, const char *dir, struct arena *arena,
	struct git_paths *ret_paths, struct error *err)
{
	struct git_paths all = {0};
	const char *inside;
	struct str found;
	size_t skip;
	int r;

	*ret_paths = all;
	if (trust->tree || str_absent(trust->commit) || str_absent(trust->top))
		return 0;
	found = directory_inside(trust, dir, arena);
	if (str_absent(found))
		return arena_failed(arena) ? error_memory(err) : 0;
	inside = arena_cstr(arena, found);
	if (!inside)
		return error_memory(err);
	r = git_list(NULL, trust->commit, inside, arena, &all, err);
	if (r < 0)
		return r;
	skip = str_empty(found) ? 0 : found.len + 1;
	for (size_t i = 0; i < all.count; i++)
		if (all.items[i].len > skip &&
			str_find_char(str_slice(all.items[i], skip, all.items[i].len), '/') ==
				SIZE_MAX)
			all.items[ret_paths->count++] = all.items[i];
	ret_paths->items = all.items;
	return 0;
}

static int read_at_base(void *payload, struct str path, struct arena *arena, struct str *ret_text,
	struct error *err)
{
	int r = trust_show(payload, path, arena, ret_text, err);

	return r < 0 ? r : !str_absent(*ret_text);
}

bool trust_config_source(struct trust *trust, struct config_source *ret_source)
{
	if (str_absent(trust->commit))
		return false;
	*ret_source = (struct config_source){
		.read = read_at_base, .payload = trust, .name = trust->commit};
	return true;
}
