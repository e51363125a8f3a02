/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A table of objects by their bytes.  A slot holds the last object that fell on it:
 * who makes all fall on one only loses the gain.  Equality is that of bytes, never of
 * hashes, so nothing unseen can pass for something seen.
 */
#include "redact/repeat.h"

#include <string.h>

#include "base/hash.h"

enum { SLOTS_LEAST = 256, SLOTS_MOST = 1 << 20 };

bool repeats_open(struct repeats *repeats, size_t resources)
{
	size_t count = SLOTS_LEAST;

	while (count < SLOTS_MOST && count / 2 < resources)
		count *= 2;
	repeats->mask = count - 1;
	repeats->entries = mem_alloc(count * sizeof(*repeats->entries));
	if (repeats->entries)
		memset(repeats->entries, 0, count * sizeof(*repeats->entries));
	return repeats->entries != NULL;
}

void repeats_close(struct repeats *repeats)
{
	mem_free(repeats->entries);
	repeats->entries = NULL;
}

/* Its source, whatever white space is in it. */
static struct str bytes_of(struct node node)
{
	return str_slice(doc_text(node.doc), node_offset(node), node_end(node));
}

/* The same for an object that is in the table. */
static struct str bytes_in(const struct repeat_entry *entry, const struct doc *doc)
{
	return str_slice(doc_text(doc), entry->offset, (size_t)entry->offset + entry->len);
}

static bool same_bytes(struct node a, struct node b)
{
	return str_eq(bytes_of(a), bytes_of(b));
}

/* Masks that are none have place 0, where the document's root is, which is no mask. */
static bool same_mask(uint32_t at, struct node mask)
{
	if (!at || !node_exists(mask))
		return !at && !node_exists(mask);
	return same_bytes((struct node){mask.doc, at}, mask);
}

struct repeat_entry *repeats_find(struct repeats *repeats, struct node object, size_t end,
	struct node first, struct node second, bool *ret_known, struct repeat_entry *ret_new)
{
	struct str bytes = str_slice(doc_text(object.doc), node_offset(object), end);
	struct repeat_entry *entry;

	/* Two equal masks cover what one does: `before` and `after` are told like planned values. */
	if (node_exists(first) && node_exists(second) && same_bytes(first, second))
		second = NODE_NONE;
	*ret_new = (struct repeat_entry){.at = object.at,
		.offset = (uint32_t)node_offset(object),
		.len = (uint32_t)bytes.len,
		.first = first.at,
		.second = second.at};
	entry = &repeats->entries[hash_bytes(bytes, 0) & repeats->mask];
	*ret_known = entry->at && str_eq(bytes_in(entry, object.doc), bytes) &&
		same_mask(entry->first, first) && same_mask(entry->second, second);
	return entry;
}
