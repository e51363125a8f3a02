/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One key's value in one file: what it may be, and whether it counts.
 */
#ifndef WEIR_CONFIG_VALUES_H
#define WEIR_CONFIG_VALUES_H

#include "base/doc.h"
#include "config/config.h"

struct value_scope {
	struct arena *arena;
	struct config *config; /* filled */
	struct str directory;  /* that paths in this file are relative to */
	struct error *err;
};

/* Checks the value against the key's row and adds it, unless a stronger file has set the key. */
int value_read(
	const struct value_scope *scope, enum config_key key, struct node value) WEIR_NODISCARD;

#endif
