/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `weir find`: its options.  How results are found stands in src/story/find.c.
 */
#include "story/find.h"
#include "cmd/command.h"

struct options {
	const char *kind, *provider;
	uint64_t limit;
};

static const struct option table[] = {
	{"kind", 0, OPTION_CHOICE, "KIND", "resource|data|ephemeral|function",
		"results of this kind alone", offsetof(struct options, kind)},
	{"provider", 0, OPTION_TEXT, "NAME", NULL, "results of this provider alone, such as aws",
		offsetof(struct options, provider)},
	{"limit", 'n', OPTION_SIZE, "N", NULL, "how many results, at most 100",
		offsetof(struct options, limit), .preset = "10"},
};

static int run(struct context *context, const void *given, int operand_count,
	const char *const *operands, struct error *err)
{
	const struct options *options = given;
	struct find_options how = {.kind = str_of(options->kind),
		.provider = str_of(options->provider),
		.limit = options->limit,
		.words = STR("")};
	struct find_results results;
	int r;

	for (int i = 0; i < operand_count; i++)
		how.words =
			arena_printf(context->arena, "%.*s%s ", STR_ARG(how.words), operands[i]);
	r = find_run(&how, context->arena, &results, err);
	if (r < 0)
		return r;
	find_print(&results, context->json, &context->out);
	return results.count ? 0 : 1;
}

const struct command command_find = {
	.name = "find",
	.operands = "WORDS...",
	.summary = "find what exists by its name or by what it is for",
	.description =
		"Looks for types of providers by a name, a part of one, or words for what it "
		"is to be for, and for members of them where the words speak of one. The "
		"best results come first. `weir show` prints the signature of one.",
	.options = table,
	.option_count = COUNT_OF(table),
	.options_size = sizeof(struct options),
	.exit_help = "1: nothing was found.",
	.examples = "weir find queue dead letter\n"
		    "weir find --kind data latest machine image\n"
		    "weir find --format json bucket versioning | jq -r '.results[].name'",
	.run = run,
};
