/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A program in its worker: its modules, what it may ask of weir, and what is
 * said when it fails.  It writes an answer (answer.h) and nothing else.
 */
#ifndef WEIR_CONSTRUCT_PROGRAM_H
#define WEIR_CONSTRUCT_PROGRAM_H

#include "catalog/packs.h"
#include "construct/answer.h"
#include "script/resolve.h"

/* What becomes of what the original lets pass and weir does not. */
enum program_strict { STRICT_ERROR, STRICT_WARN, STRICT_OFF };

struct program_spec {
	struct str main;     /* the path of its first module, absolute, without symbolic links */
	struct str root;     /* its folder, likewise: what is granted */
	struct str base;     /* the folder that places are told from, likewise */
	struct packs *packs; /* open */
	unsigned time_ms;    /* of processor time; 0: 10 seconds */
	size_t memory;       /* in bytes; 0: 512 MiB */
	/* What a program sees of its environment: "NAME=value", and JSON for its context. */
	const struct str *environment;
	size_t environment_count;
	struct str context;
	enum program_strict strict;
	/* A run that remembers where all was made, for mistakes that a first run has found. */
	bool is_tracing;
	/* Such a run which also looks for the loop that does not end. */
	bool is_timing;
};

/* Runs it. For worker_spec.run; `payload` is a struct program_spec. */
void program_run(void *payload, const struct script_source *files, struct buf *answer);

#endif
