/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the intent keeps stays as it is: the object itself, whatever is done
 * to it, and what it refers to directly, since that is how a kept object is changed without being
 * named.
 */
#include <stdlib.h>
#include <string.h>

#include "gate/intent_model.h"

/* Addresses of no-ops are parsed in a scratch arena, emptied after so many. */
enum { SCRATCH_EVERY = 4096 };

static bool keeps(const struct keep *keep, const struct address *address)
{
	return glob_match(&keep->glob, address) &&
		(str_absent(keep->glob.deposed) || glob_match_deposed(&keep->glob, address));
}

static bool add_references(struct judge *judge, const struct keep *keep, struct str address)
{
	const struct reference *items = NULL;
	size_t count = references_from(judge->references, address, &items);

	for (size_t i = 0; i < count; i++) {
		struct kept_reference *reference;

		if (!arena_grow(judge->arena, (void **)&judge->kept_references,
			    judge->kept_reference_count, &judge->kept_reference_room,
			    sizeof(*judge->kept_references)))
			return false;
		reference = &judge->kept_references[judge->kept_reference_count++];
		*reference = (struct kept_reference){.to = items[i].to,
			.address = address,
			.attribute = items[i].attribute,
			.keep = keep};
	}
	return true;
}

static int compare(const void *left, const void *right)
{
	const struct kept_reference *a = left, *b = right;
	int order = str_cmp(a->to, b->to);

	if (order == 0)
		order = str_cmp(a->address, b->address);
	return order != 0 ? order : str_cmp(a->attribute, b->attribute);
}

/* Notes which keeps name this object, and what the object refers to. */
static bool collect_one(struct judge *judge, const struct change *change, struct arena *scratch)
{
	const struct phase *scopes[SCOPES_MOST];
	size_t scope_count = intent_scopes(judge->intent, scopes), at = 0;
	struct address address, previous;
	bool referred = false, moved;

	if (!address_parse(change->address, scratch, &address))
		return true;
	/* A move of a kept object is judged by keep_judge(); here its old name only counts as named. */
	moved = !str_empty(change->previous_address) &&
		address_parse(change->previous_address, scratch, &previous);
	for (size_t s = 0; s < scope_count; s++)
		for (size_t i = 0; i < scopes[s]->keep.count; i++, at++) {
			const struct keep *keep = &scopes[s]->keep.items[i];

			judge->keep_named[at] |= moved && keeps(keep, &previous);
			if (!keeps(keep, &address))
				continue;
			judge->keep_named[at] = true;
			if (!referred && !add_references(judge, keep, change->address))
				return false;
			referred = true;
		}
	return true;
}

static bool has_keeps(const struct judge *judge, size_t *ret_count)
{
	const struct phase *scopes[SCOPES_MOST];
	size_t scope_count = intent_scopes(judge->intent, scopes);

	*ret_count = 0;
	for (size_t s = 0; s < scope_count; s++)
		*ret_count += scopes[s]->keep.count;
	return *ret_count > 0;
}

int keep_collect(struct judge *judge, struct error *err)
{
	const struct changes *changes = &judge->plan->changes;
	CLEANUP(arena_cleanup) struct arena *scratch = NULL;
	size_t count;

	if (!has_keeps(judge, &count))
		return 0;
	judge->keep_named = ARENA_ARRAY(judge->arena, bool, count);
	if (!judge->keep_named)
		return error_memory(err);
	for (size_t i = 0; i < changes->count; i++) {
		if (i % SCRATCH_EVERY == 0) {
			arena_destroy(scratch);
			scratch = arena_create((size_t)64 * 1024 * 1024);
			if (!scratch)
				return error_memory(err);
		}
		if (!collect_one(judge, &changes->items[i], scratch) || arena_failed(scratch))
			return error_memory(err);
	}
	if (judge->kept_reference_count > 1)
		qsort(judge->kept_references, judge->kept_reference_count,
			sizeof(*judge->kept_references), compare);
	return 0;
}

static const struct kept_reference *find_reference(const struct judge *judge, struct str to)
{
	size_t low = 0, high = judge->kept_reference_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (str_cmp(judge->kept_references[middle].to, to) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == judge->kept_reference_count || !str_eq(judge->kept_references[low].to, to))
		return NULL;
	return &judge->kept_references[low];
}

/* The change of something that `attribute` of the kept object refers to. */
static const struct judged *find_forcing(
	const struct judge *judge, struct str address, struct str path, struct str *ret_to)
{
	const struct reference *items = NULL;
	size_t count = references_from(judge->references, address, &items);

	for (size_t i = 0; i < count; i++) {
		const struct judged *other;

		if (!path_is_within(items[i].attribute, path) &&
			!path_is_within(path, items[i].attribute))
			continue;
		other = judged_find(judge, items[i].to);
		if (!other)
			continue;
		*ret_to = other->change->address;
		return other;
	}
	return NULL;
}

/* One changed attribute, and what changes it. */
static struct str difference_cause(
	struct judge *judge, const struct change *change, const struct difference *difference)
{
	struct arena *arena = judge->arena;
	struct str to = {NULL, 0}, text;
	const struct judged *forcing = find_forcing(judge, change->address, difference->path, &to);

	if (difference->kind == DIFF_UNKNOWN)
		text = arena_printf(arena, "%.*s may change (it is known only after apply)",
			STR_ARG(difference->path));
	else if (difference->kind == DIFF_SENSITIVITY)
		text = arena_printf(
			arena, "%.*s changes its sensitivity", STR_ARG(difference->path));
	else
		text = arena_printf(arena, "%.*s changes from %.*s to %.*s",
			STR_ARG(difference->path),
			STR_ARG(value_text(difference->before, difference->sensitive, arena)),
			STR_ARG(value_text(difference->after, difference->sensitive, arena)));
	if (!forcing)
		return text;
	return arena_printf(arena, "%.*s, since it refers to %.*s, which %.*s", STR_ARG(text),
		STR_ARG(to), STR_ARG(change_sentence(forcing->change, arena)));
}

/* How much a difference explains: what forces a replacement most, what is not known least. */
static unsigned weight(struct str forcing, bool replaces, const struct difference *difference)
{
	struct str rest = forcing;

	if (difference->kind == DIFF_UNKNOWN)
		return 0;
	while (replaces && !str_absent(rest)) {
		struct str path = str_trim(str_split(&rest, ','));

		if (!str_empty(path) && path_is_within(difference->path, path))
			return 2;
	}
	return 1;
}

/* What forces the change of a kept object, in at most three clauses. */
static struct str change_cause(struct judge *judge, const struct change *change)
{
	enum { MOST = 3 };
	bool replaces = plan_action_replaces(change->action);
	struct str forcing = change_replace_paths_text(change, judge->arena);
	struct differences differences = {0};
	struct str text = {NULL, 0};
	unsigned best = 0;
	size_t told = 0, count = 0;

	if (change->action != ACTION_UPDATE && !replaces)
		return text;
	if (change_diff(change, judge->arena, &differences, NULL) < 0)
		return text;
	for (size_t i = 0; i < differences.count; i++) {
		unsigned one = weight(forcing, replaces, &differences.items[i]);

		best = one > best ? one : best;
	}
	for (size_t i = 0; i < differences.count; i++) {
		struct str one;

		if (weight(forcing, replaces, &differences.items[i]) != best || ++count > MOST)
			continue;
		one = difference_cause(judge, change, &differences.items[i]);
		text = told++ == 0
			? one
			: arena_printf(judge->arena, "%.*s; %.*s", STR_ARG(text), STR_ARG(one));
	}
	if (count > MOST)
		text = arena_printf(
			judge->arena, "%.*s; and %zu more", STR_ARG(text), count - MOST);
	return text;
}

/* The line of the intent, as a person wrote it. */
static struct str quoted_keep(const struct keep *keep, struct arena *arena)
{
	return arena_printf(arena, "keep: %.*s", STR_ARG(keep->glob.text));
}

static void tell_kept(struct judge *judge, struct judged *judged, const struct keep *keep)
{
	struct finding *finding = intent_finding(judge, judged, STR("intent-keep"),
		KIND_INTENT_KEPT, SEVERITY_CRITICAL, keep->place);
	const struct change *change = judged->change;
	struct arena *arena = judge->arena;
	struct str line = change_line(change, arena);

	judged->refused = judged->named = true;
	if (!finding)
		return;
	finding->message = arena_printf(arena, "%.*s %.*s, although the intent keeps it (%.*s).",
		STR_ARG(finding->address), STR_ARG(change_sentence(change, arena)),
		STR_ARG(quoted_keep(keep, arena)));
	finding->cause = change_cause(judge, change);
	finding->remedy = arena_printf(arena,
		"Change the configuration so that %.*s stays as it is; what it refers to stays "
		"with "
		"it, so put new objects beside the old ones.%s%.*s",
		STR_ARG(finding->address),
		str_absent(line) ? ""
				 : " If the change is meant, take the object off keep and expect: ",
		STR_ARG(line));
}

/* Destroyed or replaced = block, updated = ask. */
static void tell_reference(
	struct judge *judge, struct judged *judged, const struct kept_reference *reference)
{
	const struct change *change = judged->change;
	struct arena *arena = judge->arena;
	bool leaves = plan_action_destroys(change->action) ||
		change->action == ACTION_CREATE_FORGET || change->action == ACTION_FORGET_CREATE ||
		change->action == ACTION_UNKNOWN;
	struct finding *finding;

	if (!leaves && change->action != ACTION_UPDATE && change->action != ACTION_FORGET)
		return;
	finding = intent_finding(judge, judged, STR("intent-keep-reference"), KIND_INTENT_KEPT,
		leaves ? SEVERITY_CRITICAL : SEVERITY_HIGH, reference->keep->place);
	judged->asked = true;
	judged->named = judged->refused = leaves;
	if (!finding)
		return;
	finding->message = arena_printf(arena,
		"%.*s %.*s, and %.*s, which the intent keeps (%.*s), refers to it%s%.*s%s.",
		STR_ARG(finding->address), STR_ARG(change_sentence(change, arena)),
		STR_ARG(reference->address), STR_ARG(quoted_keep(reference->keep, arena)),
		str_empty(reference->attribute) ? "" : " (", STR_ARG(reference->attribute),
		str_empty(reference->attribute) ? "" : ")");
	finding->cause = change_cause(judge, change);
	finding->remedy = leaves ? arena_printf(arena,
					   "Leave %.*s as it is and create a new one beside it, or "
					   "take %.*s off keep.",
					   STR_ARG(finding->address), STR_ARG(reference->address))
				 : arena_printf(arena,
					   "A person decides whether %.*s is touched by this; if "
					   "it may be, take it off "
					   "keep, or leave %.*s as it is.",
					   STR_ARG(reference->address), STR_ARG(finding->address));
}

void keep_judge(struct judge *judge, struct judged *judged)
{
	const struct phase *scopes[SCOPES_MOST];
	size_t scope_count = intent_scopes(judge->intent, scopes);
	const struct kept_reference *reference;

	for (size_t s = 0; s < scope_count; s++)
		for (size_t i = 0; i < scopes[s]->keep.count; i++) {
			const struct keep *keep = &scopes[s]->keep.items[i];

			if ((judged->parsed && keeps(keep, &judged->address)) ||
				(judged->has_previous && keeps(keep, &judged->previous))) {
				tell_kept(judge, judged, keep);
				return;
			}
		}
	if (judge->kept_reference_count == 0 || !str_absent(judged->change->deposed))
		return;
	reference = find_reference(judge, judged->configuration);
	if (reference)
		tell_reference(judge, judged, reference);
}

/* A keep that names nothing protects nothing; most likely it is misspelt. */
void keep_unnamed(struct judge *judge)
{
	const struct phase *scopes[SCOPES_MOST];
	size_t scope_count = intent_scopes(judge->intent, scopes), at = 0;

	for (size_t s = 0; s < scope_count; s++)
		for (size_t i = 0; i < scopes[s]->keep.count; i++, at++) {
			const struct keep *keep = &scopes[s]->keep.items[i];
			const struct state *state;
			struct finding *finding;
			bool named = judge->keep_named[at];

			if (named || glob_is_wild(&keep->glob))
				continue;
			state = state_get(judge);
			for (size_t j = 0; !named && j < state->count; j++)
				named = keeps(keep, &state->items[j].address);
			if (named)
				continue;
			finding = intent_finding(judge, NULL, STR("intent-keep-nothing"),
				KIND_INTENT_MISSING, SEVERITY_MEDIUM, keep->place);
			if (!finding)
				return;
			finding->address = keep->glob.text;
			finding->message = arena_printf(judge->arena,
				"The intent keeps %.*s, but there is no such object in the plan or "
				"in its state.",
				STR_ARG(keep->glob.text));
			finding->remedy =
				STR("Correct the address; a misspelt keep protects nothing.");
		}
}
