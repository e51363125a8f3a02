/* SPDX-License-Identifier: Apache-2.0 */
/* What the files that hold weir's tools share. */
#ifndef WEIR_MCP_TOOLS_MODEL_H
#define WEIR_MCP_TOOLS_MODEL_H

#include "mcp/tools.h"
#include "report/report.h"

mcp_tool_fn mcp_find, mcp_show, mcp_check, mcp_synth, mcp_review, mcp_verify;

/* What stands at weir://catalog/NAME, and the names that begin with what was typed, as struct mcp_features has them. */
int mcp_read_catalog(void *payload, struct str uri, struct redactor *redactor, struct arena *arena,
	struct buf *contents, bool *ret_found, struct error *err) WEIR_NODISCARD;
void mcp_complete_catalog(void *payload, struct str owner, struct str argument, struct str typed,
	struct arena *arena, mcp_offer_fn *offer, void *offered);

struct mcp_world *mcp_world_of(const struct mcp_call *call);
/* The time of a call, as text for a report; its number goes to *ret_now. Absent when the arena refused. */
const char *mcp_now(const struct mcp_call *call, int64_t *ret_now);

/* The text of an argument, or NULL where it was not given or memory is short. */
const char *mcp_argument(struct mcp_call *call, struct node arguments, const char *name);
/*
 * The same for a path, which must lead below the workspace.  Errors: ERR_WORKSPACE.
 */
int mcp_path_argument(struct mcp_call *call, struct node arguments, const char *name,
	const char **ret_path, struct error *err) WEIR_NODISCARD;

/* Findings of a tool's answer, worst first, as an array below "findings", and "omitted" where they are more than it holds. */
struct mcp_findings {
	struct redactor *redactor;
	struct arena *arena;
	const struct findings *from;
	enum verdict least; /* those that ask for less are not told, and not counted */
};
void mcp_add_findings(struct json_writer *json, const struct mcp_findings *findings);
/* A member that is foreign text, redacted and cut at `most` bytes; none where it is absent or empty. */
void mcp_add_text(struct json_writer *json, const char *key, struct str text, size_t most,
	struct redactor *redactor, struct arena *arena);

#endif
