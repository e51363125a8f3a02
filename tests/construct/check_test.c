/* SPDX-License-Identifier: Apache-2.0 */
/* What a script gives a type: which of it is surely right, and that looking runs nothing of the script's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "construct/check.h"

struct world {
	struct arena *arena;
	struct packs packs;
	struct shapes shapes;
	struct script_vm *vm;
	struct buf told;
};

/* check(path, config, identify, isProvider?): "sure", "sure, and not all arguments" or "unsure". */
static script_value check(
	struct script_vm *vm, void *payload, const script_value *arguments, size_t count)
{
	struct world *world = payload;
	struct check checking = {.shapes = &world->shapes};
	struct script_reader reader;
	enum checked checked;
	struct error err;
	uint32_t number;

	assert_true(count >= 3);
	assert_true(script_reader_begin(vm, world->arena, &reader));
	assert_int_equal(shapes_open(&world->shapes, script_to_text(vm, arguments[0], world->arena),
				 &number, &err),
		1);
	checking.reader = &reader;
	checking.identify = script_word_of(&reader, arguments[2]);
	checked = check_config(&checking, shapes_at(&world->shapes, number),
		script_word_of(&reader, arguments[1]),
		count > 3 && script_to_bool(vm, arguments[3]));
	script_reader_end(&reader);
	if (checked == CHECKED_THROWN)
		return 0;
	return script_text(vm,
		checked == CHECKED_UNSURE             ? STR("unsure")
			: checking.has_arguments_only ? STR("sure")
						      : STR("sure, and not all arguments"));
}

static script_value tell(
	struct script_vm *vm, void *payload, const script_value *arguments, size_t count)
{
	struct world *world = payload;

	assert_int_equal(count, 1);
	buf_add(&world->told, script_to_text(vm, arguments[0], world->arena));
	buf_add_char(&world->told, '\n');
	return script_undefined(vm);
}

static const struct script_host host[] = {{"check", check}, {"tell", tell}};

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
	if (!world.arena || packs_open(NULL, world.arena, &world.packs, NULL) < 0 ||
		script_vm_create(&options, &world.vm, NULL) < 0)
		return -1;
	shapes_init(&world.shapes, &world.packs, world.arena);
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
	packs_close(&world->packs);
	buf_free(&world->told);
	arena_destroy(world->arena);
	return 0;
}

#define TRIAL                                                                                      \
	"class Token { resolve() {} }\n"                                                           \
	"class Thing { name = 'x'; }\n"                                                            \
	"const REF = (n) => '${TfToken[' + n + ']}';\n"                                            \
	"const view = new DataView(new ArrayBuffer(8));\n"                                         \
	"view.setUint32(0, 0xfdff0000); view.setUint32(4, 7);\n"                                   \
	"const NUMBER = view.getFloat64(0);\n"                                                     \
	"const known = { role: 'aws_iam_role.x.arn', queue: 'aws_sqs_queue.x.arn', other: '' };\n" \
	"const identify = (text) => known[text.slice(10, -2)];\n"                                  \
	"const judge = (path, config, isProvider) => {\n"                                          \
	"  try { return host.check(path, config, identify, isProvider); }\n"                       \
	"  catch (error) { return 'threw ' + error.message; } };\n"                                \
	"const all = (path, wanted, base, configs) => configs.forEach((config, i) => {\n"          \
	"  const found = judge(path, config instanceof Thing ? config : "                          \
	"{ ...base, ...config });\n"                                                               \
	"  if (found !== wanted) host.tell(`${path} ${i}: ${found}`); });\n"                       \
	"const queue = (wanted, configs) => all('aws/resource/aws_sqs_queue', wanted, {}, "        \
	"configs);\n"

static void run(struct world *world, const char *text)
{
	struct script_failure failure = {.message = STR("")};

	if (script_run_module(world->vm, STR("main"), str_of(text), world->arena, &failure) < 0)
		fail_msg("%.*s", STR_ARG(failure.message));
	buf_add_char(&world->told, '\0');
	assert_string_equal(world->told.data, "");
	assert_false(arena_failed(world->arena));
}

static void what_fits_is_sure(void **state)
{
	run(*state,
		TRIAL
		"queue('sure', [{}, { name: 'a', delaySeconds: 900, fifoQueue: true, tags: { a: "
		"'b' } },\n"
		"  { name: null, delaySeconds: null, tags: null, timeouts: null },\n"
		"  { name: new Token(), delaySeconds: NUMBER, fifoQueue: NUMBER, tags: new Token() "
		"},\n"
		"  { name: '${a.b}', policy: '${x}', tags: { a: undefined, b: null, c: new "
		"Token() } },\n"
		"  { policy: '{\"a\":1}', redrivePolicy: '%{ if x }' },\n"
		"  { tags: Object.assign(Object.create(null), { a: 'b' }) }]);\n"
		"all('aws/resource/aws_instance', 'sure', { ami: 'a', instanceType: 't' }, [{},\n"
		"  { rootBlockDevice: { volumeSize: 8, tags: { a: 'b' } }, ebsBlockDevice: [] },\n"
		"  { ebsBlockDevice: [{ deviceName: 'x' }, null, undefined, new Token()] },\n"
		"  { rootBlockDevice: new Token(), networkInterface: new Token() },\n"
		"  { vpcSecurityGroupIds: ['sg-1', undefined, null, new Token(), '#{TfToken[x]}'] "
		"}]);\n"
		"all('aws/provider/aws', 'sure', {}, [{ region: 'eu-west-1' }]);\n");
}

static void what_may_be_wrong_is_unsure(void **state)
{
	run(*state,
		TRIAL
		"queue('unsure', [{ bogus: 1 }, { name: 5 }, { name: true }, { name: ['a'] }, "
		"{ name: {} },\n"
		"  { delaySeconds: '5' }, { delaySeconds: 901 }, { delaySeconds: 1.5 }, "
		"{ delaySeconds: NaN },\n"
		"  { delaySeconds: 1e300 }, { fifoQueue: 'true' }, { tags: ['a'] }, { tags: { a: 1 "
		"} },\n"
		"  { tags: 'x' }, { arn: 'x' }, { policy: '{' }, { name: () => 1 }, { name: "
		"Symbol() },\n"
		"  { name: 5n }, { name: new Thing() }, { tags: new Thing() }, { id: 'x' }, new "
		"Thing(),\n"
		"  { name: 'a', namePrefix: 'b' }]);\n"
		"all('aws/resource/aws_instance', 'unsure', { ami: 'a', instanceType: 't' }, [\n"
		"  { ami: undefined }, { rootBlockDevice: [] }, { rootBlockDevice: 'x' },\n"
		"  { rootBlockDevice: { bogus: 1 } }, { rootBlockDevice: { volumeSize: 'x' } },\n"
		"  { ebsBlockDevice: {} }, { ebsBlockDevice: [{}] }, { ebsBlockDevice: [5] },\n"
		"  { ebsBlockDevice: [[]] }, { ebsBlockDevice: [{ deviceName: 'x', count: 1 }] },\n"
		"  { vpcSecurityGroupIds: 'x' }, { vpcSecurityGroupIds: [5] }, "
		"{ vpcSecurityGroupIds: [['x']] }]);\n"
		"all('aws/resource/aws_sns_topic_subscription', 'unsure', { protocol: 'sqs', "
		"topicArn: '*' }, [{}]);\n"
		"if (judge('aws/provider/aws', { dependsOn: [] }, true) !== 'unsure') "
		"host.tell('meta of a provider');\n"
		"for (const config of [null, undefined, 'x', [], () => 1])\n"
		"  if (judge('aws/resource/aws_sqs_queue', config) !== 'unsure') "
		"host.tell('odd');\n");
}

static void references_are_asked_for_and_judged(void **state)
{
	run(*state,
		TRIAL
		"const role = (wanted, roles) => all('aws/resource/aws_lambda_function', wanted,\n"
		"  { functionName: 'f', filename: 'x' }, roles.map((role) => ({ role })));\n"
		"role('sure', [REF('role'), REF('other'), 'arn:aws:iam::123456789012:role/x', "
		"'${aws_sqs_queue.x.arn}']);\n"
		"role('unsure', [REF('queue'), REF('none'), 'x' + REF('none')]);\n"
		"const groups = (wanted, items) => all('aws/resource/aws_instance', wanted,\n"
		"  { ami: 'a', instanceType: 't' }, [{ vpcSecurityGroupIds: items }]);\n"
		"known.group = 'aws_security_group.x.id'; known.subnet = 'aws_subnet.x.id';\n"
		"groups('sure', [REF('group'), 'x' + REF('none')]);\n"
		"groups('unsure', [REF('group'), REF('subnet')]);\n"
		"const broken = () => { throw new Error('identify'); };\n"
		"try { host.check('aws/resource/aws_lambda_function', { functionName: 'f', role: "
		"REF('a') }, broken); host.tell('went on'); }\n"
		"catch (error) { if (error.message !== 'identify') host.tell(error.message); }\n");
}

static void what_is_no_argument_is_told_apart(void **state)
{
	run(*state,
		TRIAL
		"const some = 'sure, and not all arguments';\n"
		"queue(some, [{ dependsOn: 5 }, { count: 1, lifecycle: {}, provider: {}, forEach: "
		"{}, provisioners: [], connection: {} },\n"
		"  { name: undefined }, { bogus: undefined }, { name: 'a', id: undefined }]);\n"
		"all('aws/resource/aws_instance', some, { ami: 'a', instanceType: 't' },\n"
		"  [{ rootBlockDevice: { volumeSize: undefined } }]);\n"
		"if (judge('aws/provider/aws', { alias: 'x' }, true) !== some) "
		"host.tell('alias');\n"
		"if (judge('aws/resource/aws_sqs_queue', { alias: 'x' }) !== 'unsure') "
		"host.tell('alias of a queue');\n");
}

static void rules_about_several_members_are_kept(void **state)
{
	run(*state,
		TRIAL
		"const role = (wanted, configs) => all('aws/resource/aws_iam_role_policy', wanted,"
		"\n  { role: 'r', policy: '{}' }, configs);\n"
		"role('sure', [{}, { name: 'a' }, { namePrefix: 'a' }, { name: null, namePrefix: "
		"'a' }]);\n"
		"role('unsure', [{ name: 'a', namePrefix: 'b' }]);\n"
		"all('aws/resource/aws_instance', 'unsure', {}, [{}, { ami: 'a' }, { instanceType: "
		"'t' }]);\n"
		"all('aws/resource/aws_instance', 'sure', { ami: 'a', instanceType: 't' },\n"
		"  [{ ebsBlockDevice: [{ deviceName: 'x', tags: { a: 'b' } }] }]);\n"
		"all('aws/resource/aws_instance', 'unsure', { ami: 'a', instanceType: 't' },\n"
		"  [{ ebsBlockDevice: [{ deviceName: 'x' }], volumeTags: { a: 'b' } }]);\n");
}

static void nothing_of_the_script_runs(void **state)
{
	run(*state,
		TRIAL
		"const loud = new Proxy({}, { get() { host.tell('get'); }, ownKeys() { "
		"host.tell('keys'); return []; },\n"
		"  getPrototypeOf() { host.tell('prototype'); return Object.prototype; } });\n"
		"const getter = () => Object.defineProperty({}, 'name', { enumerable: true, get() "
		"{ host.tell('getter'); return 'x'; } });\n"
		"for (const config of [loud, getter(), { tags: getter() }, { tags: loud }, { name: "
		"loud }, { timeouts: loud }])\n"
		"  if (judge('aws/resource/aws_sqs_queue', config) !== 'unsure') host.tell('sure');"
		"\n"
		"const items = (item) => ({ ami: 'a', instanceType: 't', ebsBlockDevice: [item], "
		"vpcSecurityGroupIds: [item] });\n"
		"for (const item of [loud, getter()])\n"
		"  if (judge('aws/resource/aws_instance', items(item)) !== 'unsure') "
		"host.tell('sure');\n");
}

/* Of as many items as a list can have, which nobody gave: it ends as an endless loop would, and no script catches that. */
static void a_list_of_any_length_ends_with_the_time(void **state)
{
	struct world *world = *state;
	struct script_failure failure = {.message = STR("")};

	assert_int_equal(script_run_module(world->vm, STR("main"),
				 STR("try { host.check('aws/resource/aws_instance', "
				     "{ ami: 'a', instanceType: 't', vpcSecurityGroupIds: new "
				     "Array(4294967295) }, undefined); } "
				     "catch { host.tell('caught'); }"),
				 world->arena, &failure),
		-1);
	assert_int_equal(failure.kind, SCRIPT_TIME);
	assert_int_equal(world->told.len, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_fits_is_sure, setup, teardown),
		cmocka_unit_test_setup_teardown(what_may_be_wrong_is_unsure, setup, teardown),
		cmocka_unit_test_setup_teardown(
			references_are_asked_for_and_judged, setup, teardown),
		cmocka_unit_test_setup_teardown(what_is_no_argument_is_told_apart, setup, teardown),
		cmocka_unit_test_setup_teardown(
			rules_about_several_members_are_kept, setup, teardown),
		cmocka_unit_test_setup_teardown(nothing_of_the_script_runs, setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_list_of_any_length_ends_with_the_time, set_up_in_haste, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
