/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a check of a model's words came to, ready to be told.
 */
#ifndef WEIR_REPORT_VERIFIED_H
#define WEIR_REPORT_VERIFIED_H

#include "model/verify.h"
#include "report/report.h"

struct verified {
	const struct report *review; /* of the plan; its redactor stands before every output */
	struct str file;             /* what was checked */
	struct str sha256;
	struct findings findings; /* sorted */
	enum verdict verdict;
	const struct claims *claims; /* NULL: it was prose */
};

/* Findings; and where claims pass, weir's own prose of them, as Markdown. */
int verified_text(const struct verified *verified, const struct report_style *style,
	struct buf *out, struct error *err) WEIR_NODISCARD;
/* Schema: data/schema/verify.schema.json. */
int verified_json(
	const struct verified *verified, struct buf *out, struct error *err) WEIR_NODISCARD;

#endif
