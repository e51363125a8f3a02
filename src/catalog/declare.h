/* SPDX-License-Identifier: Apache-2.0 */
/*
 * TypeScript declarations of a provider's module, as its published bindings have them: the class of the type, its
 * settings, and what of it is nested.
 *
 * Source of facts: the declarations of CDKTF's bindings of AWS and random.
 */
#ifndef WEIR_CATALOG_DECLARE_H
#define WEIR_CATALOG_DECLARE_H

#include "catalog/names.h"

/*
 * Adds `declare module "SPECIFIER" { … }`.  `api` is the module that has the base classes: "cdktf", "cdktn", "weir".
 * What the arena or the buffer refuses shows in buf_failed() and arena_failed().
 */
void declare_module(struct pack *pack, const struct named_type *type, struct str specifier,
	struct str api, struct arena *arena, struct buf *out);
/*
 * The same of all modules of a provider's package under one name; each of them, `folder` and its name, has a declaration
 * of its own.
 */
void declare_barrel(struct pack *pack, struct str specifier, struct str folder, struct arena *arena,
	struct buf *out);

#endif
