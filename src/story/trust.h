/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What may be believed.  The reviewed tree may only tighten, so what loosens
 * counts as it stands at the merge base with the branch that a change goes to.
 */
#ifndef WEIR_STORY_TRUST_H
#define WEIR_STORY_TRUST_H

#include "config/config.h"
#include "tool/git.h"

struct trust {
	bool tree;         /* the caller vouches for the tree; there is nothing to compare with */
	struct str commit; /* the merge base; absent if there is none that can be read */
	struct str top;    /* the work tree's top directory, or absent */
};

/*
 * Finds the base: `base` (a ref), else what the CI's environment names (GITHUB_BASE_REF and its
 * kin).  No repository, no such ref or no common ancestor leave `commit` absent: that trusts less,
 * not more.
 */
int trust_open(const char *base, bool tree, struct arena *arena, struct trust *ret_trust,
	struct error *err) WEIR_NODISCARD;

/* A file of the tree (a path as the user wrote it) as it stands at the base; absent if it is not there. */
int trust_read(const struct trust *trust, const char *path, struct arena *arena,
	struct str *ret_text, struct error *err) WEIR_NODISCARD;

/*
 * The regular files directly in a directory of the tree as they stand at the base, for trust_show();
 * none if there is no base, or no such directory at it.
 */
int trust_list(const struct trust *trust, const char *dir, struct arena *arena,
	struct git_paths *ret_paths, struct error *err) WEIR_NODISCARD;
/* A file by the path that trust_list() gave. */
int trust_show(const struct trust *trust, struct str path, struct arena *arena,
	struct str *ret_text, struct error *err) WEIR_NODISCARD;

/* The configuration as it stands at the base; false if there is no base. `trust` is borrowed. */
bool trust_config_source(struct trust *trust, struct config_source *ret_source);

#endif
