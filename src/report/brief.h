/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A review for a reader that may read little: a language model.
 */
#ifndef WEIR_REPORT_BRIEF_H
#define WEIR_REPORT_BRIEF_H

#include "report/report.h"

enum { BRIEF_LEAST = 400 };

/*
 * The plans, what they endanger and what their authors meant, redacted, in at most `budget` tokens
 * (base/tokens.h), which must be BRIEF_LEAST or more.  Worst first.  What is not told line by line is counted,
 * exactly, in a line that stands for it; the end says how much that is.
 */
int brief_text(const struct report *report, size_t budget, struct buf *out,
	struct error *err) WEIR_NODISCARD;

#endif
