/* SPDX-License-Identifier: Apache-2.0 */
/* What a plan's entries mean: actions, modes, places, counts, and what is refused. */
#include "plan_support.h"

#define QUEUE(actions) PLAN(CHANGE("aws_sqs_queue.q", actions, "", ""))

static void every_action_list(void **state)
{
	static const struct {
		const char *text;
		enum plan_action action;
		const char *name;
	} cases[] = {
		{QUEUE("\"no-op\""), ACTION_NO_OP, "no-op"},
		{QUEUE("\"create\""), ACTION_CREATE, "create"},
		{QUEUE("\"read\""), ACTION_READ, "read"},
		{QUEUE("\"update\""), ACTION_UPDATE, "update"},
		{QUEUE("\"delete\""), ACTION_DELETE, "delete"},
		{QUEUE("\"delete\",\"create\""), ACTION_REPLACE, "replace"},
		{QUEUE("\"create\",\"delete\""), ACTION_REPLACE_CBD, "replace-cbd"},
		{QUEUE("\"forget\""), ACTION_FORGET, "forget"},
		{QUEUE("\"create\",\"forget\""), ACTION_CREATE_FORGET, "create-forget"},
		{QUEUE("\"forget\",\"create\""), ACTION_FORGET_CREATE, "forget-create"},
		{QUEUE("\"open\""), ACTION_OPEN, "open"},
		{QUEUE("\"renew\""), ACTION_RENEW, "renew"},
		{QUEUE("\"close\""), ACTION_CLOSE, "close"},
		{QUEUE("\"transmute\""), ACTION_UNKNOWN, "transmute"},
		{QUEUE("\"delete\",\"delete\""), ACTION_UNKNOWN, "delete-delete"},
		{QUEUE("\"create\",\"delete\",\"create\""), ACTION_UNKNOWN, "create-delete-create"},
		{QUEUE("\"no-op\",\"delete\""), ACTION_UNKNOWN, "no-op-delete"},
		{QUEUE("\"Delete\""), ACTION_UNKNOWN, "Delete"},
		{QUEUE("\"d\\u0065lete\""), ACTION_DELETE, "delete"},
		{QUEUE(""), ACTION_UNKNOWN, "unknown"},
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct change *change = read_change(state, cases[i].text);

		assert_int_equal(change->action, cases[i].action);
		assert_str(change->action_text, cases[i].name);
		close_fixture(state);
		open_fixture(state);
	}
}

static void destroys_and_replaces(void **state)
{
	(void)state;
	for (int i = 0; i < ACTION_COUNT; i++) {
		enum plan_action action = (enum plan_action)i;
		bool replaces = action == ACTION_REPLACE || action == ACTION_REPLACE_CBD;

		assert_int_equal(plan_action_replaces(action), replaces);
		assert_int_equal(plan_action_destroys(action), replaces || action == ACTION_DELETE);
	}
}

static void a_move_is_a_no_op_with_a_previous_address(void **state)
{
	struct change *change = read_change(state,
		PLAN(CHANGE("aws_sqs_queue.b", "\"no-op\"",
			",\"previous_address\":\"aws_sqs_queue.a\"", "")));

	assert_int_equal(change->action, ACTION_MOVE);
	assert_str(change->action_text, "move");
	assert_str(change->previous_address, "aws_sqs_queue.a");
}

static void a_move_can_end_in_an_update_or_a_delete(void **state)
{
	struct plan *plan = read_plan(state,
		PLAN(CHANGE("aws_sqs_queue.b", "\"update\"",
			",\"previous_address\":\"aws_sqs_queue.a\"",
			"") "," CHANGE("aws_sqs_queue.d", "\"delete\"",
			",\"previous_address\":\"aws_sqs_queue.c\",\"action_reason\":"
			"\"delete_because_no_move_target\"",
			"")));

	assert_int_equal(plan->changes.items[0].action, ACTION_UPDATE);
	assert_str(plan->changes.items[0].previous_address, "aws_sqs_queue.a");
	assert_int_equal(plan->changes.items[1].action, ACTION_DELETE);
	assert_str(plan->changes.items[1].previous_address, "aws_sqs_queue.c");
	assert_str(plan->changes.items[1].action_reason, "delete_because_no_move_target");
}

static void imports_with_and_without_a_change(void **state)
{
	struct plan *plan = read_plan(state,
		PLAN(CHANGE("aws_sqs_queue.a", "\"no-op\"", "",
			",\"importing\":{\"id\":\"x\"}") "," CHANGE("aws_sqs_queue.b", "\"update\"",
			"",
			",\"importing\":{\"id\":\"y\"},\"generated_config\":\"resource "
			"{}\"") "," CHANGE("aws_sqs_queue.c", "\"no-op\"", "",
			",\"importing\":{\"identity\":{\"arn\":\"z\"}}") "," CHANGE("aws_"
										    "sqs_"
										    "queue."
										    "d",
			"\"no-op\"", "", ",\"importing\":null")));
	struct plan_counts counts;

	assert_int_equal(plan->changes.items[0].action, ACTION_IMPORT);
	assert_false(plan->changes.items[0].generated_config);
	assert_int_equal(plan->changes.items[1].action, ACTION_UPDATE);
	assert_true(plan->changes.items[1].importing);
	assert_true(plan->changes.items[1].generated_config);
	assert_int_equal(plan->changes.items[2].action, ACTION_IMPORT);
	assert_int_equal(plan->changes.items[3].action, ACTION_NO_OP);
	plan_count(plan, &counts);
	assert_int_equal(counts.import, 3);
	assert_int_equal(counts.update, 1);
}

/* An address is no key: several deposed objects share one, beside an update of the live one. */
static void deposed_objects_share_an_address(void **state)
{
	struct plan *plan = read_plan(state,
		PLAN(CHANGE("aws_sqs_queue.q", "\"update\"", "", "") "," CHANGE("aws_sqs_queue.q",
			"\"delete\"", ",\"deposed\":\"00000001\"", "") "," CHANGE("aws_sqs_queue.q",
			"\"delete\"", ",\"deposed\":\"00000002\"", "")));
	struct fixture *fixture = *state;
	struct plan_counts counts;

	assert_int_equal(plan->changes.count, 3);
	assert_str(change_full_address(&plan->changes.items[0], fixture->arena), "aws_sqs_queue.q");
	assert_str(change_full_address(&plan->changes.items[1], fixture->arena),
		"aws_sqs_queue.q (deposed 00000001)");
	assert_str(plan->changes.items[1].address, "aws_sqs_queue.q");
	assert_str(change_full_address(&plan->changes.items[2], fixture->arena),
		"aws_sqs_queue.q (deposed 00000002)");
	plan_count(plan, &counts);
	assert_int_equal(counts.update, 1);
	assert_int_equal(counts.destroy, 2);
}

/* A forgotten object can carry a delete reason and still stand in planned_values. */
static void a_forgotten_object_with_a_delete_reason(void **state)
{
	struct change *change = read_change(state,
		PLAN(CHANGE("aws_sqs_queue.q", "\"forget\"",
			",\"action_reason\":\"delete_because_no_resource_config\"", "")));

	assert_int_equal(change->action, ACTION_FORGET);
	assert_false(plan_action_destroys(change->action));
	assert_str(change->action_reason, "delete_because_no_resource_config");
}

static void a_tainted_replacement_names_no_path(void **state)
{
	struct change *change = read_change(state,
		PLAN(CHANGE("aws_sqs_queue.q", "\"delete\",\"create\"",
			",\"action_reason\":\"replace_because_tainted\"", "")));

	assert_int_equal(change->action, ACTION_REPLACE);
	assert_false(node_exists(change_replace_paths(change)));
	assert_str(change->action_reason, "replace_because_tainted");
}

static void keys_of_every_kind(void **state)
{
	struct plan *plan = read_plan(state,
		PLAN(CHANGE("aws_sqs_queue.q[\\\"a\\\\\\\"]b\\\\\\\\c\\\\nd $${x} 0\\\"]",
			"\"create\"", ",\"index\":\"a\\\"]b\\\\c\\nd ${x} 0\"",
			"") "," CHANGE("aws_sqs_queue.q[0]", "\"create\"", ",\"index\":0",
			"") "," CHANGE("module.m[\\\"é\\\"].aws_sqs_queue.q", "\"create\"",
			",\"module_address\":\"module.m[\\\"é\\\"]\"", "")));
	struct fixture *fixture = *state;
	int64_t index = -1;

	assert_str(plan->changes.items[0].address, "aws_sqs_queue.q[\"a\\\"]b\\\\c\\nd $${x} 0\"]");
	assert_str(node_text(change_index(&plan->changes.items[0]), fixture->arena),
		"a\"]b\\c\nd ${x} 0");
	assert_true(node_to_i64(change_index(&plan->changes.items[1]), &index));
	assert_int_equal(index, 0);
	assert_str(plan->changes.items[2].module, "module.m[\"é\"]");
	assert_str(plan->changes.items[0].module, NULL);
}

static void pointers_and_provider(void **state)
{
	struct plan *plan = read_plan(state,
		PLAN_HEAD ",\"resource_changes\":[" CHANGE("aws_sqs_queue.a", "\"create\"", "",
			"") "," CHANGE("aws_sqs_queue.b", "\"create\"", "",
			"") "],\"resource_drift\":[" CHANGE("aws_sqs_queue.a", "\"update\"", "",
			"") "],\"deferred_changes\":[{\"reason\":"
			    "\"instance_count_unknown\",\"resource_change\":" CHANGE(
				    "aws_sqs_queue.c", "\"create\"", ",\"index_unknown\":true",
				    "") "}]}");
	struct arena *arena = ((struct fixture *)*state)->arena;

	assert_str(change_pointer(&plan->changes.items[1], arena), "/resource_changes/1");
	assert_str(change_pointer(&plan->drift.items[0], arena), "/resource_drift/0");
	assert_str(change_pointer(&plan->deferred.items[0], arena),
		"/deferred_changes/0/resource_change");
	assert_str(node_pointer(plan->deferred.items[0].self, arena),
		"/deferred_changes/0/resource_change");
	assert_true(plan->deferred.items[0].index_unknown);
	assert_false(plan->changes.items[0].opentofu);
	assert_false(plan->opentofu);
}

static void counts_as_terraform_counts(void **state)
{
	struct plan *plan = read_plan(state,
		PLAN(CHANGE("aws_sqs_queue.a", "\"create\"", "", "") "," CHANGE("aws_sqs_queue.b",
			"\"delete\",\"create\"", "", "") "," CHANGE("aws_sqs_queue.c",
			"\"create\",\"delete\"", "", "") "," CHANGE("aws_sqs_queue.d",
			"\"create\",\"forget\"", "", "") "," CHANGE("aws_sqs_queue.e", "\"forget\"",
			"", "") "," CHANGE("aws_sqs_queue.f", "\"delete\"", "",
			"") "," CHANGE("aws_sqs_queue.g", "\"update\"", "",
			"") "," CHANGE("aws_sqs_queue.h", "\"no-op\"", "",
			"") "," CHANGE("aws_sqs_queue.i", "\"no-op\"",
			",\"previous_address\":\"x.y\"", "") "," CHANGE("aws_sqs_queue.j",
			"\"read\"", "", "") "," CHANGE("aws_sqs_queue.k", "\"melt\"", "",
			"") ","
			    "{\"address\":\"data.x.y\",\"mode\":\"data\",\"type\":\"x\",\"name\":"
			    "\"y\","
			    "\"change\":{\"actions\":[\"delete\"]}}"));
	struct plan_counts counts;

	plan_count(plan, &counts);
	assert_int_equal(counts.add, 4);
	assert_int_equal(counts.update, 1);
	assert_int_equal(counts.destroy, 3);
	assert_int_equal(counts.forget, 2);
	assert_int_equal(counts.move, 1);
	assert_int_equal(counts.no_op, 1);
	assert_int_equal(counts.read, 1);
	assert_int_equal(counts.unknown, 1);
	assert_int_equal(counts.import, 0);
}

static void the_plan_as_a_whole(void **state)
{
	struct plan *plan = read_plan(state,
		"{\"format_version\":\"0.2\",\"terraform_version\":\"1.0.0\",\"planned_values\":{},"
		"\"errored\":true,\"complete\":false,\"applyable\":false,\"variables\":{\"a\":{"
		"\"value\":"
		"1}},\"prior_state\":{},\"configuration\":{},\"relevant_attributes\":[],"
		"\"output_changes\":{\"o\":{\"actions\":[\"create\"],\"before\":null,\"after\":"
		"\"x\","
		"\"after_sensitive\":true}},\"action_invocations\":[{\"address\":\"action.a.b\"}]"
		"}");

	assert_str(plan->format_version, "0.2");
	assert_str(plan->tool_version, "1.0.0");
	assert_str(plan->source, "x.json");
	assert_str(plan->name, "x.json");
	assert_true(plan->errored);
	assert_true(plan->incomplete);
	assert_false(plan->redacted_dialect);
	assert_int_equal(plan->changes.count, 0);
	assert_int_equal(plan->output_count, 1);
	assert_str(plan->outputs[0].name, "o");
	assert_int_equal(plan->outputs[0].action, ACTION_CREATE);
	assert_true(node_text_is(plan->outputs[0].after, STR("x")));
	assert_true(node_is_true(plan->outputs[0].after_sensitive));
	assert_int_equal(node_count(plan->action_invocations), 1);
	assert_int_equal(node_count(plan->variables), 1);
}

static void a_plan_without_resource_changes_is_without_changes(void **state)
{
	struct plan *plan = read_plan(state, PLAN_HEAD "}");

	assert_int_equal(plan->changes.count, 0);
	assert_false(plan->refresh_only);
	assert_false(plan->incomplete);
}

static void a_refresh_only_plan_has_drift_alone(void **state)
{
	struct plan *plan = read_plan(state,
		PLAN_HEAD
		",\"resource_drift\":[" CHANGE("aws_sqs_queue.a", "\"update\"", "", "") "]}");

	assert_true(plan->refresh_only);
	assert_int_equal(plan->drift.count, 1);
}

/* Terraform 1.0 wrote drift without addresses. */
static void drift_without_an_address(void **state)
{
	struct plan *plan = read_plan(state,
		PLAN_HEAD
		",\"resource_drift\":[{\"mode\":\"managed\",\"type\":\"t\",\"name\":\"n\","
		"\"index\":\"k\",\"module_address\":\"module.m\",\"change\":{\"actions\":["
		"\"update\"]}},{\"mode\":\"data\",\"type\":\"t\",\"name\":\"n\",\"index\":2,"
		"\"change\":{\"actions\":[\"update\"]}}]}");

	assert_str(plan->drift.items[0].address, "module.m.t.n[\"k\"]");
	assert_str(plan->drift.items[1].address, "data.t.n[2]");
}

static void drift_that_matters(void **state)
{
	struct plan *plan = read_plan(state,
		PLAN_HEAD ",\"relevant_attributes\":[{\"resource\":\"a.b\",\"attribute\":[\"id\"]},"
			  "{\"resource\":\"a.c[0]\",\"attribute\":[]}],\"resource_drift\":[" CHANGE(
				  "a.b[\\\"k\\\"]", "\"update\"", "", "") "," CHANGE("a.c[0]",
				  "\"update\"", "", "") "," CHANGE("a.c[1]", "\"update\"", "",
				  "") "," CHANGE("a.d", "\"delete\"", "", "") "]}");

	assert_true(plan->drift.items[0].relevant);
	assert_true(plan->drift.items[1].relevant);
	assert_false(plan->drift.items[2].relevant);
	assert_false(plan->drift.items[3].relevant);
}

static void opentofu_by_its_registry(void **state)
{
	struct plan *plan = read_plan(state,
		PLAN("{\"address\":\"a.b\",\"mode\":\"managed\",\"type\":\"a\",\"name\":\"b\","
		     "\"provider_name\":\"registry.opentofu.org/hashicorp/null\",\"change\":{"
		     "\"actions\":[\"create\"]}}"));

	assert_true(plan->opentofu);
}

static void the_redacted_dialect(void **state)
{
	struct plan *plan = read_plan(state,
		"{\"plan_format_version\":\"1.1\",\"resource_drift\":[],\"resource_changes\":"
		"[" CHANGE("aws_sqs_queue.a", "\"create\"", "",
			"") "],\"relevant_attributes\":[],"
			    "\"output_changes\":{},\"provider_schemas\":{},\"provider_format_"
			    "version\":\"1.0\"}");

	assert_true(plan->redacted_dialect);
	assert_str(plan->format_version, "1.1");
	assert_int_equal(plan->changes.count, 1);
}

static void modes(void **state)
{
	struct plan *plan = read_plan(state,
		PLAN("{\"address\":\"data.a.b\",\"mode\":\"data\",\"type\":\"a\",\"change\":{"
		     "\"actions\":"
		     "[\"read\"]}},{\"address\":\"ephemeral.a.b\",\"mode\":\"ephemeral\",\"type\":"
		     "\"a\","
		     "\"change\":{\"actions\":[\"open\"]}},{\"address\":\"list.a.b\",\"mode\":"
		     "\"list\","
		     "\"type\":\"a\",\"change\":{\"actions\":[\"read\"]}},{\"address\":\"a.b\","
		     "\"type\":\"a\",\"change\":{\"actions\":[\"create\"]}}"));

	assert_int_equal(plan->changes.items[0].mode, MODE_DATA);
	assert_int_equal(plan->changes.items[1].mode, MODE_EPHEMERAL);
	assert_int_equal(plan->changes.items[2].mode, MODE_UNKNOWN);
	assert_int_equal(plan->changes.items[3].mode, MODE_UNKNOWN);
}

static void checks_of_both_shapes(void **state)
{
	struct plan *plan = read_plan(state,
		PLAN_HEAD
		",\"checks\":[{\"address\":{\"to_display\":\"check.a\",\"kind\":\"check\"},"
		"\"status\":"
		"\"fail\",\"instances\":[{\"address\":{\"to_display\":\"check.a\"},\"status\":"
		"\"fail\","
		"\"problems\":[{\"message\":\"no\"},{\"message\":\"later\"}]}]},{\"address\":{"
		"\"to_display\":\"x.y\"},\"status\":\"unknown\",\"instances\":[{\"address\":{\"to_"
		"display\":"
		"\"x.y[0]\"},\"status\":\"pass\"},{\"address\":{\"to_display\":\"x.y[1]\"},"
		"\"status\":"
		"\"unknown\"}]},{\"address\":{\"to_display\":\"output.o\"},\"status\":\"error\"},{"
		"\"address\":{\"to_display\":\"var.v\"},\"status\":\"later\"}],\"condition_"
		"results\":[{"
		"\"address\":\"a.b\",\"condition_type\":\"ResourcePrecondition\",\"result\":true,"
		"\"unknown\":false},{\"address\":\"c.d\",\"result\":false,\"unknown\":false,"
		"\"error_message\":\"bad\"},{\"address\":\"e.f\",\"result\":false,\"unknown\":true}"
		"]}");
	static const struct {
		const char *address;
		enum check_status status;
		const char *message;
	} wanted[] = {
		{"check.a", CHECK_FAIL, "no"},
		{"x.y[0]", CHECK_PASS, NULL},
		{"x.y[1]", CHECK_UNKNOWN, NULL},
		{"output.o", CHECK_ERROR, NULL},
		{"var.v", CHECK_ERROR, "a status that weir does not know"},
		{"a.b", CHECK_PASS, NULL},
		{"c.d", CHECK_FAIL, "bad"},
		{"e.f", CHECK_UNKNOWN, NULL},
	};

	assert_int_equal(plan->check_count, COUNT_OF(wanted));
	for (size_t i = 0; i < COUNT_OF(wanted); i++) {
		assert_str(plan->checks[i].address, wanted[i].address);
		assert_int_equal(plan->checks[i].status, wanted[i].status);
		assert_str(plan->checks[i].message, wanted[i].message);
	}
}

static void versions(void **state)
{
	static const char *const good[] = {"0.1", "0.2", "1.0", "1.2", "1.37"};
	static const char *const bad[] = {
		"2.0", "10.1", "", "1", "1.", ".1", "1.2.3", "v1.2", "-1.0", "1.x", " 1.2"};
	char text[128];

	for (size_t i = 0; i < COUNT_OF(good); i++) {
		snprintf(text, sizeof(text), "{\"format_version\":\"%s\",\"planned_values\":{}}",
			good[i]);
		assert_str(read_plan(state, text)->format_version, good[i]);
		close_fixture(state);
		open_fixture(state);
	}
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		snprintf(text, sizeof(text), "{\"format_version\":\"%s\",\"planned_values\":{}}",
			bad[i]);
		assert_refused(state, text, ERR_PLAN_VERSION);
	}
	assert_refused(state, "{\"plan_format_version\":\"2.0\",\"resource_changes\":[]}",
		ERR_PLAN_VERSION);
}

static void what_is_built_wrongly_is_refused(void **state)
{
	static const char *const texts[] = {
		PLAN_HEAD ",\"resource_changes\":{}}",
		PLAN_HEAD ",\"resource_changes\":\"\"}",
		PLAN_HEAD ",\"resource_drift\":{}}",
		PLAN_HEAD ",\"deferred_changes\":1}",
		PLAN_HEAD ",\"deferred_changes\":[1]}",
		PLAN_HEAD ",\"deferred_changes\":[{\"reason\":\"x\"}]}",
		PLAN_HEAD ",\"output_changes\":[]}",
		PLAN_HEAD ",\"output_changes\":{\"a\":1}}",
		PLAN_HEAD ",\"output_changes\":{\"a\":{}}}",
		PLAN_HEAD ",\"checks\":{}}",
		PLAN_HEAD ",\"checks\":[1]}",
		PLAN_HEAD ",\"checks\":[{\"status\":\"fail\"}]}",
		PLAN_HEAD ",\"checks\":[{\"address\":{\"to_display\":\"a\"}}]}",
		PLAN_HEAD ",\"checks\":[{\"address\":{\"to_display\":\"a\"},\"status\":\"pass\","
			  "\"instances\":{}}]}",
		PLAN_HEAD ",\"condition_results\":[{\"result\":true}]}",
		PLAN_HEAD ",\"action_invocations\":{}}",
		PLAN_HEAD ",\"configuration\":[]}",
		PLAN_HEAD ",\"prior_state\":[]}",
		PLAN_HEAD ",\"errored\":\"true\"}",
		PLAN_HEAD ",\"weir_redacted\":null}",
		PLAN_HEAD ",\"weir_redacted\":true}",
		PLAN_HEAD ",\"complete\":0}",
		PLAN("1"),
		PLAN("[]"),
		PLAN("null"),
		PLAN("{}"),
		PLAN("{\"type\":\"a\",\"mode\":\"managed\",\"change\":{\"actions\":[\"no-op\"]}}"),
		PLAN("{\"address\":\"\",\"type\":\"a\",\"change\":{\"actions\":[\"no-op\"]}}"),
		PLAN("{\"address\":7,\"type\":\"a\",\"change\":{\"actions\":[\"no-op\"]}}"),
		PLAN("{\"address\":\"a.b\",\"change\":{\"actions\":[\"no-op\"]}}"),
		PLAN("{\"address\":\"a.b\",\"type\":\"a\",\"mode\":1,\"change\":{\"actions\":[]}}"),
		PLAN("{\"address\":\"a.b\",\"type\":\"a\"}"),
		PLAN("{\"address\":\"a.b\",\"type\":\"a\",\"change\":[]}"),
		PLAN("{\"address\":\"a.b\",\"type\":\"a\",\"change\":{}}"),
		PLAN("{\"address\":\"a.b\",\"type\":\"a\",\"change\":{\"actions\":\"delete\"}}"),
		PLAN("{\"address\":\"a.b\",\"type\":\"a\",\"change\":{\"actions\":[1]}}"),
		PLAN("{\"address\":\"a.b\",\"type\":\"a\",\"change\":{\"actions\":null}}"),
		PLAN("{\"address\":\"a.b\",\"type\":\"a\",\"change\":{\"actions\":[\"delete\"],"
		     "\"replace_paths\":{}}}"),
	};

	for (size_t i = 0; i < COUNT_OF(texts); i++)
		assert_refused(state, texts[i], ERR_PLAN_INVALID);
	assert_refused(state, "{\"format_version\":1.2,\"planned_values\":{}}", ERR_PLAN_INVALID);
}

static void an_error_names_its_place(void **state)
{
	struct fixture *fixture = read_text(state,
		STR("{\"format_version\":\"1.2\",\n\"planned_values\":{},\n  "
		    "\"resource_changes\":{}}"));

	assert_int_equal(fixture->r, -65);
	assert_string_equal(fixture->err.file, "x.json");
	assert_int_equal(fixture->err.line, 3);
	assert_int_equal(fixture->err.column, 22);
	assert_string_equal(fixture->err.message, "\"resource_changes\" must be an array");
}

static void a_key_twice_is_refused_anywhere(void **state)
{
	assert_refused(state, PLAN_HEAD ",\"resource_changes\":[],\"resource_changes\":[]}",
		ERR_JSON_DUPLICATE_KEY);
	assert_refused(state, PLAN_HEAD ",\"resource_changes\":[],\"resource_ch\\u0061nges\":[]}",
		ERR_JSON_DUPLICATE_KEY);
	assert_refused(state, PLAN(CHANGE("a.b", "\"create\"", "", ",\"before\":1")),
		ERR_JSON_DUPLICATE_KEY);
	assert_refused(
		state, PLAN_HEAD ",\"x\":{\"y\":[{\"z\":1,\"z\":2}]}}", ERR_JSON_DUPLICATE_KEY);
}

/* Of several faults in a file the one that stands first is told, whatever is found first. */
static void faults_are_told_in_the_order_of_the_file(void **state)
{
	assert_refused(
		state, PLAN_HEAD ",\"x\":1,\"x\":1}\n" PLAN_HEAD ",\"x\":", ERR_JSON_DUPLICATE_KEY);
	assert_refused(
		state, PLAN_HEAD ",\"x\":" PLAN_HEAD ",\"y\":1,\"y\":1}", ERR_JSON_TRUNCATED);
	assert_refused(state, PLAN_HEAD "}\n" PLAN_HEAD ",\"x\":", ERR_JSON_TRUNCATED);
	assert_refused(state, PLAN_HEAD ",\"resource_changes\":{}}\n" PLAN_HEAD ",\"x\":1,\"x\":1}",
		ERR_PLAN_INVALID);
}

/* What may be done with a plan before its keys are checked needs its document and its digest. */
static void a_parsed_plan_has_its_document(void **state)
{
	static const char text[] =
		PLAN_HEAD ",\"resource_changes\":{}}\n" PLAN_HEAD ",\"x\":1,\"x\":";
	struct fixture *fixture = *state;
	struct plans *plans = &fixture->plans;

	assert_int_equal(
		plan_parse(str_of(text), STR("x.json"), fixture->arena, plans, &fixture->err), -65);
	assert_int_equal(fixture->err.id, ERR_JSON_TRUNCATED);
	assert_int_equal(plans->count, 1);
	assert_int_equal(plans->items[0].sha256.len, 64);
	assert_true(node_is_object(NODE_GET(plans->items[0].root_node, "resource_changes")));
	assert_int_equal(plans->items[0].changes.count, 0);
	assert_int_equal(plan_decode(&plans->items[0], fixture->arena, &fixture->err), -65);
	assert_int_equal(fixture->err.id, ERR_PLAN_INVALID);
}

static void the_digest_of_the_bytes(void **state)
{
	struct plan *plan = read_plan(state, PLAN_HEAD "}");

	assert_str(
		plan->sha256, "ae6a6933fe630e319b3cb44802a3e38edcc9e4eb8e0f331bbd0547967b160698");
}

/* Large files are hashed by a thread. */
static void the_digest_of_a_large_file(void **state)
{
	size_t len = 1 << 20, head = sizeof(PLAN_HEAD "}") - 1;
	struct fixture *fixture = *state;
	char *text = arena_alloc(fixture->arena, len);

	memset(text, '\n', len);
	memcpy(text, PLAN_HEAD "}", head);
	read_text(state, (struct str){text, len});
	assert_int_equal(fixture->r, 0);
	assert_str(fixture->plans.items[0].sha256,
		"60f6173297a386b13cb31c59876e0051dbe7465c334dd30cff92a13432923874");
}

static void every_failed_allocation_is_an_error(void **state)
{
	static const char text[] = PLAN_HEAD ",\"resource_changes\":[" CHANGE(
		"aws_sqs_queue.q[\\\"a\\\"]", "\"melt\"", ",\"deposed\":\"00000001\"",
		"") "],\"output_changes\":{\"o\\u0061\":{\"actions\":["
		    "\"create\"]}},\"checks\":[{\"address\":{\"to_display\":\"a\\u0061\"},"
		    "\"status\":\"pass\"}"
		    "]}{\"plan_format_version\":\"1.1\",\"resource_changes\":[]}";
	uint64_t count;

	(void)state;
	mem_fail_from(0);
	for (uint64_t i = 1;; i++) {
		struct arena *arena = arena_create(1 << 20);
		struct plans plans = {0};
		struct error err = {0};
		int r;

		mem_fail_from(i);
		r = plan_read(str_of(text), STR("x"), arena, &plans, &err);
		count = mem_count();
		mem_fail_from(0);
		if (r == 0) {
			assert_int_equal(plans.count, 2);
			plan_free(&plans.items[0]);
			plan_free(&plans.items[1]);
		} else {
			assert_int_equal(r, -75);
			assert_int_equal(err.id, ERR_MEMORY);
			assert_int_equal(plans.count, 0);
		}
		arena_destroy(arena);
		if (count < i)
			break;
	}
	assert_true(count > 10);
}

int main(int count, char **arguments)
{
	const struct CMUnitTest tests[] = {
		PLAN_TEST(every_action_list),
		PLAN_TEST(destroys_and_replaces),
		PLAN_TEST(a_move_is_a_no_op_with_a_previous_address),
		PLAN_TEST(a_move_can_end_in_an_update_or_a_delete),
		PLAN_TEST(imports_with_and_without_a_change),
		PLAN_TEST(deposed_objects_share_an_address),
		PLAN_TEST(a_forgotten_object_with_a_delete_reason),
		PLAN_TEST(a_tainted_replacement_names_no_path),
		PLAN_TEST(keys_of_every_kind),
		PLAN_TEST(pointers_and_provider),
		PLAN_TEST(counts_as_terraform_counts),
		PLAN_TEST(the_plan_as_a_whole),
		PLAN_TEST(a_plan_without_resource_changes_is_without_changes),
		PLAN_TEST(a_refresh_only_plan_has_drift_alone),
		PLAN_TEST(drift_without_an_address),
		PLAN_TEST(drift_that_matters),
		PLAN_TEST(opentofu_by_its_registry),
		PLAN_TEST(the_redacted_dialect),
		PLAN_TEST(modes),
		PLAN_TEST(checks_of_both_shapes),
		PLAN_TEST(versions),
		PLAN_TEST(what_is_built_wrongly_is_refused),
		PLAN_TEST(an_error_names_its_place),
		PLAN_TEST(a_key_twice_is_refused_anywhere),
		PLAN_TEST(faults_are_told_in_the_order_of_the_file),
		PLAN_TEST(a_parsed_plan_has_its_document),
		PLAN_TEST(the_digest_of_the_bytes),
		PLAN_TEST(the_digest_of_a_large_file),
		PLAN_TEST(every_failed_allocation_is_an_error),
	};

	if (count > 1)
		cmocka_set_test_filter(arguments[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
