/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rules as a whole: loading them, and holding them against a plan.  Each
 * change costs one look into a table by type; what no rule of its type wants
 * to see costs no more.
 *
 * It decides which rules look at which change and what a finding says; whether
 * a rule holds is decided in rule_judge.c.
 */
#include "gate/rule.h"

#include <stdlib.h>
#include <string.h>

#include "base/builtin.h"
#include "base/hash.h"
#include "base/json.h"
#include "gate/glob.h"
#include "gate/rule_model.h"

enum { TYPE_SLOTS = 4096 }; /* a power of two; the providers' types in one plan are far fewer */

#define SCRATCH_MOST ((size_t)1 << 30)

static int by_digest(const void *left, const void *right)
{
	return memcmp(left, right, SHA256_BYTES);
}

/* Over everything that decides and is data; in what order a team's own rules are said does not count. */
static int make_digest(struct rules *rules, struct error *err)
{
	const struct str others[] = {types_digest(), diff_data_digest()};
	const size_t bytes = rules->digest_count * SHA256_BYTES;
	CLEANUP(buf_free) struct buf sorted = BUF(bytes);
	unsigned char digest[SHA256_BYTES];
	char hex[SHA256_HEX + 1];
	struct sha256 sha;

	if (bytes > 0) {
		buf_add(&sorted, (struct str){(const char *)rules->digests, bytes});
		if (buf_failed(&sorted))
			return error_memory(err);
		qsort(sorted.data, rules->digest_count, SHA256_BYTES, by_digest);
	}
	sha256_init(&sha);
	for (size_t i = 0; i < COUNT_OF(others); i++)
		sha256_add(&sha, others[i]);
	sha256_add(&sha, buf_str(&sorted));
	sha256_end(&sha, digest);
	hex_encode(digest, sizeof(digest), hex);
	rules->digest = arena_str(rules->arena, str_of(hex));
	return str_absent(rules->digest) ? error_memory(err) : 0;
}

int rules_add(struct rules *rules, const struct doc *doc, struct error *err)
{
	int r = rule_read_document(rules, doc_root(doc), err);

	return r < 0 ? r : make_digest(rules, err);
}

int rules_add_each(struct rules *rules, const struct doc *doc, rule_fault_fn *fault, void *payload,
	struct error *err)
{
	int r = rule_read_each(rules, doc_root(doc), fault, payload, err);

	return r < 0 ? r : make_digest(rules, err);
}

static int load_part(struct rules *rules, struct builtin file, const struct builtin_part *part,
	struct error *err)
{
	CLEANUP(doc_cleanup) struct doc *doc = NULL;
	struct json_options options = {.name = file.name};
	int r = json_read(
		str_slice(file.json, part->at, part->at + part->len), &options, &doc, err);

	if (r == 0)
		r = rule_read_builtin(rules, doc_root(doc), err);
	/* A text that memory refused looks like one that is missing. */
	return arena_failed(rules->arena) ? error_memory(err) : r;
}

static struct str part_types(struct builtin file, const struct builtin_part *part)
{
	return str_slice(file.types, part->types_at, part->types_at + part->types_len);
}

static int load_file(
	struct rules *rules, struct builtin file, const struct rule_scope *scope, struct error *err)
{
	int r = 0;

	if (!arena_grow(rules->arena, (void **)&rules->digests, rules->digest_count,
		    &rules->digest_room, sizeof(*rules->digests)))
		return error_memory(err);
	memcpy(rules->digests[rules->digest_count++], file.digest.data, SHA256_BYTES);
	for (size_t i = 0; i < file.part_count && r == 0; i++)
		if (rule_scope_meets(scope, part_types(file, &file.parts[i])))
			r = load_part(rules, file, &file.parts[i], err);
	return r;
}

int rules_create(struct arena *arena, struct rules **ret_rules, struct error *err)
{
	struct rules *rules = ARENA_NEW(arena, struct rules);

	if (!rules)
		return error_memory(err);
	rules->arena = arena;
	*ret_rules = rules;
	return 0;
}

int rules_load(const struct rule_scope *scope, struct arena *arena, struct rules **ret_rules,
	struct error *err)
{
	struct rules *rules;
	int created = rules_create(arena, &rules, err);

	if (created < 0)
		return created;
	rules->has_builtin = true;
	for (size_t i = 0; i < builtin_count(); i++) {
		struct builtin file = builtin_at(i);
		int r;

		if (!str_starts(file.name, STR("hazards/")))
			continue;
		r = load_file(rules, file, scope, err);
		if (r < 0)
			return r;
	}
	*ret_rules = rules;
	return make_digest(rules, err);
}

struct str rules_digest(const struct rules *rules)
{
	return rules->digest;
}

size_t rules_count(const struct rules *rules)
{
	return rules->count;
}

struct rule_info rules_info(const struct rules *rules, size_t index)
{
	return rules->items[index].info;
}

/* What rules see of one resource type; made at its first change. */
struct type_entry {
	struct str type;
	unsigned actions; /* of all its rules */
	const struct rule_case **cases;
	const struct rule **rules;
	size_t count, room, rules_room;
	struct type_entry *next;
};

struct application {
	const struct rules *rules;
	const struct plan *plan;
	struct findings *findings;
	struct arena *arena;
	struct policies policies;
	struct secrets_seen secrets;
	struct config_index *config;
	struct neighbours *neighbours;
	struct type_entry *slots[TYPE_SLOTS];
	bool failed;
};

static bool names_type(const struct str *patterns, size_t count, struct str type)
{
	for (size_t i = 0; i < count; i++)
		if (text_glob(patterns[i], type))
			return true;
	return false;
}

static void entry_add(struct application *application, struct type_entry *entry,
	const struct rule *rule, const struct rule_case *one)
{
	if (!arena_grow(application->arena, (void **)&entry->cases, entry->count, &entry->room,
		    sizeof(*entry->cases)) ||
		!arena_grow(application->arena, (void **)&entry->rules, entry->count,
			&entry->rules_room, sizeof(*entry->rules)))
		return;
	entry->cases[entry->count] = one;
	entry->rules[entry->count++] = rule;
	entry->actions |= rule->actions;
}

static struct type_entry *entry_make(struct application *application, struct str type)
{
	struct type_entry *entry = ARENA_NEW(application->arena, struct type_entry);

	if (!entry)
		return NULL;
	entry->type = type;
	for (size_t i = 0; i < application->rules->count; i++) {
		const struct rule *rule = &application->rules->items[i];

		if (rule->asks_secret != (application->secrets.oracle != NULL) ||
			names_type(rule->except, rule->except_count, type))
			continue;
		for (size_t j = 0; j < rule->case_count; j++)
			if (names_type(rule->cases[j].types, rule->cases[j].type_count, type))
				entry_add(application, entry, rule, &rule->cases[j]);
	}
	return entry;
}

static struct type_entry *entry_for(struct application *application, struct str type)
{
	struct type_entry **slot = &application->slots[hash_bytes(type, 0) & (TYPE_SLOTS - 1)];
	struct type_entry *entry;

	for (entry = *slot; entry; entry = entry->next)
		if (str_eq(entry->type, type))
			return entry;
	entry = entry_make(application, type);
	if (entry) {
		entry->next = *slot;
		*slot = entry;
	}
	return entry;
}

static void add_notes(const struct rule *rule, struct judgement *judgement, struct finding *finding)
{
	for (size_t i = 0; i < rule->note_count; i++) {
		const struct rule_note *note = &rule->notes[i];
		struct judgement own = judgement_afresh(judgement);
		struct str say;

		if (predicate_judge(&note->when, &own) != TRUTH_YES)
			continue;
		say = template_fill(note->say, judgement);
		if (note->has_severity)
			finding->severity = note->severity;
		if (!str_absent(say))
			finding->message = arena_printf(judgement->arena, "%.*s; %.*s",
				STR_ARG(finding->message), STR_ARG(say));
	}
}

static void report(struct application *application, const struct rule *rule,
	const struct rule_case *one, enum truth truth, struct judgement *judgement)
{
	const struct change *change = judgement->change;
	struct finding *finding = finding_add(
		application->findings, rule->info.id, rule->info.kind, rule->info.severity);

	if (!finding)
		return;
	if (str_absent(judgement->path) && plan_action_replaces(change->action))
		judgement->path = forcing_path(change, judgement->arena);
	if (truth == TRUTH_UNKNOWN && judgement->element_count == 0) {
		judgement->elements = STR("(known after apply)");
		judgement->element_count = 1;
	}
	finding->state = truth == TRUTH_UNKNOWN ? STATE_UNKNOWN : STATE_FAIL;
	finding->plan = application->plan->name;
	finding->address = judgement->address;
	finding->path = judgement->path;
	finding->message =
		template_fill(str_absent(one->message) ? rule->message : one->message, judgement);
	if (truth == TRUTH_UNKNOWN)
		finding->message = arena_printf(judgement->arena,
			"not decidable before apply: %.*s", STR_ARG(finding->message));
	finding->cause = template_fill(rule->cause, judgement);
	finding->remedy = template_fill(rule->remedy, judgement);
	finding->pointer = change_pointer(change, judgement->arena);
	finding->offset = node_offset(change->self);
	add_notes(rule, judgement, finding);
}

/* Two alternatives of a rule may see the same loss; it is told once. */
static bool is_told(const struct application *application, size_t first, const struct rule *rule,
	struct str path)
{
	for (size_t i = first; i < application->findings->count; i++) {
		const struct finding *finding = &application->findings->items[i];

		/* What a general rule says of a secret, a special one has said. */
		if ((str_eq(finding->rule, rule->info.id) ||
			    (rule->asks_secret && finding->kind == rule->info.kind)) &&
			str_eq(finding->path, path))
			return true;
	}
	return false;
}

/* A change with what the configuration says of it, made when something is undecided. */
struct known_change {
	const struct change *change; /* NULL: the configuration adds nothing */
	bool made;
};

/* What the plan leaves undecided the configuration may decide. */
static enum truth judge(
	const struct predicate *when, struct judgement *judgement, struct known_change *known)
{
	struct judgement again = judgement_afresh(judgement);
	enum truth truth = predicate_judge(when, judgement);

	if (truth != TRUTH_UNKNOWN)
		return truth;
	if (!known->made)
		known->change = change_with_constants(judgement->change,
			judgement_expressions(judgement), judgement->arena, &judgement->failed);
	known->made = true;
	if (!known->change)
		return truth;
	again.change = known->change;
	again.failed = judgement->failed;
	*judgement = again;
	return predicate_judge(when, judgement);
}

static void judge_change(struct application *application, const struct change *change)
{
	struct type_entry *entry = entry_for(application, change->type);
	const size_t first = application->findings->count;
	struct known_change known = {0};

	if (!entry || (entry->actions >> change->action & 1) == 0)
		return;
	policies_reset(&application->policies);
	for (size_t i = 0; i < entry->count; i++) {
		const struct rule *rule = entry->rules[i];
		struct judgement judgement = {.change = change,
			.own = change,
			.plan = application->plan,
			.arena = application->arena,
			.policies = &application->policies,
			.secrets = &application->secrets,
			.config = &application->config,
			.neighbours = application->neighbours};
		enum truth truth;

		if ((rule->actions >> change->action & 1) == 0)
			continue;
		truth = judge(&entry->cases[i]->when, &judgement, &known);
		application->failed |= judgement.failed;
		if (truth == TRUTH_NO || (truth == TRUTH_UNKNOWN && rule->silent_unknown) ||
			is_told(application, first, rule, judgement.path))
			continue;
		judgement.address = change_full_address(change, application->arena);
		report(application, rule, entry->cases[i], truth, &judgement);
	}
}

static int apply(struct application *application, struct error *err)
{
	const struct plan *plan = application->plan;

	for (size_t i = 0; i < plan->changes.count; i++) {
		const struct change *change = &plan->changes.items[i];

		if (rule_judges(change))
			judge_change(application, change);
	}
	policies_free(&application->policies);
	return application->failed || arena_failed(application->arena) ? error_memory(err) : 0;
}

static struct application *application_make(
	const struct rules *rules, const struct plan *plan, struct findings *findings)
{
	struct application *application = ARENA_NEW(findings->arena, struct application);

	if (!application)
		return NULL;
	application->rules = rules;
	application->plan = plan;
	application->findings = findings;
	application->arena = findings->arena;
	return application;
}

int rules_apply(const struct rules *rules, const struct plan *plan,
	const struct references *references, struct findings *findings, struct error *err)
{
	CLEANUP(arena_cleanup) struct arena *scratch = arena_create(SCRATCH_MOST);
	struct application *application = application_make(rules, plan, findings);
	int r;

	if (!application || !scratch)
		return error_memory(err);
	/* Findings keep nothing of it, and of a large plan it is large. */
	application->neighbours = neighbours_create(plan, references, scratch);
	r = apply(application, err);
	application->neighbours = NULL;
	return r == 0 && arena_failed(scratch) ? error_memory(err) : r;
}

int rules_apply_secrets(const struct rules *rules, const struct plan *plan,
	const struct secret_oracle *oracle, struct findings *findings, struct error *err)
{
	struct application *application = application_make(rules, plan, findings);

	if (!application)
		return error_memory(err);
	application->secrets.oracle = oracle;
	secrets_elsewhere(plan, oracle, findings);
	return apply(application, err);
}
