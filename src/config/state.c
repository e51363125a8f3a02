/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The .weir directory.  Apart from the configuration, since nothing in it ever
 * decides anything: whoever deletes it loses time and keys, not judgement.
 */
#define _GNU_SOURCE
#include "config/state.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

/* Largest file that weir keeps there. */
enum { STATE_MOST = 256 << 20 };

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

static int fail(struct error *err, enum error_id id, const char *path, const char *what)
{
	return error_at(err, error_set(err, id, "%s", what), str_of(path), 0, 0);
}

static const char *inside(const struct state *state, const char *name)
{
	return path_join(state->arena, str_of(state->path), str_of(name));
}

/* Opened without following a link, and judged by what was opened, so that nothing can change between. */
static int open_directory(const char *path, int *ret_fd, struct error *err)
{
	CLEANUP(close_fd) int fd = -1;
	struct stat st;

	if (mkdir(path, 0700) < 0 && errno != EEXIST)
		return fail(err, ERR_CREATE, path, strerror(errno));
	fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return fail(err, ERR_CREATE, path, "is in the way: it is not a directory");
	if (fstat(fd, &st) < 0)
		return fail(err, ERR_CREATE, path, strerror(errno));
	if (st.st_uid != geteuid())
		return fail(err, ERR_CREATE, path, "belongs to another user");
	if ((st.st_mode & 07777) != 0700 && fchmod(fd, 0700) < 0)
		return fail(err, ERR_CREATE, path, strerror(errno));
	*ret_fd = fd;
	fd = -1;
	return 0;
}

/* "process 4711 is using it", from what the holder wrote into the lock. */
static int fail_locked(int fd, const char *path, struct error *err)
{
	char text[32] = "";
	ssize_t got = pread(fd, text, sizeof(text) - 1, 0);
	struct str holder = str_trim((struct str){text, got > 0 ? (size_t)got : 0});
	uint64_t pid;

	if (!str_to_u64(holder, &pid))
		return fail(err, ERR_STATE_LOCKED, path, "another process is using it");
	return error_at(err,
		error_set(
			err, ERR_STATE_LOCKED, "process %llu is using it", (unsigned long long)pid),
		str_of(path), 0, 0);
}

static int take_lock(
	int directory, const char *path, struct arena *arena, int *ret_fd, struct error *err)
{
	CLEANUP(close_fd)
	int fd = openat(directory, "lock", O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
	struct str holder = arena_printf(arena, "%lld\n", (long long)getpid());

	if (str_absent(holder))
		return error_memory(err);
	if (fd < 0)
		return fail(err, ERR_CREATE, path, strerror(errno));
	if (flock(fd, LOCK_EX | LOCK_NB) < 0)
		return errno == EWOULDBLOCK ? fail_locked(fd, path, err)
					    : fail(err, ERR_CREATE, path, strerror(errno));
	if (ftruncate(fd, 0) < 0 || pwrite(fd, holder.data, holder.len, 0) != (ssize_t)holder.len)
		return fail(err, ERR_OUTPUT, path, strerror(errno));
	*ret_fd = fd;
	fd = -1;
	return 0;
}

int state_open(const char *root, struct arena *arena, struct state *ret_state, struct error *err)
{
	CLEANUP(close_fd) int directory = -1;
	CLEANUP(close_fd) int lock = -1;
	const char *path = path_join(arena, str_of(root), STR(STATE_DIRECTORY));
	struct state state = {path, arena, -1};
	const char *ignore = path ? inside(&state, ".gitignore") : NULL;
	int r;

	if (!ignore)
		return error_memory(err);
	r = open_directory(path, &directory, err);
	if (r == 0)
		r = take_lock(directory, path, arena, &lock, err);
	if (r == 0 && !file_exists(ignore))
		r = file_replace(ignore, STR("*\n"), 0600, err);
	if (r < 0)
		return r;
	state.lock = lock;
	lock = -1;
	*ret_state = state;
	return 0;
}

void state_close(struct state *state)
{
	if (state->path && state->lock >= 0)
		close(state->lock);
	*state = (struct state){0};
}

static void put_header(const struct state_format *format, char ret_header[STATE_HEADER])
{
	memcpy(ret_header, "weir", 4);
	memcpy(ret_header + 4, format->letters, 4);
	for (int i = 0; i < 4; i++)
		ret_header[8 + i] = (char)(format->version >> (8 * i) & 0xff);
}

static uint32_t version_of(struct str text)
{
	uint32_t version = 0;

	for (int i = 3; i >= 0; i--)
		version = version << 8 | (unsigned char)text.data[8 + i];
	return version;
}

int state_write(const struct state *state, const char *name, const struct state_format *format,
	struct str text, struct error *err)
{
	const char *path = inside(state, name);
	char *whole = arena_alloc(state->arena, size_add(text.len, STATE_HEADER));

	if (!path || !whole)
		return error_memory(err);
	put_header(format, whole);
	if (text.len)
		memcpy(whole + STATE_HEADER, text.data, text.len);
	return file_replace(path, (struct str){whole, text.len + STATE_HEADER}, 0600, err);
}

static int migrate(const struct state *state, const char *name, const struct state_format *format,
	uint32_t from, struct str old, struct str *ret_text, struct error *err)
{
	CLEANUP(buf_free) struct buf out = BUF(STATE_MOST);
	int r;

	if (!format->migrate)
		return 0;
	r = format->migrate(from, old, &out, err);
	if (r == 0 && buf_failed(&out))
		r = error_memory(err);
	if (r == 0)
		r = state_write(state, name, format, buf_str(&out), err);
	if (r < 0)
		return r;
	*ret_text = arena_str(state->arena, buf_str(&out));
	return str_absent(*ret_text) ? error_memory(err) : 1;
}

int state_read(const struct state *state, const char *name, const struct state_format *format,
	struct str *ret_text, struct error *err)
{
	CLEANUP(file_unmap) struct file_map map = {0};
	const char *path = inside(state, name);
	char header[STATE_HEADER];
	struct str body;
	uint32_t version;
	int r;

	if (!path)
		return error_memory(err);
	if (!file_exists(path))
		return 0;
	r = file_map(path, STATE_MOST, &map, err);
	if (r < 0)
		return r;
	put_header(format, header);
	if (map.text.len < STATE_HEADER || memcmp(map.text.data, header, 8) != 0)
		return fail(err, ERR_STATE_DAMAGED, path, "does not begin as weir writes it");
	version = version_of(map.text);
	body = str_slice(map.text, STATE_HEADER, map.text.len);
	if (version > format->version)
		return error_at(err,
			error_set(err, ERR_STATE_NEWER, "has version %u, and this weir knows %u",
				version, format->version),
			str_of(path), 0, 0);
	if (version < format->version)
		return migrate(state, name, format, version, body, ret_text, err);
	*ret_text = arena_str(state->arena, body);
	return str_absent(*ret_text) ? error_memory(err) : 1;
}
