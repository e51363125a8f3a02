/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Shapes from packs: which members a block or an object type has, and how each is held.  What a schema does not say stands
 * in two tables.
 */
#include "catalog/shape.h"

/* Types whose nested structure bindings leave open: it is copied as it is given, in Terraform's spelling. */
static const struct str open[] = {STR_INIT("aws_quicksight_analysis.definition"),
	STR_INIT("aws_quicksight_dashboard.definition"),
	STR_INIT("aws_quicksight_template.definition"),
	STR_INIT("aws_wafv2_rule_group.rule.statement"),
	STR_INIT("aws_wafv2_web_acl.rule.statement")};

/*
 * Attributes that Terraform takes as if they were blocks: it wants each of their objects whole, so what isn't given is
 * null.
 */
static const struct str whole[] = {STR_INIT("aws_default_route_table.route"),
	STR_INIT("aws_default_security_group.egress"),
	STR_INIT("aws_default_security_group.ingress"), STR_INIT("aws_emr_cluster.step"),
	STR_INIT("aws_network_acl.egress"), STR_INIT("aws_network_acl.ingress"),
	STR_INIT("aws_route_table.route"), STR_INIT("aws_security_group.egress"),
	STR_INIT("aws_security_group.ingress")};

/* Is "PATH.NAME" one of them? */
static bool is_among(const struct str *paths, size_t count, struct str path, struct str name)
{
	for (size_t i = 0; i < count; i++)
		if (paths[i].len == path.len + 1 + name.len && str_starts(paths[i], path) &&
			paths[i].data[path.len] == '.' &&
			str_eq(str_slice(paths[i], path.len + 1, SIZE_MAX), name))
			return true;
	return false;
}

/* Takes the shape below a member over, but for what it is of. */
static void go_below(const struct shape *shape, struct shape_member *member, struct arena *arena)
{
	struct str property = member->property;

	member->inner = (struct shape){
		.class = arena_printf(arena, "%.*s%c%.*s", STR_ARG(shape->class),
			property.len ? char_upper(property.data[0]) : '_',
			STR_ARG(str_slice(property, 1, property.len))),
		.label = arena_printf(arena, "%.*s.%.*s", STR_ARG(shape->label), STR_ARG(property)),
		.path = arena_printf(
			arena, "%.*s.%.*s", STR_ARG(shape->path), STR_ARG(member->name)),
		.is_settable = member->is_settable,
		.facts = facts_of_argument(shape->facts, member->name).block};
}

static enum shape_holding holding_of(enum pack_nesting nesting)
{
	if (nesting == PACK_NESTING_SINGLE || nesting == PACK_NESTING_GROUP)
		return HOLDS_OBJECT;
	return nesting == PACK_NESTING_MAP ? HOLDS_MAP : HOLDS_LIST;
}

/* A type is a value, an object, or a list or map of objects. */
static void take_type(const struct shape *shape, const struct pack_type *type,
	struct shape_member *member, struct arena *arena)
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
	member->is_set = type->kind == PACK_TYPE_SET;
	go_below(shape, member, arena);
	member->inner.is_object = true;
	member->inner.is_whole =
		shape->is_whole || is_among(whole, COUNT_OF(whole), shape->path, member->name);
	member->inner.object = object;
}

static struct shape_member attribute_member(
	const struct shape *shape, const struct pack_attribute *attribute, struct arena *arena)
{
	struct shape_member member = {.name = attribute->name,
		.property = names_property(attribute->name, arena),
		.description = attribute->description,
		.is_settable = attribute->flags & (PACK_OPTIONAL | PACK_REQUIRED),
		.is_required = attribute->flags & PACK_REQUIRED};

	if (attribute->flags & PACK_NESTED) {
		member.holding = holding_of(attribute->nested.nesting);
		member.is_set = attribute->nested.nesting == PACK_NESTING_SET;
		go_below(shape, &member, arena);
		member.inner.block = attribute->nested.block;
	} else {
		take_type(shape, &attribute->type, &member, arena);
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

static struct shape_member block_member(
	const struct shape *shape, const struct pack_nested *nested, struct arena *arena)
{
	struct shape_member member = {.name = nested->name,
		.property = names_property(nested->name, arena),
		.description = nested->block.description,
		.is_settable = can_be_given(nested),
		.is_required = nested->min_items > 0,
		.is_block = true,
		.holding = holding_of(nested->nesting),
		.min_items = nested->min_items,
		.max_items = nested->max_items};

	member.is_item = member.holding == HOLDS_LIST && nested->max_items == 1;
	if (member.is_item)
		member.holding = HOLDS_OBJECT;
	member.is_set = nested->nesting == PACK_NESTING_SET && !member.is_item;
	go_below(shape, &member, arena);
	member.inner.block = nested->block;
	return member;
}

static struct shape_member object_member(
	const struct shape *shape, const struct pack_member *own, struct arena *arena)
{
	struct shape_member member = {.name = own->name,
		.property = names_property(own->name, arena),
		.is_settable = shape->is_settable};

	take_type(shape, &own->type, &member, arena);
	return member;
}

bool shape_of_type(struct pack *pack, const struct named_type *type, struct arena *arena,
	struct shape *ret_shape)
{
	struct str class = names_class(pack, type, arena);
	struct pack_schema schema;

	if (!pack_find(pack, type->kind, type->type, &schema))
		return false;
	*ret_shape = (struct shape){.class = class,
		.label = class,
		.path = type->type,
		.block = schema.block,
		.facts = facts_of_type(pack, type->kind, type->type, arena)};
	return true;
}

uint32_t shape_member_count(const struct shape *shape)
{
	return shape->is_object ? shape->object.count
				: shape->block.attribute_count + shape->block.block_count;
}

struct shape_member shape_member_at(const struct shape *shape, uint32_t index, struct arena *arena)
{
	struct shape_member member;

	if (shape->is_object) {
		struct pack_member own = pack_member_at(&shape->object, index);

		member = object_member(shape, &own, arena);
	} else if (index < shape->block.attribute_count) {
		struct pack_attribute attribute = pack_attribute_at(&shape->block, index);

		member = attribute_member(shape, &attribute, arena);
	} else {
		struct pack_nested nested =
			pack_nested_at(&shape->block, index - shape->block.attribute_count);

		member = block_member(shape, &nested, arena);
	}
	if (is_among(open, COUNT_OF(open), shape->path, member.name)) {
		member.holding = HOLDS_VALUE;
		member.type = (struct pack_type){0};
		member.is_set = member.is_item = false;
	}
	if (member.is_settable)
		member.fact = facts_of_argument(shape->facts, member.name).number;
	return member;
}

struct shape_outline shape_outline_at(const struct shape *shape, uint32_t index)
{
	struct pack_nested nested;

	if (shape->is_object)
		return (struct shape_outline){
			pack_member_at(&shape->object, index).name, shape->is_settable, false};
	if (index < shape->block.attribute_count) {
		struct pack_attribute attribute = pack_attribute_at(&shape->block, index);

		return (struct shape_outline){attribute.name,
			attribute.flags & (PACK_OPTIONAL | PACK_REQUIRED),
			attribute.flags & PACK_REQUIRED};
	}
	nested = pack_nested_at(&shape->block, index - shape->block.attribute_count);
	return (struct shape_outline){nested.name, can_be_given(&nested), nested.min_items > 0};
}

enum shape_access shape_member_access(const struct shape_member *member)
{
	static const enum shape_access elements[PACK_TYPE_KINDS][PACK_TYPE_KINDS] = {
		[PACK_TYPE_LIST] = {[PACK_TYPE_STRING] = ACCESS_STRING_LIST,
			[PACK_TYPE_NUMBER] = ACCESS_NUMBER_LIST},
		[PACK_TYPE_SET] = {[PACK_TYPE_STRING] = ACCESS_STRING_SET,
			[PACK_TYPE_NUMBER] = ACCESS_NUMBER_SET},
		[PACK_TYPE_MAP] = {[PACK_TYPE_STRING] = ACCESS_STRING_MAP,
			[PACK_TYPE_NUMBER] = ACCESS_NUMBER_MAP,
			[PACK_TYPE_BOOL] = ACCESS_BOOL_MAP},
	};
	enum shape_access access;

	if (member->holding != HOLDS_VALUE)
		return ACCESS_ANY;
	switch (member->type.kind) {
	case PACK_TYPE_STRING:
		return ACCESS_STRING;
	case PACK_TYPE_NUMBER:
		return ACCESS_NUMBER;
	case PACK_TYPE_BOOL:
		return ACCESS_BOOL;
	case PACK_TYPE_LIST:
	case PACK_TYPE_SET:
	case PACK_TYPE_MAP:
		access = elements[member->type.kind][pack_type_element(&member->type).kind];
		return member->type.kind == PACK_TYPE_SET && access == ACCESS_ANY ? ACCESS_ANY_SET
										  : access;
	default:
		return ACCESS_ANY;
	}
}

struct str shape_access_name(enum shape_access access)
{
	static const char *const names[SHAPE_ACCESSES] = {[ACCESS_ANY] = "any",
		[ACCESS_STRING] = "string",
		[ACCESS_NUMBER] = "number",
		[ACCESS_BOOL] = "bool",
		[ACCESS_STRING_LIST] = "stringList",
		[ACCESS_NUMBER_LIST] = "numberList",
		[ACCESS_STRING_SET] = "stringSet",
		[ACCESS_NUMBER_SET] = "numberSet",
		[ACCESS_ANY_SET] = "anySet",
		[ACCESS_STRING_MAP] = "stringMap",
		[ACCESS_NUMBER_MAP] = "numberMap",
		[ACCESS_BOOL_MAP] = "boolMap"};

	return str_of(names[access]);
}

bool shape_below(
	const struct shape *shape, struct str name, struct arena *arena, struct shape *ret_inner)
{
	for (uint32_t i = 0; i < shape_member_count(shape); i++) {
		struct shape_member member;

		if (!str_eq(shape_outline_at(shape, i).name, name))
			continue;
		member = shape_member_at(shape, i, arena);
		if (member.holding == HOLDS_VALUE)
			continue;
		*ret_inner = member.inner;
		return true;
	}
	return false;
}
