/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The walk over what a program gives.  It says yes where lib/provider/check.ts would report nothing.  It runs nothing of the script's, no
 * getter of a property and no proxy, so that what is looked at again there is as it was; but for a getter that somebody defined at an index
 * of an array, and one that an instance has for `resolve`: what those return, each later walk asks of them again, here as there.
 */
#include "construct/check.h"

#include <math.h>

#include "construct/pieces.h"

enum { DEPTH_MOST = 64 };

#define TEXT_MARK STR("${TfToken[")
#define END_MARK STR("]}")
#define MEANINGLESS                                                                                \
	1e290 /* lib/places.ts: what is beyond it stands for something, or was calculated from that */
#define NUMBER_HIGH 0xfdffU /* lib/cdktf/token-table.ts */

static enum checked check_object(struct check *check, const struct known_shape *shape,
	script_word object, bool is_config, bool is_provider);

static enum checked sure_if(bool is_sure)
{
	return is_sure ? CHECKED_SURE : CHECKED_UNSURE;
}

/* A proxy is none of the kinds that are looked into: that would run code of the script's. */
static enum script_kind kind_of(const struct check *check, script_word word)
{
	return script_word_is_proxy(check->reader, word) ? SCRIPT_OTHER
							 : script_word_kind(check->reader, word);
}

/* ---- what stands for something else ---- */

static bool is_number_token(double number)
{
	uint64_t bits;

	memcpy(&bits, &number, sizeof(bits));
	return bits >> 48 == NUMBER_HIGH;
}

static bool is_meaningless(double number)
{
	return isfinite(number) && (number < -MEANINGLESS || number > MEANINGLESS);
}

/* An object of a class, which is right anywhere if it is a token. */
static enum checked check_instance(const struct check *check, script_word object)
{
	enum script_kind method = script_word_method(check->reader, object, "resolve");

	return method == SCRIPT_THROWN ? CHECKED_THROWN : sure_if(method == SCRIPT_FUNCTION);
}

/* A text that holds an expression, where not every reference is right. */
static enum checked check_reference(
	struct check *check, const struct known_member *member, script_word word, struct str text)
{
	enum checked checked = CHECKED_UNSURE;
	enum script_kind kind;
	script_word address;
	bool is_token =
		str_starts(text, TEXT_MARK) && str_find(text, END_MARK) == text.len - END_MARK.len;

	/* Of an item only a token itself is looked at. */
	if (!is_token && (member->whole != WHOLE_ONE || str_find(text, TEXT_MARK) == SIZE_MAX))
		return CHECKED_SURE;
	address = script_word_call(check->reader, check->identify, word);
	kind = script_word_kind(check->reader, address);
	if (kind == SCRIPT_TEXT) {
		text = script_word_text(check->reader, address);
		checked = str_absent(text) ? CHECKED_THROWN
					   : sure_if(wanted_takes(member->wanted, text));
		script_word_text_end(check->reader, text);
	} else if (kind == SCRIPT_THROWN) {
		checked = CHECKED_THROWN;
	}
	script_word_free(check->reader, address);
	return checked;
}

/* ---- values ---- */

static enum checked check_text(
	struct check *check, const struct known_member *member, script_word word)
{
	enum checked checked = CHECKED_SURE;
	struct str text;

	if (!member->allowed && !member->wanted)
		return CHECKED_SURE;
	text = script_word_text(check->reader, word);
	if (str_absent(text))
		return CHECKED_THROWN;
	if (str_find(text, STR("${")) != SIZE_MAX)
		checked = member->wanted ? check_reference(check, member, word, text) : checked;
	else if (member->allowed && str_find(text, STR("%{")) == SIZE_MAX)
		checked = sure_if(allowed_text(member->allowed, text));
	script_word_text_end(check->reader, text);
	return checked;
}

static enum checked check_number(const struct known_member *member, double number)
{
	if (is_meaningless(number))
		return sure_if(is_number_token(number));
	return sure_if(member->part == PART_NUMBER &&
		(!member->allowed || allowed_number(member->allowed, number)));
}

/* A value that is no list and no map, or a part of one. */
static enum checked check_part(
	struct check *check, const struct known_member *member, script_word word)
{
	switch (kind_of(check, word)) {
	case SCRIPT_THROWN:
		return CHECKED_THROWN;
	case SCRIPT_UNDEFINED:
	case SCRIPT_NULL:
		return CHECKED_SURE;
	case SCRIPT_BOOL:
		return sure_if(member->part == PART_BOOL);
	case SCRIPT_NUMBER:
		return check_number(member, script_word_number(word));
	case SCRIPT_TEXT:
		return member->part == PART_TEXT ? check_text(check, member, word) : CHECKED_UNSURE;
	case SCRIPT_INSTANCE:
		return check_instance(check, word);
	default:
		return CHECKED_UNSURE;
	}
}

/* One object of those that a member holds. */
static enum checked check_item(
	struct check *check, const struct known_member *member, script_word word)
{
	const struct known_shape *inner;

	switch (kind_of(check, word)) {
	case SCRIPT_THROWN:
		return CHECKED_THROWN;
	case SCRIPT_UNDEFINED:
	case SCRIPT_NULL:
		return CHECKED_SURE;
	case SCRIPT_INSTANCE:
		return check_instance(check, word);
	case SCRIPT_PLAIN:
		inner = shapes_inner(check->shapes, member);
		return inner ? check_object(check, inner, word, false, false) : CHECKED_UNSURE;
	default:
		return CHECKED_UNSURE;
	}
}

typedef enum checked each_fn(
	struct check *check, const struct known_member *member, script_word word);

static enum checked check_list(
	struct check *check, const struct known_member *member, script_word list, each_fn *each)
{
	size_t length = script_list_length(check->reader, list);
	enum checked checked = CHECKED_SURE;

	if (length == SIZE_MAX)
		return CHECKED_THROWN;
	if (length < member->min_items || (member->max_items && length > member->max_items))
		return CHECKED_UNSURE;
	for (size_t i = 0; each && i < length && checked == CHECKED_SURE; i++) {
		script_word item = script_list_at(check->reader, list, i);

		checked = each(check, member, item);
		script_word_free(check->reader, item);
	}
	return checked;
}

static enum checked check_map(
	struct check *check, const struct known_member *member, script_word map, each_fn *each)
{
	enum checked checked = CHECKED_SURE;
	struct script_members members;

	if (!script_members_begin(check->reader, map, &members))
		return CHECKED_THROWN;
	for (size_t i = 0; i < members.count && checked == CHECKED_SURE; i++) {
		script_word value;

		if (!script_member_own(check->reader, map, &members, i, &value)) {
			checked = CHECKED_UNSURE;
			break;
		}
		checked = each(check, member, value);
		script_word_free(check->reader, value);
	}
	script_members_end(check->reader, &members);
	return checked;
}

/* Of a member that takes anything. */
static enum checked check_any(
	struct check *check, const struct known_member *member, script_word word)
{
	enum checked checked;
	struct str text;

	if (member->wanted)
		return CHECKED_UNSURE;
	switch (kind_of(check, word)) {
	case SCRIPT_BOOL:
	case SCRIPT_PLAIN:
		return CHECKED_SURE;
	case SCRIPT_NUMBER:
		return sure_if(!is_meaningless(script_word_number(word)));
	case SCRIPT_LIST:
		return check_list(check, member, word, NULL);
	case SCRIPT_TEXT:
		text = script_word_text(check->reader, word);
		checked = str_absent(text) ? CHECKED_THROWN
					   : sure_if(str_find(text, TEXT_MARK) == SIZE_MAX);
		script_word_text_end(check->reader, text);
		return checked;
	default:
		return CHECKED_UNSURE;
	}
}

/* The same where the value is plain data. */
static enum checked check_data(
	struct check *check, const struct known_member *member, script_word value, bool is_list)
{
	if (member->holding != HOLDS_VALUE) {
		if (member->wanted || is_list != (member->holding == HOLDS_LIST))
			return CHECKED_UNSURE;
		if (is_list)
			return check_list(check, member, value, check_item);
		return member->holding == HOLDS_MAP ? check_map(check, member, value, check_item)
						    : check_item(check, member, value);
	}
	if (is_list) {
		if (member->whole != WHOLE_LIST || (member->part == PART_ANY && member->wanted))
			return CHECKED_UNSURE;
		return check_list(
			check, member, value, member->part == PART_ANY ? NULL : check_part);
	}
	return member->whole == WHOLE_MAP ? check_map(check, member, value, check_part)
					  : CHECKED_UNSURE;
}

enum checked check_value(struct check *check, const struct known_member *member, script_word value)
{
	enum script_kind kind = kind_of(check, value);

	if (kind == SCRIPT_THROWN)
		return CHECKED_THROWN;
	if (kind == SCRIPT_NULL)
		return CHECKED_SURE;
	if (kind == SCRIPT_INSTANCE)
		return check_instance(check, value);
	if (kind == SCRIPT_NUMBER && is_number_token(script_word_number(value)))
		return CHECKED_SURE;
	if (member->holding == HOLDS_VALUE && member->whole == WHOLE_ANY)
		return check_any(check, member, value);
	if (kind == SCRIPT_LIST || kind == SCRIPT_PLAIN)
		return check_data(check, member, value, kind == SCRIPT_LIST);
	if (member->holding != HOLDS_VALUE || member->whole != WHOLE_ONE)
		return CHECKED_UNSURE;
	return check_part(check, member, value);
}

/* ---- objects ---- */

struct metas {
	const struct str *names;
	size_t count;
};

/* META_ARGUMENTS of lib/cdktf/resource-base.ts, and what a provider has in place of them. */
static struct metas metas_of(bool is_provider)
{
	static const struct str resource[] = {STR_INIT("count"), STR_INIT("dependsOn"),
		STR_INIT("forEach"), STR_INIT("lifecycle"), STR_INIT("provider"),
		STR_INIT("connection"), STR_INIT("provisioners")};
	static const struct str provider[] = {STR_INIT("alias")};

	return is_provider ? (struct metas){provider, COUNT_OF(provider)}
			   : (struct metas){resource, COUNT_OF(resource)};
}

static bool is_meta(struct str property, bool is_provider)
{
	struct metas metas = metas_of(is_provider);

	for (size_t i = 0; i < metas.count; i++)
		if (str_eq(property, metas.names[i]))
			return true;
	return false;
}

/* Whether a type has an argument of such a name: then the name alone does not tell what it is. */
static bool has_meta(struct check *check, const struct known_shape *shape, bool is_provider)
{
	struct metas metas = metas_of(is_provider);

	for (size_t i = 0; i < metas.count; i++)
		if (shapes_find(check->shapes, shape, metas.names[i]))
			return true;
	return false;
}

/*
 * Whether an object keeps a rule, told by which of its members are given.  What is given may yet come to nothing, and of what leads further
 * down nothing is known.
 */
static bool keeps(const struct known_group *group, uint32_t object)
{
	uint32_t given = 0, itself = 0;
	bool has_first = false, has_second = false;

	for (uint32_t i = 0; i < group->count; i++) {
		const struct known_path *path = &group->paths[i];
		bool is_given = path->first && path->first->given == object;

		given += is_given;
		itself += is_given && !path->is_deep;
		has_first = has_first || (i == 0 && is_given);
		has_second = has_second || (i == 1 && is_given && !path->is_deep);
	}
	switch (group->rule) {
	case RULE_ONE:
		return given == 1 && itself == 1;
	case RULE_SOME:
		return itself > 0;
	case RULE_APART:
		return given < 2;
	default:
		return !has_first || has_second;
	}
}

static bool keeps_all(struct check *check, const struct known_shape *shape, uint32_t object)
{
	const struct known_group *groups;
	size_t count = 0;

	if (!shape->has_groups)
		return true;
	groups = shapes_groups(check->shapes, shape, &count);
	for (size_t i = 0; groups && i < count; i++)
		if (!keeps(&groups[i], object))
			return false;
	return groups != NULL;
}

struct object_walk {
	const struct known_shape *shape;
	bool is_config, is_provider;
	uint32_t object;   /* its number */
	uint32_t required; /* members that it has of those that it must */
};

static enum checked check_member(
	struct check *check, struct object_walk *walk, struct str property, script_word value)
{
	enum script_kind kind = kind_of(check, value);
	const struct known_member *member;

	if (kind == SCRIPT_UNDEFINED) {
		check->has_arguments_only = false;
		return CHECKED_SURE;
	}
	member = shapes_find(check->shapes, walk->shape, property);
	if (!member || !member->is_settable || member->is_refused) {
		check->has_arguments_only = false;
		return sure_if(walk->is_config && is_meta(property, walk->is_provider));
	}
	walk->required += member->is_required;
	if (kind != SCRIPT_NULL)
		((struct known_member *)(uintptr_t)member)->given = walk->object;
	return check_value(check, member, value);
}

static enum checked check_members(struct check *check, struct object_walk *walk, script_word object)
{
	enum checked checked = CHECKED_SURE;
	struct script_members members;

	if (!script_members_begin(check->reader, object, &members))
		return CHECKED_THROWN;
	for (size_t i = 0; i < members.count && checked == CHECKED_SURE; i++) {
		struct str property = script_member_key(check->reader, &members, i);
		script_word value;

		if (str_absent(property)) {
			checked = CHECKED_THROWN;
		} else if (script_member_own(check->reader, object, &members, i, &value)) {
			checked = check_member(check, walk, property, value);
			script_word_free(check->reader, value);
		} else {
			checked = CHECKED_UNSURE;
		}
	}
	script_members_end(check->reader, &members);
	return checked;
}

static enum checked check_object(struct check *check, const struct known_shape *shape,
	script_word object, bool is_config, bool is_provider)
{
	struct object_walk walk = {.shape = shape,
		.is_config = is_config,
		.is_provider = is_provider,
		.object = shapes_next_object(check->shapes)};
	enum checked checked;

	if (check->depth == DEPTH_MOST)
		return CHECKED_UNSURE;
	check->depth++;
	checked = check_members(check, &walk, object);
	check->depth--;
	if (checked != CHECKED_SURE)
		return checked;
	return sure_if(
		walk.required == shape->required_count && keeps_all(check, shape, walk.object));
}

enum checked check_config(
	struct check *check, const struct known_shape *shape, script_word config, bool is_provider)
{
	enum checked checked;

	check->has_arguments_only = true;
	if (kind_of(check, config) != SCRIPT_PLAIN)
		return CHECKED_UNSURE;
	checked = check_object(check, shape, config, true, is_provider);
	if (checked == CHECKED_SURE && !check->has_arguments_only)
		return sure_if(!has_meta(check, shape, is_provider));
	return checked;
}
