/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a model's words are held against: the objects of one plan under every
 * name that a text may give them, and what must be told of them.
 */
#ifndef WEIR_MODEL_FACTS_H
#define WEIR_MODEL_FACTS_H

#include "model/words.h"
#include "plan/plan.h"

/* What must be told: an object that ceases to exist, or that is in danger. */
struct need {
	struct str address;
	struct str deposed;          /* absent for the live object */
	const struct change *change; /* NULL for an output, a variable, a provider */
	bool destroyed;
	bool loses;             /* what it holds is gone with it */
	bool hazard;            /* a finding of the nine kinds */
	enum severity severity; /* its worst */
	/* Filled by whoever reads the words. */
	bool named;    /* its address stands somewhere */
	bool credited; /* ...in a sentence that says what happens to it */
	bool doubtful; /* ...in a sentence that is not plain */
};

enum name_kind {
	NAME_OBJECT,   /* the address of one entry of the plan */
	NAME_PREVIOUS, /* where a moved one was */
	NAME_RESOURCE, /* without the index: all its instances */
	NAME_MODULE,
	NAME_OTHER, /* an output, a variable, something that only the configuration has */
};

struct name {
	struct str text;
	enum name_kind kind;
	const struct change *change; /* NULL for NAME_OTHER */
};

struct facts {
	struct arena *arena;
	const struct plan *plan;
	struct name *names; /* sorted by text, then by kind */
	size_t name_count, name_room;
	struct need *needs;
	size_t need_count, need_room;
	size_t *need_of; /* by the change's place in the plan: 1 + its need, 0 for none */
	struct plan_counts counts;
	size_t by_action[ACTION_COUNT];
	size_t with_previous, stateful_destroys, changed;
	size_t *effort; /* tape entries looked at so far */
	bool loses;     /* any object with contents goes, or something inside one */
};

/*
 * `findings` are the review's, before any intent: of them those count that are certain and of the
 * nine kinds of the published corpus.
 */
int facts_build(const struct plan *plan, const struct findings *findings, struct arena *arena,
	struct facts **ret_facts, struct error *err) WEIR_NODISCARD;

/* The names with this text: *ret_count of them from the returned one on, NULL if there are none. */
const struct name *facts_find(const struct facts *facts, struct str text, size_t *ret_count);
/* The object with this address and deposed key (absent: the live one), or NULL. */
const struct change *facts_change(
	const struct facts *facts, struct str address, struct str deposed);
struct need *facts_need(const struct facts *facts, struct str address, struct str deposed);
/* Whether any object is of this provider's types ("aws_..."). */
bool facts_has_type(const struct facts *facts, struct str type);
/* Whether any object has this name. */
bool facts_has_name(const struct facts *facts, struct str name);
/*
 * Whether a text stands in the values of a change, as a key or as a value, or inside a longer text if it has
 * four letters or more; of all that change if `change` is NULL.  It gives up, with false, when a
 * hostile text makes it look too often.
 */
bool facts_has_text(const struct facts *facts, const struct change *change, struct str text);
/* The same for a whole number after or before it was scaled by a unit: 14 (days) is 1209600. */
bool facts_has_number(const struct facts *facts, const struct change *change, struct str digits);
/* Whether `key` (absent: any) holds this scalar before or after. */
enum value_side { SIDE_BEFORE, SIDE_AFTER };
bool facts_holds(const struct facts *facts, const struct change *change, enum value_side side,
	struct str key, struct str value);

/* Whether it is right to say this of a change. */
bool change_allows(const struct change *change, enum said said);

/* Whether a finding is of the nine kinds that everyone who tells of a plan must tell. */
bool kind_must_be_told(enum finding_kind kind);

#endif
