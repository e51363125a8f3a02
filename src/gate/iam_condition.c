/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which conditions bound a statement.  A condition that is not understood bounds nothing: it may ask
 * for encryption, a date, a second factor, and still hold for everyone.
 *
 * The keys are those that AWS's own public access checks count as fixed (S3 "block public
 * access", IAM Access Analyzer), and those of the services' global context keys that name a caller.
 */
#include "gate/iam_condition.h"

#include "gate/iam.h"
#include "gate/rule_model.h"

enum value_kind { ANY_VALUE, ARN_VALUE, IP_VALUE, TAG_KEY, FLAG_VALUE };

/* Lower case; TAG_KEY: the key goes on with a name. */
static const struct {
	struct str key;
	enum value_kind kind;
} bounding[] = {
	{STR_INIT("aws:sourcearn"), ARN_VALUE},
	{STR_INIT("aws:sourceaccount"), ANY_VALUE},
	{STR_INIT("aws:sourceowner"), ANY_VALUE},
	{STR_INIT("aws:sourceorgid"), ANY_VALUE},
	{STR_INIT("aws:sourceorgpaths"), ANY_VALUE},
	{STR_INIT("aws:sourceip"), IP_VALUE},
	{STR_INIT("aws:vpcsourceip"), IP_VALUE},
	{STR_INIT("aws:sourcevpc"), ANY_VALUE},
	{STR_INIT("aws:sourcevpce"), ANY_VALUE},
	{STR_INIT("aws:sourcevpcarn"), ARN_VALUE},
	{STR_INIT("aws:principalorgid"), ANY_VALUE},
	{STR_INIT("aws:principalorgpaths"), ANY_VALUE},
	{STR_INIT("aws:principalaccount"), ANY_VALUE},
	{STR_INIT("aws:principalarn"), ARN_VALUE},
	{STR_INIT("aws:principalservicename"), ANY_VALUE},
	{STR_INIT("aws:principaltag/"), TAG_KEY},
	{STR_INIT("aws:resourcetag/"), TAG_KEY},
	{STR_INIT("aws:resourceaccount"), ANY_VALUE},
	{STR_INIT("aws:resourceorgid"), ANY_VALUE},
	{STR_INIT("aws:userid"), ANY_VALUE},
	{STR_INIT("aws:username"), ANY_VALUE},
	{STR_INIT("ec2:resourcetag/"), TAG_KEY},
	{STR_INIT("iam:resourcetag/"), TAG_KEY},
	{STR_INIT("iam:passedtoservice"), ANY_VALUE},
	{STR_INIT("iam:associatedresourcearn"), ARN_VALUE},
	{STR_INIT("iam:permissionsboundary"), ARN_VALUE},
	{STR_INIT("iam:policyarn"), ARN_VALUE},
	{STR_INIT("kms:calleraccount"), ANY_VALUE},
	{STR_INIT("s3:dataaccesspointaccount"), ANY_VALUE},
	{STR_INIT("s3:dataaccesspointarn"), ARN_VALUE},
	{STR_INIT("lambda:sourcefunctionarn"), ARN_VALUE},
	{STR_INIT("elasticfilesystem:accesspointarn"), ARN_VALUE},
	{STR_INIT("elasticfilesystem:accessedviamounttarget"), FLAG_VALUE},
	{STR_INIT("cognito-identity.amazonaws.com:aud"), ANY_VALUE},
	{STR_INIT("accounts.google.com:aud"), ANY_VALUE},
	{STR_INIT("graph.facebook.com:app_id"), ANY_VALUE},
	{STR_INIT("www.amazon.com:app_id"), ANY_VALUE},
	{STR_INIT("saml:aud"), ANY_VALUE},
};

static bool holds_letter(struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.data[i] != '*' && text.data[i] != '?')
			return true;
	return false;
}

/* An ARN bounds if it names an account, or begins to name a resource. */
static bool arn_bounds(struct str arn)
{
	struct str rest = arn, part = {NULL, 0};

	for (unsigned i = 0; i < 5; i++) {
		if (str_absent(rest))
			return false;
		part = str_split(&rest, ':');
	}
	if (str_absent(rest))
		return false;
	return holds_letter(part) || (rest.len > 0 && rest.data[0] != '*' && rest.data[0] != '?');
}

static bool ip_bounds(struct str text)
{
	struct network_rule range;

	return !range_parse(text, &range) || !range_is_world(&range);
}

static bool value_bounds(enum value_kind kind, struct str value)
{
	switch (kind) {
	case ARN_VALUE:
		return arn_bounds(value) ||
			(holds_letter(value) && !str_starts(value, STR("arn:")));
	case IP_VALUE:
		return ip_bounds(value);
	case FLAG_VALUE:
		return str_is(value, "true");
	default:
		return holds_letter(value);
	}
}

/* An owner behind the kind, as in repo:owner, must stand before the first wildcard. */
static bool subject_bounds(struct str value)
{
	const struct str account = STR("system:serviceaccount:");
	size_t end = 0, from;

	while (end < value.len && value.data[end] != '*' && value.data[end] != '?')
		end++;
	value = str_slice(value, 0, end);
	if (str_starts(value, account))
		return value.len > account.len;
	from = str_find_char(value, ':');
	return value.len > (from == SIZE_MAX ? 0 : from + 1);
}

static bool all_values(struct node values, struct arena *arena, enum value_kind kind, bool subject)
{
	size_t count = node_is_array(values) ? node_count(values) : 1;
	struct node_iter it = node_children(values);

	for (size_t i = 0; i < count; i++) {
		struct node value = node_is_array(values) && node_next(&it) ? it.value : values;
		struct str text = node_is_string(value) ? node_text(value, arena) : node_raw(value);

		if (str_absent(text) ||
			!(subject ? subject_bounds(text) : value_bounds(kind, text)))
			return false;
	}
	return count > 0;
}

/* A key of an identity provider, other than who the token is for: "gitlab.com:sub". */
static bool is_subject_key(struct str key)
{
	size_t colon = str_find_char(key, ':');

	return colon != SIZE_MAX && str_find_char(str_slice(key, 0, colon), '.') != SIZE_MAX &&
		!str_ends(key, STR(":aud"));
}

static bool key_bounds(struct str key, struct node values, struct arena *arena)
{
	for (size_t i = 0; i < COUNT_OF(bounding); i++) {
		bool tag = bounding[i].kind == TAG_KEY;

		if (tag ? str_starts(key, bounding[i].key) : str_eq(key, bounding[i].key))
			return all_values(values, arena, bounding[i].kind, false);
	}
	return false;
}

/* Operators that let only the named through; those that let an absent key through do not bound. */
static bool operator_is(struct str operator, const char * const * names)
{
	if (str_starts(operator, STR("foranyvalue:")))
		operator= str_slice(operator, 12, operator.len);
	for (; *names; names++)
		if (str_is(operator, * names))
			return true;
	return false;
}

struct iam_condition_facts iam_condition_read(struct node condition, struct arena *arena)
{
	static const char *const positive[] = {"stringequals", "stringequalsignorecase",
		"stringlike", "arnequals", "arnlike", "ipaddress", "bool", "numericequals", NULL};
	static const char *const negative[] = {"stringnotequals", "stringnotequalsignorecase",
		"stringnotlike", "arnnotequals", "arnnotlike", "notipaddress",
		"stringnotequalsifexists", "stringnotlikeifexists", "arnnotequalsifexists",
		"arnnotlikeifexists", "notipaddressifexists", NULL};
	struct iam_condition_facts facts = {0};
	struct node_iter operators = node_children(condition);
	size_t negatives = 0, others = 0;

	while (node_next(&operators)) {
		struct str operator= iam_lower(node_text(operators.key, arena), arena);
		struct node_iter keys = node_children(operators.value);

		while (node_next(&keys)) {
			struct str key = iam_lower(node_text(keys.key, arena), arena);
			bool bounds = key_bounds(key, keys.value, arena);

			if (operator_is(operator, negative) && bounds) {
				negatives++;
				continue;
			}
			others++;
			if (!operator_is(operator, positive))
				continue;
			facts.bounds |= bounds;
			facts.subject |= bounds ||
				(is_subject_key(key) &&
					all_values(keys.value, arena, ANY_VALUE, true));
		}
	}
	facts.bounds |= facts.subject;
	/* Two negations in a Deny spare whoever meets one of them; each is somebody known. */
	facts.exempts = negatives > 0 && others == 0;
	return facts;
}
