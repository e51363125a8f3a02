/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `weir synth`: its options.  What a synthesis is stands in src/story/synth.c.
 *
 * What the program prints, and its mistakes where --stdout has the output for itself, go to standard error.
 */
#include <signal.h>
#include <unistd.h>

#include "base/file.h"
#include "base/watch.h"
#include "cmd/program.h"

enum {
	STDERR_CEILING = 256 << 20,
	QUIET_MS = 10, /* between the changes of one save */
};

struct options {
	const char *out;
	bool to_stdout;
	bool check;
	bool watch;
	struct program_options program;
	const char *format;
};

static const struct option table[] = {
	{"out", 'o', OPTION_TEXT, "DIR", NULL,
		"the folder to write to (default: \"output\" of cdktf.json, else cdktf.out)",
		offsetof(struct options, out), "dir", NULL, NULL},
	{"stdout", 0, OPTION_FLAG, NULL, NULL,
		"print the stacks' configuration, one after the other, and write no file",
		offsetof(struct options, to_stdout), NULL, NULL, NULL},
	{"check", 0, OPTION_FLAG, NULL, NULL, "look for mistakes and write nothing",
		offsetof(struct options, check), NULL, NULL, NULL},
	{"watch", 'w', OPTION_FLAG, NULL, NULL,
		"do it again whenever a file changes that the program has read, until interrupted",
		offsetof(struct options, watch), NULL, NULL, NULL},
	PROGRAM_OPTIONS(struct options, program),
	{"format", 0, OPTION_CHOICE, "FORMAT", program_formats, "print mistakes in this format",
		offsetof(struct options, format), NULL, "WEIR_FORMAT", NULL, "text"},
};

/* Every stack's configuration, as the files would hold it. */
static void print_outputs(const struct answer *answer, struct buf *out)
{
	for (size_t i = 0; i < answer->output_count; i++) {
		if (!str_is(path_base(answer->outputs[i].path), "cdk.tf.json"))
			continue;
		buf_add(out, answer->outputs[i].text);
		buf_add_char(out, '\n');
	}
}

static int synthesize(struct context *context, const struct options *options,
	const struct synth_options *how, struct arena *arena, struct error *err)
{
	const struct report_style style = {context->color, context->verbosity};
	CLEANUP(buf_free) struct buf aside = BUF(STDERR_CEILING);
	CLEANUP(synth_cleanup) struct synthesis synthesis = {0};
	bool failed;
	int r = synth_run(how, arena, &synthesis, err);

	if (r == 0)
		r = program_print(synthesis.answer.printed, err);
	if (r < 0)
		return r;
	for (size_t i = 0; i < synthesis.answer.note_count; i++)
		notice(context, "%.*s", STR_ARG(synthesis.answer.notes[i]));
	for (size_t i = 0; i < synthesis.removed.count; i++)
		notice(context, "%.*s is removed: the program no longer has this stack",
			STR_ARG(synthesis.removed.items[i]));
	failed = program_errors(&synthesis.report) > 0;
	r = program_render(&synthesis.told, options->format, &style,
		options->to_stdout ? &aside : &context->out, err);
	if (r == 0 && options->to_stdout && !failed)
		print_outputs(&synthesis.answer, &context->out);
	if (r == 0 && aside.len)
		r = file_write_fd(STDERR_FILENO, buf_str(&aside), "standard error", err);
	return r < 0 ? r : failed;
}

/* ---- --watch ---- */

static void on_interrupt(int number)
{
	_exit(128 + number);
}

static void asked(void *payload, struct str path, bool is_folder)
{
	struct watch *watch = payload;

	if (is_folder)
		watch_folder(watch, path);
	/* Also a folder by its name: it may go, or come. */
	watch_file(watch, path);
}

/* The result of one run, as main would print it at the end. */
static int print_result(struct context *context, int code, struct error *err)
{
	struct error after = {ERR_NONE};
	int r;

	if (code < 0) {
		error_print(err, code, context->json);
		*err = after;
		buf_clear(&context->out);
		return 0;
	}
	r = buf_failed(&context->out)
		? error_memory(err)
		: file_write_fd(STDOUT_FILENO, buf_str(&context->out), "standard output", err);
	buf_clear(&context->out);
	return r;
}

/* Until it is interrupted, or its output has no reader.  An error ends it only where it is the first run's. */
static int keep_synthesizing(struct context *context, const struct options *options,
	struct synth_options *how, struct error *err)
{
	CLEANUP(watch_close) struct watch watch = {.fd = -1};
	CLEANUP(synth_pool_close) struct synth_pool pool = {0};
	int r = watch_open(&watch, err), code;

	how->asked = asked;
	how->asked_payload = &watch;
	how->pool = &pool;
	signal(SIGINT, on_interrupt);
	for (bool first = true; r == 0; first = false) {
		CLEANUP(arena_cleanup) struct arena *arena = arena_create(SIZE_MAX);

		watch_clear(&watch);
		code = arena ? synthesize(context, options, how, arena, err) : error_memory(err);
		if (code < 0 && first)
			return code;
		r = print_result(context, code, err);
		if (r == 0)
			notice(context, "%s; watching %zu paths",
				code ? "nothing is written" : "done", watch.count);
		synth_pool_fill(&pool);
		if (r == 0)
			r = watch_wait(&watch, QUIET_MS, err);
	}
	return r;
}

static int run(struct context *context, const void *given, int operand_count,
	const char *const *operands, struct error *err)
{
	const struct options *options = given;
	struct synth_options how = program_how(&options->program, context, operand_count, operands);

	how.out = options->out;
	how.is_check = options->check || options->to_stdout;
	if (options->check && options->to_stdout)
		return error_set(
			err, ERR_USAGE, "--check writes nothing: it goes without --stdout");
	return options->watch ? keep_synthesizing(context, options, &how, err)
			      : synthesize(context, options, &how, context->arena, err);
}

const struct command command_synth = {
	.name = "synth",
	.operands = "[PROGRAM]",
	.summary = "run a program of constructs and write the configuration that it makes",
	.description =
		"Runs PROGRAM, a module of TypeScript or JavaScript with all that it imports, and "
		"writes the files "
		"that it makes below --out, each as a whole. The program runs in a process of its "
		"own that "
		"can reach no network, no other program and no file but those below the working "
		"folder "
		"(or its own, where it is elsewhere) and their node_modules. It sees no clock, no "
		"randomness and nothing of the environment but what --env declares, so that the "
		"same program and the same inputs always make the same files.\n\n"
		"Without PROGRAM it is the last file that \"app\" of cdktf.json names; its "
		"\"output\" and \"context\" count too.\n\n"
		"A mistake is told at its line in the program, and then nothing is written. "
		"Limits: 10 s of "
		"processor time, 512 MiB.",
	.options = table,
	.option_count = COUNT_OF(table),
	.options_size = sizeof(struct options),
	.exit_help = "1  the program has a mistake; nothing was written",
	.examples = "weir synth main.ts\n"
		    "weir synth main.ts --check --format github\n"
		    "weir synth main.ts --stdout > main.tf.json",
	.run = run,
};
