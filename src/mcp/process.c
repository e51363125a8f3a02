/* SPDX-License-Identifier: Apache-2.0 */
/* The processes of long calls: their start, their limits, what they say and their end. */
#define _GNU_SOURCE
#include "mcp/process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"

enum {
	ANSWER_MOST =
		4 * MCP_RESULT_MOST, /* the result, twice and escaped, and what it tells before */
	PROGRESS = 1 + sizeof(uint64_t),
	NICENESS = 5,
};
/* What a call may take besides what the server holds, mapped files not counted; a program's own engine has a smaller limit. */
#define DATA_MOST ((rlim_t)4 << 30)

/* ---- in the process ---- */

static int answer_fd;

static void tell(struct mcp_call *call, uint64_t progress)
{
	char record[PROGRESS] = {'P'};

	(void)call;
	memcpy(record + 1, &progress, sizeof(progress));
	(void)!file_write_fd(answer_fd, (struct str){record, sizeof(record)}, "answer", NULL);
}

/* What this process holds of what RLIMIT_DATA counts: the sixth number of proc_pid_statm(5), in pages. 0 where that can't be read. */
static rlim_t data_held(void)
{
	char line[256];
	struct str rest, number = {0};
	uint64_t pages = 0;
	FILE *file = fopen("/proc/self/statm", "re");

	if (!file)
		return 0;
	rest = fgets(line, sizeof(line), file) ? str_of(line) : STR("");
	for (int i = 0; i < 6; i++)
		number = str_split(&rest, ' ');
	if (!str_to_u64(number, &pages))
		pages = 0;
	fclose(file);
	return (rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE);
}

/* Nothing that runs here reads the client's bytes or writes among ours, and it ends with the server. */
static void settle(const int *fds, int parent)
{
	const rlim_t most = data_held() + DATA_MOST;
	const struct rlimit data = {most, most};
	int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(1);
	for (; *fds >= 0; fds++)
		if (*fds > STDERR_FILENO)
			close(*fds);
	dup2(nothing, STDIN_FILENO);
	dup2(nothing, STDOUT_FILENO);
	setrlimit(RLIMIT_DATA, &data);
	setpriority(PRIO_PROCESS, 0, NICENESS);
}

static void work(struct mcp_server *server, struct mcp_call *call, int fd)
{
	CLEANUP(buf_free) struct buf answer = BUF(ANSWER_MOST);

	answer_fd = fd;
	call->tell = tell;
	buf_add_char(&answer, 'A');
	mcp_call_run(server, call, &answer);
	if (!buf_failed(&answer))
		(void)!file_write_fd(fd, buf_str(&answer), "answer", NULL);
}

/* ---- in the server ---- */

static bool start(struct mcp_server *server, struct mcp_call *call, const int *fds, int64_t now_ms)
{
	int ends[2], parent = getpid();

	if (pipe2(ends, O_CLOEXEC) < 0)
		return false;
	call->pid = fork();
	if (call->pid == 0) {
		settle(fds, parent);
		close(ends[0]);
		work(server, call, ends[1]);
		_exit(0);
	}
	close(ends[1]);
	if (call->pid < 0) {
		call->pid = 0;
		close(ends[0]);
		return false;
	}
	call->fd = ends[0];
	call->answer = BUF(ANSWER_MOST);
	call->deadline = now_ms + (int64_t)MCP_CALL_SECONDS * 1000;
	return true;
}

static void end(struct mcp_call *call)
{
	if (!call->pid)
		return;
	kill(call->pid, SIGKILL);
	while (waitpid(call->pid, NULL, 0) < 0 && errno == EINTR)
		;
	close(call->fd);
	call->pid = 0;
	call->fd = -1;
}

void mcp_processes_start(struct mcp_server *server, struct mcp_session *session, const int *fds,
	int64_t now_ms, struct buf *out)
{
	size_t running = 0;
	struct mcp_call *next;

	for (const struct mcp_call *call = session->live; call; call = call->next)
		running += call->pid != 0;
	for (struct mcp_call *call = session->live; call && running < MCP_RUNNING_MOST;
		call = next) {
		next = call->next;
		if (call->pid || !call->tool)
			continue;
		if (start(server, call, fds, now_ms))
			running++;
		else
			mcp_call_end(server, session, call, (struct str){NULL, 0},
				"No process can be started for this call.", out);
	}
}

/* Takes the records of progress off the front of what has come. */
static void take_progress(struct mcp_call *call, struct buf *out)
{
	struct str text = buf_str(&call->answer);
	size_t taken = 0;
	uint64_t progress = 0;

	for (; text.len - taken >= PROGRESS && text.data[taken] == 'P'; taken += PROGRESS)
		memcpy(&progress, text.data + taken + 1, sizeof(progress));
	if (!taken)
		return;
	mcp_call_progress(call, progress, out);
	memmove(call->answer.data, call->answer.data + taken, text.len - taken);
	call->answer.len -= taken;
}

void mcp_process_read(struct mcp_server *server, struct mcp_session *session, struct mcp_call *call,
	struct buf *out)
{
	char *room = buf_reserve(&call->answer, 64 << 10);
	ssize_t n = room ? read(call->fd, room, 64 << 10) : 0;
	struct str answer;

	if (n < 0 && (errno == EINTR || errno == EAGAIN))
		return;
	if (n > 0) {
		call->answer.len += (size_t)n;
		take_progress(call, out);
		return;
	}
	answer = buf_str(&call->answer);
	end(call);
	mcp_call_end(server, session, call,
		str_starts(answer, STR("A")) ? str_slice(answer, 1, answer.len)
					     : (struct str){NULL, 0},
		"The call's process ended without an answer, perhaps for want of memory.", out);
}

void mcp_processes_reap(
	struct mcp_server *server, struct mcp_session *session, int64_t now_ms, struct buf *out)
{
	struct mcp_call *next;

	for (struct mcp_call *call = session->live; call; call = next) {
		next = call->next;
		if (!call->is_cancelled && (!call->pid || now_ms < call->deadline))
			continue;
		end(call);
		mcp_call_end(server, session, call, (struct str){NULL, 0},
			"The call did not end within 5 minutes and was stopped.", out);
	}
}

int mcp_processes_wait(const struct mcp_session *session, int64_t now_ms)
{
	int64_t wait = -1;

	for (const struct mcp_call *call = session->live; call; call = call->next) {
		int64_t left = call->deadline > now_ms ? call->deadline - now_ms : 0;

		if (call->pid && (wait < 0 || left < wait))
			wait = left;
	}
	return (int)wait;
}

void mcp_processes_end(struct mcp_session *session)
{
	for (struct mcp_call *call = session->live; call; call = call->next)
		end(call);
}
