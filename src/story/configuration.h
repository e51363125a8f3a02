/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The configuration that a plan was made from, now and before the change: read
 * from the tree, from another directory, or from a commit.
 */
#ifndef WEIR_STORY_CONFIGURATION_H
#define WEIR_STORY_CONFIGURATION_H

#include "gate/change_cause.h"
#include "story/trust.h"

struct configuration_options {
	const char *dir;    /* --config-dir; NULL: no configuration is read */
	const char *before; /* --config-before: a directory or a file; NULL: the base's */
	const char *
		diff; /* --diff: the commit whose difference to the tree explains changes, or NULL */
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

/*
 * The .tf files in the plan's own directory, for where no --config-dir was given; NULL if there are none.
 */
int configuration_beside(struct str own, struct arena *arena,
	struct hcl_configuration **ret_configuration, struct error *err) WEIR_NODISCARD;

/*
 * Why each change is in the plan, from the difference between options->diff and the tree.  `own` is
 * the directory of the plan, for where no --config-dir was given.  It starts git.
 */
int configuration_causes(const struct configuration_options *options, struct str own, bool several,
	const struct plan *plan, const struct references *references, struct arena *arena,
	const struct change_cause **ret_causes, struct error *err) WEIR_NODISCARD;

/* A configuration as it stands in a commit. `trust` is borrowed. */
struct hcl_source configuration_of_commit(struct trust *trust);

#endif
