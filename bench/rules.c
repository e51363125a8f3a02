/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the rules cost: bench/rules all|none PLAN tells the story of `weir review` once, to the end of
 * the text report, with the built-in rules or with an empty set, and prints how many rules and
 * findings there were.  Whoever runs both compares the processes' times (bench/run does).
 *
 * It is a program of its own because nobody who reviews a plan wants a way to switch rules off.
 */
#include <stdio.h>
#include <string.h>

#include "story/review.h"

enum { REPORT_MOST = 1 << 30 };

static int review(
	const char *plan, const struct rules *rules, struct arena *arena, struct error *err)
{
	CLEANUP(review_cleanup) struct review *review = NULL;
	CLEANUP(buf_free) struct buf out = BUF(REPORT_MOST);
	const struct report_style style = {0};
	const struct trust trust = {.tree = true};
	const struct review_options options = {
		.input = {.inputs = &plan, .input_count = 1},
		.trust = &trust,
		.rules = rules,
		.now_text = "2026-01-02T03:04:05Z",
	};
	int r = review_run(&options, arena, &review, err);

	if (r == 0)
		r = report_text(review_report(review), &style, &out, err);
	if (r == 0)
		printf("%zu rules, %zu findings, %zu bytes\n",
			rules_count(review_report(review)->rules),
			review_report(review)->findings.count, out.len);
	return r;
}

int main(int argc, char **argv)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create((size_t)1 << 36);
	bool none = argc == 3 && strcmp(argv[1], "none") == 0;
	struct rules *empty = NULL;
	struct error err = {0};
	int r = 0;

	if (argc != 3 || (!none && strcmp(argv[1], "all") != 0)) {
		fputs("usage: bench/rules all|none PLAN\n", stderr);
		return 64;
	}
	if (!arena)
		return 75;
	if (none)
		r = rules_create(arena, &empty, &err);
	if (r == 0)
		r = review(argv[2], empty, arena, &err);
	if (r < 0)
		fprintf(stderr, "bench/rules: %s: %s\n", argv[2], err.message);
	return -r;
}
