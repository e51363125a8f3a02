/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One function beside its caller, on the other core of the machine.
 *
 * The law.  Between task_start() and task_join()
 *   - the task writes only what it was given for its own: its payload, an arena that nobody else uses,
 *     files of memory it made itself.  Arenas, buffers and lists have no locks;
 *   - what both read nobody writes.  A document is such a thing, but for doc_position(), which fills an index as it
 *     is asked (and error_node() asks it): the task must not call it on a document that its caller has too;
 *   - the task starts no child process (PR_SET_PDEATHSIG is told of the end of a thread), touches no signal,
 *     directory or environment, and prints nothing;
 *   - whoever started it joins it, on every way out, before what the task reads is freed: a struct task
 *     stands in what owns both, and is released first;
 *   - no result may depend on which of the two was faster.  Errors are taken at the join, in the
 *     order in which one thread alone would have met them.
 *
 * A task that is not worth a thread, or gets none, is run in place by task_start(): it is a way to
 * be faster and never a way to be different.  So it is too while the allocation-failure mode is
 * on (memory.h), whose counters must tell the same every time.
 */
#ifndef WEIR_BASE_TASK_H
#define WEIR_BASE_TASK_H

#include <pthread.h>

#include "base/error.h"

/* 0 or a negative error code, as everywhere. */
typedef int task_fn(void *payload, struct error *err);

/* Begins zeroed, and stays where it is from task_start() to task_join(). */
struct task {
	/* private */
	task_fn *fn;
	void *payload;
	int result;
	struct error err;
	pthread_t thread;
	bool beside;
};

/*
 * Runs fn(payload), beside the caller where `work` (the bytes that it will look at) is worth it.  A task that still
 * runs from before is a defect of the caller.
 */
void task_start(struct task *task, size_t work, task_fn *fn, void *payload);

/*
 * Waits for its end and returns its result, once: a task that was never started, or was joined before,
 * gives 0.
 */
int task_join(struct task *task, struct error *err);
/* Waits and forgets the result; for CLEANUP() and ways out. Accepts a zeroed one. */
void task_cleanup(struct task *task);

/*
 * For tests: whether tasks get a thread.  Process-wide.  The program takes it from WEIR_TASKS,
 * "never" or "always"; no output depends on it.
 */
enum task_policy { TASK_BY_SIZE, TASK_NEVER, TASK_ALWAYS };
void task_policy_set(enum task_policy policy);

#endif
