/* SPDX-License-Identifier: Apache-2.0 */
/*
 * TypeScript to JavaScript by taking the types out where they stand: what goes becomes spaces, newlines stay, so that
 * an error in what runs names the author's own line and column.
 *
 * What TypeScript adds to JavaScript beside types (enums, namespaces, parameter properties, decorators) is lowered on
 * its own line.  Where that needs more room than the types beside it leave, the rest of that line moves, and
 * script_place() leads back from a place in the result to the author's.
 *
 * Everything is borrowed from the arena and, where it says so, from the source.
 */
#ifndef WEIR_SCRIPT_STRIP_H
#define WEIR_SCRIPT_STRIP_H

#include "base/error.h"
#include "base/memory.h"

enum {
	SCRIPT_MAX_BYTES = 4 << 20, /* of one TypeScript file */
};

enum script_dialect {
	SCRIPT_JAVASCRIPT, /* .js .mjs .cjs: passes untouched, only its imports are collected */
	SCRIPT_TYPESCRIPT, /* .ts .mts .cts, and .tsx, of which no JSX is read */
};

/* The dialect of a file's name; false if it is neither (.jsx, .json and others). */
bool script_dialect_of(struct str path, enum script_dialect *ret_dialect);

/* A name that a file takes from another one, or hands on. */
struct script_name {
	struct str name; /* as the other file exports it: "default", "*" for the whole of it */
	size_t offset;   /* of the name in the source, in bytes */
	bool is_used;    /* false: a type, or never used as a value, and so not in the result */
};

enum script_import_kind {
	SCRIPT_IMPORT,         /* import ... from "x", import "x" */
	SCRIPT_EXPORT_FROM,    /* export ... from "x" */
	SCRIPT_IMPORT_DYNAMIC, /* import("x") with a literal; no names */
	SCRIPT_REQUIRE,        /* require("x") with a literal, import y = require("x"); no names */
};

struct script_import {
	enum script_import_kind kind;
	struct str specifier; /* between the quotes, as written: in the source */
	size_t offset;        /* of the specifier's opening quote, in bytes */
	const struct script_name *names;
	size_t count;
	bool is_used; /* false: the whole statement is not in the result, and its file not loaded */
};

/* Names that CommonJS gives a file: which of them it mentions and does not declare at its top. */
enum script_commonjs {
	SCRIPT_MENTIONS_REQUIRE = 1,
	SCRIPT_MENTIONS_MODULE = 2,
	SCRIPT_MENTIONS_EXPORTS = 4,
	SCRIPT_MENTIONS_DIRNAME = 8,   /* __dirname */
	SCRIPT_MENTIONS_FILENAME = 16, /* __filename */
	SCRIPT_MENTIONS_ALL = 31,
};

/* From here to the end of its line, or to the next of these, text stands elsewhere than in the source. From 1, in bytes. */
struct script_shift {
	uint32_t line, column;               /* in the result */
	uint32_t source_line, source_column; /* in the source */
	bool is_added; /* all of it was added, for what stands at that place */
};

struct stripped {
	struct str text;                     /* the source's lines, and perhaps one behind them */
	const struct script_import *imports; /* in the order of the source */
	size_t import_count;
	const struct str *types; /* names that are exported as types only */
	size_t type_count;
	bool is_module;                    /* has import or export of ES modules */
	bool has_equals;                   /* has `export =` */
	unsigned commonjs;                 /* of enum script_commonjs */
	const struct script_shift *shifts; /* sorted; none where nothing was lowered */
	size_t shift_count;
};

/*
 * `file` is named in errors.  Errors: ERR_SCRIPT_SYNTAX where the text is not TypeScript, ERR_SCRIPT_UNSUPPORTED for
 * what weir cannot lower, with what to write instead; both with line and column (code points).  ERR_SCRIPT_SIZE.
 * JavaScript is never refused: where its imports cannot be read there are none.
 *
 * The parser's own memory is not an arena's: where the system has none, the process ends.
 */
int script_strip(struct str source, enum script_dialect dialect, struct str file,
	struct arena *arena, struct stripped *ret, struct error *err) WEIR_NODISCARD;

/* Where in the source a place of the result is. Lines and columns from 1, columns in bytes. */
void script_place(const struct stripped *stripped, uint32_t line, uint32_t column,
	uint32_t *ret_line, uint32_t *ret_column);

#endif
