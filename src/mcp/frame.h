/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From bytes to lines: one message of MCP over stdio is one line that ends in a line feed.
 *
 * A line longer than the ceiling is told once and skipped to its end, so that the reader is in step again with the
 * next one, whatever its length.
 */
#ifndef WEIR_MCP_FRAME_H
#define WEIR_MCP_FRAME_H

#include "base/memory.h"

enum mcp_frame {
	FRAME_NONE, /* all bytes are taken, and no line has ended */
	FRAME_LINE,
	FRAME_TOO_LONG,
};

/* Begin with MCP_FRAMES(most bytes of a line); parts are private. */
struct mcp_frames {
	struct buf line;
	size_t most;
	bool is_skipping;
	bool is_given; /* `line` is what was given last */
};
#define MCP_FRAMES(bytes) ((struct mcp_frames){.line = BUF(bytes), .most = (bytes)})

/*
 * Takes bytes off the front of *piece, to the end of one line at most.  *ret_line, without its line feed, is
 * good until the next call.
 */
enum mcp_frame mcp_frame_next(
	struct mcp_frames *frames, struct str *piece, struct str *ret_line) WEIR_NODISCARD;
/* The same where the input has ended: what stands behind the last line feed. */
enum mcp_frame mcp_frame_last(struct mcp_frames *frames, struct str *ret_line) WEIR_NODISCARD;
void mcp_frames_free(struct mcp_frames *frames); /* for CLEANUP() too */

#endif
