/* SPDX-License-Identifier: Apache-2.0 */
/* What exists: the tools find and show, and the same signatures as resources. Answered at once, since they only look up. */
#include "mcp/tools_model.h"
#include "story/find.h"
#include "story/show.h"

#define CATALOG "weir://catalog/"

enum { FOUND_PRESET = 8, SUMMARY_MOST = 200, COMPLETED_MOST = 100 };

int mcp_find(
	struct mcp_call *call, struct node arguments, struct mcp_result *result, struct error *err)
{
	struct find_options how = {.words = node_text(NODE_GET(arguments, "words"), call->arena),
		.kind = node_text(NODE_GET(arguments, "kind"), call->arena)};
	int64_t limit = FOUND_PRESET;
	struct find_results found;
	struct json_writer json;
	int r;

	(void)node_to_i64(NODE_GET(arguments, "limit"), &limit);
	how.limit = (size_t)limit;
	r = find_run(&how, call->arena, &found, err);
	if (r < 0)
		return r;
	json_writer_init(&json, &result->structured, 0);
	json_object_begin(&json);
	json_key(&json, STR("results"));
	json_array_begin(&json);
	for (size_t i = 0; i < found.count; i++) {
		const struct find_result *one = &found.items[i];

		json_object_begin(&json);
		json_member(&json, "name", one->name);
		if (!str_absent(one->member))
			json_member(&json, "member", one->member);
		json_member(&json, "kind", one->kind);
		mcp_add_text(
			&json, "summary", one->summary, SUMMARY_MOST, call->redactor, call->arena);
		json_member(&json, "source", one->source);
		json_object_end(&json);
	}
	json_array_end(&json);
	json_object_end(&json);
	return 0;
}

int mcp_show(
	struct mcp_call *call, struct node arguments, struct mcp_result *result, struct error *err)
{
	struct show_options how = {.name = node_text(NODE_GET(arguments, "name"), call->arena)};
	CLEANUP(buf_free) struct buf text = BUF(MCP_RESULT_MOST);
	int64_t budget = 0;
	int r;

	(void)node_to_i64(NODE_GET(arguments, "budget"), &budget);
	how.budget = (size_t)budget;
	r = show_run(&how, call->arena, &text, err);
	if (r == 0)
		buf_add(&result->text, redact_text(call->redactor, buf_str(&text), call->arena));
	return r;
}

int mcp_read_catalog(void *payload, struct str uri, struct redactor *redactor, struct arena *arena,
	struct buf *contents, bool *ret_found, struct error *err)
{
	CLEANUP(buf_free) struct buf text = BUF(MCP_RESULT_MOST);
	struct show_options how = {.name = str_slice(uri, sizeof(CATALOG) - 1, uri.len)};
	struct json_writer json;
	int r;

	(void)payload;
	*ret_found = str_starts(uri, STR(CATALOG));
	if (!*ret_found)
		return 0;
	r = show_run(&how, arena, &text, err);
	*ret_found = r == 0;
	/* A name that does not exist is no resource; what else goes wrong is an error. */
	if (r < 0)
		return err->id == ERR_NAME_UNKNOWN ? 0 : r;
	json_writer_init(&json, contents, 0);
	json_array_begin(&json);
	json_object_begin(&json);
	json_member(&json, "uri", uri);
	json_member(&json, "mimeType", STR("text/plain"));
	json_member(&json, "text", redact_text(redactor, buf_str(&text), arena));
	json_object_end(&json);
	json_array_end(&json);
	return 0;
}

void mcp_complete_catalog(void *payload, struct str owner, struct str argument, struct str typed,
	struct arena *arena, mcp_offer_fn *offer, void *offered)
{
	const struct find_options how = {.words = typed, .limit = COMPLETED_MOST};
	struct find_results found;

	(void)payload;
	if (!str_starts(owner, STR(CATALOG)) || !str_is(argument, "name") ||
		find_run(&how, arena, &found, NULL) < 0)
		return;
	for (size_t i = 0; i < found.count; i++)
		if (str_absent(found.items[i].member) && str_starts(found.items[i].name, typed))
			offer(found.items[i].name, offered);
}
