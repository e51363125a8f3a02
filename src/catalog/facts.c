/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Facts of a type, from the tables of tools/embed-facts to JSON.  Apart from packs, since facts are of the
 * program's own and never of a file: nothing is checked here.
 */
#include "catalog/facts.h"

#include "catalog/facts_table.h"

enum { JSON_CEILING = 4 << 20 };

static struct str text_at(uint32_t place)
{
	return str_of(facts_text + place);
}

/* "aws" stands for "hashicorp/aws". */
static bool is_about(const struct pack *pack)
{
	struct str provider = str_of(facts_provider);
	struct str name = str_slice(provider, str_find_char(provider, '/') + 1, SIZE_MAX);

	return (str_eq(pack->source, provider) || str_eq(pack->source, name)) &&
		str_eq(pack->version, str_of(facts_version));
}

static const struct facts_type *find_type(struct str name)
{
	size_t low = 0, high = facts_type_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = str_cmp(text_at(facts_types[middle].name), name);

		if (order == 0)
			return &facts_types[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

/* Blocks in it have lower numbers, so this ends. */
static void add_block(struct buf *out, uint32_t number)
{
	const struct facts_block *block = &facts_blocks[number];

	buf_add_char(out, '{');
	for (uint32_t i = 0; i < block->count; i++) {
		const struct facts_entry *entry = &facts_entries[block->first + i];
		struct str fact = text_at(entry->fact);

		buf_printf(out, "%s\"%.*s\":{%.*s", i ? "," : "", STR_ARG(text_at(entry->name)),
			STR_ARG(fact));
		if (entry->block) {
			buf_add(out, str_empty(fact) ? STR("\"of\":") : STR(",\"of\":"));
			add_block(out, entry->block);
		}
		buf_add_char(out, '}');
	}
	buf_add_char(out, '}');
}

int facts_json(struct pack *pack, enum pack_kind kind, struct str type, struct arena *arena,
	struct str *ret_text, struct error *err)
{
	CLEANUP(buf_free) struct buf out = BUF(JSON_CEILING);
	struct str name =
		arena_printf(arena, "%.*s/%.*s", STR_ARG(pack_kind_name(kind)), STR_ARG(type));
	const struct facts_type *found;

	if (str_absent(name))
		return error_memory(err);
	found = is_about(pack) ? find_type(name) : NULL;
	if (!found)
		return 0;
	add_block(&out, found->block);
	name = arena_str(arena, buf_str(&out));
	if (str_absent(name))
		return error_memory(err);
	*ret_text = name;
	return 1;
}
