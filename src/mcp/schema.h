/* SPDX-License-Identifier: Apache-2.0 */
/*
 * JSON Schema 2020-12 for the arguments of tools, as far as our tools use it:
 *
 *	type properties required additionalProperties items enum const
 *	minimum maximum minLength maxLength minItems maxItems anyOf
 *
 * and, without effect, $schema (of that dialect), title, description and default.  A schema with another keyword is refused when it is
 * loaded: what is not understood must not pass.  No $ref is followed.
 *
 * Source: JSON Schema 2020-12, core and validation.
 */
#ifndef WEIR_MCP_SCHEMA_H
#define WEIR_MCP_SCHEMA_H

#include "base/doc.h"

enum { MCP_SCHEMA_DEPTH = 32 };

/* Refuses what is no such schema. Errors: ERR_DEFECT, since schemas are ours, and ERR_JSON_DUPLICATE_KEY, with the place. */
int mcp_schema_load(struct node schema, struct error *err) WEIR_NODISCARD;

/*
 * Whether `value` is as a loaded schema says.  Where it is not, `problems` says why in sentences that whoever gave the value can
 * act on, one a line and a few at most: which part, what was given, what is allowed, the nearest name.  `arena` is scratch.
 */
bool mcp_schema_check(
	struct node schema, struct node value, struct arena *arena, struct buf *problems);

#endif
