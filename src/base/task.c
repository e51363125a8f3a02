/* SPDX-License-Identifier: Apache-2.0 */
/*
 * When a function gets a thread, and what that thread is: this is the only file that makes one.
 *
 * Signals are for the main thread, but for those that an instruction raises: a fault in a mapped
 * file that became shorter (file.h) must reach its handler in whatever thread it happens.
 */
#define _GNU_SOURCE
#include "base/task.h"

#include <signal.h>

#include "base/memory.h"

enum {
	/* From here on a thread (about 0.05 ms) is cheaper than any work on so many bytes. */
	WORK_LEAST = 256 * 1024,
	/* As the main thread has it: walks go down 512 levels. Pages are taken as they are touched. */
	STACK_SIZE = 8 * 1024 * 1024,
};

static int policy = TASK_BY_SIZE;

void task_policy_set(enum task_policy wanted)
{
	__atomic_store_n(&policy, (int)wanted, __ATOMIC_RELAXED);
}

static bool worth_a_thread(size_t work)
{
	int how = __atomic_load_n(&policy, __ATOMIC_RELAXED);

	if (how == TASK_NEVER || mem_failing())
		return false;
	return how == TASK_ALWAYS || work >= WORK_LEAST;
}

static void run_in_place(struct task *task)
{
	task->result = task->fn(task->payload, &task->err);
}

static void *run_beside(void *payload)
{
	run_in_place(payload);
	return NULL;
}

static bool create_thread(struct task *task)
{
	static const int raised[] = {SIGBUS, SIGSEGV, SIGFPE, SIGILL, SIGTRAP, SIGSYS, SIGABRT};
	pthread_attr_t attributes;
	sigset_t blocked, before;
	bool made;

	if (pthread_attr_init(&attributes) != 0)
		return false;
	sigfillset(&blocked);
	for (size_t i = 0; i < COUNT_OF(raised); i++)
		sigdelset(&blocked, raised[i]);
	/* A new thread inherits the mask, so it never runs with another one. */
	pthread_sigmask(SIG_BLOCK, &blocked, &before);
	made = pthread_attr_setstacksize(&attributes, STACK_SIZE) == 0 &&
		pthread_create(&task->thread, &attributes, run_beside, task) == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	pthread_attr_destroy(&attributes);
	return made;
}

void task_start(struct task *task, size_t work, task_fn *fn, void *payload)
{
	*task = (struct task){.fn = fn, .payload = payload};
	task->beside = worth_a_thread(work) && create_thread(task);
	if (!task->beside)
		run_in_place(task);
}

int task_join(struct task *task, struct error *err)
{
	int result;

	if (task->beside)
		pthread_join(task->thread, NULL);
	task->beside = false;
	result = task->result;
	task->result = 0;
	if (result < 0 && err)
		*err = task->err;
	return result;
}

void task_cleanup(struct task *task)
{
	(void)task_join(task, NULL);
}
