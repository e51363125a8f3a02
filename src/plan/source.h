/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From the bytes of a file to the JSON values in it: encodings, and the lines
 * that wrappers print before, between and after plans.  Inside src/plan only.
 */
#ifndef WEIR_PLAN_SOURCE_H
#define WEIR_PLAN_SOURCE_H

#include "base/doc.h"

/*
 * UTF-8 text of the bytes: a byte order mark is skipped (by *ret_start, so that positions count
 * in the file), UTF-16 in either order, with or without mark, is converted into memory of its own
 * (*ret_own, for mem_free(); NULL otherwise).
 */
int source_decode(struct str bytes, struct str name, struct str *ret_text, size_t *ret_start,
	char **ret_own, struct error *err) WEIR_NODISCARD;

struct source_scan {
	struct str text;
	struct str name;
	size_t start; /* behind a byte order mark */
	size_t at;
	/* Of what was skipped, the first thing worth naming when no plan is found. */
	const char *skipped;
	size_t skipped_at;
	size_t attempts;
};

/* The next plan of the text, from scan->at; *ret_doc becomes NULL when there is none. */
int source_next(struct source_scan *scan, struct doc **ret_doc, struct error *err) WEIR_NODISCARD;

#endif
