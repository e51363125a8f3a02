/* SPDX-License-Identifier: Apache-2.0 */
/* The .weir directory: mode, lock, what stands in its way, and files of other versions. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "config/state.h"
#include "room.h"

struct fixture {
	struct arena *arena;
	char home[ROOM_PATH];
	struct error err;
};

static int setup(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));

	fixture->arena = arena_create(1 << 24);
	room_open(fixture->home);
	assert_int_equal(chdir(fixture->home), 0);
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

static void write_file(const char *path, struct str text)
{
	assert_int_equal(file_replace(path, text, 0600, NULL), 0);
}

static unsigned mode_of(const char *path)
{
	struct stat st;

	assert_int_equal(lstat(path, &st), 0);
	return st.st_mode & 07777;
}

static struct state opened(struct fixture *fixture)
{
	struct state state;

	if (state_open(".", fixture->arena, &state, &fixture->err) < 0)
		fail_msg("%s", fixture->err.message);
	return state;
}

static void it_is_private_and_ignores_itself(void **unused)
{
	struct fixture *fixture = *unused;
	CLEANUP(state_close) struct state state = opened(fixture);
	CLEANUP(file_unmap) struct file_map ignore = {0};

	assert_string_equal(state.path, ".weir");
	assert_int_equal(mode_of(".weir"), 0700);
	assert_int_equal(mode_of(".weir/lock"), 0600);
	assert_int_equal(file_map(".weir/.gitignore", 100, &ignore, NULL), 0);
	assert_true(str_is(ignore.text, "*\n"));
}

static void a_wide_mode_is_put_right(void **unused)
{
	struct fixture *fixture = *unused;

	assert_int_equal(mkdir(".weir", 0777), 0);
	assert_int_equal(chmod(".weir", 0777), 0);
	/* clang does not count the cleanup as a use. */
	CLEANUP(state_close) WEIR_UNUSED struct state state = opened(fixture);
	assert_int_equal(mode_of(".weir"), 0700);
}

static void what_is_no_directory_of_ours_is_refused(void **unused)
{
	struct fixture *fixture = *unused;
	struct state state = {0};

	assert_int_equal(mkdir("elsewhere", 0755), 0);
	assert_int_equal(symlink("elsewhere", ".weir"), 0);
	assert_int_equal(state_open(".", fixture->arena, &state, &fixture->err), -73);
	assert_string_equal(fixture->err.message, "is in the way: it is not a directory");
	assert_int_equal(mode_of("elsewhere"), 0755);
	unlink(".weir");
	write_file(".weir", STR("x"));
	assert_int_equal(state_open(".", fixture->arena, &state, &fixture->err), -73);
	unlink(".weir");
	/* A link where the lock should be must not be written through. */
	assert_int_equal(mkdir(".weir", 0700), 0);
	write_file("victim", STR("precious"));
	assert_int_equal(symlink("../victim", ".weir/lock"), 0);
	assert_int_equal(state_open(".", fixture->arena, &state, &fixture->err), -73);
	assert_null(state.path);
}

static void one_process_holds_it_and_death_releases_it(void **unused)
{
	struct fixture *fixture = *unused;
	struct state state = {0};
	char wanted[64];
	int ready[2], done[2];
	char byte;
	pid_t child;

	assert_int_equal(pipe(ready), 0);
	assert_int_equal(pipe(done), 0);
	child = fork();
	if (child == 0) {
		if (state_open(".", fixture->arena, &state, NULL) < 0 ||
			write(ready[1], "x", 1) != 1 || read(done[0], &byte, 1) != 1)
			_exit(1);
		/* Without state_close(). */
		_exit(0);
	}
	assert_int_equal(read(ready[0], &byte, 1), 1);
	assert_int_equal(state_open(".", fixture->arena, &state, &fixture->err), -75);
	assert_int_equal(fixture->err.id, ERR_STATE_LOCKED);
	snprintf(wanted, sizeof(wanted), "process %d is using it", (int)child);
	assert_string_equal(fixture->err.message, wanted);
	assert_int_equal(write(done[1], "x", 1), 1);
	waitpid(child, NULL, 0);
	state = opened(fixture);
	state_close(&state);
	state = opened(fixture);
	state_close(&state);
	for (int i = 0; i < 2; i++) {
		close(ready[i]);
		close(done[i]);
	}
}

static int add_mark(uint32_t from, struct str old, struct buf *ret_new, struct error *err)
{
	(void)err;
	buf_printf(ret_new, "%.*s from %u", STR_ARG(old), from);
	return 0;
}

static int refuse(uint32_t from, struct str old, struct buf *ret_new, struct error *err)
{
	(void)from, (void)old, (void)ret_new;
	return error_set(err, ERR_STATE_DAMAGED, "no");
}

static void files_know_their_format_and_version(void **unused)
{
	struct fixture *fixture = *unused;
	CLEANUP(state_close) struct state state = opened(fixture);
	const struct state_format two = {"keys", 2, NULL}, three = {"keys", 3, add_mark},
				  bad = {"keys", 3, refuse}, other = {"sets", 2, NULL};
	struct str text = {NULL, 0};

	assert_int_equal(state_read(&state, "a", &two, &text, &fixture->err), 0);
	assert_int_equal(state_write(&state, "a", &two, STR("data"), &fixture->err), 0);
	assert_int_equal(mode_of(".weir/a"), 0600);
	assert_int_equal(state_read(&state, "a", &two, &text, &fixture->err), 1);
	assert_true(str_is(text, "data"));
	assert_int_equal(state_read(&state, "a", &other, &text, &fixture->err), -65);
	assert_int_equal(fixture->err.id, ERR_STATE_DAMAGED);

	/* A migration that fails leaves the old file. */
	assert_int_equal(state_read(&state, "a", &bad, &text, &fixture->err), -65);
	assert_int_equal(state_read(&state, "a", &two, &text, &fixture->err), 1);
	assert_int_equal(state_read(&state, "a", &three, &text, &fixture->err), 1);
	assert_true(str_is(text, "data from 2"));
	/* It was written back: now it is the older program that must refuse. */
	assert_int_equal(state_read(&state, "a", &two, &text, &fixture->err), -65);
	assert_int_equal(fixture->err.id, ERR_STATE_NEWER);
	assert_string_equal(fixture->err.message, "has version 3, and this weir knows 2");
	assert_string_equal(fixture->err.file, ".weir/a");

	/* Older, and nothing to migrate with: made anew. */
	assert_int_equal(
		state_read(&state, "a", &(struct state_format){"keys", 4, NULL}, &text, NULL), 0);
	write_file(".weir/a", STR("weirkey"));
	assert_int_equal(state_read(&state, "a", &two, &text, &fixture->err), -65);
	write_file(".weir/a", STR(""));
	assert_int_equal(state_read(&state, "a", &two, &text, &fixture->err), -65);
	assert_int_equal(state_write(&state, "a", &two, STR(""), &fixture->err), 0);
	assert_int_equal(state_read(&state, "a", &two, &text, &fixture->err), 1);
	assert_int_equal(text.len, 0);
}

int main(int argc, char **argv)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(it_is_private_and_ignores_itself),
		TEST(a_wide_mode_is_put_right),
		TEST(what_is_no_directory_of_ours_is_refused),
		TEST(one_process_holds_it_and_death_releases_it),
		TEST(files_know_their_format_and_version),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
