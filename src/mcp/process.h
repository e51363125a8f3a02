/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Long calls beside the connection: each in a process of its own, a fork of the server, so that one that loops, takes too
 * much memory or dies delays nobody and takes nothing with it.
 *
 *	server ──fork──► call: runs the tool
 *	   ◄── 'P' and how much is done, 8 bytes ──┤   any number of times
 *	   ◄── 'A' and the answer, a JSON object   ──┘   once, to the end
 */
#ifndef WEIR_MCP_PROCESS_H
#define WEIR_MCP_PROCESS_H

#include "mcp/server.h"

enum {
	MCP_RUNNING_MOST = 2,      /* calls at once; the others wait for their turn */
	MCP_CALL_SECONDS = 5 * 60, /* on the wall, of one call */
};

/* Starts those of the session's calls whose turn it is. `fds` are closed in their processes, and end with -1. */
void mcp_processes_start(struct mcp_server *server, struct mcp_session *session, const int *fds,
	int64_t now_ms, struct buf *out);
/*
 * Takes what a call has written, once its `fd` can be read, and answers it when it has ended.
 */
void mcp_process_read(struct mcp_server *server, struct mcp_session *session, struct mcp_call *call,
	struct buf *out);
/* Ends those that were cancelled or whose time is over. */
void mcp_processes_reap(
	struct mcp_server *server, struct mcp_session *session, int64_t now_ms, struct buf *out);
/* Milliseconds until the first of them is late; -1 if none runs. */
int mcp_processes_wait(const struct mcp_session *session, int64_t now_ms);
/* Ends all, without answers. */
void mcp_processes_end(struct mcp_session *session);

#endif
