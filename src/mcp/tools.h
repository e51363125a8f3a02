/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What `weir mcp` offers: its tools, over the stories that the commands tell too, and its prompts.
 *
 * A tool reads and writes below the workspace alone, and what it says went through the redactor.
 */
#ifndef WEIR_MCP_TOOLS_H
#define WEIR_MCP_TOOLS_H

#include "mcp/server.h"
#include "story/trust.h"

/* What the person who configured the server decided. */
struct mcp_world {
	struct str workspace; /* the current folder, without symbolic links */
	bool may_write;
	/* As for `weir review`: what a tool believes of the tree is not the client's to say. */
	const char *base;
	bool trust_tree;
	const struct config *config;
	int64_t now; /* 0: the clock's */
};

/* `world` is borrowed, as the features' payload. Errors: ERR_DEFECT for built-in definitions that cannot be read. */
int mcp_product(struct mcp_world *world, struct arena *arena, struct mcp_features *ret_features,
	struct error *err) WEIR_NODISCARD;

#endif
