/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a program is given beside its files: the environment and the context
 * that its user declares, and what cdktf.json says as the cdktf command reads it.
 */
#ifndef WEIR_STORY_SYNTH_INPUTS_H
#define WEIR_STORY_SYNTH_INPUTS_H

#include "base/error.h"
#include "base/memory.h"

struct synth_declared {
	/* "NAME=VALUE", or "NAME": as in weir's own environment. */
	const char *const *environment;
	size_t environment_count;
	const char *const *context_files; /* each a JSON object */
	size_t context_file_count;
	const char *const *context; /* "KEY=VALUE", a text each */
	size_t context_count;
};

/* cdktf.json; absent is what it doesn't say, and all where there is none. */
struct synth_project {
	struct str program; /* the last word of "app" that is a program's file */
	struct str out;     /* "output", below the folder */
	struct str context; /* the members of "context", as JSON without the braces */
};

/* Reads a cdktf.json.  Texts are the arena's.  Errors: no JSON, or of another form (65). */
int synth_project_read(const char *path, struct arena *arena, struct synth_project *ret_project,
	struct error *err) WEIR_NODISCARD;

/*
 * All of the context as one JSON object, in which a later member of the same key counts: the project's, the
 * files', then KEY=VALUE.  Errors: a file that is not there or no object (65), a word without "=" (64).
 */
int synth_context(const struct synth_declared *declared, struct str project, struct arena *arena,
	struct str *ret_context, struct error *err) WEIR_NODISCARD;

/*
 * "NAME=VALUE" of each declared variable; "NAME" where weir's environment has none of the name. Errors: an
 * empty name (64).
 */
int synth_environment(const struct synth_declared *declared, struct arena *arena,
	struct str **ret_environment, struct error *err) WEIR_NODISCARD;

#endif
