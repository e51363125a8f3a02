/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Configurations out of a repository made for each test: search, includes,
 * precedence, trust, and the exact words and place of each refusal.
 */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/json.h"
#include "config/config.h"
#include "room.h"

/* The root of weir's own sources, where the tests are started. */
static char start[4096];

struct fixture {
	struct arena *arena;
	char home[ROOM_PATH]; /* the directory that all is made in */
	const struct config *config;
	struct error err;
};

static int setup(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));

	fixture->arena = arena_create(1 << 24);
	room_open(fixture->home);
	assert_int_equal(chdir(fixture->home), 0);
	mkdir("repo", 0700);
	mkdir("repo/.git", 0700);
	mkdir("repo/envs", 0700);
	mkdir("repo/envs/dev", 0700);
	assert_int_equal(chdir("repo"), 0);
	*state = fixture;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *fixture = *state;

	assert_int_equal(chdir("/"), 0);
	room_close(fixture->home);
	arena_destroy(fixture->arena);
	free(fixture);
	return 0;
}

static void write_file(const char *path, const char *text)
{
	struct error err;

	if (file_replace(path, str_of(text), 0600, &err) < 0)
		fail_msg("%s: %s", path, err.message);
}

static void load_as(struct fixture *fixture, const struct config_options *options)
{
	if (config_load(options, fixture->arena, &fixture->config, &fixture->err) < 0)
		fail_msg("%s:%u:%u: %s", fixture->err.file, fixture->err.line, fixture->err.column,
			fixture->err.message);
}

static void load(struct fixture *fixture)
{
	load_as(fixture, &(struct config_options){0});
}

static void refused_as(struct fixture *fixture, const struct config_options *options,
	enum error_id id, const char *place, const char *message)
{
	const struct config *untouched = fixture->config;
	char found[700];
	int r = config_load(options, fixture->arena, &fixture->config, &fixture->err);

	assert_int_equal(r, -error_info(id)->exit_code);
	assert_int_equal(fixture->err.id, id);
	snprintf(found, sizeof(found), "%s:%u:%u", fixture->err.file, fixture->err.line,
		fixture->err.column);
	assert_string_equal(found, place);
	assert_string_equal(fixture->err.message, message);
	assert_ptr_equal(fixture->config, untouched);
}

static void refused(struct fixture *fixture, const char *text, enum error_id id, const char *place,
	const char *message)
{
	write_file("weir.yaml", text);
	refused_as(fixture, &(struct config_options){0}, id, place, message);
}

static const char *text_of(struct fixture *fixture, enum config_key key)
{
	const struct config_entry *entry = config_get(fixture->config, key);

	return entry ? entry->text.data : NULL;
}

static void without_a_file_nothing_is_set(void **state)
{
	struct fixture *fixture = *state;

	load(fixture);
	assert_int_equal(fixture->config->file_count, 0);
	assert_false(fixture->config->trusted);
	for (int key = 0; key < CONFIG_KEY_COUNT; key++)
		assert_int_equal(fixture->config->values[key].count, 0);
	/* SHA-256 of nothing. */
	assert_string_equal(fixture->config->digest.data,
		"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

static void the_nearest_file_up_to_the_root_is_read(void **state)
{
	struct fixture *fixture = *state;

	write_file("../weir.yaml", "format: text\n");
	assert_int_equal(chdir("envs/dev"), 0);
	load(fixture);
	assert_int_equal(fixture->config->file_count, 0);

	write_file("../../weir.yaml", "format: json\n");
	load(fixture);
	assert_string_equal(fixture->config->files[0].path.data, "../../weir.yaml");
	assert_string_equal(text_of(fixture, CONFIG_FORMAT), "json");

	write_file("../weir.yaml", "fail_on: ask\n");
	load(fixture);
	assert_int_equal(fixture->config->file_count, 1);
	assert_string_equal(fixture->config->files[0].path.data, "../weir.yaml");
	assert_null(text_of(fixture, CONFIG_FORMAT));
}

static void outside_of_a_repository_only_here(void **state)
{
	struct fixture *fixture = *state;

	assert_int_equal(chdir(".."), 0);
	write_file("weir.yaml", "format: json\n");
	load(fixture);
	assert_string_equal(text_of(fixture, CONFIG_FORMAT), "json");
	mkdir("plain", 0700);
	assert_int_equal(chdir("plain"), 0);
	load(fixture);
	assert_int_equal(fixture->config->file_count, 0);
}

static void what_loosens_counts_from_a_trusted_file_only(void **state)
{
	struct fixture *fixture = *state;
	const struct config_entry *entry;

	write_file("weir.yaml",
		"fail_on: never\n"
		"observe: true\n"
		"terraform_bin: ./evil\n"
		"profiles:\n"
		"  envs/dev: relaxed\n"
		"  envs/**: strict\n"
		"require_intent: [envs/prod/**]\n");
	load(fixture);
	assert_null(text_of(fixture, CONFIG_FAIL_ON));
	assert_null(text_of(fixture, CONFIG_OBSERVE));
	assert_null(text_of(fixture, CONFIG_TERRAFORM_BIN));
	assert_true(fixture->config->values[CONFIG_FAIL_ON].entries[0].ignored);
	entry = config_profile(fixture->config, STR("envs/dev"));
	assert_string_equal(entry->text.data, "strict");
	assert_int_equal(entry->place.line, 6);
	assert_int_equal(entry->place.column, 12);
	assert_null(config_profile(fixture->config, STR("other")));
	assert_non_null(config_requires_intent(fixture->config, STR("envs/prod/db")));
	assert_null(config_requires_intent(fixture->config, STR("envs/dev")));

	load_as(fixture, &(struct config_options){.path = "weir.yaml"});
	assert_true(fixture->config->trusted);
	assert_string_equal(text_of(fixture, CONFIG_FAIL_ON), "never");
	assert_string_equal(text_of(fixture, CONFIG_OBSERVE), "true");
	assert_string_equal(text_of(fixture, CONFIG_TERRAFORM_BIN), "./evil");
	assert_string_equal(config_profile(fixture->config, STR("envs/dev"))->text.data, "relaxed");

	load_as(fixture, &(struct config_options){.trust_tree = true});
	assert_string_equal(text_of(fixture, CONFIG_FAIL_ON), "never");
}

static void what_tightens_counts_from_anywhere(void **state)
{
	struct fixture *fixture = *state;

	write_file(
		"weir.yaml", "fail_on: ask\nobserve: false\nprofiles: {a: strict, b: default}\n");
	load(fixture);
	assert_string_equal(text_of(fixture, CONFIG_FAIL_ON), "ask");
	assert_string_equal(text_of(fixture, CONFIG_OBSERVE), "false");
	assert_string_equal(config_profile(fixture->config, STR("a"))->text.data, "strict");
	assert_string_equal(config_profile(fixture->config, STR("b"))->text.data, "default");
}

static void a_file_wins_over_its_includes_and_later_ones_over_earlier(void **state)
{
	struct fixture *fixture = *state;

	mkdir("shared", 0700);
	write_file("weir.yaml",
		"include: [shared/one.yaml, shared/two.yaml]\nrequire_intent: [own]\n");
	write_file("shared/one.yaml",
		"include: ./deep.yaml\nformat: json\nintent: one.yaml\nrequire_intent: [one]\n");
	write_file("shared/two.yaml", "format: text\nrequire_intent: [two]\n");
	write_file("shared/deep.yaml", "fail_on: ask\nintent: deep.yaml\n");
	load(fixture);
	assert_string_equal(text_of(fixture, CONFIG_FORMAT), "text");
	assert_string_equal(text_of(fixture, CONFIG_INTENT), "shared/one.yaml");
	assert_string_equal(text_of(fixture, CONFIG_FAIL_ON), "ask");
	assert_int_equal(fixture->config->values[CONFIG_REQUIRE_INTENT].count, 3);
	assert_string_equal(
		fixture->config->values[CONFIG_REQUIRE_INTENT].entries[0].text.data, "own");
	assert_string_equal(
		fixture->config->values[CONFIG_REQUIRE_INTENT].entries[1].text.data, "two");
	assert_string_equal(
		fixture->config->values[CONFIG_REQUIRE_INTENT].entries[2].text.data, "one");
	assert_int_equal(fixture->config->file_count, 4);
}

static void a_file_that_two_include_is_read_once(void **state)
{
	struct fixture *fixture = *state;

	write_file("weir.yaml", "include: [a.yaml, b.yaml]\n");
	write_file("a.yaml", "include: [c.yaml]\n");
	write_file("b.yaml", "include: [envs/../c.yaml]\n");
	write_file("c.yaml", "require_intent: [x]\n");
	load(fixture);
	assert_int_equal(fixture->config->file_count, 4);
	assert_int_equal(fixture->config->values[CONFIG_REQUIRE_INTENT].count, 1);
}

static void includes_stay_inside_and_end(void **state)
{
	struct fixture *fixture = *state;

	write_file("../outside.yaml", "format: json\n");
	assert_int_equal(symlink("../outside.yaml", "link.yaml"), 0);
	refused(fixture, "include: ../outside.yaml\n", ERR_CONFIG_INCLUDE, "weir.yaml:1:10",
		"'../outside.yaml' is not a path inside the repository");
	refused(fixture, "include: [a/../../outside.yaml]\n", ERR_CONFIG_INCLUDE, "weir.yaml:1:11",
		"'a/../../outside.yaml' is not a path inside the repository");
	refused(fixture, "include: /etc/hostname\n", ERR_CONFIG_INCLUDE, "weir.yaml:1:10",
		"'/etc/hostname' is not a path inside the repository");
	refused(fixture, "include: link.yaml\n", ERR_CONFIG_INCLUDE, "link.yaml:0:0",
		"is a link that leaves the repository");
	refused(fixture, "include: \"a\\0b\"\n", ERR_CONFIG_INCLUDE, "weir.yaml:1:10",
		"'a' is not a path inside the repository");
	refused(fixture, "include: nowhere.yaml\n", ERR_CONFIG_INCLUDE, "weir.yaml:1:10",
		"there is no file 'nowhere.yaml'");
	refused(fixture, "include: weir.yaml\n", ERR_CONFIG_INCLUDE, "weir.yaml:1:10",
		"'weir.yaml' includes itself in the end");
	refused(fixture, "include: {a: b}\n", ERR_CONFIG_INCLUDE, "weir.yaml:1:10",
		"'include' lists files");
	write_file("a.yaml", "\ninclude:\n- weir.yaml\n");
	refused(fixture, "include: [a.yaml]\n", ERR_CONFIG_INCLUDE, "a.yaml:3:3",
		"'weir.yaml' includes itself in the end");
}

static void a_chain_of_includes_has_an_end(void **state)
{
	struct fixture *fixture = *state;

	for (int i = 0; i < 40; i++) {
		char name[32], text[64];

		snprintf(name, sizeof(name), "n%d.yaml", i);
		snprintf(text, sizeof(text), "include: n%d.yaml\n", i + 1);
		write_file(name, text);
	}
	refused(fixture, "include: n0.yaml\n", ERR_CONFIG_INCLUDE, "n30.yaml:1:10",
		"over 32 files");
}

static void mistakes_are_named_with_their_place(void **state)
{
	struct fixture *fixture = *state;

	refused(fixture, "# a\nfail-on: ask\n", ERR_CONFIG_KEY, "weir.yaml:2:1",
		"there is no key 'fail-on'; did you mean 'fail_on'?");
	refused(fixture, "colour: red\n", ERR_CONFIG_KEY, "weir.yaml:1:1",
		"there is no key 'colour'");
	refused(fixture, "fail_on: blok\n", ERR_CONFIG_VALUE, "weir.yaml:1:10",
		"'fail_on' is one of block|ask|never; did you mean 'block'?");
	refused(fixture, "fail_on: 7\n", ERR_CONFIG_VALUE, "weir.yaml:1:10",
		"'fail_on' is one of block|ask|never");
	refused(fixture, "observe: yes\n", ERR_CONFIG_VALUE, "weir.yaml:1:10",
		"'observe' is true or false");
	refused(fixture, "intent: [a]\n", ERR_CONFIG_VALUE, "weir.yaml:1:9",
		"'intent' is the path of a file");
	refused(fixture, "require_intent: envs\n", ERR_CONFIG_VALUE, "weir.yaml:1:17",
		"'require_intent' is a list");
	refused(fixture, "require_intent: [1]\n", ERR_CONFIG_VALUE, "weir.yaml:1:18",
		"'require_intent' is a text");
	refused(fixture, "profiles: [a]\n", ERR_CONFIG_VALUE, "weir.yaml:1:11",
		"'profiles' is a map from globs of roots to one of strict|default|relaxed");
	refused(fixture, "on_unknown: perhaps\n", ERR_CONFIG_VALUE, "weir.yaml:1:13",
		"'on_unknown' is one of pass|ask, not 'perhaps'");
	refused(fixture, "on_unknown: [ask]\n", ERR_CONFIG_VALUE, "weir.yaml:1:13",
		"'on_unknown' is one of pass|ask, or a map from globs of roots to one of pass|ask "
		"or "
		"to a map from kinds to these");
	refused(fixture, "on_unknown: {a: {exposur: ask}}\n", ERR_CONFIG_VALUE, "weir.yaml:1:18",
		"a kind is one of hidden-destroy|loosened-protection|exposure|privilege|"
		"encryption-weakened|secret-in-plaintext|prevent-destroy-lost|outage|identity-loss|"
		"blast-radius; did you mean 'exposure'?");
	refused(fixture, "on_unknown: {a: {stateful-destroy: pass}}\n", ERR_CONFIG_VALUE,
		"weir.yaml:1:18",
		"a kind is one of hidden-destroy|loosened-protection|exposure|privilege|"
		"encryption-weakened|secret-in-plaintext|prevent-destroy-lost|outage|identity-loss|"
		"blast-radius, not 'stateful-destroy'");
	refused(fixture, "on_unknown: {a: {exposure: block}}\n", ERR_CONFIG_VALUE, "weir.yaml:1:28",
		"'on_unknown' is one of pass|ask, not 'block'");
	refused(fixture, "on_unknown: {exposure: ask}\n", ERR_CONFIG_VALUE, "weir.yaml:1:24",
		"'exposure' is a kind where a glob of roots belongs; for all roots: "
		"{\"**\": {exposure: ask}}");
	refused(fixture, "- a\n", ERR_CONFIG_VALUE, "weir.yaml:1:1",
		"a configuration is a map of keys");
	refused(fixture, "fail_on: ask\nfail_on: block\n", ERR_JSON_DUPLICATE_KEY, "weir.yaml:2:1",
		"the same key twice in one object, first on line 1, column 1");
}

static void requires_comes_before_unknown_keys(void **state)
{
	struct fixture *fixture = *state;

	refused(fixture, "from_the_future: 1\nrequires: \">=99\"\n", ERR_CONFIG_REQUIRES,
		"weir.yaml:2:11", "this file requires weir >=99, and this is weir " WEIR_VERSION);
	refused(fixture, "requires: latest\n", ERR_CONFIG_VALUE, "weir.yaml:1:11",
		"'requires: latest' is no list of versions such as \">=0.3, <2\"");
	refused(fixture, "requires: 1\n", ERR_CONFIG_VALUE, "weir.yaml:1:11",
		"'requires' is a text such as \">=0.3\"");
}

/* What on_unknown says of a root and a kind; "" for nothing. */
static const char *on_unknown(struct fixture *fixture, const char *root, const char *kind)
{
	const struct config_entry *entry =
		config_on_unknown(fixture->config, str_of(root), str_of(kind));

	return entry ? arena_cstr(fixture->arena, entry->text) : "";
}

static void on_unknown_is_by_root_and_kind(void **state)
{
	struct fixture *fixture = *state;

	write_file("weir.yaml",
		"on_unknown:\n"
		"  envs/prod/**: {exposure: ask, privilege: ask, outage: pass}\n"
		"  envs/dev: ask\n"
		"  envs/none:\n"
		"  \"**\": {privilege: ask, outage: ask}\n");
	load(fixture);
	assert_string_equal(on_unknown(fixture, "envs/prod/db", "exposure"), "ask");
	assert_string_equal(on_unknown(fixture, "envs/prod/db", "loosened-protection"), "");
	assert_string_equal(on_unknown(fixture, "envs/dev", "loosened-protection"), "ask");
	assert_string_equal(on_unknown(fixture, ".", "privilege"), "ask");
	assert_string_equal(on_unknown(fixture, "", "privilege"), "ask");
	assert_string_equal(on_unknown(fixture, ".", "exposure"), "");
	/* `pass` loosens what a profile or a later line asks for: it does not count from the tree. */
	assert_string_equal(on_unknown(fixture, "envs/prod/db", "outage"), "ask");
	load_as(fixture, &(struct config_options){.trust_tree = true});
	assert_string_equal(on_unknown(fixture, "envs/prod/db", "outage"), "pass");
	write_file("weir.yaml", "on_unknown: ask\n");
	load(fixture);
	assert_string_equal(on_unknown(fixture, "a/b", "exposure"), "ask");
	assert_string_equal(on_unknown(fixture, "", "identity-loss"), "ask");
}

static void an_empty_file_and_keys_without_value_set_nothing(void **state)
{
	struct fixture *fixture = *state;

	write_file("weir.yaml", "");
	load(fixture);
	assert_int_equal(fixture->config->file_count, 1);
	write_file("weir.yaml", "profiles:\n  # envs/dev: relaxed\nfail_on:\n");
	load(fixture);
	assert_null(text_of(fixture, CONFIG_FAIL_ON));
}

static void a_given_file_is_the_only_one(void **state)
{
	struct fixture *fixture = *state;

	write_file("weir.yaml", "format: json\n");
	write_file("../ci.yaml", "fail_on: block\nintent: x.yaml\ninclude: more.yaml\n");
	write_file("../more.yaml", "observe: true\n");
	load_as(fixture, &(struct config_options){.path = "../ci.yaml"});
	assert_null(text_of(fixture, CONFIG_FORMAT));
	assert_string_equal(text_of(fixture, CONFIG_FAIL_ON), "block");
	assert_string_equal(text_of(fixture, CONFIG_INTENT), "../x.yaml");
	assert_string_equal(text_of(fixture, CONFIG_OBSERVE), "true");
	assert_string_equal(fixture->config->files[0].path.data, "../ci.yaml");
	refused_as(fixture, &(struct config_options){.path = "../nope.yaml"}, ERR_FILE_MISSING,
		"../nope.yaml:0:0", "No such file or directory");
	refused_as(fixture, &(struct config_options){.path = "nope/weir.yaml"}, ERR_FILE_UNREADABLE,
		"nope:0:0", "No such file or directory");
	refused_as(fixture, &(struct config_options){.path = "envs"}, ERR_FILE_UNREADABLE,
		"envs:0:0", "is a directory");
}

/* A commit: what `paths` names has the text beside it. */
struct commit {
	const char *paths[4];
	const char *texts[4];
	char asked[256];
};

static int read_commit(void *payload, struct str path, struct arena *arena, struct str *ret_text,
	struct error *err)
{
	struct commit *commit = payload;

	(void)arena;
	snprintf(commit->asked + strlen(commit->asked),
		sizeof(commit->asked) - strlen(commit->asked), "%.*s ", STR_ARG(path));
	for (size_t i = 0; i < 4 && commit->paths[i]; i++) {
		if (!str_is(path, commit->paths[i]))
			continue;
		*ret_text = str_of(commit->texts[i]);
		return 1;
	}
	return str_is(path, "broken.yaml") ? error_set(err, ERR_GIT, "broken") : 0;
}

static void a_commit_is_read_instead_of_the_tree_and_trusted(void **state)
{
	struct fixture *fixture = *state;
	struct commit commit = {{"weir.yaml", "shared/all.yaml"},
		{"include: shared/all.yaml\nfail_on: never\nintent: envs/i.yaml\n",
			"observe: true\n"}};
	struct config_source source = {read_commit, &commit, STR_INIT("main")};

	write_file("weir.yaml", "format: json\n");
	assert_int_equal(chdir("envs/dev"), 0);
	load_as(fixture, &(struct config_options){.source = &source});
	assert_string_equal(
		commit.asked, "envs/dev/weir.yaml envs/weir.yaml weir.yaml shared/all.yaml ");
	assert_true(fixture->config->trusted);
	assert_null(text_of(fixture, CONFIG_FORMAT));
	assert_string_equal(text_of(fixture, CONFIG_FAIL_ON), "never");
	assert_string_equal(text_of(fixture, CONFIG_OBSERVE), "true");
	/* Paths lead into the tree, places into the commit. */
	assert_string_equal(text_of(fixture, CONFIG_INTENT), "../../envs/i.yaml");
	assert_true(
		str_is(config_get(fixture->config, CONFIG_INTENT)->place.file, "main:weir.yaml"));
	commit.texts[1] = "include: ../broken.yaml\n";
	refused_as(fixture, &(struct config_options){.source = &source}, ERR_GIT, ":0:0", "broken");
}

static void the_digest_is_over_names_and_bytes(void **state)
{
	struct fixture *fixture = *state;
	char first[65];

	write_file("weir.yaml", "format: json\n");
	load(fixture);
	snprintf(first, sizeof(first), "%s", fixture->config->digest.data);
	load(fixture);
	assert_string_equal(fixture->config->digest.data, first);
	assert_int_equal(chdir("envs"), 0);
	load(fixture);
	assert_string_equal(fixture->config->digest.data, first);
	write_file("weir.yaml", "format: json\n");
	load(fixture);
	assert_string_not_equal(fixture->config->digest.data, first);
}

/* The table, the schema for editors and the manual name the same keys and choices. */
static void schema_and_manual_know_every_key(void **state)
{
	CLEANUP(file_unmap) struct file_map schema = {0}, manual = {0};
	CLEANUP(doc_cleanup) struct doc *doc = NULL;
	struct fixture *fixture = *state;
	const char *source = getenv("SOURCE");
	struct str directory = str_of(source ? source : start);
	struct str kinds = str_of(config_kinds);
	struct node properties;

	assert_int_equal(
		file_map(path_join(fixture->arena, directory, STR("data/schema/weir.schema.json")),
			1 << 20, &schema, &fixture->err),
		0);
	assert_int_equal(
		file_map(path_join(fixture->arena, directory, STR("docs/configuration.md")),
			1 << 20, &manual, &fixture->err),
		0);
	assert_int_equal(json_read(schema.text, &(struct json_options){0}, &doc, &fixture->err), 0);
	properties = NODE_GET(doc_root(doc), "properties");
	assert_int_equal(node_count(properties), CONFIG_KEY_COUNT + 2);
	for (int i = 0; i < CONFIG_KEY_COUNT; i++) {
		const struct config_key_info *info = config_key_info((enum config_key)i);
		struct node key = node_get(properties, str_of(info->name));
		struct node choices = NODE_GET(key, "enum");
		struct str rest = str_of(*info->choices ? info->choices : NULL);
		struct str row = arena_printf(fixture->arena, "\n| `%s` |", info->name);

		if (!node_exists(key) || str_find(manual.text, row) == SIZE_MAX)
			fail_msg("%s is not described", info->name);
		if (!node_exists(choices))
			choices = NODE_GET(NODE_GET(key, "additionalProperties"), "enum");
		if (!node_exists(choices))
			choices = NODE_GET(node_at(NODE_GET(key, "anyOf"), 0), "enum");
		for (size_t j = 0; !str_absent(rest); j++)
			if (!node_text_is(node_at(choices, j), str_split(&rest, '|')))
				fail_msg("%s: other choices in the schema", info->name);
	}
	for (size_t j = 0; !str_absent(kinds); j++) {
		struct str kind = str_split(&kinds, '|');

		assert_true(node_text_is(
			node_at(NODE_GET(
					NODE_GET(NODE_GET(doc_root(doc), "$defs"), "kind"), "enum"),
				j),
			kind));
		assert_int_not_equal(str_find(manual.text,
					     arena_printf(fixture->arena, "`%.*s`", STR_ARG(kind))),
			SIZE_MAX);
	}
}

static void every_allocation_may_fail(void **state)
{
	struct fixture *fixture = *state;
	uint64_t count;

	write_file("weir.yaml", "include: a.yaml\nprofiles: {x: strict}\nrequires: \">=0.0\"\n");
	write_file("a.yaml", "require_intent: [x]\nintent: y.yaml\n");
	mem_fail_from(0);
	load(fixture);
	count = mem_count();
	for (uint64_t i = 1; i <= count; i++) {
		struct arena *arena = arena_create(1 << 20);
		const struct config *config = NULL;
		int r;

		mem_fail_from(i);
		r = config_load(&(struct config_options){0}, arena, &config, &fixture->err);
		mem_fail_from(0);
		if (r != -error_info(ERR_MEMORY)->exit_code || config)
			fail_msg("allocation %llu of %llu: %d %s", (unsigned long long)i,
				(unsigned long long)count, r, fixture->err.message);
		arena_destroy(arena);
	}
}

int main(int argc, char **argv)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(without_a_file_nothing_is_set),
		TEST(the_nearest_file_up_to_the_root_is_read),
		TEST(outside_of_a_repository_only_here),
		TEST(what_loosens_counts_from_a_trusted_file_only),
		TEST(what_tightens_counts_from_anywhere),
		TEST(a_file_wins_over_its_includes_and_later_ones_over_earlier),
		TEST(a_file_that_two_include_is_read_once),
		TEST(includes_stay_inside_and_end),
		TEST(a_chain_of_includes_has_an_end),
		TEST(mistakes_are_named_with_their_place),
		TEST(requires_comes_before_unknown_keys),
		TEST(on_unknown_is_by_root_and_kind),
		TEST(an_empty_file_and_keys_without_value_set_nothing),
		TEST(a_given_file_is_the_only_one),
		TEST(a_commit_is_read_instead_of_the_tree_and_trusted),
		TEST(the_digest_is_over_names_and_bytes),
		TEST(schema_and_manual_know_every_key),
		TEST(every_allocation_may_fail),
	};

	if (!getcwd(start, sizeof(start)))
		return 1;
	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
