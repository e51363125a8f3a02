/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What became of a stripped text, as bytes: for another process of this build, or a later one.
 */
#ifndef WEIR_SCRIPT_STRIP_PACK_H
#define WEIR_SCRIPT_STRIP_PACK_H

#include "script/strip.h"

/* Adds `stripped`, which was made of `source`. */
void strip_pack(const struct stripped *stripped, struct str source, struct buf *out);
/*
 * The same again, of the same source.  Texts lie in `bytes` and in the source.  False where the bytes are nothing of
 * the kind, whatever they are, or memory is short.
 */
bool strip_unpack(struct str bytes, struct str source, struct arena *arena, struct stripped *ret);

#endif
