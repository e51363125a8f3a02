/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs a program as its worker would, but in this process and not confined, and prints the configuration of its stacks: for
 * tests/dist, since qemu, under which the program for arm64 is tried, takes no filter of system calls.
 */
#include <stdio.h>

#include "base/file.h"
#include "construct/program.h"

int main(int argc, char **argv)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create((size_t)1 << 30);
	CLEANUP(packs_close) struct packs packs = {0};
	const struct script_source files = script_files();
	CLEANUP(buf_free) struct buf bytes = BUF((size_t)256 << 20), request = BUF(1 << 20);
	struct program_runner runner = {.packs = &packs, .time_ms = 60000};
	struct program_spec spec = {0};
	struct answer answer;
	struct error err = {0};
	int r = 0;

	if (argc != 2 || packs_open(NULL, arena, &packs, &err) < 0)
		return 64;
	spec.main = files.real(NULL, str_of(argv[1]), arena);
	spec.root = spec.base = path_dir(spec.main);
	program_request(&spec, &request);
	program_prepare(&runner);
	program_run(&runner, buf_str(&request), &files, &bytes);
	if (!answer_read(buf_str(&bytes), arena, &answer))
		return 65;
	for (size_t i = 0; i < answer.mistake_count; i++) {
		(void)fprintf(stderr, "%u: %.*s\n", answer.mistakes[i].place.line,
			STR_ARG(answer.mistakes[i].message));
		r = 1;
	}
	for (size_t i = 0; i < answer.output_count; i++)
		if (str_ends(answer.outputs[i].path, STR("cdk.tf.json")))
			(void)printf("%.*s\n", STR_ARG(answer.outputs[i].text));
	return r;
}
