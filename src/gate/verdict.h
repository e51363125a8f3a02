/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From findings to pass, ask or block, by one published table
 * (verdict.def, docs/verdict.md).
 */
#ifndef WEIR_GATE_VERDICT_H
#define WEIR_GATE_VERDICT_H

#include "base/finding.h"

enum profile { PROFILE_DEFAULT, PROFILE_RELAXED, PROFILE_STRICT };

/* Kinds that the table treats alike. */
enum verdict_group {
	GROUP_FIXED,      /* nothing lifts these: unknown-action, incomplete-plan, ... */
	GROUP_DESTROY,    /* stateful-destroy, stateful-replace, unknown-type-destroy */
	GROUP_HAZARD,     /* all other kinds of rules */
	GROUP_UNEXPECTED, /* intent-unexpected */
	GROUP_INTENT,     /* the other intent kinds */
	GROUP_PROGRAM,    /* PROGRAM_KINDS: an error blocks, a warning passes */
};

struct str profile_name(enum profile profile);
bool profile_find(struct str name, enum profile *ret_profile);

enum verdict_group verdict_group(enum finding_kind kind);
/* False for what no intent and no acceptance can lift: GROUP_FIXED and what intent itself found. */
bool verdict_may_lift(enum finding_kind kind);

/* How the findings of one plan are judged. */
struct verdict_terms {
	bool has_intent;
	enum profile profile;
	/* A hazard of the kind asks where only apply will decide it, if it would not pass else. */
	bool asks_unknown[KIND_COUNT];
};

/* The cell of the table for a finding that no line of an intent names. */
enum verdict verdict_of(enum finding_kind kind, enum severity severity, enum finding_state state,
	const struct verdict_terms *terms);

/*
 * Sets each finding's verdict that intent has not settled, and returns the worst.  Settled is a
 * hazard that a line of the intent names (`intent` is set) or accepts; all others get the table's
 * verdict, or keep a worse one that they came with.  An ask without a remedy gets one.
 */
enum verdict verdict_decide(struct findings *findings, const struct verdict_terms *terms);

#endif
