/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Mapping input, guarding it against truncation, and replacing files as a whole.
 */
#define _GNU_SOURCE
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

static int fail(struct error *err, enum error_id id, const char *path, const char *what)
{
	return error_at(err, error_set(err, id, "%s", what), str_of(path), 0, 0);
}

static int read_all(
	int fd, const char *path, size_t ceiling, struct file_map *ret_map, struct error *err)
{
	CLEANUP(buf_free) struct buf buf = BUF(ceiling);

	for (;;) {
		size_t piece = 64 * 1024;
		char *to = buf.len < ceiling
			? buf_reserve(&buf, ceiling - buf.len < piece ? ceiling - buf.len : piece)
			: NULL;
		ssize_t got;

		if (!to && buf_failed(&buf))
			return error_memory(err);
		if (!to)
			return fail(err, ERR_FILE_TOO_LARGE, path, "larger than the limit");
		got = read(fd, to, ceiling - buf.len < piece ? ceiling - buf.len : piece);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return fail(err, ERR_FILE_UNREADABLE, path, strerror(errno));
		if (got == 0)
			break;
		buf.len += (size_t)got;
	}
	*ret_map = (struct file_map){.text = buf_str(&buf), .memory = buf.data, .size = buf.len};
	buf = BUF(0);
	return 0;
}

/*
 * Mapped ranges for the SIGBUS handler: the one state outside main that a signal forces on us.
 * Slots are claimed and released by single stores, so the handler always sees whole entries.
 */
static struct guarded {
	const char *begin;
	size_t size;
	char name[200];
} guarded[64];

static void guard(const struct file_map *map, const char *path)
{
	for (size_t i = 0; i < COUNT_OF(guarded); i++) {
		if (guarded[i].begin)
			continue;
		snprintf(guarded[i].name, sizeof(guarded[i].name), "%s", path);
		guarded[i].size = map->size;
		__atomic_store_n(&guarded[i].begin, map->memory, __ATOMIC_RELEASE);
		return;
	}
}

static void on_bus_error(int number, siginfo_t *info, void *context)
{
	const char *at = info->si_addr;

	(void)context;
	for (size_t i = 0; i < COUNT_OF(guarded); i++) {
		static const char
			head[] = "weir: ",
			tail[] = ": the file became shorter while it was read [file-truncated]\n";

		if (!guarded[i].begin || at < guarded[i].begin ||
			at >= guarded[i].begin + guarded[i].size)
			continue;
		if (write(2, head, sizeof(head) - 1) < 0 ||
			write(2, guarded[i].name, strlen(guarded[i].name)) < 0 ||
			write(2, tail, sizeof(tail) - 1) < 0)
			_exit(65);
		_exit(65);
	}
	signal(number, SIG_DFL);
	raise(number);
}

void file_guard_install(void)
{
	struct sigaction action = {.sa_sigaction = on_bus_error, .sa_flags = SA_SIGINFO};

	sigaction(SIGBUS, &action, NULL);
}

int file_map(const char *path, size_t ceiling, struct file_map *ret_map, struct error *err)
{
	CLEANUP(close_fd) int fd = -1;
	struct stat st;
	struct file_map map = {.mapped = true};

	if (strcmp(path, "-") == 0)
		return read_all(0, path, ceiling, ret_map, err);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return fail(err,
			errno == ENOENT || errno == ENOTDIR ? ERR_FILE_MISSING
							    : ERR_FILE_UNREADABLE,
			path, strerror(errno));
	if (fstat(fd, &st) < 0)
		return fail(err, ERR_FILE_UNREADABLE, path, strerror(errno));
	if (S_ISDIR(st.st_mode))
		return fail(err, ERR_FILE_UNREADABLE, path, "is a directory");
	if (!S_ISREG(st.st_mode) || st.st_size == 0)
		return read_all(fd, path, ceiling, ret_map, err);
	if ((uint64_t)st.st_size > ceiling)
		return fail(err, ERR_FILE_TOO_LARGE, path, "larger than the limit");
	map.size = (size_t)st.st_size;
	map.memory = mmap(NULL, map.size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0);
	if (map.memory == MAP_FAILED)
		return fail(err, ERR_FILE_UNREADABLE, path, strerror(errno));
	map.text = (struct str){map.memory, map.size};
	guard(&map, path);
	*ret_map = map;
	return 0;
}

void file_unmap(struct file_map *map)
{
	if (!map->memory)
		return;
	if (map->mapped) {
		for (size_t i = 0; i < COUNT_OF(guarded); i++)
			if (guarded[i].begin == map->memory)
				__atomic_store_n(&guarded[i].begin, NULL, __ATOMIC_RELEASE);
		munmap(map->memory, map->size);
	} else {
		mem_free(map->memory);
	}
	*map = (struct file_map){0};
}

int file_write_fd(int fd, struct str text, const char *name, struct error *err)
{
	while (text.len) {
		ssize_t wrote = write(fd, text.data, text.len);

		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote < 0)
			return fail(err, ERR_OUTPUT, name, strerror(errno));
		text = str_slice(text, (size_t)wrote, text.len);
	}
	return 0;
}

int file_replace(const char *path, struct str text, unsigned mode, struct error *err)
{
	CLEANUP(close_fd) int fd = -1;
	char temporary[4096];
	int r;

	if (strcmp(path, "-") == 0)
		return file_write_fd(1, text, "standard output", err);
	if ((size_t)snprintf(temporary, sizeof(temporary), "%s.XXXXXX", path) >= sizeof(temporary))
		return fail(err, ERR_CREATE, path, "the path is too long");
	fd = mkostemp(temporary, O_CLOEXEC);
	if (fd < 0)
		return fail(err, ERR_CREATE, path, strerror(errno));
	r = file_write_fd(fd, text, path, err);
	if (r == 0 &&
		(fchmod(fd, (mode_t)mode) < 0 || fsync(fd) < 0 || rename(temporary, path) < 0))
		r = fail(err, ERR_OUTPUT, path, strerror(errno));
	if (r < 0)
		unlink(temporary);
	return r;
}

bool file_exists(const char *path)
{
	return access(path, F_OK) == 0;
}

bool file_is_dir(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

const char *path_join(struct arena *arena, struct str dir, struct str name)
{
	if (str_empty(dir) || str_is(dir, ".") || (name.len && name.data[0] == '/'))
		return arena_cstr(arena, name);
	if (str_ends(dir, STR("/")))
		return arena_printf(arena, "%.*s%.*s", STR_ARG(dir), STR_ARG(name)).data;
	return arena_printf(arena, "%.*s/%.*s", STR_ARG(dir), STR_ARG(name)).data;
}

static size_t last_slash(struct str path)
{
	for (size_t i = path.len; i > 0; i--)
		if (path.data[i - 1] == '/')
			return i - 1;
	return SIZE_MAX;
}

struct str path_dir(struct str path)
{
	size_t at = last_slash(path);

	if (at == SIZE_MAX)
		return STR(".");
	return at == 0 ? STR("/") : str_slice(path, 0, at);
}

struct str path_base(struct str path)
{
	size_t at = last_slash(path);

	return at == SIZE_MAX ? path : str_slice(path, at + 1, path.len);
}
