/* SPDX-License-Identifier: Apache-2.0 */
/* What differs between before and after, and paths into values. */
#include "plan_support.h"

#include "plan/diff.h"

#define UPDATE(type, before, after, more)                                                          \
	PLAN("{\"address\":\"x.y\",\"mode\":\"managed\",\"type\":\"" type                          \
	     "\",\"change\":{\"actions\":[\"update\"],\"before\":" before ",\"after\":" after more \
	     "}}")

static void print_difference(struct buf *out, const struct difference *difference)
{
	static const char marks[] = "~+-?s";

	buf_printf(out, "%c%s%s%s %.*s\n", marks[difference->kind], difference->element ? "e" : "",
		difference->json ? "j" : "", difference->sensitive ? "!" : "",
		STR_ARG(difference->path));
}

/* One line a difference: ~ changed, + added, - removed, ? unknown, s mask; e element, j JSON, ! masked. */
static void assert_diff(void **state, const char *text, const char *wanted)
{
	struct change *change = read_change(state, text);
	struct fixture *fixture = *state;
	struct differences differences = {0};
	struct buf out = BUF(1 << 16);

	assert_int_equal(change_diff(change, fixture->arena, &differences, &fixture->err), 0);
	for (size_t i = 0; i < differences.count; i++)
		print_difference(&out, &differences.items[i]);
	assert_str(buf_str(&out), wanted);
	buf_free(&out);
	close_fixture(state);
	open_fixture(state);
}

static void scalars_maps_and_nothing(void **state)
{
	assert_diff(state,
		UPDATE("a",
			"{\"a\":1,\"b\":1.0,\"c\":\"x\",\"d\":null,\"e\":\"\",\"f\":[],\"g\":true}",
			"{\"a\":2,\"b\":1,\"c\":\"\\u0078\",\"d\":[],\"e\":null,\"f\":{},\"g\":"
			"null}",
			""),
		"~ a\n- g\n");
	assert_diff(state,
		UPDATE("a", "{\"tags\":{\"a\":\"1\",\"odd key\":\"2\",\"q\\\"\\\\\":\"3\"}}",
			"{\"tags\":{\"a\":\"1\",\"new\":\"4\"}}", ""),
		"- tags[\"odd key\"]\n- tags[\"q\\\"\\\\\"]\n+ tags.new\n");
	assert_diff(state, UPDATE("a", "{\"a\":{\"b\":1}}", "{\"a\":[1]}", ""), "~ a\n");
}

static void created_and_deleted_objects_differ_by_attributes(void **state)
{
	assert_diff(state,
		UPDATE("a", "null", "{\"a\":1,\"b\":null}", ",\"after_unknown\":{\"c\":true}"),
		"+ a\n? c\n");
	assert_diff(state, UPDATE("a", "{\"a\":1,\"b\":null}", "null", ""), "- a\n");
}

static void lists_pair_equal_elements_first(void **state)
{
	assert_diff(state, UPDATE("a", "{\"l\":[\"a\",\"b\",\"c\"]}", "{\"l\":[\"a\",\"c\"]}", ""),
		"-e l[1]\n");
	assert_diff(
		state, UPDATE("a", "{\"l\":[\"a\",\"b\"]}", "{\"l\":[\"b\",\"a\"]}", ""), "~ l\n");
	assert_diff(state, UPDATE("a", "{\"l\":null}", "{\"l\":[\"a\"]}", ""), "+e l[0]\n");
	assert_diff(
		state, UPDATE("a", "{\"l\":[\"a\",\"a\"]}", "{\"l\":[\"a\"]}", ""), "-e l[1]\n");
	assert_diff(state,
		UPDATE("a", "{\"l\":[{\"v\":1},{\"v\":2}]}", "{\"l\":[{\"v\":1},{\"v\":3}]}", ""),
		"~ l[1].v\n");
}

static void aws_sets_pair_by_identity(void **state)
{
	/* one rule moved and widened, one removed */
	assert_diff(state,
		UPDATE("aws_security_group",
			"{\"ingress\":[{\"from_port\":22,\"to_port\":22,\"protocol\":\"tcp\","
			"\"cidr_blocks\":["
			"\"10.0.0.0/8\"]},{\"from_port\":443,\"to_port\":443,\"protocol\":\"tcp\","
			"\"cidr_blocks\":[\"10.0.0.0/"
			"8\"]},{\"from_port\":80,\"to_port\":80,\"protocol\":"
			"\"tcp\",\"cidr_blocks\":[]}]}",
			"{\"ingress\":[{\"from_port\":80,\"to_port\":80,\"protocol\":\"tcp\","
			"\"cidr_blocks\":[]},{\"from_port\":22,\"to_port\":22,\"protocol\":\"tcp\","
			"\"cidr_blocks\":[\"10.0.0.0/8\",\"0.0.0.0/0\"]}]}",
			""),
		"+e ingress[*].cidr_blocks[1]\n-e ingress[*]\n");
	/* another port is another rule */
	assert_diff(state,
		UPDATE("aws_security_group",
			"{\"ingress\":[{\"from_port\":22,\"to_port\":22,\"protocol\":\"tcp\"}]}",
			"{\"ingress\":[{\"from_port\":23,\"to_port\":23,\"protocol\":\"tcp\"}]}",
			""),
		"-e ingress[*]\n+e ingress[*]\n");
	/* another order is no difference, of blocks and of plain values */
	assert_diff(state,
		UPDATE("aws_security_group", "{\"egress\":[{\"from_port\":1},{\"from_port\":2}]}",
			"{\"egress\":[{\"from_port\":2},{\"from_port\":1}]}", ""),
		"");
	assert_diff(state,
		UPDATE("aws_instance", "{\"vpc_security_group_ids\":[\"a\",\"b\"]}",
			"{\"vpc_security_group_ids\":[\"b\",\"c\",\"a\"]}", ""),
		"+e vpc_security_group_ids[*]\n");
	assert_diff(state,
		UPDATE("aws_instance",
			"{\"ebs_block_device\":[{\"device_name\":\"/dev/b\",\"volume_size\":1},{"
			"\"device_name\":\"/dev/c\",\"volume_size\":1}]}",
			"{\"ebs_block_device\":[{\"device_name\":\"/dev/c\",\"volume_size\":2}]}",
			""),
		"-e ebs_block_device[*]\n~ ebs_block_device[*].volume_size\n");
}

static void sets_by_shape_elsewhere(void **state)
{
	assert_diff(state,
		UPDATE("other_thing", "{\"r\":[{\"name\":\"a\",\"v\":1},{\"name\":\"b\",\"v\":1}]}",
			"{\"r\":[{\"name\":\"b\",\"v\":2}]}", ""),
		"-e r[*]\n~ r[*].v\n");
}

static void policies_in_strings(void **state)
{
	/* white space and order mean nothing; Statement may be an object, Action a text */
	assert_diff(state,
		UPDATE("aws_iam_policy",
			"{\"policy\":\"{\\\"Statement\\\":{\\\"Effect\\\":\\\"Allow\\\","
			"\\\"Action\\\":\\\"s3:"
			"Get\\\"}}\"}",
			"{\"policy\":\"{ \\\"Statement\\\": [{\\\"Action\\\": [\\\"s3:Get\\\"], "
			"\\\"Effect\\\": \\\"Allow\\\"}]}\"}",
			""),
		"");
	assert_diff(state,
		UPDATE("aws_iam_policy",
			"{\"policy\":\"{\\\"Statement\\\":[{\\\"Sid\\\":\\\"A\\\",\\\"Action\\\":["
			"\\\"x\\\","
			"\\\"y\\\"]},{\\\"Sid\\\":\\\"Deny\\\",\\\"Effect\\\":\\\"Deny\\\"}]}\"}",
			"{\"policy\":\"{\\\"Statement\\\":[{\\\"Sid\\\":\\\"A\\\",\\\"Action\\\":["
			"\\\"y\\\","
			"\\\"*\\\"]}]}\"}",
			""),
		"-ej policy.Statement[*].Action[*]\n+ej policy.Statement[*].Action[*]\n"
		"-ej policy.Statement[*]\n");
	/* a key twice has no one meaning: the whole text differs */
	assert_diff(state,
		UPDATE("aws_iam_policy", "{\"policy\":\"{\\\"a\\\":1}\"}",
			"{\"policy\":\"{\\\"a\\\":1,\\\"a\\\":2}\"}", ""),
		"~ policy\n");
	assert_diff(state, UPDATE("a", "{\"p\":\"{x\"}", "{\"p\":\"{y\"}", ""), "~ p\n");
}

static void unknowns_of_every_shape(void **state)
{
	assert_diff(state,
		UPDATE("a", "{\"a\":1,\"b\":[1]}", "{}",
			",\"after_unknown\":{\"a\":true,\"b\":true}"),
		"? a\n? b\n");
	assert_diff(state, UPDATE("a", "{\"a\":1}", "null", ",\"after_unknown\":true"), "? a\n");
	assert_diff(state,
		UPDATE("a", "{\"b\":[{\"id\":1,\"v\":1}]}", "{\"b\":[{\"v\":1}]}",
			",\"after_unknown\":{\"b\":[{\"id\":true}]}"),
		"? b[0].id\n");
	/* longer and shorter than the value */
	assert_diff(state,
		UPDATE("a", "{\"b\":[1]}", "{\"b\":[1]}",
			",\"after_unknown\":{\"b\":[false,true]}"),
		"?e b[1]\n");
	assert_diff(state,
		UPDATE("a", "{\"b\":[1,2]}", "{\"b\":[1,2]}", ",\"after_unknown\":{\"b\":[]}"), "");
	assert_diff(state,
		UPDATE("a", "{\"b\":[\"x\"]}", "{\"b\":[null]}",
			",\"after_unknown\":{\"b\":[true]}"),
		"?e b[0]\n");
	assert_diff(state,
		UPDATE("a", "{\"a\":1}", "{\"a\":1}", ",\"after_unknown\":{\"a\":false}"), "");
}

static void masks_of_every_shape(void **state)
{
	assert_diff(state,
		UPDATE("a", "{\"p\":\"x\"}", "{\"p\":\"x\"}",
			",\"before_sensitive\":{},\"after_sensitive\":{\"p\":true}"),
		"s! p\n");
	assert_diff(state,
		UPDATE("a", "{\"p\":{\"q\":[1,2]}}", "{\"p\":{\"q\":[1,2]}}",
			",\"before_sensitive\":{\"p\":true},\"after_sensitive\":{\"p\":{\"q\":[]}"
			"}"),
		"s! p\n");
	assert_diff(state,
		UPDATE("a", "{\"p\":{\"q\":1}}", "{\"p\":{\"q\":2}}",
			",\"before_sensitive\":{\"p\":true},\"after_sensitive\":{}"),
		"~! p.q\n");
	assert_diff(state,
		UPDATE("a", "{\"p\":[\"a\",\"b\"]}", "{\"p\":[\"b\"]}",
			",\"before_sensitive\":{\"p\":[true]},\"after_sensitive\":{\"p\":[]}"),
		"-e! p[0]\n");
	assert_diff(state, UPDATE("a", "{\"p\":1}", "{\"p\":2}", ",\"before_sensitive\":true"),
		"~! p\n");
}

static bool tags_only(void **state, const char *text)
{
	struct change *change = read_change(state, text);
	bool answer = change_is_tags_only(change, ((struct fixture *)*state)->arena);

	close_fixture(state);
	open_fixture(state);
	return answer;
}

static void tags_only_updates(void **state)
{
	assert_true(tags_only(state,
		UPDATE("a", "{\"tags\":{\"x\":\"1\"},\"tags_all\":{}}",
			"{\"tags\":null,\"tags_all\":{\"y\":\"1\"}}", "")));
	assert_true(tags_only(
		state, UPDATE("a", "{}", "{}", ",\"after_unknown\":{\"tags_all\":true}")));
	assert_false(tags_only(state,
		UPDATE("a", "{\"tags\":{\"x\":\"1\"},\"v\":1}", "{\"tags\":{},\"v\":2}", "")));
	assert_false(tags_only(state, UPDATE("a", "{\"v\":1}", "{\"v\":1}", "")));
	assert_false(tags_only(state, UPDATE("a", "{\"tagsy\":1}", "{\"tagsy\":2}", "")));
	assert_false(
		tags_only(state, UPDATE("a", "{\"labels\":{\"a\":\"1\"}}", "{\"labels\":{}}", "")));
	assert_true(tags_only(
		state, UPDATE("google_x", "{\"labels\":{\"a\":\"1\"}}", "{\"labels\":{}}", "")));
	assert_true(tags_only(
		state, UPDATE("a", "{\"p\":1}", "{\"p\":1}", ",\"after_sensitive\":{\"p\":true}")));
}

static void values_by_path(void **state)
{
	struct change *change = read_change(state,
		UPDATE("a", "{}",
			"{\"a\":[{\"b\":1},{\"c\":2}],\"odd "
			"key\":{\"x\":3},\"p\":\"{\\\"Statement\\\":{"
			"\\\"Action\\\":\\\"s3:*\\\"}}\"}",
			""));
	struct arena *arena = ((struct fixture *)*state)->arena;
	static const char *const none[] = {"a[2]", "a[0].c", "b", "a..b", "a.", ".a", "a[", "a[x]",
		"a[-1]", "a[0]b.", "[\"odd key\"", "[odd key]", "", "p.Statement[1].Action"};
	int64_t number = 0;

	assert_true(node_to_i64(value_at(change->after, STR("a[0].b"), arena), &number));
	assert_int_equal(number, 1);
	assert_true(node_to_i64(value_at(change->after, STR("a[*].c"), arena), &number));
	assert_int_equal(number, 2);
	assert_true(node_to_i64(value_at(change->after, STR("[\"odd key\"].x"), arena), &number));
	assert_int_equal(number, 3);
	assert_true(node_text_is(
		value_at(change->after, STR("p.Statement[*].Action[*]"), arena), STR("s3:*")));
	assert_true(node_text_is(
		value_at(change->after, STR("p.Statement[0].Action"), arena), STR("s3:*")));
	for (size_t i = 0; i < COUNT_OF(none); i++)
		if (str_empty(str_of(none[i])) == false &&
			node_exists(value_at(change->after, str_of(none[i]), arena)))
			fail_msg("%s", none[i]);
}

static void states_of_values(void **state)
{
	struct change *change = read_change(state,
		UPDATE("a", "{}", "{\"k\":1,\"n\":null,\"l\":[{\"v\":1},{}],\"o\":{}}",
			",\"after_unknown\":{\"u\":true,\"l\":[{},{\"v\":true}],\"w\":{\"x\":true}"
			"}"));
	struct arena *arena = ((struct fixture *)*state)->arena;
	static const struct {
		const char *path;
		enum value_state state;
	} cases[] = {
		{"k", VALUE_KNOWN},
		{"n", VALUE_ABSENT},
		{"zzz", VALUE_ABSENT},
		{"u", VALUE_UNKNOWN},
		{"u.below[3].it", VALUE_UNKNOWN},
		{"l[0].v", VALUE_KNOWN},
		{"l[1].v", VALUE_UNKNOWN},
		{"l[*].v", VALUE_UNKNOWN},
		{"l[2].v", VALUE_ABSENT},
		{"w.x", VALUE_UNKNOWN},
		{"w", VALUE_UNKNOWN},
		{"o", VALUE_KNOWN},
		{"not a ] path[", VALUE_UNKNOWN},
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++)
		if (change_after_state(change, str_of(cases[i].path), arena) != cases[i].state)
			fail_msg("%s", cases[i].path);
}

static void replace_paths_as_text(void **state)
{
	struct change *change = read_change(state,
		UPDATE("a", "{}", "{}",
			",\"replace_paths\":[[\"hash_key\"],[\"net\",0,\"subnet id\"]]"));
	struct arena *arena = ((struct fixture *)*state)->arena;

	assert_str(change_replace_paths_text(change, arena), "hash_key, net[0][\"subnet id\"]");
	close_fixture(state);
	open_fixture(state);
	change = read_change(state, UPDATE("a", "{}", "{}", ",\"replace_paths\":[]"));
	arena = ((struct fixture *)*state)->arena;
	assert_str(change_replace_paths_text(change, arena), NULL);
}

/* Large lists and objects in the worst order take their length, not its square. */
static void large_values_in_linear_time(void **state)
{
	enum { COUNT = 60000 };
	struct fixture *fixture = *state;
	struct buf text = BUF((size_t)64 << 20);
	struct differences differences = {0};

	buf_add(&text,
		STR(PLAN_HEAD ",\"resource_changes\":[{\"address\":\"x.y\",\"mode\":\"managed\","
			      "\"type\":\"aws_instance\",\"change\":{\"actions\":[\"update\"]"));
	for (int side = 0; side < 2; side++) {
		buf_add(&text, side ? STR(",\"after\":{\"s\":[") : STR(",\"before\":{\"s\":["));
		for (int i = 0; i < COUNT; i++)
			buf_printf(&text, "%s{\"name\":\"n%d\",\"v\":%d}", i ? "," : "",
				side ? COUNT - 1 - i : i, side && i == 7);
		buf_add(&text, STR("],\"m\":{"));
		for (int i = 0; i < COUNT; i++)
			buf_printf(&text, "%s\"k%d\":1", i ? "," : "", side ? COUNT - 1 - i : i);
		buf_add(&text, STR("}}"));
	}
	buf_add(&text, STR("}}]}"));
	read_text(state, buf_str(&text));
	assert_int_equal(fixture->r, 0);
	assert_int_equal(change_diff(&fixture->plans.items[0].changes.items[0], fixture->arena,
				 &differences, NULL),
		0);
	assert_int_equal(differences.count, 1);
	assert_str(differences.items[0].path, "s[7].v");
	close_fixture(state);
	open_fixture(state);
	buf_free(&text);
}

static void every_failed_allocation_is_an_error(void **state)
{
	struct change *change = read_change(state,
		UPDATE("aws_security_group",
			"{\"ingress\":[{\"from_port\":1},{\"from_port\":2}],\"p\":\"{\\\"a\\\":1}"
			"\"}",
			"{\"ingress\":[{\"from_port\":2}],\"p\":\"{\\\"a\\\":2}\"}", ""));

	for (uint64_t i = 1;; i++) {
		struct arena *arena = arena_create(1 << 20);
		struct differences differences = {0};
		uint64_t count;
		int r;

		mem_fail_from(i);
		r = change_diff(change, arena, &differences, NULL);
		count = mem_count();
		mem_fail_from(0);
		if (r == 0)
			assert_int_equal(differences.count, 2);
		else
			assert_int_equal(r, -75);
		arena_destroy(arena);
		if (count < i)
			break;
	}
}

int main(int count, char **arguments)
{
	const struct CMUnitTest tests[] = {
		PLAN_TEST(scalars_maps_and_nothing),
		PLAN_TEST(created_and_deleted_objects_differ_by_attributes),
		PLAN_TEST(lists_pair_equal_elements_first),
		PLAN_TEST(aws_sets_pair_by_identity),
		PLAN_TEST(sets_by_shape_elsewhere),
		PLAN_TEST(policies_in_strings),
		PLAN_TEST(unknowns_of_every_shape),
		PLAN_TEST(masks_of_every_shape),
		PLAN_TEST(tags_only_updates),
		PLAN_TEST(values_by_path),
		PLAN_TEST(states_of_values),
		PLAN_TEST(replace_paths_as_text),
		PLAN_TEST(large_values_in_linear_time),
		PLAN_TEST(every_failed_allocation_is_an_error),
	};

	if (count > 1)
		cmocka_set_test_filter(arguments[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
