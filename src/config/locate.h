/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where a repository begins, and how its files are called from where we stand.
 */
#ifndef WEIR_CONFIG_LOCATE_H
#define WEIR_CONFIG_LOCATE_H

#include "base/error.h"
#include "base/memory.h"

struct locator {
	struct arena *arena;
	/* Absolute path of the repository's root, or of the one directory that counts outside of
	 * one. */
	struct str root;
	/* The current directory relative to the root, "" for the root itself; absent if it lies
	 * elsewhere. */
	struct str here;
	/* The directory where the search began, relative to the root: "" for the root itself. */
	struct str start;
	bool in_repository;
};

/* From the current directory (`directory` absent) or another upward to the one that holds .git. */
int locate_root(struct arena *arena, struct str directory, struct locator *ret_locator,
	struct error *err) WEIR_NODISCARD;

/* root + path. */
const char *locate_absolute(const struct locator *locator, struct str path);
/* How a person in the current directory would write a path that is relative to the root. */
struct str locate_display(const struct locator *locator, struct str path);
/*
 * A path from a file in the directory `base` (relative to the root), in its shortest form.  Absent
 * if it leaves the root, is absolute, or memory is short.
 */
struct str locate_join(const struct locator *locator, struct str base, struct str path);
/* Whether the file, all links followed, lies below the root. False too if it is not there. */
bool locate_inside(const struct locator *locator, struct str path);

#endif
