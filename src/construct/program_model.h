/* SPDX-License-Identifier: Apache-2.0 */
/* struct program from inside, for program.c, modules.c and host.c. */
#ifndef WEIR_CONSTRUCT_PROGRAM_MODEL_H
#define WEIR_CONSTRUCT_PROGRAM_MODEL_H

#include "construct/elements.h"
#include "construct/program.h"
#include "construct/shapes.h"
#include "construct/snapshot.h"
#include "script/loop.h"
#include "script/strip.h"
#include "script/syntax.h"
#include "script/tag.h"
#include "script/vm.h"

/* A module that is known, and from when it is loaded has its text. */
struct module {
	struct str path; /* the resolver's */
	enum script_format format;
	struct str importer; /* that asked for it first */
	/* Of a file. */
	struct str source;        /* as it was read; absent until then, and where it was made */
	struct stripped stripped; /* of TypeScript, and of all that the author wrote; else zeroed */
	struct script_tags
		tags; /* where the run is one that traces, of what the author wrote; else zeroed */
	struct syntax tree;    /* of `source`, once somebody asked for it */
	bool is_settled;       /* it was read, and its format is known */
	bool is_data;          /* it is JSON that can be parsed */
	bool has_scope;        /* it was CommonJS by its name and package, whatever its text is */
	script_value function; /* of CommonJS: compiled, until it runs; 0: not yet, or no more */
	/*
	 * What stands for another module, made for each that imports it with the names that it wants: of
	 * FORMAT_PROVIDER a provider's module; of FORMAT_CJS a CommonJS file, or without specifier the file's scope.
	 */
	bool is_made;
	bool is_joined; /* it stands for all of a provider that its importer takes by names alone */
	struct str file, specifier;
	struct str api, provider, name; /* of FORMAT_PROVIDER */
	struct str text;                /* as it runs */
};

/* A document that the library puts together: a number for it. */
struct open_document {
	struct snapshot *
		snapshot; /* how it is taken, in an arena of the document's own; NULL: it is closed */
	struct document_node node;
};

struct shadow_names;

/* A loop of a marked program: when it last began, and when its body last ran, on a clock of such moments. */
struct loop {
	uint64_t entered, turned;
};

struct program {
	struct packs *packs;
	/* Why it has no engine. */
	struct error failure;
	bool failed;
	const struct program_spec *spec;
	struct script_source files;
	struct arena *arena;
	struct buf *answer;
	struct resolver *resolver;
	struct script_vm *vm;
	struct module **modules;
	size_t module_count, module_room;
	uint32_t literals;  /* that are marked so far, and one */
	struct loop *loops; /* by their marks' numbers */
	size_t loop_count, loop_room;
	uint64_t moments; /* so far */
	uint32_t
		asking; /* the mark of what asks for the environment, where no frame tells; 0: none */
	uint32_t thrown; /* the mark where the program last threw what is no Error; 0: nowhere */
	/* The module for whose import a CommonJS file runs now, while it is not linked itself; NULL: none. */
	const struct module *linking;
	struct open_document **documents; /* by their numbers */
	size_t document_count, document_room;
	struct open_document visited;    /* nothing is taken into it */
	struct shapes shapes;            /* of the providers' types that it uses */
	struct tokens tokens;            /* in the pass over a stack that is at hand */
	struct elements elements;        /* of its stacks */
	struct block_plan plan;          /* of the block that is being taken */
	const struct snapshot *snapshot; /* the one that is being taken */
	struct script_names asked;       /* names that programs look for with "in" */
	size_t asked_told;               /* of them, to lib/ */
	struct shadow_names *shadows;    /* lists that host.shadowed() was given */
	int exit_code;                   /* where the program ended itself */
	struct place *impurities;        /* where something impure was told already */
	size_t impurity_count, impurity_room;
	/* Why no module could be had, for the mistake that ends the run. */
	struct mistake unresolved;
	bool is_unresolved;
};

/* host_document.c's of the functions of weir:host. */
script_function host_open_document, host_take, host_take_block, host_bind_class,
	host_repeat_content, host_loud, host_take_elements, host_are_distinct, host_visit,
	host_is_plain, host_inline, host_begin_pass, host_end_pass, host_may_change, host_fill,
	host_cut, host_is_name, host_logical_id, host_way, host_emit_document, host_close_document;

/* host_check.c's. */
script_function host_check, host_check_value;

/* What walks need that keep nothing; NULL without memory. */
struct snapshot *program_visitor(struct program *program);

/* host_places.c's. */
script_function host_literal_place, host_is_read, host_new_place, host_enter_loop, host_turn_loop,
	host_ask_at, host_thrown, host_suspect;

/* host_members.c's. */
script_function host_member, host_shadowed, host_asked;
/* Remembers the names for which a text asks with "in": `"tagsInput" in node`. */
void program_learn_asked(struct program *program, struct str text);

#define PROGRAM_HOST_FUNCTION(name)                                                                \
	script_value name(                                                                         \
		struct script_vm *vm, void *payload, const script_value *arguments, size_t count)

/* The place of a mark, as a frame that program_place() leaves as it is; false where there is no such mark. */
bool program_mark_frame(struct program *program, uint32_t number, struct script_frame *ret);
/*
 * The mark of the loop that does not end, of a program that was stopped: it has been turning of late and began before that.  0:
 * none is known.
 */
uint32_t program_endless_loop(const struct program *program);

/* The functions of weir:host. */
extern const struct script_host program_host[];
extern const size_t program_host_count;

/* The loader's two halves, with a struct program as their payload. */
int program_resolve(void *payload, struct str from, struct str specifier, struct str *ret_name,
	struct error *err);
int program_load(void *payload, struct str name, struct str *ret_text, struct error *err);

struct module *program_module(struct program *program, struct str path);
struct module *program_add_module(
	struct program *program, const struct resolved *found, struct str importer);
/* What an import means in the module `asker`; as for script_resolve(). */
int program_resolve_import(struct program *program, struct str asker, struct str specifier,
	struct resolved *ret_found, struct error *err);
/* Tells the library which of its faces, cdktf, cdktn or weir, a module imports, if it is one: it decides how all is written. */
void program_choose(struct program *program, struct str asker, const struct resolved *found);
/* Whether a module waits for what is being loaded, and so cannot run yet; and what is said of one that shall. */
bool program_is_linking(struct program *program, struct str path);
#define PROGRAM_CIRCLE                                                                             \
	"%.*s is still being imported by what requires it: a circle of an ES module and a "        \
	"require() cannot be run"
/* Reads a file and decides whether it is CommonJS. Where *err is left as it was, the engine has an exception. */
int program_settle(struct program *program, struct module *module, struct error *err);

/* commonjs.c: the same of a package's JavaScript, and the texts of what is made for CommonJS. */
int program_settle_installed(struct program *program, struct module *module, struct error *err);
int program_load_face(struct program *program, struct module *face, struct error *err);
int program_load_scope(struct program *program, struct module *scope, struct error *err);
/* Gives an ES module those names of CommonJS that it mentions. */
void program_add_scope(struct program *program, struct module *module);
/* How many bytes stand before the first line of a CommonJS file. */
extern const unsigned program_commonjs_head;
script_function host_resolve, host_source, host_compile, host_evaluate, host_main, host_installed;

/* The text of an argument of a host function; absent where there is none. */
struct str program_argument(
	struct program *program, const script_value *arguments, size_t count, size_t index);

/* Adds a text as JavaScript writes it, in quotes. */
void program_add_quoted(struct buf *out, struct str text);
/* Whether it stands in JavaScript's names. */
bool program_is_word(char c);

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
/* What script_new() finds at a frame; the `new` as a frame that program_place() leaves as it is. */
enum script_maker program_new_frame(struct program *program, const struct script_frame *frame,
	unsigned argument, struct script_frame *ret);
/* The innermost frame of the author's; NULL: none. */
const struct script_frame *program_author_frame(
	const struct program *program, const struct script_frame *frames, size_t count);

#endif
