/* SPDX-License-Identifier: Apache-2.0 */
/* What a class has under a name. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "construct/roles.h"

static struct arena *arena;
static struct packs packs;
static struct shapes shapes;

static int set_up(void **state)
{
	(void)state;
	arena = arena_create(256 << 20);
	if (!arena || packs_open(NULL, arena, &packs, NULL) < 0)
		return -1;
	shapes_init(&shapes, &packs, arena);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	packs_close(&packs);
	arena_destroy(arena);
	return 0;
}

static const struct known_shape *shape_of(const char *path)
{
	uint32_t number = 0;
	struct error err;

	assert_int_equal(shapes_open(&shapes, str_of(path), &number, &err), 1);
	return shapes_at(&shapes, number);
}

/* "input tags": the role and Terraform's name of the member. */
static void assert_role(
	const char *path, const char *name, bool is_provider, const char *role, const char *member)
{
	struct role found = role_of(&shapes, shape_of(path), str_of(name), is_provider);

	assert_true(str_is(role_name(found.kind), role));
	if (!member) {
		assert_null(found.member);
		return;
	}
	assert_non_null(found.member);
	assert_true(str_is(found.member->name, member));
}

static void a_name_tells_its_member(void **state)
{
	static const char *const instance = "aws/resource/aws_instance";

	(void)state;
	assert_role(instance, "instanceType", false, "value", "instance_type");
	assert_role(instance, "instanceTypeInput", false, "input", "instance_type");
	assert_role(instance, "resetInstanceType", false, "reset", "instance_type");
	assert_role(instance, "putRootBlockDevice", false, "put", "root_block_device");
	assert_role(instance, "rootBlockDevice", false, "value", "root_block_device");
	assert_role(instance, "arn", false, "value", "arn");
	assert_role("aws/resource/aws_instance/root_block_device", "resetVolumeSize", false,
		"reset", "volume_size");
}

static void what_a_member_has_not_is_none(void **state)
{
	static const char *const instance = "aws/resource/aws_instance";
	char long_name[600];

	(void)state;
	memset(long_name, 'A', sizeof(long_name) - 1);
	long_name[sizeof(long_name) - 1] = '\0';
	memcpy(long_name, "reset", 5);
	assert_role(instance, "arnInput", false, "", NULL);        /* computed */
	assert_role(instance, "resetArn", false, "", NULL);        /* computed */
	assert_role(instance, "putInstanceType", false, "", NULL); /* a value */
	assert_role(instance, "putrootBlockDevice", false, "", NULL);
	assert_role(instance, "put", false, "", NULL);
	assert_role(instance, "reset", false, "", NULL);
	assert_role(instance, "Input", false, "", NULL);
	assert_role(instance, "", false, "", NULL);
	assert_role(instance, "toString", false, "", NULL);
	assert_role(instance, long_name, false, "", NULL);
	assert_role(
		"aws/resource/aws_iam_role_policy", "resetPolicy", false, "", NULL); /* required */
	assert_role("aws/resource/aws_iam_role_policy", "policyInput", false, "input", "policy");
}

static void a_provider_has_what_can_be_given(void **state)
{
	(void)state;
	assert_role("aws/provider/aws", "region", true, "value", "region");
	assert_role("aws/provider/aws", "resetRegion", true, "reset", "region");
	assert_role("aws/provider/aws", "assumeRole", true, "value", "assume_role");
	assert_role("aws/provider/aws", "putAssumeRole", true, "", NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_name_tells_its_member, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_a_member_has_not_is_none, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_provider_has_what_can_be_given, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
