/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Small plans against small intents: what each line names, lifts, forbids and
 * demands, and that nothing which weir did not understand is ever lifted.
 */
#include "intent_world.h"

#include "base/json.h"

#define HEAD "version: 1\nexpires: 2026-12-24\n"
#define TYPE_NAME(type, name)                                                                      \
	"\"address\":\"" type "." name "\",\"mode\":\"managed\",\"type\":\"" type                  \
	"\",\"name\":\"" name "\",\"provider_name\":\"registry.terraform.io/hashicorp/aws\""
/* One change; before and after are JSON. */
#define CHANGE(type, name, actions, before, after)                                                 \
	"{" TYPE_NAME(type,                                                                        \
		name) ",\"change\":{\"actions\":[" actions "],\"before\":" before                  \
		      ",\"after\":" after                                                          \
		      ",\"after_unknown\":{},\"before_sensitive\":{},\"after_sensitive\":{}}}"
#define PLAN(changes, rest)                                                                        \
	"{\"format_version\":\"1.2\",\"terraform_version\":\"1.11.4\",\"planned_values\":{},"      \
	"\"resource_changes\":[" changes "]" rest "}"
#define STATE(resources)                                                                           \
	",\"prior_state\":{\"format_version\":\"1.0\",\"values\":{\"root_module\":{\"resources\":" \
	"[" resources "]}}}"
#define OBJECT(type, name, values) "{" TYPE_NAME(type, name) ",\"values\":" values "}"

#define CREATE(type, name) CHANGE(type, name, "\"create\"", "null", "{\"a\":1}")
#define UPDATE(type, name)                                                                         \
	CHANGE(type, name, "\"update\"", "{\"id\":\"x\",\"a\":1,\"b\":5}",                         \
		"{\"id\":\"x\",\"a\":2,\"b\":4}")
#define DELETE(type, name) CHANGE(type, name, "\"delete\"", "{\"id\":\"x\",\"a\":1}", "null")
#define REPLACE(type, name)                                                                        \
	CHANGE(type, name, "\"delete\",\"create\"", "{\"id\":\"x\",\"a\":1}", "{\"a\":2}")

struct row {
	const char *plan, *intent;
	enum verdict verdict;
	const char *rule; /* a finding that must be there; NULL: no finding at all */
};

static void check(const struct row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct world world;

		world_open(&world, str_of(rows[i].plan), STR("plan.json"));
		if (world_judge(&world, rows[i].intent) != rows[i].verdict ||
			(rows[i].rule ? !world_find(&world, rows[i].rule, NULL)
				      : world.findings.count > 0)) {
			world_print(&world);
			fail_msg("%s\n%s: %.*s", rows[i].plan, rows[i].intent,
				STR_ARG(verdict_name(world.verdict)));
		}
		/* Each finding cites a line, and each ask says what would answer it. */
		for (size_t j = 0; j < world.findings.count; j++) {
			assert_true(world.findings.items[j].intent.line > 0);
			if (world.findings.items[j].verdict == VERDICT_ASK)
				assert_false(str_empty(world.findings.items[j].remedy));
		}
		world_close(&world);
	}
}

static void test_unnamed(void **state)
{
	static const struct row rows[] = {
		{PLAN(DELETE("aws_db_instance", "a"), ""), HEAD, VERDICT_BLOCK,
			"intent-unexpected"},
		{PLAN(REPLACE("aws_db_instance", "a"), ""), HEAD, VERDICT_BLOCK,
			"intent-unexpected"},
		{PLAN(DELETE("acme_thing", "a"), ""), HEAD, VERDICT_BLOCK, "intent-unexpected"},
		{PLAN(DELETE("aws_db_subnet_group", "a"), ""), HEAD, VERDICT_ASK,
			"intent-unexpected"},
		{PLAN(REPLACE("null_resource", "a"), ""), HEAD, VERDICT_PASS, "intent-unexpected"},
		{PLAN(REPLACE("null_resource", "a"), ""), HEAD "otherwise: ask", VERDICT_ASK,
			"intent-unexpected"},
		{PLAN(UPDATE("aws_db_instance", "a"), ""), HEAD, VERDICT_ASK, "intent-unexpected"},
		{PLAN(UPDATE("aws_db_instance", "a"), ""), HEAD "otherwise: pass", VERDICT_PASS,
			"intent-unexpected"},
		{PLAN(DELETE("aws_db_subnet_group", "a"), ""), HEAD "otherwise: pass", VERDICT_ASK,
			"intent-unexpected"},
		{PLAN(CREATE("aws_db_instance", "a"), ""), HEAD "otherwise: block", VERDICT_BLOCK,
			"intent-unexpected"},
		{PLAN(CREATE("aws_db_instance", "a"), ""), HEAD, VERDICT_ASK, "intent-unexpected"},
		{PLAN(CHANGE("aws_sqs_queue", "a", "\"update\"",
			      "{\"tags\":{\"x\":\"1\"},\"tags_all\":{\"x\":\"1\"}}",
			      "{\"tags\":{},\"tags_all\":{}}"),
			 ""),
			HEAD, VERDICT_PASS, "intent-unexpected"},
		{PLAN(CHANGE("aws_sqs_queue", "a", "\"forget\"", "{\"a\":1}", "null"), ""), HEAD,
			VERDICT_ASK, "intent-unexpected"},
		{PLAN(CHANGE("aws_sqs_queue", "a", "\"no-op\"", "{\"a\":1}", "{\"a\":1}"), ""),
			HEAD, VERDICT_PASS, NULL},
		{PLAN(CHANGE("aws_sqs_queue", "a", "\"transmute\"", "{\"a\":1}", "{\"a\":1}"), ""),
			HEAD "otherwise: pass", VERDICT_BLOCK, "intent-unexpected"},
	};

	(void)state;
	check(rows, COUNT_OF(rows));
}

static void test_named(void **state)
{
	static const struct row rows[] = {
		{PLAN(CREATE("aws_x", "a"), ""), HEAD "expect: [{create: aws_x.a}]", VERDICT_PASS,
			NULL},
		{PLAN(CREATE("aws_x", "a"), ""), HEAD "expect: [{update: aws_x.a}]", VERDICT_ASK,
			"intent-unexpected"},
		{PLAN(DELETE("aws_db_instance", "a"), ""),
			HEAD "expect: [{delete: aws_db_instance.a}]", VERDICT_PASS, NULL},
		{PLAN(REPLACE("aws_db_instance", "a"), ""),
			HEAD "expect: [{delete: aws_db_instance.a}]", VERDICT_BLOCK,
			"intent-unexpected"},
		{PLAN(REPLACE("aws_db_instance", "a"), ""),
			HEAD "expect: [{destroy: aws_db_instance.a}]", VERDICT_PASS, NULL},
		{PLAN(DELETE("aws_db_instance", "a") "," DELETE("aws_db_instance", "b"), ""),
			HEAD "expect: [{delete: 'aws_db_instance.*'}]", VERDICT_BLOCK,
			"intent-count"},
		{PLAN(DELETE("aws_db_instance", "a") "," DELETE("aws_db_instance", "b"), ""),
			HEAD "expect: [{delete: 'aws_db_instance.*', count: 2}]", VERDICT_PASS,
			NULL},
		{PLAN(CREATE("aws_x", "a") "," CREATE("aws_x", "b"), ""),
			HEAD "expect: [{create: 'aws_x.*'}]", VERDICT_ASK, "intent-count"},
		{PLAN(CREATE("aws_x", "a") "," CREATE("aws_x", "b"), STATE("")),
			HEAD "expect: [{create: 'aws_x.*', count: {min: 3}}]", VERDICT_ASK,
			"intent-count"},
		{PLAN(CREATE("aws_x", "a") "," CREATE("aws_x", "b"), ""),
			HEAD "allow: [{create: 'aws_x.*'}]", VERDICT_PASS, NULL},
		{PLAN("", ""), HEAD "allow: [{create: 'aws_x.*'}]", VERDICT_PASS, NULL},
		{PLAN("", STATE("")), HEAD "expect: [{create: aws_x.a}]", VERDICT_ASK,
			"intent-missing"},
		{PLAN("", STATE(OBJECT("aws_x", "a", "{\"a\":1}"))),
			HEAD "expect: [{create: aws_x.a}]", VERDICT_PASS, "intent-missing"},
		{PLAN("", STATE(OBJECT("aws_x", "a", "{\"a\":1}"))),
			HEAD "expect: [{create: aws_x.a, after: {a: 2}}]", VERDICT_ASK,
			"intent-missing"},
		{PLAN("", STATE("")), HEAD "expect: [{delete: aws_x.a}]", VERDICT_PASS,
			"intent-missing"},
		{PLAN("", ""), HEAD "expect: [{create: aws_x.a}]", VERDICT_ASK, "intent-missing"},
		{PLAN(UPDATE("aws_x", "a"), ""),
			HEAD "forbid: [{update: '**'}]\nallow: [{update: aws_x.a}]", VERDICT_BLOCK,
			"intent-forbid"},
		{PLAN(UPDATE("aws_x", "a"), ""),
			HEAD "forbid: [{change: '**', after: {a: 3}}]\nallow: [{update: aws_x.a}]",
			VERDICT_PASS, NULL},
	};

	(void)state;
	check(rows, COUNT_OF(rows));
}

#define UPDATED(line)                                                                              \
	{                                                                                          \
		PLAN(UPDATE("aws_x", "a"), ""), HEAD "expect: [{update: aws_x.a, " line "}]",      \
			VERDICT_PASS, NULL                                                         \
	}
#define NOT_UPDATED(line)                                                                          \
	{                                                                                          \
		PLAN(UPDATE("aws_x", "a"), ""), HEAD "expect: [{update: aws_x.a, " line "}]",      \
			VERDICT_BLOCK, "intent-expect"                                             \
	}

static void test_conditions(void **state)
{
	static const struct row rows[] = {
		UPDATED("id: x"),
		NOT_UPDATED("id: y"),
		UPDATED("after: {a: 2}"),
		NOT_UPDATED("after: {a: 1}"),
		UPDATED("after: {a: '2'}"),
		UPDATED("before: {a: {equals: 1}, b: 5}"),
		NOT_UPDATED("before: {a: 1, b: 6}"),
		UPDATED("after: {a: {one_of: [1, 2]}}"),
		NOT_UPDATED("after: {a: {one_of: [3]}}"),
		UPDATED("after: {b: {lowered: true}}"),
		NOT_UPDATED("after: {a: {lowered: true}}"),
		UPDATED("after: {b: {lowered: 4}}"),
		NOT_UPDATED("after: {b: {lowered: 5}}"),
		UPDATED("after: {id: {matches: '[a-z]'}}"),
		NOT_UPDATED("after: {id: {matches: '[a-w]'}}"),
		NOT_UPDATED("after: {id: {matches: 'a|x.'}}"),
		UPDATED("after: {nothing: null}"),
		NOT_UPDATED("after: {nothing: 1}"),
		UPDATED("only: [a, b]"),
		UPDATED("only: {a: 2, b: {lowered: true}}"),
		NOT_UPDATED("only: [a]"),
		NOT_UPDATED("only: {a: 3, b: 4}"),
		/* An allow that does not hold names nothing. */
		{PLAN(UPDATE("aws_x", "a"), ""), HEAD "allow: [{update: aws_x.a, after: {a: 3}}]",
			VERDICT_ASK, "intent-unexpected"},
		/* What is known only after apply is neither. */
		{PLAN("{" TYPE_NAME("aws_x", "a") ",\"change\":{\"actions\":[\"create\"],"
						  "\"before\":null,\"after\":{},"
						  "\"after_unknown\":{\"a\":true},\"before_"
						  "sensitive\":false,\"after_sensitive\":{}}}",
			 ""),
			HEAD "expect: [{create: aws_x.a, after: {a: 1}}]", VERDICT_ASK,
			"intent-expect"},
		{PLAN("{" TYPE_NAME(
			      "aws_x", "a") ",\"change\":{\"actions\":[\"update\"],\"before\":{"
					    "\"a\":1,\"b\":1},\"after\":{\"b\":2},"
					    "\"after_unknown\":{\"a\":true},\"before_sensitive\":"
					    "false,\"after_sensitive\":{}}}",
			 ""),
			HEAD "expect: [{update: aws_x.a, only: [b]}]", VERDICT_ASK,
			"intent-expect"},
		{PLAN(CREATE("aws_x", "a"), STATE(OBJECT("aws_y", "o", "{\"a\":1}"))),
			HEAD "expect: [{create: aws_x.a, after: {a: {same_as: aws_y.o}}}]",
			VERDICT_PASS, NULL},
		{PLAN(CREATE("aws_x", "a"), STATE(OBJECT("aws_y", "o", "{\"b\":2}"))),
			HEAD "expect: [{create: aws_x.a, after: {a: {same_as: {address: aws_y.o, "
			     "path: b}}}}]",
			VERDICT_BLOCK, "intent-expect"},
		{PLAN(CREATE("aws_x", "a"), STATE("")),
			HEAD "expect: [{create: aws_x.a, after: {a: {same_as: aws_y.o}}}]",
			VERDICT_ASK, "intent-expect"},
	};

	(void)state;
	check(rows, COUNT_OF(rows));
}

#define CONFIGURATION                                                                              \
	",\"configuration\":{\"root_module\":{\"resources\":[{\"address\":\"aws_db_instance.k\","  \
	"\"mode\":\"managed\",\"type\":\"aws_db_instance\",\"name\":\"k\",\"expressions\":{\"g\":" \
	"{\"references\":[\"aws_db_subnet_group.g.name\",\"aws_db_subnet_group.g\"]}}}]}}"
#define KEPT CHANGE("aws_db_instance", "k", "\"no-op\"", "{\"g\":\"n\"}", "{\"g\":\"n\"}")
#define KEEP                                                                                       \
	HEAD "keep: [aws_db_instance.k]\nallow: [{destroy: '**'}, {update: '**'}, {forget: "       \
	     "'**'}, {move: '**'}, {import: '**'}]"

static void test_keep(void **state)
{
	static const struct row rows[] = {
		{PLAN(UPDATE("aws_db_instance", "k"), ""), KEEP, VERDICT_BLOCK, "intent-keep"},
		{PLAN(DELETE("aws_db_instance", "k"), ""), KEEP, VERDICT_BLOCK, "intent-keep"},
		{PLAN(CHANGE("aws_db_instance", "k", "\"forget\"", "{}", "null"), ""), KEEP,
			VERDICT_BLOCK, "intent-keep"},
		{PLAN(CHANGE("aws_db_instance", "k", "\"transmute\"", "{}", "{}"), ""), KEEP,
			VERDICT_BLOCK, "intent-keep"},
		{PLAN("{" TYPE_NAME(
			      "aws_db_instance", "other") ",\"previous_address\":\"aws_db_instance."
							  "k\",\"change\":{\"actions\":"
							  "[\"no-op\"],\"before\":{},\"after\":{},"
							  "\"after_unknown\":{}}}",
			 ""),
			KEEP, VERDICT_BLOCK, "intent-keep"},
		{PLAN("{" TYPE_NAME("aws_db_instance",
			      "k") ",\"change\":{\"actions\":[\"no-op\"],\"importing\":{\"id\":"
				   "\"i\"},"
				   "\"before\":{},\"after\":{},\"after_unknown\":{}}}",
			 ""),
			KEEP, VERDICT_BLOCK, "intent-keep"},
		{PLAN("{\"deposed\":\"1f\"," TYPE_NAME("aws_db_instance",
			      "k") ",\"change\":{\"actions\":[\"delete\"],\"before\":{},"
				   "\"after\":null,\"after_unknown\":{}}}",
			 ""),
			KEEP, VERDICT_BLOCK, "intent-keep"},
		/* That a kept object refers to it is no excuse for what nothing may do. */
		{PLAN(KEPT "," UPDATE("aws_db_subnet_group", "g"), CONFIGURATION),
			HEAD "keep: [aws_db_instance.k]\notherwise: block", VERDICT_BLOCK,
			"intent-unexpected"},
		{PLAN(KEPT "," DELETE("aws_db_subnet_group", "g"), CONFIGURATION), KEEP,
			VERDICT_BLOCK, "intent-keep-reference"},
		{PLAN(KEPT "," REPLACE("aws_db_subnet_group", "g"), CONFIGURATION), KEEP,
			VERDICT_BLOCK, "intent-keep-reference"},
		{PLAN(KEPT "," UPDATE("aws_db_subnet_group", "g"), CONFIGURATION), KEEP,
			VERDICT_ASK, "intent-keep-reference"},
		{PLAN(KEPT "," UPDATE("aws_db_subnet_group", "h"), CONFIGURATION), KEEP,
			VERDICT_PASS, NULL},
		{PLAN(KEPT, CONFIGURATION), KEEP, VERDICT_PASS, NULL},
		/* A keep that names nothing is misspelt. */
		{PLAN(KEPT, STATE("")), HEAD "keep: [aws_db_instance.kk]", VERDICT_ASK,
			"intent-keep-nothing"},
		{PLAN("", STATE(OBJECT("aws_db_instance", "k", "{}"))), KEEP, VERDICT_PASS, NULL},
	};

	(void)state;
	check(rows, COUNT_OF(rows));
}

/* What is kept by the name that it moves away from is there: it blocks, and nothing is misspelt. */
static void test_keep_moved(void **state)
{
	struct world world;

	(void)state;
	world_open(&world,
		STR(PLAN("{" TYPE_NAME("aws_db_instance",
				 "other") ",\"previous_address\":"
					  "\"aws_db_instance.k\",\"change\":{\"actions\":[\"no-"
					  "op\"],"
					  "\"before\":{},\"after\":{},\"after_unknown\":{}}}",
			STATE(OBJECT("aws_db_instance", "other", "{}")))),
		STR("plan.json"));
	world_judge(&world, HEAD "keep: [aws_db_instance.k]");
	assert_int_equal(world.verdict, VERDICT_BLOCK);
	assert_non_null(world_find(&world, "intent-keep", "aws_db_instance.other"));
	assert_null(world_find(&world, "intent-keep-nothing", NULL));
	world_close(&world);
}

/* Keys that try to look like something else than what is kept. */
static void test_keep_hostile_keys(void **state)
{
	static const char *const keys[] = {
		"a\\\\\\\"b", "a]b", "a*b", "$${x}", "a\\\\nb", "0", "a.b[0]", "\\u00fc"};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(keys); i++) {
		struct world world;
		struct str plan;

		world_open(&world, STR(PLAN("", "")), STR("plan.json"));
		plan = arena_printf(world.arena,
			"{\"format_version\":\"1.2\",\"planned_values\":{},\"resource_changes\":[{"
			"\"address\":"
			"\"module.m[\\\"%s\\\"].aws_x.y[\\\"%s\\\"]\",\"mode\":\"managed\","
			"\"type\":\"aws_x\",\"name\":\"y\","
			"\"provider_name\":\"p\",\"change\":{\"actions\":[\"delete\"],\"before\":{}"
			",\"after\":null}}]}",
			keys[i], keys[i]);
		assert_int_equal(
			plan_read(plan, STR("p"), world.arena, &world.plans, &world.err), 0);
		plan_free(&world.plans.items[0]);
		world.plans.items[0] = world.plans.items[--world.plans.count];
		assert_int_equal(references_build(&world.plans.items[0], world.arena,
					 &world.references, &world.err),
			0);
		world_judge(&world, HEAD "keep: [module.m.aws_x.y]\nallow: [{delete: '**'}]");
		if (world.verdict != VERDICT_BLOCK || !world_find(&world, "intent-keep", NULL))
			fail_msg("key %s", keys[i]);
		world_close(&world);
	}
}

static void test_whole(void **state)
{
	static const struct row rows[] = {
		{PLAN("", ""), HEAD "workspace: prod", VERDICT_ASK, "intent-wrong-root"},
		{PLAN("", ""), "version: 1\nexpires: 2025-01-01", VERDICT_ASK, "intent-expired"},
		{PLAN(DELETE("aws_db_instance", "a"), ""),
			"version: 1\nexpires: 2025-01-01\nexpect: [{delete: aws_db_instance.a}]",
			VERDICT_BLOCK, "intent-unexpected"},
		{PLAN("", STATE("")),
			HEAD
			"phase: b\nphases: {a: {expect: [{create: aws_x.a}]}, b: {requires: a}}",
			VERDICT_BLOCK, "intent-requires"},
		{PLAN("", STATE(OBJECT("aws_x", "a", "{}"))),
			HEAD
			"phase: b\nphases: {a: {expect: [{create: aws_x.a}]}, b: {requires: a}}",
			VERDICT_PASS, NULL},
		{PLAN("", ""),
			HEAD
			"phase: b\nphases: {a: {expect: [{create: aws_x.a}]}, b: {requires: a}}",
			VERDICT_ASK, "intent-requires"},
		{PLAN("", STATE(OBJECT("aws_x", "a", "{\"p\":true}"))),
			HEAD "phase: b\nphases: {a: {expect: [{update: aws_x.a, only: {p: "
			     "false}}]}, b: {requires: a}}",
			VERDICT_BLOCK, "intent-requires"},
	};
	static const struct {
		const char *wanted, *root;
		enum verdict verdict;
	} roots[] = {
		{"envs/prod", "envs/prod", VERDICT_PASS},
		{"envs/prod/", "./envs/prod", VERDICT_PASS},
		{"envs/prod", "envs/dev", VERDICT_BLOCK},
		{"envs/prod", "", VERDICT_ASK},
		{"envs/prod", ".", VERDICT_ASK},
		{"envs/prod", "/srv/envs/prod", VERDICT_PASS},
		{"envs/prod", "/srv/myenvs/prod", VERDICT_BLOCK},
		{"envs/prod", "a/envs/prod", VERDICT_BLOCK},
		{".", ".", VERDICT_PASS},
	};

	(void)state;
	check(rows, COUNT_OF(rows));
	for (size_t i = 0; i < COUNT_OF(roots); i++) {
		struct world world;

		world_open(&world, STR(PLAN("", "")), STR("plan.json"));
		world.plans.items[0].root = str_of(roots[i].root);
		world_judge(
			&world, arena_printf(world.arena, HEAD "root: %s", roots[i].wanted).data);
		if (world.verdict != roots[i].verdict)
			fail_msg("%s, %s", roots[i].wanted, roots[i].root);
		world_close(&world);
	}
}

#define ACCEPT(rule, address, expires)                                                             \
	HEAD "allow: [{update: aws_x.a}]\naccept: [{rule: " rule ", address: " address             \
	     ", reason: w, expires: " expires "}]"

static void test_lifts(void **state)
{
	static const struct {
		enum finding_kind kind;
		const char *path, *intent;
		enum verdict verdict;
	} rows[] = {
		{KIND_EXPOSURE, "a", HEAD "allow: [{update: aws_x.a}]", VERDICT_ASK},
		{KIND_EXPOSURE, "a", HEAD "allow: [{update: aws_x.a, only: [a, b]}]", VERDICT_PASS},
		{KIND_EXPOSURE, "a[0].c", HEAD "allow: [{update: aws_x.a, only: [a, b]}]",
			VERDICT_PASS},
		{KIND_EXPOSURE, "ab", HEAD "allow: [{update: aws_x.a, only: [a, b]}]", VERDICT_ASK},
		{KIND_EXPOSURE, NULL, HEAD "allow: [{update: aws_x.a, only: [a, b]}]", VERDICT_ASK},
		{KIND_EXPOSURE, "a", ACCEPT("rule", "aws_x.a", "2026-12-24"), VERDICT_PASS},
		{KIND_EXPOSURE, "a", ACCEPT("rule", "aws_x.b", "2026-12-24"), VERDICT_ASK},
		{KIND_EXPOSURE, "a", ACCEPT("other", "aws_x.a", "2026-12-24"), VERDICT_ASK},
		{KIND_EXPOSURE, "a", ACCEPT("rule", "aws_x.a", "2025-11-01"), VERDICT_ASK},
		/* Never: what was not understood, and what the intent itself found. */
		{KIND_UNKNOWN_ACTION, "a", ACCEPT("rule", "aws_x.a", "2026-12-24"), VERDICT_ASK},
		{KIND_INCOMPLETE_PLAN, "a", HEAD "allow: [{update: aws_x.a, only: [a, b]}]",
			VERDICT_ASK},
		{KIND_CHECK_FAILED, "a", ACCEPT("rule", "aws_x.a", "2026-12-24"), VERDICT_ASK},
		{KIND_FORGED_PLACEHOLDER, "a", ACCEPT("rule", "'**'", "2026-12-24"), VERDICT_ASK},
		/* Kept beats all. */
		{KIND_EXPOSURE, "a",
			HEAD "keep: [aws_x.a]\nallow: [{update: aws_x.a, only: [a, b]}]",
			VERDICT_BLOCK},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct world world;

		world_open(&world, STR(PLAN(UPDATE("aws_x", "a"), "")), STR("plan.json"));
		world_hazard(&world, "rule", rows[i].kind, SEVERITY_HIGH, "aws_x.a", rows[i].path);
		if (world_judge(&world, rows[i].intent) != rows[i].verdict) {
			world_print(&world);
			fail_msg("%s", rows[i].intent);
		}
		world_close(&world);
	}
}

#define NEW(values) CHANGE("aws_db_instance", "new", "\"create\"", "null", values)
#define FROM HEAD "expect: [{create: aws_db_instance.new, from: aws_db_instance.old}]"
#define OLD                                                                                        \
	OBJECT("aws_db_instance", "old",                                                           \
		"{\"id\":\"app\",\"identifier\":\"app\",\"arn\":\"arn:app\"}")
#define SNAPSHOT(source)                                                                           \
	OBJECT("aws_db_snapshot", "s",                                                             \
		"{\"id\":\"snap-1\",\"db_instance_identifier\":\"" source "\"}")

#define RESTORES                                                                                   \
	",\"configuration\":{\"root_module\":{\"resources\":[{\"address\":"                        \
	"\"aws_db_snapshot.s\",\"mode\":\"managed\",\"type\":\"aws_db_snapshot\",\"name\":\"s\","  \
	"\"expressions\":{\"db_instance_identifier\":{\"references\":[\"aws_db_instance.old.id\"," \
	"\"aws_db_instance.old\"]}}},{\"address\":\"aws_db_instance.new\",\"mode\":\"managed\","   \
	"\"type\":\"aws_db_instance\",\"name\":\"new\",\"expressions\":{\"snapshot_identifier\":{" \
	"\"references\":[\"aws_db_snapshot.s.id\",\"aws_db_snapshot.s\"]}}}]}}"

#define POINTS                                                                                     \
	",\"configuration\":{\"root_module\":{\"resources\":[{\"address\":\"aws_route53_record."   \
	"r\","                                                                                     \
	"\"mode\":\"managed\",\"type\":\"aws_route53_record\",\"name\":\"r\",\"expressions\":{"    \
	"\"records\":{\"references\":[\"aws_lb.n.dns_name\",\"aws_lb.n\"]}}}]}}"
#define RECORD(records) CHANGE("aws_route53_record", "r", "\"update\"", "{}", records)
#define TARGET OBJECT("aws_lb", "n", "{\"dns_name\":\"n.elb\"}")
#define REFERS                                                                                     \
	HEAD "expect: [{update: aws_route53_record.r, after: {records: {refers_to: aws_lb.n}}}]"

/* What an expression refers to is not yet what it gives. */
static void test_refers_to_known_values(void **state)
{
	static const struct row rows[] = {
		{PLAN(RECORD("{\"records\":[\"n.elb\"]}"), STATE(TARGET) POINTS), REFERS,
			VERDICT_PASS, NULL},
		{PLAN(RECORD("{\"records\":[\"n.elb\",\"evil\"]}"), STATE(TARGET) POINTS), REFERS,
			VERDICT_ASK, "intent-expect"},
		{PLAN(RECORD("{\"records\":[]}"), STATE(TARGET) POINTS), REFERS, VERDICT_BLOCK,
			"intent-expect"},
		{PLAN(RECORD("{\"records\":null}"), STATE(TARGET) POINTS), REFERS, VERDICT_BLOCK,
			"intent-expect"},
		/* Of the object nothing is known yet, so the reference must do. */
		{PLAN(RECORD("{\"records\":[\"n.elb\"]}"), POINTS), REFERS, VERDICT_PASS, NULL},
	};

	(void)state;
	check(rows, COUNT_OF(rows));
}

static void test_lineage(void **state)
{
	static const struct row rows[] = {
		{PLAN(NEW("{\"snapshot_identifier\":\"snap-1\"}"), STATE(OLD "," SNAPSHOT("app"))),
			FROM, VERDICT_PASS, NULL},
		{PLAN(NEW("{\"snapshot_identifier\":\"snap-1\"}"),
			 STATE(OLD "," SNAPSHOT("foreign"))),
			FROM, VERDICT_BLOCK, "intent-from"},
		{PLAN(NEW("{\"snapshot_identifier\":\"snap-2\"}"), STATE(OLD "," SNAPSHOT("app"))),
			FROM, VERDICT_ASK, "intent-from"},
		/* A snapshot that is called like the database is not the database. */
		{PLAN(NEW("{\"snapshot_identifier\":\"app\"}"), STATE(OLD)), FROM, VERDICT_ASK,
			"intent-from"},
		{PLAN(NEW("{\"replicate_source_db\":\"app\",\"snapshot_identifier\":null}"),
			 STATE(OLD)),
			FROM, VERDICT_PASS, NULL},
		{PLAN(NEW("{\"snapshot_identifier\":null}"), STATE(OLD)), FROM, VERDICT_BLOCK,
			"intent-from"},
		{PLAN(NEW("{\"a\":null}"), STATE(OLD)), FROM, VERDICT_ASK, "intent-from"},
		/* References that give nothing, or something else than what they refer to. */
		{PLAN(NEW("{\"snapshot_identifier\":\"snap-1\"}"),
			 STATE(OLD "," SNAPSHOT("app")) RESTORES),
			FROM, VERDICT_PASS, NULL},
		{PLAN(NEW("{\"snapshot_identifier\":null}"),
			 STATE(OLD "," SNAPSHOT("app")) RESTORES),
			FROM, VERDICT_BLOCK, "intent-from"},
		{PLAN(NEW("{\"snapshot_identifier\":\"snap-2\"}"),
			 STATE(OLD "," SNAPSHOT("app")) RESTORES),
			FROM, VERDICT_ASK, "intent-from"},
	};

	(void)state;
	check(rows, COUNT_OF(rows));
}

/* The unedited draft of a plan with any destroy never passes. */
static void test_draft(void **state)
{
	static const struct {
		const char *plan;
		bool destroys;
	} rows[] = {
		{PLAN(CREATE("aws_x", "a") "," UPDATE("aws_x", "b"), ""), false},
		{PLAN(DELETE("null_resource", "a"), ""), true},
		{PLAN(REPLACE("null_resource", "a") "," CREATE("aws_x", "b"), ""), true},
		{PLAN(DELETE("aws_db_instance", "a"), ""), true},
		{PLAN("{\"deposed\":\"1f\"," TYPE_NAME("null_resource",
			      "k") ",\"change\":{\"actions\":[\"delete\"],\"before\":{},"
				   "\"after\":null,\"after_unknown\":{}}}," UPDATE(
					   "null_resource", "k"),
			 ""),
			true},
		/* An address that tries to leave its comment. */
		{PLAN("{\"address\":\"null_resource.a[\\\"x\\\\\\\"\\nexpect:\\n- delete: "
		      "'**'\\n#\\\"]\",\"mode\":\"managed\",\"type\":"
		      "\"null_resource\",\"name\":\"a\",\"provider_name\":\"p\",\"change\":{"
		      "\"actions\":[\"delete\"],\"before\":{},"
		      "\"after\":null}}",
			 ""),
			true},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct buf draft = BUF(1 << 20);
		struct world world;

		world_open(&world, str_of(rows[i].plan), STR("plan.json"));
		assert_int_equal(
			intent_draft(&world.plans.items[0], &world.findings, &draft, &world.err),
			0);
		buf_add_char(&draft, 0);
		world_judge(&world, draft.data);
		if ((world.verdict != VERDICT_PASS) != rows[i].destroys) {
			world_print(&world);
			fail_msg("%s", draft.data);
		}
		buf_free(&draft);
		world_close(&world);
	}
}

static void test_every_allocation_fails(void **state)
{
	static const char intent[] =
		HEAD "keep: [aws_db_instance.k, aws_q.q]\nexpect: [{update: aws_x.a, only: [a, "
		     "b]}, {create: aws_z.z}]\n"
		     "accept: [{rule: r, address: aws_x.a, reason: w, expires: 2026-12-24}]";
	struct world world;

	(void)state;
	world_open(&world,
		STR(PLAN(KEPT "," REPLACE("aws_db_subnet_group", "g") "," UPDATE(
				 "aws_x", "a") "," DELETE("aws_db_instance", "d"),
			CONFIGURATION STATE(OLD))),
		STR("plan.json"));
	world.intent = world_read(&world, intent, false, &world.doc);
	for (uint64_t nth = 1; nth < 100000; nth++) {
		struct arena *arena = arena_create((size_t)64 * 1024 * 1024);
		struct findings findings = {.arena = arena};
		int r;

		mem_fail_from(nth);
		r = intent_judge(world.intent, &world.plans.items[0], world.references, &findings,
			&world.err);
		mem_fail_from(0);
		if (r < 0)
			assert_int_equal(world.err.id, ERR_MEMORY);
		else
			assert_int_equal(verdict_decide(&findings,
						 &(struct verdict_terms){.has_intent = true}),
				VERDICT_BLOCK);
		arena_destroy(arena);
		if (r == 0) {
			assert_true(nth > 20);
			world_close(&world);
			return;
		}
	}
	fail_msg("judging never succeeds");
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_unnamed),
		cmocka_unit_test(test_named),
		cmocka_unit_test(test_conditions),
		cmocka_unit_test(test_keep),
		cmocka_unit_test(test_keep_moved),
		cmocka_unit_test(test_keep_hostile_keys),
		cmocka_unit_test(test_whole),
		cmocka_unit_test(test_lifts),
		cmocka_unit_test(test_refers_to_known_values),
		cmocka_unit_test(test_lineage),
		cmocka_unit_test(test_draft),
		cmocka_unit_test(test_every_allocation_fails),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
