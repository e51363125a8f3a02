/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The command line against the tables: which command, which options, which
 * operands, and what to say when one is mistyped.  It knows no command: what
 * is allowed stands in the tables alone.
 */
#define _GNU_SOURCE
#include "cmd/command.h"

#include <stdlib.h>
#include <string.h>

#include "base/suggest.h"

struct parser {
	const struct command *command; /* NULL before it is known: global options only */
	struct context *context;
	void *options;
	int count;
	const char *const *arguments;
	int at;
	struct error *err;
};

/* Where an option was found: a row, the struct that its offset counts from, and its origin. */
struct match {
	const struct option *option;
	void *base;
	unsigned char *origin;
	bool negated;
};

/* A command's own row wins over a global one of the same name. */
static bool find_option(
	const struct parser *parser, struct str name, char letter, struct match *ret_match)
{
	for (int which = 0; which < OPTION_TABLES; which++) {
		struct option_table table = option_table(parser->context, parser->options, which);

		for (size_t i = 0; i < table.count; i++) {
			const struct option *row = &table.rows[i];

			if (letter ? row->letter != letter : !str_is(name, row->name))
				continue;
			*ret_match = (struct match){row, table.values, &table.origins[i], false};
			return true;
		}
	}
	return false;
}

/* --no-NAME takes back a flag that the environment or weir.yaml may have set. */
static bool find_negated(const struct parser *parser, struct str name, struct match *ret_match)
{
	if (!str_starts(name, STR("no-")) ||
		!find_option(parser, str_slice(name, 3, name.len), 0, ret_match))
		return false;
	if (ret_match->option->type != OPTION_FLAG ||
		!(ret_match->option->environment || ret_match->option->config))
		return false;
	ret_match->negated = true;
	return true;
}

static int fail_usage(const struct parser *parser, struct str given, const char *what)
{
	struct suggestion near = {.typed = given};
	const struct command *command = parser->command;

	for (size_t i = 0; command && i < command->option_count; i++)
		if (!command->options[i].hidden)
			suggest_offer(&near, str_of(command->options[i].name));
	for (size_t i = 0; i < global_option_count; i++)
		suggest_offer(&near, str_of(global_options[i].name));
	if (given.len > 1 && !str_absent(suggest_result(&near)))
		return error_set(parser->err, ERR_USAGE, "%s '--%.*s'; did you mean '--%.*s'?",
			what, STR_ARG(given), STR_ARG(near.best));
	return error_set(parser->err, ERR_USAGE, "%s '%s%.*s'; see 'weir %s%s--help'", what,
		given.len > 1 ? "--" : "-", STR_ARG(given), command ? command->name : "",
		command ? " " : "");
}

struct option_table option_table(struct context *context, void *options, int which)
{
	const struct command *command = context->command;

	if (which == 0 && command)
		return (struct option_table){
			command->options, command->option_count, options, context->origins};
	if (which == 0)
		return (struct option_table){0};
	return (struct option_table){
		global_options, global_option_count, &context->global, context->global_origins};
}

static bool choice_allows(const char *choices, struct str value)
{
	struct str rest = str_of(choices);

	while (!str_absent(rest))
		if (str_eq(str_split(&rest, '|'), value))
			return true;
	return false;
}

static int set_choice(const struct option *option, const char *text, const char **field,
	const char *label, struct error *err)
{
	struct suggestion near = {.typed = str_of(text)};
	struct str rest = str_of(option->choices);

	if (choice_allows(option->choices, str_of(text))) {
		*field = text;
		return 0;
	}
	while (!str_absent(rest))
		suggest_offer(&near, str_split(&rest, '|'));
	if (!str_absent(suggest_result(&near)))
		return error_set(err, ERR_USAGE, "%s: '%s' is not one of %s; did you mean '%.*s'?",
			label, text, option->choices, STR_ARG(near.best));
	return error_set(err, ERR_USAGE, "%s: '%s' is not one of %s", label, text, option->choices);
}

static int set_size(const char *text, uint64_t *field, const char *label, struct error *err)
{
	static const struct {
		const char *suffix;
		uint64_t factor;
	} units[] = {{"k", 1024}, {"M", 1024 * 1024}, {"G", 1024 * 1024 * 1024}, {"", 1}};
	struct str number = str_of(text);
	uint64_t value, factor = 1;

	for (size_t i = 0; i < COUNT_OF(units); i++) {
		if (!str_ends(number, str_of(units[i].suffix)))
			continue;
		factor = units[i].factor;
		number.len -= strlen(units[i].suffix);
		break;
	}
	if (!str_to_u64(number, &value) || __builtin_mul_overflow(value, factor, &value))
		return error_set(err, ERR_USAGE,
			"%s: '%s' is no size; write bytes, or 512k, 64M, 2G", label, text);
	*field = value;
	return 0;
}

static int set_flag(const char *text, bool *field, const char *label, struct error *err)
{
	bool on = choice_allows("1|true|yes|on", str_of(text));

	if (!on && !choice_allows("0|false|no|off|", str_of(text)))
		return error_set(err, ERR_USAGE, "%s: '%s' is neither true nor false", label, text);
	*field = on;
	return 0;
}

int option_set(const struct option *option, struct context *context, void *options,
	const char *text, const char *label, struct error *err)
{
	void *field = (char *)options + option->offset;
	struct option_list *list = field;

	switch (option->type) {
	case OPTION_FLAG:
		return set_flag(text, field, label, err);
	case OPTION_COUNT:
		++*(unsigned *)field;
		return 0;
	case OPTION_CHOICE:
		return set_choice(option, text, field, label, err);
	case OPTION_SIZE:
		return set_size(text, field, label, err);
	case OPTION_TEXT:
		*(const char **)field = text;
		return 0;
	case OPTION_LIST:
		if (!arena_grow(context->arena, (void **)&list->items, list->count, &list->room,
			    sizeof(*list->items)))
			return error_memory(err);
		list->items[list->count++] = text;
		return 0;
	}
	return error_set(err, ERR_DEFECT, "%s has a type that is not known", label);
}

static bool takes_value(const struct option *option)
{
	return option->type != OPTION_FLAG && option->type != OPTION_COUNT;
}

/* `attached`: the value in the same argument, or NULL. Takes the next argument where one is needed.
 */
static int apply(struct parser *parser, struct match match, const char *label, const char *attached)
{
	const char *text = attached;

	if (!takes_value(match.option)) {
		if (attached)
			return error_set(parser->err, ERR_USAGE, "%s takes no value", label);
		text = match.negated ? "false" : "true";
	} else if (!text) {
		if (parser->at >= parser->count)
			return error_set(parser->err, ERR_USAGE, "%s needs a value: %s %s", label,
				label, match.option->value ? match.option->value : "VALUE");
		text = parser->arguments[parser->at++];
	}
	*match.origin = ORIGIN_FLAG;
	return option_set(match.option, parser->context, match.base, text, label, parser->err);
}

static int parse_long(struct parser *parser, const char *argument)
{
	struct str given = str_of(argument + 2), rest = given;
	struct str name = str_split(&rest, '=');
	struct match match;
	struct str label;

	if (!find_option(parser, name, 0, &match) && !find_negated(parser, name, &match))
		return fail_usage(parser, name, "there is no option");
	label = arena_printf(parser->context->arena, "--%.*s", STR_ARG(name));
	if (str_absent(label))
		return error_memory(parser->err);
	return apply(parser, match, label.data, rest.data);
}

/* "-qv": letters without values, the last of which may have one: "-Cdir" or "-C dir". */
static int parse_letters(struct parser *parser, const char *argument)
{
	for (const char *at = argument + 1; *at; at++) {
		char label[3] = {'-', *at, '\0'};
		struct match match;
		bool valued;
		int r;

		if (!find_option(parser, STR(""), *at, &match))
			return fail_usage(parser, (struct str){at, 1}, "there is no option");
		valued = takes_value(match.option);
		r = apply(parser, match, label, valued && at[1] ? at + 1 : NULL);
		if (r < 0 || valued)
			return r;
	}
	return 0;
}

static bool is_option(const char *argument)
{
	return argument[0] == '-' && argument[1] != '\0';
}

static int parse_option(struct parser *parser)
{
	const char *argument = parser->arguments[parser->at++];

	return argument[1] == '-' ? parse_long(parser, argument) : parse_letters(parser, argument);
}

const struct command *command_named(struct str name)
{
	for (size_t i = 0; commands[i]; i++)
		if (str_is(name, commands[i]->name))
			return commands[i];
	return NULL;
}

/* What is wrong with a word that is no command: half of a two-word one, or mistyped. */
static int fail_command(struct str word, struct str next, struct error *err)
{
	struct suggestion near = {.typed = word}, second = {.typed = next};
	struct str first = STR("");
	bool group = false;

	for (size_t i = 0; commands[i]; i++) {
		struct str rest = str_of(commands[i]->name);
		struct str head = str_split(&rest, ' ');

		if (commands[i]->hidden)
			continue;
		suggest_offer(&near, head);
		if (str_absent(rest) || !str_eq(head, word))
			continue;
		first = group ? first : rest;
		group = true;
		suggest_offer(&second, rest);
	}
	if (group && str_absent(next))
		return error_set(err, ERR_USAGE,
			"'weir %.*s' needs a word more, such as 'weir %.*s %.*s'; see 'weir help "
			"%.*s'",
			STR_ARG(word), STR_ARG(word), STR_ARG(first), STR_ARG(word));
	if (group && !str_absent(suggest_result(&second)))
		return error_set(err, ERR_USAGE,
			"there is no command '%.*s %.*s'; did you mean '%.*s %.*s'?", STR_ARG(word),
			STR_ARG(next), STR_ARG(word), STR_ARG(second.best));
	if (group)
		return error_set(err, ERR_USAGE,
			"there is no command '%.*s %.*s'; see 'weir help %.*s'", STR_ARG(word),
			STR_ARG(next), STR_ARG(word));
	if (!str_absent(suggest_result(&near)))
		return error_set(err, ERR_USAGE, "there is no command '%.*s'; did you mean '%.*s'?",
			STR_ARG(word), STR_ARG(near.best));
	return error_set(
		err, ERR_USAGE, "there is no command '%.*s'; see 'weir help'", STR_ARG(word));
}

/* Whether it is the first word of commands of two. */
static bool is_group(struct str word)
{
	for (size_t i = 0; commands[i]; i++) {
		struct str rest = str_of(commands[i]->name);

		if (str_eq(str_split(&rest, ' '), word) && !str_absent(rest))
			return true;
	}
	return false;
}

static bool asks_for_help(const char *argument)
{
	return strcmp(argument, "--help") == 0 || strcmp(argument, "-h") == 0;
}

int command_select(struct context *context, int count, const char *const *arguments,
	const struct command **ret_command, int *ret_used, struct error *err)
{
	struct parser parser = {NULL, context, NULL, count, arguments, 0, err};
	const struct command *command = NULL;
	struct str word, next = {NULL, 0};
	int r;

	while (parser.at < count && is_option(arguments[parser.at])) {
		r = parse_option(&parser);
		if (r < 0)
			return r;
	}
	*ret_command = NULL;
	*ret_used = parser.at;
	if (parser.at == count)
		return 0;
	word = str_of(arguments[parser.at]);
	if (parser.at + 1 < count && !is_option(arguments[parser.at + 1])) {
		struct str both;

		next = str_of(arguments[parser.at + 1]);
		both = arena_printf(context->arena, "%.*s %.*s", STR_ARG(word), STR_ARG(next));
		command = command_named(both);
		*ret_used = parser.at + 2;
	}
	if (!command) {
		command = command_named(word);
		*ret_used = parser.at + 1;
	}
	*ret_command = command;
	/* "weir config --help" asks for the group's commands, and main answers. */
	if (!command && is_group(word) && *ret_used < count &&
		asks_for_help(arguments[*ret_used])) {
		context->global.help = true;
		return 0;
	}
	return command ? 0 : fail_command(word, next, err);
}

void command_operand_limits(const struct command *command, size_t *ret_least, size_t *ret_most)
{
	struct str rest = str_of(command->operands);
	size_t least = 0, most = 0;

	while (!str_absent(rest)) {
		struct str word = str_split(&rest, ' ');
		bool more = str_ends(word, STR("...")) || str_ends(word, STR("...]"));
		bool optional = str_starts(word, STR("[")) &&
			(str_ends(word, STR("]")) || str_ends(word, STR("]...")));

		if (word.len == 0)
			continue;
		least += !optional;
		most = more ? SIZE_MAX : size_add(most, 1);
	}
	*ret_least = least;
	*ret_most = most;
}

static int check_operands(
	const struct command *command, int count, const char *const *operands, struct error *err)
{
	size_t least, most;

	command_operand_limits(command, &least, &most);
	if ((size_t)count < least)
		return error_set(err, ERR_USAGE, "something is missing: weir %s %s", command->name,
			command->operands);
	if ((size_t)count <= most)
		return 0;
	if (most == 0)
		return error_set(err, ERR_USAGE, "weir %s takes no operands, but was given '%s'",
			command->name, operands[most]);
	return error_set(err, ERR_USAGE, "'%s' is too much: weir %s %s", operands[most],
		command->name, command->operands);
}

static int apply_environment(struct context *context, struct option_table table, struct error *err)
{
	for (size_t i = 0; i < table.count; i++) {
		const struct option *option = &table.rows[i];
		const char *text = option->environment ? getenv(option->environment) : NULL;
		int r;

		if (!text || !*text || table.origins[i] != ORIGIN_NONE)
			continue;
		table.origins[i] = ORIGIN_ENVIRONMENT;
		r = option_set(option, context, table.values, text, option->environment, err);
		if (r < 0)
			return r;
	}
	return 0;
}

int command_parse(const struct command *command, struct context *context, int count,
	const char *const *arguments, void *options, const char *const **ret_operands,
	int *ret_operand_count, struct error *err)
{
	struct parser parser = {command, context, options, count, arguments, 0, err};
	const char **operands = ARENA_ARRAY(context->arena, const char *, (size_t)count + 1);
	int operand_count = 0;
	bool ended = false;
	int r = 0;

	context->command = command;
	context->origins = arena_alloc(context->arena, command->option_count);
	if (!operands || !context->origins)
		return error_memory(err);
	while (parser.at < count) {
		const char *argument = arguments[parser.at];

		if (!ended && strcmp(argument, "--") == 0) {
			ended = true;
			parser.at++;
		} else if (!ended && is_option(argument)) {
			r = parse_option(&parser);
		} else {
			operands[operand_count++] = argument;
			parser.at++;
		}
		if (r < 0)
			return r;
	}
	*ret_operands = operands;
	*ret_operand_count = operand_count;
	if (context->global.help || context->global.version)
		return 0;
	r = check_operands(command, operand_count, operands, err);
	for (int which = 0; which < OPTION_TABLES && r == 0; which++)
		r = apply_environment(context, option_table(context, options, which), err);
	return r;
}

size_t command_stdin_count(const char *const *files, size_t count)
{
	size_t named = 0;

	for (size_t i = 0; i < count; i++)
		named += files[i] &&
			(strcmp(files[i], "-") == 0 || str_ends(str_of(files[i]), STR("=-")));
	return named;
}

int command_stdin_once(size_t named, struct error *err)
{
	if (named > 1)
		return error_set(err, ERR_USAGE,
			"standard input (-) is named %zu times, and can be read once", named);
	return 0;
}
