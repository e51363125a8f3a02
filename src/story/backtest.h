/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The story of `weir backtest`: what weir would have said of a team's old plans.
 */
#ifndef WEIR_STORY_BACKTEST_H
#define WEIR_STORY_BACKTEST_H

#include "story/review.h"
#include "story/rule_files.h"

/*
 * Reviews every .json file below `dir`, each by itself, and counts verdicts and rules into `out`
 * as text or JSON.  `options` says how; its inputs are ignored.  A file that cannot be read as a
 * plan is counted and named, and stops nothing.
 */
int backtest_run(const char *dir, const struct review_options *options, struct arena *arena,
	bool json, struct buf *out, struct error *err) WEIR_NODISCARD;

/*
 * Reviews each plan by two versions of a team's rules, "OLD,NEW" (directories; an empty one is no rules of
 * one's own), beside the built-in ones, and tells which verdicts differ and by which rules.
 */
int backtest_compare(const char *dir, const char *packs, const struct review_options *options,
	struct arena *arena, bool json, struct buf *out, struct error *err) WEIR_NODISCARD;

#endif
