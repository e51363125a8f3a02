/* SPDX-License-Identifier: Apache-2.0 */
/* Texts over the file system: they count before files, make the folders that they stand in, and grant nothing. */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "script/overlay.h"

/* The working folder is the project's: its folder `src` and the file src/main.c are really there. */
static void texts_count_before_files(void **state)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create(1 << 20);
	char here[PATH_MAX];
	struct str root, file, made, deep, text;
	struct script_text texts[3];
	const struct script_overlay overlay = {texts, COUNT_OF(texts)};
	struct script_source source;
	struct script_names names = {0};
	size_t mains = 0, mades = 0;

	(void)state;
	assert_non_null(realpath(".", here));
	root = arena_printf(arena, "%s/src", here);
	file = arena_printf(arena, "%s/src/main.c", here);
	made = arena_printf(arena, "%s/src/made", here);
	deep = arena_printf(arena, "%s/src/made/deep/a.ts", here);
	texts[0] = (struct script_text){file, STR("over")};
	texts[1] = (struct script_text){deep, STR("new")};
	texts[2] = (struct script_text){arena_printf(arena, "%s/src/made/b.ts", here), STR("")};
	source = script_overlaid(&overlay);
	assert_int_equal(source.entry(source.payload, deep), ENTRY_FILE);
	assert_int_equal(source.entry(source.payload, made), ENTRY_FOLDER);
	assert_int_equal(source.entry(source.payload, root), ENTRY_FOLDER);
	assert_int_equal(
		source.entry(source.payload, arena_printf(arena, "%s/src/none", here)), ENTRY_NONE);
	assert_true(str_eq(source.real(source.payload, deep, arena), deep));
	assert_true(str_eq(source.real(source.payload, made, arena), made));
	assert_true(str_absent(source.real(source.payload, STR("/none"), arena)));
	assert_int_equal(source.read(source.payload, file, 4, arena, &text, NULL), 0);
	assert_true(str_is(text, "over"));
	assert_int_equal(source.read(source.payload, file, 3, arena, &text, NULL), -65);
	assert_int_equal(
		source.read(source.payload, arena_printf(arena, "%s/src/meson.build", here),
			1 << 16, arena, &text, NULL),
		0);
	source.list(source.payload, root, arena, &names);
	for (size_t i = 0; i < names.count; i++) {
		mains += str_is(names.items[i], "main.c");
		mades += str_is(names.items[i], "made");
	}
	assert_int_equal(mains, 1);
	assert_int_equal(mades, 1);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(texts_count_before_files)};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
