/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The story of `weir types`: a program in; TypeScript declarations of what it imports from providers out, so that an editor
 * and tsc know them without the providers' packages.
 */
#ifndef WEIR_STORY_TYPES_H
#define WEIR_STORY_TYPES_H

#include "base/error.h"
#include "base/memory.h"

/*
 * Adds the declarations of all modules that the program imports, sorted by their names.  The program is run, since only
 * so it is known what its own modules and those of packages import; what it makes is left, and so are its mistakes.
 * `program` may be NULL, as for synth_run().
 *
 * Errors: those of synth_run(); ERR_MODULE_UNKNOWN where the program imports a module that cannot be found.
 */
int types_run(const char *program, struct arena *arena, struct buf *out,
	struct error *err) WEIR_NODISCARD;

#endif
