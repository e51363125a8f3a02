/* SPDX-License-Identifier: Apache-2.0 */
/* Lines out of bytes: in pieces of any size, and in step again behind a line that is too long. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "mcp/frame.h"

/* What comes of a text in pieces of one size: lines each in brackets, "!" for one that is too long. */
static void check(const char *text, size_t most, size_t piece, const char *expected)
{
	CLEANUP(mcp_frames_free) struct mcp_frames frames = MCP_FRAMES(most);
	CLEANUP(buf_free) struct buf told = BUF(4096);
	struct str all = str_of(text), line;
	enum mcp_frame frame;

	for (size_t at = 0; at < all.len; at += piece) {
		struct str part = str_slice(all, at, at + piece);

		while ((frame = mcp_frame_next(&frames, &part, &line)) != FRAME_NONE) {
			if (frame == FRAME_LINE)
				buf_printf(&told, "[%.*s]", STR_ARG(line));
			else
				buf_add_char(&told, '!');
		}
		assert_true(str_empty(part));
	}
	if (mcp_frame_last(&frames, &line) == FRAME_LINE)
		buf_printf(&told, "{%.*s}", STR_ARG(line));
	buf_add_char(&told, '\0');
	assert_string_equal(told.data, expected);
}

static void lines_are_the_same_in_pieces_of_any_size(void **state)
{
	(void)state;
	for (size_t piece = 1; piece < 20; piece++) {
		check("one\ntwo\n\nthree", 8, piece, "[one][two][]{three}");
		check("one\n", 8, piece, "[one]{}");
		check("", 8, piece, "{}");
	}
}

static void a_line_that_is_too_long_is_told_once_and_skipped(void **state)
{
	(void)state;
	for (size_t piece = 1; piece < 40; piece++) {
		check("12345678\n123456789\nok\n", 8, piece, "[12345678]![ok]{}");
		check("a\n0123456789012345678901234567890\nb\nc", 4, piece, "[a]![b]{c}");
		check("0123456789", 4, piece, "!");
	}
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_are_the_same_in_pieces_of_any_size),
		cmocka_unit_test(a_line_that_is_too_long_is_told_once_and_skipped),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
