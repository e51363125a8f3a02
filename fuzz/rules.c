/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rule files as input, then held against one fixed plan: neither reading nor
 * judging may crash, whatever a rule says.
 */
#include "base/yaml.h"
#include "gate/rule.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char plan_text[] =
	"{\"format_version\":\"1.2\",\"planned_values\":{},\"resource_changes\":[{\"address\":"
	"\"aws_x.x\",\"mode\":\"managed\",\"type\":\"aws_x\",\"name\":\"x\",\"provider_name\":"
	"\"p\","
	"\"change\":{\"actions\":[\"update\"],\"before\":{\"a\":1,\"b\":[{\"c\":\"d\"},{\"c\":2}],"
	"\"p\":\"{\\\"Statement\\\":[{\\\"Sid\\\":\\\"a\\\"}]}\",\"i\":[{\"protocol\":\"tcp\","
	"\"cidr_blocks\":[\"10.0.0.0/"
	"8\"],\"from_port\":1,\"to_port\":2}]},\"after\":{\"a\":0,\"b\":"
	"[{\"c\":3}],\"p\":\"\"},\"after_unknown\":{\"z\":true}}}]}";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create((size_t)64 << 20);
	CLEANUP(doc_cleanup) struct doc *doc = NULL;
	struct str text = {(const char *)data, size};
	struct findings findings = {.arena = arena};
	struct plans plans = {0};
	struct rules *rules;
	struct error err;

	if (!arena || rules_create(arena, &rules, &err) < 0)
		return 0;
	if (yaml_read(text, STR("fuzz"), &doc, &err) < 0 || rules_add(rules, doc, &err) < 0)
		return 0;
	if (plan_read(str_of(plan_text), STR("plan"), arena, &plans, &err) < 0)
		return 0;
	if (rules_apply(rules, &plans.items[0], NULL, &findings, &err) < 0 && err.id != ERR_MEMORY)
		__builtin_trap();
	plan_free(&plans.items[0]);
	return 0;
}
