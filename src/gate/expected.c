/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The comparison of plans with what was reviewed.  Apart from the rules, since
 * it asks nothing of what a plan does, only whether it is the same.
 */
#include "gate/expected.h"

#include "base/hash.h"

bool expected_digest(struct str text, struct arena *arena, struct str *ret_digest)
{
	char hex[SHA256_HEX + 1] = "";

	if (text.len != SHA256_HEX)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		if (hex_value(text.data[i]) < 0)
			return false;
		hex[i] = char_lower(text.data[i]);
	}
	*ret_digest = arena_str(arena, (struct str){hex, SHA256_HEX});
	return true;
}

static void tell_other(
	const struct plan *plan, const char *digest, bool is_file, struct findings *findings)
{
	struct finding *finding =
		finding_add(findings, STR("expect-digest"), KIND_PLAN_DIFFERS, SEVERITY_CRITICAL);

	if (!finding)
		return;
	finding->plan = plan->name;
	finding->message = arena_printf(findings->arena,
		"this plan does not do what was reviewed: its digest of changes is %s", digest);
	if (is_file)
		finding->cause =
			STR("what was expected is the SHA-256 of the plan's file, which each plan "
			    "has anew; the digest of changes is what weir review --digest prints "
			    "after it");
	finding->remedy = STR("Look at what changed since the review, and review this plan as if "
			      "it were the first.");
}

static void tell_missing(struct str digest, struct findings *findings)
{
	struct finding *finding =
		finding_add(findings, STR("expect-digest"), KIND_PLAN_DIFFERS, SEVERITY_CRITICAL);

	if (!finding)
		return;
	finding->message = arena_printf(
		findings->arena, "no plan does what was reviewed as %.*s", STR_ARG(digest));
	finding->remedy = STR("Give weir the plans of all that was reviewed.");
}

int expected_judge(const struct expected *expected, const struct plans *plans,
	struct findings *findings, struct error *err)
{
	bool *met = ARENA_ARRAY(findings->arena, bool, expected->count);
	size_t other = 0;

	if (!met)
		return error_memory(err);
	for (size_t i = 0; expected->count && i < plans->count; i++) {
		char digest[SHA256_HEX + 1];
		bool found = false, is_file = false;
		int r = plan_changes_digest(&plans->items[i], digest, err);

		if (r < 0)
			return r;
		for (size_t k = 0; k < expected->count; k++) {
			if (str_is(expected->digests[k], digest))
				met[k] = found = true;
			is_file |= str_eq(expected->digests[k], plans->items[i].sha256);
		}
		if (found)
			continue;
		other++;
		tell_other(&plans->items[i], digest, is_file, findings);
	}
	for (size_t k = 0; k < expected->count && !other; k++)
		if (!met[k])
			tell_missing(expected->digests[k], findings);
	return arena_failed(findings->arena) ? error_memory(err) : 0;
}
