/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The one place where a finding becomes a verdict.  The table is data
 * (verdict.def); what the code adds is what becomes of an answer that is not
 * known before apply, and that nothing lifts what weir did not understand.
 */
#include "gate/verdict.h"

#include "gate/remedy.h"

#define P VERDICT_PASS
#define A VERDICT_ASK
#define B VERDICT_BLOCK

/* One cell: default, relaxed, strict. */
#define CELL_BBB                                                                                   \
	{                                                                                          \
		B, B, B                                                                            \
	}
#define CELL_BAB                                                                                   \
	{                                                                                          \
		B, A, B                                                                            \
	}
#define CELL_AAB                                                                                   \
	{                                                                                          \
		A, A, B                                                                            \
	}
#define CELL_AAA                                                                                   \
	{                                                                                          \
		A, A, A                                                                            \
	}
#define CELL_APB                                                                                   \
	{                                                                                          \
		A, P, B                                                                            \
	}
#define CELL_APA                                                                                   \
	{                                                                                          \
		A, P, A                                                                            \
	}
#define CELL_PPA                                                                                   \
	{                                                                                          \
		P, P, A                                                                            \
	}
#define CELL_PPP                                                                                   \
	{                                                                                          \
		P, P, P                                                                            \
	}

static const struct {
	enum verdict_group group;
	enum severity least;
	enum verdict cells[2][3]; /* [has intent][profile] */
} table[] = {
#define ROW(group, least, without, with)                                                           \
	{GROUP_##group, SEVERITY_##least, {CELL_##without, CELL_##with}},
#include "gate/verdict.def"
#undef ROW
};

#undef P
#undef A
#undef B

static const struct str profiles[] = {STR_INIT("default"), STR_INIT("relaxed"), STR_INIT("strict")};

struct str profile_name(enum profile profile)
{
	return profiles[profile];
}

bool profile_find(struct str name, enum profile *ret_profile)
{
	for (size_t i = 0; i < COUNT_OF(profiles); i++) {
		if (!str_eq(name, profiles[i]))
			continue;
		*ret_profile = (enum profile)i;
		return true;
	}
	return false;
}

/* A kind that nobody sorted is 0, GROUP_FIXED: nothing lifts it. */
static const enum verdict_group groups[KIND_COUNT] = {
	[KIND_STATEFUL_DESTROY] = GROUP_DESTROY,
	[KIND_STATEFUL_REPLACE] = GROUP_DESTROY,
	[KIND_UNKNOWN_TYPE_DESTROY] = GROUP_DESTROY,
	[KIND_HIDDEN_DESTROY] = GROUP_HAZARD,
	[KIND_LOOSENED_PROTECTION] = GROUP_HAZARD,
	[KIND_EXPOSURE] = GROUP_HAZARD,
	[KIND_PRIVILEGE] = GROUP_HAZARD,
	[KIND_ENCRYPTION_WEAKENED] = GROUP_HAZARD,
	[KIND_SECRET_IN_PLAINTEXT] = GROUP_HAZARD,
	[KIND_PREVENT_DESTROY_LOST] = GROUP_HAZARD,
	[KIND_OUTAGE] = GROUP_HAZARD,
	[KIND_IDENTITY_LOSS] = GROUP_HAZARD,
	[KIND_BLAST_RADIUS] = GROUP_HAZARD,
	[KIND_SCANNER] = GROUP_HAZARD,
	[KIND_INTENT_UNEXPECTED] = GROUP_UNEXPECTED,
	[KIND_INTENT_MISSING] = GROUP_INTENT,
	[KIND_INTENT_KEPT] = GROUP_INTENT,
	[KIND_INTENT_COUNT] = GROUP_INTENT,
	[KIND_INTENT_LINEAGE] = GROUP_INTENT,
	[KIND_INTENT_FORBIDDEN] = GROUP_INTENT,
	[KIND_INTENT_RELAXED_HERE] = GROUP_INTENT,
	[KIND_INTENT_EXPIRED] = GROUP_INTENT,
	[KIND_INTENT_WRONG_ROOT] = GROUP_INTENT,
};

enum verdict_group verdict_group(enum finding_kind kind)
{
	return finding_kind_is_program(kind) ? GROUP_PROGRAM : groups[kind];
}

bool verdict_may_lift(enum finding_kind kind)
{
	enum verdict_group group = verdict_group(kind);

	return group == GROUP_DESTROY || group == GROUP_HAZARD;
}

enum verdict verdict_of(enum finding_kind kind, enum severity severity, enum finding_state state,
	const struct verdict_terms *terms)
{
	enum verdict_group group = verdict_group(kind);
	enum verdict verdict = VERDICT_BLOCK;

	for (size_t i = 0; i < COUNT_OF(table); i++) {
		if (table[i].group != group || severity < table[i].least)
			continue;
		verdict = table[i].cells[terms->has_intent][terms->profile];
		break;
	}
	if (state != STATE_UNKNOWN || group == GROUP_FIXED)
		return verdict;
	/* Nobody can answer what only apply will tell, so nobody is asked but who wants to be. */
	if (group == GROUP_HAZARD && !terms->asks_unknown[kind])
		return VERDICT_PASS;
	return verdict == VERDICT_BLOCK ? VERDICT_ASK : verdict;
}

static bool is_settled(const struct finding *finding)
{
	return verdict_may_lift(finding->kind) &&
		(finding->intent.line > 0 || finding->state == STATE_ACCEPTED);
}

enum verdict verdict_decide(struct findings *findings, const struct verdict_terms *terms)
{
	enum verdict worst = VERDICT_PASS;

	for (size_t i = 0; i < findings->count; i++) {
		struct finding *finding = &findings->items[i];
		enum verdict verdict =
			verdict_of(finding->kind, finding->severity, finding->state, terms);

		if (!is_settled(finding) && verdict > finding->verdict)
			finding->verdict = verdict;
		if (finding->verdict == VERDICT_ASK)
			remedy_add(finding, findings->arena);
		if (finding->verdict > worst)
			worst = finding->verdict;
	}
	return worst;
}
