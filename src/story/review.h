/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The story of `weir review`: plans in, a report with a verdict out.  Every
 * door (command line, MCP, HTTP) tells it through this header.
 */
#ifndef WEIR_STORY_REVIEW_H
#define WEIR_STORY_REVIEW_H

#include "base/file.h"
#include "gate/intent.h"
#include "gate/verdict.h"
#include "report/report.h"

struct review_options {
	const char *const *inputs; /* "[NAME=]PLAN", "-" is standard input */
	size_t input_count;
	const char *plans_dir; /* or NULL */
	const char *chdir;     /* directory of the root module of binary plans, or NULL */
	const char *terraform_bin;
	const char *intent; /* or NULL: intent.weir.yaml beside each root */
	const char *phase;
	const char *
		base; /* a commit; its merge base with HEAD is trusted. NULL: found in the CI's environment */
	bool trust_tree; /* the caller vouches for the reviewed tree: nothing is compared with a base */
	bool observe;
	int64_t now;
	const char *now_text;
};

struct review;

/*
 * Reads, judges and prepares the report.  Everything lives until review_free().
 * Errors: input that cannot be read (65), a tool that is missing (69).
 */
int review_run(const struct review_options *options, struct arena *arena,
	struct review **ret_review, struct error *err) WEIR_NODISCARD;
void review_free(struct review *review); /* accepts NULL */
void review_cleanup(struct review **review);

const struct report *review_report(const struct review *review);

/* `weir review --digest`: plan.sha256 and changes_digest of each plan, without judging. */
int review_digest(const struct review_options *options, struct arena *arena, bool json,
	struct buf *out, struct error *err) WEIR_NODISCARD;

#endif
