/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Bounded children.  Between weir and the program stands a supervisor, a fork
 * of weir that leads the process group:
 *
 *	weir ──fork──► supervisor (group leader) ──fork──► program ──► whatever it starts
 *	  ▲   status pipe      │ waits for the program, reports, kills the group and itself
 *	  └────────────────────┘ SIGTERM from the kernel when weir dies: kills the group too
 *
 * So the whole group ends when the program ends, when a limit is reached and
 * when weir dies of anything, SIGKILL included; a daemon that the program left behind
 * cannot keep weir waiting on a pipe.  Only a process that leaves the group escapes.
 *
 * Between fork and exec nothing allocates: weir may have other threads.
 */
#define _GNU_SOURCE
#include "base/process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

enum { DEFAULT_TIMEOUT_MS = 60 * 1000, DEFAULT_OUT = 16 << 20, DEFAULT_ERRORS = 64 << 10 };

/* What the status pipe carries. */
struct status {
	int exec_errno;  /* not 0: the program could not be started */
	int wait_status; /* of waitpid() */
};

enum { PIPE_OUT, PIPE_ERRORS, PIPE_STATUS, PIPE_COUNT };

struct child {
	const struct process_spec *spec;
	struct process_result *result;
	pid_t pid; /* 0: not running */
	int fds[PIPE_COUNT];
	bool have_status;
	struct status status;
	int64_t deadline;
};

void process_result_free(struct process_result *result)
{
	buf_free(&result->out);
	buf_free(&result->errors);
	*result = (struct process_result){0};
}

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void write_status(int fd, struct status status)
{
	ssize_t wrote = write(fd, &status, sizeof(status));

	(void)wrote; /* the reader takes a missing status for a failure */
}

/* Ends the group, this process included. */
static void on_owner_death(int number)
{
	(void)number;
	kill(0, SIGKILL);
}

/* In the program's process: never returns. */
static void become(const struct process_spec *spec, const char *path, int status_fd)
{
	static const char *const empty[] = {NULL};
	const char *const *environment = spec->environment ? spec->environment : empty;
	const struct rlimit no_core = {0, 0};
	const struct rlimit memory = {spec->memory_ceiling, spec->memory_ceiling};
	struct status status = {0};

	signal(SIGTERM, SIG_DFL);
	signal(SIGPIPE, SIG_DFL);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	setrlimit(RLIMIT_CORE, &no_core);
	if (spec->memory_ceiling)
		setrlimit(RLIMIT_AS, &memory);
	if (!spec->dir || chdir(spec->dir) == 0)
		execve(path, (char *const *)(uintptr_t)spec->argv,
			(char *const *)(uintptr_t)environment);
	status.exec_errno = errno ? errno : ENOENT;
	write_status(status_fd, status);
	_exit(127);
}

/* In the supervisor's process: never returns. */
static void supervise(const struct process_spec *spec, const char *path, pid_t owner,
	const int pipes[PIPE_COUNT][2])
{
	struct status status = {0};
	int status_fd = 3;
	sigset_t none;
	pid_t pid;

	if (setpgid(0, 0) < 0)
		_exit(127); /* kill(0) below must never mean weir's own group */
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGTERM, on_owner_death);
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != owner)
		_exit(127);
	/* The descriptors may be 0..3 themselves, so they move out of the way first. */
	{
		int null = open("/dev/null", O_RDONLY);
		int from[4] = {
			null, pipes[PIPE_OUT][1], pipes[PIPE_ERRORS][1], pipes[PIPE_STATUS][1]};

		for (int i = 0; i < 4; i++)
			from[i] = fcntl(from[i], F_DUPFD, 10);
		for (int i = 0; i < 4; i++)
			if (from[i] < 0 || dup2(from[i], i) < 0)
				_exit(127);
	}
	/* By its number: musl 1.2.3 has no function for it. */
	syscall(SYS_close_range, 4U, ~0U, 0U);
	fcntl(status_fd, F_SETFD, FD_CLOEXEC);
	pid = fork();
	if (pid == 0)
		become(spec, path, status_fd);
	if (pid < 0) {
		status.exec_errno = errno;
	} else {
		/* Their ends are the program's alone: weir sees the end of them with it. */
		close(1);
		close(2);
		while (waitpid(pid, &status.wait_status, 0) < 0 && errno == EINTR)
			;
	}
	write_status(status_fd, status);
	kill(0, SIGKILL);
	_exit(0);
}

static void close_pair(int pair[2])
{
	for (int i = 0; i < 2; i++)
		if (pair[i] >= 0)
			close(pair[i]);
	pair[0] = pair[1] = -1;
}

static int start(struct child *child, const struct process_spec *spec,
	struct process_result *result, struct error *err)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create(64 << 10);
	int pipes[PIPE_COUNT][2] = {{-1, -1}, {-1, -1}, {-1, -1}};
	unsigned timeout = spec->timeout_ms ? spec->timeout_ms : DEFAULT_TIMEOUT_MS;
	const char *path;
	pid_t owner = getpid();

	if (!arena)
		return error_memory(err);
	path = strchr(spec->argv[0], '/') ? spec->argv[0] : process_find(spec->argv[0], arena);
	if (!path)
		return arena_failed(arena)
			? error_memory(err)
			: error_set(err, ERR_CHILD_MISSING, "%s is not on PATH", spec->argv[0]);
	*child = (struct child){.spec = spec, .result = result};
	result->out = BUF(spec->out_ceiling ? spec->out_ceiling : DEFAULT_OUT);
	result->errors = BUF(spec->errors_ceiling ? spec->errors_ceiling : DEFAULT_ERRORS);
	for (int i = 0; i < PIPE_COUNT; i++) {
		if (pipe2(pipes[i], O_CLOEXEC) == 0)
			continue;
		for (int j = 0; j < i; j++)
			close_pair(pipes[j]);
		return error_set(err, ERR_CHILD_MISSING, "no pipe for %s: %s", spec->argv[0],
			strerror(errno));
	}
	child->deadline = now_ms() + timeout;
	child->pid = fork();
	if (child->pid == 0)
		supervise(spec, path, owner, (const int(*)[2])pipes);
	if (child->pid < 0) {
		child->pid = 0;
		for (int i = 0; i < PIPE_COUNT; i++)
			close_pair(pipes[i]);
		return error_set(err, ERR_CHILD_MISSING, "cannot start %s: %s", spec->argv[0],
			strerror(errno));
	}
	setpgid(child->pid, child->pid);
	for (int i = 0; i < PIPE_COUNT; i++) {
		close(pipes[i][1]);
		child->fds[i] = pipes[i][0];
		fcntl(child->fds[i], F_SETFL, O_NONBLOCK);
	}
	return 0;
}

static bool finished(const struct child *child)
{
	return child->fds[PIPE_OUT] < 0 && child->fds[PIPE_ERRORS] < 0 &&
		child->fds[PIPE_STATUS] < 0;
}

/* Kills the group and waits for its leader. */
static void reap(struct child *child)
{
	if (!child->pid)
		return;
	kill(-child->pid, SIGKILL);
	while (waitpid(child->pid, NULL, 0) < 0 && errno == EINTR)
		;
	for (int i = 0; i < PIPE_COUNT; i++)
		if (child->fds[i] >= 0)
			close(child->fds[i]);
	child->pid = 0;
}

/* Takes a piece of output; false when the ceiling is passed. */
static bool keep(struct child *child, int which, struct str piece)
{
	struct buf *to = which == PIPE_OUT ? &child->result->out : &child->result->errors;
	size_t room = to->ceiling - to->len;

	if (which == PIPE_STATUS) {
		if (piece.len >= sizeof(child->status) && !child->have_status) {
			memcpy(&child->status, piece.data, sizeof(child->status));
			child->have_status = true;
		}
		return true;
	}
	if (piece.len > room && which == PIPE_OUT)
		return false;
	buf_add(to, str_slice(piece, 0, room));
	return true;
}

static int drain(struct child *child, int which, struct error *err)
{
	char piece[64 * 1024];
	ssize_t got = read(child->fds[which], piece, sizeof(piece));

	if (got < 0 && (errno == EINTR || errno == EAGAIN))
		return 0;
	if (got <= 0) {
		close(child->fds[which]);
		child->fds[which] = -1;
		return 0;
	}
	if (!keep(child, which, (struct str){piece, (size_t)got}))
		return error_set(err, ERR_CHILD_OUTPUT, "%s printed more than %zu bytes",
			child->spec->argv[0], child->result->out.ceiling);
	if (buf_failed(&child->result->out) || buf_failed(&child->result->errors))
		return error_memory(err);
	return 0;
}

static int end(struct child *child, struct error *err)
{
	int status = child->status.wait_status;

	reap(child);
	if (!child->have_status)
		return error_set(
			err, ERR_CHILD_MISSING, "%s ended without a status", child->spec->argv[0]);
	if (child->status.exec_errno)
		return error_set(err, ERR_CHILD_MISSING, "cannot start %s: %s",
			child->spec->argv[0], strerror(child->status.exec_errno));
	child->result->exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	return 0;
}

/* One round of waiting for all running children. */
static int turn(struct child *children, unsigned slots, struct error *err)
{
	struct pollfd polls[PROCESS_MAX_PARALLEL * PIPE_COUNT];
	int64_t now = now_ms(), soonest = INT64_MAX;
	nfds_t count = 0;
	int r = 0;

	for (unsigned i = 0; i < slots; i++) {
		if (!children[i].pid)
			continue;
		if (children[i].deadline <= now)
			return error_set(err, ERR_CHILD_TIMEOUT, "%s took longer than its limit",
				children[i].spec->argv[0]);
		if (children[i].deadline < soonest)
			soonest = children[i].deadline;
		for (int k = 0; k < PIPE_COUNT; k++)
			polls[count++] = (struct pollfd){children[i].fds[k], POLLIN, 0};
	}
	if (poll(polls, count, (int)(soonest - now)) < 0 && errno != EINTR)
		return error_set(err, ERR_DEFECT, "poll: %s", strerror(errno));
	count = 0;
	for (unsigned i = 0; i < slots && r == 0; i++) {
		if (!children[i].pid)
			continue;
		for (int k = 0; k < PIPE_COUNT && r == 0; k++, count++)
			if (polls[count].fd >= 0 && polls[count].revents)
				r = drain(&children[i], k, err);
		if (r == 0 && finished(&children[i]))
			r = end(&children[i], err);
	}
	return r;
}

int process_run_many(const struct process_spec *specs, size_t count, unsigned parallel,
	struct process_result *ret_results, struct error *err)
{
	struct child children[PROCESS_MAX_PARALLEL] = {0};
	size_t next = 0;
	bool running = true;
	int r = 0;

	if (parallel < 1)
		parallel = 1;
	if (parallel > PROCESS_MAX_PARALLEL)
		parallel = PROCESS_MAX_PARALLEL;
	while (r == 0 && running) {
		running = false;
		for (unsigned i = 0; i < parallel && r == 0; i++) {
			if (!children[i].pid && next < count) {
				r = start(&children[i], &specs[next], &ret_results[next], err);
				next++;
			}
			running = running || children[i].pid;
		}
		if (r == 0 && running)
			r = turn(children, parallel, err);
	}
	for (unsigned i = 0; i < parallel; i++)
		reap(&children[i]);
	for (size_t i = 0; r < 0 && i < count; i++)
		process_result_free(&ret_results[i]);
	return r;
}

int process_run(
	const struct process_spec *spec, struct process_result *ret_result, struct error *err)
{
	struct process_result result = {0};
	int r = process_run_many(spec, 1, 1, &result, err);

	if (r == 0)
		*ret_result = result;
	return r;
}

static struct str variable(const char *name)
{
	size_t len = strlen(name);

	for (char **at = environ; at && *at; at++)
		if (strncmp(*at, name, len) == 0 && (*at)[len] == '=')
			return str_of(*at + len + 1);
	return (struct str){NULL, 0};
}

const char *process_find(const char *name, struct arena *arena)
{
	struct str rest = variable("PATH");

	if (str_absent(rest))
		rest = STR("/usr/local/bin:/usr/bin:/bin");
	while (!str_absent(rest)) {
		struct str dir = str_split(&rest, ':');
		/* An empty entry means the current directory: never run a program from there. */
		struct str path;

		if (str_empty(dir) || dir.data[0] != '/')
			continue;
		path = arena_printf(arena, "%.*s/%s", STR_ARG(dir), name);
		if (!str_absent(path) && access(path.data, X_OK) == 0)
			return path.data;
	}
	return NULL;
}

static bool is_listed(const char *entry, const char *const *names)
{
	for (; *names; names++) {
		size_t len = strlen(*names);

		if (len && (*names)[len - 1] == '*' && strncmp(entry, *names, len - 1) == 0)
			return true;
		if (strncmp(entry, *names, len) == 0 && entry[len] == '=')
			return true;
	}
	return false;
}

const char *const *process_environment(
	const char *const *names, const char *const *extra, struct arena *arena)
{
	size_t room = 1, count = 0;
	const char **list;

	for (char **at = environ; at && *at; at++)
		room++;
	for (const char *const *at = extra; at && *at; at++)
		room++;
	list = ARENA_ARRAY(arena, const char *, room);
	if (!list)
		return NULL;
	for (char **at = environ; at && *at; at++)
		if (is_listed(*at, names))
			list[count++] = *at;
	for (const char *const *at = extra; at && *at; at++)
		list[count++] = *at;
	return list;
}
