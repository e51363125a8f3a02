/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `weir rules list`, `show`, `test` and `lint`: their options.  They serve who
 * writes rules, so the tree counts as it stands.  What they do stands in
 * src/story/rules.c.
 */
#include "story/rules.h"
#include "cmd/command.h"

static int configure(struct context *context, int operand_count, const char *const *operands,
	struct rules_options *ret_options, struct error *err)
{
	const struct config_options load = {.path = context->config_path, .trust_tree = true};
	int r = config_load(&load, context->arena, &context->config, err);

	*ret_options = (struct rules_options){
		operands, (size_t)operand_count, context->config, context->json};
	return r;
}

static int run_list(struct context *context, const void *given, int operand_count,
	const char *const *operands, struct error *err)
{
	struct rules_options options;
	int r = configure(context, operand_count, operands, &options, err);

	(void)given;
	return r < 0 ? r : rules_list_run(&options, context->arena, &context->out, err);
}

static int run_show(struct context *context, const void *given, int operand_count,
	const char *const *operands, struct error *err)
{
	struct rules_options options;
	int r = configure(context, operand_count - 1, operands + 1, &options, err);

	(void)given;
	return r < 0 ? r
		     : rules_show_run(&options, operands[0], context->arena, &context->out, err);
}

static int run_test(struct context *context, const void *given, int operand_count,
	const char *const *operands, struct error *err)
{
	struct rules_options options;
	int r = configure(context, operand_count, operands, &options, err);

	(void)given;
	return r < 0 ? r : rules_test_run(&options, context->arena, &context->out, err);
}

static int run_lint(struct context *context, const void *given, int operand_count,
	const char *const *operands, struct error *err)
{
	struct rules_options options;
	int r = configure(context, operand_count, operands, &options, err);

	(void)given;
	return r < 0 ? r : rules_lint_run(&options, context->arena, &context->out, err);
}

const struct command command_rules_list = {
	.name = "rules list",
	.operands = "[PATH...]",
	.summary = "list the rules that a review judges by",
	.description = "Lists the built-in rules, then those of PATH (rule files, or directories "
		       "of them), or of the directories that `rules` in weir.yaml names.",
	.exit_help = "Not used: a list has no verdict.",
	.examples = "weir rules list\nweir rules list --json | jq -r '.[].rule'",
	.run = run_list,
};

const struct command command_rules_show = {
	.name = "rules show",
	.operands = "RULE [PATH...]",
	.summary = "show one rule as it is written",
	.description = "Prints the file and line of the rule, and the rule itself.",
	.exit_help = "Not used: a rule that does not exist exits 64.",
	.examples = "weir rules show stateful-destroy",
	.run = run_show,
};

const struct command command_rules_test = {
	.name = "rules test",
	.operands = "[PATH...]",
	.summary = "hold rules against their own cases",
	.description = "Reads rule files and the cases beside them (NAME.cases.yaml), and says "
		       "which case does not come out as it says and which rule has no case in "
		       "which it finds something, or none in which it is quiet.",
	.exit_help = "1  a rule does not do what a case says, lacks one, or cannot be read",
	.examples = "weir rules test team-rules",
	.run = run_test,
};

const struct command command_rules_lint = {
	.name = "rules lint",
	.operands = "[PATH...]",
	.summary = "say what is wrong with rule files",
	.description = "Reads rule files and names every rule that cannot be used, with file, line "
		       "and column. A review reads none of a file with such a rule: it ends with "
		       "65.",
	.exit_help = "1  a rule cannot be used",
	.examples = "weir rules lint team-rules/network.yaml",
	.run = run_lint,
};
