/* SPDX-License-Identifier: Apache-2.0 */
/* Files that are not written yet: texts at paths, over the file system, for who checks a program before it is saved. */
#ifndef WEIR_SCRIPT_OVERLAY_H
#define WEIR_SCRIPT_OVERLAY_H

#include "script/resolve.h"

struct script_text {
	struct str path; /* absolute, in its shortest form */
	struct str text;
};
struct script_overlay {
	const struct script_text *items;
	size_t count;
};

/*
 * The file system, but with these files, and the folders that they stand in; where a file is at such a path too, the text counts.  As
 * script_files() it has no library and no providers.  The overlay is borrowed.
 */
struct script_source script_overlaid(const struct script_overlay *overlay);
/* The text at a path in its shortest form, or NULL. */
const struct script_text *script_overlay_find(
	const struct script_overlay *overlay, struct str path);

#endif
