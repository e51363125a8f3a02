/* SPDX-License-Identifier: Apache-2.0 */
/* Schema packs: what goes in comes out, equal things are stored once, and bytes that are no pack are errors. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"
#include "catalog/packs.h"

enum { ARENA_MOST = 64 << 20, OUT_MOST = 64 << 20, HEADER = 24 };

struct fixture {
	struct arena *arena;
	struct buf out;
	struct pack pack;
	struct error err;
};

static int setup(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));

	fixture->arena = arena_create(ARENA_MOST);
	fixture->out = BUF(OUT_MOST);
	*state = fixture;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *fixture = *state;

	arena_destroy(fixture->arena);
	buf_free(&fixture->out);
	free(fixture);
	return 0;
}

/* Members in the order in which weir prints them, so that texts can be compared. */
#define QUEUE                                                                                      \
	"{\"version\":2,\"block\":{\"attributes\":{"                                               \
	"\"arn\":{\"type\":\"string\",\"description_kind\":\"plain\",\"computed\":true},"          \
	"\"delay\":{\"type\":\"number\",\"description\":\"Seconds.\","                             \
	"\"description_kind\":\"markdown\",\"deprecated\":true,\"optional\":true,"                 \
	"\"computed\":true},"                                                                      \
	"\"secret\":{\"type\":\"string\",\"required\":true,\"sensitive\":true,"                    \
	"\"write_only\":true},"                                                                    \
	"\"shape\":{\"type\":[\"object\",{\"a\":[\"list\",\"bool\"],"                              \
	"\"b\":[\"tuple\",[\"string\",[\"set\",\"number\"]]],\"c\":\"dynamic\"},[\"a\",\"c\"]],"   \
	"\"optional\":true},"                                                                      \
	"\"tags\":{\"type\":[\"map\",\"string\"],\"optional\":true},"                              \
	"\"who\":{\"nested_type\":{\"attributes\":{\"name\":{\"type\":\"string\","                 \
	"\"required\":true}},\"nesting_mode\":\"single\"},\"optional\":true}},"                    \
	"\"block_types\":{"                                                                        \
	"\"policy\":{\"nesting_mode\":\"list\",\"block\":{\"attributes\":{\"name\":"               \
	"{\"type\":\"string\",\"required\":true}},\"description\":\"One.\","                       \
	"\"description_kind\":\"plain\"},\"min_items\":1,\"max_items\":4294967295},"               \
	"\"timeouts\":{\"nesting_mode\":\"single\",\"block\":{}}},"                                \
	"\"deprecated\":true}}"
#define FUNCTION                                                                                   \
	"{\"description\":\"Joins.\",\"summary\":\"join\",\"deprecation_message\":\"No more.\","   \
	"\"return_type\":\"string\",\"parameters\":[{\"name\":\"by\",\"description\":\"Comma.\","  \
	"\"is_nullable\":true,\"type\":\"string\"}],"                                              \
	"\"variadic_parameter\":{\"name\":\"all\",\"type\":[\"list\",\"string\"]}}"
#define DOCUMENT(source)                                                                           \
	"{\"format_version\":\"1.0\",\"provider_schemas\":{\"" source "\":{"                       \
	"\"provider\":{\"version\":0,\"block\":{\"attributes\":{\"region\":{\"type\":\"string\","  \
	"\"optional\":true}}}},"                                                                   \
	"\"resource_schemas\":{\"demo_queue\":" QUEUE ",\"demo_twin\":" QUEUE "},"                 \
	"\"data_source_schemas\":{\"demo_queue\":{\"version\":0,\"block\":{}}},"                   \
	"\"ephemeral_resource_schemas\":{\"demo_token\":{\"version\":0,\"block\":{}}},"            \
	"\"functions\":{\"join\":" FUNCTION "}}}}"

static const struct pack_origin demo = {STR_INIT("example/demo"), STR_INIT("1.2.3")};

static void compile(struct fixture *fixture, const char *text)
{
	buf_clear(&fixture->out);
	assert_int_equal(
		pack_compile(str_of(text), STR("demo"), &demo, &fixture->out, &fixture->err), 0);
	assert_int_equal(
		pack_open(buf_str(&fixture->out), STR("demo.pack"), &fixture->pack, &fixture->err),
		0);
}

static void assert_str(struct str got, const char *want)
{
	char text[4096];

	assert_true(got.len < sizeof(text));
	memcpy(text, got.data, got.len);
	text[got.len] = 0;
	assert_string_equal(text, want);
}

static void whole(void **state)
{
	struct fixture *fixture = *state;
	CLEANUP(buf_free) struct buf json = BUF(OUT_MOST);
	CLEANUP(buf_free) struct buf again = BUF(OUT_MOST);

	compile(fixture, DOCUMENT("registry.terraform.io/example/demo"));
	assert_str(fixture->pack.source, "example/demo");
	assert_str(fixture->pack.name, "demo");
	assert_str(fixture->pack.version, "1.2.3");
	assert_int_equal(pack_json(&fixture->pack, &json, NULL), 0);
	assert_str(buf_str(&json), DOCUMENT("example/demo"));
	assert_int_equal(pack_compile(buf_str(&json), STR("demo"), &demo, &again, NULL), 0);
	assert_true(str_eq(buf_str(&again), buf_str(&fixture->out)));
}

static void one_type(void **state)
{
	struct fixture *fixture = *state;
	struct str text;

	compile(fixture, DOCUMENT("example/demo"));
	assert_int_equal(pack_type_json(&fixture->pack, PACK_RESOURCE, STR("demo_twin"),
				 fixture->arena, &text, NULL),
		1);
	assert_str(text, QUEUE);
	assert_int_equal(pack_type_json(&fixture->pack, PACK_FUNCTION, STR("join"), fixture->arena,
				 &text, NULL),
		1);
	assert_str(text, FUNCTION);
	assert_int_equal(pack_type_json(&fixture->pack, PACK_EPHEMERAL, STR("demo_queue"),
				 fixture->arena, &text, NULL),
		0);
	assert_str(text, FUNCTION);
}

static void attributes(void **state)
{
	struct fixture *fixture = *state;
	struct pack_schema schema;
	struct pack_attribute attribute;
	struct pack_member member;
	struct pack_type type;

	compile(fixture, DOCUMENT("example/demo"));
	assert_true(pack_find(&fixture->pack, PACK_RESOURCE, STR("demo_queue"), &schema));
	assert_int_equal(schema.version, 2);
	assert_int_equal(schema.block.flags, PACK_DEPRECATED);
	assert_int_equal(schema.block.attribute_count, 6);
	assert_str(pack_attribute_at(&schema.block, 0).name, "arn");
	assert_true(pack_attribute_find(&schema.block, STR("delay"), &attribute));
	assert_int_equal(
		attribute.flags, PACK_OPTIONAL | PACK_COMPUTED | PACK_DEPRECATED | PACK_MARKDOWN);
	assert_int_equal(attribute.type.kind, PACK_TYPE_NUMBER);
	assert_str(attribute.description, "Seconds.");
	assert_true(pack_attribute_find(&schema.block, STR("shape"), &attribute));
	assert_int_equal(attribute.type.kind, PACK_TYPE_OBJECT);
	assert_int_equal(attribute.type.count, 3);
	member = pack_member_at(&attribute.type, 1);
	assert_str(member.name, "b");
	assert_false(member.optional);
	type = pack_tuple_at(&member.type, 1);
	assert_int_equal(type.kind, PACK_TYPE_SET);
	assert_int_equal(pack_type_element(&type).kind, PACK_TYPE_NUMBER);
	assert_true(pack_member_at(&attribute.type, 2).optional);
	assert_false(pack_attribute_find(&schema.block, STR("delays"), &attribute));
	assert_int_equal(pack_check(&fixture->pack, NULL), 0);
}

static void blocks(void **state)
{
	struct fixture *fixture = *state;
	struct pack_schema schema;
	struct pack_attribute attribute;
	struct pack_nested nested;

	compile(fixture, DOCUMENT("example/demo"));
	assert_true(pack_find(&fixture->pack, PACK_RESOURCE, STR("demo_queue"), &schema));
	assert_int_equal(schema.block.block_count, 2);
	assert_true(pack_nested_find(&schema.block, STR("policy"), &nested));
	assert_int_equal(nested.nesting, PACK_NESTING_LIST);
	assert_int_equal(nested.min_items, 1);
	assert_int_equal(nested.max_items, UINT32_MAX);
	assert_str(nested.block.description, "One.");
	assert_str(pack_nested_at(&schema.block, 1).name, "timeouts");
	assert_true(pack_attribute_find(&schema.block, STR("who"), &attribute));
	assert_int_equal(attribute.flags, PACK_OPTIONAL | PACK_NESTED);
	assert_int_equal(attribute.nested.nesting, PACK_NESTING_SINGLE);
	assert_int_equal(attribute.nested.block.attribute_count, 1);
	assert_false(pack_nested_find(&schema.block, STR("arn"), &nested));
}

static void functions(void **state)
{
	struct fixture *fixture = *state;
	struct pack_function function;
	struct pack_parameter parameter;

	compile(fixture, DOCUMENT("example/demo"));
	assert_int_equal(pack_count(&fixture->pack, PACK_FUNCTION), 1);
	assert_str(pack_name_at(&fixture->pack, PACK_FUNCTION, 0), "join");
	assert_true(pack_function_find(&fixture->pack, STR("join"), &function));
	assert_str(function.deprecation, "No more.");
	assert_true(function.variadic);
	assert_int_equal(function.parameter_count, 2);
	parameter = pack_parameter_at(&function, 0);
	assert_str(parameter.name, "by");
	assert_int_equal(parameter.flags, PACK_NULLABLE);
	assert_false(pack_function_find(&fixture->pack, STR("split"), &function));
}

/* Two equal types take the place of one: the second costs its name and its entry in the list. */
static void shared(void **state)
{
	struct fixture *fixture = *state;
	size_t one, two;

	compile(fixture,
		"{\"format_version\":\"1.0\",\"provider_schemas\":{\"example/demo\":{"
		"\"resource_schemas\":{\"demo_queue\":" QUEUE "}}}}");
	one = fixture->out.len;
	compile(fixture,
		"{\"format_version\":\"1.0\",\"provider_schemas\":{\"example/demo\":{"
		"\"resource_schemas\":{\"demo_queue\":" QUEUE ",\"demo_twin\":" QUEUE "}}}}");
	two = fixture->out.len;
	assert_int_equal(two - one, 2 * 4 + 4 + strlen("demo_twin"));
}

static void refuse(struct fixture *fixture, const char *text, enum error_id id, unsigned column,
	const char *message)
{
	CLEANUP(buf_free) struct buf out = BUF(OUT_MOST);

	assert_true(pack_compile(str_of(text), STR("demo"), &demo, &out, &fixture->err) < 0);
	assert_string_equal(fixture->err.message, message);
	assert_int_equal(fixture->err.id, id);
	assert_int_equal(fixture->err.column, column);
}

#define ATTRIBUTE(schema)                                                                          \
	"{\"format_version\":\"1.0\",\"provider_schemas\":{\"example/demo\":{"                     \
	"\"resource_schemas\":{\"demo_a\":{\"block\":{\"attributes\":{\"a\":" schema "}}}}}}}"

static void no_schemas(void **state)
{
	struct fixture *fixture = *state;

	refuse(fixture, "{\"format_version\":\"2.0\",\"provider_schemas\":{}}", ERR_SCHEMA_INVALID,
		19, "this is not what `terraform providers schema -json` prints, formats 0 and 1");
	refuse(fixture, "[]", ERR_SCHEMA_INVALID, 1,
		"this is not what `terraform providers schema -json` prints, formats 0 and 1");
	refuse(fixture, "{\"format_version\":\"1.0\",\"provider_schemas\":{\"x/demo\":{}}}",
		ERR_SCHEMA_PROVIDER, 44, "example/demo is not among the providers here");
	refuse(fixture,
		"{\"format_version\":\"1.0\",\"provider_schemas\":{"
		"\"a/example/demo\":{},\"b/example/demo\":{}}}",
		ERR_SCHEMA_PROVIDER, 65,
		"example/demo names two providers here: write its registry before it");
	refuse(fixture, ATTRIBUTE("{\"type\":\"text\"}"), ERR_SCHEMA_INVALID, 126,
		"this is no type of Terraform");
	refuse(fixture, ATTRIBUTE("{\"type\":[\"string\"]}"), ERR_SCHEMA_INVALID, 126,
		"this is no type of Terraform");
	refuse(fixture, ATTRIBUTE("{\"type\":\"bool\",\"required\":1}"), ERR_SCHEMA_INVALID, 144,
		"true or false belongs here");
	refuse(fixture, ATTRIBUTE("{\"nested_type\":{\"nesting_mode\":\"heap\"}}"),
		ERR_SCHEMA_INVALID, 149, "a nesting_mode that weir knows belongs here");
	refuse(fixture, ATTRIBUTE("true"), ERR_SCHEMA_INVALID, 118,
		"an attribute's schema belongs here");
	refuse(fixture, ATTRIBUTE("{\"type\":\"bool\",\"type\":\"bool\"}"), ERR_JSON_DUPLICATE_KEY,
		133, "the same key twice in one object, first on line 1, column 119");
}

/* As deep as a block may be, and one level more. */
static void deep(void **state)
{
	struct fixture *fixture = *state;
	CLEANUP(buf_free) struct buf out = BUF(OUT_MOST);

	for (int levels = 62; levels <= 63; levels++) {
		CLEANUP(buf_free) struct buf text = BUF(1 << 20);

		buf_add(&text,
			STR("{\"format_version\":\"1.0\",\"provider_schemas\":{\"example/demo\":{"
			    "\"provider\":{\"block\":{\"attributes\":{\"a\":{\"type\":"));
		for (int i = 0; i < levels; i++)
			buf_add(&text, STR("[\"list\","));
		buf_add(&text, STR("\"bool\""));
		for (int i = 0; i < levels; i++)
			buf_add_char(&text, ']');
		buf_add(&text, STR("}}}}}}}"));
		assert_int_equal(
			pack_compile(buf_str(&text), STR("demo"), &demo, &out, &fixture->err) < 0,
			levels == 63);
	}
	assert_string_equal(fixture->err.message, "blocks and types are nested too deeply here");
}

/* Cut anywhere it is an error; with any byte changed it is an error or is read to its end. */
static void damaged(void **state)
{
	struct fixture *fixture = *state;
	struct str bytes;
	size_t refused = 0;

	compile(fixture, DOCUMENT("example/demo"));
	bytes = arena_str(fixture->arena, buf_str(&fixture->out));
	for (size_t i = 0; i < bytes.len; i++) {
		struct pack pack;

		assert_true(pack_open(str_slice(bytes, 0, i), STR("cut"), &pack, NULL) < 0);
	}
	for (size_t i = 0; i < bytes.len; i++) {
		CLEANUP(buf_free) struct buf json = BUF(1 << 20);
		char *changed = (char *)(uintptr_t)bytes.data;
		struct pack pack;
		int r;

		changed[i] = (char)(changed[i] ^ 0xff);
		r = pack_open(bytes, STR("changed"), &pack, &fixture->err);
		if (r == 0)
			r = pack_json(&pack, &json, &fixture->err);
		refused += r < 0;
		assert_true(r == 0 || r == -65 || r == -75);
		changed[i] = (char)(changed[i] ^ 0xff);
	}
	assert_true(refused > HEADER);
}

static void newer(void **state)
{
	struct fixture *fixture = *state;
	struct pack pack;

	compile(fixture, DOCUMENT("example/demo"));
	fixture->out.data[8] = 2;
	assert_int_equal(pack_open(buf_str(&fixture->out), STR("p"), &pack, &fixture->err), -65);
	assert_int_equal(fixture->err.id, ERR_PACK_NEWER);
	assert_string_equal(fixture->err.message, "has version 2, and this weir knows 1");
}

/* With any allocation refused, compiling ends in that error or gives the same bytes. */
static void memory(void **state)
{
	struct fixture *fixture = *state;
	uint64_t refused = 0;
	int r = -1;

	compile(fixture, DOCUMENT("example/demo"));
	for (uint64_t nth = 1; r < 0; nth++) {
		CLEANUP(buf_free) struct buf out = BUF(OUT_MOST);
		struct error err = {0};

		mem_fail_from(nth);
		r = pack_compile(STR(DOCUMENT("example/demo")), STR("demo"), &demo, &out, &err);
		mem_fail_from(0);
		if (r < 0)
			assert_int_equal(err.id, ERR_MEMORY);
		else
			assert_true(str_eq(buf_str(&out), buf_str(&fixture->out)));
		refused += r < 0;
	}
	assert_true(refused > 50);
}

static void builtin(void **state)
{
	struct fixture *fixture = *state;
	CLEANUP(packs_close) struct packs packs = {0};
	struct pack_schema schema;
	struct pack_attribute attribute;
	struct pack *aws;

	assert_int_equal(packs_open(NULL, fixture->arena, &packs, NULL), 0);
	assert_int_equal(packs.count, builtin_pack_count);
	assert_null(packs_find(&packs, STR("nobody")));
	aws = packs_find(&packs, STR("aws"));
	assert_non_null(aws);
	assert_str(aws->source, "aws");
	assert_str(aws->version, "5.100.0");
	assert_int_equal(pack_count(aws, PACK_RESOURCE), 1526);
	assert_int_equal(pack_count(aws, PACK_DATA), 608);
	assert_int_equal(pack_count(aws, PACK_EPHEMERAL), 7);
	assert_int_equal(pack_count(aws, PACK_FUNCTION), 3);
	assert_true(pack_find(aws, PACK_RESOURCE, STR("aws_sqs_queue"), &schema));
	assert_true(pack_attribute_find(&schema.block, STR("delay_seconds"), &attribute));
	assert_int_equal(attribute.flags, PACK_OPTIONAL | PACK_PLAIN);
	assert_int_equal(attribute.type.kind, PACK_TYPE_NUMBER);
	for (size_t i = 0; i < pack_count(aws, PACK_RESOURCE); i++)
		assert_true(pack_find(
			aws, PACK_RESOURCE, pack_name_at(aws, PACK_RESOURCE, i), &schema));
	assert_int_equal(pack_check(aws, NULL), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(whole, setup, teardown),
		cmocka_unit_test_setup_teardown(one_type, setup, teardown),
		cmocka_unit_test_setup_teardown(attributes, setup, teardown),
		cmocka_unit_test_setup_teardown(blocks, setup, teardown),
		cmocka_unit_test_setup_teardown(functions, setup, teardown),
		cmocka_unit_test_setup_teardown(shared, setup, teardown),
		cmocka_unit_test_setup_teardown(no_schemas, setup, teardown),
		cmocka_unit_test_setup_teardown(deep, setup, teardown),
		cmocka_unit_test_setup_teardown(damaged, setup, teardown),
		cmocka_unit_test_setup_teardown(newer, setup, teardown),
		cmocka_unit_test_setup_teardown(memory, setup, teardown),
		cmocka_unit_test_setup_teardown(builtin, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
