/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `weir types`: its options, and where its declarations go.  What they are stands in src/story/types.c.
 */
#include "story/types.h"
#include "base/file.h"
#include "cmd/command.h"

enum { DECLARATIONS_CEILING = 256 << 20 };

struct options {
	const char *out;
};

static const struct option table[] = {
	{"out", 'o', OPTION_TEXT, "FILE", NULL, "the file to write to; - is standard output",
		offsetof(struct options, out), "file", .preset = "weir.d.ts"},
};

static int run(struct context *context, const void *given, int operand_count,
	const char *const *operands, struct error *err)
{
	const struct options *options = given;
	CLEANUP(buf_free) struct buf declarations = BUF(DECLARATIONS_CEILING);
	int r = types_run(operand_count ? operands[0] : NULL, context->arena, &declarations, err);

	return r < 0 ? r : file_replace_unsynced(options->out, buf_str(&declarations), 0666, err);
}

const struct command command_types = {
	.name = "types",
	.operands = "[PROGRAM]",
	.summary = "write TypeScript declarations of what a program imports from providers",
	.description =
		"Runs PROGRAM as `weir synth` does and writes a declaration of each provider's "
		"module "
		"that it or a package of it imports, such as @cdktf/provider-aws/lib/sqs-queue or "
		"weir/aws/sqs-queue. With that file among those of its tsconfig.json an editor, "
		"and `tsc "
		"--noEmit`, check the program without the providers' packages; those of cdktf and "
		"constructs, which hold the other types, are small. Run it again after an import "
		"was "
		"added; a schema that was added with `weir schema add` counts.",
	.options = table,
	.option_count = COUNT_OF(table),
	.options_size = sizeof(struct options),
	.exit_help = "Not used: mistakes of the program are told by `weir synth`.",
	.examples = "weir types main.ts\n"
		    "weir types main.ts --out - | less",
	.run = run,
};
