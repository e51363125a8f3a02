/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a program's run has to tell, as text with the author's line and a caret, as JSON, as
 * SARIF, or as annotations of GitHub.
 */
#ifndef WEIR_REPORT_PROGRAM_H
#define WEIR_REPORT_PROGRAM_H

#include "construct/answer.h"

struct program_report {
	const struct mistake *mistakes; /* in the order in which they are told */
	size_t count;
	/*
	 * The text of the author's line at a place, for people; absent where there is none.
	 */
	struct str (*line)(void *payload, const struct place *place);
	void *payload;
};

/* How many of them are errors. */
size_t program_errors(const struct program_report *report);

/* "text|json|sarif|github" */
extern const char program_formats[];
/* Renders in one of these formats. Errors: memory. */
int program_render(const struct program_report *report, const char *format, struct buf *out,
	struct error *err) WEIR_NODISCARD;

#endif
