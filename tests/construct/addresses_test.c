/* SPDX-License-Identifier: Apache-2.0 */
/* Which lists of elements have an address each, what is left to the library, and that nothing stays of what an element throws. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "construct/addresses.h"

struct world {
	struct arena *arena;
	struct script_vm *vm;
	struct script_reader reader;
	struct elements elements;
	struct buf told;
};

/* bind(prototype): of a class whose objects the host knows. */
static script_value bind(
	struct script_vm *vm, void *payload, const script_value *arguments, size_t count)
{
	struct world *world = payload;
	script_word prototype;

	assert_int_equal(count, 1);
	prototype = script_word_of(&world->reader, arguments[0]);
	assert_true(elements_add_class(&world->elements,
		&(struct element_class){.prototype = prototype,
			.to_terraform = script_word_undefined(),
			.attributes = script_word_undefined(),
			.to_metadata = script_word_undefined()}));
	return script_undefined(vm);
}

/* told(elements): tells whether they are distinct. */
static script_value told(
	struct script_vm *vm, void *payload, const script_value *arguments, size_t count)
{
	struct world *world = payload;
	bool are_distinct;

	assert_int_equal(count, 1);
	are_distinct = addresses_are_distinct(
		&world->elements, script_word_of(&world->reader, arguments[0]));
	buf_add(&world->told, are_distinct ? STR("yes ") : STR("no "));
	return script_undefined(vm);
}

/* poor(elements): the same, where there is no memory. */
static script_value poor(
	struct script_vm *vm, void *payload, const script_value *arguments, size_t count)
{
	script_value result;

	mem_fail_from(1);
	result = told(vm, payload, arguments, count);
	mem_fail_from(0);
	return result;
}

/* silent(element): tells whether it adds nothing to its stack's summary. */
static script_value silent(
	struct script_vm *vm, void *payload, const script_value *arguments, size_t count)
{
	struct world *world = payload;
	bool is_silent;

	assert_int_equal(count, 1);
	is_silent =
		elements_is_silent(&world->elements, script_word_of(&world->reader, arguments[0]));
	buf_add(&world->told, is_silent ? STR("yes ") : STR("no "));
	return script_undefined(vm);
}

static const struct script_host host[] = {
	{"bind", bind}, {"told", told}, {"poor", poor}, {"silent", silent}};

static int no_module(void *payload, struct str from, struct str specifier, struct str *ret_name,
	struct error *err)
{
	(void)payload;
	(void)from;
	(void)ret_name;
	return error_set(err, ERR_FILE_MISSING, "there is no %.*s", STR_ARG(specifier));
}

static int no_text(void *payload, struct str name, struct str *ret_text, struct error *err)
{
	(void)payload;
	(void)ret_text;
	return error_set(err, ERR_FILE_MISSING, "there is no %.*s", STR_ARG(name));
}

static int setup(void **state)
{
	static struct world world;
	const struct script_options options = {.loader = {no_module, no_text}, .payload = &world};

	world = (struct world){.arena = arena_create(64 << 20), .told = BUF(1 << 16)};
	*state = &world;
	if (!world.arena || script_vm_create(&options, &world.vm, NULL) < 0 ||
		!script_reader_begin(world.vm, world.arena, &world.reader))
		return -1;
	world.elements = (struct elements){.reader = &world.reader, .arena = world.arena};
	if (!elements_init(&world.elements))
		return -1;
	script_set_global(world.vm, "host", script_functions(world.vm, host, COUNT_OF(host)));
	return 0;
}

static int teardown(void **state)
{
	struct world *world = *state;

	script_reader_end(&world->reader);
	script_vm_destroy(world->vm);
	buf_free(&world->told);
	arena_destroy(world->arena);
	return 0;
}

static void assert_told(struct world *world, const char *program, const char *wanted)
{
	struct script_failure failure = {.message = STR("")};
	struct buf text = BUF(1 << 16);

	buf_add(&text,
		STR("class Known { constructor(name) { this._uniqueId = name; }\n"
		    "get friendlyUniqueId() { throw new Error('asked'); } }\n"
		    "Known.prototype._blockKind = 'queue';\n"
		    "host.bind(Known.prototype);\n"
		    "const known = (name) => new Known(name);\n"
		    "class Other { constructor(kind, name) { this.kind = kind; this.name = name; "
		    "}\n"
		    "get _blockKind() { return this.kind; }\n"
		    "get friendlyUniqueId() { return this.name; } }\n"
		    "const other = (kind, name) => new Other(kind, name);\n"));
	buf_add(&text, str_of(program));
	if (script_run_module(world->vm, STR("main"), buf_str(&text), world->arena, &failure) < 0)
		fail_msg("%.*s", STR_ARG(failure.message));
	buf_free(&text);
	buf_add_char(&world->told, '\0');
	assert_string_equal(buf_str(&world->told).data, wanted);
}

static void one_kind_and_name_is_one_address(void **state)
{
	assert_told(*state,
		"host.told([]);\n"
		"host.told([known('a'), known('b'), other('queue', 'c'), other('topic', 'a')]);\n"
		"host.told([known('a'), known('b'), known('a')]);\n"
		"host.told([known('a'), other('topic', 'b'), other('queue', 'a')]);\n"
		"host.told([other('qu', 'a'), other('queu', 'a'), other('q', 'uea')]);\n",
		"yes yes no no yes ");
}

static void names_begin_with_a_letter_or_an_underscore(void **state)
{
	assert_told(*state,
		"for (const name of ['_', 'Z9', 'z', '9', '-a', '', '\\u00e9'])"
		"host.told([known(name)]);\n",
		"yes yes yes no no no no ");
}

static void what_has_no_address_may_have_any_name(void **state)
{
	assert_told(*state,
		"host.told([{ get friendlyUniqueId() { host.told([]); return 'a'; } }]);\n"
		"host.told([other(undefined, 'a'), other(undefined, 'a'), other(undefined, 9)]);\n"
		"host.told([other(null, 'a')]);\n"
		"host.told([other('queue', undefined)]);\n"
		"host.told([other('queue', 9)]);\n",
		"yes yes no no no ");
}

/* A program's own class is asked for the name, whatever it keeps; what that throws is left to the library. */
static void only_known_classes_are_not_asked(void **state)
{
	assert_told(*state,
		"class Own extends Known { get friendlyUniqueId() { return 'own'; } }\n"
		"host.told([new Own('a'), known('own')]);\n"
		"host.told([new Own('a'), known('a')]);\n"
		"class Failing extends Known { }\n"
		"host.told([new Failing('a')]);\n"
		"host.told([known(undefined)]);\n"
		"host.told([known('a')]);\n",
		"no yes no no yes ");
}

static void there_may_be_many(void **state)
{
	assert_told(*state,
		"const many = Array.from({ length: 5000 }, (_, at) => known(`n${at}`));\n"
		"host.told(many);\n"
		"host.told([...many, known('n4999')]);\n",
		"yes no ");
}

static void memory_that_runs_out_tells_nothing(void **state)
{
	assert_told(*state,
		"const list = [known('a'), known('b')];\n"
		"host.told(list); host.poor(list); host.told(list);\n",
		"yes no yes ");
}

/* What it throws is gone once nobody holds it: it isn't left pending, for whatever fails next. */
static void what_an_element_throws_is_forgotten(void **state)
{
	assert_told(*state,
		"let thrown;\n"
		"const raise = () => { const error = new Error('x'); thrown = new WeakRef(error); "
		"throw error; };\n"
		"const silent = (name) => { const element = known('a'); "
		"Object.defineProperty(element, name, { get: raise }); host.silent(element); "
		"if (thrown.deref()) host.told([]); };\n"
		"silent('_isAltered'); silent('toMetadata');\n",
		"no no ");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(one_kind_and_name_is_one_address, setup, teardown),
		cmocka_unit_test_setup_teardown(
			names_begin_with_a_letter_or_an_underscore, setup, teardown),
		cmocka_unit_test_setup_teardown(
			what_has_no_address_may_have_any_name, setup, teardown),
		cmocka_unit_test_setup_teardown(only_known_classes_are_not_asked, setup, teardown),
		cmocka_unit_test_setup_teardown(there_may_be_many, setup, teardown),
		cmocka_unit_test_setup_teardown(
			memory_that_runs_out_tells_nothing, setup, teardown),
		cmocka_unit_test_setup_teardown(
			what_an_element_throws_is_forgotten, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
