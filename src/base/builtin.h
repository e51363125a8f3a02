/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The files under data/ that are built into the program.  tools/embed turns
 * data into compact JSON at build time, so that a start pays for no
 * YAML, and takes a style sheet as it is; the list stands in data/meson.build.
 */
#ifndef WEIR_BASE_BUILTIN_H
#define WEIR_BASE_BUILTIN_H

#include "base/str.h"

struct builtin {
	struct str name; /* below data/, "hazards/aws.yaml" */
	struct str json; /* of a .css file: its text */
	/*
	 * SHA-256 (32 bytes each) of the canonical form (json.h) of each element of the first list in
	 * the file's top object, since making them costs more than reading the file.
	 */
	struct str digests;
};

/* Every file, sorted by name. */
size_t builtin_count(void);
struct builtin builtin_at(size_t index);
/* What stands in one file, or the absent text. */
struct str builtin_find(struct str name);

#endif
