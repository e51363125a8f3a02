/* SPDX-License-Identifier: Apache-2.0 */
/* MCP over two streams of bytes: the standard ones of a program that a client started. */
#ifndef WEIR_MCP_STDIO_H
#define WEIR_MCP_STDIO_H

#include "mcp/server.h"

/*
 * Serves until `in` ends or nobody reads `out`.  Input is not taken while its answers are not: what is held is bounded, whatever
 * the client does.  Errors: ERR_OUTPUT for an output that fails otherwise than by its reader's leaving.
 */
int mcp_stdio_serve(struct mcp_server *server, int in, int out, struct error *err) WEIR_NODISCARD;

#endif
