/* SPDX-License-Identifier: Apache-2.0 */
/* The tools on plans: review, and verify of what a model says of one. */
#include "mcp/tools_model.h"
#include "report/brief.h"
#include "story/review.h"
#include "story/verify.h"

enum { BUDGET = 1500 };

/* The plan is one file of the workspace; nothing is started to read it. */
static int read_plan(struct mcp_call *call, struct node arguments, const char **plan,
	struct input_options *ret_input, struct error *err)
{
	int r = mcp_path_argument(call, arguments, "plan", plan, err);

	*ret_input = (struct input_options){.inputs = plan, .input_count = 1, .json_only = true};
	return r;
}

static int tell_review(struct mcp_call *call, struct node arguments, const struct report *report,
	struct mcp_result *result, struct error *err)
{
	CLEANUP(buf_free) struct buf brief = BUF(MCP_RESULT_MOST);
	const struct mcp_findings findings = {
		report->redactor, call->arena, &report->findings, VERDICT_ASK};
	struct json_writer json;
	int64_t budget = BUDGET;
	int r;

	(void)node_to_i64(NODE_GET(arguments, "budget"), &budget);
	r = brief_text(report, (size_t)budget, &brief, err);
	if (r < 0)
		return r;
	json_writer_init(&json, &result->structured, 0);
	json_object_begin(&json);
	json_member(&json, "verdict", verdict_name(report->verdict));
	mcp_add_findings(&json, &findings);
	json_member(&json, "brief", buf_str(&brief));
	json_object_end(&json);
	return 0;
}

int mcp_review(
	struct mcp_call *call, struct node arguments, struct mcp_result *result, struct error *err)
{
	CLEANUP(review_cleanup) struct review *review = NULL;
	const struct mcp_world *world = mcp_world_of(call);
	struct trust trust = {0};
	struct review_options how = {.trust = &trust,
		.config = world->config,
		.phase = mcp_argument(call, arguments, "phase")};
	const char *plan;
	int r = read_plan(call, arguments, &plan, &how.input, err);

	how.now_text = mcp_now(call, &how.now);
	if (r == 0)
		r = mcp_path_argument(call, arguments, "intent", &how.intent, err);
	if (r == 0)
		r = trust_open(world->base, world->trust_tree, call->arena, &trust, err);
	if (r == 0)
		r = review_run(&how, call->arena, &review, err);
	return r < 0 ? r : tell_review(call, arguments, review_report(review), result, err);
}

int mcp_verify(
	struct mcp_call *call, struct node arguments, struct mcp_result *result, struct error *err)
{
	CLEANUP(verification_cleanup) struct verification *verification = NULL;
	struct verify_options how = {
		.text = node_text(NODE_GET(arguments, "summary"), call->arena)};
	const struct verified *verified;
	struct mcp_findings findings;
	struct json_writer json;
	const char *plan;
	int64_t now;
	int r = read_plan(call, arguments, &plan, &how.input, err);

	how.now_text = mcp_now(call, &now);
	if (r == 0)
		r = verify_run(&how, call->arena, &verification, err);
	if (r < 0)
		return r;
	verified = verification_result(verification);
	findings = (struct mcp_findings){
		verified->review->redactor, call->arena, &verified->findings, VERDICT_PASS};
	json_writer_init(&json, &result->structured, 0);
	json_object_begin(&json);
	json_member(&json, "verdict", verdict_name(verified->verdict));
	mcp_add_findings(&json, &findings);
	json_object_end(&json);
	return 0;
}
