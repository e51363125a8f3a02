/* SPDX-License-Identifier: Apache-2.0 */
/* Saved plans through a stand-in for terraform: which program, where, with what. */
#define _GNU_SOURCE
#include "tool/terraform.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "room.h"

static char home[ROOM_PATH];
static struct arena *arena;

static const char *in_home(const char *name)
{
	return arena_printf(arena, "%s/%s", home, name).data;
}

static void put(const char *name, const char *text, unsigned mode)
{
	assert_int_equal(file_replace(in_home(name), str_of(text), mode, NULL), 0);
}

/* bin/terraform and bin/tofu print their name, directory, arguments and environment. */
static int set_up(void **state)
{
	static const char script[] = "#!/bin/sh\necho ${0##*/} ${PWD##*/} $1 $2 $3 ${4##*/} "
				     "$TF_VAR_a.$AWS_SECRET_ACCESS_KEY.$TF_IN_AUTOMATION\n"
				     "test ! -e refuse || { echo 'noise' >&2; echo 'Error: it will "
				     "not' >&2; exit 1; }\n";

	(void)state;
	arena = arena_create(1 << 20);
	room_open(home);
	assert_int_equal(mkdir(in_home("bin"), 0700), 0);
	assert_int_equal(mkdir(in_home("tf"), 0700), 0);
	assert_int_equal(mkdir(in_home("tofu"), 0700), 0);
	put("bin/terraform", script, 0700);
	put("bin/tofu", script, 0700);
	put("tf/p", "PK", 0600);
	put("tofu/p", "PK", 0600);
	put("tf/.terraform.lock.hcl", "provider \"registry.terraform.io/hashicorp/aws\" {}\n",
		0600);
	put("tofu/.terraform.lock.hcl", "provider \"registry.opentofu.org/hashicorp/aws\" {}\n",
		0600);
	setenv("PATH", arena_printf(arena, "%s/bin:/usr/bin:/bin", home).data, 1);
	setenv("TF_VAR_a", "1", 1);
	setenv("AWS_SECRET_ACCESS_KEY", "secret", 1);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	room_close(home);
	arena_destroy(arena);
	return 0;
}

static void assert_out(const struct process_result *result, const char *wanted)
{
	if (!str_is(buf_str(&result->out), wanted))
		fail_msg("%.*s instead of %s", STR_ARG(buf_str(&result->out)), wanted);
}

static void the_lock_file_chooses(void **state)
{
	struct saved_plan plans[] = {{in_home("tf/p"), NULL}, {in_home("tofu/p"), NULL}};
	struct process_result results[2] = {0};

	(void)state;
	assert_int_equal(terraform_show(NULL, plans, 2, results, NULL), 0);
	assert_out(&results[0], "terraform tf show -json -no-color p 1..1\n");
	assert_out(&results[1], "tofu tofu show -json -no-color p 1..1\n");
	process_result_free(&results[0]);
	process_result_free(&results[1]);
}

static void a_given_program_and_root(void **state)
{
	struct saved_plan plan = {in_home("tf/p"), in_home("tofu")};
	struct process_result result = {0};

	(void)state;
	assert_int_equal(terraform_show(in_home("bin/terraform"), &plan, 1, &result, NULL), 0);
	assert_out(&result, "terraform tofu show -json -no-color p 1..1\n");
	process_result_free(&result);
}

static void a_refusal_is_told(void **state)
{
	struct saved_plan plan = {in_home("tf/p"), NULL};
	struct process_result result = {0};
	struct error err = {0};

	(void)state;
	put("tf/refuse", "", 0600);
	assert_int_equal(terraform_show(NULL, &plan, 1, &result, &err), -69);
	assert_int_equal(err.id, ERR_TERRAFORM);
	assert_non_null(strstr(err.message, "Error: it will not"));
	assert_string_equal(err.file, plan.path);
	assert_null(result.out.data);
	unlink(in_home("tf/refuse"));
}

static void what_is_missing(void **state)
{
	struct saved_plan plan = {in_home("tf/p"), NULL}, none = {in_home("tf/none"), NULL};
	struct process_result result = {0};
	struct error err = {0};

	(void)state;
	assert_int_equal(terraform_show("no-such-terraform", &plan, 1, &result, &err), -69);
	assert_int_equal(err.id, ERR_CHILD_MISSING);
	assert_int_equal(terraform_show(in_home("bin/none"), &plan, 1, &result, &err), -69);
	assert_int_equal(err.id, ERR_CHILD_MISSING);
	assert_int_equal(terraform_show(NULL, &none, 1, &result, &err), -65);
	assert_int_equal(err.id, ERR_FILE_MISSING);
	none.path = "-";
	assert_int_equal(terraform_show(NULL, &none, 1, &result, &err), -65);
	assert_int_equal(err.id, ERR_PLAN_BINARY);
}

static void schemas(void **state)
{
	struct process_result result = {0};
	struct error err = {0};

	(void)state;
	assert_int_equal(terraform_schemas(NULL, in_home("tofu"), &result, NULL), 0);
	assert_out(&result, "tofu tofu providers schema -json 1..1\n");
	process_result_free(&result);
	put("tf/refuse", "", 0600);
	assert_int_equal(terraform_schemas(NULL, in_home("tf"), &result, &err), -69);
	assert_int_equal(err.id, ERR_TERRAFORM_SCHEMA);
	assert_non_null(strstr(err.message, "Error: it will not"));
	assert_null(result.out.data);
	unlink(in_home("tf/refuse"));
	assert_int_equal(terraform_schemas("no-such-terraform", in_home("tf"), &result, &err), -69);
	assert_int_equal(err.id, ERR_CHILD_MISSING);
}

static void assert_locked(const char *lock, const char *provider, const char *wanted)
{
	struct str version = terraform_locked(str_of(lock), str_of(provider));

	assert_true(wanted ? str_is(version, wanted) : str_absent(version));
}

static void locked_versions(void **state)
{
	static const char lock[] =
		"# made\nprovider \"example.com/a/b\" {\n  version     = \"1.0.0\"\n  hashes = "
		"[\n    \"h1:x\",\n  ]\n}\n\nprovider \"example.com/a/bb\" {\n  version = "
		"\"2.0.0-beta\"\n}\n";

	(void)state;
	assert_locked(lock, "a/b", "1.0.0");
	assert_locked(lock, "a/bb", "2.0.0-beta");
	assert_locked(lock, "example.com/a/b", "1.0.0");
	assert_locked(lock, "b", "1.0.0");
	assert_locked(lock, "/b", NULL);
	assert_locked(lock, "a/c", NULL);
	assert_locked("", "a/b", NULL);
}

static void lock_files(void **state)
{
	(void)state;
	assert_null(terraform_of_lock(STR("")));
	assert_string_equal(
		terraform_of_lock(STR("provider \"registry.terraform.io/a/b\" {")), "terraform");
	assert_string_equal(
		terraform_of_lock(STR("# x\nprovider \"registry.opentofu.org/a/b\" {")), "tofu");
	assert_null(terraform_of_lock(STR("provider \"example.com/a/b\" {")));
}

int main(int count, char **arguments)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_lock_file_chooses),
		cmocka_unit_test(a_given_program_and_root),
		cmocka_unit_test(a_refusal_is_told),
		cmocka_unit_test(what_is_missing),
		cmocka_unit_test(schemas),
		cmocka_unit_test(locked_versions),
		cmocka_unit_test(lock_files),
	};

	if (count > 1)
		cmocka_set_test_filter(arguments[1]);
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
