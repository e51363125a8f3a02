/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Our JSON reader beside its peers, on one file: bench/json FILE.
 *
 * Each reader runs in processes of its own.  "first" is what a command pays: from the path to a parsed
 * document, page faults and all, with the file in the page cache.  "again" is the fastest of the
 * repeats in the same process, from text in memory.  "peak" is the process's peak memory, the
 * pages of the mapped or read file included.  memcpy is what the memory itself allows.
 *
 * bench/json --first FILE prints the seconds of our own first parse alone.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <yajl/yajl_parse.h>

#include "base/file.h"
#include "base/json.h"
#include "json_peers.h"

enum { PROCESSES = 5, REPEATS = 5 };

struct result {
	bool ok;
	double first; /* seconds */
	double again;
	double peak; /* bytes */
};

double bench_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static double least(double a, double b)
{
	return a == 0 || b < a ? b : a;
}

static bool map(const char *path, struct file_map *ret_map)
{
	struct error err;

	if (file_map(path, FILE_MAX_INPUT, ret_map, &err) == 0)
		return true;
	fprintf(stderr, "bench/json: %s: %s\n", path, err.message);
	return false;
}

const char *bench_map(const char *path, size_t *ret_size)
{
	struct file_map file = {0};

	if (!map(path, &file))
		return NULL;
	*ret_size = file.text.len;
	return file.text.data;
}

static bool run_weir(const char *path, double *ret_first, double *ret_again)
{
	double begin = bench_now(), again = 0;
	struct file_map file = {0};
	struct doc *doc = NULL;
	struct error err;

	if (!map(path, &file) || json_read(file.text, &(struct json_options){0}, &doc, &err) < 0)
		return false;
	*ret_first = bench_now() - begin;
	doc_free(doc);
	for (int i = 0; i < REPEATS; i++) {
		begin = bench_now();
		if (json_read(file.text, &(struct json_options){0}, &doc, &err) < 0)
			return false;
		again = least(again, bench_now() - begin);
		doc_free(doc);
	}
	*ret_again = again;
	return true;
}

static bool run_keys(const char *path, double *ret_first, double *ret_again)
{
	struct file_map file = {0};
	struct doc *doc = NULL;
	struct error err;
	double again = 0;

	if (!map(path, &file) || json_read(file.text, &(struct json_options){0}, &doc, &err) < 0)
		return false;
	for (int i = 0; i <= REPEATS; i++) {
		double begin = bench_now();

		if (doc_check_keys(doc_root(doc), &err) < 0)
			return false;
		if (i == 0)
			*ret_first = bench_now() - begin;
		else
			again = least(again, bench_now() - begin);
	}
	*ret_again = again;
	return true;
}

static int count_event(enum json_event event, struct str text, uint64_t offset, void *payload)
{
	(void)event;
	(void)text;
	(void)offset;
	++*(size_t *)payload;
	return 0;
}

/* In pieces of 64 KiB through read(), as for a file larger than memory. */
static bool read_events(const char *path)
{
	size_t count = 0;
	struct json_events *events =
		json_events_create(STR(""), (size_t)1 << 20, count_event, &count);
	FILE *file = fopen(path, "rb");
	static char piece[64 * 1024];
	bool ok = events && file;
	size_t got;

	while (ok && (got = fread(piece, 1, sizeof(piece), file)) > 0)
		ok = json_events_feed(events, (struct str){piece, got}, NULL) == 0;
	ok = ok && json_events_finish(events, NULL) == 0;
	if (file)
		fclose(file);
	json_events_destroy(events);
	return ok;
}

static bool run_events(const char *path, double *ret_first, double *ret_again)
{
	double begin = bench_now();

	if (!read_events(path))
		return false;
	*ret_first = bench_now() - begin;
	begin = bench_now();
	if (!read_events(path))
		return false;
	*ret_again = bench_now() - begin;
	return true;
}

static bool parse_yajl(struct str text)
{
	static const yajl_callbacks none;
	yajl_handle handle = yajl_alloc(&none, NULL, NULL);
	bool ok =
		yajl_parse(handle, (const unsigned char *)text.data, text.len) == yajl_status_ok &&
		yajl_complete_parse(handle) == yajl_status_ok;

	yajl_free(handle);
	return ok;
}

static bool run_yajl(const char *path, double *ret_first, double *ret_again)
{
	double begin = bench_now();
	struct file_map file = {0};

	if (!map(path, &file) || !parse_yajl(file.text))
		return false;
	*ret_first = bench_now() - begin;
	begin = bench_now();
	if (!parse_yajl(file.text))
		return false;
	*ret_again = bench_now() - begin;
	return true;
}

static bool run_memcpy(const char *path, double *ret_first, double *ret_again)
{
	double begin = bench_now(), again = 0;
	struct file_map file = {0};
	char *copy;

	if (!map(path, &file))
		return false;
	copy = mem_map(file.text.len);
	if (!copy)
		return false;
	memcpy(copy, file.text.data, file.text.len);
	*ret_first = bench_now() - begin;
	for (int i = 0; i < REPEATS; i++) {
		begin = bench_now();
		memcpy(copy, file.text.data, file.text.len);
		__asm__ volatile("" : : "r"(copy) : "memory");
		again = least(again, bench_now() - begin);
	}
	*ret_again = again;
	return true;
}

/* In a child, so that the first parse is a first one and the peak is its own. */
static struct result run_once(bench_json_fn *run, const char *path)
{
	struct result result = {0};
	struct rusage usage;
	int ends[2], status;
	pid_t child;

	if (pipe(ends) < 0)
		return result;
	child = fork();
	if (child == 0) {
		result.ok = run(path, &result.first, &result.again);
		_exit(write(ends[1], &result, sizeof(result)) != sizeof(result));
	}
	close(ends[1]);
	if (child < 0 || read(ends[0], &result, sizeof(result)) != sizeof(result))
		result.ok = false;
	close(ends[0]);
	if (child > 0 && wait4(child, &status, 0, &usage) == child)
		result.peak = (double)usage.ru_maxrss * 1024;
	return result;
}

static struct result run_best(bench_json_fn *run, const char *path)
{
	struct result best = {.ok = true};

	for (int i = 0; i < PROCESSES && best.ok; i++) {
		struct result one = run_once(run, path);

		best.ok = one.ok;
		best.first = least(best.first, one.first);
		best.again = least(best.again, one.again);
		best.peak = one.peak > best.peak ? one.peak : best.peak;
	}
	return best;
}

static const struct {
	const char *name;
	bench_json_fn *run;
} readers[] = {
	{"weir, json_read", run_weir},
	{"weir, doc_check_keys alone", run_keys},
	{"weir, json_events", run_events},
	{"simdjson DOM", bench_simdjson},
	{"yajl, no tree", run_yajl},
	{"jansson", bench_jansson},
	{"memcpy", run_memcpy},
};

int main(int argc, char **argv)
{
	const char *path = argv[argc > 1 ? argc - 1 : 0];
	struct file_map file = {0};
	double size;

	if (argc == 3 && strcmp(argv[1], "--first") == 0) {
		struct result best = run_best(run_weir, path);

		printf("%.6f\n", best.first);
		return best.ok ? 0 : 1;
	}
	if (argc != 2) {
		fprintf(stderr, "usage: bench/json [--first] FILE\n");
		return 64;
	}
	if (!map(path, &file))
		return 65;
	size = (double)file.text.len;
	file_unmap(&file);
	printf("%-28s%18s%18s%18s\n", "", "first", "again", "peak");
	for (size_t i = 0; i < COUNT_OF(readers); i++) {
		struct result best = run_best(readers[i].run, path);

		if (!best.ok) {
			printf("%-28s failed\n", readers[i].name);
			continue;
		}
		printf("%-28s%7.1f ms%5.0f MB/s%6.1f ms%6.0f MB/s%9.1f MB %5.2f x\n",
			readers[i].name, best.first * 1e3, size / 1e6 / best.first,
			best.again * 1e3, size / 1e6 / best.again, best.peak / 1e6,
			best.peak / size);
	}
	return 0;
}
