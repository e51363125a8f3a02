/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Bytes of a client, from frames to answers, with tools that do nothing: each answer is one line of JSON, and what is held is bounded.
 */
#include "mcp/frame.h"
#include "mcp/server.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { LINE_MOST = 4096 };

static int nothing(
	struct mcp_call *call, struct node arguments, struct mcp_result *result, struct error *err)
{
	(void)call, (void)arguments, (void)err;
	buf_add(&result->structured, STR("{\"done\":true}"));
	return 0;
}

static const struct mcp_tool table[] = {{"quick", nothing, false}, {"long", nothing, true}};

/* Every line that was said is a whole message. */
static void check_out(struct str out)
{
	const struct json_options options = {.name = STR("answer")};

	while (!str_empty(out)) {
		CLEANUP(doc_cleanup) struct doc *doc = NULL;
		struct str line = str_split(&out, '\n');

		if (json_read(line, &options, &doc, NULL) < 0 ||
			!node_text_is(NODE_GET(doc_root(doc), "jsonrpc"), STR("2.0")))
			__builtin_trap();
	}
}

static void take(struct mcp_server *server, struct mcp_session *session, struct str text)
{
	CLEANUP(mcp_frames_free) struct mcp_frames frames = MCP_FRAMES(LINE_MOST);
	CLEANUP(buf_free) struct buf out = BUF(64 << 20);
	CLEANUP(buf_free) struct buf answer = BUF(1 << 20);
	enum mcp_frame frame;
	struct str line;

	while ((frame = mcp_frame_next(&frames, &text, &line)) != FRAME_NONE) {
		if (frame == FRAME_LINE)
			mcp_server_take(server, session, line, &out);
		else
			mcp_server_too_long(&out);
		if (frames.line.len > LINE_MOST || session->live_count > MCP_LIVE_MOST)
			__builtin_trap();
	}
	while (session->live && session->live->tool) {
		buf_clear(&answer);
		mcp_call_run(server, session->live, &answer);
		mcp_call_end(server, session, session->live, buf_str(&answer), "no", &out);
	}
	check_out(buf_str(&out));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create(1 << 20);
	const struct mcp_features features = {.name = "fuzz",
		.title = "fuzz",
		.version = "1",
		.instructions = "",
		.tools = STR(
			"[{\"name\":\"quick\",\"inputSchema\":{\"type\":\"object\",\"properties\":"
			"{\"a\":{\"type\":\"integer\"},\"b\":{\"items\":{\"enum\":[\"x\",1]}}},"
			"\"additionalProperties\":false}},{\"name\":\"long\",\"inputSchema\":{"
			"\"type\":\"object\"}}]"),
		.tool_table = table,
		.tool_count = COUNT_OF(table)};
	struct mcp_server *server = NULL;
	struct mcp_session session = {0};

	if (!arena || mcp_server_create(&features, arena, &server, NULL) < 0)
		return 0;
	take(server, &session, (struct str){(const char *)data, size});
	mcp_session_close(&session);
	mcp_server_destroy(server);
	return 0;
}
