/* SPDX-License-Identifier: Apache-2.0 */
/* struct program from inside, for program.c, modules.c and host.c. */
#ifndef WEIR_CONSTRUCT_PROGRAM_MODEL_H
#define WEIR_CONSTRUCT_PROGRAM_MODEL_H

#include "construct/program.h"
#include "script/strip.h"
#include "script/tag.h"
#include "script/vm.h"

/* A module that was loaded. */
struct module {
	struct str path; /* the resolver's */
	enum script_format format;
	struct str api, provider, name; /* of FORMAT_PROVIDER */
	struct str
		importer; /* of FORMAT_PROVIDER: a module for each that imports it, with the names that it wants */
	struct str source;        /* as it was read; absent until then, and where it was made */
	struct stripped stripped; /* of TypeScript; else zeroed */
	struct script_tags
		tags; /* where the run is one that traces, of what the author wrote; else zeroed */
	struct str text; /* as it runs */
};

struct program {
	const struct program_spec *spec;
	struct script_source files;
	struct arena *arena;
	struct buf *answer;
	struct resolver *resolver;
	struct script_vm *vm;
	struct module *modules;
	size_t module_count, module_room;
	uint32_t literals; /* that are marked so far, and one */
	/* Why no module could be had, for the mistake that ends the run. */
	struct mistake unresolved;
	bool is_unresolved;
};

/* The functions of weir:host. */
extern const struct script_host program_host[];
extern const size_t program_host_count;

/* The loader's two halves, with a struct program as their payload. */
int program_resolve(void *payload, struct str from, struct str specifier, struct str *ret_name,
	struct error *err);
int program_load(void *payload, struct str name, struct str *ret_text, struct error *err);

struct module *program_module(struct program *program, struct str path);

/* Whether the author wrote it: below the program's folder, and not installed. */
bool program_is_authors(const struct program *program, struct str path);
/* A path as it is told: from spec->base where it is below it. */
struct str program_told_path(const struct program *program, struct str path);
/* The place of a frame as it is told: the file from spec->base, the column in code points. */
struct place program_place(struct program *program, const struct script_frame *frame);
/* The place of an offset in a module's source. */
struct place program_place_at(struct program *program, const struct module *module, size_t offset);
/* The same of an offset in a module's text before it was marked, as a frame that program_place() leaves as it is. */
struct script_frame program_told_frame(
	struct program *program, const struct module *module, size_t offset);
/* The innermost frame of the author's; NULL: none. */
const struct script_frame *program_author_frame(
	const struct program *program, const struct script_frame *frames, size_t count);

#endif
