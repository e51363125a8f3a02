/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `weir redact`: its options.  What a redaction is stands in
 * src/story/redact.c; the plan goes straight to standard output, since it may be as large as the input.
 */
#include <unistd.h>

#include "cmd/command.h"
#include "story/redact.h"

struct options {
	const char *key_file;
};

static const struct option table[] = {
	{"key-file", 'k', OPTION_TEXT, "FILE", NULL,
		"make placeholders under the bytes of FILE, so that they compare between plans",
		offsetof(struct options, key_file), "file", "WEIR_REDACT_KEY_FILE",
		"redact_key_file"},
};

static int run(struct context *context, const void *given, int operand_count,
	const char *const *operands, struct error *err)
{
	const struct options *options = given;
	static const char *const standard_input[] = {"-"};
	const struct redact_options how = {
		.input = {.inputs = operand_count ? operands : standard_input, .input_count = 1},
		.key_file = options->key_file,
		.fd = STDOUT_FILENO,
	};

	return redact_run(&how, context->arena, err);
}

const struct command command_redact = {
	.name = "redact",
	.operands = "[PLAN]",
	.summary = "print a plan without its secrets",
	.description =
		"Prints the plan with every secret replaced by a placeholder, in whatever encoding "
		"it "
		"stands: values marked sensitive, sensitive variables and their defaults, secrets "
		"of "
		"providers, values of secret names, and text that looks like a secret. Everything "
		"else keeps its bytes, and a review of the result comes to the same verdict.\n\n"
		"PLAN may be - for standard input. Without --key-file the key is derived from the "
		"plan, and the same plan gives the same output.",
	.options = table,
	.option_count = COUNT_OF(table),
	.options_size = sizeof(struct options),
	.exit_help = "Not used: a redaction has no verdict.",
	.examples = "weir redact plan.json > safe.json\n"
		    "terraform show -json tfplan | weir redact - > safe.json",
	.run = run,
};
