/* SPDX-License-Identifier: Apache-2.0 */
/* Which references arguments take, by their names, their facts and what is referred to. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/json.h"
#include "construct/wanted.h"

static struct arena *arena;

static int set_up(void **state)
{
	(void)state;
	arena = arena_create(16 << 20);
	return arena ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	arena_destroy(arena);
	return 0;
}

static const struct wanted *wanted(const char *name, const char *type, const char *fact)
{
	CLEANUP(doc_cleanup) struct doc *doc = NULL;

	assert_int_equal(json_read(str_of(fact), &(struct json_options){0}, &doc, NULL), 0);
	return wanted_read(str_of(name), str_of(type), doc_root(doc), arena);
}

static void most_take_anything(void **state)
{
	static const char *const names[] = {"name", "ami", "host_id", "barn", "buckets", "roles",
		"my_role", "subnet", "vpc", "security_group", "id", "user_id", "key_id", "url",
		"bucket_names", "kms_key"};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (wanted(names[i], "aws_x", "{}"))
			fail_msg("%s wants something", names[i]);
	assert_null(wanted("api_id", "", "{\"refers_to\":[\"aws_x.id\"]}"));
	assert_null(wanted("vpc_id", "", "{\"refers_to\":[\"aws_x.id\"]}"));
	assert_null(wanted("x_id", "", "{\"refers_to\":[\"aws_vpc.id\",\"aws_eip.id\"]}"));
	assert_null(wanted("x", "", "{\"any\":[{\"format\":\"arn\"},{\"length\":[1,2]}]}"));
}

static void references_that_are_sure(void **state)
{
#define ROLE "{\"refers_to\":[\"aws_iam_role.arn\"]}"
	static const struct {
		const char *name, *type, *fact, *address;
		bool is_right;
	} cases[] = {
		{"role_arn", "", "{}", "aws_iam_role.x.arn", true},
		{"role_arn", "", ROLE, "aws_iam_role.x.arn", true},
		{"role_arn", "", ROLE, "aws_iam_user.x.arn", true},
		{"role_arn", "", ROLE, "aws_sqs_queue.x.arn", false},
		{"role_arn", "", "{}", "aws_sqs_queue.x.arn", false},
		{"role_arn", "", "{}", "data.aws_sqs_queue.x.arn", true},
		{"role_arn", "", "{}", "aws_iam_role.x.name", false},
		{"role_arn", "", "{}", "aws_iam_role.x.id", false},
		{"role_arn", "", "{}", "aws_sns_topic.x.id", true},
		{"role_arn", "", "{}", "aws_lambda_function.x.qualified_arn", true},
		{"role_arn", "", "{}", "aws_lambda_function.x.version", false},
		{"role_arn", "", "{}", "module.x.role_name", true},
		{"role_arn", "", "{}", "aws_iam_role.x[0].name", true},
		{"role_arn", "", "{}", "", true},
		{"target_group_arns", "", "{}", "aws_lb_target_group.x.arn", true},
		{"arn", "", "{}", "aws_iam_role.x.arn", true},
		{"x", "", "{\"format\":\"arn\"}", "aws_iam_role.x.id", false},
		{"x", "", "{\"any\":[{\"format\":\"arn\"},{\"one_of\":[\"*\"]}]}", "aws_eip.x.id",
			false},
		{"subnet_id", "", "{}", "aws_subnet.x.id", true},
		{"subnet_id", "", "{}", "aws_vpc.x.id", false},
		{"subnet_id", "", "{}", "aws_thing.x.id", true},
		{"subnet_id", "", "{}", "aws_subnet.x.arn", false},
		{"subnet_id", "", "{}", "aws_subnet.x.name", false},
		{"subnet_id", "", "{}", "aws_subnet.x.cidr_block", true},
		{"source_security_group_id", "", "{}", "aws_security_group.x.id", true},
		{"security_groups", "", "{}", "aws_subnet.x.id", false},
		{"security_groups", "", "{}", "aws_security_group.x.name", true},
		{"security_groups", "", "{}", "aws_security_group.x.arn", true},
		{"allocation_id", "", "{\"refers_to\":[\"aws_eip.id\"]}", "aws_eip.x.id", true},
		{"allocation_id", "", "{\"refers_to\":[\"aws_eip.id\"]}", "aws_vpc.x.id", false},
		{"queue_url", "", "{}", "aws_sqs_queue.x.url", true},
		{"queue_url", "", "{}", "aws_sqs_queue.x.arn", false},
		{"role", "aws_lambda_function", "{}", "aws_iam_role.x.arn", true},
		{"role", "aws_lambda_function", "{}", "aws_kms_key.x.arn", false},
		{"role", "aws_iam_role_policy", "{}", "aws_iam_role.x.arn", false},
		{"role", "aws_iam_role_policy", "{}", "aws_iam_role.x.name", true},
		{"bucket", "aws_s3_bucket_policy", "{}", "aws_s3_bucket.x.arn", false},
		{"bucket", "aws_s3_access_point", "{}", "aws_s3_bucket.x.arn", true},
		{"kms_master_key_id", "", "{}", "aws_kms_key.x.arn", true},
		{"kms_master_key_id", "", "{}", "aws_kms_key.x.key_id", true},
	};
#undef ROLE

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const struct wanted *found = wanted(cases[i].name, cases[i].type, cases[i].fact);

		if (!found || wanted_takes(found, str_of(cases[i].address)) != cases[i].is_right)
			fail_msg("%s of %s", cases[i].name, cases[i].address);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(most_take_anything),
		cmocka_unit_test(references_that_are_sure),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
