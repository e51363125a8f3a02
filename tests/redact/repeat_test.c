/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Objects that stand in a plan again: known only if their bytes and their masks are.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/json.h"
#include "redact/repeat.h"

struct world {
	struct doc *doc;
	struct repeats repeats;
};

static void open_world(struct world *world, const char *json)
{
	struct json_options options = {.name = STR("test")};

	assert_int_equal(json_read(str_of(json), &options, &world->doc, NULL), 0);
	assert_true(repeats_open(&world->repeats, 1));
}

static void close_world(struct world *world)
{
	repeats_close(&world->repeats);
	doc_free(world->doc);
}

static struct node item(struct world *world, size_t index)
{
	return node_at(doc_root(world->doc), index);
}

/* Whether the object is known; afterwards it is. */
static bool known(struct world *world, struct node object, struct node first, struct node second)
{
	bool known;
	struct repeat_entry new,
		*entry = repeats_find(
			&world->repeats, object, node_end(object), first, second, &known, &new);

	*entry = new;
	return known;
}

static void equal_bytes_are_known(void **state)
{
	struct world world;

	(void)state;
	open_world(&world,
		"[{\"a\":{\"b\":[1,{}]}},{\"a\":{\"b\":[1,{}]}},{\"a\":{\"b\":[1]}},"
		"{\"a\":{\"b\":[1,{}]} }]");
	assert_false(known(&world, item(&world, 0), NODE_NONE, NODE_NONE));
	assert_true(known(&world, item(&world, 1), NODE_NONE, NODE_NONE));
	assert_false(known(&world, item(&world, 2), NODE_NONE, NODE_NONE));
	assert_false(known(&world, item(&world, 3), NODE_NONE, NODE_NONE));
	close_world(&world);
}

static void another_mask_makes_another_object(void **state)
{
	struct world world;
	struct node object, mask, same, other;

	(void)state;
	open_world(&world, "[{\"a\":1},{\"a\":true},{\"a\":true},{\"b\":true}]");
	object = item(&world, 0);
	mask = item(&world, 1);
	same = item(&world, 2);
	other = item(&world, 3);
	assert_false(known(&world, object, NODE_NONE, NODE_NONE));
	assert_false(known(&world, object, mask, NODE_NONE));
	assert_true(known(&world, object, same, NODE_NONE));
	/* Two equal ones are one. */
	assert_true(known(&world, object, mask, same));
	assert_false(known(&world, object, mask, other));
	assert_false(known(&world, object, other, NODE_NONE));
	assert_false(known(&world, object, NODE_NONE, other));
	assert_false(known(&world, object, NODE_NONE, NODE_NONE));
	close_world(&world);
}

static void memory_may_be_short(void **state)
{
	struct repeats repeats;

	(void)state;
	mem_fail_from(1);
	assert_false(repeats_open(&repeats, 1));
	mem_fail_from(0);
	repeats_close(&repeats);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(equal_bytes_are_known),
		cmocka_unit_test(another_mask_makes_another_object),
		cmocka_unit_test(memory_may_be_short),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
