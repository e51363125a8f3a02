/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The time-free digest.  It is the SHA-256 of the plan's canonical JSON
 * (json_canonical(): sorted keys, no white space, one spelling for strings and
 * numbers) after these members were left out, because they tell when and by which release the plan
 *was made, not what it would do:
 *
 *	timestamp, terraform_version, prior_state.terraform_version
 *
 * Everything else counts: what the plan changes, the configuration it was
 * made from, the state it was made against.  The canonical text is hashed piece by piece, so that
 *its memory is that of the largest entry, not of the plan.
 */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/json.h"
#include "plan/plan.h"

static const char *const left_out[] = {"timestamp", "terraform_version", NULL};

struct member {
	struct str key;
	struct node key_node;
	struct node value;
};

static int compare_members(const void *left, const void *right)
{
	return str_cmp(((const struct member *)left)->key, ((const struct member *)right)->key);
}

static bool is_left_out(struct str key)
{
	for (size_t i = 0; left_out[i]; i++)
		if (str_is(key, left_out[i]))
			return true;
	return false;
}

/* Hashes the canonical form of one node and empties the buffer; false when memory is short. */
static bool hash_node(
	struct sha256 *sha, struct node node, const char *const *skip, struct buf *buf)
{
	json_canonical(node, skip, buf);
	if (buf_failed(buf))
		return false;
	sha256_add(sha, buf_str(buf));
	buf_clear(buf);
	return true;
}

static bool hash_value(struct sha256 *sha, struct member *member, struct buf *buf)
{
	struct node_iter it = node_children(member->value);

	if (!node_is_array(member->value))
		return hash_node(sha, member->value,
			str_is(member->key, "prior_state") ? left_out : NULL, buf);
	sha256_add(sha, STR("["));
	while (node_next(&it)) {
		if (it.index)
			sha256_add(sha, STR(","));
		if (!hash_node(sha, it.value, NULL, buf))
			return false;
	}
	sha256_add(sha, STR("]"));
	return true;
}

int plan_changes_digest(const struct plan *plan, char ret_hex[65], struct error *err)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create(16u << 20);
	CLEANUP(buf_free) struct buf buf = BUF(FILE_MAX_INPUT);
	struct node_iter it = node_children(plan->root_node);
	size_t room = node_count(plan->root_node), count = 0;
	unsigned char digest[SHA256_BYTES];
	struct member *members;
	struct sha256 sha;

	members = arena ? ARENA_ARRAY(arena, struct member, room) : NULL;
	if (!members)
		return error_memory(err);
	while (node_next(&it)) {
		struct str key = node_text(it.key, arena);

		if (!is_left_out(key))
			members[count++] = (struct member){key, it.key, it.value};
	}
	if (arena_failed(arena))
		return error_memory(err);
	if (count)
		qsort(members, count, sizeof(*members), compare_members);
	sha256_init(&sha);
	sha256_add(&sha, STR("{"));
	for (size_t i = 0; i < count; i++) {
		if (i)
			sha256_add(&sha, STR(","));
		if (!hash_node(&sha, members[i].key_node, NULL, &buf))
			return error_memory(err);
		sha256_add(&sha, STR(":"));
		if (!hash_value(&sha, &members[i], &buf))
			return error_memory(err);
	}
	sha256_add(&sha, STR("}"));
	sha256_end(&sha, digest);
	hex_encode(digest, sizeof(digest), ret_hex);
	return 0;
}
