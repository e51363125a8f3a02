/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What an MCP server says to a message, whatever carries it: the handshake of both eras, lists, calls, prompts, resources and completions.
 * It knows no tool; what a server offers is a struct mcp_features.
 *
 * Source: MCP 2026-07-28 (each request tells its version in _meta), 2025-11-25 and 2025-06-18 (after `initialize`).
 */
#ifndef WEIR_MCP_SERVER_H
#define WEIR_MCP_SERVER_H

#include "mcp/message.h"
#include "redact/redact.h"

enum mcp_era { ERA_NONE, ERA_2025_06, ERA_2025_11, ERA_MODERN };

/* Limits, all of them told where they are met. */
enum {
	MCP_LINE_MOST = 4 << 20,    /* bytes of one message */
	MCP_CALL_MEMORY = 64 << 20, /* bytes of what is made of a message */
	MCP_RESULT_MOST = 1 << 20,  /* bytes of one result */
	MCP_LIVE_MOST = 64,         /* calls that wait or run */
	MCP_LIVE_BYTES = 16 << 20,  /* of their messages together */
};

struct mcp_call;

/* What a tool says. `content` is written only by a tool that gives more than texts. */
struct mcp_result {
	struct buf
		structured; /* a JSON object, told as structuredContent and again as text; empty: none */
	struct buf text;    /* told instead of that, where it is not empty */
	struct buf content; /* JSON: the blocks themselves, instead of both */
	bool is_error;
};

/*
 * `arguments` fit the tool's input schema.  An error becomes a result with isError, in its words.  Of a tool that is long this runs in
 * a process of its own.
 */
typedef int mcp_tool_fn(
	struct mcp_call *call, struct node arguments, struct mcp_result *result, struct error *err);

/* What stands beside a tool's definition, which is in mcp_features.tools. */
struct mcp_tool {
	const char *name;
	mcp_tool_fn *run;
	bool is_long; /* it may take longer than a client would wait for another answer */
};

typedef void mcp_offer_fn(struct str value, void *payload);

struct mcp_features {
	const char *name, *title, *version, *instructions;
	/* JSON arrays of definitions as the protocol has them: {"name", "inputSchema", ...}; absent: none. */
	struct str tools, prompts, resources, templates;
	const struct mcp_tool *tool_table; /* one for each of `tools`, in any order */
	size_t tool_count;
	/*
	 * Of a prompt whose arguments are known and there: its messages, a JSON array, into `messages`.
	 */
	int (*prompt)(void *payload, struct str name, struct node arguments, struct arena *arena,
		struct buf *messages, struct error *err);
	/* The contents at a URI, a JSON array; *ret_found is false where there is nothing. */
	int (*read)(void *payload, struct str uri, struct redactor *redactor, struct arena *arena,
		struct buf *contents, bool *ret_found, struct error *err);
	/* Offers the values that an argument of a prompt (`name`) or template (`uri`) may have, beginning with `typed`. */
	void (*complete)(void *payload, struct str owner, struct str argument, struct str typed,
		struct arena *arena, mcp_offer_fn *offer, void *offered);
	void *payload;
};

/* A request that is not answered yet. */
struct mcp_call {
	struct arena *arena; /* its own */
	struct doc *doc;
	struct buf line;
	struct str id;
	enum mcp_era era;
	struct str progress_token;   /* as JSON; absent: progress is told to nobody */
	uint64_t progress;           /* the last that was told */
	const struct mcp_tool *tool; /* NULL: a subscription, which lasts until it is cancelled */
	struct node arguments;
	const struct mcp_features *features;
	struct redactor *redactor; /* knows the shapes of secrets and no plan */
	bool is_cancelled;
	struct mcp_call *next; /* of the session's */
	/* of who runs it */
	int pid, fd; /* 0: it waits */
	int64_t deadline;
	struct buf answer;
	/* of the process that runs it; tells that more was done */
	void (*tell)(struct mcp_call *call, uint64_t progress);
};

/* Who talks over one connection. Zeroed it is new. */
struct mcp_session {
	enum mcp_era legacy;   /* that `initialize` agreed upon */
	struct mcp_call *live; /* oldest first */
	size_t live_count, live_bytes;
};

struct mcp_server;

/* `features` are borrowed. Errors: ERR_DEFECT for definitions that are none. */
int mcp_server_create(const struct mcp_features *features, struct arena *arena,
	struct mcp_server **ret_server, struct error *err) WEIR_NODISCARD;
void mcp_server_destroy(struct mcp_server *server); /* what the arena does not hold; accepts NULL */

/*
 * Takes one line and adds what is to be said at once to `out`.  A long call is put behind session->live instead: whoever carries the
 * messages runs it with mcp_call_run(), tells mcp_call_end() its answer, and looks for calls that were cancelled.
 */
void mcp_server_take(
	struct mcp_server *server, struct mcp_session *session, struct str line, struct buf *out);
/* What is said to a line that was too long to be kept. */
void mcp_server_too_long(struct buf *out);

/* Runs a call's tool: its result's members, as a JSON object, into `answer`. */
void mcp_call_run(struct mcp_server *server, struct mcp_call *call, struct buf *answer);
/* Answers a call, unless it was cancelled, and takes it out of its session. An absent or damaged answer is told as `otherwise`. */
void mcp_call_end(struct mcp_server *server, struct mcp_session *session, struct mcp_call *call,
	struct str answer, const char *otherwise, struct buf *out);
/* Tells the client of progress, if it wants to know and it is more than before. */
void mcp_call_progress(struct mcp_call *call, uint64_t progress, struct buf *out);
/* Forgets all calls. */
void mcp_session_close(struct mcp_session *session);

#endif
