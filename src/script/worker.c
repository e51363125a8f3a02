/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A worker, its socket, and the parent that answers it.
 *
 * Both directions carry messages (message.h).  The worker believes its parent.  The
 * parent believes nothing: every path is followed to its end and must lie below a
 * granted folder, every length has a ceiling, and the whole has a deadline.
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

#include "script/foresee.h"
#include "script/message.h"
#include "script/strip_pack.h"
#include "script/worker_start.h"

enum {
	/* What a small program takes of them. */
	WARM_HEAP = 512 * 1024,
	WARM_STACK = 64 * 1024,
	YIELDING = 5,         /* steps of priority: a third of what a worker has */
	SOCKET = 3,           /* the worker's only descriptor */
	PATH_CEILING = 16384, /* of what is asked */
	LIST_CEILING = 16 << 20,
	REQUEST_CEILING = 64 << 20,
	FINDS_CEILING = 256 << 20, /* of what a worker keeps of paths */
};

/* ---- the worker's side ---- */

/* Asks the parent; false, with nothing in the arena, where it has left. */
static bool ask(enum message_kind kind, struct str path, size_t ceiling, struct arena *arena,
	enum message_kind *ret_kind, struct str *ret_reply)
{
	struct message header;
	char *text;

	if (!message_put(SOCKET, kind, ceiling, path, 0) ||
		message_get(SOCKET, &header, sizeof(header), 0) != 1)
		return false;
	text = arena_alloc(arena, (size_t)header.length + 1);
	if (!text || message_get(SOCKET, text, header.length, 0) != 1)
		return false;
	*ret_kind = header.kind;
	*ret_reply = (struct str){text, header.length};
	return true;
}

/* The worker's, for its life. The files are taken to stay as they are while a script runs. */
static struct finds finds;

/* NULL: the parent has left, or memory is short. */
static const struct find *find(struct str path)
{
	const struct find *found = finds_known(&finds, path);
	enum message_kind kind;
	struct str reply;

	if (found)
		return found;
	if (!ask(ASK_FIND, path, 0, finds.arena, &kind, &reply) || str_empty(reply))
		return NULL;
	return finds_keep(&finds, path, (enum script_entry)reply.data[0],
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
	const struct find *foreseen = finds_known(&finds, path);
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

/* Where somebody has stripped it, or does. */
static bool ask_stripped(
	void *payload, struct str path, struct str text, struct arena *arena, struct stripped *ret)
{
	const struct find *found = finds_known(&finds, path);
	enum message_kind kind = REPLY_ERROR;
	struct str packed;

	(void)payload;
	if (!found || str_absent(found->text) || found->text.data != text.data)
		return false;
	packed = found->packed;
	if (str_absent(packed) && found->is_stripping &&
		(!ask(ASK_STRIPPED, path, 0, arena, &kind, &packed) || kind != REPLY_DONE))
		return false;
	return !str_absent(packed) && strip_unpack(packed, text, arena, ret);
}

/* Waits for the request, and takes what was foreseen before it; absent where the parent has left. */
static struct str await_request(void)
{
	const struct str none = {NULL, 0};

	finds.arena = arena_create(FINDS_CEILING);
	while (finds.arena) {
		struct message header;
		struct str bytes;
		char *text;

		if (message_get(SOCKET, &header, sizeof(header), 0) != 1)
			return none;
		text = arena_alloc(finds.arena, (size_t)header.length + 1);
		if (!text || message_get(SOCKET, text, header.length, 0) != 1)
			return none;
		bytes = (struct str){text, header.length};
		if (header.kind == BEGIN)
			return bytes;
		if (!finds_read(&finds, bytes))
			return none;
	}
	return none;
}

/* Never returns. */
static void work(const struct worker_spec *spec, int socket, pid_t owner)
{
	struct str request;
	const struct rlimit none = {0, 0};
	const struct script_source files = {
		ask_entry, ask_real, ask_read, ask_list, nothing, nothing, NULL, ask_stripped};
	struct buf answer = BUF(spec->answer_ceiling);

	signal(SIGPIPE, SIG_DFL);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != owner || dup2(socket, SOCKET) < 0)
		_exit(1);
	syscall(SYS_close_range, SOCKET + 1U, ~0U, 0U);
	for (int fd = 0; fd < SOCKET; fd++)
		close(fd);
	if (spec->yields)
		setpriority(PRIO_PROCESS, 0, getpriority(PRIO_PROCESS, 0) + YIELDING);
	setrlimit(RLIMIT_CORE, &none);
	setrlimit(RLIMIT_FSIZE, &none);
	if (!worker_confine()) {
		message_put(SOCKET, UNCONFINED, 0, STR(""), 0);
		_exit(1);
	}
	if (spec->prepare) {
		mem_warm(WARM_HEAP, WARM_STACK);
		spec->prepare(spec->payload);
	}
	request = await_request();
	if (str_absent(request))
		_exit(0);
	spec->run(spec->payload, request, &files, &answer);
	if (buf_failed(&answer))
		message_put(SOCKET, REPLY_ERROR, 0, STR(""), 0);
	else
		message_put(SOCKET, TELL, 0, buf_str(&answer), 0);
	_exit(0);
}

/* ---- the parent's side ---- */

/* From the parent to one of its workers, and what the parent does beside it. */
struct service {
	const struct worker_spec *spec;
	int fd;
	int64_t deadline;
	struct arena *arena; /* for one message */
	struct stripper *stripper;
};

static bool put(const struct service *service, enum message_kind kind, struct str bytes)
{
	return message_put(service->fd, kind, 0, bytes, service->deadline);
}

static bool reply_read(const struct service *service, const struct script_source *files,
	struct str path, size_t ceiling)
{
	struct str real = files->real(files->payload, path, service->arena), text;
	struct error err = {ERR_NONE};

	if (ceiling > MODULE_MAX_BYTES)
		ceiling = MODULE_MAX_BYTES;
	if (str_absent(real) || !worker_granted(service->spec, real))
		error_set(&err, ERR_FILE_MISSING, "no such file below the program's folder");
	else if (files->read(files->payload, real, ceiling, service->arena, &text, &err) == 0)
		return put(service, REPLY_DONE, text);
	return put(service, REPLY_ERROR, (struct str){(const char *)&err, sizeof(err)});
}

static bool reply_list(
	const struct service *service, const struct script_source *files, struct str path)
{
	CLEANUP(buf_free) struct buf out = BUF(LIST_CEILING);
	struct str real = files->real(files->payload, path, service->arena);
	struct script_names names = {0};

	if (!str_absent(real) && worker_granted(service->spec, real))
		files->list(files->payload, real, service->arena, &names);
	for (size_t i = 0; i < names.count; i++) {
		buf_add(&out, names.items[i]);
		buf_add_char(&out, '\0');
	}
	return put(service, REPLY_DONE, buf_failed(&out) ? STR("") : buf_str(&out));
}

static bool reply_find(
	const struct service *service, const struct script_source *files, struct str path)
{
	struct str real;
	char entry = (char)worker_look(service->spec, files, path, service->arena, &real);

	return put(service, REPLY_DONE,
		arena_printf(service->arena, "%c%.*s", entry,
			STR_ARG(str_absent(real) ? STR("") : real)));
}

static bool reply_stripped(const struct service *service, struct str path)
{
	struct str packed = stripper_result(service->stripper, path);

	return str_absent(packed) ? put(service, REPLY_ERROR, STR(""))
				  : put(service, REPLY_DONE, packed);
}

static bool reply(const struct service *service, const struct message *header, struct str path)
{
	struct script_source files = worker_source(service->spec);

	switch (header->kind) {
	case ASK_FIND:
		return reply_find(service, &files, path);
	case ASK_READ:
		return reply_read(service, &files, path, header->ceiling);
	case ASK_LIST:
		return reply_list(service, &files, path);
	case ASK_STRIPPED:
		return reply_stripped(service, path);
	default:
		return false;
	}
}

/* Until the worker says something, files are stripped. */
static void strip_meanwhile(const struct service *service)
{
	while (service->stripper->pid) {
		struct pollfd waits[] = {
			{service->fd, POLLIN, 0}, {service->stripper->fd, POLLIN, 0}};
		int64_t left = service->deadline - message_now();

		if (left <= 0 || poll(waits, COUNT_OF(waits), (int)left) <= 0 || waits[0].revents)
			return;
		stripper_take(service->stripper);
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
	got = message_get(fd, room, len, deadline);
	answer->len = got == 1 ? len : 0;
	return got == 1 ? WORKER_ANSWERED : got < 0 ? WORKER_TIME : WORKER_DIED;
}

/* Answers the worker until its end, an enum worker_end; an error where it could not be confined. */
static int serve(const struct service *service, struct buf *answer, struct error *err)
{
	const struct worker_spec *spec = service->spec;
	const int64_t deadline = service->deadline;
	const int fd = service->fd;

	for (;;) {
		char path[PATH_CEILING];
		struct message header;
		int got;

		strip_meanwhile(service);
		got = message_get(fd, &header, sizeof(header), deadline);
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
			got = message_get(fd, path, header.length, deadline);
		if (got < 0)
			return WORKER_TIME;
		arena_reset(service->arena);
		if (got && spec->asked)
			spec->asked(spec->asked_payload, (struct str){path, header.length},
				header.kind == ASK_LIST);
		if (got == 0 || !reply(service, &header, (struct str){path, header.length}))
			return message_now() < deadline ? WORKER_DIED : WORKER_TIME;
	}
}

int worker_start(const struct worker_spec *spec, int *ret_fd, struct error *err)
{
	pid_t owner = getpid(), pid;
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0)
		return error_set(err, ERR_CHILD_MISSING, "no socket for the script's process: %s",
			strerror(errno));
	pid = fork();
	if (pid == 0)
		work(spec, pair[1], owner);
	close(pair[1]);
	if (pid < 0) {
		close(pair[0]);
		return error_set(
			err, ERR_CHILD_MISSING, "no process for the script: %s", strerror(errno));
	}
	*ret_fd = pair[0];
	return pid;
}

static bool is_gone(int pid, int options)
{
	int gone;

	do
		gone = waitpid(pid, NULL, options);
	while (gone < 0 && errno == EINTR);
	return gone != 0;
}

void worker_end(struct worker_ended *ended, int pid, int fd)
{
	size_t left = 0;

	close(fd);
	kill(pid, SIGKILL);
	for (size_t i = 0; i < ended->count; i++)
		if (!is_gone(ended->pids[i], WNOHANG))
			ended->pids[left++] = ended->pids[i];
	ended->count = left;
	if (ended->count == COUNT_OF(ended->pids))
		worker_reap(ended);
	ended->pids[ended->count++] = pid;
}

void worker_reap(struct worker_ended *ended)
{
	while (ended->count)
		is_gone(ended->pids[--ended->count], 0);
}

/* ---- workers that wait ---- */

static bool add(struct worker_pool *pool, const struct worker_spec *spec)
{
	int fd = -1, pid = worker_start(spec, &fd, NULL);

	if (pid < 0)
		return false;
	pool->waiting[pool->count].pid = pid;
	pool->waiting[pool->count++].fd = fd;
	return true;
}

void worker_pool_fill(struct worker_pool *pool, const struct worker_spec *spec, size_t count)
{
	worker_reap(&pool->ended);
	while (pool->count < count && pool->count < WORKER_POOL_MOST && add(pool, spec))
		;
}

static bool begin(int fd, struct str foreseen, struct str request)
{
	return (str_empty(foreseen) || message_put(fd, FORESEEN, 0, foreseen, 0)) &&
		message_put(fd, BEGIN, 0, request, 0);
}

/* A worker that has its request: one that waits, if one is alive, or a new one. */
static int begin_any(struct worker_pool *pool, const struct worker_spec *spec, struct str foreseen,
	int *ret_fd, struct error *err)
{
	int pid;

	while (pool->count) {
		pid = pool->waiting[--pool->count].pid;
		*ret_fd = pool->waiting[pool->count].fd;
		if (begin(*ret_fd, foreseen, spec->request))
			return pid;
		worker_end(&pool->ended, pid, *ret_fd);
	}
	pid = worker_start(spec, ret_fd, err);
	/* Where it cannot take it, it has said why, or has died: serve() hears that. */
	if (pid > 0)
		(void)begin(*ret_fd, foreseen, spec->request);
	return pid;
}

int worker_pool_run(struct worker_pool *pool, const struct worker_spec *spec,
	enum worker_end *ret_end, struct buf *ret_answer, struct error *err)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create(FINDS_CEILING);
	CLEANUP(arena_cleanup)
	struct arena *scratch = arena_create(4 * (size_t)MODULE_MAX_BYTES);
	CLEANUP(buf_free) struct buf foreseen = BUF(FINDS_CEILING), answer = {0};
	struct finds found = {.arena = arena};
	struct stripper stripper = {.arena = arena, .cache = spec->cache, .ended = &pool->ended};
	struct service service = {spec, -1, 0, scratch, &stripper};
	int pid, r;

	if (!arena || !scratch)
		return error_memory(err);
	/* While it prepares itself, what it will ask for is found. */
	if (!pool->count)
		(void)add(pool, spec);
	foresee(spec, &found, &stripper);
	finds_write(&found, &foreseen);
	pid = begin_any(pool, spec, buf_str(&foreseen), &service.fd, err);
	if (pid < 0)
		return pid;
	stripper_start(&stripper);
	/* While the worker does the same for itself. */
	mem_warm(WARM_HEAP, WARM_STACK);
	service.deadline = message_now() + spec->time_ms;
	r = serve(&service, &answer, err);
	worker_end(&pool->ended, pid, service.fd);
	stripper_close(&stripper);
	if (r < 0)
		return r;
	*ret_end = (enum worker_end)r;
	*ret_answer = answer;
	answer = (struct buf){0};
	return 0;
}

void worker_pool_empty(struct worker_pool *pool)
{
	while (pool->count) {
		pool->count--;
		worker_end(&pool->ended, pool->waiting[pool->count].pid,
			pool->waiting[pool->count].fd);
	}
}

void worker_pool_close(struct worker_pool *pool)
{
	worker_pool_empty(pool);
	worker_reap(&pool->ended);
}

int worker_run(const struct worker_spec *spec, enum worker_end *ret_end, struct buf *ret_answer,
	struct error *err)
{
	CLEANUP(worker_pool_close) struct worker_pool pool = {0};

	return worker_pool_run(&pool, spec, ret_end, ret_answer, err);
}
