/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The story of `weir synth`: a program in; the configuration that it makes, or its mistakes, out.
 */
#ifndef WEIR_STORY_SYNTH_H
#define WEIR_STORY_SYNTH_H

#include "construct/program.h"
#include "report/program.h"
#include "script/overlay.h"
#include "script/worker.h"
#include "story/synth_inputs.h"

/*
 * Processes that are ready for a program, for who synthesizes again and again.  Zeroed it is empty; parts are private.
 * synth_pool_fill() is to be called where nobody waits; what it can't get is got when a program runs.
 */
struct synth_pool {
	struct worker_pool workers;
	struct program_runner runner;
	struct packs packs;
	struct arena *arena;
};
void synth_pool_fill(struct synth_pool *pool);
void synth_pool_close(struct synth_pool *pool); /* for CLEANUP() too */

struct synth_options {
	const char *program; /* the path of its first module; NULL: what cdktf.json names */
	/* Where files go; NULL: what cdktf.json names, else cdktf.out. */
	const char *out;
	/* A folder, without symbolic links, that nothing may be written outside of; absent: anywhere. */
	struct str within;
	/* Files that count as they are here, whether they are written or not. */
	struct script_overlay texts;
	bool is_check; /* nothing is written */
	bool no_cache; /* of what the program is made of, nothing is kept for later runs */
	struct synth_declared declared;
	enum program_strict strict;
	/* As in struct worker_spec, and told of what is read before the program runs. */
	script_asked_fn *asked;
	void *asked_payload;
	const char *now_text;    /* as in struct report */
	struct synth_pool *pool; /* NULL: none */
};

struct synthesis {
	struct answer answer;
	struct report report;
	struct program_report told;
	struct str program;                 /* as it is told */
	struct str root;                    /* the program's folder, absolute */
	struct script_source source;        /* what it reads */
	const struct script_names *granted; /* the folders that the program may read */
	struct script_names removed;        /* files of stacks that are gone */
	struct synth_pool pool;             /* its own process, where the options have no pool */
	struct strip_cache cache;
	struct buf bytes[2]; /* that the answer is parts of: of the run that traces, too */
	struct arena *arena;
};

/*
 * Runs the program.  Files are written, each as a whole and below the output folder, where it has no mistake that
 * is an error.
 * What the arena does not hold is freed by synth_cleanup(), to be called in every case.  *ret_synthesis must stay where it is.
 *
 * Errors: a program or a declared input that is not there or of another form (65), what cannot be written (73), packs that are damaged.
 */
int synth_run(const struct synth_options *options, struct arena *arena,
	struct synthesis *ret_synthesis, struct error *err) WEIR_NODISCARD;
void synth_cleanup(struct synthesis *synthesis);

#endif
