/* SPDX-License-Identifier: Apache-2.0 */
/* Reading a repository, a hostile one too. */
#define _GNU_SOURCE
#include "tool/git.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/process.h"
#include "room.h"

static struct arena *arena;
static char home[ROOM_PATH];
static char repository[ROOM_PATH + 8];

/* Runs a line of shell in the repository; what it prints is returned without its newline. */
static struct str shell(const char *line)
{
	const char *const argv[] = {"sh", "-ec", line, NULL};
	const char *const names[] = {"PATH", NULL};
	const char *extra[] = {NULL, "GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@example.com",
		"GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@example.com", NULL};
	struct process_result result = {0};
	struct process_spec spec = {.argv = argv, .dir = repository};
	struct str out;

	extra[0] = arena_printf(arena, "HOME=%s", home).data;
	spec.environment = process_environment(names, extra, arena);
	assert_int_equal(process_run(&spec, &result, NULL), 0);
	if (result.exit_code)
		print_error("%.*s\n", STR_ARG(buf_str(&result.errors)));
	assert_int_equal(result.exit_code, 0);
	out = arena_str(arena, str_trim(buf_str(&result.out)));
	process_result_free(&result);
	return out;
}

/* main has weir.yaml = "base"; the branch `change` forks from it and changes it. */
static int set_up(void **state)
{
	(void)state;
	arena = arena_create(64 << 20);
	room_open(home);
	setenv("HOME", home, 1);
	unsetenv("XDG_CONFIG_HOME");
	snprintf(repository, sizeof(repository), "%s/r", home);
	assert_int_equal(mkdir(repository, 0700), 0);
	shell("git init -q -b main; printf base > weir.yaml; : > empty; mkdir -p 'a b'; "
	      "printf deep > 'a b/[x].yaml'; ln -s weir.yaml link; git add .; git commit -qm one; "
	      "git checkout -q -b change; printf changed > weir.yaml; git commit -qam two; "
	      "git checkout -q main; printf newer > weir.yaml; git commit -qam three; "
	      "git checkout -q change");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	room_close(home);
	arena_destroy(arena);
	return 0;
}

static void assert_str(struct str got, const char *wanted)
{
	if (str_absent(got))
		fail_msg("absent, but %s was expected", wanted);
	if (!str_is(got, wanted))
		fail_msg("%.*s, but %s was expected", STR_ARG(got), wanted);
}

static void toplevel(void **state)
{
	struct str path = STR("x");
	struct str inside = arena_printf(arena, "%s/a b", repository);

	(void)state;
	assert_int_equal(git_toplevel(inside.data, arena, &path, NULL), 0);
	assert_str(path, repository);
	assert_int_equal(git_toplevel("/", arena, &path, NULL), 0);
	assert_true(str_absent(path));
}

static void merge_base(void **state)
{
	struct str commit = {NULL, 0}, wanted = shell("git rev-parse main~1");

	(void)state;
	assert_int_equal(git_merge_base(repository, "main", arena, &commit, NULL), 0);
	assert_str(commit, wanted.data);
	assert_int_equal(git_merge_base(repository, "nowhere", arena, &commit, NULL), 0);
	assert_true(str_absent(commit));
}

static void a_ref_is_never_an_option(void **state)
{
	struct str commit = STR("x");

	(void)state;
	assert_int_equal(git_merge_base(repository, "--all", arena, &commit, NULL), 0);
	assert_true(str_absent(commit));
}

static struct str show(const char *path)
{
	struct str commit = shell("git rev-parse main~1"), bytes = STR("?");

	assert_int_equal(git_show(repository, commit, path, arena, &bytes, NULL), 0);
	return bytes;
}

static void show_reads_the_commit_not_the_tree(void **state)
{
	(void)state;
	assert_str(show("weir.yaml"), "base");
	assert_str(show("a b/[x].yaml"), "deep");
	assert_str(show("empty"), "");
}

static void what_is_no_file_is_absent(void **state)
{
	(void)state;
	assert_true(str_absent(show("nothing.yaml")));
	assert_true(str_absent(show("a b")));
	assert_true(str_is(show("link"), "weir.yaml"));
	assert_true(str_absent(show("*.yaml")));
	assert_true(str_absent(show(":(glob)**/*.yaml")));
}

static void an_unknown_commit_is_an_error(void **state)
{
	struct str bytes = {NULL, 0};
	struct error err = {0};

	(void)state;
	assert_int_equal(git_show(repository, STR("1234567890123456789012345678901234567890"),
				 "weir.yaml", arena, &bytes, &err),
		-69);
	assert_int_equal(err.id, ERR_GIT);
}

static void list(void **state)
{
	struct git_paths paths = {0};

	(void)state;
	assert_int_equal(
		git_list(repository, shell("git rev-parse main"), "", arena, &paths, NULL), 0);
	assert_int_equal(paths.count, 3);
	assert_str(paths.items[0], "a b/[x].yaml");
	assert_str(paths.items[1], "empty");
	assert_str(paths.items[2], "weir.yaml");
	assert_int_equal(
		git_list(repository, shell("git rev-parse main"), "a b", arena, &paths, NULL), 0);
	assert_int_equal(paths.count, 1);
}

/* Everything that a repository's configuration can name is a program that leaves a mark. */
static void a_hostile_configuration_runs_nothing(void **state)
{
	struct str mark = arena_printf(arena, "%s/mark", home);
	struct str commit;

	(void)state;
	shell("printf '#!/bin/sh\\ntouch ../mark\\n' > ../evil; chmod +x ../evil; "
	      "E=$(pwd)/../evil; "
	      "git config core.fsmonitor $E; git config core.pager $E; git config pager.show $E; "
	      "git config diff.external $E; git config core.sshCommand $E; "
	      "git config diff.evil.textconv $E; git config filter.evil.smudge $E; "
	      "git config filter.evil.clean $E; git config alias.merge-base \"!$E\"; "
	      "git config log.showSignature true; git config gpg.program $E; "
	      "git config protocol.ext.allow always; git config remote.o.url \"ext::$E\"; "
	      "git config remote.o.promisor true; git config extensions.partialClone o; "
	      "git config core.repositoryFormatVersion 1; git config credential.helper \"!$E\"; "
	      "printf '* diff=evil filter=evil' > .git/info/attributes");
	assert_str(show("weir.yaml"), "base");
	assert_int_equal(git_merge_base(repository, "main", arena, &commit, NULL), 0);
	/* a missing object must not be fetched */
	assert_int_equal(git_show(repository, STR("1234567890123456789012345678901234567890"),
				 "weir.yaml", arena, &commit, NULL),
		-69);
	assert_false(file_exists(mark.data));
	shell("printf '[core]\\n\\trepositoryformatversion = 0\\n' > .git/config; "
	      "rm .git/info/attributes");
}

static void replaced_objects_do_not_count(void **state)
{
	(void)state;
	shell("git replace $(git rev-parse main~1:weir.yaml) $(git rev-parse change:weir.yaml)");
	assert_str(show("weir.yaml"), "base");
	shell("git replace -d $(git rev-parse main~1:weir.yaml)");
}

/* A bare repository may be checked in as plain files; it must not pass for the real one. */
static void a_bare_repository_in_the_tree_is_not_used(void **state)
{
	struct str inside = arena_printf(arena, "%s/bare", repository);
	struct str commit = STR("x");

	(void)state;
	shell("git init -q --bare bare");
	assert_int_equal(git_resolve(inside.data, "main", arena, &commit, NULL), 0);
	assert_true(str_absent(commit) || str_eq(commit, shell("git rev-parse main")));
	shell("rm -rf bare");
}

int main(int count, char **arguments)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(toplevel),
		cmocka_unit_test(merge_base),
		cmocka_unit_test(a_ref_is_never_an_option),
		cmocka_unit_test(show_reads_the_commit_not_the_tree),
		cmocka_unit_test(what_is_no_file_is_absent),
		cmocka_unit_test(an_unknown_commit_is_an_error),
		cmocka_unit_test(list),
		cmocka_unit_test(a_hostile_configuration_runs_nothing),
		cmocka_unit_test(replaced_objects_do_not_count),
		cmocka_unit_test(a_bare_repository_in_the_tree_is_not_used),
	};

	if (count > 1)
		cmocka_set_test_filter(arguments[1]);
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
