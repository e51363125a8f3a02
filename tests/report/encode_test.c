/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Hostile texts in every format, as one table: what each encoder makes of them,
 * byte for byte.  Beside the table, laws that hold for any bytes at all.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "report/encode.h"

enum format { TERMINAL, MARKDOWN, HTML, DATA, PROPERTY, XML, MESSAGE, URI, FORMATS };

static void encode(struct buf *out, enum format format, struct str text)
{
	switch (format) {
	case TERMINAL:
		encode_terminal(out, text);
		break;
	case MARKDOWN:
		encode_markdown(out, text);
		break;
	case HTML:
		encode_html(out, text);
		break;
	case DATA:
	case PROPERTY:
		encode_workflow(out, text, format == PROPERTY);
		break;
	case XML:
		encode_xml(out, text);
		break;
	case MESSAGE:
		encode_message(out, text);
		break;
	case URI:
		encode_uri(out, text);
		break;
	case FORMATS:
		break;
	}
}

static const struct {
	enum format format;
	const char *text;
	const char *expected;
} cases[] = {
	/* A terminal or a CI log. */
	{TERMINAL, "aws_db_instance.old[\"a\"]", "aws_db_instance.old[\"a\"]"},
	{TERMINAL, "Größe: 5 µm, 東京", "Größe: 5 µm, 東京"},
	{TERMINAL, "\x1b[2Jgone", "\\u{1b}[2Jgone"},
	{TERMINAL, "\x1b]0;title\x07", "\\u{1b}]0;title\\u{7}"},
	{TERMINAL,
		"\xc2\x9b"
		"31m",
		"\\u{9b}31m"},
	{TERMINAL, "a\rNo changes.", "a\\u{d}No changes."},
	{TERMINAL, "a\nweir: pass", "a\\u{a}weir: pass"},
	{TERMINAL, "a\tb\x7f", "a\\u{9}b\\u{7f}"},
	{TERMINAL,
		"user\xe2\x80\xae"
		"nimda",
		"user\\u{202e}nimda"},
	{TERMINAL, "\xe2\x81\xa6x\xe2\x81\xa9", "\\u{2066}x\\u{2069}"},
	{TERMINAL, "pay\xe2\x80\x8bpal", "pay\\u{200b}pal"},
	{TERMINAL, "\xef\xbb\xbfx", "\\u{feff}x"},
	{TERMINAL, "a\xe2\x80\xa8z", "a\\u{2028}z"},
	{TERMINAL, "\xf3\xa0\x81\x81", "\\u{e0041}"},
	{TERMINAL, "\xc0\xaf\xff", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
	{TERMINAL, "\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
	{TERMINAL, "\xe2\x82", "\xef\xbf\xbd\xef\xbf\xbd"},
	{TERMINAL, "::error::forged", "\\u{3a}:error::forged"},
	{TERMINAL, "  ::add-mask::e", "  \\u{3a}:add-mask::e"},
	{TERMINAL, "a::b", "a::b"},
	{TERMINAL, "x ##[group]y", "x #\\u{23}[group]y"},
	{TERMINAL, "##vso[task.complete]", "#\\u{23}vso[task.complete]"},
	{TERMINAL, "##teamcity[blockOpened]", "#\\u{23}teamcity[blockOpened]"},
	{TERMINAL, "## heading", "## heading"},

	/* Markdown of GitHub and GitLab. */
	{MARKDOWN, "aws_db_instance.old", "aws_db_instance.old"},
	{MARKDOWN, "12 buckets at 1.5", "12 buckets at 1.5"},
	{MARKDOWN, "**bold** _x_ `c`", "\\*\\*bold\\*\\* \\_x\\_ \\`c\\`"},
	{MARKDOWN, "[a](b) ![i](http://e/x.png)",
		"\\[a\\](b) \\!\\[i\\](http<span>\\:</span>//e/x.png)"},
	{MARKDOWN, "@org/team", "<span>\\@</span>org/team"},
	{MARKDOWN, "fixes #12 !34 ~bug &5 %9 $6 GH-7",
		"fixes <span>\\#</span>12 <span>\\!</span>34 <span>\\~</span>bug "
		"<span>&amp;</span>5 <span>\\%</span>9 <span>\\$</span>6 GH<span>\\-</span>7"},
	{MARKDOWN, "www.example.com", "www<span>\\.</span>example.com"},
	{MARKDOWN, "a@example.com", "a<span>\\@</span>example.com"},
	{MARKDOWN, "<!-- weir:report -->", "&lt;!-- weir:report --&gt;"},
	{MARKDOWN, "<img src=x onerror=1>", "&lt;img src=x onerror=1&gt;"},
	{MARKDOWN, "</details></td>", "&lt;/details&gt;&lt;/td&gt;"},
	{MARKDOWN, "a | b", "a \\| b"},
	{MARKDOWN, "a\n\n# h", "a\\\\u{a}\\\\u{a}<span>\\#</span> h"},
	{MARKDOWN, "# h", "<span>\\#</span> h"},
	{MARKDOWN, "> q", "&gt; q"},
	{MARKDOWN, "- item", "\\- item"},
	{MARKDOWN, "+ item", "\\+ item"},
	{MARKDOWN, "1. item", "1\\. item"},
	{MARKDOWN, "2) item", "2\\) item"},
	{MARKDOWN, "===", "\\==="},
	{MARKDOWN, "---", "\\---"},
	{MARKDOWN, "```sh", "\\`\\`\\`sh"},
	{MARKDOWN, "~~~sh", "<span>\\~</span><span>\\~</span><span>\\~</span>sh"},
	{MARKDOWN, "    code", "&#32;&#32;&#32;&#32;code"},
	{MARKDOWN, "/merge", "\\/merge"},
	{MARKDOWN, "back\\slash", "back\\\\slash"},
	{MARKDOWN, ":tada: a:b", "<span>\\:</span>tada: a:b"},
	{MARKDOWN, "&amp;", "&amp;amp;"},
	{MARKDOWN, "{+ in +} [- out -]", "<span>\\{</span>+ in +} <span>\\[</span>- out -\\]"},
	{MARKDOWN, "[issue:1]", "<span>\\[</span>issue:1\\]"},
	{MARKDOWN, "x\xe2\x80\xaey", "x\\\\u{202e}y"},
	{MARKDOWN, "\xe2\x80\x8bwww.e \xc3\xa9www.e awww.e",
		"\\\\u{200b}www<span>\\.</span>e \xc3\xa9www<span>\\.</span>e awww.e"},
	{MARKDOWN, "MAILTO:a", "MAILTO<span>\\:</span>a"},

	/* HTML and XML. */
	{HTML, "<script>alert('1')</script>", "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;"},
	{HTML, "\" onload=\"x`y", "&#34; onload=&#34;x&#96;y"},
	{HTML, "a & b\x1b", "a &amp; b\\u{1b}"},
	{XML, "]]><x a='1'>\x01", "]]&gt;&lt;x a=&#39;1&#39;&gt;\\u{1}"},
	{XML, "a\n&b\xef\xbf\xbf", "a\\u{a}&amp;b\\u{ffff}"},

	/* Workflow commands of GitHub. */
	{DATA, "50% a\r\n::warning::b", "50%25 a%0D%0A::warning::b"},
	{DATA, "##[error]x", "#\\u{23}[error]x"},
	{PROPERTY, "a,line=1::error", "a%2Cline=1%3A%3Aerror"},
	{PROPERTY, "a\x1b\xe2\x80\xae", "a\\u{1b}\\u{202e}"},

	/* Messages and places of SARIF. */
	{MESSAGE, "aws_db_instance.old[0]", "aws_db_instance.old[0]"},
	{MESSAGE, "[text](http://e.example)", "[text]\\u0028http://e.example)"},
	{MESSAGE, "{0} {12} {a} {} {", "\\u007b0} \\u007b12} {a} {} {"},
	{MESSAGE, "a\n##[error]b", "a\\u000a#\\u0023[error]b"},
	{URI, "envs/prod/plan.json", "envs/prod/plan.json"},
	{URI, "/tmp/a b%.json", "file:///tmp/a%20b%25.json"},
	{URI, "javascript:x?y#z", "javascript%3Ax%3Fy%23z"},
	{URI, "\xc3\xa4\xff\n", "%C3%A4%FF%0A"},
};

static void test_table(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		CLEANUP(buf_free) struct buf out = BUF(4096);

		encode(&out, cases[i].format, str_of(cases[i].text));
		buf_add_char(&out, 0);
		assert_false(buf_failed(&out));
		if (strcmp(out.data, cases[i].expected) != 0)
			print_error("case %zu: %s\n", i, cases[i].text);
		assert_string_equal(out.data, cases[i].expected);
	}
}

/* Whatever the bytes, no format lets a control character through, and each output is UTF-8. */
static void test_no_control_gets_through(void **state)
{
	uint32_t seed = 1;

	(void)state;
	for (unsigned round = 0; round < 2000; round++) {
		char bytes[48];
		CLEANUP(buf_free) struct buf out = BUF(65536);
		CLEANUP(buf_free) struct buf again = BUF(65536);

		for (size_t i = 0; i < sizeof(bytes); i++) {
			seed = seed * 1664525 + 1013904223;
			bytes[i] = (char)(seed >> 24);
		}
		encode(&out, (enum format)(round % FORMATS), (struct str){bytes, sizeof(bytes)});
		assert_false(buf_failed(&out));
		for (size_t i = 0; i < out.len; i++)
			assert_true((unsigned char)out.data[i] >= 0x20 && out.data[i] != 0x7f);
		/* Reading the output finds nothing invisible and nothing invalid. */
		encode_terminal(&again, buf_str(&out));
		if (round % FORMATS == TERMINAL)
			assert_true(str_eq(buf_str(&again), buf_str(&out)));
	}
}

static void test_ceiling_is_sticky(void **state)
{
	struct buf out = BUF(8);

	(void)state;
	encode_markdown(&out, STR("@@@@"));
	assert_true(buf_failed(&out));
	encode_html(&out, STR("a"));
	assert_true(buf_failed(&out));
	buf_free(&out);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_table),
		cmocka_unit_test(test_no_control_gets_through),
		cmocka_unit_test(test_ceiling_is_sticky),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
