/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Classes of resource types, and of objects whose class depends on them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/json.h"
#include "gate/types.h"

static void types_have_the_class_that_the_data_gives(void **state)
{
	(void)state;
	assert_int_equal(type_class(STR("aws_db_instance")), TYPE_STATEFUL);
	assert_int_equal(type_class(STR("aws_rds_cluster_instance")), TYPE_STATEFUL);
	assert_int_equal(type_class(STR("aws_sns_topic")), TYPE_STATELESS);
	assert_int_equal(type_class(STR("aws_ecs_task_definition")), TYPE_DISPOSABLE);
	assert_int_equal(type_class(STR("terraform_data")), TYPE_DISPOSABLE);
	assert_int_equal(type_class(STR("google_sql_database_instance")), TYPE_STATEFUL);
	assert_int_equal(type_class(STR("azurerm_storage_account")), TYPE_STATEFUL);
	assert_int_equal(type_class(STR("kubernetes_job_v1")), TYPE_DISPOSABLE);
	assert_int_equal(type_class(STR("helm_release")), TYPE_UNKNOWN);
	assert_int_equal(type_class(STR("github_team")), TYPE_STATELESS);
	assert_int_equal(type_class(STR("example_database")), TYPE_UNKNOWN);
	assert_int_equal(type_class(STR("aws_cloudformation_stack")), TYPE_UNKNOWN);
	assert_int_equal(type_class(STR("")), TYPE_UNKNOWN);
	assert_int_equal(type_class((struct str){NULL, 0}), TYPE_UNKNOWN);
}

static void first_and_last_name_of_the_table_are_found(void **state)
{
	(void)state;
	assert_int_equal(type_class(STR("archive_file")), TYPE_DISPOSABLE);
	assert_int_equal(type_class(STR("tls_self_signed_cert")), TYPE_DISPOSABLE);
	assert_int_equal(type_class(STR("tls_self_signed_certx")), TYPE_UNKNOWN);
}

static void what_is_lost_is_told_for_stateful_types_only(void **state)
{
	(void)state;
	assert_true(str_is(type_loses(STR("aws_sqs_queue")), "queued messages"));
	assert_true(str_absent(type_loses(STR("aws_sns_topic"))));
	assert_true(str_absent(type_loses(STR("google_x"))));
}

static enum type_class class_of(struct str type, const char *before, const char *after)
{
	CLEANUP(doc_cleanup) struct doc *old = NULL;
	CLEANUP(doc_cleanup) struct doc *new = NULL;
	struct json_options options = {0};
	struct change change = {.type = type};

	assert_int_equal(json_read(str_of(before), &options, &old, NULL), 0);
	assert_int_equal(json_read(str_of(after), &options, &new, NULL), 0);
	change.before = doc_root(old);
	change.after = doc_root(new);
	return change_class(&change);
}

static void an_instance_is_stateful_with_a_disk_that_goes_with_it(void **state)
{
	(void)state;
	const struct str type = STR("aws_instance");

	assert_int_equal(class_of(type, "{\"ebs_block_device\":[]}", "null"), TYPE_STATELESS);
	assert_int_equal(class_of(type, "{}", "null"), TYPE_STATELESS);
	assert_int_equal(
		class_of(type, "{\"ebs_block_device\":[{\"delete_on_termination\":true}]}", "null"),
		TYPE_STATEFUL);
	assert_int_equal(class_of(type, "{\"ebs_block_device\":[{}]}", "null"), TYPE_STATEFUL);
	assert_int_equal(
		class_of(
			type, "{\"ebs_block_device\":[{\"delete_on_termination\":false}]}", "null"),
		TYPE_STATELESS);
	assert_int_equal(class_of(type,
				 "{\"ebs_block_device\":[{\"delete_on_termination\":false},"
				 "{\"delete_on_termination\":true}]}",
				 "null"),
		TYPE_STATEFUL);
	assert_int_equal(class_of(type, "{\"root_block_device\":[{}]}", "null"), TYPE_STATELESS);
	/* A plan that does not show the object does not show that it has no such disk. */
	assert_int_equal(class_of(type, "null", "null"), TYPE_STATEFUL);
}

static void an_object_that_is_created_is_judged_by_what_it_will_be(void **state)
{
	(void)state;
	assert_int_equal(
		class_of(STR("aws_organizations_account"), "null", "{\"close_on_deletion\":true}"),
		TYPE_STATEFUL);
	assert_int_equal(class_of(STR("aws_organizations_account"), "{\"close_on_deletion\":false}",
				 "{\"close_on_deletion\":true}"),
		TYPE_STATELESS);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(types_have_the_class_that_the_data_gives),
		cmocka_unit_test(first_and_last_name_of_the_table_are_found),
		cmocka_unit_test(what_is_lost_is_told_for_stateful_types_only),
		cmocka_unit_test(an_instance_is_stateful_with_a_disk_that_goes_with_it),
		cmocka_unit_test(an_object_that_is_created_is_judged_by_what_it_will_be),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests_name("gate/types", tests, NULL, NULL);
}
