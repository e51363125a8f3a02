/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The story of `weir redact`: a plan in, the same plan without its secrets out.
 */
#ifndef WEIR_STORY_REDACT_H
#define WEIR_STORY_REDACT_H

#include "redact/redact.h"

struct redact_options {
	const char *plan; /* "-" is standard input */
	/* A file whose bytes are the key of the placeholders; NULL: derived from the plan. */
	const char *key_file;
	int fd; /* where to write */
};

/* Errors: input that cannot be read (65), output that cannot be written (74). */
int redact_run(const struct redact_options *options, struct arena *arena,
	struct error *err) WEIR_NODISCARD;

#endif
