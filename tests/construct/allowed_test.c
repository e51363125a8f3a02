/* SPDX-License-Identifier: Apache-2.0 */
/* Facts against values: what is told of surely is right by lib/provider/facts.ts too. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/json.h"
#include "construct/allowed.h"

static struct arena *arena;

static int set_up(void **state)
{
	(void)state;
	arena = arena_create(16 << 20);
	return arena ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	arena_destroy(arena);
	return 0;
}

static const struct allowed *fact(const char *text)
{
	CLEANUP(doc_cleanup) struct doc *doc = NULL;

	assert_int_equal(json_read(str_of(text), &(struct json_options){0}, &doc, NULL), 0);
	return allowed_read(doc_root(doc), arena);
}

static void what_is_not_about_values_checks_nothing(void **state)
{
	(void)state;
	assert_null(fact("{}"));
	assert_null(fact("{\"items\":[1,2],\"refers_to\":[\"aws_x.id\"],\"unsettable\":true}"));
}

static void texts(void **state)
{
	static const struct {
		const char *fact, *text;
		bool is_right;
	} cases[] = {
		{"{\"one_of\":[\"a\",\"b\\u0063\"]}", "bc", true},
		{"{\"one_of\":[\"a\",1]}", "A", false}, /* is left to lib/ */
		{"{\"one_of\":[1]}", "1", false},
		{"{\"not_one_of\":[\"a\",1]}", "1", true},
		{"{\"not_one_of\":[\"a\"]}", "a", false},
		{"{\"length\":[1,3]}", "", false},
		{"{\"length\":[1,3]}", "abc", true},
		{"{\"length\":[null,3]}", "äöü", true},
		{"{\"length\":[1,3]}", "a😀", true},
		{"{\"length\":[4,null]}", "äö", false},
		{"{\"range\":[1,10]}", "10", true},
		{"{\"range\":[1,10]}", "11", false},
		{"{\"range\":[1,10]}", "ten", true}, /* is judged by other facts */
		{"{\"range\":[-1.5,null]}", "-1.5", true},
		{"{\"range\":[-1.5,null]}", "-1.6", false},
		{"{\"range\":[0,null]}", "1e3", false},
		{"{\"integer\":true}", "1.0", true},
		{"{\"integer\":true}", "1.5", false},
		{"{\"integer\":true}", "1.", false},
		{"{\"above\":0}", "0", false},
		{"{\"above\":0}", "0.1", true},
		{"{\"multiple_of\":60}", "180", true},
		{"{\"multiple_of\":60}", "90", false},
		{"{\"pattern\":[\"^[a-z]+$\",\"x\"]}", "axb", true},
		{"{\"pattern\":[\"^[a-z]+$\",\"x\"]}", "ab", false},
		{"{\"pattern\":[\"^(a|b)$\"]}", "a", false},
		{"{\"format\":\"arn\"}", "arn:aws:iam::123456789012:role/x", true},
		{"{\"format\":\"arn\"}", "arn:aws:iam::123456789012:", false},
		{"{\"format\":\"arn\"}", "arn:aws:iam:", false},
		{"{\"format\":\"arn\"}", "*", true},
		{"{\"format\":\"arn\"}", "ALL_PRINCIPALS", true},
		{"{\"format\":\"arn\"}", "", true},
		{"{\"format\":\"json\"}", " {\"a\":[1e5,null]}\n", true},
		{"{\"format\":\"json\"}", "{a:1}", false},
		{"{\"format\":\"iam_policy\"}", "\xef\xbb\xbf{}", false},
		{"{\"format\":\"iam_policy\"}", "{} x", false},
		{"{\"format\":\"account_id\"}", "123456789012", true},
		{"{\"format\":\"account_id\"}", "12345678901", false},
		{"{\"format\":\"cidr\"}", "10.0.0.0/16", true},
		{"{\"format\":\"cidr\"}", "10.0.0.0/33", false},
		{"{\"format\":\"cidr\"}", "10.0.0/16", false},
		{"{\"format\":\"cidr\"}", "10.0.0.256/16", false},
		{"{\"format\":\"cidr\"}", "010.0.0.0/16", false},
		{"{\"format\":\"cidr\"}", "10.0.0.0", false},
		{"{\"format\":\"cidr\"}", "10.0.0.0/16/1", false},
		{"{\"format\":\"cidr\"}", "::/0", true},
		{"{\"format\":\"cidr\"}", "2001:db8::1/129", false},
		{"{\"format\":\"ipv4_cidr\"}", "::/0", false},
		{"{\"format\":\"ipv6_cidr\"}", "2001:db8::/56", true},
		{"{\"format\":\"ipv6\"}", "1:2:3:4:5:6:7:8", true},
		{"{\"format\":\"ipv6\"}", "1:2:3:4:5:6:7::", true},
		{"{\"format\":\"ipv6\"}", "1:2:3:4:5:6:7::8", false},
		{"{\"format\":\"ipv6\"}", "1:2:3:4:5:6:7", false},
		{"{\"format\":\"ipv6\"}", "1::2::3", false},
		{"{\"format\":\"ipv6\"}", ":::", false},
		{"{\"format\":\"ipv6\"}", "12345::", false},
		{"{\"format\":\"ip\"}", "1.2.3.4", true},
		{"{\"format\":\"region\"}", "eu-west-1", true},
		{"{\"format\":\"region\"}", "us-gov-east-1", true},
		{"{\"format\":\"region\"}", "eu-west", false},
		{"{\"format\":\"region\"}", "eu--1", false},
		{"{\"format\":\"region\"}", "e-west-1", false},
		{"{\"format\":\"region\"}", "eu-west-123", false},
		{"{\"format\":\"int\"}", "-12", true},
		{"{\"format\":\"int\"}", "-", false},
		{"{\"format\":\"bool\"}", "true", true},
		{"{\"format\":\"float\"}", "x", false}, /* nothing is known of it here */
		{"{\"any\":[{\"format\":\"arn\"},{\"one_of\":[\"x\"]}]}", "x", true},
		{"{\"any\":[{\"format\":\"arn\"},{\"one_of\":[\"x\"]}]}", "y", false},
		{"{\"shape\":\"round\"}", "x", false}, /* nor of that */
		{"{\"any\":[{\"format\":\"arn\"},{}],\"length\":[1,1]}", "y", true},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		if (allowed_text(fact(cases[i].fact), str_of(cases[i].text)) != cases[i].is_right)
			fail_msg("%s of \"%s\"", cases[i].fact, cases[i].text);
}

static void numbers(void **state)
{
	static const struct {
		const char *fact;
		double number;
		bool is_right;
	} cases[] = {
		{"{\"one_of\":[\"1\",2]}", 2, true},
		{"{\"one_of\":[\"1\",2]}", 1, false}, /* is left to lib/ */
		{"{\"not_one_of\":[0]}", -0.0, false},
		{"{\"range\":[0,900],\"integer\":true}", 900, true},
		{"{\"range\":[0,900],\"integer\":true}", 900.5, false},
		{"{\"range\":[0,900]}", 901, false},
		{"{\"range\":[0,null]}", INFINITY, true},
		{"{\"integer\":true}", INFINITY, false},
		{"{\"integer\":true}", NAN, false},
		{"{\"range\":[null,5]}", NAN, false},
		{"{\"above\":1}", 1, false},
		{"{\"above\":1}", 1.5, true},
		{"{\"multiple_of\":64}", -128, true},
		{"{\"multiple_of\":64}", 100, false},
		{"{\"length\":[5,5]}", 1, true}, /* is about texts */
		{"{\"format\":\"arn\"}", 1, true},
		{"{\"pattern\":[\"(\"]}", 1, true},
		{"{\"any\":[{\"range\":[1,5]},{\"one_of\":[0]}]}", 0, true},
		{"{\"any\":[{\"range\":[1,5]},{\"one_of\":[0]}]}", 6, false},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		if (allowed_number(fact(cases[i].fact), cases[i].number) != cases[i].is_right)
			fail_msg("%s of %g", cases[i].fact, cases[i].number);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_not_about_values_checks_nothing),
		cmocka_unit_test(texts),
		cmocka_unit_test(numbers),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
