/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Pairing elements, so that a moved element is not a destroyed one and a
 * removed one is not taken for its neighbour changed.  In rounds, each over what the
 * one before has left, each linear through a hash table:
 *
 *	1. the same value
 *	2. the same name (id, Sid, device_name, ...) and the same identifying fields
 *	3. the same name
 *	4. no name, but the same identifying fields (ports, protocol, source, ...)
 *	5. no name, the same ports and protocol
 *	6. no identity on either side: in order
 *	7. an element not known until apply with what is left: in order
 *	8. lists: in order; policies: one with one
 */
#include "plan/pairs.h"

#include <string.h>

#include "base/hash.h"
#include "plan/path.h"

/* Fields that name an element. */
static const struct str names[] = {STR_INIT("id"), STR_INIT("Id"), STR_INIT("ID"), STR_INIT("sid"),
	STR_INIT("Sid"), STR_INIT("name"), STR_INIT("Name"), STR_INIT("key"), STR_INIT("Key"),
	STR_INIT("device_name"), STR_INIT("deviceName"), STR_INIT("DeviceName"),
	STR_INIT("index_name"), STR_INIT("attribute_name"), STR_INIT("region_name"),
	STR_INIT("origin_id"), STR_INIT("group_name"), STR_INIT("rule_id"), STR_INIT("rule_no"),
	STR_INIT("rule_number"), STR_INIT("priority"), STR_INIT("policy_name"), STR_INIT("alias"),
	STR_INIT("domain_name"), STR_INIT("hostname"), STR_INIT("allocation_id"),
	STR_INIT("network_interface_id"), STR_INIT("subnet_id"), STR_INIT("volume_id"),
	STR_INIT("container_path"), STR_INIT("containerPath"), STR_INIT("mount_path"),
	STR_INIT("local_mount_path"), STR_INIT("virtual_name"), STR_INIT("vpc_id"),
	STR_INIT("path_pattern"), STR_INIT("metric_name")};

/* Fields that tell elements apart together. */
static const struct str fields[] = {STR_INIT("from_port"), STR_INIT("to_port"),
	STR_INIT("protocol"), STR_INIT("ip_protocol"), STR_INIT("port"), STR_INIT("self"),
	STR_INIT("containerPort"), STR_INIT("hostPort"), STR_INIT("source"),
	STR_INIT("destination"), STR_INIT("cidr_block"), STR_INIT("ipv6_cidr_block"),
	STR_INIT("cidr_ipv4"), STR_INIT("cidr_ipv6"), STR_INIT("source_security_group_id"),
	STR_INIT("type"), STR_INIT("path"), STR_INIT("prefix"), STR_INIT("host"),
	STR_INIT("action"), STR_INIT("event"), STR_INIT("service"), STR_INIT("bucket"),
	STR_INIT("Effect"), STR_INIT("Action"), STR_INIT("NotAction")};

enum { CORE_FIELDS = 5 }; /* the first of `fields` */

static size_t find_name(struct str key, const struct str *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_eq(key, list[i]))
			return i;
	return SIZE_MAX;
}

static uint64_t mix(uint64_t a, uint64_t b)
{
	a = (a ^ b) * 0x9e3779b97f4a7c15u;
	return a ^ a >> 29;
}

static uint64_t hash_scalar(struct node node, struct arena *arena)
{
	double number;

	if (node_is_string(node))
		return mix(hash_bytes(node_text(node, arena), 1), NODE_STRING);
	if (node_type(node) != NODE_NUMBER)
		return mix(7, (uint64_t)node_type(node));
	/* Equal numbers must hash alike however they are written; the reverse need not hold. */
	if (node_to_double(node, &number)) {
		uint64_t bits;

		number += 0.0; /* -0 */
		memcpy(&bits, &number, sizeof(bits));
		return mix(bits, NODE_NUMBER);
	}
	return NODE_NUMBER;
}

/* Equal values hash alike. Depth is bounded by the document's. */
static uint64_t hash_value(struct node node, struct arena *arena)
{
	struct node_iter it = node_children(node);
	uint64_t hash = (uint64_t)node_type(node) + 11;

	if (node_type(node) < NODE_ARRAY)
		return hash_scalar(node, arena);
	while (node_next(&it)) {
		uint64_t value = hash_value(it.value, arena);

		/* Members in any order. */
		if (it.object)
			hash += mix(hash_scalar(it.key, arena), value);
		else
			hash = mix(hash, value);
	}
	return hash | 1;
}

static bool says_something(struct node value)
{
	if (node_is_null(value) || (node_is_string(value) && str_empty(node_raw(value))))
		return false;
	return node_type(value) < NODE_ARRAY ? true : node_count(value) > 0;
}

static void identify(struct element *element, struct arena *arena)
{
	struct node_iter it = node_children(element->value);

	element->mate = NO_MATE;
	element->same = false;
	element->strong = element->weak = element->core = 0;
	element->exact = hash_value(element->value, arena);
	if (!it.object)
		return;
	while (node_next(&it)) {
		struct str key = node_raw(it.key);
		bool scalar = node_type(it.value) < NODE_ARRAY;
		size_t at = find_name(key, fields, COUNT_OF(fields));
		uint64_t one;

		if (!says_something(it.value))
			continue;
		one = mix(hash_bytes(key, 3), hash_value(it.value, arena)) | 1;
		if (scalar && find_name(key, names, COUNT_OF(names)) != SIZE_MAX)
			element->strong += one;
		if (at != SIZE_MAX)
			element->weak += one;
		if (at < CORE_FIELDS)
			element->core += one;
	}
}

enum round { ROUND_EXACT, ROUND_NAME_AND_FIELDS, ROUND_NAME, ROUND_FIELDS, ROUND_CORE };

/* What a round compares; 0 means that the element does not take part. */
static uint64_t token(const struct element *element, enum round round)
{
	switch (round) {
	case ROUND_EXACT:
		return element->exact;
	case ROUND_NAME_AND_FIELDS:
		return element->strong && element->weak ? mix(element->strong, element->weak) : 0;
	case ROUND_NAME:
		return element->strong;
	case ROUND_FIELDS:
		return element->strong ? 0 : element->weak;
	case ROUND_CORE:
		return element->strong ? 0 : element->core;
	}
	return 0;
}

struct table {
	size_t *heads; /* index + 1 of the first element with a token, by the token's low bits */
	size_t *nexts; /* by element */
	size_t mask;
};

static void fill(struct table *table, const struct elements *after, enum round round)
{
	memset(table->heads, 0, (table->mask + 1) * sizeof(*table->heads));
	for (size_t i = after->count; i > 0; i--) {
		const struct element *element = &after->items[i - 1];
		uint64_t value = token(element, round);

		if (element->mate != NO_MATE || !value)
			continue;
		table->nexts[i - 1] = table->heads[value & table->mask];
		table->heads[value & table->mask] = i;
	}
}

static void marry(struct elements *before, size_t i, struct elements *after, size_t j, bool same)
{
	before->items[i].mate = j;
	after->items[j].mate = i;
	before->items[i].same = after->items[j].same = same;
}

static void pair_round(
	struct elements *before, struct elements *after, enum round round, struct table *table)
{
	fill(table, after, round);
	for (size_t i = 0; i < before->count; i++) {
		const struct element *element = &before->items[i];
		uint64_t value = token(element, round);
		size_t *link = &table->heads[value & table->mask];

		if (element->mate != NO_MATE || !value)
			continue;
		for (; *link; link = &table->nexts[*link - 1]) {
			size_t j = *link - 1;

			if (token(&after->items[j], round) != value)
				continue;
			/* A forged collision must not make a removed element look unchanged. */
			if (round == ROUND_EXACT &&
				(!node_equal(element->value, after->items[j].value) ||
					mask_any(after->items[j].unknown)))
				continue;
			*link = table->nexts[j];
			marry(before, i, after, j, round == ROUND_EXACT);
			break;
		}
	}
}

static bool nameless(const struct element *element)
{
	return element->mate == NO_MATE && !element->strong && !element->weak;
}

/* Pairs, in order, those that are left and that the two tests accept. */
static void pair_in_order(struct elements *before, struct elements *after,
	bool (*take_before)(const struct element *), bool (*take_after)(const struct element *))
{
	size_t j = 0;

	for (size_t i = 0; i < before->count; i++) {
		if (!take_before(&before->items[i]))
			continue;
		while (j < after->count && !take_after(&after->items[j]))
			j++;
		if (j == after->count)
			return;
		marry(before, i, after, j, false);
	}
}

static bool nameless_object(const struct element *element)
{
	return nameless(element) && node_type(element->value) >= NODE_ARRAY;
}

static bool left_object(const struct element *element)
{
	return element->mate == NO_MATE && node_type(element->value) >= NODE_ARRAY;
}

static bool left_any(const struct element *element)
{
	return element->mate == NO_MATE;
}

static bool not_known(const struct element *element)
{
	return nameless(element) && mask_any(element->unknown);
}

static size_t count_left(const struct elements *elements)
{
	size_t count = 0;

	for (size_t i = 0; i < elements->count; i++)
		count += elements->items[i].mate == NO_MATE;
	return count;
}

bool pair_elements(
	struct elements *before, struct elements *after, enum pairing pairing, struct arena *arena)
{
	struct table table = {.mask = 15};

	while (table.mask < after->count)
		table.mask = table.mask * 2 + 1;
	table.heads = ARENA_ARRAY(arena, size_t, table.mask + 1);
	table.nexts = ARENA_ARRAY(arena, size_t, after->count);
	for (size_t i = 0; i < before->count; i++)
		identify(&before->items[i], arena);
	for (size_t i = 0; i < after->count; i++)
		identify(&after->items[i], arena);
	if (!table.heads || !table.nexts || arena_failed(arena))
		return false;
	for (int round = ROUND_EXACT; round <= ROUND_CORE; round++)
		pair_round(before, after, (enum round)round, &table);
	pair_in_order(before, after, nameless_object, nameless_object);
	pair_in_order(before, after, left_any, not_known);
	if (pairing == PAIR_LIST ||
		(pairing == PAIR_POLICY && count_left(before) == 1 && count_left(after) == 1))
		pair_in_order(before, after, left_object, left_object);
	return true;
}

static bool side_is_named(const struct elements *side, struct arena *arena)
{
	size_t mask = 15, *seen;

	while (mask < side->count * 2)
		mask = mask * 2 + 1;
	seen = ARENA_ARRAY(arena, size_t, mask + 1);
	if (!seen)
		return false;
	for (size_t i = 0; i < side->count; i++) {
		uint64_t name;
		size_t at;

		identify(&side->items[i], arena);
		name = side->items[i].strong;
		if (!name)
			return false;
		for (at = name & mask; seen[at]; at = (at + 1) & mask)
			if (side->items[seen[at] - 1].strong == name)
				return false;
		seen[at] = i + 1;
	}
	return true;
}

bool elements_are_named(
	const struct elements *before, const struct elements *after, struct arena *arena)
{
	return before->count + after->count > 0 && side_is_named(before, arena) &&
		side_is_named(after, arena);
}
