/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a policy grants: statements against questions.
 *
 * A question is asked with a text, and a pattern answers it by matching that text.  The text may hold
 * wildcards itself: then only a pattern that is as wide matches it, since `*` of a text is matched by `*` alone.
 */
#include "gate/iam.h"

#include "base/glob.h"

bool iam_like(struct str pattern, struct str text)
{
	return glob_text_matches(pattern, text, /* any_byte= */ true);
}

enum { ARN_PARTS = 6, ARN_SERVICE = 2, ARN_RESOURCE = 5 };

static bool arn_split(struct str arn, struct str parts[ARN_PARTS])
{
	struct str rest = arn;

	if (!str_starts(arn, STR("arn:")))
		return false;
	for (unsigned i = 0; i < ARN_RESOURCE; i++) {
		if (str_absent(rest))
			return false;
		parts[i] = str_split(&rest, ':');
	}
	parts[ARN_RESOURCE] = rest;
	return !str_absent(rest);
}

/* Partition, region and account only say where; a rule asks what. */
static bool resource_like(struct str pattern, struct str text)
{
	struct str a[ARN_PARTS], b[ARN_PARTS];

	if (iam_like(pattern, text))
		return true;
	return arn_split(pattern, a) && arn_split(text, b) &&
		iam_like(a[ARN_SERVICE], b[ARN_SERVICE]) &&
		iam_like(a[ARN_RESOURCE], b[ARN_RESOURCE]);
}

static bool list_holds(const struct iam_list *list, struct str text,
	bool (*like)(struct str pattern, struct str text))
{
	bool found = false;

	if (!list->present)
		return true;
	for (size_t i = 0; i < list->count && !found; i++)
		found = like(list->items[i], text);
	return found != list->inverted;
}

static bool names_everyone(const struct iam_list *principals)
{
	/* Everyone but a few is everyone. */
	if (principals->inverted)
		return true;
	for (size_t i = 0; i < principals->count; i++)
		if (str_is(principals->items[i], "*"))
			return true;
	return false;
}

static bool names_provider(const struct iam_list *principals)
{
	for (size_t i = 0; i < principals->count && !principals->inverted; i++)
		if (str_starts(principals->items[i], STR("federated:")) &&
			str_find(principals->items[i], STR(":saml-provider/")) == SIZE_MAX)
			return true;
	return false;
}

static bool grants_asker(const struct iam_statement *statement, enum iam_asker asker)
{
	switch (asker) {
	case IAM_HOLDER:
		return !statement->bounded;
	case IAM_WORLD:
		return names_everyone(&statement->principals) && !statement->bounded;
	case IAM_TOKEN:
		return names_provider(&statement->principals) && !statement->subject;
	}
	return false;
}

/* A Deny stops the asker if it is for everyone, and either always or for all who are not known. */
static bool denies_asker(const struct iam_statement *statement, enum iam_asker asker)
{
	bool all = !statement->principals.present ||
		(names_everyone(&statement->principals) && !statement->principals.inverted);

	if (asker == IAM_HOLDER)
		return all && !node_exists(statement->condition);
	/* Denied to everyone but some: the world is not among those. */
	all |= statement->principals.inverted;
	return all && (!node_exists(statement->condition) || statement->exempts);
}

bool iam_statement_grants(const struct iam_statement *statement, const struct iam_query *query)
{
	return statement->allow && list_holds(&statement->actions, query->action, iam_like) &&
		list_holds(&statement->resources, query->resource, resource_like) &&
		grants_asker(statement, query->asker);
}

bool iam_allows(const struct iam_policy *policy, const struct iam_query *query)
{
	bool allowed = false;

	for (size_t i = 0; i < policy->count; i++) {
		const struct iam_statement *statement = &policy->items[i];

		if (statement->allow)
			allowed = allowed || iam_statement_grants(statement, query);
		else if (list_holds(&statement->actions, query->action, iam_like) &&
			list_holds(&statement->resources, query->resource, resource_like) &&
			denies_asker(statement, query->asker))
			return false;
	}
	return allowed;
}

static bool lists(const struct iam_list *list, struct str text)
{
	for (size_t i = 0; i < list->count; i++)
		if (iam_like(list->items[i], text))
			return true;
	return false;
}

/* Whether all that `narrow` names is named by `wide`. */
static bool list_within(const struct iam_list *narrow, const struct iam_list *wide)
{
	if (!wide->present || (!wide->inverted && lists(wide, STR("*"))))
		return true;
	if (!narrow->present || narrow->inverted != wide->inverted)
		return false;
	if (narrow->inverted) {
		/* All but A lies within all but B if B lies within A. */
		for (size_t i = 0; i < wide->count; i++)
			if (!lists(narrow, wide->items[i]))
				return false;
		return true;
	}
	for (size_t i = 0; i < narrow->count; i++)
		if (!lists(wide, narrow->items[i]))
			return false;
	return true;
}

static bool deny_within(const struct iam_statement *narrow, const struct iam_statement *wide)
{
	return !wide->allow && list_within(&narrow->actions, &wide->actions) &&
		list_within(&narrow->resources, &wide->resources) &&
		list_within(&narrow->principals, &wide->principals) &&
		(!node_exists(wide->condition) ||
			(node_exists(narrow->condition) &&
				node_equal(narrow->condition, wide->condition)));
}

const struct iam_statement *iam_lost_deny(
	const struct iam_policy *before, const struct iam_policy *after)
{
	for (size_t i = 0; i < before->count; i++) {
		bool kept = before->items[i].allow;

		for (size_t j = 0; j < after->count && !kept; j++)
			kept = deny_within(&before->items[i], &after->items[j]);
		if (!kept)
			return &before->items[i];
	}
	return NULL;
}
