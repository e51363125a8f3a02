/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The records of an answer, written and read beside each other so that they
 * cannot disagree.
 */
#include "construct/answer.h"

#include "base/file.h"

enum {
	RECORD_OUTPUT = 'o',
	RECORD_PRINT = 'p',
	RECORD_MISTAKE = 'm',
	RECORD_MODULE = 'u',
	RECORD_SUSPICION = 's',
	RECORD_NOTE = 'n',
	MAX_FIELDS = 8,
	PRINTED_CEILING = 64 << 20,
};

static const char *const kinds[] = {
	[OUTPUT_TEXT] = "text", [OUTPUT_COPY] = "copy", [OUTPUT_ARCHIVE] = "archive"};

static void add_record(struct buf *answer, char kind, const struct str *fields, unsigned count)
{
	buf_add_char(answer, kind);
	buf_add_char(answer, (char)count);
	for (unsigned i = 0; i < count; i++) {
		const uint64_t len = fields[i].len;

		buf_add(answer, (struct str){(const char *)&len, sizeof(len)});
		buf_add(answer, fields[i]);
	}
}

void answer_output(struct buf *answer, enum output_kind kind, struct str path, struct str text)
{
	const struct str fields[] = {str_of(kinds[kind]), path, text};

	add_record(answer, RECORD_OUTPUT, fields, COUNT_OF(fields));
}

void answer_output_begin(struct buf *answer, struct str path, size_t *ret_text)
{
	answer_output(answer, OUTPUT_TEXT, path, STR(""));
	*ret_text = answer->len;
}

void answer_output_end(struct buf *answer, size_t text)
{
	uint64_t len = answer->len - text;

	/* The record's last field, whose length was that of nothing. */
	if (!buf_failed(answer))
		memcpy(answer->data + text - sizeof(len), &len, sizeof(len));
}

void answer_print(struct buf *answer, struct str text)
{
	add_record(answer, RECORD_PRINT, &text, 1);
}

void answer_note(struct buf *answer, struct str text)
{
	add_record(answer, RECORD_NOTE, &text, 1);
}

void answer_module(struct buf *answer, struct str api, struct str provider, struct str module)
{
	const struct str fields[] = {api, provider, module};

	add_record(answer, RECORD_MODULE, fields, COUNT_OF(fields));
}

void answer_suspicion(struct buf *answer)
{
	const struct str nothing = STR("");

	add_record(answer, RECORD_SUSPICION, &nothing, 1);
}

void answer_mistake(struct buf *answer, const struct mistake *mistake)
{
	const struct str fields[] = {
		mistake->class,
		mistake->is_error ? STR("error") : STR("warning"),
		mistake->place.file,
		{(const char *)&mistake->place.line, sizeof(mistake->place.line)},
		{(const char *)&mistake->place.column, sizeof(mistake->place.column)},
		mistake->message,
		mistake->remedy,
		mistake->stack,
	};

	add_record(answer, RECORD_MISTAKE, fields, COUNT_OF(fields));
}

/* ---- reading ---- */

struct reader {
	struct str rest;
	struct arena *arena;
	struct answer *answer;
	size_t output_room, mistake_room, module_room, note_room;
	struct buf printed;
};

/* The number of fields; 0 where there is no whole record. */
static unsigned next_record(struct reader *reader, char *ret_kind, struct str fields[MAX_FIELDS])
{
	struct str rest = reader->rest;
	unsigned count;

	if (rest.len < 2)
		return 0;
	*ret_kind = rest.data[0];
	count = (unsigned char)rest.data[1];
	if (count > MAX_FIELDS)
		return 0;
	rest = str_slice(rest, 2, SIZE_MAX);
	for (unsigned i = 0; i < count; i++) {
		uint64_t len;

		if (rest.len < sizeof(len))
			return 0;
		memcpy(&len, rest.data, sizeof(len));
		rest = str_slice(rest, sizeof(len), SIZE_MAX);
		if (len > rest.len)
			return 0;
		fields[i] = str_slice(rest, 0, (size_t)len);
		rest = str_slice(rest, (size_t)len, SIZE_MAX);
	}
	reader->rest = rest;
	return count;
}

static bool is_class(struct str name)
{
	enum finding_kind kind;

	return finding_kind_find(name, &kind) && finding_kind_is_program(kind);
}

static bool is_below(struct str path, struct arena *arena)
{
	return path.len > 0 && path.data[0] != '/' && str_find_char(path, '\0') == SIZE_MAX &&
		str_eq(path_resolve(arena, STR(""), path), path) && !path_climbs(path) &&
		!str_is(path, ".");
}

static bool read_output(struct reader *reader, const struct str *fields)
{
	struct answer *answer = reader->answer;
	struct output output = {.path = fields[1], .text = fields[2]};

	while (output.kind < COUNT_OF(kinds) && !str_is(fields[0], kinds[output.kind]))
		output.kind++;
	if (output.kind == COUNT_OF(kinds) || !is_below(output.path, reader->arena) ||
		!arena_grow(reader->arena, (void **)&answer->outputs, answer->output_count,
			&reader->output_room, sizeof(output)))
		return false;
	answer->outputs[answer->output_count++] = output;
	return true;
}

static bool read_mistake(struct reader *reader, const struct str *fields)
{
	struct answer *answer = reader->answer;
	struct mistake mistake = {.class = fields[0],
		.is_error = str_is(fields[1], "error"),
		.place.file = fields[2],
		.message = fields[5],
		.remedy = fields[6],
		.stack = fields[7]};

	if (!is_class(mistake.class) || fields[3].len != sizeof(mistake.place.line) ||
		fields[4].len != sizeof(mistake.place.column) ||
		!arena_grow(reader->arena, (void **)&answer->mistakes, answer->mistake_count,
			&reader->mistake_room, sizeof(mistake)))
		return false;
	memcpy(&mistake.place.line, fields[3].data, sizeof(mistake.place.line));
	memcpy(&mistake.place.column, fields[4].data, sizeof(mistake.place.column));
	answer->mistakes[answer->mistake_count++] = mistake;
	return true;
}

static bool read_module(struct reader *reader, const struct str *fields)
{
	struct answer *answer = reader->answer;

	if (!arena_grow(reader->arena, (void **)&answer->modules, answer->module_count,
		    &reader->module_room, sizeof(*answer->modules)))
		return false;
	answer->modules[answer->module_count++] =
		(struct used_module){fields[0], fields[1], fields[2]};
	return true;
}

static bool read_note(struct reader *reader, struct str text)
{
	struct answer *answer = reader->answer;

	if (!arena_grow(reader->arena, (void **)&answer->notes, answer->note_count,
		    &reader->note_room, sizeof(*answer->notes)))
		return false;
	answer->notes[answer->note_count++] = text;
	return true;
}

static bool read_record(struct reader *reader)
{
	struct str fields[MAX_FIELDS];
	char kind = 0;
	unsigned count = next_record(reader, &kind, fields);

	if (kind == RECORD_OUTPUT && count == 3)
		return read_output(reader, fields);
	if (kind == RECORD_MODULE && count == 3)
		return read_module(reader, fields);
	if (kind == RECORD_MISTAKE && count == MAX_FIELDS)
		return read_mistake(reader, fields);
	if (kind == RECORD_NOTE && count == 1)
		return read_note(reader, fields[0]);
	if (count != 1 || (kind != RECORD_PRINT && kind != RECORD_SUSPICION))
		return false;
	if (kind == RECORD_SUSPICION) {
		reader->answer->is_suspect = true;
		return true;
	}
	buf_add(&reader->printed, fields[0]);
	return true;
}

bool answer_read(struct str bytes, struct arena *arena, struct answer *ret_answer)
{
	struct answer answer = {0};
	struct reader reader = {
		.rest = bytes, .arena = arena, .answer = &answer, .printed = BUF(PRINTED_CEILING)};
	bool sound = true;

	while (sound && !str_empty(reader.rest))
		sound = read_record(&reader);
	sound = sound && !buf_failed(&reader.printed);
	if (sound)
		answer.printed = arena_str(arena, buf_str(&reader.printed));
	buf_free(&reader.printed);
	if (sound)
		*ret_answer = answer;
	return sound && !arena_failed(arena);
}
