/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is told of a program to people: one finding after another, each at its
 * place in what the author wrote, with the line and a caret.  Apart from
 * text.c, which tells of plans.  The formats for other programs are those of
 * every report.
 */
#include "report/program.h"

#include "report/encode.h"

enum { TEXT_MOST = 1 << 24 };

const char program_formats[] = "text|json|sarif|github";

size_t program_errors(const struct report *report)
{
	size_t errors = 0;

	for (size_t i = 0; i < report->findings.count; i++)
		errors += report->findings.items[i].verdict == VERDICT_BLOCK;
	return errors;
}

struct str report_program_count(const struct report *report)
{
	size_t errors = program_errors(report), warnings = report->findings.count - errors;

	return arena_printf(report->arena, "%zu error%s, %zu warning%s", errors,
		errors == 1 ? "" : "s", warnings, warnings == 1 ? "" : "s");
}

struct text {
	const struct program_report *from;
	struct arena *scratch; /* for one finding at a time */
	struct buf *out;
};

static struct str safe(struct text *text, struct str given)
{
	return report_safe(text->from->report, given, text->scratch, text->out);
}

/* The line, and a caret below the column; a tab is one space, so that both stand in one column. */
static void add_source(struct text *text, struct str line, unsigned column)
{
	struct buf *out = text->out;
	struct str shown = safe(text, line);
	unsigned at = 1;

	buf_add(out, STR("    "));
	for (struct str rest = shown; !str_absent(rest);) {
		encode_terminal(out, str_split(&rest, '\t'));
		if (!str_absent(rest))
			buf_add_char(out, ' ');
	}
	buf_add_char(out, '\n');
	/* A secret that was taken out has moved what the caret would show. */
	if (!str_eq(shown, line))
		return;
	buf_add(out, STR("    "));
	for (size_t i = 0; i < line.len && at < column; i++)
		if (((unsigned char)line.data[i] & 0xc0) != 0x80) {
			buf_add_char(out, ' ');
			at++;
		}
	buf_add(out, STR("^\n"));
}

static void add_lines(struct text *text, const char *lead, struct str lines)
{
	lines = safe(text, lines);
	while (!str_empty(lines)) {
		buf_add(text->out, str_of(lead));
		encode_terminal(text->out, str_split(&lines, '\n'));
		buf_add_char(text->out, '\n');
	}
}

static void add_finding(struct text *text, const struct finding *finding)
{
	const struct place *place = &finding->source;
	struct str line = text->from->line(text->from->payload, place, text->scratch);
	struct buf *out = text->out;

	encode_terminal(out, safe(text, place->file));
	if (place->line)
		buf_printf(out, ":%u:%u", place->line, place->column);
	buf_add(out, finding->verdict == VERDICT_BLOCK ? STR(": error: ") : STR(": warning: "));
	encode_terminal(out, safe(text, finding->message));
	buf_printf(out, " [%.*s]\n", STR_ARG(finding_kind_name(finding->kind)));
	if (!str_absent(line))
		add_source(text, line, place->column);
	add_lines(text, "    ", finding->remedy);
	if (str_find_char(finding->stack, '\n') != SIZE_MAX)
		add_lines(text, "    at ", finding->stack);
}

static int add_text(const struct program_report *from, struct buf *out, struct error *err)
{
	CLEANUP(arena_cleanup) struct arena *scratch = arena_create(TEXT_MOST);
	const struct findings *findings = &from->report->findings;
	struct text text = {from, scratch, out};

	if (!scratch)
		return error_memory(err);
	for (size_t i = 0; i < findings->count; i++) {
		add_finding(&text, &findings->items[i]);
		if (arena_failed(scratch))
			return error_memory(err);
		arena_reset(scratch);
	}
	if (findings->count)
		buf_printf(out, "%.*s\n", STR_ARG(report_program_count(from->report)));
	return buf_failed(out) ? error_memory(err) : 0;
}

int program_render(const struct program_report *from, const char *format,
	const struct report_style *style, struct buf *out, struct error *err)
{
	if (str_is(str_of(format), "text"))
		return add_text(from, out, err);
	return report_format_find(str_of(format))->render(from->report, style, out, err);
}
