/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tools/call: arguments against their schema, the tool, and its result as members of an answer.  What is wrong
 * with arguments is told to the model that wrote them, as a result with isError.
 */
#include "mcp/schema.h"
#include "mcp/server_model.h"

#include "base/suggest.h"

static const struct mcp_tool *tool_find(const struct mcp_features *features, struct node definition)
{
	for (size_t i = 0; i < features->tool_count; i++)
		if (node_text_is(
			    NODE_GET(definition, "name"), str_of(features->tool_table[i].name)))
			return &features->tool_table[i];
	return NULL;
}

int mcp_tools_load(struct mcp_server *server, struct error *err)
{
	struct node_iter it = {0};
	int r = 0;

	if (server->lists[LIST_TOOLS])
		it = node_children(doc_root(server->lists[LIST_TOOLS]));
	while (r == 0 && node_next(&it)) {
		struct node output = NODE_GET(it.value, "outputSchema");

		if (!tool_find(server->features, it.value))
			return error_node(err, ERR_DEFECT, it.value, "a tool has no function");
		r = mcp_schema_load(NODE_GET(it.value, "inputSchema"), err);
		if (r == 0 && node_exists(output))
			r = mcp_schema_load(output, err);
	}
	return r;
}

/* ---- results ---- */

static void add_text(struct json_writer *json, struct str text)
{
	json_array_begin(json);
	json_object_begin(json);
	json_member(json, "type", STR("text"));
	json_member(json, "text", text);
	json_object_end(json);
	json_array_end(json);
}

static void add_result(struct json_writer *json, const struct mcp_result *result)
{
	json_key(json, STR("content"));
	if (result->content.len)
		json_raw(json, buf_str(&result->content));
	else
		add_text(json,
			result->text.len ? buf_str(&result->text) : buf_str(&result->structured));
	if (result->structured.len && !result->is_error) {
		json_key(json, STR("structuredContent"));
		json_raw(json, buf_str(&result->structured));
	}
	if (result->is_error)
		json_member_bool(json, "isError", true);
}

/* Texts that are ours but may hold what a model or a file wrote. */
static void add_refusal(
	struct json_writer *json, struct mcp_server *server, struct arena *arena, struct str text)
{
	json_key(json, STR("content"));
	add_text(json, redact_text(server->redactor, text, arena));
	json_member_bool(json, "isError", true);
}

static void add_error(struct json_writer *json, struct mcp_server *server, struct arena *arena,
	const struct error *err)
{
	const struct error_info *info = error_info(err->id);
	struct str place = STR("");

	if (*err->file)
		place = err->line
			? arena_printf(arena, "%s:%u:%u: ", err->file, err->line, err->column)
			: arena_printf(arena, "%s: ", err->file);
	/* What helps with a command line helps nobody here. */
	add_refusal(json, server, arena,
		err->id == ERR_USAGE ? arena_printf(arena, "%.*s%s", STR_ARG(place), err->message)
				     : arena_printf(arena, "%.*s%s [%s] %s", STR_ARG(place),
					       err->message, info->code, info->help));
}

static void run_tool(struct mcp_server *server, struct mcp_call *call, struct json_writer *json)
{
	struct mcp_result result = {
		BUF(MCP_RESULT_MOST), BUF(MCP_RESULT_MOST), BUF(MCP_RESULT_MOST), false};
	struct error err = {ERR_NONE};
	int r = call->tool->run(call, call->arguments, &result, &err);

	if (r == 0 &&
		(buf_failed(&result.structured) || buf_failed(&result.text) ||
			buf_failed(&result.content)))
		r = error_memory(&err);
	if (r < 0)
		add_error(json, server, call->arena, &err);
	else
		add_result(json, &result);
	buf_free(&result.structured);
	buf_free(&result.text);
	buf_free(&result.content);
}

void mcp_call_run(struct mcp_server *server, struct mcp_call *call, struct buf *answer)
{
	struct json_writer json;

	json_writer_init(&json, answer, 0);
	json_object_begin(&json);
	run_tool(server, call, &json);
	json_object_end(&json);
}

/* ---- the method ---- */

static bool unknown_tool(struct mcp_request *request, struct str name)
{
	struct suggestion suggestion = {.typed = name};
	const struct mcp_features *features = request->server->features;
	struct str best;

	for (size_t i = 0; i < features->tool_count; i++)
		suggest_offer(&suggestion, str_of(features->tool_table[i].name));
	best = suggest_result(&suggestion);
	return str_absent(best)
		? mcp_refuse(request, MCP_INVALID_PARAMS, "There is no such tool.")
		: mcp_refuse(request, MCP_INVALID_PARAMS,
			  "There is no such tool; did you mean \"%.*s\"?", STR_ARG(best));
}

/* The schema sees an object also where no arguments are given. */
static struct node empty_object(struct arena *arena)
{
	const struct json_options options = {.name = STR("")};
	struct doc *doc = NULL;
	const struct doc *kept = NULL;

	if (json_read(STR("{}"), &options, &doc, NULL) == 0)
		kept = doc_adopt(doc, arena);
	return kept ? doc_root(kept) : NODE_NONE;
}

bool mcp_call_tool(struct mcp_request *request, struct json_writer *json)
{
	CLEANUP(buf_free) struct buf problems = BUF(MCP_RESULT_MOST);
	struct mcp_server *server = request->server;
	struct mcp_call *call = request->call;
	struct node arguments = NODE_GET(request->message.params, "arguments"), definition;
	struct str name = mcp_text_param(request, request->message.params, "name");

	if (str_absent(name))
		return false;
	definition = mcp_definition(server, LIST_TOOLS, name);
	if (!node_exists(definition))
		return unknown_tool(request, name);
	if (!node_exists(arguments))
		arguments = empty_object(call->arena);
	if (!node_exists(arguments))
		return mcp_refuse(request, MCP_INTERNAL_ERROR, "Memory ran out.");
	if (!mcp_schema_check(
		    NODE_GET(definition, "inputSchema"), arguments, call->arena, &problems)) {
		/* Before 2025-11-25 this was an error of the protocol. */
		if (request->era == ERA_2025_06)
			return mcp_refuse(request, MCP_INVALID_PARAMS, "%.*s",
				STR_ARG(redact_text(
					server->redactor, buf_str(&problems), call->arena)));
		add_refusal(json, server, call->arena, buf_str(&problems));
		return true;
	}
	call->tool = tool_find(server->features, definition);
	call->arguments = arguments;
	call->features = server->features;
	call->redactor = server->redactor;
	if (!call->tool->is_long) {
		run_tool(server, call, json);
		return true;
	}
	if (!mcp_keep(request, call->tool, arguments))
		add_refusal(json, server, call->arena,
			STR("Too many calls wait already. Send this one again when another has "
			    "been "
			    "answered."));
	return true;
}
