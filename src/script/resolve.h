/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From what an import says to the module that it means: as Node (ES modules and CommonJS, package.json's
 * exports, imports, main and type) and as TypeScript (./x is x.ts, ./x.js is x.ts where there is no x.js).
 *
 * Only files below the app's root, and below the node_modules of the root and of each folder above it, are
 * granted; where a symbolic link leads counts, not where it stands.  All else is refused.
 *
 * Facts: Node's documentation of ECMAScript modules ("Resolution algorithm specification") and of CommonJS modules
 * ("All together"), TypeScript's of module resolution.
 *
 * Everything returned is borrowed from the resolver's arena.  A path is absolute, in its shortest form.
 */
#ifndef WEIR_SCRIPT_RESOLVE_H
#define WEIR_SCRIPT_RESOLVE_H

#include "base/error.h"
#include "base/memory.h"
#include "script/strip.h"

enum {
	MODULE_MAX_BYTES = 16 * 1024 * 1024, /* of one module's text */
	PACKAGE_MAX_BYTES = 1024 * 1024,     /* of one package.json */
	PACKAGE_MAX_DEPTH = 32,              /* of conditions in a package.json */
	SPECIFIER_MAX_BYTES = 1024,
};

enum script_format {
	FORMAT_ESM,
	FORMAT_CJS, /* unless its text has import or export: TypeScript is written so, whatever package.json says */
	FORMAT_JSON,
	FORMAT_BUILTIN, /* part of weir, below lib/ */
	/* Made from a provider's schema.  Without one, the provider's installed package comes first. */
	FORMAT_PROVIDER,
};

enum script_entry { ENTRY_NONE, ENTRY_FILE, ENTRY_FOLDER };

struct script_names {
	struct str *items;
	size_t count;
	size_t room;
};

/* A path that a program asks for, whether it is there or not; `is_folder`: for the names in it. */
typedef void script_asked_fn(void *payload, struct str path, bool is_folder);

/* Where modules come from: the file system, or a table. */
struct script_source {
	/* What a path leads to, through symbolic links. */
	enum script_entry (*entry)(void *payload, struct str path);
	/* The path without symbolic links; absent where nothing is, or the arena refused. */
	struct str (*real)(void *payload, struct str path, struct arena *arena);
	/* All of a file's text; more than `ceiling` bytes are ERR_FILE_TOO_LARGE. */
	int (*read)(void *payload, struct str path, size_t ceiling, struct arena *arena,
		struct str *ret_text, struct error *err);
	/* Appends the names in a folder but "." and "..", in any order; none where it cannot be read. */
	void (*list)(
		void *payload, struct str folder, struct arena *arena, struct script_names *names);
	/* Whether the program has this file of its library: "node/path.ts". */
	bool (*library)(void *payload, struct str path);
	/* Whether there is a schema of the provider: "aws". */
	bool (*provider)(void *payload, struct str name);
	void *payload;
	/* What script_strip() makes of the text of a file that was read, where somebody has done that; NULL: nobody has. */
	bool (*stripped)(void *payload, struct str path, struct str text, struct arena *arena,
		struct stripped *ret);
};

/* The file system, without a library and without providers: whoever has them sets these two. */
struct script_source script_files(void);

struct resolved {
	enum script_format format;
	/*
	 * One module, one path: the file's own, without symbolic links; "weir:lib/node/path.ts" for a file of the
	 * library; "weir:host"; "@cdktf/provider-aws/lib/sqs-queue" for a provider's module.
	 */
	struct str path;
	/* FORMAT_PROVIDER: "cdktf", "cdktn" or "weir"; "aws"; "sqs-queue", absent for all modules at once. */
	struct str api, provider, module;
};

struct resolver;

/*
 * `root` is the app's folder, relative to the current directory or absolute.  The source's payload and the arena
 * must outlive the resolver, which is freed with the arena.  Errors: ERR_FILE_MISSING.
 */
int resolver_create(struct str root, const struct script_source *source, struct arena *arena,
	struct resolver **ret_resolver, struct error *err) WEIR_NODISCARD;

/* The folders whose files are granted, without symbolic links; the app's root is the first. */
const struct script_names *resolver_granted(const struct resolver *resolver);

/*
 * The module that `specifier` means in the module `from`: a path that this function gave, or absent for the program
 * to be run, whose specifier is a path.  `is_require` chooses the conditions of package.json.
 *
 * Errors: ERR_MODULE_UNKNOWN, with what was looked for and the nearest name; ERR_MODULE_REFUSED for what is not
 * granted or not possible; ERR_PACKAGE_INVALID and the errors of JSON for a package.json, with its place.
 */
int script_resolve(struct resolver *resolver, struct str from, struct str specifier,
	bool is_require, struct resolved *ret_resolved, struct error *err) WEIR_NODISCARD;

/* The package.json of an installed package, as seen from the root; absent if there is none. */
struct str script_installed(struct resolver *resolver, struct str package);

#endif
