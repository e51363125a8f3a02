/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Places and ids of findings for formats that other programs read.  Apart from
 * those formats so that one finding has one id and one place in all of them.
 */
#include "report/listing.h"

#include <stdio.h>
#include <stdlib.h>

#include "gate/verdict.h"

enum { TEXT_MOST = 1 << 24 };

struct numbered {
	char fingerprint[17];
	size_t index;
};

static int compare(const void *left, const void *right)
{
	const struct numbered *a = left, *b = right;
	int order = strcmp(a->fingerprint, b->fingerprint);

	return order ? order : a->index < b->index ? -1 : a->index > b->index;
}

/* Findings are in a total order that no plan's order changes, so neither do the numbers. */
static void make_ids(struct listing *listing)
{
	const struct findings *findings = &listing->report->findings;
	struct numbered *all = ARENA_ARRAY(listing->scratch, struct numbered, findings->count);
	size_t same = 0;

	listing->ids =
		arena_alloc(listing->scratch, size_mul(findings->count, sizeof(*listing->ids)));
	if (!all || !listing->ids)
		return;
	for (size_t i = 0; i < findings->count; i++) {
		finding_fingerprint(&findings->items[i], all[i].fingerprint);
		all[i].index = i;
	}
	if (findings->count)
		qsort(all, findings->count, sizeof(*all), compare);
	for (size_t i = 0; i < findings->count; i++) {
		char *id = listing->ids[all[i].index];

		same = i > 0 && strcmp(all[i - 1].fingerprint, all[i].fingerprint) == 0 ? same + 1
											: 0;
		if (same)
			snprintf(id, LISTING_ID_SIZE, "%s-%zu", all[i].fingerprint, same + 1);
		else
			snprintf(id, LISTING_ID_SIZE, "%s", all[i].fingerprint);
	}
}

int listing_init(struct listing *listing, const struct report *report, struct error *err)
{
	*listing = (struct listing){.report = report, .text = BUF(TEXT_MOST)};
	listing->scratch = arena_create((size_t)1 << 30);
	if (!listing->scratch)
		return error_memory(err);
	make_ids(listing);
	return arena_failed(listing->scratch) ? error_memory(err) : 0;
}

void listing_free(struct listing *listing)
{
	buf_free(&listing->text);
	arena_destroy(listing->scratch);
}

bool listing_failed(const struct listing *listing)
{
	return arena_failed(listing->scratch) || buf_failed(&listing->text) ||
		arena_failed(listing->report->arena);
}

struct str listing_safe(struct listing *listing, struct str text)
{
	return report_safe(listing->report, text, listing->scratch, &listing->text);
}

struct str listing_address(struct listing *listing, struct str address)
{
	return report_safe_address(listing->report, address, listing->scratch, &listing->text);
}

struct str listing_encoded(struct listing *listing, encode_fn *encode, struct str text)
{
	buf_clear(&listing->text);
	encode(&listing->text, text);
	return buf_str(&listing->text);
}

struct place listing_plan_place(struct listing *listing, const struct finding *finding)
{
	const struct plan *plan;
	const struct change *change = report_change_of(listing->report, finding, &plan);
	struct place place = {.line = 1, .column = 1};

	if (!plan)
		return (struct place){.line = 0};
	place.file = str_is(plan->source, "-") ? STR("stdin") : plan->source;
	if (change || finding->offset != SIZE_MAX) {
		struct position position = finding->offset != SIZE_MAX
			? doc_position(plan->doc, finding->offset)
			: node_position(change->self);

		place.line = position.line ? position.line : 1;
		place.column = position.column ? position.column : 1;
	}
	return place;
}

struct place listing_place(struct listing *listing, const struct finding *finding)
{
	if (!str_empty(finding->source.file))
		return finding->source;
	if (!str_absent(finding->config.file))
		return finding->config;
	if (!str_absent(finding->intent.file))
		return finding->intent;
	return listing_plan_place(listing, finding);
}

bool listing_is_answered(const struct finding *finding)
{
	return finding->verdict == VERDICT_PASS && verdict_may_lift(finding->kind) &&
		(finding->state == STATE_ACCEPTED || finding->intent.line > 0);
}

/* The full stop that a sentence lacks. */
static const char *stop(struct str sentence)
{
	return str_ends(sentence, STR(".")) || str_empty(sentence) ? "" : ".";
}

struct str listing_sentences(struct listing *listing, const struct finding *finding)
{
	bool cause = !str_absent(finding->cause), remedy = !str_absent(finding->remedy);

	if (!cause && !remedy)
		return finding->message;
	return arena_printf(listing->scratch, "%.*s%s%s%.*s%s%s%.*s", STR_ARG(finding->message),
		stop(finding->message), cause ? " Because: " : "", STR_ARG(finding->cause),
		stop(finding->cause), remedy ? " What to do: " : "", STR_ARG(finding->remedy));
}
