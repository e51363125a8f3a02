/* SPDX-License-Identifier: Apache-2.0 */
/* What the tests of src/plan share: reading plans from texts and comparing slices. */
#ifndef WEIR_TESTS_PLAN_SUPPORT_H
#define WEIR_TESTS_PLAN_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "plan/plan.h"

/* A plan's beginning and end around the text of its resource_changes. */
#define PLAN_HEAD                                                                                  \
	"{\"format_version\":\"1.2\",\"terraform_version\":\"1.11.4\",\"planned_values\":{\"root_" \
	"module\":{}}"
#define PLAN(changes) PLAN_HEAD ",\"resource_changes\":[" changes "]}"
/* One entry: actions and further members of the entry and of its "change". */
#define CHANGE(address, actions, more, values)                                                     \
	"{\"address\":\"" address "\",\"mode\":\"managed\",\"type\":\"aws_sqs_queue\",\"name\":"   \
	"\"q\",\"provider_name\":\"registry.terraform.io/hashicorp/aws\"" more                     \
	",\"change\":{\"actions\":[" actions "],\"before\":null,\"after\":null" values "}}"

struct fixture {
	struct arena *arena;
	struct plans plans;
	struct error err;
	int r;
};

static inline struct fixture *read_text(void **state, struct str text)
{
	struct fixture *fixture = *state;

	fixture->r = plan_read(text, STR("x.json"), fixture->arena, &fixture->plans, &fixture->err);
	return fixture;
}

/* A text that must be one plan. */
static inline struct plan *read_plan(void **state, const char *text)
{
	struct fixture *fixture = read_text(state, str_of(text));

	if (fixture->r != 0)
		fail_msg(
			"%s (%u:%u)", fixture->err.message, fixture->err.line, fixture->err.column);
	assert_int_equal(fixture->plans.count, 1);
	return &fixture->plans.items[0];
}

static inline struct change *read_change(void **state, const char *text)
{
	struct plan *plan = read_plan(state, text);

	assert_int_equal(plan->changes.count, 1);
	return &plan->changes.items[0];
}

static inline void assert_refused(void **state, const char *text, enum error_id id)
{
	struct fixture *fixture = read_text(state, str_of(text));

	if (fixture->r == 0)
		fail_msg("accepted: %s", text);
	if (fixture->err.id != id)
		fail_msg("%s instead of %s: %s", error_info(fixture->err.id)->code,
			error_info(id)->code, text);
	assert_int_equal(fixture->r, -error_info(id)->exit_code);
	assert_int_equal(fixture->plans.count, 0);
}

static inline void assert_str(struct str got, const char *wanted)
{
	if (wanted == NULL) {
		if (!str_absent(got))
			fail_msg("\"%.*s\", but nothing was expected", STR_ARG(got));
		return;
	}
	if (str_absent(got) || !str_is(got, wanted))
		fail_msg("\"%.*s\", but \"%s\" was expected", STR_ARG(got), wanted);
}

static inline int open_fixture(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));

	if (!fixture)
		return -1;
	fixture->arena = arena_create((size_t)1 << 30);
	*state = fixture;
	return fixture->arena ? 0 : -1;
}

static inline int close_fixture(void **state)
{
	struct fixture *fixture = *state;

	for (size_t i = 0; i < fixture->plans.count; i++)
		plan_free(&fixture->plans.items[i]);
	arena_destroy(fixture->arena);
	free(fixture);
	return 0;
}

#define PLAN_TEST(function) cmocka_unit_test_setup_teardown(function, open_fixture, close_fixture)

#endif
