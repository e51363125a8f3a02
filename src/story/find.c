/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Words are looked for in the names of all types of the packs that hold: those that have more of the words first, of
 * these the shorter names.
 */
#include "story/find.h"

#include <stdlib.h>

#include "base/json.h"
#include "catalog/signature.h"
#include "report/encode.h"
#include "story/schema.h"

struct candidate {
	struct find_result result;
	size_t score;
};

static int by_score(const void *left, const void *right)
{
	const struct candidate *a = left, *b = right;

	if (a->score != b->score)
		return a->score > b->score ? -1 : 1;
	if (a->result.name.len != b->result.name.len)
		return a->result.name.len < b->result.name.len ? -1 : 1;
	return str_cmp(a->result.name, b->result.name);
}

static size_t score(struct str words, struct str name)
{
	struct str rest = words;
	size_t found = 0;

	while (!str_absent(rest)) {
		struct str word = str_split(&rest, ' ');

		found += !str_empty(word) && str_find_nocase(name, word) != SIZE_MAX;
	}
	return found;
}

int find_run(const struct find_options *options, struct arena *arena,
	struct find_results *ret_results, struct error *err)
{
	CLEANUP(packs_close) struct packs packs = {0};
	size_t limit = options->limit ? options->limit : FIND_LIMIT_PRESET, count = 0, room = 0;
	struct candidate *candidates = NULL;
	enum pack_kind only = PACK_KINDS_OF_LISTS;
	int r;

	if (str_empty(str_trim(options->words)))
		return error_set(err, ERR_USAGE, "there are no words to look for");
	if (limit > FIND_LIMIT_MOST)
		return error_set(err, ERR_USAGE, "at most %d results can be had", FIND_LIMIT_MOST);
	if (!str_absent(options->kind) && !pack_kind_find(options->kind, &only))
		return error_set(err, ERR_USAGE, "'%.*s' is no kind", STR_ARG(options->kind));
	r = schemas_open(arena, &packs, err);
	for (size_t i = 0; r == 0 && i < packs.count; i++) {
		struct pack *pack = &packs.items[i].pack;
		struct str source = arena_printf(arena, "%.*s %.*s",
			STR_ARG(arena_str(arena, pack->source)), STR_ARG(pack->version));

		if (!str_absent(options->provider) && !str_eq(options->provider, pack->name))
			continue;
		for (enum pack_kind kind = 0; kind < PACK_KINDS_OF_LISTS; kind++)
			for (size_t k = 0; k < pack_count(pack, kind); k++) {
				struct str name = arena_str(arena,
					signature_name(
						pack, kind, pack_name_at(pack, kind, k), arena));
				size_t found = score(options->words, name);

				if (!found || (only != PACK_KINDS_OF_LISTS && only != kind))
					continue;
				if (!arena_grow(arena, (void **)&candidates, count, &room,
					    sizeof(*candidates)))
					return error_memory(err);
				candidates[count++] = (struct candidate){
					{name, {NULL, 0}, pack_kind_name(kind), STR(""), source},
					found};
			}
		r = pack_check(pack, err);
	}
	if (r < 0)
		return r;
	if (count)
		qsort(candidates, count, sizeof(*candidates), by_score);
	ret_results->count = count < limit ? count : limit;
	ret_results->items = ARENA_ARRAY(arena, struct find_result, ret_results->count);
	if (arena_failed(arena))
		return error_memory(err);
	for (size_t i = 0; i < ret_results->count; i++)
		ret_results->items[i] = candidates[i].result;
	return 0;
}

static void print_json(const struct find_results *results, struct buf *out)
{
	struct json_writer writer;

	json_writer_init(&writer, out, 0);
	json_object_begin(&writer);
	json_key(&writer, STR("results"));
	json_array_begin(&writer);
	for (size_t i = 0; i < results->count; i++) {
		const struct find_result *result = &results->items[i];

		json_object_begin(&writer);
		json_member(&writer, "name", result->name);
		json_key(&writer, STR("member"));
		if (str_absent(result->member))
			json_null(&writer);
		else
			json_string(&writer, result->member);
		json_member(&writer, "kind", result->kind);
		json_member(&writer, "summary", result->summary);
		json_member(&writer, "source", result->source);
		json_object_end(&writer);
	}
	json_array_end(&writer);
	json_object_end(&writer);
	buf_add_char(out, '\n');
}

void find_print(const struct find_results *results, bool json, struct buf *out)
{
	if (json) {
		print_json(results, out);
		return;
	}
	for (size_t i = 0; i < results->count; i++) {
		const struct find_result *result = &results->items[i];

		encode_terminal(out, result->name);
		if (!str_absent(result->member)) {
			buf_add_char(out, '#');
			encode_terminal(out, result->member);
		}
		if (!str_empty(result->summary)) {
			buf_add(out, STR("  "));
			encode_terminal(out, result->summary);
		}
		buf_printf(out, "  (%.*s, ", STR_ARG(result->kind));
		encode_terminal(out, result->source);
		buf_add(out, STR(")\n"));
	}
}
