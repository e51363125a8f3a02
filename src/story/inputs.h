/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The plans that a command is given: named files, standard input, a directory
 * to search, saved binary plans.  Every command that takes plans reads them here.
 */
#ifndef WEIR_STORY_INPUTS_H
#define WEIR_STORY_INPUTS_H

#include "base/file.h"
#include "base/process.h"
#include "plan/plan.h"
#include "story/learner.h"

struct input_options {
	/* "[NAME=]PLAN"; "-" is standard input. */
	const char *const *inputs;
	size_t input_count;
	/* Every tfplan.json and plan.json below this directory, or NULL. */
	const char *plans_dir;
	/* For saved binary plans: the root module's directory, and the program; NULL: found. */
	const char *chdir;
	const char *terraform_bin;
	bool json_only; /* saved binary plans are refused: nothing is started */
};

struct input {
	struct str name; /* absent: made from root and workspace */
	const char *path;
	struct str root; /* absent for standard input */
	struct str workspace;
	bool named; /* the user gave the name */
	bool binary;
	struct file_map file;
	struct process_result shown;
};

struct inputs {
	struct input *items;
	size_t count, room;
	struct plans plans; /* in the order of the inputs */
};

/*
 * Reads all plans.  A plan's name is NAME, or its root relative to the repository, with "@WORKSPACE"
 * where one is selected; plans that would share a name add their file's, so that no name depends on
 * the order.  plan->root stays as the user would write it.
 *
 * `learner` (NULL: none) is given each plan as soon as it is parsed and goes on when this returns: its owner
 * joins it, also on failure, before inputs_free().
 *
 * Errors: input that cannot be read (65), no plan named (64), a program that is missing (69).
 * On failure too inputs_free() frees what was read.
 */
int inputs_read(const struct input_options *options, struct arena *arena, struct learner *learner,
	struct inputs *ret_inputs, struct error *err) WEIR_NODISCARD;
void inputs_free(struct inputs *inputs); /* accepts a zeroed one */

/* A root relative to the repository ("." for its top), or as it is outside of one. */
int root_in_repository(struct str root, struct arena *arena, struct str *ret_root,
	struct error *err) WEIR_NODISCARD;

#endif
