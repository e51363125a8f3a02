/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The story of `weir review`: plans in, a report with a verdict out.  Every
 * door (command line, MCP, HTTP) tells it through this header.
 */
#ifndef WEIR_STORY_REVIEW_H
#define WEIR_STORY_REVIEW_H

#include "gate/expected.h"
#include "gate/intent.h"
#include "gate/rule.h"
#include "gate/verdict.h"
#include "report/report.h"
#include "story/configuration.h"
#include "story/inputs.h"
#include "story/scanners.h"
#include "story/trust.h"

struct review_options {
	struct input_options input;
	/* NULL: intent.weir.yaml beside each root. */
	const char *intent;
	/* NULL: the intent's own. */
	const char *phase;
	/* The .tf files, for what a plan does not carry. */
	struct configuration_options configuration;
	/* What other scanners found, in SARIF. */
	struct scanner_options scanners;
	/* What may be believed of the tree. */
	const struct trust *trust;
	/* NULL: defaults. */
	const struct config *config;
	/* NULL: the built-in ones and those that the configuration names. */
	const struct rules *rules;
	bool observe;
	/* What the plans must do, by digest: that of the review before. */
	struct expected expected;
	/* As in struct report. */
	size_t limit;
	struct str full_report;
	/* What the plan shows by itself, whatever anyone meant: no intent is looked for. */
	bool without_intent;
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
