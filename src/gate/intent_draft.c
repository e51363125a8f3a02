/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A first intent for a plan.  It says what the plan creates and updates; what
 * destroys or endangers stands in comments, for a person to decide on line by
 * line.  `otherwise: ask` is what keeps a plan with any destroy from passing its own unedited draft.
 */
#include <stdlib.h>

#include "gate/intent_model.h"
#include "gate/verdict.h"

/* Changes of one configuration address with one action, counted. */
struct group {
	struct str address; /* without keys */
	struct str deposed;
	const struct change *change;
	size_t count;
};

static int compare(const void *left, const void *right)
{
	const struct group *a = left, *b = right;
	int order = str_cmp(a->address, b->address);

	if (order == 0)
		order = (a->change->action > b->change->action) -
			(a->change->action < b->change->action);
	if (order == 0)
		order = str_cmp(a->deposed, b->deposed);
	return order;
}

/* Destroys and what only leaves Terraform's care are for a person to release. */
static bool is_active(const struct change *change)
{
	return str_absent(change->deposed) &&
		(action_bit(change->action) &
			(1u << ACTION_CREATE | 1u << ACTION_UPDATE | 1u << ACTION_MOVE |
				1u << ACTION_IMPORT)) != 0;
}

static bool is_told(const struct change *change)
{
	if (change->mode != MODE_MANAGED || !node_exists(change->self))
		return false;
	return !str_absent(action_word(change->action)) && change->action != ACTION_READ;
}

static int collect(const struct plan *plan, struct arena *arena, struct group **ret_groups,
	size_t *ret_count, struct error *err)
{
	struct group *groups = ARENA_ARRAY(arena, struct group, plan->changes.count);
	size_t count = 0, kept = 0;

	if (!groups)
		return error_memory(err);
	for (size_t i = 0; i < plan->changes.count; i++) {
		const struct change *change = &plan->changes.items[i];

		if (!is_told(change))
			continue;
		groups[count++] = (struct group){
			address_without_keys(change->address, arena), change->deposed, change, 1};
	}
	if (arena_failed(arena))
		return error_memory(err);
	if (count > 1)
		qsort(groups, count, sizeof(*groups), compare);
	for (size_t i = 0; i < count; i++) {
		if (kept > 0 && compare(&groups[kept - 1], &groups[i]) == 0)
			groups[kept - 1].count++;
		else
			groups[kept++] = groups[i];
	}
	*ret_groups = groups;
	*ret_count = kept;
	return 0;
}

static void write_line(
	struct buf *out, const struct group *group, struct arena *arena, bool comment)
{
	struct str text =
		group->count == 1 ? change_full_address(group->change, arena) : group->address;
	struct str address, word = action_word(group->change->action);

	/* Instances in one line go by their common address. */
	if (group->count > 1 && !str_absent(group->deposed))
		text = arena_printf(arena, "%.*s (deposed %.*s)", STR_ARG(group->address),
			STR_ARG(group->deposed));
	address = yaml_scalar(text, arena);
	buf_printf(out, "%s- %.*s: ", comment ? "#  " : "  ", STR_ARG(word));
	buf_add(out, address);
	if (group->count > 1)
		buf_printf(out, "\n%s  count: %zu", comment ? "#  " : "  ", group->count);
	buf_add_char(out, '\n');
}

static void write_groups(
	struct buf *out, const struct group *groups, size_t count, struct arena *arena)
{
	size_t active = 0, passive = 0;

	for (size_t i = 0; i < count; i++) {
		active += is_active(groups[i].change);
		passive += !is_active(groups[i].change);
	}
	if (active > 0) {
		buf_add(out, STR("\nexpect:\n"));
		for (size_t i = 0; i < count; i++)
			if (is_active(groups[i].change))
				write_line(out, &groups[i], arena, false);
	}
	if (passive == 0)
		return;
	buf_add(out,
		STR("\n# These objects would be destroyed or leave Terraform's care. Read each, "
		    "ask whether its\n"
		    "# data is safe, and only then move its line under expect, without the #. A "
		    "destroy needs\n"
		    "# an end:\n"
		    "# expires: YYYY-MM-DD\n"
		    "#expect:\n"));
	for (size_t i = 0; i < count; i++)
		if (!is_active(groups[i].change))
			write_line(out, &groups[i], arena, true);
}

/* Naming a destroy in `expect` lifts what follows from it, so that nothing is left to accept. */
static bool comes_with_destroy(const struct finding *finding, const struct plan *plan)
{
	if (finding->kind != KIND_OUTAGE && finding->kind != KIND_IDENTITY_LOSS &&
		finding->kind != KIND_BLAST_RADIUS)
		return false;
	for (size_t i = 0; i < plan->changes.count; i++)
		if (str_eq(plan->changes.items[i].address, finding->address))
			return plan_action_destroys(plan->changes.items[i].action);
	return false;
}

static void write_hazards(struct buf *out, const struct findings *findings, const struct plan *plan,
	struct arena *arena)
{
	bool any = false;

	for (size_t i = 0; findings && i < findings->count; i++) {
		const struct finding *finding = &findings->items[i];
		struct str rule = yaml_scalar(finding->rule, arena);
		struct str address = yaml_scalar(finding->address, arena);
		struct str path = yaml_scalar(finding->path, arena);

		if (verdict_group(finding->kind) != GROUP_HAZARD || str_absent(finding->address) ||
			!str_eq(finding->plan, plan->name) || comes_with_destroy(finding, plan))
			continue;
		if (!any)
			buf_add(out,
				STR("\n# Hazards. Better than to accept one is to write what an "
				    "update may change, as\n"
				    "# in \"only: {deletion_protection: false}\", or to take it "
				    "out of the plan.\n"
				    "#accept:\n"));
		any = true;
		buf_printf(out, "#  - rule: %.*s\n#    address: ", STR_ARG(rule));
		buf_add(out, address);
		if (!str_empty(finding->path)) {
			buf_add(out, STR("\n#    path: "));
			buf_add(out, path);
		}
		buf_add(out, STR("\n#    reason: WHY\n#    expires: YYYY-MM-DD\n"));
	}
}

int intent_draft(const struct plan *plan, const struct findings *findings, struct buf *out,
	struct error *err)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create((size_t)1024 * 1024 * 1024);
	struct group *groups = NULL;
	size_t count = 0;
	int r;

	if (!arena)
		return error_memory(err);
	r = collect(plan, arena, &groups, &count, err);
	if (r < 0)
		return r;
	buf_add(out,
		STR("# What this change is meant to do. A draft made from the plan, so it says "
		    "what the plan\n"
		    "# does, not yet what you mean: read each line, and add what must not be "
		    "touched.\n"
		    "version: 1\n"));
	/* Where the plan lay is its root only as seen from the repository. */
	if (!str_empty(plan->root) && !str_starts(plan->root, STR("/")) &&
		!str_starts(plan->root, STR(".")))
		buf_printf(out, "root: %.*s\n", STR_ARG(yaml_scalar(plan->root, arena)));
	buf_add(out,
		STR("goal: Say in one sentence what this change is for\n"
		    "# keep: [ADDRESS]\n"
		    "# What no line names is asked about:\n"
		    "otherwise: ask\n"));
	write_groups(out, groups, count, arena);
	write_hazards(out, findings, plan, arena);
	return arena_failed(arena) || buf_failed(out) ? error_memory(err) : 0;
}
