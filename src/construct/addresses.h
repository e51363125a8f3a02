/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Addresses of a stack's elements: two of one kind and name become one block, of which one is lost.  Nearly no program has such, so what is
 * told here is that there are none; lib/cdktf/stack.ts finds them where there are.
 */
#ifndef WEIR_CONSTRUCT_ADDRESSES_H
#define WEIR_CONSTRUCT_ADDRESSES_H

#include "construct/elements.h"

/*
 * True if each element of a list that has an address has one of its own, with a name that begins as Terraform wants it.  False where that
 * is not so, or can't be told: then nothing is thrown.
 */
bool addresses_are_distinct(struct elements *elements, script_word list);

#endif
