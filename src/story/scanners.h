/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The files of --sarif-in: read, and their results led to the files of the tree.
 */
#ifndef WEIR_STORY_SCANNERS_H
#define WEIR_STORY_SCANNERS_H

#include "gate/scanner.h"
#include "report/report.h"

/* Files that other scanners wrote, in the order in which they are told. */
struct scanner_options {
	const char *const *files;
	size_t count;
};

/*
 * Reads all files; their digests go to ret_digests, as many as there are files.  "-" is standard input.
 * Errors: input that cannot be read (65).
 */
int scanners_read(const struct scanner_options *options, struct arena *arena,
	struct sarif_results *results, struct report_file **ret_digests,
	struct error *err) WEIR_NODISCARD;

/*
 * Leads each result to the file of the tree that it means: a path from the current directory, from
 * the top of the repository, or from `beside` (absent: none), whichever is there.  A file that
 * is nowhere here, or both in the current directory and at the top, becomes absent.  Only whether a file is there is asked, never what is in it.
 */
int scanners_locate(struct sarif_results *results, struct str beside, struct arena *arena,
	struct scanner_world *ret_world, struct error *err) WEIR_NODISCARD;

#endif
