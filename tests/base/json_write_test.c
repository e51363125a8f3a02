/* SPDX-License-Identifier: Apache-2.0 */
/*
 * JSON out: the exact bytes of the writer and of the canonical form.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"

static void assert_text(const struct buf *out, const char *want)
{
	assert_false(buf_failed(out));
	if (!str_is(buf_str(out), want))
		fail_msg("%.*s, not %s", STR_ARG(buf_str(out)), want);
}

static void write_everything(struct json_writer *writer)
{
	json_object_begin(writer);
	json_member(writer, "text", STR("a"));
	json_member_int(writer, "least", INT64_MIN);
	json_member_bool(writer, "yes", true);
	json_key(writer, STR("list"));
	json_array_begin(writer);
	json_int(writer, 1);
	json_bool(writer, false);
	json_null(writer);
	json_raw(writer, STR("1.50"));
	json_array_begin(writer);
	json_array_end(writer);
	json_object_begin(writer);
	json_object_end(writer);
	json_array_end(writer);
	json_object_end(writer);
}

static void test_one_line(void **state)
{
	CLEANUP(buf_free) struct buf out = BUF(1000);
	struct json_writer writer;

	(void)state;
	json_writer_init(&writer, &out, 0);
	write_everything(&writer);
	assert_text(&out,
		"{\"text\":\"a\",\"least\":-9223372036854775808,\"yes\":true,"
		"\"list\":[1,false,null,1.50,[],{}]}");
}

static void test_indented(void **state)
{
	CLEANUP(buf_free) struct buf out = BUF(1000);
	struct json_writer writer;

	(void)state;
	json_writer_init(&writer, &out, 2);
	write_everything(&writer);
	assert_text(&out,
		"{\n  \"text\": \"a\",\n  \"least\": -9223372036854775808,\n"
		"  \"yes\": true,\n  \"list\": [\n    1,\n    false,\n    null,\n"
		"    1.50,\n    [],\n    {}\n  ]\n}");
}

static void test_text(void **state)
{
	static const struct {
		struct str text;
		const char *want;
	} cases[] = {
		{STR_INIT(""), "\"\""},
		{STR_INIT("\"\\/"), "\"\\\"\\\\/\""},
		{STR_INIT("\n\r\t\b\f"), "\"\\n\\r\\t\\u0008\\u000c\""},
		{STR_INIT("a\0b\x1f\x1b[31m"), "\"a\\u0000b\\u001f\\u001b[31m\""},
		{STR_INIT("\x7f~\x7f"), "\"\\u007f~\\u007f\""},
		{STR_INIT("0123456789abcdef\x7f"), "\"0123456789abcdef\\u007f\""},
		{STR_INIT("\xc2\x80\xc2\x9b\xc2\x9f\xc2\xa0"),
			"\"\\u0080\\u009b\\u009f"
			"\xc2\xa0\""},
		{STR_INIT("\xd8\x9b\xd8\x9c\xd8\x9d"),
			"\"\xd8\x9b\\u061c"
			"\xd8\x9d\""},
		{STR_INIT("\xe2\x80\x8d\xe2\x80\x8e\xe2\x80\x8f\xe2\x80\x90"),
			"\"\xe2"
			"\x80\x8d"
			"\\u200e\\"
			"u200f\xe2"
			"\x80\x90"
			"\""},
		{STR_INIT("\xe2\x80\xa7\xe2\x80\xa8\xe2\x80\xa9\xe2\x80\xaa\xe2\x80\xae\xe2\x80"
			  "\xaf"),
			"\"\xe2\x80\xa7\\u2028\\u2029\\u202a\\u202e\xe2\x80\xaf\""},
		{STR_INIT("\xe2\x81\xa5\xe2\x81\xa6\xe2\x81\xa9\xe2\x81\xaa"),
			"\"\xe2\x81\xa5\\u2066\\u2069\xe2\x81\xaa\""},
		{STR_INIT("\xef\xbb\xbf"), "\"\\ufeff\""},
		{STR_INIT("\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80"),
			"\"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\""},
		/* Not UTF-8: a lone byte, an overlong form, a surrogate, a cut sequence. */
		{STR_INIT("a\xff"
			  "b"),
			"\"a\xef\xbf\xbd"
			"b\""},
		{STR_INIT("\xc0\xaf"), "\"\xef\xbf\xbd\xef\xbf\xbd\""},
		{STR_INIT("\xed\xa0\x80"), "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\""},
		{STR_INIT("x\xe2\x82"), "\"x\xef\xbf\xbd\xef\xbf\xbd\""},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		CLEANUP(buf_free) struct buf out = BUF(1000);
		struct json_writer writer;

		json_writer_init(&writer, &out, 0);
		json_string(&writer, cases[i].text);
		assert_text(&out, cases[i].want);
		buf_clear(&out);
		json_writer_init(&writer, &out, 0);
		json_object_begin(&writer);
		json_member(&writer, "k", cases[i].text);
		json_object_end(&writer);
		assert_true(str_ends(buf_str(&out), STR("}")));
		assert_memory_equal(out.data + 5, cases[i].want, strlen(cases[i].want));
	}
}

/* Hostile input can make a text deep; it must not make weir crash. */
static void test_deep(void **state)
{
	CLEANUP(buf_free) struct buf out = BUF(10000);
	struct json_writer writer;

	(void)state;
	json_writer_init(&writer, &out, 0);
	for (int i = 0; i < JSON_WRITER_DEPTH; i++)
		json_array_begin(&writer);
	for (int i = 0; i < JSON_WRITER_DEPTH; i++)
		json_array_end(&writer);
	assert_int_equal(out.len, 2 * JSON_WRITER_DEPTH);
	buf_clear(&out);
	json_writer_init(&writer, &out, 0);
	for (int i = 0; i < JSON_WRITER_DEPTH + 3; i++)
		json_array_begin(&writer);
	json_object_begin(&writer);
	json_member(&writer, "a", STR("b"));
	json_object_end(&writer);
	for (int i = 0; i < JSON_WRITER_DEPTH + 3; i++)
		json_array_end(&writer);
	assert_true(buf_failed(&out));
}

static struct doc *read(const char *text)
{
	struct doc *doc = NULL;

	assert_int_equal(json_read(str_of(text), &(struct json_options){0}, &doc, NULL), 0);
	return doc;
}

static void test_canonical(void **state)
{
	static const struct {
		const char *text;
		const char *want;
	} cases[] = {
		{" [ null , true , false ] ", "[null,true,false]"},
		{"{ \"b\" : 1, \"a\" : {\"d\":[],\"c\":{}} }",
			"{\"a\":{\"c\":{},\"d\":[]},\"b\":1}"},
		/* Keys by their unescaped bytes: U+FF5E is before U+1F600 in UTF-8, not in UTF-16. */
		{"{\"\\ud83d\\ude00\":1,\"\xef\xbd\x9e\":2,\"\\u0061\":3,\"Z\":4,\"\":5,\"aa\":6}",
			"{\"\":5,\"Z\":4,\"a\":3,\"aa\":6,\"\xef\xbd\x9e\":2,\"\xf0\x9f\x98\x80\":"
			"1}"},
		{"\"\\u0041\\/\\\"\\\\\\b\\f\\n\\r\\t\\u0000\\u001F\\u007f\\u2028\"",
			"\"A/\\\"\\\\\\b\\f\\n\\r\\t\\u0000\\u001f\x7f\xe2\x80\xa8\""},
		{"\"\\ud800\"", "\"\xef\xbf\xbd\""},
		{"[0,-0,0.0,-0.00,0e5,0E-7]", "[0,0,0,0,0,0]"},
		{"[1,1.0,10e-1,0.1e1,1e0,100e-2]", "[1,1,1,1,1,1]"},
		{"[-1.50,150e-2,1200,1.2e3,12E+2]", "[-1.5,1.5,1200,1200,1200]"},
		{"[1e20,1e21,123e19,1.5e20]",
			"[100000000000000000000,1e+21,1.23e+21,150000000000000000000]"},
		{"[0.00001,0.000001,0.0000001,1.5e-7]", "[0.00001,0.000001,1e-7,1.5e-7]"},
		{"[123456789012345678901234567890.5,12345678901234567890]",
			"[123456789012345678901234567890.5,12345678901234567890]"},
		{"[1e400,10e399,-1E-400,9007199254740993]",
			"[1e+400,1e+400,-1e-400,9007199254740993]"},
		/* An exponent that fits nowhere stays as it is. */
		{"[1e99999999999999999999,10e99999999999999999999]",
			"[1e99999999999999999999,10e99999999999999999999]"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		CLEANUP(buf_free) struct buf out = BUF(1000), again = BUF(1000);
		CLEANUP(doc_cleanup) struct doc *doc = read(cases[i].text);
		CLEANUP(doc_cleanup) struct doc *second = NULL;

		json_canonical(doc_root(doc), NULL, &out);
		assert_text(&out, cases[i].want);
		assert_int_equal(
			json_read(buf_str(&out), &(struct json_options){0}, &second, NULL), 0);
		assert_true(node_equal(doc_root(doc), doc_root(second)));
		json_canonical(doc_root(second), NULL, &again);
		assert_text(&again, cases[i].want);
	}
}

static void test_canonical_skips(void **state)
{
	static const char *const skip[] = {"timestamp", "a", NULL};
	CLEANUP(buf_free) struct buf out = BUF(1000);
	CLEANUP(doc_cleanup)
	struct doc *doc = read("{\"\\u0061\":1,\"b\":{\"a\":2},\"timestamp\":3}");

	(void)state;
	json_canonical(doc_root(doc), skip, &out);
	assert_text(&out, "{\"b\":{\"a\":2}}");
}

static void test_canonical_without_memory(void **state)
{
	CLEANUP(doc_cleanup) struct doc *doc = read("{\"b\":{\"a\":2},\"c\":[1]}");
	uint64_t nth = 0;

	(void)state;
	for (;;) {
		CLEANUP(buf_free) struct buf out = BUF(1000);

		mem_fail_from(++nth);
		json_canonical(doc_root(doc), NULL, &out);
		mem_fail_from(0);
		if (!buf_failed(&out)) {
			assert_text(&out, "{\"b\":{\"a\":2},\"c\":[1]}");
			break;
		}
	}
	assert_int_equal(nth, 4);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_one_line),
		cmocka_unit_test(test_indented),
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_deep),
		cmocka_unit_test(test_canonical),
		cmocka_unit_test(test_canonical_skips),
		cmocka_unit_test(test_canonical_without_memory),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
