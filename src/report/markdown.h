/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The parts of the Markdown report: what must be read stands in the core, the
 * rest in folds below it (markdown_fold.c).  Inside src/report only.
 */
#ifndef WEIR_REPORT_MARKDOWN_H
#define WEIR_REPORT_MARKDOWN_H

#include "report/report.h"

/* How much is told, less from row to row. A core of the last three rows counts what must not pass unread. */
enum detail {
	DETAIL_WHOLE,   /* each one, with its reasons */
	DETAIL_LINES,   /* each one, on a line */
	DETAIL_NAMES,   /* each one, of findings the address and the rule */
	DETAIL_MODULES, /* counted by module and type */
	DETAIL_TYPES,   /* counted by type */
	DETAIL_TOTALS,  /* counted */
};

struct markdown {
	const struct report *report;
	struct buf *out;
	struct arena *scratch;
	const struct report_change *destroys;
	size_t destroy_count;
	const struct report_change *others;
	size_t other_count;
};

/* Something counted together. */
struct markdown_group {
	int rank;
	struct str what, type, module;
	size_t count;
};

/* Sorts and counts; returns how many groups are left. */
size_t markdown_groups_merge(struct markdown_group *groups, size_t count);

/* weir's own words; text out of the input, redacted and encoded; the same at most `most` bytes long. */
void markdown_own(struct markdown *markdown, const char *text);
void markdown_foreign(struct markdown *markdown, struct str text);
void markdown_short(struct markdown *markdown, struct str text, size_t most);
void markdown_address(struct markdown *markdown, struct str address);

/* "- **replace** ADDRESS (forced by name)" */
void markdown_change(
	struct markdown *markdown, const struct plan *plan, const struct change *change);
/* The line of a finding, or with `whole` also its reasons. */
void markdown_finding(struct markdown *markdown, const struct finding *finding, bool whole);
/* Whether a finding stands in the core. `nth`: how many of its rule and verdict stand before it. */
bool markdown_is_core(const struct finding *finding, size_t nth);

/* What is folded: as much of it as `room` bytes hold (0: all), but at least a line for each fold. */
enum { MARKDOWN_FOLDS_LEAST = 1024 };
int markdown_folds(struct markdown *markdown, size_t room, struct error *err) WEIR_NODISCARD;

#endif
