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
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "report/brief.h"
#include "report/graph.h"
#include "room.h"
#include "story/comment.h"
#include "story/review.h"
#include "story/synth.h"

enum { ARENA_MOST = 256 << 20, REPORT_MOST = 1 << 20 };

static const struct trust tree = {.tree = true};
static char start[4096]; /* the directory of the sources */

/* Loaded once: hundreds of rules would be most of each run, and have a test of their own below. */
static struct arena *rules_arena;
static struct rules *rules;

/* What is told again and again, by a function that takes what it needs from here. */
struct story {
	int (*tell)(
		const struct story *story, struct arena *arena, struct buf *out, struct error *err);
	const char *plan, *intent, *scan;
	struct configuration_options configuration;
	/* Of the allocations so many are passed over: each run starts git several times. */
	uint64_t passed_over;
};

static int read_review(const struct story *story, struct arena *arena, struct review **ret_review,
	struct error *err)
{
	const struct review_options options = {
		.input = {.inputs = &story->plan, .input_count = 1},
		.intent = story->intent,
		.scanners = {&story->scan, story->scan ? 1 : 0},
		.configuration = story->configuration,
		.trust = &tree,
		.rules = rules,
		.now = 1767323045,
		.now_text = "2026-01-02T03:04:05Z",
	};

	return review_run(&options, arena, ret_review, err);
}

/* The whole path: arena, plan, rules, intent, verdict, redactor, the formats. */
static int tell_review(
	const struct story *story, struct arena *arena, struct buf *out, struct error *err)
{
	CLEANUP(review_cleanup) struct review *review = NULL;
	struct str formats = str_of(report_format_names);
	const struct report_style style = {0};
	int r = read_review(story, arena, &review, err);

	while (r == 0 && !str_absent(formats))
		r = report_format_find(str_split(&formats, '|'))
			    ->render(review_report(review), &style, out, err);
	return r;
}

/* In a room for some of it, so that all of its steps of folding are taken. */
static int tell_brief(
	const struct story *story, struct arena *arena, struct buf *out, struct error *err)
{
	static const size_t budgets[] = {100000, 600, 400};
	CLEANUP(review_cleanup) struct review *review = NULL;
	int r = read_review(story, arena, &review, err);

	for (size_t i = 0; i < COUNT_OF(budgets) && r == 0; i++)
		r = brief_text(review_report(review), budgets[i], out, err);
	return r;
}

/* Up to the network: there is no curl where the test looks for it. */
static int tell_comment(
	const struct story *story, struct arena *arena, struct buf *out, struct error *err)
{
	const struct comment_options options = {.forge = FORGE_GITLAB,
		.file = story->plan,
		.api = "http://127.0.0.1:1",
		.repository = "group/project",
		.number = "7",
		.token_file = "token"};
	struct comment_result result;

	(void)out;
	return comment_run(&options, arena, &result, err);
}

static int tell_graphs(
	const struct graph *graph, struct arena *arena, struct buf *out, struct error *err)
{
	struct report report = {.arena = arena};
	struct str formats = str_of(graph_formats);
	int r = redactor_create((struct str){NULL, 0}, &report.redactor, err);

	while (r == 0 && !str_absent(formats)) {
		struct str format = str_split(&formats, '|');

		r = graph_render(graph, &report, arena_cstr(arena, format), out, err);
	}
	redactor_destroy(report.redactor);
	return r == 0 && arena_failed(arena) ? error_memory(err) : r;
}

/* All of a program but its own process: its inputs, the answer as it comes from there, what is drawn of it. */
static int tell_program(
	const struct story *story, struct arena *arena, struct buf *out, struct error *err)
{
	static const char *const environment[] = {"NAME=value", "PATH"},
				 *const context[] = {"key=value"};
	const struct synth_declared declared = {environment, 2, &story->plan, 1, context, 1};
	struct synth_project project;
	struct str *names, text;
	struct answer answer;
	struct graph graph;
	CLEANUP(buf_free) struct buf bytes = BUF(REPORT_MOST);
	int r = synth_project_read("cdktf.json", arena, &project, err);

	if (r == 0)
		r = synth_environment(&declared, arena, &names, err);
	if (r == 0)
		r = synth_context(&declared, project.context, arena, &text, err);
	if (r < 0)
		return r;
	buf_add(out, text);
	answer_output(&bytes, OUTPUT_TEXT, STR("stacks/s/cdk.tf.json"),
		STR("{\"//\":{\"metadata\":{\"stackName\":\"s\"}},\"resource\":{\"a\":{\"b\":{}}},"
		    "\"output\":{\"c\":{\"value\":\"${a.b.id}\"}}}"));
	answer_output(&bytes, OUTPUT_TEXT, STR("manifest.json"),
		STR("{\"stacks\":{\"s\":{\"constructPath\":\"s\",\"dependencies\":[\"s\"]}}}"));
	answer_print(&bytes, STR("printed"));
	if (buf_failed(&bytes) || !answer_read(buf_str(&bytes), arena, &answer))
		return error_memory(err);
	r = graph_build(&answer, arena, &graph, err);
	return r < 0 ? r : tell_graphs(&graph, arena, out, err);
}

static int tell(const struct story *story, struct buf *out, struct error *err)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create(ARENA_MOST);

	return arena ? story->tell(story, arena, out, err) : error_memory(err);
}

/*
 * Most allocations are those of the built-in rules, each like the one before; rule_test.c refuses each
 * of them for one rule of every kind.  Here some of them are enough, at no regular distance; more of them with EACH.
 */
static uint64_t step(uint64_t nth, uint64_t total)
{
	const uint64_t dense = getenv("EACH") ? 250 : 80;

	return nth < dense || nth + dense > total ? 1 : 1 + nth % 97;
}

/*
 * How the story ends undisturbed is `wanted`, 0 or an error.  Placeholders are keyed afresh in each run;
 * what they hide has no secret here.
 */
static void survive(const struct story *story, enum error_id wanted)
{
	CLEANUP(buf_free) struct buf whole = BUF(REPORT_MOST);
	struct error undisturbed = {0};
	uint64_t total;
	int end;

	mem_fail_from(0);
	end = tell(story, &whole, &undisturbed);
	total = mem_count();
	if (end != 0 && undisturbed.id != wanted)
		fail_msg("undisturbed: %s", undisturbed.message);
	assert_int_equal(end == 0, wanted == ERR_NONE);
	assert_true(total > 10);
	for (uint64_t nth = 1; nth <= total; nth += step(nth, total) + story->passed_over) {
		CLEANUP(buf_free) struct buf out = BUF(REPORT_MOST);
		struct error err = {0};
		int r;

		mem_fail_from(nth);
		r = tell(story, &out, &err);
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
	if (!getcwd(start, sizeof(start)))
		return -1;
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
	survive(&(struct story){tell_review, "tests/story/hidden-destroy.json"}, ERR_NONE);
}

static void a_review_with_intent_survives(void **state)
{
	(void)state;
	survive(&(struct story){tell_review, "examples/dbmig/plan.json",
			"examples/dbmig/intent.weir.yaml"},
		ERR_NONE);
}

static void a_review_with_a_scan_survives(void **state)
{
	(void)state;
	survive(&(struct story){tell_review, "tests/cases/review/scanners/plan.json",
			.scan = "tests/cases/review/scanners/trivy.sarif"},
		ERR_NONE);
}

/* What only apply will decide, and what the configuration's constants say of it. */
static void a_review_of_unknown_values_survives(void **state)
{
	(void)state;
	survive(&(struct story){tell_review, "tests/cases/review/constants/plan.json"}, ERR_NONE);
}

static void a_brief_survives(void **state)
{
	(void)state;
	survive(&(struct story){tell_brief, "examples/dbmig/plan.json",
			"examples/dbmig/intent.weir.yaml"},
		ERR_NONE);
}

static void a_review_with_its_configuration_survives(void **state)
{
	(void)state;
	survive(&(struct story){tell_review, "tests/cases/review/config-dir/plan.json",
			.configuration = {.dir = "tests/cases/review/config-dir/now",
				.before = "tests/cases/review/config-dir/before"}},
		ERR_NONE);
}

/* A repository with one commit and an edit since, in a directory of its own. */
static void open_repository(char room[ROOM_PATH])
{
	static const char script[] =
		"cp -r \"$1/tests/cases/review/diff/.\" . && git init -q -b main && git add -A && "
		"git -c user.name=a -c user.email=a@example.com commit -qm base && sh edit.sh";
	const char *const argv[] = {"sh", "-c", script, "sh", start, NULL};
	const char *const environment[] = {"PATH=/usr/bin:/bin", "HOME=/nonexistent", NULL};
	struct process_spec spec = {.argv = argv, .environment = environment};
	struct process_result result = {0};

	room_open(room);
	spec.dir = room;
	assert_int_equal(process_run(&spec, &result, NULL), 0);
	assert_int_equal(result.exit_code, 0);
	process_result_free(&result);
	assert_int_equal(chdir(room), 0);
}

static void a_review_of_a_difference_survives(void **state)
{
	char room[ROOM_PATH];

	(void)state;
	open_repository(room);
	survive(&(struct story){tell_review, "infra/plan.json", .configuration = {.diff = "main"},
			.passed_over = 44},
		ERR_NONE);
	assert_int_equal(chdir(start), 0);
	room_close(room);
}

static void write_file(const char *path, const char *text)
{
	assert_int_equal(file_replace(path, str_of(text), 0600, NULL), 0);
}

static void a_comment_survives_up_to_the_network(void **state)
{
	const char *path = getenv("PATH");
	char *before = path ? strdup(path) : NULL;
	char room[ROOM_PATH];

	(void)state;
	room_open(room);
	assert_int_equal(chdir(room), 0);
	write_file("token", "glpat-0123456789\n");
	write_file("report.md", "<!-- weir:report:0123456789abcdef -->\n## weir: PASS\n");
	setenv("PATH", room, 1);
	survive(&(struct story){tell_comment, "report.md"}, ERR_CHILD_MISSING);
	if (before)
		setenv("PATH", before, 1);
	free(before);
	assert_int_equal(chdir(start), 0);
	room_close(room);
}

static void a_program_survives_but_for_its_process(void **state)
{
	char room[ROOM_PATH];

	(void)state;
	room_open(room);
	assert_int_equal(chdir(room), 0);
	write_file("cdktf.json",
		"{\"app\": \"node main.js\", \"output\": \"out\", \"context\": {\"a\": 1}}");
	write_file("more.json", "{\"b\": [2]}");
	survive(&(struct story){tell_program, "more.json"}, ERR_NONE);
	assert_int_equal(chdir(start), 0);
	room_close(room);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(loading_the_rules_survives),
		cmocka_unit_test(a_review_without_intent_survives),
		cmocka_unit_test(a_review_with_intent_survives),
		cmocka_unit_test(a_review_with_a_scan_survives),
		cmocka_unit_test(a_review_of_unknown_values_survives),
		cmocka_unit_test(a_review_with_its_configuration_survives),
		cmocka_unit_test(a_review_of_a_difference_survives),
		cmocka_unit_test(a_brief_survives),
		cmocka_unit_test(a_comment_survives_up_to_the_network),
		cmocka_unit_test(a_program_survives_but_for_its_process),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
