/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A shape is what a class of bindings is made from: a block, or an object type.  Each has an interface for what is given
 * and a class for what is read, and its members lead to the shapes below it.
 */
#include "catalog/declare.h"

enum { DEPTH_MOST = 32 };

enum holding { HOLDS_VALUE, HOLDS_OBJECT, HOLDS_LIST, HOLDS_MAP };

struct shape {
	struct str class;
	struct str path; /* the type and the attributes on the way, joined by dots */
	bool is_object;
	bool is_settable;
	struct pack_block block;
	struct pack_type object;
};

struct member {
	struct str name, property, description;
	bool is_settable, is_required, is_block;
	enum holding holding;
	struct pack_type type; /* of a value; without a kind: anything */
	struct shape inner;    /* else */
};

struct declaring {
	struct arena *arena;
	struct buf *out;
};

/* Types whose nested structure bindings leave open. lib/provider/shape.ts has the same. */
static const struct str open[] = {STR_INIT("aws_quicksight_analysis.definition"),
	STR_INIT("aws_quicksight_dashboard.definition"),
	STR_INIT("aws_quicksight_template.definition"),
	STR_INIT("aws_wafv2_rule_group.rule.statement"),
	STR_INIT("aws_wafv2_web_acl.rule.statement")};

static bool is_open(struct str path)
{
	for (size_t i = 0; i < COUNT_OF(open); i++)
		if (str_eq(open[i], path))
			return true;
	return false;
}

/* ---- members ---- */

static struct shape below(
	const struct declaring *declaring, const struct shape *shape, const struct member *member)
{
	struct str property = member->property;

	return (struct shape){
		.class = arena_printf(declaring->arena, "%.*s%c%.*s", STR_ARG(shape->class),
			property.len ? char_upper(property.data[0]) : '_',
			STR_ARG(str_slice(property, 1, property.len))),
		.path = arena_printf(
			declaring->arena, "%.*s.%.*s", STR_ARG(shape->path), STR_ARG(member->name)),
		.is_settable = member->is_settable};
}

static enum holding holding_of(enum pack_nesting nesting)
{
	if (nesting == PACK_NESTING_SINGLE || nesting == PACK_NESTING_GROUP)
		return HOLDS_OBJECT;
	return nesting == PACK_NESTING_MAP ? HOLDS_MAP : HOLDS_LIST;
}

/* A type is a value, an object, or a list or map of objects. */
static void take_type(const struct declaring *declaring, const struct shape *shape,
	const struct pack_type *type, struct member *member)
{
	struct pack_type object = *type;

	member->type = *type;
	member->holding = HOLDS_OBJECT;
	if (type->kind == PACK_TYPE_LIST || type->kind == PACK_TYPE_SET ||
		type->kind == PACK_TYPE_MAP) {
		object = pack_type_element(type);
		member->holding = type->kind == PACK_TYPE_MAP ? HOLDS_MAP : HOLDS_LIST;
	}
	if (object.kind != PACK_TYPE_OBJECT) {
		member->holding = HOLDS_VALUE;
		return;
	}
	member->inner = below(declaring, shape, member);
	member->inner.is_object = true;
	member->inner.object = object;
}

static struct member attribute_member(
	const struct declaring *declaring, const struct shape *shape, uint32_t index)
{
	struct pack_attribute attribute = pack_attribute_at(&shape->block, index);
	struct member member = {.name = attribute.name,
		.property = names_property(attribute.name, declaring->arena),
		.description = attribute.description,
		.is_settable = attribute.flags & (PACK_OPTIONAL | PACK_REQUIRED),
		.is_required = attribute.flags & PACK_REQUIRED};

	if (attribute.flags & PACK_NESTED) {
		member.holding = holding_of(attribute.nested.nesting);
		member.inner = below(declaring, shape, &member);
		member.inner.block = attribute.nested.block;
	} else {
		take_type(declaring, shape, &attribute.type, &member);
	}
	return member;
}

/* False for a single block that the provider fills alone. */
static bool can_be_given(const struct pack_nested *nested)
{
	if (nested->nesting != PACK_NESTING_SINGLE || nested->block.block_count ||
		!nested->block.attribute_count)
		return true;
	for (uint32_t i = 0; i < nested->block.attribute_count; i++)
		if (pack_attribute_at(&nested->block, i).flags & (PACK_OPTIONAL | PACK_REQUIRED))
			return true;
	return false;
}

static struct member block_member(
	const struct declaring *declaring, const struct shape *shape, uint32_t index)
{
	struct pack_nested nested = pack_nested_at(&shape->block, index);
	struct member member = {.name = nested.name,
		.property = names_property(nested.name, declaring->arena),
		.description = nested.block.description,
		.is_settable = can_be_given(&nested),
		.is_required = nested.min_items > 0,
		.is_block = true,
		.holding = holding_of(nested.nesting)};

	if (member.holding == HOLDS_LIST && nested.max_items == 1)
		member.holding = HOLDS_OBJECT;
	member.inner = below(declaring, shape, &member);
	member.inner.block = nested.block;
	return member;
}

static uint32_t member_count(const struct shape *shape)
{
	return shape->is_object ? shape->object.count
				: shape->block.attribute_count + shape->block.block_count;
}

static struct member member_at(
	const struct declaring *declaring, const struct shape *shape, uint32_t index)
{
	struct member member = {.is_settable = shape->is_settable};

	if (shape->is_object) {
		struct pack_member own = pack_member_at(&shape->object, index);

		member.name = own.name;
		member.property = names_property(own.name, declaring->arena);
		take_type(declaring, shape, &own.type, &member);
	} else if (index < shape->block.attribute_count) {
		member = attribute_member(declaring, shape, index);
	} else {
		member = block_member(declaring, shape, index - shape->block.attribute_count);
	}
	if (is_open(arena_printf(
		    declaring->arena, "%.*s.%.*s", STR_ARG(shape->path), STR_ARG(member.name)))) {
		member.holding = HOLDS_VALUE;
		member.type = (struct pack_type){0};
	}
	return member;
}

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

static struct str given_type(const struct declaring *declaring, const struct member *member)
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
	for (uint32_t i = 0; i < member_count(shape); i++) {
		struct member member = member_at(declaring, shape, i);

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

static void add_value_member(const struct declaring *declaring, const struct member *member)
{
	struct str type = member->is_settable ? value_type(declaring, &member->type)
					      : computed_type(declaring, &member->type);

	buf_printf(declaring->out, "    get %.*s(): %.*s;\n", STR_ARG(member->property),
		STR_ARG(type));
	if (member->is_settable)
		buf_printf(declaring->out, "    set %.*s(value: %.*s);\n",
			STR_ARG(member->property), STR_ARG(type));
}

static void add_object_member(const struct declaring *declaring, const struct member *member)
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
	for (uint32_t i = 0; i < member_count(shape); i++) {
		struct member member = member_at(declaring, shape, i);

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
	const struct declaring *declaring, const struct shape *shape, enum holding holding)
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
	for (uint32_t i = 0; depth < DEPTH_MOST && i < member_count(shape); i++) {
		struct member member = member_at(declaring, shape, i);

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
	for (uint32_t i = 0; i < member_count(shape); i++)
		if (member_at(declaring, shape, i).is_required)
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
	for (uint32_t i = 0; i < member_count(shape); i++) {
		struct member member = member_at(declaring, shape, i);
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
	struct pack_schema schema;
	struct shape shape = {.class = names_class(pack, type, arena), .path = type->type};

	if (!pack_find(pack, type->kind, type->type, &schema) || arena_failed(arena))
		return;
	shape.block = schema.block;
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
