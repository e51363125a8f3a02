/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The table of report formats, and the one sum that all of them tell.  It is
 * apart from the formats so that none of them knows of another.
 */
#include "report/report.h"

static const struct report_format formats[] = {
	{STR_INIT("text"), report_text},
	{STR_INIT("json"), report_json},
};

const char report_format_names[] = "text|json";

const struct report_format *report_format_find(struct str name)
{
	for (size_t i = 0; i < COUNT_OF(formats); i++)
		if (str_eq(formats[i].name, name))
			return &formats[i];
	return NULL;
}

struct plan_counts report_total(const struct report *report)
{
	struct plan_counts total = {0};

	for (size_t i = 0; i < report->plan_count; i++) {
		const struct plan_counts *n = &report->plans[i].counts;

		total.add += n->add;
		total.update += n->update;
		total.destroy += n->destroy;
		total.import += n->import;
		total.move += n->move;
		total.forget += n->forget;
		total.read += n->read;
		total.no_op += n->no_op;
		total.unknown += n->unknown;
	}
	return total;
}
