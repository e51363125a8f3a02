/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The story of `weir backtest`: what weir would have said of a team's old plans.
 */
#ifndef WEIR_STORY_BACKTEST_H
#define WEIR_STORY_BACKTEST_H

#include "story/review.h"

/*
 * Reviews every .json file below `dir`, each by itself, and counts verdicts and rules into `out`
 * as text or JSON.  `options` says how; its inputs are ignored.  A file that cannot be read as a
 * plan is counted and named, and stops nothing.
 */
int backtest_run(const char *dir, const struct review_options *options, struct arena *arena,
	bool json, struct buf *out, struct error *err) WEIR_NODISCARD;

#endif
