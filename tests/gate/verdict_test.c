/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The table of verdicts: what the specification demands of it, that the
 * published one is this one, and that nothing lifts what may not be lifted.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "config/config.h"
#include "gate/verdict.h"

static void test_specified(void **state)
{
	static const struct {
		enum finding_kind kind;
		enum severity severity;
		bool has_intent;
		enum verdict verdict;
	} rows[] = {
		{KIND_STATEFUL_DESTROY, SEVERITY_CRITICAL, false, VERDICT_BLOCK},
		{KIND_STATEFUL_DESTROY, SEVERITY_HIGH, false, VERDICT_ASK},
		{KIND_STATEFUL_REPLACE, SEVERITY_LOW, false, VERDICT_ASK},
		{KIND_STATEFUL_DESTROY, SEVERITY_LOW, true, VERDICT_BLOCK},
		{KIND_UNKNOWN_TYPE_DESTROY, SEVERITY_MEDIUM, true, VERDICT_BLOCK},
		{KIND_EXPOSURE, SEVERITY_CRITICAL, false, VERDICT_BLOCK},
		{KIND_EXPOSURE, SEVERITY_HIGH, false, VERDICT_ASK},
		{KIND_EXPOSURE, SEVERITY_MEDIUM, false, VERDICT_PASS},
		{KIND_EXPOSURE, SEVERITY_MEDIUM, true, VERDICT_ASK},
		{KIND_EXPOSURE, SEVERITY_LOW, true, VERDICT_PASS},
		{KIND_UNKNOWN_ACTION, SEVERITY_CRITICAL, true, VERDICT_BLOCK},
		{KIND_INCOMPLETE_PLAN, SEVERITY_HIGH, true, VERDICT_ASK},
		{KIND_INCOMPLETE_PLAN, SEVERITY_INFO, false, VERDICT_ASK},
		{KIND_INTENT_KEPT, SEVERITY_CRITICAL, true, VERDICT_BLOCK},
		{KIND_INTENT_MISSING, SEVERITY_INFO, true, VERDICT_PASS},
		{KIND_INTENT_RELAXED_HERE, SEVERITY_HIGH, true, VERDICT_ASK},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		assert_int_equal(verdict_of(rows[i].kind, rows[i].severity, STATE_FAIL,
					 &(struct verdict_terms){.has_intent = rows[i].has_intent}),
			rows[i].verdict);
}

static void test_profiles_are_ordered(void **state)
{
	(void)state;
	for (int kind = 0; kind < KIND_COUNT; kind++)
		for (int severity = SEVERITY_INFO; severity <= SEVERITY_CRITICAL; severity++)
			for (int has = 0; has < 2; has++) {
				struct verdict_terms terms = {.has_intent = has};
				enum verdict cells[3], worse;

				for (int profile = 0; profile < 3; profile++) {
					terms.profile = (enum profile)profile;
					cells[profile] = verdict_of((enum finding_kind)kind,
						(enum severity)severity, STATE_FAIL, &terms);
				}
				assert_true(cells[PROFILE_RELAXED] <= cells[PROFILE_DEFAULT]);
				assert_true(cells[PROFILE_DEFAULT] <= cells[PROFILE_STRICT]);
				if (severity == SEVERITY_CRITICAL)
					continue;
				terms.profile = PROFILE_DEFAULT;
				worse = verdict_of((enum finding_kind)kind,
					(enum severity)(severity + 1), STATE_FAIL, &terms);
				assert_true(cells[PROFILE_DEFAULT] <= worse);
			}
}

static void test_unknown(void **state)
{
	static const struct {
		enum finding_kind kind;
		enum severity severity;
		enum verdict passes, asks; /* with nothing asked for, and with this kind */
	} rows[] = {
		{KIND_EXPOSURE, SEVERITY_CRITICAL, VERDICT_PASS, VERDICT_ASK},
		{KIND_EXPOSURE, SEVERITY_HIGH, VERDICT_PASS, VERDICT_ASK},
		/* What would pass if it were so is not asked for. */
		{KIND_EXPOSURE, SEVERITY_MEDIUM, VERDICT_PASS, VERDICT_PASS},
		{KIND_STATEFUL_DESTROY, SEVERITY_HIGH, VERDICT_ASK, VERDICT_ASK},
		/* What weir did not understand does not become less. */
		{KIND_UNKNOWN_ACTION, SEVERITY_CRITICAL, VERDICT_BLOCK, VERDICT_BLOCK},
	};
	struct verdict_terms other = {.asks_unknown = {[KIND_PRIVILEGE] = true}};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct verdict_terms terms = {0};

		assert_int_equal(verdict_of(rows[i].kind, rows[i].severity, STATE_UNKNOWN, &terms),
			rows[i].passes);
		terms.asks_unknown[rows[i].kind] = true;
		assert_int_equal(verdict_of(rows[i].kind, rows[i].severity, STATE_UNKNOWN, &terms),
			rows[i].asks);
	}
	assert_int_equal(
		verdict_of(KIND_EXPOSURE, SEVERITY_CRITICAL, STATE_UNKNOWN, &other), VERDICT_PASS);
	assert_int_equal(
		verdict_of(KIND_PRIVILEGE, SEVERITY_CRITICAL, STATE_UNKNOWN, &other), VERDICT_ASK);
}

/* weir.yaml can say of a kind what becomes of it exactly where this makes a difference: a scanner knows. */
static void test_kinds_of_the_configuration(void **state)
{
	char kinds[1024] = "";
	size_t len = 0;

	(void)state;
	for (int kind = 0; kind < KIND_COUNT; kind++)
		if (kind != KIND_SCANNER && verdict_group((enum finding_kind)kind) == GROUP_HAZARD)
			len += (size_t)snprintf(kinds + len, sizeof(kinds) - len, "%s%.*s",
				len ? "|" : "",
				STR_ARG(finding_kind_name((enum finding_kind)kind)));
	assert_string_equal(config_kinds, kinds);
}

static void test_settled(void **state)
{
	struct arena *arena = arena_create(1 << 20);
	struct findings findings = {.arena = arena};
	struct finding *finding;

	(void)state;
	/* Named by the intent. */
	finding = finding_add(&findings, STR("a"), KIND_STATEFUL_DESTROY, SEVERITY_CRITICAL);
	finding->intent = (struct place){STR("i"), 3, 1};
	/* Accepted by a line that this change brings. */
	finding = finding_add(&findings, STR("b"), KIND_EXPOSURE, SEVERITY_HIGH);
	finding->state = STATE_ACCEPTED;
	finding->verdict = VERDICT_ASK;
	assert_int_equal(verdict_decide(&findings, &(struct verdict_terms){.has_intent = true}),
		VERDICT_ASK);
	assert_int_equal(findings.items[0].verdict, VERDICT_PASS);
	assert_int_equal(findings.items[1].verdict, VERDICT_ASK);
	/* No line lifts these, whatever it cites. */
	finding = finding_add(&findings, STR("c"), KIND_CHECK_FAILED, SEVERITY_CRITICAL);
	finding->intent = (struct place){STR("i"), 3, 1};
	finding->state = STATE_ACCEPTED;
	assert_int_equal(verdict_decide(&findings, &(struct verdict_terms){.has_intent = true}),
		VERDICT_BLOCK);
	assert_int_equal(findings.items[2].verdict, VERDICT_BLOCK);
	arena_destroy(arena);
}

static void test_worse_stays(void **state)
{
	struct arena *arena = arena_create(1 << 20);
	struct findings findings = {.arena = arena};
	struct finding *finding;

	(void)state;
	finding = finding_add(&findings, STR("a"), KIND_EXPOSURE, SEVERITY_LOW);
	finding->verdict = VERDICT_BLOCK;
	assert_int_equal(
		verdict_decide(&findings, &(struct verdict_terms){.profile = PROFILE_RELAXED}),
		VERDICT_BLOCK);
	assert_int_equal(findings.items[0].verdict, VERDICT_BLOCK);
	arena_destroy(arena);
}

static void test_ask_has_a_line(void **state)
{
	struct arena *arena = arena_create(1 << 20);
	struct findings findings = {.arena = arena};
	struct finding *finding;

	(void)state;
	finding = finding_add(&findings, STR("a"), KIND_STATEFUL_DESTROY, SEVERITY_HIGH);
	finding->address = STR("aws_x.y[\"a\nb: c\"]");
	finding->remedy = STR("Look first.");
	finding = finding_add(&findings, STR("aws-open"), KIND_EXPOSURE, SEVERITY_HIGH);
	finding->address = STR("aws_x.y");
	assert_int_equal(verdict_decide(&findings, &(struct verdict_terms){0}), VERDICT_ASK);
	assert_true(str_is(findings.items[0].remedy,
		"Look first. If this is meant, write into the intent, under expect: "
		"- delete: \"aws_x.y[\\\"a\\nb: c\\\"]\""));
	assert_true(str_is(findings.items[1].remedy,
		"If this is meant, write into the intent, under accept: - {rule: aws-open, "
		"address: "
		"aws_x.y, reason: WHY, expires: YYYY-MM-DD}"));
	arena_destroy(arena);
}

/* docs/verdict.md holds each row of the table, as "| group | severity | without | with |". */
static void test_published(void **state)
{
	static const char *const groups[] = {
		"destroy", "hazard", "fixed", "unexpected", "intent", "program"};
	static const enum finding_kind kinds[] = {KIND_STATEFUL_DESTROY, KIND_EXPOSURE,
		KIND_UNKNOWN_ACTION, KIND_INTENT_UNEXPECTED, KIND_INTENT_KEPT, KIND_WRONG_TYPE};
	CLEANUP(file_unmap) struct file_map map = {0};
	struct error err;
	size_t at = 0;

	(void)state;
	if (file_map("docs/verdict.md", 1 << 20, &map, &err) < 0)
		fail_msg("%s", err.message);
	for (size_t i = 0; i < COUNT_OF(groups); i++)
		for (int severity = SEVERITY_CRITICAL; severity >= SEVERITY_INFO; severity--) {
			struct str name = severity_name((enum severity)severity);
			char line[256];
			size_t found, len;

			len = (size_t)snprintf(
				line, sizeof(line), "| %s | %.*s |", groups[i], STR_ARG(name));
			for (int has = 0; has < 2; has++) {
				for (int profile = 0; profile < 3; profile++) {
					const struct verdict_terms terms = {.has_intent = has,
						.profile = (enum profile)profile};
					struct str verdict = verdict_name(verdict_of(kinds[i],
						(enum severity)severity, STATE_FAIL, &terms));

					len += (size_t)snprintf(line + len, sizeof(line) - len,
						"%s%.*s", profile ? " / " : " ", STR_ARG(verdict));
				}
				len += (size_t)snprintf(line + len, sizeof(line) - len, " |");
			}
			found = str_find(map.text, str_of(line));
			if (found == SIZE_MAX)
				fail_msg("docs/verdict.md lacks: %s", line);
			assert_true(found >= at);
			at = found;
		}
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_specified),
		cmocka_unit_test(test_profiles_are_ordered),
		cmocka_unit_test(test_unknown),
		cmocka_unit_test(test_kinds_of_the_configuration),
		cmocka_unit_test(test_settled),
		cmocka_unit_test(test_worse_stays),
		cmocka_unit_test(test_ask_has_a_line),
		cmocka_unit_test(test_published),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
