/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a review is, from top to bottom: read the plans, read the rules, read
 * what each author meant, judge each plan by both, decide, learn what must not
 * be shown.  The work is done below; this file only says in which order.
 */
#include "story/review.h"

#include <string.h>

#include "base/hash.h"
#include "base/json.h"
#include "base/yaml.h"
#include "config/locate.h"
#include "gate/rule.h"
#include "report/encode.h"

struct review_intent {
	struct file_map file;
	struct doc *doc;
	struct doc *base;      /* the same file at the merge base */
	struct intent *intent; /* NULL: there is none */
};

struct review {
	const struct review_options *options;
	struct arena *arena;
	struct file_map *files;
	size_t file_count, file_room;
	struct plans plans;
	struct rules *rules;
	struct review_intent *intents; /* one per plan */
	struct report report;
};

void review_free(struct review *review)
{
	if (!review)
		return;
	for (size_t i = 0; review->intents && i < review->plans.count; i++) {
		doc_free(review->intents[i].doc);
		doc_free(review->intents[i].base);
		file_unmap(&review->intents[i].file);
	}
	for (size_t i = 0; i < review->plans.count; i++)
		plan_free(&review->plans.items[i]);
	for (size_t i = 0; i < review->file_count; i++)
		file_unmap(&review->files[i]);
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

/* "NAME=PATH" to both; a '=' behind a slash belongs to the path. */
static void split_input(const char *input, struct str *ret_name, const char **ret_path)
{
	const char *equals = strchr(input, '=');
	const char *slash = strchr(input, '/');

	*ret_name = (struct str){NULL, 0};
	*ret_path = input;
	if (!equals || equals == input || (slash && slash < equals))
		return;
	*ret_name = (struct str){input, (size_t)(equals - input)};
	*ret_path = equals + 1;
}

static int read_file(struct review *review, struct str name, const char *path, struct error *err)
{
	size_t before = review->plans.count;
	struct file_map *file;
	int r;

	if (!arena_grow(review->arena, (void **)&review->files, review->file_count,
		    &review->file_room, sizeof(*review->files)))
		return error_memory(err);
	file = &review->files[review->file_count];
	r = file_map(path, FILE_MAX_INPUT, file, err);
	if (r < 0)
		return r;
	review->file_count++;
	r = plan_read(file->text, str_of(path), review->arena, &review->plans, err);
	if (r < 0)
		return r;
	for (size_t i = before; i < review->plans.count; i++) {
		struct plan *plan = &review->plans.items[i];

		if (!str_absent(name))
			plan->name = review->plans.count - before == 1
				? name
				: arena_printf(
					  review->arena, "%.*s#%zu", STR_ARG(name), i - before + 1);
		if (str_absent(plan->root) && strcmp(path, "-") != 0)
			plan->root = path_dir(str_of(path));
	}
	return 0;
}

static int read_plans(struct review *review, struct error *err)
{
	for (size_t i = 0; i < review->options->input_count; i++) {
		struct str name;
		const char *path;
		int r;

		split_input(review->options->inputs[i], &name, &path);
		r = read_file(review, name, path, err);
		if (r < 0)
			return r;
	}
	if (review->plans.count == 0)
		return error_set(err, ERR_USAGE, "no plan was named: weir review PLAN");
	return 0;
}

/* The intent as it stood at the base: the measure of what the reviewed one relaxes. */
static int compare_with_base(struct review *review, const char *path, struct review_intent *intent,
	const struct intent_options *how, struct findings *findings, struct error *err)
{
	struct intent *base = NULL;
	struct str text;
	int r;

	if (review->options->trust->tree)
		return 0;
	r = trust_read(review->options->trust, path, review->arena, &text, err);
	if (r < 0)
		return r;
	/* A base that cannot be read as an intent allows nothing. */
	if (!str_absent(text) &&
		(yaml_read(text, str_of(path), &intent->base, NULL) < 0 ||
			intent_read(intent->base, how, review->arena, &base, NULL) < 0))
		base = NULL;
	return intent_compare_base(intent->intent, base, findings, err);
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
		return 0;
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

/* The root as weir.yaml and intents know it: relative to the repository. */
static int place_root(struct plan *plan, struct arena *arena, struct error *err)
{
	struct locator locator;
	struct str inside;
	int r = locate_root(arena, (struct str){NULL, 0}, &locator, err);

	if (r < 0)
		return r;
	if (str_absent(locator.here) || str_absent(plan->root))
		return 0;
	inside = locate_join(&locator, locator.here, plan->root);
	if (!str_absent(inside))
		plan->root = str_empty(inside) ? STR(".") : inside;
	return 0;
}

static enum profile profile_of(const struct config *config, struct str root)
{
	const struct config_entry *entry = config ? config_profile(config, root) : NULL;

	if (entry && str_is(entry->text, "relaxed"))
		return PROFILE_RELAXED;
	return entry && str_is(entry->text, "strict") ? PROFILE_STRICT : PROFILE_DEFAULT;
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

/* Hazards first, then the intent, which may answer for some of them. */
static int judge_plan(struct review *review, size_t index, struct error *err)
{
	struct plan *plan = &review->plans.items[index];
	struct report_plan *told = &review->report.plans[index];
	struct findings own = {.arena = review->arena};
	struct references *references;
	struct intent *intent;
	int r;

	told->plan = plan;
	plan_count(plan, &told->counts);
	r = references_build(plan, review->arena, &references, err);
	if (r < 0)
		return r;
	plan_findings(plan, &own);
	r = rules_apply(review->rules, plan, references, &own, err);
	if (r < 0)
		return r;
	r = redactor_learn(review->report.redactor, plan, err);
	if (r < 0)
		return r;
	redact_findings(review->report.redactor, plan, &own);
	r = read_intent(review, plan, &review->intents[index], &told->intent, &own, err);
	if (r < 0)
		return r;
	r = place_root(plan, review->arena, err);
	if (r < 0)
		return r;
	intent = review->intents[index].intent;
	if (intent) {
		r = intent_judge(intent, plan, references, &own, err);
		if (r < 0)
			return r;
	} else {
		demand_intent(review, plan, &own);
	}
	told->verdict = verdict_decide(
		&own, intent != NULL, profile_of(review->options->config, plan->root));
	return findings_append(&review->report.findings, &own) ? 0 : error_memory(err);
}

static int review_all(struct review *review, struct error *err)
{
	struct report *report = &review->report;
	size_t count;
	int r = read_plans(review, err);

	if (r < 0)
		return r;
	count = review->plans.count;
	r = rules_load(review->arena, &review->rules, err);
	if (r < 0)
		return r;
	report->rules_sha256 = rules_digest(review->rules);
	report->plans = ARENA_ARRAY(review->arena, struct report_plan, count);
	review->intents = ARENA_ARRAY(review->arena, struct review_intent, count);
	if (!report->plans || !review->intents)
		return error_memory(err);
	report->plan_count = count;
	r = redactor_create((struct str){NULL, 0}, &report->redactor, err);
	if (r < 0)
		return r;
	for (size_t i = 0; i < count; i++) {
		r = judge_plan(review, i, err);
		if (r < 0)
			return r;
		if (report->plans[i].verdict > report->verdict)
			report->verdict = report->plans[i].verdict;
	}
	findings_sort(&report->findings);
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
	r = read_plans(review, err);
	if (r < 0)
		return r;
	json_writer_init(&writer, out, 2);
	if (json)
		json_array_begin(&writer);
	for (size_t i = 0; i < review->plans.count; i++) {
		char hex[SHA256_HEX + 1];

		r = plan_changes_digest(&review->plans.items[i], hex, err);
		if (r < 0)
			return r;
		if (json)
			digest_member(&writer, &review->plans.items[i], hex);
		else
			digest_line(&review->plans.items[i], hex, out);
	}
	if (json) {
		json_array_end(&writer);
		buf_add_char(out, '\n');
	}
	return 0;
}
