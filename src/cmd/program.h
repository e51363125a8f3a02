/* SPDX-License-Identifier: Apache-2.0 */
/* What every command that runs a program of constructs has: its inputs, and what the program printed. */
#ifndef WEIR_CMD_PROGRAM_H
#define WEIR_CMD_PROGRAM_H

#include "cmd/command.h"
#include "story/synth.h"

struct program_options {
	struct option_list env;
	struct option_list context;
	struct option_list context_file;
	const char *strict;
	const char *cache;
};

/* Rows for a table of options; `member` is a struct program_options in the struct `type`. */
#define PROGRAM_OPTIONS(type, member)                                                              \
	{"env", 0, OPTION_LIST, "NAME[=VALUE]", NULL,                                              \
		"let the program read this variable: with this value, or the one that weir has",   \
		offsetof(type, member.env), NULL, NULL, NULL},                                     \
		{"context", 0, OPTION_LIST, "KEY=VALUE", NULL,                                     \
			"a value of the context, over those of --context-file and of \"context\" " \
			"in cdktf.json",                                                           \
			offsetof(type, member.context), NULL, NULL, NULL},                         \
		{"context-file", 0, OPTION_LIST, "FILE", NULL,                                     \
			"a JSON object of values of the context",                                  \
			offsetof(type, member.context_file), "file", NULL, NULL},                  \
		{"cache", 0, OPTION_CHOICE, "WHETHER", "on|off",                                   \
			"keep what was made of the program's files for the next run, in weir/ "    \
			"below XDG_CACHE_HOME, else ~/.cache",                                     \
			offsetof(type, member.cache), NULL, "WEIR_CACHE", NULL, "on"},             \
	{                                                                                          \
		"strict", 0, OPTION_CHOICE, "HOW", "off|warn|error",                               \
			"what becomes of mistakes that cdktf lets pass, such as a property of "    \
			"the wrong type",                                                          \
			offsetof(type, member.strict), NULL, "WEIR_STRICT", NULL, "error"          \
	}

/* How to run the program that the operands name, or none. */
struct synth_options program_how(const struct program_options *options,
	const struct context *context, int operand_count, const char *const *operands);

/*
 * What the program printed goes to standard error, line by line, so that no text of it steers a terminal.
 * Errors: ERR_OUTPUT.
 */
int program_print(struct str printed, struct error *err) WEIR_NODISCARD;

#endif
