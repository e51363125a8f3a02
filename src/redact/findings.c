/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What redaction itself has to say about a plan: text that pretends to be a
 * placeholder, and keys that hold a secret, which cannot be hidden without
 * changing addresses.
 *
 * A redacted plan carries both facts in its mark, so that it gets the verdict of its original.
 */
#include <string.h>

#include "redact/redactor.h"
#include "redact/walk.h"

struct learned *redactor_learned(struct redactor *redactor, const struct plan *plan)
{
	for (size_t i = 0; i < redactor->plan_count; i++)
		if (redactor->plans[i].plan == plan)
			return &redactor->plans[i];
	return NULL;
}

struct survey {
	struct redactor *redactor;
	struct learned *learned;
	bool failed;
};

static bool look_alike(struct survey *survey, struct node node)
{
	CLEANUP(arena_cleanup) struct arena *scratch = NULL;
	struct str raw = node_raw(node);

	if (placeholder_in(raw))
		return true;
	if (node_type(node) != NODE_ESCAPED)
		return false;
	scratch = arena_create(size_add(raw.len, 65536));
	raw = scratch ? node_text(node, scratch) : (struct str){NULL, 0};
	survey->failed = survey->failed || str_absent(raw);
	return placeholder_in(raw);
}

/* Whether a key, alone or in an address, holds a secret. */
static bool holds_secret(struct survey *survey, const struct leaf *leaf)
{
	struct str raw = node_raw(leaf->node);

	if (raw.len < SECRET_LEAST || !scan_text(survey->redactor, raw, SCAN_SECRETS))
		return false;
	for (size_t i = 0; i < scan_count(survey->redactor); i++) {
		const struct span *span = &scan_spans(survey->redactor)[i];

		if (leaf->place != LEAF_ADDRESS || address_key_holds(raw, span->start, span->end))
			return true;
	}
	return false;
}

static bool survey_leaf(const struct leaf *leaf, void *payload)
{
	struct survey *survey = payload;
	struct learned *learned = survey->learned;

	if (!node_is_string(leaf->node))
		return true;
	if (leaf->place == LEAF_VALUE ? node_raw(leaf->node).len >= PLACEHOLDER_LEN &&
				look_alike(survey, leaf->node)
				      : false) {
		if (!learned->forged++)
			learned->forged_at = leaf->node;
	}
	if (leaf->place != LEAF_VALUE && holds_secret(survey, leaf)) {
		if (!learned->keys++)
			learned->key_at = leaf->node;
	}
	return !survey->failed;
}

/* Surveys a plan once; a redacted one brings the results in its mark. */
static bool survey_plan(struct redactor *redactor, struct learned *learned)
{
	struct survey survey = {redactor, learned, false};
	struct node mark;
	int64_t count;

	if (learned->surveyed)
		return true;
	learned->surveyed = true;
	if (!learned->plan->weir_redacted)
		return walk_plan(learned->plan, survey_leaf, &survey);
	mark = NODE_GET(learned->plan->root_node, "weir_redacted");
	learned->forged_at = learned->key_at = mark;
	if (node_to_i64(NODE_GET(mark, "forged_placeholders"), &count) && count > 0)
		learned->forged = (size_t)count;
	if (node_to_i64(NODE_GET(mark, "secret_keys"), &count) && count > 0)
		learned->keys = (size_t)count;
	return true;
}

static void say(struct findings *findings, const struct plan *plan, struct str rule,
	enum finding_kind kind, enum severity severity, struct node at, struct str message,
	struct str remedy)
{
	struct finding *finding = finding_add(findings, rule, kind, severity);

	if (!finding)
		return;
	finding->plan = plan->name;
	finding->message = message;
	finding->remedy = remedy;
	finding->pointer = node_pointer(at, findings->arena);
	finding->offset = node_offset(at);
}

void redact_findings(struct redactor *redactor, const struct plan *plan, struct findings *findings)
{
	struct learned *learned = redactor_learned(redactor, plan);

	if (!learned || !survey_plan(redactor, learned)) {
		/* Sticky: the caller asks the arena, and an unsurveyed plan must not pass. */
		say(findings, plan, STR("plan-not-searched"), KIND_INCOMPLETE_PLAN,
			SEVERITY_CRITICAL, plan->root_node,
			STR("The plan could not be searched for forged placeholders"), STR(""));
		return;
	}
	if (learned->forged)
		say(findings, plan, STR("forged-placeholder"), KIND_FORGED_PLACEHOLDER,
			SEVERITY_CRITICAL, learned->forged_at,
			arena_printf(findings->arena,
				"%zu value%s of the plan pretend%s to be redacted by weir",
				learned->forged, learned->forged == 1 ? "" : "s",
				learned->forged == 1 ? "s" : ""),
			STR("Remove the text that looks like a placeholder from the "
			    "configuration"));
	if (learned->keys)
		say(findings, plan, STR("secret-in-key"), KIND_SECRET_IN_PLAINTEXT, SEVERITY_MEDIUM,
			learned->key_at,
			arena_printf(findings->arena,
				"%zu key%s or address%s of the plan hold%s a secret", learned->keys,
				learned->keys == 1 ? "" : "s", learned->keys == 1 ? "" : "es",
				learned->keys == 1 ? "s" : ""),
			STR("Use keys for for_each that are no secrets: they are printed "
			    "everywhere"));
}
