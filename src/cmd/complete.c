/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `weir completion`: scripts that complete commands, options and their values
 * in bash, zsh and fish, made from the tables.  A script holds all it needs,
 * so that the Tab key starts no program.
 */
#include <string.h>

#include "cmd/command.h"

/* The words of `choices` with spaces between. */
static void add_choices(struct buf *out, const char *choices)
{
	for (const char *c = choices; *c; c++)
		buf_add_char(out, *c == '|' ? ' ' : *c);
}

static bool takes_value(const struct option *option)
{
	return option->value != NULL;
}

/* Text inside single quotes of a shell that has no escapes there (bash, zsh). */
static void add_quoted(struct buf *out, const char *text)
{
	for (const char *c = text; *c; c++) {
		if (*c == '\'')
			buf_add(out, STR("'\\''"));
		else
			buf_add_char(out, *c);
	}
}

static bool shadowed(const struct command *command, const struct option *option)
{
	for (size_t i = 0; command && i < command->option_count; i++)
		if (&command->options[i] != option &&
			strcmp(command->options[i].name, option->name) == 0)
			return true;
	return false;
}

/* Calls back with each option of a command, its own first, then the global ones. */
typedef void option_fn(struct buf *out, const struct command *command, const struct option *option);

static void each_option(struct buf *out, const struct command *command, option_fn *add)
{
	for (size_t i = 0; command && i < command->option_count; i++)
		if (!command->options[i].hidden)
			add(out, command, &command->options[i]);
	for (size_t i = 0; i < global_option_count; i++)
		if (!shadowed(command, &global_options[i]))
			add(out, command, &global_options[i]);
}

/* ---- bash */

static void bash_name(struct buf *out, const struct command *command, const struct option *option)
{
	(void)command;
	buf_printf(out, "--%s ", option->name);
	if (option->letter)
		buf_printf(out, "-%c ", option->letter);
}

static void bash_value(struct buf *out, const struct command *command, const struct option *option)
{
	(void)command;
	if (!takes_value(option))
		return;
	buf_printf(out, "\t\t--%s", option->name);
	if (option->letter)
		buf_printf(out, "|-%c", option->letter);
	buf_add(out, STR(") "));
	if (option->choices) {
		buf_add(out, STR("_weir_words '"));
		add_choices(out, option->choices);
		buf_add(out, STR("'"));
	} else if (option->completes) {
		buf_printf(
			out, "_weir_files %s", strcmp(option->completes, "dir") == 0 ? "-d" : "-f");
	} else {
		buf_add(out, STR(":"));
	}
	buf_add(out, STR("; return ;;\n"));
}

static void bash_command(struct buf *out, const struct command *command)
{
	buf_printf(out, "\t'%s')\n\t\tcase $prev in\n", command ? command->name : "");
	each_option(out, command, bash_value);
	buf_add(out, STR("\t\tesac\n\t\toptions='"));
	each_option(out, command, bash_name);
	buf_printf(out, "'; operands=%d ;;\n", command && command->operands ? 1 : 0);
}

static void bash(struct buf *out)
{
	buf_add(out,
		STR("# bash completion for weir; made by `weir completion bash`\n"
		    "_weir_words() {\n"
		    "\tmapfile -t COMPREPLY < <(compgen -W \"$1\" -- \"$cur\")\n}\n"
		    "_weir_files() {\n"
		    "\tmapfile -t COMPREPLY < <(compgen \"$1\" -- \"$cur\")\n"
		    "\tcompopt -o filenames 2>/dev/null\n}\n"
		    "_weir() {\n"
		    "\tlocal cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}\n"
		    "\tlocal first= second= options= operands=0 word i commands groups\n"
		    "\tCOMPREPLY=()\n"
		    "\t# \"--format=js\" arrives as three words.\n"
		    "\tif [[ $cur == '=' ]]; then cur=; "
		    "elif [[ $prev == '=' ]]; then prev=${COMP_WORDS[COMP_CWORD-2]}; fi\n"
		    "\tfor ((i = 1; i < COMP_CWORD; i++)); do\n"
		    "\t\tword=${COMP_WORDS[i]}\n"
		    "\t\tcase $word in\n"
		    "\t\t-C|--directory|--config|--now|--color|--format) "
		    "[[ ${COMP_WORDS[i+1]} == '=' ]] && ((i++)); ((i++)) ;;\n"
		    "\t\t-*) ;;\n"
		    "\t\t*) if [[ -z $first ]]; then first=$word; "
		    "elif [[ -z $second ]]; then second=$word; fi ;;\n"
		    "\t\tesac\n\tdone\n"
		    "\tcase \"$first $second\" in\n"));
	for (size_t i = 0; commands[i]; i++)
		if (strchr(commands[i]->name, ' '))
			buf_printf(out, "\t'%s') first='%s' ;;\n", commands[i]->name,
				commands[i]->name);
	buf_add(out, STR("\tesac\n\tcase $first in\n"));
	bash_command(out, NULL);
	for (size_t i = 0; commands[i]; i++)
		if (!commands[i]->hidden)
			bash_command(out, commands[i]);
	buf_add(out,
		STR("\tesac\n\tif [[ $cur == -* ]]; then _weir_words \"$options\"; return; fi\n"
		    "\tcase $first in\n\t'') _weir_words '"));
	for (size_t i = 0; commands[i]; i++) {
		struct str rest = str_of(commands[i]->name);
		struct str word = str_split(&rest, ' ');

		if (!commands[i]->hidden)
			buf_printf(out, "%.*s ", STR_ARG(word));
	}
	buf_add(out, STR("' ;;\n"));
	for (size_t i = 0; commands[i]; i++) {
		struct str rest = str_of(commands[i]->name);
		struct str word = str_split(&rest, ' ');

		if (!str_absent(rest) && !commands[i]->hidden)
			buf_printf(out,
				"\t%.*s) [[ -z $second ]] && _weir_words \"${COMPREPLY[*]} %.*s\"",
				STR_ARG(word), STR_ARG(rest)),
				buf_add(out, STR(" ;;&\n"));
	}
	buf_add(out,
		STR("\t*) ((operands)) && _weir_files -f ;;\n\tesac\n}\ncomplete -F _weir weir\n"));
}

/* ---- zsh */

/* Inside '...[help]': brackets and backslashes are the spec's own, quotes the shell's. */
static void zsh_help(struct buf *out, const char *text)
{
	for (const char *c = text; *c; c++) {
		char one[2] = {*c, '\0'};

		if (*c == '[' || *c == ']' || *c == '\\' || *c == ':')
			buf_add_char(out, '\\');
		add_quoted(out, one);
	}
}

static void zsh_spelling(struct buf *out, const struct option *option, const char *dashes,
	const char *name, size_t len)
{
	/* A list and a count may come again. */
	bool again = option->type == OPTION_LIST || option->type == OPTION_COUNT;

	buf_printf(out, " \\\n\t\t'%s%s%.*s%s[", again ? "*" : "", dashes, (int)len, name,
		takes_value(option) ? (len > 1 ? "=" : "+") : "");
	zsh_help(out, option->help);
	buf_add_char(out, ']');
	if (takes_value(option)) {
		buf_printf(out, ":%s:",
			option->value && !strchr(option->value, ':') ? option->value : "value");
		if (option->choices) {
			buf_add_char(out, '(');
			add_choices(out, option->choices);
			buf_add_char(out, ')');
		} else if (option->completes) {
			buf_add(out,
				strcmp(option->completes, "dir") == 0 ? STR("_files -/")
								      : STR("_files"));
		}
	}
	buf_add_char(out, '\'');
}

static void zsh_option(struct buf *out, const struct command *command, const struct option *option)
{
	(void)command;
	zsh_spelling(out, option, "--", option->name, strlen(option->name));
	if (option->letter)
		zsh_spelling(out, option, "-", &option->letter, 1);
}

/* What may stand as the first word. */
static void zsh_first_words(struct buf *out)
{
	buf_add(out, STR("\tif ((CURRENT == 2)); then\n\t\tnames=(\n"));
	for (size_t i = 0; commands[i]; i++) {
		struct str rest = str_of(commands[i]->name);
		struct str word = str_split(&rest, ' ');

		if (commands[i]->hidden)
			continue;
		buf_printf(out, "\t\t\t'%.*s:", STR_ARG(word));
		add_quoted(out, commands[i]->summary);
		buf_add(out, STR("'\n"));
	}
	buf_add(out, STR("\t\t)\n\t\t_describe command names\n\t\treturn\n\tfi\n"));
}

/* What may stand behind the first word of commands of two. */
static void zsh_second_words(struct buf *out)
{
	buf_add(out, STR("\t*)\n\t\tnames=(\n"));
	for (size_t i = 0; commands[i]; i++) {
		struct str rest = str_of(commands[i]->name);
		struct str word = str_split(&rest, ' ');

		if (!str_absent(rest) && !commands[i]->hidden)
			buf_printf(out, "\t\t\t${${(M)command:#%.*s}:+'%.*s'}\n", STR_ARG(word),
				STR_ARG(rest));
	}
	buf_add(out, STR("\t\t)\n\t\t_describe command names ;;\n"));
}

/* _arguments counts operands behind the first word, so the command's words are shifted away. */
static void zsh(struct buf *out)
{
	buf_add(out,
		STR("#compdef weir\n# made by `weir completion zsh`\n"
		    "_weir() {\n\tlocal -a names\n\tlocal command=\"${words[2]}\"\n"));
	zsh_first_words(out);
	buf_add(out, STR("\tcase \"${words[2]} ${words[3]}\" in\n"));
	for (size_t i = 0; commands[i]; i++)
		if (strchr(commands[i]->name, ' ') && !commands[i]->hidden)
			buf_printf(out, "\t'%s') command='%s'; shift words; ((CURRENT--)) ;;\n",
				commands[i]->name, commands[i]->name);
	buf_add(out, STR("\tesac\n\tshift words\n\t((CURRENT--))\n\tcase $command in\n"));
	for (size_t i = 0; commands[i]; i++) {
		const struct command *command = commands[i];

		if (command->hidden)
			continue;
		buf_printf(out, "\t'%s')\n\t\t_arguments -s", command->name);
		each_option(out, command, zsh_option);
		buf_printf(out, "%s ;;\n", command->operands ? " \\\n\t\t'*:operand:_files'" : "");
	}
	zsh_second_words(out);
	buf_add(out,
		STR("\tesac\n}\n"
		    "if [ \"$funcstack[1]\" = _weir ]; then _weir \"$@\"; else compdef _weir weir; "
		    "fi\n"));
}

/* ---- fish */

/* Inside single quotes, where fish knows \\ and \'. */
static void fish_quoted(struct buf *out, const char *text)
{
	for (const char *c = text; *c; c++) {
		if (*c == '\'' || *c == '\\')
			buf_add_char(out, '\\');
		buf_add_char(out, *c);
	}
}

static void fish_option(struct buf *out, const struct command *command, const struct option *option)
{
	buf_printf(out, "complete -c weir -n '__weir_at %s' -l %s", command->name, option->name);
	if (option->letter)
		buf_printf(out, " -s %c", option->letter);
	if (takes_value(option) && option->choices) {
		buf_add(out, STR(" -x -a '"));
		add_choices(out, option->choices);
		buf_add_char(out, '\'');
	} else if (takes_value(option)) {
		buf_add(out,
			option->completes && strcmp(option->completes, "dir") == 0
				? STR(" -x -a '(__fish_complete_directories)'")
				: option->completes ? STR(" -r -F")
						    : STR(" -x"));
	}
	buf_add(out, STR(" -d '"));
	fish_quoted(out, option->help);
	buf_add(out, STR("'\n"));
}

static void fish(struct buf *out)
{
	buf_add(out,
		STR("# fish completion for weir; made by `weir completion fish`\n"
		    "# The words behind weir that are no options begin with these.\n"
		    "function __weir_at\n"
		    "\tset -l words (commandline -opc | string match -v -- '-*')\n"
		    "\tset -e words[1]\n"
		    "\ttest (count $words) -ge (count $argv); or return 1\n"
		    "\tfor i in (seq (count $argv))\n"
		    "\t\ttest $words[$i] = $argv[$i]; or return 1\n"
		    "\tend\nend\n"
		    "# They are exactly these.\n"
		    "function __weir_only\n"
		    "\tset -l words (commandline -opc | string match -v -- '-*')\n"
		    "\ttest (count $words) -eq (math (count $argv) + 1); and __weir_at "
		    "$argv\nend\n"));
	for (size_t i = 0; commands[i]; i++) {
		const struct command *command = commands[i];
		struct str rest = str_of(command->name);
		struct str word = str_split(&rest, ' ');

		if (command->hidden)
			continue;
		buf_printf(out, "complete -c weir -f -n __weir_only -a %.*s -d '", STR_ARG(word));
		fish_quoted(out, command->summary);
		buf_add(out, STR("'\n"));
		if (!str_absent(rest)) {
			buf_printf(out, "complete -c weir -f -n '__weir_only %.*s' -a %.*s -d '",
				STR_ARG(word), STR_ARG(rest));
			fish_quoted(out, command->summary);
			buf_add(out, STR("'\n"));
		}
		each_option(out, command, fish_option);
	}
}

static int run(struct context *context, const void *options, int operand_count,
	const char *const *operands, struct error *err)
{
	static const struct {
		const char *name;
		void (*print)(struct buf *out);
	} shells[] = {{"bash", bash}, {"zsh", zsh}, {"fish", fish}};

	(void)options, (void)operand_count;
	for (size_t i = 0; i < COUNT_OF(shells); i++) {
		if (strcmp(operands[0], shells[i].name) != 0)
			continue;
		shells[i].print(&context->out);
		return 0;
	}
	return error_set(err, ERR_USAGE, "'%s' is not one of bash, zsh, fish", operands[0]);
}

const struct command command_completion = {
	.name = "completion",
	.operands = "SHELL",
	.summary = "print a script that completes weir's commands in bash, zsh or fish",
	.description = "`make install` puts all three where the shells look for them.",
	.examples = "source <(weir completion bash)\n"
		    "weir completion zsh > ~/.zfunc/_weir\n"
		    "weir completion fish > ~/.config/fish/completions/weir.fish",
	.run = run,
};
