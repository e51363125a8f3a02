/* SPDX-License-Identifier: Apache-2.0 */
/* A server from inside, for the files of this folder that answer its methods. */
#ifndef WEIR_MCP_SERVER_MODEL_H
#define WEIR_MCP_SERVER_MODEL_H

#include "mcp/server.h"

#define MCP_MODERN "2026-07-28"

enum mcp_list { LIST_TOOLS, LIST_PROMPTS, LIST_RESOURCES, LIST_TEMPLATES, LIST_COUNT };

struct mcp_server {
	const struct mcp_features *features;
	struct doc *lists[LIST_COUNT]; /* NULL: there is none */
	struct redactor *redactor;
	struct arena *arena;
};

/* One request while it is answered. */
struct mcp_request {
	struct mcp_server *server;
	struct mcp_session *session;
	struct mcp_message message;
	enum mcp_era era;
	struct mcp_call *call; /* the memory it is in */
	bool is_kept;          /* it is answered later */
	struct mcp_failure failure;
	struct buf *out;
};

/*
 * A method writes the members of its result into `json`, an object that is open, and returns true; or false with
 * request->failure.  What it writes counts for nothing where the request is kept.
 */
typedef bool mcp_method_fn(struct mcp_request *request, struct json_writer *json);

mcp_method_fn mcp_list_tools, mcp_list_prompts, mcp_list_resources, mcp_list_templates;
mcp_method_fn mcp_call_tool, mcp_get_prompt, mcp_read_resource, mcp_complete, mcp_listen;

/* Refuses tools whose definitions are none, or have no function. Errors: ERR_DEFECT. */
int mcp_tools_load(struct mcp_server *server, struct error *err) WEIR_NODISCARD;

/* Fails the request with a text of printf; always false. */
bool mcp_refuse(struct mcp_request *request, int code, const char *format, ...) WEIR_PRINTF(3, 4);

/* The definition with this name (or of a template, this uriTemplate) in a list, or NODE_NONE. */
struct node mcp_definition(const struct mcp_server *server, enum mcp_list list, struct str name);
/* The text of a parameter that must be one; absent with a failure where it is not. */
struct str mcp_text_param(struct mcp_request *request, struct node object, const char *name);
/* Keeps the request's memory as a call that is answered later; false where there are too many of them. */
bool mcp_keep(struct mcp_request *request, const struct mcp_tool *tool, struct node arguments);

#endif
