/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the classes of lib/provider have under a name: of a member `tags` the property itself, `tagsInput`, `putTags` and `resetTags`.
 * A class makes of these what a program looks for, and of the others nothing.
 */
#ifndef WEIR_CONSTRUCT_ROLES_H
#define WEIR_CONSTRUCT_ROLES_H

#include "construct/shapes.h"

/* In the order in which they are defined: of two that a name could be, the later one is meant. */
enum role_kind { ROLE_NONE, ROLE_VALUE, ROLE_INPUT, ROLE_PUT, ROLE_RESET };

struct role {
	enum role_kind kind;
	const struct known_member
		*member; /* from shapes_member(); NULL of ROLE_NONE, and without memory */
};

/* The class of a provider itself has what can be given alone, all of it can be reset, and nothing is put. */
struct role role_of(
	struct shapes *shapes, const struct known_shape *shape, struct str name, bool is_provider);
/* "value", "input", "put", "reset". */
struct str role_name(enum role_kind kind);

#endif
