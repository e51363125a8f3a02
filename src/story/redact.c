/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The story of a redaction: read, learn, judge the original by the rules, and
 * write the plan with those findings in its mark, so that a review of what is left comes to the
 * verdict of the whole.
 */
#include "story/redact.h"

#include "base/json.h"
#include "gate/rule.h"

enum { KEY_MOST = 64 * 1024, FACTS_MOST = 64 * 1024 * 1024 };

struct redaction {
	struct arena *arena;
	struct file_map key;
	struct redactor *redactor;
	struct inputs inputs;
	struct rules *rules;
};

static void redaction_cleanup(struct redaction *redaction)
{
	redactor_destroy(redaction->redactor);
	inputs_free(&redaction->inputs);
	file_unmap(&redaction->key);
}

static int create_redactor(struct redaction *redaction, const char *key_file, struct error *err)
{
	struct str key = {NULL, 0};

	if (key_file) {
		int r = file_map(key_file, KEY_MOST, &redaction->key, err);

		if (r < 0)
			return r;
		key = redaction->key.text;
		if (key.len < 16)
			return error_set(
				err, ERR_USAGE, "the key of --key-file has fewer than 16 bytes");
	}
	return redactor_create(key, &redaction->redactor, err);
}

static void text_member(
	struct redaction *redaction, struct json_writer *writer, const char *key, struct str text)
{
	if (!str_absent(text))
		json_member(writer, key, redact_text(redaction->redactor, text, redaction->arena));
}

static void write_fact(
	struct redaction *redaction, struct json_writer *writer, const struct finding *finding)
{
	json_object_begin(writer);
	json_member(writer, "rule", finding->rule);
	json_member(writer, "kind", finding_kind_name(finding->kind));
	json_member(writer, "severity", severity_name(finding->severity));
	json_member(writer, "state", finding_state_name(finding->state));
	text_member(redaction, writer, "address", finding->address);
	text_member(redaction, writer, "path", finding->path);
	text_member(redaction, writer, "message", finding->message);
	text_member(redaction, writer, "cause", finding->cause);
	text_member(redaction, writer, "remedy", finding->remedy);
	text_member(redaction, writer, "pointer", finding->pointer);
	json_object_end(writer);
}

/* The rules' findings on the original, as JSON. */
static int judge(
	struct redaction *redaction, const struct plan *plan, struct buf *facts, struct error *err)
{
	struct findings findings = {.arena = redaction->arena};
	struct references *references;
	struct json_writer writer;
	int r = references_build(plan, redaction->arena, &references, err);

	if (r < 0)
		return r;
	r = rules_apply(redaction->rules, plan, references, &findings, err);
	if (r < 0)
		return r;
	if (findings.count) {
		json_writer_init(&writer, facts, 0);
		json_array_begin(&writer);
		for (size_t i = 0; i < findings.count; i++)
			write_fact(redaction, &writer, &findings.items[i]);
		json_array_end(&writer);
	}
	return buf_failed(facts) || arena_failed(redaction->arena) ? error_memory(err) : 0;
}

int redact_run(const struct redact_options *options, struct arena *arena, struct error *err)
{
	CLEANUP(redaction_cleanup) struct redaction redaction = {.arena = arena};
	const struct plans *plans = &redaction.inputs.plans;
	int r = create_redactor(&redaction, options->key_file, err);

	if (r == 0)
		r = inputs_read(&options->input, arena, &redaction.inputs, err);
	if (r == 0)
		r = rules_load(arena, &redaction.rules, err);
	for (size_t i = 0; r == 0 && i < plans->count; i++)
		r = redactor_learn(redaction.redactor, &plans->items[i], err);
	for (size_t i = 0; r == 0 && i < plans->count; i++) {
		CLEANUP(buf_free) struct buf facts = BUF(FACTS_MOST);

		if (!node_exists(NODE_GET(plans->items[i].root_node, "weir_redacted")))
			r = judge(&redaction, &plans->items[i], &facts, err);
		if (r == 0)
			r = redact_plan_marked(redaction.redactor, &plans->items[i],
				buf_str(&facts), options->fd, err);
	}
	return r;
}
