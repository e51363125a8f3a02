/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The options by which the caller says what may be believed, for each command
 * that reads configuration as a review does.
 */
#ifndef WEIR_CMD_TRUSTED_H
#define WEIR_CMD_TRUSTED_H

#include "cmd/command.h"
#include "story/trust.h"

struct trust_options {
	const char *base;
	bool tree;
};

/* Rows of a command's table; `member` is a struct trust_options in its `type` of options. */
#define TRUST_OPTIONS(type, member)                                                                \
	{"base", 0, OPTION_TEXT, "REF", NULL,                                                      \
		"trust intent and configuration only as they stand at the merge base with REF",    \
		offsetof(type, member.base), NULL, "WEIR_BASE", NULL},                             \
	{                                                                                          \
		"trust-tree", 0, OPTION_FLAG, NULL, NULL,                                          \
			"trust intent and configuration as they stand in the tree (your own "      \
			"machine, not CI)",                                                        \
			offsetof(type, member.tree), NULL, NULL, NULL                              \
	}

/* The row for what other scanners found; `member` is a struct option_list. */
#define SARIF_OPTION(type, member)                                                                 \
	{                                                                                          \
		"sarif-in", 0, OPTION_LIST, "FILE", NULL,                                          \
			"judge what another scanner found too (SARIF 2.1.0; may be repeated)",     \
			offsetof(type, member), "file", NULL, NULL                                 \
	}

/*
 * Finds out which commit is believed, and where weir.yaml is read: *ret_source is filled and
 * *ret_from points to it if that is the commit, else *ret_from is NULL.  `trust` is borrowed by
 * the source.
 */
int trusted_source(struct context *context, const struct trust_options *options,
	struct trust *ret_trust, struct config_source *ret_source,
	const struct config_source **ret_from, struct error *err) WEIR_NODISCARD;

#endif
