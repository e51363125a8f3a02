/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How the text report is dressed for Atlantis, which searches it for a word.
 * Apart from text.c because it works on what that wrote: weir's own sentences
 * hold the word too.
 */
#include "report/atlantis.h"

#include "gate/verdict.h"

enum { REPORT_MOST = 1 << 30 };

/*
 * Does the word's rest ("il" after "fa") stand here?  Atlantis lowers letters as Unicode does, so the
 * capital I with a dot counts as an i; no other letter outside ASCII becomes one of these four.
 */
static bool ends_word(struct str text, size_t at)
{
	if (at < text.len && (text.data[at] | 0x20) == 'i')
		at++;
	else if (str_starts(str_slice(text, at, text.len), STR("\xc4\xb0")))
		at += 2;
	else
		return false;
	return at < text.len && (text.data[at] | 0x20) == 'l';
}

void atlantis_break_word(struct buf *out, struct str text)
{
	for (size_t at = 0; at < text.len; at++) {
		char c = text.data[at];

		if (at > 0 && (text.data[at - 1] | 0x20) == 'f' && (c | 0x20) == 'a' &&
			ends_word(text, at + 1))
			buf_printf(out, "\\u{%x}", (unsigned char)c);
		else
			buf_add_char(out, c);
	}
}

void atlantis_fail_line(struct buf *out, const char *what, size_t count)
{
	buf_printf(out, "FAIL: %s (%zu failure%s)\n", what, count, count == 1 ? "" : "s");
}

/* How many findings say so, at least one: the line must not count nothing. */
static size_t count_of(const struct report *report)
{
	size_t count = 0;

	for (size_t i = 0; i < report->findings.count; i++)
		count += report->findings.items[i].verdict == report->verdict;
	return count ? count : 1;
}

int report_atlantis(const struct report *report, const struct report_style *style, bool passes,
	struct buf *out, struct error *err)
{
	CLEANUP(buf_free) struct buf text = BUF(REPORT_MOST);
	int r = report_text(report, style, &text, err);

	if (r < 0)
		return r;
	if (passes) {
		atlantis_break_word(out, buf_str(&text));
	} else {
		atlantis_fail_line(out,
			report->verdict == VERDICT_BLOCK ? "weir blocks this plan"
							 : "weir wants a person to decide",
			count_of(report));
		buf_add(out, buf_str(&text));
	}
	return buf_failed(out) ? error_memory(err) : 0;
}
