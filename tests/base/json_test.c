/* SPDX-License-Identifier: Apache-2.0 */
/*
 * JSON into a document: what is accepted, what is refused and with which error
 * at which place, in the spirit of the public conformance suites but written here.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"
#include "json_cases.h"

static struct doc *read_ok(struct str text)
{
	struct doc *doc = NULL;
	struct error err = {0};
	int r = json_read(text, &(struct json_options){.name = STR("t.json")}, &doc, &err);

	if (r != 0)
		fail_msg("%.*s: %s at %u:%u", STR_ARG(text), err.message, err.line, err.column);
	return doc;
}

static void test_accepted(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(accepted); i++)
		doc_free(read_ok(str_of(accepted[i])));
}

static void refuse(struct str text, const struct refused *want)
{
	struct doc *doc = (struct doc *)1;
	struct error err = {0};
	int r = json_read(text, &(struct json_options){.name = STR("t.json")}, &doc, &err);

	if (r == 0)
		fail_msg("accepted: %.*s", STR_ARG(text));
	/* Results are untouched on failure. */
	assert_ptr_equal(doc, (struct doc *)1);
	if (err.id != want->id || err.line != want->line || err.column != want->column ||
		strcmp(err.message, want->message) != 0)
		fail_msg("%.*s: %s at %u:%u, not %s at %u:%u", STR_ARG(text), err.message, err.line,
			err.column, want->message, want->line, want->column);
	assert_string_equal(err.file, "t.json");
	assert_int_equal(r, -error_info(want->id)->exit_code);
}

static void test_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(refused); i++)
		refuse(str_of(refused[i].text), &refused[i]);
}

/* A NUL byte is a byte like another: no text ends at it. */
static void test_nul_bytes(void **state)
{
	(void)state;
	refuse(STR("\"a\0b\""), &(struct refused){NULL, ERR_JSON_SYNTAX, 1, 3, control});
	refuse(STR("1\0"), &(struct refused){NULL, ERR_JSON_SYNTAX, 1, 2, more});
	refuse(STR("\0"), &(struct refused){NULL, ERR_JSON_SYNTAX, 1, 1, value});
}

/* The same texts behind so many spaces that they stand at each place of a 16-byte block. */
static void test_every_alignment(void **state)
{
	char text[256];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(refused); i++) {
		struct refused want = refused[i];
		size_t len = strlen(want.text);

		for (size_t shift = 1; shift <= 33; shift++) {
			memset(text, ' ', shift);
			memcpy(text + shift, want.text, len);
			want.column = refused[i].column + (want.line == 1 ? (unsigned)shift : 0);
			refuse((struct str){text, shift + len}, &want);
		}
	}
	for (size_t i = 0; i < COUNT_OF(accepted); i++) {
		size_t len = strlen(accepted[i]);

		for (size_t shift = 1; shift <= 33; shift++) {
			memset(text, ' ', shift);
			memcpy(text + shift, accepted[i], len);
			doc_free(read_ok((struct str){text, shift + len}));
		}
	}
}

/* Each byte as the one in a string, at the places where block and tail loops take turns. */
static void test_every_byte_in_a_string(void **state)
{
	(void)state;
	for (size_t before = 0; before < 40; before++) {
		for (unsigned c = 0; c < 256; c++) {
			char text[64];
			struct doc *doc = NULL;
			struct error err = {0};
			size_t len = before + 3;
			int r;

			memset(text, 'a', sizeof(text));
			text[0] = '"';
			text[1 + before] = (char)c;
			text[2 + before] = '"';
			r = json_read(
				(struct str){text, len}, &(struct json_options){0}, &doc, &err);
			if (c >= 0x20 && c < 0x80 && c != '"' && c != '\\') {
				assert_int_equal(r, 0);
				assert_int_equal(node_raw(doc_root(doc)).len, before + 1);
			} else {
				assert_int_equal(r, -65);
				assert_int_equal(err.id,
					c == '"'            ? ERR_JSON_SYNTAX
						: c == '\\' ? ERR_JSON_TRUNCATED
						: c >= 0x80 ? ERR_JSON_UTF8
							    : ERR_JSON_SYNTAX);
			}
			doc_free(doc);
		}
	}
}

static void test_depth(void **state)
{
	char text[2 * 513];
	struct refused want = {NULL, ERR_JSON_DEPTH, 1, 513, "nested too deeply"};
	struct doc *doc = NULL;

	(void)state;
	memset(text, '[', 513);
	memset(text + 513, ']', 513);
	doc_free(read_ok((struct str){text + 1, 1024}));
	refuse((struct str){text, 1026}, &want);
	/* A limit may be lower, not higher. */
	assert_int_equal(
		json_read(STR("[[1]]"), &(struct json_options){.max_depth = 2}, &doc, NULL), 0);
	doc_free(doc);
	assert_int_equal(
		json_read(STR("[[[1]]]"), &(struct json_options){.max_depth = 2}, &doc, NULL), -65);
	assert_int_equal(json_read((struct str){text, 1026},
				 &(struct json_options){.max_depth = 1000}, &doc, NULL),
		-65);
}

static void test_text_may_follow(void **state)
{
	struct doc *doc = NULL;
	size_t end = 0;
	struct json_options options = {.start = 2, .ret_end = &end};

	(void)state;
	assert_int_equal(json_read(STR("xx{\"a\":1} \n yy"), &options, &doc, NULL), 0);
	assert_int_equal(end, 12);
	assert_int_equal(node_offset(doc_root(doc)), 2);
	assert_int_equal(node_end(doc_root(doc)), 9);
	doc_free(doc);
	/* A start behind the end is the empty text. */
	options = (struct json_options){.start = 10};
	assert_int_equal(json_read(STR("1"), &options, &doc, NULL), -65);
}

static const char sample[] =
	"{\n \"a\": [1, -2.5e+3, true, false, null, \"x\\u00e9\\n\xc3\xa9\xe2\x82\xac\"],\n"
	"\t\"b\": {\"c\": {}, \"d\": [[], [{}]]},\r\n \"\xf0\x9f\x98\x80\": "
	"\"0123456789abcdef\\\\\" }";

static void test_truncated_at_every_byte(void **state)
{
	size_t len = sizeof(sample) - 1;

	(void)state;
	doc_free(read_ok((struct str){sample, len}));
	for (size_t i = 0; i < len; i++) {
		struct doc *doc = NULL;
		struct error err = {0};

		assert_int_equal(
			json_read((struct str){sample, i}, &(struct json_options){0}, &doc, &err),
			-65);
		assert_int_equal(err.id, ERR_JSON_TRUNCATED);
	}
}

static void test_every_allocation_fails(void **state)
{
	uint64_t nth = 0;
	int r;

	(void)state;
	do {
		struct doc *doc = NULL;
		struct error err = {0};

		mem_fail_from(++nth);
		r = json_read(str_of(sample), &(struct json_options){0}, &doc, &err);
		mem_fail_from(0);
		if (r < 0) {
			assert_int_equal(err.id, ERR_MEMORY);
			assert_int_equal(r, -75);
		}
		doc_free(doc);
	} while (r < 0 && nth < 100);
	assert_in_range(nth, 3, 99);
}

/* A tape that grows from the heap into pages of its own and on: three bytes a value. */
static void test_tape_grows(void **state)
{
	enum { VALUES = 1000000 };
	CLEANUP(buf_free) struct buf text = BUF(4 * VALUES + 2);
	struct doc *doc;
	struct node_iter it;
	size_t count = 0;

	(void)state;
	buf_add_char(&text, '[');
	for (int i = 0; i < VALUES; i++)
		buf_add(&text, i ? STR(",\"\"") : STR("\"\""));
	buf_add_char(&text, ']');
	doc = read_ok(buf_str(&text));
	assert_int_equal(doc_tape_bytes(doc), 8 * (VALUES + 1));
	it = node_children(doc_root(doc));
	while (node_next(&it)) {
		assert_int_equal(node_offset(it.value), 1 + 3 * count);
		count++;
	}
	assert_int_equal(count, VALUES);
	doc_free(doc);
	for (uint64_t nth = 1; nth < 8; nth++) {
		doc = NULL;
		mem_fail_from(nth);
		if (json_read(buf_str(&text), &(struct json_options){0}, &doc, NULL) == 0)
			assert_in_range(nth, 4, 8);
		mem_fail_from(0);
		doc_free(doc);
	}
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_accepted),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_nul_bytes),
		cmocka_unit_test(test_every_alignment),
		cmocka_unit_test(test_every_byte_in_a_string),
		cmocka_unit_test(test_depth),
		cmocka_unit_test(test_text_may_follow),
		cmocka_unit_test(test_truncated_at_every_byte),
		cmocka_unit_test(test_every_allocation_fails),
		cmocka_unit_test(test_tape_grows),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
