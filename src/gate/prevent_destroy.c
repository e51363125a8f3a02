/* SPDX-License-Identifier: Apache-2.0 */
/*
 * prevent_destroy by comparing configurations.  Apart from the rules, which see
 * one change of a plan: no plan carries a lifecycle.
 */
#include "gate/prevent_destroy.h"

#include "plan/reference.h"

static bool is_protected_object(const struct change *change)
{
	return change->mode == MODE_MANAGED && change->action != ACTION_CREATE &&
		change->action != ACTION_IMPORT && str_absent(change->deposed);
}

static void report(const struct hcl_block *was, const struct hcl_block *now,
	enum prevent_destroy left, const struct plan *plan, const struct change *change,
	struct findings *findings)
{
	bool destroyed = plan_action_destroys(change->action);
	struct arena *arena = findings->arena;
	struct finding *finding = finding_add(findings, STR("prevent-destroy-lost"),
		KIND_PREVENT_DESTROY_LOST, destroyed ? SEVERITY_HIGH : SEVERITY_MEDIUM);

	if (!finding)
		return;
	if (left == PREVENT_UNKNOWN || was->prevent_destroy == PREVENT_UNKNOWN)
		finding->state = STATE_UNKNOWN;
	finding->plan = plan->name;
	finding->address = change_full_address(change, arena);
	finding->message = arena_printf(arena, "%s%.*s %s, and nothing prevents it any more",
		finding->state == STATE_UNKNOWN ? "not decidable: " : "", STR_ARG(finding->address),
		plan_action_replaces(change->action) ? "would be replaced"
			: destroyed                  ? "would be destroyed"
						     : "could be destroyed from now on");
	finding->cause =
		arena_printf(arena, "prevent_destroy stood in %.*s:%u before this change%s",
			STR_ARG(was->file), was->line, now ? "" : ", and the whole block is gone");
	finding->remedy = destroyed ? STR("Leave prevent_destroy where it is unless this object "
					  "is to go.")
				    : STR("Put prevent_destroy back, or say why it may go.");
	finding->pointer = change_pointer(change, arena);
	finding->offset = node_offset(change->self);
	if (now)
		finding->config = (struct place){now->file, now->line, 0};
}

void prevent_destroy_judge(const struct hcl_configuration *before,
	const struct hcl_configuration *now, const struct plan *plan, struct findings *findings)
{
	for (size_t i = 0; i < plan->changes.count; i++) {
		const struct change *change = &plan->changes.items[i];
		struct str old = str_absent(change->previous_address) ? change->address
								      : change->previous_address;
		const struct hcl_block *was, *is;
		enum prevent_destroy left;

		if (!is_protected_object(change))
			continue;
		was = hcl_find(before, address_without_keys(old, findings->arena));
		if (!was || was->prevent_destroy == PREVENT_NOT)
			continue;
		is = hcl_find(now, address_without_keys(change->address, findings->arena));
		left = is ? is->prevent_destroy : PREVENT_NOT;
		if (left < was->prevent_destroy)
			report(was, is, left, plan, change, findings);
	}
}

/* "module.a.module.b.x.y" to "module.a.module.b" to "module.a". */
static struct str outer_module(struct str address)
{
	struct str rest = address, found = {NULL, 0};

	while (str_starts(rest, STR("module."))) {
		struct str after = str_slice(rest, sizeof("module.") - 1, rest.len);
		size_t dot = str_find_char(after, '.');

		if (dot == SIZE_MAX)
			break;
		rest = str_slice(after, dot + 1, after.len);
		found = str_slice(address, 0, (size_t)(rest.data - address.data) - 1);
	}
	return found;
}

const struct hcl_block *block_of(
	const struct hcl_configuration *configuration, struct str address, struct arena *arena)
{
	struct str plain = address_without_keys(
		str_slice(address, 0, str_find(address, STR(" (deposed "))), arena);

	while (!str_empty(plain)) {
		const struct hcl_block *block = hcl_find(configuration, plain);

		if (block)
			return block;
		plain = outer_module(plain);
	}
	return NULL;
}

void findings_place(const struct hcl_configuration *now, struct findings *findings)
{
	for (size_t i = 0; i < findings->count; i++) {
		struct finding *finding = &findings->items[i];
		const struct hcl_block *block;

		if (str_absent(finding->address) || !str_absent(finding->config.file))
			continue;
		block = block_of(now, finding->address, findings->arena);
		if (block)
			finding->config = (struct place){block->file, block->line, 0};
	}
}
