/* SPDX-License-Identifier: Apache-2.0 */
/* Names of classes, taken apart: which member each is about. Of members with one property the last one counts, as for shapes_find(). */
#include "construct/roles.h"

#include <string.h>

enum { NAME_MOST = 256 };

/* Which member a text may be the property of, where that shall have a role. */
static void consider(struct shapes *shapes, const struct known_shape *shape, struct str property,
	struct role role, bool is_provider, struct role *best)
{
	bool is_fit = true;

	role.member = shapes_find(shapes, shape, property);
	if (!role.member)
		return;
	if (role.kind != ROLE_VALUE || is_provider)
		is_fit = role.member->is_settable;
	if (role.kind == ROLE_PUT)
		is_fit = is_fit && !is_provider && role.member->holding != HOLDS_VALUE;
	if (role.kind == ROLE_RESET)
		is_fit = is_fit && (is_provider || !role.member->is_required);
	/* Members stand in one row, in their order. */
	if (is_fit &&
		(!best->member || role.member > best->member ||
			(role.member == best->member && role.kind > best->kind)))
		*best = role;
}

/* What stands behind "put" or "reset" begins with a capital, where the property has a letter. */
static void consider_behind(struct shapes *shapes, const struct known_shape *shape, struct str name,
	struct str start, enum role_kind kind, bool is_provider, struct role *best)
{
	char property[NAME_MOST];
	struct str rest = str_slice(name, start.len, SIZE_MAX);

	if (!str_starts(name, start) || str_empty(rest) || rest.len > sizeof(property) ||
		(rest.data[0] >= 'a' && rest.data[0] <= 'z'))
		return;
	memcpy(property, rest.data, rest.len);
	property[0] = char_lower(property[0]);
	consider(shapes, shape, (struct str){property, rest.len}, (struct role){.kind = kind},
		is_provider, best);
}

struct role role_of(
	struct shapes *shapes, const struct known_shape *shape, struct str name, bool is_provider)
{
	struct role best = {ROLE_NONE, NULL};

	consider(shapes, shape, name, (struct role){.kind = ROLE_VALUE}, is_provider, &best);
	if (str_ends(name, STR("Input")))
		consider(shapes, shape, str_slice(name, 0, name.len - 5),
			(struct role){.kind = ROLE_INPUT}, is_provider, &best);
	consider_behind(shapes, shape, name, STR("put"), ROLE_PUT, is_provider, &best);
	consider_behind(shapes, shape, name, STR("reset"), ROLE_RESET, is_provider, &best);
	return best;
}

struct str role_name(enum role_kind kind)
{
	static const struct str names[] = {[ROLE_NONE] = STR_INIT(""),
		[ROLE_VALUE] = STR_INIT("value"),
		[ROLE_INPUT] = STR_INIT("input"),
		[ROLE_PUT] = STR_INIT("put"),
		[ROLE_RESET] = STR_INIT("reset")};

	return names[kind];
}
