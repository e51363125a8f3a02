/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A compiled intent, as only the intent_*.c files see it.
 *
 *	intent_read.c        a document to this model; every mistake is an error with its place
 *	intent_entry.c       one line of expect, allow or forbid
 *	intent_judge.c       the story of judging a plan
 *	intent_keep.c        what is kept, and what a kept object refers to
 *	intent_match.c       which lines name which changes
 *	intent_lift.c        which hazards those lines lift
 *	intent_conditions.c  before, after, only, id
 *	intent_lineage.c     from
 *	intent_state.c       objects of the prior state; is an expectation already met
 *	intent_base.c        what is laxer than the intent at the merge base
 *	intent_draft.c       a first intent for a plan
 *	intent_text.c        sentences and YAML that findings print
 */
#ifndef WEIR_GATE_INTENT_MODEL_H
#define WEIR_GATE_INTENT_MODEL_H

#include "gate/glob.h"
#include "gate/intent.h"
#include "gate/regex.h"
#include "gate/remedy.h"
#include "gate/types.h"

enum answer { ANSWER_NO, ANSWER_UNKNOWN, ANSWER_YES };

enum condition_op {
	OP_NAMED, /* in `only`: the path may change, to anything */
	OP_EQUALS,
	OP_ONE_OF,
	OP_LOWERED, /* below before; `floor` if the value is a number */
	OP_SAME_AS,
	OP_REFERS_TO,
	OP_MATCHES,
};

struct condition {
	enum condition_op op;
	struct str path;
	struct node place; /* the path's key node */
	struct node value;
	struct regex *regex;
	struct address other;  /* same_as, refers_to */
	struct str other_path; /* same_as: absent is the same path */
};

struct conditions {
	struct condition *items;
	size_t count, room;
};

enum entry_list { LIST_EXPECT, LIST_ALLOW, LIST_FORBID };

/* One line: "- create: ADDRESS" and what else it says. */
struct entry {
	enum entry_list list;
	struct str word;  /* "create" */
	uint32_t actions; /* 1 << enum plan_action */
	struct address glob;
	struct node place; /* the address' node */
	struct conditions before, after, only;
	bool has_only;
	struct str id;
	struct address from; /* .text absent: none */
	struct node from_place;
	struct node count_place;
	size_t min, max; /* SIZE_MAX: no limit */
	/* Set by intent_compare_base(): a hazard that this line lifts is asked about. */
	bool relaxed;
	bool told;    /* ... and the line was told about already */
	size_t index; /* among all entries of the intent */
};

struct entries {
	struct entry *items;
	size_t count, room;
};

struct keep {
	struct address glob;
	struct node place;
};

struct keeps {
	struct keep *items;
	size_t count, room;
};

struct accept {
	struct str rule;
	struct address glob;
	struct str path; /* absent: any */
	struct str reason;
	struct node place;
	int64_t end;
	bool relaxed;
};

struct accepts {
	struct accept *items;
	size_t count, room;
};

enum otherwise { OTHERWISE_PASS, OTHERWISE_TABLE, OTHERWISE_ASK, OTHERWISE_BLOCK };

struct require {
	struct str name;
	struct node place;
};

/* A phase, or the lines outside of phases. */
struct phase {
	struct str name; /* absent for the lines outside */
	struct node place;
	struct keeps keep;
	struct entries entries; /* expect, allow and forbid, in the order written */
	struct accepts accept;
	enum otherwise otherwise;
	struct node otherwise_place;
	struct require *requires;
	size_t require_count, require_room;
};

struct intent {
	const struct doc *doc;
	struct str goal, root, workspace, expires;
	struct node root_place, workspace_place, expires_place, phase_place;
	int64_t end; /* INT64_MAX: no expiry */
	int64_t now;
	struct phase common;
	struct phase *phases;
	size_t phase_count, phase_room;
	struct phase *active; /* NULL: no phases */
	bool phase_given;     /* by the caller, not by the file */
	size_t entry_count;
};

static inline bool intent_expired(const struct intent *intent)
{
	return intent->now >= intent->end;
}

/* The scopes that hold now: the common lines, then the active phase. */
enum { SCOPES_MOST = 2 };
static inline size_t intent_scopes(
	const struct intent *intent, const struct phase *ret[SCOPES_MOST])
{
	ret[0] = &intent->common;
	ret[1] = intent->active;
	return intent->active ? 2 : 1;
}

static inline uint32_t action_bit(enum plan_action action)
{
	return (uint32_t)1 << action;
}

#define ACTIONS_DESTROY                                                                            \
	((uint32_t)1 << ACTION_DELETE | (uint32_t)1 << ACTION_REPLACE |                            \
		(uint32_t)1 << ACTION_REPLACE_CBD)
/* Objects that leave, destroyed or only forgotten. */
#define ACTIONS_LEAVE                                                                              \
	(ACTIONS_DESTROY | (uint32_t)1 << ACTION_FORGET | (uint32_t)1 << ACTION_CREATE_FORGET |    \
		(uint32_t)1 << ACTION_FORGET_CREATE)
#define ACTIONS_CALM                                                                               \
	((uint32_t)1 << ACTION_NO_OP | (uint32_t)1 << ACTION_READ | (uint32_t)1 << ACTION_OPEN |   \
		(uint32_t)1 << ACTION_RENEW | (uint32_t)1 << ACTION_CLOSE)

/* intent_entry.c */
int intent_read_entry(struct intent *intent, struct node node, enum entry_list list,
	struct arena *arena, struct entry *ret_entry, struct error *err) WEIR_NODISCARD;
int intent_read_address(struct node node, struct arena *arena, struct address *ret_glob,
	struct error *err) WEIR_NODISCARD;
/* Refuses members that are not in the NULL-ended list, naming the nearest that is. */
int intent_check_members(
	struct node object, const char *const *names, struct error *err) WEIR_NODISCARD;
int intent_read_text(struct node node, struct arena *arena, struct str *ret_text,
	struct error *err) WEIR_NODISCARD;

/* One object of the prior state. */
struct state_object {
	struct address address;
	struct node values;
	struct node self;
};

struct state {
	bool built;
	bool known;                 /* the plan carries a prior state */
	struct state_object *items; /* sorted by address text, then deposed key */
	size_t count, room;
};

/* Everything that judging one plan needs. */
struct judge {
	const struct intent *intent;
	const struct plan *plan;
	const struct references *references;
	struct findings *findings;
	struct arena *arena;
	struct state state;     /* built when first asked for: state_get() */
	struct judged *changes; /* what the plan would do: no-ops and reads are left out */
	size_t change_count;
	/* All live changes by address, built when first asked for: change_at(). */
	const struct change **by_address;
	size_t by_address_count;
	/* Live ones by address without keys, destroyed ones first. */
	struct judged **by_configuration;
	size_t by_configuration_count;
	struct tally *tallies; /* one for each entry, by index */
	struct match *matches; /* what names what */
	size_t match_count, match_room;
	struct kept_reference *kept_references;
	size_t kept_reference_count, kept_reference_room;
	bool *keep_named; /* common keeps, then the active phase's */
};

struct judged {
	const struct change *change;
	struct address address;
	struct address previous;
	struct str configuration; /* the address without keys */
	bool parsed, has_previous;
	bool refused; /* kept or forbidden: nothing lifts its hazards */
	bool named;
	bool asked; /* about what a kept object refers to: only a block says more */
};

struct tally {
	size_t matched, contradicted;
	bool asked; /* the relaxing line was told about */
};

struct match {
	struct judged *judged;
	const struct entry *entry;
	struct str full_address;
};

/* A kept object refers to `to`. */
struct kept_reference {
	struct str to;                 /* without keys */
	struct str address, attribute; /* of the kept object */
	const struct keep *keep;
};

/* An answer and, if it is not yes, why. */
struct reason {
	enum answer answer;
	struct str text;
	struct node place;
	bool lineage;
};

/* Where a value is looked up: a planned change, or an object in state. */
struct subject {
	const struct change *change; /* NULL: `values` */
	struct node values;
	struct str address; /* plain */
};

/* intent_state.c */
const struct state *state_get(struct judge *judge);
/* The live object at an address, or NULL. */
const struct state_object *state_find(struct judge *judge, struct str address);
/* Was the expectation met already?  For `expect` short of matches, and for `requires` (past). */
struct reason state_is_met(
	struct judge *judge, const struct entry *entry, size_t matched, bool past);
/* Are the phases met that the active one requires? */
void state_judge_requires(struct judge *judge);

/* intent_conditions.c */
struct reason conditions_judge(
	struct judge *judge, const struct entry *entry, const struct change *change);
/* What the line says of the object as it is afterwards: `after`, and the values in `only`. */
struct reason conditions_after(
	struct judge *judge, const struct entry *entry, const struct subject *subject);
struct reason condition_hold(struct judge *judge, const struct condition *condition,
	const struct subject *subject, bool after);
/* The worse of two: no, then unknown, then yes. */
struct reason reason_worse(struct reason a, struct reason b);
/* The live change at an address, or NULL. */
const struct change *change_at(struct judge *judge, struct str address);
/* "a.b" is at or below "a"; "a" is not below "a.b". */
bool path_is_within(struct str path, struct str above);

/* intent_lineage.c */
struct reason lineage_judge(
	struct judge *judge, const struct entry *entry, const struct subject *subject);
/* True if `value` is an identity (id, arn, name, ...) of the object at the address, by state or
 * plan. */
bool identity_matches(struct judge *judge, struct str address, struct node value);
/* Null, "", or a list or object of nothing else. */
bool value_is_empty(struct node value);
/*
 * Is `value` among the values of the object, as far as plan and state show them?  Unknown if they
 * show none.
 */
enum answer object_holds(struct judge *judge, struct str address, struct node value);

/* intent_keep.c */
int keep_collect(struct judge *judge, struct error *err) WEIR_NODISCARD;
void keep_judge(struct judge *judge, struct judged *judged);
void keep_unnamed(struct judge *judge);

/* intent_judge.c */
/* A live object that the plan changes, by its address without keys; the worst one, or NULL. */
const struct judged *judged_find(const struct judge *judge, struct str configuration);

/* intent_match.c */
void match_judge(struct judge *judge, struct judged *judged);
void match_finish(struct judge *judge);

/* intent_lift.c */
void match_lift(struct judge *judge, size_t finding_count);

/* intent_text.c */
struct place intent_place(const struct node node);
/* A finding on a change, with plan, address, pointer and the intent's place; NULL: no memory. */
struct finding *intent_finding(struct judge *judge, const struct judged *judged, struct str rule,
	enum finding_kind kind, enum severity severity, struct node place);
/* "would be replaced (name cannot be changed in place)". */
struct str change_sentence(const struct change *change, struct arena *arena);
/* A value for a message, cut; "a sensitive value" where it is masked. */
struct str value_text(struct node value, bool sensitive, struct arena *arena);

#endif
