/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The process that a script is locked into: a fork of weir that can reach
 * nothing but one socket to its parent.  It asks there for files, which the
 * parent reads for it, and gives one answer.
 *
 *	weir ──fork──► worker
 *	  │  ◄── what is at this path? what does this file hold? ──┤  no files, no network, no other process:
 *	  ├── …                                                ──► │  system calls are filtered
 *	  │  ◄── the answer                                     ──┤
 *
 * A worker that dies of anything is told as such; nothing that it does ends weir.
 */
#ifndef WEIR_SCRIPT_WORKER_H
#define WEIR_SCRIPT_WORKER_H

#include "script/resolve.h"
#include "script/strip_cache.h"

struct worker_spec {
	/*
	 * What the worker does, in its own process: `prepare` what it can before it knows its request (NULL: nothing),
	 * then the request.  `files` are the parent's, by the socket; its library and providers are the caller's to set.
	 * Its answer goes to `answer`.
	 */
	void (*prepare)(void *payload);
	void (*run)(void *payload, struct str request, const struct script_source *files,
		struct buf *answer);
	void *payload;
	struct str request;
	/* What the parent reads files from for the worker; NULL: the file system. */
	const struct script_source *source;
	/* Folders, without symbolic links, below which the parent reads files for the worker. */
	const struct script_names *granted;
	/* Told of each path that the worker asks for, before it is looked at; NULL: nobody. */
	script_asked_fn *asked;
	void *asked_payload;
	/* The program: the file that the worker will ask for first, absolute, below the first folder; absent: nobody knows. */
	struct str first;
	/* Of that program, open: what is kept of its files, and taken to be kept; NULL: nothing. */
	struct strip_cache *cache;
	bool yields;           /* where processors are short, others have more of them */
	unsigned time_ms;      /* on the wall, until it is killed */
	size_t answer_ceiling; /* in bytes */
};

enum worker_end {
	WORKER_ANSWERED,
	WORKER_DIED, /* without an answer: a signal, or a way out that it should not have */
	WORKER_TIME, /* killed */
	WORKER_SIZE, /* its answer was larger than the ceiling */
};

/*
 * Runs a worker to its end; of it nothing is left when this returns.  ret_answer is the caller's to free, and
 * empty unless *ret_end is WORKER_ANSWERED.  Errors: ERR_CHILD_MISSING where no process can be had, ERR_CONFINEMENT where the
 * kernel cannot confine it.
 */
int worker_run(const struct worker_spec *spec, enum worker_end *ret_end, struct buf *ret_answer,
	struct error *err) WEIR_NODISCARD;

/*
 * Workers that have prepared themselves and wait for a request: for who runs scripts again and again.  Each has one
 * request and is then gone.  `run`, `prepare`, `payload` and what that points to are as they were when a worker was forked;
 * all else of its spec is that of worker_pool_run().  Zeroed it is empty; parts are private.
 */
enum { WORKER_POOL_MOST = 8 };
/* Processes that were killed, and that the system has perhaps not cleared up yet. */
struct worker_ended {
	int pids[2 * WORKER_POOL_MOST];
	size_t count;
};
struct worker_pool {
	struct {
		int pid, fd;
	} waiting[WORKER_POOL_MOST];
	size_t count;
	struct worker_ended ended;
};

/* Forks workers until `count` wait; to be called where nobody waits for an answer.  What fails is left to worker_pool_run(). */
void worker_pool_fill(struct worker_pool *pool, const struct worker_spec *spec, size_t count);
/* As worker_run(), by a worker that waits, if one is there and alive.  What is left of it goes with the pool. */
int worker_pool_run(struct worker_pool *pool, const struct worker_spec *spec,
	enum worker_end *ret_end, struct buf *ret_answer, struct error *err) WEIR_NODISCARD;
/* Ends those that wait. */
void worker_pool_empty(struct worker_pool *pool);
/* The same, and waits until the system has cleared up behind all that are gone. */
void worker_pool_close(struct worker_pool *pool); /* for CLEANUP() too */

/*
 * From now on this process opens nothing, starts nothing and reaches nothing: what it may still do is memory,
 * time, signals to itself, and reading and writing what is open.  For the worker; exposed for its test.  True if
 * the kernel took the filter.
 */
bool worker_confine(void);

#endif
