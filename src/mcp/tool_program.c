/* SPDX-License-Identifier: Apache-2.0 */
/* The tools on programs of constructs: check and synth, which differ in what becomes of the configuration. */
#include "base/file.h"
#include "mcp/tools_model.h"
#include "story/synth.h"

enum { PRINTED_MOST = 1000, PREVIEW_MOST = 16 << 10, FILES_MOST = 50, TOLD_EACH = 16 };

struct asked {
	struct mcp_call *call;
	uint64_t count;
};

/* Progress is how many paths were asked for; not each of them is worth a message. */
static void asked(void *payload, struct str path, bool is_folder)
{
	struct asked *own = payload;

	(void)path, (void)is_folder;
	if (++own->count % TOLD_EACH == 1)
		own->call->tell(own->call, own->count);
}

static void add_files(struct json_writer *json, const struct answer *answer,
	struct redactor *redactor, struct arena *arena)
{
	json_key(json, STR("files"));
	json_array_begin(json);
	for (size_t i = 0; i < answer->output_count && i < FILES_MOST; i++)
		json_string(json, redact_text(redactor, answer->outputs[i].path, arena));
	if (answer->output_count > FILES_MOST)
		json_string(json,
			arena_printf(arena, "and %zu more", answer->output_count - FILES_MOST));
	json_array_end(json);
}

/* The stacks' configuration, one after the other, as one text. */
static void add_preview(struct json_writer *json, const struct answer *answer,
	struct redactor *redactor, struct arena *arena)
{
	CLEANUP(buf_free) struct buf text = BUF((size_t)256 << 20);

	for (size_t i = 0; i < answer->output_count; i++)
		if (str_ends(answer->outputs[i].path, STR("cdk.tf.json"))) {
			buf_add(&text, answer->outputs[i].text);
			buf_add_char(&text, '\n');
		}
	if (buf_failed(&text))
		buf_refuse(json->out);
	mcp_add_text(json, "preview", buf_str(&text), PREVIEW_MOST, redactor, arena);
}

enum outcome { OUTCOME_CHECK, OUTCOME_PREVIEW, OUTCOME_FILES };

static void tell_run(
	const struct synthesis *synthesis, enum outcome outcome, struct mcp_result *result)
{
	const struct report *report = &synthesis->report;
	const struct answer *answer = &synthesis->answer;
	const struct mcp_findings findings = {
		report->redactor, report->arena, &report->findings, VERDICT_PASS};
	size_t errors = program_errors(report);
	struct json_writer json;

	json_writer_init(&json, &result->structured, 0);
	json_object_begin(&json);
	json_member_bool(&json, "ok", errors == 0);
	json_member_int(&json, "errors", (int64_t)errors);
	json_member_int(&json, "warnings", (int64_t)(report->findings.count - errors));
	mcp_add_findings(&json, &findings);
	mcp_add_text(
		&json, "printed", answer->printed, PRINTED_MOST, report->redactor, report->arena);
	if (errors == 0 && outcome == OUTCOME_FILES)
		add_files(&json, answer, report->redactor, report->arena);
	if (errors == 0 && outcome == OUTCOME_PREVIEW)
		add_preview(&json, answer, report->redactor, report->arena);
	json_object_end(&json);
}

/* Texts that were given stand where files of these names would, and are read instead of them. */
static int read_texts(
	struct mcp_call *call, struct node arguments, struct synth_options *how, struct error *err)
{
	struct str workspace = mcp_world_of(call)->workspace;
	struct node files = NODE_GET(arguments, "files");
	struct node_iter it = node_children(files);
	struct script_text *texts = ARENA_ARRAY(call->arena, struct script_text, node_count(files));

	if (!texts)
		return error_memory(err);
	while (node_next(&it)) {
		struct str path = node_text(NODE_GET(it.value, "path"), call->arena);
		struct str whole = path_resolve(
			call->arena, str_starts(path, STR("/")) ? STR("/") : workspace, path);

		if (str_find_char(path, '\0') != SIZE_MAX || str_eq(whole, workspace) ||
			!path_inside(workspace, whole))
			return error_set(err, ERR_WORKSPACE,
				"the path of `files[%zu]` is none in the workspace", it.index);
		texts[it.index] = (struct script_text){
			whole, node_text(NODE_GET(it.value, "text"), call->arena)};
	}
	how->texts = (struct script_overlay){texts, node_count(files)};
	if (!how->program && how->texts.count)
		how->program = mcp_argument(call, node_at(files, 0), "path");
	return arena_failed(call->arena) ? error_memory(err) : 0;
}

static int run(struct mcp_call *call, struct node arguments, enum outcome outcome,
	struct mcp_result *result, struct error *err)
{
	CLEANUP(synth_cleanup) struct synthesis synthesis = {0};
	struct asked own = {call, 0};
	int64_t now;
	struct synth_options how = {
		.is_check = outcome != OUTCOME_FILES,
		.strict = STRICT_ERROR,
		.within = mcp_world_of(call)->workspace,
		.now_text = mcp_now(call, &now),
		.asked = str_absent(call->progress_token) ? NULL : asked,
		.asked_payload = &own,
	};
	int r = how.now_text ? 0 : error_memory(err);

	if (r == 0)
		r = mcp_path_argument(call, arguments, "program", &how.program, err);
	if (r == 0)
		r = mcp_path_argument(call, arguments, "out", &how.out, err);
	if (r == 0)
		r = read_texts(call, arguments, &how, err);
	if (r == 0)
		r = synth_run(&how, call->arena, &synthesis, err);
	if (r == 0)
		tell_run(&synthesis, outcome, result);
	return r;
}

int mcp_check(
	struct mcp_call *call, struct node arguments, struct mcp_result *result, struct error *err)
{
	return run(call, arguments, OUTCOME_CHECK, result, err);
}

int mcp_synth(
	struct mcp_call *call, struct node arguments, struct mcp_result *result, struct error *err)
{
	bool is_preview = node_is_true(NODE_GET(arguments, "preview"));

	if (!is_preview && !mcp_world_of(call)->may_write)
		return error_set(err, ERR_WRITE_REFUSED,
			"synth would write files; with preview it shows what it would write");
	return run(call, arguments, is_preview ? OUTCOME_PREVIEW : OUTCOME_FILES, result, err);
}
