/* SPDX-License-Identifier: Apache-2.0 */
/* Children are bounded: output, time, group, environment. */
#define _GNU_SOURCE
#include "base/process.h"

#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

static const char *const minimal[] = {"PATH=/usr/bin:/bin", "WORD=spoken", NULL};

static struct process_spec shell(const char *const *argv)
{
	return (struct process_spec){.argv = argv, .environment = minimal};
}

static void assert_text(struct buf *buf, const char *text)
{
	assert_int_equal(buf->len, strlen(text));
	assert_memory_equal(buf_str(buf).data, text, buf->len);
}

static void output_and_exit_code(void **state)
{
	const char *const argv[] = {"sh", "-c", "echo out; echo wrong >&2; exit 7", NULL};
	struct process_spec spec = shell(argv);
	CLEANUP(process_result_free) struct process_result result = {0};
	struct error err = {0};

	(void)state;
	assert_int_equal(process_run(&spec, &result, &err), 0);
	assert_int_equal(result.exit_code, 7);
	assert_text(&result.out, "out\n");
	assert_text(&result.errors, "wrong\n");
}

static void environment_is_explicit(void **state)
{
	const char *const argv[] = {"/bin/sh", "-c", "echo $WORD $HOME $SECRET", NULL};
	struct process_spec spec = shell(argv);
	CLEANUP(process_result_free) struct process_result result = {0};

	(void)state;
	setenv("SECRET", "leaked", 1);
	assert_int_equal(process_run(&spec, &result, NULL), 0);
	assert_text(&result.out, "spoken\n");
}

static void standard_input_is_empty(void **state)
{
	const char *const argv[] = {"cat", NULL};
	struct process_spec spec = shell(argv);
	CLEANUP(process_result_free) struct process_result result = {0};

	(void)state;
	assert_int_equal(process_run(&spec, &result, NULL), 0);
	assert_text(&result.out, "");
}

static void directory_is_entered(void **state)
{
	const char *const argv[] = {"pwd", NULL};
	struct process_spec spec = shell(argv);
	CLEANUP(process_result_free) struct process_result result = {0};

	(void)state;
	spec.dir = "/usr";
	assert_int_equal(process_run(&spec, &result, NULL), 0);
	assert_text(&result.out, "/usr\n");
}

static void missing_program(void **state)
{
	const char *const argv[] = {"weir-no-such-program", NULL};
	const char *const path[] = {"/nonexistent/program", NULL};
	struct process_spec spec = shell(argv);
	struct process_result result = {0};
	struct error err = {0};

	(void)state;
	assert_int_equal(process_run(&spec, &result, &err), -69);
	assert_int_equal(err.id, ERR_CHILD_MISSING);
	assert_string_equal(err.message, "weir-no-such-program is not on PATH");
	spec.argv = path;
	assert_int_equal(process_run(&spec, &result, &err), -69);
	assert_int_equal(err.id, ERR_CHILD_MISSING);
}

static void too_much_output(void **state)
{
	const char *const argv[] = {"sh", "-c", "while :; do echo yyyyyyyyyyyyyyyy; done", NULL};
	struct process_spec spec = shell(argv);
	struct process_result result = {0};
	struct error err = {0};

	(void)state;
	spec.out_ceiling = 1000;
	assert_int_equal(process_run(&spec, &result, &err), -69);
	assert_int_equal(err.id, ERR_CHILD_OUTPUT);
	assert_null(result.out.data);
}

static void errors_are_cut(void **state)
{
	const char *const argv[] = {"sh", "-c", "printf 123456789 >&2", NULL};
	struct process_spec spec = shell(argv);
	CLEANUP(process_result_free) struct process_result result = {0};

	(void)state;
	spec.errors_ceiling = 4;
	assert_int_equal(process_run(&spec, &result, NULL), 0);
	assert_text(&result.errors, "1234");
}

static int64_t milliseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void time_limit(void **state)
{
	const char *const argv[] = {"sh", "-c", "sleep 100 & sleep 100", NULL};
	struct process_spec spec = shell(argv);
	struct process_result result = {0};
	struct error err = {0};
	int64_t begin = milliseconds();

	(void)state;
	spec.timeout_ms = 100;
	assert_int_equal(process_run(&spec, &result, &err), -75);
	assert_int_equal(err.id, ERR_CHILD_TIMEOUT);
	assert_true(milliseconds() - begin < 10000);
}

/* Waits until a process is gone, or only waits for its parent to notice. */
static bool ends(int pid)
{
	char name[64], text[256] = {0};

	snprintf(name, sizeof(name), "/proc/%d/stat", pid);
	for (int i = 0; i < 5000; i++, usleep(1000)) {
		FILE *file = fopen(name, "r");
		const char *state;

		if (!file)
			return true;
		state = fgets(text, sizeof(text), file) ? strrchr(text, ')') : NULL;
		fclose(file);
		if (!state || state[2] == 'Z' || state[2] == 'X')
			return true;
	}
	return false;
}

/* A daemon that keeps the pipe open does not keep weir. */
static void the_group_ends_with_the_program(void **state)
{
	const char *const argv[] = {"sh", "-c", "sleep 100 & echo $!", NULL};
	struct process_spec spec = shell(argv);
	CLEANUP(process_result_free) struct process_result result = {0};
	int64_t begin = milliseconds();
	uint64_t pid;

	(void)state;
	assert_int_equal(process_run(&spec, &result, NULL), 0);
	assert_true(milliseconds() - begin < 10000);
	assert_true(str_to_u64(str_trim(buf_str(&result.out)), &pid));
	assert_true(ends((int)pid));
}

/* A weir that is killed outright takes the whole group along. */
static void the_group_ends_with_its_owner(void **state)
{
	char name[] = "/tmp/weir-process-XXXXXX", script[256];
	const char *argv[] = {"sh", "-c", script, NULL};
	struct process_spec spec = shell(argv);
	struct process_result result = {0};
	int fd = mkstemp(name);
	int grandchild = 0;
	pid_t owner;

	(void)state;
	assert_true(fd >= 0);
	snprintf(script, sizeof(script), "sleep 100 & echo $! > %s; sleep 100", name);
	owner = fork();
	if (owner == 0) {
		int r = process_run(&spec, &result, NULL);

		_exit(r < 0);
	}
	for (int i = 0; i < 5000 && grandchild == 0; i++) {
		char text[32] = {0};
		uint64_t pid;

		usleep(1000);
		if (pread(fd, text, sizeof(text) - 1, 0) > 0 && strchr(text, '\n') &&
			str_to_u64(str_trim(str_of(text)), &pid))
			grandchild = (int)pid;
	}
	assert_true(grandchild > 0);
	kill(owner, SIGKILL);
	waitpid(owner, NULL, 0);
	assert_true(ends(grandchild));
	close(fd);
	unlink(name);
}

static void memory_limit(void **state)
{
	const char *const argv[] = {"sh", "-c", "ulimit -v", NULL};
	struct process_spec spec = shell(argv);
	CLEANUP(process_result_free) struct process_result result = {0};

	(void)state;
	spec.memory_ceiling = 512u << 20;
	assert_int_equal(process_run(&spec, &result, NULL), 0);
	assert_text(&result.out, "524288\n");
}

static void many_in_parallel(void **state)
{
	const char *const argv[] = {"sh", "-c", "echo $WORD; exit 3", NULL};
	struct process_spec specs[20];
	struct process_result results[20] = {0};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(specs); i++)
		specs[i] = shell(argv);
	assert_int_equal(process_run_many(specs, COUNT_OF(specs), 4, results, NULL), 0);
	for (size_t i = 0; i < COUNT_OF(specs); i++) {
		assert_int_equal(results[i].exit_code, 3);
		assert_text(&results[i].out, "spoken\n");
		process_result_free(&results[i]);
	}
}

static void environment_by_name_and_prefix(void **state)
{
	const char *const names[] = {"WEIR_TEST_A", "WEIR_TEST_P_*", NULL};
	const char *const extra[] = {"X=1", NULL};
	CLEANUP(arena_cleanup) struct arena *arena = arena_create(1 << 20);
	const char *const *list;
	size_t count = 0;

	(void)state;
	setenv("WEIR_TEST_A", "a", 1);
	setenv("WEIR_TEST_AB", "not", 1);
	setenv("WEIR_TEST_P_Q", "q", 1);
	list = process_environment(names, extra, arena);
	assert_non_null(list);
	for (; list[count]; count++)
		assert_true(strcmp(list[count], "WEIR_TEST_A=a") == 0 ||
			strcmp(list[count], "WEIR_TEST_P_Q=q") == 0 ||
			strcmp(list[count], "X=1") == 0);
	assert_int_equal(count, 3);
}

static void never_from_the_current_directory(void **state)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create(1 << 20);

	(void)state;
	setenv("PATH", ":.:/usr/bin:/bin", 1);
	assert_string_equal(process_find("env", arena), "/usr/bin/env");
	assert_null(process_find("tests/run", arena));
}

int main(int count, char **arguments)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(output_and_exit_code),
		cmocka_unit_test(environment_is_explicit),
		cmocka_unit_test(standard_input_is_empty),
		cmocka_unit_test(directory_is_entered),
		cmocka_unit_test(missing_program),
		cmocka_unit_test(too_much_output),
		cmocka_unit_test(errors_are_cut),
		cmocka_unit_test(time_limit),
		cmocka_unit_test(the_group_ends_with_the_program),
		cmocka_unit_test(the_group_ends_with_its_owner),
		cmocka_unit_test(memory_limit),
		cmocka_unit_test(many_in_parallel),
		cmocka_unit_test(environment_by_name_and_prefix),
		cmocka_unit_test(never_from_the_current_directory),
	};

	if (count > 1)
		cmocka_set_test_filter(arguments[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
