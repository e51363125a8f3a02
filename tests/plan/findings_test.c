/* SPDX-License-Identifier: Apache-2.0 */
/* What a plan says against itself, and its digest without time. */
#include "plan_support.h"

#include "base/hash.h"
#include "base/json.h"

static void assert_findings(void **state, const char *text, const char *wanted)
{
	struct plan *plan = read_plan(state, text);
	struct findings findings = {.arena = ((struct fixture *)*state)->arena};
	struct buf out = BUF(1 << 16);

	plan_findings(plan, &findings);
	for (size_t i = 0; i < findings.count; i++) {
		const struct finding *finding = &findings.items[i];

		assert_str(finding->plan, "x.json");
		assert_false(str_empty(finding->message));
		buf_printf(&out, "%.*s %.*s %.*s %.*s %.*s\n", STR_ARG(finding->rule),
			STR_ARG(finding_kind_name(finding->kind)),
			STR_ARG(verdict_name(finding->verdict)), STR_ARG(finding->address),
			STR_ARG(finding->pointer));
	}
	assert_str(buf_str(&out), wanted);
	buf_free(&out);
	close_fixture(state);
	open_fixture(state);
}

static void what_is_not_known_blocks(void **state)
{
	assert_findings(state, PLAN(CHANGE("a.b", "\"melt\"", ",\"deposed\":\"00000001\"", "")),
		"unknown-action unknown-action block a.b (deposed 00000001) /resource_changes/0\n");
	assert_findings(state, PLAN(CHANGE("a.b", "", "", "")),
		"unknown-action unknown-action block a.b /resource_changes/0\n");
	assert_findings(state,
		PLAN("{\"address\":\"list.a.b\",\"mode\":\"list\",\"type\":\"a\",\"change\":{"
		     "\"actions\":["
		     "\"no-op\"]}}"),
		"unknown-mode unknown-action block list.a.b /resource_changes/0\n");
	assert_findings(state,
		PLAN("{\"address\":\"data.a.b\",\"mode\":\"data\",\"type\":\"a\",\"change\":{"
		     "\"actions\":["
		     "\"update\"]}}"),
		"unknown-mode unknown-action block data.a.b /resource_changes/0\n");
	assert_findings(state, PLAN(CHANGE("a.b", "\"open\"", "", "")),
		"unknown-mode unknown-action block a.b /resource_changes/0\n");
	assert_findings(state, PLAN_HEAD ",\"output_changes\":{\"o\":{\"actions\":[\"melt\"]}}}",
		"unknown-action unknown-action block output.o /output_changes/o\n");
	assert_findings(state,
		PLAN_HEAD ",\"resource_drift\":[" CHANGE("a.b", "\"melt\"", "", "") "]}",
		"unknown-action unknown-action block a.b /resource_drift/0\n");
}

static void what_is_known_is_silent(void **state)
{
	assert_findings(state,
		PLAN(CHANGE(
			"a.b", "\"delete\"", "", "") ","
						     "{\"address\":\"ephemeral.a.b\",\"mode\":"
						     "\"ephemeral\",\"type\":\"a\",\"change\":{"
						     "\"actions\":[\"open\"]}},{\"address\":\"data."
						     "a.b\",\"mode\":\"data\",\"type\":\"a\","
						     "\"change\":{\"actions\":[\"read\"]}}"),
		"");
	assert_findings(
		state, PLAN_HEAD ",\"errored\":false,\"complete\":true,\"applyable\":false}", "");
}

static void incomplete_plans(void **state)
{
	assert_findings(state, PLAN_HEAD ",\"errored\":true}",
		"plan-errored incomplete-plan block  /errored\n");
	assert_findings(state, PLAN_HEAD ",\"complete\":false}",
		"plan-incomplete incomplete-plan ask  /complete\n");
	assert_findings(state,
		PLAN_HEAD ",\"deferred_changes\":[{\"reason\":\"provider_config_unknown\","
			  "\"resource_change\":" CHANGE("a.b", "\"create\"", "", "") "}]}",
		"plan-deferred incomplete-plan ask a.b /deferred_changes/0/resource_change\n");
	assert_findings(state,
		PLAN_HEAD
		",\"deferred_action_invocations\":[{\"reason\":\"x\",\"action_invocation\":{"
		"\"address\":\"action.a.b\"}}]}",
		"action-deferred incomplete-plan ask action.a.b /deferred_action_invocations/0\n");
}

static void a_deferred_change_tells_its_reason(void **state)
{
	struct plan *plan = read_plan(state,
		PLAN_HEAD ",\"deferred_changes\":[{\"reason\":\"provider_config_unknown\","
			  "\"resource_change\":" CHANGE("a.b", "\"create\"", "", "") "}]}");
	struct findings findings = {.arena = ((struct fixture *)*state)->arena};

	plan_findings(plan, &findings);
	assert_int_equal(findings.count, 1);
	assert_true(str_find(findings.items[0].message,
			    STR("deferred to a later plan (provider_config_unknown)")) != SIZE_MAX);
}

static void actions_that_terraform_invokes(void **state)
{
	assert_findings(state,
		PLAN_HEAD ",\"action_invocations\":[{\"address\":\"action.aws_lambda_invoke.x\","
			  "\"type\":\"aws_lambda_invoke\",\"name\":\"x\"}]}",
		"action-invoked unknown-action ask action.aws_lambda_invoke.x "
		"/action_invocations/0\n");
}

static void failed_checks(void **state)
{
	assert_findings(state,
		PLAN_HEAD
		",\"checks\":[{\"address\":{\"to_display\":\"check.a\"},\"status\":\"fail\"},{"
		"\"address\":{\"to_display\":\"check.b\"},\"status\":\"error\"},{\"address\":{"
		"\"to_display\":\"check.c\"},\"status\":\"unknown\"},{\"address\":{\"to_display\":"
		"\"check.d\"},\"status\":\"pass\"}]}",
		"check-failed check-failed ask check.a /checks/0\n"
		"check-error check-failed ask check.b /checks/1\n");
}

static void digest(void **state, const char *text, char ret_hex[65])
{
	assert_int_equal(plan_changes_digest(read_plan(state, text), ret_hex, NULL), 0);
	close_fixture(state);
	open_fixture(state);
}

static void the_digest_knows_no_time(void **state)
{
	char one[65], two[65], other[65];

	digest(state,
		"{\"format_version\":\"1.2\",\"terraform_version\":\"1.11.4\",\"planned_values\":{}"
		","
		"\"timestamp\":\"2026-01-01T00:00:00Z\",\"prior_state\":{\"terraform_version\":\"1."
		"1\","
		"\"values\":{\"a\":1.0}}}",
		one);
	digest(state,
		"{\"prior_state\": {\"values\": {\"a\": 1}}, \"planned_values\": {}, "
		"\"timestamp\": "
		"\"2027\", \"format_version\": \"1.2\"}",
		two);
	digest(state,
		"{\"prior_state\":{\"values\":{\"a\":2}},\"planned_values\":{},\"format_version\":"
		"\"1.2\"}",
		other);
	assert_string_equal(one, two);
	assert_string_not_equal(one, other);
}

/* It is the SHA-256 of the canonical JSON without the members that are left out. */
static void the_digest_is_that_of_the_canonical_text(void **state)
{
	static const char *const skip[] = {"timestamp", "terraform_version", NULL};
	struct plan *plan = read_plan(state,
		PLAN_HEAD ",\"timestamp\":\"x\",\"resource_changes\":[" CHANGE("a.b", "\"create\"",
			"", "") "," CHANGE("a.c", "\"create\"", "", "") "],\"checks\":[]}");
	struct buf out = BUF(1 << 20);
	char hex[65], wanted[65];

	json_canonical(plan->root_node, skip, &out);
	sha256_hex(buf_str(&out), wanted);
	assert_int_equal(plan_changes_digest(plan, hex, NULL), 0);
	assert_string_equal(hex, wanted);
	buf_free(&out);
}

int main(int count, char **arguments)
{
	const struct CMUnitTest tests[] = {
		PLAN_TEST(what_is_not_known_blocks),
		PLAN_TEST(what_is_known_is_silent),
		PLAN_TEST(incomplete_plans),
		PLAN_TEST(a_deferred_change_tells_its_reason),
		PLAN_TEST(actions_that_terraform_invokes),
		PLAN_TEST(failed_checks),
		PLAN_TEST(the_digest_knows_no_time),
		PLAN_TEST(the_digest_is_that_of_the_canonical_text),
	};

	if (count > 1)
		cmocka_set_test_filter(arguments[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
