/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a program's run has to tell: for people as text with the author's line
 * and a caret, for other programs in the formats of every report.
 */
#ifndef WEIR_REPORT_PROGRAM_H
#define WEIR_REPORT_PROGRAM_H

#include "report/report.h"

struct program_report {
	const struct report *report; /* with `program`, findings of PROGRAM_KINDS, and no plan */
	/* The author's line at a place, in the arena if it must be kept; absent where there is none. */
	struct str (*line)(void *payload, const struct place *place, struct arena *arena);
	void *payload;
};

/* How many of its findings are errors. */
size_t program_errors(const struct report *report);

/* "text|json|sarif|github" */
extern const char program_formats[];
/* Renders in one of these formats. Errors: memory. */
int program_render(const struct program_report *from, const char *format,
	const struct report_style *style, struct buf *out, struct error *err) WEIR_NODISCARD;

#endif
