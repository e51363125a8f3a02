/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Equal values.  The comparison recurses, at most as deep as a document is
 * (512).  Objects with their keys in one order, which is nearly all, compare
 * as they stand; others pair their keys first, one by one where they are few and
 * by sorting where they are many.
 */
#include "base/doc_tape.h"

enum { FEW_KEYS = 32 };

/* Pairs each member of `a` with an equal one of `b` that no other took. `b` has as many. */
static bool few_equal(struct node a, struct node b)
{
	struct node_iter x = node_children(a);
	uint32_t taken = 0;

	while (node_next(&x)) {
		struct node_iter y = node_children(b);
		bool found = false;

		while (!found && node_next(&y)) {
			if (taken >> y.index & 1 || !doc_text_equal(x.key, y.key))
				continue;
			if (!node_equal(x.value, y.value))
				return false;
			taken |= (uint32_t)1 << y.index;
			found = true;
		}
		if (!found)
			return false;
	}
	return true;
}

/* The same for objects of any size that have no key twice, without memory: the last resort. */
static bool slow_equal(struct node a, struct node b)
{
	struct node_iter x = node_children(a);

	while (node_next(&x)) {
		struct node_iter y = node_children(b);
		bool found = false;

		while (!found && node_next(&y))
			found = doc_text_equal(x.key, y.key);
		if (!found || !node_equal(x.value, y.value))
			return false;
	}
	return true;
}

static bool sorted_equal(struct node a, struct node b)
{
	size_t count = 0, same = 0;
	uint32_t *x = doc_sort_keys(a, &count);
	uint32_t *y = x ? doc_sort_keys(b, &count) : NULL;
	bool equal = true;

	if (!y) {
		mem_free(x);
		return slow_equal(a, b);
	}
	/* All keys before any value: keys are cheap. */
	while (same < count &&
		doc_text_equal((struct node){a.doc, x[same]}, (struct node){b.doc, y[same]}))
		same++;
	equal = same == count;
	for (size_t i = 0; equal && i < count; i++)
		equal = node_equal((struct node){a.doc, x[i] + 1}, (struct node){b.doc, y[i] + 1});
	mem_free(x);
	mem_free(y);
	return equal;
}

static bool arrays_equal(struct node a, struct node b)
{
	struct node_iter x = node_children(a), y = node_children(b);

	while (node_next(&x))
		if (!node_next(&y) || !node_equal(x.value, y.value))
			return false;
	return !node_next(&y);
}

/* Keys first, so that no value is compared twice: twice a level would double with each level. */
static bool objects_equal(struct node a, struct node b)
{
	struct node_iter x = node_children(a), y = node_children(b);
	size_t count = 0;
	bool same_order = true;

	for (; node_next(&x); count++) {
		if (!node_next(&y))
			return false;
		same_order = same_order && doc_text_equal(x.key, y.key);
	}
	if (node_next(&y))
		return false;
	if (!same_order)
		return count <= FEW_KEYS ? few_equal(a, b) : sorted_equal(a, b);
	x = node_children(a);
	y = node_children(b);
	while (node_next(&x) && node_next(&y))
		if (!node_equal(x.value, y.value))
			return false;
	return true;
}

bool node_equal(struct node a, struct node b)
{
	if (node_is_string(a) && node_is_string(b))
		return doc_text_equal(a, b);
	if (node_type(a) != node_type(b))
		return false;
	if (node_type(a) == NODE_NUMBER)
		return doc_numbers_equal(a, b);
	if (node_type(a) < NODE_ARRAY)
		return true;
	return node_is_array(a) ? arrays_equal(a, b) : objects_equal(a, b);
}
