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
	struct learner learner;
	struct inputs inputs;
	struct rules *rules;
};

static void redaction_cleanup(struct redaction *redaction)
{
	learner_cleanup(&redaction->learner);
	redactor_destroy(redaction->redactor);
	inputs_free(&redaction->inputs);
	file_unmap(&redaction->key);
}

static int create_redactor(struct redaction *redaction, const char *key_file, struct error *err)
{
	struct str key = {NULL, 0};
	int r;

	if (key_file) {
		r = file_map(key_file, KEY_MOST, &redaction->key, err);

		if (r < 0)
			return r;
		key = redaction->key.text;
		if (key.len < 16)
			return error_set(
				err, ERR_USAGE, "the key of --key-file has fewer than 16 bytes");
	}
	r = redactor_create(key, &redaction->redactor, err);
	if (r < 0)
		return r;
	redactor_expect_plans(redaction->redactor);
	redaction->learner.redactor = redaction->redactor;
	return 0;
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

/* The rules' findings on the original; none for a plan that was redacted before. */
static int judge(struct redaction *redaction, const struct plan *plan, struct findings *findings,
	struct error *err)
{
	struct references *references;
	int r;

	*findings = (struct findings){.arena = redaction->arena};
	if (node_exists(NODE_GET(plan->root_node, "weir_redacted")))
		return 0;
	r = references_build(plan, redaction->arena, &references, err);
	return r < 0 ? r : rules_apply(redaction->rules, plan, references, findings, err);
}

/* Findings as JSON, redacted. */
static int write_facts(struct redaction *redaction, const struct findings *findings,
	struct buf *facts, struct error *err)
{
	struct json_writer writer;

	if (findings->count) {
		json_writer_init(&writer, facts, 0);
		json_array_begin(&writer);
		for (size_t i = 0; i < findings->count; i++)
			write_fact(redaction, &writer, &findings->items[i]);
		json_array_end(&writer);
	}
	return buf_failed(facts) || arena_failed(redaction->arena) ? error_memory(err) : 0;
}

int redact_run(const struct redact_options *options, struct arena *arena, struct error *err)
{
	CLEANUP(redaction_cleanup) struct redaction redaction = {.arena = arena};
	const struct plans *plans = &redaction.inputs.plans;
	struct findings *findings = NULL;
	struct rule_scope *scope = NULL;
	int r = create_redactor(&redaction, options->key_file, err);

	if (r == 0)
		r = inputs_read(&options->input, arena, &redaction.learner, &redaction.inputs, err);
	if (r == 0)
		r = rule_scope_of(plans->items, plans->count, arena, &scope, err);
	if (r == 0)
		r = rules_load(scope, arena, &redaction.rules, err);
	if (r == 0) {
		findings = ARENA_ARRAY(arena, struct findings, plans->count);
		r = findings ? 0 : error_memory(err);
	}
	for (size_t i = 0; r == 0 && i < plans->count; i++)
		r = judge(&redaction, &plans->items[i], &findings[i], err);
	if (r == 0)
		r = learner_join(&redaction.learner, err);
	for (size_t i = 0; r == 0 && i < plans->count; i++) {
		const struct secret_oracle oracle = secret_oracle(redaction.redactor);
		CLEANUP(buf_free) struct buf facts = BUF(FACTS_MOST);

		if (!node_exists(NODE_GET(plans->items[i].root_node, "weir_redacted")))
			r = rules_apply_secrets(
				redaction.rules, &plans->items[i], &oracle, &findings[i], err);
		if (r == 0)
			r = write_facts(&redaction, &findings[i], &facts, err);
		if (r == 0)
			r = redact_plan_marked(redaction.redactor, &plans->items[i],
				buf_str(&facts), options->fd, err);
	}
	return r;
}
