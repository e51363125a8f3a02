/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Mapping input, guarding it against truncation, and replacing files as a whole.
 */
#define _GNU_SOURCE
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
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

static int too_large(struct error *err, const char *path, size_t ceiling)
{
	int r = error_set(err, ERR_FILE_TOO_LARGE,
		"larger than %zu bytes, the most that weir reads here", ceiling);

	return error_at(err, r, str_of(path), 0, 0);
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
			return too_large(err, path, ceiling);
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
 *
 * A slot is FREE, then TAKEN by one thread that fills it, then LIVE; the handler reads LIVE ones alone,
 * so it always sees whole entries.  Blocks are added at need and never freed, so it can walk
 * them without a lock.
 */
enum slot_state { SLOT_FREE, SLOT_TAKEN, SLOT_LIVE };

struct guarded {
	int state;
	const char *begin;
	size_t size;
	/* The error as it would be told: one allocation, the line first. */
	char *told;
	size_t line;
	size_t object;
};

struct guard_block {
	struct guard_block *next;
	struct guarded slots[64];
};

static struct guard_block first_block;
static file_guard_render *guard_render;
static bool guard_json;
static bool guard_telling;

enum { TOLD_CEILING = 64 * 1024 };

static struct guarded *take_slot(struct guard_block *block)
{
	for (size_t i = 0; i < COUNT_OF(block->slots); i++) {
		int expected = SLOT_FREE;

		if (__atomic_compare_exchange_n(&block->slots[i].state, &expected, SLOT_TAKEN,
			    false, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
			return &block->slots[i];
	}
	return NULL;
}

/* A slot of our own; NULL when memory is short. */
static struct guarded *new_slot(void)
{
	struct guard_block *block = &first_block, *more = NULL;

	for (;;) {
		struct guarded *slot = take_slot(block);
		struct guard_block *next = __atomic_load_n(&block->next, __ATOMIC_ACQUIRE);

		if (slot) {
			mem_free(more);
			return slot;
		}
		if (!next) {
			more = more ? more : mem_alloc(sizeof(*more));
			if (!more)
				return NULL;
			/* Where another thread was faster, `next` is its block, and ours is kept for later. */
			if (__atomic_compare_exchange_n(&block->next, &next, more, false,
				    __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)) {
				next = more;
				more = NULL;
			}
		}
		block = next;
	}
}

/* Renders what the handler would say about this file. False when memory is short. */
static bool prepare(struct guarded *slot, const char *path)
{
	CLEANUP(buf_free) struct buf told = BUF(TOLD_CEILING);
	struct error err = {.id = ERR_NONE};

	fail(&err, ERR_FILE_TRUNCATED, path, "the file became shorter while it was read");
	guard_render(&told, &err, /* json= */ false);
	slot->line = told.len;
	guard_render(&told, &err, /* json= */ true);
	slot->object = told.len - slot->line;
	if (buf_failed(&told))
		return false;
	slot->told = told.data;
	told = BUF(0);
	return true;
}

static bool guard(const struct file_map *map, const char *path)
{
	struct guarded *slot = new_slot();

	if (!slot)
		return false;
	slot->told = NULL;
	slot->line = slot->object = 0;
	if (guard_render && !prepare(slot, path)) {
		__atomic_store_n(&slot->state, SLOT_FREE, __ATOMIC_RELEASE);
		return false;
	}
	slot->begin = map->memory;
	slot->size = map->size;
	__atomic_store_n(&slot->state, SLOT_LIVE, __ATOMIC_RELEASE);
	return true;
}

/* The live slot that holds the address, or NULL. Safe in a signal handler. */
static struct guarded *find_slot(const char *at)
{
	struct guard_block *block = &first_block;

	for (; block; block = __atomic_load_n(&block->next, __ATOMIC_ACQUIRE)) {
		for (size_t i = 0; i < COUNT_OF(block->slots); i++) {
			struct guarded *slot = &block->slots[i];

			if (__atomic_load_n(&slot->state, __ATOMIC_ACQUIRE) == SLOT_LIVE &&
				at >= slot->begin && at < slot->begin + slot->size)
				return slot;
		}
	}
	return NULL;
}

static void unguard(const char *begin)
{
	struct guarded *slot = find_slot(begin);

	if (!slot)
		return;
	mem_free(slot->told);
	slot->told = NULL;
	__atomic_store_n(&slot->state, SLOT_FREE, __ATOMIC_RELEASE);
}

/* A handler may call write(), pause(), _exit(), signal() and raise(), and touch memory; it does no more. */
static void on_bus_error(int number, siginfo_t *info, void *context)
{
	/* A signal that somebody sent (si_code <= 0) has no address. */
	const struct guarded *slot = info->si_code > 0 ? find_slot(info->si_addr) : NULL;

	(void)context;
	/* Two threads may read the file, and both fault: the first tells, the other waits for the end. */
	while (slot && __atomic_exchange_n(&guard_telling, true, __ATOMIC_ACQ_REL))
		pause();
	if (slot) {
		bool json = __atomic_load_n(&guard_json, __ATOMIC_RELAXED);
		const char *text = slot->told + (json ? slot->line : 0);
		size_t left = json ? slot->object : slot->line;

		while (left) {
			ssize_t wrote = write(json ? STDOUT_FILENO : STDERR_FILENO, text, left);

			if (wrote <= 0)
				break; /* Nobody left to tell; the exit code says it. */
			text += wrote;
			left -= (size_t)wrote;
		}
		_exit(65);
	}
	signal(number, SIG_DFL);
	raise(number);
}

void file_guard_json(void)
{
	__atomic_store_n(&guard_json, true, __ATOMIC_RELAXED);
}

void file_guard_install(file_guard_render *render)
{
	struct sigaction action = {.sa_sigaction = on_bus_error, .sa_flags = SA_SIGINFO};

	guard_render = render;
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
		return too_large(err, path, ceiling);
	map.size = (size_t)st.st_size;
	map.memory = mmap(NULL, map.size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0);
	if (map.memory == MAP_FAILED)
		return fail(err, ERR_FILE_UNREADABLE, path, strerror(errno));
	map.text = (struct str){map.memory, map.size};
	if (!guard(&map, path)) {
		munmap(map.memory, map.size);
		return error_memory(err);
	}
	*ret_map = map;
	return 0;
}

void file_unmap(struct file_map *map)
{
	if (!map->memory)
		return;
	if (map->mapped) {
		unguard(map->memory);
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

/* A device, a pipe: something to write into, not a name to put a file in the place of. */
static bool is_special(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode);
}

static int replace(const char *path, struct str text, unsigned mode, bool syncs, struct error *err)
{
	CLEANUP(close_fd) int fd = -1;
	char temporary[4096];
	int r;

	if (strcmp(path, "-") == 0)
		return file_write_fd(1, text, "standard output", err);
	if (is_special(path)) {
		fd = open(path, O_WRONLY | O_CLOEXEC);
		if (fd < 0)
			return fail(err, ERR_CREATE, path, strerror(errno));
		return file_write_fd(fd, text, path, err);
	}
	if ((size_t)snprintf(temporary, sizeof(temporary), "%s.XXXXXX", path) >= sizeof(temporary))
		return fail(err, ERR_CREATE, path, "the path is too long");
	fd = mkostemp(temporary, O_CLOEXEC);
	if (fd < 0)
		return fail(err, ERR_CREATE, path, strerror(errno));
	r = file_write_fd(fd, text, path, err);
	if (r == 0 &&
		(fchmod(fd, (mode_t)mode) < 0 || (syncs && fsync(fd) < 0) ||
			rename(temporary, path) < 0))
		r = fail(err, ERR_OUTPUT, path, strerror(errno));
	if (r < 0)
		unlink(temporary);
	return r;
}

int file_replace(const char *path, struct str text, unsigned mode, struct error *err)
{
	return replace(path, text, mode, /* syncs= */ true, err);
}

int file_replace_unsynced(const char *path, struct str text, unsigned mode, struct error *err)
{
	return replace(path, text, mode, /* syncs= */ false, err);
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

struct str path_resolve(struct arena *arena, struct str dir, struct str path)
{
	char *to = arena_alloc(arena, size_add(size_add(dir.len, path.len), 3));
	struct str parts[] = {dir, path};
	size_t len = 0;

	if (!to)
		return (struct str){NULL, 0};
	if (str_starts(dir, STR("/")))
		to[len++] = '/';
	for (size_t i = 0; i < COUNT_OF(parts); i++) {
		for (struct str rest = parts[i]; !str_absent(rest);) {
			struct str part = str_split(&rest, '/'),
				   last = path_base((struct str){to, len});
			bool up = str_is(part, "..");

			if (str_empty(part) || str_is(part, "."))
				continue;
			if (up && len && to[len - 1] != '/' && !str_is(last, "..")) {
				len -= last.len;
				len -= len > 1 && to[len - 1] == '/';
				continue;
			}
			if (len && to[len - 1] != '/')
				to[len++] = '/';
			memcpy(to + len, part.data, part.len);
			len += part.len;
		}
	}
	if (len == 0)
		to[len++] = '.';
	to[len] = '\0';
	return (struct str){to, len};
}

bool path_inside(struct str dir, struct str path)
{
	return !str_empty(dir) && str_starts(path, dir) &&
		(path.len == dir.len || str_ends(dir, STR("/")) || path.data[dir.len] == '/');
}

bool path_leads_inside(struct str folder, const char *path, struct arena *arena)
{
	struct str way = str_of(path);
	char real[PATH_MAX];

	for (;;) {
		const char *name = arena_cstr(arena, way);
		struct str before = path_dir(way);

		if (!name)
			return false;
		if (realpath(name, real))
			return path_inside(folder, str_of(real));
		/* A link that leads nowhere would be written through, and ".." means what is made before it. */
		if (errno != ENOENT || readlink(name, real, sizeof(real)) >= 0 ||
			str_is(path_base(way), "..") || str_eq(before, way))
			return false;
		way = before;
	}
}

bool path_climbs(struct str path)
{
	return path_inside(STR(".."), path);
}
