/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Commands and their options as tables.  Parsing, --help, the man pages and
 * the shell completions all come from these tables, so they cannot disagree.
 *
 * Conventions: GNU long options (--name VALUE, --name=VALUE), one-letter
 * bundles, "--" ends options, "-" is standard input; unknown options, missing
 * values and surplus operands are ERR_USAGE (64) with a suggestion.
 */
#ifndef WEIR_CMD_COMMAND_H
#define WEIR_CMD_COMMAND_H

#include "base/error.h"
#include "base/memory.h"

enum option_type {
	OPTION_FLAG,   /* bool */
	OPTION_TEXT,   /* const char * */
	OPTION_LIST,   /* struct option_list, repeatable */
	OPTION_CHOICE, /* const char *, one of `choices` */
	OPTION_SIZE,   /* uint64_t: bytes, with k, M, G suffixes */
	OPTION_COUNT,  /* unsigned: how often it was given (-v -v) */
};

struct option_list {
	const char **items;
	size_t count;
	size_t room;
};

struct option {
	const char *name; /* without dashes */
	char letter;      /* 0: none */
	enum option_type type;
	const char *value;   /* "FILE" in help; NULL for flags */
	const char *choices; /* "text|json", for OPTION_CHOICE */
	const char *help;    /* one sentence, no full stop */
	size_t offset;       /* into the command's options struct */
	/* For completions: "file", "dir", or NULL. */
	const char *completes;
	/* WEIR_* variable and weir.yaml key with the same meaning; NULL: none. Flag > environment > file. */
	const char *environment;
	const char *config;
};

/* What every command is given. */
struct context {
	struct arena *arena;
	/* Standard output of the command; main writes it out at the end. */
	struct buf out;
	/* Global options. */
	bool json;              /* --format json (or --json) */
	int verbosity;          /* -q: -1, -v: 1, -vv: 2 */
	bool color;             /* decided from --color, NO_COLOR, TERM and isatty */
	int64_t now;            /* --now, else the clock; seconds since 1970 UTC */
	const char *now_text;   /* RFC 3339, UTC */
	const char *config_path; /* --config, or NULL: found upward to the git root */
};

struct command {
	const char *name; /* "review", "config show" */
	const char *operands; /* "[NAME=]PLAN..." */
	const char *summary;  /* one line, no full stop */
	const char *description; /* paragraphs, blank line between */
	const struct option *options;
	size_t option_count;
	size_t options_size; /* of the struct that options fill, zeroed before */
	const char *exit_help; /* what 1 and 2 mean here */
	const char *examples;
	/* Returns an exit code >= 0, or a negative error with *err filled. */
	int (*run)(struct context *context, const void *options, int operand_count,
		const char *const *operands, struct error *err);
};

/* The table of all commands, ended by a row without a name. */
extern const struct command *const commands[];

/*
 * Parses `arguments` (without program and command names) into `options` by the command's table.
 * Operands go to ret_operands, in order.
 */
int command_parse(const struct command *command, struct context *context, int count,
	const char *const *arguments, void *options, const char *const **ret_operands,
	int *ret_operand_count, struct error *err) WEIR_NODISCARD;

#endif
