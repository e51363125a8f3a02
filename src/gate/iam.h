/* SPDX-License-Identifier: Apache-2.0 */
/*
 * IAM policy documents as what they grant.  A policy is read from JSON text into statements; then it
 * is asked: would it let this principal do this action on this resource?
 *
 * Conservative on both sides: what a condition of a known kind bounds is not open to the world, a
 * condition of an unknown kind bounds nothing, and a Deny counts only where it holds for all that is asked.
 */
#ifndef WEIR_GATE_IAM_H
#define WEIR_GATE_IAM_H

#include "base/doc.h"

/* A list of texts of a statement: "Action" and "NotAction" are the same list, once turned round. */
struct iam_list {
	const struct str *items;
	size_t count;
	bool inverted; /* NotAction, NotResource, NotPrincipal */
	bool present;
};

struct iam_statement {
	bool allow;
	struct str sid;
	struct iam_list actions; /* lower case */
	struct iam_list resources;
	struct iam_list principals; /* "aws:*", "service:s3.amazonaws.com"; "*" is everyone */
	struct node condition;      /* or none */
	bool bounded;               /* the condition says who, or from where */
	bool exempts;               /* a Deny whose condition spares only who is known */
	bool subject;               /* the condition names a subject of a token */
};

struct iam_policy {
	struct iam_statement *items;
	size_t count, room;
	bool unreadable; /* some text is no JSON, or has a key twice */
};

/*
 * Adds the statements of one JSON text. `node` is a string; what is read lives in the arena.
 * An absent or empty one adds nothing.
 */
void iam_policy_add(struct iam_policy *policy, struct node node, struct arena *arena);

/* Who asks. */
enum iam_asker {
	IAM_HOLDER, /* whoever the policy is attached to */
	IAM_WORLD,  /* anyone at all, from anywhere */
	IAM_TOKEN,  /* anyone with a token of an identity provider that the policy trusts */
};

struct iam_query {
	enum iam_asker asker;
	struct str action;   /* lower case; "*" asks for all of them, "s3:*" for all of s3 */
	struct str resource; /* "*" asks for all of them */
};
bool iam_allows(const struct iam_policy *policy, const struct iam_query *query);
/* Whether one statement grants what is asked; Deny is not looked at. */
bool iam_statement_grants(const struct iam_statement *statement, const struct iam_query *query);
/* The first Deny of `before` that does not hold in `after` to the same extent, or NULL. */
const struct iam_statement *iam_lost_deny(
	const struct iam_policy *before, const struct iam_policy *after);

/* A copy in lower case: actions and keys of conditions have no case. */
struct str iam_lower(struct str text, struct arena *arena);
/* `*` and `?` as IAM means them. */
bool iam_like(struct str pattern, struct str text);

#endif
