/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The table of weir's tools, and what they share: paths that stay in the workspace, findings that stay short.  Definitions are data
 * (data/mcp), since models and clients read them.
 */
#include "mcp/tools_model.h"

#include "base/builtin.h"
#include "base/file.h"
#include "base/time.h"

enum { FINDINGS_MOST = 20, MESSAGE_MOST = 600 };

static const struct mcp_tool table[] = {
	{"find", mcp_find, .is_long = false},
	{"show", mcp_show, .is_long = false},
	{"check", mcp_check, .is_long = true},
	{"synth", mcp_synth, .is_long = true},
	{"review", mcp_review, .is_long = true},
	{"verify", mcp_verify, .is_long = true},
};

struct mcp_world *mcp_world_of(const struct mcp_call *call)
{
	return call->features->payload;
}

const char *mcp_now(const struct mcp_call *call, int64_t *ret_now)
{
	const struct mcp_world *world = mcp_world_of(call);
	char *text = arena_alloc(call->arena, TIME_TEXT);

	*ret_now = world->now ? world->now : time_now();
	if (text)
		time_format(*ret_now, text);
	return text;
}

/* ---- arguments ---- */

const char *mcp_argument(struct mcp_call *call, struct node arguments, const char *name)
{
	struct node value = node_get(arguments, str_of(name));

	return node_is_string(value) ? arena_cstr(call->arena, node_text(value, call->arena))
				     : NULL;
}

int mcp_path_argument(struct mcp_call *call, struct node arguments, const char *name,
	const char **ret_path, struct error *err)
{
	struct node value = node_get(arguments, str_of(name));
	struct str text = node_text(value, call->arena);
	const char *path = mcp_argument(call, arguments, name);

	*ret_path = NULL;
	if (!node_exists(value))
		return 0;
	if (!path)
		return error_memory(err);
	if (str_empty(text) || str_find_char(text, '\0') != SIZE_MAX)
		return error_set(err, ERR_WORKSPACE, "`%s` is no path", name);
	if (!path_leads_inside(mcp_world_of(call)->workspace, path, call->arena))
		return error_set(err, ERR_WORKSPACE, "`%s` leads out of the workspace", name);
	/* What a command would take for standard input, or for a plan's name and its path. */
	if (path[0] == '-' || str_find_char(text, '=') < str_find_char(text, '/'))
		path = arena_printf(call->arena, "./%s", path).data;
	*ret_path = path;
	return path ? 0 : error_memory(err);
}

/* ---- answers ---- */

void mcp_add_text(struct json_writer *json, const char *key, struct str text, size_t most,
	struct redactor *redactor, struct arena *arena)
{
	size_t end = most;

	if (str_empty(text))
		return;
	text = redact_text(redactor, text, arena);
	if (str_absent(text)) {
		buf_refuse(json->out);
		return;
	}
	if (text.len > most) {
		while (end && ((unsigned char)text.data[end] & 0xc0) == 0x80)
			end--;
		text = arena_printf(
			arena, "%.*s [%zu bytes more]", (int)end, text.data, text.len - end);
	}
	json_member(json, key, text);
}

static void add_finding(
	struct json_writer *json, const struct finding *finding, const struct mcp_findings *all)
{
	struct str address = str_absent(finding->address)
		? finding->address
		: redact_address(all->redactor, finding->address, all->arena);
	const struct place *place = &finding->source;

	json_object_begin(json);
	json_member(json, "rule", finding->rule);
	json_member(json, "verdict", verdict_name(finding->verdict));
	json_member(json, "severity", severity_name(finding->severity));
	if (!str_empty(address))
		json_member(json, "address", address);
	mcp_add_text(json, "path", finding->path, MESSAGE_MOST, all->redactor, all->arena);
	mcp_add_text(json, "file", place->file, MESSAGE_MOST, all->redactor, all->arena);
	if (!place->line)
		place = &finding->said;
	if (place->line)
		json_member_int(json, "line", place->line);
	if (place->column)
		json_member_int(json, "column", place->column);
	mcp_add_text(json, "message", finding->message, MESSAGE_MOST, all->redactor, all->arena);
	mcp_add_text(json, "cause", finding->cause, MESSAGE_MOST, all->redactor, all->arena);
	mcp_add_text(json, "fix", finding->remedy, MESSAGE_MOST, all->redactor, all->arena);
	json_object_end(json);
}

void mcp_add_findings(struct json_writer *json, const struct mcp_findings *findings)
{
	size_t told = 0, omitted = 0;

	json_key(json, STR("findings"));
	json_array_begin(json);
	for (size_t i = 0; i < findings->from->count; i++) {
		const struct finding *finding = &findings->from->items[i];

		if (finding->verdict < findings->least)
			continue;
		if (told < FINDINGS_MOST)
			add_finding(json, finding, findings);
		else
			omitted++;
		told++;
	}
	json_array_end(json);
	if (omitted)
		json_member_int(json, "omitted", (int64_t)omitted);
}

/* ---- prompts ---- */

static struct str builtin_json(const char *name)
{
	return builtin_find(str_of(name));
}

/* {NAME} becomes the argument; one that was not given, a dash. */
static struct str fill(struct str text, struct node arguments, struct arena *arena)
{
	struct str filled = {"", 0};

	while (!str_absent(text)) {
		struct str before = str_split(&text, '{'), name;

		filled = arena_printf(arena, "%.*s%.*s", STR_ARG(filled), STR_ARG(before));
		if (str_absent(text))
			break;
		name = str_split(&text, '}');
		before = node_text(node_get(arguments, name), arena);
		filled = arena_printf(arena, "%.*s%.*s", STR_ARG(filled),
			STR_ARG(str_absent(before) ? STR("-") : before));
	}
	return filled;
}

static int prompt(void *payload, struct str name, struct node arguments, struct arena *arena,
	struct buf *messages, struct error *err)
{
	CLEANUP(doc_cleanup) struct doc *doc = NULL;
	const struct json_options options = {.name = STR("prompts")};
	int r = json_read(builtin_json("mcp/prompts.yaml"), &options, &doc, err);
	struct node_iter it;
	struct json_writer json;

	(void)payload;
	if (r < 0)
		return r;
	it = node_children(doc_root(doc));
	while (node_next(&it) && !node_text_is(NODE_GET(it.value, "name"), name))
		;
	json_writer_init(&json, messages, 0);
	json_array_begin(&json);
	json_object_begin(&json);
	json_member(&json, "role", STR("user"));
	json_key(&json, STR("content"));
	json_object_begin(&json);
	json_member(&json, "type", STR("text"));
	json_member(&json, "text",
		fill(node_text(NODE_GET(it.value, "text"), arena), arguments, arena));
	json_object_end(&json);
	json_object_end(&json);
	json_array_end(&json);
	return arena_failed(arena) ? error_memory(err) : 0;
}

/* The definitions of prompts as the protocol has them: without their texts. */
static int prompt_list(struct arena *arena, struct str *ret_list, struct error *err)
{
	CLEANUP(doc_cleanup) struct doc *doc = NULL;
	CLEANUP(buf_free) struct buf list = BUF(MCP_RESULT_MOST);
	struct str text = builtin_json("mcp/prompts.yaml");
	const struct json_options options = {.name = STR("prompts")};
	int r = json_read(text, &options, &doc, err);
	struct node_iter prompts, members;
	struct json_writer json;

	if (r < 0)
		return r;
	json_writer_init(&json, &list, 0);
	json_array_begin(&json);
	prompts = node_children(doc_root(doc));
	while (node_next(&prompts)) {
		json_object_begin(&json);
		members = node_children(prompts.value);
		while (node_next(&members)) {
			if (node_text_is(members.key, STR("text")))
				continue;
			json_key(&json, node_raw(members.key));
			json_raw(&json,
				str_slice(
					text, node_offset(members.value), node_end(members.value)));
		}
		json_object_end(&json);
	}
	json_array_end(&json);
	*ret_list = arena_str(arena, buf_str(&list));
	return str_absent(*ret_list) ? error_memory(err) : 0;
}

int mcp_product(struct mcp_world *world, struct arena *arena, struct mcp_features *ret_features,
	struct error *err)
{
	*ret_features = (struct mcp_features){
		.name = "weir",
		.title = "weir",
		.version = WEIR_VERSION,
		.instructions =
			"weir knows and judges infrastructure exactly and runs no model. Look "
			"names "
			"up with find and show, write a program of constructs, call check until it "
			"is ok, then synth. Before a plan is applied call review; only pass may go "
			"on without a person. Paths are relative to the workspace.",
		.tools = builtin_json("mcp/tools.yaml"),
		.resources = STR("[]"),
		.templates = builtin_json("mcp/templates.yaml"),
		.read = mcp_read_catalog,
		.complete = mcp_complete_catalog,
		.tool_table = table,
		.tool_count = COUNT_OF(table),
		.prompt = prompt,
		.payload = world,
	};
	return prompt_list(arena, &ret_features->prompts, err);
}
