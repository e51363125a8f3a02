/* SPDX-License-Identifier: Apache-2.0 */
/* The engine: modules from a table, functions of ours, limits, and what is said of a failure. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "script/vm.h"

struct module {
	const char *name, *text;
};

struct world {
	const struct module *modules;
	struct arena *arena;
	struct buf told;
	struct script_vm *vm;
	struct script_failure failure;
};

static int resolve(void *payload, struct str from, struct str specifier, struct str *ret_name,
	struct error *err)
{
	struct world *world = payload;

	(void)from;
	for (const struct module *m = world->modules; m->name; m++)
		if (str_is(specifier, m->name)) {
			*ret_name = specifier;
			return 0;
		}
	return error_set(err, ERR_FILE_MISSING, "there is no module %.*s", STR_ARG(specifier));
}

static int load(void *payload, struct str name, struct str *ret_text, struct error *err)
{
	struct world *world = payload;
	const struct module *m = world->modules;

	(void)err;
	while (!str_is(name, m->name))
		m++;
	*ret_text = str_of(m->text);
	return 0;
}

/* tell(text): what the test compares. */
static script_value tell(
	struct script_vm *vm, void *payload, const script_value *arguments, size_t count)
{
	struct world *world = payload;

	if (count == 0)
		return script_throw(vm, "tell wants a text");
	buf_add(&world->told, script_to_text(vm, arguments[0], world->arena));
	buf_add_char(&world->told, '\n');
	return script_undefined(vm);
}

/* where(): the place from which it was called. */
static script_value where(
	struct script_vm *vm, void *payload, const script_value *arguments, size_t count)
{
	struct world *world = payload;
	struct script_frame *frames;

	(void)arguments;
	(void)count;
	if (script_stack(vm, world->arena, &frames) < 2)
		return script_throw(vm, "no stack");
	return script_text(vm,
		arena_printf(world->arena, "%.*s:%u:%u in %.*s", STR_ARG(frames[0].file),
			frames[0].line, frames[0].column, STR_ARG(frames[0].function)));
}

/* upper(bytes): a byte array of ASCII, and one of the same in JSON. */
static script_value bytes(
	struct script_vm *vm, void *payload, const script_value *arguments, size_t count)
{
	struct world *world = payload;
	struct str given;

	if (count == 0 || str_absent(given = script_to_bytes(vm, arguments[0], world->arena)))
		return script_throw(vm, "bytes wants a Uint8Array");
	return script_bytes(vm, str_slice(given, 1, SIZE_MAX));
}

static script_value json(
	struct script_vm *vm, void *payload, const script_value *arguments, size_t count)
{
	(void)payload;
	(void)arguments;
	(void)count;
	return script_json(vm, STR("{\"a\":[1,{\"b\":\"\\u00e4\"}]}"));
}

static script_value run_again(
	struct script_vm *vm, void *payload, const script_value *arguments, size_t count)
{
	struct world *world = payload;
	struct script_failure failure;
	struct str text = script_to_text(vm, arguments[0], world->arena);

	(void)count;
	if (script_run_module(vm, STR("inner"), text, world->arena, &failure) < 0)
		return script_throw(vm, "inner: %.*s", STR_ARG(failure.message));
	return script_undefined(vm);
}

/* compile(file, text, argument): what the function that the text is makes of the argument. */
static script_value compile(
	struct script_vm *vm, void *payload, const script_value *arguments, size_t count)
{
	struct world *world = payload;
	script_value function, result = 0;

	function = script_evaluate(vm, script_to_text(vm, arguments[0], world->arena),
		script_to_text(vm, arguments[1], world->arena));
	if (function)
		result = script_call(vm, function, &arguments[2], count - 2);
	script_free(vm, function);
	return result;
}

/* load(name): a module's namespace. */
static script_value load_module(
	struct script_vm *vm, void *payload, const script_value *arguments, size_t count)
{
	struct world *world = payload;

	(void)count;
	return script_namespace(vm, STR("main"), script_to_text(vm, arguments[0], world->arena));
}

static script_value end(
	struct script_vm *vm, void *payload, const script_value *arguments, size_t count)
{
	(void)payload;
	(void)arguments;
	(void)count;
	script_end(vm);
	return script_undefined(vm);
}

static const struct script_host host[] = {
	{"compile", compile},
	{"load", load_module},
	{"end", end},
	{"tell", tell},
	{"where", where},
	{"bytes", bytes},
	{"json", json},
	{"run", run_again},
};

static int setup(void **state)
{
	static struct world world;

	world = (struct world){.arena = arena_create(64 << 20), .told = BUF(1 << 20)};
	*state = &world;
	return world.arena ? 0 : -1;
}

static int teardown(void **state)
{
	struct world *world = *state;

	script_vm_destroy(world->vm);
	buf_free(&world->told);
	arena_destroy(world->arena);
	return 0;
}

/* Calls the last of the functions in the global `later`. */
static int idle(void *payload)
{
	struct world *world = payload;
	script_value later = script_global(world->vm, "later");
	script_value next =
		script_is_undefined(world->vm, later) ? 0 : script_get(world->vm, later, "run");
	script_value ran = next ? script_call(world->vm, next, NULL, 0) : 0;
	int r = !next ? 0 : ran ? script_is_true(world->vm, ran) : -1;

	script_free(world->vm, ran);
	script_free(world->vm, next);
	script_free(world->vm, later);
	return r;
}

/* Runs the first of the modules. */
static int run_limited(
	struct world *world, const struct module *modules, unsigned time_ms, size_t memory)
{
	const struct script_options options = {.time_ms = time_ms,
		.memory = memory,
		.loader = {resolve, load},
		.idle = idle,
		.payload = world};

	world->modules = modules;
	assert_int_equal(script_vm_create(&options, &world->vm, NULL), 0);
	script_set_global(world->vm, "host", script_functions(world->vm, host, COUNT_OF(host)));
	return script_run_module(world->vm, str_of(modules->name), str_of(modules->text),
		world->arena, &world->failure);
}

static int run(struct world *world, const struct module *modules)
{
	return run_limited(world, modules, 0, 0);
}

static void assert_told(struct world *world, const char *text)
{
	buf_add_char(&world->told, '\0');
	assert_string_equal(world->told.data, text);
}

/* The kind, "Name: message" and the frames as lines. */
static void assert_failure(struct world *world, enum script_failure_kind kind, const char *text)
{
	CLEANUP(buf_free) struct buf out = BUF(1 << 20);
	const struct script_failure *failure = &world->failure;

	buf_printf(&out, "%.*s: %.*s", STR_ARG(failure->name), STR_ARG(failure->message));
	for (size_t i = 0; i < failure->frame_count; i++)
		buf_printf(&out, "\n%.*s:%u:%u %.*s", STR_ARG(failure->frames[i].file),
			failure->frames[i].line, failure->frames[i].column,
			STR_ARG(failure->frames[i].function));
	buf_add_char(&out, '\0');
	assert_string_equal(out.data, text);
	assert_int_equal(failure->kind, kind);
}

static void test_modules(void **state)
{
	static const struct module modules[] = {
		{"main",
			"import { a } from 'one';\nimport * as two from 'two';\n"
			"host.tell(`${a} ${two.default} ${await Promise.resolve(3)}`);\n"},
		{"one", "import 'two';\nexport const a = 1;\n"},
		{"two", "host.tell('two'); export default 2;"},
		{NULL, NULL},
	};

	assert_int_equal(run(*state, modules), 0);
	assert_told(*state, "two\n1 2 3\n");
}

static void test_values(void **state)
{
	static const struct module modules[] = {
		{"main",
			"const b = host.bytes(new Uint8Array([1, 2, 255]).subarray(1));\n"
			"host.tell(`${b.constructor.name} ${[...b]} "
			"${JSON.stringify(host.json())}`);\n"
			"function f() { return host.where(); }\nhost.tell(f());\n"
			"try { host.bytes(5); } catch (e) { host.tell(e); }\n"
			"host.run('host.tell(\"inner\")');\n"
			"try { host.run('null.x'); } catch (e) { host.tell(e.message); }\n"
			"try { host.run('}'); } catch (e) { host.tell(e.message); }\n"
			"host.tell('\\ud800 \\0 \\u{1f600}'.length);\n"},
		{NULL, NULL},
	};

	assert_int_equal(run(*state, modules), 0);
	assert_told(*state,
		"Uint8Array 255 {\"a\":[1,{\"b\":\"\u00e4\"}]}\n"
		"main:3:28 in f\n"
		"Error: bytes wants a Uint8Array\n"
		"inner\ninner: cannot read property 'x' of null\n"
		"inner: unexpected token in expression: '}'\n6\n");
}

/* Sloppy code, as CommonJS is: `this` is the global object, and a name comes to be where it is set. */
static void test_scripts(void **state)
{
	static const struct module modules[] = {
		{"main",
			"host.tell(host.compile('a.cjs', '(function (x) {\\n  made = x + 1;\\n"
			"  return [made, this === globalThis, host.where()].join();\\n})', 2));\n"
			"try { host.compile('b.cjs', '(function () { throw new TypeError(\"t\") "
			"})'); }"
			" catch (e) { host.tell(e); }\n"
			"try { host.compile('c.cjs', '(function () {{ })'); } catch (e) { "
			"host.tell(e.name); "
			"}\n"},
		{NULL, NULL},
	};

	assert_int_equal(run(*state, modules), 0);
	assert_told(*state, "3,true,a.cjs:3:43 in <anonymous>\nTypeError: t\nSyntaxError\n");
}

static void test_exception(void **state)
{
	static const struct module modules[] = {
		{"main", "import { f } from 'one';\n\n/* \u00e4 */ f();\n"},
		{"one", "export function f() {\n\tthrow new TypeError('no');\n}\n"},
		{NULL, NULL},
	};

	assert_int_equal(run(*state, modules), -1);
	assert_failure(
		*state, SCRIPT_EXCEPTION, "TypeError: no\none:2:12 f\nmain:3:10 <anonymous>");
}

static void test_time(void **state)
{
	static const struct module modules[] = {
		{"main",
			"let i = 0;\nfunction f() {\n  for (;;) {\n"
			"    try { while (i >= 0) i++; } catch { i = 0; }\n  }\n}\nf();\n"},
		{NULL, NULL},
	};

	assert_int_equal(run_limited(*state, modules, 50, 0), -1);
	assert_failure(*state, SCRIPT_TIME,
		"InternalError: interrupted\nmain:4:23 f\nmain:7:1 <anonymous>");
}

static void test_memory(void **state)
{
	static const struct module modules[] = {
		{"main",
			"const rows = [];\nfor (;;) {\n  rows.push(new "
			"Array(1e5).fill('x'));\n}\n"},
		{NULL, NULL},
	};

	assert_int_equal(run_limited(*state, modules, 0, 16 << 20), -1);
	assert_failure(
		*state, SCRIPT_MEMORY, "InternalError: out of memory\nmain:3:28 <anonymous>");
}

static void test_stack(void **state)
{
	static const struct module modules[] = {
		{"main", "function f(x) {\n  return f(x) + 1;\n}\nf(1);\n"},
		{NULL, NULL},
	};
	struct world *world = *state;

	assert_int_equal(run(world, modules), -1);
	assert_int_equal(world->failure.kind, SCRIPT_STACK);
	assert_int_equal(world->failure.frames[0].line, 2);
}

static void test_syntax(void **state)
{
	static const struct module modules[] = {
		{"main", "import 'one';\n"},
		{"one", "const x = ;\n"},
		{NULL, NULL},
	};

	assert_int_equal(run(*state, modules), -1);
	assert_failure(*state, SCRIPT_SYNTAX,
		"SyntaxError: unexpected token in expression: ';'\none:1:11 ");
}

/* A text that is no JSON is an exception like others, and one that no one handles too. */
static void test_rejection(void **state)
{
	static const struct module modules[] = {
		{"main",
			"Promise.reject(1).catch(() => host.tell('handled'));\n"
			"(async () => { await 1;\n  JSON.parse('{'); })();\n"},
		{NULL, NULL},
	};
	struct world *world = *state;

	assert_int_equal(run(world, modules), -1);
	assert_int_equal(world->failure.kind, SCRIPT_EXCEPTION);
	assert_string_equal(world->failure.name.data, "SyntaxError");
	assert_int_equal(world->failure.frames[0].line, 3);
	assert_told(world, "handled\n");
}

static void test_unresolved(void **state)
{
	static const struct module no_module[] = {{"main", "import 'none';\n"}, {NULL, NULL}};
	static const struct module no_export[] = {
		{"main", "import { b } from 'one';\n"},
		{"one", "export const a = 1;\n"},
		{NULL, NULL},
	};
	struct world *world = *state;

	assert_int_equal(run(world, no_module), -1);
	assert_failure(world, SCRIPT_UNRESOLVED, "Error: there is no module none");
	script_vm_cleanup(&world->vm);
	assert_int_equal(run(world, no_export), -1);
	assert_failure(
		world, SCRIPT_UNRESOLVED, "SyntaxError: Could not find export 'b' in module 'one'");
}

/* A module that a script asks for while it runs. */
static void test_namespace(void **state)
{
	static const struct module modules[] = {
		{"main",
			"host.tell(host.load('one').a);\n"
			"for (const name of ['none', 'broken', 'late', 'wrong'])\n"
			"  try { host.load(name); } catch (e) { host.tell(`${e.name}: "
			"${e.message}`); }\n"
			"host.tell(typeof weirNamespace);\n"},
		{"one", "export const a = 'of one'; host.tell('once');\n"},
		{"broken", "throw new RangeError('thrown');\n"},
		{"late", "await new Promise(() => {});\n"},
		{"wrong", "}"},
		{NULL, NULL},
	};

	assert_int_equal(run(*state, modules), 0);
	assert_told(*state,
		"once\nof one\nError: there is no module none\nRangeError: thrown\n"
		"Error: late waits for something at its top, and must be imported\n"
		"SyntaxError: unexpected token in expression: '}'\nundefined\n");
}

/* Past catch and finally, at the place that asked for it. */
static void test_end(void **state)
{
	static const struct module modules[] = {
		{"main",
			"Promise.resolve().then(() => host.tell('never'));\n"
			"function stop() { host.end(); for (;;); }\n"
			"try { host.tell('before'); stop(); } catch { host.tell('caught'); }\n"
			"finally { host.tell('finally'); }\n"},
		{NULL, NULL},
	};
	struct world *world = *state;

	assert_int_equal(run(world, modules), -1);
	assert_int_equal(world->failure.kind, SCRIPT_ENDED);
	assert_int_equal(world->failure.frames[1].line, 3);
	assert_told(world, "before\n");
}

/* What waits runs when no promise is ready. */
static void test_idle(void **state)
{
	static const struct module modules[] = {
		{"main",
			"const list = [];\n"
			"globalThis.later = { run() { const f = list.shift(); f?.(); return !!f; } "
			"};\n"
			"list.push(() => host.tell('first'), () => { throw new Error('second'); "
			"});\n"
			"host.tell(await new Promise((done) => list.unshift(() => "
			"done('waited'))));\n"},
		{NULL, NULL},
	};

	assert_int_equal(run(*state, modules), -1);
	assert_failure(
		*state, SCRIPT_EXCEPTION, "Error: second\nmain:3:55 <anonymous>\nmain:2:54 run");
	assert_told(*state, "waited\nfirst\n");
}

static void test_unsettled(void **state)
{
	static const struct module modules[] = {
		{"main", "await new Promise(() => {});\n"},
		{NULL, NULL},
	};

	assert_int_equal(run(*state, modules), -1);
	assert_failure(
		*state, SCRIPT_UNSETTLED, "Error: the module waits for something that never comes");
}

/* Every run is the same run. */
static void test_still(void **state)
{
	static const struct module modules[] = {
		{"main",
			"host.tell(new Date().toISOString());\n"
			"host.tell(`${new Date(2020, 1, 1).getTimezoneOffset()}`);\n"
			"host.tell(`${performance.now()} ${Math.random()}`);\n"},
		{NULL, NULL},
	};
	struct world *world = *state;
	struct str first;

	assert_int_equal(run(world, modules), 0);
	first = arena_str(world->arena, buf_str(&world->told));
	assert_true(str_starts(first, STR("2001-09-09T01:46:40.000Z\n0\n0 0.")));
	script_vm_cleanup(&world->vm);
	buf_clear(&world->told);
	assert_int_equal(run(world, modules), 0);
	assert_told(world, first.data);
}

/* Code of native recursion is bounded as well: deep data is an error, not a crash. */
static void test_deep(void **state)
{
	static const struct module modules[] = {
		{"main",
			"const say = (f) => { try { f(); } catch (e) { host.tell(e.name); } };\n"
			"say(() => JSON.parse('['.repeat(1e6)));\n"
			"say(() => new Function('('.repeat(1e6)));\n"
			"say(() => new RegExp('('.repeat(1e5) + ')'.repeat(1e5)));\n"
			"let a = []; for (let i = 0; i < 1e6; i++) a = [a];\n"
			"say(() => JSON.stringify(a));\n"},
		{NULL, NULL},
	};

	assert_int_equal(run(*state, modules), 0);
	assert_told(*state, "RangeError\nRangeError\nSyntaxError\nRangeError\n");
}

/* What an engine holds when these modules have run. */
static struct script_image image_of(struct world *world, const struct module *modules)
{
	CLEANUP(buf_free) struct buf bytes = BUF(64 << 20);
	struct script_image image = {.host = host, .host_count = COUNT_OF(host)};

	assert_int_equal(run(world, modules), 0);
	assert_true(script_vm_save(world->vm, &bytes));
	script_vm_cleanup(&world->vm);
	image.len = bytes.len;
	image.bytes = arena_str(world->arena, buf_str(&bytes)).data;
	assert_non_null(image.bytes);
	return image;
}

static const struct module library[] = {
	{"main",
		"import { add } from 'library'; import { tell } from 'weir:host'; add(1); "
		"tell('once');"},
	{"library",
		"import { tell, where } from 'weir:host';\n"
		"let sum = 0; export function add(n) { tell(`${sum += n} ${where()}`); }\n"},
	{"weir:host", "const host = globalThis.host; export const { tell, where } = host;\n"},
	{NULL, NULL},
};

/* Of the library nothing is loaded again, and its variables are as they were left. */
static void test_image(void **state)
{
	static const struct module program[] = {
		{"main",
			"import { add } from 'library'; add(2);\n"
			"const a = []; try { for (;;) a.push(new Array(1e5).fill(0)); }\n"
			"catch (e) { a.length = 0; host.tell(e.message); }\n"
			"Promise.resolve().then(() => { throw new RangeError('late'); });\n"},
		{"library", "syntax error"},
		{NULL, NULL},
	};
	struct world *world = *state;
	struct script_image first = image_of(world, library), second = image_of(world, library);
	struct script_options options = {
		.memory = 16 << 20, .image = &second, .loader = {resolve, load}, .payload = world};
	struct error err = {ERR_NONE};

	assert_int_equal(first.len, second.len);
	assert_memory_equal(first.bytes, second.bytes, first.len);
	buf_clear(&world->told);
	world->modules = program;
	assert_int_equal(script_vm_create(&options, &world->vm, NULL), 0);
	assert_int_equal(script_run_module(world->vm, STR("main"), str_of(program[0].text),
				 world->arena, &world->failure),
		-1);
	assert_failure(world, SCRIPT_EXCEPTION, "RangeError: late\nmain:4:42 <anonymous>");
	assert_told(world, "3 library:2:59 in add\nout of memory\n");
	script_vm_cleanup(&world->vm);

	options.image = &first;
	first.host_count--;
	assert_int_equal(script_vm_create(&options, &world->vm, &err), -70);
	assert_string_equal(err.message, "the engine's image is not its own");
	first.host_count++;
	assert_int_equal(script_vm_create(&options, &world->vm, NULL), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_modules, setup, teardown),
		cmocka_unit_test_setup_teardown(test_values, setup, teardown),
		cmocka_unit_test_setup_teardown(test_scripts, setup, teardown),
		cmocka_unit_test_setup_teardown(test_exception, setup, teardown),
		cmocka_unit_test_setup_teardown(test_time, setup, teardown),
		cmocka_unit_test_setup_teardown(test_memory, setup, teardown),
		cmocka_unit_test_setup_teardown(test_stack, setup, teardown),
		cmocka_unit_test_setup_teardown(test_syntax, setup, teardown),
		cmocka_unit_test_setup_teardown(test_rejection, setup, teardown),
		cmocka_unit_test_setup_teardown(test_unresolved, setup, teardown),
		cmocka_unit_test_setup_teardown(test_namespace, setup, teardown),
		cmocka_unit_test_setup_teardown(test_end, setup, teardown),
		cmocka_unit_test_setup_teardown(test_idle, setup, teardown),
		cmocka_unit_test_setup_teardown(test_unsettled, setup, teardown),
		cmocka_unit_test_setup_teardown(test_still, setup, teardown),
		cmocka_unit_test_setup_teardown(test_deep, setup, teardown),
		cmocka_unit_test_setup_teardown(test_image, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
