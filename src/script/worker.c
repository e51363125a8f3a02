/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A worker, its socket, and the parent that answers it.
 *
 * Both directions carry messages: a kind, a length, as many bytes.  The worker
 * believes its parent.  The parent believes nothing: every path is followed to
 * its end and must lie below a granted folder, every length has a ceiling, and
 * the whole has a deadline.
 */
#define _GNU_SOURCE
#include "script/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"

enum message_kind {
	ASK_FIND, /* path -> one byte of enum script_entry, and the path that it leads to, or nothing */
	ASK_READ,   /* path -> DONE and its bytes, or the error */
	ASK_LIST,   /* path -> names, each with a NUL behind it */
	TELL,       /* the answer; the last message */
	UNCONFINED, /* instead of all others: the kernel took no filter */
	BEGIN,      /* of the parent: the request of a worker that waited */
	REPLY_DONE, /* of the parent */
	REPLY_ERROR,
};

struct header {
	uint32_t kind;
	uint32_t length;
	uint64_t ceiling; /* ASK_READ: the most bytes */
};

enum {
	/* What a small program takes of them. */
	WARM_HEAP = 512 * 1024,
	WARM_STACK = 64 * 1024,
	SOCKET = 3,           /* the worker's only descriptor */
	PATH_CEILING = 16384, /* of what is asked */
	LIST_CEILING = 16 << 20,
	SHORT = 1024, /* of a message that goes in one call */
	REQUEST_CEILING = 64 << 20,
	FINDS_CEILING = 256 << 20, /* of what a worker keeps of paths */
};

/* ---- messages ---- */

static bool put_all(int fd, const void *bytes, size_t len)
{
	const char *at = bytes;

	while (len) {
		ssize_t n = send(fd, at, len, MSG_NOSIGNAL);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		at += n;
		len -= (size_t)n;
	}
	return true;
}

/* A short message goes in one call: there are thousands of them. */
static bool put(int fd, enum message_kind kind, size_t ceiling, struct str bytes)
{
	const struct header header = {kind, (uint32_t)bytes.len, ceiling};
	char whole[sizeof(header) + SHORT];
	size_t joined = bytes.len <= SHORT ? bytes.len : 0;

	if (bytes.len > UINT32_MAX)
		return false;
	memcpy(whole, &header, sizeof(header));
	if (joined)
		memcpy(whole + sizeof(header), bytes.data, joined);
	return put_all(fd, whole, sizeof(header) + joined) &&
		put_all(fd, bytes.data, bytes.len - joined);
}

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* 1: all there; 0: the other side has left; -1: the deadline passed. Without a deadline (0) it waits. */
static int get_all(int fd, void *bytes, size_t len, int64_t deadline)
{
	char *at = bytes;

	while (len) {
		struct pollfd wait = {fd, POLLIN, 0};
		int64_t left = deadline ? deadline - now_ms() : 0;
		ssize_t n;

		if (deadline && left <= 0)
			return -1;
		if (deadline && poll(&wait, 1, (int)left) <= 0)
			continue;
		n = recv(fd, at, len, 0);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return 0;
		at += n;
		len -= (size_t)n;
	}
	return 1;
}

/* ---- the worker's side ---- */

/* Asks the parent; false, with nothing in the arena, where it has left. */
static bool ask(enum message_kind kind, struct str path, size_t ceiling, struct arena *arena,
	enum message_kind *ret_kind, struct str *ret_reply)
{
	struct header header;
	char *text;

	if (!put(SOCKET, kind, ceiling, path) || get_all(SOCKET, &header, sizeof(header), 0) != 1)
		return false;
	text = arena_alloc(arena, (size_t)header.length + 1);
	if (!text || get_all(SOCKET, text, header.length, 0) != 1)
		return false;
	*ret_kind = header.kind;
	*ret_reply = (struct str){text, header.length};
	return true;
}

/* What is known of a path: the files are taken to stay as they are while a script runs. */
struct find {
	struct find *next;
	struct str path, real;
	struct str text; /* of a file that was foreseen; else absent */
	enum script_entry entry;
};

/* The worker's, for its life; what was foreseen the parent leaves to it. */
static struct {
	struct arena *arena;
	struct find *buckets[1024];
} finds;

static struct find **bucket_of(struct str path)
{
	return &finds.buckets[hash_bytes(path, 0) % COUNT_OF(finds.buckets)];
}

/* NULL: memory is short. */
static struct find *keep(struct str path, enum script_entry entry, struct str real)
{
	struct find **bucket = bucket_of(path), *found = ARENA_NEW(finds.arena, struct find);
	struct str own = arena_str(finds.arena, path);

	if (!found || str_absent(own))
		return NULL;
	*found = (struct find){*bucket, own, real, {NULL, 0}, entry};
	return *bucket = found;
}

static const struct find *known(struct str path)
{
	const struct find *found = *bucket_of(path);

	while (found && !str_eq(found->path, path))
		found = found->next;
	return found;
}

/* NULL: the parent has left, or memory is short. */
static const struct find *find(struct str path)
{
	const struct find *found = known(path);
	enum message_kind kind;
	struct str reply;

	if (found)
		return found;
	if (!finds.arena)
		finds.arena = arena_create(FINDS_CEILING);
	if (!finds.arena || !ask(ASK_FIND, path, 0, finds.arena, &kind, &reply) || str_empty(reply))
		return NULL;
	return keep(path, (enum script_entry)reply.data[0],
		reply.len > 1 ? str_slice(reply, 1, reply.len) : (struct str){NULL, 0});
}

static enum script_entry ask_entry(void *payload, struct str path)
{
	const struct find *found = find(path);

	(void)payload;
	return found ? found->entry : ENTRY_NONE;
}

static struct str ask_real(void *payload, struct str path, struct arena *arena)
{
	const struct find *found = find(path);

	(void)payload, (void)arena;
	return found ? found->real : (struct str){NULL, 0};
}

static int ask_read(void *payload, struct str path, size_t ceiling, struct arena *arena,
	struct str *ret_text, struct error *err)
{
	const struct find *foreseen = known(path);
	enum message_kind kind;
	struct str reply;

	(void)payload;
	if (foreseen && !str_absent(foreseen->text) && foreseen->text.len <= ceiling) {
		*ret_text = foreseen->text;
		return 0;
	}
	if (!ask(ASK_READ, path, ceiling, arena, &kind, &reply))
		return error_memory(err);
	if (kind == REPLY_ERROR) {
		struct error told;

		if (reply.len != sizeof(told))
			return error_memory(err);
		memcpy(&told, reply.data, sizeof(told));
		if (err)
			*err = told;
		return -error_info(told.id)->exit_code;
	}
	*ret_text = reply;
	return 0;
}

static void ask_list(
	void *payload, struct str folder, struct arena *arena, struct script_names *names)
{
	enum message_kind kind;
	struct str reply;

	(void)payload;
	if (!ask(ASK_LIST, folder, 0, arena, &kind, &reply))
		return;
	while (reply.len &&
		arena_grow(arena, (void **)&names->items, names->count, &names->room,
			sizeof(*names->items))) {
		struct str name = {reply.data, str_find_char(reply, '\0')};

		names->items[names->count++] = name;
		reply = str_slice(reply, name.len + 1, SIZE_MAX);
	}
}

static bool nothing(void *payload, struct str name)
{
	(void)payload;
	(void)name;
	return false;
}

/* Waits for the request; absent where the parent has left. */
static struct str await_request(void)
{
	struct arena *arena = arena_create(REQUEST_CEILING);
	struct header header;
	char *text;

	if (!arena || get_all(SOCKET, &header, sizeof(header), 0) != 1)
		return (struct str){NULL, 0};
	text = arena_alloc(arena, (size_t)header.length + 1);
	if (!text || get_all(SOCKET, text, header.length, 0) != 1)
		return (struct str){NULL, 0};
	return (struct str){text, header.length};
}

/* Never returns. */
static void work(const struct worker_spec *spec, bool waits, int socket, pid_t owner)
{
	struct str request = spec->request;
	const struct rlimit none = {0, 0};
	const struct script_source files = {
		ask_entry, ask_real, ask_read, ask_list, nothing, nothing, NULL};
	struct buf answer = BUF(spec->answer_ceiling);

	signal(SIGPIPE, SIG_DFL);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != owner || dup2(socket, SOCKET) < 0)
		_exit(1);
	syscall(SYS_close_range, SOCKET + 1U, ~0U, 0U);
	for (int fd = 0; fd < SOCKET; fd++)
		close(fd);
	setrlimit(RLIMIT_CORE, &none);
	setrlimit(RLIMIT_FSIZE, &none);
	if (!worker_confine()) {
		put(SOCKET, UNCONFINED, 0, STR(""));
		_exit(1);
	}
	mem_warm(WARM_HEAP, WARM_STACK);
	if (spec->prepare)
		spec->prepare(spec->payload);
	if (waits)
		request = await_request();
	if (waits && str_absent(request))
		_exit(0);
	spec->run(spec->payload, request, &files, &answer);
	if (buf_failed(&answer))
		put(SOCKET, REPLY_ERROR, 0, STR(""));
	else
		put(SOCKET, TELL, 0, buf_str(&answer));
	_exit(0);
}

/* ---- the parent's side ---- */

static bool granted(const struct worker_spec *spec, struct str real)
{
	for (size_t i = 0; i < spec->granted->count; i++)
		if (path_inside(spec->granted->items[i], real))
			return true;
	return false;
}

static bool reply_read(int fd, const struct worker_spec *spec, const struct script_source *files,
	struct str path, size_t ceiling, struct arena *arena)
{
	struct str real = files->real(NULL, path, arena), text;
	struct error err = {ERR_NONE};

	if (ceiling > MODULE_MAX_BYTES)
		ceiling = MODULE_MAX_BYTES;
	if (str_absent(real) || !granted(spec, real))
		error_set(&err, ERR_FILE_MISSING, "no such file below the program's folder");
	else if (files->read(NULL, real, ceiling, arena, &text, &err) == 0)
		return put(fd, REPLY_DONE, 0, text);
	return put(fd, REPLY_ERROR, 0, (struct str){(const char *)&err, sizeof(err)});
}

static bool reply_list(int fd, const struct worker_spec *spec, const struct script_source *files,
	struct str path, struct arena *arena)
{
	CLEANUP(buf_free) struct buf out = BUF(LIST_CEILING);
	struct str real = files->real(NULL, path, arena);
	struct script_names names = {0};

	if (!str_absent(real) && granted(spec, real))
		files->list(NULL, real, arena, &names);
	for (size_t i = 0; i < names.count; i++) {
		buf_add(&out, names.items[i]);
		buf_add_char(&out, '\0');
	}
	return put(fd, REPLY_DONE, 0, buf_failed(&out) ? STR("") : buf_str(&out));
}

/*
 * What is at a path, and where that leads.  A worker is told of nothing that is not granted, not even that it is there: only
 * that what stands in its own folders is a link to something elsewhere, for which the root stands.
 */
static enum script_entry look(const struct worker_spec *spec, const struct script_source *files,
	struct str path, struct arena *arena, struct str *ret_real)
{
	enum script_entry entry = files->entry(NULL, path);
	struct str real, folder;

	*ret_real = (struct str){NULL, 0};
	if (entry == ENTRY_NONE)
		return entry;
	real = files->real(NULL, path, arena);
	if (!str_absent(real) && !granted(spec, real)) {
		folder = files->real(NULL, path_dir(path_resolve(arena, STR("/"), path)), arena);
		if (str_absent(folder) || !granted(spec, folder))
			return ENTRY_NONE;
		real = STR("/");
	}
	*ret_real = real;
	return entry;
}

static bool reply_find(int fd, const struct worker_spec *spec, const struct script_source *files,
	struct str path, struct arena *arena)
{
	struct str real;
	char entry = (char)look(spec, files, path, arena, &real);

	return put(fd, REPLY_DONE, 0,
		arena_printf(arena, "%c%.*s", entry, STR_ARG(str_absent(real) ? STR("") : real)));
}

static bool reply(int fd, const struct worker_spec *spec, const struct header *header,
	struct str path, struct arena *arena)
{
	struct script_source files = script_files();

	switch (header->kind) {
	case ASK_FIND:
		return reply_find(fd, spec, &files, path, arena);
	case ASK_READ:
		return reply_read(fd, spec, &files, path, header->ceiling, arena);
	case ASK_LIST:
		return reply_list(fd, spec, &files, path, arena);
	default:
		return false;
	}
}

/* Takes the answer's bytes. */
static enum worker_end take(
	int fd, const struct worker_spec *spec, size_t len, int64_t deadline, struct buf *answer)
{
	char *room;
	int got;

	*answer = BUF(spec->answer_ceiling);
	room = len > spec->answer_ceiling ? NULL : buf_reserve(answer, len);
	if (!room)
		return WORKER_SIZE;
	got = get_all(fd, room, len, deadline);
	answer->len = got == 1 ? len : 0;
	return got == 1 ? WORKER_ANSWERED : got < 0 ? WORKER_TIME : WORKER_DIED;
}

/* Answers the worker until its end, an enum worker_end; an error where it could not be confined. */
static int serve(int fd, const struct worker_spec *spec, struct arena *arena, struct buf *answer,
	struct error *err)
{
	const int64_t deadline = now_ms() + spec->time_ms;

	for (;;) {
		char path[PATH_CEILING];
		struct header header;
		int got = get_all(fd, &header, sizeof(header), deadline);

		if (got == 1 && header.kind == TELL)
			return (int)take(fd, spec, header.length, deadline, answer);
		if (got == 1 && header.kind == UNCONFINED)
			return error_set(err, ERR_CONFINEMENT,
				"the kernel takes no filter of system calls for the script's "
				"process");
		if (got == 1 && header.kind == REPLY_ERROR)
			return WORKER_SIZE;
		if (got == 1 && header.length > sizeof(path))
			return WORKER_DIED;
		if (got == 1)
			got = get_all(fd, path, header.length, deadline);
		if (got < 0)
			return WORKER_TIME;
		arena_reset(arena);
		if (got && spec->asked)
			spec->asked(spec->asked_payload, (struct str){path, header.length},
				header.kind == ASK_LIST);
		if (got == 0 || !reply(fd, spec, &header, (struct str){path, header.length}, arena))
			return WORKER_DIED;
	}
}

static void foresee_path(
	const struct worker_spec *spec, const struct script_source *files, struct str path)
{
	enum script_entry entry;
	struct find *found;
	struct str real;

	if (spec->asked)
		spec->asked(spec->asked_payload, path, false);
	entry = look(spec, files, path, finds.arena, &real);
	found = keep(path, entry, real);

	/* Where a link leads out of what is granted, the worker asks and is told so. */
	if (found && entry == ENTRY_FILE && str_eq(found->real, path))
		(void)files->read(NULL, path, MODULE_MAX_BYTES, finds.arena, &found->text, NULL);
}

/*
 * What every script asks first, found before the fork: that is memory of the worker's too, while each question costs two changes
 * of the process.  From the first file's folder upward: packages, and the package that the file is of.
 */
static void foresee(const struct worker_spec *spec)
{
	const struct script_source files = script_files();
	struct str folder = path_dir(spec->first);

	finds.arena = str_absent(spec->first) ? NULL : arena_create(FINDS_CEILING);
	if (!finds.arena)
		return;
	foresee_path(spec, &files, spec->first);
	foresee_path(spec, &files, spec->granted->items[0]);
	for (;; folder = path_dir(folder)) {
		foresee_path(spec, &files, path_resolve(finds.arena, folder, STR("node_modules")));
		if (path_inside(spec->granted->items[0], folder))
			foresee_path(spec, &files,
				path_resolve(finds.arena, folder, STR("package.json")));
		if (folder.len <= 1)
			return;
	}
}

static void forget(void)
{
	arena_destroy(finds.arena);
	memset(&finds, 0, sizeof(finds));
}

/* Forks a worker; *ret_fd is this side of its socket. */
static pid_t start(const struct worker_spec *spec, bool waits, int *ret_fd, struct error *err)
{
	pid_t owner = getpid(), pid;
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0)
		return error_set(err, ERR_CHILD_MISSING, "no socket for the script's process: %s",
			strerror(errno));
	pid = fork();
	if (pid == 0)
		work(spec, waits, pair[1], owner);
	close(pair[1]);
	if (pid < 0) {
		close(pair[0]);
		return error_set(
			err, ERR_CHILD_MISSING, "no process for the script: %s", strerror(errno));
	}
	*ret_fd = pair[0];
	return pid;
}

static void end(pid_t pid, int fd)
{
	close(fd);
	kill(pid, SIGKILL);
	while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
		;
}

/* From its request to its end. */
static int finish(const struct worker_spec *spec, pid_t pid, int fd, enum worker_end *ret_end,
	struct buf *ret_answer, struct error *err)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create(4 * (size_t)MODULE_MAX_BYTES);
	struct buf answer = {0};
	int r = arena ? serve(fd, spec, arena, &answer, err) : error_memory(err);

	end(pid, fd);
	if (r < 0)
		return r;
	*ret_end = (enum worker_end)r;
	*ret_answer = answer;
	return 0;
}

int worker_run(const struct worker_spec *spec, enum worker_end *ret_end, struct buf *ret_answer,
	struct error *err)
{
	pid_t pid;
	int fd = -1;

	foresee(spec);
	pid = start(spec, false, &fd, err);
	forget();
	if (pid < 0)
		return pid;
	/* While the worker does the same for itself. */
	mem_warm(WARM_HEAP, WARM_STACK);
	return finish(spec, pid, fd, ret_end, ret_answer, err);
}

/* ---- workers that wait ---- */

void worker_pool_fill(struct worker_pool *pool, const struct worker_spec *spec, size_t count)
{
	while (pool->count < count && pool->count < WORKER_POOL_MOST) {
		int fd = -1;
		pid_t pid = start(spec, true, &fd, NULL);

		if (pid < 0)
			return;
		pool->waiting[pool->count].pid = pid;
		pool->waiting[pool->count++].fd = fd;
	}
}

int worker_pool_run(struct worker_pool *pool, const struct worker_spec *spec,
	enum worker_end *ret_end, struct buf *ret_answer, struct error *err)
{
	while (pool->count) {
		pid_t pid = pool->waiting[--pool->count].pid;
		int fd = pool->waiting[pool->count].fd;

		if (put(fd, BEGIN, 0, spec->request))
			return finish(spec, pid, fd, ret_end, ret_answer, err);
		end(pid, fd);
	}
	return worker_run(spec, ret_end, ret_answer, err);
}

void worker_pool_close(struct worker_pool *pool)
{
	while (pool->count) {
		pool->count--;
		end(pool->waiting[pool->count].pid, pool->waiting[pool->count].fd);
	}
}
