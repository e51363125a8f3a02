/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Files: mapping, the guard against truncation, replacing as a whole.
 */
#define _GNU_SOURCE
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "room.h"

static char directory[ROOM_PATH];

static const char *in_directory(const char *name)
{
	static char path[ROOM_PATH + 64];

	snprintf(path, sizeof(path), "%s/%s", directory, name);
	return path;
}

static int set_up(void **state)
{
	(void)state;
	room_open(directory);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	room_close(directory);
	return 0;
}

static void make(size_t size)
{
	char *text = mem_alloc(size);
	struct error err = {0};

	memset(text, 'x', size);
	assert_int_equal(
		file_replace(in_directory("plan"), (struct str){text, size}, 0640, &err), 0);
	mem_free(text);
}

static void test_map(void **state)
{
	struct file_map map = {0};
	struct error err = {0};

	(void)state;
	make(10000);
	assert_int_equal(file_map(in_directory("plan"), 10000, &map, &err), 0);
	assert_int_equal(map.text.len, 10000);
	assert_int_equal(map.text.data[9999], 'x');
	file_unmap(&map);
	assert_null(map.text.data);
	file_unmap(&map);
	assert_int_equal(file_map(in_directory("plan"), 9999, &map, &err), -65);
	assert_int_equal(err.id, ERR_FILE_TOO_LARGE);
	make(0);
	assert_int_equal(file_map(in_directory("plan"), 9999, &map, &err), 0);
	assert_int_equal(map.text.len, 0);
	file_unmap(&map);
	assert_int_equal(file_map(in_directory("none"), 9999, &map, &err), -65);
	assert_int_equal(err.id, ERR_FILE_MISSING);
	assert_int_equal(file_map(directory, 9999, &map, &err), -65);
	assert_int_equal(err.id, ERR_FILE_UNREADABLE);
}

/* Longer than a pipe's atomic write, and telling which form it is. */
static void render(struct buf *out, const struct error *err, bool json)
{
	for (int i = 0; i < 100; i++)
		buf_printf(out, "%s %s %s\n", json ? "object" : "line", error_info(err->id)->code,
			err->file);
}

/*
 * Maps `count` files in a child, truncates them and reads the one mapped at `victim`. Returns the child's
 * status; what it said goes to `said`.
 */
static int read_truncated(size_t count, size_t victim, bool json, char *said, size_t room)
{
	int ends[2], status = -1;
	ssize_t got = 0, more;
	pid_t child;

	assert_int_equal(pipe(ends), 0);
	make(100000);
	child = fork();
	if (child == 0) {
		struct file_map *maps = mem_alloc(count * sizeof(*maps));

		close(json ? 2 : 1);
		dup2(ends[1], json ? 1 : 2);
		file_guard_install(render);
		for (size_t i = 0; i < count; i++)
			if (file_map(in_directory("plan"), 1 << 20, &maps[i], NULL) < 0)
				_exit(3);
		/* What the caller wants may be known only after files were mapped. */
		if (json)
			file_guard_json();
		if (truncate(in_directory("plan"), 0) < 0)
			_exit(4);
		_exit(*(volatile const char *)(maps[victim].text.data + 50000) == 'x' ? 1 : 2);
	}
	close(ends[1]);
	while ((more = read(ends[0], said + got, room - 1 - (size_t)got)) > 0)
		got += more;
	said[got] = 0;
	close(ends[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	return status;
}

static void test_truncated(void **state)
{
	static const size_t victims[] = {0, 63, 64, 65, 127, 128, 199};
	static char said[100000];

	(void)state;
	for (size_t i = 0; i < 2 * COUNT_OF(victims); i++) {
		bool json = i % 2;
		int status = read_truncated(200, victims[i / 2], json, said, sizeof(said));
		CLEANUP(buf_free) struct buf want = BUF(100000);
		struct error err = {.id = ERR_FILE_TRUNCATED};

		snprintf(err.file, sizeof(err.file), "%s", in_directory("plan"));
		render(&want, &err, json);
		buf_add_char(&want, 0);
		assert_true(WIFEXITED(status));
		assert_int_equal(WEXITSTATUS(status), 65);
		assert_string_equal(said, want.data);
	}
}

/* Slots are used again, and memory for more may be short. */
static void test_slots(void **state)
{
	struct file_map maps[200] = {0};
	struct error err = {0};
	size_t done = 0;

	(void)state;
	make(100);
	for (int i = 0; i < 1000; i++) {
		assert_int_equal(file_map(in_directory("plan"), 1000, &maps[0], &err), 0);
		file_unmap(&maps[0]);
	}
	mem_fail_from(1);
	while (done < 200 && file_map(in_directory("plan"), 1000, &maps[done], &err) == 0)
		done++;
	mem_fail_from(0);
	assert_int_equal(done, 64);
	assert_int_equal(err.id, ERR_MEMORY);
	assert_int_equal(file_map(in_directory("plan"), 1000, &maps[done++], &err), 0);
	while (done)
		file_unmap(&maps[--done]);
}

static void test_replace(void **state)
{
	struct file_map map = {0};
	struct error err = {0};
	struct stat st;
	char missing[ROOM_PATH + 64];

	(void)state;
	make(10);
	assert_int_equal(file_replace(in_directory("plan"), STR("new"), 0600, &err), 0);
	assert_int_equal(file_map(in_directory("plan"), 100, &map, &err), 0);
	assert_true(str_is(map.text, "new"));
	file_unmap(&map);
	assert_int_equal(stat(in_directory("plan"), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	snprintf(missing, sizeof(missing), "%s/no/plan", directory);
	assert_int_equal(file_replace(missing, STR("new"), 0600, &err), -73);
	assert_int_equal(err.id, ERR_CREATE);
}

/* A device must stay one. */
static void test_replace_device(void **state)
{
	struct error err = {0};
	struct stat st;

	(void)state;
	assert_int_equal(file_replace("/dev/null", STR("text"), 0600, &err), 0);
	assert_int_equal(stat("/dev/null", &st), 0);
	assert_true(S_ISCHR(st.st_mode));
}

static void test_paths(void **state)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create(10000);

	(void)state;
	assert_string_equal(path_join(arena, STR("a/b"), STR("c")), "a/b/c");
	assert_string_equal(path_join(arena, STR("a/"), STR("c")), "a/c");
	assert_string_equal(path_join(arena, STR("."), STR("c")), "c");
	assert_string_equal(path_join(arena, STR(""), STR("c")), "c");
	assert_string_equal(path_join(arena, STR("a"), STR("/c")), "/c");
	assert_true(str_is(path_dir(STR("a/b")), "a"));
	assert_true(str_is(path_dir(STR("/b")), "/"));
	assert_true(str_is(path_dir(STR("b")), "."));
	assert_true(str_is(path_base(STR("a/b")), "b"));
	assert_true(str_is(path_base(STR("b")), "b"));
	assert_true(path_inside(STR("/x/a"), STR("/x/a")));
	assert_true(path_inside(STR("/x/a"), STR("/x/a/b")));
	assert_true(path_inside(STR("/"), STR("/x")));
	assert_false(path_inside(STR("/x/a"), STR("/x/a-b/c")));
	assert_false(path_inside(STR("/x/a"), STR("/x")));
	assert_false(path_inside(STR(""), STR("/x")));
}

/* The folder `tests` stands for a workspace, and what lies beside it for the rest of the world. */
static void a_path_leads_inside_once_links_are_followed(void **state)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create(1 << 20);
	char real[PATH_MAX], room[ROOM_PATH];
	const char *inner;
	struct str folder;

	(void)state;
	assert_non_null(realpath("tests", real));
	folder = str_of(real);
	assert_true(path_leads_inside(folder, "tests", arena));
	assert_true(path_leads_inside(folder, "tests/new/deep/file", arena));
	assert_true(path_leads_inside(folder, "src/../tests/new", arena));
	assert_true(path_leads_inside(folder, real, arena));
	assert_false(path_leads_inside(folder, "src", arena));
	assert_false(path_leads_inside(folder, "new", arena));
	assert_false(path_leads_inside(folder, "/etc/passwd", arena));
	assert_false(path_leads_inside(folder, "tests/../src", arena));
	assert_false(path_leads_inside(folder, "tests/new/../../src", arena));
	assert_false(path_leads_inside(folder, "tests/new/..", arena));
	assert_false(path_leads_inside(folder, "", arena));
	room_open(room);
	folder = str_of(room);
	inner = path_join(arena, folder, STR("dangling"));
	assert_int_equal(symlink("/nonexistent", inner), 0);
	assert_false(path_leads_inside(folder, inner, arena));
	assert_false(path_leads_inside(folder, path_join(arena, str_of(inner), STR("x")), arena));
	room_close(room);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_map),
		cmocka_unit_test(test_truncated),
		cmocka_unit_test(test_slots),
		cmocka_unit_test(test_replace),
		cmocka_unit_test(test_replace_device),
		cmocka_unit_test(a_path_leads_inside_once_links_are_followed),
		cmocka_unit_test(test_paths),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
