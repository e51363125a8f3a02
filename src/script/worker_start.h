/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A worker's beginning and end, without what is said between them.  Inside src/script only.
 */
#ifndef WEIR_SCRIPT_WORKER_START_H
#define WEIR_SCRIPT_WORKER_START_H

#include "script/worker.h"

/* Forks a worker, which prepares itself and waits for BEGIN; *ret_fd is this side of its socket. A negative number is an error's. */
int worker_start(const struct worker_spec *spec, int *ret_fd, struct error *err);

/* Kills a worker.  The system takes a while to clear up behind it, for which worker_reap() waits. */
void worker_end(struct worker_ended *ended, int pid, int fd);
void worker_reap(struct worker_ended *ended);

#endif
