/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The name of an element in Terraform, made of its path below the stack.  A migrating user's state hangs on it, so it is
 * cdktf's to the byte.  Apart from the host's functions since it knows nothing of scripts.
 */
#ifndef WEIR_CONSTRUCT_LOGICAL_ID_H
#define WEIR_CONSTRUCT_LOGICAL_ID_H

#include "base/memory.h"

/* Whether an id is such a name as it stands. */
bool logical_id_is(struct str id);

/*
 * Adds the name for ids that are joined with `/`: the only one without what no name may have, or a readable part and a hash of
 * all.  `Default` counts in nothing.  The name of before cdktf 0.15 (is_legacy) has letters and digits alone, and always a hash;
 * the stack's id counts in it.  False where no id is left that counts, but for that one.
 */
bool logical_id_make(struct str path, bool is_legacy, struct buf *name);

#endif
