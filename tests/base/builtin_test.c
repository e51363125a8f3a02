/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What was worked out of the data when the program was built is what it would be now.
 */
#include "base/builtin.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/hash.h"
#include "base/json.h"

static void test_files_are_sorted_and_found(void **state)
{
	(void)state;
	assert_true(builtin_count() > 1);
	for (size_t i = 0; i < builtin_count(); i++) {
		struct builtin file = builtin_at(i);

		assert_ptr_equal(builtin_find(file.name).data, file.json.data);
		if (i > 0)
			assert_true(str_cmp(builtin_at(i - 1).name, file.name) < 0);
	}
	assert_null(builtin_find(STR("hazards/none.yaml")).data);
}

static size_t check_digests(struct builtin file, struct node list)
{
	struct node_iter it = node_children(list);
	size_t count = 0;

	for (; node_next(&it); count++) {
		CLEANUP(buf_free) struct buf text = BUF(1 << 20);
		unsigned char digest[SHA256_BYTES];

		json_canonical(it.value, NULL, &text);
		sha256(buf_str(&text), digest);
		assert_true(file.digests.len >= (count + 1) * SHA256_BYTES);
		assert_memory_equal(digest, file.digests.data + count * SHA256_BYTES, SHA256_BYTES);
	}
	assert_int_equal(file.digests.len, count * SHA256_BYTES);
	return count;
}

static void test_digests_of_rules(void **state)
{
	size_t rules = 0;

	(void)state;
	for (size_t i = 0; i < builtin_count(); i++) {
		struct builtin file = builtin_at(i);
		CLEANUP(doc_cleanup) struct doc *doc = NULL;
		struct json_options options = {.name = file.name};

		if (!str_starts(file.name, STR("hazards/")))
			continue;
		assert_int_equal(json_read(file.json, &options, &doc, NULL), 0);
		rules += check_digests(file, NODE_GET(doc_root(doc), "rules"));
	}
	assert_true(rules > 100);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_files_are_sorted_and_found),
		cmocka_unit_test(test_digests_of_rules),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
