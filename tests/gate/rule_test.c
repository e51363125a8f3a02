/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rule engine: what each predicate means, and what a rule file may hold.
 */
#include "base/hash.h"
#include "gate/types.h"
#include "rule_support.h"

#define RULE(when)                                                                                 \
	"version: 1\n"                                                                             \
	"rules:\n"                                                                                 \
	"  - id: r\n"                                                                              \
	"    title: t\n"                                                                           \
	"    help: h\n"                                                                            \
	"    kind: loosened-protection\n"                                                          \
	"    severity: medium\n"                                                                   \
	"    types: aws_x*\n"                                                                      \
	"    message: \"{address} {path} {elements}\"\n"                                           \
	"    when: " when "\n"

#define UPDATE "\"update\""

static struct trial trial;

static size_t judge(const char *yaml, const char *before, const char *after, const char *unknown)
{
	struct error err;

	assert_string_equal(trial_rules(&trial, yaml, &err), "");
	return trial_judge(&trial, "aws_x", UPDATE, before, after, unknown);
}

static void becomes_needs_another_value_before(void **state)
{
	const char *rule = RULE("{becomes: {on: false}}");

	(void)state;
	assert_int_equal(judge(rule, "{\"on\":true}", "{\"on\":false}", "{}"), 1);
	assert_text(trial.findings.items[0].path, "on");
	assert_text(trial.findings.items[0].address, "aws_x.x");
	assert_text(trial.findings.items[0].pointer, "/resource_changes/0");
	assert_int_equal(trial.findings.items[0].state, STATE_FAIL);
	assert_int_equal(judge(rule, "{\"on\":false}", "{\"on\":false}", "{}"), 0);
	assert_int_equal(judge(rule, "{\"on\":false}", "{\"on\":true}", "{}"), 0);
}

static void an_unknown_value_is_undecided(void **state)
{
	const char *rule = RULE("{becomes: {on: false}}");

	(void)state;
	assert_int_equal(judge(rule, "{\"on\":true}", "{}", "{\"on\":true}"), 1);
	assert_int_equal(trial.findings.items[0].state, STATE_UNKNOWN);
	assert_int_equal(judge(rule, "{\"on\":false}", "{}", "{\"on\":true}"), 0);
}

static void a_create_loosens_nothing(void **state)
{
	struct error err;

	(void)state;
	assert_string_equal(trial_rules(&trial, RULE("{becomes: {on: false}}"), &err), "");
	assert_int_equal(
		trial_judge(&trial, "aws_x", "\"create\"", "null", "{\"on\":false}", "{}"), 0);
	assert_int_equal(trial_judge(&trial, "aws_x", "\"delete\",\"create\"", "{\"on\":true}",
				 "{\"on\":false}", "{}"),
		1);
	assert_int_equal(
		trial_judge(&trial, "aws_y", UPDATE, "{\"on\":true}", "{\"on\":false}", "{}"), 0);
	assert_int_equal(
		trial_judge(&trial, "aws_xyz", UPDATE, "{\"on\":true}", "{\"on\":false}", "{}"), 1);
}

static void numbers_sink_and_grow(void **state)
{
	const char *low = RULE("{lowered: days}");
	const char *forever = RULE("{lowered: {path: days, zero_is: forever}}");
	const char *high = RULE("{raised: {path: days, null_is: 1}}");

	(void)state;
	assert_int_equal(judge(low, "{\"days\":30}", "{\"days\":7}", "{}"), 1);
	assert_int_equal(judge(low, "{\"days\":7}", "{\"days\":30}", "{}"), 0);
	assert_int_equal(judge(low, "{\"days\":7}", "{\"days\":7}", "{}"), 0);
	assert_int_equal(judge(low, "{\"days\":7}", "{\"days\":null}", "{}"), 0);
	assert_int_equal(judge(forever, "{\"days\":0}", "{\"days\":30}", "{}"), 1);
	assert_int_equal(judge(forever, "{\"days\":30}", "{\"days\":0}", "{}"), 0);
	assert_int_equal(judge(high, "{\"days\":null}", "{\"days\":5}", "{}"), 1);
	assert_int_equal(judge(low, "{\"days\":30}", "{\"days\":null}", "{\"days\":true}"), 1);
	assert_int_equal(trial.findings.items[0].state, STATE_UNKNOWN);
}

static void values_sink_in_an_order(void **state)
{
	const char *rule = RULE("{downgraded: {path: \"a[*].mode\", order: [[x*, y], z, null]}}");

	(void)state;
	assert_int_equal(
		judge(rule, "{\"a\":[{\"mode\":\"x1\"}]}", "{\"a\":[{\"mode\":\"z\"}]}", "{}"), 0);
	rule = RULE("{downgraded: {path: \"a[*].mode\", order: [[{matches: x*}, y], z, null]}}");
	assert_int_equal(
		judge(rule, "{\"a\":[{\"mode\":\"x1\"}]}", "{\"a\":[{\"mode\":\"z\"}]}", "{}"), 1);
	assert_text(trial.findings.items[0].path, "a");
	assert_int_equal(
		judge(rule, "{\"a\":[{\"mode\":\"x1\"}]}", "{\"a\":[{\"mode\":\"y\"}]}", "{}"), 0);
	assert_int_equal(
		judge(rule, "{\"a\":[{\"mode\":\"z\"}]}", "{\"a\":[{\"mode\":\"y\"}]}", "{}"), 0);
	/* What the order does not name is not judged; the weakest of several counts. */
	assert_int_equal(
		judge(rule, "{\"a\":[{\"mode\":\"q\"}]}", "{\"a\":[{\"mode\":\"z\"}]}", "{}"), 0);
	assert_int_equal(
		judge(rule, "{\"a\":[{\"mode\":\"y\"}]}", "{\"a\":[{\"mode\":\"q\"}]}", "{}"), 0);
	assert_int_equal(judge(rule, "{\"a\":[{\"mode\":\"y\"},{\"mode\":\"z\"}]}",
				 "{\"a\":[{\"mode\":\"z\"}]}", "{}"),
		0);
	assert_int_equal(
		judge(rule, "{\"a\":[{\"mode\":\"y\"}]}", "{\"a\":[{\"mode\":\"y\"},{}]}", "{}"),
		1);
	assert_int_equal(judge(rule, "{\"a\":[{\"mode\":\"z\"}]}", "{\"a\":[{}]}",
				 "{\"a\":[{\"mode\":true}]}"),
		1);
	assert_int_equal(trial.findings.items[0].state, STATE_UNKNOWN);
}

static void a_value_is_another_one(void **state)
{
	const char *rule = RULE("{changed: v}");

	(void)state;
	assert_int_equal(judge(rule, "{\"v\":\"a\"}", "{\"v\":\"b\"}", "{}"), 1);
	assert_text(trial.findings.items[0].path, "v");
	assert_int_equal(judge(rule, "{\"v\":\"a\"}", "{\"v\":\"a\"}", "{}"), 0);
	assert_int_equal(judge(rule, "{\"v\":null}", "{\"v\":\"a\"}", "{}"), 0);
	assert_int_equal(judge(rule, "{\"v\":\"a\"}", "{}", "{\"v\":true}"), 1);
	assert_int_equal(trial.findings.items[0].state, STATE_UNKNOWN);
}

static void one_of_several_values_may_be_none(void **state)
{
	const char *rule = RULE("{becomes: {v: [null, x]}}");

	(void)state;
	assert_int_equal(judge(rule, "{\"v\":\"a\"}", "{}", "{}"), 1);
	assert_int_equal(trial.findings.items[0].state, STATE_FAIL);
	assert_int_equal(judge(rule, "{\"v\":\"a\"}", "{}", "{\"v\":true}"), 1);
	assert_int_equal(trial.findings.items[0].state, STATE_UNKNOWN);
}

static void elements_pair_by_identity(void **state)
{
	const char *rule = RULE("{removed: {path: e, identity: k}}");

	(void)state;
	assert_int_equal(judge(rule, "{\"e\":[{\"k\":1,\"v\":1},{\"k\":2,\"v\":1}]}",
				 "{\"e\":[{\"k\":2,\"v\":9},{\"k\":1,\"v\":1}]}", "{}"),
		0);
	assert_int_equal(
		judge(rule, "{\"e\":[{\"k\":1},{\"k\":2}]}", "{\"e\":[{\"k\":1},{\"k\":3}]}", "{}"),
		1);
	assert_text(trial.findings.items[0].message, "aws_x.x e 2");
	assert_int_equal(judge(rule, "{\"e\":[{\"k\":1}]}", "{\"e\":null}", "{\"e\":true}"), 1);
	assert_int_equal(trial.findings.items[0].state, STATE_UNKNOWN);
	assert_int_equal(judge(rule, "{\"e\":[{\"k\":1}]}", "{\"e\":[]}", "{}"), 1);
	assert_int_equal(judge(rule, "{\"e\":[{\"k\":\"\",\"v\":1}]}",
				 "{\"e\":[{\"k\":null,\"v\":2}]}", "{}"),
		0);
}

static void an_element_with_an_unknown_identity_may_be_the_missing_one(void **state)
{
	const char *rule = RULE("{removed: {path: e, identity: k}}");

	(void)state;
	assert_int_equal(
		judge(rule, "{\"e\":[{\"k\":1}]}", "{\"e\":[{\"v\":1}]}", "{\"e\":[{\"k\":true}]}"),
		1);
	assert_int_equal(trial.findings.items[0].state, STATE_UNKNOWN);
	assert_int_equal(judge(rule, "{\"e\":[{\"k\":1},{\"k\":2}]}", "{\"e\":[{\"v\":1}]}",
				 "{\"e\":[{\"k\":true}]}"),
		1);
	assert_int_equal(trial.findings.items[0].state, STATE_FAIL);
}

static void a_label_may_change(void **state)
{
	const char *rule = RULE("{removed: {path: e, label: id}}");

	(void)state;
	assert_int_equal(judge(rule, "{\"e\":[{\"id\":\"a\",\"v\":1}]}",
				 "{\"e\":[{\"id\":\"b\",\"v\":1}]}", "{}"),
		0);
	assert_int_equal(judge(rule, "{\"e\":[{\"id\":\"a\",\"v\":1}]}",
				 "{\"e\":[{\"id\":\"a\",\"v\":2}]}", "{}"),
		0);
	assert_int_equal(judge(rule, "{\"e\":[{\"id\":\"a\",\"v\":1}]}",
				 "{\"e\":[{\"id\":\"b\",\"v\":2}]}", "{}"),
		1);
	assert_text(trial.findings.items[0].message, "aws_x.x e a");
}

static void without_identity_only_a_net_loss_counts(void **state)
{
	const char *rule = RULE("{removed: e}");

	(void)state;
	assert_int_equal(judge(rule, "{\"e\":[\"a\"]}", "{\"e\":[\"b\"]}", "{}"), 0);
	assert_int_equal(judge(rule, "{\"e\":[\"a\",\"b\"]}", "{\"e\":[\"b\",\"a\"]}", "{}"), 0);
	assert_int_equal(judge(rule, "{\"e\":[\"a\",\"b\"]}", "{\"e\":[\"c\"]}", "{}"), 1);
	assert_int_equal(
		judge(rule, "{\"e\":[\"a\",\"b\",\"b\"]}", "{\"e\":[\"a\",\"b\"]}", "{}"), 1);
	assert_text(trial.findings.items[0].message, "aws_x.x e b");
}

static void statements_hide_in_json_text(void **state)
{
	const char *rule = RULE("{removed: {path: p, json: \"Statement[*]\", label: Sid, where: "
				"{Effect: Deny}}}");
	const char *deny = "{\"p\":\"{\\\"Statement\\\":{\\\"Sid\\\":\\\"N\\\",\\\"Effect\\\":"
			   "\\\"Deny\\\",\\\"Action\\\":[\\\"s3:*\\\"]}}\"}";
	const char *listed = "{\"p\":\"{\\\"Statement\\\":[{\\\"Action\\\":\\\"s3:*\\\","
			     "\\\"Effect\\\":\\\"Deny\\\",\\\"Sid\\\":\\\"M\\\"}]}\"}";
	const char *allow = "{\"p\":\"{\\\"Statement\\\":[{\\\"Sid\\\":\\\"N\\\",\\\"Effect\\\":"
			    "\\\"Allow\\\",\\\"Action\\\":\\\"s3:*\\\"}]}\"}";

	(void)state;
	assert_int_equal(judge(rule, deny, listed, "{}"), 0);
	assert_int_equal(judge(rule, deny, allow, "{}"), 1);
	assert_text(trial.findings.items[0].message, "aws_x.x p N");
	assert_int_equal(judge(rule, deny, "{\"p\":\"\"}", "{}"), 1);
	assert_int_equal(judge(rule, allow, "{\"p\":\"\"}", "{}"), 0);
	assert_int_equal(judge(rule, deny, "{}", "{\"p\":true}"), 1);
	assert_int_equal(trial.findings.items[0].state, STATE_UNKNOWN);
}

static void a_policy_that_grants_more_has_an_added_statement(void **state)
{
	const char *rule = RULE("{added: {path: p, json: \"Statement[*]\", label: Sid, where: "
				"{Effect: Allow, \"Action[*]\": \"*\", Condition: null}}}\n"
				"    on: [create, update]");
	const char *narrow = "{\"p\":\"{\\\"Statement\\\":{\\\"Effect\\\":\\\"Allow\\\","
			     "\\\"Action\\\":\\\"s3:Get*\\\"}}\"}";
	const char *star = "{\"p\":\"{\\\"Statement\\\":[{\\\"Effect\\\":\\\"Allow\\\","
			   "\\\"Action\\\":[\\\"a\\\",\\\"*\\\"]}]}\"}";
	const char *guarded = "{\"p\":\"{\\\"Statement\\\":[{\\\"Effect\\\":\\\"Allow\\\","
			      "\\\"Action\\\":\\\"*\\\",\\\"Condition\\\":{\\\"a\\\":1}}]}\"}";
	const char *twice = "{\"p\":\"{\\\"Statement\\\":[],\\\"Statement\\\":[]}\"}";

	(void)state;
	assert_int_equal(judge(rule, narrow, star, "{}"), 1);
	assert_int_equal(judge(rule, star, star, "{}"), 0);
	assert_int_equal(judge(rule, star, narrow, "{}"), 0);
	assert_int_equal(judge(rule, narrow, guarded, "{}"), 0);
	assert_int_equal(trial_judge(&trial, "aws_x", "\"create\"", "null", star, "{}"), 1);
	assert_int_equal(judge(rule, narrow, "{}", "{\"p\":true}"), 1);
	assert_int_equal(trial.findings.items[0].state, STATE_UNKNOWN);
	/* A key twice: readers disagree on what it holds, so what was there is missing. */
	assert_int_equal(
		judge(RULE("{removed: {path: p, json: \"Statement[*]\"}}"), narrow, twice, "{}"),
		1);
}

#define SG(port, to, cidrs)                                                                        \
	"{\"protocol\":\"tcp\",\"from_port\":" port ",\"to_port\":" to ",\"cidr_blocks\":[" cidrs  \
	"],\"security_groups\":[],\"self\":false}"
#define INGRESS(rules) "{\"i\":[" rules "]}"

static void network_rules_compare_as_ranges(void **state)
{
	const char *rule = RULE("{removed: {path: i, network: true}}");
	const char *ten = INGRESS(SG("22", "22", "\"10.0.0.0/8\""));

	(void)state;
	/* wider, narrower, wider ports, described otherwise, split up: nothing is removed */
	assert_int_equal(judge(rule, ten, INGRESS(SG("22", "22", "\"0.0.0.0/0\"")), "{}"), 0);
	assert_int_equal(judge(rule, ten, INGRESS(SG("22", "22", "\"10.1.0.0/16\"")), "{}"), 0);
	assert_int_equal(judge(rule, ten, INGRESS(SG("0", "1024", "\"10.0.0.0/8\"")), "{}"), 0);
	assert_int_equal(
		judge(rule, ten, INGRESS(SG("22", "22", "\"10.0.0.0/9\",\"10.128.0.0/9\"")), "{}"),
		0);
	/* another source, another port, nothing */
	assert_int_equal(judge(rule, ten, INGRESS(SG("22", "22", "\"192.168.0.0/16\"")), "{}"), 1);
	assert_text(trial.findings.items[0].message, "aws_x.x i tcp 22, 10.0.0.0/8");
	assert_int_equal(judge(rule, ten, INGRESS(SG("80", "80", "\"10.0.0.0/8\"")), "{}"), 1);
	assert_int_equal(judge(rule, ten, INGRESS(""), "{}"), 1);
	/* one source of two */
	assert_int_equal(judge(rule, INGRESS(SG("22", "22", "\"10.0.0.0/8\",\"192.168.0.0/16\"")),
				 ten, "{}"),
		1);
	assert_text(trial.findings.items[0].message, "aws_x.x i tcp 22, 192.168.0.0/16");
}

static void matchers_hold_as_documented(void **state)
{
	static const struct {
		const char *rule;
		const char *value;
		size_t findings;
	} cases[] = {
		{RULE("{is: {v: [a, b]}}"), "\"b\"", 1},
		{RULE("{is: {v: [a, b]}}"), "\"c\"", 0},
		{RULE("{is: {v: {not: a}}}"), "\"b\"", 1},
		{RULE("{is: {v: {not: a}}}"), "\"a\"", 0},
		{RULE("{is: {v: {matches: \"x*z\"}}}"), "\"xyz\"", 1},
		{RULE("{is: {v: {matches: \"x*z\"}}}"), "\"xy\"", 0},
		{RULE("{is: {v: {below: 5}}}"), "4", 1},
		{RULE("{is: {v: {below: 5}}}"), "5", 0},
		{RULE("{is: {v: {above: 5}}}"), "5.5", 1},
		{RULE("{is: {v: {absent: true}}}"), "\"\"", 1},
		{RULE("{is: {v: {absent: true}}}"), "[]", 1},
		{RULE("{is: {v: {absent: true}}}"), "false", 0},
		{RULE("{is: {v: null}}"), "null", 1},
		{RULE("{is: {\"v[*]\": {cidr: world}}}"), "[\"10.0.0.0/8\",\"0.0.0.0/0\"]", 1},
		{RULE("{is: {\"v[*]\": {cidr: world}}}"), "[\"0::0/0\"]", 1},
		{RULE("{is: {\"v[*]\": {cidr: world}}}"), "[\"128.0.0.0/1\"]", 1},
		{RULE("{is: {\"v[*]\": {cidr: world}}}"), "[\"10.0.0.0/8\",\"sg-1\"]", 0},
		{RULE("{is: {\"v[*]\": {cidr: 10.0.0.0/8}}}"), "[\"10.1.0.0/16\"]", 1},
		{RULE("{is: {\"v[0].a\": true}}"), "[{\"a\":true}]", 1},
		{RULE("{is: {\"v[1].a\": true}}"), "[{\"a\":true}]", 0},
		{RULE("{all: [{is: {v: 1}}, {is: {w: null}}]}"), "1", 1},
		{RULE("{all: [{is: {v: 1}}, {is: {w: 1}}]}"), "1", 0},
		{RULE("{any: [{is: {v: 2}}, {is: {v: 1}}]}"), "1", 1},
		{RULE("{not: {is: {v: 1}}}"), "1", 0},
		{RULE("{is: {v: 1}, was: {v: 7}}"), "1", 1},
		{RULE("{class: unknown}"), "1", 1},
		{RULE("{class: [stateful, disposable]}"), "1", 0},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		char after[128];

		assert_true(snprintf(after, sizeof(after), "{\"v\":%s}", cases[i].value) > 0);
		if (judge(cases[i].rule, "{\"v\":7}", after, "{}") != cases[i].findings)
			fail_msg("case %zu: %s", i, cases[i].value);
	}
}

static void alternatives_and_notes(void **state)
{
	(void)state;
	/* Each alternative is a finding of its own, the same place is told once. */
	assert_int_equal(
		judge(RULE("[{becomes: {a: 1}}, {becomes: {b: 1}}, {becomes: {a: [1, 2]}}]"), "{}",
			"{\"a\":1,\"b\":1}", "{}"),
		2);
	assert_int_equal(judge(RULE("{becomes: {a: 1}}\n"
				    "    notes:\n"
				    "      - when: {was: {f: true}}\n"
				    "        say: and {name}\n"
				    "        severity: critical"),
				 "{\"f\":true}", "{\"a\":1}", "{}"),
		1);
	assert_text(trial.findings.items[0].message, "aws_x.x a 0; and x");
	assert_int_equal(trial.findings.items[0].severity, SEVERITY_CRITICAL);
}

static void a_bad_rule_is_an_error_with_its_place(void **state)
{
	static const struct {
		const char *yaml, *code;
		unsigned line;
	} cases[] = {
		{"rules: []", "rule-syntax", 1},
		{"version: 2\nrules: []", "rule-syntax", 1},
		{"version: 1\nrules: 3", "rule-syntax", 2},
		{"version: 1\nrulez: []", "rule-key", 2},
		{RULE("{became: {a: 1}}"), "rule-key", 10},
		{RULE("{becomes: {\"a..b\": 1}}"), "rule-syntax", 10},
		{RULE("{becomes: {a: {near: 1}}}"), "rule-syntax", 10},
		{RULE("{becomes: {a: {cidr: everywhere}}}"), "rule-syntax", 10},
		{RULE("{becomes: {a: []}}"), "rule-syntax", 10},
		{RULE("{downgraded: {path: a}}"), "rule-syntax", 10},
		{RULE("{downgraded: {path: a, order: [x]}}"), "rule-syntax", 10},
		{RULE("{}"), "rule-syntax", 10},
		{RULE("[]"), "rule-syntax", 3},
		{RULE("{all: {was: {a: 1}}}"), "rule-syntax", 10},
		{RULE("{class: stately}"), "rule-syntax", 10},
		{RULE("{removed: {path: a, identitty: b}}"), "rule-key", 10},
		{RULE("{was: {a: 1}}\n    colour: red"), "rule-key", 11},
		{RULE("{was: {a: 1}}\n    cause: \"{whatever}\""), "rule-syntax", 11},
		{RULE("{was: {a: 1}}\n    on: [destroy]"), "rule-syntax", 11},
		{RULE("{was: {a: 1}}\n  - id: r\n    title: t\n    help: h\n    kind: exposure\n"
		      "    severity: low\n    types: a\n    message: m\n    when: {was: {a: 1}}"),
			"rule-syntax", 11},
		{"version: 1\nrules:\n  - id: a", "rule-syntax", 3},
		{"version: 1\nrules:\n  - {id: a, title: b, help: c, kind: danger}", "rule-syntax",
			3},
		{"version: 1\nrules:\n  - {id: a, title: b, help: c, kind: exposure, severity: "
		 "bad}",
			"rule-syntax", 3},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct error err = {0};
		const char *code = trial_rules(&trial, cases[i].yaml, &err);

		if (str_cmp(str_of(code), str_of(cases[i].code)) != 0 || err.line != cases[i].line)
			fail_msg("case %zu: %s at line %u: %s", i, code, err.line, err.message);
		assert_string_equal(err.file, "rules.yaml");
		assert_int_equal(rules_count(trial.rules), 0);
	}
}

static void the_built_in_rules_load_and_are_told(void **state)
{
	struct error err = {0};

	(void)state;
	if (rules_load(/* scope= */ NULL, trial.arena, &trial.rules, &err) < 0)
		fail_msg("%s:%u:%u: %s", err.file, err.line, err.column, err.message);
	assert_true(rules_count(trial.rules) > 20);
	assert_int_equal(rules_digest(trial.rules).len, 64);
	for (size_t i = 0; i < rules_count(trial.rules); i++)
		assert_true(rules_info(trial.rules, i).help.len > 20);
}

/* The digest after these documents, one after the other. */
static struct str digest_of(const char *const *texts, size_t count)
{
	struct rules *rules = NULL;
	struct error err = {0};

	assert_int_equal(rules_create(trial.arena, &rules, &err), 0);
	for (size_t i = 0; i < count; i++) {
		CLEANUP(doc_cleanup) struct doc *doc = NULL;

		if (yaml_read(str_of(texts[i]), STR("rules.yaml"), &doc, &err) < 0 ||
			rules_add(rules, doc, &err) < 0)
			fail_msg("%s\n%u: %s", texts[i], err.line, err.message);
	}
	return rules_digest(rules);
}

#define HEAD "version: 1\nrules:\n"
#define NAMED(id, severity)                                                                        \
	"  - {id: " id ", title: t, help: h, kind: exposure, severity: " severity                  \
	", message: m, when: {types: aws_x, becomes: {v: true}}}\n"

static void the_digest_is_of_the_rules_and_not_of_their_files(void **state)
{
	static const char *const same[][2] = {
		{HEAD NAMED("a", "high"), HEAD NAMED("b", "low")},
		{HEAD NAMED("b", "low"), HEAD NAMED("a", "high")},
		{HEAD NAMED("a", "high") NAMED("b", "low"), NULL},
		{HEAD NAMED("b", "low") "  # why\n" NAMED("a", "high"), NULL},
		{HEAD NAMED("a", "high") "  - severity: low\n    when: {becomes: {\"v\": true}, "
					 "types: aws_x}\n"
					 "    id: b\n    title: t\n    help: h\n    kind: "
					 "exposure\n    message: m\n",
			NULL},
	};
	static const char *const others[] = {
		HEAD NAMED("a", "high"),
		HEAD NAMED("a", "high") NAMED("b", "medium"),
		HEAD NAMED("a", "high") NAMED("c", "low"),
		"version: 1\nrules: []",
	};
	struct str want = digest_of(same[0], 2);

	(void)state;
	assert_int_equal(want.len, 64);
	for (size_t i = 0; i < COUNT_OF(same); i++)
		assert_true(str_eq(want, digest_of(same[i], same[i][1] ? 2 : 1)));
	for (size_t i = 0; i < COUNT_OF(others); i++) {
		assert_false(str_eq(want, digest_of(&others[i], 1)));
		for (size_t k = 0; k < i; k++)
			assert_false(str_eq(digest_of(&others[i], 1), digest_of(&others[k], 1)));
	}
}

#undef HEAD
#undef NAMED

static void the_digest_is_also_of_types_and_sets(void **state)
{
	static const char *const none[] = {"version: 1\nrules: []"};
	char want[SHA256_HEX + 1];

	(void)state;
	assert_int_equal(types_digest().len, SHA256_HEX);
	assert_int_equal(diff_data_digest().len, SHA256_HEX);
	sha256_hex(arena_printf(trial.arena, "%.*s%.*s", STR_ARG(types_digest()),
			   STR_ARG(diff_data_digest())),
		want);
	assert_text(digest_of(none, 1), want);
}

static void memory_may_run_out_anywhere(void **state)
{
	bool done = false;

	(void)state;
	for (uint64_t n = 1; !done; n += n < 300 ? 1 : 97) {
		struct arena *arena = arena_create((size_t)1 << 26);
		struct findings findings = {.arena = arena};
		struct rules *rules = NULL;
		struct error err = {0};
		int r;

		assert_int_equal(judge(RULE("{was: {v: 1}}"), "{\"e\":[{\"k\":1},{\"k\":2}]}",
					 "{\"e\":[{\"k\":2}]}", "{}"),
			0);
		mem_fail_from(n);
		r = rules_load(/* scope= */ NULL, arena, &rules, &err);
		if (r == 0)
			r = rules_apply(rules, &trial.plans.items[0], NULL, &findings, &err);
		done = mem_count() < n;
		mem_fail_from(0);
		assert_int_equal(r, done ? 0 : -75);
		arena_destroy(arena);
		assert_true(n < 200000);
	}
}

static int set_up(void **state)
{
	(void)state;
	trial_begin(&trial);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	trial_end(&trial);
	return 0;
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		CASE(becomes_needs_another_value_before),
		CASE(an_unknown_value_is_undecided),
		CASE(a_create_loosens_nothing),
		CASE(numbers_sink_and_grow),
		CASE(values_sink_in_an_order),
		CASE(a_value_is_another_one),
		CASE(one_of_several_values_may_be_none),
		CASE(elements_pair_by_identity),
		CASE(an_element_with_an_unknown_identity_may_be_the_missing_one),
		CASE(a_label_may_change),
		CASE(without_identity_only_a_net_loss_counts),
		CASE(statements_hide_in_json_text),
		CASE(a_policy_that_grants_more_has_an_added_statement),
		CASE(network_rules_compare_as_ranges),
		CASE(matchers_hold_as_documented),
		CASE(alternatives_and_notes),
		CASE(a_bad_rule_is_an_error_with_its_place),
		CASE(the_built_in_rules_load_and_are_told),
		CASE(the_digest_is_of_the_rules_and_not_of_their_files),
		CASE(the_digest_is_also_of_types_and_sets),
		CASE(memory_may_run_out_anywhere),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests_name("gate/rule", tests, NULL, NULL);
}
