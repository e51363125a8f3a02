/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From a document to a compiled intent.  All phases are compiled, the one
 * that holds is chosen, and every mistake is an error with its place: an
 * intent that is half understood would protect half.
 */
#include "gate/expiry.h"
#include "gate/intent_model.h"

#define LINE_MEMBERS "keep", "expect", "allow", "forbid", "otherwise", "accept"

static int read_list(struct node node, struct error *err)
{
	if (node_is_array(node))
		return 0;
	return error_node(err, ERR_INTENT_SYNTAX, node, "a list is expected here");
}

static int read_keep(struct keeps *keeps, struct node node, struct arena *arena, struct error *err)
{
	struct node_iter it = node_children(node);
	int r = read_list(node, err);

	while (r == 0 && node_next(&it)) {
		struct keep keep = {.place = it.value};

		r = intent_read_address(it.value, arena, &keep.glob, err);
		if (r < 0)
			break;
		if (!arena_grow(arena, (void **)&keeps->items, keeps->count, &keeps->room,
			    sizeof(*keeps->items)))
			return error_memory(err);
		keeps->items[keeps->count++] = keep;
	}
	return r;
}

static int read_entries(struct intent *intent, struct entries *entries, struct node node,
	enum entry_list list, struct arena *arena, struct error *err)
{
	struct node_iter it = node_children(node);
	int r = read_list(node, err);

	while (r == 0 && node_next(&it)) {
		struct entry entry;

		r = intent_read_entry(intent, it.value, list, arena, &entry, err);
		if (r < 0)
			break;
		if (!arena_grow(arena, (void **)&entries->items, entries->count, &entries->room,
			    sizeof(*entries->items)))
			return error_memory(err);
		entries->items[entries->count++] = entry;
	}
	return r;
}

static int read_expiry(struct node node, struct arena *arena, struct str *ret_text,
	int64_t *ret_end, struct error *err)
{
	struct str text = {NULL, 0};
	int r = intent_read_text(node, arena, &text, err);

	if (r < 0)
		return r;
	if (!expiry_parse(text, ret_end))
		return error_node(err, ERR_INTENT_SYNTAX, node,
			"a date is expected, as 2026-12-24 or 2026-12-24T18:00:00Z");
	*ret_text = text;
	return 0;
}

static int read_accept(
	struct accepts *accepts, struct node node, struct arena *arena, struct error *err)
{
	static const char *const names[] = {"rule", "address", "path", "reason", "expires", NULL};
	static const char *const needed[] = {"rule", "address", "reason", "expires"};
	struct accept accept = {.place = node};
	struct str expires;
	int r = intent_check_members(node, names, err);

	for (size_t i = 0; r == 0 && i < COUNT_OF(needed); i++)
		if (!node_exists(node_get(node, str_of(needed[i]))))
			r = error_node(err, ERR_INTENT_SYNTAX, node,
				"accept needs rule, address, reason and expires; %s is missing",
				needed[i]);
	if (r == 0)
		r = intent_read_text(NODE_GET(node, "rule"), arena, &accept.rule, err);
	if (r == 0)
		r = intent_read_address(NODE_GET(node, "address"), arena, &accept.glob, err);
	if (r == 0 && node_exists(NODE_GET(node, "path")))
		r = intent_read_text(NODE_GET(node, "path"), arena, &accept.path, err);
	if (r == 0)
		r = intent_read_text(NODE_GET(node, "reason"), arena, &accept.reason, err);
	if (r == 0)
		r = read_expiry(NODE_GET(node, "expires"), arena, &expires, &accept.end, err);
	if (r < 0)
		return r;
	if (!arena_grow(arena, (void **)&accepts->items, accepts->count, &accepts->room,
		    sizeof(*accepts->items)))
		return error_memory(err);
	accepts->items[accepts->count++] = accept;
	return 0;
}

static int read_otherwise(struct phase *phase, struct node node, struct error *err)
{
	phase->otherwise_place = node;
	if (node_text_is(node, STR("pass")))
		phase->otherwise = OTHERWISE_PASS;
	else if (node_text_is(node, STR("ask")))
		phase->otherwise = OTHERWISE_ASK;
	else if (node_text_is(node, STR("block")))
		phase->otherwise = OTHERWISE_BLOCK;
	else
		return error_node(err, ERR_INTENT_SYNTAX, node, "otherwise is pass, ask or block");
	return 0;
}

static int add_require(
	struct phase *phase, struct node node, struct arena *arena, struct error *err)
{
	struct require require = {.place = node};
	int r = intent_read_text(node, arena, &require.name, err);

	if (r < 0)
		return r;
	if (!arena_grow(arena, (void **)&phase->requires, phase->require_count,
		    &phase->require_room, sizeof(*phase->requires)))
		return error_memory(err);
	phase->requires[phase->require_count++] = require;
	return 0;
}

static int read_requires(
	struct phase *phase, struct node node, struct arena *arena, struct error *err)
{
	struct node_iter it = node_children(node);
	int r = 0;

	if (!node_is_array(node))
		return add_require(phase, node, arena, err);
	while (r == 0 && node_next(&it))
		r = add_require(phase, it.value, arena, err);
	return r;
}

/* keep, expect, allow, forbid, otherwise, accept: of a phase, or outside of phases. */
static int read_lines(struct intent *intent, struct phase *phase, struct node node,
	struct arena *arena, struct error *err)
{
	static const struct {
		const char *name;
		enum entry_list list;
	} lists[] = {{"expect", LIST_EXPECT}, {"allow", LIST_ALLOW}, {"forbid", LIST_FORBID}};
	struct node keep = NODE_GET(node, "keep"), accept = NODE_GET(node, "accept");
	struct node otherwise = NODE_GET(node, "otherwise");
	struct node_iter it = node_children(accept);
	int r = 0;

	phase->otherwise = OTHERWISE_TABLE;
	if (node_exists(keep))
		r = read_keep(&phase->keep, keep, arena, err);
	for (size_t i = 0; r == 0 && i < COUNT_OF(lists); i++) {
		struct node list = node_get(node, str_of(lists[i].name));

		if (node_exists(list))
			r = read_entries(intent, &phase->entries, list, lists[i].list, arena, err);
	}
	if (r == 0 && node_exists(otherwise))
		r = read_otherwise(phase, otherwise, err);
	if (r == 0 && node_exists(accept))
		r = read_list(accept, err);
	while (r == 0 && node_next(&it))
		r = read_accept(&phase->accept, it.value, arena, err);
	return r;
}

static int read_phase(struct intent *intent, struct node key, struct node node, struct arena *arena,
	struct error *err)
{
	static const char *const names[] = {LINE_MEMBERS, "requires", "goal", NULL};
	struct phase phase = {.place = key};
	int r = intent_read_text(key, arena, &phase.name, err);

	if (r == 0)
		r = intent_check_members(node, names, err);
	if (r == 0)
		r = read_lines(intent, &phase, node, arena, err);
	if (r == 0 && node_exists(NODE_GET(node, "requires")))
		r = read_requires(&phase, NODE_GET(node, "requires"), arena, err);
	if (r < 0)
		return r;
	if (!arena_grow(arena, (void **)&intent->phases, intent->phase_count, &intent->phase_room,
		    sizeof(*intent->phases)))
		return error_memory(err);
	intent->phases[intent->phase_count++] = phase;
	return 0;
}

static struct phase *find_phase(struct intent *intent, struct str name)
{
	for (size_t i = 0; i < intent->phase_count; i++)
		if (str_eq(intent->phases[i].name, name))
			return &intent->phases[i];
	return NULL;
}

static int read_phases(
	struct intent *intent, struct node root, struct arena *arena, struct error *err)
{
	struct node phases = NODE_GET(root, "phases");
	struct node_iter it = node_children(phases);
	int r = 0;

	if (!node_exists(phases))
		return 0;
	if (!node_is_object(phases) || node_count(phases) == 0)
		return error_node(
			err, ERR_INTENT_SYNTAX, phases, "phases by name are expected here");
	if (node_exists(NODE_GET(root, "expect")))
		return error_node(err, ERR_INTENT_SYNTAX, NODE_GET(root, "expect"),
			"with phases, each expectation belongs into one of them");
	while (r == 0 && node_next(&it))
		r = read_phase(intent, it.key, it.value, arena, err);
	for (size_t i = 0; r == 0 && i < intent->phase_count; i++) {
		const struct phase *phase = &intent->phases[i];

		for (size_t j = 0; r == 0 && j < phase->require_count; j++) {
			const struct phase *other = find_phase(intent, phase->requires[j].name);

			if (!other || other == phase)
				r = error_node(err, ERR_INTENT_SYNTAX, phase->requires[j].place,
					"requires names a phase that is not another one of this "
					"file");
		}
	}
	return r;
}

static int choose_phase(struct intent *intent, struct node root,
	const struct intent_options *options, struct arena *arena, struct error *err)
{
	struct node node = NODE_GET(root, "phase");
	struct str written = {NULL, 0};
	int r = 0;

	intent->phase_place = node;
	if (node_exists(node))
		r = intent_read_text(node, arena, &written, err);
	if (r < 0)
		return r;
	if (intent->phase_count == 0) {
		if (!str_absent(options->phase) && !options->any_phase)
			return error_set(err, ERR_INTENT_PHASE,
				"the intent has no phases, so none can be chosen");
		if (node_exists(node))
			return error_node(
				err, ERR_INTENT_SYNTAX, node, "there are no phases in this file");
		return 0;
	}
	if (!str_absent(written) && !find_phase(intent, written))
		return error_node(
			err, ERR_INTENT_PHASE, node, "there is no such phase in this file");
	if (options->any_phase) {
		intent->active = str_absent(written) ? NULL : find_phase(intent, written);
		return 0;
	}
	if (!str_absent(options->phase)) {
		intent->active = find_phase(intent, options->phase);
		intent->phase_given = true;
		return intent->active
			? 0
			: error_set(err, ERR_INTENT_PHASE, "the intent has no phase \"%.*s\"",
				  STR_ARG(options->phase));
	}
	if (str_absent(written))
		return error_node(err, ERR_INTENT_PHASE, NODE_GET(root, "phases"),
			"there are phases and no \"phase:\" says which one holds");
	intent->active = find_phase(intent, written);
	return 0;
}

static int check_expires(
	const struct intent *intent, const struct entries *entries, struct error *err)
{
	for (size_t i = 0; i < entries->count; i++) {
		const struct entry *entry = &entries->items[i];

		if (entry->list != LIST_FORBID && (entry->actions & ACTIONS_DESTROY) &&
			intent->end == INT64_MAX)
			return error_node(err, ERR_INTENT_EXPIRES, entry->place,
				"a destroy is allowed here, so the intent needs \"expires: DATE\" "
				"at its top");
	}
	return 0;
}

static int read_head(
	struct intent *intent, struct node root, struct arena *arena, struct error *err)
{
	static const char *const names[] = {"version", "root", "workspace", "goal", "expires",
		"phase", "phases", LINE_MEMBERS, NULL};
	struct node version = NODE_GET(root, "version");
	int64_t number = 0;
	int r;

	if (!node_is_object(root))
		return error_node(
			err, ERR_INTENT_SYNTAX, root, "an intent begins with \"version: 1\"");
	if (!node_exists(version))
		return error_node(err, ERR_INTENT_VERSION, root, "\"version: 1\" is missing");
	if (!node_to_i64(version, &number) || number != 1)
		return error_node(err, ERR_INTENT_VERSION, version, "this weir reads version 1");
	r = intent_check_members(root, names, err);
	intent->root_place = NODE_GET(root, "root");
	intent->workspace_place = NODE_GET(root, "workspace");
	intent->expires_place = NODE_GET(root, "expires");
	if (r == 0 && node_exists(intent->root_place))
		r = intent_read_text(intent->root_place, arena, &intent->root, err);
	if (r == 0 && node_exists(intent->workspace_place))
		r = intent_read_text(intent->workspace_place, arena, &intent->workspace, err);
	if (r == 0 && node_exists(NODE_GET(root, "goal")))
		r = intent_read_text(NODE_GET(root, "goal"), arena, &intent->goal, err);
	if (r == 0 && node_exists(intent->expires_place))
		r = read_expiry(intent->expires_place, arena, &intent->expires, &intent->end, err);
	return r;
}

int intent_read(const struct doc *doc, const struct intent_options *options, struct arena *arena,
	struct intent **ret_intent, struct error *err)
{
	struct intent *intent = ARENA_NEW(arena, struct intent);
	struct node root = doc_root(doc);
	int r;

	if (!intent)
		return error_memory(err);
	intent->doc = doc;
	intent->end = INT64_MAX;
	intent->now = options->now;
	intent->common.place = root;
	r = read_head(intent, root, arena, err);
	if (r == 0)
		r = read_lines(intent, &intent->common, root, arena, err);
	if (r == 0)
		r = read_phases(intent, root, arena, err);
	if (r == 0)
		r = check_expires(intent, &intent->common.entries, err);
	for (size_t i = 0; r == 0 && i < intent->phase_count; i++)
		r = check_expires(intent, &intent->phases[i].entries, err);
	if (r == 0)
		r = choose_phase(intent, root, options, arena, err);
	if (r < 0)
		return r;
	if (arena_failed(arena))
		return error_memory(err);
	*ret_intent = intent;
	return 0;
}

struct str intent_goal(const struct intent *intent)
{
	return intent->goal;
}

struct str intent_phase(const struct intent *intent)
{
	return intent->active ? intent->active->name : (struct str){NULL, 0};
}

struct str intent_root(const struct intent *intent)
{
	return intent->root;
}
