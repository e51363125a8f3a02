/* SPDX-License-Identifier: Apache-2.0 */
/* Open shapes: that they say what the library's do, are opened once, and end on hostile packs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"
#include "construct/shapes.h"

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

static const struct known_shape *open_shape(const char *path)
{
	const struct known_shape *shape;
	uint32_t number = 0;
	struct error err;

	assert_int_equal(shapes_open(&shapes, str_of(path), &number, &err), 1);
	shape = shapes_at(&shapes, number);
	assert_non_null(shape);
	assert_int_equal(shape->number, number);
	return shape;
}

static const struct known_member *find(const char *path, const char *property)
{
	const struct known_member *member =
		shapes_find(&shapes, open_shape(path), str_of(property));

	assert_non_null(member);
	return member;
}

static void a_shape_is_opened_once(void **state)
{
	const struct known_shape *instance = open_shape("aws/resource/aws_instance");
	const struct known_member *root = shapes_find(&shapes, instance, STR("rootBlockDevice"));
	uint32_t number;
	struct error err;

	(void)state;
	assert_ptr_equal(shapes_inner(&shapes, root),
		open_shape("aws/resource/aws_instance/root_block_device"));
	assert_ptr_equal(open_shape("aws/resource/aws_instance"), instance);
	assert_ptr_equal(shapes_inner(&shapes, root), shapes_inner(&shapes, root));
	assert_null(shapes_find(&shapes, instance, STR("root_block_device")));
	assert_null(shapes_inner(&shapes, shapes_find(&shapes, instance, STR("ami"))));
	assert_null(shapes_at(&shapes, 0));
	assert_null(shapes_at(&shapes, 100));
	assert_int_equal(shapes_open(&shapes, STR("aws/resource/aws_x"), &number, &err), 0);
	assert_int_equal(shapes_open(&shapes, STR("aws/none/aws_instance"), &number, &err), 0);
	assert_int_equal(shapes_open(&shapes, STR("aws/resource"), &number, &err), 0);
	assert_int_equal(shapes_open(&shapes, STR("none/resource/none_x"), &number, &err), 0);
	assert_int_equal(
		shapes_open(&shapes, STR("aws/resource/aws_instance/ami"), &number, &err), 0);
	assert_true(str_is(instance->type, "aws_instance"));
	assert_true(str_empty(shapes_inner(&shapes, root)->type));
}

static bool flag(struct node member, const char *key)
{
	return node_is_true(node_get(member, str_of(key)));
}

static void assert_member(const struct known_member *known, struct node member)
{
	static const char *const holdings[] = {[HOLDS_VALUE] = "value",
		[HOLDS_OBJECT] = "object",
		[HOLDS_LIST] = "list",
		[HOLDS_MAP] = "map"};
	int64_t fact = 0;

	(void)node_to_i64(NODE_GET(member, "fact"), &fact);
	assert_true(node_text_is(NODE_GET(member, "name"), known->name));
	assert_true(node_text_is(NODE_GET(member, "property"), known->property));
	assert_true(node_text_is(NODE_GET(member, "holding"), str_of(holdings[known->holding])));
	assert_true(node_text_is(NODE_GET(member, "access"), shape_access_name(known->access)));
	assert_int_equal(flag(member, "isSettable"), known->is_settable);
	assert_int_equal(flag(member, "isRequired"), known->is_required);
	assert_int_equal(flag(member, "isBlock"), known->schema->is_block);
	assert_int_equal(flag(member, "isSet"), known->schema->is_set);
	assert_int_equal(flag(member, "isItem"), known->schema->is_item);
	assert_int_equal(fact, known->fact);
}

/* All that a shape and those below it say. */
static void assert_same(struct pack *pack, struct str path)
{
	const struct known_shape *shape = open_shape(arena_cstr(
		arena, arena_printf(arena, "%.*s/%.*s", STR_ARG(pack->name), STR_ARG(path))));
	struct doc *doc = NULL;
	struct node_iter it;
	struct error err;
	struct str text;
	uint32_t i = 0, required = 0;

	assert_int_equal(shape_json(pack, path, arena, &text, &err), 1);
	assert_int_equal(json_read(text, &(struct json_options){0}, &doc, &err), 0);
	assert_int_equal(flag(doc_root(doc), "isComplete"), shape->is_complete);
	assert_int_equal(node_exists(NODE_GET(doc_root(doc), "groups")), shape->has_groups);
	it = node_children(NODE_GET(doc_root(doc), "members"));
	while (node_next(&it)) {
		const struct known_member *known = shapes_member(&shapes, shape, i++);

		assert_member(known, it.value);
		assert_ptr_equal(shapes_find(&shapes, shape, known->property), known);
		required += known->is_settable && known->is_required;
		if (known->holding != HOLDS_VALUE)
			assert_same(pack,
				arena_printf(
					arena, "%.*s/%.*s", STR_ARG(path), STR_ARG(known->name)));
	}
	assert_int_equal(i, shape->count);
	assert_int_equal(required, shape->required_count);
	doc_free(doc);
}

static void they_say_what_those_of_the_library_do(void **state)
{
	static const char *const paths[] = {"resource/aws_instance", "resource/aws_security_group",
		"resource/aws_route_table", "resource/aws_sqs_queue", "resource/aws_wafv2_web_acl",
		"resource/aws_lb_listener", "resource/aws_s3_bucket", "resource/aws_appflow_flow",
		"resource/aws_acm_certificate", "data/aws_ami", "provider/aws"};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(paths); i++)
		assert_same(packs_find(&packs, STR("aws")), str_of(paths[i]));
}

static void facts_add_to_the_schema(void **state)
{
	const struct known_member *types =
		find("aws/resource/aws_api_gateway_rest_api/endpoint_configuration", "types");

	(void)state;
	assert_int_equal(types->min_items, 1);
	assert_int_equal(types->max_items, 1);
	assert_int_equal(types->whole, WHOLE_LIST);
	assert_int_equal(types->part, PART_TEXT);
	assert_int_equal(find("aws/resource/aws_instance", "rootBlockDevice")->max_items, 1);
	assert_true(find("aws/resource/aws_acm_certificate", "id")->is_refused);
	assert_false(find("aws/resource/aws_acm_certificate", "domainName")->is_refused);
}

static void what_refers_to_one_kind_is_restricted(void **state)
{
	(void)state;
	assert_true(find("aws/resource/aws_instance", "subnetId")->wanted != NULL);
	assert_true(find("aws/resource/aws_instance", "vpcSecurityGroupIds")->wanted != NULL);
	assert_true(find("aws/resource/aws_lambda_function", "role")->wanted != NULL);
	assert_true(find("aws/resource/aws_lb_listener", "loadBalancerArn")->wanted != NULL);
	assert_true(find("aws/resource/aws_s3_bucket_policy", "bucket")->wanted != NULL);
	assert_true(find("aws/resource/aws_sqs_queue", "kmsMasterKeyId")->wanted != NULL);
	assert_false(find("aws/resource/aws_instance", "ami")->wanted != NULL);
	assert_false(find("aws/resource/aws_instance", "hostId")->wanted != NULL);
	assert_false(find("aws/resource/aws_sqs_queue", "name")->wanted != NULL);
}

/* Opens all below a shape, as far as it goes. */
static void open_all(struct shapes *open, const struct known_shape *shape, unsigned depth)
{
	for (uint32_t i = 0; shape && depth && i < shape->count; i++) {
		const struct known_member *member = shapes_member(open, shape, i);

		if (member)
			open_all(open, shapes_inner(open, member), depth - 1);
	}
}

static void open_types(struct str bytes)
{
	struct arena *own = arena_create(32 << 20);
	struct packs_entry entry = {.builtin = true};
	struct packs one = {.items = &entry, .count = 1};
	struct shapes open;
	struct error err;
	uint32_t number;

	assert_non_null(own);
	if (pack_open(bytes, STR("hostile"), &entry.pack, &err) == 0) {
		shapes_init(&open, &one, own);
		for (size_t i = 0; i < 20 && i < pack_count(&entry.pack, PACK_RESOURCE); i++) {
			struct str path =
				arena_printf(own, "%.*s/resource/%.*s", STR_ARG(entry.pack.name),
					STR_ARG(pack_name_at(&entry.pack, PACK_RESOURCE, i)));

			if (!str_absent(path) && shapes_open(&open, path, &number, &err) == 1)
				open_all(&open, shapes_at(&open, number), 4);
		}
	}
	arena_destroy(own);
}

static void hostile_packs_come_to_an_end(void **state)
{
	static const uint32_t words[] = {0, 1, 0xffff, 0xffffff09, UINT32_MAX};
	const struct str bytes = builtin_packs[0].bytes;
	const struct str small =
		str_eq(builtin_packs[0].name, STR("aws")) ? builtin_packs[1].bytes : bytes;
	char *copy = mem_alloc(small.len);

	(void)state;
	assert_non_null(copy);
	for (size_t at = 0; at + 4 <= small.len; at += 4) {
		for (size_t i = 0; i < COUNT_OF(words); i++) {
			memcpy(copy, small.data, small.len);
			memcpy(copy + at, &words[i], 4);
			open_types((struct str){copy, small.len});
		}
	}
	mem_free(copy);
}

static void without_memory_nothing_is_there(void **state)
{
	(void)state;
	for (uint64_t nth = 1; nth < 400; nth++) {
		struct arena *own;
		struct shapes open;
		struct error err;
		uint32_t number = 0;
		int r;

		mem_fail_from(0);
		own = arena_create(32 << 20);
		assert_non_null(own);
		shapes_init(&open, &packs, own);
		mem_fail_from(nth);
		r = shapes_open(&open, STR("aws/resource/aws_sqs_queue"), &number, &err);
		if (r == 1)
			open_all(&open, shapes_at(&open, number), 2);
		else
			assert_true(r < 0);
		mem_fail_from(0);
		arena_destroy(own);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_shape_is_opened_once),
		cmocka_unit_test(they_say_what_those_of_the_library_do),
		cmocka_unit_test(facts_add_to_the_schema),
		cmocka_unit_test(what_refers_to_one_kind_is_restricted),
		cmocka_unit_test(hostile_packs_come_to_an_end),
		cmocka_unit_test(without_memory_nothing_is_there),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
