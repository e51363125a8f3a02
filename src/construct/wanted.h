/* SPDX-License-Identifier: Apache-2.0 */
/* Which arguments take only some references. What they take is decided in lib/provider/references.ts. */
#ifndef WEIR_CONSTRUCT_WANTED_H
#define WEIR_CONSTRUCT_WANTED_H

#include "base/doc.h"

/*
 * Whether a reference to some attribute may be wrong for an argument: true wherever wantedBy() of references.ts finds something.
 *
 * @param fact what is known of the argument beyond its schema, an object; none where nothing is
 */
bool wanted_is_restricted(struct str name, struct node fact);

#endif
