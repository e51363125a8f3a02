/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where a plan's secrets come from.  One walk: what is masked or named like a
 * secret is one as a whole; in everything else the shapes are looked for.
 */
#include <string.h>

#include "redact/names.h"
#include "redact/redactor.h"

/* Names differ at their ends. One may take another's place, never its flags. */
static size_t name_slot(struct str name)
{
	uint64_t first = 0, last = 0;

	if (name.len >= 8) {
		memcpy(&first, name.data, 8);
		memcpy(&last, name.data + name.len - 8, 8);
	} else {
		for (size_t i = 0; i < name.len; i++)
			first = first << 8 | (unsigned char)name.data[i];
	}
	first = (first ^ name.len) * 0x9e3779b97f4a7c15u ^ last;
	return (size_t)(first * 0xc2b2ae3d27d4eb4fu >> 32) % NAME_CACHE;
}

unsigned redactor_name(struct redactor *redactor, struct str name)
{
	struct name_entry *entry;

	if (name.len == 0)
		return 0;
	/* The same place in the source is the same name. */
	if (name.data == redactor->last_name.name.data && name.len == redactor->last_name.name.len)
		return redactor->last_name.flags;
	if (!redactor->names)
		redactor->names = ARENA_ARRAY(redactor->arena, struct name_entry, NAME_CACHE);
	if (!redactor->names)
		return name_flags(name);
	entry = &redactor->names[name_slot(name)];
	if (!str_eq(entry->name, name))
		*entry = (struct name_entry){name, (uint8_t)name_flags(name)};
	redactor->last_name = (struct name_entry){name, entry->flags};
	return entry->flags;
}

/* True for texts that a mask may cover and that say nothing. */
static bool is_empty_value(struct str text)
{
	return text.len == 0;
}

bool leaf_is_secret(struct redactor *redactor, const struct leaf *leaf, struct str text)
{
	unsigned flags;

	if (leaf->place != LEAF_VALUE || is_empty_value(text))
		return false;
	if (redactor->redacted_input && text.len == PLACEHOLDER_LEN && placeholder_at(text, 0))
		return false;
	if (leaf->masked)
		return true;
	if (!node_is_string(leaf->node))
		return false;
	flags = redactor_name(redactor, leaf->name);
	if (!(flags & (leaf->provider ? NAME_SECRET | NAME_PROVIDER : NAME_SECRET)) &&
		!(node_exists(leaf->pair) && name_is_secret(node_raw(leaf->pair))))
		return false;
	return value_may_be_secret(text);
}

unsigned leaf_flags(struct redactor *redactor, const struct leaf *leaf)
{
	unsigned flags = SCAN_SHAPES;

	if (!(redactor_name(redactor, leaf->name) & NAME_PUBLIC))
		flags |= SCAN_RANDOM;
	return flags;
}

struct learning {
	struct walker walker;
	struct redactor *redactor;
	struct learned learned;
	struct sha256 sha;
};

static bool add_secret(struct learning *learning, struct str text, enum secret_rank rank)
{
	char length[8];
	uint64_t len = text.len;

	for (size_t i = 0; i < sizeof(length); i++)
		length[i] = (char)(len >> (8 * i));
	sha256_add(&learning->sha, (struct str){length, sizeof(length)});
	sha256_add(&learning->sha, text);
	return secrets_add(&learning->redactor->secrets, text, rank);
}

static bool found_public(size_t start, size_t end, void *payload)
{
	struct learning *learning = ((void **)payload)[0];
	const struct str *text = ((void **)payload)[1];

	return secrets_add(
		&learning->redactor->public_words, str_slice(*text, start, end), RANK_RANDOM);
}

/* Counts what pretends to be a placeholder. False when memory ran out. */
static bool looks_alike(struct learning *learning, struct node node)
{
	struct view *view = &learning->redactor->views[0];
	struct str text = node_raw(node);

	if (node_type(node) == NODE_ESCAPED) {
		if (!view_open(view, VIEW_JSON, text, 0, text.len))
			return false;
		text = buf_str(&view->text);
	}
	if (!placeholder_in(text))
		return true;
	learning->walker.done++;
	if (!learning->learned.forged++)
		learning->learned.forged_at = node;
	return true;
}

static bool keep(struct learning *learning, struct node node, uint32_t lengths)
{
	const struct kept kept = {node.at, lengths};
	struct learned *learned = &learning->learned;

	buf_add(&learned->kept, (struct str){(const char *)&kept, sizeof(kept)});
	learning->walker.kept = kept_count(learned);
	return !buf_failed(&learned->kept);
}

static bool learn_secret(struct learning *learning, struct node node, enum secret_rank rank)
{
	struct str text =
		node_is_string(node) ? node_text(node, learning->redactor->arena) : node_raw(node);

	return !str_absent(text) && add_secret(learning, text, rank) && keep(learning, node, 0);
}

static bool keep_again(size_t from, size_t count, uint32_t distance, void *payload)
{
	struct learning *learning = payload;

	for (size_t i = from; i < from + count; i++) {
		struct kept kept = kept_items(&learning->learned)[i];
		struct node node = {learning->learned.plan->doc, kept.at + distance};

		if (!(kept.lengths ? keep(learning, node, kept.lengths)
				   : learn_secret(learning, node, RANK_RANDOM)))
			return false;
	}
	return true;
}

/*
 * The lengths of a key, or of the keys [\"...\"] of an address; all of them where telling needs a
 * decoder.  Nearly every address is so told to hold no secret, and is never looked at again.
 */
static uint32_t lengths_in(struct str raw)
{
	const uint32_t any = ~(uint32_t)0;
	size_t quotes = 0, opened = SIZE_MAX;
	uint32_t lengths = 0;

	for (size_t at = str_find_char(raw, '\\'), next; at != SIZE_MAX; at = next) {
		if (at + 1 >= raw.len || raw.data[at + 1] != '"')
			return any;
		if (opened == SIZE_MAX && at > 0 && raw.data[at - 1] == '[') {
			opened = at + 2;
		} else if (opened != SIZE_MAX && at + 2 < raw.len && raw.data[at + 2] == ']') {
			lengths |= length_bit(at - opened);
			opened = SIZE_MAX;
		} else {
			return any;
		}
		quotes++;
		next = str_find_char(str_slice(raw, at + 2, raw.len), '\\');
		next = next == SIZE_MAX ? next : at + 2 + next;
	}
	return lengths | length_bit(raw.len - quotes);
}

/* Keys and addresses that may hold a secret are looked at when all are known. */
static bool add_candidate(struct learning *learning, const struct leaf *leaf, struct str raw)
{
	uint32_t lengths;

	if (!node_is_string(leaf->node) || raw.len < SECRET_LEAST ||
		(leaf->place == LEAF_ADDRESS && !memchr(raw.data, '"', raw.len)))
		return true;
	lengths = lengths_in(raw);
	return lengths == 0 || keep(learning, leaf->node, lengths);
}

/* What its provider alone calls a secret is hidden, and proves nothing of its likes elsewhere. */
static bool is_plain_by_type(const struct leaf *leaf)
{
	return leaf->declared_plain && leaf->masked &&
		!(node_exists(leaf->pair) && name_is_secret(node_raw(leaf->pair)));
}

static bool learn_leaf(const struct leaf *leaf, void *payload)
{
	struct learning *learning = payload;
	struct redactor *redactor = learning->redactor;
	struct str raw = node_raw(leaf->node);
	unsigned flags, texture;
	size_t shapes;

	if (leaf->place != LEAF_VALUE)
		return add_candidate(learning, leaf, raw);
	if (node_is_null(leaf->node) || raw.len == 0)
		return true;
	if (leaf_is_secret(redactor, leaf, raw) &&
		!learn_secret(
			learning, leaf->node, is_plain_by_type(leaf) ? RANK_RANDOM : RANK_MARKED))
		return false;
	if (!node_is_string(leaf->node) || raw.len < SHAPE_LEAST)
		return true;
	texture = text_texture(&redactor->shapes, raw);
	if (!texture)
		return true;
	/* A placeholder is one long word, unless it is escaped. */
	if (raw.len >= PLACEHOLDER_LEN && (texture & (TEXTURE_BASE64 | TEXTURE_BACKSLASH)) &&
		!looks_alike(learning, leaf->node))
		return false;
	flags = leaf_flags(redactor, leaf);
	if (!(flags & SCAN_RANDOM) && (texture & TEXTURE_RANDOM)) {
		void *both[] = {learning, &raw};

		if (!shapes_random(raw, found_public, both))
			return false;
	}
	shapes = redactor->shapes_found;
	if (!scan_source(redactor, raw, texture, flags | SCAN_LEARN))
		return false;
	return redactor->shapes_found == shapes || keep(learning, leaf->node, KEPT_SHAPED);
}

int redactor_learn(struct redactor *redactor, const struct plan *plan, struct error *err)
{
	struct learning learning = {.redactor = redactor,
		.learned = {.plan = plan,
			.kept = BUF(SIZE_MAX),
			.marked = node_is_object(NODE_GET(plan->root_node, "weir_redacted"))}};

	if (redactor->ready)
		return error_set(err, ERR_DEFECT, "a plan is learned after a text was redacted");
	if (!arena_grow(redactor->arena, (void **)&redactor->plans, redactor->plan_count,
		    &redactor->plan_room, sizeof(*redactor->plans)))
		return error_memory(err);
	redactor->redacted_input = redactor->redacted_input || learning.learned.marked;
	sha256_init(&learning.sha);
	sha256_add(&learning.sha, STR("weir redaction key 1\n"));
	sha256_add(&learning.sha, plan->sha256);
	learning.walker =
		(struct walker){.fn = learn_leaf, .payload = &learning, .keep_again = keep_again};
	learning.learned.equals.arena = redactor->arena;
	if (redactor->rewrites)
		learning.walker.found = &learning.learned.equals;
	if (!walk_plan(plan, &learning.walker)) {
		buf_free(&learning.learned.kept);
		return error_memory(err);
	}
	sha256_end(&learning.sha, learning.learned.digest);
	redactor->plans[redactor->plan_count++] = learning.learned;
	return 0;
}

int redactor_learn_value(struct redactor *redactor, struct str secret, struct error *err)
{
	if (redactor->ready)
		return error_set(err, ERR_DEFECT, "a secret is learned after a text was redacted");
	return secrets_add(&redactor->secrets, secret, RANK_MARKED) ? 0 : error_memory(err);
}
