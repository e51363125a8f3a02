/* SPDX-License-Identifier: Apache-2.0 */
/*
 * IAM documents as input: two texts with an empty line between them are an object's policy before
 * and after (without one, the text is the policy after).  They are asked what the rules ask, first
 * by themselves and then by the built-in rules, inside a plan.  Beside not crashing: what is the
 * same before and after has lost no Deny and is no finding, and every statement that is allowed
 * without a Deny beside it is granted.
 */
#include <stdio.h>

#include "base/json.h"
#include "gate/iam.h"
#include "gate/rule.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ASKED_MOST = 16 }; /* actions and resources of one statement */

/* The attributes that hold a policy, each of a type with rules of its own. */
static const struct {
	const char *type, *path;
} places[] = {{"aws_iam_policy", "policy"}, {"aws_iam_role", "assume_role_policy"},
	{"aws_s3_bucket_policy", "policy"}, {"aws_kms_key", "policy"}};

static struct arena *rules_arena;
static const struct rules *rules;

static bool has_deny(const struct iam_policy *policy)
{
	for (size_t i = 0; i < policy->count; i++)
		if (!policy->items[i].allow)
			return true;
	return false;
}

static struct str nth(const struct iam_list *list, size_t index)
{
	return index < list->count ? list->items[index] : STR("*");
}

static void ask(const struct iam_policy *policy)
{
	bool denies = has_deny(policy);

	if (iam_lost_deny(policy, policy))
		__builtin_trap();
	for (size_t i = 0; i < policy->count; i++) {
		const struct iam_statement *statement = &policy->items[i];

		for (size_t k = 0; k < ASKED_MOST; k++)
			for (int asker = IAM_HOLDER; asker <= IAM_TOKEN; asker++) {
				struct iam_query query = {(enum iam_asker)asker,
					nth(&statement->actions, k / 4),
					nth(&statement->resources, k % 4)};
				bool grants =
					statement->allow && iam_statement_grants(statement, &query);

				if (grants && !denies && !iam_allows(policy, &query))
					__builtin_trap();
			}
	}
}

static void add_side(struct json_writer *json, const char *side, size_t place, struct str policy)
{
	json_key(json, str_of(side));
	if (str_absent(policy)) {
		json_null(json);
		return;
	}
	json_object_begin(json);
	json_member(json, places[place].path, policy);
	json_object_end(json);
}

/* One update for each place; with one text the objects are new. */
static void write_plan(struct json_writer *json, struct str before, struct str after)
{
	json_object_begin(json);
	json_member(json, "format_version", STR("1.2"));
	json_key(json, STR("resource_changes"));
	json_array_begin(json);
	for (size_t i = 0; i < COUNT_OF(places); i++) {
		char address[64];

		(void)snprintf(address, sizeof(address), "%s.x", places[i].type);
		json_object_begin(json);
		json_member(json, "address", str_of(address));
		json_member(json, "mode", STR("managed"));
		json_member(json, "type", str_of(places[i].type));
		json_member(json, "name", STR("x"));
		json_key(json, STR("change"));
		json_object_begin(json);
		json_key(json, STR("actions"));
		json_array_begin(json);
		json_string(json, str_absent(before) ? STR("create") : STR("update"));
		json_array_end(json);
		add_side(json, "before", i, before);
		add_side(json, "after", i, after);
		json_object_end(json);
		json_object_end(json);
	}
	json_array_end(json);
	json_object_end(json);
}

static size_t judge(struct str before, struct str after, struct arena *arena)
{
	CLEANUP(buf_free) struct buf text = BUF((size_t)16 << 20);
	struct findings findings = {.arena = arena};
	struct plans plans = {0};
	struct json_writer json;
	struct error err = {0};

	json_writer_init(&json, &text, 0);
	write_plan(&json, before, after);
	if (buf_failed(&text))
		return 0;
	if (plan_read(buf_str(&text), STR("plan"), arena, &plans, &err) < 0)
		__builtin_trap();
	if (rules_apply(rules, &plans.items[0], NULL, &findings, &err) < 0 && err.id != ERR_MEMORY)
		__builtin_trap();
	plan_free(&plans.items[0]);
	return findings.count;
}

static void read_policy(struct str text, struct arena *arena, struct iam_policy *policy)
{
	CLEANUP(buf_free) struct buf quoted = BUF((size_t)16 << 20);
	CLEANUP(doc_cleanup) struct doc *doc = NULL;
	struct json_options options = {0};
	struct json_writer json;

	json_writer_init(&json, &quoted, 0);
	json_string(&json, text);
	if (!buf_failed(&quoted) && json_read(buf_str(&quoted), &options, &doc, NULL) == 0)
		iam_policy_add(policy, doc_root(doc), arena);
}

__attribute__((destructor)) static void forget_rules(void)
{
	arena_destroy(rules_arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create((size_t)256 << 20);
	struct str text = {(const char *)data, size}, before = {NULL, 0}, after = text;
	size_t split = str_find(text, STR("\n\n"));
	struct iam_policy old = {0}, new = {0};

	if (!rules) {
		struct rules *loaded;

		rules_arena = arena_create((size_t)1 << 28);
		if (!rules_arena || rules_load(/* scope= */ NULL, rules_arena, &loaded, NULL) < 0)
			__builtin_trap();
		rules = loaded;
	}
	if (!arena)
		return 0;
	if (split != SIZE_MAX) {
		before = str_slice(text, 0, split);
		after = str_slice(text, split + 2, size);
	}
	read_policy(before, arena, &old);
	read_policy(after, arena, &new);
	ask(&old);
	ask(&new);
	(void)iam_lost_deny(&old, &new);
	(void)judge(before, after, arena);
	if (judge(after, after, arena) != 0)
		__builtin_trap();
	return 0;
}
