/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The engine's life, its modules and its failures; values are value.c, images image.c.  The
 * only files that know the engine's own functions are those that include engine.h.
 *
 * Addresses and lengths that the engine hands out have 32 bits, and the memory's
 * reservation 8 GiB: an address that is wrong, whatever the reason, is a fault
 * inside the reservation, and a fault there is a trap (runtime.c).  So nothing
 * here checks them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/json.h"
#include "script/engine.h"
#include "script/runtime.h"

enum {
	DEFAULT_TIME_MS = 10 * 1000,
	DEFAULT_MEMORY = 512 << 20,
	/* Cycles are looked for when the engine holds this part of its limit, and then each time it has grown by half. */
	GARBAGE_PART = 4,
	/* The engine's own stack has 1 MiB, of which native frames need some. */
	STACK = 256 * 1024,
	MAX_FRAMES = 50,
	MAX_MESSAGE = 64 * 1024,
	EVAL_MODULE = 1,
	/* 2001-09-09T01:46:40Z, in nanoseconds: a time, and nobody's. */
	CLOCK_SECONDS = 1000000000,
	/* wasi: not a file that can be sought. */
	WASI_SPIPE = 52 + 18,
};

/* What the engine imports is called with these; both are the vm. */
struct Z_env_instance_t {
	struct script_vm vm;
};

static struct script_vm *vm_of(struct Z_env_instance_t *env)
{
	return &env->vm;
}

/* ---- what the engine imports ---- */

u32 Z_envZ_host_call(
	struct Z_env_instance_t *env, u32 name, u32 name_len, u32 self, u32 argc, u32 argv)
{
	struct script_vm *vm = vm_of(env);
	script_value arguments[ENGINE_MAX_ARGUMENTS];
	uint64_t index;

	(void)self;
	if (!str_to_u64((struct str){engine_at(vm, name), name_len}, &index) ||
		index >= vm->function_count)
		return script_throw(vm, "no such function");
	if (argc > ENGINE_MAX_ARGUMENTS)
		argc = ENGINE_MAX_ARGUMENTS;
	memcpy(arguments, engine_at(vm, argv), argc * sizeof(*arguments));
	return vm->functions[index](vm, vm->options.payload, arguments, argc);
}

static int64_t processor_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

bool engine_is_interrupted(struct script_vm *vm)
{
	vm->interrupted =
		vm->interrupted || vm->ended || (vm->deadline && processor_ms() >= vm->deadline);
	return vm->interrupted;
}

u32 Z_envZ_host_interrupt(struct Z_env_instance_t *env)
{
	return engine_is_interrupted(vm_of(env));
}

void script_end(struct script_vm *vm)
{
	vm->ended = true;
}

/* A promise is rejected that nobody handles yet, or handled at last. */
void Z_envZ_host_promise_rejection(
	struct Z_env_instance_t *env, u32 promise, u32 reason, u32 handled)
{
	struct script_vm *vm = vm_of(env);
	u32 identity = Z_quickjsZ_qjs_get_value_ptr(&vm->engine, promise);

	script_free(vm, promise);
	for (size_t i = 0; handled && i < vm->rejection_count; i++) {
		if (vm->rejections[i].promise != identity)
			continue;
		script_free(vm, vm->rejections[i].reason);
		vm->rejections[i] = vm->rejections[--vm->rejection_count];
		break;
	}
	if (!handled && vm->rejection_count < ENGINE_MAX_REJECTIONS)
		vm->rejections[vm->rejection_count++] = (struct rejection){identity, reason};
	else
		script_free(vm, reason);
}

/* By this code, which is Node's, a failure is known again. */
#define UNRESOLVED "ERR_MODULE_NOT_FOUND"

/* An error of the loader, as a JavaScript one; what it has thrown itself stays. */
static u32 loader_failed(struct script_vm *vm, const struct error *err)
{
	script_value error;

	if (err->id == ERR_NONE)
		return 0;
	error = Z_quickjsZ_qjs_new_error(&vm->engine);
	script_set(vm, error, "message", script_text(vm, str_of(err->message)));
	script_set(vm, error, "code", script_text(vm, STR(UNRESOLVED)));
	script_free(vm, Z_quickjsZ_qjs_throw(&vm->engine, error));
	script_free(vm, error);
	return 0;
}

u32 Z_envZ_host_module_normalize(struct Z_env_instance_t *env, u32 base, u32 name)
{
	struct script_vm *vm = vm_of(env);
	struct str full;
	struct error err = {ERR_NONE};

	if (vm->options.loader.resolve(vm->options.payload, str_of(engine_at(vm, base)),
		    str_of(engine_at(vm, name)), &full, &err) < 0)
		return loader_failed(vm, &err);
	return engine_put(vm, full);
}

u32 Z_envZ_host_module_load(struct Z_env_instance_t *env, u32 name, u32 out_len)
{
	struct script_vm *vm = vm_of(env);
	struct str text;
	struct error err = {ERR_NONE};
	u32 len;

	if (vm->options.loader.load(vm->options.payload, str_of(engine_at(vm, name)), &text, &err) <
		0)
		return loader_failed(vm, &err);
	len = (u32)text.len;
	memcpy(engine_at(vm, out_len), &len, sizeof(len));
	return engine_put(vm, text);
}

/* Everything is in UTC. */
u32 Z_envZ_host_get_timezone_offset(struct Z_env_instance_t *env, u32 high, u32 low)
{
	(void)env;
	(void)high;
	(void)low;
	return 0;
}

/* wasi's half: `wasi` is the same object as `env`. */
#define WASI struct Z_wasi_snapshot_preview1_instance_t *wasi

static struct script_vm *wasi_vm(WASI)
{
	return vm_of((struct Z_env_instance_t *)wasi);
}

/* Time stands still. */
u32 Z_wasi_snapshot_preview1Z_clock_time_get(WASI, u32 clock, u64 precision, u32 out)
{
	const u64 now = (u64)CLOCK_SECONDS * 1000000000;

	(void)clock;
	(void)precision;
	memcpy(engine_at(wasi_vm(wasi), out), &now, sizeof(now));
	return 0;
}

/* The same bytes in every run. */
u32 Z_wasi_snapshot_preview1Z_random_get(WASI, u32 at, u32 len)
{
	unsigned char *to = (unsigned char *)engine_at(wasi_vm(wasi), at);

	for (u32 i = 0; i < len; i++)
		to[i] = (unsigned char)(i * 151 + 17);
	return 0;
}

/* What the engine itself would print is dropped: it prints where it is debugged. */
u32 Z_wasi_snapshot_preview1Z_fd_write(WASI, u32 fd, u32 vectors, u32 count, u32 out)
{
	struct script_vm *vm = wasi_vm(wasi);
	u32 sum = 0;

	(void)fd;
	for (u32 i = 0; i < count; i++) {
		u32 len;

		memcpy(&len, engine_at(vm, vectors + i * 8 + 4), sizeof(len));
		sum += len;
	}
	memcpy(engine_at(vm, out), &sum, sizeof(sum));
	return 0;
}

u32 Z_wasi_snapshot_preview1Z_fd_fdstat_get(WASI, u32 fd, u32 out)
{
	char *stat = engine_at(wasi_vm(wasi), out);

	(void)fd;
	memset(stat, 0, 24);
	*stat = 2; /* a character device */
	return 0;
}

u32 Z_wasi_snapshot_preview1Z_fd_close(WASI, u32 fd)
{
	(void)wasi;
	(void)fd;
	return WASI_SPIPE;
}

u32 Z_wasi_snapshot_preview1Z_fd_seek(WASI, u32 fd, u64 offset, u32 whence, u32 out)
{
	(void)wasi;
	(void)fd;
	(void)offset;
	(void)whence;
	(void)out;
	return WASI_SPIPE;
}

/* ---- life ---- */

static bool initialize(struct script_vm *vm)
{
	Z_quickjs_instance_t *engine = &vm->engine;

	Z_quickjs_instantiate(engine, (struct Z_env_instance_t *)vm,
		(struct Z_wasi_snapshot_preview1_instance_t *)vm);
	Z_quickjsZ__initialize(engine);
	if (Z_quickjsZ_qjs_init(engine) != 0)
		return false;
	Z_quickjsZ_qjs_set_max_stack_size(engine, STACK);
	Z_quickjsZ_qjs_set_interrupt_handler(engine, 1);
	Z_quickjsZ_qjs_set_promise_rejection_handler(engine, 1);
	Z_quickjsZ_qjs_set_module_loader(engine, 1);
	vm->error_class = script_global(vm, "Error");
	vm->json_parse = script_get(vm, script_global(vm, "JSON"), "parse");
	script_set(vm, vm->error_class, "stackTraceLimit", script_number(vm, MAX_FRAMES));
	return true;
}

static void boot(void *payload)
{
	static bool initialized;
	struct script_vm *vm = payload;
	Z_quickjs_instance_t *engine = &vm->engine;

	if (!initialized)
		Z_quickjs_init_module();
	initialized = true;
	if (vm->options.image)
		vm->ready = engine_restore(vm, vm->options.image);
	else
		vm->ready = initialize(vm);
	if (!vm->ready)
		return;
	Z_quickjsZ_qjs_set_memory_limit(engine, (u32)vm->options.memory);
	Z_quickjsZ_qjs_set_gc_threshold(engine, (u32)(vm->options.memory / GARBAGE_PART));
}

int script_vm_create(
	const struct script_options *options, struct script_vm **ret_vm, struct error *err)
{
	struct script_vm *vm = mem_alloc(sizeof(struct Z_env_instance_t));
	const char *trap;

	if (!vm)
		return error_memory(err);
	vm->options = *options;
	if (!vm->options.time_ms)
		vm->options.time_ms = DEFAULT_TIME_MS;
	if (!vm->options.memory)
		vm->options.memory = DEFAULT_MEMORY;
	if (!runtime_begin()) {
		script_vm_destroy(vm);
		return error_memory(err);
	}
	trap = runtime_guard(boot, vm);
	if (trap || !vm->ready) {
		script_vm_destroy(vm);
		return options->image
			? error_set(err, ERR_DEFECT, "the engine's image is not its own")
			: error_memory(err);
	}
	*ret_vm = vm;
	return 0;
}

void script_vm_destroy(struct script_vm *vm)
{
	if (!vm)
		return;
	/* All that the engine holds lies in its memory. */
	if (vm->engine.w2c_memory.data)
		Z_quickjs_free(&vm->engine);
	runtime_end();
	mem_free(vm->functions);
	mem_free(vm);
}

void script_vm_cleanup(struct script_vm **vm)
{
	script_vm_destroy(*vm);
	*vm = NULL;
}

bool engine_add_functions(struct script_vm *vm, const struct script_host *host, size_t count)
{
	size_t total = vm->function_count + count;
	script_function **functions = mem_resize(vm->functions, total * sizeof(script_function *));

	if (!functions)
		return false;
	vm->functions = functions;
	for (size_t i = 0; i < count; i++)
		functions[vm->function_count++] = host[i].call;
	return true;
}

script_value script_functions(struct script_vm *vm, const struct script_host *host, size_t count)
{
	size_t first = vm->function_count;
	script_value object = script_object(vm);

	if (!engine_add_functions(vm, host, count))
		return object;
	for (size_t i = 0; i < count; i++) {
		char name[24];
		u32 len = (u32)snprintf(name, sizeof(name), "%zu", first + i);
		u32 at = engine_put(vm, (struct str){name, len});

		script_set(vm, object, host[i].name,
			Z_quickjsZ_qjs_new_host_function(&vm->engine, at, len, 0));
		Z_quickjsZ_wasm_free(&vm->engine, at);
	}
	return object;
}

/* ---- failures ---- */

/* "    at NAME (FILE:LINE:COLUMN)" or "    at FILE:LINE:COLUMN"; false for anything else. */
static bool parse_frame(struct str line, struct script_frame *ret_frame)
{
	struct script_frame frame = {.function = STR("")};
	uint64_t numbers[2];

	line = str_trim(line);
	if (!str_starts(line, STR("at ")))
		return false;
	line = str_slice(line, 3, SIZE_MAX);
	if (str_ends(line, STR(")"))) {
		size_t at = line.len - 1;

		while (at > 0 && line.data[at] != '(')
			at--;
		frame.function = str_trim(str_slice(line, 0, at));
		line = str_slice(line, at + 1, line.len - 1);
	}
	for (int i = 0; i < 2; i++) {
		size_t at = line.len;

		while (at > 0 && line.data[at - 1] != ':')
			at--;
		if (at == 0 || !str_to_u64(str_slice(line, at, SIZE_MAX), &numbers[i]) ||
			numbers[i] > UINT32_MAX)
			return false;
		line = str_slice(line, 0, at - 1);
	}
	if (str_empty(line) || str_starts(line, STR("<")))
		return false;
	frame.file = line;
	frame.line = (unsigned)numbers[1];
	frame.column = (unsigned)numbers[0];
	*ret_frame = frame;
	return true;
}

/* Frames of native functions, and of text that is no module ("<input>"), have no place and are left out. */
static size_t parse_stack(struct str stack, struct arena *arena, struct script_frame **ret_frames)
{
	struct script_frame *frames = ARENA_ARRAY(arena, struct script_frame, MAX_FRAMES);
	size_t count = 0;

	while (frames && !str_absent(stack) && count < MAX_FRAMES)
		count += parse_frame(str_split(&stack, '\n'), &frames[count]);
	*ret_frames = frames;
	return count;
}

size_t script_stack(struct script_vm *vm, struct arena *arena, struct script_frame **ret_frames)
{
	script_value error = Z_quickjsZ_qjs_call_constructor(&vm->engine, vm->error_class, 0, 0);
	script_value stack = script_get(vm, error, "stack");
	size_t count = parse_stack(script_to_text(vm, stack, arena), arena, ret_frames);

	script_free(vm, stack);
	script_free(vm, error);
	return count;
}

static struct str member_text(
	struct script_vm *vm, script_value object, const char *key, struct arena *arena)
{
	script_value member = script_get(vm, object, key);
	struct str text = {NULL, 0};

	if (member && script_is_text(vm, member))
		text = str_slice(script_to_text(vm, member, arena), 0, MAX_MESSAGE);
	script_free(vm, member);
	return text;
}

static unsigned member_number(struct script_vm *vm, script_value object, const char *key)
{
	script_value member = script_get(vm, object, key);
	double number = member ? script_to_number(vm, member) : 0;

	script_free(vm, member);
	return number >= 1 && number < UINT32_MAX ? (unsigned)number : 0;
}

static struct script_frame member_frame(
	struct script_vm *vm, script_value object, const char *key, struct arena *arena)
{
	script_value member = script_get(vm, object, key);
	struct script_frame frame = {.function = STR("")};

	if (member && !script_is_undefined(vm, member)) {
		frame.file = member_text(vm, member, "file", arena);
		frame.line = member_number(vm, member, "line");
		frame.column = member_number(vm, member, "column");
	}
	script_free(vm, member);
	return frame;
}

static enum script_failure_kind kind_of(const struct script_vm *vm,
	const struct script_failure *failure, struct str code, struct str stack)
{
	struct script_frame first;

	if (vm->interrupted)
		return vm->ended ? SCRIPT_ENDED : SCRIPT_TIME;
	if (str_is(failure->name, "InternalError") && str_is(failure->message, "out of memory"))
		return SCRIPT_MEMORY;
	if (str_is(failure->name, "RangeError") &&
		str_is(failure->message, "Maximum call stack size exceeded"))
		return SCRIPT_STACK;
	if (str_is(code, UNRESOLVED))
		return SCRIPT_UNRESOLVED;
	if (!str_is(failure->name, "SyntaxError"))
		return SCRIPT_EXCEPTION;
	if (str_starts(failure->message, STR("Could not find export")))
		return SCRIPT_UNRESOLVED;
	/* Of a module its own place comes first; what JSON.parse() and its like refuse has none. */
	return parse_frame(str_split(&stack, '\n'), &first) && str_empty(first.function)
		? SCRIPT_SYNTAX
		: SCRIPT_EXCEPTION;
}

/* Takes `thrown` over. */
static void describe(struct script_vm *vm, script_value thrown, struct arena *arena,
	struct script_failure *ret_failure)
{
	struct script_failure failure = {.name = {NULL, 0}};
	struct str stack = {NULL, 0}, code = {NULL, 0};

	/* Reading it may run getters of the script: they have no more time than any other code. */
	if (Z_quickjsZ_qjs_is_error(&vm->engine, thrown)) {
		failure.name = member_text(vm, thrown, "name", arena);
		failure.message = member_text(vm, thrown, "message", arena);
		failure.class = member_text(vm, thrown, "kind", arena);
		failure.source = member_frame(vm, thrown, "source", arena);
		code = member_text(vm, thrown, "code", arena);
		stack = member_text(vm, thrown, "stack", arena);
		failure.frame_count = parse_stack(stack, arena, &failure.frames);
	} else {
		failure.message = str_slice(script_to_text(vm, thrown, arena), 0, MAX_MESSAGE);
	}
	failure.kind = kind_of(vm, &failure, code, stack);
	script_free(vm, thrown);
	*ret_failure = failure;
}

/* ---- running ---- */

struct run {
	struct script_vm *vm;
	struct str name, text;
	struct arena *arena;
	struct script_failure *failure;
	int result;
};

static int fail(struct run *run, script_value thrown)
{
	describe(run->vm, thrown, run->arena, run->failure);
	return -1;
}

/* Runs the jobs that are ready; a promise that nobody handles then is a failure, as in Node. */
static int run_jobs(struct run *run)
{
	struct script_vm *vm = run->vm;

	while (Z_quickjsZ_qjs_is_job_pending(&vm->engine)) {
		script_value thrown = Z_quickjsZ_qjs_execute_pending_job(&vm->engine);

		if (vm->interrupted)
			return fail(run, Z_quickjsZ_qjs_get_exception(&vm->engine));
		(void)thrown;
	}
	if (vm->rejection_count == 0)
		return 0;
	return fail(run, vm->rejections[--vm->rejection_count].reason);
}

/* Runs jobs to the end, and what waits behind them. */
static int drain(struct run *run)
{
	const struct script_options *options = &run->vm->options;
	int r, more;

	do {
		r = run_jobs(run);
		more = r == 0 && options->idle ? options->idle(options->payload) : 0;
	} while (more > 0);
	return more < 0 ? fail(run, Z_quickjsZ_qjs_get_exception(&run->vm->engine)) : r;
}

enum { PENDING, FULFILLED, REJECTED };

/* What became of a module's promise. */
static int settle(struct run *run, script_value promise, bool outermost)
{
	struct script_vm *vm = run->vm;
	u32 state = Z_quickjsZ_qjs_promise_state(&vm->engine, promise);
	int r = 0;

	if (state == PENDING && outermost) {
		r = drain(run);
		state = Z_quickjsZ_qjs_promise_state(&vm->engine, promise);
	}
	if (r == 0 && state == REJECTED)
		r = fail(run, Z_quickjsZ_qjs_promise_result(&vm->engine, promise));
	if (r == 0 && state == PENDING && outermost) {
		*run->failure = (struct script_failure){.kind = SCRIPT_UNSETTLED,
			.name = STR("Error"),
			.message = STR("the module waits for something that never comes")};
		r = -1;
	}
	if (r == 0 && outermost)
		r = drain(run);
	return r;
}

static void run_guarded(void *payload)
{
	struct run *run = payload;
	struct script_vm *vm = run->vm;
	bool outermost = vm->deadline == 0;
	u32 file = engine_put(vm, run->name), text = engine_put(vm, run->text);
	script_value promise;

	if (outermost)
		vm->deadline = processor_ms() + vm->options.time_ms;
	promise = Z_quickjsZ_qjs_eval(&vm->engine, text, (u32)run->text.len, file, EVAL_MODULE);
	if (Z_quickjsZ_qjs_is_exception(&vm->engine, promise)) {
		run->result = fail(run, Z_quickjsZ_qjs_get_exception(&vm->engine));
	} else {
		/* Its rejection is told here, and by nobody else. */
		Z_quickjsZ_qjs_promise_mark_as_handled(&vm->engine, promise);
		run->result = settle(run, promise, outermost);
	}
	script_free(vm, promise);
	Z_quickjsZ_wasm_free(&vm->engine, text);
	Z_quickjsZ_wasm_free(&vm->engine, file);
	if (outermost)
		vm->deadline = 0;
}

int script_run_module(struct script_vm *vm, struct str name, struct str text, struct arena *arena,
	struct script_failure *ret_failure)
{
	struct run run = {vm, name, text, arena, ret_failure, -1};
	const char *trap = runtime_guard(run_guarded, &run);

	if (trap) {
		*ret_failure = (struct script_failure){
			.kind = SCRIPT_TRAP, .name = STR("Error"), .message = str_of(trap)};
		return -1;
	}
	return run.result;
}

/* What a module's promise came to, for who asked within a script; false where it threw. */
static bool is_fulfilled(struct script_vm *vm, script_value promise, struct str specifier)
{
	u32 state;

	if (Z_quickjsZ_qjs_is_exception(&vm->engine, promise))
		return false;
	Z_quickjsZ_qjs_promise_mark_as_handled(&vm->engine, promise);
	state = Z_quickjsZ_qjs_promise_state(&vm->engine, promise);
	if (state == REJECTED) {
		script_value reason = Z_quickjsZ_qjs_promise_result(&vm->engine, promise);

		script_free(vm, Z_quickjsZ_qjs_throw(&vm->engine, reason));
		script_free(vm, reason);
	} else if (state == PENDING) {
		script_throw(vm, "%.*s waits for something at its top, and must be imported",
			STR_ARG(specifier));
	}
	return state == FULFILLED;
}

script_value script_namespace(struct script_vm *vm, struct str from, struct str specifier)
{
	CLEANUP(buf_free) struct buf text = BUF(64 << 10);
	struct json_writer writer;
	script_value promise, namespace = 0;
	u32 file = engine_put(vm, from), at;

	buf_add(&text, STR("import * as namespace from "));
	json_writer_init(&writer, &text, 0);
	json_string(&writer, specifier);
	buf_add(&text, STR(";globalThis.weirNamespace=namespace;"));
	at = engine_put(vm, buf_str(&text));
	promise = Z_quickjsZ_qjs_eval(&vm->engine, at, (u32)text.len, file, EVAL_MODULE);
	if (is_fulfilled(vm, promise, specifier)) {
		namespace = script_global(vm, "weirNamespace");
		script_set_global(vm, "weirNamespace", script_undefined(vm));
	}
	script_free(vm, promise);
	Z_quickjsZ_wasm_free(&vm->engine, at);
	Z_quickjsZ_wasm_free(&vm->engine, file);
	return namespace;
}
