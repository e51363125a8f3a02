/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which references an argument takes.  lib/provider/references.ts decides that and tells what is wrong; here is told of the references
 * that are right, as far as their address says so.
 */
#ifndef WEIR_CONSTRUCT_WANTED_H
#define WEIR_CONSTRUCT_WANTED_H

#include "base/doc.h"

struct wanted;

/*
 * What an argument wants, in the arena.  NULL where any reference may be right, and where the arena refuses memory, which shows in
 * arena_failed().
 *
 * @param name in Terraform's spelling; it lives as long as the arena
 * @param type that it is an argument of; empty of a nested object
 * @param fact what is known of it beyond its schema, an object; none where nothing is
 */
const struct wanted *wanted_read(
	struct str name, struct str type, struct node fact, struct arena *arena);

/* Whether a reference to "aws_subnet.private.id" or whatever else it says is surely right. */
bool wanted_takes(const struct wanted *wanted, struct str address);

#endif
