/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The options that every command has, and what follows from them: colour,
 * time, verbosity, the directory to work in.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/time.h"
#include "cmd/command.h"

const struct option global_options[] = {
	{"help", 'h', OPTION_FLAG, NULL, NULL, "show help and exit",
		offsetof(struct global_options, help)},
	{"version", 'V', OPTION_FLAG, NULL, NULL, "show the version and exit",
		offsetof(struct global_options, version)},
	{"format", 0, OPTION_CHOICE, "FORMAT", "text|json",
		"print the result, and an error, in this format",
		offsetof(struct global_options, format), NULL, "WEIR_FORMAT", "format"},
	{"json", 0, OPTION_FLAG, NULL, NULL, "the same as --format json",
		offsetof(struct global_options, json)},
	{"verbose", 'v', OPTION_COUNT, NULL, NULL, "tell more on standard error; twice tells most",
		offsetof(struct global_options, verbose)},
	{"quiet", 'q', OPTION_FLAG, NULL, NULL, "print nothing but what was asked for",
		offsetof(struct global_options, quiet)},
	{"color", 0, OPTION_CHOICE, "WHEN", "auto|always|never",
		"colour the text; auto does so on a terminal, unless NO_COLOR is set or TERM is "
		"dumb",
		offsetof(struct global_options, color)},
	{"config", 0, OPTION_TEXT, "FILE", NULL,
		"read this configuration, and trust it, instead of looking for weir.yaml",
		offsetof(struct global_options, config), "file", "WEIR_CONFIG", NULL},
	{"directory", 'C', OPTION_TEXT, "DIR", NULL, "work in this directory",
		offsetof(struct global_options, directory), "dir"},
	{"now", 0, OPTION_TEXT, "TIME", NULL,
		"take this as the time, in RFC 3339, instead of the clock's",
		offsetof(struct global_options, now)},
};
const size_t global_option_count = COUNT_OF(global_options);
_Static_assert(COUNT_OF(global_options) <= GLOBAL_OPTIONS_MOST, "origins of global options");

/* https://no-color.org: set and not empty, whatever the value. */
static bool decide_color(const char *when)
{
	const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");

	if (when && strcmp(when, "always") == 0)
		return true;
	if (when && strcmp(when, "never") == 0)
		return false;
	if (no_color && *no_color)
		return false;
	return term && *term && strcmp(term, "dumb") != 0 && isatty(STDOUT_FILENO);
}

static int decide_time(struct context *context, struct error *err)
{
	char *text = arena_alloc(context->arena, TIME_TEXT);

	if (!text)
		return error_memory(err);
	if (!context->global.now)
		context->now = time_now();
	else if (!time_parse(str_of(context->global.now), &context->now))
		return error_set(err, ERR_USAGE,
			"--now: '%s' is no time as in 2026-12-24T08:00:00Z", context->global.now);
	time_format(context->now, text);
	context->now_text = text;
	return 0;
}

/* A command with formats of its own has an option of that name, and --json means json there too. */
static const char **own_format(const struct context *context, void *options)
{
	const struct command *command = context->command;

	for (size_t i = 0; command && i < command->option_count; i++)
		if (strcmp(command->options[i].name, "format") == 0)
			return (const char **)((char *)options + command->options[i].offset);
	return NULL;
}

void context_decide_format(struct context *context, void *options)
{
	const char **format = own_format(context, options);

	if (format && context->global.json)
		*format = "json";
	if (!format)
		format = &context->global.format;
	context->json = context->global.json || (*format && strcmp(*format, "json") == 0);
	if (context->json)
		file_guard_json();
}

int context_settle(struct context *context, struct error *err)
{
	const struct global_options *global = &context->global;

	context->verbosity = global->quiet ? -1 : (int)(global->verbose < 9 ? global->verbose : 9);
	context->color = decide_color(global->color);
	context->config_path = global->config;
	if (global->directory && chdir(global->directory) < 0)
		return error_at(err, error_set(err, ERR_FILE_MISSING, "%s", strerror(errno)),
			str_of(global->directory), 0, 0);
	return decide_time(context, err);
}
