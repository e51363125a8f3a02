/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The files under data/ and lib/ that are built into the program.  tools/embed turns
 * data into compact JSON at build time, so that a start pays for no
 * YAML, and takes a style sheet as it is; the list stands in data/meson.build.
 */
#ifndef WEIR_BASE_BUILTIN_H
#define WEIR_BASE_BUILTIN_H

#include "base/str.h"

/* An element of the first list in a file's top object, for readers that need few of them. */
struct builtin_part {
	uint32_t at, len;       /* its JSON in the file's */
	uint32_t id_at, id_len; /* the text of its member "id", there too; absent: 0 */
	uint32_t types_at,
		types_len; /* in the file's `types`: the texts of its members "types", a line each */
};

struct builtin {
	struct str name; /* below data/, "hazards/aws.yaml"; "lib/cdktf/app.ts" */
	struct str json; /* of a .css or .ts file: its text */
	const struct builtin_part *parts;
	size_t part_count;
	struct str types;
	/*
	 * SHA-256 (32 bytes) over the digests of the canonical form (json.h) of each part, sorted: the
	 * same in whatever order they stand.  Making it costs more than reading the file.
	 */
	struct str digest;
};

/* Every file, sorted by name. */
size_t builtin_count(void);
struct builtin builtin_at(size_t index);
/* What stands in one file, or the absent text. */
struct str builtin_find(struct str name);

#endif
