/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The comment on a pull request.  It decides what a reader must see without
 * unfolding anything - the verdict, the totals, each destroyed object, each
 * hazard and its reason - and how that is told in a limited number of bytes.
 * What may be folded is markdown_fold.c's.
 *
 * The core is rendered with less and less detail until it fits.  Below
 * DETAIL_NAMES objects are counted instead of named: report_apply_limit()
 * then says so in a finding before any format is rendered.
 */
#include "report/markdown.h"

#include <stdlib.h>

#include "base/hash.h"
#include "gate/verdict.h"
#include "report/encode.h"

enum {
	CORE_MOST = 1 << 30,
	WHOLE_MOST = 5,    /* asking findings of one rule with their reasons */
	PASSING_MOST = 10, /* passing hazards of one rule in the core */
	NAME_MOST = 120,   /* bytes of a name in the table */
	GOAL_MOST = 300,
	ROWS_FEW = 20, /* plans in the table once things are counted */
};

void markdown_own(struct markdown *markdown, const char *text)
{
	buf_add(markdown->out, str_of(text));
}

void markdown_foreign(struct markdown *markdown, struct str text)
{
	encode_markdown(markdown->out,
		report_safe(markdown->report, text, markdown->scratch, markdown->out));
}

void markdown_short(struct markdown *markdown, struct str text, size_t most)
{
	struct str safe = report_safe(markdown->report, text, markdown->scratch, markdown->out);
	size_t end = safe.len < most ? safe.len : most;

	while (end < safe.len && end > 0 && ((unsigned char)safe.data[end] & 0xc0) == 0x80)
		end--;
	encode_markdown(markdown->out, str_slice(safe, 0, end));
	if (end < safe.len)
		markdown_own(markdown, "…");
}

void markdown_address(struct markdown *markdown, struct str address)
{
	encode_markdown(markdown->out,
		report_safe_address(markdown->report, address, markdown->scratch, markdown->out));
}

/* A symbol and a word: colour and pictures alone are not seen by everyone. */
static const char *verdict_mark(enum verdict verdict)
{
	static const char *const marks[] = {"✅ pass", "✋ ask", "⛔ block"};

	return marks[verdict];
}

void report_marker(const struct report *report, char ret_marker[REPORT_MARKER_SIZE])
{
	struct str *names = ARENA_ARRAY(report->arena, struct str, report->plan_count);
	static const char end[] = " -->";
	struct sha256 sha;
	unsigned char digest[SHA256_BYTES];
	size_t len = sizeof(REPORT_MARKER_START) - 1;

	sha256_init(&sha);
	for (size_t i = 0; names && i < report->plan_count; i++) {
		size_t at = i;

		/* Sorted, since the order of the command line means nothing; there are few. */
		for (; at > 0 && str_cmp(names[at - 1], report->plans[i].plan->name) > 0; at--)
			names[at] = names[at - 1];
		names[at] = report->plans[i].plan->name;
	}
	for (size_t i = 0; names && i < report->plan_count; i++) {
		sha256_add(&sha, names[i]);
		sha256_add(&sha, (struct str){"", 1});
	}
	sha256_end(&sha, digest);
	memcpy(ret_marker, REPORT_MARKER_START, len);
	hex_encode(digest, 8, ret_marker + len);
	memcpy(ret_marker + len + 16, end, sizeof(end));
}

/* ---- the head ---- */

static void totals(struct markdown *markdown)
{
	struct plan_counts n = report_total(markdown->report);
	const struct {
		size_t count;
		const char *what;
	} rest[] = {{n.import, "import"}, {n.forget, "forget"}, {n.move, "move"}, {n.read, "read"},
		{n.unknown, "understand (unknown actions)"}};

	buf_printf(markdown->out, "**Plan: %zu to add, %zu to change, %zu to destroy", n.add,
		n.update, n.destroy);
	for (size_t i = 0; i < COUNT_OF(rest); i++)
		if (rest[i].count)
			buf_printf(markdown->out, ", %zu to %s", rest[i].count, rest[i].what);
	markdown_own(markdown, ".**");
}

static void finding_totals(struct markdown *markdown)
{
	const struct findings *findings = &markdown->report->findings;
	size_t counts[3] = {0};

	for (size_t i = 0; i < findings->count; i++)
		counts[findings->items[i].verdict]++;
	if (!findings->count) {
		markdown_own(markdown, " No findings.\n");
		return;
	}
	buf_printf(markdown->out, " Findings: %zu block, %zu ask, %zu pass.\n",
		counts[VERDICT_BLOCK], counts[VERDICT_ASK], counts[VERDICT_PASS]);
}

static void table_row(struct markdown *markdown, const struct report_plan *plan)
{
	const struct report_intent *intent = &plan->intent;

	markdown_own(markdown, "| ");
	markdown_short(markdown, plan->plan->name, NAME_MOST);
	buf_printf(markdown->out, " | %s | %zu | %zu | %zu | ", verdict_mark(plan->verdict),
		plan->counts.add, plan->counts.update, plan->counts.destroy);
	if (str_absent(intent->file))
		markdown_own(markdown, "*none*");
	else
		markdown_short(markdown, intent->file, NAME_MOST);
	markdown_own(markdown, " | ");
	markdown_short(markdown, intent->phase, NAME_MOST);
	markdown_own(markdown, " | ");
	markdown_short(markdown, intent->goal, GOAL_MOST);
	markdown_own(markdown, " |\n");
}

/* Each plan with its intent; the worst first once there is no room for all of them. */
static void table(struct markdown *markdown, enum detail detail)
{
	const struct report *report = markdown->report;
	size_t most = detail <= DETAIL_NAMES ? report->plan_count
		: detail == DETAIL_TOTALS    ? 0
					     : ROWS_FEW;
	size_t shown = 0;

	if (most)
		markdown_own(markdown,
			"\n| Plan | Verdict | Add | Change | Destroy | Intent | Phase | Goal |\n"
			"| --- | --- | ---: | ---: | ---: | --- | --- | --- |\n");
	for (size_t i = 0; i < report->plan_count && detail <= DETAIL_NAMES; i++, shown++)
		table_row(markdown, &report->plans[i]);
	for (int verdict = VERDICT_BLOCK; verdict >= VERDICT_PASS && detail > DETAIL_NAMES;
		verdict--)
		for (size_t i = 0; i < report->plan_count && shown < most; i++) {
			if ((int)report->plans[i].verdict != verdict)
				continue;
			table_row(markdown, &report->plans[i]);
			shown++;
		}
	if (shown < report->plan_count)
		buf_printf(markdown->out, "\nPlans that are not in this table: %zu.\n",
			report->plan_count - shown);
}

static void head(struct markdown *markdown, enum detail detail)
{
	static const char *const words[] = {"✅ weir: PASS", "✋ weir: ASK", "⛔ weir: BLOCK"};
	static const char *const meanings[] = {"", " (a person must decide)", ""};
	const struct report *report = markdown->report;
	char marker[REPORT_MARKER_SIZE];

	report_marker(report, marker);
	buf_printf(markdown->out, "%s\n## %s%s\n\n", marker, words[report->verdict],
		meanings[report->verdict]);
	totals(markdown);
	finding_totals(markdown);
	if (report->observe)
		markdown_own(markdown, "\nObserving only: this verdict is not enforced.\n");
	if (detail > DETAIL_NAMES) {
		markdown_own(markdown,
			"\n**Too much for this comment:** what is destroyed and what is dangerous "
			"is only counted below. ");
		if (str_absent(report->full_report)) {
			markdown_own(markdown, "`weir review` without `--limit` names each one.\n");
		} else {
			markdown_own(markdown, "The full report is ");
			markdown_short(markdown, report->full_report, NAME_MOST);
			markdown_own(markdown, ".\n");
		}
	}
	table(markdown, detail);
}

/* ---- changes ---- */

void markdown_change(
	struct markdown *markdown, const struct plan *plan, const struct change *change)
{
	struct str forced = change_replace_paths_text(change, markdown->scratch);

	markdown_own(markdown, "- **");
	markdown_foreign(markdown, change->action_text);
	markdown_own(markdown, "** ");
	if (markdown->report->plan_count > 1) {
		markdown_foreign(markdown, plan->name);
		markdown_own(markdown, ": ");
	}
	markdown_address(markdown, change_full_address(change, markdown->scratch));
	if (!str_absent(change->previous_address)) {
		markdown_own(markdown, " (was ");
		markdown_address(markdown, change->previous_address);
		markdown_own(markdown, ")");
	}
	if (change->importing && change->action != ACTION_IMPORT)
		markdown_own(markdown, " (imported)");
	if (!str_absent(forced)) {
		markdown_own(markdown, " (forced by ");
		markdown_foreign(markdown, forced);
		markdown_own(markdown, ")");
	} else if (plan_action_destroys(change->action) && !str_absent(change->action_reason)) {
		markdown_own(markdown, " (");
		markdown_foreign(markdown, change->action_reason);
		markdown_own(markdown, ")");
	}
	markdown_own(markdown, "\n");
}

static int compare_groups(const void *left, const void *right)
{
	const struct markdown_group *a = left, *b = right;
	int order = a->rank - b->rank;

	if (order == 0)
		order = str_cmp(a->what, b->what);
	if (order == 0)
		order = str_cmp(a->type, b->type);
	return order ? order : str_cmp(a->module, b->module);
}

size_t markdown_groups_merge(struct markdown_group *groups, size_t count)
{
	size_t kept = 0;

	if (count)
		qsort(groups, count, sizeof(*groups), compare_groups);
	for (size_t i = 0; i < count; i++) {
		if (kept && compare_groups(&groups[kept - 1], &groups[i]) == 0)
			groups[kept - 1].count += groups[i].count;
		else
			groups[kept++] = groups[i];
	}
	return kept;
}

static void group_place(struct markdown *markdown, const struct markdown_group *group)
{
	if (!str_absent(group->type)) {
		markdown_own(markdown, " ");
		markdown_foreign(markdown, group->type);
	}
	if (!str_absent(group->module)) {
		markdown_own(markdown, " in ");
		markdown_address(markdown, group->module);
	}
	markdown_own(markdown, "\n");
}

/* What `detail` tells of a change's place. */
static void set_place(struct markdown_group *group, const struct change *change, enum detail detail)
{
	if (change && detail < DETAIL_TOTALS)
		group->type = change->type;
	if (change && detail < DETAIL_TYPES)
		group->module =
			str_absent(change->module) ? STR("the root module") : change->module;
}

static void destroy_groups(struct markdown *markdown, enum detail detail)
{
	struct markdown_group *groups =
		ARENA_ARRAY(markdown->scratch, struct markdown_group, markdown->destroy_count);
	size_t count;

	if (!groups)
		return;
	for (size_t i = 0; i < markdown->destroy_count; i++) {
		const struct change *change = markdown->destroys[i].change;

		groups[i] = (struct markdown_group){
			.rank = (int)change->action, .what = change->action_text, .count = 1};
		set_place(&groups[i], change, detail);
	}
	count = markdown_groups_merge(groups, markdown->destroy_count);
	for (size_t i = 0; i < count; i++) {
		markdown_own(markdown, "- **");
		markdown_foreign(markdown, groups[i].what);
		buf_printf(markdown->out, "** %zu ×", groups[i].count);
		group_place(markdown, &groups[i]);
	}
}

static void destroys(struct markdown *markdown, enum detail detail)
{
	if (!markdown->destroy_count)
		return;
	buf_printf(markdown->out, "\n### Destroyed: %zu\n\n", markdown->destroy_count);
	if (detail > DETAIL_NAMES) {
		destroy_groups(markdown, detail);
		return;
	}
	for (size_t i = 0; i < markdown->destroy_count; i++)
		markdown_change(markdown, markdown->destroys[i].plan, markdown->destroys[i].change);
}

/* ---- findings ---- */

static void labelled(struct markdown *markdown, const char *label, struct str text)
{
	if (str_absent(text))
		return;
	buf_printf(markdown->out, "  - %s: ", label);
	markdown_foreign(markdown, text);
	markdown_own(markdown, "\n");
}

static void place(struct markdown *markdown, const char *label, const struct place *where)
{
	if (str_absent(where->file))
		return;
	buf_printf(markdown->out, "  - %s: ", label);
	markdown_foreign(markdown, where->file);
	buf_printf(markdown->out, ":%u\n", where->line);
}

void markdown_finding(struct markdown *markdown, const struct finding *finding, bool whole)
{
	markdown_own(markdown, "- ");
	markdown_own(markdown, verdict_mark(finding->verdict));
	markdown_own(markdown, ": ");
	if (markdown->report->plan_count > 1 && !str_absent(finding->plan)) {
		markdown_foreign(markdown, finding->plan);
		markdown_own(markdown, ": ");
	}
	markdown_foreign(markdown, finding->message);
	markdown_own(markdown, " (");
	markdown_foreign(markdown, finding->rule);
	markdown_own(markdown, ", ");
	buf_add(markdown->out, severity_name(finding->severity));
	if (finding->state != STATE_FAIL) {
		markdown_own(markdown, ", ");
		buf_add(markdown->out, finding_state_name(finding->state));
	}
	if (!whole && !str_absent(finding->intent.file)) {
		markdown_own(markdown, ", ");
		markdown_foreign(markdown, finding->intent.file);
		buf_printf(markdown->out, ":%u", finding->intent.line);
	}
	markdown_own(markdown, ")\n");
	if (!whole)
		return;
	labelled(markdown, "because", finding->cause);
	place(markdown, "intent", &finding->intent);
	place(markdown, "configuration", &finding->config);
	labelled(markdown, "what to do", finding->remedy);
}

/*
 * All that does not pass; and of hazards that pass those that matter: someone
 * named or accepted them, or the profile lets them through.
 */
bool markdown_is_core(const struct finding *finding, size_t nth)
{
	if (finding->verdict != VERDICT_PASS)
		return true;
	return nth < PASSING_MOST && verdict_may_lift(finding->kind) &&
		finding->state != STATE_UNKNOWN && finding->severity >= SEVERITY_MEDIUM;
}

static void finding_groups(struct markdown *markdown, enum detail detail)
{
	const struct findings *findings = &markdown->report->findings;
	struct markdown_group *groups =
		ARENA_ARRAY(markdown->scratch, struct markdown_group, findings->count);
	size_t count = 0;

	if (!groups)
		return;
	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *finding = &findings->items[i];
		const struct plan *plan;

		if (!markdown_is_core(finding, 0))
			continue;
		groups[count] = (struct markdown_group){.rank = -(int)finding->verdict, .count = 1};
		if (detail < DETAIL_TOTALS)
			groups[count].what = finding->rule;
		set_place(&groups[count++], report_change_of(markdown->report, finding, &plan),
			detail);
	}
	count = markdown_groups_merge(groups, count);
	for (size_t i = 0; i < count; i++) {
		markdown_own(markdown, "- ");
		markdown_own(markdown, verdict_mark((enum verdict) - groups[i].rank));
		buf_printf(markdown->out, ": %zu ×", groups[i].count);
		if (!str_absent(groups[i].what)) {
			markdown_own(markdown, " ");
			markdown_foreign(markdown, groups[i].what);
		}
		group_place(markdown, &groups[i]);
	}
}

/* A finding without its sentence: the rule says what is wrong with the object. */
static void finding_name(struct markdown *markdown, const struct finding *finding)
{
	markdown_own(markdown, "- ");
	markdown_own(markdown, verdict_mark(finding->verdict));
	markdown_own(markdown, ": ");
	if (markdown->report->plan_count > 1) {
		markdown_foreign(markdown, finding->plan);
		markdown_own(markdown, ": ");
	}
	markdown_address(markdown, finding->address);
	if (!str_absent(finding->path)) {
		markdown_own(markdown, " ");
		markdown_foreign(markdown, finding->path);
	}
	markdown_own(markdown, " (");
	markdown_foreign(markdown, finding->rule);
	markdown_own(markdown, ")\n");
}

static void one_by_one(struct markdown *markdown, enum detail detail)
{
	const struct findings *findings = &markdown->report->findings;

	for (size_t first = 0, run; first < findings->count; first += run) {
		run = report_run(findings, first);
		for (size_t nth = 0; nth < run; nth++) {
			const struct finding *finding = &findings->items[first + nth];
			bool whole = finding->verdict == VERDICT_BLOCK ||
				(finding->verdict == VERDICT_ASK && nth < WHOLE_MOST);

			if (!markdown_is_core(finding, nth))
				continue;
			if (detail == DETAIL_NAMES && !str_absent(finding->address))
				finding_name(markdown, finding);
			else
				markdown_finding(
					markdown, finding, whole && detail == DETAIL_WHOLE);
		}
	}
}

static void core_findings(struct markdown *markdown, enum detail detail)
{
	const struct findings *findings = &markdown->report->findings;
	bool any = false;

	for (size_t i = 0; i < findings->count && !any; i++)
		any = markdown_is_core(&findings->items[i], 0);
	if (!any)
		return;
	markdown_own(markdown, "\n### Hazards and open questions\n\n");
	if (detail > DETAIL_NAMES)
		finding_groups(markdown, detail);
	else
		one_by_one(markdown, detail);
}

/* ---- the whole ---- */

static void core(struct markdown *markdown, enum detail detail)
{
	head(markdown, detail);
	destroys(markdown, detail);
	core_findings(markdown, detail);
}

/* The bytes that the core may take. */
static size_t core_room(const struct report *report)
{
	return report->limit ? report->limit - MARKDOWN_FOLDS_LEAST : SIZE_MAX;
}

static int failure(const struct markdown *markdown, struct error *err)
{
	return buf_failed(markdown->out) || arena_failed(markdown->scratch) ||
			arena_failed(markdown->report->arena)
		? error_memory(err)
		: 0;
}

static void prepare(struct markdown *markdown)
{
	const struct report *report = markdown->report;

	markdown->destroys = report_changes(report, CHANGES_DESTROY, &markdown->destroy_count);
	markdown->others = report_changes(report, CHANGES_OTHER, &markdown->other_count);
}

int report_apply_limit(struct report *report, struct error *err)
{
	CLEANUP(arena_cleanup) struct arena *scratch = arena_create((size_t)1 << 30);
	CLEANUP(buf_free) struct buf text = BUF(CORE_MOST);
	struct markdown markdown = {.report = report, .out = &text, .scratch = scratch};
	struct finding *finding;

	if (!report->limit)
		return 0;
	if (!scratch)
		return error_memory(err);
	prepare(&markdown);
	core(&markdown, DETAIL_NAMES);
	if (failure(&markdown, err) < 0)
		return error_memory(err);
	if (text.len <= core_room(report))
		return 0;
	finding = finding_add(
		&report->findings, STR("report-truncated"), KIND_REPORT_TRUNCATED, SEVERITY_MEDIUM);
	if (!finding)
		return error_memory(err);
	finding->verdict = VERDICT_ASK;
	finding->message = arena_printf(report->arena,
		"a Markdown report of at most %zu bytes cannot name each destroyed object and "
		"hazard of this review: it counts them",
		report->limit);
	finding->remedy = str_absent(report->full_report)
		? STR("read the report of weir review without --limit before you decide")
		: arena_printf(report->arena, "read the full report, %.*s, before you decide",
			  STR_ARG(report->full_report));
	report->truncated = true;
	if (report->verdict < VERDICT_ASK)
		report->verdict = VERDICT_ASK;
	findings_sort(&report->findings);
	return arena_failed(report->arena) ? error_memory(err) : 0;
}

int report_markdown(const struct report *report, const struct report_style *style, struct buf *out,
	struct error *err)
{
	CLEANUP(arena_cleanup) struct arena *scratch = arena_create((size_t)1 << 30);
	CLEANUP(buf_free) struct buf text = BUF(CORE_MOST);
	struct markdown markdown = {.report = report, .out = &text, .scratch = scratch};
	enum detail detail = report->truncated ? DETAIL_MODULES : DETAIL_WHOLE;

	(void)style;
	if (!scratch)
		return error_memory(err);
	prepare(&markdown);
	for (;; detail++) {
		buf_clear(&text);
		core(&markdown, detail);
		if (failure(&markdown, err) < 0)
			return error_memory(err);
		if (text.len <= core_room(report) || detail == DETAIL_TOTALS)
			break;
	}
	buf_add(out, buf_str(&text));
	markdown.out = out;
	/* The totals always leave room for the folds' lines. */
	return markdown_folds(&markdown, report->limit ? report->limit - text.len : 0, err);
}
