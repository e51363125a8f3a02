/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is told of a program: one mistake after another, each at its place in
 * what the author wrote.  Apart from report.c, which tells of plans: here are
 * no changes, no intent and no secrets of a plan.
 */
#include "report/program.h"

#include "base/json.h"
#include "report/encode.h"

#define SCHEMA                                                                                     \
	"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"                      \
	"sarif-schema-2.1.0.json"

const char program_formats[] = "text|json|sarif|github";

size_t program_errors(const struct program_report *report)
{
	size_t errors = 0;

	for (size_t i = 0; i < report->count; i++)
		errors += report->mistakes[i].is_error;
	return errors;
}

/* ---- text ---- */

/* The line, and a caret below the column; a tab is one space, so that both stand in one column. */
static void add_source(struct buf *out, struct str line, unsigned column)
{
	unsigned at = 1;

	buf_add(out, STR("    "));
	for (struct str rest = line; !str_absent(rest);) {
		encode_terminal(out, str_split(&rest, '\t'));
		if (!str_absent(rest))
			buf_add_char(out, ' ');
	}
	buf_add(out, STR("\n    "));
	for (size_t i = 0; i < line.len && at < column; i++)
		if (((unsigned char)line.data[i] & 0xc0) != 0x80) {
			buf_add_char(out, ' ');
			at++;
		}
	buf_add(out, STR("^\n"));
}

static void add_lines(struct buf *out, const char *lead, struct str text)
{
	while (!str_empty(text)) {
		buf_add(out, str_of(lead));
		encode_terminal(out, str_split(&text, '\n'));
		buf_add_char(out, '\n');
	}
}

static void add_text(const struct program_report *report, struct buf *out)
{
	size_t errors = program_errors(report);

	for (size_t i = 0; i < report->count; i++) {
		const struct mistake *mistake = &report->mistakes[i];
		struct str line = report->line(report->payload, &mistake->place);

		encode_terminal(out, mistake->place.file);
		if (mistake->place.line)
			buf_printf(out, ":%u:%u", mistake->place.line, mistake->place.column);
		buf_printf(out, ": %s: ", mistake->is_error ? "error" : "warning");
		encode_terminal(out, mistake->message);
		buf_add(out, STR(" ["));
		encode_terminal(out, mistake->class);
		buf_add(out, STR("]\n"));
		if (!str_absent(line))
			add_source(out, line, mistake->place.column);
		add_lines(out, "    ", mistake->remedy);
		if (str_find_char(mistake->stack, '\n') != SIZE_MAX)
			add_lines(out, "    at ", mistake->stack);
	}
	if (report->count)
		buf_printf(out, "%zu error%s, %zu warning%s\n", errors, errors == 1 ? "" : "s",
			report->count - errors, report->count - errors == 1 ? "" : "s");
}

/* ---- JSON ---- */

static void own_or_null(struct json_writer *json, const char *key, struct str text)
{
	json_key(json, str_of(key));
	if (str_empty(text))
		json_null(json);
	else
		json_string(json, text);
}

static void add_tool(struct json_writer *json)
{
	json_member(json, "name", STR("weir"));
	json_member(json, "version", STR(WEIR_VERSION));
}

static void add_finding(struct json_writer *json, const struct mistake *mistake)
{
	json_object_begin(json);
	json_member(json, "rule", mistake->class);
	json_member(json, "kind", mistake->class);
	json_member(json, "severity", mistake->is_error ? STR("high") : STR("low"));
	json_member(json, "state", STR("fail"));
	json_member(json, "verdict", mistake->is_error ? STR("block") : STR("pass"));
	json_member(json, "message", mistake->message);
	own_or_null(json, "remedy", mistake->remedy);
	json_key(json, STR("source"));
	json_object_begin(json);
	json_member(json, "file", mistake->place.file);
	json_member_int(json, "line", mistake->place.line);
	json_member_int(json, "column", mistake->place.column);
	json_object_end(json);
	json_object_end(json);
}

static void add_json(const struct program_report *report, struct buf *out)
{
	struct json_writer json;

	json_writer_init(&json, out, 2);
	json_object_begin(&json);
	json_member_int(&json, "schema_version", 1);
	json_key(&json, STR("tool"));
	json_object_begin(&json);
	add_tool(&json);
	json_object_end(&json);
	json_member(&json, "verdict", program_errors(report) ? STR("block") : STR("pass"));
	json_key(&json, STR("findings"));
	json_array_begin(&json);
	for (size_t i = 0; i < report->count; i++)
		add_finding(&json, &report->mistakes[i]);
	json_array_end(&json);
	json_object_end(&json);
	buf_add_char(out, '\n');
}

/* ---- SARIF ---- */

static void add_encoded(struct json_writer *json, const char *key,
	void (*encode)(struct buf *, struct str), struct str text)
{
	CLEANUP(buf_free) struct buf encoded = BUF(1 << 20);

	encode(&encoded, text);
	json_member(json, key, buf_str(&encoded));
}

static void add_region(struct json_writer *json, const struct place *place)
{
	json_key(json, STR("locations"));
	json_array_begin(json);
	json_object_begin(json);
	json_key(json, STR("physicalLocation"));
	json_object_begin(json);
	json_key(json, STR("artifactLocation"));
	json_object_begin(json);
	add_encoded(json, "uri", encode_uri, place->file);
	json_object_end(json);
	if (place->line) {
		json_key(json, STR("region"));
		json_object_begin(json);
		json_member_int(json, "startLine", place->line);
		json_member_int(json, "startColumn", place->column ? place->column : 1);
		json_object_end(json);
	}
	json_object_end(json);
	json_object_end(json);
	json_array_end(json);
}

static void add_sarif(const struct program_report *report, struct buf *out)
{
	struct json_writer json;

	json_writer_init(&json, out, 2);
	json_object_begin(&json);
	json_member(&json, "$schema", STR(SCHEMA));
	json_member(&json, "version", STR("2.1.0"));
	json_key(&json, STR("runs"));
	json_array_begin(&json);
	json_object_begin(&json);
	json_key(&json, STR("tool"));
	json_object_begin(&json);
	json_key(&json, STR("driver"));
	json_object_begin(&json);
	add_tool(&json);
	json_object_end(&json);
	json_object_end(&json);
	json_member(&json, "columnKind", STR("unicodeCodePoints"));
	json_key(&json, STR("results"));
	json_array_begin(&json);
	for (size_t i = 0; i < report->count; i++) {
		const struct mistake *mistake = &report->mistakes[i];

		json_object_begin(&json);
		json_member(&json, "ruleId", mistake->class);
		json_member(&json, "level", mistake->is_error ? STR("error") : STR("warning"));
		json_key(&json, STR("message"));
		json_object_begin(&json);
		add_encoded(&json, "text", encode_message, mistake->message);
		json_object_end(&json);
		add_region(&json, &mistake->place);
		json_object_end(&json);
	}
	json_array_end(&json);
	json_object_end(&json);
	json_array_end(&json);
	json_object_end(&json);
	buf_add_char(out, '\n');
}

/* ---- GitHub ---- */

static void add_github(const struct program_report *report, struct buf *out)
{
	for (size_t i = 0; i < report->count; i++) {
		const struct mistake *mistake = &report->mistakes[i];

		buf_printf(out, "::%s file=", mistake->is_error ? "error" : "warning");
		encode_workflow(out, mistake->place.file, true);
		buf_printf(out,
			",line=%u,col=%u,title=", mistake->place.line ? mistake->place.line : 1,
			mistake->place.column ? mistake->place.column : 1);
		encode_workflow(out, mistake->class, true);
		buf_add(out, STR("::"));
		encode_workflow(out, mistake->message, false);
		buf_add_char(out, '\n');
	}
}

static const struct {
	const char *name;
	void (*add)(const struct program_report *report, struct buf *out);
} formats[] = {
	{"text", add_text},
	{"json", add_json},
	{"sarif", add_sarif},
	{"github", add_github},
};

int program_render(
	const struct program_report *report, const char *format, struct buf *out, struct error *err)
{
	for (size_t i = 0; i < COUNT_OF(formats); i++)
		if (str_is(str_of(format), formats[i].name))
			formats[i].add(report, out);
	return buf_failed(out) ? error_memory(err) : 0;
}
