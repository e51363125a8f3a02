/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The error law.  A function that can fail returns int: 0, or the negative
 * exit code of what went wrong (-65 for input that cannot be read, ...).  Its
 * results come back in ret_ parameters, untouched on failure, and its last
 * parameter is a `struct error *err` that it fills (NULL is allowed).
 *
 * Libraries never print and never exit; the command prints the error once.
 * An error is about input that cannot be read or a thing that cannot be done.
 * What was read but is not understood or not allowed is a finding (finding.h).
 *
 * Messages may name keys, paths and positions of the input, never its values:
 * an error is printed before any secret in the input is known.
 */
#ifndef WEIR_BASE_ERROR_H
#define WEIR_BASE_ERROR_H

#include "base/str.h"

enum error_id {
	ERR_NONE,
#define ERROR(name, code, exit, title, help) ERR_##name,
#include "base/error.def"
#undef ERROR
	ERR_COUNT,
};

struct error {
	enum error_id id;
	char message[512];
	/* The input's name as the user gave it, "" where there is none. */
	char file[512];
	/* 1-based, column in code points; 0 where unknown. */
	unsigned line;
	unsigned column;
};

struct error_info {
	const char *code;
	int exit_code;
	const char *title;
	const char *help;
};

/* The table's row; `id` must be a real error. */
const struct error_info *error_info(enum error_id id);
/* The id of a stable code such as "json-syntax", or ERR_NONE. */
enum error_id error_find(struct str code);

/* Fills *err (unless NULL) and returns the negative exit code. Position and file are cleared. */
int error_set(struct error *err, enum error_id id, const char *format, ...) WEIR_PRINTF(3, 4);
/* Adds the place to an error just set; returns `code` for `return error_at(err, code, …)`. */
int error_at(struct error *err, int code, struct str file, unsigned line, unsigned column);
/* Out of memory. */
int error_memory(struct error *err);

#endif
