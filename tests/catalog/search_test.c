/* SPDX-License-Identifier: Apache-2.0 */
/* What is found by which words, in an index of a provider of three types. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/yaml.h"
#include "catalog/search.h"
#include "catalog/words.h"

enum { ARENA_MOST = 64 << 20, PACK_MOST = 1 << 20 };

#define STRING "{\"type\":\"string\",\"optional\":true}"
static const struct str schemas = STR_INIT(
	"{\"format_version\":\"1.0\",\"provider_schemas\":{\"example/demo\":{"
	"\"resource_schemas\":{"
	"\"demo_sqs_queue\":{\"version\":0,\"block\":{\"attributes\":{\"delay_seconds\":" STRING
	",\"url\":{\"type\":\"string\",\"computed\":true}}}},"
	"\"demo_sqs_queue_policy\":{\"version\":0,\"block\":{\"attributes\":{\"queue_url\":" STRING
	"}}},"
	"\"demo_bucket\":{\"version\":0,\"block\":{\"attributes\":{\"name\":" STRING "},"
	"\"block_types\":{\"versioning\":{\"nesting_mode\":\"list\",\"block\":{\"attributes\":{"
	"\"mfa_delete\":" STRING "}}}}}}},"
	"\"data_source_schemas\":{\"demo_bucket\":{\"version\":0,\"block\":{\"attributes\":{"
	"\"name\":" STRING "}}}}}}}");
static const struct pack_origin demo = {STR_INIT("example/demo"), STR_INIT("1.2.3")};
static const struct str knowledge =
	STR_INIT("demo_sqs_queue:\n  is: messages that wait until a worker takes them\n  members:\n"
		 "    delay_seconds: how long a message stays hidden at first\n"
		 "demo_bucket: files in the cloud\n");
static const struct str synonyms = STR_INIT("services:\n  demo_sqs: simple queue service\nwords:\n "
					    " mail box: [queue]\n  folder: [bucket]\n");

struct fixture {
	struct arena *arena;
	struct buf bytes;
	struct doc *docs[2];
	struct database *database;
	struct packs packs;
	struct packs_entry entry;
};

static int setup(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));
	struct index_writer writer = {0};
	struct node known;

	fixture->arena = arena_create(ARENA_MOST);
	fixture->bytes = BUF(PACK_MOST);
	assert_int_equal(pack_compile(schemas, STR("s"), &demo, &fixture->bytes, NULL), 0);
	assert_int_equal(
		pack_open(buf_str(&fixture->bytes), STR("p"), &fixture->entry.pack, NULL), 0);
	fixture->packs = (struct packs){.items = &fixture->entry, .count = 1};
	assert_int_equal(yaml_read(knowledge, STR("k"), &fixture->docs[0], NULL), 0);
	assert_int_equal(yaml_read(synonyms, STR("s"), &fixture->docs[1], NULL), 0);
	assert_int_equal(database_create(&fixture->database, NULL), 0);
	known = doc_root(fixture->docs[0]);
	writer = (struct index_writer){.database = fixture->database,
		.arena = fixture->arena,
		.synonyms = doc_root(fixture->docs[1]),
		.knowledge = &known,
		.knowledge_count = 1};
	assert_int_equal(index_begin(&writer, NULL), 0);
	assert_int_equal(index_add_pack(&writer, &fixture->entry.pack, NULL), 0);
	assert_int_equal(index_finish(&writer, NULL), 0);
	*state = fixture;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *fixture = *state;

	database_close(&fixture->database);
	doc_free(fixture->docs[0]);
	doc_free(fixture->docs[1]);
	buf_free(&fixture->bytes);
	arena_destroy(fixture->arena);
	free(fixture);
	return 0;
}

/* The results as "name#member", a blank between two. */
static struct str found(struct fixture *fixture, const struct search *search)
{
	struct find_result *results;
	struct str text = STR("");
	size_t count;

	assert_int_equal(search_run(fixture->database, &fixture->packs, search, fixture->arena,
				 &results, &count, NULL),
		0);
	for (size_t i = 0; i < count; i++)
		text = arena_printf(fixture->arena, "%.*s%s%.*s%s%.*s", STR_ARG(text), i ? " " : "",
			STR_ARG(results[i].name), str_absent(results[i].member) ? "" : "#",
			STR_ARG(results[i].member));
	return text;
}

static void expect(struct fixture *fixture, const char *words, size_t limit, const char *wanted)
{
	const struct search search = {.words = str_of(words), .limit = limit};
	struct str text = found(fixture, &search);

	if (!str_is(text, wanted))
		fail_msg("%s: found %.*s, not %s", words, STR_ARG(text), wanted);
}

static void finds_by_name(void **state)
{
	expect(*state, "sqs queue", 1, "demo_sqs_queue");
	expect(*state, "demo_sqs_queue_policy", 1, "demo_sqs_queue_policy");
	expect(*state, "DemoSqsQueue", 1, "demo_sqs_queue");
	expect(*state, "demo_sqs_qu", 1, "demo_sqs_queue");
	expect(*state, "nothing of that sort", 5, "");
	expect(*state, "", 5, "");
}

static void finds_by_purpose(void **state)
{
	expect(*state, "messages waiting for workers", 1, "demo_sqs_queue");
	expect(*state, "cloud file", 1, "demo_bucket");
	expect(*state, "a folder", 1, "demo_bucket");
	expect(*state, "mail boxes", 1, "demo_sqs_queue");
}

static void finds_members(void **state)
{
	expect(*state, "delay of a queue in seconds", 1, "demo_sqs_queue#delay_seconds");
	expect(*state, "stays hidden", 1, "demo_sqs_queue#delay_seconds");
	expect(*state, "bucket mfa delete", 2, "demo_bucket#versioning.mfa_delete demo_bucket");
}

static void keeps_kinds_apart(void **state)
{
	struct fixture *fixture = *state;
	struct search search = {.words = STR("bucket"), .limit = 5};

	expect(fixture, "bucket", 5, "demo_bucket");
	expect(fixture, "look up existing bucket", 5, "data.demo_bucket");
	search.kind = STR("data");
	assert_true(str_is(found(fixture, &search), "data.demo_bucket"));
	search.kind = STR("function");
	assert_true(str_is(found(fixture, &search), ""));
	search.kind = (struct str){NULL, 0};
	search.provider = STR("other");
	assert_true(str_is(found(fixture, &search), ""));
}

static void parts_words(void **state)
{
	struct fixture *fixture = *state;
	struct words words = {0};

	words_add(&words, STR("AwsSqsQueue, IAMRoles; db-instance/x86_64 v2IDs"), fixture->arena);
	assert_true(str_is(words_join(&words, fixture->arena),
		"aws sqs queue iam roles db instance x86 64 v2 ids"));
	assert_true(words_is_empty(STR("the")));
	assert_false(words_is_empty(STR("s3")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(finds_by_name, setup, teardown),
		cmocka_unit_test_setup_teardown(finds_by_purpose, setup, teardown),
		cmocka_unit_test_setup_teardown(finds_members, setup, teardown),
		cmocka_unit_test_setup_teardown(keeps_kinds_apart, setup, teardown),
		cmocka_unit_test_setup_teardown(parts_words, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
