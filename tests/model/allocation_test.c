/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A summary and claims under every possible shortage of memory: with the first allocation refused,
 * then from the second on.  Each run ends in the memory error or with the very findings of an
 * undisturbed one: a text must never pass because there was no room to find its flaw.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/json.h"
#include "model/verify.h"

enum { ARENA_MOST = 64 << 20, TOLD_MOST = 1 << 20 };

static const char summary[] =
	"# Upgrade\n\nPlan: 2 to add, 3 to change, 3 to destroy. <!-- x -->\n\n- "
	"`aws_db_instance.orders` is destroyed and recreated (`engine_version` 14.9 → 16.3), "
	"~~not~~ data kept\n"
	"- aws_s3_bucket.uploads[1] is destroyed\n- `aws_instance.web` (deposed 7c1d2e3f) is "
	"deleted\n\n"
	"| `aws_sqs_queue.jobs` | update |\n";

static const char claims_text[] =
	"{\"claims\":[{\"address\":\"aws_db_instance.orders\",\"action\":\"replace\",\"risk\":"
	"\"low\","
	"\"reason\":\"destroyed, nothing is "
	"lost\"},{\"address\":\"aws_sns_topic.alert\",\"action\":"
	"\"delete\",\"risk\":\"low\",\"reason\":\"\"}],\"totals\":{\"create\":1,\"update\":3}}";

static int read_both(
	struct arena *arena, struct plan *plan, struct findings *findings, struct error *err)
{
	CLEANUP(doc_cleanup) struct doc *doc = NULL;
	const struct json_options options = {.name = STR("claims")};
	struct findings none = {.arena = arena};
	struct verify verify = {.arena = arena, .findings = findings, .file = STR("words")};
	struct words *words;
	struct facts *facts;
	struct claims claims;
	int r = words_load(arena, &words, err);

	if (r == 0)
		r = facts_build(plan, &none, arena, &facts, err);
	if (r < 0)
		return r;
	verify.words = words;
	verify.facts = facts;
	r = verify_prose(&verify, str_of(summary), err);
	if (r == 0)
		r = facts_build(plan, &none, arena, &facts, err);
	verify.facts = facts;
	if (r == 0)
		r = json_read(str_of(claims_text), &options, &doc, err);
	return r < 0 ? r : verify_claims(&verify, doc, &claims, err);
}

static int tell(struct str text, struct buf *out, struct error *err)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create(ARENA_MOST);
	struct findings findings = {.arena = arena};
	struct plans plans = {0};
	int r;

	if (!arena)
		return error_memory(err);
	r = plan_read(text, STR("plan"), arena, &plans, err);
	if (r < 0)
		return r;
	r = read_both(arena, &plans.items[0], &findings, err);
	for (size_t i = 0; r == 0 && i < findings.count; i++)
		buf_printf(out, "%.*s: %.*s\n", STR_ARG(findings.items[i].rule),
			STR_ARG(findings.items[i].message));
	plan_free(&plans.items[0]);
	if (r == 0 && buf_failed(out))
		return error_memory(err);
	return r;
}

static void words_survive(void **state)
{
	CLEANUP(file_unmap) struct file_map plan = {0};
	CLEANUP(buf_free) struct buf whole = BUF(TOLD_MOST);
	struct error err = {0};
	uint64_t total;

	(void)state;
	assert_int_equal(file_map("tests/model/mixed.plan.json", 1 << 20, &plan, &err), 0);
	mem_fail_from(0);
	assert_int_equal(tell(plan.text, &whole, &err), 0);
	total = mem_count();
	assert_true(whole.len > 0 && total > 200);
	for (uint64_t nth = 1; nth <= total; nth++) {
		CLEANUP(buf_free) struct buf out = BUF(TOLD_MOST);
		int r;

		memset(&err, 0, sizeof(err));
		mem_fail_from(nth);
		r = tell(plan.text, &out, &err);
		mem_fail_from(0);
		if (r == 0 && (out.len != whole.len || memcmp(out.data, whole.data, out.len) != 0))
			fail_msg("allocation %lu of %lu refused: other findings",
				(unsigned long)nth, (unsigned long)total);
		if (r != 0 && err.id != ERR_MEMORY)
			fail_msg("allocation %lu of %lu refused: %s", (unsigned long)nth,
				(unsigned long)total, err.message);
	}
	print_message("%lu allocations\n", (unsigned long)total);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(words_survive)};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
