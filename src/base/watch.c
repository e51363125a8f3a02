/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The only file that knows inotify: which of the kernel's events count as a change, and when a burst of them
 * is over.
 */
#define _GNU_SOURCE
#include "base/watch.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/inotify.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"

enum {
	NAMES_CEILING = 64 << 20,
	BURST_MS = 100,
	/* Content and names; a file that is open for writing is not yet saved. */
	CHANGES = IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO,
};

int watch_open(struct watch *ret_watch, struct error *err)
{
	*ret_watch = (struct watch){.fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK)};
	if (ret_watch->fd < 0)
		return error_set(
			err, ERR_CHILD_MISSING, "files cannot be watched: %s", strerror(errno));
	ret_watch->arena = arena_create(NAMES_CEILING);
	return ret_watch->arena ? 0 : error_memory(err);
}

void watch_close(struct watch *watch)
{
	if (watch->arena)
		close(watch->fd);
	arena_destroy(watch->arena);
	*watch = (struct watch){.fd = -1};
}

void watch_clear(struct watch *watch)
{
	arena_reset(watch->arena);
	watch->items = NULL;
	watch->count = watch->room = 0;
}

static bool add(struct watch *watch, struct str folder, struct str name)
{
	const char *path = arena_cstr(watch->arena, folder);
	struct watched watched = {-1, arena_str(watch->arena, name)};

	if (!path || str_absent(watched.name) || watch->count >= WATCH_MOST)
		return false;
	watched.folder = inotify_add_watch(watch->fd, path, CHANGES | IN_ONLYDIR);
	if (watched.folder < 0 ||
		!arena_grow(watch->arena, (void **)&watch->items, watch->count, &watch->room,
			sizeof(watched)))
		return false;
	watch->items[watch->count++] = watched;
	return true;
}

bool watch_file(struct watch *watch, struct str path)
{
	return add(watch, path_dir(path), path_base(path));
}

bool watch_folder(struct watch *watch, struct str path)
{
	return add(watch, path, STR(""));
}

static bool concerns(const struct watch *watch, const struct inotify_event *event)
{
	struct str name = str_of(event->len ? event->name : "");

	/* Events were lost: anything may have changed. */
	if (event->mask & IN_Q_OVERFLOW)
		return true;
	for (size_t i = 0; i < watch->count; i++)
		if (watch->items[i].folder == event->wd &&
			(str_empty(watch->items[i].name) || str_eq(watch->items[i].name, name)))
			return true;
	return false;
}

/* 1 where one of the files changed, 0 where not, negative where events can't be read. */
static int take(const struct watch *watch)
{
	char bytes[16 << 10] __attribute__((aligned(__alignof__(struct inotify_event))));
	int changed = 0;

	for (;;) {
		ssize_t got = read(watch->fd, bytes, sizeof(bytes));
		size_t at = 0;

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return got < 0 && errno != EAGAIN ? -1 : changed;
		while (at < (size_t)got) {
			const struct inotify_event *event =
				(const struct inotify_event *)(const void *)(bytes + at);

			changed |= concerns(watch, event);
			at += sizeof(*event) + event->len;
		}
	}
}

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int watch_wait(struct watch *watch, int quiet_ms, struct error *err)
{
	struct pollfd poll_fd = {.fd = watch->fd, .events = POLLIN};
	int64_t end = 0;

	for (;;) {
		int ready = poll(&poll_fd, 1, end ? quiet_ms : -1), changed;

		if (ready < 0 && errno == EINTR)
			continue;
		if (ready == 0)
			return 0;
		changed = ready < 0 ? -1 : take(watch);
		if (changed < 0)
			return error_set(err, ERR_DEFECT, "changes of files cannot be read: %s",
				strerror(errno));
		if (changed && !end)
			end = now_ms() + BURST_MS;
		if (end && now_ms() >= end)
			return 0;
	}
}
