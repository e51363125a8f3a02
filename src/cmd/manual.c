/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `weir man`: the manual pages, made from the tables when weir is installed.
 * Roff is written by hand here, in the man(7) macros that every man program
 * knows; a page carries no date, so that two builds give the same bytes.
 */
#include <string.h>

#include "base/suggest.h"
#include "base/version.h"
#include "cmd/command.h"

struct man_options {
	bool list;
};

static const struct option man_options[] = {
	{"list", 0, OPTION_FLAG, NULL, NULL, "print the names of all pages, one a line",
		offsetof(struct man_options, list)},
};

/* Text in which nothing is a request or an escape. */
static void add_text(struct buf *out, struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.data[i];
		bool starts = i == 0 || text.data[i - 1] == '\n';

		if (starts && (c == '.' || c == '\''))
			buf_add(out, STR("\\&"));
		if (c == '\\')
			buf_add(out, STR("\\e"));
		else if (c == '-')
			buf_add(out, STR("\\-"));
		else if (c == '\'')
			buf_add(out, STR("\\(aq"));
		else if (c == '`')
			buf_add(out, STR("\\(ga"));
		else
			buf_add_char(out, c);
	}
}

static void add_line(struct buf *out, const char *macro, const char *text)
{
	buf_add(out, str_of(macro));
	add_text(out, str_of(text));
	buf_add_char(out, '\n');
}

/* Paragraphs, and lines that begin with a space as they are. */
static void add_paragraphs(struct buf *out, const char *text)
{
	struct str rest = str_of(text);
	bool verbatim = false;

	while (!str_absent(rest)) {
		struct str line = str_split(&rest, '\n');
		bool indented = str_starts(line, STR(" "));

		if (indented != verbatim)
			buf_add(out, indented ? STR(".PP\n.nf\n") : STR(".fi\n"));
		verbatim = indented;
		if (str_empty(line)) {
			buf_add(out, STR(".PP\n"));
			continue;
		}
		add_text(out, line);
		buf_add_char(out, '\n');
	}
	if (verbatim)
		buf_add(out, STR(".fi\n"));
}

static void add_verbatim(struct buf *out, const char *text)
{
	buf_add(out, STR(".nf\n"));
	add_text(out, str_of(text));
	buf_add(out, STR("\n.fi\n"));
}

static void add_option(struct buf *out, const struct option *option)
{
	buf_add(out, STR(".TP\n"));
	if (option->letter)
		buf_printf(out, "\\fB\\-%c\\fR, ", option->letter);
	buf_add(out, STR("\\fB\\-\\-"));
	add_text(out, str_of(option->name));
	buf_add(out, STR("\\fR"));
	if (option->value) {
		buf_add(out, STR(" \\fI"));
		add_text(out, str_of(option->value));
		buf_add(out, STR("\\fR"));
	}
	buf_add_char(out, '\n');
	add_text(out, str_of(option->help));
	buf_add(out, STR(".\n"));
	if (option->choices)
		add_line(out, "One of ", option->choices), add_line(out, ".br\n", "");
	if (option->preset)
		add_line(out, "Default: ", option->preset);
	if (option->type == OPTION_LIST)
		buf_add(out, STR("May be repeated.\n"));
	if (option->environment)
		add_line(out, "Environment: ", option->environment);
	if (option->config)
		add_line(out, "Key in weir.yaml: ", option->config);
}

static void add_options(struct buf *out, const char *title, const struct option *rows, size_t count)
{
	if (count == 0)
		return;
	buf_printf(out, ".SH %s\n", title);
	for (size_t i = 0; i < count; i++)
		if (!rows[i].hidden)
			add_option(out, &rows[i]);
}

static void add_head(struct buf *out, const char *name, int section, const char *summary)
{
	buf_add(out, STR(".TH \""));
	add_text(out, str_of(name));
	buf_printf(
		out, "\" %d \"\" \"weir %s\" \"weir manual\"\n.SH NAME\n", section, WEIR_VERSION);
	add_text(out, str_of(name));
	add_line(out, " \\- ", summary);
}

static void add_exit(struct buf *out, const char *own)
{
	buf_add(out, STR(".SH EXIT STATUS\n.nf\n0   pass\n"));
	if (own)
		add_text(out, str_of(own)), buf_add_char(out, '\n');
	buf_add(out,
		STR("64  the command line is not understood\n"
		    "65  input cannot be read\n"
		    "69  something that is needed is not there\n"
		    "70  a defect in weir\n"
		    "73  a file cannot be created\n"
		    "74  output could not be written, or its reader left\n"
		    "75  try again: out of memory, or a limit of time was reached\n.fi\n"));
}

static void page_command(struct context *context, const struct command *command, const char *name)
{
	struct buf *out = &context->out;

	add_head(out, name, 1, command->summary);
	buf_add(out, STR(".SH SYNOPSIS\n.B weir "));
	add_text(out, str_of(command->name));
	buf_add(out, STR("\n[\\fIOPTION\\fR]... "));
	add_line(out, "", command->operands ? command->operands : "");
	buf_add(out, STR(".SH DESCRIPTION\n"));
	add_paragraphs(out, command->description ? command->description : command->summary);
	add_options(out, "OPTIONS", command->options, command->option_count);
	add_options(out, "OPTIONS OF EVERY COMMAND", global_options, global_option_count);
	add_exit(out, command->exit_help);
	if (command->examples) {
		buf_add(out, STR(".SH EXAMPLES\n"));
		add_verbatim(out, command->examples);
	}
	buf_add(out, STR(".SH SEE ALSO\n.BR weir (1),\n.BR weir.yaml (5)\n"));
}

static void page_overview(struct context *context)
{
	struct buf *out = &context->out;

	add_head(out, "weir", 1, "decide what of a Terraform or OpenTofu plan may pass");
	buf_add(out,
		STR(".SH SYNOPSIS\n.B weir\n\\fICOMMAND\\fR [\\fIOPTION\\fR]... "
		    "[\\fIOPERAND\\fR]...\n"
		    ".SH COMMANDS\n"));
	for (size_t i = 0; commands[i]; i++) {
		if (commands[i]->hidden)
			continue;
		add_line(out, ".TP\n.B weir ", commands[i]->name);
		add_line(out, "", commands[i]->summary);
	}
	add_options(out, "OPTIONS OF EVERY COMMAND", global_options, global_option_count);
	add_exit(out, "1   blocked by findings\n2   a person must decide");
	buf_add(out, STR(".SH SEE ALSO\n.BR weir.yaml (5)\n"));
}

static void page_config(struct context *context)
{
	struct buf *out = &context->out;

	add_head(out, "weir.yaml", 5, "configuration of weir");
	buf_add(out, STR(".SH DESCRIPTION\n"));
	add_paragraphs(out,
		"weir.yaml is looked for in the current directory and upward to the root of the "
		"git "
		"repository. A flag counts more than the environment, the environment more than "
		"the "
		"file.\n\n"
		"A value that makes judgement laxer counts only from a file that the change under "
		"review cannot have written: one named with --config, or the merge base's.");
	buf_add(out,
		STR(".SH KEYS\n.TP\n.B include\nFurther files, relative to this one and inside the "
		    "repository. This file's values win.\n"
		    ".TP\n.B requires\nThe versions of weir that may read this file, such as "
		    "\">=0.3, <2\".\n"));
	for (int i = 0; i < CONFIG_KEY_COUNT; i++) {
		const struct config_key_info *info = config_key_info((enum config_key)i);

		add_line(out, ".TP\n.B ", info->name);
		add_text(out, str_of(info->help));
		buf_add(out, STR(".\n"));
		if (*info->choices)
			add_line(out, "One of ", info->choices);
		if (*info->loosens)
			add_line(out, "Counts from a trusted file only: ",
				strcmp(info->loosens, "*") == 0 ? "any value" : info->loosens);
	}
	buf_add(out, STR(".SH SEE ALSO\n.BR weir (1)\n"));
}

/* "weir-config-show", the page's name without its section. */
static struct str page_name(struct arena *arena, const struct command *command)
{
	struct str name = arena_printf(arena, "weir-%s", command->name);

	for (size_t i = 0; i < name.len; i++)
		if (name.data[i] == ' ')
			((char *)name.data)[i] = '-';
	return name;
}

static void list_pages(struct context *context)
{
	buf_add(&context->out, STR("weir.1\nweir.yaml.5\n"));
	for (size_t i = 0; commands[i]; i++)
		if (!commands[i]->hidden)
			buf_printf(&context->out, "%.*s.1\n",
				STR_ARG(page_name(context->arena, commands[i])));
}

static int run(struct context *context, const void *options, int operand_count,
	const char *const *operands, struct error *err)
{
	const struct man_options *given = options;
	struct str wanted = str_of(operand_count ? operands[0] : "weir.1");

	if (given->list) {
		list_pages(context);
		return 0;
	}
	if (str_is(wanted, "weir.1") || str_is(wanted, "weir")) {
		page_overview(context);
		return 0;
	}
	if (str_is(wanted, "weir.yaml.5") || str_is(wanted, "weir.yaml")) {
		page_config(context);
		return 0;
	}
	if (str_ends(wanted, STR(".1")))
		wanted.len -= 2;
	for (size_t i = 0; commands[i]; i++) {
		struct str name = page_name(context->arena, commands[i]);

		if (str_absent(name))
			return error_memory(err);
		if (commands[i]->hidden || !str_eq(wanted, name))
			continue;
		page_command(context, commands[i], name.data);
		return 0;
	}
	return error_set(err, ERR_USAGE, "there is no page '%.*s'; 'weir man --list' prints all",
		STR_ARG(wanted));
}

const struct command command_man = {
	.name = "man",
	.operands = "[PAGE]",
	.summary = "print a manual page as roff, for the installation",
	.description = "Without a page: weir(1). `make install` puts all of them in place.",
	.options = man_options,
	.option_count = COUNT_OF(man_options),
	.options_size = sizeof(struct man_options),
	.examples = "weir man weir-review.1 | man -l -",
	.run = run,
	.hidden = true,
};
