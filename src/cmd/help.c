/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `weir help`, `weir COMMAND --help`: the tables as text for a terminal.
 */
#include <string.h>

#include "base/version.h"
#include "cmd/command.h"

enum { HELP_WIDTH = 80, NAME_WIDTH = 28, HELP_INDENT = 28 };

static void pad(struct buf *out, size_t from, size_t to)
{
	for (; from < to; from++)
		buf_add_char(out, ' ');
}

/* Words up to HELP_WIDTH, further lines indented; the first begins at column `at`. */
static void add_wrapped(struct buf *out, struct str text, size_t at, size_t indent)
{
	struct str rest = text;
	bool first = true;

	while (!str_absent(rest)) {
		struct str word = str_split(&rest, ' ');

		if (word.len == 0)
			continue;
		if (!first && at + 1 + word.len > HELP_WIDTH) {
			buf_add_char(out, '\n');
			pad(out, 0, indent);
			at = indent;
			first = true;
		}
		if (!first) {
			buf_add_char(out, ' ');
			at++;
		}
		buf_add(out, word);
		at += word.len;
		first = false;
	}
	buf_add_char(out, '\n');
}

void help_paragraphs(struct buf *out, struct str text)
{
	struct str rest = text;

	while (!str_absent(rest)) {
		struct str line = str_split(&rest, '\n');

		if (str_empty(line) || str_starts(line, STR(" "))) {
			buf_add(out, line);
			buf_add_char(out, '\n');
		} else {
			add_wrapped(out, line, 0, 0);
		}
	}
}

static void add_indented(struct buf *out, const char *text)
{
	struct str rest = str_of(text);

	while (!str_absent(rest)) {
		struct str line = str_split(&rest, '\n');

		if (!str_empty(line))
			buf_add(out, STR("  "));
		buf_add(out, line);
		buf_add_char(out, '\n');
	}
}

/* Two columns; a name that is too wide gets a line of its own. */
static void add_row(struct buf *out, struct str name, struct str help)
{
	buf_add(out, STR("  "));
	buf_add(out, name);
	if (name.len + 2 > NAME_WIDTH) {
		buf_add_char(out, '\n');
		pad(out, 0, HELP_INDENT);
	} else {
		pad(out, name.len + 2, HELP_INDENT);
	}
	add_wrapped(out, help, HELP_INDENT, HELP_INDENT);
}

static struct str option_title(struct arena *arena, const struct option *option)
{
	char letter[5] = {'-', option->letter, ',', ' ', '\0'};
	const char *value = option->value ? option->value : "";

	return arena_printf(arena, "%s--%s%s%s", option->letter ? letter : "    ", option->name,
		*value ? " " : "", value);
}

static struct str option_text(struct arena *arena, const struct option *option)
{
	struct str text = str_of(option->help);

	if (option->choices)
		text = arena_printf(arena, "%.*s: %s", STR_ARG(text), option->choices);
	if (option->preset)
		text = arena_printf(arena, "%.*s (default: %s)", STR_ARG(text), option->preset);
	if (option->type == OPTION_LIST)
		text = arena_printf(arena, "%.*s; may be repeated", STR_ARG(text));
	if (option->environment && option->config)
		return arena_printf(arena, "%.*s [%s, weir.yaml: %s]", STR_ARG(text),
			option->environment, option->config);
	if (option->environment || option->config)
		return arena_printf(arena, "%.*s [%s%s]", STR_ARG(text),
			option->config ? "weir.yaml: " : "",
			option->config ? option->config : option->environment);
	return text;
}

static void add_options(struct context *context, const struct option *options, size_t count,
	const struct command *shadowing)
{
	for (size_t i = 0; i < count; i++) {
		bool shadowed = false;

		for (size_t j = 0; shadowing && j < shadowing->option_count; j++)
			shadowed |= strcmp(shadowing->options[j].name, options[i].name) == 0;
		if (!options[i].hidden && !shadowed)
			add_row(&context->out, option_title(context->arena, &options[i]),
				option_text(context->arena, &options[i]));
	}
}

/* Summaries are written without capital and full stop, as a column of a list wants them. */
static void add_sentence(struct buf *out, struct str text)
{
	char first = text.len ? text.data[0] : ' ';

	buf_add_char(out, first >= 'a' && first <= 'z' ? (char)(first & ~0x20) : first);
	buf_add(out, str_slice(text, 1, text.len));
	buf_add(out, STR(".\n"));
}

void help_command(struct context *context, const struct command *command)
{
	struct buf *out = &context->out;

	buf_printf(out, "Usage: weir %s [OPTION]...%s%s\n\n", command->name,
		command->operands ? " " : "", command->operands ? command->operands : "");
	add_sentence(out, str_of(command->summary));
	if (command->description) {
		buf_add_char(out, '\n');
		help_paragraphs(out, str_of(command->description));
	}
	if (command->option_count) {
		buf_add(out, STR("\nOptions:\n"));
		add_options(context, command->options, command->option_count, NULL);
	}
	buf_add(out, STR("\nOptions of every command:\n"));
	add_options(context, global_options, global_option_count, command);
	if (command->exit_help) {
		buf_add(out, STR("\nExit status:\n"));
		add_indented(out, command->exit_help);
	}
	if (command->examples) {
		buf_add(out, STR("\nExamples:\n"));
		add_indented(out, command->examples);
	}
}

void help_overview(struct context *context)
{
	struct buf *out = &context->out;

	buf_add(out,
		STR("Usage: weir COMMAND [OPTION]... [OPERAND]...\n\n"
		    "weir decides what of a Terraform or OpenTofu plan may pass.\n\nCommands:\n"));
	for (size_t i = 0; commands[i]; i++)
		if (!commands[i]->hidden)
			add_row(out, str_of(commands[i]->name), str_of(commands[i]->summary));
	buf_add(out, STR("\nOptions of every command:\n"));
	add_options(context, global_options, global_option_count, NULL);
	buf_add(out,
		STR("\nSee 'weir help COMMAND' for one command, and 'weir explain CODE' for "
		    "an error.\n"));
}

bool help_group(struct context *context, struct str word)
{
	struct str prefix = arena_printf(context->arena, "%.*s ", STR_ARG(word));
	bool any = false;

	for (size_t i = 0; commands[i]; i++) {
		if (commands[i]->hidden || !str_starts(str_of(commands[i]->name), prefix))
			continue;
		if (!any)
			buf_printf(&context->out,
				"Usage: weir %.*s COMMAND [OPTION]... [OPERAND]...\n\nCommands:\n",
				STR_ARG(word));
		any = true;
		add_row(&context->out, str_of(commands[i]->name), str_of(commands[i]->summary));
	}
	return any;
}

static int run(struct context *context, const void *options, int operand_count,
	const char *const *operands, struct error *err)
{
	const struct command *command;
	int used;
	int r;

	(void)options;
	if (operand_count == 0) {
		help_overview(context);
		return 0;
	}
	if (operand_count == 1 && help_group(context, str_of(operands[0])))
		return 0;
	r = command_select(context, operand_count, operands, &command, &used, err);
	if (r < 0)
		return r;
	help_command(context, command);
	return 0;
}

const struct command command_help = {
	.name = "help",
	.operands = "[COMMAND] [SUBCOMMAND]",
	.summary = "show how to use weir or one of its commands",
	.description = "Without a command: the list of all. 'weir COMMAND --help' is the same.",
	.examples = "weir help review",
	.run = run,
};
