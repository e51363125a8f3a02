/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The story of `weir synth`: a program in; the configuration that it makes, or its mistakes, out.
 */
#ifndef WEIR_STORY_SYNTH_H
#define WEIR_STORY_SYNTH_H

#include "construct/program.h"
#include "report/program.h"

struct synth_options {
	const char *program; /* the path of its first module */
	/* Where files go; NULL: nothing is written. */
	const char *out;
	enum program_strict strict;
	const char *now_text; /* as in struct report */
};

struct synthesis {
	struct answer answer;
	struct report report;
	struct program_report told;
	struct str root;                    /* the program's folder, absolute */
	const struct script_names *granted; /* the folders that the program may read */
	struct arena *arena;
};

/*
 * Runs the program.  Files are written, each as a whole and below `out`, where it has no mistake that is an error.
 * All but the report's redactor is the arena's; synth_cleanup() in every case.  *ret_synthesis must stay where it is.
 *
 * Errors: a program that is not there (65), what cannot be written (73), packs that are damaged.
 */
int synth_run(const struct synth_options *options, struct arena *arena,
	struct synthesis *ret_synthesis, struct error *err) WEIR_NODISCARD;
void synth_cleanup(struct synthesis *synthesis);

#endif
