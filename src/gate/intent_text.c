/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The sentences that findings of an intent are made of, and the places that
 * they cite.  Apart so that all of them speak alike.
 */
#include "base/json.h"
#include "gate/intent_model.h"

struct place intent_place(const struct node node)
{
	struct position position = node_position(node);

	if (!node_exists(node))
		return (struct place){0};
	return (struct place){doc_name(node.doc), position.line, position.column};
}

struct finding *intent_finding(struct judge *judge, const struct judged *judged, struct str rule,
	enum finding_kind kind, enum severity severity, struct node place)
{
	struct finding *finding = finding_add(judge->findings, rule, kind, severity);

	if (!finding)
		return NULL;
	finding->plan = judge->plan->name;
	finding->intent = intent_place(place);
	if (!judged)
		return finding;
	finding->address = change_full_address(judged->change, judge->arena);
	finding->pointer = change_pointer(judged->change, judge->arena);
	finding->offset = node_offset(judged->change->self);
	return finding;
}

static struct str reason_text(struct str reason)
{
	static const struct {
		const char *reason;
		struct str text;
	} texts[] = {
		{"replace_because_tainted", STR_INIT("it is tainted")},
		{"replace_by_request", STR_INIT("it was asked for by -replace")},
		{"replace_by_triggers", STR_INIT("a change of another object triggers it")},
		{"delete_because_no_resource_config", STR_INIT("its configuration was removed")},
		{"delete_because_no_module", STR_INIT("its module was removed")},
		{"delete_because_wrong_repetition",
			STR_INIT("count or for_each was added or removed")},
		{"delete_because_count_index", STR_INIT("count no longer reaches it")},
		{"delete_because_each_key", STR_INIT("for_each no longer holds its key")},
		{"delete_because_"
		 "no_move_target",
			STR_INIT("its move has no target")},
	};

	for (size_t i = 0; i < COUNT_OF(texts); i++)
		if (str_is(reason, texts[i].reason))
			return texts[i].text;
	return (struct str){NULL, 0};
}

struct str change_sentence(const struct change *change, struct arena *arena)
{
	static const struct str verbs[ACTION_COUNT] = {
		[ACTION_NO_OP] = STR_INIT("would not change"),
		[ACTION_CREATE] = STR_INIT("would be created"),
		[ACTION_READ] = STR_INIT("would be read"),
		[ACTION_UPDATE] = STR_INIT("would be updated in place"),
		[ACTION_DELETE] = STR_INIT("would be destroyed"),
		[ACTION_REPLACE] = STR_INIT("would be replaced"),
		[ACTION_REPLACE_CBD] = STR_INIT("would be replaced, the new one first"),
		[ACTION_FORGET] = STR_INIT("would leave Terraform's care"),
		[ACTION_CREATE_FORGET] =
			STR_INIT("would be created anew and the old one forgotten"),
		[ACTION_FORGET_CREATE] = STR_INIT("would be forgotten and created anew"),
		[ACTION_MOVE] = STR_INIT("would be moved"),
		[ACTION_IMPORT] = STR_INIT("would be imported"),
		[ACTION_OPEN] = STR_INIT("would be opened"),
		[ACTION_RENEW] = STR_INIT("would be renewed"),
		[ACTION_CLOSE] = STR_INIT("would be closed"),
		[ACTION_UNKNOWN] = STR_INIT("would undergo an action that weir does not know"),
	};
	struct str verb = verbs[change->action];
	struct str paths = change_replace_paths_text(change, arena);
	struct str reason = reason_text(change->action_reason);

	if (!str_empty(change->previous_address) &&
		!str_eq(change->previous_address, change->address))
		verb = arena_printf(arena, "%.*s, coming from %.*s", STR_ARG(verb),
			STR_ARG(change->previous_address));
	if (plan_action_replaces(change->action) && !str_empty(paths))
		return arena_printf(arena, "%.*s, because %.*s cannot change in place",
			STR_ARG(verb), STR_ARG(paths));
	if (!str_absent(reason))
		return arena_printf(arena, "%.*s, because %.*s", STR_ARG(verb), STR_ARG(reason));
	return verb;
}

struct str value_text(struct node value, bool sensitive, struct arena *arena)
{
	enum { MOST = 60 };
	CLEANUP(buf_free) struct buf out = BUF((size_t)64 * 1024 * 1024);
	struct str text;
	size_t end = MOST;

	if (sensitive)
		return STR("a sensitive value");
	if (node_is_null(value))
		return STR("null");
	json_canonical(value, NULL, &out);
	if (buf_failed(&out))
		return STR("a large value");
	text = buf_str(&out);
	if (text.len <= MOST)
		return arena_str(arena, text);
	while (end > 0 && ((unsigned char)text.data[end] & 0xc0) == 0x80)
		end--;
	return arena_printf(arena, "%.*s...", (int)end, text.data);
}
