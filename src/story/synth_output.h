/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The files of a synthesis: each is there as it was or as it is to be, whenever weir is stopped, and
 * what an earlier synthesis wrote for a stack that is gone goes.
 */
#ifndef WEIR_STORY_SYNTH_OUTPUT_H
#define WEIR_STORY_SYNTH_OUTPUT_H

#include "construct/answer.h"
#include "script/resolve.h"

/*
 * Writes the outputs below `out`, the manifest last.  A file that holds the same already is left alone.  `granted` are
 * the folders that copies may come from.
 *
 * Of a stack that the manifest of before lists and the new one doesn't, cdk.tf.json is removed if it is the
 * synthesized configuration of a stack of this name, and its folder if nothing is left in it; *ret_removed has their paths.
 *
 * Errors: ERR_CREATE and ERR_OUTPUT (73, 74), and those of asset_copy().
 */
int synth_write(const struct answer *answer, const char *out, const struct script_names *granted,
	struct arena *arena, struct script_names *ret_removed, struct error *err) WEIR_NODISCARD;

#endif
