/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tasks: the result at the join, wherever they ran; signals that stay outside; a fault that does not.
 */
#define _GNU_SOURCE
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/task.h"

enum { LARGE = 1 << 20 };

struct seen {
	pthread_t thread;
	sigset_t blocked;
	unsigned runs;
};

static int look(void *payload, struct error *err)
{
	struct seen *seen = payload;

	(void)err;
	seen->thread = pthread_self();
	pthread_sigmask(SIG_BLOCK, NULL, &seen->blocked);
	seen->runs++;
	return 0;
}

static bool ran_beside(size_t work)
{
	struct task task = {0};
	struct seen seen = {.runs = 0};

	task_start(&task, work, look, &seen);
	assert_int_equal(task_join(&task, NULL), 0);
	assert_int_equal(seen.runs, 1);
	return !pthread_equal(seen.thread, pthread_self());
}

static void work_decides(void **state)
{
	(void)state;
	assert_true(ran_beside(256 * 1024));
	assert_false(ran_beside(256 * 1024 - 1));
	task_policy_set(TASK_ALWAYS);
	assert_true(ran_beside(0));
	task_policy_set(TASK_NEVER);
	assert_false(ran_beside(LARGE));
	task_policy_set(TASK_BY_SIZE);
}

static void counted_allocations_stay_in_place(void **state)
{
	(void)state;
	mem_fail_from(1000);
	assert_false(ran_beside(LARGE));
	mem_fail_from(0);
	assert_true(ran_beside(LARGE));
}

static int refuse(void *payload, struct error *err)
{
	return error_set(err, ERR_USAGE, "refused %s", (const char *)payload);
}

static void an_error_comes_with_the_join(void **state)
{
	struct task task = {0};
	struct error err = {0};
	char what[] = "twice";

	(void)state;
	for (int round = 0; round < 2; round++) {
		task_start(&task, round ? LARGE : 0, refuse, what);
		memset(&err, 0, sizeof(err));
		assert_int_equal(task_join(&task, &err), -64);
		assert_int_equal(err.id, ERR_USAGE);
		assert_string_equal(err.message, "refused twice");
		/* Told once. */
		assert_int_equal(task_join(&task, &err), 0);
	}
	task_start(&task, LARGE, refuse, what);
	task_cleanup(&task);
	assert_int_equal(task_join(&task, &err), 0);
}

static void what_never_began_has_nothing_to_tell(void **state)
{
	struct task task = {0};

	(void)state;
	assert_int_equal(task_join(&task, NULL), 0);
	task_cleanup(&task);
}

static void signals_are_for_the_main_thread(void **state)
{
	static const int outside[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGCHLD, SIGALRM, SIGUSR1};
	static const int inside[] = {SIGBUS, SIGSEGV, SIGFPE, SIGILL, SIGABRT};
	struct task task = {0};
	struct seen seen = {.runs = 0};
	sigset_t before, after;

	(void)state;
	pthread_sigmask(SIG_BLOCK, NULL, &before);
	task_start(&task, LARGE, look, &seen);
	assert_int_equal(task_join(&task, NULL), 0);
	for (size_t i = 0; i < COUNT_OF(outside); i++)
		assert_int_equal(sigismember(&seen.blocked, outside[i]), 1);
	for (size_t i = 0; i < COUNT_OF(inside); i++)
		assert_int_equal(sigismember(&seen.blocked, inside[i]), 0);
	pthread_sigmask(SIG_BLOCK, NULL, &after);
	for (int number = 1; number < NSIG; number++)
		assert_int_equal(sigismember(&before, number), sigismember(&after, number));
}

/* As deep as a walk over a document may go, and frames larger than any of weir's. */
static int descend(unsigned levels, const char *above)
{
	char frame[4096];

	memset(frame, above[0] + 1, sizeof(frame));
	return levels ? descend(levels - 1, frame) : *(volatile char *)&frame[17];
}

static int go_deep(void *payload, struct error *err)
{
	(void)err;
	return descend(1024, payload) == 1025 % 128 ? 0 : -1;
}

static void a_task_can_go_as_deep_as_its_caller(void **state)
{
	struct task task = {0};
	char start[] = "";

	(void)state;
	task_start(&task, LARGE, go_deep, start);
	assert_int_equal(task_join(&task, NULL), 0);
}

static int count_memory(void *payload, struct error *err)
{
	(void)err;
	for (size_t i = 0; i < *(const size_t *)payload; i++)
		mem_free(mem_alloc(16));
	return 0;
}

static void allocations_of_both_are_counted(void **state)
{
	struct task task = {0};
	size_t count = 10000;

	(void)state;
	mem_fail_from(0);
	task_start(&task, LARGE, count_memory, &count);
	assert_int_equal(count_memory(&count, NULL), 0);
	assert_int_equal(task_join(&task, NULL), 0);
	assert_int_equal(mem_count(), 2 * count);
}

static int read_byte(void *payload, struct error *err)
{
	(void)err;
	return *(volatile const char *)payload == 'x' ? -1 : 0;
}

static void render(struct buf *out, const struct error *err, bool json)
{
	buf_printf(
		out, "%s %s %s\n", json ? "object" : "line", error_info(err->id)->code, err->file);
}

/* In a child: maps the file, cuts it and reads it in a task, and at the same time here if `both`. */
static int read_cut(const char *path, int fd, bool both)
{
	struct file_map map = {0};
	struct task task = {0};
	void *middle;

	file_guard_install(render);
	if (file_map(path, LARGE, &map, NULL) < 0)
		return 3;
	if (ftruncate(fd, 0) < 0)
		return 4;
	middle = (void *)(uintptr_t)(map.text.data + LARGE / 2);
	task_start(&task, LARGE, read_byte, middle);
	if (both && read_byte(middle, NULL))
		return 1;
	return task_join(&task, NULL) ? 1 : 2;
}

/* The guard of mapped files must hold in a task's thread, and tell what there is to tell once. */
static void a_file_that_became_shorter_ends_the_process(void **state)
{
	CLEANUP(buf_free) struct buf text = BUF(LARGE);
	char path[] = "/tmp/weir-task-XXXXXX", said[400], want[400];
	int fd = mkstemp(path);

	(void)state;
	assert_true(fd >= 0);
	assert_non_null(buf_reserve(&text, LARGE));
	memset(text.data, 'x', LARGE);
	snprintf(want, sizeof(want), "line file-truncated %s\n", path);
	for (int round = 0; round < 20; round++) {
		int ends[2], status = -1;
		ssize_t got = 0, more;
		pid_t child;

		assert_int_equal(pwrite(fd, text.data, LARGE, 0), LARGE);
		assert_int_equal(pipe(ends), 0);
		child = fork();
		if (child == 0) {
			dup2(ends[1], 2);
			_exit(read_cut(path, fd, /* both= */ round % 2));
		}
		close(ends[1]);
		while ((more = read(ends[0], said + got, sizeof(said) - 1 - (size_t)got)) > 0)
			got += more;
		said[got] = 0;
		close(ends[0]);
		assert_int_equal(waitpid(child, &status, 0), child);
		assert_true(WIFEXITED(status));
		assert_int_equal(WEXITSTATUS(status), 65);
		assert_string_equal(said, want);
	}
	close(fd);
	unlink(path);
}

/* Pages of this process, as the limit RLIMIT_AS counts them. */
static size_t address_space(void)
{
	struct file_map map = {0};
	uint64_t pages = 0;
	struct str rest;

	if (file_map("/proc/self/statm", 4096, &map, NULL) < 0)
		return 0;
	rest = map.text;
	if (!str_to_u64(str_split(&rest, ' '), &pages))
		pages = 0;
	file_unmap(&map);
	return (size_t)pages * (size_t)sysconf(_SC_PAGESIZE);
}

/*
 * Where the system gives no thread the work is done all the same.  Runs before any other: the C
 * library keeps the stack of a thread that ended for the next one.
 */
static void without_a_thread_it_runs_in_place(void **state)
{
	int status = -1;
	pid_t child = fork();

	(void)state;
	if (child == 0) {
		size_t used = address_space();
		/* Less than a stack. */
		struct rlimit little = {used + (4 << 20), used + (4 << 20)};

		if (!used || setrlimit(RLIMIT_AS, &little) < 0)
			_exit(3);
		_exit(ran_beside(LARGE) ? 1 : 0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_a_thread_it_runs_in_place),
		cmocka_unit_test(work_decides),
		cmocka_unit_test(counted_allocations_stay_in_place),
		cmocka_unit_test(an_error_comes_with_the_join),
		cmocka_unit_test(what_never_began_has_nothing_to_tell),
		cmocka_unit_test(signals_are_for_the_main_thread),
		cmocka_unit_test(a_task_can_go_as_deep_as_its_caller),
		cmocka_unit_test(allocations_of_both_are_counted),
		cmocka_unit_test(a_file_that_became_shorter_ends_the_process),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
