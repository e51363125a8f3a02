/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Beginning an intent and checking one.  Apart from the review, since neither
 * gives a verdict: a draft is judged when it is reviewed.
 */
#include "story/intent.h"

#include "base/json.h"
#include "base/yaml.h"
#include "gate/rule.h"
#include "redact/redact.h"
#include "report/encode.h"

enum { DRAFT_MOST = 64 * 1024 * 1024 };

/* The hazards that the draft names in comments. */
static int find_hazards(
	const struct plan *plan, struct arena *arena, struct findings *findings, struct error *err)
{
	struct references *references = NULL;
	struct rule_scope *scope = NULL;
	struct rules *rules = NULL;
	int r = references_build(plan, arena, &references, err);

	if (r == 0)
		r = rule_scope_of(plan, 1, arena, &scope, err);
	if (r == 0)
		r = rules_load(scope, arena, &rules, err);
	if (r == 0)
		r = rules_apply(rules, plan, references, findings, err);
	return r;
}

int intent_init_run(
	const struct input_options *input, struct arena *arena, struct buf *out, struct error *err)
{
	CLEANUP(inputs_free) struct inputs inputs = {0};
	CLEANUP(redactor_cleanup) struct redactor *redactor = NULL;
	CLEANUP(buf_free) struct buf draft = BUF(DRAFT_MOST);
	struct findings findings = {.arena = arena};
	const struct plan *plan;
	int r = inputs_read(input, arena, /* learner= */ NULL, &inputs, err);

	if (r < 0)
		return r;
	if (inputs.plans.count != 1)
		return error_set(err, ERR_USAGE, "an intent is for one plan, and %zu were given",
			inputs.plans.count);
	plan = &inputs.plans.items[0];
	r = find_hazards(plan, arena, &findings, err);
	if (r == 0)
		r = redactor_create((struct str){NULL, 0}, &redactor, err);
	if (r == 0)
		r = redactor_learn(redactor, plan, err);
	if (r == 0)
		r = intent_draft(plan, &findings, &draft, err);
	if (r < 0)
		return r;
	buf_add(out, redact_text(redactor, buf_str(&draft), arena));
	return arena_failed(arena) || buf_failed(out) ? error_memory(err) : 0;
}

static void tell(struct buf *out, const char *name, struct str value)
{
	if (str_empty(value))
		return;
	buf_printf(out, "  %-8s", name);
	encode_terminal(out, value);
	buf_add_char(out, '\n');
}

static void write_json(struct buf *out, const char *path, const struct intent *intent)
{
	struct json_writer writer;

	json_writer_init(&writer, out, 2);
	json_object_begin(&writer);
	json_member(&writer, "file", str_of(path));
	json_member_bool(&writer, "valid", true);
	json_member(&writer, "goal", intent_goal(intent));
	json_member(&writer, "root", intent_root(intent));
	json_member(&writer, "phase", intent_phase(intent));
	json_object_end(&writer);
	buf_add_char(out, '\n');
}

int intent_check_run(const char *path, const struct intent_options *options, bool json,
	struct arena *arena, struct buf *out, struct error *err)
{
	CLEANUP(file_unmap) struct file_map file = {0};
	CLEANUP(doc_cleanup) struct doc *doc = NULL;
	struct intent *intent = NULL;
	int r = file_map(path, YAML_MAX_BYTES, &file, err);

	if (r == 0)
		r = yaml_read(file.text, str_of(path), &doc, err);
	if (r == 0)
		r = intent_read(doc, options, arena, &intent, err);
	if (r < 0)
		return r;
	if (json) {
		write_json(out, path, intent);
	} else {
		encode_terminal(out, str_of(path));
		buf_add(out, STR(" is an intent.\n"));
		tell(out, "goal", intent_goal(intent));
		tell(out, "root", intent_root(intent));
		tell(out, "phase", intent_phase(intent));
	}
	return buf_failed(out) ? error_memory(err) : 0;
}
