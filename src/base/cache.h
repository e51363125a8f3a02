/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Texts that cost something to make, kept from one run to the next in the user's cache folder: $XDG_CACHE_HOME/weir, or
 * ~/.cache/weir.  What is read was written by this very build, for this user, as a whole.
 *
 * Nothing here is an error: where there is no folder, none that belongs to the user alone, or no room, nothing is kept.
 */
#ifndef WEIR_BASE_CACHE_H
#define WEIR_BASE_CACHE_H

#include "base/memory.h"

enum {
	CACHE_NAME = 64,           /* bytes of a name, the NUL among them */
	CACHE_TEXT_MOST = 8 << 20, /* of one text */
	/* Of all: what was written longest ago goes. */
	CACHE_FILES_MOST = 256,
	CACHE_BYTES_MOST = 64 << 20,
};

/*
 * Whether the folder is, or would be made, below this one, an absolute path without symbolic links: what whoever fills it could bring.
 * Nothing else here looks at that.
 */
bool cache_is_below(struct str folder);

/* The text with this name, letters and digits; absent where there is none, or it is damaged. */
struct str cache_read(const char *name, struct arena *arena);
void cache_write(const char *name, struct str text);

#endif
