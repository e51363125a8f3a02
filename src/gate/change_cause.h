/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Why a change is in a plan, as far as two versions of its configuration tell:
 * a line that was edited, a reference to something that changes, or neither.
 */
#ifndef WEIR_GATE_CHANGE_CAUSE_H
#define WEIR_GATE_CHANGE_CAUSE_H

#include "hcl/hcl.h"
#include "plan/reference.h"

enum change_cause_kind {
	CAUSE_EDIT, /* `file` and `line` of the first edited line, or of a block that is gone */
	CAUSE_REFERENCE, /* `from` changes */
	CAUSE_ELSEWHERE, /* `reason`, or absent where nothing tells */
};

struct change_cause {
	enum change_cause_kind kind;
	bool removed; /* EDIT: the block stood there before and is gone */
	struct str file;
	unsigned line;
	struct str from;   /* an address, "local.x" or "var.x" */
	struct str reason; /* "drift", "module", "provider upgrade" */
};

struct change_cause_source {
	const struct hcl_configuration *before, *now;
	const struct references *references;
	bool providers_changed; /* the lock file differs */
};

/* "edit", "reference", "elsewhere" */
struct str change_cause_name(enum change_cause_kind kind);

/* The causes of plan->changes, one each, in its order. */
int change_causes(const struct plan *plan, const struct change_cause_source *source,
	struct arena *arena, const struct change_cause **ret_causes,
	struct error *err) WEIR_NODISCARD;

#endif
