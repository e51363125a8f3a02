/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is found stands in an index; the members of what is found in the packs that hold for the project.
 */
#include "story/find.h"

#include "base/json.h"
#include "catalog/search.h"
#include "report/encode.h"
#include "story/schema.h"

int find_run(const struct find_options *options, struct arena *arena,
	struct find_results *ret_results, struct error *err)
{
	CLEANUP(packs_close) struct packs packs = {0};
	CLEANUP(database_close) struct database *database = NULL;
	const struct search search = {.words = options->words,
		.kind = options->kind,
		.provider = options->provider,
		.limit = options->limit ? options->limit : FIND_LIMIT_PRESET};
	enum pack_kind kind;
	int r;

	if (str_empty(str_trim(options->words)))
		return error_set(err, ERR_USAGE, "there are no words to look for");
	if (options->words.len > FIND_WORDS_MOST)
		return error_set(err, ERR_USAGE, "words of at most %d bytes are looked for",
			FIND_WORDS_MOST);
	if (search.limit > FIND_LIMIT_MOST)
		return error_set(err, ERR_USAGE, "at most %d results can be had", FIND_LIMIT_MOST);
	if (!str_absent(options->kind) && !pack_kind_find(options->kind, &kind))
		return error_set(err, ERR_USAGE, "'%.*s' is no kind", STR_ARG(options->kind));
	r = schemas_open(arena, &packs, err);
	if (r == 0)
		r = database_read(builtin_index, &database, err);
	return r < 0 ? r
		     : search_run(database, &packs, &search, arena, &ret_results->items,
			       &ret_results->count, err);
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
