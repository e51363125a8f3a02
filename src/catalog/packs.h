/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The schema packs that hold for a project: those in the program, and those
 * that its people added with `weir schema add`, which lie in its .weir
 * directory as NAME.pack and stand before the program's of that name.
 */
#ifndef WEIR_CATALOG_PACKS_H
#define WEIR_CATALOG_PACKS_H

#include "base/file.h"
#include "catalog/pack.h"

/* The packs in the program, data/packs, sorted by name. */
struct builtin_pack {
	struct str name; /* "aws" */
	struct str bytes;
};
extern const struct builtin_pack builtin_packs[];
extern const size_t builtin_pack_count;

#define PACKS_DIRECTORY ".weir"
#define PACKS_ENDING ".pack"

struct packs {
	struct packs_entry {
		struct pack pack;
		bool builtin;
		/* private */
		struct file_map map;
	} * items; /* sorted by name; no name twice */
	size_t count;
	/* private */
	size_t room;
	struct arena *arena;
};

/*
 * Opens all packs that hold below the folder `root` (NULL: those in the program alone).  Of each only the
 * header is read.  What is opened needs no file after this call, so a worker may use it that may
 * open none.  Free with packs_close().
 *
 * Errors: those of pack_open(); files that cannot be read; a pack whose file has another name than its
 * provider (ERR_PACK_DAMAGED).
 */
int packs_open(const char *root, struct arena *arena, struct packs *ret_packs,
	struct error *err) WEIR_NODISCARD;
void packs_close(struct packs *packs); /* for CLEANUP() too; accepts a zeroed one */

/* Whether both hold the same packs. */
bool packs_same(const struct packs *a, const struct packs *b);

/* The pack of a provider by its name, "aws"; NULL where there is none. */
struct pack *packs_find(const struct packs *packs, struct str name);

#endif
