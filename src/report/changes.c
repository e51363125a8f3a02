/* SPDX-License-Identifier: Apache-2.0 */
/*
 * In which order people are told of changes and findings, and what stands
 * together.  Apart from the formats, so that all of them tell the same.
 */
#include <stdlib.h>

#include "report/report.h"

const char *action_sign(enum plan_action action)
{
	switch (action) {
	case ACTION_CREATE:
		return "+";
	case ACTION_UPDATE:
		return "~";
	case ACTION_DELETE:
		return "-";
	case ACTION_REPLACE:
		return "-/+";
	case ACTION_REPLACE_CBD:
		return "+/-";
	case ACTION_READ:
		return "<=";
	default:
		return "*";
	}
}

static int compare(const void *left, const void *right)
{
	const struct report_change *a = left, *b = right;
	int order;

	if (a->change->action != b->change->action)
		return a->change->action < b->change->action ? -1 : 1;
	order = str_cmp(a->change->type, b->change->type);
	if (order == 0)
		order = str_cmp(a->plan->name, b->plan->name);
	if (order == 0)
		order = str_cmp(a->change->address, b->change->address);
	return order ? order : str_cmp(a->change->deposed, b->change->deposed);
}

static bool belongs(const struct change *change, enum report_changes which)
{
	bool destroys = plan_action_destroys(change->action);

	return which == CHANGES_DESTROY ? destroys : !destroys && change->action != ACTION_NO_OP;
}

const struct report_change *report_changes(
	const struct report *report, enum report_changes which, size_t *ret_count)
{
	struct report_change *list = NULL;
	size_t count = 0, room = 0;

	*ret_count = 0;
	for (size_t i = 0; i < report->plan_count; i++) {
		const struct changes *changes = &report->plans[i].plan->changes;

		for (size_t k = 0; k < changes->count; k++) {
			if (!belongs(&changes->items[k], which))
				continue;
			if (!arena_grow(report->arena, (void **)&list, count, &room, sizeof(*list)))
				return NULL;
			list[count++] =
				(struct report_change){report->plans[i].plan, &changes->items[k]};
		}
	}
	if (count)
		qsort(list, count, sizeof(*list), compare);
	*ret_count = count;
	return list;
}

size_t report_run(const struct findings *findings, size_t first)
{
	size_t count = 1;

	while (first + count < findings->count &&
		findings->items[first + count].verdict == findings->items[first].verdict &&
		finding_is_undecided(&findings->items[first + count]) ==
			finding_is_undecided(&findings->items[first]) &&
		str_eq(findings->items[first + count].rule, findings->items[first].rule))
		count++;
	return count;
}

size_t report_decided(const struct findings *findings)
{
	size_t count = findings->count;

	while (count > 0 && finding_is_undecided(&findings->items[count - 1]))
		count--;
	return count;
}

struct str report_undecided(const struct report *report)
{
	const struct findings *findings = &report->findings;
	size_t first = report_decided(findings), counts[KIND_COUNT] = {0};
	struct str text;
	bool any = false;

	if (first == findings->count)
		return (struct str){NULL, 0};
	for (size_t i = first; i < findings->count; i++)
		counts[findings->items[i].kind]++;
	text = arena_printf(report->arena, "%zu undecided until apply:", findings->count - first);
	for (int kind = 0; kind < KIND_COUNT; kind++) {
		struct str name = finding_kind_name((enum finding_kind)kind);

		if (!counts[kind])
			continue;
		text = arena_printf(report->arena, "%.*s%s %.*s %zu", STR_ARG(text), any ? "," : "",
			STR_ARG(name), counts[kind]);
		any = true;
	}
	return text;
}

static const struct plan *plan_of(const struct report *report, struct str name)
{
	for (size_t i = 0; i < report->plan_count; i++)
		if (str_eq(report->plans[i].plan->name, name))
			return report->plans[i].plan;
	return NULL;
}

const struct change *report_change_of(
	const struct report *report, const struct finding *finding, const struct plan **ret_plan)
{
	static const struct str list = STR_INIT("/resource_changes/");
	const struct plan *plan = plan_of(report, finding->plan);
	struct str rest = str_slice(finding->pointer, list.len, finding->pointer.len);
	uint64_t position;

	*ret_plan = plan;
	if (!plan || !str_starts(finding->pointer, list) ||
		!str_to_u64(str_split(&rest, '/'), &position) || position >= plan->changes.count)
		return NULL;
	return &plan->changes.items[position];
}

const struct change_cause *report_cause(
	const struct report *report, const struct plan *plan, const struct change *change)
{
	for (size_t i = 0; i < report->plan_count; i++)
		if (report->plans[i].plan == plan && report->plans[i].causes &&
			change->list == LIST_CHANGES)
			return &report->plans[i].causes[change - plan->changes.items];
	return NULL;
}
