/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names of kinds and severities, the list, the fingerprint, and the order in
 * which findings are told.
 */
#include "base/finding.h"

#include <stdlib.h>

#include "base/hash.h"

static const struct str kinds[] = {
#define KIND(name, text) [KIND_##name] = STR_INIT(text),
	FINDING_KINDS(KIND)
#undef KIND
};
static const struct str severities[] = {STR_INIT("info"), STR_INIT("low"), STR_INIT("medium"),
	STR_INIT("high"), STR_INIT("critical")};
static const struct str states[] = {STR_INIT("fail"), STR_INIT("unknown"), STR_INIT("accepted")};
static const struct str verdicts[] = {STR_INIT("pass"), STR_INIT("ask"), STR_INIT("block")};

struct str finding_kind_name(enum finding_kind kind)
{
	return kinds[kind];
}

bool finding_kind_find(struct str name, enum finding_kind *ret_kind)
{
	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		if (!str_eq(name, kinds[i]))
			continue;
		*ret_kind = (enum finding_kind)i;
		return true;
	}
	return false;
}

bool finding_kind_is_program(enum finding_kind kind)
{
	return kind > KIND_INTENT_WRONG_ROOT && kind < KIND_COUNT;
}

struct str severity_name(enum severity severity)
{
	return severities[severity];
}

bool severity_find(struct str name, enum severity *ret_severity)
{
	for (size_t i = 0; i < COUNT_OF(severities); i++) {
		if (!str_eq(name, severities[i]))
			continue;
		*ret_severity = (enum severity)i;
		return true;
	}
	return false;
}

struct str finding_state_name(enum finding_state state)
{
	return states[state];
}

struct str verdict_name(enum verdict verdict)
{
	return verdicts[verdict];
}

struct finding *finding_add(
	struct findings *findings, struct str rule, enum finding_kind kind, enum severity severity)
{
	struct finding *finding;

	if (!arena_grow(findings->arena, (void **)&findings->items, findings->count,
		    &findings->room, sizeof(*findings->items)))
		return NULL;
	finding = &findings->items[findings->count++];
	*finding = (struct finding){
		.rule = rule, .kind = kind, .severity = severity, .offset = SIZE_MAX};
	return finding;
}

bool findings_append(struct findings *findings, const struct findings *more)
{
	for (size_t i = 0; i < more->count; i++) {
		struct finding *copy = finding_add(findings, more->items[i].rule,
			more->items[i].kind, more->items[i].severity);

		if (!copy)
			return false;
		*copy = more->items[i];
	}
	return true;
}

void finding_fingerprint(const struct finding *finding, char ret_hex[17])
{
	/* What a scanner found at no object is told apart by its file. */
	bool at_file = finding->kind == KIND_SCANNER && str_absent(finding->address);
	/* Those of a program have their place and words alone. */
	bool in_program = finding_kind_is_program(finding->kind);
	const struct str parts[] = {finding->rule, kinds[finding->kind], finding->plan,
		in_program ? finding->message : finding->address,
		at_file              ? finding->config.file
			: in_program ? finding->source.file
				     : finding->path};
	unsigned char digest[SHA256_BYTES];
	struct sha256 sha;

	sha256_init(&sha);
	for (size_t i = 0; i < COUNT_OF(parts); i++) {
		sha256_add(&sha, parts[i]);
		sha256_add(&sha, (struct str){"", 1});
	}
	sha256_end(&sha, digest);
	hex_encode(digest, 8, ret_hex);
}

static int compare_places(const struct place *a, const struct place *b)
{
	int order = str_cmp(a->file, b->file);

	if (order == 0)
		order = (a->line > b->line) - (a->line < b->line);
	return order ? order : (a->column > b->column) - (a->column < b->column);
}

static int compare(const void *left, const void *right)
{
	const struct finding *a = left, *b = right;
	bool a_last = finding_is_undecided(a), b_last = finding_is_undecided(b);
	int order;

	if (a->verdict != b->verdict)
		return a->verdict > b->verdict ? -1 : 1;
	if (a_last != b_last)
		return b_last ? -1 : 1;
	if (a->severity != b->severity)
		return a->severity > b->severity ? -1 : 1;
	order = compare_places(&a->source, &b->source);
	if (order)
		return order;
	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	order = str_cmp(a->plan, b->plan);
	if (order == 0)
		order = str_cmp(a->address, b->address);
	if (order == 0)
		order = str_cmp(a->path, b->path);
	if (order == 0)
		order = str_cmp(a->rule, b->rule);
	if (order == 0)
		order = str_cmp(a->message, b->message);
	if (order == 0)
		order = (a->offset > b->offset) - (a->offset < b->offset);
	return order;
}

void findings_sort(struct findings *findings)
{
	if (findings->count > 1)
		qsort(findings->items, findings->count, sizeof(*findings->items), compare);
}
