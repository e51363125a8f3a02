/* SPDX-License-Identifier: Apache-2.0 */
/* Lists with their pages, prompts, resources, completions and subscriptions: all methods but the calls of tools, which call.c has. */
#include "mcp/server_model.h"

enum { PAGE = 50, OFFERED_MOST = 100 };

static const struct {
	const char *member, *name; /* of the list; of what names an entry */
} lists[LIST_COUNT] = {
	[LIST_TOOLS] = {"tools", "name"},
	[LIST_PROMPTS] = {"prompts", "name"},
	[LIST_RESOURCES] = {"resources", "uri"},
	[LIST_TEMPLATES] = {"resourceTemplates", "uriTemplate"},
};

struct node mcp_definition(const struct mcp_server *server, enum mcp_list list, struct str name)
{
	struct node_iter it = {0};

	if (server->lists[list])
		it = node_children(doc_root(server->lists[list]));
	while (node_next(&it))
		if (node_text_is(node_get(it.value, str_of(lists[list].name)), name))
			return it.value;
	return NODE_NONE;
}

struct str mcp_text_param(struct mcp_request *request, struct node object, const char *name)
{
	struct node value = node_get(object, str_of(name));

	if (node_is_string(value))
		return node_text(value, request->call->arena);
	mcp_refuse(request, MCP_INVALID_PARAMS, "\"%s\" must be there, and a string.", name);
	return (struct str){NULL, 0};
}

/* ---- lists ---- */

/* A cursor is the place of the next entry behind a letter, and is only valid as one that was given. */
static bool read_cursor(struct mcp_request *request, size_t count, uint64_t *ret_first)
{
	struct node cursor = NODE_GET(request->message.params, "cursor");
	struct str text = node_text(cursor, request->call->arena);

	*ret_first = 0;
	if (!node_exists(cursor))
		return true;
	if (!str_starts(text, STR("p")) || !str_to_u64(str_slice(text, 1, text.len), ret_first) ||
		*ret_first == 0 || *ret_first % PAGE || *ret_first >= count)
		return mcp_refuse(
			request, MCP_INVALID_PARAMS, "\"cursor\" is none that this server gave.");
	return true;
}

static bool list(struct mcp_request *request, struct json_writer *json, enum mcp_list which)
{
	const struct doc *doc = request->server->lists[which];
	struct node_iter it = {0};
	uint64_t first;

	if (!read_cursor(request, doc ? node_count(doc_root(doc)) : 0, &first))
		return false;
	json_key(json, str_of(lists[which].member));
	json_array_begin(json);
	if (doc)
		it = node_children(doc_root(doc));
	while (node_next(&it) && it.index < first + PAGE)
		if (it.index >= first)
			json_raw(json,
				str_slice(
					doc_text(doc), node_offset(it.value), node_end(it.value)));
	json_array_end(json);
	if (it.index >= first + PAGE)
		json_member(
			json, "nextCursor", arena_printf(request->call->arena, "p%zu", it.index));
	return true;
}

bool mcp_list_tools(struct mcp_request *request, struct json_writer *json)
{
	return list(request, json, LIST_TOOLS);
}

bool mcp_list_prompts(struct mcp_request *request, struct json_writer *json)
{
	return list(request, json, LIST_PROMPTS);
}

bool mcp_list_resources(struct mcp_request *request, struct json_writer *json)
{
	return list(request, json, LIST_RESOURCES);
}

bool mcp_list_templates(struct mcp_request *request, struct json_writer *json)
{
	return list(request, json, LIST_TEMPLATES);
}

/* ---- prompts ---- */

/* Whether all that a prompt requires is there, and nothing that it does not know. */
static bool arguments_fit(struct mcp_request *request, struct node prompt, struct node arguments)
{
	struct node_iter known = node_children(NODE_GET(prompt, "arguments"));
	struct node_iter given = node_children(arguments);
	struct arena *arena = request->call->arena;
	size_t taken = 0;

	if (node_exists(arguments) && !node_is_object(arguments))
		return mcp_refuse(request, MCP_INVALID_PARAMS, "\"arguments\" must be an object.");
	while (node_next(&given))
		if (!node_is_string(given.value))
			return mcp_refuse(request, MCP_INVALID_PARAMS,
				"The arguments of a prompt are strings.");
	while (node_next(&known)) {
		struct str name = node_text(NODE_GET(known.value, "name"), arena);
		bool is_there = node_exists(node_get(arguments, name));

		taken += is_there;
		if (!is_there && node_is_true(NODE_GET(known.value, "required")))
			return mcp_refuse(request, MCP_INVALID_PARAMS,
				"The prompt requires the argument \"%.*s\".", STR_ARG(name));
	}
	return taken == node_count(arguments) ||
		mcp_refuse(request, MCP_INVALID_PARAMS,
			"The prompt has no such argument; prompts/list tells which it has.");
}

bool mcp_get_prompt(struct mcp_request *request, struct json_writer *json)
{
	CLEANUP(buf_free) struct buf messages = BUF(MCP_RESULT_MOST);
	const struct mcp_features *features = request->server->features;
	struct str name = mcp_text_param(request, request->message.params, "name");
	struct node arguments = NODE_GET(request->message.params, "arguments");
	struct arena *arena = request->call->arena;
	struct error err = {ERR_NONE};
	struct node prompt;

	if (str_absent(name))
		return false;
	prompt = mcp_definition(request->server, LIST_PROMPTS, name);
	if (!node_exists(prompt))
		return mcp_refuse(request, MCP_INVALID_PARAMS, "There is no such prompt.");
	if (!arguments_fit(request, prompt, arguments))
		return false;
	if (features->prompt(features->payload, name, arguments, arena, &messages, &err) < 0)
		return mcp_refuse(request, MCP_INVALID_PARAMS, "%s", err.message);
	json_member(json, "description", node_text(NODE_GET(prompt, "description"), arena));
	json_key(json, STR("messages"));
	json_raw(json, buf_str(&messages));
	return true;
}

/* ---- resources ---- */

bool mcp_read_resource(struct mcp_request *request, struct json_writer *json)
{
	CLEANUP(buf_free) struct buf contents = BUF(MCP_RESULT_MOST);
	const struct mcp_features *features = request->server->features;
	struct str uri = mcp_text_param(request, request->message.params, "uri");
	struct error err = {ERR_NONE};
	bool is_found = false;
	int r = 0;

	if (str_absent(uri))
		return false;
	if (features->read)
		r = features->read(features->payload, uri, request->server->redactor,
			request->call->arena, &contents, &is_found, &err);
	if (r < 0)
		return mcp_refuse(request, MCP_INTERNAL_ERROR, "%s", err.message);
	if (!is_found)
		return mcp_refuse(request,
			request->era == ERA_MODERN ? MCP_INVALID_PARAMS : MCP_RESOURCE_NOT_FOUND,
			"There is no such resource.");
	json_key(json, STR("contents"));
	json_raw(json, buf_str(&contents));
	return true;
}

/* ---- completions ---- */

struct offered {
	struct json_writer *json;
	size_t count;
};

static void offer(struct str value, void *payload)
{
	struct offered *offered = payload;

	if (offered->count++ < OFFERED_MOST)
		json_string(offered->json, value);
}

bool mcp_complete(struct mcp_request *request, struct json_writer *json)
{
	const struct mcp_features *features = request->server->features;
	struct node params = request->message.params, ref = NODE_GET(params, "ref");
	struct node argument = NODE_GET(params, "argument");
	bool is_prompt = node_text_is(NODE_GET(ref, "type"), STR("ref/prompt"));
	struct offered offered = {json, 0};
	struct str owner, name, typed;

	if (!is_prompt && !node_text_is(NODE_GET(ref, "type"), STR("ref/resource")))
		return mcp_refuse(request, MCP_INVALID_PARAMS,
			"\"ref\" must be of type ref/prompt or ref/resource.");
	owner = mcp_text_param(request, ref, is_prompt ? "name" : "uri");
	if (str_absent(owner))
		return false;
	if (!node_exists(mcp_definition(
		    request->server, is_prompt ? LIST_PROMPTS : LIST_TEMPLATES, owner)))
		return mcp_refuse(
			request, MCP_INVALID_PARAMS, "There is no such prompt or template.");
	name = mcp_text_param(request, argument, "name");
	if (str_absent(name))
		return false;
	typed = mcp_text_param(request, argument, "value");
	if (str_absent(typed))
		return false;
	json_key(json, STR("completion"));
	json_object_begin(json);
	json_key(json, STR("values"));
	json_array_begin(json);
	if (features->complete)
		features->complete(features->payload, owner, name, typed, request->call->arena,
			offer, &offered);
	json_array_end(json);
	json_member_int(json, "total", (int64_t)offered.count);
	json_member_bool(json, "hasMore", offered.count > OFFERED_MOST);
	json_object_end(json);
	return true;
}

/* ---- subscriptions ---- */

/* What a server offers is the same as long as it runs, so nothing of what is asked for is honoured: that is told, and the subscription stands. */
bool mcp_listen(struct mcp_request *request, struct json_writer *json)
{
	struct str id = request->message.id;
	struct json_writer told;

	(void)json;
	if (!node_is_object(NODE_GET(request->message.params, "notifications")))
		return mcp_refuse(
			request, MCP_INVALID_PARAMS, "\"notifications\" must be an object.");
	if (!mcp_keep(request, NULL, NODE_NONE))
		return mcp_refuse(request, MCP_INTERNAL_ERROR, "Too many requests are open.");
	mcp_notification_begin(&told, request->out, "notifications/subscriptions/acknowledged");
	json_object_begin(&told);
	json_key(&told, STR("_meta"));
	json_object_begin(&told);
	json_key(&told, STR("io.modelcontextprotocol/subscriptionId"));
	json_raw(&told, id);
	json_object_end(&told);
	json_key(&told, STR("notifications"));
	json_object_begin(&told);
	json_object_end(&told);
	json_object_end(&told);
	mcp_message_end(&told);
	return true;
}
