/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What may be kept of a file.  A result is kept for whoever has the same text again, in whatever program.  So it comes from
 * a process that was locked in as a worker is, has never run a program, and was given nothing but this one text: should
 * the text take that process over, it has gained what it could decide anyway, what it becomes itself.  What a worker says of its
 * files is never kept.
 *
 * It begins with the last file: the worker comes from the other end, and asks for what is done by then.  What is not, it
 * strips itself, as it would take as long to wait.
 */
#include "script/stripper.h"

#include <poll.h>

#include "script/message.h"
#include "script/strip_pack.h"
#include "script/worker_start.h"

enum { PROMPT_MS = 1000 /* for an answer that has begun */ };

void stripper_want(struct stripper *stripper, struct find *find, enum script_dialect dialect)
{
	struct strip_job job = {.find = find, .dialect = dialect};

	/* Refused, or not read either. */
	if (find->text.len > SCRIPT_MAX_BYTES)
		return;
	job.key = strip_cache_key(find->text, dialect);
	find->packed = strip_cache_find(stripper->cache, &job.key);
	if (!str_absent(find->packed) ||
		!arena_grow(stripper->arena, (void **)&stripper->jobs, stripper->count,
			&stripper->room, sizeof(*stripper->jobs)))
		return;
	/* The first one the worker has at once. */
	find->is_stripping = stripper->count > 0;
	stripper->jobs[stripper->count++] = job;
	stripper->left = stripper->count;
}

/* In a process of its own. */
static void strip_alone(
	void *payload, struct str request, const struct script_source *files, struct buf *answer)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create(SIZE_MAX);
	const struct strip_job *job = payload;
	struct stripped stripped;

	(void)request, (void)files;
	if (arena &&
		script_strip(job->find->text, job->dialect, job->find->path, arena, &stripped,
			NULL) == 0)
		strip_pack(&stripped, job->find->text, answer);
}

void stripper_start(struct stripper *stripper)
{
	while (stripper->left && !stripper->pid) {
		const size_t at = --stripper->left;
		/* The first file is the last of all: the worker, which does it at the same time, would always be done before one that yields. */
		struct worker_spec spec = {.run = strip_alone,
			.payload = &stripper->jobs[at],
			.yields = at > 0,
			.answer_ceiling = CACHE_TEXT_MOST};
		int pid = worker_start(&spec, &stripper->fd, NULL);

		if (pid < 0) {
			stripper->left = 0;
			return;
		}
		stripper->pid = pid;
		if (!message_put(stripper->fd, BEGIN, 0, STR(""), 0))
			stripper_close(stripper);
	}
}

void stripper_take(struct stripper *stripper)
{
	struct strip_job *job = &stripper->jobs[stripper->left];
	const int64_t deadline = message_now() + PROMPT_MS;
	struct message header;
	char *packed = NULL;

	if (message_get(stripper->fd, &header, sizeof(header), deadline) == 1 &&
		header.kind == TELL && header.length && header.length <= CACHE_TEXT_MOST)
		packed = arena_alloc(stripper->arena, header.length);
	if (packed && message_get(stripper->fd, packed, header.length, deadline) == 1) {
		job->find->packed = (struct str){packed, header.length};
		strip_cache_add(stripper->cache, &job->key, job->find->packed);
	}
	job->is_done = true;
	stripper_close(stripper);
	stripper_start(stripper);
}

struct str stripper_result(struct stripper *stripper, struct str path)
{
	struct pollfd wait = {stripper->fd, POLLIN, 0};

	for (size_t i = 0; i < stripper->count; i++) {
		const struct strip_job *job = &stripper->jobs[i];

		if (!str_eq(job->find->path, path))
			continue;
		if (i == stripper->left && stripper->pid && poll(&wait, 1, 0) > 0)
			stripper_take(stripper);
		return job->is_done ? job->find->packed : (struct str){NULL, 0};
	}
	return (struct str){NULL, 0};
}

void stripper_close(struct stripper *stripper)
{
	if (stripper->pid)
		worker_end(stripper->ended, stripper->pid, stripper->fd);
	stripper->pid = 0;
}
