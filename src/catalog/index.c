/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From packs, facts and what is known in words to the tables of the index. The same input gives the same bytes.
 */
#include "catalog/index.h"

#include "base/json.h"
#include "catalog/facts.h"
#include "catalog/names.h"
#include "catalog/words.h"

enum {
	DEPTH_MOST = 6,       /* of members in one another that are looked at */
	MEMBERS_MOST = 20000, /* of a type */
	SUMMARY_MOST = 140,   /* bytes */
	SET_LEAST = 64,
};

static const char tables[] =
	"CREATE TABLE entry(id INTEGER PRIMARY KEY, name TEXT NOT NULL, member TEXT, kind TEXT NOT "
	"NULL,"
	" summary TEXT NOT NULL, source TEXT NOT NULL, provider TEXT NOT NULL, deprecated INTEGER "
	"NOT NULL);"
	"CREATE INDEX entry_by_name ON entry(name, member);"
	"CREATE TABLE synonym(stem TEXT NOT NULL, word TEXT NOT NULL, PRIMARY KEY(stem, word)) "
	"WITHOUT ROWID;"
	"CREATE VIRTUAL TABLE search USING fts5(name, service, knowledge, description, members,"
	" content='', detail=column, tokenize='porter ascii');";

/* ---- a set of words, each once, in the order in which they came ---- */

struct set {
	struct words words;
	size_t *slots; /* numbers of words, from 1 */
	size_t slot_count;
};

static size_t hash(struct str word)
{
	size_t value = 5381;

	for (size_t i = 0; i < word.len; i++)
		value = value * 33 + (unsigned char)word.data[i];
	return value;
}

/* The slot of a word, or the empty one where it belongs. */
static size_t slot_of(const struct set *set, struct str word)
{
	size_t slot = hash(word) & (set->slot_count - 1);

	while (set->slots[slot] && !str_eq(set->words.items[set->slots[slot] - 1], word))
		slot = (slot + 1) & (set->slot_count - 1);
	return slot;
}

static bool make_room(struct set *set, struct arena *arena)
{
	if (set->slot_count > 2 * set->words.count)
		return true;
	set->slot_count = set->slot_count ? set->slot_count * 2 : SET_LEAST;
	set->slots = ARENA_ARRAY(arena, size_t, set->slot_count);
	for (size_t i = 0; set->slots && i < set->words.count; i++)
		set->slots[slot_of(set, set->words.items[i])] = i + 1;
	return set->slots != NULL;
}

static void set_add(struct set *set, struct str text, struct arena *arena)
{
	struct words found = {0};

	words_add(&found, text, arena);
	for (size_t i = 0; i < found.count && make_room(set, arena); i++) {
		size_t slot = slot_of(set, found.items[i]), before = set->words.count;

		if (set->slots[slot])
			continue;
		words_add(&set->words, found.items[i], arena);
		if (set->words.count > before)
			set->slots[slot] = set->words.count;
	}
}

/* ---- the words of a type's members ---- */

struct walk {
	struct index_writer *writer;
	struct set members, descriptions;
	size_t count;
};

/* Allowed values are words too: an instance's market type is "spot". */
static void add_values(struct walk *walk, uint32_t fact)
{
	struct str text = arena_printf(walk->writer->arena, "{%.*s}", STR_ARG(facts_members(fact)));
	CLEANUP(doc_cleanup) struct doc *doc = NULL;
	struct node_iter values;

	if (!fact || json_read(text, &(struct json_options){0}, &doc, NULL) < 0)
		return;
	values = node_children(NODE_GET(doc_root(doc), "one_of"));
	while (node_next(&values))
		if (node_is_string(values.value))
			set_add(&walk->members, node_text(values.value, walk->writer->arena),
				walk->writer->arena);
}

static void add_block(
	struct walk *walk, const struct pack_block *block, uint32_t facts, unsigned depth)
{
	struct arena *arena = walk->writer->arena;

	if (depth == DEPTH_MOST || walk->count > MEMBERS_MOST)
		return;
	walk->count += block->attribute_count + block->block_count;
	for (uint32_t i = 0; i < block->attribute_count; i++) {
		struct pack_attribute attribute = pack_attribute_at(block, i);
		struct argument_facts known = facts_of_argument(facts, attribute.name);

		set_add(&walk->members, attribute.name, arena);
		set_add(&walk->descriptions, attribute.description, arena);
		add_values(walk, known.number);
		if (attribute.flags & PACK_NESTED)
			add_block(walk, &attribute.nested.block, known.block, depth + 1);
	}
	for (uint32_t i = 0; i < block->block_count; i++) {
		struct pack_nested nested = pack_nested_at(block, i);

		set_add(&walk->members, nested.name, arena);
		set_add(&walk->descriptions, nested.block.description, arena);
		add_block(walk, &nested.block, facts_of_argument(facts, nested.name).block,
			depth + 1);
	}
}

/* ---- entries ---- */

struct indexed {
	struct str name, member, kind, summary, source, provider;
	bool is_deprecated;
	struct str columns[INDEX_COLUMNS];
};

static int write_entry(
	struct index_writer *writer, const struct indexed *indexed, struct error *err)
{
	const struct str texts[] = {indexed->name, indexed->member, indexed->kind, indexed->summary,
		indexed->source, indexed->provider};
	int r;

	statement_reset(&writer->entry);
	statement_reset(&writer->search);
	statement_bind_int(&writer->entry, 1, ++writer->last);
	for (int i = 0; i < (int)COUNT_OF(texts); i++)
		statement_bind(&writer->entry, 2 + i, texts[i]);
	statement_bind_int(&writer->entry, 2 + (int)COUNT_OF(texts), indexed->is_deprecated);
	r = statement_step(&writer->entry, err);
	statement_bind_int(&writer->search, 1, writer->last);
	for (int i = 0; i < INDEX_COLUMNS; i++)
		statement_bind(&writer->search, 2 + i, indexed->columns[i]);
	return r < 0 ? r : statement_step(&writer->search, err);
}

static struct str join_words(struct str text, struct arena *arena)
{
	struct words words = {0};

	words_add(&words, text, arena);
	return words_join(&words, arena);
}

/* The first sentence or clause that fits on a line. */
static struct str summary_of(struct str text, struct arena *arena)
{
	size_t end = text.len < SUMMARY_MOST ? text.len : SUMMARY_MOST;
	size_t line = str_find_char(text, '\n');

	end = line < end ? line : end;
	if (end == text.len || end == line)
		return arena_str(arena, str_slice(text, 0, end));
	while (end && text.data[end] != ',' && text.data[end] != ' ')
		end--;
	return arena_printf(arena, "%.*s…", STR_ARG(str_slice(text, 0, end)));
}

/* What is known of a type; a bare name means the resource and the data source. */
static struct node knowledge_of(const struct index_writer *writer, struct str name, struct str type)
{
	for (size_t i = 0; i < writer->knowledge_count; i++) {
		struct node found = node_get(writer->knowledge[i], name);

		if (!node_exists(found))
			found = node_get(writer->knowledge[i], type);
		if (node_exists(found))
			return found;
	}
	return NODE_NONE;
}

/* What the type's service is called: of the longest prefix that has a name. */
static struct str service_of(const struct index_writer *writer, struct str type)
{
	struct node_iter services = node_children(NODE_GET(writer->synonyms, "services"));
	struct str best = {NULL, 0}, words = STR("");

	while (node_next(&services)) {
		struct str prefix = node_text(services.key, writer->arena);

		if (str_starts(type, prefix) && prefix.len > best.len &&
			(type.len == prefix.len || type.data[prefix.len] == '_')) {
			best = prefix;
			words = node_text(services.value, writer->arena);
		}
	}
	return words;
}

static int add_members(struct index_writer *writer, const struct indexed *type, struct node members,
	struct error *err)
{
	struct node_iter it = node_children(members);
	int r = 0;

	while (r == 0 && node_next(&it)) {
		struct indexed member = {.name = type->name,
			.kind = type->kind,
			.source = type->source,
			.provider = type->provider};
		struct str text = node_text(it.value, writer->arena);

		member.member = node_text(it.key, writer->arena);
		member.summary = summary_of(text, writer->arena);
		member.columns[INDEX_NAME] = join_words(member.member, writer->arena);
		member.columns[INDEX_KNOWLEDGE] = join_words(text, writer->arena);
		r = write_entry(writer, &member, err);
	}
	return r;
}

static int add_type(struct index_writer *writer, struct pack *pack, enum pack_kind kind,
	struct str type, struct error *err)
{
	struct arena *arena = writer->arena;
	struct walk walk = {.writer = writer};
	struct indexed indexed = {.name = names_entry(pack, kind, type, arena),
		.member = {NULL, 0},
		.kind = pack_kind_name(kind),
		.source = arena_printf(
			arena, "%.*s %.*s", STR_ARG(pack->source), STR_ARG(pack->version)),
		.provider = pack->name};
	struct node known = knowledge_of(writer, indexed.name, type);
	struct str is = node_text(node_is_object(known) ? NODE_GET(known, "is") : known, arena);
	struct str description = {NULL, 0};
	struct pack_function function;
	struct pack_schema schema;
	int r;

	if (kind == PACK_FUNCTION) {
		if (pack_function_find(pack, type, &function))
			description = function.description;
	} else if (pack_find(pack, kind, type, &schema)) {
		description = schema.block.description;
		indexed.is_deprecated = schema.block.flags & PACK_DEPRECATED;
		add_block(&walk, &schema.block, facts_of_type(pack, kind, type, arena), 0);
	}
	set_add(&walk.descriptions, description, arena);
	indexed.summary = summary_of(str_empty(is) ? description : is, arena);
	indexed.columns[INDEX_NAME] = join_words(names_bare(pack->name, type), arena);
	indexed.columns[INDEX_SERVICE] = join_words(service_of(writer, type), arena);
	indexed.columns[INDEX_KNOWLEDGE] = join_words(is, arena);
	indexed.columns[INDEX_DESCRIPTION] = words_join(&walk.descriptions.words, arena);
	indexed.columns[INDEX_MEMBERS] = words_join(&walk.members.words, arena);
	r = write_entry(writer, &indexed, err);
	return r < 0 ? r : add_members(writer, &indexed, NODE_GET(known, "members"), err);
}

int index_add_pack(struct index_writer *writer, struct pack *pack, struct error *err)
{
	int r = 0;

	for (enum pack_kind kind = 0; kind < PACK_KINDS_OF_LISTS; kind++)
		for (size_t i = 0; r == 0 && i < pack_count(pack, kind); i++)
			r = add_type(writer, pack, kind, pack_name_at(pack, kind, i), err);
	if (r == 0)
		r = pack_check(pack, err);
	if (r == 0 && arena_failed(writer->arena))
		r = error_memory(err);
	return r;
}

/* ---- synonyms ---- */

static int add_synonyms(struct index_writer *writer, struct error *err)
{
	struct node_iter words = node_children(NODE_GET(writer->synonyms, "words"));
	CLEANUP(statement_free) struct statement insert = {0};
	int r = statement_prepare(
		writer->database, "INSERT OR IGNORE INTO synonym VALUES(?1, ?2)", &insert, err);

	while (r == 0 && node_next(&words)) {
		struct words key = {0};
		struct node_iter others = node_children(words.value);

		words_add(&key, node_text(words.key, writer->arena), writer->arena);
		for (size_t i = 0; i < key.count; i++)
			key.items[i] = database_stem(writer->database, key.items[i], writer->arena);
		while (r == 0 && node_next(&others)) {
			statement_reset(&insert);
			statement_bind(&insert, 1, words_join(&key, writer->arena));
			statement_bind(&insert, 2, node_text(others.value, writer->arena));
			r = statement_step(&insert, err);
		}
	}
	return r;
}

int index_begin(struct index_writer *writer, struct error *err)
{
	int r = database_run(writer->database, tables, err);

	if (r == 0)
		r = database_run(writer->database, "BEGIN", err);
	if (r == 0)
		r = add_synonyms(writer, err);
	if (r == 0)
		r = statement_prepare(writer->database,
			"INSERT INTO entry VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)", &writer->entry,
			err);
	if (r == 0)
		r = statement_prepare(writer->database,
			"INSERT INTO search(rowid, name, service, knowledge, description, members)"
			" VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
			&writer->search, err);
	return r;
}

int index_finish(struct index_writer *writer, struct error *err)
{
	int r = database_run(
		writer->database, "INSERT INTO search(search) VALUES('optimize'); COMMIT", err);

	index_end(writer);
	return r < 0 ? r : database_run(writer->database, "VACUUM", err);
}

void index_end(struct index_writer *writer)
{
	statement_free(&writer->entry);
	statement_free(&writer->search);
}
