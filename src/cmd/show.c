/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `weir show`: its options.  What a signature is made of stands in src/story/show.c.
 */
#include "story/show.h"
#include "cmd/command.h"

struct options {
	uint64_t budget;
};

static const struct option table[] = {
	{"budget", 0, OPTION_SIZE, "TOKENS", NULL,
		"the most tokens that the signature may take, estimated from above",
		offsetof(struct options, budget), .preset = "2000"},
};

static int run(struct context *context, const void *given, int operand_count,
	const char *const *operands, struct error *err)
{
	const struct options *options = given;
	const struct show_options how = {
		.name = str_of(operands[0]), .budget = options->budget, .json = context->json};

	(void)operand_count;
	return show_run(&how, context->arena, &context->out, err);
}

const struct command command_show = {
	.name = "show",
	.operands = "NAME[#MEMBER]",
	.summary = "show the signature of a type or of a member",
	.description =
		"Prints how a type is imported and made, and its members: what must be given "
		"first, "
		"then what may, with allowed values, ranges, what may be referred to, and what is "
		"deprecated; then what the provider sets. What does not fit into the budget is "
		"folded, "
		"and stands with the name that unfolds it.\n\n"
		"NAME is a resource's type, data.TYPE, ephemeral.TYPE, provider.PROVIDER or "
		"provider::PROVIDER::FUNCTION; MEMBER is a path in it, such as "
		"root_block_device.volume_type.",
	.options = table,
	.option_count = COUNT_OF(table),
	.options_size = sizeof(struct options),
	.exit_help = "Not used: a name that does not exist exits 65, with the nearest ones.",
	.examples = "weir show aws_sqs_queue\n"
		    "weir show 'aws_instance#root_block_device'\n"
		    "weir show data.aws_ami --budget 600 --format json",
	.run = run,
};
