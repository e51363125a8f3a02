/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What redaction itself has to say about a plan: text that pretends to be a
 * placeholder, and keys that equal a secret, which stand in addresses.
 *
 * A redacted plan carries both facts in its mark, and the findings that its original got, so that it gets the
 * verdict of its original although their evidence is hidden.
 */
#include <string.h>

#include "redact/redactor.h"

struct learned *redactor_learned(struct redactor *redactor, const struct plan *plan)
{
	for (size_t i = 0; i < redactor->plan_count; i++)
		if (redactor->plans[i].plan->doc == plan->doc)
			return &redactor->plans[i];
	return NULL;
}

static bool is_strong_secret(const struct redactor *redactor, struct str text)
{
	size_t index = text.len < SECRET_LEAST ? SIZE_MAX : secrets_find(&redactor->secrets, text);

	return index != SIZE_MAX && redactor->secrets.items[index].strong;
}

/* Whether one of the keys of an address, between [" and "], is a secret. */
static bool address_has_secret(struct redactor *redactor, struct str address)
{
	for (size_t at = 0; at < address.len;) {
		struct str rest = str_slice(address, at, address.len);
		size_t open = str_find(rest, STR("[\"")), close;
		struct view *view = &redactor->views[1];

		if (open == SIZE_MAX)
			return false;
		rest = str_slice(rest, open + 2, rest.len);
		close = str_find(rest, STR("\"]"));
		if (close == SIZE_MAX)
			return false;
		/* HCL escapes quotes and backslashes as JSON does. */
		if (!view_open(view, VIEW_JSON, rest, 0, close)) {
			redactor->failed = true;
			return false;
		}
		if (is_strong_secret(redactor, buf_str(&view->text)))
			return true;
		at += open + 2 + close + 2;
	}
	return false;
}

/* A key alone, or an address with keys; a key of a map may look like either. */
static bool node_has_secret(struct redactor *redactor, struct node node)
{
	struct str raw = node_raw(node);

	if (node_type(node) == NODE_ESCAPED) {
		if (!view_open(&redactor->views[0], VIEW_JSON, raw, 0, raw.len)) {
			redactor->failed = true;
			return false;
		}
		raw = buf_str(&redactor->views[0].text);
	}
	return is_strong_secret(redactor, raw) || address_has_secret(redactor, raw);
}

static uint32_t strong_lengths(const struct redactor *redactor)
{
	uint32_t lengths = 0;

	for (size_t i = 0; i < redactor->secrets.count; i++)
		if (redactor->secrets.items[i].strong)
			lengths |= length_bit(redactor->secrets.items[i].text.len);
	return lengths;
}

/* Looks at the candidates and lets them go: of a large plan they are most of what is kept. */
static bool survey_keys(struct redactor *redactor, struct learned *learned)
{
	const uint32_t lengths = strong_lengths(redactor);
	struct buf secrets = BUF(SIZE_MAX);

	for (size_t i = 0; i < kept_count(learned); i++) {
		const struct kept *kept = &kept_items(learned)[i];
		struct node node = {learned->plan->doc, kept->at};

		if (kept->lengths == 0 || kept->lengths == KEPT_SHAPED)
			buf_add(&secrets, (struct str){(const char *)kept, sizeof(*kept)});
		else if ((kept->lengths & lengths) && node_has_secret(redactor, node) &&
			!learned->keys++)
			learned->key_at = node;
	}
	buf_free(&learned->kept);
	learned->kept = secrets;
	return !buf_failed(&secrets) && !redactor->failed;
}

bool redactor_survey(struct redactor *redactor, struct learned *learned)
{
	struct node mark;
	int64_t count;

	if (learned->surveyed)
		return true;
	learned->surveyed = true;
	if (!learned->marked)
		return survey_keys(redactor, learned);
	mark = NODE_GET(learned->plan->root_node, "weir_redacted");
	learned->forged_at = learned->key_at = mark;
	learned->forged = learned->keys = 0;
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

static bool is_known(const struct findings *findings, const struct finding *other)
{
	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *finding = &findings->items[i];

		if (finding->kind == other->kind && str_eq(finding->rule, other->rule) &&
			str_eq(finding->address, other->address) &&
			str_eq(finding->path, other->path))
			return true;
	}
	return false;
}

/* A finding of the original whose evidence may be hidden now. One that is not understood blocks. */
static void recall(struct findings *findings, const struct plan *plan, struct node fact)
{
	struct arena *arena = findings->arena;
	struct finding recalled = {
		.rule = node_text(NODE_GET(fact, "rule"), arena),
		.state = STATE_FAIL,
		.plan = plan->name,
		.address = node_text(NODE_GET(fact, "address"), arena),
		.path = node_text(NODE_GET(fact, "path"), arena),
		.message = node_text(NODE_GET(fact, "message"), arena),
		.cause = node_text(NODE_GET(fact, "cause"), arena),
		.remedy = node_text(NODE_GET(fact, "remedy"), arena),
		.pointer = node_text(NODE_GET(fact, "pointer"), arena),
		.offset = SIZE_MAX,
	};
	struct finding *added;

	if (!finding_kind_find(node_text(NODE_GET(fact, "kind"), arena), &recalled.kind) ||
		finding_kind_is_program(recalled.kind) ||
		!severity_find(node_text(NODE_GET(fact, "severity"), arena), &recalled.severity)) {
		say(findings, plan, STR("redaction-mark"), KIND_INCOMPLETE_PLAN, SEVERITY_CRITICAL,
			fact,
			STR("The redacted plan carries a finding that weir does not understand"),
			STR("Review it with the weir that redacted it, or a newer one"));
		return;
	}
	if (node_text_is(NODE_GET(fact, "state"), finding_state_name(STATE_UNKNOWN)))
		recalled.state = STATE_UNKNOWN;
	if (is_known(findings, &recalled))
		return;
	added = finding_add(findings, recalled.rule, recalled.kind, recalled.severity);
	if (added)
		*added = recalled;
}

void redact_findings(struct redactor *redactor, const struct plan *plan, struct findings *findings)
{
	struct learned *learned = redactor_learned(redactor, plan);
	struct node_iter facts =
		node_children(NODE_GET(NODE_GET(plan->root_node, "weir_redacted"), "findings"));

	if (!learned || !redactor_survey(redactor, learned)) {
		say(findings, plan, STR("plan-not-searched"), KIND_INCOMPLETE_PLAN,
			SEVERITY_CRITICAL, plan->root_node,
			STR("The plan could not be searched for forged placeholders"),
			(struct str){NULL, 0});
		return;
	}
	while (node_next(&facts))
		recall(findings, plan, facts.value);
	if (learned->forged)
		say(findings, plan, STR("forged-placeholder"), KIND_FORGED_PLACEHOLDER,
			SEVERITY_CRITICAL, learned->forged_at,
			learned->forged == 1
				? STR("A value of the plan pretends to be redacted by weir")
				: arena_printf(findings->arena,
					  "%zu values of the plan pretend to be redacted by weir",
					  learned->forged),
			STR("Remove the text that looks like a placeholder from the "
			    "configuration"));
	if (learned->keys)
		say(findings, plan, STR("secret-in-key"), KIND_SECRET_IN_PLAINTEXT, SEVERITY_MEDIUM,
			learned->key_at,
			STR("A secret is the key of an instance or of a map, and stands in "
			    "addresses"),
			STR("Use keys for for_each that are no secrets: they are printed "
			    "everywhere"));
}
