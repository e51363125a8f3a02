/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `weir verify`: its options.  What a verification is stands in
 * src/story/verify.c.
 */
#include "story/verify.h"
#include "cmd/command.h"

struct options {
	const char *plan;
	const char *claims;
	const char *chdir;
	const char *terraform_bin;
};

static const struct option table[] = {
	{"plan", 0, OPTION_TEXT, "PLAN", NULL, "the plan that the words are about",
		offsetof(struct options, plan), "file", NULL, NULL},
	{"claims", 0, OPTION_TEXT, "FILE", NULL,
		"check claims (data/schema/claims.schema.json) in place of prose",
		offsetof(struct options, claims), "file", NULL, NULL},
	{"chdir", 0, OPTION_TEXT, "DIR", NULL, "root module of a saved binary plan",
		offsetof(struct options, chdir), "dir", NULL, NULL},
	{"terraform-bin", 0, OPTION_TEXT, "PROGRAM", NULL,
		"terraform or tofu, to read a saved binary plan",
		offsetof(struct options, terraform_bin), "file", "WEIR_TERRAFORM_BIN",
		"terraform_bin"},
};

static int run(struct context *context, const void *given, int operand_count,
	const char *const *operands, struct error *err)
{
	static const int codes[] = {[VERDICT_PASS] = 0, [VERDICT_ASK] = 2, [VERDICT_BLOCK] = 1};
	CLEANUP(verification_cleanup) struct verification *verification = NULL;
	const struct options *options = given;
	const struct report_style style = {context->color, context->verbosity};
	const struct verify_options how = {
		.input = {.inputs = &options->plan,
			.input_count = 1,
			.chdir = options->chdir,
			.terraform_bin = options->terraform_bin},
		.claims = options->claims,
		.summary = operand_count ? operands[0] : NULL,
		.now_text = context->now_text,
	};
	const struct verified *verified;
	int r;

	if (!options->plan)
		return error_set(err, ERR_USAGE, "verify wants --plan PLAN");
	if (!how.claims == !how.summary)
		return error_set(err, ERR_USAGE, "verify wants either a SUMMARY or --claims FILE");
	r = command_stdin_once(command_stdin_count(&options->plan, 1) +
			command_stdin_count(&how.claims, 1) + command_stdin_count(&how.summary, 1),
		err);
	if (r < 0)
		return r;
	r = verify_run(&how, context->arena, &verification, err);
	if (r < 0)
		return r;
	verified = verification_result(verification);
	r = context->json ? verified_json(verified, &context->out, err)
			  : verified_text(verified, &style, &context->out, err);
	return r < 0 ? r : codes[verified->verdict];
}

const struct command command_verify = {
	.name = "verify",
	.operands = "[SUMMARY]",
	.summary = "hold what a model says of a plan against the plan",
	.description =
		"Reads a plan and a text about it, a language model's summary (Markdown) or its "
		"claims "
		"(JSON, data/schema/claims.schema.json), and says whether the text is true: pass, "
		"ask "
		"(it is not plain enough, a person must read it) or block (something in it is "
		"wrong or "
		"missing). Where claims pass, weir writes the prose.\n\n"
		"A summary passes if it names each destroyed address in a sentence with a word of "
		"destruction, and each address in danger; and if every address, action, count and "
		"quoted value "
		"in it is the plan's. What a reader does not see counts for nothing.",
	.options = table,
	.option_count = COUNT_OF(table),
	.options_size = sizeof(struct options),
	.exit_help = "1  something in the text is wrong or missing\n2  a person must read it",
	.examples = "weir verify --plan plan.json summary.md\n"
		    "weir verify --plan plan.json --claims claims.json > summary.md",
	.run = run,
};
