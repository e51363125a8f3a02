/* SPDX-License-Identifier: Apache-2.0 */
/* Plans below a directory: order, names, links, limits. */
#define _GNU_SOURCE
#include "plan/find.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/process.h"
#include "room.h"

static char home[ROOM_PATH];
static struct arena *arena;

static void shell(const char *line)
{
	const char *const argv[] = {"sh", "-ec", line, NULL};
	const char *const environment[] = {"PATH=/usr/bin:/bin", NULL};
	struct process_spec spec = {.argv = argv, .environment = environment, .dir = home};
	struct process_result result = {0};

	assert_int_equal(process_run(&spec, &result, NULL), 0);
	assert_int_equal(result.exit_code, 0);
	process_result_free(&result);
}

static int set_up(void **state)
{
	(void)state;
	arena = arena_create(64 << 20);
	room_open(home);
	shell("mkdir -p envs/prod/db envs/dev/.terraform empty both node_modules/x .git; "
	      "touch envs/prod/db/tfplan.json envs/dev/plan.json both/plan.json both/tfplan.json; "
	      "touch envs/prod/other.json node_modules/x/plan.json .git/plan.json; "
	      "touch envs/dev/.terraform/plan.json; printf blue > envs/dev/.terraform/environment; "
	      "ln -s .. envs/circle; mkdir linked; ln -s ../envs/prod/db/tfplan.json "
	      "linked/plan.json; "
	      "mkdir envs/tfplan.json");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	room_close(home);
	arena_destroy(arena);
	return 0;
}

static void assert_plan(const struct found_plan *plan, const char *path, const char *name)
{
	assert_string_equal(plan->path + strlen(home) + 1, path);
	assert_true(str_is(plan->name, name));
}

static void names_in_order(void **state)
{
	struct found_plans plans = {0};

	(void)state;
	assert_int_equal(plan_find(home, arena, &plans, NULL), 0);
	assert_int_equal(plans.count, 5);
	assert_plan(&plans.items[0], "both/plan.json", "both/plan.json");
	assert_plan(&plans.items[1], "both/tfplan.json", "both/tfplan.json");
	assert_plan(&plans.items[2], "envs/dev/plan.json", "envs/dev@blue");
	assert_true(str_is(plans.items[2].workspace, "blue"));
	assert_plan(&plans.items[3], "envs/prod/db/tfplan.json", "envs/prod/db");
	assert_true(str_absent(plans.items[3].workspace));
	assert_plan(&plans.items[4], "linked/plan.json", "linked");
}

static void the_directory_itself(void **state)
{
	struct found_plans plans = {0};
	char here[4096];

	(void)state;
	assert_non_null(getcwd(here, sizeof(here)));
	assert_int_equal(chdir(arena_printf(arena, "%s/envs/prod/db", home).data), 0);
	assert_int_equal(plan_find(".", arena, &plans, NULL), 0);
	assert_int_equal(plans.count, 1);
	assert_string_equal(plans.items[0].path, "tfplan.json");
	assert_true(str_is(plans.items[0].name, "."));
	assert_true(str_is(plans.items[0].root, "."));
	assert_int_equal(chdir(here), 0);
}

static void nothing_there_is_an_error(void **state)
{
	struct found_plans plans = {0};
	struct error err = {0};

	(void)state;
	assert_int_equal(
		plan_find(arena_printf(arena, "%s/empty", home).data, arena, &plans, &err), -65);
	assert_int_equal(err.id, ERR_FILE_MISSING);
	assert_int_equal(
		plan_find(arena_printf(arena, "%s/none", home).data, arena, &plans, &err), -65);
	assert_int_equal(err.id, ERR_FILE_UNREADABLE);
}

int main(int count, char **arguments)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_in_order),
		cmocka_unit_test(the_directory_itself),
		cmocka_unit_test(nothing_there_is_an_error),
	};

	if (count > 1)
		cmocka_set_test_filter(arguments[1]);
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
