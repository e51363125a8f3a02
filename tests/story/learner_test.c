/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Learning beside reading: the same placeholders as learning afterwards, whichever thread does it, and no
 * harm from plans that turn out to be none.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "story/learner.h"

#define SECRET "hunter2-fake/Zq+9=="
#define OTHER "correct-horse/Yp+8=="
#define ENTRY(value)                                                                               \
	"{\"address\":\"aws_x.y\",\"mode\":\"managed\",\"type\":\"aws_x\",\"name\":\"y\","         \
	"\"provider_name\":\"p\",\"change\":{\"actions\":[\"create\"],\"before\":null,"            \
	"\"after\":{\"v\":\"" value "\"},\"after_unknown\":{},\"before_sensitive\":false,"         \
	"\"after_sensitive\":{\"v\":true}}}"
#define PLAN(value) "{\"format_version\":\"1.2\",\"resource_changes\":[" ENTRY(value) "]}"
#define BOTH PLAN(SECRET) "\n" PLAN(OTHER)

static const char said[] = "one " SECRET " and two " OTHER;

/* What is left of `said` when the plans of `text` were learned. */
static struct str tell(const char *text, bool early, struct arena *arena)
{
	CLEANUP(redactor_cleanup) struct redactor *redactor = NULL;
	CLEANUP(learner_cleanup) struct learner learner = {0};
	struct plans plans = {0};
	struct error err = {0};
	struct str told;

	assert_int_equal(redactor_create((struct str){NULL, 0}, &redactor, &err), 0);
	learner.redactor = redactor;
	assert_int_equal(plan_parse(str_of(text), STR("x"), arena, &plans, &err), 0);
	for (size_t i = 0; i < plans.count; i++) {
		if (early)
			assert_int_equal(learner_add(&learner, &plans.items[i], arena, &err), 0);
		assert_int_equal(plan_decode(&plans.items[i], arena, &err), 0);
		if (!early)
			assert_int_equal(redactor_learn(redactor, &plans.items[i], &err), 0);
	}
	assert_int_equal(learner_join(&learner, &err), 0);
	told = arena_str(arena, redact_text(redactor, str_of(said), arena));
	for (size_t i = 0; i < plans.count; i++)
		plan_free(&plans.items[i]);
	return told;
}

static void early_is_as_late(void **state)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create(16 << 20);
	struct str late;

	(void)state;
	task_policy_set(TASK_NEVER);
	late = tell(BOTH, /* early= */ false, arena);
	assert_true(str_find(late, STR(SECRET)) == SIZE_MAX);
	assert_true(str_find(late, STR(OTHER)) == SIZE_MAX);
	assert_true(str_starts(late, STR("one weir-redacted-")));
	assert_true(str_eq(late, tell(BOTH, /* early= */ true, arena)));
	task_policy_set(TASK_ALWAYS);
	for (int round = 0; round < 50; round++)
		assert_true(str_eq(late, tell(BOTH, /* early= */ true, arena)));
	task_policy_set(TASK_BY_SIZE);
}

/* Refused after learning began: the learner is let go before the document. */
static void a_refused_plan_does_no_harm(void **state)
{
	const char *texts[] = {
		"{\"format_version\":\"1.2\",\"resource_changes\":[],\"resource_changes\":[]}",
		"{\"format_version\":\"1.2\",\"planned_values\":{},\"resource_changes\":7,"
		"\"variables\":[1],\"configuration\":\"x\",\"prior_state\":[[{}]]}",
		"{\"format_version\":\"1.2\",\"resource_changes\":[null,[],{\"change\":[{}]},"
		"{\"change\":{\"after_sensitive\":{\"a\":[true]},\"after\":\"a\"}}]}",
		/* So far into the text that telling the place makes an index. */
		NULL,
	};
	CLEANUP(arena_cleanup) struct arena *texts_arena = arena_create(1 << 20);

	(void)state;
	texts[COUNT_OF(texts) - 1] = arena_printf(texts_arena,
		"{\"format_version\":\"1.2\",\"resource_changes\":[],%*s\"x\":1,\"x\":1}", 20000,
		"")
					     .data;
	task_policy_set(TASK_ALWAYS);
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		CLEANUP(arena_cleanup) struct arena *arena = arena_create(16 << 20);
		CLEANUP(redactor_cleanup) struct redactor *redactor = NULL;
		struct learner learner = {0};
		struct plans plans = {0};
		struct error err = {0};

		assert_int_equal(redactor_create((struct str){NULL, 0}, &redactor, &err), 0);
		learner.redactor = redactor;
		assert_int_equal(plan_parse(str_of(texts[i]), STR("x"), arena, &plans, &err), 0);
		assert_int_equal(learner_add(&learner, &plans.items[0], arena, &err), 0);
		assert_int_equal(plan_decode(&plans.items[0], arena, &err), -65);
		learner_cleanup(&learner);
		plan_free(&plans.items[0]);
	}
	task_policy_set(TASK_BY_SIZE);
}

/* An error of learning comes with the next plan, or with the join. */
static void an_error_is_not_lost(void **state)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create(16 << 20);
	CLEANUP(redactor_cleanup) struct redactor *redactor = NULL;
	struct learner learner = {0};
	struct plans plans = {0};
	struct error err = {0};

	(void)state;
	assert_int_equal(redactor_create((struct str){NULL, 0}, &redactor, &err), 0);
	/* Too late to learn. */
	redact_text(redactor, STR("a text"), arena);
	learner.redactor = redactor;
	assert_int_equal(plan_parse(str_of(BOTH), STR("x"), arena, &plans, &err), 0);
	assert_int_equal(learner_add(&learner, &plans.items[0], arena, &err), 0);
	assert_int_equal(learner_add(&learner, &plans.items[1], arena, &err), -70);
	assert_int_equal(err.id, ERR_DEFECT);
	assert_int_equal(learner_add(&learner, &plans.items[1], arena, &err), 0);
	assert_int_equal(learner_join(&learner, &err), -70);
	assert_int_equal(learner_join(&learner, &err), 0);
	plan_free(&plans.items[0]);
	plan_free(&plans.items[1]);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(early_is_as_late),
		cmocka_unit_test(a_refused_plan_does_no_harm),
		cmocka_unit_test(an_error_is_not_lost),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
