/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `weir backtest`: its options.  The archive is the user's own, not a change
 * under review, so the configuration counts as it stands.
 */
#include "story/backtest.h"
#include "cmd/command.h"

struct options {
	const char
		*terraform_bin; /* unused: it makes the command read weir.yaml, for its profiles */
	const char *rules;
};

static const struct option table[] = {
	{"terraform-bin", 0, OPTION_TEXT, "PROGRAM", NULL,
		"terraform or tofu, to read a saved binary plan",
		offsetof(struct options, terraform_bin), "file", "WEIR_TERRAFORM_BIN",
		"terraform_bin"},
	{"rules", 0, OPTION_TEXT, "OLD,NEW", NULL,
		"tell which verdicts differ between two directories of your own rules",
		offsetof(struct options, rules), NULL, NULL, NULL},
};

static int run(struct context *context, const void *given, int operand_count,
	const char *const *operands, struct error *err)
{
	struct options options = *(const struct options *)given;
	const struct trust trust = {.tree = true};
	struct review_options how = {
		.trust = &trust, .now = context->now, .now_text = context->now_text};
	int r;

	(void)operand_count;
	context->trust_tree = true;
	r = command_configure(context, &options, NULL, err);
	if (r < 0)
		return r;
	how.config = context->config;
	how.input.terraform_bin = options.terraform_bin;
	if (options.rules)
		return backtest_compare(operands[0], options.rules, &how, context->arena,
			context->json, &context->out, err);
	return backtest_run(operands[0], &how, context->arena, context->json, &context->out, err);
}

const struct command command_backtest = {
	.name = "backtest",
	.operands = "DIR",
	.summary = "count what weir would have said of old plans",
	.description =
		"Reviews every .json file below DIR by itself, and counts the verdicts and "
		"the rules "
		"behind them: what blocking would cost a team, before it is turned on.\n\n"
		"A file that is no plan is named and passed over.\n\n"
		"With --rules each plan is reviewed twice, by the rules in the directory OLD "
		"and by those in NEW instead of those that weir.yaml names, beside the "
		"built-in rules both times; an empty name stands for none.",
	.options = table,
	.option_count = COUNT_OF(table),
	.options_size = sizeof(struct options),
	.exit_help = "Not used: a count has no verdict.",
	.examples = "weir backtest plans/2026\nweir backtest --json plans | jq .verdicts\n"
		    "weir backtest --rules team-rules,team-rules-next plans",
	.run = run,
	.configures_itself = true,
};
