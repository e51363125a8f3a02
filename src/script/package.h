/* SPDX-License-Identifier: Apache-2.0 */
/*
 * package.json: what it says of its folder's modules, and how its exports and imports are read.  No file is
 * touched here.  Of this folder only.
 */
#ifndef WEIR_SCRIPT_PACKAGE_H
#define WEIR_SCRIPT_PACKAGE_H

#include "base/doc.h"

struct package {
	struct str folder;     /* where it lies */
	struct str file;       /* its package.json, for messages */
	struct str text;       /* as it was read */
	struct str name, main; /* absent where it says none */
	bool is_esm;           /* "type": "module" */
	struct node exports, imports;
};

/* Reads its text, which the arena holds. Errors: ERR_PACKAGE_INVALID and those of JSON, with the place. */
int package_read(struct str text, struct str folder, struct arena *arena,
	struct package *ret_package, struct error *err) WEIR_NODISCARD;

/* What a subpath or a name leads to. */
struct target {
	struct str path; /* a path for a file of the package, else another package's specifier */
	bool is_file;
};

/*
 * The target of `key` in package->exports ("." or "./lib/x") or, where the key begins with "#", in
 * package->imports.  *ret_target has an absent path where the package offers no such key.
 * Errors: ERR_PACKAGE_INVALID for a target that leaves the package.
 */
int package_target(const struct package *package, struct str key, bool is_require,
	struct arena *arena, struct target *ret_target, struct error *err) WEIR_NODISCARD;

#endif
