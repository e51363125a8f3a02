/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The way of input's text into a report: through the redactor, or not at all.
 * Where the redactor is out of memory the report fails, so that none is told
 * with a hole in it.
 */
#include "report/report.h"

/* `text` was asked for and `safe` came back. */
static struct str checked(struct str text, struct str safe, struct buf *out)
{
	if (str_absent(safe) && !str_absent(text))
		buf_refuse(out);
	return safe;
}

struct str report_safe(
	const struct report *report, struct str text, struct arena *arena, struct buf *out)
{
	return checked(text, redact_text(report->redactor, text, arena), out);
}

struct str report_safe_address(
	const struct report *report, struct str address, struct arena *arena, struct buf *out)
{
	return checked(address, redact_address(report->redactor, address, arena), out);
}

struct str report_safe_value(const struct report *report, struct node value, bool sensitive,
	size_t most, struct arena *arena, struct buf *out)
{
	return checked(STR(""), redact_value(report->redactor, value, sensitive, most, arena), out);
}
