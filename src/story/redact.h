/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The story of `weir redact`: plans in, the same plans without their secrets out.
 */
#ifndef WEIR_STORY_REDACT_H
#define WEIR_STORY_REDACT_H

#include "redact/redact.h"
#include "story/inputs.h"

struct redact_options {
	struct input_options input;
	/* A file whose bytes are the key of the placeholders; NULL: derived from the plan. */
	const char *key_file;
	int fd; /* where to write */
};

/* Errors: input that cannot be read (65), output that cannot be written (74). */
int redact_run(const struct redact_options *options, struct arena *arena,
	struct error *err) WEIR_NODISCARD;

#endif
