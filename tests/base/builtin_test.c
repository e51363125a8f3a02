/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What was worked out of the data when the program was built is what it would be now.
 */
#include "base/builtin.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
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

static int by_digest(const void *left, const void *right)
{
	return memcmp(left, right, SHA256_BYTES);
}

static bool has_line(struct str lines, struct str line)
{
	for (size_t end; lines.len > 0; lines = str_slice(lines, end + 1, lines.len)) {
		end = str_find_char(lines, '\n');
		if (str_eq(str_slice(lines, 0, end), line))
			return true;
	}
	return false;
}

static void check_part(struct builtin file, const struct builtin_part *part, struct node rule)
{
	struct node types = NODE_GET(rule, "types");
	struct node_iter it = node_children(types);
	struct str lines = str_slice(file.types, part->types_at, part->types_at + part->types_len);

	assert_true(str_eq(node_raw(NODE_GET(rule, "id")),
		str_slice(file.json, part->id_at, part->id_at + part->id_len)));
	assert_int_equal(file.json.data[part->at], '{');
	assert_int_equal(file.json.data[part->at + part->len - 1], '}');
	assert_true(lines.len > 0);
	while (node_next(&it))
		assert_true(has_line(lines, node_raw(it.value)));
}

static size_t check_parts(struct builtin file, struct node list)
{
	static unsigned char digests[1000][SHA256_BYTES];
	struct node_iter it = node_children(list);
	unsigned char digest[SHA256_BYTES];
	size_t count = 0;

	for (; node_next(&it); count++) {
		CLEANUP(buf_free) struct buf text = BUF(1 << 20);

		assert_true(count < file.part_count && count < COUNT_OF(digests));
		check_part(file, &file.parts[count], it.value);
		json_canonical(it.value, NULL, &text);
		sha256(buf_str(&text), digests[count]);
	}
	assert_int_equal(file.part_count, count);
	qsort(digests, count, SHA256_BYTES, by_digest);
	sha256((struct str){(const char *)digests, count * SHA256_BYTES}, digest);
	assert_int_equal(file.digest.len, SHA256_BYTES);
	assert_memory_equal(digest, file.digest.data, SHA256_BYTES);
	return count;
}

static void test_parts_of_rules(void **state)
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
		rules += check_parts(file, NODE_GET(doc_root(doc), "rules"));
	}
	assert_true(rules > 100);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_files_are_sorted_and_found),
		cmocka_unit_test(test_parts_of_rules),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
