/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The facts of one plan, indexed by the names that people give them.  It is
 * apart from both readers (prose, claims) since they must not differ in what is true.
 */
#include "model/facts.h"

#include <stdlib.h>

enum { MODULE_DEPTH_MOST = 64 };

bool kind_must_be_told(enum finding_kind kind)
{
	return kind <= KIND_PREVENT_DESTROY_LOST;
}

static bool loses(enum finding_kind kind)
{
	return kind == KIND_STATEFUL_DESTROY || kind == KIND_STATEFUL_REPLACE ||
		kind == KIND_HIDDEN_DESTROY;
}

static void add_name(
	struct facts *facts, struct str text, enum name_kind kind, const struct change *change)
{
	if (str_absent(text) ||
		!arena_grow(facts->arena, (void **)&facts->names, facts->name_count,
			&facts->name_room, sizeof(*facts->names)))
		return;
	facts->names[facts->name_count++] = (struct name){text, kind, change};
}

/* An address without the brackets of its last part, or of all parts. */
static struct str without_index(struct arena *arena, struct str address, bool all)
{
	char *to;
	size_t len = 0, depth = 0;
	bool quoted = false;

	if (!all) {
		size_t open = SIZE_MAX;

		if (!str_ends(address, STR("]")))
			return address;
		/* Brackets may stand inside the key. */
		for (size_t i = 0; i < address.len; i++) {
			char c = address.data[i];

			if (quoted && c == '\\')
				i++;
			else if (c == '"')
				quoted = !quoted;
			else if (c == '[' && !quoted)
				open = i;
		}
		return str_slice(address, 0, open);
	}
	to = arena_alloc(arena, address.len + 1);
	for (size_t i = 0; to && i < address.len; i++) {
		char c = address.data[i];

		if (quoted && c == '\\') {
			i++;
			continue;
		}
		if (c == '"')
			quoted = !quoted;
		if (c == '[' && !quoted)
			depth++;
		if (!depth)
			to[len++] = c;
		if (c == ']' && !quoted && depth)
			depth--;
	}
	return to ? (struct str){to, len} : (struct str){NULL, 0};
}

/* "module.a[0]" and "module.a" of "module.a[0].module.b". */
static void add_modules(struct facts *facts, const struct change *change)
{
	struct str module = change->module;
	bool quoted = false;

	for (size_t i = 0; i <= module.len; i++) {
		struct str part = str_slice(module, 0, i);

		if (i < module.len && module.data[i] == '"')
			quoted = !quoted;
		if (quoted || (i < module.len && module.data[i] != '.') ||
			str_ends(part, STR("module")) || !i)
			continue;
		add_name(facts, part, NAME_MODULE, change);
		if (str_find_char(part, '[') != SIZE_MAX) {
			add_name(facts, without_index(facts->arena, part, false), NAME_MODULE,
				change);
			add_name(facts, without_index(facts->arena, part, true), NAME_MODULE,
				change);
		}
	}
}

static void add_change(struct facts *facts, const struct change *change)
{
	add_name(facts, change->address, NAME_OBJECT, change);
	if (!str_absent(change->previous_address))
		add_name(facts, change->previous_address, NAME_PREVIOUS, change);
	if (str_find_char(change->address, '[') != SIZE_MAX) {
		struct str last = without_index(facts->arena, change->address, false);
		struct str all = without_index(facts->arena, change->address, true);

		if (!str_eq(last, change->address))
			add_name(facts, last, NAME_RESOURCE, change);
		if (!str_eq(all, last))
			add_name(facts, all, NAME_RESOURCE, change);
	}
	if (!str_absent(change->module))
		add_modules(facts, change);
}

/* What only the configuration knows: data sources that were read, resources without instances. */
static void add_configuration(
	struct facts *facts, struct node module, struct str prefix, unsigned depth)
{
	struct node_iter it = node_children(NODE_GET(module, "resources"));

	while (node_next(&it)) {
		struct str address = node_text(NODE_GET(it.value, "address"), facts->arena);

		if (!str_absent(address))
			add_name(facts,
				arena_printf(facts->arena, "%.*s%.*s", STR_ARG(prefix),
					STR_ARG(address)),
				NAME_OTHER, NULL);
	}
	it = node_children(NODE_GET(module, "variables"));
	while (depth == 0 && node_next(&it))
		add_name(facts, arena_printf(facts->arena, "var.%.*s", STR_ARG(node_raw(it.key))),
			NAME_OTHER, NULL);
	it = node_children(NODE_GET(module, "module_calls"));
	while (depth < MODULE_DEPTH_MOST && node_next(&it)) {
		struct str inner = arena_printf(facts->arena, "%.*smodule.%.*s", STR_ARG(prefix),
			STR_ARG(node_raw(it.key)));

		add_name(facts, inner, NAME_OTHER, NULL);
		add_configuration(facts, NODE_GET(it.value, "module"),
			arena_printf(facts->arena, "%.*s.", STR_ARG(inner)), depth + 1);
	}
}

static struct need *add_need(
	struct facts *facts, struct str address, struct str deposed, const struct change *change)
{
	struct need *need = NULL;

	if (!arena_grow(facts->arena, (void **)&facts->needs, facts->need_count, &facts->need_room,
		    sizeof(*facts->needs)))
		return NULL;
	need = &facts->needs[facts->need_count++];
	*need = (struct need){.address = address, .deposed = deposed, .change = change};
	if (change && facts->need_of)
		facts->need_of[change - facts->plan->changes.items] = facts->need_count;
	return need;
}

struct need *facts_need(const struct facts *facts, struct str address, struct str deposed)
{
	const struct change *change = facts_change(facts, address, deposed);
	size_t place =
		change && facts->need_of ? facts->need_of[change - facts->plan->changes.items] : 0;

	if (change)
		return place ? &facts->needs[place - 1] : NULL;
	/* Outputs and variables: few. */
	for (size_t i = 0; i < facts->need_count; i++)
		if (!facts->needs[i].change && str_eq(facts->needs[i].address, address) &&
			str_eq(facts->needs[i].deposed, deposed))
			return &facts->needs[i];
	return NULL;
}

/* "aws_x.y (deposed 0123)" is an address and a key. */
static struct str split_deposed(struct str full, struct str *ret_deposed)
{
	size_t at = str_find(full, STR(" (deposed "));

	*ret_deposed = (struct str){NULL, 0};
	if (at == SIZE_MAX || !str_ends(full, STR(")")))
		return full;
	*ret_deposed = str_slice(full, at + STR(" (deposed ").len, full.len - 1);
	return str_slice(full, 0, at);
}

static void add_finding(struct facts *facts, const struct finding *finding)
{
	struct str deposed, address;
	struct need *need;

	if (!kind_must_be_told(finding->kind) || finding->state == STATE_UNKNOWN ||
		str_absent(finding->address))
		return;
	address = split_deposed(finding->address, &deposed);
	need = facts_need(facts, address, deposed);
	if (!need)
		need = add_need(facts, address, deposed, facts_change(facts, address, deposed));
	if (!need)
		return;
	if (loses(finding->kind)) {
		facts->stateful_destroys += need->destroyed && !need->loses;
		need->loses = facts->loses = true;
	}
	need->hazard = true;
	if (finding->severity > need->severity)
		need->severity = finding->severity;
}

static int by_text(const void *a, const void *b)
{
	const struct name *x = a, *y = b;
	int order = str_cmp(x->text, y->text);

	return order ? order : (int)x->kind - (int)y->kind;
}

static void count_change(struct facts *facts, const struct change *change)
{
	facts->by_action[change->action]++;
	facts->changed += change->action != ACTION_NO_OP && change->action != ACTION_READ;
	facts->with_previous += !str_absent(change->previous_address);
}

int facts_build(const struct plan *plan, const struct findings *findings, struct arena *arena,
	struct facts **ret_facts, struct error *err)
{
	struct facts *facts = ARENA_NEW(arena, struct facts);

	if (!facts)
		return error_memory(err);
	facts->arena = arena;
	facts->plan = plan;
	facts->need_of = ARENA_ARRAY(arena, size_t, plan->changes.count);
	facts->effort = ARENA_NEW(arena, size_t);
	plan_count(plan, &facts->counts);
	for (size_t i = 0; i < plan->changes.count; i++) {
		const struct change *change = &plan->changes.items[i];

		add_change(facts, change);
		count_change(facts, change);
		if (plan_action_destroys(change->action)) {
			struct need *need =
				add_need(facts, change->address, change->deposed, change);

			if (need)
				need->destroyed = true;
		}
	}
	for (size_t i = 0; i < plan->drift.count; i++)
		add_name(facts, plan->drift.items[i].address, NAME_OTHER, NULL);
	for (size_t i = 0; i < plan->output_count; i++)
		add_name(facts, arena_printf(arena, "output.%.*s", STR_ARG(plan->outputs[i].name)),
			NAME_OTHER, NULL);
	add_configuration(facts, NODE_GET(plan->configuration, "root_module"), STR(""), 0);
	if (arena_failed(arena))
		return error_memory(err);
	if (facts->name_count)
		qsort(facts->names, facts->name_count, sizeof(*facts->names), by_text);
	for (size_t i = 0; i < findings->count; i++)
		add_finding(facts, &findings->items[i]);
	if (arena_failed(arena))
		return error_memory(err);
	*ret_facts = facts;
	return 0;
}

const struct name *facts_find(const struct facts *facts, struct str text, size_t *ret_count)
{
	size_t low = 0, high = facts->name_count, count = 0;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (str_cmp(facts->names[middle].text, text) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	while (low + count < facts->name_count && str_eq(facts->names[low + count].text, text))
		count++;
	*ret_count = count;
	return count ? &facts->names[low] : NULL;
}

const struct change *facts_change(const struct facts *facts, struct str address, struct str deposed)
{
	size_t count;
	const struct name *names = facts_find(facts, address, &count);

	for (size_t i = 0; i < count; i++)
		if (names[i].kind == NAME_OBJECT && str_eq(names[i].change->deposed, deposed))
			return names[i].change;
	return NULL;
}

bool facts_has_type(const struct facts *facts, struct str type)
{
	size_t end = str_find_char(type, '_');
	struct str provider = str_slice(type, 0, end == SIZE_MAX ? type.len : end + 1);

	for (size_t i = 0; i < facts->plan->changes.count; i++) {
		struct str known = facts->plan->changes.items[i].type;

		if (str_eq(known, type) || (end != SIZE_MAX && str_starts(known, provider)))
			return true;
	}
	return false;
}

bool facts_has_name(const struct facts *facts, struct str name)
{
	for (size_t i = 0; i < facts->plan->changes.count; i++)
		if (str_eq(facts->plan->changes.items[i].name, name))
			return true;
	return false;
}

bool change_allows(const struct change *change, enum said said)
{
	const unsigned moved = str_absent(change->previous_address) ? 0 : 1u << SAID_MOVE;
	const unsigned imported = change->importing ? 1u << SAID_IMPORT : 0;
	static const unsigned allowed[ACTION_COUNT] = {
		[ACTION_NO_OP] = 1u << SAID_KEEP,
		[ACTION_CREATE] = 1u << SAID_CREATE | 1u << SAID_CHANGE,
		[ACTION_READ] = 1u << SAID_READ,
		[ACTION_UPDATE] = 1u << SAID_UPDATE | 1u << SAID_CHANGE,
		[ACTION_DELETE] = 1u << SAID_DESTROY | 1u << SAID_END,
		[ACTION_REPLACE] = 1u << SAID_DESTROY | 1u << SAID_REPLACE | 1u << SAID_CREATE |
			1u << SAID_END | 1u << SAID_CHANGE,
		[ACTION_REPLACE_CBD] = 1u << SAID_DESTROY | 1u << SAID_REPLACE | 1u << SAID_CREATE |
			1u << SAID_END | 1u << SAID_CHANGE,
		[ACTION_FORGET] = 1u << SAID_FORGET,
		[ACTION_CREATE_FORGET] = 1u << SAID_FORGET | 1u << SAID_CREATE,
		[ACTION_FORGET_CREATE] = 1u << SAID_FORGET | 1u << SAID_CREATE,
		[ACTION_MOVE] = 1u << SAID_MOVE | 1u << SAID_KEEP,
		[ACTION_IMPORT] = 1u << SAID_IMPORT | 1u << SAID_KEEP,
	};

	return (allowed[change->action] | moved | imported) >> said & 1;
}
