/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One message of JSON-RPC 2.0, as MCP has it: no batches, parameters by name, an id that is a string or an integer.
 * Reading one says what it is; the functions that write add one line to a buffer.
 *
 * Source: JSON-RPC 2.0; MCP 2026-07-28, 2025-11-25, 2025-06-18, basic.
 */
#ifndef WEIR_MCP_MESSAGE_H
#define WEIR_MCP_MESSAGE_H

#include "base/json.h"

enum {
	MCP_PARSE_ERROR = -32700,
	MCP_INVALID_REQUEST = -32600,
	MCP_METHOD_NOT_FOUND = -32601,
	MCP_INVALID_PARAMS = -32602,
	MCP_INTERNAL_ERROR = -32603,
	MCP_UNSUPPORTED_VERSION = -32022,
	MCP_RESOURCE_NOT_FOUND = -32002, /* before 2026-07-28 alone */
};

enum { MCP_DEPTH_MOST = 64, MCP_ID_MOST = 256 };

enum mcp_kind { MESSAGE_REQUEST, MESSAGE_NOTIFICATION, MESSAGE_RESPONSE };

struct mcp_message {
	enum mcp_kind kind;
	struct str
		id; /* as it stands in JSON; absent for a notification, and where it cannot be told */
	struct str method;
	struct node params; /* an object, or NODE_NONE */
};

/* Why a message is not taken. */
struct mcp_failure {
	int code;
	struct str message;
	struct str data; /* JSON, or absent */
};

/*
 * Reads a line.  `line` must outlive *ret_doc, which is the caller's to free and whose parts *ret_message is; all is borrowed from these
 * and the arena.  False with *ret_failure for what is no message; then *ret_message has the id where there is one.
 */
bool mcp_message_read(struct str line, struct arena *arena, struct doc **ret_doc,
	struct mcp_message *ret_message, struct mcp_failure *ret_failure);

/* A failure with a text of printf; always false, for `return mcp_fails(...)`. */
bool mcp_fails(struct mcp_failure *failure, struct arena *arena, int code, const char *format, ...)
	WEIR_PRINTF(4, 5);

/*
 * A message's begin, in which one value more is to be written: of a result, the object behind "result"; of a notification,
 * that behind "params".  mcp_message_end() ends it.
 */
void mcp_result_begin(struct json_writer *json, struct buf *out, struct str id);
void mcp_notification_begin(struct json_writer *json, struct buf *out, const char *method);
void mcp_message_end(struct json_writer *json);
/* A whole error. An absent id is left out, as MCP has it. */
void mcp_error_write(struct buf *out, struct str id, const struct mcp_failure *failure);

#endif
