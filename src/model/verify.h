/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Checking what a model says of a plan: claims in a published form, or prose.
 * Both append findings of the kind model-words; the rule tells the flaw, the severity whether it is wrong
 * (critical) or cannot be told (medium), and `said` where in the text.
 */
#ifndef WEIR_MODEL_VERIFY_H
#define WEIR_MODEL_VERIFY_H

#include "model/facts.h"

/* FLAW(name, "rule"): published; the names are those of docs/verify.md. */
#define FLAWS(FLAW)                                                                                \
	FLAW(OMITS_DESTROY, "omits-destroy")                                                       \
	FLAW(OMITS_HAZARD, "omits-hazard")                                                         \
	FLAW(WRONG_ACTION, "wrong-action")                                                         \
	FLAW(WRONG_COUNT, "wrong-count")                                                           \
	FLAW(WRONG_ATTRIBUTE, "wrong-attribute")                                                   \
	FLAW(INVENTED_ADDRESS, "invented-address")                                                 \
	FLAW(AMBIGUOUS_ADDRESS, "ambiguous-address")                                               \
	FLAW(DENIES, "denies-destroy")                                                             \
	FLAW(SOFTENS, "softens")                                                                   \
	FLAW(INSTRUCTION, "injected-instruction")                                                  \
	FLAW(LOOK_ALIKE, "look-alike")                                                             \
	FLAW(FORM, "claim-form")                                                                   \
	FLAW(NOT_PLAIN, "not-plain")

enum flaw {
#define FLAW(name, text) FLAW_##name,
	FLAWS(FLAW)
#undef FLAW
		FLAW_COUNT
};

struct verify {
	const struct facts *facts;
	const struct words *words;
	struct arena *arena;
	struct findings *findings;
	struct str file; /* what the words stand in */
};

/* A finding; `wrong` if it is certain. NULL when the arena refused. */
struct finding *verify_flaw(struct verify *verify, enum flaw flaw, bool wrong, struct str address,
	unsigned line, const char *format, ...) WEIR_PRINTF(6, 7);

enum { SUMMARY_MOST = 256 * 1024, CLAIMS_MOST = 16 << 20 };

/* One claim that holds, for weir's own prose. */
struct claim {
	const struct change *change;
	struct str risk;
	struct str reason;
};
struct claims {
	struct claim *items;
	size_t count, room;
};

/*
 * Claims (data/schema/claims.schema.json).  A document that has another form is a finding, not an
 * error: someone else wrote it.  Fills *ret_claims with what was claimed of objects of the plan.
 */
int verify_claims(struct verify *verify, const struct doc *doc, struct claims *ret_claims,
	struct error *err) WEIR_NODISCARD;

/* Prose, as Markdown. */
int verify_prose(struct verify *verify, struct str text, struct error *err) WEIR_NODISCARD;

/*
 * One sentence or more about one object, out of a claim: nothing in it may deny what happens to it.
 */
int verify_reason(struct verify *verify, struct str text, const struct change *change,
	unsigned line, struct error *err) WEIR_NODISCARD;

#endif
