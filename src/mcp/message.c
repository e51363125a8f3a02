/* SPDX-License-Identifier: Apache-2.0 */
/* What a line says by JSON-RPC, strictly. Apart from server.c, which knows what MCP makes of it. */
#include "mcp/message.h"

bool mcp_fails(struct mcp_failure *failure, struct arena *arena, int code, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	*failure =
		(struct mcp_failure){.code = code, .message = arena_vprintf(arena, format, args)};
	va_end(args);
	return false;
}

/* A string or an integer that is written as one, as it stands in the text. */
static bool read_id(struct node id, struct str *ret_id)
{
	struct str raw = node_raw(id);

	if (raw.len > MCP_ID_MOST)
		return false;
	if (node_is_string(id)) {
		*ret_id = (struct str){raw.data - 1, raw.len + 2};
		return true;
	}
	if (node_type(id) != NODE_NUMBER)
		return false;
	for (size_t i = raw.data[0] == '-'; i < raw.len; i++)
		if (raw.data[i] < '0' || raw.data[i] > '9')
			return false;
	*ret_id = raw;
	return true;
}

static bool read_parts(struct node root, struct arena *arena, struct mcp_message *message,
	struct mcp_failure *failure)
{
	struct node id = NODE_GET(root, "id"), method = NODE_GET(root, "method");
	struct error err;

	if (node_is_array(root))
		return mcp_fails(failure, arena, MCP_INVALID_REQUEST,
			"Batches are not taken: send one message a line.");
	if (!node_is_object(root))
		return mcp_fails(
			failure, arena, MCP_INVALID_REQUEST, "A message is a JSON object.");
	if (doc_check_keys(root, &err) < 0)
		return mcp_fails(failure, arena, MCP_INVALID_REQUEST,
			"The message has a key twice, at column %u.", err.column);
	if (node_exists(id) && !read_id(id, &message->id))
		return mcp_fails(failure, arena, MCP_INVALID_REQUEST,
			"\"id\" must be a string or an integer, of %d bytes at most.", MCP_ID_MOST);
	if (!node_text_is(NODE_GET(root, "jsonrpc"), STR("2.0")))
		return mcp_fails(
			failure, arena, MCP_INVALID_REQUEST, "\"jsonrpc\" must be \"2.0\".");
	if (!node_exists(method) &&
		(node_exists(NODE_GET(root, "result")) || node_exists(NODE_GET(root, "error")))) {
		message->kind = MESSAGE_RESPONSE;
		return true;
	}
	if (!node_is_string(method))
		return mcp_fails(
			failure, arena, MCP_INVALID_REQUEST, "\"method\" must be a string.");
	message->kind = node_exists(id) ? MESSAGE_REQUEST : MESSAGE_NOTIFICATION;
	message->method = node_text(method, arena);
	message->params = NODE_GET(root, "params");
	if (node_exists(message->params) && !node_is_object(message->params))
		return mcp_fails(failure, arena, MCP_INVALID_REQUEST,
			"\"params\" must be an object: parameters have names.");
	return true;
}

bool mcp_message_read(struct str line, struct arena *arena, struct doc **ret_doc,
	struct mcp_message *ret_message, struct mcp_failure *ret_failure)
{
	const struct json_options options = {.name = STR(""), .max_depth = MCP_DEPTH_MOST};
	struct error err;

	*ret_message = (struct mcp_message){.params = NODE_NONE};
	if (json_read(line, &options, ret_doc, &err) < 0)
		return mcp_fails(ret_failure, arena, MCP_PARSE_ERROR,
			"The line is no JSON that weir reads: %s (column %u).", err.message,
			err.column);
	return read_parts(doc_root(*ret_doc), arena, ret_message, ret_failure);
}

/* ---- writing ---- */

static void begin(struct json_writer *json, struct buf *out)
{
	json_writer_init(json, out, 0);
	json_object_begin(json);
	json_member(json, "jsonrpc", STR("2.0"));
}

static void add_id(struct json_writer *json, struct str id)
{
	if (str_absent(id))
		return;
	json_key(json, STR("id"));
	json_raw(json, id);
}

void mcp_result_begin(struct json_writer *json, struct buf *out, struct str id)
{
	begin(json, out);
	add_id(json, id);
	json_key(json, STR("result"));
}

void mcp_notification_begin(struct json_writer *json, struct buf *out, const char *method)
{
	begin(json, out);
	json_member(json, "method", str_of(method));
	json_key(json, STR("params"));
}

void mcp_message_end(struct json_writer *json)
{
	json_object_end(json);
	buf_add_char(json->out, '\n');
}

void mcp_error_write(struct buf *out, struct str id, const struct mcp_failure *failure)
{
	struct json_writer json;

	begin(&json, out);
	add_id(&json, id);
	json_key(&json, STR("error"));
	json_object_begin(&json);
	json_member_int(&json, "code", failure->code);
	json_member(&json, "message", failure->message);
	if (!str_absent(failure->data)) {
		json_key(&json, STR("data"));
		json_raw(&json, failure->data);
	}
	json_object_end(&json);
	mcp_message_end(&json);
}
