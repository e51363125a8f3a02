/* SPDX-License-Identifier: Apache-2.0 */
/*
 * struct report: what a review found, ready to be told.  src/story fills it;
 * one function per format renders it.  A new format is a file with one
 * function and a line in the format table (report.c).
 *
 * Text reaches the output only through the redactor and the encoder of its format.
 */
#ifndef WEIR_REPORT_REPORT_H
#define WEIR_REPORT_REPORT_H

#include "gate/change_cause.h"
#include "gate/rule.h"
#include "redact/redact.h"

struct references; /* plan/reference.h */

/* The intent that a plan was judged by. */
struct report_intent {
	struct str file; /* absent: there is none */
	struct str sha256;
	struct str goal;
	struct str phase; /* absent where the intent has no phases */
};

/* A file that was judged by. */
struct report_file {
	struct str file;
	struct str sha256;
};

struct report_plan {
	const struct plan *plan;
	struct plan_counts counts;
	const struct references *references; /* NULL: not built */
	struct report_intent intent;
	enum verdict verdict;
	/* Why each of plan->changes is there; NULL: it was not asked. */
	const struct change_cause *causes;
};

struct report {
	struct arena *arena;
	struct redactor *redactor;
	struct report_plan *plans;
	size_t plan_count;
	/* Sorted, over all plans. */
	struct findings findings;
	enum verdict verdict;
	bool observe; /* the verdict is told but not enforced */
	struct str now;
	struct str rules_sha256;
	struct str config_file; /* absent: none was found */
	struct str config_sha256;
	/* What scanners wrote. */
	struct report_file *scans;
	size_t scan_count;
	/* For help; NULL: none. */
	const struct rules *rules;
	/* The most bytes of a Markdown report; 0: any number. */
	size_t limit;
	/* The file that a reader of a truncated Markdown report is sent to; absent: none. */
	struct str full_report;
	/* A Markdown report within the limit counts what is destroyed and dangerous instead of naming it. */
	bool truncated;
	/* Something is destroyed, and no configuration said whether it was protected before. */
	bool prevent_destroy_undecided;
	struct str base; /* the commit that trusted files were read from; absent: none */
	/* The program that the findings are about (`weir synth`); absent: they are about plans. */
	struct str program;
};

struct report_style {
	bool color;
	int verbosity; /* -1 quiet, 0, 1 verbose */
};

/* The counts of all plans together. */
struct plan_counts report_total(const struct report *report);

/* What is said where prevent_destroy_undecided holds. */
#define REPORT_UNDECIDED_NOTE                                                                      \
	"Not decidable from the plan alone: whether what is destroyed had prevent_destroy "        \
	"(--config-dir)."

/* A change and the plan it stands in. */
struct report_change {
	const struct plan *plan;
	const struct change *change;
};

/* Why a change is in its plan; NULL where it was not asked. */
const struct change_cause *report_cause(
	const struct report *report, const struct plan *plan, const struct change *change);

/* What a report shows apart: objects that cease to exist, and all else but plain no-ops. */
enum report_changes { CHANGES_DESTROY, CHANGES_OTHER };

/* These changes of all plans, by action, type, plan and address; in the report's arena. */
const struct report_change *report_changes(
	const struct report *report, enum report_changes which, size_t *ret_count);
/* How many findings from `first` on come from one rule and ask for the same. */
size_t report_run(const struct findings *findings, size_t first);
/* How many findings stand before those that are undecided and pass, which are the last ones. */
size_t report_decided(const struct findings *findings);
/* "7 undecided until apply: exposure 4, privilege 3", in the report's arena; absent where there are none. */
struct str report_undecided(const struct report *report);
/* The change that a finding is about, or NULL; its plan, or NULL, goes to *ret_plan. */
const struct change *report_change_of(
	const struct report *report, const struct finding *finding, const struct plan **ret_plan);
/* "-/+", as Terraform marks the action. */
const char *action_sign(enum plan_action action);

/*
 * redact_text(), redact_address() and redact_value() for a report in `out`, which fails where memory
 * is short.
 */
struct str report_safe(
	const struct report *report, struct str text, struct arena *arena, struct buf *out);
struct str report_safe_address(
	const struct report *report, struct str address, struct arena *arena, struct buf *out);
struct str report_safe_value(const struct report *report, struct node value, bool sensitive,
	size_t most, struct arena *arena, struct buf *out);

/*
 * What --limit means: bytes, or the name of a forge whose comments have a limit ("github").  False
 * for anything else and for less than 4,096.
 */
bool report_limit_find(struct str text, size_t *ret_limit);

/*
 * Where destroys and hazards alone exceed report->limit: adds the finding `report-truncated`, and
 * the verdict is at least ask.  Once, when all else is in the report, before any format is rendered.
 */
int report_apply_limit(struct report *report, struct error *err) WEIR_NODISCARD;

/*
 * The hidden first line of a Markdown report, by which an older comment on the same plans is found again.
 * It depends on the plans' names alone; text of a plan cannot contain it, since it is encoded.
 */
#define REPORT_MARKER_START "<!-- weir:report:"
enum { REPORT_MARKER_SIZE = sizeof(REPORT_MARKER_START) + 16 + 4 };
void report_marker(const struct report *report, char ret_marker[REPORT_MARKER_SIZE]);

/* Renders into `out`, whose ceiling bounds the report. */
typedef int report_fn(const struct report *report, const struct report_style *style,
	struct buf *out, struct error *err);

struct report_format {
	struct str name;
	report_fn *render;
};

/* NULL if there is no such format. */
const struct report_format *report_format_find(struct str name);
/* "N errors, N warnings" of a program's findings, in the report's arena. */
struct str report_program_count(const struct report *report);

/* "text|json|...", for option tables and messages. */
extern const char report_format_names[];

report_fn report_text;
report_fn report_json;
report_fn report_markdown;
report_fn report_html;
report_fn report_sarif;
report_fn report_junit;
report_fn report_github;
report_fn report_gitlab;

#endif
