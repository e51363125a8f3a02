/* SPDX-License-Identifier: Apache-2.0 */
/* A worker: what it may not do, what it is given, and how its end is told. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "script/message.h"
#include "script/worker.h"

static char folder[64];

static int run(void (*fn)(void *, struct str, const struct script_source *, struct buf *),
	unsigned time_ms, size_t ceiling, enum worker_end *ret_end, struct buf *ret_answer)
{
	struct str root = str_of(folder);
	const struct script_names granted = {&root, 1, 1};
	const struct worker_spec spec = {
		.run = fn, .granted = &granted, .time_ms = time_ms, .answer_ceiling = ceiling};

	return worker_run(&spec, ret_end, ret_answer, NULL);
}

/* Each thing that a script's process must not do, as a letter if it could. */
static void try_things(
	void *payload, struct str request, const struct script_source *files, struct buf *answer)
{
	void *code = mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	(void)payload, (void)request, (void)files;
	buf_add_char(answer, open("/etc/passwd", O_RDONLY) >= 0 ? 'o' : '-');
	buf_add_char(answer, socket(AF_INET, SOCK_STREAM, 0) >= 0 ? 's' : '-');
	buf_add_char(answer, fork() >= 0 ? 'f' : '-');
	buf_add_char(answer, kill(getppid(), 0) == 0 ? 'k' : '-');
	buf_add_char(answer, mkdir("/tmp/weir-worker-test", 0700) == 0 ? 'm' : '-');
	buf_add_char(answer, code != MAP_FAILED ? 'x' : '-');
	buf_add_char(answer, write(2, "x", 1) == 1 ? 'w' : '-');
}

static void test_confined(void **state)
{
	CLEANUP(buf_free) struct buf answer = {0};
	enum worker_end end;

	(void)state;
	assert_int_equal(run(try_things, 10000, 100, &end, &answer), 0);
	assert_int_equal(end, WORKER_ANSWERED);
	buf_add_char(&answer, '\0');
	assert_string_equal(answer.data, "-------");
}

/* What lies below the granted folder is read; of what a link leads out to, only that it is there; of other paths, nothing. */
static void read_files(
	void *payload, struct str request, const struct script_source *files, struct buf *answer)
{
	static const char *const names[] = {"a.txt", "none", "link", "../../etc/passwd",
		"../../etc", "../../none", "out", "out/passwd"};
	CLEANUP(arena_cleanup) struct arena *arena = arena_create(1 << 20);
	struct script_names listed = {0};
	struct error err;
	struct str text;

	(void)payload, (void)request;
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		struct str path = arena_printf(arena, "%s/%s", folder, names[i]);

		buf_printf(answer, "%d ", (int)files->entry(NULL, path));
		text = files->real(NULL, path, arena);
		buf_printf(answer, "%s ",
			str_absent(text)                            ? "nowhere"
				: path_inside(str_of(folder), text) ? "inside"
				: str_is(text, "/")                 ? "elsewhere"
								    : "told");
		if (files->read(NULL, path, 1000, arena, &text, &err) < 0)
			text = str_of(error_info(err.id)->code);
		buf_printf(answer, "%.*s\n", STR_ARG(text));
	}
	files->list(NULL, str_of(folder), arena, &listed);
	buf_printf(answer, "%zu names\n", listed.count);
	files->list(NULL, STR("/"), arena, &listed);
	buf_printf(answer, "%zu names\n", listed.count);
}

static void test_files(void **state)
{
	CLEANUP(buf_free) struct buf answer = {0};
	enum worker_end end;

	(void)state;
	assert_int_equal(run(read_files, 10000, 10000, &end, &answer), 0);
	assert_int_equal(end, WORKER_ANSWERED);
	buf_add_char(&answer, '\0');
	assert_string_equal(answer.data,
		"1 inside text\n0 nowhere file-missing\n1 elsewhere file-missing\n"
		"0 nowhere file-missing\n0 nowhere file-missing\n0 nowhere file-missing\n"
		"2 elsewhere file-missing\n0 nowhere file-missing\n5 names\n5 names\n");
}

static void die(
	void *payload, struct str request, const struct script_source *files, struct buf *answer)
{
	(void)payload, (void)request, (void)files, (void)answer;
	raise(SIGKILL);
	_exit(0);
}

static void sleep_on(
	void *payload, struct str request, const struct script_source *files, struct buf *answer)
{
	(void)payload, (void)request, (void)files, (void)answer;
	for (;;)
		;
}

static void talk(
	void *payload, struct str request, const struct script_source *files, struct buf *answer)
{
	(void)payload, (void)request, (void)files;
	for (int i = 0; i < 1000; i++)
		buf_add(answer, STR("0123456789"));
}

/* Asks and never listens. */
static void turn_away(
	void *payload, struct str request, const struct script_source *files, struct buf *answer)
{
	static const struct message ask = {ASK_LIST, 1, 0};

	(void)payload, (void)request, (void)files, (void)answer;
	while (send(3, &ask, sizeof(ask), 0) > 0 && send(3, "/", 1, 0) > 0)
		;
	for (;;)
		;
}

static void test_ends(void **state)
{
	static const struct {
		void (*fn)(void *, struct str, const struct script_source *, struct buf *);
		enum worker_end end;
	} cases[] = {{die, WORKER_DIED}, {sleep_on, WORKER_TIME}, {talk, WORKER_SIZE},
		{turn_away, WORKER_TIME}};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		CLEANUP(buf_free) struct buf answer = {0};
		enum worker_end end;

		assert_int_equal(run(cases[i].fn, 300, 100, &end, &answer), 0);
		assert_int_equal(end, cases[i].end);
		assert_int_equal(answer.len, 0);
	}
}

static int prepared;

static void prepare(void *payload)
{
	(void)payload;
	prepared++;
}

/* "loop" and "die" do so; else its process, how often that was prepared, and the request. */
static void echo(
	void *payload, struct str request, const struct script_source *files, struct buf *answer)
{
	(void)payload, (void)files;
	while (str_is(request, "loop"))
		;
	if (str_is(request, "die"))
		raise(SIGKILL);
	buf_printf(answer, "%d %d %.*s", (int)getpid(), prepared, STR_ARG(request));
}

/* The process that answered. */
static int pool_echo(struct worker_pool *pool, const struct worker_spec *spec, const char *text)
{
	CLEANUP(buf_free) struct buf answer = {0};
	struct worker_spec asked = *spec;
	enum worker_end end;
	struct str rest;
	uint64_t pid;

	asked.request = str_of(text);
	assert_int_equal(worker_pool_run(pool, &asked, &end, &answer, NULL), 0);
	assert_int_equal(end, WORKER_ANSWERED);
	rest = buf_str(&answer);
	assert_true(str_to_u64(str_split(&rest, ' '), &pid));
	assert_true(str_is(str_split(&rest, ' '), "1"));
	assert_true(str_is(rest, text));
	return (int)pid;
}

static void test_pool(void **state)
{
	CLEANUP(worker_pool_close) struct worker_pool pool = {0};
	const struct script_names granted = {0};
	struct worker_spec spec = {.prepare = prepare,
		.run = echo,
		.granted = &granted,
		.time_ms = 10000,
		.answer_ceiling = 100};
	CLEANUP(buf_free) struct buf answer = {0};
	enum worker_end end;
	int first;

	(void)state;
	worker_pool_fill(&pool, &spec, 2);
	assert_int_equal(pool.count, 2);
	first = pool.waiting[1].pid;
	assert_int_equal(pool_echo(&pool, &spec, "one"), first);
	assert_int_equal(pool.count, 1);
	worker_pool_fill(&pool, &spec, 2);
	assert_int_not_equal(pool.waiting[1].pid, first);

	/* Those that were killed are passed over, and where none is left one is forked. */
	for (size_t i = 0; i < 2; i++) {
		siginfo_t info;

		kill(pool.waiting[i].pid, SIGKILL);
		waitid(P_PID, (id_t)pool.waiting[i].pid, &info, WEXITED | WNOWAIT);
	}
	pool_echo(&pool, &spec, "two");
	assert_int_equal(pool.count, 0);

	/* What does not end, or dies, is one worker's end; the next has its own. */
	worker_pool_fill(&pool, &spec, 3);
	spec.time_ms = 100;
	spec.request = STR("loop");
	assert_int_equal(worker_pool_run(&pool, &spec, &end, &answer, NULL), 0);
	assert_int_equal(end, WORKER_TIME);
	spec.time_ms = 10000;
	spec.request = STR("die");
	assert_int_equal(worker_pool_run(&pool, &spec, &end, &answer, NULL), 0);
	assert_int_equal(end, WORKER_DIED);
	pool_echo(&pool, &spec, "three");
	assert_int_equal(pool.count, 0);
	worker_pool_fill(&pool, &spec, 100);
	assert_int_equal(pool.count, WORKER_POOL_MOST);
}

/* ---- what is foreseen ---- */

struct questions {
	unsigned main, name, tried, unread;
};

static void count_question(void *payload, struct str path, bool is_folder)
{
	struct questions *questions = payload;

	(void)is_folder;
	questions->main += str_is(path_base(path), "main.ts");
	questions->name += str_is(path_base(path), "name.ts");
	questions->tried += str_is(path_base(path), "name");
	questions->unread += str_is(path_base(path), "unread.ts");
}

/* Both files as they run, and who stripped them. */
static void read_program(
	void *payload, struct str request, const struct script_source *files, struct buf *answer)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create(1 << 20);

	(void)payload, (void)request;
	for (int i = 0; i < 2; i++) {
		struct str path = arena_printf(arena, "%s/%s", folder, i ? "name.ts" : "main.ts");
		struct stripped stripped = {0};
		struct str text, other;

		(void)files->entry(NULL, arena_printf(arena, "%s/name", folder));
		if (files->entry(NULL, path) != ENTRY_FILE ||
			!str_eq(files->real(NULL, path, arena), path) ||
			files->read(NULL, path, 1000, arena, &text, NULL) < 0)
			return;
		other = arena_str(arena, text);
		if (files->stripped(NULL, path, other, arena, &stripped))
			return; /* that is of another text, for all anybody knows */
		if (files->stripped(NULL, path, text, arena, &stripped))
			buf_printf(answer, "kept: %.*s", STR_ARG(stripped.text));
		else
			buf_printf(answer, "read: %.*s", STR_ARG(text));
	}
}

static const char main_text[] = "import { a } from './name'; const b: 1 = a; './unread.ts';\n";
static const char main_stripped[] = "import { a } from './name'; const b    = a; './unread.ts';\n";

enum { PATIENCE_S = 30 };

static void test_foreseen(void **state)
{
	struct str root = str_of(folder);
	const struct script_names granted = {&root, 1, 1};
	CLEANUP(arena_cleanup) struct arena *arena = arena_create(1 << 20);
	struct strip_cache cache = {0};
	struct worker_spec spec = {.run = read_program,
		.granted = &granted,
		.asked = count_question,
		.time_ms = 10000,
		.answer_ceiling = 10000,
		.first = arena_printf(arena, "%s/main.ts", folder)};
	struct str wanted =
		arena_printf(arena, "kept: %skept: export const a    = 1;\n", main_stripped);
	const time_t end_of_waiting = time(NULL) + PATIENCE_S;
	bool is_kept = false;

	(void)state;
	setenv("HOME", folder, 1);
	unsetenv("XDG_CACHE_HOME");
	/* Files are stripped beside a worker, while it is there: on a busy machine not in the first run. */
	for (int runs = 0; !is_kept && time(NULL) < end_of_waiting; runs++) {
		CLEANUP(buf_free) struct buf answer = {0};
		struct questions questions = {0};
		enum worker_end end;

		spec.asked_payload = &questions;
		if (runs) {
			strip_cache_open(&cache, spec.first, arena);
			spec.cache = &cache;
		}
		assert_int_equal(worker_run(&spec, &end, &answer, NULL), 0);
		assert_int_equal(end, WORKER_ANSWERED);
		/* Nothing is asked twice: the worker knows what its parent has looked at. */
		assert_int_equal(questions.main, 1);
		assert_int_equal(questions.tried, 1);
		assert_int_equal(questions.unread, 0);
		/* But for a file that somebody strips, of which it asks what has become. */
		assert_in_range(questions.name, 1, 1 + (runs > 0));
		is_kept = str_eq(buf_str(&answer), wanted);
		if (!runs)
			assert_true(str_starts(buf_str(&answer), STR("read: ")));
		strip_cache_close(&cache);
	}
	assert_true(is_kept);
}

static void count_look(void *payload, struct str path, bool is_folder)
{
	(void)path, (void)is_folder;
	++*(unsigned *)payload;
}

/* A text may name more files than anybody should look for. */
static void test_foreseen_most(void **state)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create(16 << 20);
	CLEANUP(buf_free) struct buf text = BUF(16 << 20), answer = {0};
	struct str root = str_of(folder), path = arena_printf(arena, "%s/many.ts", folder);
	const struct script_names granted = {&root, 1, 1};
	unsigned looks = 0;
	const struct worker_spec spec = {.run = echo,
		.request = STR("one"),
		.granted = &granted,
		.asked = count_look,
		.asked_payload = &looks,
		.time_ms = 10000,
		.answer_ceiling = 10000,
		.first = path};
	enum worker_end end;

	(void)state;
	for (int i = 0; i < 20000; i++)
		buf_printf(&text, "/* from './none%d' */", i);
	assert_int_equal(file_replace(path.data, buf_str(&text), 0600, NULL), 0);
	assert_int_equal(worker_run(&spec, &end, &answer, NULL), 0);
	assert_int_equal(end, WORKER_ANSWERED);
	assert_int_equal(looks, 16000);
}

static int lay_files(void **state)
{
	char path[128];

	(void)state;
	snprintf(folder, sizeof(folder), "/tmp/weir-worker-XXXXXX");
	if (!mkdtemp(folder))
		return -1;
	snprintf(path, sizeof(path), "%s/a.txt", folder);
	if (file_replace(path, STR("text"), 0600, NULL) < 0)
		return -1;
	snprintf(path, sizeof(path), "%s/main.ts", folder);
	if (file_replace(path, str_of(main_text), 0600, NULL) < 0)
		return -1;
	snprintf(path, sizeof(path), "%s/name.ts", folder);
	if (file_replace(path, STR("export const a: 1 = 1;\n"), 0600, NULL) < 0)
		return -1;
	snprintf(path, sizeof(path), "%s/link", folder);
	if (symlink("/etc/passwd", path) < 0)
		return -1;
	snprintf(path, sizeof(path), "%s/out", folder);
	return symlink("/etc", path);
}

static int remove_files(void **state)
{
	char command[128];

	(void)state;
	snprintf(command, sizeof(command), "rm -rf %s", folder);
	return system(command);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_confined),
		cmocka_unit_test(test_files),
		cmocka_unit_test(test_ends),
		cmocka_unit_test(test_pool),
		cmocka_unit_test(test_foreseen),
		cmocka_unit_test(test_foreseen_most),
	};

	return cmocka_run_group_tests(tests, lay_files, remove_files);
}
