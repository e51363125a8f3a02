/* SPDX-License-Identifier: Apache-2.0 */
/* Signatures of every type in the program: within their budget, and JSON that can be read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"
#include "base/tokens.h"
#include "catalog/packs.h"
#include "catalog/signature.h"

enum { ARENA_MOST = 64 << 20, OUT_MOST = 1 << 20 };

static void check(struct pack *pack, enum pack_kind kind, struct str type, size_t budget, bool json,
	struct arena *arena)
{
	const struct signature signature = {
		.pack = pack, .kind = kind, .type = type, .budget = budget, .json = json};
	CLEANUP(buf_free) struct buf out = BUF(OUT_MOST);
	CLEANUP(doc_cleanup) struct doc *doc = NULL;

	assert_int_equal(signature_write(&signature, arena, &out), 1);
	if (token_estimate(buf_str(&out)) > budget)
		fail_msg("%.*s takes %zu tokens, not %zu", STR_ARG(type),
			token_estimate(buf_str(&out)), budget);
	if (!json)
		return;
	assert_int_equal(
		json_read(buf_str(&out), &(struct json_options){.name = type}, &doc, NULL), 0);
	assert_int_equal(doc_check_keys(doc_root(doc), NULL), 0);
	assert_true(node_is_string(NODE_GET(doc_root(doc), "name")));
}

static void keeps_to_budget(void **state)
{
	CLEANUP(arena_cleanup) struct arena *room = arena_create(ARENA_MOST);
	CLEANUP(packs_close) struct packs packs = {0};
	const size_t budgets[] = {300, 2000};

	(void)state;
	assert_int_equal(packs_open(NULL, room, &packs, NULL), 0);
	for (size_t i = 0; i < packs.count; i++)
		for (enum pack_kind kind = PACK_RESOURCE; kind <= PACK_EPHEMERAL; kind++) {
			struct pack *pack = &packs.items[i].pack;

			for (size_t k = 0; k < pack_count(pack, kind); k++)
				for (size_t b = 0; b < COUNT_OF(budgets) * 2; b++) {
					CLEANUP(arena_cleanup)
					struct arena *arena = arena_create(ARENA_MOST);

					check(pack, kind, pack_name_at(pack, kind, k),
						budgets[b / 2], b % 2, arena);
				}
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(keeps_to_budget)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
