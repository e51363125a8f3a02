/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The answer to a model's words, as text and as JSON, and the prose that weir
 * writes from claims which hold.  Apart from the review's reports: it judges a
 * text, and what the plan itself asks for is not repeated.
 */
#include "report/verified.h"

#include "base/json.h"
#include "report/encode.h"

enum { SCRATCH_MOST = 256 << 20, PROSE_MOST = 64 << 20 };

static void foreign(const struct verified *verified, struct buf *out, struct str text)
{
	struct arena *arena = verified->review->arena;

	encode_terminal(out, redact_text(verified->review->redactor, text, arena));
}

static const char *saying(const struct change *change)
{
	switch (change->action) {
	case ACTION_CREATE:
		return "is created";
	case ACTION_UPDATE:
		return "is updated";
	case ACTION_DELETE:
		return "is destroyed";
	case ACTION_REPLACE:
	case ACTION_REPLACE_CBD:
		return "is replaced: it is destroyed and created anew";
	case ACTION_FORGET:
		return "is forgotten";
	case ACTION_MOVE:
		return "moves";
	case ACTION_IMPORT:
		return "is imported";
	default:
		return NULL;
	}
}

/* A code span, whose delimiter is longer than any run of backticks inside. */
static void code_span(struct buf *out, struct str text)
{
	size_t run = 0, longest = 0;

	for (size_t i = 0; i < text.len; i++) {
		run = text.data[i] == '`' ? run + 1 : 0;
		longest = run > longest ? run : longest;
	}
	for (size_t i = 0; i <= longest; i++)
		buf_add_char(out, '`');
	encode_terminal(out, text);
	for (size_t i = 0; i <= longest; i++)
		buf_add_char(out, '`');
}

static void claim_line(const struct verified *verified, const struct claim *claim, struct buf *out)
{
	struct arena *arena = verified->review->arena;
	struct redactor *redactor = verified->review->redactor;
	const struct change *change = claim->change;
	const char *text = saying(change);

	buf_add(out, STR("- "));
	code_span(out, redact_address(redactor, change->address, arena));
	if (!str_absent(change->deposed)) {
		buf_add(out, STR(" (deposed "));
		encode_terminal(out, redact_text(redactor, change->deposed, arena));
		buf_add_char(out, ')');
	}
	if (text)
		buf_printf(out, " %s", text);
	else
		buf_printf(out, ": %.*s", STR_ARG(change->action_text));
	buf_printf(out, ". Risk: %.*s.", STR_ARG(claim->risk));
	if (!str_empty(str_trim(claim->reason))) {
		buf_add(out, STR(" Reason: "));
		encode_markdown(out, redact_text(redactor, claim->reason, arena));
		buf_add_char(out, '.');
	}
	buf_add_char(out, '\n');
}

/* What is destroyed first, then by risk, as the reader must see it. */
static unsigned rank(const struct claim *claim)
{
	static const char *const risks[] = {"high", "medium", "low"};
	unsigned risk = 0;

	while (risk < COUNT_OF(risks) && !str_is(claim->risk, risks[risk]))
		risk++;
	return risk + (plan_action_destroys(claim->change->action) ? 0 : 4);
}

static void prose(const struct verified *verified, struct buf *out)
{
	const struct plan_counts *n = &verified->review->plans[0].counts;

	buf_printf(out, "Plan: %zu to add, %zu to change, %zu to destroy.\n", n->add, n->update,
		n->destroy);
	if (verified->claims->count)
		buf_add_char(out, '\n');
	for (unsigned wanted = 0; wanted < 8; wanted++)
		for (size_t i = 0; i < verified->claims->count; i++)
			if (rank(&verified->claims->items[i]) == wanted)
				claim_line(verified, &verified->claims->items[i], out);
}

static void finding_text(
	const struct verified *verified, const struct finding *finding, struct buf *out)
{
	buf_printf(out, "  %-5s ", finding->verdict == VERDICT_BLOCK ? "block" : "ask");
	foreign(verified, out, finding->said.file);
	if (finding->said.line)
		buf_printf(out, ":%u", finding->said.line);
	buf_add(out, STR(": "));
	foreign(verified, out, finding->message);
	buf_printf(out, " [%.*s]\n", STR_ARG(finding->rule));
}

int verified_text(const struct verified *verified, const struct report_style *style,
	struct buf *out, struct error *err)
{
	static const char *const heads[] = {"PASS", "ASK", "BLOCK"};
	static const char *const says[] = {
		"is true to", "is not plain enough to be held against", "is not true to"};
	const char *begin = !style->color            ? ""
		: verified->verdict == VERDICT_BLOCK ? "\033[31m"
		: verified->verdict == VERDICT_ASK   ? "\033[33m"
						     : "\033[32m";

	if (verified->claims && verified->verdict == VERDICT_PASS) {
		prose(verified, out);
	} else {
		buf_printf(out, "%s%s%s ", begin, heads[verified->verdict],
			style->color ? "\033[0m" : "");
		foreign(verified, out, verified->file);
		buf_printf(out, " %s ", says[verified->verdict]);
		foreign(verified, out, verified->review->plans[0].plan->source);
		buf_add(out, STR(".\n"));
	}
	for (size_t i = 0; i < verified->findings.count && style->verbosity >= 0; i++)
		finding_text(verified, &verified->findings.items[i], out);
	return buf_failed(out) || arena_failed(verified->review->arena) ? error_memory(err) : 0;
}

static void member(
	const struct verified *verified, struct json_writer *json, const char *key, struct str text)
{
	if (str_absent(text)) {
		json_key(json, str_of(key));
		json_null(json);
		return;
	}
	json_member(
		json, key, redact_text(verified->review->redactor, text, verified->review->arena));
}

static void finding_json(
	const struct verified *verified, const struct finding *finding, struct json_writer *json)
{
	json_object_begin(json);
	json_member(json, "rule", finding->rule);
	json_member(json, "kind", finding_kind_name(finding->kind));
	json_member(json, "severity", severity_name(finding->severity));
	json_member(json, "verdict", verdict_name(finding->verdict));
	member(verified, json, "address", finding->address);
	member(verified, json, "message", finding->message);
	json_member_int(json, "line", finding->said.line);
	json_object_end(json);
}

int verified_json(const struct verified *verified, struct buf *out, struct error *err)
{
	CLEANUP(buf_free) struct buf text = BUF(PROSE_MOST);
	const struct plan *plan = verified->review->plans[0].plan;
	struct json_writer json;

	json_writer_init(&json, out, 2);
	json_object_begin(&json);
	json_member_int(&json, "schema_version", 1);
	json_key(&json, STR("tool"));
	json_object_begin(&json);
	json_member(&json, "name", STR("weir"));
	json_member(&json, "version", STR(WEIR_VERSION));
	json_object_end(&json);
	json_member(&json, "verdict", verdict_name(verified->verdict));
	member(verified, &json, "plan", plan->name);
	json_member(&json, "plan_sha256", plan->sha256);
	member(verified, &json, "file", verified->file);
	json_member(&json, "sha256", verified->sha256);
	json_key(&json, STR("findings"));
	json_array_begin(&json);
	for (size_t i = 0; i < verified->findings.count; i++)
		finding_json(verified, &verified->findings.items[i], &json);
	json_array_end(&json);
	if (verified->claims && verified->verdict == VERDICT_PASS) {
		prose(verified, &text);
		json_member(&json, "prose", buf_str(&text));
	}
	json_object_end(&json);
	buf_add_char(out, '\n');
	return buf_failed(&text) || buf_failed(out) || arena_failed(verified->review->arena)
		? error_memory(err)
		: 0;
}
