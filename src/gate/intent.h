/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Intent: what the author meant the plan to do, written down before it is
 * reviewed, phase by phase (intent.weir.yaml; schema in data/schema/).
 */
#ifndef WEIR_GATE_INTENT_H
#define WEIR_GATE_INTENT_H

#include "gate/rule.h"

struct intent;

struct intent_options {
	struct str phase; /* --phase; absent: the file's own */
	int64_t now;      /* seconds since 1970 UTC */
	bool any_phase;   /* for the intent at the base: no phase has to be said or to exist */
};

/* Compiles an intent document; everything is borrowed from the arena and the document. */
int intent_read(const struct doc *doc, const struct intent_options *options, struct arena *arena,
	struct intent **ret_intent, struct error *err) WEIR_NODISCARD;

struct str intent_goal(const struct intent *intent);
struct str intent_phase(const struct intent *intent);
struct str intent_root(const struct intent *intent);

/*
 * What of the current intent is laxer than `base` (the intent at the merge base; NULL: there was
 * none, everything that relaxes is new).  Marks entries inside `intent`; judging then caps them at
 * ask.
 */
int intent_compare_base(struct intent *intent, const struct intent *base, struct findings *findings,
	struct error *err) WEIR_NODISCARD;

/* The reviewed tree has no intent where the base has one: that relaxes too, and is told. */
void intent_base_removed(struct str file, struct findings *findings);
/* Notes that the base has a file of this name which cannot be read as an intent: ask. */
void intent_base_unreadable(struct str file, struct findings *findings);

/*
 * Judges the plan: appends intent-* findings, and marks hazards already in `findings` that the
 * intent names (their `verdict` becomes pass and `intent` the line) or accepts (STATE_ACCEPTED).
 */
int intent_judge(const struct intent *intent, const struct plan *plan,
	const struct references *references, struct findings *findings,
	struct error *err) WEIR_NODISCARD;

/* `weir intent init`: a draft for the plan, as YAML text. */
int intent_draft(const struct plan *plan, const struct findings *findings, struct buf *out,
	struct error *err) WEIR_NODISCARD;

#endif
