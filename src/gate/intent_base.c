/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What of the reviewed intent is laxer than the one at the merge base.  Whoever
 * wrote the change wrote this file too, so a line counts in full only if it is
 * provably no laxer than a line that was there before; all else is told, and asks.
 *
 * What is new and names no destroy, lifts no hazard, uses no wildcard and
 * touches nothing that the base speaks of, is what a change says about itself:
 * without any intent it would pass too, so it is not held against it.
 */
#include "gate/intent_model.h"

/* The lines that hold together: those outside of phases and those of one phase. */
struct lines {
	const struct phase *items[2];
	size_t count;
};

struct comparison {
	struct intent *intent;
	const struct intent *base;
	struct findings *findings;
};

static struct lines lines_of(const struct phase *common, const struct phase *phase)
{
	struct lines lines = {.items = {common, phase}, .count = phase ? 2 : 1};

	return lines;
}

static void tell(struct comparison *comparison, struct node place, struct str what)
{
	struct finding *finding = finding_add(comparison->findings, STR("intent-relaxed-here"),
		KIND_INTENT_RELAXED_HERE, SEVERITY_HIGH);

	if (!finding)
		return;
	finding->intent =
		intent_place(node_exists(place) ? place : doc_root(comparison->intent->doc));
	finding->message = arena_printf(comparison->findings->arena,
		"This change relaxes its own intent: %.*s.", STR_ARG(what));
	finding->remedy =
		STR("A person decides; or the intent is merged first, in a change of its own.");
}

static struct str line_of(const struct entry *entry, struct arena *arena)
{
	return arena_printf(
		arena, "\"%.*s: %.*s\"", STR_ARG(entry->word), STR_ARG(entry->glob.text));
}

/* Whoever fulfils `narrow` fulfils `wide`, as far as can be proved. */
static bool implies(const struct condition *narrow, const struct condition *wide)
{
	struct node_iter it = node_children(narrow->value);

	if (!str_eq(narrow->path, wide->path))
		return false;
	if (narrow->op == wide->op && node_equal(narrow->value, wide->value))
		return true;
	if (wide->op != OP_ONE_OF)
		return false;
	if (narrow->op == OP_ONE_OF) {
		while (node_next(&it)) {
			struct node_iter all = node_children(wide->value);
			bool found = false;

			while (!found && node_next(&all))
				found = node_equal(all.value, it.value);
			if (!found)
				return false;
		}
		return true;
	}
	it = node_children(wide->value);
	while (narrow->op == OP_EQUALS && node_next(&it))
		if (node_equal(it.value, narrow->value))
			return true;
	return false;
}

/* Each condition of `wide` is implied by one of `narrow`. */
static bool all_implied(const struct conditions *narrow, const struct conditions *wide)
{
	for (size_t i = 0; i < wide->count; i++) {
		bool found = false;

		for (size_t j = 0; !found && j < narrow->count; j++)
			found = implies(&narrow->items[j], &wide->items[i]);
		if (!found)
			return false;
	}
	return true;
}

/* `only` of `narrow` lets no more change, and to nothing else, than that of `wide`. */
static bool only_within(const struct entry *narrow, const struct entry *wide)
{
	if (!wide->has_only)
		return true;
	if (!narrow->has_only)
		return false;
	for (size_t i = 0; i < narrow->only.count; i++) {
		const struct condition *one = &narrow->only.items[i];
		bool found = false;

		/* Every condition that the base puts on this path must hold here too. */
		for (size_t j = 0; j < wide->only.count; j++) {
			const struct condition *other = &wide->only.items[j];

			if (!path_is_within(one->path, other->path))
				continue;
			found = true;
			if (other->op != OP_NAMED && !implies(one, other))
				return false;
		}
		if (!found)
			return false;
	}
	return true;
}

static bool same_text(struct str narrow, struct str wide)
{
	return str_absent(wide) || str_eq(narrow, wide);
}

/* Each change that `narrow` lets through, `wide` lets through too. */
static bool entry_within(const struct entry *narrow, const struct entry *wide)
{
	return (narrow->actions & ~wide->actions) == 0 && glob_covers(&wide->glob, &narrow->glob) &&
		narrow->max <= wide->max && same_text(narrow->id, wide->id) &&
		same_text(narrow->from.text, wide->from.text) &&
		all_implied(&narrow->before, &wide->before) &&
		all_implied(&narrow->after, &wide->after) && only_within(narrow, wide);
}

static bool entry_overlaps(const struct entry *entry, const struct entry *other)
{
	return (entry->actions & other->actions) != 0 && glob_overlaps(&other->glob, &entry->glob);
}

/*
 * Several lines within one line of the base let no more through together than that one, unless it
 * still stands there and counts.
 */
static bool count_within(struct lines head, const struct entry *wide)
{
	size_t sum = 0;

	if (wide->max == SIZE_MAX)
		return true;
	for (size_t s = 0; s < head.count; s++)
		for (size_t i = 0; i < head.items[s]->entries.count; i++) {
			const struct entry *entry = &head.items[s]->entries.items[i];

			if (entry->list == LIST_FORBID || !entry_within(entry, wide))
				continue;
			if (entry_within(wide, entry))
				return true;
			sum += entry->max;
		}
	return sum <= wide->max;
}

static void compare_entry(struct comparison *comparison, struct entry *entry, struct lines head,
	struct lines base, bool has_base)
{
	struct arena *arena = comparison->findings->arena;
	bool destroys = (entry->actions & ACTIONS_DESTROY) != 0;
	bool overlaps = false;

	for (size_t s = 0; s < base.count; s++)
		for (size_t i = 0; i < base.items[s]->entries.count; i++) {
			const struct entry *other = &base.items[s]->entries.items[i];

			if (other->list == LIST_FORBID)
				continue;
			overlaps |= entry_overlaps(entry, other);
			/* A line with `only` lifts hazards that one without does not. */
			if (entry_within(entry, other) && count_within(head, other) &&
				(other->has_only || !entry->has_only || destroys))
				return;
		}
	entry->relaxed = true;
	entry->told = destroys || overlaps || (has_base && glob_is_wild(&entry->glob));
	if (destroys)
		tell(comparison, entry->place,
			arena_printf(arena, "%.*s allows a destroy that the base does not",
				STR_ARG(line_of(entry, arena))));
	else if (overlaps)
		tell(comparison, entry->place,
			arena_printf(arena, "%.*s is laxer than what the base says of it",
				STR_ARG(line_of(entry, arena))));
	else if (has_base && glob_is_wild(&entry->glob))
		tell(comparison, entry->place,
			arena_printf(arena, "%.*s names more than the base does",
				STR_ARG(line_of(entry, arena))));
}

static bool accept_within(const struct accept *narrow, const struct accept *wide)
{
	return str_eq(narrow->rule, wide->rule) && glob_covers(&wide->glob, &narrow->glob) &&
		narrow->end <= wide->end &&
		(str_absent(wide->path) ||
			(!str_absent(narrow->path) && path_is_within(narrow->path, wide->path)));
}

static void compare_accept(struct comparison *comparison, struct accept *accept, struct lines base)
{
	struct arena *arena = comparison->findings->arena;

	for (size_t s = 0; s < base.count; s++)
		for (size_t i = 0; i < base.items[s]->accept.count; i++)
			if (accept_within(accept, &base.items[s]->accept.items[i]))
				return;
	accept->relaxed = true;
	tell(comparison, accept->place,
		arena_printf(arena, "it accepts \"%.*s\" at %.*s, which the base does not",
			STR_ARG(accept->rule), STR_ARG(accept->glob.text)));
}

static void compare_keeps(
	struct comparison *comparison, struct lines head, struct lines base, struct node place)
{
	struct arena *arena = comparison->findings->arena;

	for (size_t s = 0; s < base.count; s++)
		for (size_t i = 0; i < base.items[s]->keep.count; i++) {
			const struct keep *keep = &base.items[s]->keep.items[i];
			bool found = false;

			for (size_t h = 0; h < head.count; h++)
				for (size_t j = 0; !found && j < head.items[h]->keep.count; j++)
					found = glob_covers(
						&head.items[h]->keep.items[j].glob, &keep->glob);
			if (!found)
				tell(comparison, place,
					arena_printf(arena,
						"\"keep: %.*s\" of the base (line %u) is gone",
						STR_ARG(keep->glob.text),
						node_position(keep->place).line));
		}
}

/* Whatever `narrow` forbids, `wide` forbids: it has no condition that `narrow` lacks. */
static bool forbid_within(const struct entry *narrow, const struct entry *wide)
{
	return (narrow->actions & ~wide->actions) == 0 && glob_covers(&wide->glob, &narrow->glob) &&
		same_text(narrow->id, wide->id) && all_implied(&narrow->before, &wide->before) &&
		all_implied(&narrow->after, &wide->after);
}

/* As demanding as an expectation of the base. */
static bool expects_as_much(const struct entry *entry, const struct entry *base)
{
	return entry->list == LIST_EXPECT && entry->min >= base->min && entry_within(entry, base) &&
		glob_covers(&entry->glob, &base->glob) && entry->actions == base->actions;
}

static bool lifts(const struct phase *phase)
{
	if (phase->accept.count > 0 || phase->otherwise == OTHERWISE_PASS)
		return true;
	for (size_t i = 0; i < phase->entries.count; i++)
		if (phase->entries.items[i].list != LIST_FORBID &&
			((phase->entries.items[i].actions & ACTIONS_DESTROY) ||
				phase->entries.items[i].has_only))
			return true;
	return false;
}

static void compare_demand(struct comparison *comparison, struct lines head,
	const struct entry *demand, bool lifting, struct node place)
{
	struct arena *arena = comparison->findings->arena;
	bool forbid = demand->list == LIST_FORBID;

	/* An expectation that is gone hides nothing where no line lifts anything. */
	if (demand->list == LIST_ALLOW || (!forbid && !lifting))
		return;
	for (size_t s = 0; s < head.count; s++)
		for (size_t i = 0; i < head.items[s]->entries.count; i++) {
			const struct entry *entry = &head.items[s]->entries.items[i];

			if (forbid ? entry->list == LIST_FORBID && forbid_within(demand, entry)
				   : expects_as_much(entry, demand))
				return;
		}
	tell(comparison, place,
		arena_printf(arena, "%s %.*s of the base (line %u) is gone or weaker",
			forbid ? "forbid" : "expect", STR_ARG(line_of(demand, arena)),
			node_position(demand->place).line));
}

/* `required`: another phase may require that these demands are met, so all of them count. */
static void compare_demands(struct comparison *comparison, struct lines head, struct lines base,
	bool required, struct node place)
{
	bool lifting = required;

	for (size_t s = 0; s < head.count; s++)
		lifting |= lifts(head.items[s]);
	for (size_t s = 0; s < base.count; s++)
		for (size_t i = 0; i < base.items[s]->entries.count; i++)
			compare_demand(
				comparison, head, &base.items[s]->entries.items[i], lifting, place);
}

static enum otherwise otherwise_of(struct lines lines)
{
	for (size_t s = lines.count; s-- > 0;)
		if (lines.items[s]->otherwise != OTHERWISE_TABLE)
			return lines.items[s]->otherwise;
	return OTHERWISE_TABLE;
}

static void compare_otherwise(struct comparison *comparison, struct lines head, struct lines base,
	bool has_base, struct node place)
{
	enum otherwise now = otherwise_of(head);
	enum otherwise then = has_base ? otherwise_of(base) : OTHERWISE_TABLE;

	for (size_t s = 0; s < head.count; s++)
		if (node_exists(head.items[s]->otherwise_place))
			place = head.items[s]->otherwise_place;
	if (now < then)
		tell(comparison, place, STR("\"otherwise\" lets more pass than the base does"));
}

static void compare_requires(
	struct comparison *comparison, const struct phase *head, const struct phase *base)
{
	struct arena *arena = comparison->findings->arena;

	for (size_t i = 0; i < base->require_count; i++) {
		bool found = false;

		for (size_t j = 0; !found && j < head->require_count; j++)
			found = str_eq(head->requires[j].name, base->requires[i].name);
		if (!found)
			tell(comparison, head->place,
				arena_printf(arena, "the phase no longer requires \"%.*s\"",
					STR_ARG(base->requires[i].name)));
	}
}

static struct phase *phase_named(const struct intent *intent, struct str name)
{
	for (size_t i = 0; i < intent->phase_count; i++)
		if (str_eq(intent->phases[i].name, name))
			return &intent->phases[i];
	return NULL;
}

/* All lines of the head's common part and one phase against their like at the base. */
static void compare_lines(struct comparison *comparison, struct phase *phase, bool with_common)
{
	struct intent *intent = comparison->intent;
	const struct intent *base = comparison->base;
	struct phase *own = phase ? phase : &intent->common;
	const struct phase *like = NULL;
	struct lines head = lines_of(&intent->common, phase), was = {0};

	if (base) {
		like = phase ? phase_named(base, phase->name) : base->active;
		was = lines_of(&base->common, like);
	}
	for (size_t i = 0; i < own->entries.count; i++)
		if (own->entries.items[i].list != LIST_FORBID)
			compare_entry(comparison, &own->entries.items[i], head, was, base != NULL);
	for (size_t i = 0; i < own->accept.count; i++)
		compare_accept(comparison, &own->accept.items[i], was);
	if (phase && with_common) {
		/* The lines outside of phases are measured by what is outside at the base. */
		struct lines outside = was;

		outside.count = base ? 1 : 0;
		for (size_t i = 0; i < intent->common.entries.count; i++)
			if (intent->common.entries.items[i].list != LIST_FORBID)
				compare_entry(comparison, &intent->common.entries.items[i], head,
					outside, base != NULL);
		for (size_t i = 0; i < intent->common.accept.count; i++)
			compare_accept(comparison, &intent->common.accept.items[i], outside);
	}
	compare_otherwise(comparison, head, was, base != NULL, own->place);
	if (!base)
		return;
	compare_keeps(comparison, head, was, own->place);
	compare_demands(comparison, head, was, !with_common, own->place);
	if (phase && like)
		compare_requires(comparison, phase, like);
}

static void compare_head(struct comparison *comparison)
{
	const struct intent *intent = comparison->intent, *base = comparison->base;
	struct arena *arena = comparison->findings->arena;
	struct str now = intent_phase(intent), then = intent_phase(base);

	if (intent->end > base->end)
		tell(comparison, intent->expires_place,
			STR("\"expires\" is later than at the base"));
	if (!same_text(intent->root, base->root))
		tell(comparison, intent->root_place, STR("\"root\" is not that of the base"));
	if (!same_text(intent->workspace, base->workspace))
		tell(comparison, intent->workspace_place,
			STR("\"workspace\" is not that of the base"));
	/*
	 * A phase named on the command line is the caller's choice, as every flag is, and no line of
	 * the change: it only has to be one that the base has, whose lines it is measured by.
	 */
	if (!str_eq(now, then) && !(intent->phase_given && phase_named(base, now)))
		tell(comparison, intent->active ? intent->active->place : NODE_NONE,
			arena_printf(arena, "the phase is \"%.*s\", and \"%.*s\" at the base",
				STR_ARG(now), STR_ARG(then)));
}

int intent_compare_base(struct intent *intent, const struct intent *base, struct findings *findings,
	struct error *err)
{
	struct comparison comparison = {intent, base, findings};

	if (base)
		compare_head(&comparison);
	compare_lines(&comparison, intent->active, true);
	/* Phases that do not hold now can still be loosened for later. */
	for (size_t i = 0; base && i < intent->phase_count; i++)
		if (&intent->phases[i] != intent->active &&
			phase_named(base, intent->phases[i].name))
			compare_lines(&comparison, &intent->phases[i], false);
	return arena_failed(findings->arena) ? error_memory(err) : 0;
}

static void note_file(
	struct str file, struct str message, struct str remedy, struct findings *findings)
{
	struct finding *finding = finding_add(
		findings, STR("intent-relaxed-here"), KIND_INTENT_RELAXED_HERE, SEVERITY_HIGH);

	if (!finding)
		return;
	finding->intent = (struct place){file, 1, 1};
	finding->message = message;
	finding->remedy = remedy;
}

void intent_base_removed(struct str file, struct findings *findings)
{
	note_file(file,
		STR("This change removes the intent that the base has, and all that it keeps."),
		STR("A person decides; or the intent is removed first, in a change of its own."),
		findings);
}

void intent_base_unreadable(struct str file, struct findings *findings)
{
	note_file(file,
		STR("What the base has under this name is no intent that weir reads (a symbolic "
		    "link, "
		    "perhaps), so what it keeps cannot be compared."),
		STR("A person decides; or the intent becomes a regular file first, in a change of "
		    "its own."),
		findings);
}
