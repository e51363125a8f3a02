/* SPDX-License-Identifier: Apache-2.0 */
/* What a script has, taken into a document and written: values, merging, order, and calls back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "construct/snapshot.h"

struct world {
	struct arena *arena;
	struct script_vm *vm;
	struct document_node document;
	const struct snapshot *snapshot;
	struct buf told;
};

static bool walk(struct world *world, const script_value *arguments, size_t count, bool is_kept)
{
	struct snapshot snapshot = {.arena = world->arena};
	struct script_reader *reader = &snapshot.reader;
	bool done;

	assert_true(script_reader_begin(world->vm, world->arena, reader));
	assert_true(count >= 2);
	snapshot.resolve = script_word_of(reader, arguments[1]);
	snapshot.is_override = count > 2 && script_to_bool(world->vm, arguments[2]);
	world->snapshot = &snapshot;
	done = is_kept
		? snapshot_take(&snapshot, script_word_of(reader, arguments[0]), &world->document)
		: snapshot_visit(&snapshot, script_word_of(reader, arguments[0]));
	world->snapshot = NULL;
	script_reader_end(reader);
	return done;
}

static script_value take(
	struct script_vm *vm, void *payload, const script_value *arguments, size_t count)
{
	return walk(payload, arguments, count, true) ? script_undefined(vm) : 0;
}

static script_value visit(
	struct script_vm *vm, void *payload, const script_value *arguments, size_t count)
{
	return walk(payload, arguments, count, false) ? script_undefined(vm) : 0;
}

/* tell(text): the text and the way to what is resolved, as a line. */
static script_value tell(
	struct script_vm *vm, void *payload, const script_value *arguments, size_t count)
{
	struct world *world = payload;

	assert_int_equal(count, 1);
	buf_add(&world->told, script_to_text(vm, arguments[0], world->arena));
	for (const struct snapshot_step *step = world->snapshot ? world->snapshot->at : NULL; step;
		step = step->above) {
		if (str_absent(step->key))
			buf_printf(&world->told, " < %zu", step->index);
		else
			buf_printf(&world->told, " < %.*s", STR_ARG(step->key));
	}
	buf_add_char(&world->told, '\n');
	return script_undefined(vm);
}

static const struct script_host host[] = {{"take", take}, {"visit", visit}, {"tell", tell}};

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

static int set_up_for(void **state, unsigned time_ms)
{
	static struct world world;
	const struct script_options options = {
		.loader = {no_module, no_text}, .payload = &world, .time_ms = time_ms};

	world = (struct world){.arena = arena_create(64 << 20), .told = BUF(1 << 20)};
	*state = &world;
	if (!world.arena || script_vm_create(&options, &world.vm, NULL) < 0)
		return -1;
	script_set_global(world.vm, "host", script_functions(world.vm, host, COUNT_OF(host)));
	return 0;
}

static int setup(void **state)
{
	return set_up_for(state, 0);
}

static int set_up_in_haste(void **state)
{
	return set_up_for(state, 100);
}

static int teardown(void **state)
{
	struct world *world = *state;

	script_vm_destroy(world->vm);
	buf_free(&world->told);
	arena_destroy(world->arena);
	return 0;
}

static void run(struct world *world, const char *text)
{
	struct script_failure failure = {.message = STR("")};

	if (script_run_module(world->vm, STR("main"), str_of(text), world->arena, &failure) < 0)
		fail_msg("%.*s", STR_ARG(failure.message));
}

static void assert_document(struct world *world, const char *json)
{
	CLEANUP(buf_free) struct buf out = BUF(1 << 20);

	document_write(&world->document, &out);
	buf_add_char(&out, '\0');
	assert_string_equal(out.data, json);
	assert_false(arena_failed(world->arena));
}

static void assert_told(struct world *world, const char *text)
{
	buf_add_char(&world->told, '\0');
	assert_string_equal(world->told.data, text);
}

static void test_scalars_are_as_json_has_them(void **state)
{
	struct world *world = *state;

	run(world,
		"const grown = 'ab'.repeat(3000);\n"
		"host.take({ numbers: [0, -0, 1.5, -7, 1e21, 1e-7, 2 ** 31, -(2 ** 31), 0.1 + 0.2, "
		"NaN, Infinity],\n"
		"  truths: [true, false, null], none: undefined, rope: (grown + grown).length,\n"
		"  texts: ['', 'ä€😀/\\u2028', '\"\\\\\\n\\b\\u0001\\x7f', '\\ud800x', 'x\\udfff'], "
		"date: new Date(0), call() {} }, undefined);");
	assert_document(world,
		"{\n  \"date\": \"1970-01-01T00:00:00.000Z\",\n  \"numbers\": [\n    0,\n    0,\n  "
		"  1.5,\n    -7,\n"
		"    1e+21,\n    1e-7,\n    2147483648,\n    -2147483648,\n    "
		"0.30000000000000004,\n    null,\n    null\n  ],\n"
		"  \"rope\": 12000,\n"
		"  \"texts\": [\n    \"\",\n    \"ä€😀/\u2028\",\n    "
		"\"\\\"\\\\\\n\\b\\u0001\x7f\",\n    \"\\ud800x\",\n    \"x\\udfff\"\n  ],\n"
		"  \"truths\": [\n    true,\n    false,\n    null\n  ]\n}");
}

static void test_keys_have_the_order_of_utf16(void **state)
{
	struct world *world = *state;

	run(world,
		"host.take({ b: 1, '\\uffee': 2, '😀': 3, a1: 4, a: {}, '': [], 10: 5, 9: 6, B: 7 "
		"}, undefined);");
	assert_document(world,
		"{\n  \"\": [\n  ],\n  \"10\": 5,\n  \"9\": 6,\n  \"B\": 7,\n  \"a\": {\n  },\n  "
		"\"a1\": 4,\n  \"b\": 1,\n"
		"  \"😀\": 3,\n  \"\uffee\": 2\n}");
}

static void test_fragments_merge(void **state)
{
	struct world *world = *state;

	run(world,
		"const same = (value) => value;\n"
		"const many = {};\n"
		"for (let i = 0; i < 40; i++) many[`k${i}`] = i;\n"
		"host.take({ a: { x: 1, y: [1] }, b: 1, c: [1], many }, same);\n"
		"host.take({ a: { y: [2, undefined, 3], z: 2 }, b: { c: 1 }, c: 5, many: { k7: "
		"undefined, k8: 'eight' } }, same);\n"
		"const over = { a: { x: undefined }, b: { c: undefined, d: [] } };\n"
		"for (let i = 0; i < 40; i++) if (i !== 7 && i !== 8) (over.many = over.many || "
		"{})[`k${i}`] "
		"= undefined;\n"
		"host.take(over, same, true);");
	assert_document(world,
		"{\n  \"a\": {\n    \"y\": [\n      1,\n      2,\n      3\n    ],\n    \"z\": 2\n  "
		"},\n"
		"  \"b\": {\n    \"d\": [\n    ]\n  },\n  \"c\": 5,\n"
		"  \"many\": {\n    \"k7\": 7,\n    \"k8\": \"eight\"\n  }\n}");
}

static void test_only_what_may_be_a_token_is_asked_for(void **state)
{
	struct world *world = *state;

	run(world,
		"class Thing { resolve() {} toString() { return 'thing'; } }\n"
		"const value = { plain: ['${a.b}', '#{x}', 5], text: ['${TfToken[TOKEN.0]}'], "
		"list: ['#{TfToken[TOKEN.1]}'],\n"
		"  map: { '&{TfToken[TOKEN.2]}': 1 }, number: -8.1e298, thing: new Thing(), own: { "
		"resolve() {} },\n"
		"  misused: ['Any Map Token Value', -123456789], mixed: 'a-1e+10' };\n"
		"const known = new Map([[value.list, [1, { b: 2, a: undefined }]], [value.map, { "
		"k: '${TfToken[x]}' }], [value.own, undefined]]);\n"
		"const resolve = (part) => { host.tell(typeof part === 'object' ? "
		"part.constructor.name : part); return known.has(part) ? known.get(part) : "
		"'known'; };\n"
		"host.visit(value, resolve);\n"
		"host.tell('taken');\n"
		"host.take(value, resolve);");
#define ASKED                                                                                      \
	"${TfToken[TOKEN.0]} < 0 < text\nArray < list\nObject < map\n-8.1e+298 < number\nThing < " \
	"thing\n"                                                                                  \
	"Object < own\nAny Map Token Value < 0 < misused\n-123456789 < 1 < misused\na-1e+10 < "    \
	"mixed\n"
	assert_told(world, ASKED "taken\n" ASKED);
#undef ASKED
	assert_document(world,
		"{\n  \"list\": [\n    1,\n    {\n      \"b\": 2\n    }\n  ],\n"
		"  \"map\": {\n    \"k\": \"${TfToken[x]}\"\n  },\n  \"misused\": [\n    "
		"\"known\",\n    \"known\"\n  ],\n"
		"  \"mixed\": \"known\",\n  \"number\": \"known\",\n"
		"  \"plain\": [\n    \"${a.b}\",\n    \"#{x}\",\n    5\n  ],\n  \"text\": [\n    "
		"\"known\"\n  ],\n  \"thing\": \"known\"\n}");
}

static void test_tokens_in_a_text_are_asked_for_one_by_one(void **state)
{
	struct world *world = *state;

	run(world,
		"const resolve = (part) => { host.tell(part); return { '${TfToken[a]}': 'A\\n', "
		"'${TfToken[u]}': undefined, '${TfToken[l]}': [1, 'é'], '${TfToken[n]}': null }"
		"[part]; };\n"
		"const value = { all: 'x ${TfToken[a]}, é${TfToken[l]}}${TfToken[n]}😀', "
		"half: '${TfToken[u]}${TfToken[a]}', none: '${TfToken[u]}${TfToken[u]}', "
		"whole: { b: '${a} ${TfToken[a]}', c: '${TfToken[a]} #{TfToken[a]}', d: "
		"'${TfToken[a]} 1e+9', e: '${TfToken[a]} ${TfToken[' } };\n"
		"host.visit({ all: value.all }, resolve);\n"
		"host.take(value, resolve);");
#define ALL "${TfToken[a]} < all\n${TfToken[l]} < all\n${TfToken[n]} < all\n"
	assert_told(world,
		ALL ALL "${TfToken[u]} < half\n${TfToken[a]} < half\n${TfToken[u]} < none\n"
			"${TfToken[u]} < none\n${a} ${TfToken[a]} < b < whole\n${TfToken[a]} "
			"#{TfToken[a]} < c < whole\n${TfToken[a]} 1e+9 < d < whole\n${TfToken[a]} "
			"${TfToken[ < e < whole\n");
#undef ALL
	assert_document(world,
		"{\n  \"all\": \"x A\\n, é1,é}null😀\",\n  \"half\": \"A\\n\",\n  \"whole\": "
		"{\n  }\n}");
}

static void test_what_is_thrown_ends_the_walk(void **state)
{
	struct world *world = *state;

	run(world,
		"const trial = (value, resolve) => { try { host.take(value, resolve); } catch "
		"(error) { host.tell(error.message); } };\n"
		"trial({ get a() { throw new Error('getter'); } }, undefined);\n"
		"trial({ a: '${TfToken[x]}' }, () => { throw new Error('token'); });\n"
		"trial(new Proxy({}, { ownKeys() { throw new Error('keys'); } }), undefined);\n"
		"trial({ toJSON: 1, when: { toJSON() { throw new Error('unread'); } }, date: new "
		"(class { toJSON() { throw new Error('date'); } })() }, undefined);\n"
		"const circle = {};\n"
		"circle.circle = circle;\n"
		"trial(circle, undefined);\n"
		"trial(circle, (part) => { throw new Error(`circle ${part === circle}`); });\n");
	assert_told(world,
		"getter\ntoken\nkeys\ndate\na value is nested deeper than 200 levels\ncircle "
		"true\n");
}

static void test_escapes_are_found_wherever_they_stand(void **state)
{
	static const struct {
		const char *text, *json;
	} parts[] = {{"\x1f", "\\u001f"}, {" ", " "}, {"!", "!"}, {"\"", "\\\""}, {"#", "#"},
		{"\\", "\\\\"}, {"\n", "\\n"}, {"\x7f", "\x7f"}, {"\xed\x9f\xbf", "\xed\x9f\xbf"},
		{"\xed\xa0\x80", "\\ud800"}, {"\xf4\x80\x80\x80", "\xf4\x80\x80\x80"}};
	struct world *world = *state;

	for (size_t i = 0; i < COUNT_OF(parts); i++) {
		for (int before = 0; before < 18; before++) {
			for (int after = 0; after < 18; after++) {
				struct str text = arena_printf(world->arena, "%.*s%s%.*s", before,
					"abcdefghijklmnopqr", parts[i].text, after,
					"ABCDEFGHIJKLMNOPQR");
				struct str json = arena_printf(world->arena, "\"%.*s%s%.*s\"",
					before, "abcdefghijklmnopqr", parts[i].json, after,
					"ABCDEFGHIJKLMNOPQR");

				assert_true(str_eq(document_quote(text, world->arena), json));
			}
		}
	}
}

/* Of as many items as a list can have, which nobody gave: it ends as an endless loop would, and no script catches that. */
static void a_list_of_any_length_ends_with_the_time(void **state)
{
	struct world *world = *state;
	struct script_failure failure = {.message = STR("")};

	assert_int_equal(script_run_module(world->vm, STR("main"),
				 STR("try { host.visit(new Array(4294967295), () => 1); } "
				     "catch { host.tell('caught'); }"),
				 world->arena, &failure),
		-1);
	assert_int_equal(failure.kind, SCRIPT_TIME);
	assert_int_equal(world->told.len, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_scalars_are_as_json_has_them, setup, teardown),
		cmocka_unit_test_setup_teardown(test_keys_have_the_order_of_utf16, setup, teardown),
		cmocka_unit_test_setup_teardown(test_fragments_merge, setup, teardown),
		cmocka_unit_test_setup_teardown(
			test_only_what_may_be_a_token_is_asked_for, setup, teardown),
		cmocka_unit_test_setup_teardown(
			test_tokens_in_a_text_are_asked_for_one_by_one, setup, teardown),
		cmocka_unit_test_setup_teardown(test_what_is_thrown_ends_the_walk, setup, teardown),
		cmocka_unit_test_setup_teardown(
			test_escapes_are_found_wherever_they_stand, setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_list_of_any_length_ends_with_the_time, set_up_in_haste, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
