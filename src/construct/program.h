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

/* What a run is asked for: the worker's request. */
struct program_spec {
	struct str main; /* the path of its first module, absolute, without symbolic links */
	struct str root; /* its folder, likewise: what is granted */
	struct str base; /* the folder that places are told from, likewise */
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

/* What a worker runs programs with: its payload, which it has from before its request. */
struct program_runner {
	struct packs *packs;   /* open */
	unsigned time_ms;      /* of processor time; 0: 10 seconds */
	size_t memory;         /* in bytes; 0: 512 MiB */
	struct program *ready; /* private */
};

/* The request as bytes, without a NUL in any of its texts. */
void program_request(const struct program_spec *spec, struct buf *out);

/*
 * For worker_spec.prepare: an engine that has run the library; and for worker_spec.run, behind it: runs the program.
 * `payload` is a struct program_runner.
 */
void program_prepare(void *payload);
void program_run(
	void *payload, struct str request, const struct script_source *files, struct buf *answer);

#endif
