/* SPDX-License-Identifier: Apache-2.0 */
/* Shapes as the library gets them: names, how members are held, limits, rules, and the way to what is below. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"
#include "catalog/packs.h"
#include "catalog/shape.h"

static struct arena *arena;
static struct packs packs;

static int set_up(void **state)
{
	(void)state;
	arena = arena_create(64 << 20);
	return arena ? packs_open(NULL, arena, &packs, NULL) : -1;
}

static int tear_down(void **state)
{
	(void)state;
	packs_close(&packs);
	arena_destroy(arena);
	return 0;
}

static int shape(const char *provider, const char *path, struct str *ret_text)
{
	struct error err;

	*ret_text = STR("");
	return shape_json(
		packs_find(&packs, str_of(provider)), str_of(path), arena, ret_text, &err);
}

/* The shape at a path of aws, without the numbers of its facts. */
static struct node document(const char *path)
{
	struct doc *doc = NULL;
	struct error err;
	struct str text;

	assert_int_equal(shape("aws", path, &text), 1);
	assert_int_equal(json_read(text, &(struct json_options){0}, &doc, &err), 0);
	return doc_root(doc_adopt(doc, arena));
}

static struct node member(const char *path, const char *property)
{
	struct node_iter it = node_children(NODE_GET(document(path), "members"));

	while (node_next(&it))
		if (node_text_is(NODE_GET(it.value, "property"), str_of(property)))
			return it.value;
	fail_msg("%s has no %s", path, property);
	return NODE_NONE;
}

static void assert_text(struct node node, const char *want)
{
	const char *text = arena_cstr(arena, node_text(node, arena));

	assert_non_null(text);
	assert_string_equal(text, want);
}

static void all_of_a_type(void **state)
{
	struct str text;

	(void)state;
	assert_int_equal(shape("random", "resource/random_uuid", &text), 1);
	assert_string_equal(arena_cstr(arena, text),
		"{\"label\":\"Uuid\",\"className\":\"Uuid\",\"members\":["
		"{\"name\":\"id\",\"property\":\"id\",\"holding\":\"value\",\"access\":\"string\"},"
		"{\"name\":\"keepers\",\"property\":\"keepers\",\"holding\":\"value\","
		"\"access\":\"stringMap\",\"isSettable\":true},"
		"{\"name\":\"result\",\"property\":\"result\",\"holding\":\"value\","
		"\"access\":\"string\"}]}");
}

static void blocks_lead_to_their_shapes(void **state)
{
	struct node root = member("resource/aws_instance", "rootBlockDevice");
	struct node rule = member("resource/aws_lb_listener", "defaultAction");

	(void)state;
	assert_text(NODE_GET(root, "holding"), "object");
	assert_text(NODE_GET(root, "inner"), "aws/resource/aws_instance/root_block_device");
	assert_true(node_is_true(NODE_GET(root, "isItem")));
	assert_text(NODE_GET(rule, "holding"), "list");
	assert_true(node_is_true(NODE_GET(rule, "isRequired")));
	assert_text(NODE_GET(document("resource/aws_instance/root_block_device"), "label"),
		"Instance.rootBlockDevice");
	assert_text(NODE_GET(document("resource/aws_instance/root_block_device"), "className"),
		"InstanceRootBlockDevice");
}

static void objects_are_given_as_the_whole(void **state)
{
	struct node ingress = document("resource/aws_security_group/ingress");
	struct node port = member("resource/aws_security_group/ingress", "fromPort");
	struct node option = document("resource/aws_acm_certificate/domain_validation_options");

	(void)state;
	assert_true(node_is_true(NODE_GET(ingress, "isComplete")));
	assert_true(node_is_true(NODE_GET(port, "isSettable")));
	assert_false(node_exists(NODE_GET(option, "isComplete")));
	assert_false(node_exists(NODE_GET(node_at(NODE_GET(option, "members"), 0), "isSettable")));
}

static void what_bindings_leave_open_is_a_value(void **state)
{
	struct node statement = member("resource/aws_wafv2_web_acl/rule", "statement");

	(void)state;
	assert_text(NODE_GET(statement, "holding"), "value");
	assert_true(node_is_true(NODE_GET(statement, "isBlock")));
	assert_false(node_exists(NODE_GET(statement, "inner")));
}

static void rules_name_properties(void **state)
{
	struct node group =
		node_at(NODE_GET(document("resource/aws_iam_role_policy"), "groups"), 0);
	struct node paths = NODE_GET(group, "paths");

	(void)state;
	assert_text(NODE_GET(group, "rule"), "apart");
	assert_text(node_at(node_at(paths, 0), 0), "name");
	assert_text(node_at(node_at(paths, 1), 0), "namePrefix");
}

static void facts_are_named(void **state)
{
	struct node delay = member("resource/aws_sqs_queue", "delaySeconds");
	struct node arn = member("resource/aws_sqs_queue", "arn");
	int64_t number;

	(void)state;
	assert_true(node_to_i64(NODE_GET(delay, "fact"), &number));
	assert_true(str_find(facts_members((uint32_t)number), STR("[0,900]")) != SIZE_MAX);
	assert_false(node_exists(NODE_GET(arn, "fact")));
}

static void there_is_none(void **state)
{
	static const char *const paths[] = {"", "resource", "resource/", "resource/aws_no_such",
		"widget/aws_instance", "resource/aws_instance/ami", "resource/aws_instance/",
		"resource/aws_instance/no_such", "function/arn_parse",
		"resource/aws_wafv2_web_acl/rule/statement"};
	struct str text;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(paths); i++)
		assert_int_equal(shape("aws", paths[i], &text), 0);
}

static void memory_runs_out(void **state)
{
	struct pack *pack = packs_find(&packs, STR("aws"));
	struct str text;
	struct error err;
	int r = -1;

	(void)state;
	for (uint64_t nth = 1; r < 0; nth++) {
		struct arena *own = arena_create(16 << 20);

		mem_fail_from(nth);
		r = shape_json(pack, STR("resource/aws_iam_role_policy"), own, &text, &err);
		mem_fail_from(0);
		assert_true(r == 1 || err.id == ERR_MEMORY);
		arena_destroy(own);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_of_a_type),
		cmocka_unit_test(blocks_lead_to_their_shapes),
		cmocka_unit_test(objects_are_given_as_the_whole),
		cmocka_unit_test(what_bindings_leave_open_is_a_value),
		cmocka_unit_test(rules_name_properties),
		cmocka_unit_test(facts_are_named),
		cmocka_unit_test(there_is_none),
		cmocka_unit_test(memory_runs_out),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
