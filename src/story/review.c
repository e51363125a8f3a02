/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a review is, from top to bottom: read the plans, read the rules, look
 * for hazards in each, and beside all this learn what must not be shown; then
 * read what each author meant and decide.  The work is done below; this file
 * only says in which order.
 */
#include "story/review.h"

#include <string.h>

#include "base/hash.h"
#include "base/json.h"
#include "base/yaml.h"
#include "gate/prevent_destroy.h"
#include "report/encode.h"
#include "story/rule_files.h"

struct review_intent {
	struct file_map file;
	struct doc *doc;
	struct doc *base;      /* the same file at the merge base */
	struct intent *intent; /* NULL: there is none */
};

/* What is known of a plan before its intent. */
struct hazards {
	struct configurations configurations;
	struct references *references;
	struct findings findings;
};

struct review {
	const struct review_options *options;
	struct arena *arena;
	struct inputs inputs;
	struct rules *own_rules;
	const struct rules *rules;     /* the caller's, or its own */
	struct review_intent *intents; /* one per plan */
	struct hazards *hazards;       /* one per plan */
	struct sarif_results scans;
	struct scanner_world world; /* where they stand, once all plans are read */
	struct learner learner;     /* has the report's redactor until all plans are learned */
	struct report report;
};

void review_free(struct review *review)
{
	if (!review)
		return;
	/* It reads what is freed below. */
	learner_cleanup(&review->learner);
	for (size_t i = 0; review->intents && i < review->inputs.plans.count; i++) {
		doc_free(review->intents[i].doc);
		doc_free(review->intents[i].base);
		file_unmap(&review->intents[i].file);
	}
	inputs_free(&review->inputs);
	redactor_destroy(review->report.redactor);
}

void review_cleanup(struct review **review)
{
	review_free(*review);
	*review = NULL;
}

const struct report *review_report(const struct review *review)
{
	return &review->report;
}

/* The intent as it stood at the base: the measure of what the reviewed one relaxes. */
static int compare_with_base(struct review *review, const char *path, struct review_intent *intent,
	const struct intent_options *how, struct findings *findings, struct error *err)
{
	struct intent_options lenient = *how;
	struct intent *base = NULL;
	struct str text;
	int r;

	if (review->options->trust->tree)
		return 0;
	lenient.any_phase = true; /* which phase held there is part of the comparison */
	r = trust_read(review->options->trust, path, review->arena, &text, err);
	if (r < 0)
		return r;
	/* A base that cannot be read as an intent allows nothing. */
	if (!str_absent(text) &&
		(yaml_read(text, str_of(path), &intent->base, NULL) < 0 ||
			intent_read(intent->base, &lenient, review->arena, &base, NULL) < 0)) {
		base = NULL;
		intent_base_unreadable(str_of(path), findings);
	}
	return intent_compare_base(intent->intent, base, findings, err);
}

/* There is no intent; if the base has one, the change took it away. */
static int note_removed(
	struct review *review, const char *path, struct findings *findings, struct error *err)
{
	struct str text = {NULL, 0};
	int r;

	if (review->options->trust->tree)
		return 0;
	r = trust_read(review->options->trust, path, review->arena, &text, err);
	if (r == 0 && !str_absent(text))
		intent_base_removed(str_of(path), findings);
	return r;
}

static int read_intent(struct review *review, const struct plan *plan, struct review_intent *intent,
	struct report_intent *told, struct findings *findings, struct error *err)
{
	const struct review_options *options = review->options;
	struct intent_options how = {str_of(options->phase), options->now};
	const char *path = options->intent
		? options->intent
		: path_join(review->arena, plan->root, STR("intent.weir.yaml"));
	char hex[SHA256_HEX + 1];
	int r;

	if (!path)
		return error_memory(err);
	if (!options->intent && !file_exists(path))
		return note_removed(review, path, findings, err);
	r = file_map(path, YAML_MAX_BYTES, &intent->file, err);
	if (r < 0)
		return r;
	r = yaml_read(intent->file.text, str_of(path), &intent->doc, err);
	if (r < 0)
		return r;
	r = intent_read(intent->doc, &how, review->arena, &intent->intent, err);
	if (r < 0)
		return r;
	sha256_hex(intent->file.text, hex);
	told->file = str_of(path);
	told->sha256 = arena_str(review->arena, str_of(hex));
	told->goal = intent_goal(intent->intent);
	told->phase = intent_phase(intent->intent);
	return compare_with_base(review, path, intent, &how, findings, err);
}

/* What weir.yaml says of a root. The strict profile asks for what is not known, unless on_unknown says more. */
static struct verdict_terms terms_of(
	const struct config *config, struct str root, const struct intent *intent)
{
	struct verdict_terms terms = {.has_intent = intent != NULL};
	const struct config_entry *entry;

	if (!config)
		return terms;
	entry = config_profile(config, root);
	if (entry)
		(void)profile_find(entry->text, &terms.profile);
	for (int kind = 0; kind < KIND_COUNT; kind++) {
		entry = config_on_unknown(config, root, finding_kind_name((enum finding_kind)kind));
		terms.asks_unknown[kind] =
			entry ? str_is(entry->text, "ask") : terms.profile == PROFILE_STRICT;
	}
	return terms;
}

/* `require_intent`: a root that must not be judged without one. */
static void demand_intent(struct review *review, const struct plan *plan, struct findings *findings)
{
	const struct config *config = review->options->config;
	const struct config_entry *entry =
		config ? config_requires_intent(config, plan->root) : NULL;
	struct finding *finding;

	if (!entry)
		return;
	finding = finding_add(findings, STR("intent-required"), KIND_INTENT_MISSING, SEVERITY_HIGH);
	if (!finding)
		return;
	finding->verdict = VERDICT_BLOCK;
	finding->plan = plan->name;
	finding->message = arena_printf(review->arena,
		"the plan of %.*s has no intent, and this root requires one", STR_ARG(plan->root));
	finding->config = entry->place;
	finding->remedy = STR("write intent.weir.yaml beside the root: weir intent init PLAN");
}

/* What the plan shows by itself. Runs beside the learning of secrets: it must not ask the redactor. */
static int find_hazards(struct review *review, size_t index, struct error *err)
{
	struct plan *plan = &review->inputs.plans.items[index];
	struct report_plan *told = &review->report.plans[index];
	struct hazards *hazards = &review->hazards[index];
	int r;

	told->plan = plan;
	plan_count(plan, &told->counts);
	hazards->findings.arena = review->arena;
	r = references_build(plan, review->arena, &hazards->references, err);
	if (r < 0)
		return r;
	told->references = hazards->references;
	plan_findings(plan, &hazards->findings);
	return rules_apply(review->rules, plan, hazards->references, &hazards->findings, err);
}

static bool destroys_any(const struct plan *plan)
{
	for (size_t i = 0; i < plan->changes.count; i++)
		if (plan_action_destroys(plan->changes.items[i].action))
			return true;
	return false;
}

/* What stands in .tf files alone. Places come last, when all that has an address is found. */
static int read_configuration(struct review *review, const struct plan *plan,
	struct findings *findings, struct error *err)
{
	const struct review_options *options = review->options;
	bool several = review->report.plan_count > 1;
	struct hazards *hazards = &review->hazards[plan - review->inputs.plans.items];
	struct configurations *read = &hazards->configurations;
	int r = configurations_read(&options->configuration, options->trust,
		several ? plan->root : (struct str){NULL, 0}, review->arena, read, err);

	if (r < 0)
		return r;
	if (options->configuration.diff) {
		r = configuration_causes(&options->configuration, plan->root, several, plan,
			hazards->references, review->arena,
			&review->report.plans[plan - review->inputs.plans.items].causes, err);
		if (r < 0)
			return r;
	}
	if (read->now && read->before)
		prevent_destroy_judge(read->before, read->now, plan, findings);
	else if (destroys_any(plan))
		review->report.prevent_destroy_undecided = true;
	return 0;
}

/* What scanners found at the plan's objects; its own directory serves where no configuration was named. */
static int judge_scans(struct review *review, const struct plan *plan, struct findings *findings,
	struct error *err)
{
	struct hcl_configuration *configuration =
		review->hazards[plan - review->inputs.plans.items].configurations.now;
	int r = 0;

	if (!review->scans.count)
		return 0;
	if (!configuration)
		r = configuration_beside(plan->root, review->arena, &configuration, err);
	return r < 0 ? r : scanner_judge(&review->world, plan, configuration, findings, err);
}

/* Hazards first, then the intent, which may answer for some of them. */
static int judge_plan(struct review *review, size_t index, struct error *err)
{
	const struct secret_oracle oracle = secret_oracle(review->report.redactor);
	struct plan *plan = &review->inputs.plans.items[index];
	struct report_plan *told = &review->report.plans[index];
	struct findings *own = &review->hazards[index].findings;
	struct verdict_terms terms;
	struct intent *intent;
	int r;

	r = rules_apply_secrets(review->rules, plan, &oracle, own, err);
	if (r < 0)
		return r;
	redact_findings(review->report.redactor, plan, own);
	r = read_configuration(review, plan, own, err);
	if (r == 0)
		r = judge_scans(review, plan, own, err);
	if (r == 0 && !review->options->without_intent)
		r = read_intent(review, plan, &review->intents[index], &told->intent, own, err);
	if (r < 0)
		return r;
	/* From here on the root is what weir.yaml and intents know it by. */
	r = root_in_repository(plan->root, review->arena, &plan->root, err);
	if (r < 0)
		return r;
	intent = review->intents[index].intent;
	if (intent) {
		r = intent_judge(intent, plan, review->hazards[index].references, own, err);
		if (r < 0)
			return r;
	} else if (!review->options->without_intent) {
		demand_intent(review, plan, own);
	}
	if (review->hazards[index].configurations.now)
		findings_place(review->hazards[index].configurations.now, own);
	terms = terms_of(review->options->config, plan->root, intent);
	told->verdict = verdict_decide(own, &terms);
	return findings_append(&review->report.findings, own) ? 0 : error_memory(err);
}

static int compile_rules(struct review *review, const struct rule_files *files, struct error *err)
{
	const struct plans *plans = &review->inputs.plans;
	struct rule_scope *scope;
	int r = rule_scope_of(plans->items, plans->count, review->arena, &scope, err);

	return r < 0 ? r : rule_files_compile(files, scope, review->arena, &review->own_rules, err);
}

/* Everything that needs neither secrets nor intents, while the secrets of all plans are learned. */
static int read_all(struct review *review, struct error *err)
{
	const struct review_options *options = review->options;
	struct report *report = &review->report;
	struct rule_files files = {0};
	size_t count;
	int r = redactor_create((struct str){NULL, 0}, &report->redactor, err);

	if (r == 0)
		r = scanners_read(
			&options->scanners, review->arena, &review->scans, &report->scans, err);
	report->scan_count = r == 0 ? options->scanners.count : 0;
	/* It may ask git, so before the first plan is learned beside. */
	if (r == 0 && !options->rules)
		r = rule_files_configured(
			options->config, options->trust, review->arena, &files, err);
	if (r < 0)
		return r;
	review->learner.redactor = report->redactor;
	r = inputs_read(
		&review->options->input, review->arena, &review->learner, &review->inputs, err);
	if (r < 0)
		return r;
	count = review->inputs.plans.count;
	if (!options->rules)
		r = compile_rules(review, &files, err);
	if (r < 0)
		return r;
	review->rules = options->rules ? options->rules : review->own_rules;
	report->rules = review->rules;
	report->rules_sha256 = rules_digest(review->rules);
	report->plans = ARENA_ARRAY(review->arena, struct report_plan, count);
	review->intents = ARENA_ARRAY(review->arena, struct review_intent, count);
	review->hazards = ARENA_ARRAY(review->arena, struct hazards, count);
	if (!report->plans || !review->intents || !review->hazards)
		return error_memory(err);
	report->plan_count = count;
	for (size_t i = 0; i < count && r == 0; i++)
		r = find_hazards(review, i, err);
	return r < 0 ? r : learner_join(&review->learner, err);
}

/* A relative path may count from the one root module that is reviewed. */
static int locate_scans(struct review *review, struct error *err)
{
	const char *dir = review->options->configuration.dir;
	struct str beside = str_of(dir);

	if (!review->scans.count)
		return 0;
	if (!dir && review->inputs.plans.count == 1)
		beside = review->inputs.plans.items[0].root;
	return scanners_locate(&review->scans, beside, review->arena, &review->world, err);
}

/*
 * What is of no single plan: what scanners found at no object of any, and whether the plans are those
 * that were reviewed.  The strictest of the plans' terms decides.
 */
static int judge_rest(struct review *review, struct error *err)
{
	struct report *report = &review->report;
	struct findings rest = {.arena = review->arena};
	int r = review->scans.count ? scanner_rest(&review->world, &rest, err) : 0;

	if (r == 0)
		r = expected_judge(&review->options->expected, &review->inputs.plans, &rest, err);
	if (r < 0)
		return r;
	for (size_t k = 0; k < report->plan_count; k++) {
		struct report_plan *told = &report->plans[k];
		const struct verdict_terms terms = terms_of(
			review->options->config, told->plan->root, review->intents[k].intent);

		for (size_t i = 0; i < rest.count; i++) {
			struct finding *finding = &rest.items[i];
			enum verdict verdict = verdict_of(
				finding->kind, finding->severity, finding->state, &terms);

			if (verdict > finding->verdict)
				finding->verdict = verdict;
			if (verdict > report->verdict)
				report->verdict = verdict;
			if (str_eq(finding->plan, told->plan->name) && verdict > told->verdict)
				told->verdict = verdict;
		}
	}
	return findings_append(&report->findings, &rest) ? 0 : error_memory(err);
}

static int review_all(struct review *review, struct error *err)
{
	struct report *report = &review->report;
	int r = read_all(review, err);

	if (r == 0)
		r = locate_scans(review, err);
	for (size_t i = 0; i < report->plan_count && r == 0; i++) {
		r = judge_plan(review, i, err);
		if (report->plans[i].verdict > report->verdict)
			report->verdict = report->plans[i].verdict;
	}
	if (r == 0)
		r = judge_rest(review, err);
	if (r < 0)
		return r;
	findings_sort(&report->findings);
	r = report_apply_limit(report, err);
	if (r < 0)
		return r;
	return arena_failed(review->arena) ? error_memory(err) : 0;
}

int review_run(const struct review_options *options, struct arena *arena,
	struct review **ret_review, struct error *err)
{
	CLEANUP(review_cleanup) struct review *review = ARENA_NEW(arena, struct review);
	int r;

	if (!review)
		return error_memory(err);
	review->options = options;
	review->arena = arena;
	review->report.arena = review->report.findings.arena = arena;
	review->report.observe = options->observe;
	review->report.limit = options->limit;
	review->report.full_report = options->full_report;
	review->report.base = options->trust->commit;
	if (options->config && options->config->file_count) {
		review->report.config_file = options->config->files[0].path;
		review->report.config_sha256 = options->config->digest;
	}
	review->report.now = str_of(options->now_text);
	r = review_all(review, err);
	if (r < 0)
		return r;
	*ret_review = review;
	review = NULL;
	return 0;
}

static void digest_line(const struct plan *plan, const char *changes_digest, struct buf *out)
{
	buf_printf(out, "%.*s  %s  ", STR_ARG(plan->sha256), changes_digest);
	encode_terminal(out, plan->name);
	buf_add_char(out, '\n');
}

static void digest_member(
	struct json_writer *json, const struct plan *plan, const char *changes_digest)
{
	json_object_begin(json);
	json_member(json, "plan", plan->name);
	json_member(json, "sha256", plan->sha256);
	json_member(json, "changes_digest", str_of(changes_digest));
	json_object_end(json);
}

int review_digest(const struct review_options *options, struct arena *arena, bool json,
	struct buf *out, struct error *err)
{
	CLEANUP(review_cleanup) struct review *review = ARENA_NEW(arena, struct review);
	struct json_writer writer;
	int r;

	if (!review)
		return error_memory(err);
	review->options = options;
	review->arena = arena;
	r = inputs_read(&options->input, arena, /* learner= */ NULL, &review->inputs, err);
	if (r < 0)
		return r;
	json_writer_init(&writer, out, 2);
	if (json)
		json_array_begin(&writer);
	for (size_t i = 0; i < review->inputs.plans.count; i++) {
		char hex[SHA256_HEX + 1];

		r = plan_changes_digest(&review->inputs.plans.items[i], hex, err);
		if (r < 0)
			return r;
		if (json)
			digest_member(&writer, &review->inputs.plans.items[i], hex);
		else
			digest_line(&review->inputs.plans.items[i], hex, out);
	}
	if (json) {
		json_array_end(&writer);
		buf_add_char(out, '\n');
	}
	return 0;
}
