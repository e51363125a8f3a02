/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A ZIP archive (APPNOTE.TXT 6.3, without ZIP64) in memory, compressed with zlib.  The same entries
 * give the same bytes: all of them are of the first moment that the format can tell.
 */
#ifndef WEIR_BASE_ZIP_H
#define WEIR_BASE_ZIP_H

#include "base/error.h"
#include "base/memory.h"

struct zip {
	/* private */
	struct buf bytes;     /* the entries */
	struct buf directory; /* what stands behind them */
	unsigned count;
};

void zip_init(
	struct zip *zip, size_t ceiling); /* the most bytes of the archive; at most 4 GiB - 1 */
void zip_free(struct zip *zip);           /* for CLEANUP() too */

/*
 * Adds a file, or a folder where the name ends with "/".  `mode` is the file's permission bits, for
 * those who unpack on POSIX.  Names are UTF-8 and relative.  Errors: ERR_OUTPUT where the archive
 * would be too large, ERR_MEMORY.
 */
int zip_add(struct zip *zip, struct str name, struct str content, unsigned mode,
	struct error *err) WEIR_NODISCARD;

/* The whole archive; it lives as long as `zip`, to which nothing may be added any more. */
int zip_end(struct zip *zip, struct str *ret_archive, struct error *err) WEIR_NODISCARD;

#endif
