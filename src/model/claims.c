/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Claims of a model in the published form: each address, action and risk is
 * compared with the plan, each reason is read as prose about its object, and
 * what is destroyed or in danger must have a claim.
 */
#include "base/json.h"
#include "model/verify.h"

static unsigned line_of(struct node node)
{
	return node_exists(node) ? node_position(node).line : 0;
}

static const struct str risks[] = {
	STR_INIT("none"), STR_INIT("low"), STR_INIT("medium"), STR_INIT("high")};

static int risk_of(struct str text)
{
	for (size_t i = 0; i < COUNT_OF(risks); i++)
		if (str_eq(text, risks[i]))
			return (int)i;
	return -1;
}

/* The least risk that a finding of this severity may be told as. */
static int risk_least(enum severity severity)
{
	return severity >= SEVERITY_MEDIUM ? 3 : severity == SEVERITY_LOW ? 1 : 0;
}

/* Members that nobody knows could take back what the others say. */
static void refuse_others(
	struct verify *verify, struct node object, const char *const *known, size_t count)
{
	struct node_iter it = node_children(object);

	while (node_next(&it)) {
		size_t i = 0;

		while (i < count && !node_text_is(it.key, str_of(known[i])))
			i++;
		if (i == count)
			verify_flaw(verify, FLAW_FORM, true, (struct str){NULL, 0}, line_of(it.key),
				"\"%.*s\" is no member of the published form",
				STR_ARG(node_raw(it.key)));
	}
}

static bool in_form(struct node claim)
{
	struct node deposed = NODE_GET(claim, "deposed");

	return node_is_object(claim) && node_is_string(NODE_GET(claim, "address")) &&
		node_is_string(NODE_GET(claim, "action")) &&
		node_is_string(NODE_GET(claim, "risk")) &&
		node_is_string(NODE_GET(claim, "reason")) &&
		(node_is_null(deposed) || node_is_string(deposed));
}

/* Hazards at an output or a variable are claimed by that name, without an action of their own. */
static bool is_other(const struct facts *facts, struct str address)
{
	const struct need *need = facts_need(facts, address, (struct str){NULL, 0});
	size_t count;
	const struct name *names = facts_find(facts, address, &count);

	return (need && !need->change) ||
		(names && names[0].kind == NAME_OTHER &&
			(str_starts(address, STR("output.")) || str_starts(address, STR("var."))));
}

static void check_address(struct verify *verify, struct node claim, struct str address,
	struct str deposed, unsigned line)
{
	size_t count;
	const struct name *names = facts_find(verify->facts, address, &count);
	bool resource = count && names[0].kind == NAME_RESOURCE;

	(void)claim;
	if (resource)
		verify_flaw(verify, FLAW_AMBIGUOUS_ADDRESS, true, address, line,
			"a claim is about one object, and %.*s has several instances",
			STR_ARG(address));
	else if (!str_absent(deposed))
		verify_flaw(verify, FLAW_INVENTED_ADDRESS, true, address, line,
			"%.*s has no deposed object %.*s", STR_ARG(address), STR_ARG(deposed));
	else
		verify_flaw(verify, FLAW_INVENTED_ADDRESS, true, address, line,
			"the plan has no change of %.*s", STR_ARG(address));
}

static int check_claim(
	struct verify *verify, struct node claim, struct claims *claims, struct error *err)
{
	static const char *const members[] = {"address", "deposed", "action", "risk", "reason"};
	struct arena *arena = verify->arena;
	unsigned line = line_of(claim);
	struct str address, deposed, action, reason;
	const struct change *change;
	struct need *need;
	int risk;

	if (!in_form(claim)) {
		verify_flaw(verify, FLAW_FORM, true, (struct str){NULL, 0}, line,
			"a claim has address, action, risk and reason, each a text");
		return 0;
	}
	refuse_others(verify, claim, members, COUNT_OF(members));
	address = node_text(NODE_GET(claim, "address"), arena);
	deposed = node_text(NODE_GET(claim, "deposed"), arena);
	action = node_text(NODE_GET(claim, "action"), arena);
	reason = node_text(NODE_GET(claim, "reason"), arena);
	risk = risk_of(node_text(NODE_GET(claim, "risk"), arena));
	change = facts_change(verify->facts, address, deposed);
	if (!change && !(str_absent(deposed) && is_other(verify->facts, address)))
		check_address(verify, claim, address, deposed, line);
	if (change && !str_eq(action, change->action_text))
		verify_flaw(verify, FLAW_WRONG_ACTION, true, address, line,
			"its action is %.*s, not %.*s", STR_ARG(change->action_text),
			STR_ARG(action));
	if (risk < 0)
		verify_flaw(verify, FLAW_FORM, true, address, line,
			"a risk is none, low, medium or high");
	need = facts_need(verify->facts, address, deposed);
	if (need && need->named)
		verify_flaw(verify, FLAW_FORM, true, address, line, "it is claimed twice");
	if (need) {
		need->named = need->credited = true;
		if (need->hazard && risk < risk_least(need->severity))
			verify_flaw(verify, FLAW_SOFTENS, true, address, line,
				"a finding of severity %.*s is claimed as risk %.*s",
				STR_ARG(severity_name(need->severity)),
				STR_ARG(node_text(NODE_GET(claim, "risk"), arena)));
	}
	if (!change)
		return 0;
	if (!arena_grow(arena, (void **)&claims->items, claims->count, &claims->room,
		    sizeof(*claims->items)))
		return error_memory(err);
	claims->items[claims->count++] = (struct claim){change, risks[risk < 0 ? 0 : risk], reason};
	return verify_reason(verify, reason, change, line, err);
}

static void check_total(struct verify *verify, struct node totals, struct node_iter *it)
{
	const struct facts *facts = verify->facts;
	struct str key = node_text(it->key, verify->arena);
	size_t right = 0;
	int64_t told;

	for (size_t i = 0; i < facts->plan->changes.count; i++)
		right += str_eq(facts->plan->changes.items[i].action_text, key);
	/* Who does not tell both kinds of replacement apart counts them together. */
	if (str_is(key, "replace") && !node_exists(NODE_GET(totals, "replace-cbd")))
		right += facts->by_action[ACTION_REPLACE_CBD];
	if (!node_to_i64(it->value, &told) || told < 0 || (uint64_t)told != right)
		verify_flaw(verify, FLAW_WRONG_COUNT, true, (struct str){NULL, 0}, line_of(it->key),
			"totals.%.*s is %zu in the plan", STR_ARG(key), right);
}

static void check_totals(struct verify *verify, struct node totals)
{
	static const char *const least[] = {"create", "update", "delete", "replace"};
	struct node_iter it = node_children(totals);

	for (size_t i = 0; i < COUNT_OF(least); i++)
		if (!node_exists(node_get(totals, str_of(least[i]))))
			verify_flaw(verify, FLAW_FORM, true, (struct str){NULL, 0}, line_of(totals),
				"totals.%s is missing", least[i]);
	while (node_next(&it))
		check_total(verify, totals, &it);
}

int verify_claims(
	struct verify *verify, const struct doc *doc, struct claims *ret_claims, struct error *err)
{
	static const char *const members[] = {"claims", "totals"};
	struct node root = doc_root(doc), list = NODE_GET(root, "claims");
	struct node totals = NODE_GET(root, "totals");
	struct node_iter it = node_children(list);

	*ret_claims = (struct claims){0};
	if (!node_is_object(root) || !node_is_array(list) || !node_is_object(totals)) {
		verify_flaw(verify, FLAW_FORM, true, (struct str){NULL, 0}, 1,
			"claims are an object with the members claims and totals");
		return 0;
	}
	refuse_others(verify, root, members, COUNT_OF(members));
	while (node_next(&it)) {
		int r = check_claim(verify, it.value, ret_claims, err);

		if (r < 0)
			return r;
	}
	check_totals(verify, totals);
	for (size_t i = 0; i < verify->facts->need_count; i++) {
		const struct need *need = &verify->facts->needs[i];

		if (!need->named)
			verify_flaw(verify,
				need->destroyed ? FLAW_OMITS_DESTROY : FLAW_OMITS_HAZARD, true,
				need->address, 0, "%.*s%s%.*s%s is %s, and no claim says so",
				STR_ARG(need->address),
				str_absent(need->deposed) ? "" : " (deposed ",
				STR_ARG(need->deposed), str_absent(need->deposed) ? "" : ")",
				need->destroyed ? "destroyed" : "in danger");
	}
	return arena_failed(verify->arena) ? error_memory(err) : 0;
}
