/* SPDX-License-Identifier: Apache-2.0 */
/* Prints a TypeScript file as JavaScript, for tests/strip-check: what the engine would run. */
#include <stdio.h>

#include "base/file.h"
#include "script/strip.h"

int main(int argc, char **argv)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create((size_t)256 << 20);
	CLEANUP(file_unmap) struct file_map map = {0};
	struct stripped stripped;
	struct error err = {0};
	int r = argc == 2 ? file_map(argv[1], SCRIPT_MAX_BYTES, &map, &err) : -64;

	if (r == 0 && arena)
		r = script_strip(
			map.text, SCRIPT_TYPESCRIPT, str_of(argv[1]), arena, &stripped, &err);
	if (r < 0) {
		(void)fprintf(
			stderr, "%s:%u:%u: %s\n", err.file, err.line, err.column, err.message);
		return -r;
	}
	return fwrite(stripped.text.data, 1, stripped.text.len, stdout) == stripped.text.len ? 0
											     : 74;
}
