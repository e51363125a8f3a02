/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Children that are bounded: a time limit, limits on what they may print and
 * use, an explicit environment, no standard input, and a process group of
 * their own that dies with weir, whatever weir dies of.
 */
#ifndef WEIR_BASE_PROCESS_H
#define WEIR_BASE_PROCESS_H

#include "base/error.h"
#include "base/memory.h"

enum { PROCESS_MAX_PARALLEL = 16 };

struct process_spec {
	/* argv[0] is a path, or a name to be found on PATH of weir's environment. NULL-ended. */
	const char *const *argv;
	/* "NAME=value" texts, NULL-ended; NULL: an empty environment. */
	const char *const *environment;
	const char *dir;       /* NULL: the current directory */
	unsigned timeout_ms;   /* 0: 60 seconds */
	size_t out_ceiling;    /* bytes of standard output, 0: 16 MiB; more is an error */
	size_t errors_ceiling; /* bytes of standard error kept, 0: 64 KiB; the rest is dropped */
	size_t memory_ceiling; /* address space in bytes, 0: no limit */
};

struct process_result {
	int exit_code; /* 128 + number when ended by a signal */
	struct buf out;
	struct buf errors;
};

/* Accepts a zeroed one; for CLEANUP() too. */
void process_result_free(struct process_result *result);

/*
 * Runs a child to its end.  Its exit code is the caller's to judge.  When this returns, no process
 * of the child's group is left.
 *
 * Errors: ERR_CHILD_MISSING (69) if the program cannot be started, ERR_CHILD_TIMEOUT (75) and
 * ERR_CHILD_OUTPUT (69) if a limit was reached.
 */
int process_run(const struct process_spec *spec, struct process_result *ret_result,
	struct error *err) WEIR_NODISCARD;

/*
 * The same for several children, up to `parallel` at once (at least 1).  ret_results has `count`
 * elements, zeroed by the caller; on failure all of them are freed and zeroed.
 */
int process_run_many(const struct process_spec *specs, size_t count, unsigned parallel,
	struct process_result *ret_results, struct error *err) WEIR_NODISCARD;

/* The full path of a program on PATH of this process; NULL if there is none. */
const char *process_find(const char *name, struct arena *arena);

/*
 * An environment for a child: the variables of weir's own whose names are listed, then `extra`
 * ("NAME=value").  A name that ends in '*' stands for every variable that begins so.  Both lists
 * are NULL-ended, `extra` may be NULL.  In the arena; NULL when it refused.
 */
const char *const *process_environment(
	const char *const *names, const char *const *extra, struct arena *arena);

#endif
