/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The report for a terminal or a CI log: one line that says it all, then what
 * is destroyed, then what blocks or asks and why, then the rest, folded.
 */
#include "report/encode.h"
#include "report/report.h"

enum {
	VALUE_MOST = 60, /* bytes of one value */
	DIFFS_MOST = 6,  /* differences shown of one change */
	GROUP_MOST = 5,  /* changes of one action and type shown one by one */
	LISTED_MOST = 5, /* passing findings of one rule shown one by one */
	HEADS_MOST = 20, /* asking findings of one rule shown at all; what is destroyed is above */
	DRIFT_MOST = 10,
	LINE_MOST = 100, /* columns */
	HEAD_INDENT = 8, /* of a finding */
	INDENT = 16,     /* of what follows a label */
	PARAGRAPH_MOST = 1 << 20,
};

struct output {
	const struct report *report;
	const struct report_style *style;
	struct buf *out;
	struct arena *scratch;
	bool failed;
};

enum paint { PLAIN, RED, YELLOW, GREEN, BOLD, DIM };

static void begin_paint(struct output *output, enum paint paint)
{
	static const char *const codes[] = {
		"", "\033[31m", "\033[33m", "\033[32m", "\033[1m", "\033[2m"};

	if (output->style->color)
		buf_add(output->out, str_of(codes[paint]));
}

static void end_paint(struct output *output, enum paint paint)
{
	if (output->style->color && paint != PLAIN)
		buf_add(output->out, STR("\033[0m"));
}

/* Text out of the input: redacted, then encoded. */
static void foreign(struct output *output, struct str text)
{
	encode_terminal(
		output->out, report_safe(output->report, text, output->scratch, output->out));
}

static void own(struct output *output, enum paint paint, const char *text)
{
	begin_paint(output, paint);
	buf_add(output->out, str_of(text));
	end_paint(output, paint);
}

static enum paint verdict_paint(enum verdict verdict)
{
	return verdict == VERDICT_BLOCK ? RED : verdict == VERDICT_ASK ? YELLOW : GREEN;
}

static void count_of(struct output *output, size_t count, const char *what)
{
	if (count)
		buf_printf(output->out, ", %zu %s", count, what);
}

/* Terraform's own line; what it leaves out follows in the same form. */
static void plan_line(struct output *output, const struct plan_counts *n)
{
	buf_printf(output->out, "Plan: ");
	if (n->import)
		buf_printf(output->out, "%zu to import, ", n->import);
	buf_printf(output->out, "%zu to add, %zu to change, %zu to destroy", n->add, n->update,
		n->destroy);
	count_of(output, n->forget, "to forget");
	count_of(output, n->move, "to move");
	count_of(output, n->read, "to read");
	count_of(output, n->unknown, "not understood");
	buf_add_char(output->out, '.');
}

static void intent_line(struct output *output, const struct report_intent *intent)
{
	if (str_absent(intent->file)) {
		own(output, PLAIN, " No intent.");
		return;
	}
	own(output, PLAIN, " Intent: ");
	foreign(output, intent->file);
	if (!str_absent(intent->phase)) {
		own(output, PLAIN, ", phase ");
		foreign(output, intent->phase);
	}
	buf_add_char(output->out, '.');
}

static void verdict_word(struct output *output, enum verdict verdict)
{
	static const char *const words[] = {"PASS", "ASK", "BLOCK"};

	own(output, verdict_paint(verdict), words[verdict]);
	buf_add_char(output->out, ' ');
}

static void head(struct output *output)
{
	const struct report *report = output->report;

	verdict_word(output, report->verdict);
	if (report->plan_count == 1) {
		plan_line(output, &report->plans[0].counts);
		intent_line(output, &report->plans[0].intent);
		buf_add_char(output->out, '\n');
		if (!str_empty(report->plans[0].intent.goal)) {
			own(output, PLAIN, "Goal: ");
			foreign(output, report->plans[0].intent.goal);
			buf_add_char(output->out, '\n');
		}
	} else {
		struct plan_counts total = report_total(report);

		plan_line(output, &total);
		buf_printf(output->out, " %zu plans.\n", report->plan_count);
		for (size_t i = 0; i < report->plan_count; i++) {
			own(output, PLAIN, "  ");
			verdict_word(output, report->plans[i].verdict);
			foreign(output, report->plans[i].plan->name);
			own(output, PLAIN, ": ");
			plan_line(output, &report->plans[i].counts);
			intent_line(output, &report->plans[i].intent);
			buf_add_char(output->out, '\n');
		}
	}
	if (report->observe)
		own(output, PLAIN, "Observing only: this verdict is not enforced.\n");
}

static void change_name(struct output *output, const struct plan *plan, const struct change *change)
{
	if (output->report->plan_count > 1) {
		foreign(output, plan->name);
		own(output, PLAIN, ": ");
	}
	encode_terminal(output->out,
		report_safe_address(output->report, change_full_address(change, output->scratch),
			output->scratch, output->out));
}

/* " [your main.tf:3]" */
static void cause_label(struct output *output, const struct change_cause *cause)
{
	if (!cause)
		return;
	own(output, PLAIN, " [");
	if (cause->kind == CAUSE_EDIT) {
		own(output, PLAIN, "your ");
		foreign(output, cause->file);
		buf_printf(output->out, ":%u%s", cause->line, cause->removed ? ", removed" : "");
	} else if (cause->kind == CAUSE_REFERENCE) {
		own(output, PLAIN, "caused by a reference from ");
		foreign(output, cause->from);
	} else {
		own(output, PLAIN, "not from this diff");
		if (!str_absent(cause->reason)) {
			own(output, PLAIN, ": ");
			buf_add(output->out, cause->reason);
		}
	}
	buf_add_char(output->out, ']');
}

/* "  -/+ replace aws_db_subnet_group.old (forced by name)" */
static void change_line(struct output *output, const struct plan *plan, const struct change *change)
{
	struct str forced = change_replace_paths_text(change, output->scratch);

	buf_printf(output->out, "  %-3s ", action_sign(change->action));
	foreign(output, change->action_text);
	buf_add_char(output->out, ' ');
	change_name(output, plan, change);
	if (!str_absent(change->previous_address)) {
		own(output, PLAIN, " (was ");
		foreign(output, change->previous_address);
		buf_add_char(output->out, ')');
	}
	if (change->importing && change->action != ACTION_IMPORT)
		own(output, PLAIN, " (imported)");
	if (!str_absent(forced)) {
		own(output, PLAIN, " (forced by ");
		foreign(output, forced);
		buf_add_char(output->out, ')');
	} else if (plan_action_destroys(change->action) && !str_absent(change->action_reason)) {
		own(output, PLAIN, " (");
		foreign(output, change->action_reason);
		buf_add_char(output->out, ')');
	}
	cause_label(output, report_cause(output->report, plan, change));
	buf_add_char(output->out, '\n');
}

static void value(struct output *output, struct node node, bool sensitive)
{
	if (!node_exists(node))
		own(output, PLAIN, "null");
	else
		encode_terminal(output->out,
			report_safe_value(output->report, node, sensitive, VALUE_MOST,
				output->scratch, output->out));
}

static int differences(struct output *output, const struct change *change, struct error *err)
{
	struct differences all = {0};
	int r = change_diff(change, output->scratch, &all, err);
	size_t shown = 0;

	if (r < 0)
		return r;
	for (size_t i = 0; i < all.count && shown < DIFFS_MOST; i++, shown++) {
		const struct difference *d = &all.items[i];

		own(output, PLAIN, "        ");
		foreign(output, d->path);
		own(output, PLAIN, ": ");
		if (d->kind == DIFF_SENSITIVITY) {
			own(output, PLAIN, "only its sensitivity changes\n");
			continue;
		}
		value(output, d->before, d->sensitive);
		own(output, PLAIN, " -> ");
		if (d->kind == DIFF_UNKNOWN)
			own(output, PLAIN, "(known after apply)");
		else
			value(output, d->after, d->sensitive);
		buf_add_char(output->out, '\n');
	}
	if (all.count > shown)
		buf_printf(output->out, "        and %zu more\n", all.count - shown);
	return 0;
}

/* Every one of them, never folded: "count the minuses". */
static void destroy_section(struct output *output)
{
	size_t count = 0;
	const struct report_change *entries =
		report_changes(output->report, CHANGES_DESTROY, &count);

	if (!count)
		return;
	own(output, BOLD, "\nDestroys\n");
	for (size_t i = 0; i < count; i++)
		change_line(output, entries[i].plan, entries[i].change);
}

/* Columns that a text takes: code points, since what is wider is rare here. */
static size_t columns(struct str text)
{
	size_t count = 0;

	for (size_t i = 0; i < text.len; i++)
		count += ((unsigned char)text.data[i] & 0xc0) != 0x80;
	return count;
}

/*
 * Encoded text in lines of LINE_MOST columns, from column `indent` on, where the caller stands.  No
 * line begins with ':' or '#': to some CI systems that would be a command.
 */
static void wrapped(struct output *output, int indent, struct str text)
{
	size_t column = (size_t)indent;

	while (!str_absent(text)) {
		struct str word = str_split(&text, ' ');
		size_t width = columns(word);
		bool may_begin = !str_starts(word, STR(":")) && !str_starts(word, STR("#"));

		if (column > (size_t)indent && column + 1 + width > LINE_MOST && may_begin) {
			buf_printf(output->out, "\n%*s", indent, "");
			column = (size_t)indent;
		} else if (column > (size_t)indent) {
			buf_add_char(output->out, ' ');
			column++;
		}
		buf_add(output->out, word);
		column += width;
	}
	buf_add_char(output->out, '\n');
}

/* Foreign text, encoded and wrapped. */
static void paragraph(struct output *output, int indent, struct str text)
{
	CLEANUP(buf_free) struct buf line = BUF(PARAGRAPH_MOST);

	encode_terminal(&line, report_safe(output->report, text, output->scratch, output->out));
	if (buf_failed(&line))
		output->failed = true;
	wrapped(output, indent, buf_str(&line));
}

static void labelled(struct output *output, const char *label, struct str text)
{
	if (str_absent(text))
		return;
	buf_printf(output->out, "        %-8s", label);
	paragraph(output, INDENT, text);
}

/* What to do; a line to paste stands on a line of its own, whole. */
static void remedy(struct output *output, struct str text)
{
	size_t line = SIZE_MAX;

	for (size_t at = 0; at + 4 <= text.len; at++)
		if (str_starts(str_slice(text, at, text.len), STR(": - ")))
			line = at + 1;
	labelled(output, "do", str_slice(text, 0, line));
	if (line == SIZE_MAX)
		return;
	buf_printf(output->out, "%*s  ", INDENT, "");
	foreign(output, str_slice(text, line + 1, text.len));
	buf_add_char(output->out, '\n');
}

static void finding_place(struct output *output, const char *label, const struct place *place)
{
	if (str_absent(place->file))
		return;
	buf_printf(output->out, "        %-8s", label);
	foreign(output, place->file);
	buf_printf(output->out, ":%u", place->line);
	if (place->column)
		buf_printf(output->out, ":%u", place->column);
	buf_add_char(output->out, '\n');
}

static void finding_head(struct output *output, const struct finding *finding)
{
	static const char *const words[] = {"pass ", "ask  ", "block"};
	struct str plan = output->report->plan_count > 1 ? finding->plan : (struct str){NULL, 0};
	struct str state = finding_state_name(finding->state);

	own(output, PLAIN, "  ");
	own(output, verdict_paint(finding->verdict), words[finding->verdict]);
	buf_add_char(output->out, ' ');
	paragraph(output, HEAD_INDENT,
		arena_printf(output->scratch, "%.*s%s%.*s [%.*s, %.*s%s%.*s]", STR_ARG(plan),
			str_absent(plan) ? "" : ": ", STR_ARG(finding->message),
			STR_ARG(finding->rule), STR_ARG(severity_name(finding->severity)),
			finding->state == STATE_FAIL ? "" : ", ",
			finding->state == STATE_FAIL ? 0 : (int)state.len, state.data));
}

static void finding_whole(struct output *output, const struct finding *finding)
{
	finding_head(output, finding);
	labelled(output, "because", finding->cause);
	finding_place(output, "intent", &finding->intent);
	finding_place(output, "config", &finding->config);
	if (!str_absent(finding->remedy))
		remedy(output, finding->remedy);
	if (output->style->verbosity > 0)
		labelled(output, "at", finding->pointer);
}

/* What passes and only apply will decide is one line. */
static void undecided_line(struct output *output)
{
	struct str line = report_undecided(output->report);

	if (str_absent(line))
		return;
	own(output, PLAIN, "  ");
	own(output, verdict_paint(VERDICT_PASS), "pass ");
	buf_add_char(output->out, ' ');
	wrapped(output, HEAD_INDENT,
		arena_printf(output->scratch, "%.*s (-v shows each)", STR_ARG(line)));
}

/*
 * What blocks, whole; of what asks the first few of a rule whole, the others by their sentence; of
 * what passes the first few by their sentence, the others by their number.
 */
static void finding_section(struct output *output)
{
	const struct findings *findings = &output->report->findings;
	bool folds = output->style->verbosity < 1;
	size_t count = folds ? report_decided(findings) : findings->count;

	if (findings->count)
		own(output, BOLD, "\nFindings\n");
	for (size_t i = 0; i < count;) {
		const struct finding *first = &findings->items[i];
		size_t run = report_run(findings, i);
		size_t whole = first->verdict == VERDICT_BLOCK || output->style->verbosity > 0 ? run
			: first->verdict == VERDICT_ASK ? LISTED_MOST
							: 0;
		size_t heads = first->verdict == VERDICT_PASS ? LISTED_MOST : HEADS_MOST;

		for (size_t k = 0; k < run && (k < whole || k < heads); k++) {
			if (k < whole)
				finding_whole(output, first + k);
			else
				finding_head(output, first + k);
		}
		if (run > whole && run > heads) {
			buf_printf(output->out, "        and %zu more of [",
				run - (whole > heads ? whole : heads));
			foreign(output, first->rule);
			buf_add(output->out, STR("]\n"));
		}
		i += run;
	}
	if (folds)
		undecided_line(output);
}

static int change_section(struct output *output, struct error *err)
{
	size_t count = 0;
	const struct report_change *entries = report_changes(output->report, CHANGES_OTHER, &count);

	if (count)
		own(output, BOLD, "\nOther changes\n");
	for (size_t i = 0; i < count;) {
		const struct change *first = entries[i].change;
		size_t same = 1;
		bool folds;

		while (i + same < count && entries[i + same].change->action == first->action &&
			str_eq(entries[i + same].change->type, first->type) &&
			str_eq(entries[i + same].change->action_text, first->action_text))
			same++;
		folds = same > GROUP_MOST && output->style->verbosity < 1 &&
			!report_cause(output->report, entries[i].plan, first);
		if (folds) {
			buf_printf(output->out, "  %-3s ", action_sign(first->action));
			foreign(output, first->action_text);
			buf_printf(output->out, " %zu x ", same);
			foreign(output, first->type);
			own(output, PLAIN, " (");
			change_name(output, entries[i].plan, first);
			own(output, PLAIN, ", ...)\n");
		}
		for (size_t k = 0; k < same && !folds; k++) {
			const struct report_change *entry = &entries[i + k];

			change_line(output, entry->plan, entry->change);
			if (entry->change->action == ACTION_UPDATE) {
				int r = differences(output, entry->change, err);

				if (r < 0)
					return r;
			}
		}
		i += same;
	}
	return 0;
}

/* Drift is folded; what the plan names as relevant is a finding, or stands here by name. */
static void drift_section(struct output *output)
{
	const struct report *report = output->report;
	size_t count = 0, shown = 0;

	for (size_t i = 0; i < report->plan_count; i++)
		count += report->plans[i].plan->drift.count;
	if (!count)
		return;
	buf_printf(output->out, "\nChanged outside of Terraform: %zu\n", count);
	for (size_t i = 0; i < report->plan_count; i++) {
		const struct plan *plan = report->plans[i].plan;

		for (size_t k = 0; k < plan->drift.count; k++) {
			const struct change *change = &plan->drift.items[k];

			if (output->style->verbosity < 1 &&
				(shown >= DRIFT_MOST ||
					!plan_drift_is_relevant(plan, change, output->scratch)))
				continue;
			change_line(output, plan, change);
			shown++;
		}
	}
}

static void output_section(struct output *output)
{
	const struct report *report = output->report;
	bool any = false;

	for (size_t i = 0; i < report->plan_count; i++) {
		const struct plan *plan = report->plans[i].plan;

		for (size_t k = 0; k < plan->output_count; k++) {
			if (plan->outputs[k].action == ACTION_NO_OP)
				continue;
			if (!any)
				own(output, BOLD, "\nOutputs\n");
			any = true;
			buf_printf(output->out, "  %-3s ", action_sign(plan->outputs[k].action));
			foreign(output, plan->outputs[k].name);
			buf_add_char(output->out, '\n');
		}
	}
}

static void digest_line(struct output *output, const char *what, struct str sha256, struct str of)
{
	if (str_absent(sha256))
		return;
	buf_printf(output->out, "  %-7s ", what);
	buf_add(output->out, sha256);
	if (!str_absent(of)) {
		buf_add_char(output->out, ' ');
		foreign(output, of);
	}
	buf_add_char(output->out, '\n');
}

/* What was judged, by what: enough to tell later whether anything is another. */
static void digest_section(struct output *output)
{
	const struct report *report = output->report;

	own(output, BOLD, "\nSHA-256\n");
	for (size_t i = 0; i < report->plan_count; i++) {
		const struct report_plan *plan = &report->plans[i];

		digest_line(output, "plan", plan->plan->sha256, plan->plan->name);
		digest_line(output, "intent", plan->intent.sha256, plan->intent.file);
	}
	digest_line(output, "config", report->config_sha256, report->config_file);
	digest_line(output, "rules", report->rules_sha256, (struct str){NULL, 0});
	for (size_t i = 0; i < report->scan_count; i++)
		digest_line(output, "scan", report->scans[i].sha256, report->scans[i].file);
}

int report_text(const struct report *report, const struct report_style *style, struct buf *out,
	struct error *err)
{
	CLEANUP(arena_cleanup) struct arena *scratch = arena_create((size_t)1 << 30);
	struct output output = {report, style, out, scratch, false};
	int r = 0;

	if (!scratch)
		return error_memory(err);
	head(&output);
	if (style->verbosity >= 0) {
		destroy_section(&output);
		finding_section(&output);
		r = change_section(&output, err);
		drift_section(&output);
		output_section(&output);
		digest_section(&output);
		if (report->prevent_destroy_undecided)
			buf_add(out, STR("\n" REPORT_UNDECIDED_NOTE "\n"));
	}
	if (r < 0)
		return r;
	return output.failed || arena_failed(scratch) || arena_failed(report->arena) ||
			buf_failed(out)
		? error_memory(err)
		: 0;
}
