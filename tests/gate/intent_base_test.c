/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The reviewed tree may only tighten: pairs of an intent at the base and the
 * reviewed one, and what of the second is told as relaxing.  Whoever wrote the
 * change wrote the whole second file.
 */
#include "intent_world.h"

#define HEAD "version: 1\nexpires: 2026-12-24\n"

/* Tells how many lines relax; `base` NULL: there was none. */
static size_t relaxed(
	const char *base, const char *head, const char *phase, struct str *ret_message)
{
	struct world world = {.arena = arena_create((size_t)64 * 1024 * 1024), .phase = phase};
	size_t count;

	world.findings.arena = world.arena;
	world.intent = world_read(&world, head, false, &world.doc);
	if (base)
		world.base = world_read(&world, base, true, &world.base_doc);
	assert_int_equal(
		intent_compare_base(world.intent, world.base, &world.findings, &world.err), 0);
	count = world.findings.count;
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(world.findings.items[i].kind, KIND_INTENT_RELAXED_HERE);
		assert_true(world.findings.items[i].intent.line > 0);
	}
	if (count > 0)
		assert_int_equal(verdict_decide(&world.findings,
					 &(struct verdict_terms){
						 .has_intent = true, .profile = PROFILE_RELAXED}),
			VERDICT_ASK);
	if (ret_message && count > 0) {
		static char copy[512];
		struct str message = world.findings.items[0].message;

		snprintf(copy, sizeof(copy), "%.*s", STR_ARG(message));
		*ret_message = str_of(copy);
	}
	world_close(&world);
	return count;
}

struct pair {
	const char *base, *head;
	size_t relaxes;
};

static void check(const struct pair *pairs, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct str message = STR("");
		size_t got = relaxed(pairs[i].base, pairs[i].head, NULL, &message);

		if (got != pairs[i].relaxes)
			fail_msg("base:\n%s\nhead:\n%s\nrelaxes %zu times, not %zu: %.*s",
				pairs[i].base ? pairs[i].base : "none", pairs[i].head, got,
				pairs[i].relaxes, STR_ARG(message));
	}
}

/* A change that brings the first intent of its root. */
static void test_without_base(void **state)
{
	static const struct pair pairs[] = {
		{NULL,
			HEAD "keep: [a.b]\nexpect: [{create: a.c}, {update: a.d}]\nforbid: "
			     "[{delete: '**'}]",
			0},
		{NULL, HEAD "expect: [{delete: a.b}]", 1},
		{NULL, HEAD "allow: [{replace: 'a.*'}]", 1},
		{NULL, HEAD "allow: [{destroy: '**'}]", 1},
		{NULL, HEAD "otherwise: pass", 1},
		{NULL, HEAD "otherwise: block", 0},
		{NULL, HEAD "accept: [{rule: r, address: a.b, reason: w, expires: 2026-12-24}]", 1},
		/* A phase that does not hold yet is asked about when it does. */
		{NULL, HEAD "phase: p\nphases: {p: {keep: [a.b]}, q: {expect: [{delete: a.b}]}}",
			0},
		{NULL, HEAD "phase: q\nphases: {p: {keep: [a.b]}, q: {expect: [{delete: a.b}]}}",
			1},
	};

	(void)state;
	check(pairs, COUNT_OF(pairs));
}

static void test_tightens(void **state)
{
	static const struct pair pairs[] = {
		{HEAD "keep: [a.b]", HEAD "keep: [a.b, a.c]", 0},
		{HEAD "keep: [a.b]", HEAD "keep: ['**']", 0},
		{HEAD "allow: [{delete: 'a.*'}]", HEAD "allow: [{delete: a.b}]", 0},
		{HEAD "allow: [{destroy: a.b}]", HEAD "expect: [{delete: a.b, id: x}]", 0},
		{HEAD "expect: [{delete: a.b}]", HEAD "expect: [{delete: a.b, before: {s: false}}]",
			0},
		{HEAD "expect: [{delete: a.b, count: 3}]", HEAD "expect: [{delete: a.b, count: 3}]",
			0},
		{HEAD "allow: [{update: a.b, only: {p: 1, q: 2}}]",
			HEAD "allow: [{update: a.b, only: {p: 1}}]", 0},
		{HEAD "allow: [{update: a.b, after: {p: {one_of: [1, 2]}}}]",
			HEAD "allow: [{update: a.b, after: {p: 1}}]", 0},
		{"version: 1\nexpires: 2026-12-24", "version: 1\nexpires: 2026-12-01", 0},
		{HEAD "otherwise: ask", HEAD "otherwise: block", 0},
		{HEAD "forbid: [{delete: a.b}]", HEAD "forbid: [{destroy: 'a.*'}]", 0},
		/* What a change says about itself, where the base says nothing. */
		{HEAD "expect: [{create: a.b}]", HEAD "expect: [{create: a.c}, {update: a.d}]", 0},
	};

	(void)state;
	check(pairs, COUNT_OF(pairs));
}

static void test_relaxes(void **state)
{
	static const struct pair pairs[] = {
		{HEAD "keep: [a.b, a.c]", HEAD "keep: [a.b]", 1},
		{HEAD "keep: ['a.*']", HEAD "keep: [a.b]", 1},
		{HEAD "keep: [a.b]", HEAD "keep: ['a.b[0]']", 1},
		{HEAD "forbid: [{destroy: '**'}]", HEAD "", 1},
		{HEAD "forbid: [{destroy: '**'}]", HEAD "forbid: [{delete: '**'}]", 1},
		{HEAD "forbid: [{delete: a.b}]", HEAD "forbid: [{delete: a.b, before: {x: 1}}]", 1},
		{HEAD "allow: [{delete: a.b}]", HEAD "allow: [{delete: 'a.*'}]", 1},
		{HEAD "allow: [{delete: 'a.b[0]'}]", HEAD "allow: [{delete: a.b}]", 1},
		{HEAD "allow: [{delete: a.b, id: x}]", HEAD "allow: [{delete: a.b}]", 1},
		{HEAD "allow: [{delete: a.b, id: x}]", HEAD "allow: [{delete: a.b, id: y}]", 1},
		{HEAD "allow: [{delete: a.b, before: {s: 1}}]",
			HEAD "allow: [{delete: a.b, before: {s: 2}}]", 1},
		{HEAD "allow: [{delete: a.b, count: 1}]", HEAD "allow: [{delete: a.b, count: 2}]",
			1},
		{HEAD "allow: [{delete: a.b, count: 1}]", HEAD "allow: [{delete: a.b}]", 1},
		{HEAD "allow: [{delete: a.b}]", HEAD "allow: [{replace: a.b}]", 1},
		{HEAD "allow: [{update: a.b, after: {p: 1}}]", HEAD "allow: [{update: a.b}]", 1},
		/* The old line stays, and a laxer one joins it. */
		{HEAD "allow: [{update: a.b, after: {p: 1}}]",
			HEAD "allow: [{update: a.b, after: {p: 1}}, {update: a.b}]", 1},
		{HEAD "allow: [{update: a.b, only: {p: 1}}]",
			HEAD "allow: [{update: a.b, only: {p: 1, q: 1}}]", 1},
		{HEAD "allow: [{update: a.b, only: {p: 1}}]",
			HEAD "allow: [{update: a.b, only: [p]}]", 1},
		{HEAD "expect: [{create: a.b, from: a.c}]", HEAD "expect: [{create: a.b}]", 1},
		{HEAD "expect: [{create: a.b, from: a.c}]",
			HEAD "expect: [{create: a.b, from: a.d}]", 1},
		{HEAD "", HEAD "allow: [{update: '**'}]", 1},
		{HEAD "", HEAD "otherwise: pass", 1},
		{HEAD "otherwise: block", HEAD "otherwise: ask", 1},
		{HEAD "otherwise: ask", HEAD "", 1},
		{HEAD "", "version: 1\nexpires: 2027-12-24", 1},
		{"version: 1\nexpires: 2026-12-24", "version: 1", 1},
		{HEAD "root: a/b", HEAD "root: a/c", 1},
		{HEAD "root: a/b", HEAD "", 1},
		{HEAD "accept: [{rule: r, address: a.b, reason: w, expires: 2026-12-24}]",
			HEAD "accept: [{rule: r, address: a.b, reason: w, expires: 2026-12-25}]",
			1},
		{HEAD "accept: [{rule: r, address: a.b, path: p, reason: w, expires: 2026-12-24}]",
			HEAD "accept: [{rule: r, address: a.b, reason: w, expires: 2026-12-24}]",
			1},
		/* A snapshot that must come with the destroy no longer has to. */
		{HEAD "expect: [{create: s.s}, {delete: a.b}]", HEAD "expect: [{delete: a.b}]", 1},
	};

	(void)state;
	check(pairs, COUNT_OF(pairs));
}

#define PHASES "phases:\n  p: {keep: [a.b]}\n  q: {requires: p, expect: [{delete: a.b}]}\n"

static void test_phases(void **state)
{
	static const struct pair pairs[] = {
		{HEAD "phase: p\n" PHASES, HEAD "phase: p\n" PHASES, 0},
		{HEAD "phase: p\n" PHASES, HEAD "phase: q\n" PHASES, 1},
		{HEAD "phase: p\n" PHASES, HEAD "phase: p\nphases: {p: {keep: []}}", 1},
		/* Without its phases the file holds no keep, and no phase. */
		{HEAD "phase: p\n" PHASES, HEAD "", 2},
		/* A phase that does not hold now is loosened for later. */
		{HEAD "phase: p\n" PHASES,
			HEAD "phase: p\nphases: {p: {keep: [a.b]}, q: {expect: [{delete: a.b}]}}",
			1},
		/* Two lines, each within the one of the base, that together let two through. */
		{HEAD "allow: [{delete: 'a.*', count: 1}]",
			HEAD "allow: [{delete: a.b, count: 1}, {delete: a.c, count: 1}]", 2},
		{HEAD "allow: [{delete: 'a.*', count: 2}]",
			HEAD "allow: [{delete: a.b, count: 1}, {delete: a.c, count: 1}]", 0},
		{HEAD "allow: [{delete: 'a.*', count: 1}]",
			HEAD "allow: [{delete: 'a.*', count: 1}, {delete: a.c, count: 1}]", 0},
		/* A phase that the one at hand requires is emptied, so that it looks done. */
		{HEAD "phase: q\nphases: {p: {expect: [{create: a.c}, {update: a.b}]}, q: "
		      "{requires: p, expect: [{delete: a.b}]}}",
			HEAD "phase: q\nphases: {p: {keep: []}, q: {requires: p, expect: "
			     "[{delete: a.b}]}}",
			2},
		/* A phase of another name with the same lines, but for the keep. */
		{HEAD "phase: p\n" PHASES, HEAD "phase: z\nphases: {z: {}}", 1},
		{HEAD "phase: p\nkeep: [c.d]\n" PHASES, HEAD "phase: p\n" PHASES, 2},
	};

	(void)state;
	check(pairs, COUNT_OF(pairs));
}

/* A phase that the caller names is no line of the change, but its lines are. */
static void test_phase_of_the_caller(void **state)
{
	static const struct pair pairs[] = {
		{HEAD "phase: p\n" PHASES, HEAD "phase: p\n" PHASES, 0},
		{HEAD "phase: p\n" PHASES, HEAD "phase: q\n" PHASES, 0},
		/* Who always names the phase needs none in the file. */
		{HEAD PHASES, HEAD PHASES, 0},
		{HEAD "phase: p\n" PHASES,
			HEAD "phase: p\nphases: {p: {keep: [a.b]}, q: {requires: p, expect: "
			     "[{delete: a.b}, {delete: a.c}]}}",
			1},
		{HEAD "phase: p\n" PHASES,
			HEAD "phase: p\nphases: {p: {keep: [a.b]}, q: {expect: [{delete: a.b}]}}",
			1},
		/* The change brings the phase. */
		{HEAD "phase: p\nphases: {p: {keep: [a.b]}}",
			HEAD "phase: p\nphases: {p: {keep: [a.b]}, q: {keep: [a.b]}}", 1},
		{HEAD "keep: [a.b]", HEAD "keep: [a.b]\nphases: {q: {}}", 1},
		{NULL, HEAD "phase: p\n" PHASES, 1},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(pairs); i++) {
		struct str message = STR("");
		size_t got = relaxed(pairs[i].base, pairs[i].head, "q", &message);

		if (got != pairs[i].relaxes)
			fail_msg("%zu: relaxes %zu times, not %zu: %.*s", i, got, pairs[i].relaxes,
				STR_ARG(message));
	}
}

/* A hazard lifted by a line that the change brings asks, and quotes the line. */
static void test_lifting_line_asks(void **state)
{
	static const char text[] =
		"{\"format_version\":\"1.2\",\"terraform_version\":\"1.11.4\",\"planned_values\":{}"
		","
		"\"resource_changes\":[{\"address\":\"aws_db_instance.a\",\"mode\":\"managed\","
		"\"type\":"
		"\"aws_db_instance\",\"name\":\"a\",\"provider_name\":\"p\",\"change\":{"
		"\"actions\":[\"update\"],"
		"\"before\":{\"deletion_protection\":true},\"after\":{\"deletion_protection\":"
		"false},"
		"\"after_unknown\":{},\"before_sensitive\":{},\"after_sensitive\":{}}}]}";
	static const char head[] =
		HEAD "expect: [{update: aws_db_instance.a, only: {deletion_protection: false}}]";
	const struct finding *finding;
	struct world world;

	(void)state;
	for (int with_base = 0; with_base < 2; with_base++) {
		world_open(&world, str_of(text), STR("plan.json"));
		world_hazard(&world, "aws-unprotected", KIND_LOOSENED_PROTECTION, SEVERITY_HIGH,
			"aws_db_instance.a", "deletion_protection");
		world.intent = world_read(&world, head, false, &world.doc);
		if (with_base)
			world.base = world_read(&world, head, true, &world.base_doc);
		assert_int_equal(
			intent_compare_base(world.intent, world.base, &world.findings, &world.err),
			0);
		assert_int_equal(intent_judge(world.intent, &world.plans.items[0], world.references,
					 &world.findings, &world.err),
			0);
		world.verdict = verdict_decide(
			&world.findings, &(struct verdict_terms){.has_intent = true});
		assert_int_equal(world.verdict, with_base ? VERDICT_PASS : VERDICT_ASK);
		finding = world_find(&world, "intent-relaxed-here", NULL);
		assert_int_equal(finding != NULL, !with_base);
		if (finding) {
			assert_int_equal(finding->intent.line, 3);
			assert_true(str_find(finding->message, STR("update: aws_db_instance.a")) !=
				SIZE_MAX);
		}
		world_close(&world);
	}
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_without_base),
		cmocka_unit_test(test_tightens),
		cmocka_unit_test(test_relaxes),
		cmocka_unit_test(test_phases),
		cmocka_unit_test(test_phase_of_the_caller),
		cmocka_unit_test(test_lifting_line_asks),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
