/* SPDX-License-Identifier: Apache-2.0 */
/* What comes back of an answer, and which bytes are none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "construct/answer.h"

static const struct mistake mistake = {.class = STR_INIT("wrong-type"),
	.is_error = true,
	.place = {STR_INIT("main.ts"), 3, 7},
	.message = STR_INIT("a message"),
	.remedy = STR_INIT(""),
	.stack = STR_INIT("main.ts:3:7")};

static void assert_text(struct str text, const char *wanted)
{
	assert_int_equal(text.len, strlen(wanted));
	assert_memory_equal(text.data ? text.data : "", wanted, text.len);
}

static void add_all(struct buf *bytes)
{
	answer_output(bytes, OUTPUT_TEXT, STR("stacks/a/cdk.tf.json"), STR("{}"));
	answer_print(bytes, STR("one\n"));
	answer_mistake(bytes, &mistake);
	answer_output(bytes, OUTPUT_ARCHIVE, STR("a.zip"), STR("/app/a"));
	answer_note(bytes, STR("known"));
	answer_print(bytes, STR("two"));
}

static void test_all_comes_back(void **state)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create(1 << 20);
	CLEANUP(buf_free) struct buf bytes = BUF(1 << 16);
	struct answer answer;

	(void)state;
	add_all(&bytes);
	assert_true(answer_read(buf_str(&bytes), arena, &answer));
	assert_int_equal(answer.output_count, 2);
	assert_text(answer.outputs[0].path, "stacks/a/cdk.tf.json");
	assert_text(answer.outputs[0].text, "{}");
	assert_int_equal(answer.outputs[1].kind, OUTPUT_ARCHIVE);
	assert_int_equal(answer.mistake_count, 1);
	assert_text(answer.mistakes[0].class, "wrong-type");
	assert_true(answer.mistakes[0].is_error);
	assert_int_equal(answer.mistakes[0].place.line, 3);
	assert_int_equal(answer.mistakes[0].place.column, 7);
	assert_text(answer.mistakes[0].stack, "main.ts:3:7");
	assert_text(answer.printed, "one\ntwo");
	assert_int_equal(answer.note_count, 1);
	assert_text(answer.notes[0], "known");
}

/* Whole records alone are an answer: with any byte missing at the end it is none. */
static void test_a_part_is_none(void **state)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create(1 << 24);
	CLEANUP(buf_free) struct buf bytes = BUF(1 << 16);
	struct answer answer;
	size_t whole = 0;

	(void)state;
	add_all(&bytes);
	for (size_t len = 0; len <= bytes.len; len++)
		whole += answer_read(str_slice(buf_str(&bytes), 0, len), arena, &answer);
	/* Behind each of the six records, and before the first. */
	assert_int_equal(whole, 7);
}

static bool takes_path(struct str path)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create(1 << 20);
	CLEANUP(buf_free) struct buf bytes = BUF(1 << 16);
	struct answer answer;

	answer_output(&bytes, OUTPUT_TEXT, path, STR("x"));
	return answer_read(buf_str(&bytes), arena, &answer);
}

static void test_paths_stay_below(void **state)
{
	static const struct str bad[] = {STR_INIT(""), STR_INIT("/a"), STR_INIT("../a"),
		STR_INIT("a/../../b"), STR_INIT("a/../b"), STR_INIT("./a"), STR_INIT("a//b"),
		STR_INIT("a/"), STR_INIT("."), STR_INIT(".."), STR_INIT("a\0b")};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		if (takes_path(bad[i]))
			fail_msg("taken: %.*s", STR_ARG(bad[i]));
	assert_true(takes_path(STR("..a/b..c/.d")));
}

static void test_kinds_are_known(void **state)
{
	static const char *const bad[] = {"", "exposure", "wrong-typ", "wrong-types"};
	CLEANUP(arena_cleanup) struct arena *arena = arena_create(1 << 20);
	struct answer answer;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		CLEANUP(buf_free) struct buf bytes = BUF(1 << 16);
		struct mistake other = mistake;

		other.class = str_of(bad[i]);
		answer_mistake(&bytes, &other);
		assert_false(answer_read(buf_str(&bytes), arena, &answer));
	}
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all_comes_back),
		cmocka_unit_test(test_a_part_is_none),
		cmocka_unit_test(test_paths_stay_below),
		cmocka_unit_test(test_kinds_are_known),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
