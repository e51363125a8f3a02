/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The redactor from outside: learn a plan, then ask for texts and values.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/hash.h"
#include "redact/redact.h"

struct world {
	struct arena *arena;
	struct plans plans;
	struct redactor *redactor;
	struct str text;
};

static void open_world(struct world *world, const char *plan)
{
	struct error err;

	*world = (struct world){.arena = arena_create(64 << 20), .text = str_of(plan)};
	assert_non_null(world->arena);
	assert_int_equal(redactor_create((struct str){NULL, 0}, &world->redactor, &err), 0);
	if (!plan)
		return;
	if (plan_read(world->text, STR("plan.json"), world->arena, &world->plans, &err) != 0)
		fail_msg("%s", err.message);
	for (size_t i = 0; i < world->plans.count; i++)
		assert_int_equal(redactor_learn(world->redactor, &world->plans.items[i], &err), 0);
}

static void close_world(struct world *world)
{
	redactor_destroy(world->redactor);
	for (size_t i = 0; i < world->plans.count; i++)
		plan_free(&world->plans.items[i]);
	arena_destroy(world->arena);
}

/* A plan with one resource whose "after" and mask are given. */
static const char *plan_of(struct arena *arena, const char *after, const char *mask)
{
	return arena_printf(arena,
		"{\"format_version\":\"1.2\",\"resource_changes\":[{\"address\":\"aws_x.y\","
		"\"mode\":"
		"\"managed\",\"type\":\"aws_x\",\"name\":\"y\",\"provider_name\":\"p\",\"change\":{"
		"\"actions\":[\"create\"],\"before\":null,\"after\":%s,\"after_unknown\":{},"
		"\"before_sensitive\":false,\"after_sensitive\":%s}}]}",
		after, mask)
		.data;
}

static bool holds(struct str text, const char *part)
{
	return str_find(text, str_of(part)) != SIZE_MAX;
}

#define SECRET "hunter2-fake/Zq+9=="

static void open_secret(struct world *world)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create(1 << 20);
	static char plan[2048];

	snprintf(
		plan, sizeof(plan), "%s", plan_of(arena, "{\"v\":\"" SECRET "\"}", "{\"v\":true}"));
	open_world(world, plan);
}

/* The text without its one placeholder, which must be the one of the secret itself. */
static struct str around(struct world *world, struct str text)
{
	struct str plain = redact_text(world->redactor, STR(SECRET), world->arena);
	struct str out = redact_text(world->redactor, text, world->arena);
	size_t at = str_find(out, plain);

	assert_int_equal(plain.len, sizeof(REDACT_PREFIX) - 1 + 16);
	if (at == SIZE_MAX)
		fail_msg("not redacted: %.*s -> %.*s", STR_ARG(text), STR_ARG(out));
	return arena_printf(world->arena, "%.*s|%.*s", (int)at, out.data,
		(int)(out.len - at - plain.len), out.data + at + plain.len);
}

static const struct {
	const char *text, *around;
} encodings[] = {
	{SECRET, "|"},
	{"a " SECRET " b", "a | b"},
	{"x" SECRET SECRET, NULL},
	{"hunter2-fake\\/Zq+9==", "|"},
	{"\\u0068unter2-fake\\u002FZq\\u002b9\\u003d=", "|"},
	{"\\\\u0068unter2-fake\\\\/Zq+9\\\\u003d\\\\u003d!", "|!"},
	{"\\\\\\\\u0068unter2-fake/Zq+9==", "|"},
	{"u=hunter2-fake%2FZq%2B9%3D%3D&x", "u=|&x"},
	{"u=hunter2-fake%2fZq%2b9%3d%3d&x", "u=|&x"},
	{"68756e746572322d66616b652f5a712b393d3d", "|"},
	{"68756E746572322D66616B652F5A712B393D3D", "|"},
	/* base64("hunter2-fake/Zq+9=="), then behind "a" and "ab" */
	{"aHVudGVyMi1mYWtlL1pxKzk9PQ==", "|"},
	{"YWh1bnRlcjItZmFrZS9acSs5PT1i", "|"},
	{"YWJodW50ZXIyLWZha2UvWnErOT09Yg", "|"},
	{"zzzz/aHVudGVyMi1mYWtlL1pxKzk9PQ", "|"},
	{"hunter2-fake", NULL},
	{"HUNTER2-FAKE/ZQ+9==", NULL},
};

static void test_every_encoding(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(encodings); i++) {
		struct world world;
		struct str out;

		open_secret(&world);
		out = redact_text(world.redactor, str_of(encodings[i].text), world.arena);
		if (encodings[i].around) {
			struct str rest = around(&world, str_of(encodings[i].text));

			if (!str_is(rest, encodings[i].around))
				fail_msg("case %zu: %.*s", i, STR_ARG(rest));
		}
		assert_false(holds(out, SECRET));
		close_world(&world);
	}
}

static void test_base64_inside_base64_and_json_inside_base64(void **state)
{
	struct world world;

	(void)state;
	open_secret(&world);
	/* base64(base64(secret)) */
	assert_true(str_is(around(&world, STR("YUhWdWRHVnlNaTFtWVd0bEwxcHhLems5UFE9PQ==")), "|"));
	/* base64('{"p":"hunter2-fake\/Zq+9\u003d="}') */
	assert_true(
		holds(around(&world, STR("eyJwIjoiaHVudGVyMi1mYWtlXC9acSs5XHUwMDNkPSJ9")), "|"));
	close_world(&world);
}

static void test_values(void **state)
{
	struct world world;
	struct node after;
	struct str masked, open;
	char plan[2048];
	CLEANUP(arena_cleanup) struct arena *arena = arena_create(1 << 20);

	(void)state;
	snprintf(plan, sizeof(plan), "%s",
		plan_of(arena, "{\"engine\":\"postgres\",\"user\":\"postgres\",\"n\":7}",
			"{\"user\":true}"));
	open_world(&world, plan);
	after = world.plans.items[0].changes.items[0].after;
	open = redact_value(world.redactor, NODE_GET(after, "engine"), false, 100, world.arena);
	assert_true(str_is(open, "\"postgres\""));
	masked = redact_value(world.redactor, NODE_GET(after, "user"), true, 100, world.arena);
	assert_true(str_starts(masked, STR(REDACT_PREFIX)));
	assert_int_equal(masked.len, sizeof(REDACT_PREFIX) - 1 + 16);
	assert_true(str_is(redact_value(world.redactor, after, false, 9, world.arena),
		"{\"engine\"\xe2\x80\xa6"));
	close_world(&world);
}

static const struct {
	const char *text;
	const char *secret; /* what must be gone; NULL: nothing may change */
} shapes[] = {
	{"key AKIAIOSFODNN7EXAMPLE here", "AKIAIOSFODNN7EXAMPLE"},
	{"AKIAIOSFODNN7EXAMPLE:wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
		"wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"},
	{"ghp_FAKEfakeFAKEfakeFAKEfakeFAKEfake0000", "FAKEfake"},
	{"a -----BEGIN RSA PRIVATE KEY-----\nMIIBfake\n-----END RSA PRIVATE KEY-----\n b",
		"MIIBfake"},
	{"-----BEGIN OPENSSH PRIVATE KEY-----\\nb3BlbnNz\\n", "b3BlbnNz"},
	{"-----BEGIN CERTIFICATE-----\nMIIBpublicPUBLICpublic00\n-----END CERTIFICATE-----\n",
		NULL},
	{"-----BEGIN PUBLIC KEY-----\nMIIBpublicPUBLICpublic00\n-----END PUBLIC KEY-----\n", NULL},
	{"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl", "eyJhbGci"},
	{"postgres://app:hunter2@db.example/app", "hunter2"},
	{"postgres://app:pa/ss@w@db.example/app", "pa/ss@w"},
	{"redis://:s3cr3t@cache:6379", "s3cr3t"},
	{"app:s3cr3t@tcp(db:3306)/app", "s3cr3t"},
	{"https://db.example:5432/a@b", NULL},
	{"https://example.com/path", NULL},
	{"git::https://oauth2:tok-1@example.com/x.git", "tok-1"},
	{"Server=db;User Id=app;Password=abc12;Encrypt=true", "abc12"},
	{"DB_PASSWORD=hunter2", "hunter2"},
	{"export API_KEY='x y z'", "x y z"},
	{"{\"password\":\"a\\\"b c\",\"user\":\"app\"}", "b c"},
	{"password: hunter22", "hunter22"},
	{"the password: must be rotated", NULL},
	{"[{\"name\":\"DB_PASSWORD\",\"value\":\"pw-1\"},{\"name\":\"MODE\",\"value\":\"live\"}]",
		"pw-1"},
	{"mysqldump --password pw-123 --host db", "pw-123"},
	{"{\"password\":\"${var.db}\"}", NULL},
	{"PASSWORD=$DB_PASSWORD", NULL},
	{"secret_arn=arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf", NULL},
	{"token_ttl: 3600", NULL},
	{"user_data sha 3f786850e387550fdab836ed7e6dc881de23001b", NULL},
	{"arn:aws:iam::123456789012:role/AWSServiceRoleForRDS9xK2mQ7vL4pW8nB3", NULL},
	{"id 3814a8ac-c8f8-2ffb-93d3-42a367111103, ami-0aaaaaaaaaaaaaaa1", NULL},
	{"AmazonEC2ContainerRegistryReadOnly", NULL},
	{"module.service[\"eu-west-1\"].aws_autoscaling_group.workers_blue_v2", NULL},
	{"x 8fJ2kLq9ZpT4vW7xB1nM5cR3yD6hG0sA y", "8fJ2kLq9"},
	{"$2y$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy", "N9qo8uLO"},
	{"Authorization: Basic dXNlcjpwYXNz", "dXNlcjpwYXNz"},
};

static void test_shapes(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(shapes); i++) {
		struct world world;
		struct str out;

		open_world(&world, NULL);
		out = redact_text(world.redactor, str_of(shapes[i].text), world.arena);
		if (!shapes[i].secret && !str_is(out, shapes[i].text))
			fail_msg("changed: %s -> %.*s", shapes[i].text, STR_ARG(out));
		if (shapes[i].secret &&
			(holds(out, shapes[i].secret) || !holds(out, REDACT_PREFIX)))
			fail_msg("leaked: %s -> %.*s", shapes[i].text, STR_ARG(out));
		/* Redacting twice changes nothing more. */
		assert_true(str_eq(redact_text(world.redactor, out, world.arena), out));
		close_world(&world);
	}
}

static void test_forged_placeholder_is_neutral(void **state)
{
	struct world world;

	(void)state;
	open_world(&world, NULL);
	assert_true(str_is(
		redact_text(world.redactor, STR("a weir-redacted-0123456789abcdef b"), world.arena),
		"a weir-forged-0123456789abcdef b"));
	assert_true(
		str_is(redact_text(world.redactor, STR("bucket weir-redacted-plans"), world.arena),
			"bucket weir-redacted-plans"));
	close_world(&world);
}

/* A text that stands in a plan often is looked at once; each of its places holds the secret. */
static void test_each_place_of_a_text_holds_its_secret(void **state)
{
	static const char text[] = "token ghp_FAKEfakeFAKEfakeFAKEfakeFAKEfake0000 for the build";
	struct world world;
	struct node after;
	struct arena *arena = arena_create(1 << 20);

	(void)state;
	assert_non_null(arena);
	open_world(&world,
		plan_of(arena,
			arena_printf(arena,
				"{\"a\":\"%s\",\"b\":\"%s\",\"c\":\"%s\",\"d\":\"%s\","
				"\"e\":\"no secret at all\"}",
				text, text, text, text)
				.data,
			"{}"));
	after = world.plans.items[0].changes.items[0].after;
	for (size_t i = 0; i < 2; i++) {
		for (struct node_iter it = node_children(after); node_next(&it);)
			assert_int_equal(redact_holds_secret(
						 world.redactor, &world.plans.items[0], it.value),
				!node_text_is(it.key, STR("e")));
		/* The same once candidates are gone. */
		redact_findings(world.redactor, &world.plans.items[0],
			&(struct findings){.arena = world.arena});
	}
	close_world(&world);
	arena_destroy(arena);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_encoding),
		cmocka_unit_test(test_base64_inside_base64_and_json_inside_base64),
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_shapes),
		cmocka_unit_test(test_forged_placeholder_is_neutral),
		cmocka_unit_test(test_each_place_of_a_text_holds_its_secret),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
