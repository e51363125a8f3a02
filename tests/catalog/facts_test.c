/* SPDX-License-Identifier: Apache-2.0 */
/* Facts: those of a type as JSON, and none of what they are not about. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/json.h"
#include "catalog/facts.h"

enum { ARENA_MOST = 64 << 20 };

static int setup(void **state)
{
	*state = arena_create(ARENA_MOST);
	return 0;
}

static int teardown(void **state)
{
	arena_destroy(*state);
	return 0;
}

static struct pack provider(const char *source, const char *version)
{
	return (struct pack){.source = str_of(source), .version = str_of(version)};
}

static uint32_t block_of(struct arena *arena, enum pack_kind kind, const char *type)
{
	struct pack pack = provider("aws", "5.100.0");

	return facts_of_type(&pack, kind, str_of(type), arena);
}

static struct str members_of(uint32_t block, const char *argument)
{
	return facts_members(facts_of_argument(block, str_of(argument)).number);
}

static void assert_text(struct str got, const char *expected)
{
	assert_int_equal(got.len, str_of(expected).len);
	assert_memory_equal(got.data, expected, got.len);
}

static void type_has_its_facts(void **state)
{
	uint32_t block = block_of(*state, PACK_RESOURCE, "aws_iam_role_policy");

	assert_text(members_of(block, ""), "\"apart\":[[\"name\",\"name_prefix\"]]");
	assert_text(members_of(block, "id"), "\"unsettable\":true");
	assert_text(members_of(block, "name"), "\"length\":[1,128]");
	assert_text(members_of(block, "policy"), "\"format\":\"iam_policy\"");
	assert_text(
		members_of(block, "role"), "\"length\":[1,128],\"pattern\":[\"[\\\\w+=,.@-]+\"]");
	assert_true(str_absent(members_of(block, "no_such_argument")));
}

static void block_has_those_inside_of_it(void **state)
{
	uint32_t block = block_of(*state, PACK_RESOURCE, "aws_s3_bucket_versioning");
	struct argument_facts inner = facts_of_argument(block, STR("versioning_configuration"));

	assert_text(members_of(block, "bucket"), "\"length\":[1,63]");
	assert_text(facts_members(inner.number), "");
	assert_text(members_of(inner.block, "mfa_delete"), "\"one_of\":[\"Enabled\",\"Disabled\"]");
	assert_int_equal(facts_of_argument(block, STR("bucket")).block, 0);
}

static void kinds_are_apart(void **state)
{
	uint32_t block = block_of(*state, PACK_DATA, "aws_sqs_queue");

	assert_text(members_of(block, "id"), "\"unsettable\":true");
	assert_int_equal(facts_of_argument(block, STR("delay_seconds")).number, 0);
}

static void nothing_is_known_of_others(void **state)
{
	static const struct {
		const char *source, *version;
		bool known;
	} providers[] = {{"aws", "5.100.0", true}, {"hashicorp/aws", "5.100.0", true},
		{"aws", "6.0.0", false}, {"example/aws", "5.100.0", false},
		{"hashicorp/random", "3.7.2", false}};

	for (size_t i = 0; i < COUNT_OF(providers); i++) {
		struct pack pack = provider(providers[i].source, providers[i].version);

		assert_int_equal(
			facts_of_type(&pack, PACK_RESOURCE, STR("aws_sqs_queue"), *state) != 0,
			providers[i].known);
	}
	assert_int_equal(block_of(*state, PACK_RESOURCE, "aws_no_such_type"), 0);
	assert_int_equal(block_of(*state, PACK_RESOURCE, ""), 0);
	assert_int_equal(block_of(*state, PACK_PROVIDER, "aws"), 0);
	assert_int_equal(facts_of_argument(0, STR("name")).number, 0);
	assert_true(str_absent(facts_members(0)));
	assert_true(str_absent(facts_members(UINT32_MAX)));
}

/* Of every argument, by its number: up to the first that there is not. */
static void all_is_json(void **state)
{
	struct error err;
	uint32_t number = 1;

	for (struct str text = facts_members(1); !str_absent(text);
		text = facts_members(++number)) {
		struct str json = arena_printf(*state, "{%.*s}", STR_ARG(text));
		struct doc *doc = NULL;

		assert_int_equal(json_read(json, &(struct json_options){0}, &doc, &err), 0);
		doc_free(doc);
	}
	assert_true(number > 3000);
}

static void memory_runs_out(void **state)
{
	struct pack pack = provider("aws", "5.100.0");
	struct arena *arena = arena_create(ARENA_MOST);

	(void)state;
	mem_fail_from(1);
	assert_int_equal(facts_of_type(&pack, PACK_RESOURCE, STR("aws_sqs_queue"), arena), 0);
	mem_fail_from(0);
	assert_true(arena_failed(arena));
	arena_destroy(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(type_has_its_facts, setup, teardown),
		cmocka_unit_test_setup_teardown(block_has_those_inside_of_it, setup, teardown),
		cmocka_unit_test_setup_teardown(kinds_are_apart, setup, teardown),
		cmocka_unit_test_setup_teardown(nothing_is_known_of_others, setup, teardown),
		cmocka_unit_test_setup_teardown(all_is_json, setup, teardown),
		cmocka_unit_test(memory_runs_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
