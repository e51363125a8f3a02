/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The report as one page for a browser.  This file decides what frames it: a
 * head that allows nothing but the page's own style sheet, the verdict first,
 * what was judged, a table of contents, and the digests.  What is listed in
 * between is html_list.c's.
 *
 * The page holds no script and asks for nothing.  Folds are <details>, which every
 * browser opens by keyboard.  The policy names the style sheet by its hash, so that no other style can
 * come in, even by a text that an encoder let through.
 */
#include "report/html.h"

#include "base/builtin.h"
#include "base/hash.h"
#include "report/encode.h"

enum { STEP_MOST = 256 * 1024 };

void html_own(struct html *html, const char *markup)
{
	buf_add(html->out, str_of(markup));
}

void html_foreign(struct html *html, struct str text)
{
	encode_html(html->out, report_safe(html->report, text, html->scratch, html->out));
}

void html_address(struct html *html, struct str address)
{
	html_own(html, "<code>");
	encode_html(
		html->out, report_safe_address(html->report, address, html->scratch, html->out));
	html_own(html, "</code>");
}

void html_step(struct html *html)
{
	if (arena_used(html->scratch) > STEP_MOST && !arena_failed(html->scratch))
		arena_reset(html->scratch);
}

static const char *verdict_word(enum verdict verdict)
{
	static const char *const words[] = {"PASS", "ASK", "BLOCK"};

	return words[verdict];
}

void html_verdict(struct html *html, enum verdict verdict)
{
	static const char *const signs[] = {"&#10003;", "?", "&#10005;"};

	buf_printf(html->out,
		"<span class=\"verdict %.*s\"><span aria-hidden=\"true\">%s</span> %s</span>",
		STR_ARG(verdict_name(verdict)), signs[verdict], verdict_word(verdict));
}

void html_action(struct html *html, enum plan_action action, struct str text)
{
	html_own(html,
		plan_action_destroys(action) ? "<span class=\"action destroys\">"
					     : "<span class=\"action\">");
	html_own(html, "<span aria-hidden=\"true\">");
	encode_html(html->out, str_of(action_sign(action)));
	html_own(html, "</span> ");
	html_foreign(html, text);
	html_own(html, "</span>");
}

static void add_base64(struct buf *out, const unsigned char *bytes, size_t count)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < count; i += 3) {
		size_t left = count - i;
		unsigned group = (unsigned)bytes[i] << 16;

		group |= left > 1 ? (unsigned)bytes[i + 1] << 8 : 0;
		group |= left > 2 ? bytes[i + 2] : 0;
		buf_add_char(out, digits[group >> 18]);
		buf_add_char(out, digits[group >> 12 & 63]);
		buf_add_char(out, left > 1 ? digits[group >> 6 & 63] : '=');
		buf_add_char(out, left > 2 ? digits[group & 63] : '=');
	}
}

static void count_of(struct html *html, size_t count, const char *what)
{
	if (count)
		buf_printf(html->out, ", %zu %s", count, what);
}

/* Terraform's own line, as in the text report. */
static void totals(struct html *html, const struct plan_counts *n)
{
	html_own(html, "Plan: ");
	if (n->import)
		buf_printf(html->out, "%zu to import, ", n->import);
	buf_printf(html->out, "%zu to add, %zu to change, %zu to destroy", n->add, n->update,
		n->destroy);
	count_of(html, n->forget, "to forget");
	count_of(html, n->move, "to move");
	count_of(html, n->read, "to read");
	count_of(html, n->unknown, "not understood");
}

static void page_head(struct html *html)
{
	const struct report *report = html->report;
	struct str style = builtin_find(STR("report/html.css"));
	unsigned char digest[SHA256_BYTES];

	sha256(style, digest);
	html_own(html,
		"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
		"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
		"img-src data:; base-uri 'none'; form-action 'none'; style-src 'sha256-");
	add_base64(html->out, digest, SHA256_BYTES);
	html_own(html,
		"'\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
		"<meta name=\"color-scheme\" content=\"light dark\">\n"
		"<meta name=\"referrer\" content=\"no-referrer\">\n"
		"<link rel=\"icon\" href=\"data:,\">\n<title>");
	html_own(html, verdict_word(report->verdict));
	html_own(html, ": weir's review of ");
	if (report->plan_count == 1)
		html_foreign(html, report->plans[0].plan->name);
	else
		buf_printf(html->out, "%zu plans", report->plan_count);
	html_own(html, "</title>\n<style>");
	buf_add(html->out, style);
	html_own(html, "</style>\n</head>\n<body>\n");
}

static void opening(struct html *html)
{
	const struct report *report = html->report;
	struct plan_counts total = report_total(report);

	html_own(html, "<a class=\"skip\" href=\"#main\">Skip to the findings</a>\n");
	buf_printf(
		html->out, "<header class=\"%.*s\">\n<h1>", STR_ARG(verdict_name(report->verdict)));
	html_verdict(html, report->verdict);
	html_own(html, " ");
	totals(html, &total);
	html_own(html, ".</h1>\n<p>");
	html_own(html,
		report->verdict == VERDICT_BLOCK ? "This must not be applied as it is."
			: report->verdict == VERDICT_ASK
			? "A person must decide whether this may be applied."
			: "Nothing here needs a person's decision.");
	html_own(html, "</p>\n");
	if (report->observe)
		html_own(html, "<p>Observing only: this verdict is not enforced.</p>\n");
	html_own(html, "</header>\n");
}

static void plan_row(struct html *html, const struct report_plan *plan)
{
	const struct report_intent *intent = &plan->intent;

	html_own(html, "<tr><td>");
	html_verdict(html, plan->verdict);
	html_own(html, "</td><th scope=\"row\">");
	html_foreign(html, plan->plan->name);
	html_own(html, "</th><td>");
	totals(html, &plan->counts);
	html_own(html, "</td><td>");
	if (str_absent(intent->file)) {
		html_own(html, "No intent");
	} else {
		html_own(html, "<code>");
		html_foreign(html, intent->file);
		html_own(html, "</code>");
	}
	if (!str_absent(intent->phase)) {
		html_own(html, ", phase ");
		html_foreign(html, intent->phase);
	}
	html_own(html, "</td><td>");
	html_foreign(html, str_empty(intent->goal) ? STR("") : intent->goal);
	html_own(html, "</td></tr>\n");
	html_step(html);
}

static void plan_table(struct html *html)
{
	html_own(html,
		"<section id=\"plans\">\n<h2>What was judged</h2>\n"
		"<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Plans\">\n"
		"<table><thead><tr><th scope=\"col\">Verdict</th><th scope=\"col\">Plan</th>"
		"<th scope=\"col\">Totals</th><th scope=\"col\">Intent</th><th scope=\"col\">Goal"
		"</th></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < html->report->plan_count; i++)
		plan_row(html, &html->report->plans[i]);
	html_own(html, "</tbody></table>\n</div>\n</section>\n");
}

static void content(struct html *html, const char *id, const char *title, size_t count)
{
	if (count)
		buf_printf(html->out, "<li><a href=\"#%s\">%s (%zu)</a></li>\n", id, title, count);
}

static void contents(struct html *html)
{
	html_own(html, "<nav aria-label=\"Contents\"><ul>\n");
	content(html, "destroys", "Destroys", html->destroy_count);
	if (html->destroy_count)
		html_own(html, "<li><a href=\"#picture\">Picture</a></li>\n");
	content(html, "findings", "Findings", html->report->findings.count);
	content(html, "others", "Other changes", html->other_count);
	content(html, "drift", "Changed outside of Terraform", html_drift_count(html));
	content(html, "outputs", "Outputs", html_output_count(html));
	html_own(html, "<li><a href=\"#digests\">Digests</a></li>\n</ul></nav>\n");
}

static void digest(struct html *html, const char *what, struct str sha256, struct str of)
{
	if (str_absent(sha256))
		return;
	buf_printf(html->out, "<li>%s <code>%.*s</code> ", what, STR_ARG(sha256));
	if (!str_absent(of))
		html_foreign(html, of);
	html_own(html, "</li>\n");
	html_step(html);
}

static void closing(struct html *html)
{
	const struct report *report = html->report;

	html_own(html,
		"<section id=\"digests\">\n<h2>Digests</h2>\n<details class=\"print\"><summary>"
		"SHA-256 of what was judged, and by what</summary>\n<ul class=\"plain\">\n");
	for (size_t i = 0; i < report->plan_count; i++) {
		const struct report_plan *plan = &report->plans[i];

		digest(html, "plan", plan->plan->sha256, plan->plan->name);
		digest(html, "intent", plan->intent.sha256, plan->intent.file);
	}
	digest(html, "config", report->config_sha256, report->config_file);
	digest(html, "rules", report->rules_sha256, (struct str){NULL, 0});
	for (size_t i = 0; i < report->scan_count; i++)
		digest(html, "scan", report->scans[i].sha256, report->scans[i].file);
	html_own(html, "</ul>\n</details>\n</section>\n</main>\n<footer><p class=\"note\">weir ");
	html_own(html, WEIR_VERSION);
	html_own(html, ", judged as of ");
	html_foreign(html, report->now);
	html_own(html, ".</p></footer>\n</body>\n</html>\n");
}

int report_html(const struct report *report, const struct report_style *style, struct buf *out,
	struct error *err)
{
	CLEANUP(arena_cleanup) struct arena *scratch = arena_create((size_t)1 << 30);
	struct html html = {.report = report, .out = out, .scratch = scratch};
	int r;

	(void)style;
	if (!scratch)
		return error_memory(err);
	html.destroys = report_changes(report, CHANGES_DESTROY, &html.destroy_count);
	html.others = report_changes(report, CHANGES_OTHER, &html.other_count);
	page_head(&html);
	opening(&html);
	contents(&html);
	html_own(&html, "<main id=\"main\">\n");
	plan_table(&html);
	html_destroys(&html);
	r = html_picture(&html, err);
	if (r < 0)
		return r;
	html_findings(&html);
	r = html_others(&html, err);
	if (r < 0)
		return r;
	html_drift(&html);
	html_outputs(&html);
	closing(&html);
	return arena_failed(scratch) || arena_failed(report->arena) || buf_failed(out)
		? error_memory(err)
		: 0;
}
