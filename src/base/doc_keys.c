/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Keys of objects as a set: finding one that stands twice, ordering them,
 * comparing two objects.  Apart from doc.c because this is where hostile
 * input could make weir slow, and where that is prevented.
 *
 * Duplicates are found with a hash table of positions on the tape.  The hash is fast
 * and not secret, so an attacker can make keys collide; when the table has
 * been probed more often than any honest object needs, the keys are sorted
 * instead, which costs n log n comparisons whatever the keys are.
 */
#include <string.h>

#include "base/doc_tape.h"

static struct node node_of(const struct doc *doc, uint32_t at)
{
	return (struct node){doc, at};
}

/* Merges the ordered runs [0, middle) and [middle, count) of `from` into `to`. Stable. */
static void merge(
	const struct doc *doc, const uint32_t *from, size_t middle, size_t count, uint32_t *to)
{
	size_t left = 0, right = middle;

	for (size_t n = 0; n < count; n++) {
		bool take_right = left == middle ||
			(right < count &&
				doc_text_compare(
					node_of(doc, from[right]), node_of(doc, from[left])) < 0);

		to[n] = take_right ? from[right++] : from[left++];
	}
}

uint32_t *doc_sort_keys(struct node object, size_t *ret_count)
{
	size_t count = node_count(object);
	struct node_iter it = node_children(object);
	/* Two arrays in one: a merge goes from one to the other. */
	uint32_t *from = mem_alloc(size_mul(count, 2 * sizeof(*from)));
	uint32_t *memory = from, *to;

	if (!memory)
		return NULL;
	to = from + count;
	for (size_t i = 0; node_next(&it); i++)
		from[i] = it.key.at;
	for (size_t width = 1; width < count; width *= 2) {
		uint32_t *swap = from;

		for (size_t at = 0; at < count; at += 2 * width) {
			size_t here = count - at < 2 * width ? count - at : 2 * width;

			merge(object.doc, from + at, here < width ? here : width, here, to + at);
		}
		from = to;
		to = swap;
	}
	if (from != memory)
		memcpy(memory, from, count * sizeof(*from));
	*ret_count = count;
	return memory;
}

static int twice(struct node first, struct node second, struct error *err)
{
	struct position place = node_position(first);

	return error_node(err, ERR_JSON_DUPLICATE_KEY, second,
		"the same key twice in one object, first on line %u, column %u", place.line,
		place.column);
}

/* Exact and never slow: for objects whose keys collide or hold escapes. */
static int check_sorted(struct node object, struct error *err)
{
	size_t count;
	uint32_t *keys = doc_sort_keys(object, &count);
	uint32_t first = 0, second = UINT32_MAX;

	if (!keys)
		return error_memory(err);
	/* Of several, the one that stands first in the text, as check_hashed() finds it. */
	for (size_t i = 1; i < count; i++) {
		if (keys[i] >= second ||
			!doc_text_equal(
				node_of(object.doc, keys[i - 1]), node_of(object.doc, keys[i])))
			continue;
		first = keys[i - 1];
		second = keys[i];
	}
	mem_free(keys);
	if (second == UINT32_MAX)
		return 0;
	return twice(node_of(object.doc, first), node_of(object.doc, second), err);
}

struct slot {
	uint32_t at; /* the key's entry */
	uint32_t hash;
};

/*
 * Open addressing with linear probing.  The table is not cleared from one object to the next: a
 * slot counts only if its entry lies inside the object and before the key at hand.  Objects are
 * checked in the order of the tape, so no other object has left such an entry.
 */
struct table {
	struct slot *slots;
	size_t mask;
};

enum { SMALL_SLOTS = 1024, SMALL_KEYS = SMALL_SLOTS / 2 };

static inline uint64_t load(const char *p, size_t size)
{
	uint64_t word = 0;

	memcpy(&word, p, size);
	return word;
}

/* Every byte counts; the last eight may count twice. */
static inline uint32_t key_hash(const char *p, size_t len)
{
	const uint64_t factor = 0x9e3779b97f4a7c15u;
	uint64_t hash = len * factor;

	if (len >= 8) {
		for (size_t at = 0; at + 8 < len; at += 8) {
			hash = (hash ^ load(p + at, 8)) * factor;
			hash ^= hash >> 29;
		}
		hash ^= load(p + len - 8, 8);
	} else if (len >= 4) {
		hash ^= load(p, 4) | load(p + len - 4, 4) << 32;
	} else if (len) {
		hash ^= (uint64_t)(uint8_t)p[0] | (uint64_t)(uint8_t)p[len / 2] << 8 |
			(uint64_t)(uint8_t)p[len - 1] << 16;
	}
	/* The last bytes of a key, which differ most, are in the high bits; they must reach the low ones. */
	hash ^= hash >> 32;
	hash *= factor;
	hash ^= hash >> 29;
	hash *= factor;
	return (uint32_t)(hash >> 32);
}

static inline bool same_text(const char *text, uint64_t a, uint64_t b)
{
	return tape_length(a) == tape_length(b) &&
		memcmp(text + tape_offset(a), text + tape_offset(b), tape_length(a)) == 0;
}

/* More keys than the table may hold, an escape, or too many probes: another way must be taken. */
enum checked { CHECKED, CHECK_LARGE, CHECK_SORTED, CHECK_TWICE };

static enum checked check_hashed(struct node object, struct table table, size_t most,
	uint32_t *ret_first, uint32_t *ret_second)
{
	const uint64_t *tape = object.doc->tape;
	const char *text = object.doc->text.data;
	uint32_t end = object.at + (uint32_t)tape_length(tape[object.at]);
	size_t keys = 0, probes = 0;

	for (uint32_t at = object.at + 1; at < end;) {
		uint64_t key = tape[at], value = tape[at + 1];
		uint32_t hash;
		size_t slot;

		if (tape_type(key) != NODE_STRING)
			return CHECK_SORTED;
		if (++keys > most)
			return CHECK_LARGE;
		hash = key_hash(text + tape_offset(key), tape_length(key));
		for (slot = hash & table.mask;; slot = (slot + 1) & table.mask) {
			uint32_t other = table.slots[slot].at;

			if (other <= object.at || other >= at)
				break;
			if (table.slots[slot].hash == hash && same_text(text, key, tape[other])) {
				*ret_first = other;
				*ret_second = at;
				return CHECK_TWICE;
			}
			probes++;
		}
		table.slots[slot] = (struct slot){at, hash};
		if (probes > 8 * keys + 64)
			return CHECK_SORTED;
		at += tape_type(value) >= NODE_ARRAY ? 1 + (uint32_t)tape_length(value) : 2;
	}
	return CHECKED;
}

static int check_object(struct node object, struct table small, struct error *err)
{
	uint32_t first, second;
	enum checked result = check_hashed(object, small, SMALL_KEYS, &first, &second);

	if (result == CHECK_LARGE) {
		size_t keys = node_count(object), slots = 2 * SMALL_SLOTS;
		struct table large;

		while (slots / 4 * 3 < keys)
			slots *= 2;
		large = (struct table){mem_alloc(slots * sizeof(*large.slots)), slots - 1};
		if (!large.slots)
			return error_memory(err);
		result = check_hashed(object, large, keys, &first, &second);
		mem_free(large.slots);
	}
	if (result == CHECK_SORTED)
		return check_sorted(object, err);
	if (result == CHECK_TWICE)
		return twice(node_of(object.doc, first), node_of(object.doc, second), err);
	return 0;
}

int doc_check_keys(struct node node, struct error *err)
{
	struct slot slots[SMALL_SLOTS];
	struct table small = {slots, SMALL_SLOTS - 1};
	uint32_t end;

	if (!node_exists(node))
		return 0;
	memset(slots, 0, sizeof(slots));
	end = node.at + tape_extent(node.doc->tape[node.at]);
	for (uint32_t at = node.at; at < end; at++) {
		uint64_t entry = node.doc->tape[at];
		int r;

		/* An object of one key has three entries with its value. */
		if (tape_type(entry) != NODE_OBJECT || tape_length(entry) <= 3)
			continue;
		r = check_object(node_of(node.doc, at), small, err);
		if (r < 0)
			return r;
	}
	return 0;
}
