/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From findings to pass, ask or block, by one published table.
 */
#ifndef WEIR_GATE_VERDICT_H
#define WEIR_GATE_VERDICT_H

#include "base/finding.h"

enum profile { PROFILE_DEFAULT, PROFILE_RELAXED, PROFILE_STRICT };

/* Sets each finding's verdict that intent has not settled, and returns the worst. */
enum verdict verdict_decide(struct findings *findings, bool has_intent, enum profile profile);

#endif
