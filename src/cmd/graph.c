/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `weir graph`: its options.  What the graph holds stands in src/construct/graph.h, how it looks in
 * src/report/graph.c.
 */
#include <unistd.h>

#include "base/file.h"
#include "cmd/program.h"
#include "report/graph.h"

enum { STDERR_CEILING = 256 << 20 };

struct options {
	struct program_options program;
	const char *format;
};

static const struct option table[] = {
	PROGRAM_OPTIONS(struct options, program),
	{"format", 0, OPTION_CHOICE, "FORMAT", graph_formats,
		"print a picture, Graphviz's language or JSON", offsetof(struct options, format),
		NULL, NULL, NULL, "svg"},
};

/* Mistakes stand beside the graph, so always as text. */
static int print_findings(
	const struct context *context, const struct synthesis *synthesis, struct error *err)
{
	const struct report_style style = {.verbosity = context->verbosity};
	CLEANUP(buf_free) struct buf aside = BUF(STDERR_CEILING);
	int r = program_render(&synthesis->told, "text", &style, &aside, err);

	return r < 0 ? r : file_write_fd(STDERR_FILENO, buf_str(&aside), "standard error", err);
}

static int run(struct context *context, const void *given, int operand_count,
	const char *const *operands, struct error *err)
{
	const struct options *options = given;
	struct synth_options how = program_how(&options->program, context, operand_count, operands);
	CLEANUP(synth_cleanup) struct synthesis synthesis = {0};
	struct graph graph;
	int r;

	how.is_check = true;
	r = synth_run(&how, context->arena, &synthesis, err);
	if (r == 0)
		r = program_print(synthesis.answer.printed, err);
	if (r == 0)
		r = print_findings(context, &synthesis, err);
	if (r < 0 || program_errors(&synthesis.report))
		return r < 0 ? r : 1;
	r = graph_build(&synthesis.answer, context->arena, &graph, err);
	return r < 0 ? r
		     : graph_render(&graph, &synthesis.report, options->format, &context->out, err);
}

const struct command command_graph = {
	.name = "graph",
	.operands = "[PROGRAM]",
	.summary = "draw the constructs of a program and what refers to what",
	.description = "Runs PROGRAM as `weir synth` does, writes nothing, and prints a picture "
		       "(SVG) of its "
		       "stacks, constructs and resources, with an arc for each reference between "
		       "them. The picture has at most 600 rows and counts what is in "
		       "folded ones; as dot and json everything is there.",
	.options = table,
	.option_count = COUNT_OF(table),
	.options_size = sizeof(struct options),
	.exit_help = "1  the program has a mistake; nothing was drawn",
	.examples = "weir graph main.ts > constructs.svg\n"
		    "weir graph main.ts --format dot | dot -Tpng > constructs.png",
	.run = run,
};
