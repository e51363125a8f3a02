/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names of the bindings.  They are computed, not listed: a struct takes a class name that a later
 * type would have, and which do is told by the pack itself.
 */
#include "catalog/names.h"

#include <string.h>

/*
 * Names that the languages of the bindings need for themselves.  A leading "get" becomes "fetch"
 * besides.
 */
static const struct {
	struct str name, property;
} renamed[] = {
	{STR_INIT("build"), STR_INIT("buildAttribute")},
	{STR_INIT("equals"), STR_INIT("equalTo")},
	{STR_INIT("self"), STR_INIT("selfAttribute")},
	{STR_INIT("software"), STR_INIT("softwareAttribute")},
	{STR_INIT("system"), STR_INIT("systemAttribute")},
};

/* The one type whose module and class are not its name: `String` is taken in TypeScript. */
static const struct str string_name = STR_INIT("string"),
			string_module = STR_INIT("string-resource");

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return char_lower(c) >= 'a' && char_lower(c) <= 'z';
}

/* The letters of a name in Pascal case, one at a time: "s3_bucket" gives S, 3, B, u, … */
struct letters {
	struct str name;
	size_t at;
	bool capital;
};

static struct letters letters_of(struct str name)
{
	return (struct letters){name, 0, true};
}

/* 0 behind the last. */
static char next_letter(struct letters *letters)
{
	while (letters->at < letters->name.len) {
		char c = letters->name.data[letters->at++];
		bool capital = letters->capital;

		if (!is_letter(c) && !is_digit(c)) {
			letters->capital = true;
			continue;
		}
		letters->capital = is_digit(c);
		return capital && c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
	}
	return 0;
}

struct str names_pascal(struct str name, struct arena *arena)
{
	char *to = arena_alloc(arena, name.len + 1);
	struct letters letters = letters_of(name);
	struct str text = {to, 0};

	for (char c = to ? next_letter(&letters) : 0; c; c = next_letter(&letters))
		to[text.len++] = c;
	return text;
}

/* The property's letters from here on; `rest` is what is left of it. */
static bool goes_on(struct letters *letters, struct str rest)
{
	for (size_t i = 0; i < rest.len; i++)
		if (next_letter(letters) != rest.data[i])
			return false;
	return next_letter(letters) == 0;
}

/* Does a name begin with "get", with more behind it? The underscore that follows is no letter. */
static bool is_getter(struct str name)
{
	return str_starts(name, STR("get")) && name.len > 3 && !is_digit(name.data[3]);
}

bool names_property_is(struct str name, struct str property)
{
	struct letters letters = letters_of(name);

	for (size_t i = 0; i < COUNT_OF(renamed); i++)
		if (str_eq(renamed[i].name, name))
			return str_eq(renamed[i].property, property);
	if (is_getter(name)) {
		if (!str_starts(property, STR("fetch")))
			return false;
		property = str_slice(property, 5, property.len);
		(void)next_letter(&letters);
		(void)next_letter(&letters);
		(void)next_letter(&letters);
	} else if (property.len) {
		if (char_lower(next_letter(&letters)) != property.data[0])
			return false;
		property = str_slice(property, 1, property.len);
	}
	return goes_on(&letters, property);
}

struct str names_property(struct str name, struct arena *arena)
{
	struct str pascal = names_pascal(name, arena);
	char *to = (char *)(uintptr_t)pascal.data;

	for (size_t i = 0; i < COUNT_OF(renamed); i++)
		if (str_eq(renamed[i].name, name))
			return renamed[i].property;
	if (str_absent(pascal))
		return pascal;
	if (is_getter(name))
		return arena_printf(arena, "fetch%.*s", STR_ARG(str_slice(pascal, 3, pascal.len)));
	if (pascal.len)
		to[0] = char_lower(to[0]);
	return pascal;
}

struct str names_attribute(const struct pack_block *block, struct str property)
{
	for (uint32_t i = 0; i < block->attribute_count; i++) {
		struct str name = pack_attribute_at(block, i).name;

		if (names_property_is(name, property))
			return name;
	}
	for (uint32_t i = 0; i < block->block_count; i++) {
		struct str name = pack_nested_at(block, i).name;

		if (names_property_is(name, property))
			return name;
	}
	return (struct str){NULL, 0};
}

struct str names_entry(
	const struct pack *pack, enum pack_kind kind, struct str type, struct arena *arena)
{
	if (kind == PACK_RESOURCE)
		return type;
	if (kind == PACK_FUNCTION)
		return arena_printf(
			arena, "provider::%.*s::%.*s", STR_ARG(pack->name), STR_ARG(type));
	return arena_printf(arena, "%.*s.%.*s", STR_ARG(pack_kind_name(kind)), STR_ARG(type));
}

struct str names_bare(struct str provider, struct str type)
{
	size_t skip = provider.len;

	if (!str_starts(type, provider) || type.len <= skip + 1 || type.data[skip] != '_')
		return type;
	return str_slice(type, skip + 1, type.len);
}

static bool is_string(enum pack_kind kind, struct str bare)
{
	return kind == PACK_RESOURCE && str_eq(bare, string_name);
}

struct str names_module(struct pack *pack, const struct named_type *type, struct arena *arena)
{
	struct str bare = names_bare(pack->name, type->type), text;

	if (type->kind == PACK_PROVIDER)
		return STR("provider");
	if (is_string(type->kind, bare))
		return string_module;
	text = type->kind == PACK_DATA
		? arena_printf(arena, "data-%.*s-%.*s", STR_ARG(pack->name), STR_ARG(bare))
		: arena_str(arena, bare);
	for (size_t i = 0; i < text.len; i++) {
		char *c = (char *)(uintptr_t)&text.data[i];

		if (*c == '_')
			*c = '-';
	}
	return text;
}

/* Byte by byte, with '-' for the type's '_'. */
static bool is_module_of(struct str bare, struct str module)
{
	if (bare.len != module.len)
		return false;
	for (size_t i = 0; i < bare.len; i++)
		if (module.data[i] != (bare.data[i] == '_' ? '-' : bare.data[i]))
			return false;
	return true;
}

/* The kind of a module of types, and its name without what tells that. */
static enum pack_kind kind_of(struct str provider, struct str module, struct str *ret_rest)
{
	static const struct str prefix = STR_INIT("data-");
	struct str behind = str_slice(module, prefix.len, module.len);

	*ret_rest = str_eq(module, string_module) ? string_name : module;
	if (!str_starts(module, prefix) || !str_starts(behind, provider) ||
		behind.len <= provider.len || behind.data[provider.len] != '-')
		return PACK_RESOURCE;
	*ret_rest = str_slice(behind, provider.len + 1, behind.len);
	return PACK_DATA;
}

/* The type that begins with its provider's name, as nearly all do: it is where its name says. */
static bool find_type(struct pack *pack, enum pack_kind kind, struct str rest, struct str *ret_type)
{
	char name[256];
	size_t start = pack->name.len + 1, index;
	struct str type;

	if (start + rest.len > sizeof(name))
		return false;
	memcpy(name, pack->name.data, pack->name.len);
	name[pack->name.len] = '_';
	for (size_t i = 0; i < rest.len; i++)
		name[start + i] = rest.data[i] == '-' ? '_' : rest.data[i];
	if (!pack_name_find(pack, kind, (struct str){name, start + rest.len}, &index))
		return false;
	type = pack_name_at(pack, kind, index);
	if (!is_module_of(names_bare(pack->name, type), rest))
		return false;
	*ret_type = type;
	return true;
}

bool names_type(struct pack *pack, struct str module, struct named_type *ret_type)
{
	struct str rest, type;
	enum pack_kind kind = kind_of(pack->name, module, &rest);

	if (str_is(module, "provider")) {
		*ret_type = (struct named_type){PACK_PROVIDER, pack->name};
		return true;
	}
	if (find_type(pack, kind, rest, &type)) {
		*ret_type = (struct named_type){kind, type};
		return true;
	}
	for (size_t i = 0; i < pack_count(pack, kind); i++) {
		type = pack_name_at(pack, kind, i);
		if (is_module_of(names_bare(pack->name, type), rest)) {
			*ret_type = (struct named_type){kind, type};
			return true;
		}
	}
	return false;
}

struct named_type names_guess_type(struct str provider, struct str module, struct arena *arena)
{
	struct str rest, type;
	enum pack_kind kind = kind_of(provider, module, &rest);

	if (str_is(module, "provider"))
		return (struct named_type){PACK_PROVIDER, provider};
	type = str_find_char(provider, '-') == SIZE_MAX
		? arena_printf(arena, "%.*s_%.*s", STR_ARG(provider), STR_ARG(rest))
		: arena_str(arena, rest);
	for (size_t i = 0; i < type.len; i++) {
		char *c = (char *)(uintptr_t)&type.data[i];

		if (*c == '-')
			*c = '_';
	}
	return (struct named_type){kind, type};
}

struct str names_namespace(struct str module, struct arena *arena)
{
	struct str pascal = names_pascal(module, arena);

	if (pascal.len)
		*(char *)(uintptr_t)pascal.data = char_lower(pascal.data[0]);
	return pascal;
}

/* Takes a name in Pascal case off the front of *rest, or leaves it alone. */
static bool take(struct str *rest, struct str name)
{
	struct letters letters = letters_of(name);
	size_t len = 0;

	for (char c = next_letter(&letters); c; c = next_letter(&letters)) {
		if (len == rest->len || rest->data[len] != c)
			return false;
		len++;
	}
	*rest = str_slice(*rest, len, rest->len);
	return true;
}

/* The type that a name most likely spells: each capital is a new word. False where there is none. */
static bool guess_type(
	struct pack *pack, enum pack_kind kind, struct str name, struct str *ret_type)
{
	char type[256];
	size_t len = pack->name.len, index;

	if (len + 1 + 2 * name.len > sizeof(type))
		return false;
	memcpy(type, pack->name.data, len);
	for (size_t i = 0; i < name.len; i++) {
		if (i == 0 || char_lower(name.data[i]) != name.data[i])
			type[len++] = '_';
		type[len++] = char_lower(name.data[i]);
	}
	if (!pack_name_find(pack, kind, (struct str){type, len}, &index))
		return false;
	*ret_type = pack_name_at(pack, kind, index);
	return true;
}

/* Whether a bare name of a resource is spelled "sqsQueue", of a data source "SqsQueue". */
static bool is_spelled(enum pack_kind kind, struct str bare, struct str name)
{
	struct letters letters = letters_of(bare);
	char first = next_letter(&letters);

	if (kind == PACK_RESOURCE)
		first = char_lower(first);
	return !str_empty(name) && first == name.data[0] &&
		goes_on(&letters, str_slice(name, 1, name.len));
}

/* The resource of a bare name such as "sqsQueue", the data source of "SqsQueue"; absent if there is none. */
static struct str type_spelled(struct pack *pack, enum pack_kind kind, struct str name)
{
	struct str guess;

	if (guess_type(pack, kind, name, &guess) &&
		is_spelled(kind, names_bare(pack->name, guess), name))
		return guess;
	for (size_t i = 0; i < pack_count(pack, kind); i++) {
		struct str type = pack_name_at(pack, kind, i);

		if (is_spelled(kind, names_bare(pack->name, type), name))
			return type;
	}
	return (struct str){NULL, 0};
}

struct str names_exported(struct pack *pack, struct str name, struct arena *arena)
{
	struct named_type type;
	struct str rest = str_slice(name, 4, name.len), none = {NULL, 0};

	if (str_is(name, "provider"))
		return STR("provider");
	if (str_starts(name, STR("data")) && take(&rest, pack->name)) {
		type = (struct named_type){PACK_DATA, type_spelled(pack, PACK_DATA, rest)};
		if (!str_absent(type.type))
			return names_module(pack, &type, arena);
	}
	type = (struct named_type){PACK_RESOURCE,
		type_spelled(
			pack, PACK_RESOURCE, str_is(name, "stringResource") ? string_name : name)};
	return str_absent(type.type) ? none : names_module(pack, &type, arena);
}

static bool type_has_struct(struct pack_type type, struct str rest)
{
	struct str behind;

	while (type.kind >= PACK_TYPE_LIST && type.kind <= PACK_TYPE_MAP)
		type = pack_type_element(&type);
	if (type.kind != PACK_TYPE_OBJECT)
		return false;
	if (str_empty(rest))
		return true;
	for (uint32_t i = 0; i < type.count && !type.pack->damaged; i++) {
		struct pack_member member = pack_member_at(&type, i);

		behind = rest;
		if (take(&behind, member.name) && type_has_struct(member.type, behind))
			return true;
	}
	return false;
}

/* Does the block have a struct, at any depth, whose name ends in `rest` behind the block's own? */
static bool block_has_struct(const struct pack_block *block, struct str rest)
{
	struct str behind;

	if (str_empty(rest))
		return true;
	for (uint32_t i = 0; i < block->block_count && !block->pack->damaged; i++) {
		struct pack_nested nested = pack_nested_at(block, i);

		behind = rest;
		if (take(&behind, nested.name) && block_has_struct(&nested.block, behind))
			return true;
	}
	for (uint32_t i = 0; i < block->attribute_count && !block->pack->damaged; i++) {
		struct pack_attribute attribute = pack_attribute_at(block, i);
		bool is_nested = attribute.flags & PACK_NESTED;

		behind = rest;
		if (take(&behind, attribute.name) &&
			(is_nested ? block_has_struct(&attribute.nested.block, behind)
				   : type_has_struct(attribute.type, behind)))
			return true;
	}
	return false;
}

/*
 * Is a class's name a struct of another type?  Of one whose name is a part of this type's, up to an
 * underscore: it comes before, and takes the name.
 */
static bool is_taken(struct pack *pack, enum pack_kind kind, struct str type, struct str class)
{
	for (size_t end = type.len; end-- > 1;) {
		struct str other = str_slice(type, 0, end), rest = class;
		struct pack_schema schema;

		if (type.data[end] != '_' || !pack_find(pack, kind, other, &schema))
			continue;
		if (kind == PACK_DATA && !(take(&rest, STR("data")) && take(&rest, pack->name)))
			continue;
		if (take(&rest, names_bare(pack->name, other)) &&
			(str_is(rest, "Config") || block_has_struct(&schema.block, rest)))
			return true;
	}
	return false;
}

struct str names_guess_class(
	struct str provider, const struct named_type *type, struct arena *arena)
{
	struct str bare = names_bare(provider, type->type);
	struct str pascal = names_pascal(provider, arena);

	if (type->kind == PACK_PROVIDER)
		return arena_printf(arena, "%.*sProvider", STR_ARG(pascal));
	bare = names_pascal(is_string(type->kind, bare) ? string_module : bare, arena);
	if (type->kind == PACK_DATA)
		return arena_printf(arena, "Data%.*s%.*s", STR_ARG(pascal), STR_ARG(bare));
	return bare;
}

struct str names_guess_exported(struct str name, struct arena *arena)
{
	char *to = arena_alloc(arena, 2 * name.len + 1);
	struct str module = {to, 0};

	for (size_t i = 0; to && i < name.len; i++) {
		char c = name.data[i];

		if ((!is_letter(c) && !is_digit(c)) || (i == 0 && !(c >= 'a' && c <= 'z')))
			return (struct str){NULL, 0};
		if (c >= 'A' && c <= 'Z')
			to[module.len++] = '-';
		to[module.len++] = char_lower(c);
	}
	return module.len ? module : (struct str){NULL, 0};
}

struct str names_guess_attribute(struct str property, struct arena *arena)
{
	char *to = arena_alloc(arena, 2 * property.len + 1);
	struct str name = {to, 0};

	for (size_t i = 0; i < COUNT_OF(renamed); i++)
		if (str_eq(renamed[i].property, property))
			return renamed[i].name;
	for (size_t i = 0; to && i < property.len; i++) {
		char c = property.data[i];

		if (c >= 'A' && c <= 'Z')
			to[name.len++] = '_';
		to[name.len++] = char_lower(c);
	}
	return name;
}

static struct str unless_taken(
	struct pack *pack, const struct named_type *type, struct str name, struct arena *arena)
{
	if (str_absent(name) || type->kind == PACK_PROVIDER ||
		!is_taken(pack, type->kind, type->type, name))
		return name;
	return arena_printf(arena, "%.*sA", STR_ARG(name));
}

struct str names_class(struct pack *pack, const struct named_type *type, struct arena *arena)
{
	return unless_taken(pack, type, names_guess_class(pack->name, type, arena), arena);
}

struct str names_config(struct pack *pack, const struct named_type *type, struct arena *arena)
{
	struct str class = names_class(pack, type, arena);
	struct str config = arena_printf(arena, "%.*sConfig", STR_ARG(class));

	return unless_taken(pack, type, config, arena);
}
