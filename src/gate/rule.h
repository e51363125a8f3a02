/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rules as data (data/hazards/): id, title, help, kind, severity, types, and a
 * predicate over before and after.  A rule fires only where this plan makes
 * things worse; a create loosens nothing; equal weakness before and after is
 * silent; a value unknown until apply gives STATE_UNKNOWN.
 */
#ifndef WEIR_GATE_RULE_H
#define WEIR_GATE_RULE_H

#include "plan/diff.h"
#include "plan/reference.h"

struct rules;

/* No rules at all; rules_add() adds some. */
int rules_create(struct arena *arena, struct rules **ret_rules, struct error *err) WEIR_NODISCARD;
/* The types of what some plans change: no rule for other types has anything to say about them. */
struct rule_scope;
int rule_scope_of(const struct plan *plans, size_t count, struct arena *arena,
	struct rule_scope **ret_scope, struct error *err) WEIR_NODISCARD;
/*
 * The rules that are built in, compiled into the arena; those that look at no type of the scope (NULL: every
 * type) are left out.  Their ids are taken, and they count in the digest, all the same.
 */
int rules_load(const struct rule_scope *scope, struct arena *arena, struct rules **ret_rules,
	struct error *err) WEIR_NODISCARD;
/* Adds the rules of one document (docs/rules.md), all or none; the document is not kept. */
int rules_add(struct rules *rules, const struct doc *doc, struct error *err) WEIR_NODISCARD;
/*
 * The same for whoever writes rules: adds those that can be read and tells of each that cannot,
 * with its place.  Returns an error only where memory is short.
 */
typedef void rule_fault_fn(const struct error *fault, void *payload);
int rules_add_each(struct rules *rules, const struct doc *doc, rule_fault_fn *fault, void *payload,
	struct error *err) WEIR_NODISCARD;
/*
 * SHA-256 hex over all data that decides: the loaded rules, what is known of types, which attributes
 * are sets.  The same for the same rules, however they are written and in whatever order, and a team's own in
 * whatever files.
 */
struct str rules_digest(const struct rules *rules);

struct rule_info {
	struct str id, title, help;
	struct str file; /* the name of the document that it came from */
	enum finding_kind kind;
	enum severity severity;
};
size_t rules_count(const struct rules *rules);
struct rule_info rules_info(const struct rules *rules, size_t index);

/*
 * One case of a rule (docs/rules.md, "Cases"): a change, and what the rule must say of it.  Errors:
 * an entry that is no case (ERR_RULE_SYNTAX, ERR_RULE_KEY).
 */
struct rule_trial {
	size_t rule;      /* index of the rule that it is about */
	bool quiet;       /* the rule must be silent */
	struct str wrong; /* what came out instead; absent: as the case says */
};
int rule_try(const struct rules *rules, struct node entry, struct arena *arena,
	struct rule_trial *ret_trial, struct error *err) WEIR_NODISCARD;

/* Judges every change of the plan and appends findings. */
int rules_apply(const struct rules *rules, const struct plan *plan,
	const struct references *references, struct findings *findings,
	struct error *err) WEIR_NODISCARD;

/* Who knows what a secret is; src/redact lies above this folder. */
struct secret_oracle {
	/* Whether a text of the plan is or holds a secret. */
	bool (*holds)(const struct plan *plan, struct node value, void *payload);
	void *payload;
};
/*
 * The rules that ask for secrets, once they are known: rules_apply() leaves these out.  Also what no rule can
 * see: secrets in outputs and in defaults of variables.
 */
int rules_apply_secrets(const struct rules *rules, const struct plan *plan,
	const struct secret_oracle *oracle, struct findings *findings,
	struct error *err) WEIR_NODISCARD;

#endif
