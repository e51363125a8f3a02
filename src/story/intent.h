/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The stories of `weir intent init` (a first intent for a plan) and of `weir
 * intent check` (is this file an intent, and what holds by it).
 */
#ifndef WEIR_STORY_INTENT_H
#define WEIR_STORY_INTENT_H

#include "gate/intent.h"
#include "story/inputs.h"

/* Writes the draft for the one plan of the input, without its secrets, as YAML. */
int intent_init_run(const struct input_options *input, struct arena *arena, struct buf *out,
	struct error *err) WEIR_NODISCARD;

/*
 * Reads an intent, and says what it is, as text or JSON.  Errors: 65 with line and column for a file
 * that is none, 64 if it has phases and neither the file nor options->phase says which one holds.
 */
int intent_check_run(const char *path, const struct intent_options *options, bool json,
	struct arena *arena, struct buf *out, struct error *err) WEIR_NODISCARD;

#endif
