/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What scanners found, as they write it: SARIF 2.1.0 (OASIS).  Reading decides
 * nothing: which object a result means is src/gate/scanner.c's.
 *
 * Facts: the standard, and what Checkov, Trivy and tflint write (docs/scanners.md).
 */
#ifndef WEIR_GATE_SARIF_H
#define WEIR_GATE_SARIF_H

#include "base/error.h"
#include "base/finding.h"

enum {
	SARIF_MAX_BYTES = 64 << 20, /* of one file */
	SARIF_MAX_RESULTS = 100000, /* of all files; each place of a result counts */
};

/* One place of one result that is a finding: neither suppressed nor passed nor gone. */
struct sarif_result {
	struct str rule; /* "checkov/CKV_AWS_24" */
	enum severity severity;
	struct str message;
	/* What helps where this is about no object: the scanner's own trouble. Absent for all others. */
	struct str remedy;
	/* The object, where the tool gives an address of a plan; absent: it does not. */
	struct str address;
	/*
	 * The file in its shortest form, decoded, '/' between its parts; absent where there is none on
	 * a disk.  `whole` is the same below the directory that the run names; absent where it names none.
	 */
	struct str file, whole;
	unsigned line; /* from 1; 0: none */
	/* Set by src/story/scanners.c: `file` as it was, where that is now a file of the tree or absent. */
	struct str place;
	/* Set by src/gate/scanner.c: told with a plan; some plan could not tell whether it is its own. */
	bool told, unknown;
};

struct sarif_results {
	struct sarif_result *items;
	size_t count;
	size_t room;
};

/*
 * Appends what a file holds; everything is copied into the arena.  `name` is for messages.
 * Errors (65): no JSON, a duplicate key, not SARIF 2.1.0, more results than SARIF_MAX_RESULTS.  On
 * failure *results may hold a part of the file.
 */
int sarif_read(struct str text, struct str name, struct arena *arena, struct sarif_results *results,
	struct error *err) WEIR_NODISCARD;

#endif
