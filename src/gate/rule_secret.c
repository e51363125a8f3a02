/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The predicate `secret`: does a change put a secret where it can be read?
 *
 * What a secret is, is known to the redactor, which lies above this folder: it is asked through struct
 * secret_oracle.  One walk over a change finds all places that hold one; rules then only look which of
 * them they are about.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gate/rule_model.h"
#include "gate/value_path.h"

enum {
	HITS_MOST = 10000, /* of a kind; what stood before takes no place of what is new */
	LEVELS_MOST = 32,
};

struct secret_hit {
	struct str path;
	bool masked;
	bool same; /* it stood there before */
	struct secret_hit *next;
};

static int bad(struct node node, struct error *err, const char *what)
{
	return error_node(err, ERR_RULE_SYNTAX, node, "%s", what);
}

int secret_read(
	struct node node, struct arena *arena, struct predicate *predicate, struct error *err)
{
	static const char *const known[] = {"path", "masked", "same", NULL};
	struct node masked = NODE_GET(node, "masked");
	int r = keys_check(node, known, err);

	if (r < 0)
		return r;
	predicate->bare = node_type(masked) == NODE_FALSE;
	if (node_exists(masked) && !predicate->bare && !node_is_true(masked))
		return bad(masked, err, "true or false belongs here");
	predicate->same = node_is_true(NODE_GET(node, "same"));
	if (!node_exists(NODE_GET(node, "path")))
		return 0;
	predicate->match.path = arena_str(arena, node_text(NODE_GET(node, "path"), arena));
	return value_path_valid(predicate->match.path)
		? 0
		: bad(NODE_GET(node, "path"), err, "a path belongs here");
}

struct secret_walk {
	struct secrets_seen *seen;
	const struct secret_oracle *oracle;
	const struct judgement *judgement;
};

/* A digest stands for a text that the change does not show; its configuration may. */
static bool is_digest(struct str text)
{
	if (text.len != 40 && text.len != 64)
		return false;
	for (size_t i = 0; i < text.len; i++)
		if (hex_value(text.data[i]) < 0)
			return false;
	return true;
}

static void add_hit(struct secret_walk *walk, struct str path, bool masked, bool same)
{
	struct secret_hit *hit;

	if (++walk->seen->counts[masked][same] > HITS_MOST)
		return;
	hit = ARENA_NEW(walk->seen->arena, struct secret_hit);
	if (!hit)
		return;
	*hit = (struct secret_hit){arena_str(walk->seen->arena, path), masked, same, NULL};
	*walk->seen->last = hit;
	walk->seen->last = &hit->next;
}

/*
 * The part of a mask or an unknown that is beside the entry of `it`; one that is true as a whole is so for each part.
 * `beside` walks the whole: of a list each part is asked for in turn.
 */
static struct node part_of(struct node whole, struct node_iter *beside, const struct node_iter *it)
{
	if (node_is_true(whole))
		return whole;
	if (it->object)
		return node_is_object(whole) ? node_get(whole, node_raw(it->key)) : NODE_NONE;
	return node_is_array(whole) && node_next(beside) ? beside->value : NODE_NONE;
}

/* The length of the index at which a place stands; 0 if there is none. */
static size_t index_length(struct str place, size_t at)
{
	size_t end = at;

	if (at >= place.len || place.data[at] != '[')
		return 0;
	while (end < place.len && place.data[end] != ']')
		end++;
	return end + 1 - at;
}

enum { PATH_MOST = 512 };

/* Absent if it is too long. */
static struct str part_path(struct str path, const struct node_iter *it, char room[PATH_MOST])
{
	int length = it->object ? snprintf(room, PATH_MOST, "%.*s%s%.*s", STR_ARG(path),
					  path.len ? "." : "", STR_ARG(node_raw(it->key)))
				: snprintf(room, PATH_MOST, "%.*s[%zu]", STR_ARG(path), it->index);

	return length > 0 && length < PATH_MOST ? (struct str){room, (size_t)length}
						: (struct str){NULL, 0};
}

/* ---- what stood there before ---- */

/* A text at a place, whatever the indexes: an element before which others were put is no new one. */
static void digest(struct str place, struct str text, unsigned char ret_digest[SHA256_BYTES])
{
	struct sha256 sha;

	sha256_init(&sha);
	for (size_t at = 0, end; at < place.len; at = end + index_length(place, end)) {
		end = at;
		while (end < place.len && place.data[end] != '[')
			end++;
		sha256_add(&sha, str_slice(place, at, end));
		sha256_add(&sha, STR("["));
	}
	sha256_add(&sha, STR("\n"));
	sha256_add(&sha, text);
	sha256_end(&sha, ret_digest);
}

struct digests {
	struct arena *arena;
	unsigned char (*items)[SHA256_BYTES];
	size_t count, room;
};

static void collect(struct digests *digests, struct node before, struct str path, unsigned level)
{
	struct node_iter it = node_children(before);
	char room[PATH_MOST];

	if (node_is_string(before) &&
		arena_grow(digests->arena, (void **)&digests->items, digests->count, &digests->room,
			SHA256_BYTES))
		digest(path, node_raw(before), digests->items[digests->count++]);
	while (level < LEVELS_MOST && node_next(&it)) {
		struct str inside = part_path(path, &it, room);

		if (!str_absent(inside))
			collect(digests, it.value, inside, level + 1);
	}
}

static int by_digest(const void *left, const void *right)
{
	return memcmp(left, right, SHA256_BYTES);
}

static bool stood(struct secret_walk *walk, struct str place, struct node value)
{
	struct secrets_seen *seen = walk->seen;
	unsigned char key[SHA256_BYTES];

	if (!seen->before_known) {
		struct digests digests = {.arena = seen->arena};

		collect(&digests, walk->judgement->own->before, STR(""), 0);
		if (digests.count > 0)
			qsort(digests.items, digests.count, SHA256_BYTES, by_digest);
		seen->before = digests.items;
		seen->before_count = digests.count;
		seen->before_known = true;
	}
	digest(place, node_raw(value), key);
	return seen->before_count > 0 &&
		bsearch(key, seen->before, seen->before_count, SHA256_BYTES, by_digest);
}

/* ---- the walk ---- */

static void walk_value(struct secret_walk *walk, struct node after, struct node mask,
	struct str path, unsigned level);

static void walk_members(struct secret_walk *walk, struct node after, struct node mask,
	struct str path, unsigned level)
{
	struct node_iter it = node_children(after), beside = node_children(mask);
	char room[PATH_MOST];

	while (node_next(&it)) {
		struct node part = part_of(mask, &beside, &it);
		struct str inside;

		if (node_type(it.value) < NODE_STRING)
			continue;
		inside = part_path(path, &it, room);
		if (!str_absent(inside))
			walk_value(walk, it.value, part, inside, level + 1);
	}
}

/* What only apply will tell, and the plan marks already: whatever it is, it is a secret. */
static void walk_unknown(struct secret_walk *walk, struct node unknown, struct node mask,
	struct str path, unsigned level)
{
	struct node_iter it = node_children(node_is_true(unknown) ? mask : unknown);
	struct node_iter beside = node_children(mask);
	char room[PATH_MOST];

	if (node_is_true(unknown) && node_is_true(mask))
		add_hit(walk, path, true, false);
	while (level < LEVELS_MOST && node_next(&it)) {
		struct node flag = node_is_true(unknown) ? unknown : it.value;
		struct node part = part_of(mask, &beside, &it);
		struct str inside = part_path(path, &it, room);

		if (!str_absent(inside))
			walk_unknown(walk, flag, part, inside, level + 1);
	}
}

static void walk_value(struct secret_walk *walk, struct node after, struct node mask,
	struct str path, unsigned level)
{
	bool masked = node_is_true(mask);
	struct node value = after;

	if (level > LEVELS_MOST)
		return;
	if (node_is_array(after) || node_is_object(after)) {
		walk_members(walk, after, mask, path, level);
		return;
	}
	if (!node_is_string(after) || node_raw(after).len == 0)
		return;
	if (is_digest(node_raw(after))) {
		value = judgement_constant(walk->judgement, path);
		masked = false;
	}
	if (masked || walk->oracle->holds(walk->judgement->plan, value, walk->oracle->payload))
		add_hit(walk, path, masked, stood(walk, path, after));
}

static void look(struct judgement *judgement)
{
	struct secrets_seen *seen = judgement->secrets;
	struct secret_walk walk = {seen, seen->oracle, judgement};
	const struct change *change = judgement->own;
	struct node mask = change_after_sensitive(change);

	*seen = (struct secrets_seen){.oracle = seen->oracle,
		.arena = judgement->arena,
		.change = change,
		.last = &seen->first};
	walk_value(&walk, change->after, mask, STR(""), 0);
	if (node_is_object(mask))
		walk_unknown(&walk, change->after_unknown, mask, STR(""), 0);
}

/* Whether a place is the path, or below it; `[*]` in the path is any index of the place. */
static bool lies_below(struct str place, struct str path)
{
	size_t at = 0, step = 0;

	while (step < path.len) {
		size_t index = str_starts(str_slice(path, step, path.len), STR("[*]"))
			? index_length(place, at)
			: 0;

		if (index == 0 && (at >= place.len || place.data[at] != path.data[step]))
			return false;
		at += index ? index : 1;
		step += index ? 3 : 1;
	}
	return at >= place.len || place.data[at] == '.' || place.data[at] == '[';
}

/* Whether places that a predicate asks for were not kept: then one is taken to be below its path. */
static bool is_crowded(const struct secrets_seen *seen, const struct predicate *predicate)
{
	for (int masked = 0; masked <= !predicate->bare; masked++)
		for (int same = 0; same <= predicate->same; same++)
			if (seen->counts[masked][same] > HITS_MOST)
				return true;
	return false;
}

enum truth secret_judge(const struct predicate *predicate, struct judgement *judgement)
{
	const struct secret_hit *hit;

	if (!judgement->secrets || !judgement->secrets->oracle)
		return TRUTH_NO;
	if (judgement->secrets->change != judgement->own)
		look(judgement);
	for (hit = judgement->secrets->first; hit; hit = hit->next) {
		/* What stood there before is no worse now, unless it is deployed anew. */
		if ((hit->same && !predicate->same) || (hit->masked && predicate->bare) ||
			(!str_absent(predicate->match.path) &&
				!lies_below(hit->path, predicate->match.path)))
			continue;
		if (str_absent(judgement->path))
			judgement->path = hit->path;
		return TRUTH_YES;
	}
	if (!is_crowded(judgement->secrets, predicate))
		return TRUTH_NO;
	if (str_absent(judgement->path))
		judgement->path = predicate->match.path;
	return TRUTH_YES;
}

static void say(struct findings *findings, const struct plan *plan, struct str rule,
	struct str address, struct node at, struct str message, struct str remedy)
{
	struct finding *finding =
		finding_add(findings, rule, KIND_SECRET_IN_PLAINTEXT, SEVERITY_HIGH);

	if (!finding)
		return;
	finding->plan = plan->name;
	finding->address = address;
	finding->message = message;
	finding->remedy = remedy;
	finding->pointer = node_pointer(at, findings->arena);
	finding->offset = node_offset(at);
}

struct output_search {
	const struct plan *plan;
	const struct secret_oracle *oracle;
	unsigned level;
};

static bool any_secret(
	struct output_search *search, struct node value, struct node mask, unsigned level)
{
	struct node_iter it = node_children(value), beside = node_children(mask);

	if (node_is_true(mask) || level > LEVELS_MOST)
		return false;
	if (!node_is_array(value) && !node_is_object(value))
		return node_is_string(value) &&
			search->oracle->holds(search->plan, value, search->oracle->payload);
	while (node_next(&it))
		if (any_secret(search, it.value, part_of(mask, &beside, &it), level + 1))
			return true;
	return false;
}

static void judge_outputs(struct output_search *search, struct findings *findings)
{
	for (size_t i = 0; i < search->plan->output_count; i++) {
		const struct output_change *output = &search->plan->outputs[i];

		if (output->action == ACTION_NO_OP || node_equal(output->before, output->after) ||
			!any_secret(search, output->after, output->after_sensitive, 0))
			continue;
		say(findings, search->plan, STR("secret-in-output"),
			arena_printf(findings->arena, "output.%.*s", STR_ARG(output->name)),
			output->self,
			arena_printf(findings->arena,
				"output.%.*s would show a secret to everyone who reads the outputs",
				STR_ARG(output->name)),
			STR("mark the output sensitive = true"));
	}
}

static bool changes_anything(const struct plan *plan)
{
	for (size_t i = 0; i < plan->changes.count; i++) {
		enum plan_action action = plan->changes.items[i].action;

		if (action == ACTION_CREATE || action == ACTION_UPDATE ||
			plan_action_replaces(action))
			return true;
	}
	return false;
}

/* A default is in the repository for all to read; it is told when the plan does something. */
static void judge_defaults(struct output_search *search, struct findings *findings)
{
	struct node variables =
		NODE_GET(NODE_GET(search->plan->configuration, "root_module"), "variables");
	struct node_iter it = node_children(variables);

	while (node_next(&it)) {
		struct node value = NODE_GET(it.value, "default");
		struct str name = node_text(it.key, findings->arena);

		if (!any_secret(search, value, NODE_NONE, 0))
			continue;
		say(findings, search->plan, STR("secret-in-default"),
			arena_printf(findings->arena, "var.%.*s", STR_ARG(name)), value,
			arena_printf(findings->arena,
				"the default of var.%.*s is a secret that stands in the "
				"configuration",
				STR_ARG(name)),
			STR("take the default away and hand the value in at run time"));
	}
}

void secrets_elsewhere(
	const struct plan *plan, const struct secret_oracle *oracle, struct findings *findings)
{
	struct output_search search = {.plan = plan, .oracle = oracle};

	judge_outputs(&search, findings);
	if (changes_anything(plan))
		judge_defaults(&search, findings);
}
