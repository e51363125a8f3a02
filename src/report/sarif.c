/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SARIF 2.1.0 (OASIS), for code scanning.  It decides how findings are said in
 * SARIF's words: severities as levels, what the author answered in writing as
 * suppressions, and where each stands - in the configuration where that is
 * known, else in the plan, and always by its address.
 *
 * Fingerprints, rules and order follow from the findings alone, never from the
 * order of the plan.
 */
#include <stdlib.h>

#include "base/json.h"
#include "report/encode.h"
#include "report/listing.h"

#define SCHEMA                                                                                     \
	"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"                      \
	"sarif-schema-2.1.0.json"

struct sarif {
	struct json_writer json;
	struct listing *listing;
	/* One finding of each rule, by the rule's id. */
	const struct finding **rules;
	size_t rule_count;
};

static const char *level_of(enum severity severity)
{
	return severity >= SEVERITY_HIGH      ? "error"
		: severity == SEVERITY_MEDIUM ? "warning"
					      : "note";
}

/* A member of text out of the input. */
static void foreign(struct sarif *sarif, const char *key, struct str text)
{
	if (!str_absent(text))
		json_member(&sarif->json, key, listing_safe(sarif->listing, text));
}

/* "key": {"text": ...}, which viewers show to people. */
static void message(struct sarif *sarif, const char *key, struct str text)
{
	json_key(&sarif->json, str_of(key));
	json_object_begin(&sarif->json);
	json_member(&sarif->json, "text",
		listing_encoded(
			sarif->listing, encode_message, listing_safe(sarif->listing, text)));
	json_object_end(&sarif->json);
}

/* ---- rules ---- */

static int compare_rules(const void *left, const void *right)
{
	const struct finding *const *a = left, *const *b = right;

	return str_cmp((*a)->rule, (*b)->rule);
}

/* Of one rule the finding that stands first goes first. */
static int compare_findings(const void *left, const void *right)
{
	const struct finding *const *a = left, *const *b = right;
	int order = compare_rules(left, right);

	return order ? order : *a < *b ? -1 : *a > *b;
}

static void collect_rules(struct sarif *sarif)
{
	const struct findings *findings = &sarif->listing->report->findings;
	const struct finding **rules =
		ARENA_ARRAY(sarif->listing->scratch, const struct finding *, findings->count);
	size_t kept = 0;

	if (!rules)
		return;
	for (size_t i = 0; i < findings->count; i++)
		rules[i] = &findings->items[i];
	if (findings->count)
		qsort(rules, findings->count, sizeof(*rules), compare_findings);
	for (size_t i = 0; i < findings->count; i++)
		if (kept == 0 || !str_eq(rules[kept - 1]->rule, rules[i]->rule))
			rules[kept++] = rules[i];
	sarif->rules = rules;
	sarif->rule_count = kept;
}

static size_t rule_index(const struct sarif *sarif, const struct finding *finding)
{
	const struct finding **found = bsearch(
		&finding, sarif->rules, sarif->rule_count, sizeof(*sarif->rules), compare_rules);

	return (size_t)(found - sarif->rules);
}

/* What is known of a rule: its own texts, or those of its kind. */
static struct rule_info rule_of(const struct report *report, const struct finding *finding)
{
	const struct finding_help *help = finding_kind_help(finding->kind);

	for (size_t i = 0; report->rules && i < rules_count(report->rules); i++) {
		struct rule_info info = rules_info(report->rules, i);

		if (str_eq(info.id, finding->rule))
			return info;
	}
	return (struct rule_info){.id = finding->rule,
		.title = str_of(help->title),
		.help = str_of(help->help),
		.kind = finding->kind,
		.severity = finding->severity};
}

static void rule(struct sarif *sarif, const struct finding *finding)
{
	static const char *const scores[] = {"0.0", "2.0", "5.0", "8.0", "9.5"};
	struct json_writer *json = &sarif->json;
	struct rule_info info = rule_of(sarif->listing->report, finding);
	bool in_program = finding_kind_is_program(finding->kind);

	json_object_begin(json);
	foreign(sarif, "id", finding->rule);
	message(sarif, "shortDescription", info.title);
	message(sarif, "fullDescription", info.title);
	message(sarif, "help", str_empty(info.help) ? info.title : info.help);
	json_key(json, STR("defaultConfiguration"));
	json_object_begin(json);
	json_member(json, "level", str_of(level_of(info.severity)));
	json_object_end(json);
	json_key(json, STR("properties"));
	json_object_begin(json);
	json_member(json, "kind", finding_kind_name(info.kind));
	if (!in_program)
		json_member(json, "security-severity", str_of(scores[info.severity]));
	json_key(json, STR("tags"));
	json_array_begin(json);
	json_string(json, in_program ? STR("correctness") : STR("security"));
	json_string(json, STR("terraform"));
	json_array_end(json);
	json_object_end(json);
	json_object_end(json);
}

static void tool(struct sarif *sarif)
{
	struct json_writer *json = &sarif->json;

	json_key(json, STR("tool"));
	json_object_begin(json);
	json_key(json, STR("driver"));
	json_object_begin(json);
	json_member(json, "name", STR("weir"));
	json_member(json, "version", STR(WEIR_VERSION));
	json_member(json, "semanticVersion", STR(WEIR_VERSION));
	json_key(json, STR("rules"));
	json_array_begin(json);
	for (size_t i = 0; i < sarif->rule_count; i++)
		rule(sarif, sarif->rules[i]);
	json_array_end(json);
	json_object_end(json);
	json_object_end(json);
}

/* ---- results ---- */

static void physical_location(struct sarif *sarif, const struct place *place)
{
	struct json_writer *json = &sarif->json;

	json_key(json, STR("physicalLocation"));
	json_object_begin(json);
	json_key(json, STR("artifactLocation"));
	json_object_begin(json);
	json_member(json, "uri",
		listing_encoded(
			sarif->listing, encode_uri, listing_safe(sarif->listing, place->file)));
	json_object_end(json);
	if (place->line) {
		json_key(json, STR("region"));
		json_object_begin(json);
		json_member_int(json, "startLine", place->line);
		if (place->column)
			json_member_int(json, "startColumn", place->column);
		json_object_end(json);
	}
	json_object_end(json);
}

static void logical_location(struct sarif *sarif, const struct finding *finding)
{
	struct json_writer *json = &sarif->json;

	if (str_absent(finding->address))
		return;
	json_key(json, STR("logicalLocations"));
	json_array_begin(json);
	json_object_begin(json);
	json_member(json, "fullyQualifiedName", listing_address(sarif->listing, finding->address));
	json_member(json, "kind", STR("resource"));
	json_object_end(json);
	json_array_end(json);
}

static void locations(struct sarif *sarif, const struct finding *finding)
{
	struct json_writer *json = &sarif->json;
	const struct plan *plan;
	/* Of what is in the plan the place there is better than the intent's line, which is related. */
	bool in_plan = finding->offset != SIZE_MAX ||
		report_change_of(sarif->listing->report, finding, &plan);
	struct place place = str_absent(finding->config.file) && in_plan
		? listing_plan_place(sarif->listing, finding)
		: listing_place(sarif->listing, finding);

	json_key(json, STR("locations"));
	json_array_begin(json);
	if (!str_absent(place.file) || !str_absent(finding->address)) {
		json_object_begin(json);
		if (!str_absent(place.file))
			physical_location(sarif, &place);
		logical_location(sarif, finding);
		json_object_end(json);
	}
	json_array_end(json);
	if (str_absent(finding->intent.file))
		return;
	json_key(json, STR("relatedLocations"));
	json_array_begin(json);
	json_object_begin(json);
	message(sarif, "message", STR("the line of the intent"));
	physical_location(sarif, &finding->intent);
	json_object_end(json);
	json_array_end(json);
}

static void result_properties(struct sarif *sarif, const struct finding *finding)
{
	struct json_writer *json = &sarif->json;

	json_key(json, STR("properties"));
	json_object_begin(json);
	json_member(json, "kind", finding_kind_name(finding->kind));
	json_member(json, "severity", severity_name(finding->severity));
	json_member(json, "state", finding_state_name(finding->state));
	json_member(json, "verdict", verdict_name(finding->verdict));
	foreign(sarif, "plan", finding->plan);
	foreign(sarif, "path", finding->path);
	foreign(sarif, "pointer", finding->pointer);
	json_object_end(json);
}

static void result(struct sarif *sarif, size_t index)
{
	const struct finding *finding = &sarif->listing->report->findings.items[index];
	struct json_writer *json = &sarif->json;

	json_object_begin(json);
	foreign(sarif, "ruleId", finding->rule);
	json_member_int(json, "ruleIndex", (int64_t)rule_index(sarif, finding));
	json_member(json, "kind", STR("fail"));
	json_member(json, "level", str_of(level_of(finding->severity)));
	message(sarif, "message", listing_sentences(sarif->listing, finding));
	locations(sarif, finding);
	json_key(json, STR("partialFingerprints"));
	json_object_begin(json);
	json_member(json, "weirFinding/v1", str_of(sarif->listing->ids[index]));
	json_object_end(json);
	if (listing_is_answered(finding)) {
		json_key(json, STR("suppressions"));
		json_array_begin(json);
		json_object_begin(json);
		json_member(json, "kind", STR("external"));
		json_member(json, "status", STR("accepted"));
		json_member(json, "justification", STR("a line of the intent names or accepts it"));
		json_object_end(json);
		json_array_end(json);
	}
	result_properties(sarif, finding);
	json_object_end(json);
}

/* ---- the run ---- */

static void artifacts(struct sarif *sarif)
{
	struct json_writer *json = &sarif->json;
	const struct report *report = sarif->listing->report;

	json_key(json, STR("artifacts"));
	json_array_begin(json);
	for (size_t i = 0; i < report->plan_count; i++) {
		const struct plan *plan = report->plans[i].plan;
		struct str source = str_is(plan->source, "-") ? STR("stdin") : plan->source;

		/* Several plans of one file are one artifact. */
		if (i > 0 && str_eq(source, report->plans[i - 1].plan->source))
			continue;
		json_object_begin(json);
		json_key(json, STR("location"));
		json_object_begin(json);
		json_member(json, "uri",
			listing_encoded(
				sarif->listing, encode_uri, listing_safe(sarif->listing, source)));
		json_object_end(json);
		json_member(json, "mimeType", STR("application/json"));
		json_key(json, STR("hashes"));
		json_object_begin(json);
		json_member(json, "sha-256", plan->sha256);
		json_object_end(json);
		json_object_end(json);
	}
	json_array_end(json);
}

static void run(struct sarif *sarif)
{
	struct json_writer *json = &sarif->json;
	const struct report *report = sarif->listing->report;

	json_object_begin(json);
	tool(sarif);
	json_member(json, "columnKind", STR("unicodeCodePoints"));
	json_key(json, STR("invocations"));
	json_array_begin(json);
	json_object_begin(json);
	json_member_bool(json, "executionSuccessful", true);
	json_member(json, "endTimeUtc", report->now);
	json_object_end(json);
	json_array_end(json);
	artifacts(sarif);
	json_key(json, STR("results"));
	json_array_begin(json);
	for (size_t i = 0; i < report->findings.count && !listing_failed(sarif->listing); i++)
		result(sarif, i);
	json_array_end(json);
	json_key(json, STR("properties"));
	json_object_begin(json);
	json_member(json, "verdict", verdict_name(report->verdict));
	json_member_bool(json, "observe", report->observe);
	json_object_end(json);
	json_object_end(json);
}

int report_sarif(const struct report *report, const struct report_style *style, struct buf *out,
	struct error *err)
{
	CLEANUP(listing_free) struct listing listing = {0};
	struct sarif sarif = {.listing = &listing};
	struct json_writer *json = &sarif.json;
	int r = listing_init(&listing, report, err);

	(void)style;
	if (r < 0)
		return r;
	collect_rules(&sarif);
	if (listing_failed(&listing))
		return error_memory(err);
	json_writer_init(json, out, 2);
	json_object_begin(json);
	json_member(json, "$schema", STR(SCHEMA));
	json_member(json, "version", STR("2.1.0"));
	json_key(json, STR("runs"));
	json_array_begin(json);
	run(&sarif);
	json_array_end(json);
	json_object_end(json);
	buf_add_char(out, '\n');
	return listing_failed(&listing) || buf_failed(out) ? error_memory(err) : 0;
}
