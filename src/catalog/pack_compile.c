/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From Terraform's schema JSON to records.  The document may be anybody's: each place in it is
 * checked for its form, and what is wrong is told with line and column.  Keys that this file does
 * not name are left out, since Terraform adds such within a format's major version.
 */
#include <stdlib.h>

#include "base/json.h"
#include "catalog/pack.h"
#include "catalog/pack_format.h"
#include "catalog/pack_write.h"

enum { SCRATCH_MOST = 1 << 30 };

struct compiler {
	struct arena *arena;
	struct pack_writer *writer;
	struct error *err;
	unsigned depth;
};

/* A record in the making. */
struct record {
	uint32_t *words;
	size_t count;
};

static int invalid(struct compiler *compiler, struct node where, const char *what)
{
	return error_node(compiler->err, ERR_SCHEMA_INVALID, where, "%s", what);
}

static int record_begin(struct compiler *compiler, size_t room, struct record *ret_record)
{
	*ret_record = (struct record){ARENA_ARRAY(compiler->arena, uint32_t, room), 0};
	return ret_record->words ? 0 : error_memory(compiler->err);
}

static uint32_t record_end(struct compiler *compiler, const struct record *record)
{
	return pack_put_record(compiler->writer, record->words, record->count);
}

/* Members of an object by name. */
struct member {
	struct str name;
	struct node key, value;
};

struct members {
	struct member *items;
	size_t count;
};

static int by_name(const void *left, const void *right)
{
	const struct member *a = left, *b = right;

	return str_cmp(a->name, b->name);
}

/* An object's members, sorted; none where there is no such node. */
static int members_of(struct compiler *compiler, struct node object, struct members *ret_members)
{
	struct node_iter it = node_children(object);
	struct members members = {0};

	if (!node_is_null(object) && !node_is_object(object))
		return invalid(compiler, object, "an object belongs here");
	members.items = ARENA_ARRAY(compiler->arena, struct member, node_count(object));
	if (!members.items)
		return error_memory(compiler->err);
	while (node_next(&it)) {
		struct str name = node_text(it.key, compiler->arena);

		if (str_empty(name))
			return invalid(compiler, it.key, "a name belongs here");
		members.items[members.count++] = (struct member){name, it.key, it.value};
	}
	if (members.count)
		qsort(members.items, members.count, sizeof(*members.items), by_name);
	*ret_members = members;
	return 0;
}

/* A text that may be missing. */
static int put_text(struct compiler *compiler, struct node text, uint32_t *ret_at)
{
	if (!node_is_null(text) && !node_is_string(text))
		return invalid(compiler, text, "a text belongs here");
	*ret_at = node_is_null(text)
		? 0
		: pack_put_text(compiler->writer, node_text(text, compiler->arena));
	return 0;
}

/* A whole number that may be missing. */
static int read_number(struct compiler *compiler, struct node number, uint32_t *ret_value)
{
	int64_t value = 0;

	if (!node_is_null(number) &&
		(!node_to_i64(number, &value) || value < 0 || value > UINT32_MAX))
		return invalid(compiler, number, "a whole number from 0 on belongs here");
	*ret_value = (uint32_t)value;
	return 0;
}

static const struct {
	struct str key;
	unsigned flag;
} flag_keys[] = {
	{STR_INIT("required"), PACK_REQUIRED},
	{STR_INIT("optional"), PACK_OPTIONAL},
	{STR_INIT("computed"), PACK_COMPUTED},
	{STR_INIT("sensitive"), PACK_SENSITIVE},
	{STR_INIT("write_only"), PACK_WRITE_ONLY},
	{STR_INIT("deprecated"), PACK_DEPRECATED},
	{STR_INIT("is_nullable"), PACK_NULLABLE},
};

/* What a schema may say of each: what else stands there says nothing. */
enum {
	OF_ALL = PACK_PLAIN | PACK_MARKDOWN | PACK_DESCRIBED | PACK_DEPRECATED,
	OF_ATTRIBUTE = OF_ALL | PACK_REQUIRED | PACK_OPTIONAL | PACK_COMPUTED | PACK_SENSITIVE |
		PACK_WRITE_ONLY,
	OF_BLOCK = OF_ALL,
	OF_PARAMETER = PACK_NULLABLE,
};

/* Flags, of the `known` ones, and description of an attribute, a block or a parameter. */
static int read_flags(struct compiler *compiler, struct node node, uint32_t known,
	uint32_t *ret_flags, uint32_t *ret_description)
{
	struct node kind = NODE_GET(node, "description_kind");
	uint32_t flags = 0;
	int r;

	for (size_t i = 0; i < COUNT_OF(flag_keys); i++) {
		struct node value = node_get(node, flag_keys[i].key);

		if (node_is_true(value))
			flags |= flag_keys[i].flag;
		else if (!node_is_null(value) && node_type(value) != NODE_FALSE)
			return invalid(compiler, value, "true or false belongs here");
	}
	if (node_text_is(kind, STR("plain")))
		flags |= PACK_PLAIN;
	else if (node_text_is(kind, STR("markdown")))
		flags |= PACK_MARKDOWN;
	else if (!node_is_null(kind))
		return invalid(compiler, kind, "\"plain\" or \"markdown\" belongs here");
	r = put_text(compiler, NODE_GET(node, "description"), ret_description);
	if (r == 0)
		*ret_flags = (flags | (*ret_description ? PACK_DESCRIBED : 0)) & known;
	return r;
}

static int enter(struct compiler *compiler, struct node node)
{
	if (++compiler->depth > PACK_DEPTH)
		return invalid(compiler, node, "blocks and types are nested too deeply here");
	return 0;
}

static int put_type(struct compiler *compiler, struct node node, uint32_t *ret_at);

static bool is_listed(struct node list, struct str name)
{
	struct node_iter it = node_children(list);

	while (node_next(&it))
		if (node_text_is(it.value, name))
			return true;
	return false;
}

/* ["object", {NAME: TYPE, …}, [NAME, …]]: the last names those that may be left out. */
static int put_object(struct compiler *compiler, struct node node, uint32_t *ret_at)
{
	struct record record = {0};
	struct members members = {0};
	int r = members_of(compiler, node_at(node, 1), &members);

	if (r == 0)
		r = record_begin(compiler, 1 + 2 * members.count, &record);
	if (r < 0)
		return r;
	record.words[record.count++] = PACK_TYPE_OBJECT | (uint32_t)members.count << 8;
	for (size_t i = 0; r == 0 && i < members.count; i++) {
		const struct member *member = &members.items[i];
		bool optional = is_listed(node_at(node, 2), member->name);

		record.words[record.count++] = pack_put_text(compiler->writer, member->name) |
			(optional ? PACK_MEMBER_OPTIONAL : 0);
		r = put_type(compiler, member->value, &record.words[record.count++]);
	}
	if (r == 0)
		*ret_at = record_end(compiler, &record);
	return r;
}

/* ["tuple", [TYPE, …]] */
static int put_tuple(struct compiler *compiler, struct node node, uint32_t *ret_at)
{
	struct node elements = node_at(node, 1);
	struct node_iter it = node_children(elements);
	struct record record = {0};
	int r;

	if (!node_is_array(elements))
		return invalid(compiler, node, "a tuple's types belong here");
	r = record_begin(compiler, 1 + node_count(elements), &record);
	if (r < 0)
		return r;
	record.words[record.count++] = PACK_TYPE_TUPLE | (uint32_t)node_count(elements) << 8;
	while (r == 0 && node_next(&it))
		r = put_type(compiler, it.value, &record.words[record.count++]);
	if (r == 0)
		*ret_at = record_end(compiler, &record);
	return r;
}

static enum pack_type_kind type_kind(struct node name)
{
	for (int kind = PACK_TYPE_STRING; kind < PACK_TYPE_KINDS; kind++)
		if (node_text_is(name, pack_type_name((enum pack_type_kind)kind)))
			return (enum pack_type_kind)kind;
	return PACK_TYPE_NONE;
}

static int put_type_inside(struct compiler *compiler, struct node node, uint32_t *ret_at)
{
	bool is_simple = !node_is_array(node);
	enum pack_type_kind kind = type_kind(is_simple ? node : node_at(node, 0));
	uint32_t words[2] = {kind, 0};
	int r;

	if (kind == PACK_TYPE_NONE || is_simple != (kind < PACK_TYPE_LIST))
		return invalid(compiler, node, "this is no type of Terraform");
	if (kind == PACK_TYPE_OBJECT)
		return put_object(compiler, node, ret_at);
	if (kind == PACK_TYPE_TUPLE)
		return put_tuple(compiler, node, ret_at);
	if (!is_simple) {
		r = put_type(compiler, node_at(node, 1), &words[1]);
		if (r < 0)
			return r;
	}
	*ret_at = pack_put_record(compiler->writer, words, is_simple ? 1 : 2);
	return 0;
}

static int put_type(struct compiler *compiler, struct node node, uint32_t *ret_at)
{
	int r = enter(compiler, node);

	if (r == 0)
		r = put_type_inside(compiler, node, ret_at);
	compiler->depth--;
	return r;
}

static int put_block(struct compiler *compiler, struct node node, uint32_t *ret_at);

/* A nested block, or an attribute's nested_type; `block` is where its attributes stand. */
static int put_nested(struct compiler *compiler, struct str name, struct node node,
	struct node block, uint32_t *ret_at)
{
	struct node mode = NODE_GET(node, "nesting_mode");
	uint32_t words[NESTED_BLOCK + 1] = {0};
	int r;

	for (uint32_t i = PACK_NESTING_SINGLE; i < PACK_NESTINGS; i++)
		if (node_text_is(mode, pack_nesting_name((enum pack_nesting)i)))
			words[NESTED_NESTING] = i;
	if (!words[NESTED_NESTING])
		return invalid(compiler, node_exists(mode) ? mode : node,
			"a nesting_mode that weir knows belongs here");
	words[NESTED_NAME] = str_absent(name) ? 0 : pack_put_text(compiler->writer, name);
	r = read_number(compiler, NODE_GET(node, "min_items"), &words[NESTED_MIN]);
	if (r == 0)
		r = read_number(compiler, NODE_GET(node, "max_items"), &words[NESTED_MAX]);
	if (r == 0)
		r = put_block(compiler, block, &words[NESTED_BLOCK]);
	if (r == 0)
		*ret_at = pack_put_record(compiler->writer, words, COUNT_OF(words));
	return r;
}

static int put_attribute(struct compiler *compiler, const struct member *member, uint32_t *ret_at)
{
	struct node nested = NODE_GET(member->value, "nested_type");
	uint32_t words[ATTRIBUTE_DESCRIPTION + 1] = {0};
	int r;

	if (!node_is_object(member->value))
		return invalid(compiler, member->value, "an attribute's schema belongs here");
	words[ATTRIBUTE_NAME] = pack_put_text(compiler->writer, member->name);
	r = read_flags(compiler, member->value, OF_ATTRIBUTE, &words[ATTRIBUTE_FLAGS],
		&words[ATTRIBUTE_DESCRIPTION]);
	if (r < 0)
		return r;
	if (node_exists(nested)) {
		words[ATTRIBUTE_FLAGS] |= PACK_NESTED;
		r = put_nested(
			compiler, (struct str){NULL, 0}, nested, nested, &words[ATTRIBUTE_TYPE]);
	} else {
		r = put_type(compiler, NODE_GET(member->value, "type"), &words[ATTRIBUTE_TYPE]);
	}
	if (r == 0)
		*ret_at = pack_put_record(compiler->writer, words,
			words[ATTRIBUTE_DESCRIPTION] ? COUNT_OF(words) : ATTRIBUTE_DESCRIPTION);
	return r;
}

static int put_block_inside(struct compiler *compiler, struct node node, uint32_t *ret_at)
{
	struct members attributes = {0}, blocks = {0};
	uint32_t flags = 0, description = 0;
	struct record record = {0};
	int r;

	if (!node_is_object(node))
		return invalid(compiler, node, "a block's schema belongs here");
	r = read_flags(compiler, node, OF_BLOCK, &flags, &description);
	if (r == 0)
		r = members_of(compiler, NODE_GET(node, "attributes"), &attributes);
	if (r == 0)
		r = members_of(compiler, NODE_GET(node, "block_types"), &blocks);
	if (r == 0)
		r = record_begin(
			compiler, BLOCK_REST + 1 + attributes.count + blocks.count, &record);
	if (r < 0)
		return r;
	record.words[record.count++] = flags;
	record.words[record.count++] = (uint32_t)attributes.count;
	record.words[record.count++] = (uint32_t)blocks.count;
	if (description)
		record.words[record.count++] = description;
	for (size_t i = 0; r == 0 && i < attributes.count; i++)
		r = put_attribute(compiler, &attributes.items[i], &record.words[record.count++]);
	for (size_t i = 0; r == 0 && i < blocks.count; i++)
		r = put_nested(compiler, blocks.items[i].name, blocks.items[i].value,
			NODE_GET(blocks.items[i].value, "block"), &record.words[record.count++]);
	if (r == 0)
		*ret_at = record_end(compiler, &record);
	return r;
}

static int put_block(struct compiler *compiler, struct node node, uint32_t *ret_at)
{
	int r = enter(compiler, node);

	if (r == 0)
		r = put_block_inside(compiler, node, ret_at);
	compiler->depth--;
	return r;
}

static int put_schema(struct compiler *compiler, struct node node, uint32_t *ret_at)
{
	uint32_t words[SCHEMA_BLOCK + 1];
	int r = read_number(compiler, NODE_GET(node, "version"), &words[SCHEMA_VERSION]);

	if (r == 0)
		r = put_block(compiler, NODE_GET(node, "block"), &words[SCHEMA_BLOCK]);
	if (r == 0)
		*ret_at = pack_put_record(compiler->writer, words, COUNT_OF(words));
	return r;
}

static int put_parameter(struct compiler *compiler, struct node node, uint32_t *ret_at)
{
	uint32_t words[PARAMETER_DESCRIPTION + 1];
	int r = put_text(compiler, NODE_GET(node, "name"), &words[PARAMETER_NAME]);

	if (r == 0)
		r = read_flags(compiler, node, OF_PARAMETER, &words[PARAMETER_FLAGS],
			&words[PARAMETER_DESCRIPTION]);
	if (r == 0)
		r = put_type(compiler, NODE_GET(node, "type"), &words[PARAMETER_TYPE]);
	if (r == 0)
		*ret_at = pack_put_record(compiler->writer, words, COUNT_OF(words));
	return r;
}

static int put_function(struct compiler *compiler, struct node node, uint32_t *ret_at)
{
	struct node parameters = NODE_GET(node, "parameters");
	struct node variadic = NODE_GET(node, "variadic_parameter");
	struct node_iter it = node_children(parameters);
	size_t count = node_count(parameters) + !node_is_null(variadic);
	struct record record = {0};
	int r = record_begin(compiler, FUNCTION_PARAMETERS + count, &record);

	if (r < 0)
		return r;
	record.count = FUNCTION_PARAMETERS;
	record.words[FUNCTION_COUNT] = (uint32_t)count;
	record.words[FUNCTION_VARIADIC] = !node_is_null(variadic);
	r = put_text(compiler, NODE_GET(node, "description"), &record.words[FUNCTION_DESCRIPTION]);
	if (r == 0)
		r = put_text(compiler, NODE_GET(node, "summary"), &record.words[FUNCTION_SUMMARY]);
	if (r == 0)
		r = put_text(compiler, NODE_GET(node, "deprecation_message"),
			&record.words[FUNCTION_DEPRECATION]);
	if (r == 0)
		r = put_type(
			compiler, NODE_GET(node, "return_type"), &record.words[FUNCTION_RETURNS]);
	while (r == 0 && node_next(&it))
		r = put_parameter(compiler, it.value, &record.words[record.count++]);
	if (r == 0 && !node_is_null(variadic))
		r = put_parameter(compiler, variadic, &record.words[record.count++]);
	if (r == 0)
		*ret_at = record_end(compiler, &record);
	return r;
}

/* All types of a kind. */
static int put_list(
	struct compiler *compiler, struct node node, enum pack_kind kind, uint32_t *ret_at)
{
	struct record record = {0};
	struct members members = {0};
	int r = members_of(compiler, node, &members);

	if (r == 0)
		r = record_begin(compiler, LIST_ENTRIES + LIST_ENTRY * members.count, &record);
	if (r < 0)
		return r;
	record.words[record.count++] = (uint32_t)members.count;
	for (size_t i = 0; r == 0 && i < members.count; i++) {
		record.words[record.count++] =
			pack_put_text(compiler->writer, members.items[i].name);
		r = (kind == PACK_FUNCTION ? put_function : put_schema)(
			compiler, members.items[i].value, &record.words[record.count++]);
	}
	if (r == 0)
		*ret_at = record_end(compiler, &record);
	return r;
}

static int put_provider(struct compiler *compiler, struct node node,
	const struct pack_origin *origin, uint32_t *ret_root)
{
	uint32_t words[ROOT_LISTS + PACK_KINDS_OF_LISTS] = {0};
	struct node provider = NODE_GET(node, "provider");
	int r = 0;

	words[ROOT_SOURCE] = pack_put_text(compiler->writer, origin->source);
	words[ROOT_VERSION] = pack_put_text(compiler->writer, origin->version);
	if (node_exists(provider))
		r = put_schema(compiler, provider, &words[ROOT_PROVIDER]);
	for (int i = 0; r == 0 && i < PACK_KINDS_OF_LISTS; i++)
		r = put_list(compiler, node_get(node, pack_list_key((enum pack_kind)i)),
			(enum pack_kind)i, &words[ROOT_LISTS + i]);
	if (r == 0)
		*ret_root = pack_put_record(compiler->writer, words, COUNT_OF(words));
	return r;
}

/* Does the provider's name in a document end in the parts of the source? */
static bool is_of_source(struct str name, struct str source)
{
	if (!str_ends(name, source))
		return false;
	return name.len == source.len || name.data[name.len - source.len - 1] == '/';
}

static int find_provider(
	struct compiler *compiler, struct node root, struct str source, struct node *ret_provider)
{
	struct node schemas = NODE_GET(root, "provider_schemas");
	struct node format = NODE_GET(root, "format_version");
	struct node_iter it = node_children(schemas);
	struct str version = node_text(format, compiler->arena);
	struct node found = NODE_NONE;

	if (!node_is_object(schemas) ||
		(!str_starts(version, STR("0.")) && !str_starts(version, STR("1."))))
		return invalid(compiler, node_exists(format) ? format : root,
			"this is not what `terraform providers schema -json` prints, formats 0 and "
			"1");
	/* Terraform's rule; and a document that weir wrote names it as its pack does. */
	if (str_find_char(source, '/') == SIZE_MAX && !node_exists(node_get(schemas, source)))
		source = arena_printf(compiler->arena, "hashicorp/%.*s", STR_ARG(source));
	while (node_next(&it)) {
		if (!is_of_source(node_text(it.key, compiler->arena), source))
			continue;
		if (node_exists(found))
			return error_node(compiler->err, ERR_SCHEMA_PROVIDER, it.key,
				"%.*s names two providers here: write its registry before it",
				STR_ARG(source));
		found = it.value;
	}
	if (!node_is_object(found))
		return error_node(compiler->err, ERR_SCHEMA_PROVIDER, schemas,
			"%.*s is not among the providers here", STR_ARG(source));
	*ret_provider = found;
	return 0;
}

int pack_compile(struct str schemas, struct str label, const struct pack_origin *origin,
	struct buf *out, struct error *err)
{
	CLEANUP(pack_writer_free) struct pack_writer writer = {0};
	CLEANUP(arena_cleanup) struct arena *arena = arena_create(SCRATCH_MOST);
	CLEANUP(doc_cleanup) struct doc *doc = NULL;
	struct compiler compiler = {arena, &writer, err, 0};
	const struct json_options options = {.name = label};
	struct node provider;
	uint32_t root = 0;
	int r;

	if (!arena)
		return error_memory(err);
	pack_writer_init(&writer);
	r = json_read(schemas, &options, &doc, err);
	if (r == 0)
		r = doc_check_keys(doc_root(doc), err);
	if (r == 0)
		r = find_provider(&compiler, doc_root(doc), origin->source, &provider);
	if (r == 0)
		r = put_provider(&compiler, provider, origin, &root);
	if (r == 0 && arena_failed(arena))
		r = error_memory(err);
	return r < 0 ? r : pack_writer_finish(&writer, root, out, err);
}
