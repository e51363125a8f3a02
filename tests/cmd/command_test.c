/* SPDX-License-Identifier: Apache-2.0 */
/* Command lines against a table: what each option type takes, what is refused and in which words. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "cmd/command.h"

struct values {
	bool flag;
	bool loose;
	const char *text;
	const char *choice;
	struct option_list list;
	uint64_t size;
	unsigned count;
};

static const struct option rows[] = {
	{"flag", 'f', OPTION_FLAG, NULL, NULL, "a flag", offsetof(struct values, flag)},
	{"loose", 0, OPTION_FLAG, NULL, NULL, "a flag of weir.yaml", offsetof(struct values, loose),
		NULL, "WEIR_TEST_LOOSE", NULL},
	{"text", 't', OPTION_TEXT, "TEXT", NULL, "a text", offsetof(struct values, text), NULL,
		"WEIR_TEST_TEXT", NULL, "preset"},
	{"choice", 0, OPTION_CHOICE, "WHICH", "red|green", "a choice",
		offsetof(struct values, choice), NULL, "WEIR_TEST_CHOICE"},
	{"list", 'l', OPTION_LIST, "ITEM", NULL, "a list", offsetof(struct values, list)},
	{"size", 's', OPTION_SIZE, "SIZE", NULL, "a size", offsetof(struct values, size)},
	{"count", 'c', OPTION_COUNT, NULL, NULL, "a count", offsetof(struct values, count)},
	{"secret", 0, OPTION_FLAG, NULL, NULL, "hidden", offsetof(struct values, flag), NULL, NULL,
		NULL, NULL, true},
};

static const struct command command = {
	.name = "try",
	.operands = "ONE [TWO]",
	.options = rows,
	.option_count = COUNT_OF(rows),
	.options_size = sizeof(struct values),
};

struct fixture {
	struct context context;
	struct values values;
	const char *const *operands;
	int operand_count;
	struct error err;
};

static int setup(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));

	fixture->context.arena = arena_create(1 << 20);
	unsetenv("WEIR_TEST_TEXT");
	unsetenv("WEIR_TEST_CHOICE");
	unsetenv("WEIR_TEST_LOOSE");
	unsetenv("WEIR_FORMAT");
	*state = fixture;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *fixture = *state;

	arena_destroy(fixture->context.arena);
	free(fixture);
	return 0;
}

/* Parses the words of `line`, which are parted by single spaces. */
static int parse_line(struct fixture *fixture, const char *line)
{
	const char *arguments[32];
	struct str rest = str_of(*line ? line : NULL);
	int count = 0;

	memset(&fixture->values, 0, sizeof(fixture->values));
	memset(&fixture->context.global, 0, sizeof(fixture->context.global));
	while (!str_absent(rest))
		arguments[count++] = arena_cstr(fixture->context.arena, str_split(&rest, ' '));
	return command_parse(&command, &fixture->context, count, arguments, &fixture->values,
		&fixture->operands, &fixture->operand_count, &fixture->err);
}

static void accept(struct fixture *fixture, const char *line)
{
	if (parse_line(fixture, line) < 0)
		fail_msg("%s: %s", line, fixture->err.message);
}

static void refuse(struct fixture *fixture, const char *line, const char *message)
{
	assert_int_equal(parse_line(fixture, line), -64);
	assert_string_equal(fixture->err.message, message);
}

static void values_are_attached_or_follow(void **state)
{
	struct fixture *fixture = *state;

	accept(fixture, "--text=a b");
	assert_string_equal(fixture->values.text, "a");
	accept(fixture, "--text a b");
	assert_string_equal(fixture->values.text, "a");
	assert_string_equal(fixture->operands[0], "b");
	accept(fixture, "-ta b");
	assert_string_equal(fixture->values.text, "a");
	accept(fixture, "-t a b");
	assert_string_equal(fixture->values.text, "a");
	accept(fixture, "--text= b");
	assert_string_equal(fixture->values.text, "");
	accept(fixture, "--text=a=b c");
	assert_string_equal(fixture->values.text, "a=b");
	accept(fixture, "b --text --flag");
	assert_string_equal(fixture->values.text, "--flag");
	assert_false(fixture->values.flag);
	accept(fixture, "--text a --text b c");
	assert_string_equal(fixture->values.text, "b");
}

static void letters_may_be_bundled(void **state)
{
	struct fixture *fixture = *state;

	accept(fixture, "-fcc -cta b");
	assert_true(fixture->values.flag);
	assert_int_equal(fixture->values.count, 3);
	assert_string_equal(fixture->values.text, "a");
	accept(fixture, "-fqt a b");
	assert_true(fixture->context.global.quiet);
	assert_string_equal(fixture->values.text, "a");
}

static void lists_and_sizes_are_read(void **state)
{
	struct fixture *fixture = *state;

	accept(fixture, "-l a --list=b -lc x");
	assert_int_equal(fixture->values.list.count, 3);
	assert_string_equal(fixture->values.list.items[0], "a");
	assert_string_equal(fixture->values.list.items[2], "c");
	accept(fixture, "-s 512 x");
	assert_true(fixture->values.size == 512);
	accept(fixture, "-s 2k x");
	assert_true(fixture->values.size == 2048);
	accept(fixture, "-s3M x");
	assert_true(fixture->values.size == 3u << 20);
	accept(fixture, "--size=4G x");
	assert_true(fixture->values.size == (uint64_t)4 << 30);
	refuse(fixture, "-s 4K x", "-s: '4K' is no size; write bytes, or 512k, 64M, 2G");
	refuse(fixture, "-s k x", "-s: 'k' is no size; write bytes, or 512k, 64M, 2G");
	refuse(fixture, "-s -1 x", "-s: '-1' is no size; write bytes, or 512k, 64M, 2G");
	refuse(fixture, "-s 99999999999G x",
		"-s: '99999999999G' is no size; write bytes, or 512k, 64M, 2G");
}

static void options_end_at_two_dashes_and_one_is_an_operand(void **state)
{
	struct fixture *fixture = *state;

	accept(fixture, "- -f");
	assert_int_equal(fixture->operand_count, 1);
	assert_string_equal(fixture->operands[0], "-");
	assert_true(fixture->values.flag);
	accept(fixture, "-- -f --");
	assert_int_equal(fixture->operand_count, 2);
	assert_string_equal(fixture->operands[0], "-f");
	assert_string_equal(fixture->operands[1], "--");
	assert_false(fixture->values.flag);
}

static void mistakes_are_named(void **state)
{
	struct fixture *fixture = *state;

	refuse(fixture, "--txet a b", "there is no option '--txet'; did you mean '--text'?");
	refuse(fixture, "--verbos b", "there is no option '--verbos'; did you mean '--verbose'?");
	refuse(fixture, "--unheard b", "there is no option '--unheard'; see 'weir try --help'");
	refuse(fixture, "--secre b", "there is no option '--secre'; see 'weir try --help'");
	refuse(fixture, "-fz b", "there is no option '-z'; see 'weir try --help'");
	refuse(fixture, "b --text", "--text needs a value: --text TEXT");
	refuse(fixture, "b -t", "-t needs a value: -t TEXT");
	refuse(fixture, "--flag=yes b", "--flag takes no value");
	refuse(fixture, "--choice blue b", "--choice: 'blue' is not one of red|green");
	refuse(fixture, "--choice gren b",
		"--choice: 'gren' is not one of red|green; did you mean 'green'?");
	refuse(fixture, "--choice red|green b", "--choice: 'red|green' is not one of red|green");
	refuse(fixture, "", "something is missing: weir try ONE [TWO]");
	refuse(fixture, "a b c", "'c' is too much: weir try ONE [TWO]");
	refuse(fixture, "--no-flag b", "there is no option '--no-flag'; see 'weir try --help'");
}

static void the_environment_fills_what_no_flag_gave(void **state)
{
	struct fixture *fixture = *state;

	setenv("WEIR_TEST_TEXT", "env", 1);
	setenv("WEIR_TEST_LOOSE", "1", 1);
	accept(fixture, "x");
	assert_string_equal(fixture->values.text, "env");
	assert_true(fixture->values.loose);
	assert_int_equal(fixture->context.origins[2], ORIGIN_ENVIRONMENT);
	accept(fixture, "x --text flag --no-loose");
	assert_string_equal(fixture->values.text, "flag");
	assert_false(fixture->values.loose);
	assert_int_equal(fixture->context.origins[1], ORIGIN_FLAG);
	assert_int_equal(fixture->context.origins[2], ORIGIN_FLAG);
	setenv("WEIR_TEST_TEXT", "", 1);
	accept(fixture, "x");
	assert_null(fixture->values.text);
	setenv("WEIR_TEST_LOOSE", "maybe", 1);
	refuse(fixture, "x", "WEIR_TEST_LOOSE: 'maybe' is neither true nor false");
	setenv("WEIR_TEST_LOOSE", "off", 1);
	setenv("WEIR_TEST_CHOICE", "blue", 1);
	refuse(fixture, "x", "WEIR_TEST_CHOICE: 'blue' is not one of red|green");
}

static void presets_come_last(void **state)
{
	struct fixture *fixture = *state;

	accept(fixture, "x");
	assert_int_equal(
		command_configure(&fixture->context, &fixture->values, NULL, &fixture->err), 0);
	assert_string_equal(fixture->values.text, "preset");
	assert_int_equal(fixture->context.origins[2], ORIGIN_PRESET);
	assert_int_equal(fixture->context.origins[3], ORIGIN_NONE);
	accept(fixture, "x --text=given");
	assert_int_equal(
		command_configure(&fixture->context, &fixture->values, NULL, &fixture->err), 0);
	assert_string_equal(fixture->values.text, "given");
}

static void help_needs_no_operands(void **state)
{
	struct fixture *fixture = *state;

	accept(fixture, "--help");
	assert_true(fixture->context.global.help);
	accept(fixture, "-h a b c d");
	assert_true(fixture->context.global.help);
}

static void operands_are_counted_from_their_text(void **state)
{
	static const struct {
		const char *operands;
		size_t least, most;
	} cases[] = {
		{NULL, 0, 0},
		{"FILE", 1, 1},
		{"[FILE]", 0, 1},
		{"FILE [MORE]", 1, 2},
		{"FILE...", 1, SIZE_MAX},
		{"[FILE...]", 0, SIZE_MAX},
		{"[FILE]...", 0, SIZE_MAX},
		{"[NAME=]PLAN...", 1, SIZE_MAX},
		{"[[NAME=]PLAN...]", 0, SIZE_MAX},
		{"[NAME=]PLAN", 1, 1},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct command counted = {.operands = cases[i].operands};
		size_t least = 42, most = 42;

		command_operand_limits(&counted, &least, &most);
		if (least != cases[i].least || most != cases[i].most)
			fail_msg("%s: %zu %zu", cases[i].operands, least, most);
	}
}

/* What a table promises to help, completions and configuration. */
static void the_tables_of_all_commands_are_sound(void **state)
{
	(void)state;
	for (size_t i = 0; commands[i]; i++) {
		const struct command *row = commands[i];

		assert_non_null(row->name);
		assert_non_null(row->summary);
		assert_non_null(row->run);
		assert_true(row->summary[strlen(row->summary) - 1] != '.');
		for (size_t j = 0; j < row->option_count; j++) {
			const struct option *option = &row->options[j];
			bool valued = option->type != OPTION_FLAG && option->type != OPTION_COUNT;
			enum config_key key;

			if (option->help[strlen(option->help) - 1] == '.')
				fail_msg("%s --%s: full stop", row->name, option->name);
			if (valued != (option->value != NULL))
				fail_msg("%s --%s: value", row->name, option->name);
			if ((option->type == OPTION_CHOICE) != (option->choices != NULL))
				fail_msg("%s --%s: choices", row->name, option->name);
			if (option->offset >= row->options_size)
				fail_msg("%s --%s: offset", row->name, option->name);
			if (option->config && !config_key_find(str_of(option->config), &key))
				fail_msg("%s --%s: no key %s", row->name, option->name,
					option->config);
			/* A command may know more than the key, which is for all of them. */
			if (option->config && option->choices &&
				!str_starts(str_of(option->choices),
					str_of(config_key_info(key)->choices)))
				fail_msg("%s --%s: not the choices of %s", row->name, option->name,
					option->config);
			for (size_t k = 0; k < j; k++)
				if (strcmp(option->name, row->options[k].name) == 0 ||
					(option->letter &&
						option->letter == row->options[k].letter))
					fail_msg("%s --%s: twice", row->name, option->name);
		}
	}
}

static const struct command *select_line(struct fixture *fixture, const char *line, int *ret_used)
{
	const char *arguments[8];
	struct str rest = str_of(line);
	const struct command *found = NULL;
	int count = 0;

	fixture->context.command = NULL;
	while (!str_absent(rest))
		arguments[count++] = arena_cstr(fixture->context.arena, str_split(&rest, ' '));
	if (command_select(&fixture->context, count, arguments, &found, ret_used, &fixture->err) <
		0)
		return NULL;
	return found;
}

static void commands_of_one_word_and_two_are_found(void **state)
{
	struct fixture *fixture = *state;
	int used = 0;

	assert_string_equal(select_line(fixture, "help", &used)->name, "help");
	assert_int_equal(used, 1);
	assert_string_equal(select_line(fixture, "-v help version", &used)->name, "help");
	assert_int_equal(used, 2);
	assert_string_equal(
		select_line(fixture, "config show --origin", &used)->name, "config show");
	assert_int_equal(used, 2);
	assert_null(select_line(fixture, "config", &used));
	assert_string_equal(fixture->err.message,
		"'weir config' needs a word more, such as 'weir config show'; see 'weir help "
		"config'");
	assert_null(select_line(fixture, "config shwo", &used));
	assert_string_equal(fixture->err.message,
		"there is no command 'config shwo'; did you mean 'config show'?");
	assert_null(select_line(fixture, "halp", &used));
	assert_string_equal(
		fixture->err.message, "there is no command 'halp'; did you mean 'help'?");
	assert_null(select_line(fixture, "zzzzzz", &used));
	assert_string_equal(fixture->err.message, "there is no command 'zzzzzz'; see 'weir help'");
}

static void every_allocation_may_fail(void **state)
{
	struct fixture *fixture = *state;
	static const char *const arguments[] = {"--text=a", "-l", "b", "--list", "c", "x"};

	/* Two arrays, two labels of long options, one list. */
	for (uint64_t i = 1; i <= 6; i++) {
		struct arena *whole = fixture->context.arena;
		int r;

		fixture->context.arena = arena_create(1 << 20);
		memset(&fixture->values, 0, sizeof(fixture->values));
		mem_fail_from(i);
		r = command_parse(&command, &fixture->context, COUNT_OF(arguments), arguments,
			&fixture->values, &fixture->operands, &fixture->operand_count,
			&fixture->err);
		mem_fail_from(0);
		arena_destroy(fixture->context.arena);
		fixture->context.arena = whole;
		assert_int_equal(r, i <= 5 ? -75 : 0);
	}
}

int main(int argc, char **argv)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(values_are_attached_or_follow),
		TEST(letters_may_be_bundled),
		TEST(lists_and_sizes_are_read),
		TEST(options_end_at_two_dashes_and_one_is_an_operand),
		TEST(mistakes_are_named),
		TEST(the_environment_fills_what_no_flag_gave),
		TEST(presets_come_last),
		TEST(help_needs_no_operands),
		TEST(operands_are_counted_from_their_text),
		TEST(the_tables_of_all_commands_are_sound),
		TEST(commands_of_one_word_and_two_are_found),
		TEST(every_allocation_may_fail),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
