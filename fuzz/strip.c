/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Any bytes as a .ts file: its lines stay, what nothing was added to keeps every byte's place, and places lead back
 * into the source.
 */
#include <stdlib.h>

#include "script/strip.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
	if (!holds)
		abort();
}

static size_t count_lines(struct str text)
{
	size_t lines = 0;

	for (size_t i = 0; i < text.len; i++)
		lines += text.data[i] == '\n';
	return lines;
}

static void check_text(struct str source, const struct stripped *stripped)
{
	size_t lines = count_lines(source), now = count_lines(stripped->text);

	check(now == lines || now == lines + 1);
	if (stripped->shift_count)
		return;
	check(stripped->text.len == source.len);
	for (size_t i = 0; i < source.len; i++) {
		char c = stripped->text.data[i];

		check(c == source.data[i] || strchr(" ;()const", c));
		check((c == '\n') == (source.data[i] == '\n'));
	}
}

static void check_places(struct str source, const struct stripped *stripped)
{
	const size_t lines = count_lines(source) + 1;
	uint32_t line, column;

	for (size_t i = 0; i < stripped->shift_count; i++) {
		script_place(stripped, stripped->shifts[i].line, stripped->shifts[i].column, &line,
			&column);
		check(line >= 1 && line <= lines && column >= 1 && column <= source.len + 1);
	}
	for (size_t i = 0; i < stripped->import_count; i++) {
		const struct script_import *import = &stripped->imports[i];

		check(import->offset < source.len);
		check(import->specifier.data >= source.data &&
			import->specifier.data + import->specifier.len <= source.data + source.len);
		for (size_t j = 0; j < import->count; j++)
			check(import->names[j].offset < source.len);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create((size_t)256 << 20);
	const struct str source = {size ? (const char *)data : "", size};
	struct stripped stripped = {0};
	struct error err = {0};

	if (!arena)
		return 0;
	if (script_strip(source, SCRIPT_TYPESCRIPT, STR("fuzz.ts"), arena, &stripped, &err) < 0) {
		check(!stripped.text.data && err.id != ERR_DEFECT && err.id != ERR_MEMORY);
		check(err.id == ERR_SCRIPT_SIZE || (err.line && err.column));
		return 0;
	}
	check_text(source, &stripped);
	check_places(source, &stripped);
	return 0;
}
