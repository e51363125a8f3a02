/* SPDX-License-Identifier: Apache-2.0 */
/* What weir offers: few enough words, and definitions that a server takes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/tokens.h"
#include "mcp/tools.h"

enum { DEFINITIONS_MOST = 2500 };

static void definitions_are_short_and_are_loaded(void **state)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create(1 << 20);
	struct mcp_world world = {.workspace = STR("/")};
	struct mcp_features features;
	struct mcp_server *server = NULL;

	(void)state;
	assert_int_equal(mcp_product(&world, arena, &features, NULL), 0);
	assert_in_range(token_estimate(features.tools), 1, DEFINITIONS_MOST);
	assert_int_equal(mcp_server_create(&features, arena, &server, NULL), 0);
	mcp_server_destroy(server);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(definitions_are_short_and_are_loaded)};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
