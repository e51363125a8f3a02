/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A summary as input, held against one fixed plan: whatever it says, the
 * answer is a verdict, and text that names nothing never passes.
 */
#include "model/verify.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char plan_text[] =
	"{\"format_version\":\"1.2\",\"planned_values\":{},\"resource_changes\":["
	"{\"address\":\"aws_x.x[0]\",\"mode\":\"managed\",\"type\":\"aws_x\",\"name\":\"x\","
	"\"index\":"
	"0,\"provider_name\":\"p\",\"change\":{\"actions\":[\"update\"],\"before\":{\"a\":1,\"b\":"
	"\"c\"},\"after\":{\"a\":2,\"b\":\"c\"},\"after_unknown\":{}}},"
	"{\"address\":\"aws_x.x[1]\",\"mode\":\"managed\",\"type\":\"aws_x\",\"name\":\"x\","
	"\"index\":"
	"1,\"provider_name\":\"p\",\"deposed\":\"00ff00ff\",\"change\":{\"actions\":[\"delete\"],"
	"\"before\":{\"a\":1},\"after\":null,\"after_unknown\":{}}},"
	"{\"address\":\"module.m[\\\"k\\\"].aws_y.y\",\"module_address\":\"module.m[\\\"k\\\"]\","
	"\"mode\":\"managed\",\"type\":\"aws_y\",\"name\":\"y\",\"provider_name\":\"p\",\"change\":"
	"{"
	"\"actions\":[\"delete\",\"create\"],\"before\":{},\"after\":{},\"after_unknown\":{}}}]}";

static void check(struct str text, struct verify *verify)
{
	struct error err;

	if (verify_prose(verify, text, &err) < 0) {
		if (err.id != ERR_MEMORY)
			__builtin_trap();
	} else if (str_find(text, STR("aws_y")) == SIZE_MAX && verify->findings->count == 0) {
		__builtin_trap();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create((size_t)256 << 20);
	struct str text = {(const char *)data, size};
	struct findings none = {.arena = arena}, findings = {.arena = arena};
	struct plans plans = {0};
	struct verify verify = {.arena = arena, .findings = &findings, .file = STR("fuzz")};
	struct words *words;
	struct facts *facts;
	struct error err;

	if (!arena || size > SUMMARY_MOST || words_load(arena, &words, &err) < 0 ||
		plan_read(str_of(plan_text), STR("plan"), arena, &plans, &err) < 0)
		return 0;
	if (facts_build(&plans.items[0], &none, arena, &facts, &err) == 0) {
		verify.words = words;
		verify.facts = facts;
		check(text, &verify);
	}
	plan_free(&plans.items[0]);
	return 0;
}
