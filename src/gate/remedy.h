/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The line of an intent that would answer an ask, as YAML to paste.
 */
#ifndef WEIR_GATE_REMEDY_H
#define WEIR_GATE_REMEDY_H

#include "base/finding.h"
#include "plan/plan.h"

/* Text as a YAML scalar on one line, in double quotes where it would not be read as this text. */
struct str yaml_scalar(struct str text, struct arena *arena);

/* The word of the intent's language for an action: "replace" for both orders; absent if none. */
struct str action_word(enum plan_action action);

/* "- update: ADDRESS" for a change. */
struct str change_line(const struct change *change, struct arena *arena);

/* Gives a finding the line that would answer it, behind what its remedy says already. */
void remedy_add(struct finding *finding, struct arena *arena);

#endif
