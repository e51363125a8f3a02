/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a text could hold, told by one look at its bytes, so that each detector runs only over texts
 * that could interest it.  Most texts of a plan could hold nothing.  Inside src/redact only.
 */
#ifndef WEIR_REDACT_TEXTURE_H
#define WEIR_REDACT_TEXTURE_H

#include "redact/shapes.h"

enum texture {
	TEXTURE_TOKEN = 1,    /* what shapes_known() looks for may begin somewhere */
	TEXTURE_ASSIGNED = 2, /* signs or options for shapes_assigned() */
	TEXTURE_BASE64 = 4,   /* BASE64_LEAST characters of base64 in a row */
	TEXTURE_RANDOM = 8, /* a word that is as long as random ones, and its kinds of characters */
	TEXTURE_BACKSLASH = 16,
	TEXTURE_PERCENT = 32,
	TEXTURE_PLUS = 64,
	TEXTURE_NUL = 128, /* ASCII in UTF-16 holds some */
};

/* A set of enum texture; a bit may be set in vain, but none is missing. */
unsigned text_texture(const struct shapes_index *index, struct str text);

#endif
