/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A program's run from its engine to its answer, and what is said where it
 * fails: the mistake's class, and the place in what the author wrote, past the
 * frames of the library and of installed packages.
 */
#include "construct/program.h"

#include <stdio.h>

#include "base/builtin.h"
#include "base/file.h"
#include "construct/library.h"
#include "construct/program_model.h"

/* For all that a program's run holds beside the engine's memory. */
#define ARENA_CEILING ((size_t)1 << 30)
enum { SHOWN_FRAMES = 10, SHOWN_FOREIGN = 3 };

/* ---- places ---- */

bool program_is_authors(const struct program *program, struct str path)
{
	return path_inside(program->spec->root, path) &&
		str_find(str_slice(path, program->spec->root.len, SIZE_MAX),
			STR("/node_modules/")) == SIZE_MAX;
}

/* A path as it is told: from the base where it is below it. */
struct str program_told_path(const struct program *program, struct str path)
{
	struct str base = program->spec->base;

	return path.len > base.len + 1 && path_inside(base, path) && !str_is(base, "/")
		? str_slice(path, base.len + 1, SIZE_MAX)
		: path;
}

static struct str nth_line(struct str text, unsigned line)
{
	while (line-- > 1 && !str_absent(text))
		str_split(&text, '\n');
	return str_absent(text) ? STR("") : str_split(&text, '\n');
}

/* Code points, from 1, up to a column in bytes, from 1. */
static unsigned code_points(struct str line, size_t bytes)
{
	unsigned column = 1;

	for (size_t i = 0; i + 1 < bytes && i < line.len; i++)
		column += ((unsigned char)line.data[i] & 0xc0) != 0x80;
	return column;
}

/* A file whose place needs no way back: literalPlace() has gone it. */
#define TOLD STR("told:")

/*
 * On the first line of a text the engine counts the columns of calls and accesses from 0, and all else from 1: a place
 * is at the start of a name, never right before one.  And CommonJS has the head of a function there.
 */
static uint32_t first_line_column(const struct module *module, uint32_t column)
{
	if (module->format == FORMAT_CJS && column >= program_commonjs_head)
		column -= program_commonjs_head;
	if (column == 0)
		return 1;
	return column < module->text.len && !program_is_word(module->text.data[column - 1]) &&
			program_is_word(module->text.data[column])
		? column + 1
		: column;
}

/* Line and column, in bytes, of what runs, as the author wrote them. */
static void find_in_source(const struct module *module, uint32_t *line, uint32_t *column)
{
	if (*line == 1)
		*column = first_line_column(module, *column);
	if (module->tags.marked.shift_count)
		script_place(&module->tags.marked, *line, *column, line, column);
	if (module->stripped.shift_count)
		script_place(&module->stripped, *line, *column, line, column);
}

struct place program_place(struct program *program, const struct script_frame *frame)
{
	const struct module *module = program_module(program, frame->file);
	struct place place = {program_told_path(program, frame->file), frame->line, frame->column};

	if (str_starts(frame->file, TOLD))
		place.file = str_slice(frame->file, TOLD.len, SIZE_MAX);
	if (module && !str_absent(module->source)) {
		uint32_t line = frame->line, column = frame->column;

		find_in_source(module, &line, &column);
		place.line = line;
		place.column = code_points(nth_line(module->source, line), column);
	}
	return place;
}

/* The offset of a place in bytes; that of the text's end where there is no such line. */
static size_t offset_of(struct str text, uint32_t line, uint32_t column)
{
	size_t offset = 0;

	while (line > 1 && offset < text.len)
		line -= text.data[offset++] == '\n';
	return offset + column - 1;
}

/* The place of the loop that a frame was stopped in; of the frame where there is none. */
static struct place loop_place(struct program *program, const struct script_frame *frame)
{
	const struct module *module = program_module(program, frame->file);
	uint32_t line = frame->line, column = frame->column;
	struct script_frame marked;
	size_t offset;

	if (program_mark_frame(program, program_endless_loop(program), &marked))
		return program_place(program, &marked);
	if (!module || str_absent(module->source))
		return program_place(program, frame);
	find_in_source(module, &line, &column);
	offset = offset_of(module->source, line, column);
	return script_loop(module->source, module->path, offset, program->arena, &offset)
		? program_place_at(program, module, offset)
		: program_place(program, frame);
}

enum script_maker program_new_frame(struct program *program, const struct script_frame *frame,
	unsigned argument, struct script_frame *ret)
{
	struct module *module = program_module(program, frame->file);
	uint32_t line = frame->line, column = frame->column;
	enum script_maker maker;
	struct place place;
	size_t offset;

	if (!module || str_absent(module->source))
		return MAKER_NONE;
	if (!module->tree.count &&
		syntax_read(module->source, module->path, program->arena, &module->tree, NULL) < 0)
		return MAKER_NONE;
	find_in_source(module, &line, &column);
	maker = script_new(
		&module->tree, offset_of(module->source, line, column), argument, &offset);
	if (maker != MAKER_HERE)
		return maker;
	place = program_place_at(program, module, offset);
	*ret = (struct script_frame){.line = place.line,
		.column = place.column,
		.file = arena_printf(program->arena, "told:%.*s", STR_ARG(place.file))};
	return maker;
}

struct place program_place_at(struct program *program, const struct module *module, size_t offset)
{
	struct place place = {program_told_path(program, module->path), 1, 1};
	size_t start = 0;

	for (size_t i = 0; i < offset && i < module->source.len; i++)
		if (module->source.data[i] == '\n') {
			place.line++;
			start = i + 1;
		}
	place.column = code_points(str_slice(module->source, start, SIZE_MAX), offset - start + 1);
	return place;
}

struct script_frame program_told_frame(
	struct program *program, const struct module *module, size_t offset)
{
	struct str text =
		str_absent(module->stripped.text) ? module->source : module->stripped.text;
	struct script_frame frame = {.line = 1};
	size_t start = 0;

	for (size_t i = 0; i < offset && i < text.len; i++)
		if (text.data[i] == '\n') {
			frame.line++;
			start = i + 1;
		}
	frame.column = (unsigned)(offset - start) + 1;
	if (module->stripped.shift_count)
		script_place(
			&module->stripped, frame.line, frame.column, &frame.line, &frame.column);
	frame.column = code_points(nth_line(module->source, frame.line), frame.column);
	frame.file = arena_printf(
		program->arena, "told:%.*s", STR_ARG(program_told_path(program, module->path)));
	return frame;
}

const struct script_frame *program_author_frame(
	const struct program *program, const struct script_frame *frames, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (program_is_authors(program, frames[i].file))
			return &frames[i];
	return NULL;
}

/* ---- failures ---- */

/* By enum script_failure_kind: the class, and what is said in place of the engine's own words. */
static const struct {
	const char *class, *message, *remedy;
} failures[] = {
	[SCRIPT_EXCEPTION] = {"exception", NULL, NULL},
	[SCRIPT_SYNTAX] = {"syntax-error", NULL, NULL},
	[SCRIPT_UNRESOLVED] = {"unknown-export", NULL, NULL},
	[SCRIPT_TIME] = {"infinite-loop",
		"The program did not finish within its time limit; it was stopped here.",
		"Look for a loop whose condition never becomes false."},
	[SCRIPT_MEMORY] = {"memory-limit",
		"The program used more memory than its limit; it was stopped here.",
		"Look for what grows without end."},
	[SCRIPT_STACK] = {"infinite-recursion",
		"Functions call each other without end; the stack was full here.",
		"Look for the call that never stops."},
	[SCRIPT_ENDED] = {"exception", NULL, NULL},
	[SCRIPT_UNSETTLED] = {"exception", NULL,
		"Every await at the top needs something that ends."},
	[SCRIPT_TRAP] = {"exception", "The JavaScript engine gave up on this program.", NULL},
};

/* The author's frames, one a line, and the innermost of packages; none of the library's. */
static struct str told_stack(
	struct program *program, const struct script_frame *frames, size_t count)
{
	CLEANUP(buf_free) struct buf out = BUF(64 << 10);
	size_t shown = 0, foreign = 0;

	for (size_t i = 0; i < count && shown < SHOWN_FRAMES; i++) {
		struct place place;

		if (str_starts(frames[i].file, STR("weir:")) ||
			(!program_is_authors(program, frames[i].file) &&
				foreign++ >= SHOWN_FOREIGN))
			continue;
		place = program_place(program, &frames[i]);
		buf_printf(&out, "%s%.*s:%u:%u", shown++ ? "\n" : "", STR_ARG(place.file),
			place.line, place.column);
		if (!str_empty(frames[i].function) && !str_is(frames[i].function, "<anonymous>"))
			buf_printf(&out, " in %.*s", STR_ARG(frames[i].function));
	}
	return arena_str(program->arena, buf_str(&out));
}

/* "... export 'NAME' in module 'PATH'": the n-th text between quotes. */
static struct str quoted(struct str text, unsigned n)
{
	struct str part = {NULL, 0};

	for (unsigned i = 0; i < 2 * n; i++)
		part = str_absent(text) ? text : str_split(&text, '\'');
	return part;
}

/*
 * The import of an author's that wants a name of a module, whose path the engine says, cut off where it is
 * long; NULL: none.
 */
static const struct module *find_import(struct program *program, struct str name, struct str cut,
	size_t *ret_offset, struct str *ret_path)
{
	for (size_t i = 0; i < program->module_count; i++) {
		const struct module *module = program->modules[i];
		const struct stripped *stripped = &module->stripped;

		for (size_t k = 0; k < stripped->import_count; k++) {
			const struct script_import *import = &stripped->imports[k];
			struct resolved found;

			if (!program_is_authors(program, module->path) ||
				program_resolve_import(program, module->path, import->specifier,
					&found, NULL) < 0 ||
				!str_starts(found.path, cut))
				continue;
			for (size_t n = 0; n < import->count; n++)
				if (str_eq(import->names[n].name, name)) {
					*ret_offset = import->names[n].offset;
					*ret_path = found.path;
					return module;
				}
		}
	}
	return NULL;
}

/* At the import, else at the first place where an author's module says the name. */
static void tell_no_export(struct program *program, const struct script_failure *failure)
{
	struct str name = quoted(failure->message, 1), path = quoted(failure->message, 2);
	size_t offset = 0;
	const struct module *importer;
	struct mistake mistake = {.class = STR("unknown-export"),
		.is_error = true,
		.place.file = program_told_path(program, program->spec->main)};

	for (size_t i = 0; i < program->module_count; i++)
		if (program->modules[i]->is_made && str_starts(program->modules[i]->path, path)) {
			path = program->modules[i]->file;
			break;
		}
	importer = find_import(program, name, path, &offset, &path);
	mistake.message = arena_printf(program->arena, "%.*s has no export \"%.*s\"",
		STR_ARG(program_told_path(program, path)), STR_ARG(name));
	if (importer)
		mistake.place = program_place_at(program, importer, offset);
	for (size_t i = 0; i < program->module_count && !importer; i++) {
		const struct module *module = program->modules[i];
		size_t at = str_absent(module->source) || str_eq(module->path, path) ||
				!program_is_authors(program, module->path)
			? SIZE_MAX
			: str_find(module->source, name);

		if (at == SIZE_MAX)
			continue;
		mistake.place = program_place_at(program, module, at);
		break;
	}
	answer_mistake(program->answer, &mistake);
}

/* What the library throws has its class with it (lib/cdktf/findings.ts); nothing else may choose one freely. */
static bool is_class(struct str name)
{
	static const char *const classes[] = {"bad-id", "circular-dependency", "colliding-ids",
		"duplicate-id", "missing-provider", "missing-required", "no-stack", "token-misuse",
		"too-many-items", "unknown-module", "unknown-property", "wrong-type"};

	for (size_t i = 0; i < COUNT_OF(classes); i++)
		if (str_is(name, classes[i]))
			return true;
	return false;
}

/* Where functions called each other until the stack was full: the innermost of the author's places that come again. */
static const struct script_frame *recursing_frame(
	const struct program *program, const struct script_failure *failure)
{
	const struct script_frame *frames = failure->frames;

	for (size_t i = 0; i < failure->frame_count; i++)
		for (size_t k = i + 1;
			k < failure->frame_count && program_is_authors(program, frames[i].file);
			k++)
			if (frames[i].line == frames[k].line &&
				frames[i].column == frames[k].column &&
				str_eq(frames[i].file, frames[k].file))
				return &frames[i];
	return NULL;
}

static void tell_failure(struct program *program, const struct script_failure *failure)
{
	const struct script_frame *frame =
		program_author_frame(program, failure->frames, failure->frame_count);
	struct script_frame thrown;
	struct mistake mistake = {.class = str_of(failures[failure->kind].class),
		.is_error = true,
		.message = str_of(failures[failure->kind].message),
		.remedy = str_of(failures[failure->kind].remedy)};

	if (failure->kind == SCRIPT_ENDED && program->exit_code == 0)
		return;
	if ((failure->kind == SCRIPT_UNRESOLVED || failure->kind == SCRIPT_EXCEPTION) &&
		program->is_unresolved && str_eq(failure->message, program->unresolved.message)) {
		if (str_absent(program->unresolved.place.file))
			program->unresolved.place.file =
				program_told_path(program, program->spec->main);
		answer_mistake(program->answer, &program->unresolved);
		return;
	}
	if (failure->kind == SCRIPT_UNRESOLVED) {
		tell_no_export(program, failure);
		return;
	}
	if (failure->kind == SCRIPT_EXCEPTION && is_class(failure->class)) {
		mistake.class = failure->class;
		frame = str_empty(failure->source.file) ? frame : &failure->source;
	}
	if (failure->kind == SCRIPT_STACK && recursing_frame(program, failure))
		frame = recursing_frame(program, failure);
	/* What is no Error knows no place. */
	if (!failure->frame_count && program_mark_frame(program, program->thrown, &thrown))
		frame = &thrown;
	if (frame)
		mistake.place = failure->kind == SCRIPT_TIME ? loop_place(program, frame)
							     : program_place(program, frame);
	else
		mistake.place.file = program_told_path(program, program->spec->main);
	if (failure->kind == SCRIPT_ENDED) {
		mistake.message = arena_printf(program->arena,
			"The program ended itself by process.exit(%d).", program->exit_code);
	} else if (str_absent(mistake.message)) {
		bool named = !str_empty(failure->name) && !str_is(failure->name, "Error");

		mistake.message = arena_printf(program->arena, "%.*s%s%.*s",
			STR_ARG(named ? failure->name : STR("")), named ? ": " : "",
			STR_ARG(failure->message));
	}
	mistake.stack = told_stack(program, failure->frames, failure->frame_count);
	answer_mistake(program->answer, &mistake);
}

/* An error of weir's own, at its place. */
static void tell_error(struct program *program, const struct error *err, const char *class)
{
	struct mistake mistake = {.class = str_of(class),
		.is_error = true,
		.place = {program_told_path(program, str_of(err->file)), err->line, err->column},
		.message = str_of(err->message)};

	if (str_empty(mistake.place.file))
		mistake.place.file = program_told_path(program, program->spec->main);
	answer_mistake(program->answer, &mistake);
}

/* ---- the request ---- */

/* How it runs as three letters, then its texts, a NUL before each. */
void program_request(const struct program_spec *spec, struct buf *out)
{
	const struct str texts[] = {spec->main, spec->root, spec->base, spec->context};

	buf_add_char(out, (char)('a' + spec->strict));
	buf_add_char(out, spec->is_tracing ? 't' : '-');
	buf_add_char(out, spec->is_timing ? 't' : '-');
	for (size_t i = 0; i < COUNT_OF(texts) + spec->environment_count; i++) {
		buf_add_char(out, '\0');
		buf_add(out,
			i < COUNT_OF(texts) ? texts[i] : spec->environment[i - COUNT_OF(texts)]);
	}
}

/* The texts stay in the request. */
static bool read_request(struct str request, struct arena *arena, struct program_spec *ret_spec)
{
	struct str how = str_split(&request, '\0'), texts[4], *environment = NULL;
	size_t room = 0;

	if (how.len != 3)
		return false;
	*ret_spec = (struct program_spec){.strict = (enum program_strict)(how.data[0] - 'a'),
		.is_tracing = how.data[1] == 't',
		.is_timing = how.data[2] == 't'};
	for (size_t i = 0; i < COUNT_OF(texts); i++)
		texts[i] = str_split(&request, '\0');
	ret_spec->main = texts[0];
	ret_spec->root = texts[1];
	ret_spec->base = texts[2];
	ret_spec->context = texts[3];
	while (!str_absent(request)) {
		if (!arena_grow(arena, (void **)&environment, ret_spec->environment_count, &room,
			    sizeof(*environment)))
			return false;
		environment[ret_spec->environment_count++] = str_split(&request, '\0');
	}
	ret_spec->environment = environment;
	return true;
}

/* ---- the run ---- */

static bool has_library(void *payload, struct str path)
{
	char name[512];
	int len = snprintf(name, sizeof(name), "lib/%.*s", STR_ARG(path));

	(void)payload;
	return len > 0 && (size_t)len < sizeof(name) &&
		!str_absent(builtin_find((struct str){name, (size_t)len}));
}

static bool has_provider(void *payload, struct str name)
{
	const struct program *program = payload;

	return program->packs && packs_find(program->packs, name) != NULL;
}

/* Runs the next of the program's timers. */
static int run_timer(void *payload)
{
	const struct program *program = payload;
	script_value next = script_global(program->vm, "__weir_next");
	script_value ran = script_is_undefined(program->vm, next)
		? script_undefined(program->vm)
		: script_call(program->vm, next, NULL, 0);
	int r = !ran ? -1 : script_is_true(program->vm, ran);

	script_free(program->vm, ran);
	script_free(program->vm, next);
	return r;
}

void program_prepare(void *payload)
{
	struct program_runner *runner = payload;
	const struct script_image image = {.bytes = library_image,
		.len = (size_t)(library_image_end - library_image),
		.host = program_host,
		.host_count = program_host_count};
	struct arena *arena = arena_create(ARENA_CEILING);
	struct program *program = arena ? ARENA_NEW(arena, struct program) : NULL;
	const struct script_options options = {.time_ms = runner->time_ms,
		.memory = runner->memory,
		.image = &image,
		.loader = {program_resolve, program_load},
		.idle = run_timer,
		.payload = program};

	if (!program)
		return;
	*program = (struct program){.packs = runner->packs, .arena = arena};
	shapes_init(&program->shapes, program->packs, arena);
	program->failed = script_vm_create(&options, &program->vm, &program->failure) < 0;
	runner->ready = program;
}

/* The files are the worker's, the library and the providers ours. */
static int start(struct program *program, const struct script_source *files, struct error *err)
{
	if (program->failed) {
		*err = program->failure;
		return -1;
	}
	program->files = *files;
	program->files.library = has_library;
	program->files.provider = has_provider;
	program->files.payload = program;
	return resolver_create(
		program->spec->root, &program->files, program->arena, &program->resolver, err);
}

static bool run_text(struct program *program, struct str text, struct script_failure *ret_failure)
{
	return script_run_module(
		       program->vm, STR("weir:start"), text, program->arena, ret_failure) == 0;
}

/* The program, between what a run that traces needs and what is told once it has ended. */
static bool run_all(struct program *program, struct script_failure *ret_failure)
{
	CLEANUP(buf_free) struct buf import = BUF(64 << 10);

	buf_add(&import, STR("import "));
	program_add_quoted(&import, program->spec->main);
	if (program->spec->is_tracing &&
		!run_text(program,
			STR("import { startTracing } from './cdktf/findings.ts'; "
			    "startTracing();\n"),
			ret_failure))
		return false;
	return run_text(program, buf_str(&import), ret_failure) &&
		run_text(program, STR("import { finish } from './finish.ts'; finish();\n"),
			ret_failure);
}

void program_run(
	void *payload, struct str request, const struct script_source *files, struct buf *answer)
{
	struct program *program = ((struct program_runner *)payload)->ready;
	struct script_failure failure;
	struct program_spec spec;
	struct error err = {ERR_NONE};

	if (!program || !read_request(request, program->arena, &spec)) {
		buf_refuse(answer);
		return;
	}
	program->spec = &spec;
	program->answer = answer;
	if (start(program, files, &err) < 0)
		tell_error(program, &err, "exception");
	else if (!run_all(program, &failure))
		tell_failure(program, &failure);
	/* Nothing is freed: the process ends, and who waits for the answer should have it first. */
}
