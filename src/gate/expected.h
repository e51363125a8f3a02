/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether plans do what was reviewed: a plan that is made again after the merge
 * is held against the digest of the one that people saw.
 */
#ifndef WEIR_GATE_EXPECTED_H
#define WEIR_GATE_EXPECTED_H

#include "plan/plan.h"

/* Digests of changes as plan_changes_digest() writes them. */
struct expected {
	const struct str *digests;
	size_t count; /* 0: nothing was expected, and nothing is found */
};

/* True for 64 hexadecimal digits, written in lower case to *ret_digest in the arena. */
bool expected_digest(struct str text, struct arena *arena, struct str *ret_digest);

/*
 * Appends a finding (kind plan-differs, which nothing lifts) for each plan whose digest is not among those
 * expected; where all are, one for each digest that no plan has.
 */
int expected_judge(const struct expected *expected, const struct plans *plans,
	struct findings *findings, struct error *err) WEIR_NODISCARD;

#endif
