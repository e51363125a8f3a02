/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `weir intent init` and `weir intent check`: their options.  What they do
 * stands in src/story/intent.c.
 */
#include "story/intent.h"
#include "cmd/command.h"

struct init_options {
	const char *chdir;
	const char *terraform_bin;
};

static const struct option init_table[] = {
	{"chdir", 0, OPTION_TEXT, "DIR", NULL, "root module of a saved binary plan",
		offsetof(struct init_options, chdir), "dir", NULL, NULL},
	{"terraform-bin", 0, OPTION_TEXT, "PROGRAM", NULL,
		"terraform or tofu, to read a saved binary plan",
		offsetof(struct init_options, terraform_bin), "file", "WEIR_TERRAFORM_BIN",
		"terraform_bin"},
};

static int run_init(struct context *context, const void *given, int operand_count,
	const char *const *operands, struct error *err)
{
	const struct init_options *options = given;
	const struct input_options input = {
		.inputs = operands,
		.input_count = (size_t)operand_count,
		.chdir = options->chdir,
		.terraform_bin = options->terraform_bin,
	};

	return intent_init_run(&input, context->arena, &context->out, err);
}

const struct command command_intent_init = {
	.name = "intent init",
	.operands = "PLAN",
	.summary = "draft an intent for a plan",
	.description = "Prints a first intent for the plan, as YAML: what it creates and updates "
		       "as lines that hold, "
		       "what it destroys and endangers as comments. A plan with a destroy never "
		       "passes by its own "
		       "unedited draft.\n\nPLAN may be - for standard input.",
	.options = init_table,
	.option_count = COUNT_OF(init_table),
	.options_size = sizeof(struct init_options),
	.exit_help = "Not used: a draft has no verdict.",
	.examples = "weir intent init plan.json > intent.weir.yaml",
	.run = run_init,
};

struct check_options {
	const char *phase;
};

static const struct option check_table[] = {
	{"phase", 'p', OPTION_TEXT, "NAME", NULL, "the phase that is to hold",
		offsetof(struct check_options, phase), NULL, "WEIR_PHASE", NULL},
};

static int run_check(struct context *context, const void *given, int operand_count,
	const char *const *operands, struct error *err)
{
	const struct check_options *options = given;
	const struct intent_options how = {.phase = str_of(options->phase), .now = context->now};

	return intent_check_run(operand_count ? operands[0] : "intent.weir.yaml", &how,
		context->json, context->arena, &context->out, err);
}

const struct command command_intent_check = {
	.name = "intent check",
	.operands = "[FILE]",
	.summary = "say whether a file is an intent",
	.description = "Reads the intent (default: intent.weir.yaml) with all its phases and says "
		       "what is wrong "
		       "with it, with line and column. No plan is needed.",
	.options = check_table,
	.option_count = COUNT_OF(check_table),
	.options_size = sizeof(struct check_options),
	.exit_help =
		"Not used: a file that is no intent exits 65; phases of which none holds exit 64.",
	.examples = "weir intent check envs/prod/db/intent.weir.yaml",
	.run = run_check,
};
