/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The configuration that a plan was made from, now and before the change: read
 * from the tree, from another directory, or from a commit.
 */
#ifndef WEIR_STORY_CONFIGURATION_H
#define WEIR_STORY_CONFIGURATION_H

#include "hcl/hcl.h"
#include "story/trust.h"

struct configuration_options {
	const char *dir;    /* --config-dir; NULL: no configuration is read */
	const char *before; /* --config-before: a directory or a file; NULL: the base's */
};

/* Each is NULL where it is not known. */
struct configurations {
	struct hcl_configuration *now, *before;
};

/*
 * Reads both for one plan.  `root` is the plan's own directory below --config-dir, absent where that
 * is the root module itself.  It may start git: call it while no task runs.
 */
int configurations_read(const struct configuration_options *options, const struct trust *trust,
	struct str root, struct arena *arena, struct configurations *ret_configurations,
	struct error *err) WEIR_NODISCARD;

/* A configuration as it stands in a commit. `trust` is borrowed. */
struct hcl_source configuration_of_commit(struct trust *trust);

#endif
