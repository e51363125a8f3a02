/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whole plans: what must be gone from the output and what must stay, byte for
 * byte; twice is once; every failed allocation is an error and leaks nothing.
 */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

#include "redact/redact.h"

struct output {
	struct str text;
	struct findings findings;
	int result;
};

/* Learns, surveys and redacts one file; `key` may be absent. */
static struct output redact(struct arena *arena, struct str source, struct str key)
{
	struct output output = {.findings = {.arena = arena}};
	CLEANUP(redactor_cleanup) struct redactor *redactor = NULL;
	struct plans plans = {0};
	struct error err;
	int fd = memfd_create("redacted", 0);
	int r = redactor_create(key, &redactor, &err);

	assert_true(fd >= 0);
	if (r == 0)
		r = plan_read(source, STR("plan.json"), arena, &plans, &err);
	for (size_t i = 0; r == 0 && i < plans.count; i++)
		r = redactor_learn(redactor, &plans.items[i], &err);
	for (size_t i = 0; r == 0 && i < plans.count; i++) {
		redact_findings(redactor, &plans.items[i], &output.findings);
		r = redact_plan(redactor, &plans.items[i], fd, &err);
	}
	if (r == 0) {
		size_t len = (size_t)lseek(fd, 0, SEEK_END);
		char *text = arena_alloc(arena, len + 1);

		if (text)
			assert_int_equal(pread(fd, text, len, 0), len);
		output.text = (struct str){text, text ? len : 0};
	}
	for (size_t i = 0; i < plans.count; i++)
		plan_free(&plans.items[i]);
	close(fd);
	output.result = r;
	return output;
}

#define NO_KEY ((struct str){NULL, 0})
#define HEAD "{\"format_version\":\"1.2\","
#define CHANGE(before, after, before_mask, after_mask)                                             \
	"\"resource_changes\":[{\"address\":\"aws_x.y\",\"mode\":\"managed\",\"type\":\"aws_x\","  \
	"\"name\":\"y\",\"provider_name\":\"p\",\"change\":{\"actions\":[\"update\"],"             \
	"\"before\":" before ",\"after\":" after                                                   \
	",\"after_unknown\":{},\"before_sensitive\":" before_mask                                  \
	",\"after_sensitive\":" after_mask "}}]"
#define AFTER(after, mask) HEAD CHANGE("{}", after, "{}", mask) "}"

static const struct {
	const char *name;
	const char *plan;
	/* Separated by '\n': texts that must be gone, and that must stay. */
	const char *gone, *stays;
} cases[] = {
	{"a common word is hidden only where it is marked",
		AFTER("{\"engine\":\"postgres\",\"user\":\"postgres\"}", "{\"user\":true}"),
		"\"user\":\"postgres\"", "\"engine\":\"postgres\""},
	{"a short value is hidden only where it is marked",
		AFTER("{\"pin_code\":\"abc12\",\"x\":\"abc12\"}", "{\"pin_code\":true}"),
		"\"pin_code\":\"abc12\"", "\"x\":\"abc12\""},
	{"a number stays a number, and other numbers stay",
		AFTER("{\"n\":4711,\"m\":4711}", "{\"n\":true}"), "\"n\":4711",
		"\"n\":80551\n\"m\":4711"},
	{"a long number is found elsewhere, as number and in text",
		AFTER("{\"n\":4111111111111112,\"m\":4111111111111112,\"t\":\"x "
		      "4111111111111112\"}",
			"{\"n\":true}"),
		"4111111111111112", "\"m\":80551\n\"t\":\"x weir-redacted-"},
	{"a boolean is hidden at its marked path only",
		AFTER("{\"on\":true,\"off\":true}", "{\"on\":true}"), "{\"on\":true,",
		"\"off\":true"},
	{"null, empty texts and empty containers stay",
		AFTER("{\"a\":null,\"b\":\"\",\"c\":[],\"d\":{}}",
			"{\"a\":true,\"b\":true,\"c\":true,\"d\":true}"),
		"weir-redacted-", "{\"a\":null,\"b\":\"\",\"c\":[],\"d\":{}}"},
	{"a mask on an object covers its leaves and no key",
		AFTER("{\"o\":{\"user\":\"app\",\"ports\":[1,2]}}", "{\"o\":true}"),
		"\"app\"\n[1,2]", "{\"o\":{\"user\":\"weir-redacted-\n\"ports\":[80551"},
	{"a mask on one element of a list",
		AFTER("{\"l\":[\"ab\",\"cd\"]}", "{\"l\":[false,true]}"), "\"cd\"",
		"[\"ab\",\"weir-redacted-"},
	{"a mask before covers the value after too",
		HEAD CHANGE("{\"p\":\"ab\"}", "{\"p\":\"cd\"}", "{\"p\":true}", "false") "}",
		"\"ab\"\n\"cd\"", ""},
	{"a mask that is out of order",
		AFTER("{\"z\":\"zz\",\"a\":\"aa\",\"m\":\"mm\"}", "{\"m\":true,\"a\":true}"),
		"\"aa\"\n\"mm\"", "\"z\":\"zz\""},
	{"keys of the format may be written with escapes",
		HEAD "\"resource_changes\":[{\"address\":\"aws_x.y\",\"mode\":\"managed\",\"type\":"
		     "\"aws_x\",\"name\":\"y\",\"provider_name\":\"p\",\"ch\\u0061nge\":{"
		     "\"actions\":[\"create\"],\"before\":null,\"\\u0061fter\":{\"p\":\"ab\"},"
		     "\"after_sensitive\":{\"\\u0070\":true}}}]}",
		"\"ab\"", ""},
	{"a secret in JSON in a string, escaped as Go does",
		AFTER("{\"p\":\"Tr0ub4dor&3<x>\\\"q\\\"\",\"j\":\"{\\\"k\\\":"
		      "\\\"Tr0ub4dor\\\\u00263\\\\u003cx"
		      "\\\\u003e\\\\\\\"q\\\\\\\"\\\"}\"}",
			"{\"p\":true}"),
		"Tr0ub4dor", "\"j\":\"{\\\"k\\\":\\\"weir-redacted-"},
	{"a secret in base64 in user data",
		AFTER("{\"p\":\"boot-fake-9f8e7d6c5b4a\",\"u\":"
		      "\"VE9LRU49Ym9vdC1mYWtlLTlmOGU3ZDZjNWI0YSB"
		      "yZWxlYXNlPTE=\"}",
			"{\"p\":true}"),
		"boot-fake\nb290LWZha2U\nYm9vdC1mYWtl", "\"u\":\""},
	{"the text inside a masked base64 value is a secret too",
		AFTER("{\"p\":\"Ym9vdC1mYWtlLTlmOGU3ZDZjNWI0YQ==\",\"u\":\"x "
		      "boot-fake-9f8e7d6c5b4a\"}",
			"{\"p\":true}"),
		"boot-fake", "\"u\":\"x weir-redacted-"},
	{"a key's lines, indented, with other line ends",
		AFTER("{\"p\":\"-----BEGIN PRIVATE "
		      "KEY-----\\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSj"
		      "AgEAAoIBAQ\\n-----END PRIVATE KEY-----\\n\",\"u\":\"key: |\\r\\n    "
		      "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQ\\r\\n\"}",
			"{\"p\":true}"),
		"MIIEvQIBADAN", "\"u\":\"key: |\\r\\n    weir-redacted-"},
	{"names that promise a secret, and names that do not",
		AFTER("{\"db_password\":\"aaa1\",\"apiKey\":\"bbb2\",\"secret_arn\":\"arn:aws:s:"
		      "x\",\"token_"
		      "ttl\":\"3600s\",\"key_name\":\"deploy\",\"password_policy\":\"strict1\","
		      "\"secret_name\":\"app-"
		      "db\",\"http_tokens\":\"required\"}",
			"{}"),
		"aaa1\nbbb2",
		"arn:aws:s:x\n3600s\n\"deploy\"\nstrict1\napp-db\n\"http_tokens\":\"required\""},
	{"a pair of name and value",
		AFTER("{\"env\":[{\"name\":\"DB_PASSWORD\",\"value\":\"pw1\"},{\"name\":\"MODE\","
		      "\"value\":\"live\"}]}",
			"{}"),
		"pw1", "\"value\":\"live\""},
	{"a sensitive variable, its default, and a literal given to a module",
		HEAD
		"\"planned_values\":{},\"variables\":{\"v\":{\"value\":\"ab\"}},\"configuration\":{"
		"\"root_module\":{\"variables\":{\"v\":{\"default\":\"cd\",\"description\":\"of "
		"v\","
		"\"sensitive\":true}},\"module_calls\":{\"m\":{\"source\":\"./"
		"m\",\"expressions\":{\"w\":{"
		"\"constant_value\":\"ef\"},\"x\":{\"constant_value\":\"gh\"}},\"module\":{"
		"\"variables\":{\"w\":{\"sensitive\":true},\"x\":{}}}}}}}}",
		"\"ab\"\n\"cd\"\n\"ef\"", "\"of v\"\n\"gh\"\n./m"},
	{"constants of a provider",
		HEAD "\"planned_values\":{},\"configuration\":{\"provider_config\":{\"x\":{"
		     "\"name\":\"x\","
		     "\"expressions\":{\"access_key\":{\"constant_value\":\"ak1\"},\"auth\":{"
		     "\"constant_value\":"
		     "\"au1\"},\"region\":{\"constant_value\":\"eu-west-1\"}}}}}}",
		"ak1\nau1", "eu-west-1"},
	{"a token in a module's source",
		HEAD "\"planned_values\":{},\"configuration\":{\"root_module\":{\"module_calls\":{"
		     "\"m\":{"
		     "\"source\":\"git::https://oauth2:t0k@example.com/m.git\"}}}}}",
		"t0k", "git::https://oauth2:weir-redacted-\n@example.com/m.git"},
	{"sensitive outputs in state and plan",
		HEAD
		"\"planned_values\":{\"outputs\":{\"o\":{\"sensitive\":true,\"value\":\"ab\"}}},"
		"\"prior_state\":{\"values\":{\"outputs\":{\"o\":{\"sensitive\":true,\"value\":{"
		"\"k\":"
		"\"cd\"}},\"p\":{\"sensitive\":false,\"value\":\"ef\"}}}}}",
		"\"ab\"\n\"cd\"", "\"ef\""},
	{"a check's message and generated configuration",
		HEAD "\"planned_values\":{},\"variables\":{\"api_token\":{\"value\":\"q1w2e3r4t5\"}"
		     "},\"checks\":[{"
		     "\"address\":{\"kind\":\"check\",\"name\":\"c\",\"to_display\":\"check.c\"},"
		     "\"status\":"
		     "\"fail\",\"instances\":[{\"address\":{\"to_display\":\"check.c\"},\"status\":"
		     "\"fail\","
		     "\"problems\":[{\"message\":\"got q1w2e3r4t5\"}]}]}]}",
		"q1w2e3r4t5", "got weir-redacted-\ncheck.c"},
	{"a for_each key that equals a secret goes everywhere",
		HEAD "\"resource_changes\":[{\"address\":\"aws_x.y[\\\"hunter2-fake\\\"]\","
		     "\"mode\":\"managed\","
		     "\"type\":\"aws_x\",\"name\":\"y\",\"index\":\"hunter2-fake\",\"provider_"
		     "name\":\"p\","
		     "\"change\":{\"actions\":[\"create\"],\"before\":null,\"after\":{\"p\":"
		     "\"hunter2-fake\"},"
		     "\"after_sensitive\":{\"p\":true}}}]}",
		"hunter2-fake",
		"\"address\":\"aws_x.y[\\\"weir-redacted-\n\"index\":\"weir-redacted-"},
	{"an address holds no secret outside its keys",
		HEAD
		"\"resource_changes\":[{\"address\":\"aws_x.hunter2_fake\",\"mode\":\"managed\","
		"\"type\":"
		"\"aws_x\",\"name\":\"hunter2_fake\",\"provider_name\":\"p\",\"change\":{"
		"\"actions\":["
		"\"create\"],\"before\":null,\"after\":{\"p\":\"hunter2_fake\",\"hunter2_fake\":1},"
		"\"after_sensitive\":{\"p\":true}}}]}",
		"\"p\":\"hunter2_fake\"",
		"\"address\":\"aws_x.hunter2_fake\"\n\"name\":\"hunter2_fake\"\n\"hunter2_fake\":"
		"1"},
	{"look-alikes are neutralised",
		AFTER("{\"a\":\"weir-redacted-0123456789abcdef\",\"b\":\"weir\\u002dredacted-"
		      "0123456789abcdef\"}",
			"{}"),
		"weir-redacted-0\nweir\\u002dredacted",
		"\"a\":\"weir-forged-0123456789abcdef\",\"b\":\"weir-forged-"
		"0123456789abcdef\"\n\"forged_placeholders\":2"},
	{"digests and ids stay",
		AFTER("{\"source_code_hash\":\"47DEQpj8HBSa+/"
		      "TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\",\"user_data\":"
		      "\"8d759e30a96d2cfca3dcbcfe5fc17ff83a6ca385\",\"arn\":\"arn:aws:kms:eu-west-"
		      "1:123456789012:key/11111111-2222-3333-4444-555555555555\"}",
			"{}"),
		"weir-redacted-", "47DEQpj8HBSa\n8d759e30\narn:aws:kms"},
	{"url encoding with another spelling, in a masked plan's drift",
		HEAD "\"planned_values\":{},\"resource_drift\":[{\"address\":\"aws_x.y\",\"mode\":"
		     "\"managed\","
		     "\"type\":\"aws_x\",\"name\":\"y\",\"provider_name\":\"p\",\"change\":{"
		     "\"actions\":["
		     "\"update\"],\"before\":{\"p\":\"a b/c d~e "
		     "f\",\"q\":\"x=a+b%2fc+d~e+f&\"},\"after\":{\"p\":\"1\"},"
		     "\"before_sensitive\":{\"p\":true},\"after_sensitive\":{}}}]}",
		"a b/c d\na+b%2fc", "x=weir-redacted-"},
};

static void each_line(struct str text, struct str lines, bool wanted, const char *name)
{
	while (lines.len) {
		struct str line = str_split(&lines, '\n');

		if ((str_find(text, line) != SIZE_MAX) != wanted)
			fail_msg("%s: %.*s is %s in %.*s", name, STR_ARG(line),
				wanted ? "not" : "still", STR_ARG(text));
	}
}

static void test_cases(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		CLEANUP(arena_cleanup) struct arena *arena = arena_create(64 << 20);
		struct output once = redact(arena, str_of(cases[i].plan), NO_KEY), twice, keyed;

		if (once.result != 0)
			fail_msg("%s: result %d", cases[i].name, once.result);
		each_line(once.text, str_of(cases[i].gone), false, cases[i].name);
		each_line(once.text, str_of(cases[i].stays), true, cases[i].name);
		twice = redact(arena, once.text, NO_KEY);
		if (!str_eq(once.text, twice.text))
			fail_msg("%s: twice gives %.*s", cases[i].name, STR_ARG(twice.text));
		assert_int_equal(once.findings.count, twice.findings.count);
		/* Another key, other placeholders, the same rest. */
		keyed = redact(arena, str_of(cases[i].plan), STR("0123456789abcdef"));
		assert_int_equal(once.text.len, keyed.text.len);
	}
}

static void test_findings(void **state)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create(64 << 20);
	struct output output;

	(void)state;
	output = redact(
		arena, STR(AFTER("{\"a\":\"weir-redacted-0123456789abcdef\"}", "{}")), NO_KEY);
	assert_int_equal(output.findings.count, 1);
	assert_int_equal(output.findings.items[0].kind, KIND_FORGED_PLACEHOLDER);
	assert_true(str_is(output.findings.items[0].pointer, "/resource_changes/0/change/after/a"));
	output = redact(arena,
		STR(AFTER("{\"p\":\"hunter2-fake\",\"tags\":{\"hunter2-fake\":\"1\"}}",
			"{\"p\":true}")),
		NO_KEY);
	assert_int_equal(output.findings.count, 1);
	assert_true(str_is(output.findings.items[0].rule, "secret-in-key"));
	assert_true(str_find(output.text, STR("hunter2")) == SIZE_MAX);
	/* A bucket's name may begin like a placeholder. */
	output = redact(arena, STR(AFTER("{\"a\":\"weir-redacted-plans\"}", "{}")), NO_KEY);
	assert_int_equal(output.findings.count, 0);
}

static void test_a_recalled_finding_that_is_not_understood_blocks(void **state)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create(64 << 20);
	struct output output = redact(arena,
		STR("{\"weir_redacted\":{\"version\":1,\"findings\":[{\"rule\":\"r\",\"kind\":"
		    "\"from-the-"
		    "future\",\"severity\":\"high\"},{\"rule\":\"r\",\"kind\":\"exposure\","
		    "\"severity\":"
		    "\"high\",\"address\":\"aws_x.y\"}]},\"format_version\":\"1.2\",\"planned_"
		    "values\":"
		    "{}}"),
		NO_KEY);

	(void)state;
	assert_int_equal(output.result, 0);
	assert_int_equal(output.findings.count, 2);
	assert_int_equal(output.findings.items[0].kind, KIND_INCOMPLETE_PLAN);
	assert_int_equal(output.findings.items[1].kind, KIND_EXPOSURE);
	assert_true(str_is(output.findings.items[1].address, "aws_x.y"));
}

/* Patterns that share their beginnings, in a text made of them: bounded, and nothing leaks. */
static void test_hostile_patterns_are_bounded(void **state)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create((size_t)1 << 30);
	CLEANUP(buf_free) struct buf plan = BUF(64 << 20);
	struct output output;

	(void)state;
	buf_add(&plan, STR(HEAD "\"planned_values\":{},\"variables\":{"));
	for (unsigned i = 0; i < 3000; i++)
		buf_printf(&plan, "%s\"password%u\":{\"value\":\"aaaaaaaaaaaaaaaaaaaaaaaa%04u\"}",
			i ? "," : "", i, i);
	buf_add(&plan, STR(",\"x\":{\"value\":\""));
	for (unsigned i = 0; i < 200000; i++)
		buf_add_char(&plan, 'a');
	buf_add(&plan, STR("0042\"}}}"));
	output = redact(arena, buf_str(&plan), NO_KEY);
	assert_int_equal(output.result, 0);
	assert_true(str_find(output.text, STR("aaaaaaaaaaaaaaaaaaaaaaaa0042")) == SIZE_MAX);
}

static void test_every_allocation_may_fail(void **state)
{
	static const char plan[] = AFTER("{\"p\":\"hunter2-fake\\u003c\",\"u\":"
					 "\"aHVudGVyMi1mYWtlPA==\",\"q\":\"x=hunter2-fake%3c\"}",
		"{\"p\":true}");

	(void)state;
	for (uint64_t nth = 1;; nth++) {
		CLEANUP(arena_cleanup) struct arena *arena = arena_create(64 << 20);
		struct output output;
		uint64_t count;

		mem_fail_from(nth);
		output = redact(arena, str_of(plan), NO_KEY);
		count = mem_count();
		mem_fail_from(0);
		if (count < nth) {
			assert_int_equal(output.result, 0);
			assert_true(nth > 20);
			break;
		}
		/* Only the test's own copy of the output may be what failed. */
		if (output.result == 0)
			assert_true(str_absent(output.text));
		else
			assert_int_equal(output.result, -75);
	}
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_findings),
		cmocka_unit_test(test_a_recalled_finding_that_is_not_understood_blocks),
		cmocka_unit_test(test_hostile_patterns_are_bounded),
		cmocka_unit_test(test_every_allocation_may_fail),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
