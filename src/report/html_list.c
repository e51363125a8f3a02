/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the HTML report says of what is destroyed and of what was found.  It
 * decides which of it stands open and which is folded.  Folds tell exactly
 * how many they hold; what is destroyed is always named, folded or not.
 */
#include "plan/reference.h"
#include "report/encode.h"
#include "report/html.h"

enum {
	OPEN_MOST = 60,     /* destroyed objects that stand one by one, whatever they are */
	GROUP_MOST = 10,    /* beyond these: of one module and type */
	ASKING_MOST = 10,   /* asking findings of one rule with their reasons, unfolded */
	WHOLE_MOST = 500,   /* findings of one rule with their reasons, folded ones too */
	LISTED_MOST = 5000, /* findings of one rule at all */
};

/* ---- changes ---- */

static void change_name(struct html *html, const struct report_change *entry)
{
	if (html->report->plan_count > 1) {
		html_foreign(html, entry->plan->name);
		html_own(html, ": ");
	}
	html_address(html, change_full_address(entry->change, html->scratch));
}

/* What Terraform says beside it, in brackets. */
static void change_notes(struct html *html, const struct change *change)
{
	struct str forced = change_replace_paths_text(change, html->scratch);

	html_own(html, "<span class=\"note\">");
	if (!str_absent(change->previous_address)) {
		html_own(html, " (was ");
		html_address(html, change->previous_address);
		html_own(html, ")");
	}
	if (change->importing && change->action != ACTION_IMPORT)
		html_own(html, " (imported)");
	if (!str_absent(forced)) {
		html_own(html, " (forced by ");
		html_foreign(html, forced);
		html_own(html, ")");
	} else if (plan_action_destroys(change->action) && !str_absent(change->action_reason)) {
		html_own(html, " (");
		html_foreign(html, change->action_reason);
		html_own(html, ")");
	}
	html_own(html, "</span>");
}

void html_change(struct html *html, const struct report_change *entry)
{
	html_action(html, entry->change->action, entry->change->action_text);
	html_own(html, " ");
	change_name(html, entry);
	change_notes(html, entry->change);
}

void html_names(struct html *html, const struct report_change *entries, size_t count, size_t most)
{
	html_own(html, "<ul class=\"names\">\n");
	for (size_t i = 0; i < count && i < most; i++) {
		const struct change *change = entries[i].change;

		html_own(html, "<li>");
		if (html->report->plan_count > 1) {
			html_foreign(html, entries[i].plan->name);
			html_own(html, ": ");
		}
		encode_html(html->out,
			report_safe_address(html->report,
				change_full_address(change, html->scratch), html->scratch,
				html->out));
		html_own(html, "\n");
		html_step(html);
	}
	if (count > most)
		buf_printf(html->out, "<li>and %zu more\n", count - most);
	html_own(html, "</ul>\n");
}

size_t html_alike(
	const struct report_change *entries, size_t count, bool module, struct arena *scratch)
{
	const struct change *a = entries[0].change;
	struct str first = address_without_keys(entries[0].change->module, scratch);
	size_t same = 1;

	for (; same < count; same++) {
		const struct change *b = entries[same].change;

		if (a->action != b->action || !str_eq(a->action_text, b->action_text) ||
			!str_eq(a->type, b->type))
			break;
		if (module &&
			(entries[0].plan != entries[same].plan ||
				!str_eq(first, address_without_keys(b->module, scratch))))
			break;
	}
	return same;
}

void html_group(struct html *html, const struct report_change *entry, size_t count, bool module)
{
	html_action(html, entry->change->action, entry->change->action_text);
	buf_printf(html->out, " %zu &#215; ", count);
	html_own(html, "<code>");
	html_foreign(html, entry->change->type);
	html_own(html, "</code>");
	if (!module)
		return;
	if (!str_empty(entry->change->module)) {
		html_own(html, " in <code>");
		html_foreign(html, address_without_keys(entry->change->module, html->scratch));
		html_own(html, "</code>");
	}
	if (html->report->plan_count > 1) {
		html_own(html, ", plan ");
		html_foreign(html, entry->plan->name);
	}
}

void html_destroys(struct html *html)
{
	size_t count = html->destroy_count;

	if (!count)
		return;
	buf_printf(html->out,
		"<section id=\"destroys\">\n<h2>Destroys (%zu)</h2>\n<ul class=\"plain\">\n",
		count);
	for (size_t i = 0, same; i < count; i += same) {
		const struct report_change *first = &html->destroys[i];

		same = html_alike(first, count - i, true, html->scratch);
		if (count <= OPEN_MOST || same <= GROUP_MOST) {
			for (size_t k = 0; k < same; k++) {
				html_own(html, "<li>");
				html_change(html, &first[k]);
				html_own(html, "</li>\n");
				html_step(html);
			}
			continue;
		}
		html_own(html, "<li><details><summary>");
		html_group(html, first, same, true);
		html_own(html, "</summary>\n");
		html_names(html, first, same, SIZE_MAX);
		html_own(html, "</details></li>\n");
	}
	html_own(html, "</ul>\n</section>\n");
}

/* ---- findings ---- */

static void row(struct html *html, const char *label, struct str text)
{
	if (str_absent(text))
		return;
	buf_printf(html->out, "<dt>%s</dt><dd>", label);
	html_foreign(html, text);
	html_own(html, "</dd>\n");
}

static void place_row(struct html *html, const char *label, const struct place *place)
{
	if (str_absent(place->file))
		return;
	buf_printf(html->out, "<dt>%s</dt><dd><code>", label);
	html_foreign(html, place->file);
	buf_printf(html->out, ":%u", place->line);
	if (place->column)
		buf_printf(html->out, ":%u", place->column);
	html_own(html, "</code></dd>\n");
}

/* What to do; a line of intent to paste stands by itself. */
static void remedy_row(struct html *html, struct str text)
{
	size_t line = SIZE_MAX;

	if (str_absent(text))
		return;
	for (size_t at = 0; at + 4 <= text.len; at++)
		if (str_starts(str_slice(text, at, text.len), STR(": - ")))
			line = at + 1;
	html_own(html, "<dt>do</dt><dd>");
	html_foreign(html, str_slice(text, 0, line));
	if (line != SIZE_MAX) {
		html_own(html, "<pre>");
		html_foreign(html, str_slice(text, line + 1, text.len));
		html_own(html, "</pre>");
	}
	html_own(html, "</dd>\n");
}

static void finding_item(struct html *html, const struct finding *finding, bool whole)
{
	buf_printf(html->out, "<li class=\"finding %.*s\"><p>",
		STR_ARG(verdict_name(finding->verdict)));
	html_verdict(html, finding->verdict);
	html_own(html, " ");
	if (html->report->plan_count > 1 && !str_absent(finding->plan)) {
		html_foreign(html, finding->plan);
		html_own(html, ": ");
	}
	html_foreign(html, finding->message);
	html_own(html, " <span class=\"note\">[");
	html_foreign(html, finding->rule);
	buf_printf(html->out, ", %.*s", STR_ARG(severity_name(finding->severity)));
	if (finding->state != STATE_FAIL)
		buf_printf(html->out, ", %.*s", STR_ARG(finding_state_name(finding->state)));
	html_own(html, "]</span></p>\n");
	if (whole &&
		(!str_absent(finding->cause) || !str_absent(finding->remedy) ||
			!str_absent(finding->intent.file) || !str_absent(finding->config.file))) {
		html_own(html, "<dl>\n");
		row(html, "because", finding->cause);
		place_row(html, "intent", &finding->intent);
		place_row(html, "config", &finding->config);
		remedy_row(html, finding->remedy);
		html_own(html, "</dl>\n");
	}
	html_own(html, "</li>\n");
	html_step(html);
}

/* A fold whose summary the caller has begun. */
static void fold_findings(struct html *html, const struct finding *first, size_t count)
{
	html_own(html, "</summary>\n<ul class=\"plain\">\n");
	for (size_t i = 0; i < count && i < LISTED_MOST; i++)
		finding_item(html, &first[i], i < WHOLE_MOST);
	if (count > LISTED_MOST)
		buf_printf(html->out, "<li>and %zu more</li>\n", count - LISTED_MOST);
	html_own(html, "</ul>\n</details></li>\n");
}

/* Findings of one rule and verdict: the first `open` as they are, the others in a fold. */
static void finding_run(struct html *html, const struct finding *first, size_t count, size_t open)
{
	if (open > count)
		open = count;
	for (size_t i = 0; i < open; i++)
		finding_item(html, &first[i], true);
	if (open == count)
		return;
	html_own(html, "<li><details class=\"print\"><summary>");
	html_verdict(html, first->verdict);
	buf_printf(html->out, " %zu%s of <code>", count - open, open ? " more" : "");
	html_foreign(html, first->rule);
	html_own(html, "</code>");
	fold_findings(html, &first[open], count - open);
}

/* What passes and only apply will decide: one fold, whatever the rules. */
static void undecided(struct html *html, const struct finding *first, size_t count)
{
	html_own(html, "<li><details class=\"print\"><summary>");
	html_verdict(html, VERDICT_PASS);
	html_own(html, " ");
	buf_add(html->out, report_undecided(html->report));
	fold_findings(html, first, count);
}

void html_findings(struct html *html)
{
	static const char *const titles[] = {"Passes", "Asks", "Blocks"};
	static const size_t open[] = {0, ASKING_MOST, WHOLE_MOST};
	const struct findings *findings = &html->report->findings;
	size_t decided = report_decided(findings), run;

	if (!findings->count)
		return;
	html_own(html, "<section id=\"findings\">\n<h2>Findings</h2>\n");
	for (size_t i = 0, end = 0; i < findings->count; i = end) {
		enum verdict verdict = findings->items[i].verdict;

		while (end < findings->count && findings->items[end].verdict == verdict)
			end++;
		buf_printf(html->out, "<h3>%s (%zu)</h3>\n<ul class=\"plain\">\n", titles[verdict],
			end - i);
		for (; i < end && i < decided; i += run) {
			run = report_run(findings, i);
			finding_run(html, &findings->items[i], run, open[verdict]);
		}
		if (i < end)
			undecided(html, &findings->items[i], end - i);
		html_own(html, "</ul>\n");
	}
	html_own(html, "</section>\n");
}
