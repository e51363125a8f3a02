/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A review under every possible shortage of memory: with the first allocation refused, then from
 * the second on, and so on until there are enough.  Each run must end in the memory error, or in
 * the very report of an undisturbed run: never in a crash, a leak, or a verdict from half of the
 * findings.
 *
 * Counted are weir's own allocations (base/memory.h).  Those inside libyaml, libcrypto, PCRE2 and
 * the C library are not: docs/internals/story.md lists them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "story/review.h"

enum { ARENA_MOST = 256 << 20, REPORT_MOST = 1 << 20 };

static const struct trust tree = {.tree = true};

/* Loaded once: hundreds of rules would be most of each run, and have a test of their own below. */
static struct arena *rules_arena;
static struct rules *rules;

/* The whole path: arena, plan, rules, intent, verdict, redactor, the formats. */
static int tell_review(
	const char *plan, const char *intent, const char *scan, struct buf *out, struct error *err)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create(ARENA_MOST);
	CLEANUP(review_cleanup) struct review *review = NULL;
	const struct review_options options = {
		.input = {.inputs = &plan, .input_count = 1},
		.intent = intent,
		.scanners = {&scan, scan ? 1 : 0},
		.trust = &tree,
		.rules = rules,
		.now = 1767323045,
		.now_text = "2026-01-02T03:04:05Z",
	};
	struct str formats = str_of(report_format_names);
	const struct report_style style = {0};
	int r;

	if (!arena)
		return error_memory(err);
	r = review_run(&options, arena, &review, err);
	while (r == 0 && !str_absent(formats))
		r = report_format_find(str_split(&formats, '|'))
			    ->render(review_report(review), &style, out, err);
	return r;
}

/*
 * Most allocations are those of the built-in rules, each like the one before; rule_test.c refuses each
 * of them for one rule of every kind.  Here some of them are enough, at no regular distance.
 */
static uint64_t step(uint64_t nth, uint64_t total)
{
	enum { EACH = 250 };

	return nth < EACH || nth + EACH > total ? 1 : 1 + nth % 97;
}

/* Placeholders are keyed afresh in each run; what they hide has no secret here. */
static void survive(const char *plan, const char *intent, const char *scan)
{
	CLEANUP(buf_free) struct buf whole = BUF(REPORT_MOST);
	struct error err = {0};
	uint64_t total;

	mem_fail_from(0);
	assert_int_equal(tell_review(plan, intent, scan, &whole, &err), 0);
	total = mem_count();
	assert_true(whole.len > 0 && total > 100);
	for (uint64_t nth = 1; nth <= total; nth += step(nth, total)) {
		CLEANUP(buf_free) struct buf out = BUF(REPORT_MOST);
		int r;

		memset(&err, 0, sizeof(err));
		mem_fail_from(nth);
		r = tell_review(plan, intent, scan, &out, &err);
		mem_fail_from(0);
		if (r == 0 && (out.len != whole.len || memcmp(out.data, whole.data, out.len) != 0))
			fail_msg("allocation %lu of %lu refused: another report",
				(unsigned long)nth, (unsigned long)total);
		if (r != 0 && err.id != ERR_MEMORY)
			fail_msg("allocation %lu of %lu refused: %s", (unsigned long)nth,
				(unsigned long)total, err.message);
	}
}

/* At some hundred places, evenly: all of them would take as long as the square of the rules. */
static void loading_the_rules_survives(void **state)
{
	uint64_t total, step;

	(void)state;
	mem_fail_from(0);
	{
		CLEANUP(arena_cleanup) struct arena *arena = arena_create(ARENA_MOST);
		struct rules *loaded;

		assert_non_null(arena);
		assert_int_equal(rules_load(/* scope= */ NULL, arena, &loaded, NULL), 0);
	}
	total = mem_count();
	step = total / 300 + 1;
	for (uint64_t nth = 1; nth <= total; nth += step) {
		struct error err = {0};
		struct rules *loaded;
		CLEANUP(arena_cleanup) struct arena *arena = NULL;
		int r;

		mem_fail_from(nth);
		arena = arena_create(ARENA_MOST);
		r = arena ? rules_load(/* scope= */ NULL, arena, &loaded, &err)
			  : error_memory(&err);
		mem_fail_from(0);
		assert_int_equal(r, -75);
		assert_int_equal(err.id, ERR_MEMORY);
	}
}

static int set_up(void **state)
{
	(void)state;
	rules_arena = arena_create(ARENA_MOST);
	return rules_arena ? rules_load(/* scope= */ NULL, rules_arena, &rules, NULL) : -1;
}

static int tear_down(void **state)
{
	(void)state;
	arena_destroy(rules_arena);
	return 0;
}

static void a_review_without_intent_survives(void **state)
{
	(void)state;
	survive("tests/story/hidden-destroy.json", NULL, NULL);
}

static void a_review_with_a_scan_survives(void **state)
{
	(void)state;
	survive("tests/cases/review/scanners/plan.json", NULL,
		"tests/cases/review/scanners/trivy.sarif");
}

static void a_review_with_intent_survives(void **state)
{
	(void)state;
	survive("examples/dbmig/plan.json", "examples/dbmig/intent.weir.yaml", NULL);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(loading_the_rules_survives),
		cmocka_unit_test(a_review_without_intent_survives),
		cmocka_unit_test(a_review_with_intent_survives),
		cmocka_unit_test(a_review_with_a_scan_survives),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
