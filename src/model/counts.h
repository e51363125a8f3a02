/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether a plan does something so many times; inside src/model only.
 */
#ifndef WEIR_MODEL_COUNTS_H
#define WEIR_MODEL_COUNTS_H

#include "model/prose.h"

struct told_count {
	enum said said;
	bool to;   /* "2 to destroy": as Terraform counts */
	bool add;  /* "added" */
	bool some; /* "2 of them": at most */
	uint64_t number;
	/* Where the noun stands that is counted. */
	size_t from, end;
};

bool count_is_right(const struct reader *reader, const struct sentence *sentence,
	const struct told_count *told);

#endif
