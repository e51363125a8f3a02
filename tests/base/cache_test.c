/* SPDX-License-Identifier: Apache-2.0 */
/* The user's cache folder: whose it must be, and that what is damaged was never there. */
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/cache.h"
#include "base/file.h"

#define TEXT STR("a text that is kept")

static char home[64], caches[80], folder[96], file[128];
static struct arena *arena;

static int set_up(void **state)
{
	(void)state;
	snprintf(home, sizeof(home), "/tmp/weir-cache-XXXXXX");
	if (!mkdtemp(home))
		return -1;
	snprintf(caches, sizeof(caches), "%s/.cache", home);
	snprintf(folder, sizeof(folder), "%s/weir", caches);
	snprintf(file, sizeof(file), "%s/name", folder);
	setenv("HOME", home, 1);
	unsetenv("XDG_CACHE_HOME");
	arena = arena_create(1 << 20);
	return arena ? 0 : -1;
}

static int tear_down(void **state)
{
	char command[128];

	(void)state;
	arena_destroy(arena);
	snprintf(command, sizeof(command), "rm -rf %s", home);
	return system(command);
}

static bool is_kept(void)
{
	return str_eq(cache_read("name", arena), TEXT);
}

static unsigned mode_of(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0 ? st.st_mode & 07777 : 0;
}

static void test_below(void **state)
{
	char real[PATH_MAX], missing[96];
	struct str at;

	(void)state;
	assert_non_null(realpath(home, real));
	at = str_of(real);
	assert_true(cache_is_below(at)); /* where it would be made */
	cache_write("name", TEXT);
	assert_true(cache_is_below(at));
	assert_true(cache_is_below(STR("/")));
	assert_true(cache_is_below(arena_printf(arena, "%s/.cache/weir", real)));
	assert_false(cache_is_below(arena_printf(arena, "%s/.cache/weir/name", real)));
	assert_false(cache_is_below(arena_printf(arena, "%s/.cach", real)));
	setenv("XDG_CACHE_HOME", "/nowhere/at/all", 1);
	assert_false(cache_is_below(at));
	snprintf(missing, sizeof(missing), "%.64s/no/such/folder", real);
	setenv("XDG_CACHE_HOME", missing, 1);
	assert_true(cache_is_below(at));
	unsetenv("XDG_CACHE_HOME");
	unsetenv("HOME");
	assert_false(cache_is_below(STR("/"))); /* there is none */
}

static void test_kept(void **state)
{
	(void)state;
	assert_true(str_absent(cache_read("name", arena)));
	assert_int_equal(mode_of(caches), 0); /* reading makes nothing */
	cache_write("name", TEXT);
	assert_true(is_kept());
	assert_int_equal(mode_of(folder), 0700);
	assert_int_equal(mode_of(file), 0600);
	assert_true(str_absent(cache_read("other", arena)));
	cache_write("name", STR(""));
	assert_true(str_is(cache_read("name", arena), ""));
	assert_false(str_absent(cache_read("name", arena)));

	/* No name leads elsewhere. */
	cache_write("../name", TEXT);
	cache_write("", TEXT);
	assert_true(str_absent(cache_read("../weir/name", arena)));
	assert_true(str_absent(cache_read(".", arena)));
}

/* XDG_CACHE_HOME counts where it is absolute; without any folder nothing is kept. */
static void test_variables(void **state)
{
	(void)state;
	setenv("XDG_CACHE_HOME", "relative", 1);
	cache_write("name", TEXT);
	assert_int_equal(mode_of(file), 0600);
	setenv("XDG_CACHE_HOME", home, 1);
	assert_false(is_kept());
	cache_write("name", TEXT);
	assert_true(is_kept());
	unsetenv("XDG_CACHE_HOME");
	unsetenv("HOME");
	assert_false(is_kept());
	cache_write("name", TEXT);
	setenv("HOME", "here", 1);
	assert_false(is_kept());
	setenv("XDG_CACHE_HOME", "/dev/null", 1);
	cache_write("name", TEXT);
	assert_false(is_kept());
	setenv("XDG_CACHE_HOME", "/proc", 1);
	cache_write("name", TEXT);
	assert_false(is_kept());
}

/* What somebody else could write to, or has put there, is not used. */
static void test_not_own(void **state)
{
	char elsewhere[128];

	(void)state;
	cache_write("name", TEXT);
	assert_true(is_kept());
	for (mode_t bit = 01; bit <= 040; bit <<= 1) {
		chmod(folder, 0700 | bit);
		assert_false(is_kept());
		chmod(folder, 0700);
		chmod(file, 0600 | bit);
		assert_false(is_kept());
		chmod(file, 0600);
	}
	assert_true(is_kept());
	if (geteuid() == 0) {
		assert_int_equal(chown(file, 1234, 0), 0);
		assert_false(is_kept());
		assert_int_equal(chown(file, 0, 0), 0);
		assert_int_equal(chown(folder, 1234, 0), 0);
		assert_false(is_kept());
		cache_write("more", TEXT);
		assert_int_equal(chown(folder, 0, 0), 0);
		assert_true(str_absent(cache_read("more", arena)));
		assert_int_equal(chown(caches, 1234, 0), 0);
		assert_false(is_kept());
		assert_int_equal(chown(caches, 0, 0), 0);
	}
	assert_true(is_kept());

	/* Links, of the file and of the folder. */
	snprintf(elsewhere, sizeof(elsewhere), "%s/elsewhere", home);
	assert_int_equal(rename(file, elsewhere), 0);
	assert_int_equal(symlink(elsewhere, file), 0);
	assert_false(is_kept());
	cache_write("name", TEXT); /* takes the link's place */
	assert_true(is_kept());
	assert_int_equal(mode_of(elsewhere), 0600);
	assert_int_equal(unlink(elsewhere), 0);
	assert_int_equal(rename(folder, elsewhere), 0);
	assert_int_equal(symlink(elsewhere, folder), 0);
	assert_false(is_kept());
	cache_write("more", TEXT);
	assert_int_equal(unlink(folder), 0);
	assert_int_equal(rename(elsewhere, folder), 0);
	assert_true(is_kept());
	assert_true(str_absent(cache_read("more", arena)));

	/* What is no file: it is not waited for. */
	assert_int_equal(unlink(file), 0);
	assert_int_equal(mkfifo(file, 0600), 0);
	assert_false(is_kept());
	assert_int_equal(unlink(file), 0);
	assert_int_equal(mkdir(file, 0700), 0);
	assert_false(is_kept());
	cache_write("name", TEXT);
	assert_false(is_kept());
}

static void write_file(struct str text)
{
	int fd = open(file, O_WRONLY | O_TRUNC);

	assert_int_equal(file_write_fd(fd, text, file, NULL), 0);
	close(fd);
}

/* Each byte that is another, each length that is less, and one that is more. */
static void test_damaged(void **state)
{
	CLEANUP(file_unmap) struct file_map map = {0};
	char copy[256] = {0};

	(void)state;
	cache_write("name", TEXT);
	assert_int_equal(file_map(file, 1000, &map, NULL), 0);
	assert_true(map.text.len < sizeof(copy));
	memcpy(copy, map.text.data, map.text.len);
	for (size_t i = 0; i < map.text.len; i++) {
		copy[i] ^= 0x20;
		write_file((struct str){copy, map.text.len});
		assert_false(is_kept());
		copy[i] ^= 0x20;
		write_file((struct str){copy, i});
		assert_false(is_kept());
	}
	write_file((struct str){copy, map.text.len + 1});
	assert_false(is_kept());
	write_file((struct str){copy, map.text.len});
	assert_true(is_kept());
}

static size_t count_files(void)
{
	DIR *listing = opendir(folder);
	size_t count = 0;

	while (readdir(listing))
		count++;
	closedir(listing);
	return count - 2;
}

static void test_bounded(void **state)
{
	const struct timespec old[2] = {{1, 0}, {1, 0}};
	char name[16];

	(void)state;
	cache_write("name", TEXT);
	assert_int_equal(utimensat(AT_FDCWD, file, old, 0), 0);
	for (int i = 0; i < CACHE_FILES_MOST - 1; i++) {
		snprintf(name, sizeof(name), "n%d", i);
		cache_write(name, TEXT);
	}
	assert_int_equal(count_files(), CACHE_FILES_MOST);
	assert_true(is_kept());
	cache_write("last", TEXT);
	assert_int_equal(count_files(), CACHE_FILES_MOST);
	assert_false(is_kept()); /* the oldest */
	assert_false(str_absent(cache_read("last", arena)));
	assert_false(str_absent(cache_read("n0", arena)));
}

/* Of many that write and read, each reads what one has written, as a whole. */
static void test_concurrent(void **state)
{
	enum { WRITERS = 4, TIMES = 200, LENGTH = 100000 };
	int status;

	(void)state;
	cache_write("name", TEXT);
	for (int i = 0; i < WRITERS; i++) {
		if (fork() != 0)
			continue;
		for (int k = 0; k < TIMES; k++) {
			CLEANUP(arena_cleanup) struct arena *own = arena_create(1 << 20);
			char *text = arena_alloc(own, LENGTH);
			struct str got;

			memset(text, 'a' + i, LENGTH);
			cache_write("name", (struct str){text, LENGTH});
			got = cache_read("name", own);
			if (got.len != LENGTH || got.data[0] != got.data[LENGTH - 1])
				_exit(1);
		}
		_exit(0);
	}
	for (int i = 0; i < WRITERS; i++) {
		assert_true(wait(&status) > 0);
		assert_int_equal(status, 0);
	}
	assert_int_equal(count_files(), 1);
}

static void test_memory(void **state)
{
	(void)state;
	cache_write("name", TEXT);
	for (uint64_t nth = 1;; nth++) {
		CLEANUP(arena_cleanup) struct arena *own = arena_create(1 << 20);
		bool kept, failed;

		mem_fail_from(nth);
		kept = str_eq(cache_read("name", own), TEXT);
		failed = mem_count() >= nth;
		mem_fail_from(0);
		assert_int_equal(kept, !failed);
		if (!failed)
			break;
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_below, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_kept, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_variables, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_not_own, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_damaged, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_bounded, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_concurrent, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_memory, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
