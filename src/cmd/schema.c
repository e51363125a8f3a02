/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `weir schema add`, `list` and `show`: their options.  What they do stands in
 * src/story/schema.c.
 */
#include "story/schema.h"
#include "cmd/command.h"

struct add_options {
	const char *from;
	const char *program;
};

static const struct option add_table[] = {
	{"from", 0, OPTION_TEXT, "PATH", NULL,
		"a file of `terraform providers schema -json`, - for standard input, or a "
		"directory after `init` in which weir runs that",
		offsetof(struct add_options, from), "file", .preset = "."},
	{"terraform-bin", 0, OPTION_TEXT, "PROGRAM", NULL,
		"terraform or tofu; otherwise as the directory's lock file says",
		offsetof(struct add_options, program), "file", "WEIR_TERRAFORM_BIN",
		"terraform_bin"},
};

static int run_add(struct context *context, const void *given, int operand_count,
	const char *const *operands, struct error *err)
{
	const struct add_options *options = given;
	const struct schema_add_options how = {
		.provider = str_of(operands[0]),
		.from = options->from,
		.program = options->program,
	};

	(void)operand_count;
	return schema_add_run(&how, context->arena, context->json, &context->out, err);
}

static int run_list(struct context *context, const void *given, int operand_count,
	const char *const *operands, struct error *err)
{
	(void)given;
	(void)operand_count;
	(void)operands;
	return schema_list_run(context->arena, context->json, &context->out, err);
}

static int run_show(struct context *context, const void *given, int operand_count,
	const char *const *operands, struct error *err)
{
	(void)given;
	(void)operand_count;
	return schema_show_run(str_of(operands[0]), context->arena, &context->out, err);
}

const struct command command_schema_add = {
	.name = "schema add",
	.operands = "PROVIDER",
	.summary = "add the schema of a provider",
	.description =
		"Compiles what Terraform or OpenTofu says of a provider into a pack below .weir at "
		"the repository's root (of the current directory outside of a repository). It "
		"stands before a pack of the same name that is built in.\n\n"
		"PROVIDER is SOURCE@VERSION, the source as required_providers writes it. From a "
		"directory the version may be left out: its lock file tells.",
	.options = add_table,
	.option_count = COUNT_OF(add_table),
	.options_size = sizeof(struct add_options),
	.exit_help = "Not used: a schema has no verdict.",
	.examples = "weir schema add hashicorp/google --from infra\n"
		    "terraform providers schema -json | weir schema add datadog/datadog@3.50.0 "
		    "--from -",
	.run = run_add,
};

const struct command command_schema_list = {
	.name = "schema list",
	.summary = "list the providers whose schemas are known",
	.description = "Lists the schemas that are built in, and those below .weir, with their "
		       "versions.",
	.exit_help = "Not used: a list has no verdict.",
	.examples = "weir schema list\nweir schema list --json | jq -r '.[].source'",
	.run = run_list,
};

const struct command command_schema_show = {
	.name = "schema show",
	.operands = "NAME",
	.summary = "show the schema of a type as Terraform has it",
	.description = "Prints the schema as JSON, as `terraform providers schema -json` does: of "
		       "a resource's type, of data.TYPE, ephemeral.TYPE or "
		       "provider::PROVIDER::FUNCTION, of a provider's own settings "
		       "(provider.PROVIDER), or of all of a provider (PROVIDER).",
	.exit_help = "Not used: a name that no schema knows exits 64.",
	.examples = "weir schema show aws_sqs_queue | jq '.block.attributes | keys'\n"
		    "weir schema show data.aws_ami",
	.run = run_show,
};
