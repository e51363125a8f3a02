/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the files of module resolution share.  Of this folder only.
 */
#ifndef WEIR_SCRIPT_RESOLVER_H
#define WEIR_SCRIPT_RESOLVER_H

#include "script/package.h"
#include "script/resolve.h"

/* The package.json directly in a folder, or that there is none. */
struct scope {
	struct scope *next;
	struct str folder;
	const struct package *package; /* NULL: none */
};

/* What was found before: modules ask for the same ones over and over. */
struct known {
	struct known *next;
	struct str folder, specifier;
	bool is_require, prefers_ts;
	struct resolved resolved;
};

struct resolver {
	struct script_source source;
	struct arena *arena;
	struct script_names granted;
	struct scope *scopes[256];
	struct known *known[1024];
};

/* One question, and its answer as it is found. */
struct wish {
	struct resolver *resolver;
	struct str specifier;
	struct str folder; /* of the module that asks */
	bool is_require;
	bool prefers_ts; /* the module that asks is TypeScript */
	struct resolved *ret;
};

/* A package's name and what of it is meant. */
struct package_path {
	struct str name;    /* "@scope/name" */
	struct str subpath; /* "." or "./lib/x" */
};

/* What a lookup returns besides a negative error. */
enum { LOOKUP_NONE = 0, LOOKUP_FOUND = 1 };

/* lookup.c: files and packages. */

bool is_granted(const struct resolver *resolver, struct str real);
/* A path without extension, with one, or of a folder. */
int lookup_path(const struct wish *wish, struct str path, struct error *err);
/* A package by its name: itself, or in the node_modules of the asking folder and of those above. */
int lookup_package(const struct wish *wish, struct package_path wanted, struct error *err);
/* A name of the asking package's imports ("#x"); a package's specifier to go on with, or absent. */
int lookup_import(const struct wish *wish, struct str *ret_other, struct error *err);
/* The next folder upward from *folder that has granted packages; false behind the last. */
bool next_packages(const struct wish *wish, struct str *folder, struct str *ret_packages);
/* The package.json directly in a folder; *ret_package is NULL where there is none. */
int package_in(struct resolver *resolver, struct str folder, const struct package **ret_package,
	struct error *err);

/* The extensions of modules, in the order in which they are tried. */
enum { EXTENSIONS = 8 };
extern const struct str script_extensions[EXTENSIONS];
bool script_is_typescript(struct str path);

/* unknown.c: errors. */

int unknown_path(const struct wish *wish, struct str path, struct error *err);
int unknown_package(const struct wish *wish, struct package_path wanted, struct error *err);
int unknown_subpath(const struct wish *wish, const struct package *package,
	struct package_path wanted, struct error *err);
int refuse_module(const struct wish *wish, const char *why, struct error *err);

/* resolve.c: the names of modules that are no files, for suggestions. */
extern const struct str script_builtins[];
extern const size_t script_builtin_count;

#endif
