/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Walking a value along a path of rule data.  It is apart from plan/diff.h's
 * value_at() because rules walk thousands of values: no arena, no copies, and
 * an absent value is visited too, since "is it null" is what rules ask most.
 */
#include "gate/value_path.h"

enum step_kind { STEP_END, STEP_MEMBER, STEP_INDEX, STEP_EACH, STEP_INVALID };

struct step {
	enum step_kind kind;
	struct str name;
	uint64_t index;
};

static struct step bracket_step(struct str *path)
{
	struct step step = {.kind = STEP_INVALID};
	struct str inside;
	size_t end;

	if (path->len > 1 && path->data[1] == '"') {
		end = str_find(str_slice(*path, 2, path->len), STR("\"]"));
		if (end == SIZE_MAX)
			return step;
		step.kind = STEP_MEMBER;
		step.name = str_slice(*path, 2, 2 + end);
		*path = str_slice(*path, 2 + end + 2, path->len);
		return step;
	}
	end = str_find_char(*path, ']');
	if (end == SIZE_MAX)
		return step;
	inside = str_slice(*path, 1, end);
	if (str_is(inside, "*"))
		step.kind = STEP_EACH;
	else if (str_to_u64(inside, &step.index))
		step.kind = STEP_INDEX;
	*path = str_slice(*path, end + 1, path->len);
	return step;
}

/* Takes the next step off the path. */
static struct step next_step(struct str *path, bool first)
{
	struct step step = {.kind = STEP_INVALID};
	size_t end = 0;

	if (path->len == 0) {
		step.kind = STEP_END;
		return step;
	}
	if (path->data[0] == '[')
		return bracket_step(path);
	if (!first) {
		if (path->data[0] != '.')
			return step;
		*path = str_slice(*path, 1, path->len);
	}
	while (end < path->len && path->data[end] != '.' && path->data[end] != '[')
		end++;
	if (end == 0)
		return step;
	step.kind = STEP_MEMBER;
	step.name = str_slice(*path, 0, end);
	*path = str_slice(*path, end, path->len);
	return step;
}

bool value_path_valid(struct str path)
{
	if (path.len == 0)
		return false;
	for (unsigned i = 0; i < PATH_STEPS; i++) {
		struct step step = next_step(&path, i == 0);

		if (step.kind == STEP_END)
			return true;
		if (step.kind == STEP_INVALID)
			return false;
	}
	return path.len == 0;
}

static int walk(
	struct node value, struct str path, unsigned depth, value_visit_fn *visit, void *payload)
{
	struct step step = next_step(&path, depth == 0);
	int stopped = 0;

	if (depth > PATH_STEPS)
		return 0;
	switch (step.kind) {
	case STEP_END:
		return visit(value, payload);
	case STEP_MEMBER:
		return walk(node_is_object(value) ? node_get(value, step.name) : NODE_NONE, path,
			depth + 1, visit, payload);
	case STEP_INDEX:
		return walk(node_is_array(value) ? node_at(value, step.index) : NODE_NONE, path,
			depth + 1, visit, payload);
	case STEP_EACH:
		if (node_is_array(value)) {
			struct node_iter it = node_children(value);

			while (stopped == 0 && node_next(&it))
				stopped = walk(it.value, path, depth + 1, visit, payload);
		} else if (!node_is_null(value)) {
			stopped = walk(value, path, depth + 1, visit, payload);
		}
		return stopped;
	case STEP_INVALID:
		break;
	}
	return 0;
}

int value_path_visit(struct node root, struct str path, value_visit_fn *visit, void *payload)
{
	return walk(root, path, 0, visit, payload);
}

static int take_first(struct node value, void *payload)
{
	struct node *first = payload;

	if (!node_exists(value))
		return 0;
	*first = value;
	return 1;
}

struct node value_path_first(struct node root, struct str path)
{
	struct node first = NODE_NONE;

	(void)value_path_visit(root, path, take_first, &first);
	return first;
}

/* Depth is bounded by the document's own limit of 512. */
static bool holds_true(struct node value)
{
	struct node_iter it = node_children(value);

	if (node_is_true(value))
		return true;
	while (node_next(&it))
		if (holds_true(it.value))
			return true;
	return false;
}

static bool walk_unknown(struct node value, struct str path, bool whole, unsigned depth)
{
	struct step step;

	/* A whole block or list that is unknown is one `true` above the path. */
	if (node_is_true(value) || depth > PATH_STEPS)
		return true;
	if (!node_exists(value))
		return false;
	step = next_step(&path, depth == 0);
	if (step.kind == STEP_MEMBER)
		return node_is_object(value) &&
			walk_unknown(node_get(value, step.name), path, whole, depth + 1);
	if (step.kind == STEP_INDEX)
		return node_is_array(value) &&
			walk_unknown(node_at(value, step.index), path, whole, depth + 1);
	if (step.kind == STEP_EACH) {
		struct node_iter it = node_children(value);

		while (node_next(&it))
			if (walk_unknown(it.value, path, whole, depth + 1))
				return true;
		return false;
	}
	return step.kind == STEP_END && !whole && holds_true(value);
}

bool value_path_unknown(struct node after_unknown, struct str path)
{
	return walk_unknown(after_unknown, path, false, 0);
}

bool value_path_wholly_unknown(struct node after_unknown, struct str path)
{
	return walk_unknown(after_unknown, path, true, 0);
}

struct str value_path_stem(struct str path)
{
	size_t end = str_find(path, STR("[*]"));

	return end == SIZE_MAX ? path : str_slice(path, 0, end);
}
