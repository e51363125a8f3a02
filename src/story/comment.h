/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The story of `weir comment`: one report, one comment on a pull request.
 * The old one is found by the report's hidden marker and by its author, and
 * replaced; where there is none, or it was deleted meanwhile, a new one is made.
 */
#ifndef WEIR_STORY_COMMENT_H
#define WEIR_STORY_COMMENT_H

#include "base/error.h"
#include "base/memory.h"

enum forge { FORGE_GITHUB, FORGE_GITLAB };

struct comment_options {
	enum forge forge;
	const char *file; /* the report; "-" is standard input */
	/* NULL for each of these: what the CI's environment says. */
	const char *api;
	const char *repository;
	const char *number;
	const char *token_file;
	/* Whose comment is replaced; NULL: the token's owner. */
	const char *author;
};

enum comment_outcome { COMMENT_CREATED, COMMENT_UPDATED, COMMENT_UNCHANGED };

struct comment_result {
	enum comment_outcome outcome;
	int64_t id;
	struct str url; /* absent where the forge does not say */
};

/*
 * Errors: what is missing or is no report (64, 65), ERR_FORGE (69) for what the forge refuses,
 * ERR_FORGE_BUSY (75) where it was busy at every try.
 */
int comment_run(const struct comment_options *options, struct arena *arena,
	struct comment_result *ret_result, struct error *err) WEIR_NODISCARD;

#endif
