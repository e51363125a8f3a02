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

/* The facts of a type of the provider; "" where there are none. */
static struct str facts_of(struct arena *arena, enum pack_kind kind, const char *type)
{
	struct pack pack = provider("aws", "5.100.0");
	struct str text = STR("");
	struct error err;

	assert_in_range(facts_json(&pack, kind, str_of(type), arena, &text, &err), 0, 1);
	return text;
}

static void assert_text(struct str got, const char *expected)
{
	assert_int_equal(got.len, str_of(expected).len);
	assert_memory_equal(got.data, expected, got.len);
}

static void type_has_its_facts(void **state)
{
	assert_text(facts_of(*state, PACK_RESOURCE, "aws_iam_role_policy"),
		"{\"\":{\"apart\":[[\"name\",\"name_prefix\"]]},\"id\":{\"unsettable\":true},"
		"\"name\":{\"length\":[1,128]},\"name_prefix\":{\"length\":[1,102]},"
		"\"policy\":{\"format\":\"iam_policy\"},"
		"\"role\":{\"length\":[1,128],\"pattern\":[\"[\\\\w+=,.@-]+\"]}}");
}

static void block_has_those_inside_of_it(void **state)
{
	assert_text(facts_of(*state, PACK_RESOURCE, "aws_s3_bucket_versioning"),
		"{\"bucket\":{\"length\":[1,63]},\"expected_bucket_owner\":{\"format\":"
		"\"account_id\"},"
		"\"id\":{\"unsettable\":true},\"versioning_configuration\":{\"of\":{"
		"\"mfa_delete\":{\"one_of\":[\"Enabled\",\"Disabled\"]},"
		"\"status\":{\"one_of\":[\"Enabled\",\"Suspended\",\"Disabled\"]}}}}");
}

static void kinds_are_apart(void **state)
{
	assert_text(facts_of(*state, PACK_DATA, "aws_sqs_queue"), "{\"id\":{\"unsettable\":true}}");
}

static void nothing_is_known_of_others(void **state)
{
	static const struct {
		const char *source, *version;
		int result;
	} providers[] = {{"aws", "5.100.0", 1}, {"hashicorp/aws", "5.100.0", 1},
		{"aws", "6.0.0", 0}, {"example/aws", "5.100.0", 0},
		{"hashicorp/random", "3.7.2", 0}};
	struct error err;

	for (size_t i = 0; i < COUNT_OF(providers); i++) {
		struct pack pack = provider(providers[i].source, providers[i].version);
		struct str text;

		assert_int_equal(
			facts_json(&pack, PACK_RESOURCE, STR("aws_sqs_queue"), *state, &text, &err),
			providers[i].result);
	}
	assert_text(facts_of(*state, PACK_RESOURCE, "aws_no_such_type"), "");
	assert_text(facts_of(*state, PACK_RESOURCE, ""), "");
	assert_text(facts_of(*state, PACK_PROVIDER, "aws"), "");
}

/* The deepest and the largest too. */
static void all_is_json(void **state)
{
	static const char *const types[] = {"aws_wafv2_web_acl", "aws_sagemaker_domain",
		"aws_quicksight_dashboard", "aws_medialive_channel"};
	struct error err;

	for (size_t i = 0; i < COUNT_OF(types); i++) {
		struct str text = facts_of(*state, PACK_RESOURCE, types[i]);
		struct doc *doc = NULL;

		assert_true(text.len > 10000);
		assert_int_equal(json_read(text, &(struct json_options){0}, &doc, &err), 0);
		doc_free(doc);
	}
}

static void memory_runs_out(void **state)
{
	struct pack pack = provider("aws", "5.100.0");
	struct str text;
	struct error err;

	for (uint64_t nth = 1; nth <= 4; nth++) {
		struct arena *arena = arena_create(ARENA_MOST);
		int r;

		mem_fail_from(nth);
		r = facts_json(&pack, PACK_RESOURCE, STR("aws_sqs_queue"), arena, &text, &err);
		mem_fail_from(0);
		assert_true(r == 1 || (r < 0 && err.id == ERR_MEMORY));
		arena_destroy(arena);
	}
	(void)state;
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
