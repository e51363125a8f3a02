/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The parts of the HTML report: the page around them (html.c), what it lists
 * (html_list.c, html_changes.c), the picture (html_picture.c).  Inside src/report only.
 */
#ifndef WEIR_REPORT_HTML_H
#define WEIR_REPORT_HTML_H

#include "report/report.h"

struct html {
	const struct report *report;
	struct buf *out;
	/* For one entry of a list at a time. */
	struct arena *scratch;
	const struct report_change *destroys;
	size_t destroy_count;
	const struct report_change *others;
	size_t other_count;
};

/* weir's own markup and words. */
void html_own(struct html *html, const char *markup);
/* Text out of the input: redacted, then encoded. */
void html_foreign(struct html *html, struct str text);
void html_address(struct html *html, struct str address);
/* What stands above a list is one step; makes room for the next. */
void html_step(struct html *html);

/* "✕ BLOCK", in an element of its own. */
void html_verdict(struct html *html, enum verdict verdict);
/* "-/+ replace", in an element of its own. */
void html_action(struct html *html, enum plan_action action, struct str text);

/* "-/+ replace ADDRESS (forced by name)" */
void html_change(struct html *html, const struct report_change *entry);
/* A list of addresses alone, the first `most` of them. */
void html_names(struct html *html, const struct report_change *entries, size_t count, size_t most);
/* How many entries from the first on are of one action and type; with `module` also of one plan and module. */
size_t html_alike(
	const struct report_change *entries, size_t count, bool module, struct arena *scratch);
/* "~ update 300 x aws_s3_bucket", and with `module` where. */
void html_group(struct html *html, const struct report_change *entry, size_t count, bool module);

/* The sections of the page; each writes nothing where it has nothing to tell. */
void html_destroys(struct html *html);
void html_findings(struct html *html);
int html_picture(struct html *html, struct error *err) WEIR_NODISCARD;
int html_others(struct html *html, struct error *err) WEIR_NODISCARD;
void html_drift(struct html *html);
void html_outputs(struct html *html);
size_t html_drift_count(const struct html *html);
size_t html_output_count(const struct html *html);

#endif
