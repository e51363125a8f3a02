/* SPDX-License-Identifier: Apache-2.0 */
/* Blocks taken straight from what a program gave: every way in which a shape holds objects, and what is left to the library. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "construct/block.h"

struct world {
	struct arena *arena;
	struct script_vm *vm;
	struct packs packs;
	struct shapes shapes;
	struct block_plan plan;
	const struct snapshot *snapshot;
	struct buf told;
};

static void tell_way(struct world *world)
{
	const struct snapshot_step *step = world->snapshot ? world->snapshot->at : NULL;

	for (; step; step = step->above) {
		if (str_absent(step->key))
			buf_printf(&world->told, " < %zu", step->index);
		else
			buf_printf(&world->told, " < %.*s", STR_ARG(step->key));
	}
	buf_add_char(&world->told, '\n');
}

/* tell(text): the text and the way to what is resolved, as a line. */
static script_value tell(
	struct script_vm *vm, void *payload, const script_value *arguments, size_t count)
{
	struct world *world = payload;

	assert_int_equal(count, 1);
	buf_add(&world->told, script_to_text(vm, arguments[0], world->arena));
	tell_way(world);
	return script_undefined(vm);
}

/* The document on one line. */
static void tell_document(struct world *world, struct document_node *document)
{
	struct buf json = BUF(1 << 20);
	struct str rest;

	document_write(document, &json);
	rest = buf_str(&json);
	while (!str_absent(rest)) {
		struct str line = str_split(&rest, '\n');

		while (str_starts(line, STR(" ")))
			line = str_slice(line, 1, SIZE_MAX);
		buf_add(&world->told, line);
	}
	buf_add_char(&world->told, '\n');
	buf_free(&json);
}

/* block(path of the shape, given, resolve, meta): tells the block, or that it was not taken; visits it as well. */
static script_value take_block(
	struct script_vm *vm, void *payload, const script_value *arguments, size_t count)
{
	struct world *world = payload;
	const struct snapshot *outer = world->snapshot;
	struct snapshot snapshot = {.arena = world->arena};
	struct document_node document = {.kind = DOCUMENT_NONE};
	struct block block = {.kind = STR("r"), .id = STR("i"), .path = STR("p")};
	bool taken = false, done;
	struct error err;
	uint32_t number;

	assert_true(count >= 4);
	assert_true(script_reader_begin(vm, world->arena, &snapshot.reader));
	assert_int_equal(shapes_open(&world->shapes, script_to_text(vm, arguments[0], world->arena),
				 &number, &err),
		1);
	block.shape = shapes_at(&world->shapes, number);
	block.given = script_word_of(&snapshot.reader, arguments[1]);
	block.depends_on = block.provider = block.lifecycle = script_word_undefined();
	block.meta = script_word_of(&snapshot.reader, arguments[3]);
	snapshot.resolve = script_word_of(&snapshot.reader, arguments[2]);
	world->snapshot = &snapshot;
	done = block_take(&snapshot, &world->shapes, &block, &world->plan, &document, &taken);
	if (done && taken)
		done = block_take(&snapshot, &world->shapes, &block, &world->plan, NULL, &taken);
	world->snapshot = outer;
	script_reader_end(&snapshot.reader);
	if (!done)
		return 0;
	if (taken)
		tell_document(world, &document);
	else
		buf_add(&world->told, STR("refused\n"));
	return script_undefined(vm);
}

static const struct script_host host[] = {{"block", take_block}, {"tell", tell}};

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

	world = (struct world){.arena = arena_create(256 << 20), .told = BUF(1 << 20)};
	*state = &world;
	if (!world.arena || packs_open(NULL, world.arena, &world.packs, NULL) < 0 ||
		script_vm_create(&options, &world.vm, NULL) < 0)
		return -1;
	world.plan.arena = world.arena;
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

/* Runs a program that has `take(type, given, meta)`, and says what it told. */
static void assert_run(struct world *world, const char *program, const char *told)
{
	struct script_failure failure = {.message = STR("")};
	struct buf text = BUF(1 << 16);

	buf_add(&text,
		STR("const resolve = (part) => (host.tell(`${typeof part} ${part}`), 'known');\n"
		    "const take = (type, given, meta) => { try { "
		    "host.block(`aws/resource/${type}`, "
		    "given, resolve, meta); } catch (error) { host.tell(error.message); } };\n"));
	buf_add(&text, str_of(program));
	if (script_run_module(world->vm, STR("main"), buf_str(&text), world->arena, &failure) < 0)
		fail_msg("%.*s", STR_ARG(failure.message));
	buf_free(&text);
	buf_add_char(&world->told, '\0');
	assert_string_equal(buf_str(&world->told).data, told);
	assert_int_equal(world->plan.count, 0);
}

#define BLOCK(type, arguments)                                                                     \
	"{\"r\": {\"" type "\": {\"i\": {\"//\": {\"metadata\": {\"path\": \"p\",\"uniqueId\": "   \
	"\"i\"}}" arguments "}}}}\n"

static void arguments_have_names_of_terraform(void **state)
{
	assert_run(*state,
		"take('aws_sqs_queue', { name: 'x', delaySeconds: 5, tags: { b: '1', a: 2 }, "
		"policy: "
		"undefined, fifoQueue: null });\n"
		"take('aws_sqs_queue', { tags: '${a.b}', name: '${TfToken[TOKEN.0]}' });\n"
		"take('aws_sqs_queue', { tags: null });\n",
		BLOCK("aws_sqs_queue",
			",\"delay_seconds\": 5,\"fifo_queue\": null,\"name\": \"x\",\"tags\": "
			"{\"a\": "
			"2,\"b\": \"1\"}") "string ${TfToken[TOKEN.0]} < name < i < aws_sqs_queue "
					   "< r\n"
					   "string ${TfToken[TOKEN.0]} < name < i < aws_sqs_queue "
					   "< r\n" BLOCK("aws_sqs_queue",
						   ",\"name\": \"known\",\"tags\": \"${a.b}\"")
						   BLOCK("aws_sqs_queue", ",\"tags\": null"));
}

static void what_the_library_makes_is_refused(void **state)
{
	assert_run(*state,
		"take('aws_sqs_queue', { tags: ['x'] });\n"
		"take('aws_sqs_queue', { tags: new Map() });\n"
		"take('aws_sqs_queue', new (class { name = 'x'; })());\n"
		"take('aws_s3_bucket', { versioning: null });\n"
		"take('aws_s3_bucket', { versioning: 'x' });\n"
		"take('aws_s3_bucket', { versioning: [{ enabled: true }] });\n"
		"take('aws_s3_bucket', { versioning: { enabled: true, resolve: 1 } });\n"
		"take('aws_s3_bucket', { timeouts: new (class { create = '1m'; })() });\n"
		"take('aws_instance', { ebsBlockDevice: ['x'] });\n"
		"take('aws_instance', { ebsBlockDevice: [new (class { deviceName = 'x'; })()] });\n"
		"take('aws_lexv2models_bot_version', { localeSpecification: new Map() });\n"
		"take('aws_lexv2models_bot_version', { localeSpecification: { "
		"'&{TfToken[TOKEN.1]}': {} "
		"} });\n"
		"take('aws_lexv2models_bot_version', { localeSpecification: { en: 'x' } });\n",
		"refused\nrefused\nrefused\nrefused\nrefused\nrefused\nrefused\nrefused\nrefused\n"
		"refused\nrefused\nrefused\nrefused\n");
}

static void single_objects_have_what_is_known(void **state)
{
	assert_run(*state,
		"take('aws_s3_bucket', { versioning: { mfaDelete: false, enabled: true, unknown: 1 "
		"} "
		"});\n"
		"take('aws_s3_bucket', { versioning: {} });\n"
		"take('aws_s3_bucket', { versioning: { unknown: 1 }, bucket: 'b' });\n"
		"take('aws_s3_bucket', { versioning: { enabled: undefined } });\n"
		"take('aws_s3_bucket', { serverSideEncryptionConfiguration: { rule: { "
		"applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' }, bucketKeyEnabled: "
		"null "
		"} } });\n"
		"take('aws_s3_bucket', { serverSideEncryptionConfiguration: { rule: { unknown: {} "
		"} } "
		"});\n"
		"take('aws_s3_bucket', { timeouts: { create: '1m' } });\n"
		"take('aws_sqs_queue', { nmae: 'x', arn: 'x' });\n",
		BLOCK("aws_s3_bucket", ",\"versioning\": {\"enabled\": true,\"mfa_delete\": false}")
			BLOCK("aws_s3_bucket", ",\"versioning\": {}") BLOCK(
				"aws_s3_bucket", ",\"bucket\": \"b\"") BLOCK("aws_s3_bucket",
				"") BLOCK("aws_s3_bucket",
				",\"server_side_encryption_configuration\": {\"rule\": "
				"{\"apply_server_side_encryption_by_default\": "
				"{\"sse_algorithm\": "
				"\"AES256\"},\"bucket_key_enabled\": null}}") BLOCK("aws_s3_bucket",
				"") BLOCK("aws_s3_bucket", ",\"timeouts\": {\"create\": \"1m\"}")
				BLOCK("aws_sqs_queue", ""));
}

static void lists_hold_objects(void **state)
{
	assert_run(*state,
		"take('aws_instance', { ebsBlockDevice: [{ volumeSize: 1, deviceName: 'a', "
		"unknown: 1 }, "
		"undefined, null, {}, { unknown: 1 }] });\n"
		"take('aws_instance', { ebsBlockDevice: [] });\n"
		"take('aws_instance', { ebsBlockDevice: null });\n"
		"take('aws_instance', { ebsBlockDevice: '${a.b}' });\n"
		"take('aws_instance', { ebsBlockDevice: { deviceName: 'x' } });\n"
		"take('aws_instance', { ebsBlockDevice: [{ volumeSize: '${TfToken[TOKEN.2]}', "
		"deviceName: '${TfToken[TOKEN.1]}' }, {deviceName: '${TfToken[TOKEN.3]}' }] });\n",
		BLOCK("aws_instance",
			",\"ebs_block_device\": [{\"device_name\": \"a\",\"volume_size\": "
			"1},null,{},{}]") BLOCK("aws_instance", ",\"ebs_block_device\": []")
			BLOCK("aws_instance", ",\"ebs_block_device\": null") BLOCK("aws_instance",
				",\"ebs_block_device\": \"${a.b}\"") BLOCK("aws_instance",
				",\"ebs_block_device\": {\"deviceName\": \"x\"}")
#define ASKED                                                                                      \
	"string ${TfToken[TOKEN.1]} < device_name < 0 < ebs_block_device < i < aws_instance < r\n" \
	"string ${TfToken[TOKEN.2]} < volume_size < 0 < ebs_block_device < i < aws_instance < r\n" \
	"string ${TfToken[TOKEN.3]} < device_name < 1 < ebs_block_device < i < aws_instance < r\n"
				ASKED ASKED BLOCK("aws_instance",
					",\"ebs_block_device\": [{\"device_name\": "
					"\"known\",\"volume_size\": \"known\"},{\"device_name\": "
					"\"known\"}]"));
#undef ASKED
}

static void complete_objects_have_nulls(void **state)
{
	assert_run(*state,
		"take('aws_security_group', { ingress: [{ toPort: 2, fromPort: 1, protocol: 'tcp', "
		"cidrBlocks: ['10.0.0.0/8'] }], egress: [{}] });\n",
		BLOCK("aws_security_group",
			",\"egress\": [{\"cidr_blocks\": null,\"description\": null,\"from_port\": "
			"null,\"ipv6_cidr_blocks\": null,\"prefix_list_ids\": null,\"protocol\": "
			"null,\"security_groups\": null,\"self\": null,\"to_port\": null}],"
			"\"ingress\": [{\"cidr_blocks\": [\"10.0.0.0/8\"],\"description\": "
			"null,\"from_port\": 1,\"ipv6_cidr_blocks\": null,\"prefix_list_ids\": "
			"null,\"protocol\": \"tcp\",\"security_groups\": null,\"self\": "
			"null,\"to_port\": 2}]"));
}

static void maps_hold_objects_under_keys_of_the_program(void **state)
{
	assert_run(*state,
		"take('aws_lexv2models_bot_version', { localeSpecification: { en_US: { "
		"sourceBotVersion: "
		"'${TfToken[TOKEN.1]}', unknown: 1 }, fr: null, de: undefined } });\n"
		"take('aws_lexv2models_bot_version', { localeSpecification: '${a.b}' });\n"
		"take('aws_lexv2models_bot_version', { localeSpecification: {} });\n",
#define ASKED                                                                                      \
	"string ${TfToken[TOKEN.1]} < source_bot_version < en_US < locale_specification < i < "    \
	"aws_lexv2models_bot_version < r\n"
		ASKED ASKED BLOCK("aws_lexv2models_bot_version",
			",\"locale_specification\": {\"en_US\": {\"source_bot_version\": "
			"\"known\"},\"fr\": null}") BLOCK("aws_lexv2models_bot_version",
			",\"locale_specification\": \"${a.b}\"")
			BLOCK("aws_lexv2models_bot_version", ",\"locale_specification\": {}"));
#undef ASKED
}

static void meta_arguments_stand_behind(void **state)
{
	assert_run(*state,
		"take('aws_sqs_queue', { name: '${TfToken[TOKEN.1]}' }, { depends_on: "
		"['${TfToken[TOKEN.2]}'], provider: 'aws.x', lifecycle: { ignore_changes: 'all' } "
		"});\n"
		"take('aws_kms_custom_key_store', { customKeyStoreName: 'x' }, { "
		"custom_key_store_name: "
		"'y' });\n",
		"string ${TfToken[TOKEN.1]} < name < i < aws_sqs_queue < r\n"
		"string ${TfToken[TOKEN.2]} < 0 < depends_on < i < aws_sqs_queue < r\n"
		"string ${TfToken[TOKEN.1]} < name < i < aws_sqs_queue < r\n"
		"string ${TfToken[TOKEN.2]} < 0 < depends_on < i < aws_sqs_queue < r\n" BLOCK(
			"aws_sqs_queue",
			",\"depends_on\": [\"known\"],\"lifecycle\": {\"ignore_changes\": "
			"\"all\"},\"name\": \"known\",\"provider\": \"aws.x\"") "refused\n");
}

static void each_value_is_read_once_and_before_any_is_resolved(void **state)
{
	assert_run(*state,
		"const given = { ebsBlockDevice: [{ get deviceName() { host.tell('read'); return "
		"'${TfToken[TOKEN.1]}'; } }], get ami() { host.tell('ami'); return 'x'; } };\n"
		"take('aws_instance', given);\n"
		"take('aws_instance', { ebsBlockDevice: [{ get deviceName() { throw new "
		"Error('getter'); "
		"} }] });\n"
		"take('aws_instance', { rootBlockDevice: { get volumeSize() { throw new "
		"Error('inner'); "
		"} } });\n"
		"take('aws_instance', { get ami() { throw new Error('outer'); } });\n",
#define ASKED                                                                                      \
	"ami\nread\nstring ${TfToken[TOKEN.1]} < device_name < 0 < ebs_block_device < i < "        \
	"aws_instance < r\n"
		ASKED ASKED BLOCK("aws_instance",
			",\"ami\": \"x\",\"ebs_block_device\": [{\"device_name\": "
			"\"known\"}]") "getter\ninner\nouter\n");
#undef ASKED
}

static void a_block_can_be_taken_within_another(void **state)
{
	assert_run(*state,
		"host.block('aws/resource/aws_instance', { ami: '${TfToken[TOKEN.1]}', "
		"ebsBlockDevice: [{ "
		"deviceName: '${TfToken[TOKEN.2]}' }] }, (part) => { take('aws_sqs_queue', { tags: "
		"{ a: "
		"part.slice(-4) } }); return 'inner'; }, undefined);\n"
		"host.block('aws/resource/aws_instance', { ami: '${TfToken[TOKEN.1]}', "
		"rootBlockDevice: { "
		"volumeSize: 1 } }, () => ({ deep: [undefined, '${x}'] }), undefined);\n",
#define INNER(number) BLOCK("aws_sqs_queue", ",\"tags\": {\"a\": \"." number "]}\"}")
		INNER("1") INNER("2") INNER("1") INNER("2") BLOCK("aws_instance",
			",\"ami\": \"inner\",\"ebs_block_device\": "
			"[{\"device_name\": \"inner\"}]") BLOCK("aws_instance",
			",\"ami\": {\"deep\": [null,\"${x}\"]},"
			"\"root_block_device\": {\"volume_size\": 1}"));
#undef INNER
}

/* Of as many items as a list can have, which nobody gave: it ends as an endless loop would, and no script catches that. */
static void a_list_of_any_length_ends_with_the_time(void **state)
{
	struct world *world = *state;
	struct script_failure failure = {.message = STR("")};

	assert_int_equal(script_run_module(world->vm, STR("main"),
				 STR("try { host.block('aws/resource/aws_instance', "
				     "{ ebsBlockDevice: new Array(4294967295) }, "
				     "undefined, undefined); } "
				     "catch { host.tell('caught'); }"),
				 world->arena, &failure),
		-1);
	assert_int_equal(failure.kind, SCRIPT_TIME);
	assert_int_equal(world->told.len, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(arguments_have_names_of_terraform, setup, teardown),
		cmocka_unit_test_setup_teardown(what_the_library_makes_is_refused, setup, teardown),
		cmocka_unit_test_setup_teardown(single_objects_have_what_is_known, setup, teardown),
		cmocka_unit_test_setup_teardown(lists_hold_objects, setup, teardown),
		cmocka_unit_test_setup_teardown(complete_objects_have_nulls, setup, teardown),
		cmocka_unit_test_setup_teardown(
			maps_hold_objects_under_keys_of_the_program, setup, teardown),
		cmocka_unit_test_setup_teardown(meta_arguments_stand_behind, setup, teardown),
		cmocka_unit_test_setup_teardown(
			each_value_is_read_once_and_before_any_is_resolved, setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_block_can_be_taken_within_another, setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_list_of_any_length_ends_with_the_time, set_up_in_haste, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
