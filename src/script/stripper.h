/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Stripping of files beside a worker, for it and for later runs: each file in a process of its own.  Inside src/script
 * only.
 */
#ifndef WEIR_SCRIPT_STRIPPER_H
#define WEIR_SCRIPT_STRIPPER_H

#include "script/finds.h"
#include "script/worker.h"

struct strip_job {
	struct find *find;
	enum script_dialect dialect;
	struct strip_key key;
	bool is_done;
};

/* Zeroed but for its arena and cache it has nothing to do. */
struct stripper {
	struct arena *arena;
	struct strip_cache *cache;
	struct strip_job *jobs; /* from the last one to the first */
	size_t count, room;
	size_t left; /* so many of them were not begun */
	struct worker_ended *ended;
	int pid; /* 0: none is at work */
	int fd;
};

/* Gives the find what is kept of its text; where nothing is, it is stripped once stripper_start() was called. */
void stripper_want(struct stripper *stripper, struct find *find, enum script_dialect dialect);
/* Begins with the next file, if there is one and none is at work. */
void stripper_start(struct stripper *stripper);
/* Where the process that is at work has said something: keeps the result and begins with the next file. */
void stripper_take(struct stripper *stripper);
/* What became of the file at this path; absent where that is not known yet. */
struct str stripper_result(struct stripper *stripper, struct str path);
/* Ends the process that is at work; what was not begun is left. */
void stripper_close(struct stripper *stripper);

#endif
