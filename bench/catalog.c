/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How good and how fast `weir find` and `weir show` are: bench/catalog [--check] QUERIES reads judged queries, counts those
 * that have a fair answer among the first five results, by kind, and those whose best member is, and times both in
 * this process, from the words to the printed answer, in processor time.  It lists what was missed; with --check it exits 1 where a target is.
 *
 * QUERIES is JSON: {"queries":[{"q","kind","answers":["TYPE" or "TYPE#MEMBER"],"best"}]}.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/file.h"
#include "base/json.h"
#include "story/find.h"
#include "story/show.h"

enum { FIRST = 5, ROUNDS = 5, OUTPUT_MOST = 1 << 24, TIMES_MOST = 1 << 16 };
#define ARENA_MOST ((size_t)1 << 30)

static const char *const kinds[] = {"name", "paraphrase", "attribute"};

struct counts {
	unsigned asked, found;
};

struct times {
	double all[TIMES_MOST];
	size_t count;
};

static struct counts by_kind[COUNT_OF(kinds)], members, wholes;
static struct times finds, shows;

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
	return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static void add_time(struct times *times, double begin)
{
	if (times->count < TIMES_MOST)
		times->all[times->count++] = now() - begin;
}

static int by_value(const void *left, const void *right)
{
	double a = *(const double *)left, b = *(const double *)right;

	return (a > b) - (a < b);
}

static double percentile(struct times *times, double share)
{
	if (times->count == 0)
		return 0;
	qsort(times->all, times->count, sizeof(*times->all), by_value);
	return times->all[(size_t)((double)(times->count - 1) * share)];
}

/* A data source also has its bare name. */
static bool is_named(struct str name, struct str wanted)
{
	return str_eq(name, wanted) ||
		(str_starts(name, STR("data.")) && str_eq(str_slice(name, 5, SIZE_MAX), wanted));
}

static bool is_answer(const struct find_result *result, struct str answer, bool with_member)
{
	size_t hash = str_find_char(answer, '#');

	if (!is_named(result->name, str_slice(answer, 0, hash)))
		return false;
	return !with_member || hash == SIZE_MAX ||
		str_eq(result->member, str_slice(answer, hash + 1, SIZE_MAX));
}

static bool is_among(const struct find_results *results, struct node answers, bool with_member,
	struct arena *arena)
{
	struct node_iter it = node_children(answers);

	if (node_is_string(answers)) {
		for (size_t i = 0; i < results->count && i < FIRST; i++)
			if (is_answer(&results->items[i], node_text(answers, arena), with_member))
				return true;
		return false;
	}
	while (node_next(&it))
		if (is_among(results, it.value, with_member, arena))
			return true;
	return false;
}

static void tell_missed(
	const char *what, struct str words, struct str best, const struct find_results *results)
{
	printf("%s: %.*s\n    best %.*s\n    got ", what, STR_ARG(words), STR_ARG(best));
	for (size_t i = 0; i < results->count && i < FIRST; i++)
		printf(" %.*s%s%.*s", STR_ARG(results->items[i].name),
			str_absent(results->items[i].member) ? "" : "#",
			STR_ARG(results->items[i].member));
	printf("\n");
}

static void judge(struct node query, const struct find_results *results, struct arena *arena)
{
	struct str words = node_text(NODE_GET(query, "q"), arena);
	struct str best = node_text(NODE_GET(query, "best"), arena);
	bool is_found = is_among(results, NODE_GET(query, "answers"), false, arena);

	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		if (!node_text_is(NODE_GET(query, "kind"), str_of(kinds[i])))
			continue;
		by_kind[i].asked++;
		by_kind[i].found += is_found;
	}
	if (!is_found)
		tell_missed("missed", words, best, results);
	if (str_find_char(best, '#') == SIZE_MAX) {
		wholes.asked++;
		for (size_t i = 0; i < results->count && i < FIRST; i++)
			wholes.found += is_named(results->items[i].name, best) &&
				str_absent(results->items[i].member);
		return;
	}
	members.asked++;
	if (is_among(results, NODE_GET(query, "best"), true, arena))
		members.found++;
	else if (is_found)
		tell_missed("member missed", words, best, results);
}

static int ask(struct node query, bool is_judged, struct error *err)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create(ARENA_MOST);
	CLEANUP(buf_free) struct buf out = BUF(OUTPUT_MOST), shown = BUF(OUTPUT_MOST);
	const struct find_options how = {
		.words = node_text(NODE_GET(query, "q"), arena), .limit = FIND_LIMIT_PRESET};
	struct find_results results = {0};
	double begin = now();
	int r = find_run(&how, arena, &results, err);

	find_print(&results, true, &out);
	add_time(&finds, begin);
	for (size_t i = 0; r == 0 && i < 1 && i < results.count; i++) {
		const struct show_options what = {.name = results.items[i].name};

		begin = now();
		r = show_run(&what, arena, &shown, err);
		add_time(&shows, begin);
	}
	if (r == 0 && is_judged)
		judge(query, &results, arena);
	return r;
}

static double share(const struct counts *counts)
{
	return counts->asked ? (double)counts->found / counts->asked : 0;
}

/* A line of the table; returns whether the target is missed. */
static bool tell(const char *what, double value, double target, bool is_least, const char *unit)
{
	bool is_missed = is_least ? value < target : value > target;

	printf("%-28s%9.3f %-3s %s %.2f%s\n", what, value, unit, is_least ? "at least" : "at most",
		target, is_missed ? "  MISSED" : "");
	return is_missed;
}

static bool tell_all(void)
{
	struct counts all = {0};
	bool missed = false;

	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		all.asked += by_kind[i].asked;
		all.found += by_kind[i].found;
		printf("  %-12s%4u of %u\n", kinds[i], by_kind[i].found, by_kind[i].asked);
	}
	missed |= tell("recall@5, all", share(&all), 0.85, true, "");
	missed |= tell("recall@5, paraphrases", share(&by_kind[1]), 0.75, true, "");
	missed |= tell("member exactly right", share(&members), 0.75, true, "");
	printf("%-28s%9.3f\n", "type told without a member", share(&wholes));
	printf("%-28s%9.3f ms\n", "find, p50", percentile(&finds, 0.5));
	missed |= tell("find, p99", percentile(&finds, 0.99), 10, false, "ms");
	printf("%-28s%9.3f ms\n", "show, p50", percentile(&shows, 0.5));
	missed |= tell("show, p99", percentile(&shows, 0.99), 5, false, "ms");
	return missed;
}

int main(int count, char **arguments)
{
	bool is_check = count > 2 && str_is(str_of(arguments[1]), "--check");
	CLEANUP(file_unmap) struct file_map map = {0};
	CLEANUP(doc_cleanup) struct doc *doc = NULL;
	struct error err = {0};
	int r = count < 2 ? -1 : file_map(arguments[count - 1], FILE_MAX_INPUT, &map, &err);

	if (r == 0)
		r = json_read(map.text, &(struct json_options){0}, &doc, &err);
	for (int round = 0; r == 0 && round < ROUNDS; round++) {
		struct node_iter queries = node_children(NODE_GET(doc_root(doc), "queries"));

		while (r == 0 && node_next(&queries))
			r = ask(queries.value, round == 0, &err);
	}
	if (r < 0) {
		(void)fprintf(stderr, "bench/catalog [--check] QUERIES: %s\n", err.message);
		return 2;
	}
	return tell_all() && is_check;
}
