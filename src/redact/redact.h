/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The only way out for text that came from a plan.
 *
 * A redactor learns the secrets of its plans (by mask, by variable, by
 * provider constant, by name, by shape) and then removes every occurrence, in
 * whatever encoding, from whatever text it is given.  Equal secrets get equal
 * placeholders: "weir-redacted-" and 16 hex digits, an HMAC under the redactor's key.
 */
#ifndef WEIR_REDACT_REDACT_H
#define WEIR_REDACT_REDACT_H

#include "plan/plan.h"

struct redactor;

#define REDACT_PREFIX "weir-redacted-"

/*
 * `key` makes placeholders comparable between plans; absent: derived from the plans' own bytes, so
 * that the same input gives the same output.  Borrowed.
 */
int redactor_create(
	struct str key, struct redactor **ret_redactor, struct error *err) WEIR_NODISCARD;
/* Plans that are learned from now on will be rewritten: learning notes what makes that faster. */
void redactor_expect_plans(struct redactor *redactor);
void redactor_destroy(struct redactor *redactor);
void redactor_cleanup(struct redactor **redactor);

/*
 * Learns the secrets of a plan. All plans are learned before the first text is redacted.
 *
 * It reads the plan's document, its root_node and its sha256 and nothing else, so a plan can be learned as
 * soon as it is parsed, in a task (base/task.h): it asks for no position.  It need not be decodable.
 * The struct is borrowed for the redactor's life; a plan is known again by its document.
 */
int redactor_learn(
	struct redactor *redactor, const struct plan *plan, struct error *err) WEIR_NODISCARD;
/* Learns one secret from elsewhere (an environment variable, a file). */
int redactor_learn_value(
	struct redactor *redactor, struct str secret, struct error *err) WEIR_NODISCARD;

/*
 * `text` without secrets: itself (borrowed) if there is none in it, else a copy in the arena.
 * Known secrets in any encoding, and anything with the shape of a secret.
 * Absent when the arena refused.
 */
struct str redact_text(struct redactor *redactor, struct str text, struct arena *arena);

/*
 * An address without secrets: only a for_each key can be one, so types and names stay, even one
 * that happens to equal a secret.
 */
struct str redact_address(struct redactor *redactor, struct str address, struct arena *arena);

/*
 * The text of one attribute value for people: a placeholder if `sensitive`, else redacted JSON
 * (strings quoted), cut at `most` bytes with an ellipsis.
 */
struct str redact_value(struct redactor *redactor, struct node value, bool sensitive, size_t most,
	struct arena *arena);

/* The whole plan as JSON with all secrets replaced; same structure, same verdict. */
int redact_plan(struct redactor *redactor, const struct plan *plan, int fd,
	struct error *err) WEIR_NODISCARD;

/*
 * The same, with the JSON array `facts` (or absent) in the mark: findings whose evidence redaction
 * hides, for whoever reviews the redacted plan.
 */
int redact_plan_marked(struct redactor *redactor, const struct plan *plan, struct str facts, int fd,
	struct error *err) WEIR_NODISCARD;

/*
 * Whether a text of a learned plan is or holds a secret: it is marked or named as one, something in it has the
 * shape of one, or it equals one that is known.
 */
bool redact_holds_secret(
	const struct redactor *redactor, const struct plan *plan, struct node node);

/* Findings of redaction itself: forged placeholders in a plan that weir did not redact; for_each keys that equal a secret. */
void redact_findings(struct redactor *redactor, const struct plan *plan, struct findings *findings);

#endif
