/* SPDX-License-Identifier: Apache-2.0 */
/* Lines out of a stream of bytes. Apart from what a line says, so that a line of any length costs no more than the ceiling. */
#include "mcp/frame.h"

static void forget(struct mcp_frames *frames)
{
	buf_free(&frames->line);
	frames->line = BUF(frames->most);
}

enum mcp_frame mcp_frame_next(struct mcp_frames *frames, struct str *piece, struct str *ret_line)
{
	if (frames->is_given)
		buf_clear(&frames->line);
	frames->is_given = false;
	while (!str_empty(*piece)) {
		size_t end = str_find_char(*piece, '\n');
		struct str part = str_slice(*piece, 0, end);

		*piece = str_slice(*piece, end == SIZE_MAX ? end : end + 1, SIZE_MAX);
		if (frames->is_skipping) {
			frames->is_skipping = end == SIZE_MAX;
		} else if (part.len > frames->most - frames->line.len) {
			forget(frames);
			frames->is_skipping = end == SIZE_MAX;
			return FRAME_TOO_LONG;
		} else {
			buf_add(&frames->line, part);
			if (end != SIZE_MAX)
				return mcp_frame_last(frames, ret_line);
		}
	}
	return FRAME_NONE;
}

enum mcp_frame mcp_frame_last(struct mcp_frames *frames, struct str *ret_line)
{
	if (frames->is_skipping || frames->is_given)
		return FRAME_NONE;
	if (buf_failed(&frames->line)) {
		/* Memory was short: this line is lost, and the next one may fit. */
		forget(frames);
		return FRAME_TOO_LONG;
	}
	frames->is_given = true;
	*ret_line = buf_str(&frames->line);
	return FRAME_LINE;
}

void mcp_frames_free(struct mcp_frames *frames)
{
	buf_free(&frames->line);
}
