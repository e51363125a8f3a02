/* SPDX-License-Identifier: Apache-2.0 */
/*
 * weir: the deterministic gate for Terraform plans.  Where to find what:
 *
 *   src/main.c        from the arguments of the process to a command and its exit code
 *   src/cmd/          one file per command (flags, help), and the framework:
 *     command.h         commands and options as tables; what a command is given
 *     commands.c        the table of commands
 *     command.c         the command line against the tables
 *     context.c         the options that every command has
 *     configure.c       what weir.yaml and the presets add to the options
 *     help.c print.c    help as text; errors as text or JSON
 *   src/story/        what a command is, step by step, without flags and without work of its own
 *   src/mcp/          the stories as tools for coding agents (Model Context Protocol)
 *   src/gate/         judgement: rules, intent, types, the verdict's table
 *   src/report/       findings as text, JSON and other formats, each with its encoder
 *   src/plan/         Terraform's plans: dialects, changes, differences, references
 *   src/construct/    a program's run: its modules, what it may ask, its mistakes and files
 *   src/script/       TypeScript and JavaScript in a confined process: stripper, resolver, engine
 *   src/catalog/      providers' schemas in packs, the names made of them, what finds and shows them
 *   src/model/        what a model may read, and what it says of a plan
 *   src/hcl/          .tf files: blocks and attributes with their lines
 *   src/redact/       secrets: finding them, and the only way out for text of a plan
 *   src/config/       weir.yaml, who is trusted, the .weir directory
 *   src/tool/         other programs as bounded children: terraform, tofu, git
 *   src/base/         what everything above stands on:
 *     str memory        slices of text; arenas and growing buffers
 *     error finding     what cannot be read; what was read and is worth telling
 *     doc json yaml     documents: a tape over the source text, from JSON and YAML
 *     file hash time    files in and out, digests, points in time
 *     database cache    SQLite; what is kept for later runs in the user's cache folder
 *     suggest glob      "did you mean"; patterns over paths
 *     process task      child programs; a function beside its caller, on another core
 *   lib/              what programs import, in TypeScript: built into the program
 *   data/             rules, types, schemas, what types are for: built into the program
 *   tests/            mirrors src/; tests/cases/ holds command, input, expected output
 *
 * This file keeps the promises that hold for every command: an error is
 * printed once, output is complete or the exit code says that it is not, and
 * nothing is done before it is needed (`weir --version` takes a millisecond more than `true`).
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/task.h"
#include "cmd/command.h"

enum { OUTPUT_CEILING = 1 << 30 };
/* All that one command may hold beside mapped files and documents. */
#define ARENA_CEILING ((size_t)16 << 30)

extern const struct command command_version;

/* Nobody reads on: there is nothing more to tell. */
static volatile sig_atomic_t reader_left;

static void on_broken_pipe(int number)
{
	(void)number;
	reader_left = 1;
}

/*
 * A write to a pipe without a reader fails with EPIPE instead of ending the process, so that weir
 * decides what that means.  A handler, and not SIG_IGN, which children would inherit.
 */
static void pipes_prepare(void)
{
	struct sigaction action = {.sa_handler = on_broken_pipe, .sa_flags = SA_RESTART};

	sigaction(SIGPIPE, &action, NULL);
}

/*
 * A program started without a standard stream would get it as the number of the next file that it
 * opens, and print into that.  The place is taken by a file that can be neither read nor written.
 */
static void streams_prepare(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 && errno == EBADF)
			(void)!open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

/* For tests of the promise that no output depends on it. */
static void tasks_prepare(void)
{
	const char *tasks = getenv("WEIR_TASKS");

	if (tasks && strcmp(tasks, "never") == 0)
		task_policy_set(TASK_NEVER);
	else if (tasks && strcmp(tasks, "always") == 0)
		task_policy_set(TASK_ALWAYS);
}

/* Whether an error should be JSON, asked when the command line itself may be the error. */
static bool wants_json(int count, const char *const *arguments)
{
	const char *format = getenv("WEIR_FORMAT");

	for (int i = 0; i < count && strcmp(arguments[i], "--") != 0; i++) {
		if (strcmp(arguments[i], "--json") == 0)
			return true;
		if (strncmp(arguments[i], "--format=", strlen("--format=")) == 0)
			format = arguments[i] + strlen("--format=");
		else if (strcmp(arguments[i], "--format") == 0 && i + 1 < count)
			format = arguments[++i];
	}
	return format && strcmp(format, "json") == 0;
}

static int run_command(const struct command *command, struct context *context, int count,
	const char *const *arguments, struct error *err)
{
	void *options = arena_alloc(context->arena, command->options_size);
	const char *const *operands;
	int operand_count;
	int r;

	if (!options)
		return error_memory(err);
	r = command_parse(
		command, context, count, arguments, options, &operands, &operand_count, err);
	if (r < 0)
		return r;
	if (context->global.help) {
		help_command(context, command);
		return 0;
	}
	if (context->global.version)
		return command_version.run(context, NULL, 0, NULL, err);
	context_decide_format(context, options);
	r = context_settle(context, err);
	if (r == 0 && !command->configures_itself)
		r = command_configure(context, options, NULL, err);
	if (r < 0)
		return r;
	return command->run(context, options, operand_count, operands, err);
}

static int run(struct context *context, int count, const char *const *arguments, struct error *err)
{
	const struct command *command;
	int used;
	int r;

	r = command_select(context, count, arguments, &command, &used, err);
	if (r < 0)
		return r;
	if (command)
		return run_command(command, context, count - used, arguments + used, err);
	if (context->global.version) {
		context->json = wants_json(count, arguments);
		return command_version.run(context, NULL, 0, NULL, err);
	}
	if (context->global.help) {
		if (used < 1 || !help_group(context, str_of(arguments[used - 1])))
			help_overview(context);
		return 0;
	}
	return error_set(err, ERR_USAGE, "no command was given; see 'weir help'");
}

/* What was printed, or why not.  Returns the exit code. */
static int finish(struct context *context, int code, struct error *err, bool json)
{
	if (code >= 0 && buf_failed(&context->out))
		code = error_memory(err);
	if (code >= 0) {
		if (file_write_fd(STDOUT_FILENO, buf_str(&context->out), "standard output", err) ==
			0)
			return code;
		code = -error_info(ERR_OUTPUT)->exit_code;
		json = false;
	} else {
		code = error_lead(context, code);
	}
	/* The reader left, as `head` does: nothing to tell, but not a pass either. */
	if (reader_left && err->id == ERR_OUTPUT && strcmp(err->file, "standard output") == 0)
		return -code;
	return error_print(err, code, json);
}

int main(int argc, char **argv)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create(ARENA_CEILING);
	CLEANUP(buf_free) struct buf out = BUF(OUTPUT_CEILING);
	const char *const *arguments = (const char *const *)argv + (argc > 0);
	int count = argc > 0 ? argc - 1 : 0;
	struct context context = {.arena = arena, .out = out};
	struct error err = {ERR_NONE};
	bool json;
	int r;

	streams_prepare();
	pipes_prepare();
	file_guard_install(error_render);
	tasks_prepare();
	json = wants_json(count, arguments);
	if (json)
		file_guard_json();
	r = arena ? run(&context, count, arguments, &err) : error_memory(&err);
	r = finish(&context, r, &err, json || context.json);
	buf_free(&context.out);
	return r;
}
