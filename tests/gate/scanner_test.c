/* SPDX-License-Identifier: Apache-2.0 */
/* The published list of weaknesses that weir and a scanner call by different names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/file.h"
#include "gate/rule.h"

static const struct {
	const char *rule, *type, *path, *scanner;
} same[] = {
#define SAME(rule, type, path, scanner) {rule, type, path, scanner},
#include "gate/scanner.def"
#undef SAME
};

static void the_list_is_published(void **state)
{
	CLEANUP(file_unmap) struct file_map map = {0};
	size_t at, count = 0;

	(void)state;
	assert_int_equal(file_map("docs/scanners.md", 1 << 20, &map, NULL), 0);
	for (size_t i = 0; i < COUNT_OF(same); i++) {
		char line[256];
		const char *tick = *same[i].path ? "`" : "";

		snprintf(line, sizeof(line), "\n| `%s` | `%s` |%s%s%s%s | `%s` |\n", same[i].rule,
			same[i].type, *same[i].path ? " " : "", tick, same[i].path, tick,
			same[i].scanner);
		if (str_find(map.text, str_of(line)) == SIZE_MAX)
			fail_msg("docs/scanners.md lacks: %s", line);
	}
	for (struct str rest = map.text; (at = str_find(rest, STR("\n| `aws-"))) != SIZE_MAX;
		count++)
		rest = str_slice(rest, at + 1, rest.len);
	assert_int_equal(count, COUNT_OF(same));
}

static void each_rule_of_weir_exists(void **state)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create((size_t)64 << 20);
	struct rules *rules;

	(void)state;
	assert_non_null(arena);
	assert_int_equal(rules_load(/* scope= */ NULL, arena, &rules, NULL), 0);
	for (size_t i = 0; i < COUNT_OF(same); i++) {
		bool found = false;

		for (size_t k = 0; k < rules_count(rules); k++)
			found |= str_is(rules_info(rules, k).id, same[i].rule);
		if (!found)
			fail_msg("there is no rule %s", same[i].rule);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_list_is_published),
		cmocka_unit_test(each_rule_of_weir_exists),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
