/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A team's own rules: files in the form of data/hazards, in the directories
 * that weir.yaml names.  A file NAME.cases.yaml beside them holds cases.
 */
#ifndef WEIR_STORY_RULE_FILES_H
#define WEIR_STORY_RULE_FILES_H

#include "gate/rule.h"
#include "story/trust.h"

struct rule_file {
	struct str name; /* as people know it */
	struct str text;
	bool cases; /* it holds cases, not rules */
};

struct rule_files {
	struct rule_file *items;
	size_t count;
	size_t room;
};

/*
 * The files of each directory that weir.yaml names.  With a base they are read as they stand there,
 * so that a change cannot take away the rules that judge it; a directory that the base lacks is read
 * from the tree, since a new rule can only tighten.  It may start git: call it while no task runs.
 */
int rule_files_configured(const struct config *config, const struct trust *trust,
	struct arena *arena, struct rule_files *files, struct error *err) WEIR_NODISCARD;

/* Adds the files of a directory of the tree, or one file. ERR_RULE_NONE if a directory has none. */
int rule_files_add(const char *path, struct arena *arena, struct rule_files *files,
	struct error *err) WEIR_NODISCARD;

/* The built-in rules of a scope (NULL: all) and those of the files. */
int rule_files_compile(const struct rule_files *files, const struct rule_scope *scope,
	struct arena *arena, struct rules **ret_rules, struct error *err) WEIR_NODISCARD;

#endif
