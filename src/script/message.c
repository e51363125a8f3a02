/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Messages over a socket, in the face of short writes, signals and deadlines.  Apart from worker.c, where it is decided
 * who says what.
 */
#include "script/message.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

enum { SHORT = 1024 /* of a message that goes in one call */ };

/* Waits until more may be sent, as far as can be told; false where the deadline passed. */
static bool await_room(int fd, int64_t deadline)
{
	struct pollfd wait = {fd, POLLOUT, 0};
	int64_t left = deadline - message_now();

	if (left > 0)
		(void)poll(&wait, 1, (int)left);
	return left > 0;
}

static bool put_all(int fd, const void *bytes, size_t len, int64_t deadline)
{
	const int flags = MSG_NOSIGNAL | (deadline ? MSG_DONTWAIT : 0);
	const char *at = bytes;

	while (len) {
		ssize_t n = send(fd, at, len, flags);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EAGAIN && await_room(fd, deadline))
			continue;
		if (n <= 0)
			return false;
		at += n;
		len -= (size_t)n;
	}
	return true;
}

bool message_put(int fd, enum message_kind kind, size_t ceiling, struct str bytes, int64_t deadline)
{
	const struct message header = {kind, (uint32_t)bytes.len, ceiling};
	char whole[sizeof(header) + SHORT];
	size_t joined = bytes.len <= SHORT ? bytes.len : 0;

	if (bytes.len > UINT32_MAX)
		return false;
	memcpy(whole, &header, sizeof(header));
	if (joined)
		memcpy(whole + sizeof(header), bytes.data, joined);
	return put_all(fd, whole, sizeof(header) + joined, deadline) &&
		put_all(fd, bytes.data, bytes.len - joined, deadline);
}

int64_t message_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int message_get(int fd, void *bytes, size_t len, int64_t deadline)
{
	char *at = bytes;

	while (len) {
		struct pollfd wait = {fd, POLLIN, 0};
		int64_t left = deadline ? deadline - message_now() : 0;
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
