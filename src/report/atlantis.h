/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The report as Atlantis reads it.  Atlantis takes the output of a custom policy check as its verdict:
 * versions up to 2025 look for the letters "fail" anywhere, in any case; later ones for
 * "N failure" or a leading "FAIL".  So what passes never holds these letters, whatever the plan
 * says, and what does not pass begins with a line that all of them understand.
 */
#ifndef WEIR_REPORT_ATLANTIS_H
#define WEIR_REPORT_ATLANTIS_H

#include "report/report.h"

/*
 * Text in which the letters are broken visibly: "db_failover" becomes "db_f\u{61}ilover", in the way
 * in which encode_terminal() writes what must not stand there itself.
 */
void atlantis_break_word(struct buf *out, struct str text);

/* The line that no version of Atlantis takes for a pass; `what` names whose fault it is. */
void atlantis_fail_line(struct buf *out, const char *what, size_t count);

/* The text report, as a pass or as its opposite. */
int report_atlantis(const struct report *report, const struct report_style *style, bool passes,
	struct buf *out, struct error *err) WEIR_NODISCARD;

#endif
