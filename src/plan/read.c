/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From a document to struct plan.  Decides what a plan must be built like to
 * be read at all (anything else is exit 65) and gives every action list, mode
 * and status its name; a name that is not known becomes ..._UNKNOWN, never something harmless.
 *
 * Each entry is walked once: its members go through one dispatch on the key,
 * so that 20,000 changes cost a few milliseconds.
 */
#include "plan/read.h"

#include <string.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/task.h"
#include "plan/source.h"

/* The length is compared first, and both are constants: most keys cost one comparison of numbers. */
#define KEY_IS(key, literal)                                                                       \
	((key).len == sizeof(literal) - 1 && memcmp((key).data, literal, sizeof(literal) - 1) == 0)

static int wrong_type(struct error *err, struct node node, const char *key, const char *wanted)
{
	return error_node(err, ERR_PLAN_INVALID, node, "\"%s\" must be %s", key, wanted);
}

/* A string member that may be missing or null. */
static int take_text(struct node node, const char *key, struct arena *arena, struct str *ret_text,
	struct error *err)
{
	if (node_is_null(node))
		return 0;
	if (!node_is_string(node))
		return wrong_type(err, node, key, "a string");
	*ret_text = node_text(node, arena);
	return str_absent(*ret_text) ? error_memory(err) : 0;
}

static int take_bool(struct node node, const char *key, bool *ret_value, struct error *err)
{
	if (node_is_null(node))
		return 0;
	if (node_type(node) != NODE_TRUE && node_type(node) != NODE_FALSE)
		return wrong_type(err, node, key, "true or false");
	*ret_value = node_is_true(node);
	return 0;
}

static int take_type(struct node node, enum node_type type, const char *key, struct node *ret_node,
	struct error *err)
{
	if (node_is_null(node))
		return 0;
	if (node_type(node) != type)
		return wrong_type(err, node, key, type == NODE_ARRAY ? "an array" : "an object");
	*ret_node = node;
	return 0;
}

/* The lists of one action, and of two. */
static const struct {
	struct str first, second;
	enum plan_action action;
} action_lists[] = {
	{STR_INIT("no-op"), {NULL, 0}, ACTION_NO_OP},
	{STR_INIT("create"), {NULL, 0}, ACTION_CREATE},
	{STR_INIT("read"), {NULL, 0}, ACTION_READ},
	{STR_INIT("update"), {NULL, 0}, ACTION_UPDATE},
	{STR_INIT("delete"), {NULL, 0}, ACTION_DELETE},
	{STR_INIT("forget"), {NULL, 0}, ACTION_FORGET},
	{STR_INIT("open"), {NULL, 0}, ACTION_OPEN},
	{STR_INIT("renew"), {NULL, 0}, ACTION_RENEW},
	{STR_INIT("close"), {NULL, 0}, ACTION_CLOSE},
	{STR_INIT("delete"), STR_INIT("create"), ACTION_REPLACE},
	{STR_INIT("create"), STR_INIT("delete"), ACTION_REPLACE_CBD},
	{STR_INIT("create"), STR_INIT("forget"), ACTION_CREATE_FORGET},
	{STR_INIT("forget"), STR_INIT("create"), ACTION_FORGET_CREATE},
};

static struct str join_actions(struct node list, struct arena *arena)
{
	CLEANUP(buf_free) struct buf out = BUF(4096);
	struct node_iter it = node_children(list);

	while (node_next(&it)) {
		if (it.index)
			buf_add_char(&out, '-');
		buf_add(&out, node_text(it.value, arena));
	}
	if (out.len == 0 || buf_failed(&out))
		return STR("unknown");
	return arena_str(arena, buf_str(&out));
}

static int take_actions(struct node list, struct arena *arena, enum plan_action *ret_action,
	struct str *ret_text, struct error *err)
{
	struct node_iter it = node_children(list);
	struct node items[2] = {NODE_NONE, NODE_NONE};
	size_t count = 0;

	if (!node_is_array(list))
		return wrong_type(err, list, "actions", "an array");
	for (; node_next(&it); count++) {
		if (!node_is_string(it.value))
			return wrong_type(err, it.value, "actions", "an array of strings");
		if (count < COUNT_OF(items))
			items[count] = it.value;
	}
	for (size_t i = 0; i < COUNT_OF(action_lists); i++) {
		if (count != (size_t)(str_absent(action_lists[i].second) ? 1 : 2) ||
			!node_text_is(items[0], action_lists[i].first) ||
			(count == 2 && !node_text_is(items[1], action_lists[i].second)))
			continue;
		*ret_action = action_lists[i].action;
		*ret_text = plan_action_name(*ret_action);
		return 0;
	}
	*ret_action = ACTION_UNKNOWN;
	*ret_text = join_actions(list, arena);
	return 0;
}

static enum plan_mode mode_of(struct node node)
{
	if (node_text_is(node, STR("managed")))
		return MODE_MANAGED;
	if (node_text_is(node, STR("data")))
		return MODE_DATA;
	if (node_text_is(node, STR("ephemeral")))
		return MODE_EPHEMERAL;
	return MODE_UNKNOWN;
}

/* The values of a "change" object, or of an entry of output_changes. */
struct values {
	struct node actions, before, after, after_unknown, before_sensitive, after_sensitive;
	struct node replace_paths, importing, generated_config;
};

static bool take_value(struct values *values, struct str key, struct node value)
{
	if (KEY_IS(key, "actions"))
		values->actions = value;
	else if (KEY_IS(key, "before"))
		values->before = value;
	else if (KEY_IS(key, "after"))
		values->after = value;
	else if (KEY_IS(key, "after_unknown"))
		values->after_unknown = value;
	else if (KEY_IS(key, "before_sensitive"))
		values->before_sensitive = value;
	else if (KEY_IS(key, "after_sensitive"))
		values->after_sensitive = value;
	else if (KEY_IS(key, "replace_paths"))
		values->replace_paths = value;
	else if (KEY_IS(key, "importing"))
		values->importing = value;
	else if (KEY_IS(key, "generated_config"))
		values->generated_config = value;
	else
		return false;
	return true;
}

/* Keys of the format hold no escapes, unless somebody wrote them so: then they are unescaped. */
static struct str key_text(struct node key, struct arena *arena)
{
	return node_type(key) == NODE_STRING ? node_raw(key) : node_text(key, arena);
}

static void walk_values(struct node object, struct arena *arena, struct values *ret_values)
{
	struct node_iter it = node_children(object);

	while (node_next(&it))
		take_value(ret_values, key_text(it.key, arena), it.value);
}

static int take_change_body(
	struct change *change, struct node body, struct arena *arena, struct error *err)
{
	struct values values = {0};
	struct str generated = {NULL, 0};
	struct node replace_paths = NODE_NONE;
	int r;

	if (!node_is_object(body))
		return wrong_type(
			err, node_exists(body) ? body : change->self, "change", "an object");
	walk_values(body, arena, &values);
	if (!node_exists(values.actions))
		return error_node(err, ERR_PLAN_INVALID, body, "\"actions\" is missing");
	r = take_actions(values.actions, arena, &change->action, &change->action_text, err);
	if (r == 0)
		r = take_type(
			values.replace_paths, NODE_ARRAY, "replace_paths", &replace_paths, err);
	if (r == 0)
		r = take_text(values.generated_config, "generated_config", arena, &generated, err);
	if (r < 0)
		return r;
	change->before = values.before;
	change->after = values.after;
	change->after_unknown = values.after_unknown;
	change->before_sensitive_at = values.before_sensitive.at;
	change->after_sensitive_at = values.after_sensitive.at;
	change->replace_paths_at = replace_paths.at;
	change->importing = !node_is_null(values.importing);
	change->generated_config = generated.len > 0;
	return 0;
}

/* Where a text member of an entry goes; NULL for members that are no texts, or not ours. */
static struct str *text_member(struct change *change, struct str key, struct str *provider)
{
	if (KEY_IS(key, "address"))
		return &change->address;
	if (KEY_IS(key, "type"))
		return &change->type;
	if (KEY_IS(key, "name"))
		return &change->name;
	if (KEY_IS(key, "provider_name"))
		return provider;
	if (KEY_IS(key, "module_address"))
		return &change->module;
	if (KEY_IS(key, "action_reason"))
		return &change->action_reason;
	if (KEY_IS(key, "previous_address"))
		return &change->previous_address;
	if (KEY_IS(key, "deposed"))
		return &change->deposed;
	return NULL;
}

static int take_member(struct change *change, struct str key, struct node value, struct node *body,
	struct arena *arena, struct error *err)
{
	struct str provider = {NULL, 0};
	struct str *text = text_member(change, key, &provider);

	if (text && node_is_null(value))
		return 0;
	if (text && !node_is_string(value))
		return error_node(
			err, ERR_PLAN_INVALID, value, "\"%.*s\" must be a string", STR_ARG(key));
	if (text) {
		*text = node_text(value, arena);
		if (text == &provider)
			change->opentofu = str_starts(provider, STR("registry.opentofu.org/"));
		return str_absent(*text) ? error_memory(err) : 0;
	}
	if (KEY_IS(key, "change")) {
		*body = value;
	} else if (KEY_IS(key, "mode")) {
		if (!node_is_string(value))
			return wrong_type(err, value, "mode", "a string");
		change->mode = mode_of(value);
	} else if (KEY_IS(key, "index")) {
		change->index_at = value.at;
	} else if (KEY_IS(key, "index_unknown")) {
		return take_bool(value, "index_unknown", &change->index_unknown, err);
	}
	return 0;
}

static void empty_is_absent(struct str *text)
{
	if (str_empty(*text))
		*text = (struct str){NULL, 0};
}

/* Terraform 1.0 writes no address in resource_drift: it is put together from its parts. */
static struct str address_from_parts(const struct change *change, struct arena *arena)
{
	struct str module = change->module, index = node_raw(change_index(change));
	const char *quote = node_is_string(change_index(change)) ? "\"" : "";

	return arena_printf(arena, "%.*s%s%s%.*s.%.*s%s%s%.*s%s%s", STR_ARG(module),
		module.len ? "." : "", change->mode == MODE_DATA ? "data." : "",
		STR_ARG(change->type), STR_ARG(change->name), index.len ? "[" : "", quote,
		STR_ARG(index), quote, index.len ? "]" : "");
}

static int take_change(
	struct change *change, struct node entry, struct arena *arena, struct error *err)
{
	struct node_iter it = node_children(entry);
	struct node body = NODE_NONE;
	int r;

	change->self = entry;
	change->mode = MODE_UNKNOWN;
	if (!it.object)
		return error_node(err, ERR_PLAN_INVALID, entry, "a change must be an object");
	while (node_next(&it)) {
		r = take_member(change, key_text(it.key, arena), it.value, &body, arena, err);
		if (r < 0)
			return r;
	}
	if (str_empty(change->address) && change->list == LIST_DRIFT && change->name.len)
		change->address = address_from_parts(change, arena);
	if (str_empty(change->address))
		return error_node(err, ERR_PLAN_INVALID, entry, "a change without an address");
	if (str_empty(change->type))
		return error_node(err, ERR_PLAN_INVALID, entry, "a change without a type");
	r = take_change_body(change, body, arena, err);
	if (r < 0)
		return r;
	empty_is_absent(&change->previous_address);
	empty_is_absent(&change->deposed);
	empty_is_absent(&change->module);
	empty_is_absent(&change->action_reason);
	if (change->action == ACTION_NO_OP && !str_absent(change->previous_address))
		change->action = ACTION_MOVE;
	else if (change->action == ACTION_NO_OP && change->importing)
		change->action = ACTION_IMPORT;
	if (change->action != ACTION_UNKNOWN)
		change->action_text = plan_action_name(change->action);
	return 0;
}

/* An entry of deferred_changes: {"reason", "resource_change"}. */
static int take_deferred(
	struct change *change, struct node entry, struct arena *arena, struct error *err)
{
	struct str reason = {NULL, 0};
	int r;

	if (!node_is_object(entry))
		return error_node(
			err, ERR_PLAN_INVALID, entry, "a deferred change must be an object");
	r = take_text(NODE_GET(entry, "reason"), "reason", arena, &reason, err);
	if (r == 0 && !node_is_object(NODE_GET(entry, "resource_change")))
		r = error_node(err, ERR_PLAN_INVALID, entry, "a deferred change without a change");
	if (r == 0)
		r = take_change(change, NODE_GET(entry, "resource_change"), arena, err);
	return r;
}

static int take_changes(struct changes *changes, struct node list, enum plan_list which,
	struct arena *arena, struct error *err)
{
	struct node_iter it = node_children(list);

	if (!node_exists(list))
		return 0;
	changes->room = node_count(list);
	changes->items = ARENA_ARRAY(arena, struct change, changes->room);
	if (!changes->items)
		return error_memory(err);
	while (node_next(&it)) {
		struct change *change = &changes->items[changes->count++];
		int r;

		change->list = which;
		change->position = (uint32_t)it.index;
		r = which == LIST_DEFERRED ? take_deferred(change, it.value, arena, err)
					   : take_change(change, it.value, arena, err);
		if (r < 0)
			return r;
	}
	return 0;
}

static int take_output(struct output_change *output, struct node key, struct node body,
	struct arena *arena, struct error *err)
{
	struct values values = {0};

	output->name = node_text(key, arena);
	output->self = body;
	if (!node_is_object(body))
		return error_node(
			err, ERR_PLAN_INVALID, body, "an output change must be an object");
	walk_values(body, arena, &values);
	if (!node_exists(values.actions))
		return error_node(err, ERR_PLAN_INVALID, body, "\"actions\" is missing");
	output->before = values.before;
	output->after = values.after;
	output->after_unknown = values.after_unknown;
	output->before_sensitive = values.before_sensitive;
	output->after_sensitive = values.after_sensitive;
	return take_actions(values.actions, arena, &output->action, &output->action_text, err);
}

static int take_outputs(
	struct plan *plan, struct node object, struct arena *arena, struct error *err)
{
	struct node_iter it = node_children(object);

	if (!node_exists(object))
		return 0;
	plan->outputs = ARENA_ARRAY(arena, struct output_change, node_count(object));
	if (!plan->outputs)
		return error_memory(err);
	while (node_next(&it)) {
		int r = take_output(
			&plan->outputs[plan->output_count++], it.key, it.value, arena, err);

		if (r < 0)
			return r;
	}
	return 0;
}

/* "1.2" and the like: 0.x and 1.x are known. */
static int check_version(
	struct plan *plan, struct node node, struct arena *arena, struct error *err)
{
	struct str text, major, rest;
	uint64_t number, minor;

	if (!node_is_string(node))
		return wrong_type(err, node, "format_version", "a string");
	text = rest = plan->format_version = node_text(node, arena);
	if (str_absent(text))
		return error_memory(err);
	major = str_split(&rest, '.');
	if (!str_to_u64(major, &number) || !str_to_u64(rest, &minor))
		return error_node(err, ERR_PLAN_VERSION, node, "this is not a format version");
	if (number > 1)
		return error_node(err, ERR_PLAN_VERSION, node,
			"format version %.*s: weir knows 0.1 to 1.x", STR_ARG(text));
	return 0;
}

/* The members of the top object. */
struct members {
	struct node version, dialect, resource_changes, drift, deferred, outputs, checks,
		conditions;
	struct node planned_values;
};

static int take_top(struct plan *plan, struct members *m, struct str key, struct node value,
	struct arena *arena, struct error *err)
{
	const struct {
		const char *key;
		enum node_type type;
		struct node *to;
	} parts[] = {
		{"planned_values", NODE_OBJECT, &m->planned_values},
		{"resource_changes", NODE_ARRAY, &m->resource_changes},
		{"resource_drift", NODE_ARRAY, &m->drift},
		{"deferred_changes", NODE_ARRAY, &m->deferred},
		{"deferred_action_invocations", NODE_ARRAY, &plan->deferred_invocations},
		{"action_invocations", NODE_ARRAY, &plan->action_invocations},
		{"output_changes", NODE_OBJECT, &m->outputs},
		{"checks", NODE_ARRAY, &m->checks},
		{"condition_results", NODE_ARRAY, &m->conditions},
		{"relevant_attributes", NODE_ARRAY, &plan->relevant_attributes},
		{"configuration", NODE_OBJECT, &plan->configuration},
		{"prior_state", NODE_OBJECT, &plan->prior_state},
		{"variables", NODE_OBJECT, &plan->variables},
	};
	bool complete = true;
	int r;

	for (size_t i = 0; i < COUNT_OF(parts); i++)
		if (str_is(key, parts[i].key))
			return take_type(value, parts[i].type, parts[i].key, parts[i].to, err);
	/* Only weir writes it; anything else would be written beside the mark of a redaction. */
	if (str_is(key, "weir_redacted") && !node_is_object(value))
		return wrong_type(err, value, "weir_redacted", "an object");
	if (str_is(key, "format_version"))
		m->version = value;
	else if (str_is(key, "plan_format_version"))
		m->dialect = value;
	else if (str_is(key, "terraform_version"))
		return take_text(value, "terraform_version", arena, &plan->tool_version, err);
	else if (str_is(key, "errored"))
		return take_bool(value, "errored", &plan->errored, err);
	else if (str_is(key, "complete")) {
		r = take_bool(value, "complete", &complete, err);
		plan->incomplete = !complete;
		return r;
	}
	return 0;
}

static int decode(struct plan *plan, struct arena *arena, struct error *err)
{
	struct members m = {0};
	struct node_iter it = node_children(plan->root_node);
	int r;

	while (node_next(&it)) {
		r = take_top(plan, &m, key_text(it.key, arena), it.value, arena, err);
		if (r < 0)
			return r;
	}
	plan->redacted_dialect = !node_exists(m.version);
	r = check_version(plan, plan->redacted_dialect ? m.dialect : m.version, arena, err);
	if (r == 0)
		r = take_changes(&plan->changes, m.resource_changes, LIST_CHANGES, arena, err);
	if (r == 0)
		r = take_changes(&plan->drift, m.drift, LIST_DRIFT, arena, err);
	if (r == 0)
		r = take_changes(&plan->deferred, m.deferred, LIST_DEFERRED, arena, err);
	if (r == 0)
		r = read_drift_relevance(plan, arena, err);
	if (r == 0)
		r = take_outputs(plan, m.outputs, arena, err);
	if (r == 0)
		r = read_checks(plan, m.checks, m.conditions, arena, err);
	if (r < 0)
		return r;
	plan->refresh_only = plan->drift.count > 0 && plan->changes.count == 0;
	for (size_t i = 0; i < plan->changes.count && !plan->opentofu; i++)
		plan->opentofu = plan->changes.items[i].opentofu;
	return arena_failed(arena) ? error_memory(err) : 0;
}

/* What the plans of one file share. */
struct plan_source {
	char *own_text;
	unsigned users;
	char sha256[SHA256_HEX + 1];
	/* The digest of a large file is made beside its reading. */
	struct str bytes;
	struct task hashing;
};

static int hash_source(void *payload, struct error *err)
{
	struct plan_source *source = payload;

	(void)err;
	sha256_hex(source->bytes, source->sha256);
	return 0;
}

static void source_release(struct plan_source *source)
{
	if (!source || --source->users > 0)
		return;
	task_cleanup(&source->hashing);
	mem_free(source->own_text);
	mem_free(source);
}

static void source_cleanup(struct plan_source **source)
{
	if (*source)
		source_release(*source);
}

void plan_free(struct plan *plan)
{
	if (!plan)
		return;
	doc_free(plan->doc);
	source_release(plan->private_source);
	plan->doc = NULL;
	plan->private_source = NULL;
}

enum plan_format plan_format(struct str bytes)
{
	return bytes.len >= 4 && memcmp(bytes.data, "PK\x03\x04", 4) == 0 ? PLAN_FORMAT_BINARY
									  : PLAN_FORMAT_JSON;
}

static int append(struct plans *plans, struct plan *plan, struct arena *arena, struct error *err)
{
	if (!arena_grow(arena, (void **)&plans->items, plans->count, &plans->room,
		    sizeof(*plans->items)))
		return error_memory(err);
	plans->items[plans->count++] = *plan;
	*plan = (struct plan){0};
	return 0;
}

/* Takes the document over, also on failure. */
static int add(struct doc *doc, struct plan_source *source, struct str name, size_t number,
	struct arena *arena, struct plans *plans, struct error *err)
{
	CLEANUP(plan_free) struct plan plan = {.source = name, .name = name, .doc = doc};

	plan.private_source = source;
	source->users++;
	plan.root_node = doc_root(doc);
	if (!str_is(name, "-"))
		plan.root = path_dir(name);
	else
		plan.root = STR("");
	if (number > 1)
		plan.name = arena_printf(arena, "%.*s#%zu", STR_ARG(name), number);
	return append(plans, &plan, arena, err);
}

static int no_plan(const struct source_scan *scan, struct str text, struct error *err)
{
	struct str rest = str_trim(
		str_starts(text, STR("\xef\xbb\xbf")) ? str_slice(text, 3, text.len) : text);
	int r = str_empty(rest) ? error_set(err, ERR_PLAN_EMPTY, "the file is empty")
				: error_set(err, ERR_PLAN_NONE, "%s",
					  scan->skipped ? scan->skipped : "there is no plan in it");

	return error_at(err, r, scan->name, 0, 0);
}

static void forget(struct plans *plans, size_t count)
{
	while (plans->count > count)
		plan_free(&plans->items[--plans->count]);
}

int plan_parse(struct str text, struct str source_name, struct arena *arena, struct plans *plans,
	struct error *err)
{
	CLEANUP(source_cleanup) struct plan_source *source = mem_alloc(sizeof(*source));
	struct source_scan scan = {.name = source_name};
	size_t before = plans->count;
	struct str sha256;
	int r;

	if (!source)
		return error_memory(err);
	source->users = 1;
	if (plan_format(text) == PLAN_FORMAT_BINARY)
		return error_at(err, error_set(err, ERR_PLAN_BINARY, "this is a saved binary plan"),
			source_name, 0, 0);
	source->bytes = text;
	task_start(&source->hashing, text.len, hash_source, source);
	r = source_decode(text, source_name, &scan.text, &scan.start, &source->own_text, err);
	scan.at = scan.start;
	while (r == 0) {
		struct doc *doc;

		r = source_next(&scan, &doc, err);
		if (r < 0 || !doc)
			break;
		r = add(doc, source, source_name, plans->count - before + 1, arena, plans, err);
	}
	if (r == 0 && plans->count == before)
		r = no_plan(&scan, scan.text, err);
	task_cleanup(&source->hashing);
	sha256 = arena_str(arena, str_of(source->sha256));
	for (size_t i = before; i < plans->count; i++)
		plans->items[i].sha256 = sha256;
	/* A text that memory did not suffice for looks like one that is missing. */
	return arena_failed(arena) ? error_memory(err) : r;
}

int plan_decode(struct plan *plan, struct arena *arena, struct error *err)
{
	int r = doc_check_keys(plan->root_node, err);

	if (r == 0)
		r = decode(plan, arena, err);
	return r < 0 && arena_failed(arena) ? error_memory(err) : r;
}

int plan_read(struct str text, struct str source_name, struct arena *arena, struct plans *plans,
	struct error *err)
{
	size_t before = plans->count;
	int r = plan_parse(text, source_name, arena, plans, err);

	for (size_t i = before; i < plans->count; i++) {
		int decoded = plan_decode(&plans->items[i], arena, err);

		if (decoded < 0) {
			forget(plans, before);
			return decoded;
		}
	}
	if (r < 0)
		forget(plans, before);
	return r;
}
