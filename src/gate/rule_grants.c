/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The predicates `grants` and `denies_less`: what the IAM documents of a change come to grant.  All
 * documents of an object are one policy here, since their statements hold together.
 *
 * Where a rule names no action, every pair of an action and a resource that the new document names is
 * asked of both documents.
 */
#include "gate/rule_model.h"
#include "gate/value_path.h"

/* One plan cannot make it grow without end; it is emptied after each change. */
#define POLICY_CEILING ((size_t)1 << 28)

enum { QUESTIONS_MOST = 1 << 16 };

struct policy_entry {
	const struct str *paths; /* as the rule has them */
	size_t path_count;
	struct node root;
	struct iam_policy policy;
	struct policy_entry *next;
};

static int bad(struct node node, struct error *err, const char *what)
{
	return error_node(err, ERR_RULE_SYNTAX, node, "%s", what);
}

static int read_actions(
	struct node node, struct arena *arena, struct grants *grants, struct error *err)
{
	struct str *lower;
	int r;

	if (!node_exists(node))
		return 0;
	r = texts_read(node, arena, &grants->actions, &grants->action_count, err);
	if (r < 0)
		return r;
	lower = ARENA_ARRAY(arena, struct str, grants->action_count);
	if (!lower)
		return error_memory(err);
	for (size_t i = 0; i < grants->action_count; i++)
		lower[i] = iam_lower(grants->actions[i], arena);
	grants->actions = lower;
	return 0;
}

static int read_to(struct node node, struct grants *grants, struct error *err)
{
	if (node_text_is(node, STR("world")))
		grants->to = IAM_WORLD;
	else if (node_text_is(node, STR("token")))
		grants->to = IAM_TOKEN;
	else if (node_exists(node))
		return bad(node, err, "world or token belongs here");
	return 0;
}

static int read_how(struct node node, struct grants *grants, struct error *err)
{
	if (node_text_is(node, STR("NotAction")))
		grants->how = GRANTS_NOT_ACTION;
	else if (node_text_is(node, STR("NotResource")))
		grants->how = GRANTS_NOT_RESOURCE;
	else if (node_text_is(node, STR("NotPrincipal")))
		grants->how = GRANTS_NOT_PRINCIPAL;
	else if (node_exists(node))
		return bad(node, err, "NotAction, NotResource or NotPrincipal belongs here");
	return 0;
}

static int read_paths(
	struct node node, struct arena *arena, struct grants *grants, struct error *err)
{
	int r = texts_read(node, arena, &grants->paths, &grants->path_count, err);

	for (size_t i = 0; r == 0 && i < grants->path_count; i++)
		if (!value_path_valid(grants->paths[i]))
			r = bad(node, err, "a path belongs here");
	return r;
}

static int read_members(
	struct node node, struct arena *arena, struct grants *grants, struct error *err)
{
	static const char *const known[] = {
		"path", "to", "actions", "any_action", "on", "how", NULL};
	struct node any = NODE_GET(node, "any_action"), on = NODE_GET(node, "on");
	int r = keys_check(node, known, err);

	grants->any_action = node_exists(any);
	if (r == 0 && grants->any_action && node_exists(NODE_GET(node, "actions")))
		r = bad(any, err, "either actions or any_action belongs here");
	if (r == 0)
		r = read_paths(NODE_GET(node, "path"), arena, grants, err);
	if (r == 0)
		r = read_actions(
			grants->any_action ? any : NODE_GET(node, "actions"), arena, grants, err);
	if (r == 0 && node_exists(on))
		r = texts_read(on, arena, &grants->on, &grants->on_count, err);
	if (r == 0)
		r = read_to(NODE_GET(node, "to"), grants, err);
	if (r == 0)
		r = read_how(NODE_GET(node, "how"), grants, err);
	return r;
}

int grants_read(
	struct node node, struct arena *arena, struct predicate *predicate, struct error *err)
{
	struct grants *grants = ARENA_NEW(arena, struct grants);

	if (!grants)
		return error_memory(err);
	predicate->grants = grants;
	if (!node_is_object(node) || predicate->kind == PREDICATE_DENIES_LESS)
		return read_paths(node, arena, grants, err);
	return read_members(node, arena, grants, err);
}

void policies_reset(struct policies *policies)
{
	if (policies->first)
		arena_reset(policies->arena);
	policies->first = NULL;
}

void policies_free(struct policies *policies)
{
	arena_destroy(policies->arena);
	*policies = (struct policies){0};
}

struct gathering {
	struct iam_policy *policy;
	struct arena *arena;
};

static int gather(struct node value, void *payload)
{
	struct gathering *gathering = payload;

	iam_policy_add(gathering->policy, value, gathering->arena);
	return 0;
}

static bool same_paths(const struct policy_entry *entry, const struct grants *grants)
{
	if (entry->path_count != grants->path_count)
		return false;
	for (size_t i = 0; i < grants->path_count; i++)
		if (!str_eq(entry->paths[i], grants->paths[i]))
			return false;
	return true;
}

/* The policy of one side; NULL where memory is short. */
static const struct iam_policy *policy_of(
	struct policies *policies, const struct grants *grants, struct node root)
{
	struct gathering gathering;
	struct policy_entry *entry;

	for (entry = policies->first; entry; entry = entry->next)
		if (entry->root.doc == root.doc && entry->root.at == root.at &&
			same_paths(entry, grants))
			return &entry->policy;
	if (!policies->arena)
		policies->arena = arena_create(POLICY_CEILING);
	entry = policies->arena ? ARENA_NEW(policies->arena, struct policy_entry) : NULL;
	if (!entry)
		return NULL;
	entry->paths = grants->paths;
	entry->path_count = grants->path_count;
	entry->root = root;
	entry->next = policies->first;
	policies->first = entry;
	gathering = (struct gathering){&entry->policy, policies->arena};
	for (size_t i = 0; i < grants->path_count; i++)
		(void)value_path_visit(root, grants->paths[i], gather, &gathering);
	return arena_failed(policies->arena) ? NULL : &entry->policy;
}

/* What is asked of both sides. */
struct question {
	const struct grants *grants;
	const struct iam_policy *before, *after;
	struct judgement *judgement;
	size_t asked;
};

static bool newly(struct question *question, struct str action, struct str resource)
{
	struct iam_query query = {question->grants->to, action, resource};

	return ++question->asked > QUESTIONS_MOST ||
		(iam_allows(question->after, &query) && !iam_allows(question->before, &query));
}

enum { TOLD_MOST = 3 };

/* One more that is granted; `told` others were. */
static void tell(struct question *question, struct str action, struct str resource, size_t told)
{
	struct judgement *judgement = question->judgement;
	struct str others = told ? judgement->elements : STR("");

	judgement->element_count = told + 1;
	if (told < TOLD_MOST)
		judgement->elements = arena_printf(judgement->arena, "%.*s%s%.*s on %.*s",
			STR_ARG(others), told ? "; " : "", STR_ARG(action), STR_ARG(resource));
}

/* All of the actions (or one) are allowed now, and were not before. */
static bool grants_named(struct question *question, struct str resource)
{
	const struct grants *grants = question->grants;
	bool now = true, then = true;
	size_t found = 0;

	for (size_t i = 0; i < grants->action_count; i++) {
		struct iam_query query = {grants->to, grants->actions[i], resource};

		if (grants->any_action) {
			if (newly(question, grants->actions[i], resource))
				tell(question, grants->actions[i], resource, found++);
			continue;
		}
		now = now && iam_allows(question->after, &query);
		then = then && iam_allows(question->before, &query);
	}
	if (grants->any_action)
		return found > 0;
	if (!now || then)
		return false;
	tell(question, grants->actions[0], resource, 0);
	return true;
}

static const struct iam_list everything = {.items = &(const struct str)STR_INIT("*"), .count = 1};

static const struct iam_list *asked_of(const struct iam_list *list)
{
	return list->present && !list->inverted ? list : &everything;
}

static bool is_how(const struct iam_statement *statement, enum grants_how how)
{
	switch (how) {
	case GRANTS_NOT_ACTION:
		return statement->actions.inverted;
	case GRANTS_NOT_RESOURCE:
		return statement->resources.inverted;
	case GRANTS_NOT_PRINCIPAL:
		return statement->principals.inverted;
	case GRANTS_ANYHOW:
		break;
	}
	return true;
}

/* Whatever the new document names. */
static bool grants_statement(struct question *question, const struct iam_statement *statement)
{
	const struct iam_list *actions = asked_of(&statement->actions);
	const struct iam_list *resources = asked_of(&statement->resources);
	const struct grants *grants = question->grants;
	const struct iam_list on = {.items = grants->on, .count = grants->on_count};

	if (!statement->allow || !is_how(statement, grants->how))
		return false;
	if (grants->on_count) /* only where it is as wide as that */
		resources = &on;
	for (size_t i = 0; i < actions->count; i++)
		for (size_t j = 0; j < resources->count; j++) {
			struct iam_query query = {
				grants->to, actions->items[i], resources->items[j]};

			if (!iam_statement_grants(statement, &query) ||
				!newly(question, query.action, query.resource))
				continue;
			tell(question, query.action, query.resource, 0);
			return true;
		}
	return false;
}

static bool grants_more(struct question *question)
{
	static const struct str all = STR_INIT("*");
	const struct grants *grants = question->grants;
	const struct str *on = grants->on_count ? grants->on : &all;

	if (grants->action_count == 0) {
		for (size_t i = 0; i < question->after->count; i++)
			if (grants_statement(question, &question->after->items[i]))
				return true;
		return false;
	}
	for (size_t i = 0; i < (grants->on_count ? grants->on_count : 1); i++)
		if (grants_named(question, on[i]))
			return true;
	return false;
}

static bool denies_less(struct question *question)
{
	const struct iam_statement *lost = iam_lost_deny(question->before, question->after);
	struct str sid;

	if (!lost)
		return false;
	sid = str_absent(lost->sid) ? (struct str){NULL, 0} : lost->sid;
	if (sid.len > 0 && sid.len < 100)
		question->judgement->elements = arena_str(question->judgement->arena, sid);
	else if (lost->actions.count && lost->actions.items[0].len < 100)
		question->judgement->elements = arena_printf(
			question->judgement->arena, "Deny %.*s", STR_ARG(lost->actions.items[0]));
	else
		question->judgement->elements = STR("a Deny");
	question->judgement->element_count = 1;
	return true;
}

static bool is_unknown(const struct grants *grants, const struct judgement *judgement)
{
	for (size_t i = 0; i < grants->path_count; i++)
		if (judgement_unknown(judgement, grants->paths[i]))
			return true;
	return false;
}

/* The first path at which the new object has something, for the finding. */
static struct str told_path(const struct grants *grants, const struct change *change)
{
	for (size_t i = 0; i < grants->path_count; i++)
		if (!node_is_null(value_path_first(change->after, grants->paths[i])) ||
			value_path_unknown(change->after_unknown, grants->paths[i]))
			return value_path_stem(grants->paths[i]);
	return value_path_stem(grants->paths[0]);
}

/* Documents are large and seldom change. */
static bool is_unchanged(const struct grants *grants, const struct change *change)
{
	for (size_t i = 0; i < grants->path_count; i++) {
		struct str stem = value_path_stem(grants->paths[i]);

		if (value_path_unknown(change->after_unknown, stem) ||
			!node_equal(value_path_first(change->before, stem),
				value_path_first(change->after, stem)))
			return false;
	}
	return true;
}

enum truth grants_judge(const struct predicate *predicate, struct judgement *judgement)
{
	const struct grants *grants = predicate->grants;
	const struct change *change = judgement->change;
	struct question question = {.grants = grants, .judgement = judgement};
	bool less = predicate->kind == PREDICATE_DENIES_LESS, holds;

	if (is_unchanged(grants, change))
		return TRUTH_NO;
	question.before = policy_of(judgement->policies, grants, change->before);
	question.after = policy_of(judgement->policies, grants, change->after);
	if (!question.before || !question.after) {
		judgement->failed = true;
		return TRUTH_NO;
	}
	if (less && question.before->count == 0)
		return TRUTH_NO;
	holds = less ? denies_less(&question) : grants_more(&question);
	/* What is not known yet may still deny, or keep the Deny. */
	if (is_unknown(grants, judgement) || question.after->unreadable ||
		question.before->unreadable) {
		if (!holds || less) {
			if (str_absent(judgement->path))
				judgement->path = told_path(grants, change);
			return TRUTH_UNKNOWN;
		}
	}
	if (holds && str_absent(judgement->path))
		judgement->path = told_path(grants, change);
	return holds ? TRUTH_YES : TRUTH_NO;
}
