/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Facts of a type, from the tables of tools/embed-facts.  Apart from packs, since facts are of the program's own and
 * never of a file: nothing is checked here.
 */
#include "catalog/facts.h"

#include "catalog/facts_table.h"

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

uint32_t facts_of_type(
	const struct pack *pack, enum pack_kind kind, struct str type, struct arena *arena)
{
	struct str name =
		arena_printf(arena, "%.*s/%.*s", STR_ARG(pack_kind_name(kind)), STR_ARG(type));
	const struct facts_type *found = NULL;

	if (!str_absent(name) && is_about(pack))
		found = find_type(name);
	return found ? found->block : 0;
}

struct argument_facts facts_of_argument(uint32_t number, struct str name)
{
	const struct facts_block *block = &facts_blocks[number];
	uint32_t low = 0, high = block->count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		const struct facts_entry *entry = &facts_entries[block->first + middle];
		int order = str_cmp(text_at(entry->name), name);

		if (order == 0)
			return (struct argument_facts){block->first + middle + 1, entry->block};
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return (struct argument_facts){0, 0};
}

struct str facts_members(uint32_t number)
{
	if (!number || number > facts_entry_count)
		return (struct str){NULL, 0};
	return text_at(facts_entries[number - 1].fact);
}
