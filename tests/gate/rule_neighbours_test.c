/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What stands around an object in a plan: who uses it, and whether what it
 * guards stays.
 */
#include "gate/rule_neighbours.h"

#include "rule_support.h"

struct scene {
	struct arena *arena;
	struct plans plans;
	struct neighbours *neighbours;
};

static void scene_open(struct scene *scene, const char *changes, const char *resources)
{
	struct references *references;
	struct error err = {0};
	struct str text;

	*scene = (struct scene){.arena = arena_create((size_t)1 << 24)};
	assert_non_null(scene->arena);
	text = arena_printf(scene->arena,
		"{\"format_version\":\"1.2\",\"planned_values\":{},\"resource_changes\":[%s],"
		"\"configuration\":{\"root_module\":{\"resources\":[%s]}}}",
		changes, resources);
	assert_int_equal(plan_read(text, STR("p"), scene->arena, &scene->plans, &err), 0);
	assert_int_equal(
		references_build(&scene->plans.items[0], scene->arena, &references, &err), 0);
	scene->neighbours = neighbours_create(&scene->plans.items[0], references, scene->arena);
	assert_non_null(scene->neighbours);
}

static void scene_close(struct scene *scene)
{
	plan_free(&scene->plans.items[0]);
	arena_destroy(scene->arena);
}

static const struct change *change_at(const struct scene *scene, size_t index)
{
	return &scene->plans.items[0].changes.items[index];
}

static size_t users(struct scene *scene, size_t index, const struct change *const **ret_items)
{
	return neighbours_consumers(scene->neighbours, change_at(scene, index), ret_items);
}

#define HEAD(name, type)                                                                           \
	"{\"address\":\"" type "." name "\",\"mode\":\"managed\",\"type\":\"" type                 \
	"\",\"name\":\"" name "\",\"provider_name\":\"p\",\"change\":{\"after_unknown\":{},"
#define NO_OP(name, values)                                                                        \
	HEAD(name, "t")                                                                            \
	"\"actions\":[\"no-op\"],\"before\":" values ",\"after\":" values "}}"
#define DELETED(name, values)                                                                      \
	HEAD(name, "t") "\"actions\":[\"delete\"],\"before\":" values ",\"after\":null}}"
#define CREATED(name, values)                                                                      \
	HEAD(name, "t") "\"actions\":[\"create\"],\"before\":null,\"after\":" values "}}"
#define REPLACED(name, values)                                                                     \
	HEAD(name, "t")                                                                            \
	"\"actions\":[\"delete\",\"create\"],\"before\":" values ",\"after\":{}}}"

static void users_are_told_once_and_in_order(void **state)
{
	const char *changes = NO_OP("late", "{\"x\":[\"vpc-12345\",\"vpc-12345\"]}") "," DELETED(
		"gone", "{\"id\":\"vpc-12345\",\"arn\":\"arn:vpc-12345\"}") "," NO_OP("both",
		"{\"y\":{\"z\":\"arn:vpc-12345\"},\"x\":\"vpc-12345\"}") "," DELETED("with",
		"{\"x\":\"vpc-12345\"}") "," NO_OP("other",
		"{\"x\":\"vpc-99999\",\"id\":\"vpc-12345\"}");
	const struct change *const *items;
	struct scene scene;

	(void)state;
	scene_open(&scene, changes, "");
	assert_int_equal(users(&scene, 1, &items), 2);
	assert_ptr_equal(items[0], change_at(&scene, 0));
	assert_ptr_equal(items[1], change_at(&scene, 2));
	assert_int_equal(users(&scene, 0, &items), 0);
	scene_close(&scene);
}

#define OF_ONE_ID "{\"id\":\"vpc-12345\",\"x\":\"vpc-12345\"}"

static void objects_of_one_id_use_each_other(void **state)
{
	const struct change *const *items;
	struct scene scene;

	(void)state;
	scene_open(&scene,
		REPLACED("a", OF_ONE_ID) "," REPLACED("b", OF_ONE_ID) "," NO_OP("c", OF_ONE_ID),
		"");
	assert_int_equal(users(&scene, 0, &items), 2);
	assert_ptr_equal(items[0], change_at(&scene, 1));
	assert_ptr_equal(items[1], change_at(&scene, 2));
	assert_int_equal(users(&scene, 1, &items), 2);
	assert_ptr_equal(items[0], change_at(&scene, 0));
	/* It has the id, but stays. */
	assert_int_equal(users(&scene, 2, &items), 0);
	scene_close(&scene);
}

static void users_are_counted_up_to_a_thousand(void **state)
{
	static char changes[1 << 19];
	const struct change *const *items;
	struct scene scene;
	size_t at = 0;

	(void)state;
	for (int i = 0; i < 1100; i++)
		at += (size_t)snprintf(changes + at, sizeof(changes) - at,
			NO_OP("u%d", "{\"x\":\"vpc-12345\"}") ",", i, i);
	assert_true(at < sizeof(changes) - 1000);
	snprintf(changes + at, sizeof(changes) - at, "%s",
		DELETED("gone", "{\"id\":\"vpc-12345\"}"));
	scene_open(&scene, changes, "");
	assert_int_equal(users(&scene, 1100, &items), 1000);
	scene_close(&scene);
}

static void a_word_is_no_id(void **state)
{
	const struct change *const *items;
	struct scene scene;

	(void)state;
	scene_open(&scene,
		DELETED("gone", "{\"id\":\"default\"}") "," NO_OP("a", "{\"x\":\"default\"}"), "");
	assert_int_equal(users(&scene, 0, &items), 0);
	scene_close(&scene);
	scene_open(
		&scene, DELETED("gone", "{\"id\":\"a-b\"}") "," NO_OP("a", "{\"x\":\"a-b\"}"), "");
	assert_int_equal(users(&scene, 0, &items), 0);
	scene_close(&scene);
}

static void a_replaced_object_is_used_by_who_refers_to_it(void **state)
{
	const char *resources =
		"{\"address\":\"t.a\",\"mode\":\"managed\",\"type\":\"t\",\"name\":\"a\","
		"\"expressions\":{\"v\":{\"references\":[\"t.gone.id\",\"t.gone\"]}}},"
		"{\"address\":\"t.gone\",\"mode\":\"managed\",\"type\":\"t\",\"name\":\"gone\"}";
	const struct change *const *items;
	struct scene scene;

	(void)state;
	scene_open(&scene, REPLACED("gone", "{\"id\":\"x\"}") "," NO_OP("a", "{\"v\":\"x\"}"),
		resources);
	assert_int_equal(users(&scene, 0, &items), 1);
	assert_ptr_equal(items[0], change_at(&scene, 1));
	scene_close(&scene);
}

static bool abandons(struct scene *scene, size_t index)
{
	return neighbours_abandons(scene->neighbours, change_at(scene, index), STR("of"));
}

static void what_is_guarded_may_stay_or_go(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, DELETED("guard", "{\"of\":\"b\"}") "," NO_OP("b", "{\"id\":\"b\"}"), "");
	assert_true(abandons(&scene, 0));
	assert_false(abandons(&scene, 1));
	scene_close(&scene);
	scene_open(
		&scene, DELETED("guard", "{\"of\":\"b\"}") "," DELETED("b", "{\"id\":\"b\"}"), "");
	assert_false(abandons(&scene, 0));
	scene_close(&scene);
	scene_open(
		&scene, DELETED("guard", "{\"of\":\"b\"}") "," CREATED("g2", "{\"of\":\"b\"}"), "");
	assert_false(abandons(&scene, 0));
	scene_close(&scene);
	/* Another one for something else guards nothing here; an object does not go with itself. */
	scene_open(&scene,
		DELETED("guard", "{\"of\":\"b\",\"id\":\"b\"}") "," CREATED("g2", "{\"of\":\"c\"}"),
		"");
	assert_true(abandons(&scene, 0));
	scene_close(&scene);
}

static void what_was_there_before_takes_no_place(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(
		&scene, DELETED("guard", "{\"of\":\"b\"}") "," NO_OP("g2", "{\"of\":\"b\"}"), "");
	assert_true(abandons(&scene, 0));
	scene_close(&scene);
}

static void two_guards_of_one_object_do_not_excuse_each_other(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene,
		DELETED("guard", "{\"of\":\"b\",\"id\":\"b\"}") "," DELETED(
			"g2", "{\"of\":\"b\",\"id\":\"b\"}") ","
							     "" DELETED("g3",
								     "{\"of\":\"b\",\"id\":\"b|1\","
								     "\"arn\":\"b\"}"),
		"");
	assert_true(abandons(&scene, 0));
	assert_true(abandons(&scene, 1));
	scene_close(&scene);
	/* A bucket names itself as its guards do, and has an ARN. */
	scene_open(&scene,
		DELETED("guard", "{\"of\":\"b\",\"id\":\"b\"}") "," DELETED(
			"b", "{\"of\":\"b\",\"id\":\"b\",\"arn\":\"arn:aws:s3:::b\"}"),
		"");
	assert_false(abandons(&scene, 0));
	scene_close(&scene);
}

static void of_two_owners_each_has_the_other(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene,
		DELETED("one",
			"{\"of\":\"b\",\"id\":\"b\",\"name\":\"b\",\"arn\":\"x\"}") "," DELETED("tw"
												"o",
			"{\"of\":\"b\",\"id\":\"b\",\"arn\":\"y\"}") "," DELETED("guard",
			"{\"of\":\"b\"}"),
		"");
	for (size_t i = 0; i < 3; i++)
		assert_false(abandons(&scene, i));
	scene_close(&scene);
	/* One alone does not go with itself, and others go with it. */
	scene_open(&scene,
		DELETED("one",
			"{\"of\":\"b\",\"id\":\"b\",\"name\":\"b\",\"arn\":\"x\"}") "," DELETED("gu"
												"ar"
												"d",
			"{\"of\":\"b\"}"),
		"");
	assert_true(abandons(&scene, 0));
	assert_false(abandons(&scene, 1));
	scene_close(&scene);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(users_are_told_once_and_in_order),
		cmocka_unit_test(objects_of_one_id_use_each_other),
		cmocka_unit_test(users_are_counted_up_to_a_thousand),
		cmocka_unit_test(a_word_is_no_id),
		cmocka_unit_test(a_replaced_object_is_used_by_who_refers_to_it),
		cmocka_unit_test(what_is_guarded_may_stay_or_go),
		cmocka_unit_test(what_was_there_before_takes_no_place),
		cmocka_unit_test(two_guards_of_one_object_do_not_excuse_each_other),
		cmocka_unit_test(of_two_owners_each_has_the_other),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests_name("gate/rule_neighbours", tests, NULL, NULL);
}
