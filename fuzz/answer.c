/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Any bytes as the answer of a program's process: what is let in stays below the output folder, is of a kind that is known, and
 * comes back the same when it is written down again.
 */
#include <stdlib.h>

#include "base/file.h"
#include "construct/answer.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ARENA_MOST = 64 << 20 };

static void check(bool holds)
{
	if (!holds)
		abort();
}

static void check_outputs(const struct answer *answer, struct buf *again)
{
	for (size_t i = 0; i < answer->output_count; i++) {
		const struct output *output = &answer->outputs[i];

		check(output->path.len > 0 && output->path.data[0] != '/' &&
			!path_climbs(output->path) &&
			str_find_char(output->path, '\0') == SIZE_MAX);
		check(output->kind == OUTPUT_TEXT || output->kind == OUTPUT_COPY ||
			output->kind == OUTPUT_ARCHIVE);
		answer_output(again, output->kind, output->path, output->text);
	}
}

static void check_mistakes(const struct answer *answer, struct buf *again)
{
	for (size_t i = 0; i < answer->mistake_count; i++) {
		enum finding_kind kind;

		check(finding_kind_find(answer->mistakes[i].class, &kind) &&
			finding_kind_is_program(kind));
		answer_mistake(again, &answer->mistakes[i]);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create(ARENA_MOST);
	CLEANUP(buf_free) struct buf again = BUF(ARENA_MOST);
	struct answer answer, other;

	if (!arena || !answer_read((struct str){(const char *)data, size}, arena, &answer))
		return 0;
	check_outputs(&answer, &again);
	check_mistakes(&answer, &again);
	answer_print(&again, answer.printed);
	check(!buf_failed(&again) && answer_read(buf_str(&again), arena, &other));
	check(other.output_count == answer.output_count &&
		other.mistake_count == answer.mistake_count &&
		str_eq(other.printed, answer.printed));
	return 0;
}
