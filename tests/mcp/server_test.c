/* SPDX-License-Identifier: Apache-2.0 */
/* A server with tools of the test's own: pages, calls that wait, what is cancelled, what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "mcp/server.h"

#define INITIALIZE                                                                                 \
	"{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{\"protocolVersion\":" \
	"\"2025-11-25\"}}"

static int quick(
	struct mcp_call *call, struct node arguments, struct mcp_result *result, struct error *err)
{
	(void)call, (void)arguments, (void)err;
	buf_add(&result->text, STR("done"));
	return 0;
}

static int fails(
	struct mcp_call *call, struct node arguments, struct mcp_result *result, struct error *err)
{
	(void)call, (void)arguments, (void)result;
	return error_set(err, ERR_PLAN_EMPTY, "no: AKIAIOSFODNN7EXAMPLE");
}

struct world {
	struct arena *arena;
	struct mcp_features features;
	struct mcp_server *server;
	struct mcp_session session;
	struct buf out;
};

static const struct mcp_tool table[] = {
	{"quick", quick, false}, {"long", quick, true}, {"fails", fails, false}};

static int set_up(void **state)
{
	struct world *world = mem_alloc(sizeof(*world));

	world->arena = arena_create(1 << 20);
	world->features = (struct mcp_features){.name = "test",
		.title = "test",
		.version = "1",
		.instructions = "none",
		.tools =
			STR("[{\"name\":\"quick\",\"inputSchema\":{\"type\":\"object\"}},{\"name\":"
			    "\"long\",\"inputSchema\":{\"type\":\"object\"}},{\"name\":\"fails\","
			    "\"inputSchema\":{\"type\":\"object\"}}]"),
		.tool_table = table,
		.tool_count = COUNT_OF(table)};
	world->out = BUF(64 << 20);
	*state = world;
	return mcp_server_create(&world->features, world->arena, &world->server, NULL);
}

static int tear_down(void **state)
{
	struct world *world = *state;

	mcp_session_close(&world->session);
	mcp_server_destroy(world->server);
	buf_free(&world->out);
	arena_destroy(world->arena);
	mem_free(world);
	return 0;
}

static const char *say(struct world *world, const char *line)
{
	buf_clear(&world->out);
	mcp_server_take(world->server, &world->session, str_of(line), &world->out);
	buf_add_char(&world->out, '\0');
	return world->out.data;
}

static void check_call(struct world *world, const char *id, const char *tool, const char *expected)
{
	CLEANUP(buf_free) struct buf line = BUF(4096);

	buf_printf(&line,
		"{\"jsonrpc\":\"2.0\",\"id\":%s,\"method\":\"tools/call\",\"params\":{\"name\":"
		"\"%s\"}}",
		id, tool);
	buf_add_char(&line, '\0');
	assert_string_equal(say(world, line.data), expected);
}

static void a_quick_tool_is_answered_at_once_and_a_long_one_is_kept(void **state)
{
	struct world *world = *state;
	struct mcp_call *call;

	say(world, INITIALIZE);
	check_call(world, "1", "long", "");
	check_call(world, "2", "quick",
		"{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{\"content\":[{\"type\":\"text\","
		"\"text\":"
		"\"done\"}]}}\n");
	check_call(world, "1", "quick",
		"{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32600,\"message\":\"A request "
		"with this id is not answered yet.\"}}\n");
	call = world->session.live;
	buf_clear(&world->out);
	mcp_call_end(
		world->server, &world->session, call, STR("{\"content\":[]}"), "no", &world->out);
	buf_add_char(&world->out, '\0');
	assert_string_equal(
		world->out.data, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"content\":[]}}\n");
	assert_null(world->session.live);
	assert_int_equal(world->session.live_bytes, 0);
}

static void an_answer_that_is_no_object_is_an_error(void **state)
{
	static const char *const bad[] = {"", "[]", "{\"content\":", "{}{}", "{}\n{\"id\":1}"};
	struct world *world = *state;

	say(world, INITIALIZE);
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		check_call(world, "\"x\"", "long", "");
		buf_clear(&world->out);
		mcp_call_end(world->server, &world->session, world->session.live, str_of(bad[i]),
			"It died.", &world->out);
		buf_add_char(&world->out, '\0');
		assert_string_equal(world->out.data,
			"{\"jsonrpc\":\"2.0\",\"id\":\"x\",\"error\":{\"code\":-32603,\"message\":"
			"\"It died.\"}}\n");
	}
}

static void a_cancelled_call_is_not_answered(void **state)
{
	struct world *world = *state;

	say(world, INITIALIZE);
	check_call(world, "1", "long", "");
	say(world,
		"{\"jsonrpc\":\"2.0\",\"method\":\"notifications/"
		"cancelled\",\"params\":{\"requestId\":"
		"\"1\"}}");
	assert_false(world->session.live->is_cancelled);
	assert_string_equal(say(world,
				    "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\","
				    "\"params\":{\"requestId\":1}}"),
		"");
	assert_true(world->session.live->is_cancelled);
	buf_clear(&world->out);
	mcp_call_end(world->server, &world->session, world->session.live, STR("{\"content\":[]}"),
		"no", &world->out);
	assert_int_equal(world->out.len, 0);
}

static void calls_beyond_the_limit_are_refused_and_cost_nothing(void **state)
{
	struct world *world = *state;
	char id[16];

	say(world, INITIALIZE);
	for (int i = 0; i < MCP_LIVE_MOST; i++) {
		CLEANUP(buf_free) struct buf text = BUF(16);

		buf_printf(&text, "%d", i + 1);
		memcpy(id, text.data, text.len);
		id[text.len] = '\0';
		check_call(world, id, "long", "");
	}
	check_call(world, "1000", "long",
		"{\"jsonrpc\":\"2.0\",\"id\":1000,\"result\":{\"content\":[{\"type\":\"text\","
		"\"text\":\"Too many calls wait already. Send this one again when another has been "
		"answered.\"}],\"isError\":true}}\n");
	assert_int_equal(world->session.live_count, MCP_LIVE_MOST);
}

static void an_error_of_a_tool_is_a_result_without_secrets(void **state)
{
	struct world *world = *state;

	say(world, INITIALIZE);
	say(world,
		"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":"
		"\"fails\"}}");
	assert_non_null(strstr(world->out.data, "\"isError\":true"));
	assert_non_null(strstr(world->out.data, "no: weir-redacted-"));
	assert_non_null(strstr(world->out.data, "[plan-empty]"));
	assert_null(strstr(world->out.data, "AKIA"));
}

static void a_list_is_told_page_by_page(void **state)
{
	CLEANUP(buf_free) struct buf prompts = BUF(1 << 16);
	CLEANUP(arena_cleanup) struct arena *arena = arena_create(1 << 20);
	struct mcp_features features = {
		.name = "t", .title = "t", .version = "1", .instructions = ""};
	struct mcp_server *server = NULL, *own;
	struct world *world = *state;

	buf_add_char(&prompts, '[');
	for (int i = 0; i < 101; i++)
		buf_printf(&prompts, "%s{\"name\":\"p%d\"}", i ? "," : "", i);
	buf_add_char(&prompts, ']');
	features.prompts = buf_str(&prompts);
	assert_int_equal(mcp_server_create(&features, arena, &server, NULL), 0);
	own = world->server;
	world->server = server;
	say(world, INITIALIZE);
#define LIST(params)                                                                               \
	"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"prompts/list\",\"params\":" params "}"
	say(world, LIST("{}"));
	assert_non_null(strstr(world->out.data, "{\"name\":\"p49\"}],\"nextCursor\":\"p50\""));
	say(world, LIST("{\"cursor\":\"p50\"}"));
	assert_non_null(strstr(world->out.data, "[{\"name\":\"p50\"}"));
	assert_non_null(strstr(world->out.data, "{\"name\":\"p99\"}],\"nextCursor\":\"p100\""));
	say(world, LIST("{\"cursor\":\"p100\"}"));
	assert_string_equal(world->out.data,
		"{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"prompts\":[{\"name\":\"p100\"}]}}\n");
	static const char *const bad[] = {LIST("{\"cursor\":\"\"}"), LIST("{\"cursor\":\"p0\"}"),
		LIST("{\"cursor\":\"p51\"}"), LIST("{\"cursor\":\"p150\"}"), LIST("{\"cursor\":1}"),
		LIST("{\"cursor\":\"p50x\"}")};
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		assert_non_null(strstr(say(world, bad[i]), "\"code\":-32602"));
	world->server = own;
	mcp_server_destroy(server);
}

static void definitions_without_a_function_are_refused(void **state)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create(1 << 20);
	struct mcp_features features = {
		.tools = STR("[{\"name\":\"other\",\"inputSchema\":{\"type\":\"object\"}}]")};
	struct mcp_server *server = NULL;
	struct error err;

	(void)state;
	assert_int_equal(mcp_server_create(&features, arena, &server, &err), -70);
	assert_int_equal(err.id, ERR_DEFECT);
}

/* Every allocation fails in turn: what is said is a message or nothing, and the server takes the next line. */
static void where_memory_runs_out_the_server_lives(void **state)
{
	static const char *const lines[] = {INITIALIZE,
		"{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"tools/list\"}",
		"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":"
		"\"quick\",\"arguments\":{\"a\":\"\\u0041\"}}}",
		"{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/call\",\"params\":{\"name\":"
		"\"quick\",\"arguments\":[1]}}",
		"{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"tools/call\",\"params\":{\"name\":"
		"\"fails\"}}",
		"{\"jsonrpc\":\"2.0\",\"id\":4,\"method\":\"tools/call\",\"params\":{\"name\":"
		"\"quik\"}}",
		"{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"resources/read\",\"params\":{\"uri\":"
		"\"x\"}}",
		"nonsense"};
	struct world *world = *state;
	bool failed = true;

	for (uint64_t nth = 1; failed; nth++) {
		assert_in_range(nth, 1, 1000);
		buf_clear(&world->out);
		mem_fail_from(nth);
		for (size_t i = 0; i < COUNT_OF(lines); i++)
			mcp_server_take(
				world->server, &world->session, str_of(lines[i]), &world->out);
		failed = mem_count() >= nth;
		mem_fail_from(0);
		if (buf_failed(&world->out)) {
			buf_free(&world->out);
			world->out = BUF(64 << 20);
		}
		assert_null(world->session.live);
		say(world, INITIALIZE);
		assert_non_null(strstr(world->out.data, "\"protocolVersion\""));
	}
}

int main(int argc, char **argv)
{
#define WITH_SERVER(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		WITH_SERVER(a_quick_tool_is_answered_at_once_and_a_long_one_is_kept),
		WITH_SERVER(an_answer_that_is_no_object_is_an_error),
		WITH_SERVER(a_cancelled_call_is_not_answered),
		WITH_SERVER(calls_beyond_the_limit_are_refused_and_cost_nothing),
		WITH_SERVER(an_error_of_a_tool_is_a_result_without_secrets),
		WITH_SERVER(a_list_is_told_page_by_page),
		WITH_SERVER(where_memory_runs_out_the_server_lives),
		cmocka_unit_test(definitions_without_a_function_are_refused),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
