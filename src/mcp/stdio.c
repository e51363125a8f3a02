/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The loop: lines in, answers out, and the processes of long calls between them.
 *
 *	in ──► frames ──► server ──► waiting ──► out
 *	                    │           ▲
 *	                    └► processes┘
 *
 * Nothing is read, from the client or from a process, while more than WAITING_MOST bytes wait to be taken.
 */
#define _GNU_SOURCE
#include "mcp/stdio.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "mcp/frame.h"
#include "mcp/process.h"

enum {
	PIECE = 64 << 10,
	WAITING_MOST = 256 << 10,
	/* What waits, one result that goes over it, and one for each call that runs. */
	OUT_CEILING = WAITING_MOST + (2 * MCP_RUNNING_MOST + 2) * 2 * MCP_RESULT_MOST,
	LAST_MS = 2000, /* for what waits when the input has ended */
};

struct stdio {
	struct mcp_server *server;
	struct mcp_session session;
	struct mcp_frames frames;
	int in, out;
	char piece[PIECE];
	struct str rest; /* of the piece, not yet taken */
	struct buf waiting;
	size_t sent;
	bool has_ended; /* the input */
	bool is_left;   /* nobody reads */
};

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool is_full(const struct stdio *io)
{
	return io->waiting.len - io->sent > WAITING_MOST;
}

/* As much as is taken at once, and never waiting: a pipe that can be written to has room for PIPE_BUF. */
static int send_some(struct stdio *io, struct error *err)
{
	struct str text = str_slice(buf_str(&io->waiting), io->sent, SIZE_MAX);
	ssize_t n = send(io->out, text.data, text.len, MSG_DONTWAIT | MSG_NOSIGNAL);

	if (n < 0 && errno == ENOTSOCK)
		n = write(io->out, text.data, text.len < PIPE_BUF ? text.len : PIPE_BUF);
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return 0;
	if (n < 0 && (errno == EPIPE || errno == ECONNRESET)) {
		io->is_left = true;
		return 0;
	}
	if (n < 0)
		return error_set(err, ERR_OUTPUT, "answers cannot be written: %s", strerror(errno));
	io->sent += (size_t)n;
	if (io->sent == io->waiting.len) {
		buf_clear(&io->waiting);
		io->sent = 0;
	}
	return 0;
}

/* Takes the lines of the piece, as long as their answers have room. */
static void take_lines(struct stdio *io)
{
	struct str line;

	while (!str_empty(io->rest) && !is_full(io)) {
		enum mcp_frame frame = mcp_frame_next(&io->frames, &io->rest, &line);

		if (frame == FRAME_LINE)
			mcp_server_take(io->server, &io->session, line, &io->waiting);
		else if (frame == FRAME_TOO_LONG)
			mcp_server_too_long(&io->waiting);
	}
}

static int read_some(struct stdio *io, struct error *err)
{
	ssize_t n = read(io->in, io->piece, sizeof(io->piece));

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return 0;
	if (n < 0 && errno != ECONNRESET)
		return error_set(
			err, ERR_FILE_UNREADABLE, "requests cannot be read: %s", strerror(errno));
	io->has_ended = n <= 0;
	io->rest = (struct str){io->piece, n > 0 ? (size_t)n : 0};
	return 0;
}

/* What was sent goes from the front, once it is more than what waits. */
static void compact(struct stdio *io)
{
	size_t left = io->waiting.len - io->sent;

	if (io->sent < left || io->sent == 0)
		return;
	memmove(io->waiting.data, io->waiting.data + io->sent, left);
	io->waiting.len = left;
	io->sent = 0;
}

/* One turn: waits until something can be done, and does it. */
static int turn(struct stdio *io, struct error *err)
{
	enum { IN, OUT, CALLS };
	struct pollfd polls[CALLS + MCP_RUNNING_MOST] = {
		{.fd = !io->has_ended && str_empty(io->rest) && !is_full(io) ? io->in : -1,
			.events = POLLIN},
		{.fd = io->out, .events = io->waiting.len ? POLLOUT : 0},
	};
	struct mcp_call *calls[MCP_RUNNING_MOST];
	nfds_t count = CALLS;
	int r = 0;

	for (struct mcp_call *call = io->session.live; call && !is_full(io); call = call->next)
		if (call->pid) {
			calls[count - CALLS] = call;
			polls[count++] = (struct pollfd){.fd = call->fd, .events = POLLIN};
		}
	if (poll(polls, count, mcp_processes_wait(&io->session, now_ms())) < 0)
		return errno == EINTR ? 0 : error_set(err, ERR_OUTPUT, "poll: %s", strerror(errno));
	if (polls[OUT].revents & (POLLERR | POLLHUP | POLLNVAL))
		io->is_left = true;
	else if (polls[OUT].revents)
		r = send_some(io, err);
	for (nfds_t i = CALLS; i < count; i++)
		if (polls[i].revents)
			mcp_process_read(io->server, &io->session, calls[i - CALLS], &io->waiting);
	if (r == 0 && polls[IN].revents)
		r = read_some(io, err);
	return r;
}

/* The answers that are there go out; a client that doesn't take them is not waited for. */
static int finish(struct stdio *io, struct error *err)
{
	int64_t until = now_ms() + LAST_MS, left;
	int r = 0;

	while (r == 0 && io->waiting.len && !io->is_left && (left = until - now_ms()) > 0) {
		struct pollfd poll_out = {.fd = io->out, .events = POLLOUT};

		if (poll(&poll_out, 1, (int)left) == 1)
			r = send_some(io, err);
	}
	return r;
}

static int serve(struct stdio *io, struct error *err)
{
	const int fds[] = {io->in, io->out, -1};
	struct str line;
	int r = 0;

	while (r == 0 && !io->is_left && !(io->has_ended && str_empty(io->rest))) {
		take_lines(io);
		mcp_processes_reap(io->server, &io->session, now_ms(), &io->waiting);
		mcp_processes_start(io->server, &io->session, fds, now_ms(), &io->waiting);
		if (buf_failed(&io->waiting))
			return error_memory(err);
		r = turn(io, err);
		compact(io);
	}
	if (r == 0 && !io->is_left && mcp_frame_last(&io->frames, &line) == FRAME_LINE)
		mcp_server_take(io->server, &io->session, line, &io->waiting);
	return r < 0 ? r : finish(io, err);
}

int mcp_stdio_serve(struct mcp_server *server, int in, int out, struct error *err)
{
	struct stdio *io = mem_alloc(sizeof(*io));
	int r;

	if (!io)
		return error_memory(err);
	io->server = server;
	io->frames = MCP_FRAMES(MCP_LINE_MOST);
	io->waiting = BUF(OUT_CEILING);
	io->in = in;
	io->out = out;
	r = serve(io, err);
	mcp_processes_end(&io->session);
	mcp_session_close(&io->session);
	mcp_frames_free(&io->frames);
	buf_free(&io->waiting);
	mem_free(io);
	return r;
}
