/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The brief: every line has a place by danger, lines that say the same are a
 * group, and a group that does not fit is one line that counts them.  So the
 * only thing that a small budget takes away is detail.
 */
#include "report/brief.h"

#include <stdlib.h>

#include "base/tokens.h"
#include "report/encode.h"

enum { SCRATCH_MOST = 1 << 30, LINE_MOST = 1 << 16, VALUE_MOST = 60, DIFFS_MOST = 5, SHARE = 3 };

/* Worst first; `brief` ends with the mildest. */
enum rank { RANK_DESTROY, RANK_FINDING, RANK_LIFTED, RANK_CHANGE, RANK_PASSING, RANK_COUNT };

struct line {
	enum rank rank;
	unsigned order;  /* within a rank, as found */
	struct str key;  /* lines with one key are a group */
	struct str what; /* of the group: "delete aws_s3_bucket" */
	struct str text;
};

struct brief {
	const struct report *report;
	struct arena *arena;
	struct line *lines;
	size_t count, room;
	size_t folded; /* lines that stand in a line that counts them */
	bool failed;
};

static struct str safe(struct brief *brief, struct str text, bool address)
{
	struct buf out = BUF(LINE_MOST * 16);
	struct redactor *redactor = brief->report->redactor;
	struct str kept;

	encode_terminal(&out,
		address ? redact_address(redactor, text, brief->arena)
			: redact_text(redactor, text, brief->arena));
	kept = arena_str(brief->arena, buf_str(&out));
	brief->failed = brief->failed || buf_failed(&out);
	buf_free(&out);
	return kept;
}

static void add(
	struct brief *brief, enum rank rank, struct str key, struct str what, struct str text)
{
	if (!arena_grow(brief->arena, (void **)&brief->lines, brief->count, &brief->room,
		    sizeof(*brief->lines)))
		return;
	brief->lines[brief->count] = (struct line){rank, (unsigned)brief->count, key, what, text};
	brief->count++;
}

static struct str plan_prefix(struct brief *brief, struct str plan)
{
	if (brief->report->plan_count < 2 || str_absent(plan))
		return STR("");
	return arena_printf(brief->arena, "%.*s: ", STR_ARG(safe(brief, plan, false)));
}

static void add_finding(struct brief *brief, const struct finding *finding)
{
	static const char *const verdicts[] = {"pass", "ask", "block"};
	enum rank rank = finding->verdict != VERDICT_PASS ? RANK_FINDING
		: finding->severity >= SEVERITY_MEDIUM    ? RANK_LIFTED
							  : RANK_PASSING;
	struct str cause = STR(""), message = safe(brief, finding->message, false);
	struct str kind = finding_kind_name(finding->kind);
	struct str severity = severity_name(finding->severity);

	if (!str_absent(finding->cause))
		cause = arena_printf(
			brief->arena, " (%.*s)", STR_ARG(safe(brief, finding->cause, false)));
	add(brief, rank,
		arena_printf(brief->arena, "%s %.*s", verdicts[finding->verdict],
			STR_ARG(finding->rule)),
		arena_printf(brief->arena, "findings %.*s, %.*s, verdict %s", STR_ARG(kind),
			STR_ARG(severity), verdicts[finding->verdict]),
		arena_printf(brief->arena, "%s %.*s %.*s: %.*s%.*s%.*s", verdicts[finding->verdict],
			STR_ARG(severity), STR_ARG(kind),
			STR_ARG(plan_prefix(brief, finding->plan)), STR_ARG(message),
			STR_ARG(cause)));
}

/* What an update changes, the same text for the same differences. */
static int differences(
	struct brief *brief, const struct change *change, struct str *ret_text, struct error *err)
{
	struct buf out = BUF(LINE_MOST);
	struct differences all = {0};
	int r = change_diff(change, brief->arena, &all, err);

	for (size_t i = 0; r == 0 && i < all.count && i < DIFFS_MOST; i++) {
		const struct difference *d = &all.items[i];
		struct redactor *redactor = brief->report->redactor;

		buf_add(&out, i ? STR("; ") : STR(": "));
		encode_terminal(&out, redact_text(redactor, d->path, brief->arena));
		if (d->kind == DIFF_SENSITIVITY) {
			buf_add(&out, STR(" sensitivity"));
			continue;
		}
		buf_add_char(&out, ' ');
		encode_terminal(&out,
			node_exists(d->before) ? redact_value(redactor, d->before, d->sensitive,
							 VALUE_MOST, brief->arena)
					       : STR("null"));
		buf_add(&out, STR(" -> "));
		encode_terminal(&out,
			d->kind == DIFF_UNKNOWN ? STR("(known after apply)")
				: node_exists(d->after)
				? redact_value(redactor, d->after, d->sensitive, VALUE_MOST,
					  brief->arena)
				: STR("null"));
	}
	if (r == 0 && all.count > DIFFS_MOST)
		buf_printf(&out, "; and %zu more", all.count - DIFFS_MOST);
	*ret_text = arena_str(brief->arena, buf_str(&out));
	brief->failed = brief->failed || buf_failed(&out);
	buf_free(&out);
	return r;
}

static int add_change(struct brief *brief, const struct plan *plan, const struct change *change,
	struct error *err)
{
	bool destroys = plan_action_destroys(change->action);
	struct str name, what, detail = STR(""), reason = STR("");
	int r = 0;

	if (change->action == ACTION_NO_OP || change->action == ACTION_READ)
		return 0;
	name = safe(brief, change_full_address(change, brief->arena), true);
	what = arena_printf(brief->arena, "%.*s %.*s", STR_ARG(change->action_text),
		STR_ARG(safe(brief, change->type, false)));
	if (change->action == ACTION_UPDATE)
		r = differences(brief, change, &detail, err);
	if (destroys && !str_absent(change_replace_paths_text(change, brief->arena)))
		reason = arena_printf(brief->arena, " (forced by %.*s)",
			STR_ARG(safe(
				brief, change_replace_paths_text(change, brief->arena), false)));
	else if (!str_absent(change->previous_address))
		reason = arena_printf(brief->arena, " (was %.*s)",
			STR_ARG(safe(brief, change->previous_address, true)));
	add(brief, destroys ? RANK_DESTROY : RANK_CHANGE,
		arena_printf(brief->arena, "%.*s%.*s", STR_ARG(what), STR_ARG(detail)), what,
		arena_printf(brief->arena, "%.*s %.*s%.*s%.*s%.*s", STR_ARG(change->action_text),
			STR_ARG(plan_prefix(brief, plan->name)), STR_ARG(name), STR_ARG(reason),
			STR_ARG(detail)));
	return r;
}

static int collect(struct brief *brief, struct error *err)
{
	const struct report *report = brief->report;
	int r = 0;

	for (size_t i = 0; i < report->findings.count; i++)
		add_finding(brief, &report->findings.items[i]);
	for (size_t i = 0; i < report->plan_count; i++) {
		const struct plan *plan = report->plans[i].plan;

		for (size_t k = 0; r == 0 && k < plan->changes.count; k++)
			r = add_change(brief, plan, &plan->changes.items[k], err);
		if (plan->drift.count)
			add(brief, RANK_PASSING, STR("drift"), STR("drift"),
				arena_printf(brief->arena,
					"%.*s%zu objects were changed outside of Terraform",
					STR_ARG(plan_prefix(brief, plan->name)),
					plan->drift.count));
	}
	if (r < 0)
		return r;
	return arena_failed(brief->arena) ? error_memory(err) : 0;
}

static int by_danger(const void *a, const void *b)
{
	const struct line *x = a, *y = b;
	int order;

	if (x->rank != y->rank)
		return (int)x->rank - (int)y->rank;
	/* Findings are sorted worst first already; changes stand with their like. */
	if (x->rank == RANK_CHANGE || x->rank == RANK_DESTROY) {
		order = str_cmp(x->key, y->key);
		if (order)
			return order;
	}
	return x->order < y->order ? -1 : 1;
}

static void plan_head(struct brief *brief, const struct report_plan *told, struct buf *out)
{
	static const char *const verdicts[] = {"pass", "ask", "block"};
	const struct plan_counts *n = &told->counts;

	buf_printf(out, "Plan %.*s: verdict %s; %zu to add, %zu to change, %zu to destroy",
		STR_ARG(safe(brief, told->plan->name, false)), verdicts[told->verdict], n->add,
		n->update, n->destroy);
	if (n->import + n->move + n->forget + n->unknown)
		buf_printf(out, "; %zu to import, %zu to move, %zu to forget, %zu not understood",
			n->import, n->move, n->forget, n->unknown);
	buf_printf(out, "; %zu unchanged.\n", n->no_op);
	if (str_absent(told->intent.file))
		return;
	buf_printf(out, "Intent: %.*s", STR_ARG(safe(brief, told->intent.goal, false)));
	if (!str_absent(told->intent.phase))
		buf_printf(out, " (phase %.*s)", STR_ARG(safe(brief, told->intent.phase, false)));
	buf_add_char(out, '\n');
}

static void head(struct brief *brief, size_t room, struct buf *out)
{
	static const char *const verdicts[] = {"pass", "ask", "block"};
	const struct report *report = brief->report;
	struct plan_counts total = report_total(report);
	CLEANUP(buf_free) struct buf whole = BUF(LINE_MOST * 64);

	for (size_t i = 0; i < report->plan_count; i++)
		plan_head(brief, &report->plans[i], &whole);
	if (!buf_failed(&whole) && token_estimate(buf_str(&whole)) <= room) {
		buf_add(out, buf_str(&whole));
		return;
	}
	brief->folded += report->plan_count;
	buf_printf(out,
		"%zu plans: verdict %s; %zu to add, %zu to change, %zu to destroy, %zu to "
		"forget, %zu not understood. What each is for did not fit.\n",
		report->plan_count, verdicts[report->verdict], total.add, total.update,
		total.destroy, total.forget, total.unknown);
}

/* The end of the group that begins at `from`: one key, or with `coarse` one rank. */
static size_t group_end(const struct brief *brief, size_t from, bool coarse)
{
	const struct line *first = &brief->lines[from];
	size_t end = from + 1;

	while (end < brief->count && brief->lines[end].rank == first->rank &&
		(coarse || str_eq(brief->lines[end].key, first->key)))
		end++;
	return end;
}

static void fold_line(const struct brief *brief, size_t from, size_t end, size_t told, bool coarse,
	struct buf *out)
{
	static const char *const ranks[RANK_COUNT] = {"destroyed or replaced objects",
		"findings that ask or block", "dangers that pass", "other changes",
		"findings that pass"};
	const struct line *first = &brief->lines[from];
	size_t more = end - from - told;

	buf_printf(out, told ? "- and %zu more: " : "- %zu x ", more);
	if (coarse)
		buf_add(out, str_of(ranks[first->rank]));
	else
		buf_add(out, first->rank == RANK_CHANGE ? first->key : first->what);
	buf_add_char(out, '\n');
}

static size_t cost_of_fold(struct brief *brief, size_t from, size_t end, bool coarse)
{
	CLEANUP(buf_free) struct buf out = BUF(LINE_MOST * 4);

	/* As long as any form of it. */
	fold_line(brief, from, end, 0, coarse, &out);
	brief->failed = brief->failed || buf_failed(&out);
	return token_estimate(buf_str(&out)) + 4;
}

static size_t cost_of_folds(struct brief *brief, bool coarse)
{
	size_t cost = 0;

	for (size_t from = 0, end; from < brief->count; from = end) {
		end = group_end(brief, from, coarse);
		cost += cost_of_fold(brief, from, end, coarse);
	}
	return cost;
}

/* Same differences of the same type are said once, with their number and a name. */
static bool is_one_change(const struct brief *brief, size_t from, size_t end)
{
	return brief->lines[from].rank == RANK_CHANGE && end - from > SHARE;
}

static void group(
	struct brief *brief, size_t from, size_t end, bool coarse, size_t *room, struct buf *out)
{
	size_t told = 0, fold = cost_of_fold(brief, from, end, coarse);
	size_t most = is_one_change(brief, from, end) && !coarse ? 1 : end - from;

	*room += fold;
	while (told < most) {
		struct str text = brief->lines[from + told].text;
		size_t cost = token_estimate(text) + 3;
		size_t rest = from + told + 1 < end ? fold : 0;

		if (cost + rest > *room)
			break;
		buf_printf(out, "- %.*s\n", STR_ARG(text));
		*room -= cost;
		told++;
	}
	if (from + told == end)
		return;
	*room -= fold;
	brief->folded += end - from - told;
	fold_line(brief, from, end, told, coarse, out);
}

static void body(struct brief *brief, size_t room, struct buf *out)
{
	static const char *const titles[RANK_COUNT] = {"Destroyed or replaced:\n", "Findings:\n",
		"Dangers that pass:\n", "Other changes:\n", "Passing:\n"};
	bool coarse = cost_of_folds(brief, false) > room;
	size_t spare;

	spare = room - cost_of_folds(brief, coarse);
	for (size_t from = 0, end; from < brief->count; from = end) {
		end = group_end(brief, from, coarse);
		if (!from || brief->lines[from].rank != brief->lines[from - 1].rank)
			buf_add(out, str_of(titles[brief->lines[from].rank]));
		group(brief, from, end, coarse, &spare, out);
	}
}

int brief_text(const struct report *report, size_t budget, struct buf *out, struct error *err)
{
	/* Titles and the last line. */
	enum { FRAME = 100, COARSE = 100 };
	CLEANUP(arena_cleanup) struct arena *arena = arena_create(SCRATCH_MOST);
	struct brief brief = {.report = report, .arena = arena};
	CLEANUP(buf_free) struct buf top = BUF(LINE_MOST * 64);
	int r;

	if (!arena)
		return error_memory(err);
	if (budget < BRIEF_LEAST)
		return error_set(err, ERR_USAGE, "a brief needs at least %d tokens", BRIEF_LEAST);
	r = collect(&brief, err);
	if (r < 0)
		return r;
	if (brief.count)
		qsort(brief.lines, brief.count, sizeof(*brief.lines), by_danger);
	head(&brief, (budget - FRAME - COARSE) / 2, &top);
	buf_add(out, buf_str(&top));
	body(&brief, budget - FRAME - token_estimate(buf_str(&top)), out);
	if (brief.folded)
		buf_printf(out,
			"Folded to fit %zu tokens: %zu lines stand in lines that count them; "
			"nothing is "
			"left out.\n",
			budget, brief.folded);
	else
		buf_add(out, STR("Nothing is folded or left out.\n"));
	return brief.failed || buf_failed(&top) || buf_failed(out) || arena_failed(arena) ||
			arena_failed(report->arena)
		? error_memory(err)
		: 0;
}
