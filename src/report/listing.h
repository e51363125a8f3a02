/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the formats that list findings for other programs have in common: where
 * a finding is shown and by which id it is known again.  Inside src/report only.
 */
#ifndef WEIR_REPORT_LISTING_H
#define WEIR_REPORT_LISTING_H

#include "report/report.h"

/* A fingerprint, "-" and a number where several findings share one. */
enum { LISTING_ID_SIZE = 16 + 1 + 20 + 1 };

struct listing {
	const struct report *report;
	struct arena *scratch;
	struct buf text; /* for one text at a time */
	/* Of the findings, in their order. */
	char (*ids)[LISTING_ID_SIZE];
};

/* Ready to list; listing_free() in every case. */
int listing_init(
	struct listing *listing, const struct report *report, struct error *err) WEIR_NODISCARD;
void listing_free(struct listing *listing);
/* Whether memory was refused anywhere. */
bool listing_failed(const struct listing *listing);

/* Text out of the input without secrets; the same of an address. */
struct str listing_safe(struct listing *listing, struct str text);
struct str listing_address(struct listing *listing, struct str address);
/* The same behind an encoder. Good until the next call. */
typedef void encode_fn(struct buf *out, struct str text);
struct str listing_encoded(struct listing *listing, encode_fn *encode, struct str text);

/* A place that is the plan's own: the entry that the finding is about, or the file's first line. */
struct place listing_plan_place(struct listing *listing, const struct finding *finding);
/* Where people can do something about it: the program, the configuration, else the line of the intent, else the plan. */
struct place listing_place(struct listing *listing, const struct finding *finding);

/* Someone named or accepted in writing what the finding tells of, and it passes. */
bool listing_is_answered(const struct finding *finding);

/* "MESSAGE Because: CAUSE What to do: REMEDY", raw. */
struct str listing_sentences(struct listing *listing, const struct finding *finding);

#endif
