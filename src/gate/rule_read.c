/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading rules: one document of data/hazards/ or of a team's own, into the
 * model.  Whatever is not understood is an error with file, line and column; a
 * rule that is half understood would be a guard that sleeps.
 */
#include <string.h>

#include "base/builtin.h"
#include "base/json.h"
#include "gate/rule_model.h"

enum { RULE_TEXT_MOST = 16 << 20 };

static int bad(struct node node, struct error *err, const char *what)
{
	return error_node(err, ERR_RULE_SYNTAX, node, "%s", what);
}

static int read_text(struct rules *rules, struct node rule, const char *key, bool required,
	struct str *ret_text, struct error *err)
{
	struct node node = node_get(rule, str_of(key));

	if (!node_exists(node) && !required)
		return 0;
	if (!node_is_string(node) || node_raw(node).len == 0)
		return error_node(err, ERR_RULE_SYNTAX, node_exists(node) ? node : rule,
			"a rule needs a text as its %s", key);
	*ret_text = arena_str(rules->arena, node_text(node, rules->arena));
	return 0;
}

static int read_template(struct rules *rules, struct node rule, const char *key,
	struct str *ret_text, struct error *err)
{
	int r = read_text(rules, rule, key, false, ret_text, err);

	if (r == 0 && !str_absent(*ret_text) && !template_valid(*ret_text))
		return bad(node_get(rule, str_of(key)), err,
			"there is a {placeholder} in it that is not known");
	return r;
}

/*
 * When a rule of a kind looks, unless it says so itself: a create loosens nothing, but it can
 * expose; only what stays can lose something inside.
 */
static unsigned default_actions(enum finding_kind kind)
{
	const unsigned update = 1u << ACTION_UPDATE, create = 1u << ACTION_CREATE;
	const unsigned replace = 1u << ACTION_REPLACE | 1u << ACTION_REPLACE_CBD;
	const unsigned gone = 1u << ACTION_DELETE;

	switch (kind) {
	case KIND_STATEFUL_DESTROY:
		return gone;
	case KIND_STATEFUL_REPLACE:
		return replace;
	case KIND_UNKNOWN_TYPE_DESTROY:
	case KIND_OUTAGE:
	case KIND_IDENTITY_LOSS:
	case KIND_BLAST_RADIUS:
		return gone | replace;
	case KIND_HIDDEN_DESTROY:
		return update;
	case KIND_EXPOSURE:
	case KIND_PRIVILEGE:
	case KIND_SECRET_IN_PLAINTEXT:
		return create | update | replace;
	default:
		return update | replace;
	}
}

static int read_actions(struct rules *rules, struct node node, struct rule *rule, struct error *err)
{
	const struct str *names;
	size_t count;
	int r;

	rule->actions = default_actions(rule->info.kind);
	if (!node_exists(node))
		return 0;
	rule->actions = 0;
	r = texts_read(node, rules->arena, &names, &count, err);
	for (size_t i = 0; r == 0 && i < count; i++) {
		if (str_is(names[i], "create"))
			rule->actions |= 1u << ACTION_CREATE;
		else if (str_is(names[i], "update"))
			rule->actions |= 1u << ACTION_UPDATE;
		else if (str_is(names[i], "delete"))
			rule->actions |= 1u << ACTION_DELETE;
		else if (str_is(names[i], "replace"))
			rule->actions |= 1u << ACTION_REPLACE | 1u << ACTION_REPLACE_CBD;
		else
			return bad(node, err, "create, update, replace or delete belongs here");
	}
	return r;
}

static int read_case(struct rules *rules, struct node when, struct node types,
	struct rule_case *ret_case, struct error *err)
{
	struct node own = NODE_GET(when, "types");
	int r;

	if (node_exists(own))
		types = own;
	if (!node_exists(types))
		return bad(when, err, "it is not said for which types: 'types: [aws_…]'");
	r = texts_read(types, rules->arena, &ret_case->types, &ret_case->type_count, err);
	if (r == 0)
		r = read_template(rules, when, "message", &ret_case->message, err);
	if (r == 0)
		r = predicate_read(when, rules->arena, &ret_case->when, err);
	return r;
}

static int read_cases(struct rules *rules, struct node entry, struct rule *rule, struct error *err)
{
	struct node when = NODE_GET(entry, "when"), types = NODE_GET(entry, "types");
	bool list = node_is_array(when);
	size_t count = list ? node_count(when) : 1;
	struct node_iter it = node_children(when);
	struct rule_case *cases;

	if (!node_exists(when) || count == 0)
		return bad(entry, err, "a rule needs a predicate: 'when: …'");
	cases = ARENA_ARRAY(rules->arena, struct rule_case, count);
	if (!cases)
		return error_memory(err);
	for (size_t i = 0; i < count; i++) {
		int r;

		if (list)
			(void)node_next(&it);
		r = read_case(rules, list ? it.value : when, types, &cases[i], err);
		if (r < 0)
			return r;
		if (str_absent(cases[i].message) && str_absent(rule->message))
			return bad(entry, err, "a rule needs a message");
	}
	rule->cases = cases;
	rule->case_count = count;
	return 0;
}

static int read_severity(struct node node, enum severity *ret_severity, struct error *err)
{
	if (!node_is_string(node) || !severity_find(node_raw(node), ret_severity))
		return bad(node, err, "info, low, medium, high or critical belongs here");
	return 0;
}

static int read_notes(struct rules *rules, struct node list, struct rule *rule, struct error *err)
{
	static const char *const known[] = {"when", "say", "severity", NULL};
	struct node_iter it = node_children(list);
	size_t count = node_count(list), i = 0;
	struct rule_note *notes;

	if (!node_exists(list))
		return 0;
	if (!node_is_array(list))
		return bad(list, err, "a list of notes belongs here");
	notes = ARENA_ARRAY(rules->arena, struct rule_note, count);
	if (!notes)
		return error_memory(err);
	for (; node_next(&it); i++) {
		struct node severity = NODE_GET(it.value, "severity");
		int r = keys_check(it.value, known, err);

		if (r == 0)
			r = predicate_read(
				NODE_GET(it.value, "when"), rules->arena, &notes[i].when, err);
		if (r == 0)
			r = read_template(rules, it.value, "say", &notes[i].say, err);
		notes[i].has_severity = node_exists(severity);
		if (r == 0 && notes[i].has_severity)
			r = read_severity(severity, &notes[i].severity, err);
		if (r < 0)
			return r;
	}
	rule->notes = notes;
	rule->note_count = count;
	return 0;
}

static int read_on_unknown(struct node node, struct rule *rule, struct error *err)
{
	rule->silent_unknown = node_text_is(node, STR("silent"));
	if (node_exists(node) && !rule->silent_unknown && !node_text_is(node, STR("report")))
		return bad(node, err, "silent or report belongs here");
	return 0;
}

static bool asks_secret(const struct predicate *predicate)
{
	if (predicate->kind == PREDICATE_SECRET)
		return true;
	for (size_t i = 0; i < predicate->count; i++)
		if (asks_secret(&predicate->children[i]))
			return true;
	return false;
}

static int read_info(
	struct rules *rules, struct node entry, struct rule_info *info, struct error *err)
{
	struct node kind = NODE_GET(entry, "kind");
	int r = read_text(rules, entry, "id", true, &info->id, err);

	if (r == 0)
		r = read_text(rules, entry, "title", true, &info->title, err);
	if (r == 0)
		r = read_text(rules, entry, "help", true, &info->help, err);
	if (r == 0 &&
		(!node_is_string(kind) || !finding_kind_find(node_raw(kind), &info->kind) ||
			finding_kind_is_program(info->kind)))
		r = bad(node_exists(kind) ? kind : entry, err, "a rule needs a kind of finding");
	if (r == 0)
		r = read_severity(NODE_GET(entry, "severity"), &info->severity, err);
	return r;
}

static int read_rule(struct rules *rules, struct node entry, struct rule *rule, struct error *err)
{
	static const char *const known[] = {"id", "title", "help", "kind", "severity", "types",
		"except", "on", "on_unknown", "when", "message", "cause", "remedy", "notes", NULL};
	struct node except = NODE_GET(entry, "except");
	int r = keys_check(entry, known, err);

	if (r == 0)
		r = read_info(rules, entry, &rule->info, err);
	if (r == 0)
		r = read_template(rules, entry, "message", &rule->message, err);
	if (r == 0)
		r = read_template(rules, entry, "cause", &rule->cause, err);
	if (r == 0)
		r = read_template(rules, entry, "remedy", &rule->remedy, err);
	if (r == 0 && node_exists(except))
		r = texts_read(except, rules->arena, &rule->except, &rule->except_count, err);
	if (r == 0)
		r = read_actions(rules, NODE_GET(entry, "on"), rule, err);
	if (r == 0)
		r = read_on_unknown(NODE_GET(entry, "on_unknown"), rule, err);
	if (r == 0)
		r = read_notes(rules, NODE_GET(entry, "notes"), rule, err);
	if (r == 0)
		r = read_cases(rules, entry, rule, err);
	for (size_t i = 0; r == 0 && i < rule->case_count; i++)
		rule->asks_secret = rule->asks_secret || asks_secret(&rule->cases[i].when);
	return r;
}

static bool id_is_builtin(struct str id)
{
	for (size_t i = 0; i < builtin_count(); i++) {
		struct builtin file = builtin_at(i);

		for (size_t j = 0; j < file.part_count; j++)
			if (str_eq(id,
				    str_slice(file.json, file.parts[j].id_at,
					    file.parts[j].id_at + file.parts[j].id_len)))
				return true;
	}
	return false;
}

static bool id_is_taken(const struct rules *rules, struct str id, size_t before)
{
	for (size_t i = 0; i < before; i++)
		if (str_eq(rules->items[i].info.id, id))
			return true;
	return rules->has_builtin && id_is_builtin(id);
}

static int digest_rule(struct rules *rules, struct node entry, struct error *err)
{
	CLEANUP(buf_free) struct buf text = BUF(RULE_TEXT_MOST);

	json_canonical(entry, NULL, &text);
	if (buf_failed(&text) ||
		!arena_grow(rules->arena, (void **)&rules->digests, rules->digest_count,
			&rules->digest_room, sizeof(*rules->digests)))
		return error_memory(err);
	sha256(buf_str(&text), rules->digests[rules->digest_count++]);
	return 0;
}

int rule_read_builtin(struct rules *rules, struct node entry, struct error *err)
{
	struct rule rule = {0};
	int r = read_rule(rules, entry, &rule, err);

	if (r < 0)
		return r;
	rule.info.file = arena_str(rules->arena, doc_name(entry.doc));
	if (!arena_grow(rules->arena, (void **)&rules->items, rules->count, &rules->room,
		    sizeof(*rules->items)))
		return error_memory(err);
	rules->items[rules->count++] = rule;
	return 0;
}

static int add_rule(struct rules *rules, struct node entry, struct error *err)
{
	struct node id = NODE_GET(entry, "id");
	const size_t before = rules->count;
	int r = rule_read_builtin(rules, entry, err);

	if (r < 0)
		return r;
	if (id_is_taken(rules, rules->items[before].info.id, before))
		r = bad(id, err, "another rule has this id");
	if (r == 0)
		r = digest_rule(rules, entry, err);
	if (r < 0)
		rules->count = before;
	return r;
}

static int read_list(struct node root, struct node *ret_list, struct error *err)
{
	static const char *const known[] = {"version", "rules", NULL};
	struct node list = NODE_GET(root, "rules");
	int64_t version = 0;
	int r = keys_check(root, known, err);

	if (r < 0)
		return r;
	if (!node_to_i64(NODE_GET(root, "version"), &version) || version != 1)
		return bad(root, err, "a rule file begins with 'version: 1'");
	if (!node_is_array(list))
		return bad(node_exists(list) ? list : root, err, "a list of rules belongs here");
	*ret_list = list;
	return 0;
}

int rule_read_document(struct rules *rules, struct node root, struct error *err)
{
	const size_t before = rules->count, digests = rules->digest_count;
	struct node list = NODE_NONE;
	int r = read_list(root, &list, err);
	struct node_iter it = node_children(list);

	while (r == 0 && node_next(&it))
		r = add_rule(rules, it.value, err);
	/* A text that memory refused looks like one that is missing. */
	if (arena_failed(rules->arena))
		r = error_memory(err);
	if (r < 0) {
		rules->count = before;
		rules->digest_count = digests;
	}
	return r;
}

int rule_read_each(struct rules *rules, struct node root, rule_fault_fn *fault, void *payload,
	struct error *err)
{
	struct error one = {0};
	struct node list = NODE_NONE;
	struct node_iter it;

	if (read_list(root, &list, &one) < 0)
		fault(&one, payload);
	it = node_children(list);
	while (node_next(&it) && !arena_failed(rules->arena))
		if (add_rule(rules, it.value, &one) < 0)
			fault(&one, payload);
	return arena_failed(rules->arena) ? error_memory(err) : 0;
}
