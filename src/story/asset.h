/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The files that a program asked to be taken along: copied, or packed into one archive.
 */
#ifndef WEIR_STORY_ASSET_H
#define WEIR_STORY_ASSET_H

#include "script/resolve.h"

/*
 * Copies a file, with its permission to be executed.  `granted` are the folders that it may come from.
 * Errors: ERR_FILE_MISSING where it is not below them, those of reading and of file_replace_unsynced().
 */
int asset_copy(struct str from, const char *to, const struct script_names *granted,
	struct arena *arena, struct error *err) WEIR_NODISCARD;

/*
 * Packs all that a folder holds, each folder in the order of names, hidden files too, as a ZIP archive.
 * Errors: as above, and ERR_OUTPUT for more than a gibibyte.
 */
int asset_archive(struct str from, const char *to, const struct script_names *granted,
	struct arena *arena, struct error *err) WEIR_NODISCARD;

#endif
