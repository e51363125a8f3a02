/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which intents are read, and with which error, line and column the others
 * are refused.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/yaml.h"
#include "gate/intent.h"

static int read_with(const char *text, const char *phase, struct error *err)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create((size_t)16 * 1024 * 1024);
	CLEANUP(doc_cleanup) struct doc *doc = NULL;
	struct intent_options options = {.phase = str_of(phase), .now = 1764000000};
	struct intent *intent = NULL;
	int r;

	memset(err, 0, sizeof(*err));
	if (!arena)
		return error_memory(err);
	r = yaml_read(str_of(text), STR("intent.weir.yaml"), &doc, err);
	if (r == 0)
		r = intent_read(doc, &options, arena, &intent, err);
	assert_true(r == 0 ? intent != NULL : intent == NULL);
	return r;
}

static const char model[] =
	"version: 1\n"
	"root: envs/prod/db\n"
	"goal: Move the orders DB to isolated subnets, lose no write\n"
	"expires: 2026-12-24\n"
	"phase: restore\n"
	"phases:\n"
	"  restore:\n"
	"    keep: [aws_db_instance.old, aws_route53_record.db]\n"
	"    expect:\n"
	"      - create: aws_db_subnet_group.new\n"
	"      - create: aws_db_instance.new\n"
	"        from: aws_db_instance.old\n"
	"        after: {deletion_protection: true, engine_version: {same_as: "
	"aws_db_instance.old}}\n"
	"  promote:\n"
	"    requires: restore\n"
	"    keep: [aws_db_instance.old, aws_db_instance.new]\n"
	"    expect: [{update: aws_route53_record.db, after: {records: {refers_to: "
	"aws_db_instance.new}}}]\n"
	"  unprotect:\n"
	"    requires: promote\n"
	"    expect: [{update: aws_db_instance.old, only: {deletion_protection: false}}]\n"
	"  retire:\n"
	"    requires: [unprotect]\n"
	"    keep: [aws_db_instance.new]\n"
	"    expect: [{delete: aws_db_instance.old, id: app-prod, before: {skip_final_snapshot: "
	"false}}]\n"
	"    otherwise: block\n"
	"    accept: [{rule: r, address: aws_x.y, reason: it is so, expires: 2026-12-24}]\n";

static void test_model(void **state)
{
	struct error err;

	(void)state;
	if (read_with(model, NULL, &err) != 0)
		fail_msg("%u:%u: %s", err.line, err.column, err.message);
	assert_int_equal(read_with(model, "retire", &err), 0);
	assert_int_equal(read_with(model, "no-such", &err), -64);
	assert_int_equal(err.id, ERR_INTENT_PHASE);
}

static void test_refused(void **state)
{
	static const struct {
		const char *text;
		enum error_id id;
		unsigned line, column;
		const char *part;
	} rows[] = {
		{"", ERR_INTENT_SYNTAX, 1, 1, "version: 1"},
		{"keep: []", ERR_INTENT_VERSION, 1, 1, "missing"},
		{"version: 2", ERR_INTENT_VERSION, 1, 10, "version 1"},
		{"version: 1\nkeeps: []", ERR_INTENT_KEY, 2, 1, "did you mean \"keep\"?"},
		{"version: 1\nexpct: []", ERR_INTENT_KEY, 2, 1, "did you mean \"expect\"?"},
		{"version: 1\nzebra: 1", ERR_INTENT_KEY, 2, 1, "unknown key \"zebra\""},
		{"version: 1\nkeep: aws_x.y", ERR_INTENT_SYNTAX, 2, 7, "list"},
		{"version: 1\nkeep: [aws_x]", ERR_INTENT_SYNTAX, 2, 8, "not an address"},
		{"version: 1\nkeep: ['*']", ERR_INTENT_SYNTAX, 2, 8, "**"},
		{"version: 1\nkeep: [{a: b}]", ERR_INTENT_SYNTAX, 2, 8, "address"},
		{"version: 1\nexpect: [aws_x.y]", ERR_INTENT_SYNTAX, 2, 10, "create: ADDRESS"},
		{"version: 1\nexpect: [{after: {a: 1}}]", ERR_INTENT_SYNTAX, 2, 10, "action"},
		{"version: 1\nexpect: [{create: a.b, update: a.b}]", ERR_INTENT_SYNTAX, 2, 24,
			"one action"},
		{"version: 1\nexpect: [{crate: a.b}]", ERR_INTENT_KEY, 2, 11,
			"did you mean \"create\"?"},
		{"version: 1\nexpect: [{change: a.b}]", ERR_INTENT_SYNTAX, 2, 11, "forbidden"},
		{"version: 1\nexpect: [{create: a.b, before: {c: 1}}]", ERR_INTENT_SYNTAX, 2, 32,
			"no before"},
		{"version: 1\nexpect: [{create: a.b, only: {c: 1}}]", ERR_INTENT_SYNTAX, 2, 30,
			"update"},
		{"version: 1\nexpect: [{update: a.b, from: a.c}]", ERR_INTENT_SYNTAX, 2, 30,
			"create or replace"},
		{"version: 1\nexpect: [{delete: a.b}]", ERR_INTENT_EXPIRES, 2, 19, "expires"},
		{"version: 1\nallow: [{replace: a.b}]", ERR_INTENT_EXPIRES, 2, 19, "expires"},
		{"version: 1\nallow: [{destroy: '**'}]", ERR_INTENT_EXPIRES, 2, 19, "expires"},
		{"version: 1\nphases: {a: {allow: [{delete: a.b}]}}\nphase: a", ERR_INTENT_EXPIRES,
			2, 31, "expires"},
		{"version: 1\nexpires: soon", ERR_INTENT_SYNTAX, 2, 10, "date"},
		{"version: 1\nexpires: 2026-02-30", ERR_INTENT_SYNTAX, 2, 10, "date"},
		{"version: 1\notherwise: maybe", ERR_INTENT_SYNTAX, 2, 12, "pass, ask or block"},
		{"version: 1\nphases: {a: {}}", ERR_INTENT_PHASE, 2, 9, "phase:"},
		{"version: 1\nphases: {a: {}}\nphase: b", ERR_INTENT_PHASE, 3, 8, "no such phase"},
		{"version: 1\nphase: b", ERR_INTENT_SYNTAX, 2, 8, "no phases"},
		{"version: 1\nphases: {a: {requires: b}}\nphase: a", ERR_INTENT_SYNTAX, 2, 24,
			"requires"},
		{"version: 1\nphases: {a: {requires: a}}\nphase: a", ERR_INTENT_SYNTAX, 2, 24,
			"requires"},
		{"version: 1\nphases: {a: {}}\nphase: a\nexpect: []", ERR_INTENT_SYNTAX, 4, 9,
			"one of them"},
		{"version: 1\nphases: {}", ERR_INTENT_SYNTAX, 2, 9, "phases"},
		{"version: 1\naccept: [{rule: r, address: a.b, reason: w}]", ERR_INTENT_SYNTAX, 2,
			10, "expires is missing"},
		{"version: 1\nexpect: [{update: a.b, after: {}}]", ERR_INTENT_SYNTAX, 2, 31,
			"attributes"},
		{"version: 1\nexpect: [{update: a.b, after: {c: {equal: 1}}}]", ERR_INTENT_KEY, 2,
			36, "did you mean \"equals\"?"},
		{"version: 1\nexpect: [{update: a.b, after: {c: {matches: '('}}}]",
			ERR_INTENT_SYNTAX, 2, 45, "regular expression"},
		{"version: 1\nexpect: [{update: a.b, after: {c: {one_of: []}}}]", ERR_INTENT_SYNTAX,
			2, 44, "list"},
		{"version: 1\nexpect: [{update: a.b, after: {c: {same_as: 'a.*'}}}]",
			ERR_INTENT_SYNTAX, 2, 45, "one object"},
		{"version: 1\nexpect: [{update: a.b, count: 0}]", ERR_INTENT_SYNTAX, 2, 31,
			"count"},
		{"version: 1\nexpect: [{update: a.b, count: {min: 3, max: 2}}]", ERR_INTENT_SYNTAX,
			2, 31, "min up to max"},
		{"version: 1\nforbid: [{delete: '**', count: 1}]", ERR_INTENT_SYNTAX, 2, 10,
			"forbid takes"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct error err;
		int r = read_with(rows[i].text, NULL, &err);

		if (r == 0)
			fail_msg("%s\nis read", rows[i].text);
		if (err.id != rows[i].id || err.line != rows[i].line ||
			err.column != rows[i].column || !strstr(err.message, rows[i].part))
			fail_msg("%s\ngives %s at %u:%u: %s", rows[i].text,
				error_info(err.id)->code, err.line, err.column, err.message);
		assert_string_equal(err.file, "intent.weir.yaml");
		assert_int_equal(r, rows[i].id == ERR_INTENT_PHASE ? -64 : -65);
	}
}

static void test_every_allocation_fails(void **state)
{
	(void)state;
	for (uint64_t nth = 1; nth < 100000; nth++) {
		struct error err;
		int r;

		mem_fail_from(nth);
		r = read_with(model, NULL, &err);
		mem_fail_from(0);
		if (r == 0)
			return;
		if (err.id != ERR_MEMORY)
			fail_msg("allocation %u: %s", (unsigned)nth, err.message);
	}
	fail_msg("reading never succeeds");
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_model),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_every_allocation_fails),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
