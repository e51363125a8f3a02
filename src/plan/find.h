/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The plans of a monorepo: every tfplan.json and plan.json below a directory,
 * in byte order of their paths, so that no file system decides the order.
 */
#ifndef WEIR_PLAN_FIND_H
#define WEIR_PLAN_FIND_H

#include "base/error.h"
#include "base/memory.h"

struct found_plan {
	const char *path; /* DIR included, to open it by */
	struct str name;  /* "envs/prod", "envs/prod@blue" with a workspace; "." for DIR itself */
	struct str root;  /* the directory it lies in, DIR included */
	struct str workspace; /* absent: the default one, or unknown */
};

struct found_plans {
	struct found_plan *items;
	size_t count;
	size_t room;
};

/*
 * Directories behind symbolic links, and .git, .terraform, .weir and node_modules, are not entered.
 * Where one directory holds both files, their names end in the file's name.
 *
 * Errors: a directory that cannot be read, no plan at all (ERR_FILE_MISSING), more than
 * 10,000 plans or 64 levels (ERR_FILE_TOO_LARGE): what is not looked at is never passed over in silence.
 */
int plan_find(const char *dir, struct arena *arena, struct found_plans *ret_plans,
	struct error *err) WEIR_NODISCARD;

/* The same for every file that ends in ".json", whatever its name: an archive of old plans. */
int plan_find_archive(const char *dir, struct arena *arena, struct found_plans *ret_plans,
	struct error *err) WEIR_NODISCARD;

/* The workspace that a root module's .terraform/environment selects; absent for the default one. */
struct str plan_workspace(struct str root, struct arena *arena);

#endif
