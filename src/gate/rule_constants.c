/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A change with the constants of the configuration in place of what the plan
 * calls unknown.  It is apart from the predicates so that none of them has to
 * ask the configuration: what is undecided is judged once more, on this change.
 *
 * Constants are taken only where there is one reading of them:
 *
 *	a value      its expression is a constant; not null, which leaves the value to the
 *	             provider, and no text that Terraform may turn into a number or a boolean
 *	an element   of several blocks exactly one agrees with what is known of the element,
 *	             and there are as many blocks as elements: no dynamic ones
 *	a list       that is unknown as a whole has at least the blocks that consist of
 *	             constants; it stays unknown whether there are more
 *
 * A change for which that takes too many comparisons gets no constants.
 */
#include "base/json.h"
#include "gate/rule_model.h"

enum {
	KNOWN_MOST = 1 << 30, /* bytes of one change */
	WORK_MOST = 20000000, /* pairs of members; 400 elements of 400 blocks of 10 members */
};

/* What the configuration says of one value: an expression, a block or a list of blocks; or a part of a constant. */
struct said {
	struct node node;
	bool constant;
};

struct known {
	struct json_writer after, unknown;
	struct arena *arena;
	uint64_t work; /* pairs of members that were compared */
	bool found;    /* a constant or a block */
};

static bool is_too_much(struct known *known, size_t lefts, size_t rights)
{
	known->work += 1 + (uint64_t)lefts * rights;
	return known->work > WORK_MOST;
}

static struct node constant_of(struct said said)
{
	if (said.constant)
		return said.node;
	return node_is_object(said.node) ? NODE_GET(said.node, "constant_value") : NODE_NONE;
}

static struct said said_member(struct said said, struct str key)
{
	struct node constant = constant_of(said);

	if (node_exists(constant))
		said = (struct said){constant, true};
	said.node = node_is_object(said.node) ? node_get(said.node, key) : NODE_NONE;
	return said;
}

static bool looks_like_number(struct str text)
{
	bool digit = false;

	for (size_t i = 0; i < text.len; i++) {
		digit |= text.data[i] >= '0' && text.data[i] <= '9';
		if (str_find_char(STR("0123456789.eE+-"), text.data[i]) == SIZE_MAX)
			return false;
	}
	return digit;
}

/* "true" may be a boolean by its type, and "443" a number: the configuration has them as they were written. */
static bool is_one_reading(struct node constant)
{
	struct str text = node_raw(constant);

	if (!node_is_string(constant))
		return !node_is_null(constant);
	return !str_is(text, "true") && !str_is(text, "false") && !looks_like_number(text);
}

static bool is_taken(struct said said)
{
	return is_one_reading(constant_of(said));
}

static void copy(struct json_writer *json, struct node node)
{
	CLEANUP(buf_free) struct buf text = BUF(KNOWN_MOST);

	if (!node_exists(node)) {
		json_null(json);
		return;
	}
	json_canonical(node, NULL, &text);
	if (buf_failed(&text))
		buf_refuse(json->out);
	json_raw(json, buf_failed(&text) ? STR("null") : buf_str(&text));
}

/* ---- blocks of constants ---- */

static bool is_constant_block(struct node block);

static bool is_constant(struct node said)
{
	struct node_iter it = node_children(said);

	if (!node_is_array(said))
		return is_taken((struct said){said, false});
	while (node_next(&it))
		if (!is_constant_block(it.value))
			return false;
	return true;
}

static bool is_constant_block(struct node block)
{
	struct node_iter it = node_children(block);

	if (!node_is_object(block))
		return false;
	while (node_next(&it))
		if (!is_constant(it.value))
			return false;
	return true;
}

static void put_blocks(struct json_writer *json, struct node blocks, struct arena *arena)
{
	struct node_iter it = node_children(blocks);

	json_array_begin(json);
	while (node_next(&it)) {
		struct node_iter members = node_children(it.value);

		if (!is_constant_block(it.value))
			continue;
		json_object_begin(json);
		while (node_next(&members)) {
			json_key(json, node_text(members.key, arena));
			if (node_is_array(members.value))
				put_blocks(json, members.value, arena);
			else
				copy(json, NODE_GET(members.value, "constant_value"));
		}
		json_object_end(json);
	}
	json_array_end(json);
}

static bool any_constant_block(struct node blocks)
{
	struct node_iter it = node_children(blocks);

	while (node_next(&it))
		if (is_constant_block(it.value))
			return true;
	return false;
}

/* ---- the change ---- */

/* Whether a block contradicts what is known of an element. */
static bool agrees(struct node block, struct node element)
{
	struct node_iter it = node_children(block);

	while (node_next(&it)) {
		struct node constant = constant_of((struct said){it.value, false});
		struct node value = node_get(element, node_raw(it.key));

		if (is_one_reading(constant) && !node_is_null(value) &&
			!node_equal(constant, value))
			return false;
	}
	return true;
}

/* The block that an element comes from, where only one can be it. */
static struct said said_element(struct known *known, struct said said, struct node element)
{
	size_t members = node_count(element);
	struct node_iter it = node_children(said.node);
	struct said found = {NODE_NONE, false};

	if (!node_is_object(element))
		return found;
	while (node_next(&it)) {
		if (is_too_much(known, node_count(it.value), members))
			return (struct said){NODE_NONE, false};
		if (!agrees(it.value, element))
			continue;
		if (node_exists(found.node))
			return (struct said){NODE_NONE, false};
		found.node = it.value;
	}
	return found;
}

static void add_unknown(struct known *known, struct said said)
{
	bool blocks = !said.constant && node_is_array(said.node) && any_constant_block(said.node);
	bool taken = is_taken(said);

	if (taken)
		copy(&known->after, constant_of(said));
	else if (blocks)
		put_blocks(&known->after, said.node, known->arena);
	else
		json_null(&known->after);
	json_bool(&known->unknown, !taken);
	known->found |= taken || blocks;
}

static void add_value(
	struct known *known, struct node after, struct node unknown, struct said said);

static void add_members(
	struct known *known, struct node after, struct node unknown, struct said said)
{
	struct node_iter it = node_children(after);

	json_object_begin(&known->after);
	json_object_begin(&known->unknown);
	while (node_next(&it)) {
		struct str key = node_text(it.key, known->arena);

		json_key(&known->after, key);
		json_key(&known->unknown, key);
		add_value(known, it.value, node_get(unknown, key), said_member(said, key));
	}
	/* A plan leaves out of `after` what is unknown. */
	for (it = node_children(unknown); node_next(&it);) {
		struct str key = node_text(it.key, known->arena);

		if (node_is_object(after) && node_exists(node_get(after, key)))
			continue;
		json_key(&known->after, key);
		json_key(&known->unknown, key);
		add_value(known, NODE_NONE, it.value, said_member(said, key));
	}
	json_object_end(&known->after);
	json_object_end(&known->unknown);
}

static void add_elements(
	struct known *known, struct node after, struct node unknown, struct said said)
{
	struct node_iter it = node_children(after), flags = node_children(unknown);
	bool blocks = !said.constant && node_is_array(said.node) &&
		node_count(said.node) == node_count(after);

	if (!blocks)
		said = (struct said){NODE_NONE, false};
	json_array_begin(&known->after);
	json_array_begin(&known->unknown);
	while (node_next(&it)) {
		struct node flag = node_next(&flags) ? flags.value : NODE_NONE;

		add_value(known, it.value, flag, said_element(known, said, it.value));
	}
	json_array_end(&known->after);
	json_array_end(&known->unknown);
}

/* Recursion ends at the documents' own depth. */
static void add_value(struct known *known, struct node after, struct node unknown, struct said said)
{
	size_t members = node_count(after) + node_count(unknown);

	if (node_is_true(unknown)) {
		add_unknown(known, said);
	} else if (node_is_object(unknown) && (node_is_object(after) || node_is_null(after)) &&
		!is_too_much(known, members,
			members + node_count(said.node) + node_count(constant_of(said)))) {
		add_members(known, after, unknown, said);
	} else if (node_is_array(unknown) && node_is_array(after)) {
		add_elements(known, after, unknown, said);
	} else {
		copy(&known->after, after);
		copy(&known->unknown, unknown);
	}
}

/* {"after": ..., "unknown": ...} in the arena, or NULL. */
static const struct doc *join(struct buf *after, struct buf *unknown, struct arena *arena)
{
	struct str text = arena_printf(arena, "{\"after\":%.*s,\"unknown\":%.*s}",
		STR_ARG(buf_str(after)), STR_ARG(buf_str(unknown)));
	struct json_options options = {.max_depth = JSON_WRITER_DEPTH};
	struct doc *doc = NULL;

	if (buf_failed(after) || buf_failed(unknown) || str_absent(text) ||
		json_read(text, &options, &doc, NULL) < 0)
		return NULL;
	return doc_adopt(doc, arena);
}

const struct change *change_with_constants(
	const struct change *change, struct node expressions, struct arena *arena, bool *ret_failed)
{
	CLEANUP(buf_free) struct buf after = BUF(KNOWN_MOST);
	CLEANUP(buf_free) struct buf unknown = BUF(KNOWN_MOST);
	struct known known = {.arena = arena};
	struct change *result;
	const struct doc *doc;

	if (!node_is_object(expressions) || !node_is_object(change->after_unknown))
		return NULL;
	json_writer_init(&known.after, &after, 0);
	json_writer_init(&known.unknown, &unknown, 0);
	add_value(&known, change->after, change->after_unknown, (struct said){expressions, false});
	if (!known.found || known.work > WORK_MOST)
		return NULL;
	doc = join(&after, &unknown, arena);
	result = doc ? ARENA_NEW(arena, struct change) : NULL;
	if (!result) {
		*ret_failed = true;
		return NULL;
	}
	*result = *change;
	result->after = NODE_GET(doc_root(doc), "after");
	result->after_unknown = NODE_GET(doc_root(doc), "unknown");
	return result;
}
