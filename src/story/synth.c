/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a synthesis is, from top to bottom: find the program's folder, open the
 * schemas, run the program in a process of its own, and write what it gave.
 */
#define _GNU_SOURCE
#include "story/synth.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/file.h"
#include "config/locate.h"
#include "construct/program.h"
#include "gate/verdict.h"
#include "script/worker.h"
#include "story/schema.h"
#include "story/synth_output.h"

enum {
	/* A program has 10 s of processor time; a busy machine may take longer to give it that. */
	WALL_MS = 120 * 1000,
	ANSWER_CEILING = 1 << 30,
	REQUEST_CEILING = 64 << 20,
	SOURCE_MOST = 16 << 20,
	/* What a program that took too long is given to show its loop. */
	TIMING_MS = 1000,
	POOL = 2, /* a program with mistakes runs twice */
};

static int real_path(const char *path, bool is_program, struct arena *arena, struct str *ret_real,
	struct error *err)
{
	char real[PATH_MAX];

	if (!realpath(path, real))
		return error_at(err, error_set(err, ERR_FILE_MISSING, "there is no such program"),
			str_of(path), 0, 0);
	if (is_program && file_is_dir(real))
		return error_at(err,
			error_set(err, ERR_FILE_UNREADABLE,
				"it is a directory; name the program in it"),
			str_of(path), 0, 0);
	*ret_real = arena_str(arena, str_of(real));
	return str_absent(*ret_real) ? error_memory(err) : 0;
}

/* The working folder where the program is below it, as where Node would run it; else the program's own. */
static struct str root_of(struct str base, struct str program)
{
	return path_inside(base, program) ? base : path_dir(program);
}

/* What is told of a worker that gave no answer. */
static struct mistake died(enum worker_end end, struct str program)
{
	static const char *const messages[] = {
		[WORKER_ANSWERED] = "The program's process gave an answer that weir does not take.",
		[WORKER_DIED] = "The program's process died.",
		[WORKER_TIME] = "The program did not finish within its time limit.",
		[WORKER_SIZE] = "The program's output is larger than weir takes.",
	};

	return (struct mistake){
		.class = end == WORKER_TIME ? STR("infinite-loop") : STR("exception"),
		.is_error = true,
		.place.file = program,
		.message = str_of(messages[end])};
}

/* All but what a single program asks for. */
static struct worker_spec worker_of(struct program_runner *runner)
{
	return (struct worker_spec){.prepare = program_prepare,
		.run = program_run,
		.payload = runner,
		.time_ms = WALL_MS,
		.answer_ceiling = ANSWER_CEILING};
}

/* For so many milliseconds of processor time, where that is not 0: then none of those that wait has it. */
static int run_once(const struct synth_options *options, const struct program_spec *program,
	struct packs *packs, unsigned time_ms, struct synthesis *synthesis, struct error *err)
{
	CLEANUP(buf_free) struct buf request = BUF(REQUEST_CEILING);
	struct buf *bytes = &synthesis->bytes[program->is_tracing];
	struct program_runner runner = {.packs = packs, .time_ms = time_ms};
	struct worker_spec worker = worker_of(&runner);
	struct synth_pool *pool = options->pool ? options->pool : &synthesis->pool;
	enum worker_end end;
	int r;

	program_request(program, &request);
	if (buf_failed(&request))
		return error_memory(err);
	worker.request = buf_str(&request);
	worker.source = &synthesis->source;
	worker.granted = synthesis->granted;
	worker.asked = options->asked;
	worker.asked_payload = options->asked_payload;
	worker.first = program->main;
	worker.cache = synthesis->cache.arena ? &synthesis->cache : NULL;
	/* Those that wait know other packs, or another limit. */
	if (time_ms || !packs_same(packs, &pool->packs))
		worker_pool_empty(&pool->workers);
	r = worker_pool_run(&pool->workers, &worker, &end, bytes, err);
	if (r < 0)
		return r;
	if (end != WORKER_ANSWERED ||
		!answer_read(buf_str(bytes), synthesis->arena, &synthesis->answer)) {
		struct mistake *mistake = ARENA_NEW(synthesis->arena, struct mistake);

		if (!mistake)
			return error_memory(err);
		*mistake = died(end, synthesis->program);
		synthesis->answer = (struct answer){.mistakes = mistake, .mistake_count = 1};
	}
	return 0;
}

static bool has_class(const struct answer *answer, const char *class)
{
	for (size_t i = 0; i < answer->mistake_count; i++)
		if (str_is(answer->mistakes[i].class, class))
			return true;
	return false;
}

/*
 * Whether a second run may tell more. One that ended for its memory would only take as much again, and that a provider is
 * unchecked is known with its place.
 */
static bool is_worth_tracing(const struct answer *answer)
{
	bool is_open = answer->is_suspect;

	for (size_t i = 0; i < answer->mistake_count; i++)
		is_open = is_open || !str_is(answer->mistakes[i].class, "unchecked");
	return is_open && !has_class(answer, "memory-limit");
}

/* The second run, which knows where all was made; where the first took too long, also which loop it is in. */
static int trace(const struct synth_options *options, struct program_spec *program,
	struct packs *packs, struct synthesis *synthesis, struct error *err)
{
	const struct answer first = synthesis->answer;
	int r;

	program->is_tracing = true;
	program->is_timing = has_class(&first, "infinite-loop");
	r = run_once(options, program, packs, program->is_timing ? TIMING_MS : 0, synthesis, err);
	if (r == 0 && program->is_timing && !has_class(&synthesis->answer, "infinite-loop"))
		synthesis->answer = first;
	return r;
}

/*
 * What is kept for later runs, but not in a folder that lies among what the program may read or in the repository that the
 * program stands in: other code than what people review could be brought there.
 */
static int open_cache(
	const struct program_spec *program, struct synthesis *synthesis, struct error *err)
{
	const struct script_names *granted = synthesis->granted;
	struct locator locator;
	int r = locate_root(synthesis->arena, program->root, &locator, err);

	if (r < 0 || cache_is_below(locator.root))
		return r;
	for (size_t i = 0; i < granted->count; i++)
		if (cache_is_below(granted->items[i]))
			return 0;
	strip_cache_open(&synthesis->cache, program->main, synthesis->arena);
	return 0;
}

/* Twice where there are mistakes: the second run remembers where all was made, which costs more than all else. */
static int run_program(const struct synth_options *options, struct program_spec *program,
	struct synthesis *synthesis, struct error *err)
{
	CLEANUP(packs_close) struct packs packs = {0};
	struct resolver *resolver;
	int r = schemas_open(synthesis->arena, &packs, err);

	synthesis->source = script_overlaid(&options->texts);
	if (r == 0)
		r = resolver_create(
			program->root, &synthesis->source, synthesis->arena, &resolver, err);
	if (r < 0)
		return r;
	synthesis->granted = resolver_granted(resolver);
	if (!options->no_cache)
		r = open_cache(program, synthesis, err);
	if (r == 0)
		r = run_once(options, program, &packs, 0, synthesis, err);
	return r < 0 || !is_worth_tracing(&synthesis->answer)
		? r
		: trace(options, program, &packs, synthesis, err);
}

/* The author's line, for people. A file that is not below the program's folder is not read. */
static struct str source_line(void *payload, const struct place *place, struct arena *arena)
{
	const struct synthesis *synthesis = payload;
	CLEANUP(file_unmap) struct file_map map = {0};
	const char *path = arena_cstr(arena, place->file);
	char real[PATH_MAX];
	struct str text;

	if (!path || !place->line || !realpath(path, real) ||
		!path_inside(synthesis->root, str_of(real)) ||
		file_map(real, SOURCE_MOST, &map, NULL) < 0)
		return (struct str){NULL, 0};
	text = map.text;
	for (unsigned line = 1; line < place->line && !str_absent(text); line++)
		str_split(&text, '\n');
	return str_absent(text) ? text : arena_str(arena, str_split(&text, '\n'));
}

/* The wire's mistakes as findings; what the answer holds is only what answer_read() let in. */
static bool add_findings(const struct answer *answer, struct findings *findings)
{
	for (size_t i = 0; i < answer->mistake_count; i++) {
		const struct mistake *mistake = &answer->mistakes[i];
		enum finding_kind kind = KIND_EXCEPTION;
		struct finding *finding;

		finding_kind_find(mistake->class, &kind);
		finding = finding_add(findings, mistake->class, kind,
			mistake->is_error ? SEVERITY_HIGH : SEVERITY_MEDIUM);
		if (!finding)
			return false;
		finding->source = mistake->place;
		finding->message = mistake->message;
		if (!str_empty(mistake->remedy))
			finding->remedy = mistake->remedy;
		if (!str_empty(mistake->stack))
			finding->stack = mistake->stack;
	}
	return true;
}

static bool is_same(const struct finding *a, const struct finding *b)
{
	return a->kind == b->kind && a->source.line == b->source.line &&
		a->source.column == b->source.column && str_eq(a->source.file, b->source.file) &&
		str_eq(a->message, b->message);
}

/* A loop makes one mistake many times; sorted, they stand side by side. */
static void drop_repeated(struct findings *findings)
{
	size_t kept = 0;

	for (size_t i = 0; i < findings->count; i++)
		if (kept == 0 || !is_same(&findings->items[kept - 1], &findings->items[i]))
			findings->items[kept++] = findings->items[i];
	findings->count = kept;
}

static int judge(
	const struct synth_options *options, struct synthesis *synthesis, struct error *err)
{
	const struct verdict_terms terms = {.has_intent = false};
	struct report *report = &synthesis->report;

	report->arena = report->findings.arena = synthesis->arena;
	report->now = str_of(options->now_text);
	report->program = synthesis->program;
	if (!add_findings(&synthesis->answer, &report->findings))
		return error_memory(err);
	report->verdict = verdict_decide(&report->findings, &terms);
	findings_sort(&report->findings);
	drop_repeated(&report->findings);
	synthesis->told = (struct program_report){report, source_line, synthesis};
	return redactor_create((struct str){NULL, 0}, &report->redactor, err);
}

static void asks(const struct synth_options *options, const char *path)
{
	if (options->asked && path)
		options->asked(options->asked_payload, str_of(path), false);
}

/* The first module, without symbolic links; that of a text is where the text stands. */
static int main_path(const struct synth_options *options, struct str base, struct arena *arena,
	struct str *ret_main, struct error *err)
{
	struct str given = str_of(options->program);
	struct str path = path_resolve(arena, str_starts(given, STR("/")) ? STR("/") : base, given);

	if (!script_overlay_find(&options->texts, path))
		return real_path(options->program, true, arena, ret_main, err);
	*ret_main = path;
	return 0;
}

/* Which program, and from which folder; what cdktf.json of that folder says. */
static int find_program(const struct synth_options *options, struct synthesis *synthesis,
	struct program_spec *program, struct synth_project *project, struct error *err)
{
	struct arena *arena = synthesis->arena;
	const char *path;
	int r = real_path(".", false, arena, &program->base, err);

	asks(options, options->program);
	if (r == 0 && options->program)
		r = main_path(options, program->base, arena, &program->main, err);
	if (r < 0)
		return r;
	program->root = options->program ? arena_str(arena, root_of(program->base, program->main))
					 : program->base;
	synthesis->root = program->root;
	synthesis->program = str_of(options->program);
	path = str_eq(program->root, program->base)
		? "cdktf.json"
		: path_join(arena, program->root, STR("cdktf.json"));
	asks(options, path);
	r = path ? synth_project_read(path, arena, project, err) : error_memory(err);
	if (r < 0 || options->program)
		return r;
	synthesis->program = project->program;
	if (str_absent(project->program))
		return error_set(err, ERR_USAGE,
			"no program is named, neither here nor as \"app\" of a cdktf.json in this "
			"folder");
	path = arena_cstr(arena, project->program);
	if (!path)
		return error_memory(err);
	asks(options, path);
	return real_path(path, true, arena, &program->main, err);
}

/* What the program is run with, and where its files go. */
static int prepare(const struct synth_options *options, struct synthesis *synthesis,
	struct program_spec *program, struct str *ret_out, struct error *err)
{
	struct arena *arena = synthesis->arena;
	struct synth_project project;
	struct str *environment = NULL;
	int r = find_program(options, synthesis, program, &project, err);

	for (size_t i = 0; i < options->declared.context_file_count; i++)
		asks(options, options->declared.context_files[i]);
	if (r == 0)
		r = synth_environment(&options->declared, arena, &environment, err);
	if (r == 0)
		r = synth_context(
			&options->declared, project.context, arena, &program->context, err);
	if (r < 0)
		return r;
	program->environment = environment;
	program->environment_count = options->declared.environment_count;
	*ret_out = options->out           ? str_of(options->out)
		: str_absent(project.out) ? STR("cdktf.out")
					  : arena_str(arena, project.out);
	return str_absent(*ret_out) ? error_memory(err) : 0;
}

/* Whether all that is written stays where it may. Links in the output folder are as foreign as its files. */
static int check_places(const struct synth_options *options, const struct synthesis *synthesis,
	const char *out, struct error *err)
{
	const struct answer *answer = &synthesis->answer;
	struct arena *arena = synthesis->arena;
	bool stays = str_absent(options->within) || path_leads_inside(options->within, out, arena);

	for (size_t i = 0; stays && !str_absent(options->within) && i < answer->output_count; i++) {
		const char *path = path_join(arena, str_of(out), answer->outputs[i].path);

		stays = path && path_leads_inside(options->within, path, arena);
	}
	return stays
		? 0
		: error_at(err,
			  error_set(err, ERR_WORKSPACE,
				  "the configuration would be written outside of the workspace"),
			  str_of(out), 0, 0);
}

/* ---- processes that wait ---- */

static void fill(struct synth_pool *pool, size_t count)
{
	struct packs packs = {0};
	struct arena *arena = arena_create(SIZE_MAX);
	struct worker_spec worker = worker_of(&pool->runner);

	if (!arena || schemas_open(arena, &packs, NULL) < 0) {
		arena_destroy(arena);
		return;
	}
	if (packs_same(&packs, &pool->packs)) {
		packs_close(&packs);
		arena_destroy(arena);
	} else {
		synth_pool_close(pool);
		*pool = (struct synth_pool){.packs = packs, .arena = arena};
		pool->runner.packs = &pool->packs;
	}
	worker_pool_fill(&pool->workers, &worker, count);
}

void synth_pool_fill(struct synth_pool *pool)
{
	fill(pool, POOL);
}

void synth_pool_close(struct synth_pool *pool)
{
	worker_pool_close(&pool->workers);
	packs_close(&pool->packs);
	arena_destroy(pool->arena);
	*pool = (struct synth_pool){0};
}

/* ---- from begin to end ---- */

void synth_cleanup(struct synthesis *synthesis)
{
	redactor_destroy(synthesis->report.redactor);
	buf_free(&synthesis->bytes[0]);
	buf_free(&synthesis->bytes[1]);
	strip_cache_close(&synthesis->cache);
	synth_pool_close(&synthesis->pool);
}

int synth_run(const struct synth_options *options, struct arena *arena,
	struct synthesis *ret_synthesis, struct error *err)
{
	struct program_spec program = {.strict = options->strict};
	struct str out;
	int r;

	*ret_synthesis = (struct synthesis){.arena = arena};
	/* A process takes a while until it is ready: it begins before anybody knows what it shall do. */
	if (!options->pool)
		fill(&ret_synthesis->pool, 1);
	r = prepare(options, ret_synthesis, &program, &out, err);
	if (r == 0)
		r = run_program(options, &program, ret_synthesis, err);
	if (r == 0)
		r = judge(options, ret_synthesis, err);
	if (r < 0 || options->is_check || program_errors(&ret_synthesis->report) > 0)
		return r;
	r = check_places(options, ret_synthesis, out.data, err);
	if (r == 0)
		r = synth_write(&ret_synthesis->answer, out.data, ret_synthesis->granted, arena,
			&ret_synthesis->removed, err);
	return r;
}
