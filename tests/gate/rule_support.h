/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Shared by the tests of rules: a plan of one change, and rules from a text.
 */
#ifndef WEIR_TESTS_GATE_RULE_SUPPORT_H
#define WEIR_TESTS_GATE_RULE_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/yaml.h"
#include "gate/rule.h"

struct trial {
	struct arena *arena;
	struct rules *rules;
	struct plans plans;
	struct findings findings;
	char text[16384];
};

static inline void trial_begin(struct trial *trial)
{
	*trial = (struct trial){.arena = arena_create((size_t)1 << 28)};
	assert_non_null(trial->arena);
	trial->findings.arena = trial->arena;
}

static inline void trial_end(struct trial *trial)
{
	for (size_t i = 0; i < trial->plans.count; i++)
		plan_free(&trial->plans.items[i]);
	arena_destroy(trial->arena);
}

/* Rules out of YAML; returns the error's code text, "" if there is none. */
static inline const char *trial_rules(struct trial *trial, const char *yaml, struct error *err)
{
	CLEANUP(doc_cleanup) struct doc *doc = NULL;

	trial->rules = NULL;
	assert_int_equal(rules_create(trial->arena, &trial->rules, err), 0);
	if (yaml_read(str_of(yaml), STR("rules.yaml"), &doc, err) < 0 ||
		rules_add(trial->rules, doc, err) < 0)
		return error_info(err->id)->code;
	return "";
}

/* Judges one change of `type` at "TYPE.x". */
static inline size_t trial_judge(struct trial *trial, const char *type, const char *actions,
	const char *before, const char *after, const char *unknown)
{
	struct error err;
	int length = snprintf(trial->text, sizeof(trial->text),
		"{\"format_version\":\"1.2\",\"terraform_version\":\"1.11.4\",\"planned_values\":{}"
		","
		"\"resource_changes\":[{\"address\":\"%s.x\",\"mode\":\"managed\",\"type\":\"%s\","
		"\"name\":\"x\",\"provider_name\":\"registry.terraform.io/hashicorp/aws\","
		"\"change\":{\"actions\":[%s],\"before\":%s,\"after\":%s,\"after_unknown\":%s,"
		"\"before_sensitive\":false,\"after_sensitive\":false}}]}",
		type, type, actions, before, after, unknown);

	assert_true(length > 0 && (size_t)length < sizeof(trial->text));
	for (size_t i = 0; i < trial->plans.count; i++)
		plan_free(&trial->plans.items[i]);
	trial->plans = (struct plans){0};
	trial->findings.count = 0;
	assert_int_equal(
		plan_read(str_of(trial->text), STR("p"), trial->arena, &trial->plans, &err), 0);
	assert_int_equal(
		rules_apply(trial->rules, &trial->plans.items[0], NULL, &trial->findings, &err), 0);
	return trial->findings.count;
}

#define assert_text(text, expected) assert_string_equal(arena_cstr(trial.arena, text), expected)

#endif
