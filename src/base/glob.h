/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Patterns over paths with slashes, as in configurations: one star for any
 * text within a segment, two for any depth.
 */
#ifndef WEIR_BASE_GLOB_H
#define WEIR_BASE_GLOB_H

#include "base/str.h"

/*
 * Whether the whole path matches.  "*" is any text within a segment, "?" one byte of it, and a
 * segment of two stars any number of segments, none included.  Every other byte means itself. Empty
 * segments and "." count for nothing on both sides, so that "./envs//dev/" is "envs/dev". Takes at
 * most the product of both lengths.
 */
bool glob_path_matches(struct str pattern, struct str path);

/*
 * Whether the whole text matches: "*" is any text, and with `any_byte` "?" is one byte.  Takes at
 * most the product of both lengths.
 */
bool glob_text_matches(struct str pattern, struct str text, bool any_byte);

#endif
