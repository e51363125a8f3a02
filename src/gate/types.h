/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a resource type is, from data/types/: does it hold data, is it made to
 * be thrown away, do we know it at all.
 */
#ifndef WEIR_GATE_TYPES_H
#define WEIR_GATE_TYPES_H

#include "plan/plan.h"

enum type_class {
	TYPE_UNKNOWN,   /* weir's data has never heard of it */
	TYPE_STATELESS, /* known, holds no data of its own */
	TYPE_DISPOSABLE, /* known, replaced or deleted in everyday work: task definitions, null_resource, ... */
	TYPE_STATEFUL, /* its destruction loses data that Terraform cannot bring back */
};

/* The class of a type by name alone. */
enum type_class type_class(struct str type);
/*
 * The class of one object: an instance is stateful only with data disks, and so on
 * (the conditions are in data/types/ too).  Judged on `before` if it exists, else on `after`.
 */
enum type_class change_class(const struct change *change);
/* What is lost, for a sentence: "stored logs", "queued messages"; absent if not stateful. */
struct str type_loses(struct str type);
/* SHA-256 hex over what is known of all types, whatever the files that say it and their order. */
struct str types_digest(void);

#endif
