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
#include "config/config.h"

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
	/* WEIR_* variable and weir.yaml key with the same meaning; NULL: none. Flag > environment >
	 * file. */
	const char *environment;
	const char *config;
	/* The value when nobody gives one, as text; NULL: the zero of the type. Shown in help. */
	const char *preset;
	/* Works, but is not shown: for other programs, such as the completion scripts. */
	bool hidden;
};

/* Who gave an option its value, weakest first. */
enum option_origin {
	ORIGIN_NONE,
	ORIGIN_PRESET,
	ORIGIN_CONFIG,
	ORIGIN_ENVIRONMENT,
	ORIGIN_FLAG,
};

enum { GLOBAL_OPTIONS_MOST = 16 };

/* What the global options fill as they stand on the command line; commands read struct context. */
struct global_options {
	bool help;
	bool version;
	bool json;
	const char *format;
	const char *color;
	const char *now;
	const char *config;
	const char *directory;
	unsigned verbose;
	bool quiet;
};

/* What every command is given. */
struct context {
	struct arena *arena;
	/* Standard output of the command; main writes it out at the end, or drops it on an error.
	 */
	struct buf out;
	/* Global options. */
	bool json;               /* --format json (or --json) */
	int verbosity;           /* -q: -1, -v: 1, -vv: 2 */
	bool color;              /* decided from --color, NO_COLOR, TERM and isatty */
	int64_t now;             /* --now, else the clock; seconds since 1970 UTC */
	const char *now_text;    /* RFC 3339, UTC */
	const char *config_path; /* --config, or NULL: found upward to the git root */
	/* The caller vouches for weir.yaml as it stands in the tree. */
	bool trust_tree;
	struct global_options global;
	/* weir.yaml, once command_configure() has read it; NULL before. */
	const struct config *config;
	/* The command that runs, and who gave each of its options its value (enum option_origin).
	 */
	const struct command *command;
	unsigned char *origins;
	unsigned char global_origins[GLOBAL_OPTIONS_MOST];
};

struct command {
	const char *name; /* "review", "config show" */
	/*
	 * "[NAME=]PLAN..."; NULL: none.  How many are allowed follows from this text: each word is
	 * one operand, "..." allows more, and a word wholly in brackets may be left out.
	 */
	const char *operands;
	const char *summary;     /* one line, no full stop */
	const char *description; /* paragraphs, blank line between */
	const struct option *options;
	size_t option_count;
	size_t options_size;   /* of the struct that options fill, zeroed before */
	const char *exit_help; /* what 1 and 2 mean here */
	const char *examples;
	/* Returns an exit code >= 0, or a negative error with *err filled. */
	int (*run)(struct context *context, const void *options, int operand_count,
		const char *const *operands, struct error *err);
	/* Not listed in help. */
	bool hidden;
	/* It calls command_configure() itself. Its options are then unset until it does. */
	bool configures_itself;
	/*
	 * For a command whose output a program searches for a word (report/atlantis.h): what an
	 * error's line FAIL says, before the error itself.  Notices never hold the word.
	 */
	const char *on_error;
};

/* All commands in the order in which help lists them, ended by NULL. */
extern const struct command *const commands[];

/* The options that every command has. Their offsets count from struct global_options. */
extern const struct option global_options[];
extern const size_t global_option_count;

/*
 * One of the two tables that a command's options stand in, its own (`which` 0) and the global one (1),
 * with the struct that it fills and who gave each row its value.
 */
struct option_table {
	const struct option *rows;
	size_t count;
	void *values;
	unsigned char *origins;
};
enum { OPTION_TABLES = 2 };
struct option_table option_table(struct context *context, void *options, int which);

/* The command with this name ("config show"), or NULL. */
const struct command *command_named(struct str name);

/*
 * Takes the global options off the front of `arguments` and finds the command behind them, of one
 * word or two.  *ret_used is the number of arguments before its own.  No command at all gives
 * NULL and 0; a word that is no command is ERR_USAGE.
 */
int command_select(struct context *context, int count, const char *const *arguments,
	const struct command **ret_command, int *ret_used, struct error *err) WEIR_NODISCARD;

/*
 * Parses `arguments` (without program and command names) into `options` by the command's table,
 * then fills what no flag gave from the environment.
 * Operands go to ret_operands, in order.
 */
int command_parse(const struct command *command, struct context *context, int count,
	const char *const *arguments, void *options, const char *const **ret_operands,
	int *ret_operand_count, struct error *err) WEIR_NODISCARD;

/*
 * Reads the configuration (from `source` if not NULL and no --config was given), gives each option
 * that neither flag nor environment set its value from there, then the rest their presets.  A
 * command without an option that has a key in weir.yaml reads no file.  main calls this before
 * run(), unless the command sets `configures_itself`, as it must when the configuration comes from
 * a commit.
 */
int command_configure(struct context *context, void *options, const struct config_source *source,
	struct error *err) WEIR_NODISCARD;

/*
 * Sets one option from text as if it came from `origin`, checking type and choices.  `label`
 * names the source in a message: "--fail-on", "WEIR_FAIL_ON".
 */
int option_set(const struct option *option, struct context *context, void *options,
	const char *text, const char *label, struct error *err) WEIR_NODISCARD;

/*
 * Turns the global options into the context: colour, time, verbosity, directory.  After
 * command_parse().
 */
int context_settle(struct context *context, struct error *err) WEIR_NODISCARD;
/* Decides context->json, and lets --json mean json for a command with formats of its own. */
void context_decide_format(struct context *context, void *options);

/* Tells something on standard error: a line "weir: ...", nothing with --quiet. Foreign text is made
 * harmless. */
void notice(const struct context *context, const char *format, ...) WEIR_PRINTF(2, 3);

/* How many operands a command takes, from its `operands` text; SIZE_MAX: any number. */
void command_operand_limits(const struct command *command, size_t *ret_least, size_t *ret_most);

/* How many of these files are standard input ("-", "NAME=-"); NULL is none. */
size_t command_stdin_count(const char *const *files, size_t count);
/* ERR_USAGE where standard input is named more than once: it can be read once. */
int command_stdin_once(size_t named, struct error *err) WEIR_NODISCARD;

/* Help, printed for people: the list of commands, or one command's page. */
/* Text in lines of 80; empty lines and those that begin with a space stay as they are. */
void help_paragraphs(struct buf *out, struct str text);
void help_overview(struct context *context);
void help_command(struct context *context, const struct command *command);
/* The commands that begin with this word ("config"). False if there are none. */
bool help_group(struct context *context, struct str word);

/* An error as a line for standard error, or with `json` as an object for standard output. */
void error_render(struct buf *out, const struct error *err, bool json);
/* What a command's `on_error` puts before an error, on standard output. Returns the code to end with. */
int error_lead(const struct context *context, int code);
/*
 * Prints an error once: a line on standard error, or with `json` an object on standard output; the
 * line too if that cannot be written there.  Returns the exit code.
 */
int error_print(const struct error *err, int code, bool json);

#endif
