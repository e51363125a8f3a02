/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Any bytes as an intent: compiled, and compared with itself as its own base,
 * which must relax nothing.
 */
#include <stdlib.h>

#include "base/yaml.h"
#include "gate/intent.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create((size_t)64 * 1024 * 1024);
	CLEANUP(doc_cleanup) struct doc *doc = NULL;
	struct findings findings = {.arena = arena};
	struct intent_options options = {.now = 1764000000};
	struct intent *intent = NULL, *base = NULL;

	if (!arena || yaml_read((struct str){(const char *)data, size}, STR("i"), &doc, NULL) < 0)
		return 0;
	if (intent_read(doc, &options, arena, &intent, NULL) < 0)
		return 0;
	if (intent_read(doc, &options, arena, &base, NULL) < 0)
		abort();
	if (intent_compare_base(intent, base, &findings, NULL) == 0 && findings.count > 0)
		abort();
	return 0;
}
