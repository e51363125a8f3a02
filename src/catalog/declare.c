/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Declarations of shapes: each has an interface for what is given and a class for what is read, and its members lead to
 * the shapes below it.
 */
#include "catalog/declare.h"

#include "catalog/shape.h"

enum { DEPTH_MOST = 32 };

struct declaring {
	struct arena *arena;
	struct buf *out;
};

/* ---- types ---- */

static const char *plain_type(enum pack_type_kind kind)
{
	switch (kind) {
	case PACK_TYPE_STRING:
		return "string";
	case PACK_TYPE_NUMBER:
		return "number";
	case PACK_TYPE_BOOL:
		return "boolean | cdktf.IResolvable";
	default:
		return "any";
	}
}

/* What a value is given as, and read as where it can be given. */
static struct str value_type(const struct declaring *declaring, const struct pack_type *type)
{
	bool is_map = type->kind == PACK_TYPE_MAP;
	struct pack_type element;

	if (!is_map && type->kind != PACK_TYPE_LIST && type->kind != PACK_TYPE_SET)
		return str_of(plain_type(type->kind));
	element = pack_type_element(type);
	if (is_map)
		return arena_printf(declaring->arena, "{ [key: string]: %.*s }",
			STR_ARG(value_type(declaring, &element)));
	if (element.kind == PACK_TYPE_STRING || element.kind == PACK_TYPE_NUMBER)
		return arena_printf(declaring->arena, "%s[]", plain_type(element.kind));
	return arena_printf(declaring->arena, "Array<%.*s> | cdktf.IResolvable",
		STR_ARG(value_type(declaring, &element)));
}

/* What a value that only the provider sets is read as. */
static struct str computed_type(const struct declaring *declaring, const struct pack_type *type)
{
	if (type->kind == PACK_TYPE_BOOL)
		return STR("cdktf.IResolvable");
	if (type->kind == PACK_TYPE_MAP)
		switch (pack_type_element(type).kind) {
		case PACK_TYPE_STRING:
			return STR("cdktf.StringMap");
		case PACK_TYPE_NUMBER:
			return STR("cdktf.NumberMap");
		case PACK_TYPE_BOOL:
			return STR("cdktf.BooleanMap");
		default:
			return STR("cdktf.AnyMap");
		}
	return value_type(declaring, type);
}

static struct str given_type(const struct declaring *declaring, const struct shape_member *member)
{
	struct str class = member->inner.class;

	switch (member->holding) {
	case HOLDS_OBJECT:
		return class;
	case HOLDS_LIST:
		return arena_printf(declaring->arena, "%.*s[] | cdktf.IResolvable", STR_ARG(class));
	case HOLDS_MAP:
		return arena_printf(declaring->arena, "{ [key: string]: %.*s } | cdktf.IResolvable",
			STR_ARG(class));
	default:
		return value_type(declaring, &member->type);
	}
}

static const char *const suffixes[] = {
	[HOLDS_OBJECT] = "OutputReference", [HOLDS_LIST] = "List", [HOLDS_MAP] = "Map"};

/* ---- texts ---- */

/* A description on one line, which must not end the comment. */
static void add_doc(const struct declaring *declaring, struct str text)
{
	if (str_empty(text))
		return;
	buf_add(declaring->out, STR("    /** "));
	for (size_t i = 0; i < text.len; i++) {
		bool ends = text.data[i] == '/' && i && text.data[i - 1] == '*';

		buf_add_char(declaring->out,
			ends || (unsigned char)text.data[i] < ' ' ? ' ' : text.data[i]);
	}
	buf_add(declaring->out, STR(" */\n"));
}

static void add_interface(const struct declaring *declaring, const struct shape *shape,
	struct str name, const char *more)
{
	buf_printf(declaring->out, "  export interface %.*s%s {\n", STR_ARG(name), more);
	for (uint32_t i = 0; i < shape_member_count(shape); i++) {
		struct shape_member member = shape_member_at(shape, i, declaring->arena);

		if (!member.is_settable)
			continue;
		add_doc(declaring, member.description);
		buf_printf(declaring->out, "    readonly %.*s%s: %.*s;\n", STR_ARG(member.property),
			member.is_required ? "" : "?", STR_ARG(given_type(declaring, &member)));
	}
	buf_add(declaring->out, STR("  }\n"));
}

static void add_reset(const struct declaring *declaring, struct str property)
{
	buf_printf(declaring->out, "    reset%c%.*s(): void;\n", char_upper(property.data[0]),
		STR_ARG(str_slice(property, 1, property.len)));
}

static void add_value_member(const struct declaring *declaring, const struct shape_member *member)
{
	struct str type = member->is_settable ? value_type(declaring, &member->type)
					      : computed_type(declaring, &member->type);

	buf_printf(declaring->out, "    get %.*s(): %.*s;\n", STR_ARG(member->property),
		STR_ARG(type));
	if (member->is_settable)
		buf_printf(declaring->out, "    set %.*s(value: %.*s);\n",
			STR_ARG(member->property), STR_ARG(type));
}

static void add_object_member(const struct declaring *declaring, const struct shape_member *member)
{
	buf_printf(declaring->out, "    get %.*s(): %.*s%s;\n", STR_ARG(member->property),
		STR_ARG(member->inner.class), suffixes[member->holding]);
	if (member->is_settable)
		buf_printf(declaring->out, "    put%c%.*s(value: %.*s): void;\n",
			char_upper(member->property.data[0]),
			STR_ARG(str_slice(member->property, 1, member->property.len)),
			STR_ARG(given_type(declaring, member)));
}

static void add_members(const struct declaring *declaring, const struct shape *shape)
{
	for (uint32_t i = 0; i < shape_member_count(shape); i++) {
		struct shape_member member = shape_member_at(shape, i, declaring->arena);

		if (str_empty(member.property))
			continue;
		if (member.holding == HOLDS_VALUE)
			add_value_member(declaring, &member);
		else
			add_object_member(declaring, &member);
		if (!member.is_settable)
			continue;
		if (!member.is_required)
			add_reset(declaring, member.property);
		buf_printf(declaring->out, "    get %.*sInput(): %.*s | undefined;\n",
			STR_ARG(member.property), STR_ARG(given_type(declaring, &member)));
	}
}

/* The class of one object, and that of a list or map of them. */
static void add_reference(
	const struct declaring *declaring, const struct shape *shape, enum shape_holding holding)
{
	struct buf *out = declaring->out;

	buf_printf(out,
		"  export class %.*sOutputReference extends cdktf.ComplexObject {\n"
		"    constructor(terraformResource: cdktf.IInterpolatingParent, "
		"terraformAttribute: string%s);\n"
		"    get internalValue(): %.*s | cdktf.IResolvable | undefined;\n"
		"    set internalValue(value: %.*s | cdktf.IResolvable | undefined);\n",
		STR_ARG(shape->class),
		holding == HOLDS_LIST
			? ", complexObjectIndex: number, complexObjectIsFromSet: boolean"
			: holding == HOLDS_MAP ? ", complexObjectKey: string"
					       : "",
		STR_ARG(shape->class), STR_ARG(shape->class));
	add_members(declaring, shape);
	buf_add(out, STR("  }\n"));
	if (holding == HOLDS_OBJECT)
		return;
	buf_printf(out,
		"  export class %.*s%s extends cdktf.Complex%s {\n"
		"    internalValue?: %s%.*s%s | cdktf.IResolvable;\n"
		"    constructor(terraformResource: cdktf.IInterpolatingParent, "
		"terraformAttribute: string%s);\n"
		"    get(%s): %.*sOutputReference;\n  }\n",
		STR_ARG(shape->class), suffixes[holding], holding == HOLDS_LIST ? "List" : "Map",
		holding == HOLDS_LIST ? "" : "{ [key: string]: ", STR_ARG(shape->class),
		holding == HOLDS_LIST ? "[]" : " }",
		holding == HOLDS_LIST ? ", wrapsSet: boolean" : "",
		holding == HOLDS_LIST ? "index: number" : "key: string", STR_ARG(shape->class));
}

static void add_nested(const struct declaring *declaring, const struct shape *shape, unsigned depth)
{
	for (uint32_t i = 0; depth < DEPTH_MOST && i < shape_member_count(shape); i++) {
		struct shape_member member = shape_member_at(shape, i, declaring->arena);

		if (member.holding == HOLDS_VALUE)
			continue;
		add_interface(declaring, &member.inner, member.inner.class, "");
		buf_printf(declaring->out,
			"  export function %c%.*sToTerraform(struct?: any): any;\n",
			char_lower(member.inner.class.data[0]),
			STR_ARG(str_slice(member.inner.class, 1, member.inner.class.len)));
		add_reference(declaring, &member.inner, member.holding);
		add_nested(declaring, &member.inner, depth + 1);
	}
}

static bool needs_settings(const struct declaring *declaring, const struct shape *shape)
{
	for (uint32_t i = 0; i < shape_member_count(shape); i++)
		if (shape_member_at(shape, i, declaring->arena).is_required)
			return true;
	return false;
}

static void add_provider_class(
	const struct declaring *declaring, const struct shape *shape, struct str config)
{
	buf_printf(declaring->out,
		"  export class %.*s extends cdktf.TerraformProvider {\n"
		"    static readonly tfResourceType: \"%.*s\";\n"
		"    constructor(scope: Construct, id: string, config%s: %.*s);\n"
		"    get alias(): string | undefined;\n    set alias(value: string | undefined);\n "
		"   resetAlias(): void;\n"
		"    get aliasInput(): string | undefined;\n",
		STR_ARG(shape->class), STR_ARG(shape->path),
		needs_settings(declaring, shape) ? "" : "?", STR_ARG(config));
	for (uint32_t i = 0; i < shape_member_count(shape); i++) {
		struct shape_member member = shape_member_at(shape, i, declaring->arena);
		struct str type;

		if (str_is(member.name, "alias") || !member.is_settable)
			continue;
		type = given_type(declaring, &member);
		buf_printf(declaring->out,
			"    get %.*s(): %.*s | undefined;\n"
			"    set %.*s(value: %.*s | undefined);\n"
			"    get %.*sInput(): %.*s | undefined;\n",
			STR_ARG(member.property), STR_ARG(type), STR_ARG(member.property),
			STR_ARG(type), STR_ARG(member.property), STR_ARG(type));
		if (!member.is_required)
			add_reset(declaring, member.property);
	}
	buf_add(declaring->out, STR("  }\n"));
}

static void add_class(const struct declaring *declaring, const struct shape *shape,
	enum pack_kind kind, struct str config)
{
	buf_printf(declaring->out,
		"  export class %.*s extends cdktf.%s {\n"
		"    static readonly tfResourceType: \"%.*s\";\n"
		"    static generateConfigForImport(scope: Construct, importToId: string, "
		"importFromId: string, provider?: cdktf.TerraformProvider): "
		"cdktf.ImportableResource;\n"
		"    constructor(scope: Construct, id: string, config%s: %.*s);\n",
		STR_ARG(shape->class),
		kind == PACK_DATA ? "TerraformDataSource" : "TerraformResource",
		STR_ARG(shape->path), needs_settings(declaring, shape) ? "" : "?", STR_ARG(config));
	add_members(declaring, shape);
	buf_add(declaring->out, STR("  }\n"));
}

void declare_module(struct pack *pack, const struct named_type *type, struct str specifier,
	struct str api, struct arena *arena, struct buf *out)
{
	const struct declaring declaring = {arena, out};
	struct str config = names_config(pack, type, arena);
	struct shape shape;

	if (!shape_of_type(pack, type, arena, &shape) || arena_failed(arena))
		return;
	buf_printf(out,
		"declare module \"%.*s\" {\n  import { Construct } from \"constructs\";\n"
		"  import * as cdktf from \"%.*s\";\n",
		STR_ARG(specifier), STR_ARG(api));
	if (type->kind == PACK_PROVIDER) {
		add_interface(&declaring, &shape, config, "");
		buf_printf(out, "  export interface %.*s {\n    readonly alias?: string;\n  }\n",
			STR_ARG(config));
		add_provider_class(&declaring, &shape, config);
	} else {
		add_interface(&declaring, &shape, config, " extends cdktf.TerraformMetaArguments");
		add_class(&declaring, &shape, type->kind, config);
	}
	add_nested(&declaring, &shape, 0);
	buf_add(out, STR("}\n"));
}

void declare_barrel(struct pack *pack, struct str specifier, struct str folder, struct arena *arena,
	struct buf *out)
{
	static const enum pack_kind kinds[] = {PACK_PROVIDER, PACK_RESOURCE, PACK_DATA};

	buf_printf(out, "declare module \"%.*s\" {\n", STR_ARG(specifier));
	for (size_t k = 0; k < COUNT_OF(kinds); k++) {
		bool is_provider = kinds[k] == PACK_PROVIDER;

		for (size_t i = 0; i < (is_provider ? 1 : pack_count(pack, kinds[k])); i++) {
			const struct named_type type = {kinds[k],
				is_provider ? pack->name : pack_name_at(pack, kinds[k], i)};
			struct str module = names_module(pack, &type, arena);

			buf_printf(out, "  export * as %.*s from \"%.*s%.*s\";\n",
				STR_ARG(names_namespace(module, arena)), STR_ARG(folder),
				STR_ARG(module));
		}
	}
	buf_add(out, STR("}\n"));
}
