/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the HTML report folds: changes that destroy nothing, drift, outputs.
 * A plan may hold twenty thousand of them and most are the same change of many objects: it decides
 * which are the same, so that each is told once, with all the names that it is for.
 */
#include "base/hash.h"
#include "report/encode.h"
#include "report/html.h"

enum {
	VALUE_MOST = 120,    /* bytes of one value */
	DIFFS_MOST = 20,     /* differences shown of one change */
	DISTINCT_MOST = 100, /* changes of one action and type that differ in different ways */
	NAMES_MOST = 5000,   /* addresses in one list */
	DRIFT_MOST = 200,
	TABLE_MOST = 1 << 20,
};

static void value(struct html *html, struct node node, bool sensitive)
{
	html_own(html, "<td><code>");
	if (!node_exists(node))
		html_own(html, "null");
	else
		encode_html(html->out,
			report_safe_value(html->report, node, sensitive, VALUE_MOST, html->scratch,
				html->out));
	html_own(html, "</code></td>");
}

static void difference_row(struct html *html, const struct difference *d)
{
	html_own(html, "<tr><th scope=\"row\"><code>");
	html_foreign(html, d->path);
	html_own(html, "</code></th>");
	if (d->kind == DIFF_SENSITIVITY) {
		html_own(html, "<td colspan=\"2\">only its sensitivity changes</td></tr>\n");
		return;
	}
	value(html, d->before, d->sensitive);
	if (d->kind == DIFF_UNKNOWN)
		html_own(html, "<td>known after apply</td>");
	else
		value(html, d->after, d->sensitive);
	html_own(html, "</tr>\n");
}

/* A table of what differs, or nothing. */
static int difference_table(struct html *html, const struct change *change, struct error *err)
{
	struct differences all = {0};
	int r = change_diff(change, html->scratch, &all, err);

	if (r < 0 || !all.count)
		return r;
	html_own(html,
		"<table><thead><tr><th scope=\"col\">Attribute</th><th scope=\"col\">Before</th>"
		"<th scope=\"col\">After</th></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < all.count && i < DIFFS_MOST; i++)
		difference_row(html, &all.items[i]);
	html_own(html, "</tbody></table>\n");
	if (all.count > DIFFS_MOST)
		buf_printf(html->out, "<p class=\"note\">and %zu more attributes</p>\n",
			all.count - DIFFS_MOST);
	return 0;
}

/* Changes that differ in the same way. */
struct kind {
	uint64_t hash;
	struct str table;
	size_t count;
};

struct kinds {
	struct kind items[DISTINCT_MOST + 1]; /* the last: all that came too late */
	size_t count;
	size_t *of;                    /* of each change, its kind */
	struct report_change *ordered; /* the changes, kind by kind */
};

static size_t kind_of(struct kinds *kinds, struct str table, struct arena *arena)
{
	uint64_t hash = hash_bytes(table, 0);
	size_t i = 0;

	while (i < kinds->count &&
		(kinds->items[i].hash != hash || !str_eq(kinds->items[i].table, table)))
		i++;
	if (i == kinds->count && i < DISTINCT_MOST)
		kinds->items[kinds->count++] = (struct kind){hash, arena_str(arena, table), 0};
	return i;
}

static int find_kinds(struct html *html, const struct report_change *first, size_t count,
	struct kinds *kinds, struct arena *arena, struct error *err)
{
	CLEANUP(buf_free) struct buf table = BUF(TABLE_MOST);
	struct buf *out = html->out;
	size_t at = 0;

	kinds->of = ARENA_ARRAY(arena, size_t, count);
	kinds->ordered = ARENA_ARRAY(arena, struct report_change, count);
	if (!kinds->of || !kinds->ordered)
		return error_memory(err);
	for (size_t i = 0; i < count; i++) {
		int r = 0;

		buf_clear(&table);
		html->out = &table;
		if (kinds->count < DISTINCT_MOST)
			r = difference_table(html, first[i].change, err);
		html->out = out;
		if (r < 0)
			return r;
		if (buf_failed(&table))
			return error_memory(err);
		kinds->of[i] = kinds->count < DISTINCT_MOST ? kind_of(kinds, buf_str(&table), arena)
							    : DISTINCT_MOST;
		kinds->items[kinds->of[i]].count++;
		html_step(html);
	}
	for (size_t kind = 0; kind <= DISTINCT_MOST; kind++)
		for (size_t i = 0; kinds->items[kind].count && i < count; i++)
			if (kinds->of[i] == kind)
				kinds->ordered[at++] = first[i];
	return arena_failed(arena) ? error_memory(err) : 0;
}

static void kind_item(struct html *html, const struct report_change *first, const struct kind *kind)
{
	html_own(html, "<li>");
	if (kind->count == 1) {
		html_change(html, first);
		html_own(html, "\n");
	} else {
		buf_printf(
			html->out, "<details><summary>%zu changed alike</summary>\n", kind->count);
		html_names(html, first, kind->count, NAMES_MOST);
		html_own(html, "</details>\n");
	}
	buf_add(html->out, kind->table);
	html_own(html, "</li>\n");
}

static int updates(
	struct html *html, const struct report_change *first, size_t count, struct error *err)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create((size_t)1 << 30);
	struct kinds *kinds = arena ? ARENA_NEW(arena, struct kinds) : NULL;
	size_t at = 0;
	int r;

	if (!kinds)
		return error_memory(err);
	r = find_kinds(html, first, count, kinds, arena, err);
	if (r < 0)
		return r;
	html_own(html, "<ul class=\"plain\">\n");
	for (size_t i = 0; i < kinds->count; i++) {
		kind_item(html, &kinds->ordered[at], &kinds->items[i]);
		at += kinds->items[i].count;
	}
	html_own(html, "</ul>\n");
	if (at < count) {
		buf_printf(html->out,
			"<p class=\"note\">What differs in %zu more is not shown:</p>\n",
			count - at);
		html_names(html, &kinds->ordered[at], count - at, NAMES_MOST);
	}
	return 0;
}

int html_others(struct html *html, struct error *err)
{
	size_t count = html->other_count;
	int r = 0;

	if (!count)
		return 0;
	buf_printf(html->out, "<section id=\"others\">\n<h2>Other changes (%zu)</h2>\n", count);
	for (size_t i = 0, same; i < count && r == 0; i += same) {
		const struct report_change *first = &html->others[i];

		same = html_alike(first, count - i, false, html->scratch);
		html_own(html, "<details><summary>");
		html_group(html, first, same, false);
		html_own(html, "</summary>\n");
		if (first->change->action == ACTION_UPDATE)
			r = updates(html, first, same, err);
		else
			html_names(html, first, same, NAMES_MOST);
		html_own(html, "</details>\n");
	}
	html_own(html, "</section>\n");
	return r;
}

/* ---- drift and outputs ---- */

size_t html_drift_count(const struct html *html)
{
	size_t count = 0;

	for (size_t i = 0; i < html->report->plan_count; i++)
		count += html->report->plans[i].plan->drift.count;
	return count;
}

/* What the plan names as relevant, by name; the others by their number. */
void html_drift(struct html *html)
{
	size_t count = html_drift_count(html), shown = 0;

	if (!count)
		return;
	buf_printf(html->out,
		"<section id=\"drift\">\n<h2>Changed outside of Terraform (%zu)</h2>\n"
		"<details><summary>What this plan relies on</summary>\n<ul class=\"plain\">\n",
		count);
	for (size_t i = 0; i < html->report->plan_count; i++) {
		const struct plan *plan = html->report->plans[i].plan;

		for (size_t k = 0; k < plan->drift.count && shown < DRIFT_MOST; k++) {
			struct report_change entry = {plan, &plan->drift.items[k]};

			if (!plan_drift_is_relevant(plan, entry.change, html->scratch))
				continue;
			html_own(html, "<li>");
			html_change(html, &entry);
			html_own(html, "</li>\n");
			html_step(html);
			shown++;
		}
	}
	buf_printf(html->out, "<li class=\"note\">%zu others</li>\n", count - shown);
	html_own(html, "</ul>\n</details>\n</section>\n");
}

size_t html_output_count(const struct html *html)
{
	size_t count = 0;

	for (size_t i = 0; i < html->report->plan_count; i++) {
		const struct plan *plan = html->report->plans[i].plan;

		for (size_t k = 0; k < plan->output_count; k++)
			count += plan->outputs[k].action != ACTION_NO_OP;
	}
	return count;
}

void html_outputs(struct html *html)
{
	size_t count = html_output_count(html);

	if (!count)
		return;
	buf_printf(html->out,
		"<section id=\"outputs\">\n<h2>Outputs (%zu)</h2>\n"
		"<details><summary>Outputs that change</summary>\n<ul class=\"plain\">\n",
		count);
	for (size_t i = 0; i < html->report->plan_count; i++) {
		const struct plan *plan = html->report->plans[i].plan;

		for (size_t k = 0; k < plan->output_count; k++) {
			const struct output_change *output = &plan->outputs[k];

			if (output->action == ACTION_NO_OP)
				continue;
			html_own(html, "<li>");
			html_action(html, output->action, output->action_text);
			html_own(html, " <code>");
			html_foreign(html, output->name);
			html_own(html, "</code></li>\n");
			html_step(html);
		}
	}
	html_own(html, "</ul>\n</details>\n</section>\n");
}
