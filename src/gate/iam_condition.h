/* SPDX-License-Identifier: Apache-2.0 */
/* What the conditions of an IAM statement bound. Inside src/gate only. */
#ifndef WEIR_GATE_IAM_CONDITION_H
#define WEIR_GATE_IAM_CONDITION_H

#include "base/doc.h"

/* Sets what is known of a condition; docs/rules.md lists the keys. */
struct iam_condition_facts {
	bool bounds;  /* an Allow: who may, or from where */
	bool exempts; /* a Deny: all but who is known are denied */
	bool subject; /* an Allow: which subjects of a token */
};
struct iam_condition_facts iam_condition_read(struct node condition, struct arena *arena);

#endif
