/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The story of `weir verify`: a plan and a model's words about it in, a verdict about the words out.
 */
#ifndef WEIR_STORY_VERIFY_H
#define WEIR_STORY_VERIFY_H

#include "report/verified.h"
#include "story/review.h"

struct verify_options {
	struct input_options input; /* exactly one plan */
	const char *claims;         /* one of the three */
	const char *summary;
	struct str text; /* the summary itself, where no file holds it; else absent */
	const char *now_text;
};

struct verification;

int verify_run(const struct verify_options *options, struct arena *arena,
	struct verification **ret_verification, struct error *err) WEIR_NODISCARD;
const struct verified *verification_result(const struct verification *verification);
void verification_cleanup(struct verification **verification);

#endif
