/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Workflow commands of GitHub Actions, which show findings beside the lines of
 * a pull request.  GitHub shows ten of a level and drops the rest without a
 * word; so what does not fit is counted in the last one of its level, and what
 * is undecided and passes is one annotation.
 */
#include "report/encode.h"
#include "report/listing.h"

enum { SHOWN_MOST = 10 };

static const char *const levels[] = {"notice", "warning", "error"};

/* A program's warnings pass, and are warnings all the same. */
static size_t level_of(const struct finding *finding)
{
	return finding->verdict == VERDICT_PASS && finding_kind_is_program(finding->kind)
		? VERDICT_ASK
		: finding->verdict;
}

static void annotate_finding(
	struct buf *out, struct listing *listing, const struct finding *finding)
{
	struct place place = listing_place(listing, finding);

	buf_printf(out, "::%s ", levels[level_of(finding)]);
	if (!str_absent(place.file)) {
		buf_add(out, STR("file="));
		encode_workflow(out, listing_safe(listing, place.file), true);
		buf_printf(out, ",line=%u,", place.line ? place.line : 1);
		if (!str_empty(finding->source.file) && place.column)
			buf_printf(out, "col=%u,", place.column);
	}
	buf_add(out, STR("title="));
	buf_add(out, verdict_name(finding->verdict));
	buf_add(out, STR(" "));
	encode_workflow(out, listing_safe(listing, finding->rule), true);
	buf_add(out, STR("::"));
	if (listing->report->plan_count > 1 && !str_absent(finding->plan)) {
		encode_workflow(out, listing_safe(listing, finding->plan), false);
		buf_add(out, STR(": "));
	}
	encode_workflow(out, listing_safe(listing, listing_sentences(listing, finding)), false);
	buf_add_char(out, '\n');
}

/* The verdict: one annotation more at its level. */
static void annotate_verdict(struct buf *out, const struct report *report)
{
	struct plan_counts n = report_total(report);

	if (!str_absent(report->program)) {
		buf_printf(out, "::%s title=weir %.*s::%.*s\n", levels[report->verdict],
			STR_ARG(verdict_name(report->verdict)),
			STR_ARG(report_program_count(report)));
		return;
	}
	buf_printf(out,
		"::%s title=weir %.*s::Plan%%3A %zu to add, %zu to change, %zu to destroy.%s\n",
		levels[report->verdict], STR_ARG(verdict_name(report->verdict)), n.add, n.update,
		n.destroy, report->observe ? " Observing only, not enforced." : "");
}

int report_github(const struct report *report, const struct report_style *style, struct buf *out,
	struct error *err)
{
	CLEANUP(listing_free) struct listing listing = {0};
	size_t counts[COUNT_OF(levels)] = {0}, shown[COUNT_OF(levels)] = {0};
	const struct findings *findings = &report->findings;
	size_t decided = report_decided(findings);
	struct str undecided = report_undecided(report);
	int r = listing_init(&listing, report, err);

	(void)style;
	if (r < 0)
		return r;
	counts[report->verdict] = shown[report->verdict] = 1;
	for (size_t i = 0; i < decided; i++)
		counts[level_of(&findings->items[i])]++;
	annotate_verdict(out, report);
	if (!str_absent(undecided)) {
		buf_printf(out, "::%s title=weir::", levels[VERDICT_PASS]);
		encode_workflow(out, undecided, false);
		buf_add(out, STR("; passes\n"));
		counts[VERDICT_PASS]++;
		shown[VERDICT_PASS]++;
	}
	for (size_t i = 0; i < decided; i++) {
		size_t level = level_of(&findings->items[i]);
		size_t most = counts[level] > SHOWN_MOST ? SHOWN_MOST - 1 : SHOWN_MOST;

		if (shown[level] >= most)
			continue;
		shown[level]++;
		annotate_finding(out, &listing, &findings->items[i]);
	}
	for (size_t level = COUNT_OF(levels); level-- > 0;) {
		if (counts[level] <= shown[level])
			continue;
		buf_printf(out, "::%s title=weir::%zu more findings", levels[level],
			counts[level] - shown[level]);
		if (str_absent(report->program))
			buf_printf(out, " with the verdict %.*s",
				STR_ARG(verdict_name((enum verdict)level)));
		buf_add_char(out, '\n');
	}
	return listing_failed(&listing) || buf_failed(out) ? error_memory(err) : 0;
}
