/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How a struct stripped is written, and read by somebody who takes no number of it for granted: bytes may come from
 * a process that went wrong.  Apart from strip.c, which knows nothing of processes.
 */
#include "script/strip_pack.h"

enum {
	/* A record has so many bytes at least: more of them than bytes are none. */
	LEAST = 4,
	IS_MODULE = 1,
	HAS_EQUALS = 2,
	IS_SOURCE = 4, /* the text is the source */
};

static void put(struct buf *out, size_t number)
{
	const uint32_t value = (uint32_t)number;

	buf_add(out, (struct str){(const char *)&value, sizeof(value)});
}

static void put_text(struct buf *out, struct str text)
{
	put(out, text.len);
	buf_add(out, text);
}

void strip_pack(const struct stripped *stripped, struct str source, struct buf *out)
{
	const bool is_source = stripped->text.data == source.data;

	put(out,
		(stripped->is_module ? IS_MODULE : 0u) | (stripped->has_equals ? HAS_EQUALS : 0u) |
			(is_source ? IS_SOURCE : 0u));
	put(out, stripped->commonjs);
	put_text(out, is_source ? STR("") : stripped->text);
	put(out, stripped->import_count);
	for (size_t i = 0; i < stripped->import_count; i++) {
		const struct script_import *import = &stripped->imports[i];

		put(out, import->kind);
		put(out, import->is_used);
		put(out, import->offset);
		put(out, (size_t)(import->specifier.data - source.data));
		put(out, import->specifier.len);
		put(out, import->count);
		for (size_t k = 0; k < import->count; k++) {
			put(out, import->names[k].is_used);
			put(out, import->names[k].offset);
			put_text(out, import->names[k].name);
		}
	}
	put(out, stripped->type_count);
	for (size_t i = 0; i < stripped->type_count; i++)
		put_text(out, stripped->types[i]);
	put(out, stripped->shift_count);
	for (size_t i = 0; i < stripped->shift_count; i++) {
		put(out, stripped->shifts[i].line);
		put(out, stripped->shifts[i].column);
		put(out, stripped->shifts[i].source_line);
		put(out, stripped->shifts[i].source_column);
		put(out, stripped->shifts[i].is_added);
	}
}

/* ---- and back ---- */

struct reader {
	struct str rest, source;
	struct arena *arena;
	bool failed; /* and from then on all numbers are 0 and all texts empty */
};

static uint32_t get(struct reader *reader)
{
	uint32_t value;

	if (reader->failed || reader->rest.len < sizeof(value)) {
		reader->failed = true;
		return 0;
	}
	memcpy(&value, reader->rest.data, sizeof(value));
	reader->rest = str_slice(reader->rest, sizeof(value), SIZE_MAX);
	return value;
}

static struct str get_text(struct reader *reader)
{
	uint32_t len = get(reader);
	struct str text = str_slice(reader->rest, 0, len);

	if (text.len < len) {
		reader->failed = true;
		return STR("");
	}
	reader->rest = str_slice(reader->rest, len, SIZE_MAX);
	return text;
}

/* An array of so many, and NULL where so many cannot follow. */
static void *get_array(struct reader *reader, size_t size, size_t *ret_count)
{
	uint32_t count = get(reader);
	void *items = NULL;

	if (count > reader->rest.len / LEAST)
		reader->failed = true;
	else
		items = arena_alloc(reader->arena, size_mul(size, count));
	reader->failed = reader->failed || !items;
	*ret_count = reader->failed ? 0 : count;
	return items;
}

/* Where in the source something is. */
static size_t get_offset(struct reader *reader)
{
	uint32_t offset = get(reader);

	reader->failed = reader->failed || offset > reader->source.len;
	return offset;
}

static void get_import(struct reader *reader, struct script_import *import)
{
	uint32_t kind = get(reader), len;
	struct script_name *names;
	size_t at;

	reader->failed = reader->failed || kind > SCRIPT_REQUIRE;
	import->kind = (enum script_import_kind)kind;
	import->is_used = get(reader) != 0;
	import->offset = get_offset(reader);
	at = get_offset(reader);
	len = get(reader);
	reader->failed = reader->failed || len > reader->source.len - at;
	if (!reader->failed)
		import->specifier = str_slice(reader->source, at, at + len);
	import->names = names = get_array(reader, sizeof(*names), &import->count);
	for (size_t i = 0; i < import->count; i++) {
		names[i].is_used = get(reader) != 0;
		names[i].offset = get_offset(reader);
		names[i].name = get_text(reader);
	}
}

static void get_shift(struct reader *reader, struct script_shift *shift)
{
	shift->line = get(reader);
	shift->column = get(reader);
	shift->source_line = get(reader);
	shift->source_column = get(reader);
	shift->is_added = get(reader) != 0;
}

bool strip_unpack(struct str bytes, struct str source, struct arena *arena, struct stripped *ret)
{
	struct reader reader = {bytes, source, arena, false};
	struct stripped stripped = {0};
	unsigned flags = get(&reader);
	struct script_import *imports;
	struct script_shift *shifts;
	struct str *types;

	stripped.is_module = flags & IS_MODULE;
	stripped.has_equals = flags & HAS_EQUALS;
	stripped.commonjs = get(&reader);
	stripped.text = get_text(&reader);
	if (flags & IS_SOURCE)
		stripped.text = source;
	stripped.imports = imports = get_array(&reader, sizeof(*imports), &stripped.import_count);
	for (size_t i = 0; i < stripped.import_count; i++)
		get_import(&reader, &imports[i]);
	stripped.types = types = get_array(&reader, sizeof(*types), &stripped.type_count);
	for (size_t i = 0; i < stripped.type_count; i++)
		types[i] = get_text(&reader);
	stripped.shifts = shifts = get_array(&reader, sizeof(*shifts), &stripped.shift_count);
	for (size_t i = 0; i < stripped.shift_count; i++)
		get_shift(&reader, &shifts[i]);
	if (reader.failed || reader.rest.len || stripped.commonjs > SCRIPT_MENTIONS_ALL)
		return false;
	*ret = stripped;
	return true;
}
