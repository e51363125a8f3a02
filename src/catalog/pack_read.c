/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading a pack: which word says what, and nothing else.  All safety is in word(), text() and
 * earlier(): they check each place, so that whoever stands above them may believe any number.
 */
#include "catalog/pack.h"
#include "catalog/pack_format.h"

static uint32_t load(const unsigned char *at)
{
	return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 |
		(uint32_t)at[3] << 24;
}

static uint32_t word(struct pack *pack, size_t at)
{
	if (at < pack->word_count)
		return load(pack->words + 4 * at);
	pack->damaged = true;
	return 0;
}

/* The record that the word at `at` names; `record` is the one that it stands in. */
static size_t earlier(struct pack *pack, size_t record, size_t at)
{
	size_t named = word(pack, at);

	if (named < record || named == 0)
		return named;
	pack->damaged = true;
	return 0;
}

static struct str text(struct pack *pack, size_t at)
{
	size_t len = 0;

	if (at + 4 <= pack->text_size) {
		len = load(pack->text + at);
		if (len <= pack->text_size - at - 4)
			return (struct str){(const char *)pack->text + at + 4, len};
	}
	pack->damaged = true;
	return STR("");
}

static struct str text_of(struct pack *pack, size_t record, size_t field)
{
	return text(pack, word(pack, record + field));
}

/* A count of things that take `size` words each, from `first` on. */
static uint32_t count_of(struct pack *pack, size_t at, size_t first, size_t size)
{
	uint32_t count = word(pack, at);

	if (first <= pack->word_count && count <= (pack->word_count - first) / size)
		return count;
	pack->damaged = true;
	return 0;
}

static struct str last_part(struct str source)
{
	size_t at = source.len;

	while (at > 0 && source.data[at - 1] != '/')
		at--;
	return str_slice(source, at, source.len);
}

static int damaged(struct str label, const char *what, struct error *err)
{
	return error_at(err, error_set(err, ERR_PACK_DAMAGED, "%s", what), label, 0, 0);
}

int pack_open(struct str bytes, struct str label, struct pack *ret_pack, struct error *err)
{
	const unsigned char *data = (const unsigned char *)bytes.data;
	struct pack pack = {.label = label};
	uint32_t version;

	if (bytes.len < PACK_HEADER || memcmp(data, PACK_MAGIC, 8) != 0)
		return damaged(label, "does not begin as a schema pack", err);
	version = load(data + 8);
	if (version != PACK_FORMAT_VERSION)
		return error_at(err,
			error_set(err, ERR_PACK_NEWER, "has version %u, and this weir knows %d",
				version, PACK_FORMAT_VERSION),
			label, 0, 0);
	pack.word_count = load(data + 12);
	pack.text_size = load(data + 16);
	pack.root = load(data + 20);
	if (pack.word_count > (bytes.len - PACK_HEADER) / 4 ||
		pack.text_size != bytes.len - PACK_HEADER - 4 * pack.word_count)
		return damaged(label, "does not have the length that it says", err);
	pack.words = data + PACK_HEADER;
	pack.text = pack.words + 4 * pack.word_count;
	pack.source = text_of(&pack, pack.root, ROOT_SOURCE);
	pack.version = text_of(&pack, pack.root, ROOT_VERSION);
	pack.name = last_part(pack.source);
	if (pack.damaged || str_empty(pack.name))
		return damaged(label, "names no provider", err);
	*ret_pack = pack;
	return 0;
}

int pack_check(const struct pack *pack, struct error *err)
{
	return pack->damaged ? damaged(pack->label, "a record leads outside of the pack", err) : 0;
}

static const struct str kind_names[] = {STR_INIT("resource"), STR_INIT("data"),
	STR_INIT("ephemeral"), STR_INIT("function"), STR_INIT("provider")};
static const struct str type_names[PACK_TYPE_KINDS] = {STR_INIT(""), STR_INIT("string"),
	STR_INIT("number"), STR_INIT("bool"), STR_INIT("dynamic"), STR_INIT("list"),
	STR_INIT("set"), STR_INIT("map"), STR_INIT("tuple"), STR_INIT("object")};
static const struct str nesting_names[PACK_NESTINGS] = {STR_INIT(""), STR_INIT("single"),
	STR_INIT("group"), STR_INIT("list"), STR_INIT("set"), STR_INIT("map")};

static const struct str list_keys[PACK_KINDS_OF_LISTS] = {STR_INIT("resource_schemas"),
	STR_INIT("data_source_schemas"), STR_INIT("ephemeral_resource_schemas"),
	STR_INIT("functions")};

struct str pack_list_key(enum pack_kind kind)
{
	return list_keys[kind];
}

struct str pack_kind_name(enum pack_kind kind)
{
	return kind_names[kind];
}

bool pack_kind_find(struct str name, enum pack_kind *ret_kind)
{
	for (size_t i = 0; i < COUNT_OF(kind_names); i++)
		if (str_eq(kind_names[i], name)) {
			*ret_kind = (enum pack_kind)i;
			return true;
		}
	return false;
}

struct str pack_type_name(enum pack_type_kind kind)
{
	return type_names[kind];
}

struct str pack_nesting_name(enum pack_nesting nesting)
{
	return nesting_names[nesting];
}

/* Names that stand sorted, each reached by a function of its index. */
typedef struct str name_fn(const void *of, uint32_t index);

static bool search(
	const void *of, name_fn *name_at, uint32_t count, struct str name, uint32_t *ret_index)
{
	uint32_t low = 0, high = count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		int order = str_cmp(name, name_at(of, middle));

		if (order == 0) {
			*ret_index = middle;
			return true;
		}
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return false;
}

struct list {
	struct pack *pack;
	size_t at;
	uint32_t count;
};

static struct list list_of(struct pack *pack, enum pack_kind kind)
{
	struct list list = {pack, 0, 0};

	if (kind >= PACK_KINDS_OF_LISTS)
		return list;
	list.at = earlier(pack, pack->root, pack->root + ROOT_LISTS + kind);
	list.count = count_of(pack, list.at + LIST_COUNT, list.at + LIST_ENTRIES, LIST_ENTRY);
	return list;
}

static struct str list_name(const void *of, uint32_t index)
{
	const struct list *list = of;

	return text_of(list->pack, list->at, LIST_ENTRIES + LIST_ENTRY * (size_t)index);
}

/* The record behind a name; 0 where there is none. */
static size_t list_find(struct pack *pack, enum pack_kind kind, struct str name)
{
	struct list list = list_of(pack, kind);
	uint32_t index;

	if (!search(&list, list_name, list.count, name, &index))
		return 0;
	return earlier(pack, list.at, list.at + LIST_ENTRIES + LIST_ENTRY * (size_t)index + 1);
}

size_t pack_count(struct pack *pack, enum pack_kind kind)
{
	return list_of(pack, kind).count;
}

struct str pack_name_at(struct pack *pack, enum pack_kind kind, size_t index)
{
	struct list list = list_of(pack, kind);

	return index < list.count ? list_name(&list, (uint32_t)index) : STR("");
}

bool pack_name_find(struct pack *pack, enum pack_kind kind, struct str name, size_t *ret_index)
{
	struct list list = list_of(pack, kind);
	uint32_t index;

	if (!search(&list, list_name, list.count, name, &index))
		return false;
	*ret_index = index;
	return true;
}

/* The block that the word `field` of a record names. */
static struct pack_block block_of(struct pack *pack, size_t record, size_t field)
{
	struct pack_block block = {.pack = pack, .description = STR("")};
	size_t at = earlier(pack, record, record + field);
	bool described;

	block.at = at;
	block.flags = word(pack, at + BLOCK_FLAGS);
	described = block.flags & PACK_DESCRIBED;
	block.flags &= ~(unsigned)PACK_DESCRIBED;
	if (described)
		block.description = text_of(pack, at, BLOCK_REST);
	block.lists = at + BLOCK_REST + described;
	block.attribute_count = count_of(pack, at + BLOCK_ATTRIBUTES, block.lists, 1);
	block.block_count =
		count_of(pack, at + BLOCK_NESTED, block.lists + block.attribute_count, 1);
	return block;
}

bool pack_find(
	struct pack *pack, enum pack_kind kind, struct str name, struct pack_schema *ret_schema)
{
	size_t at = 0;

	if (kind == PACK_PROVIDER)
		at = earlier(pack, pack->root, pack->root + ROOT_PROVIDER);
	else if (kind != PACK_FUNCTION)
		at = list_find(pack, kind, name);
	if (at == 0)
		return false;
	*ret_schema = (struct pack_schema){
		word(pack, at + SCHEMA_VERSION), block_of(pack, at, SCHEMA_BLOCK)};
	return true;
}

static struct pack_type type_of(struct pack *pack, size_t record, size_t at)
{
	struct pack_type type = {.pack = pack, .at = earlier(pack, record, at)};
	uint32_t first = word(pack, type.at + TYPE_KIND);

	if ((first & 0xff) >= PACK_TYPE_KINDS) {
		pack->damaged = true;
		return (struct pack_type){.pack = pack};
	}
	type.kind = (enum pack_type_kind)(first & 0xff);
	type.count = first >> 8;
	return type;
}

struct pack_type pack_type_element(const struct pack_type *type)
{
	return type_of(type->pack, type->at, type->at + TYPE_REST);
}

struct pack_type pack_tuple_at(const struct pack_type *type, uint32_t index)
{
	return type_of(type->pack, type->at, type->at + TYPE_REST + index);
}

struct pack_member pack_member_at(const struct pack_type *type, uint32_t index)
{
	size_t at = type->at + TYPE_REST + 2 * (size_t)index;
	uint32_t name = word(type->pack, at);

	return (struct pack_member){text(type->pack, name & ~PACK_MEMBER_OPTIONAL),
		type_of(type->pack, type->at, at + 1), name & PACK_MEMBER_OPTIONAL};
}

static struct pack_nested nested_of(struct pack *pack, size_t record, size_t field)
{
	size_t at = earlier(pack, record, field);
	uint32_t nesting = word(pack, at + NESTED_NESTING);

	if (nesting >= PACK_NESTINGS) {
		pack->damaged = true;
		nesting = PACK_NESTING_NONE;
	}
	return (struct pack_nested){
		.name = text_of(pack, at, NESTED_NAME),
		.nesting = (enum pack_nesting)nesting,
		.min_items = word(pack, at + NESTED_MIN),
		.max_items = word(pack, at + NESTED_MAX),
		.block = block_of(pack, at, NESTED_BLOCK),
	};
}

struct pack_attribute pack_attribute_at(const struct pack_block *block, uint32_t index)
{
	struct pack *pack = block->pack;
	size_t at = earlier(pack, block->at, block->lists + index);
	struct pack_attribute attribute = {
		.name = text_of(pack, at, ATTRIBUTE_NAME),
		.description = STR(""),
		.flags = word(pack, at + ATTRIBUTE_FLAGS),
		.type = {.pack = pack},
	};

	if (attribute.flags & PACK_DESCRIBED)
		attribute.description = text_of(pack, at, ATTRIBUTE_DESCRIPTION);
	attribute.flags &= ~(unsigned)PACK_DESCRIBED;
	if (attribute.flags & PACK_NESTED)
		attribute.nested = nested_of(pack, at, at + ATTRIBUTE_TYPE);
	else
		attribute.type = type_of(pack, at, at + ATTRIBUTE_TYPE);
	return attribute;
}

struct pack_nested pack_nested_at(const struct pack_block *block, uint32_t index)
{
	return nested_of(block->pack, block->at, block->lists + block->attribute_count + index);
}

/* Of a record in one of a block's lists: its first word is its name. */
static struct str name_in(const struct pack_block *block, size_t at)
{
	return text_of(block->pack, earlier(block->pack, block->at, block->lists + at), 0);
}

static struct str attribute_name(const void *of, uint32_t index)
{
	return name_in(of, index);
}

static struct str nested_name(const void *of, uint32_t index)
{
	const struct pack_block *block = of;

	return name_in(block, (size_t)block->attribute_count + index);
}

bool pack_attribute_find(
	const struct pack_block *block, struct str name, struct pack_attribute *ret_attribute)
{
	uint32_t index;

	if (!search(block, attribute_name, block->attribute_count, name, &index))
		return false;
	*ret_attribute = pack_attribute_at(block, index);
	return true;
}

bool pack_nested_find(
	const struct pack_block *block, struct str name, struct pack_nested *ret_nested)
{
	uint32_t index;

	if (!search(block, nested_name, block->block_count, name, &index))
		return false;
	*ret_nested = pack_nested_at(block, index);
	return true;
}

bool pack_function_find(struct pack *pack, struct str name, struct pack_function *ret_function)
{
	size_t at = list_find(pack, PACK_FUNCTION, name);

	if (at == 0)
		return false;
	*ret_function = (struct pack_function){
		.pack = pack,
		.description = text_of(pack, at, FUNCTION_DESCRIPTION),
		.summary = text_of(pack, at, FUNCTION_SUMMARY),
		.deprecation = text_of(pack, at, FUNCTION_DEPRECATION),
		.returns = type_of(pack, at, at + FUNCTION_RETURNS),
		.parameter_count = count_of(pack, at + FUNCTION_COUNT, at + FUNCTION_PARAMETERS, 1),
		.variadic = word(pack, at + FUNCTION_VARIADIC),
		.at = at,
	};
	return true;
}

struct pack_parameter pack_parameter_at(const struct pack_function *function, uint32_t index)
{
	struct pack *pack = function->pack;
	size_t at = earlier(pack, function->at, function->at + FUNCTION_PARAMETERS + index);

	return (struct pack_parameter){
		.name = text_of(pack, at, PARAMETER_NAME),
		.description = text_of(pack, at, PARAMETER_DESCRIPTION),
		.flags = word(pack, at + PARAMETER_FLAGS),
		.type = type_of(pack, at, at + PARAMETER_TYPE),
	};
}
