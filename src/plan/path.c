/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading and writing paths, and following them into values: through lists,
 * through JSON inside strings, and through unknowns that stop early.
 */
#include "plan/path.h"

#include <string.h>

#include "base/json.h"
#include "plan/diff.h"

enum { MAX_STEPS = 256, MAX_EMBEDDED_DEPTH = 128 };

static bool plain_first(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool plain_rest(char c)
{
	return plain_first(c) || (c >= '0' && c <= '9') || c == '-';
}

static bool is_plain(struct str key)
{
	if (str_empty(key) || !plain_first(key.data[0]))
		return false;
	for (size_t i = 1; i < key.len; i++)
		if (!plain_rest(key.data[i]))
			return false;
	return true;
}

void path_add_key(struct buf *path, struct str key)
{
	if (is_plain(key)) {
		if (path->len)
			buf_add_char(path, '.');
		buf_add(path, key);
		return;
	}
	buf_add(path, STR("[\""));
	for (size_t i = 0; i < key.len; i++) {
		unsigned char c = (unsigned char)key.data[i];

		if (c == '"' || c == '\\') {
			buf_add_char(path, '\\');
			buf_add_char(path, (char)c);
		} else if (c == '\n') {
			buf_add(path, STR("\\n"));
		} else if (c < 0x20) {
			buf_printf(path, "\\u%04x", c);
		} else {
			buf_add_char(path, (char)c);
		}
	}
	buf_add(path, STR("\"]"));
}

void path_add_index(struct buf *path, size_t index)
{
	buf_printf(path, "[%zu]", index);
}

void path_add_any(struct buf *path)
{
	buf_add(path, STR("[*]"));
}

/* ["key"], with *rest behind the bracket: the key is read as a JSON string. */
static bool quoted_key(struct str *rest, struct path_step *step, struct arena *arena)
{
	struct json_options options = {0};
	CLEANUP(doc_cleanup) struct doc *doc = NULL;
	size_t end = 0;

	options.ret_end = &end;
	if (json_read(*rest, &options, &doc, NULL) < 0 || !node_is_string(doc_root(doc)))
		return false;
	step->kind = STEP_KEY;
	step->key = node_text(doc_root(doc), arena);
	*rest = str_slice(*rest, end, rest->len);
	if (str_absent(step->key) || !str_starts(*rest, STR("]")))
		return false;
	*rest = str_slice(*rest, 1, rest->len);
	return true;
}

static bool bracket(struct str *rest, struct path_step *step, struct arena *arena)
{
	size_t end = str_find_char(*rest, ']');
	struct str inside;
	uint64_t index;

	if (str_starts(*rest, STR("\"")))
		return quoted_key(rest, step, arena);
	if (end == SIZE_MAX)
		return false;
	inside = str_slice(*rest, 0, end);
	*rest = str_slice(*rest, end + 1, rest->len);
	step->kind = STEP_ANY;
	if (str_is(inside, "*"))
		return true;
	step->kind = STEP_INDEX;
	if (!str_to_u64(inside, &index) || index > UINT32_MAX)
		return false;
	step->index = (size_t)index;
	return true;
}

bool path_next(struct str *rest, struct path_step *ret_step, struct arena *arena)
{
	struct str text = *rest;
	size_t end = 0;

	*ret_step = (struct path_step){0};
	if (str_starts(text, STR("["))) {
		text = str_slice(text, 1, text.len);
		if (!bracket(&text, ret_step, arena))
			return false;
	} else {
		while (end < text.len && text.data[end] != '.' && text.data[end] != '[')
			end++;
		if (end == 0)
			return false;
		ret_step->key = str_slice(text, 0, end);
		text = str_slice(text, end, text.len);
	}
	/* A dot joins two steps, so it neither ends a path nor stands before a bracket. */
	if (str_starts(text, STR("."))) {
		text = str_slice(text, 1, text.len);
		if (str_empty(text) || str_starts(text, STR(".")) || str_starts(text, STR("[")))
			return false;
	}
	*rest = text;
	return true;
}

/* The steps of a path; false for one that is not well-formed. */
static bool path_steps(
	struct str path, struct path_step *steps, size_t *ret_count, struct arena *arena)
{
	size_t count = 0;

	while (count < MAX_STEPS && path_next(&path, &steps[count], arena))
		count++;
	*ret_count = count;
	return str_empty(path);
}

struct node embedded_json(struct node string, struct arena *arena)
{
	struct json_options options = {.max_depth = MAX_EMBEDDED_DEPTH};
	struct str raw = str_trim(node_raw(string));
	CLEANUP(doc_cleanup) struct doc *doc = NULL;
	const struct doc *adopted;
	struct str text;

	if (!node_is_string(string) || str_empty(raw) || !strchr("{[\\", raw.data[0]))
		return NODE_NONE;
	text = node_text(string, arena);
	raw = str_trim(text);
	if (str_empty(raw) || (raw.data[0] != '{' && raw.data[0] != '['))
		return NODE_NONE;
	if (json_read(text, &options, &doc, NULL) < 0 || doc_check_keys(doc_root(doc), NULL) < 0)
		return NODE_NONE;
	adopted = doc_adopt(doc, arena);
	doc = NULL;
	return doc_root(adopted);
}

/* A string that holds JSON becomes what it holds; anything else stays itself. */
static struct node open_json(struct node node, bool *embedded, struct arena *arena)
{
	struct node inner = node_is_string(node) ? embedded_json(node, arena) : NODE_NONE;

	if (!node_exists(inner))
		return node;
	*embedded = true;
	return inner;
}

/* One step down; *embedded becomes true when it goes through JSON in a string. */
static struct node step_down(
	struct node node, const struct path_step *step, bool *embedded, struct arena *arena)
{
	node = open_json(node, embedded, arena);
	if (step->kind == STEP_KEY)
		return node_is_object(node) ? node_get(node, step->key) : NODE_NONE;
	/* Policies write one element with or without its list. */
	if (*embedded && step->index == 0 && !node_is_array(node))
		return node;
	return node_is_array(node) ? node_at(node, step->index) : NODE_NONE;
}

static struct node follow(struct node node, const struct path_step *steps, size_t count,
	bool embedded, struct arena *arena)
{
	for (; count > 0; steps++, count--) {
		struct node_iter it;

		if (steps->kind != STEP_ANY) {
			node = step_down(node, steps, &embedded, arena);
			continue;
		}
		node = open_json(node, &embedded, arena);
		if (!node_is_array(node)) {
			if (!embedded)
				return NODE_NONE;
			continue;
		}
		it = node_children(node);
		while (node_next(&it)) {
			struct node found = follow(it.value, steps + 1, count - 1, embedded, arena);

			if (node_exists(found))
				return found;
		}
		return NODE_NONE;
	}
	return node;
}

struct node value_at(struct node root, struct str path, struct arena *arena)
{
	struct path_step *steps = ARENA_ARRAY(arena, struct path_step, MAX_STEPS);
	size_t count;

	if (!steps || !path_steps(path, steps, &count, arena))
		return NODE_NONE;
	return follow(root, steps, count, false, arena);
}

/* True anywhere in an unknown or sensitive mask. What is neither false nor empty counts as true. */
bool mask_any(struct node mask)
{
	struct node_iter stack[64];
	size_t depth = 0;

	if (node_type(mask) < NODE_ARRAY)
		return node_exists(mask) && node_type(mask) != NODE_FALSE && !node_is_null(mask);
	stack[0] = node_children(mask);
	for (;;) {
		struct node_iter *it = &stack[depth];

		if (!node_next(it)) {
			if (depth-- == 0)
				return false;
			continue;
		}
		if (node_type(it->value) < NODE_ARRAY) {
			if (node_type(it->value) != NODE_FALSE && !node_is_null(it->value))
				return true;
			continue;
		}
		/* Deeper than any real mask: not worth knowing exactly, so it hides. */
		if (++depth == COUNT_OF(stack))
			return true;
		stack[depth] = node_children(it->value);
	}
}

bool mask_whole(struct node mask)
{
	return node_exists(mask) && !node_is_null(mask) && node_type(mask) != NODE_FALSE &&
		node_type(mask) < NODE_ARRAY;
}

static enum value_state state_of(struct node value, struct node unknown,
	const struct path_step *steps, size_t count, bool embedded, struct arena *arena)
{
	struct node_iter it, un;
	enum value_state worst = VALUE_ABSENT;

	if (mask_whole(unknown))
		return VALUE_UNKNOWN;
	if (count == 0) {
		if (mask_any(unknown))
			return VALUE_UNKNOWN;
		return node_is_null(value) ? VALUE_ABSENT : VALUE_KNOWN;
	}
	if (steps->kind != STEP_ANY) {
		struct node below = steps->kind == STEP_KEY ? node_get(unknown, steps->key)
							    : node_at(unknown, steps->index);

		value = step_down(value, steps, &embedded, arena);
		return state_of(value, below, steps + 1, count - 1, embedded, arena);
	}
	value = open_json(value, &embedded, arena);
	if (embedded && !node_is_array(value))
		return state_of(value, NODE_NONE, steps + 1, count - 1, embedded, arena);
	it = node_children(value);
	un = node_children(unknown);
	for (;;) {
		bool more = node_next(&it), more_unknown = node_next(&un);
		enum value_state state;

		if (!more && !more_unknown)
			return worst;
		state = state_of(more ? it.value : NODE_NONE, more_unknown ? un.value : NODE_NONE,
			steps + 1, count - 1, embedded, arena);
		if (state == VALUE_UNKNOWN)
			return state;
		if (state == VALUE_KNOWN)
			worst = state;
	}
}

enum value_state change_after_state(
	const struct change *change, struct str path, struct arena *arena)
{
	struct path_step *steps = ARENA_ARRAY(arena, struct path_step, MAX_STEPS);
	size_t count;

	/* No memory, or a path that nobody can follow: nothing is known. */
	if (!steps || !path_steps(path, steps, &count, arena))
		return VALUE_UNKNOWN;
	return state_of(change->after, change->after_unknown, steps, count, false, arena);
}

static void add_replace_path(struct buf *out, struct node path, struct arena *arena)
{
	CLEANUP(buf_free) struct buf one = BUF(64 * 1024);
	struct node_iter it = node_children(path);
	int64_t index;

	while (node_next(&it)) {
		if (node_is_string(it.value))
			path_add_key(&one, node_text(it.value, arena));
		else if (node_to_i64(it.value, &index) && index >= 0)
			path_add_index(&one, (size_t)index);
		else
			path_add_any(&one);
	}
	buf_add(out, buf_str(&one));
}

struct str change_replace_paths_text(const struct change *change, struct arena *arena)
{
	CLEANUP(buf_free) struct buf out = BUF(1 << 20);
	struct node_iter it = node_children(change_replace_paths(change));

	if (node_count(change_replace_paths(change)) == 0)
		return (struct str){NULL, 0};
	while (node_next(&it)) {
		if (it.index)
			buf_add(&out, STR(", "));
		add_replace_path(&out, it.value, arena);
	}
	return buf_failed(&out) ? (struct str){NULL, 0} : arena_str(arena, buf_str(&out));
}
