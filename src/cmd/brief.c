/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `weir brief`: its options.  A brief is a review told to a reader of few
 * tokens; how it is told stands in src/report/brief.c.
 */
#include "report/brief.h"
#include "base/json.h"
#include "base/tokens.h"
#include "cmd/trusted.h"
#include "story/review.h"

enum { BRIEF_MOST = 64 << 20 };

struct options {
	const char *plans;
	const char *intent;
	const char *phase;
	struct trust_options trust;
	const char *chdir;
	const char *terraform_bin;
	uint64_t budget;
};

static const struct option table[] = {
	{"plans", 0, OPTION_TEXT, "DIR", NULL, "tell of every tfplan.json and plan.json below DIR",
		offsetof(struct options, plans), "dir", NULL, NULL},
	{"intent", 'i', OPTION_TEXT, "FILE", NULL,
		"the author's intent (default: intent.weir.yaml beside each root)",
		offsetof(struct options, intent), "file", "WEIR_INTENT", "intent"},
	{"phase", 'p', OPTION_TEXT, "NAME", NULL, "the intent's phase to judge by",
		offsetof(struct options, phase), NULL, "WEIR_PHASE", NULL},
	TRUST_OPTIONS(struct options, trust),
	{"chdir", 0, OPTION_TEXT, "DIR", NULL, "root module of a saved binary plan",
		offsetof(struct options, chdir), "dir", NULL, NULL},
	{"terraform-bin", 0, OPTION_TEXT, "PROGRAM", NULL,
		"terraform or tofu, to read a saved binary plan",
		offsetof(struct options, terraform_bin), "file", "WEIR_TERRAFORM_BIN",
		"terraform_bin"},
	{"budget", 0, OPTION_SIZE, "TOKENS", NULL, "the most that the brief may take, 400 or more",
		offsetof(struct options, budget), NULL, NULL, NULL, "4000"},
};

static int configure(
	struct context *context, struct options *options, struct trust *trust, struct error *err)
{
	struct config_source source;
	const struct config_source *from;
	int r = trusted_source(context, &options->trust, trust, &source, &from, err);

	return r < 0 ? r : command_configure(context, options, from, err);
}

static void print_json(
	struct context *context, const struct report *report, uint64_t budget, struct str text)
{
	struct json_writer json;

	json_writer_init(&json, &context->out, 2);
	json_object_begin(&json);
	json_member_int(&json, "schema_version", 1);
	json_member(&json, "verdict", verdict_name(report->verdict));
	json_member_int(&json, "budget", (int64_t)budget);
	json_member_int(&json, "tokens", (int64_t)token_estimate(text));
	json_member(&json, "brief", text);
	json_object_end(&json);
	buf_add_char(&context->out, '\n');
}

static int run(struct context *context, const void *given, int operand_count,
	const char *const *operands, struct error *err)
{
	struct options options = *(const struct options *)given;
	struct trust trust = {0};
	CLEANUP(review_cleanup) struct review *review = NULL;
	CLEANUP(buf_free) struct buf text = BUF(BRIEF_MOST);
	struct review_options how;
	int r = configure(context, &options, &trust, err);

	if (r < 0)
		return r;
	how = (struct review_options){
		.input = {operands, (size_t)operand_count, options.plans, options.chdir,
			options.terraform_bin},
		.intent = options.intent,
		.phase = options.phase,
		.trust = &trust,
		.config = context->config,
		.now = context->now,
		.now_text = context->now_text,
	};
	r = review_run(&how, context->arena, &review, err);
	if (r == 0)
		r = brief_text(review_report(review), options.budget, &text, err);
	if (r < 0)
		return r;
	if (context->json)
		print_json(context, review_report(review), options.budget, buf_str(&text));
	else
		buf_add(&context->out, buf_str(&text));
	return buf_failed(&context->out) ? error_memory(err) : 0;
}

const struct command command_brief = {
	.name = "brief",
	.operands = "[[NAME=]PLAN...]",
	.summary = "tell a language model of a plan in few tokens",
	.description =
		"Prints what a review found in at most --budget tokens: redacted, worst first, "
		"with "
		"the author's intent and its phase. Changes that are alike are told once, with "
		"their "
		"exact number. What does not fit is counted in a line that stands for it, never "
		"left "
		"out; the last line says how much that is.\n\nTokens are estimated from above, so "
		"that "
		"the brief fits whatever model reads it.\n\nPLAN may be - for standard input.",
	.options = table,
	.option_count = COUNT_OF(table),
	.options_size = sizeof(struct options),
	.exit_help = "Not used: a brief judges nothing, it tells the verdict.",
	.examples = "weir brief plan.json --budget 2000\n"
		    "weir brief --plans . --intent intent.weir.yaml",
	.run = run,
	.configures_itself = true,
};
