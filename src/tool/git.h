/* SPDX-License-Identifier: Apache-2.0 */
/*
 * git as a bounded child, for reading what is trusted: the merge base.
 *
 * The repository may be hostile: its configuration must not make git run code
 * or speak to a network, a bare repository hidden in the tree must not pass for the real one, and
 * replace refs must not change what a commit holds.  The user's own (global, system) configuration
 * counts, for safe.directory's sake.
 *
 * What is not there (no repository, no such ref, no common ancestor, no such file) is an absent
 * text, not an error.  Errors: ERR_CHILD_* if git cannot be run, ERR_GIT (69) if it failed in
 * another way.
 */
#ifndef WEIR_TOOL_GIT_H
#define WEIR_TOOL_GIT_H

#include "base/error.h"
#include "base/memory.h"

/* The absolute path of the work tree that `dir` (NULL: the current directory) lies in. */
int git_toplevel(const char *dir, struct arena *arena, struct str *ret_path,
	struct error *err) WEIR_NODISCARD;

/* The full id of the commit that a ref, a branch, a tag or an id names. */
int git_resolve(const char *dir, const char *ref, struct arena *arena, struct str *ret_commit,
	struct error *err) WEIR_NODISCARD;

/* The best common ancestor of `ref` and HEAD. */
int git_merge_base(const char *dir, const char *ref, struct arena *arena, struct str *ret_commit,
	struct error *err) WEIR_NODISCARD;

/*
 * The bytes of a file in a commit.  `path` is relative to the work tree's top, '/' between its
 * parts.  An empty file is the empty text; a symbolic link is the name of its target, not what
 * stands there; a directory and a submodule are absent.  Files over 16 MiB are an error.
 */
int git_show(const char *dir, struct str commit, const char *path, struct arena *arena,
	struct str *ret_bytes, struct error *err) WEIR_NODISCARD;

/* Paths of the regular files below `path` ("" for all) in a commit, in byte order. */
struct git_paths {
	struct str *items;
	size_t count;
	size_t room;
};
int git_list(const char *dir, struct str commit, const char *path, struct arena *arena,
	struct git_paths *ret_paths, struct error *err) WEIR_NODISCARD;

#endif
