/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the files of the stripper share: one walk over the syntax, in which each kind of node has a handler that says
 * what changes in the text.  Not for others; they take strip.h.
 */
#ifndef WEIR_SCRIPT_STRIP_WALK_H
#define WEIR_SCRIPT_STRIP_WALK_H

#include "script/edit.h"
#include "script/syntax.h"

/* A name that the file takes from elsewhere, under the name that it has here. */
struct local {
	struct str name;
	syntax_id node; /* import_specifier, namespace_import, identifier, import_alias, ... */
	struct script_name *entry; /* of the import's list; NULL for an alias */
	bool is_type;              /* says "type" */
	bool is_used, is_settled;  /* of an alias: what it stands for counts as used, too */
};

struct pending {
	struct script_import import;
	syntax_id statement; /* 0 for a call */
};

struct names {
	struct str *items;
	size_t count, room;
};

struct strip {
	struct syntax tree;
	struct edit edit;
	struct arena *arena;
	struct str file;
	struct error *err;
	struct local *locals; /* sorted by name once all are collected */
	size_t local_count, local_room;
	struct pending *imports;
	size_t import_count, import_room;
	struct names types, values; /* exported */
	struct str decorate;        /* the function that applies decorators; absent: none does */
	bool counts_from_text;      /* the enum's member before this one is a text */
	struct stripped ret;
};

/* Handles a node; *next, which is the node behind it in the array, may skip what is in it. */
typedef int strip_handler(struct strip *strip, syntax_id id, syntax_id *next);

static inline struct str strip_text(const struct strip *strip, syntax_id id)
{
	return syntax_text(&strip->tree, id);
}
static inline const struct syntax_node *strip_node(const struct strip *strip, syntax_id id)
{
	return syntax_node(&strip->tree, id);
}
static inline bool strip_is(const struct strip *strip, syntax_id id, enum syntax_kind kind)
{
	return syntax_is(&strip->tree, id, kind);
}
static inline syntax_id strip_token(const struct strip *strip, syntax_id id, const char *text)
{
	return syntax_token(&strip->tree, id, text);
}

/* ERR_SCRIPT_UNSUPPORTED at the node: "<what> cannot be lowered: <instead>". */
int strip_refuse(struct strip *strip, syntax_id id, const char *what, const char *instead);
void strip_blank(struct strip *strip, syntax_id id);
/* Takes a whole statement or class member out, so that its neighbours stay apart. */
void strip_erase(struct strip *strip, syntax_id id);
/* Blanks the first token with this text, if there is one; says whether. */
bool strip_blank_token(struct strip *strip, syntax_id id, const char *text);
bool strip_has_newline(const struct strip *strip, size_t from, size_t to);
int strip_add_name(struct strip *strip, struct names *names, struct str name);
bool strip_has_name(const struct names *names, struct str name);
/* Appends the names that a declaration's pattern binds (the names in a subtree that are no keys or defaults). */
int strip_bound_names(struct strip *strip, syntax_id pattern, struct names *names);
/* Whether the children of a scope (program, statement_block) before `end` declare a value of that name. */
bool strip_declares(const struct strip *strip, syntax_id scope, syntax_id end, struct str name);

/* strip_module.c: imports and exports. */
int strip_collect_imports(struct strip *strip);
void strip_use(struct strip *strip, struct str name);
strip_handler strip_import, strip_import_alias, strip_export, strip_call;
int strip_finish_imports(struct strip *strip);
int strip_list_imports(struct strip *strip);
/* Whether a declaration, and its `export`, says nothing at run time. */
bool strip_is_erased(const struct strip *strip, syntax_id declaration);
/* The names of a declaration. */
int strip_declared_names(struct strip *strip, syntax_id declaration, struct names *names);
/* Whether it is `let` or `var`. */
bool strip_is_variable(const struct strip *strip, syntax_id declaration);

/* strip_template.c: when a value becomes text. */
strip_handler strip_template;

/* strip_class.c, strip_enum.c, strip_namespace.c: what has a meaning at run time. */
strip_handler strip_class, strip_enum, strip_namespace, strip_namespace_export;
int strip_decorators(struct strip *strip, syntax_id id, syntax_id body, syntax_id constructor);
void strip_add_decorate(struct strip *strip);
/* `start`, or with a number behind it, so that the file does not hold it. */
struct str strip_unused_name(struct strip *strip, const char *start);
/* A declaration with what stands around it: export, declare. */
syntax_id strip_statement(const struct strip *strip, syntax_id declaration);
/* Whether a namespace has anything but types; `depth` is 0. */
bool strip_is_alive(const struct strip *strip, syntax_id namespace, unsigned depth);
/* Makes the body of a declaration that of a function that fills the object `name`, which may have dots. */
void strip_open_object(struct strip *strip, syntax_id declaration, struct str name, syntax_id body);

#endif
