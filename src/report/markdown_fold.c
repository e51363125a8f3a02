/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a Markdown report folds: the rest of the findings, the other changes,
 * drift, outputs, digests.  Nothing here decides the verdict.  Each fold has
 * forms of falling size and takes the first that fits; the last form, a line
 * with the exact count, always does.
 */
#include "report/encode.h"
#include "report/markdown.h"

enum {
	FOLD_MOST = 1 << 30,
	VALUE_MOST = 120,                      /* bytes of one value */
	DIFFS_MOST = 10,                       /* differences of one change */
	GROUP_MOST = 5,                        /* changes of one action and type one by one */
	PASSING_MOST = 20,                     /* passing findings of one rule one by one */
	LINE_LEAST = MARKDOWN_FOLDS_LEAST / 7, /* for a fold that is only counted */
};

struct fold {
	const char *title;
	/* What stands in the title instead of the number alone; NULL: nothing. */
	struct str (*summary)(const struct markdown *markdown);
	size_t (*count)(const struct markdown *markdown);
	/* Writes the lines; `detail` is DETAIL_WHOLE, _LINES or _TYPES. */
	int (*render)(struct markdown *markdown, enum detail detail, struct error *err);
};

/* ---- findings that pass ---- */

static size_t count_passing(const struct markdown *markdown)
{
	const struct findings *findings = &markdown->report->findings;
	size_t count = 0;

	for (size_t first = 0, run; first < report_decided(findings); first += run) {
		run = report_run(findings, first);
		for (size_t nth = 0; nth < run; nth++)
			count += !markdown_is_core(&findings->items[first + nth], nth);
	}
	return count;
}

static void render_from(struct markdown *markdown, enum detail detail, size_t first, size_t end)
{
	const struct findings *findings = &markdown->report->findings;
	size_t most = detail == DETAIL_TYPES ? 0 : PASSING_MOST;

	for (size_t run; first < end; first += run) {
		size_t shown = 0, left = 0;

		run = report_run(findings, first);
		for (size_t nth = 0; nth < run; nth++) {
			const struct finding *finding = &findings->items[first + nth];

			if (markdown_is_core(finding, nth))
				continue;
			if (shown++ < most)
				markdown_finding(markdown, finding, detail == DETAIL_WHOLE);
			else
				left++;
		}
		if (!left)
			continue;
		buf_printf(markdown->out, "- ✅ pass: %zu × ", left);
		markdown_foreign(markdown, findings->items[first].rule);
		markdown_own(markdown, "\n");
	}
}

static int render_passing(struct markdown *markdown, enum detail detail, struct error *err)
{
	(void)err;
	render_from(markdown, detail, 0, report_decided(&markdown->report->findings));
	return 0;
}

/* ---- findings that only apply will decide ---- */

static size_t count_undecided(const struct markdown *markdown)
{
	const struct findings *findings = &markdown->report->findings;

	return findings->count - report_decided(findings);
}

static struct str summary_undecided(const struct markdown *markdown)
{
	struct str text = report_undecided(markdown->report);

	return arena_printf(markdown->scratch, "%.*s; passes", STR_ARG(text));
}

static int render_undecided(struct markdown *markdown, enum detail detail, struct error *err)
{
	const struct findings *findings = &markdown->report->findings;

	(void)err;
	render_from(markdown, detail, report_decided(findings), findings->count);
	return 0;
}

/* ---- other changes ---- */

static size_t count_others(const struct markdown *markdown)
{
	return markdown->other_count;
}

static void value(struct markdown *markdown, struct node node, bool sensitive)
{
	if (!node_exists(node))
		markdown_own(markdown, "null");
	else
		encode_markdown(markdown->out,
			report_safe_value(markdown->report, node, sensitive, VALUE_MOST,
				markdown->scratch, markdown->out));
}

static int differences(struct markdown *markdown, const struct change *change, struct error *err)
{
	struct differences all = {0};
	int r = change_diff(change, markdown->scratch, &all, err);
	size_t shown = 0;

	if (r < 0)
		return r;
	for (; shown < all.count && shown < DIFFS_MOST; shown++) {
		const struct difference *d = &all.items[shown];

		markdown_own(markdown, "  - ");
		markdown_foreign(markdown, d->path);
		markdown_own(markdown, ": ");
		if (d->kind == DIFF_SENSITIVITY) {
			markdown_own(markdown, "only its sensitivity changes\n");
			continue;
		}
		value(markdown, d->before, d->sensitive);
		markdown_own(markdown, " → ");
		if (d->kind == DIFF_UNKNOWN)
			markdown_own(markdown, "(known after apply)");
		else
			value(markdown, d->after, d->sensitive);
		markdown_own(markdown, "\n");
	}
	if (all.count > shown)
		buf_printf(markdown->out, "  - and %zu more\n", all.count - shown);
	return 0;
}

static bool is_alike(const struct change *a, const struct change *b)
{
	return a->action == b->action && str_eq(a->type, b->type) &&
		str_eq(a->action_text, b->action_text);
}

/* "- **create** 300 × aws_s3_bucket" */
static void change_group(struct markdown *markdown, const struct change *first, size_t count)
{
	markdown_own(markdown, "- **");
	markdown_foreign(markdown, first->action_text);
	buf_printf(markdown->out, "** %zu × ", count);
	markdown_foreign(markdown, first->type);
	markdown_own(markdown, "\n");
}

static int render_others(struct markdown *markdown, enum detail detail, struct error *err)
{
	size_t most = detail == DETAIL_TYPES ? 0 : GROUP_MOST;

	for (size_t i = 0, same; i < markdown->other_count; i += same) {
		const struct report_change *first = &markdown->others[i];
		int r = 0;

		same = 1;
		while (i + same < markdown->other_count &&
			is_alike(first->change, first[same].change))
			same++;
		if (same > most)
			change_group(markdown, first->change, same);
		for (size_t k = 0; same <= most && k < same && r == 0; k++) {
			markdown_change(markdown, first[k].plan, first[k].change);
			if (detail == DETAIL_WHOLE && first[k].change->action == ACTION_UPDATE)
				r = differences(markdown, first[k].change, err);
		}
		if (r < 0)
			return r;
	}
	return 0;
}

/* ---- drift, outputs, digests ---- */

static size_t count_drift(const struct markdown *markdown)
{
	size_t count = 0;

	for (size_t i = 0; i < markdown->report->plan_count; i++)
		count += markdown->report->plans[i].plan->drift.count;
	return count;
}

/* What the plan names as relevant, then how many others. */
static int render_drift(struct markdown *markdown, enum detail detail, struct error *err)
{
	size_t left = 0;

	(void)err;
	for (size_t i = 0; i < markdown->report->plan_count; i++) {
		const struct plan *plan = markdown->report->plans[i].plan;

		for (size_t k = 0; k < plan->drift.count; k++) {
			if (detail < DETAIL_TYPES &&
				plan_drift_is_relevant(
					plan, &plan->drift.items[k], markdown->scratch))
				markdown_change(markdown, plan, &plan->drift.items[k]);
			else
				left++;
		}
	}
	if (left)
		buf_printf(markdown->out, "- %zu that this plan does not rely on\n", left);
	return 0;
}

static size_t count_outputs(const struct markdown *markdown)
{
	size_t count = 0;

	for (size_t i = 0; i < markdown->report->plan_count; i++) {
		const struct plan *plan = markdown->report->plans[i].plan;

		for (size_t k = 0; k < plan->output_count; k++)
			count += plan->outputs[k].action != ACTION_NO_OP;
	}
	return count;
}

static int render_outputs(struct markdown *markdown, enum detail detail, struct error *err)
{
	(void)detail;
	(void)err;
	for (size_t i = 0; i < markdown->report->plan_count; i++) {
		const struct plan *plan = markdown->report->plans[i].plan;

		for (size_t k = 0; k < plan->output_count; k++) {
			if (plan->outputs[k].action == ACTION_NO_OP)
				continue;
			markdown_own(markdown, "- **");
			markdown_foreign(markdown, plan->outputs[k].action_text);
			markdown_own(markdown, "** ");
			markdown_foreign(markdown, plan->outputs[k].name);
			markdown_own(markdown, "\n");
		}
	}
	return 0;
}

static void digest(struct markdown *markdown, const char *what, struct str sha256, struct str of)
{
	if (str_absent(sha256))
		return;
	buf_printf(markdown->out, "- %s: `%.*s`", what, STR_ARG(sha256));
	if (!str_absent(of)) {
		markdown_own(markdown, " ");
		markdown_foreign(markdown, of);
	}
	markdown_own(markdown, "\n");
}

/* The rules always have one. */
static size_t count_digests(const struct markdown *markdown)
{
	const struct report *report = markdown->report;
	size_t count = (str_absent(report->config_sha256) ? 1 : 2) + report->scan_count;

	for (size_t i = 0; i < report->plan_count; i++)
		count += str_absent(report->plans[i].intent.sha256) ? 1 : 2;
	return count;
}

static int render_digests(struct markdown *markdown, enum detail detail, struct error *err)
{
	const struct report *report = markdown->report;

	(void)detail;
	(void)err;
	for (size_t i = 0; i < report->plan_count; i++) {
		const struct report_plan *plan = &report->plans[i];

		digest(markdown, "plan", plan->plan->sha256, plan->plan->name);
		digest(markdown, "intent", plan->intent.sha256, plan->intent.file);
	}
	digest(markdown, "configuration", report->config_sha256, report->config_file);
	digest(markdown, "rules", report->rules_sha256, (struct str){NULL, 0});
	for (size_t i = 0; i < report->scan_count; i++)
		digest(markdown, "scan", report->scans[i].sha256, report->scans[i].file);
	return 0;
}

static const struct fold folds[] = {
	{"Undecided until apply", summary_undecided, count_undecided, render_undecided},
	{"Findings that pass", NULL, count_passing, render_passing},
	{"Other changes", NULL, count_others, render_others},
	{"Changed outside of Terraform", NULL, count_drift, render_drift},
	{"Outputs", NULL, count_outputs, render_outputs},
	{"Digests (SHA-256)", NULL, count_digests, render_digests},
};

/* One fold in the first form that fits `room`, or the line that counts what it would hold. */
static int add_fold(
	struct markdown *markdown, const struct fold *fold, size_t room, struct error *err)
{
	CLEANUP(buf_free) struct buf text = BUF(FOLD_MOST);
	struct buf *out = markdown->out;
	size_t count = fold->count(markdown);
	struct str summary;
	static const enum detail forms[] = {DETAIL_WHOLE, DETAIL_LINES, DETAIL_TYPES};

	if (!count)
		return 0;
	summary = fold->summary ? fold->summary(markdown)
				: arena_printf(markdown->scratch, "%s: %zu", fold->title, count);
	for (size_t i = 0; i < COUNT_OF(forms); i++) {
		int r;

		buf_clear(&text);
		buf_printf(&text, "\n<details><summary>%.*s</summary>\n\n", STR_ARG(summary));
		markdown->out = &text;
		r = fold->render(markdown, forms[i], err);
		markdown->out = out;
		if (r < 0)
			return r;
		buf_add(&text, STR("\n</details>\n"));
		if (buf_failed(&text))
			return error_memory(err);
		if (text.len <= room) {
			buf_add(out, buf_str(&text));
			return 0;
		}
	}
	buf_printf(out, "\n%s: %zu, no room here.\n", fold->title, count);
	return 0;
}

int markdown_folds(struct markdown *markdown, size_t room, struct error *err)
{
	size_t start = markdown->out->len;

	for (size_t i = 0; i < COUNT_OF(folds); i++) {
		size_t used = markdown->out->len - start;
		/* Each fold behind this one needs its line. */
		size_t kept = (COUNT_OF(folds) - 1 - i) * LINE_LEAST;
		int r = add_fold(markdown, &folds[i],
			!room                        ? SIZE_MAX
				: room > used + kept ? room - used - kept
						     : 0,
			err);

		if (r < 0)
			return r;
	}
	return buf_failed(markdown->out) || arena_failed(markdown->scratch) ||
			arena_failed(markdown->report->arena)
		? error_memory(err)
		: 0;
}
