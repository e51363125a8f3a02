/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What scanners found, as findings: how much of it counts here, what is told
 * once though several told it, and what weir itself has found already.  Which
 * object a result means is scanner_place.c's.
 */
#include "gate/scanner.h"

#include <stdlib.h>

#include "gate/scanner_place.h"
#include "plan/reference.h"

/* Weaknesses that weir finds too. */
static const struct {
	struct str rule, type, path, scanner;
} same[] = {
#define SAME(rule, type, path, scanner)                                                            \
	{STR_INIT(rule), STR_INIT(type), STR_INIT(path), STR_INIT(scanner)},
#include "gate/scanner.def"
#undef SAME
};

/* ---- one result ---- */

static struct finding *add(const struct scanner_world *world, const struct sarif_result *result,
	struct findings *findings)
{
	struct finding *finding =
		finding_add(findings, result->rule, KIND_SCANNER, result->severity);

	if (!finding)
		return NULL;
	finding->message = result->message;
	finding->config =
		(struct place){scanner_file(world, result), result->line ? result->line : 1, 0};
	if (str_absent(finding->config.file))
		finding->config.line = 0;
	else
		finding->message = arena_printf(findings->arena, "%.*s:%u: %.*s",
			STR_ARG(finding->config.file), finding->config.line,
			STR_ARG(result->message));
	return finding;
}

static void add_at(const struct scanner_world *world, const struct plan *plan,
	const struct sarif_result *result, const struct scanner_object *object,
	struct findings *findings)
{
	struct arena *arena = findings->arena;
	struct finding *finding = add(world, result, findings);

	if (!finding)
		return;
	finding->plan = plan->name;
	finding->address = object->address;
	if (!object->changed) {
		finding->severity = SEVERITY_INFO;
	} else {
		finding->pointer = change_pointer(object->change, arena);
		finding->offset = node_offset(object->change->self);
	}
	/* One instance of a block is told by its own name. */
	if (object->changed == 1 &&
		str_eq(address_without_keys(object->change->address, arena),
			address_without_keys(object->address, arena)))
		finding->address = change_full_address(object->change, arena);
	else if (object->changed > 1)
		finding->cause = arena_printf(
			arena, "%zu of its objects are made or changed", object->changed);
	finding->message = arena_printf(arena, "%.*s%s: %.*s", STR_ARG(finding->address),
		object->changed ? "" : ", which this plan does not change",
		STR_ARG(result->message));
	if (!str_absent(object->file))
		finding->config.file = object->file;
	else if (object->in_plan)
		finding->config = (struct place){.line = 0};
}

/* ---- told once ---- */

/* What is the same comes together, the worst of it first. */
static int by_rule_and_object(const void *left, const void *right)
{
	const struct finding *a = left, *b = right;
	int order = str_cmp(a->rule, b->rule);

	if (order == 0)
		order = str_cmp(a->address, b->address);
	if (order == 0 && str_absent(a->address)) {
		order = str_cmp(a->config.file, b->config.file);
		if (order == 0)
			order = (a->config.line > b->config.line) -
				(a->config.line < b->config.line);
		if (order == 0 && str_absent(a->config.file))
			order = str_cmp(a->message, b->message);
	}
	return order;
}

static int by_weight(const void *left, const void *right)
{
	const struct finding *a = left, *b = right;
	int order = by_rule_and_object(left, right);

	if (order == 0)
		order = (a->severity < b->severity) - (a->severity > b->severity);
	if (order == 0)
		order = str_cmp(a->config.file, b->config.file);
	if (order == 0)
		order = (a->config.line > b->config.line) - (a->config.line < b->config.line);
	return order ? order : str_cmp(a->message, b->message);
}

static void fold(struct findings *findings)
{
	size_t kept = 0;

	if (findings->count > 1)
		qsort(findings->items, findings->count, sizeof(*findings->items), by_weight);
	for (size_t i = 0; i < findings->count; i++)
		if (kept == 0 ||
			by_rule_and_object(&findings->items[kept - 1], &findings->items[i]) != 0)
			findings->items[kept++] = findings->items[i];
	findings->count = kept;
}

/* ---- what weir found too ---- */

static struct str resource_type(struct str address)
{
	struct str rest = address;

	while (str_starts(rest, STR("module."))) {
		str_split(&rest, '.');
		str_split(&rest, '.');
	}
	return str_split(&rest, '.');
}

/* "trivy/AVD-AWS-0107" and "trivy/AWS-0107". */
static bool is_rule(struct str rule, struct str wanted)
{
	static const struct str older = STR_INIT("trivy/AVD-");

	if (!str_starts(rule, older))
		return str_eq(rule, wanted);
	return str_starts(wanted, STR("trivy/")) &&
		str_eq(str_slice(rule, older.len, rule.len),
			str_slice(wanted, sizeof("trivy/") - 1, wanted.len));
}

/* Findings of weir's own that a scanner may find too, by address. */
struct own {
	struct str address;
	size_t index; /* in the findings, which may move */
};

struct owns {
	struct own *items;
	size_t count;
};

static int by_address(const void *left, const void *right)
{
	const struct own *a = left, *b = right;
	int order = str_cmp(a->address, b->address);

	return order ? order : (a->index > b->index) - (a->index < b->index);
}

static struct owns read_owns(const struct findings *findings)
{
	struct owns owns = {ARENA_ARRAY(findings->arena, struct own, findings->count), 0};

	for (size_t i = 0; owns.items && i < findings->count; i++)
		if (findings->items[i].kind != KIND_SCANNER &&
			findings->items[i].state == STATE_FAIL)
			owns.items[owns.count++] = (struct own){findings->items[i].address, i};
	if (owns.count > 1)
		qsort(owns.items, owns.count, sizeof(*owns.items), by_address);
	return owns;
}

/* The first of them at or behind an address. */
static size_t first_own(const struct owns *owns, struct str address)
{
	size_t low = 0, high = owns->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (str_cmp(owns->items[middle].address, address) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Of two findings at one address. */
static bool means_same(const struct finding *own, const struct finding *found, struct arena *arena)
{
	struct str type = resource_type(address_without_keys(found->address, arena));

	for (size_t i = 0; i < COUNT_OF(same); i++)
		if (str_eq(same[i].rule, own->rule) && str_eq(same[i].type, type) &&
			is_rule(found->rule, same[i].scanner) &&
			(str_empty(same[i].path) || str_eq(same[i].path, own->path)))
			return true;
	return false;
}

static bool is_known_rule(struct str rule)
{
	for (size_t i = 0; i < COUNT_OF(same); i++)
		if (is_rule(rule, same[i].scanner))
			return true;
	return false;
}

/* The worse of both severities counts. True if the finding is told with weir's own. */
static bool told_by_weir(
	const struct finding *found, const struct owns *owns, struct findings *findings)
{
	if (found->severity == SEVERITY_INFO || !is_known_rule(found->rule))
		return false;
	for (size_t i = first_own(owns, found->address);
		i < owns->count && str_eq(owns->items[i].address, found->address); i++) {
		struct finding *own = &findings->items[owns->items[i].index];

		if (!means_same(own, found, findings->arena))
			continue;
		if (own->severity < found->severity)
			own->severity = found->severity;
		if (str_absent(own->config.file))
			own->config = found->config;
		own->cause = str_absent(own->cause)
			? arena_printf(findings->arena, "%.*s finds it too", STR_ARG(found->rule))
			: arena_printf(findings->arena, "%.*s; %.*s finds it too",
				  STR_ARG(own->cause), STR_ARG(found->rule));
		return true;
	}
	return false;
}

/* ---- a plan, and what is left ---- */

int scanner_judge(const struct scanner_world *world, const struct plan *plan,
	const struct hcl_configuration *configuration, struct findings *findings, struct error *err)
{
	struct findings found = {.arena = findings->arena};
	struct scanner_objects objects = {0};
	struct scanner_places *places;
	struct owns owns;
	int r;

	if (!world->results->count)
		return 0;
	r = scanner_places(world, plan, configuration, findings->arena, &places, err);
	for (size_t i = 0; r == 0 && i < world->results->count; i++) {
		struct sarif_result *result = &world->results->items[i];
		enum scanner_where where = scanner_find(places, result, &objects);

		for (size_t k = 0; k < objects.count; k++)
			add_at(world, plan, result, &objects.items[k], &found);
		result->told |= objects.count > 0;
		result->unknown |= where == WHERE_UNKNOWN;
	}
	if (r < 0)
		return r;
	fold(&found);
	owns = read_owns(findings);
	for (size_t i = 0; i < found.count; i++) {
		struct finding *copy;

		if (told_by_weir(&found.items[i], &owns, findings))
			continue;
		copy = finding_add(findings, found.items[i].rule, KIND_SCANNER, SEVERITY_INFO);
		if (copy)
			*copy = found.items[i];
	}
	return arena_failed(findings->arena) ? error_memory(err) : 0;
}

int scanner_rest(const struct scanner_world *world, struct findings *findings, struct error *err)
{
	struct findings found = {.arena = findings->arena};

	for (size_t i = 0; i < world->results->count; i++) {
		const struct sarif_result *result = &world->results->items[i];
		struct finding *finding = result->told ? NULL : add(world, result, &found);

		if (!finding)
			continue;
		finding->remedy = result->remedy;
		if (!str_absent(result->remedy))
			continue;
		if (!result->unknown) {
			finding->severity = SEVERITY_INFO;
			finding->cause = STR("no object of a plan stands there");
			continue;
		}
		finding->cause = STR("it cannot be told which object this is about");
		finding->remedy = STR("Give the .tf files that were scanned (--config-dir), or "
				      "suppress it where the scanner reads that.");
	}
	fold(&found);
	return findings_append(findings, &found) && !arena_failed(findings->arena)
		? 0
		: error_memory(err);
}
