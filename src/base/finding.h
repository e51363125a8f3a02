/* SPDX-License-Identifier: Apache-2.0 */
/*
 * struct finding: one thing worth telling.  Everything that weir has to say
 * about what it read is a finding: rule, severity, where, why.  Whoever detects
 * something appends to the caller's list; rendering lives in src/report, the
 * verdict in src/gate.
 *
 * All text in a finding is raw and borrowed from the review's arena; output
 * goes through the redactor and the encoder of its format.
 */
#ifndef WEIR_BASE_FINDING_H
#define WEIR_BASE_FINDING_H

#include "base/memory.h"

/* What is wrong with a program of constructs (src/construct). KIND(name, "kind"), as below. */
#define PROGRAM_KINDS(KIND)                                                                        \
	KIND(BAD_ID, "bad-id")                                                                     \
	KIND(CIRCULAR_DEPENDENCY, "circular-dependency")                                           \
	KIND(COLLIDING_IDS, "colliding-ids")                                                       \
	KIND(CONFLICTING_PROPERTIES, "conflicting-properties")                                     \
	KIND(DUPLICATE_ID, "duplicate-id")                                                         \
	KIND(EXCEPTION, "exception")                                                               \
	KIND(IMPURE_INPUT, "impure-input")                                                         \
	KIND(INFINITE_LOOP, "infinite-loop")                                                       \
	KIND(INFINITE_RECURSION, "infinite-recursion")                                             \
	KIND(MEMORY_LIMIT, "memory-limit")                                                         \
	KIND(MISSING_PROVIDER, "missing-provider")                                                 \
	KIND(MISSING_REQUIRED, "missing-required")                                                 \
	KIND(NO_STACK, "no-stack")                                                                 \
	KIND(NO_SYNTH, "no-synth")                                                                 \
	KIND(OUT_OF_RANGE, "out-of-range")                                                         \
	KIND(SYNTAX_ERROR, "syntax-error")                                                         \
	KIND(TOKEN_MISUSE, "token-misuse")                                                         \
	KIND(TOO_MANY_ITEMS, "too-many-items")                                                     \
	KIND(UNCHECKED, "unchecked")                                                               \
	KIND(UNKNOWN_ENUM_VALUE, "unknown-enum-value")                                             \
	KIND(UNKNOWN_EXPORT, "unknown-export")                                                     \
	KIND(UNKNOWN_MODULE, "unknown-module")                                                     \
	KIND(UNKNOWN_PROPERTY, "unknown-property")                                                 \
	KIND(UPSTREAM_DEFECT, "upstream-defect")                                                   \
	KIND(WRONG_REFERENCE, "wrong-reference")                                                   \
	KIND(WRONG_TYPE, "wrong-type")

/* KIND(name, "kind"): published; later versions add, none is renamed or removed. */
#define FINDING_KINDS(KIND)                                                                        \
	KIND(STATEFUL_DESTROY, "stateful-destroy")                                                 \
	KIND(STATEFUL_REPLACE, "stateful-replace")                                                 \
	KIND(HIDDEN_DESTROY, "hidden-destroy")                                                     \
	KIND(LOOSENED_PROTECTION, "loosened-protection")                                           \
	KIND(EXPOSURE, "exposure")                                                                 \
	KIND(PRIVILEGE, "privilege")                                                               \
	KIND(ENCRYPTION_WEAKENED, "encryption-weakened")                                           \
	KIND(SECRET_IN_PLAINTEXT, "secret-in-plaintext")                                           \
	KIND(PREVENT_DESTROY_LOST, "prevent-destroy-lost")                                         \
	KIND(UNKNOWN_TYPE_DESTROY, "unknown-type-destroy")                                         \
	KIND(OUTAGE, "outage")                                                                     \
	KIND(IDENTITY_LOSS, "identity-loss")                                                       \
	KIND(BLAST_RADIUS, "blast-radius")                                                         \
	KIND(SCANNER, "scanner")                                                                   \
	KIND(UNKNOWN_ACTION, "unknown-action")                                                     \
	KIND(INCOMPLETE_PLAN, "incomplete-plan")                                                   \
	KIND(REPORT_TRUNCATED, "report-truncated")                                                 \
	KIND(FORGED_PLACEHOLDER, "forged-placeholder")                                             \
	KIND(MODEL_WORDS, "model-words")                                                           \
	KIND(PLAN_DIFFERS, "plan-differs")                                                         \
	KIND(CHECK_FAILED, "check-failed")                                                         \
	KIND(INTENT_MISSING, "intent-missing")                                                     \
	KIND(INTENT_UNEXPECTED, "intent-unexpected")                                               \
	KIND(INTENT_KEPT, "intent-kept")                                                           \
	KIND(INTENT_COUNT, "intent-count")                                                         \
	KIND(INTENT_LINEAGE, "intent-lineage")                                                     \
	KIND(INTENT_FORBIDDEN, "intent-forbidden")                                                 \
	KIND(INTENT_RELAXED_HERE, "intent-relaxed-here")                                           \
	KIND(INTENT_EXPIRED, "intent-expired")                                                     \
	KIND(INTENT_WRONG_ROOT, "intent-wrong-root")                                               \
	PROGRAM_KINDS(KIND)

enum finding_kind {
#define KIND(name, text) KIND_##name,
	FINDING_KINDS(KIND)
#undef KIND
		KIND_COUNT
};

/* Ordered: a larger one is worse. */
enum severity { SEVERITY_INFO, SEVERITY_LOW, SEVERITY_MEDIUM, SEVERITY_HIGH, SEVERITY_CRITICAL };

/* FAIL: it is so. UNKNOWN: not decidable before apply. ACCEPTED: so, and accepted in writing. */
enum finding_state { STATE_FAIL, STATE_UNKNOWN, STATE_ACCEPTED };

/* Ordered: a larger one is worse. */
enum verdict { VERDICT_PASS, VERDICT_ASK, VERDICT_BLOCK };

/* A place in a file that a person wrote. Line and column from 1; column in code points; 0 = none. */
struct place {
	struct str file;
	unsigned line;
	unsigned column;
};

struct finding {
	/* Stable id of the rule that found it, such as "aws-db-instance-destroyed" or "intent-keep". */
	struct str rule;
	enum finding_kind kind;
	enum severity severity;
	enum finding_state state;
	/* What this finding alone asks of the verdict; set by src/gate. */
	enum verdict verdict;

	/* The plan's name as given or derived; absent for findings on no plan. */
	struct str plan;
	/* "ADDRESS" or "ADDRESS (deposed KEY)"; absent for the plan as a whole. */
	struct str address;
	/* Attribute as people write it, "point_in_time_recovery[0].enabled"; absent: the whole object. */
	struct str path;
	/* One sentence: what would happen. Raw text of the plan may be inside. */
	struct str message;
	/* What forces or causes it, one sentence, or absent. */
	struct str cause;
	/* What a person can do; for an ask, the line of intent that would answer it. Absent if none. */
	struct str remedy;

	/* Where in the plan: JSON Pointer and byte offset (SIZE_MAX: none). */
	struct str pointer;
	size_t offset;
	/* Where in the configuration, and which line of the intent says so. */
	struct place config;
	struct place intent;
	/* Where in the words of a model (kind model-words only). */
	struct place said;
	/* Where in a program, and the author's frames that led there, one a line, or absent (PROGRAM_KINDS only). */
	struct place source;
	struct str stack;
};

struct findings {
	struct arena *arena;
	struct finding *items;
	size_t count;
	size_t room;
};

struct str finding_kind_name(enum finding_kind kind);
/* False if there is no such kind. */
bool finding_kind_find(struct str name, enum finding_kind *ret_kind);
/* Whether it is one of PROGRAM_KINDS. */
bool finding_kind_is_program(enum finding_kind kind);
/* What a kind means and what to do about it. */
struct finding_help {
	const char *title, *help;
};
const struct finding_help *finding_kind_help(enum finding_kind kind);
struct str severity_name(enum severity severity);
bool severity_find(struct str name, enum severity *ret_severity);
struct str finding_state_name(enum finding_state state);
struct str verdict_name(enum verdict verdict);

/*
 * Appends a zeroed finding with offset SIZE_MAX and returns it; NULL when the arena refused
 * (sticky: the caller of the stage asks arena_failed()).  The pointer is good until the next append.
 */
struct finding *finding_add(
	struct findings *findings, struct str rule, enum finding_kind kind, enum severity severity);

/* Appends all of `more`; false when the arena refused. */
bool findings_append(struct findings *findings, const struct findings *more);

/*
 * 16 hex digits that stay the same for the same problem: over rule, kind, plan, address and path (a scanner's
 * finding without an address: its file), and of a program over its file and the message; never over positions or
 * order.
 */
void finding_fingerprint(const struct finding *finding, char ret_hex[17]);

/* Passes, and only apply will decide it: reports for people fold these. What a line of the intent names is no such thing. */
static inline bool finding_is_undecided(const struct finding *finding)
{
	return finding->state == STATE_UNKNOWN && finding->verdict == VERDICT_PASS &&
		finding->intent.line == 0;
}

/*
 * Sorts by verdict (worst first, what is undecided and passes last), severity (worst first), then place in a
 * program, kind, plan, address, path, rule: a total order.
 */
void findings_sort(struct findings *findings);

#endif
