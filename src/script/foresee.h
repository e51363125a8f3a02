/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a worker will ask for, found by its parent before it asks.  Inside src/script only.
 */
#ifndef WEIR_SCRIPT_FORESEE_H
#define WEIR_SCRIPT_FORESEE_H

#include "script/finds.h"
#include "script/stripper.h"
#include "script/worker.h"

/*
 * What is at a path, and where that leads.  A worker is told of nothing that is not granted, not even that it is there: only
 * that what stands in its own folders is a link to something elsewhere, for which the root stands.
 */
enum script_entry worker_look(const struct worker_spec *spec, const struct script_source *files,
	struct str path, struct arena *arena, struct str *ret_real);
/* What files are read from. */
struct script_source worker_source(const struct worker_spec *spec);
/* Whether it lies below a folder that is granted. */
bool worker_granted(const struct worker_spec *spec, struct str real);

/*
 * Goes from the program's first file through all that it imports by paths, as the worker will.  `finds` has an arena
 * and is empty.  Files that are not kept stripped are added to `stripper`, unless the spec has no cache.
 */
void foresee(const struct worker_spec *spec, struct finds *finds, struct stripper *stripper);

#endif
