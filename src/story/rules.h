/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The stories of `weir rules`: what judges, what one rule says, whether rule
 * files can be read, and whether rules do what their cases say.
 */
#ifndef WEIR_STORY_RULES_H
#define WEIR_STORY_RULES_H

#include "story/rule_files.h"

struct rules_options {
	/* Files and directories; none: the directories that the configuration names. */
	const char *const *paths;
	size_t path_count;
	const struct config *config;
	bool json;
};

int rules_list_run(const struct rules_options *options, struct arena *arena, struct buf *out,
	struct error *err) WEIR_NODISCARD;
/* ERR_USAGE if there is no such rule. */
int rules_show_run(const struct rules_options *options, const char *id, struct arena *arena,
	struct buf *out, struct error *err) WEIR_NODISCARD;
/* These two return 1 where something is wrong with the rules, and tell what. */
int rules_lint_run(const struct rules_options *options, struct arena *arena, struct buf *out,
	struct error *err) WEIR_NODISCARD;
int rules_test_run(const struct rules_options *options, struct arena *arena, struct buf *out,
	struct error *err) WEIR_NODISCARD;

#endif
