/* SPDX-License-Identifier: Apache-2.0 */
/* Which bytes of a file are plans: encodings, wrappers, several in a row, none. */
#include "plan_support.h"

#define A PLAN(CHANGE("aws_sqs_queue.a", "\"create\"", "", ""))
#define B PLAN(CHANGE("aws_sqs_queue.b", "\"delete\"", "", ""))

/* The addresses of all plans in the text, joined with spaces. */
static void assert_addresses(void **state, struct str text, const char *wanted)
{
	struct fixture *fixture = read_text(state, text);
	struct buf out = BUF(4096);

	if (fixture->r != 0)
		fail_msg("%s: %.*s", fixture->err.message, STR_ARG(text));
	for (size_t i = 0; i < fixture->plans.count; i++) {
		struct plan *plan = &fixture->plans.items[i];

		for (size_t k = 0; k < plan->changes.count; k++)
			buf_printf(&out, "%s%.*s", out.len ? " " : "",
				STR_ARG(plan->changes.items[k].address));
	}
	assert_str(buf_str(&out), wanted);
	buf_free(&out);
	close_fixture(state);
	open_fixture(state);
}

static void wrappers(void **state)
{
	static const char *const texts[] = {
		A,
		"  \r\n\t" A "\r\n",
		"\xef\xbb\xbf" A,
		"[command]terraform show -json p\n" A "\n::debug::exitcode: 0\n",
		"12:00:00.123 STDOUT [envs/prod] terraform: " A "\n",
		"\x1b[0m" A "\x1b[0m\n",
		"{\"level\":\"info\",\"msg\":\"planning\"}\n" A,
		"{\n  \"level\": \"info\",\n  \"inner\": {\"variables\": {}}\n}\n" A,
		A "\n{\"level\":\"info\",\"msg\":\"done\"}\n",
		"time={} loaded {3} modules {\"a\"}\n" A,
		"log line {\"level\": broken}\n" A,
		"first\n{\"level\": broken}\n" A,
		"see \"format_version\" in ${path}\n" A,
		A "\n\"done\"\n",
	};

	for (size_t i = 0; i < COUNT_OF(texts); i++)
		assert_addresses(state, str_of(texts[i]), "aws_sqs_queue.a");
}

static void several_plans(void **state)
{
	static const char *const texts[] = {A B, A "\n" B "\n", "[" A "," B "]",
		"[\n" A ",\n" B "\n]\n", "== one ==\n" A "\n== two ==\n" B};

	for (size_t i = 0; i < COUNT_OF(texts); i++)
		assert_addresses(state, str_of(texts[i]), "aws_sqs_queue.a aws_sqs_queue.b");
}

static void plans_of_one_file_have_names_of_their_own(void **state)
{
	struct fixture *fixture = read_text(state, str_of(A "\n" B));

	assert_int_equal(fixture->plans.count, 2);
	assert_str(fixture->plans.items[0].name, "x.json");
	assert_str(fixture->plans.items[1].name, "x.json#2");
	assert_str(fixture->plans.items[1].source, "x.json");
}

static void any_member_may_stand_first(void **state)
{
	assert_addresses(state,
		STR("noise {\"configuration\":{},\"errored\":false,\"resource_changes\":[" CHANGE(
			"aws_sqs_queue.a", "\"create\"", "", "") "],\"format_version\":\"1.2\"}"),
		"aws_sqs_queue.a");
}

/* The text as UTF-16 in the arena. */
static struct str utf16(void **state, const char *text, bool little, bool mark)
{
	struct fixture *fixture = *state;
	struct str from = str_of(text);
	char *to = arena_alloc(fixture->arena, from.len * 2 + 4);
	size_t len = 0;

	if (mark) {
		to[len++] = little ? '\xff' : '\xfe';
		to[len++] = little ? '\xfe' : '\xff';
	}
	for (size_t i = 0; i < from.len; i++) {
		unsigned char c = (unsigned char)from.data[i];
		unsigned high = 0, low = c;

		/* é, and U+1F600 as two units */
		if (c == 0xc3) {
			low = 0xe9;
			i += 1;
		} else if (c == 0xf0) {
			to[len++] = little ? '\x3d' : '\xd8';
			to[len++] = little ? '\xd8' : '\x3d';
			high = 0xde;
			low = 0x00;
			i += 3;
		}
		to[len++] = (char)(little ? low : high);
		to[len++] = (char)(little ? high : low);
	}
	return (struct str){to, len};
}

static void utf_16_in_either_order_with_and_without_mark(void **state)
{
	static const char text[] =
		PLAN(CHANGE("aws_sqs_queue.q[\\\"é😀\\\"]", "\"create\"", "", "")) "\r\n";

	for (int i = 0; i < 4; i++)
		assert_addresses(
			state, utf16(state, text, i & 1, i & 2), "aws_sqs_queue.q[\"é😀\"]");
	assert_addresses(state, utf16(state, "[command]show\r\n" A, true, true), "aws_sqs_queue.a");
}

static void encodings_that_cannot_be_read(void **state)
{
	struct fixture *fixture = *state;
	struct str text = utf16(state, A, true, true);

	text.len--;
	assert_int_equal(read_text(state, text)->r, -65);
	assert_int_equal(fixture->err.id, ERR_JSON_TRUNCATED);
	assert_int_equal(read_text(state, (struct str){"\xff\xfe\x00\x00{\0\0\0", 8})->r, -65);
	assert_int_equal(fixture->err.id, ERR_PLAN_ENCODING);
	assert_int_equal(read_text(state, (struct str){"\xff\xfe{\0\x00\xd8\"\0", 8})->r, -65);
	assert_int_equal(fixture->err.id, ERR_PLAN_ENCODING);
	assert_refused(state, "{\"format_version\":\"1.2\",\"planned_values\":{\"\xff\":1}}",
		ERR_JSON_UTF8);
}

static void empty_files(void **state)
{
	static const char *const texts[] = {"", " ", "\n\n", "\xef\xbb\xbf", "\xff\xfe"};

	for (size_t i = 0; i < COUNT_OF(texts); i++)
		assert_refused(state, texts[i], ERR_PLAN_EMPTY);
}

static void what_is_no_plan(void **state)
{
	static const struct {
		const char *text, *message;
	} cases[] = {
		{"{\"format_version\":\"1.0\",\"terraform_version\":\"1.1\",\"values\":{}}",
			"this is a state (show -json without a plan), not a plan"},
		{"{\"format_version\":\"1.0\",\"provider_schemas\":{}}",
			"these are provider schemas, not a plan"},
		{"{\"format_version\":\"1.0\"}",
			"a format_version without planned_values or resource_changes is no plan"},
		{"{\"format_version\":\"1.0\",\"planned_values\":null}",
			"a format_version without planned_values or resource_changes is no plan"},
		{"{\"plan_format_version\":\"1.1\"}",
			"a plan_format_version without resource_changes is no plan"},
		{"{\"version\":4,\"serial\":1,\"lineage\":\"x\",\"resources\":[]}",
			"this is a state file, not a plan"},
		{"{\n\"version\":4,\n\"serial\":1,\n\"lineage\":\"x\"}",
			"this is a state file, not a plan"},
		{"{\"@level\":\"info\",\"@message\":\"x\"}\n{\"@level\":\"info\",\"@message\":"
		 "\"y\"}",
			"this is the log of `plan -json`; make the plan with `plan -out FILE` and "
			"`show "
			"-json FILE`"},
		{"[]", "there is no plan in it"},
		{"hello", "there is no plan in it"},
		{"{}", "there is no plan in it"},
		{"{\"resource_changes\":[]}", "there is no plan in it"},
		{"\"{\\\"format_version\\\":\\\"1.2\\\",\\\"planned_values\\\":{}}\"",
			"there is no plan in it"},
	};
	struct fixture *fixture = *state;

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		assert_refused(state, cases[i].text, ERR_PLAN_NONE);
		assert_string_equal(fixture->err.message, cases[i].message);
	}
	/* A state beside a plan is not passed over. */
	assert_refused(state, A "\n{\"format_version\":\"1.0\",\"values\":{}}", ERR_PLAN_NONE);
}

/* Cut anywhere, a plan is refused; so is a second one behind a whole one. */
static void a_plan_that_is_cut(void **state)
{
	static const char whole[] = A;

	for (size_t len = 1; len < sizeof(whole) - 1; len++) {
		struct fixture *fixture = read_text(state, (struct str){whole, len});

		assert_int_equal(fixture->r, -65);
		assert_int_equal(fixture->err.id, ERR_JSON_TRUNCATED);
	}
	for (size_t len = 1; len < sizeof(whole) - 1; len++) {
		struct fixture *fixture = *state;
		struct str text = arena_printf(fixture->arena, "%s\n%.*s", whole, (int)len, whole);

		assert_int_equal(read_text(state, text)->r, -65);
		assert_int_equal(fixture->err.id, ERR_JSON_TRUNCATED);
		assert_int_equal(fixture->plans.count, 0);
	}
}

static void a_broken_plan_is_not_taken_for_noise(void **state)
{
	assert_refused(state, "log\n" PLAN_HEAD ",\"resource_changes\":[,]}\n" A, ERR_JSON_SYNTAX);
	assert_refused(state, "log " PLAN_HEAD ",\"resource_changes\":[,]}\n" A, ERR_JSON_SYNTAX);
	assert_refused(state, "log\n{\"zzz\":tru,\"format_version\":\"1.2\"}\n" A, ERR_PLAN_NONE);
	assert_refused(state, "{\"zzz\":tru}\n" A, ERR_JSON_SYNTAX);
	/* what stands behind was part of the plan before somebody closed it */
	assert_refused(state, A "}", ERR_JSON_SYNTAX);
	assert_refused(state, A "\n,\"resource_changes\":[]}", ERR_JSON_SYNTAX);
	assert_refused(state, A "]", ERR_JSON_SYNTAX);
}

/* A plan in a value of another plan, or in a string, is a value. */
static void a_plan_inside_a_plan_is_a_value(void **state)
{
	assert_addresses(state,
		STR(PLAN_HEAD ",\"variables\":{\"v\":{\"value\":" B
			      "}},\"resource_changes\":[" CHANGE(
				      "aws_sqs_queue.a", "\"create\"", "", "") "]}"),
		"aws_sqs_queue.a");
}

static void saved_plans_are_recognised(void **state)
{
	assert_int_equal(plan_format(STR("PK\x03\x04....")), PLAN_FORMAT_BINARY);
	assert_int_equal(plan_format(STR("PK")), PLAN_FORMAT_JSON);
	assert_int_equal(plan_format(STR(A)), PLAN_FORMAT_JSON);
	assert_refused(state, "PK\x03\x04....", ERR_PLAN_BINARY);
	assert_refused(state,
		"{\"remote_plan_format\":1,\"run_id\":\"run-abc\",\"hostname\":\"app.terraform."
		"io\"}",
		ERR_PLAN_CLOUD);
}

/* Text that looks like JSON again and again costs no more than its length. */
static void noise_is_read_in_linear_time(void **state)
{
	struct fixture *fixture = *state;
	size_t pieces = 400000, len = 0;
	char *text = arena_alloc(fixture->arena, pieces * 5 + 1);

	for (size_t i = 0; i < pieces; i++, len += 5)
		memcpy(text + len, "{\"a\":", 5);
	assert_int_equal(read_text(state, (struct str){text, len})->r, -65);
	for (size_t i = 0; i < len; i += 5)
		memcpy(text + i, "\n{\"a\"", 5);
	assert_int_equal(read_text(state, (struct str){text, len})->r, -65);
}

int main(int count, char **arguments)
{
	const struct CMUnitTest tests[] = {
		PLAN_TEST(wrappers),
		PLAN_TEST(several_plans),
		PLAN_TEST(plans_of_one_file_have_names_of_their_own),
		PLAN_TEST(any_member_may_stand_first),
		PLAN_TEST(utf_16_in_either_order_with_and_without_mark),
		PLAN_TEST(encodings_that_cannot_be_read),
		PLAN_TEST(empty_files),
		PLAN_TEST(what_is_no_plan),
		PLAN_TEST(a_plan_that_is_cut),
		PLAN_TEST(a_broken_plan_is_not_taken_for_noise),
		PLAN_TEST(a_plan_inside_a_plan_is_a_value),
		PLAN_TEST(saved_plans_are_recognised),
		PLAN_TEST(noise_is_read_in_linear_time),
	};

	if (count > 1)
		cmocka_set_test_filter(arguments[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
