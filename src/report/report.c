/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The table of report formats, and the one sum that all of them tell.  It is
 * apart from the formats so that none of them knows of another.
 */
#include "report/report.h"

static const struct report_format formats[] = {
	{STR_INIT("text"), report_text},
	{STR_INIT("json"), report_json},
	{STR_INIT("markdown"), report_markdown},
	{STR_INIT("html"), report_html},
	{STR_INIT("sarif"), report_sarif},
	{STR_INIT("junit"), report_junit},
	{STR_INIT("github"), report_github},
	{STR_INIT("gitlab"), report_gitlab},
};

const char report_format_names[] = "text|json|markdown|html|sarif|junit|github|gitlab";

const struct report_format *report_format_find(struct str name)
{
	for (size_t i = 0; i < COUNT_OF(formats); i++)
		if (str_eq(formats[i].name, name))
			return &formats[i];
	return NULL;
}

/* GitHub counts characters, the others bytes; weir counts bytes, which are never fewer. */
static const struct {
	struct str name;
	size_t limit;
} limits[] = {
	{STR_INIT("github"), 65536},
	{STR_INIT("gitlab"), 1000000},
	{STR_INIT("azure"), 150000},
	{STR_INIT("bitbucket"), 32768},
};

enum { LIMIT_LEAST = 4096 };

bool report_limit_find(struct str text, size_t *ret_limit)
{
	uint64_t bytes;

	for (size_t i = 0; i < COUNT_OF(limits); i++) {
		if (!str_eq(limits[i].name, text))
			continue;
		*ret_limit = limits[i].limit;
		return true;
	}
	if (!str_to_u64(text, &bytes) || bytes < LIMIT_LEAST || bytes > SIZE_MAX)
		return false;
	*ret_limit = (size_t)bytes;
	return true;
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
