/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where a new object's data comes from.  Proved by a reference in the
 * configuration, or by a snapshot in the prior state whose source is the given
 * object.  A bare literal proves nothing: any snapshot can have any name.
 */
#include "gate/intent_model.h"

/* Attributes of a new object that say what it is made from. */
static const struct str lineage_attributes[] = {
	STR_INIT("snapshot_identifier"),
	STR_INIT("snapshot_id"),
	STR_INIT("snapshot_arn"),
	STR_INIT("snapshot_arns"),
	STR_INIT("snapshot_name"),
	STR_INIT("source_snapshot_identifier"),
	STR_INIT("replicate_source_db"),
	STR_INIT("replication_source_identifier"),
	STR_INIT("restore_to_point_in_time"),
	STR_INIT("restore_source_name"),
	STR_INIT("restore_source_table_arn"),
	STR_INIT("source_db_cluster_identifier"),
	STR_INIT("source_db_instance_identifier"),
	STR_INIT("source_backup_identifier"),
	STR_INIT("backup_id"),
	STR_INIT("source_volume_id"),
	STR_INIT("source_instance_id"),
	STR_INIT("clone"),
	STR_INIT("snapshot"),
	STR_INIT("source_disk"),
	STR_INIT("source_snapshot"),
	STR_INIT("restore_backup_context"),
	STR_INIT("creation_source_server_id"),
	STR_INIT("source_resource_id"),
	STR_INIT("source_server_id"),
};

/* Attributes of a snapshot that say what it was taken of. */
static const struct str source_attributes[] = {
	STR_INIT("db_instance_identifier"),
	STR_INIT("db_cluster_identifier"),
	STR_INIT("source_db_instance_arn"),
	STR_INIT("volume_id"),
	STR_INIT("cluster_identifier"),
	STR_INIT("replication_group_id"),
	STR_INIT("cluster_id"),
	STR_INIT("cluster_name"),
	STR_INIT("file_system_id"),
	STR_INIT("source_disk"),
	STR_INIT("source_resource_id"),
	STR_INIT("source_server_id"),
	STR_INIT("instance_id"),
};

/* Attributes by which others name an object. */
static const struct str identity_attributes[] = {
	STR_INIT("id"),
	STR_INIT("arn"),
	STR_INIT("identifier"),
	STR_INIT("name"),
	STR_INIT("resource_id"),
	STR_INIT("cluster_identifier"),
	STR_INIT("address"),
	STR_INIT("endpoint"),
	STR_INIT("dns_name"),
	STR_INIT("domain_name"),
	STR_INIT("fqdn"),
	STR_INIT("reader_endpoint"),
	STR_INIT("self_link"),
	STR_INIT("public_ip"),
	STR_INIT("private_ip"),
	STR_INIT("url"),
};

/* And a snapshot, beside those. */
static const struct str snapshot_attributes[] = {
	STR_INIT("id"),
	STR_INIT("arn"),
	STR_INIT("name"),
	STR_INIT("db_snapshot_identifier"),
	STR_INIT("db_snapshot_arn"),
	STR_INIT("db_cluster_snapshot_identifier"),
	STR_INIT("db_cluster_snapshot_arn"),
	STR_INIT("snapshot_identifier"),
	STR_INIT("snapshot_id"),
	STR_INIT("snapshot_arn"),
	STR_INIT("snapshot_name"),
	STR_INIT("self_link"),
};

static bool is_among(const struct str *names, size_t count, struct str attribute)
{
	for (size_t i = 0; i < count; i++)
		if (path_is_within(attribute, names[i]))
			return true;
	return false;
}

/* True if one of the attributes of `values` is a text equal to `value`. */
static bool has_value(const struct str *names, size_t count, struct node values, struct node value)
{
	for (size_t i = 0; i < count; i++) {
		struct node own = node_get(values, names[i]);

		if (node_is_string(own) && node_equal(own, value))
			return true;
	}
	return false;
}

bool identity_matches(struct judge *judge, struct str address, struct node value)
{
	const struct change *change = change_at(judge, address);
	const struct state_object *object = state_find(judge, address);

	if (!node_is_string(value) || str_empty(node_raw(value)))
		return false;
	if (object &&
		has_value(
			identity_attributes, COUNT_OF(identity_attributes), object->values, value))
		return true;
	return change &&
		(has_value(identity_attributes, COUNT_OF(identity_attributes), change->after,
			 value) ||
			has_value(identity_attributes, COUNT_OF(identity_attributes),
				change->before, value));
}

bool value_is_empty(struct node value)
{
	struct node_iter it = node_children(value);

	if (node_is_null(value) || (node_is_string(value) && str_empty(node_raw(value))))
		return true;
	if (node_type(value) < NODE_ARRAY)
		return false;
	while (node_next(&it))
		if (!value_is_empty(it.value))
			return false;
	return true;
}

/* How deep the values of an object are looked through. */
enum { HOLDS_MOST = 8 };

static bool has_scalar(struct node values, struct node value, unsigned depth)
{
	struct node_iter it = node_children(values);

	if (node_type(values) < NODE_ARRAY)
		return node_equal(values, value);
	while (depth > 0 && node_next(&it))
		if (has_scalar(it.value, value, depth - 1))
			return true;
	return false;
}

/* Each element of a list that is not empty; of an object one member is enough. */
static bool has_values(struct node values, struct node value, unsigned depth)
{
	struct node_iter it = node_children(value);
	bool object = node_is_object(value);

	if (node_type(value) < NODE_ARRAY)
		return !value_is_empty(value) && has_scalar(values, value, HOLDS_MOST);
	while (depth > 0 && node_next(&it))
		if (has_values(values, it.value, depth - 1) == object)
			return object;
	return !object && node_count(value) > 0;
}

enum answer object_holds(struct judge *judge, struct str address, struct node value)
{
	const struct change *change = change_at(judge, address);
	const struct state_object *object = state_find(judge, address);
	const struct node all[] = {object ? object->values : NODE_NONE,
		change ? change->before : NODE_NONE, change ? change->after : NODE_NONE};
	enum answer answer = ANSWER_UNKNOWN;

	for (size_t i = 0; i < COUNT_OF(all); i++) {
		if (!node_is_object(all[i]))
			continue;
		if (has_values(all[i], value, HOLDS_MOST))
			return ANSWER_YES;
		answer = ANSWER_NO;
	}
	return answer;
}

/* The value that a reference leads to, where it is known before apply. */
static bool known_value(struct judge *judge, const struct subject *subject, struct str attribute,
	struct node *ret_value)
{
	if (!subject->change ||
		change_after_state(subject->change, attribute, judge->arena) == VALUE_UNKNOWN)
		return false;
	*ret_value = value_at(subject->change->after, attribute, judge->arena);
	return true;
}

/* Is the snapshot with these values taken of the object? */
static enum answer is_taken_of(struct judge *judge, struct node values, struct str address)
{
	enum answer answer = ANSWER_UNKNOWN;

	for (size_t i = 0; i < COUNT_OF(source_attributes); i++) {
		struct node source = node_get(values, source_attributes[i]);

		if (!node_is_string(source) || str_empty(node_raw(source)))
			continue;
		if (identity_matches(judge, address, source))
			return ANSWER_YES;
		/* Only if the object's own identity is known does another one tell against it. */
		if (state_find(judge, address))
			answer = ANSWER_NO;
	}
	return answer;
}

/* The new object refers to `snapshot`; is that one made from the given object? */
static struct reason judge_snapshot(
	struct judge *judge, const struct entry *entry, struct str snapshot)
{
	struct str wanted = address_without_keys(entry->from.text, judge->arena);
	const struct reference *items = NULL;
	size_t count = references_from(judge->references, snapshot, &items);
	const struct state_object *object = state_find(judge, snapshot);
	const struct change *change = change_at(judge, snapshot);
	struct reason reason = {
		.answer = ANSWER_UNKNOWN, .place = entry->from_place, .lineage = true};
	size_t hits = 0, others = 0;

	for (size_t i = 0; i < count; i++) {
		if (!is_among(source_attributes, COUNT_OF(source_attributes), items[i].attribute))
			continue;
		if (str_eq(items[i].to, wanted))
			hits++;
		else
			others++;
	}
	if (hits > 0 && others == 0 && str_eq(wanted, entry->from.text)) {
		reason.answer = ANSWER_YES;
		return reason;
	}
	if (others > 0 && hits == 0)
		reason.answer = ANSWER_NO;
	else if (object)
		reason.answer = is_taken_of(judge, object->values, entry->from.text);
	else if (change && node_is_object(change->after))
		reason.answer = is_taken_of(judge, change->after, entry->from.text);
	reason.text = arena_printf(judge->arena,
		reason.answer == ANSWER_NO
			? "it is made from %.*s, which is not taken of %.*s"
			: "it cannot be told whether %.*s, from which it is made, is "
			  "taken of %.*s",
		STR_ARG(snapshot), STR_ARG(entry->from.text));
	return reason;
}

/* By what the lineage attributes refer to; `*ret_any` tells if they refer to anything. */
static struct reason judge_references(struct judge *judge, const struct entry *entry,
	const struct subject *subject, bool *ret_any)
{
	struct str wanted = address_without_keys(entry->from.text, judge->arena);
	const struct reference *items = NULL;
	size_t count = references_from(judge->references, subject->address, &items);
	struct reason best = {.answer = ANSWER_NO, .place = entry->from_place, .lineage = true};

	*ret_any = false;
	for (size_t i = 0; i < count; i++) {
		struct reason one = {.answer = ANSWER_YES, .place = entry->from_place};
		struct node value = NODE_NONE;
		bool known;

		if (!is_among(lineage_attributes, COUNT_OF(lineage_attributes), items[i].attribute))
			continue;
		known = known_value(judge, subject, items[i].attribute, &value);
		/* try(aws_db_snapshot.s[0].id, null) refers to a snapshot and gives none. */
		if (known && value_is_empty(value))
			continue;
		if (!str_eq(items[i].to, wanted)) {
			one = judge_snapshot(judge, entry, items[i].to);
		} else if (!str_eq(wanted, entry->from.text)) {
			one.answer = ANSWER_UNKNOWN;
			one.lineage = true;
			one.text = arena_printf(judge->arena,
				"it refers to %.*s, and which instance of it cannot be told",
				STR_ARG(wanted));
		}
		if (one.answer == ANSWER_YES && known &&
			object_holds(judge, items[i].to, value) == ANSWER_NO) {
			one.answer = ANSWER_UNKNOWN;
			one.lineage = true;
			one.text = arena_printf(judge->arena,
				"its %.*s refers to %.*s and is something else",
				STR_ARG(items[i].attribute), STR_ARG(items[i].to));
		}
		/* Where references disagree, which one the expression chooses cannot be told. */
		if (*ret_any && one.answer != best.answer) {
			if (one.answer < best.answer)
				best = one;
			best.answer = ANSWER_UNKNOWN;
		} else {
			best = one;
		}
		*ret_any = true;
	}
	return best;
}

static bool names_snapshot(struct str attribute)
{
	return str_find(attribute, STR("snapshot")) != SIZE_MAX ||
		str_find(attribute, STR("backup")) != SIZE_MAX;
}

/* A text at a lineage attribute: a snapshot in state, the object itself, or a bare literal. */
static struct reason judge_literal(
	struct judge *judge, const struct entry *entry, struct str attribute, struct node value)
{
	const struct state *state = state_get(judge);
	struct reason reason = {.answer = ANSWER_YES, .place = entry->from_place, .lineage = true};

	/* Where a snapshot is named, the object's own name would be a snapshot that is called so.
	 */
	if (!names_snapshot(attribute) && identity_matches(judge, entry->from.text, value))
		return reason;
	for (size_t i = 0; i < state->count; i++) {
		const struct state_object *object = &state->items[i];

		if (str_find(object->address.type, STR("snapshot")) == SIZE_MAX ||
			!has_value(snapshot_attributes, COUNT_OF(snapshot_attributes),
				object->values, value))
			continue;
		reason.answer = is_taken_of(judge, object->values, entry->from.text);
		if (reason.answer == ANSWER_YES)
			return reason;
		reason.text = arena_printf(judge->arena,
			reason.answer == ANSWER_NO
				? "it is made from %.*s, which is not taken of %.*s"
				: "it is made from %.*s, and of what that is taken cannot be "
				  "told (the intent says %.*s)",
			STR_ARG(object->address.text), STR_ARG(entry->from.text));
		return reason;
	}
	reason.answer = ANSWER_UNKNOWN;
	reason.text = arena_printf(judge->arena,
		"its %.*s is the literal %.*s, and nothing in the plan shows that this comes from "
		"%.*s",
		STR_ARG(attribute), STR_ARG(value_text(value, false, judge->arena)),
		STR_ARG(entry->from.text));
	return reason;
}

/* The first text at or below the node, a few levels down (restore_to_point_in_time is a block). */
static struct node first_text(
	struct judge *judge, const struct entry *entry, struct node node, unsigned depth)
{
	struct node_iter it = node_children(node);
	struct node first = NODE_NONE;

	if (node_is_string(node) && !str_empty(node_raw(node)))
		return node;
	while (depth > 0 && node_next(&it)) {
		struct node one = first_text(judge, entry, it.value, depth - 1);

		if (!node_exists(one))
			continue;
		if (identity_matches(judge, entry->from.text, one))
			return one;
		if (!node_exists(first))
			first = one;
	}
	return first;
}

static struct reason judge_values(
	struct judge *judge, const struct entry *entry, const struct subject *subject)
{
	struct node values = subject->change ? subject->change->after : subject->values;
	struct reason reason = {
		.answer = ANSWER_UNKNOWN, .place = entry->from_place, .lineage = true};
	bool has_attribute = false, found = false;

	for (size_t i = 0; i < COUNT_OF(lineage_attributes); i++) {
		struct str name = lineage_attributes[i];
		struct node text = first_text(judge, entry, node_get(values, name), 3);
		struct reason one;

		has_attribute |= node_exists(node_get(values, name));
		if (node_exists(text)) {
			one = judge_literal(judge, entry, name, text);
		} else if (subject->change &&
			change_after_state(subject->change, name, judge->arena) == VALUE_UNKNOWN) {
			one = reason;
			one.text = arena_printf(
				judge->arena, "its %.*s is known only after apply", STR_ARG(name));
		} else {
			continue;
		}
		reason = found ? reason_worse(reason, one) : one;
		found = true;
	}
	if (found)
		return reason;
	if (!has_attribute) {
		reason.text = arena_printf(judge->arena,
			"weir does not know by which attribute it would be made from %.*s",
			STR_ARG(entry->from.text));
		return reason;
	}
	reason.answer = ANSWER_NO;
	reason.text = arena_printf(judge->arena,
		"it would be made empty: nothing in it says that it is made from %.*s",
		STR_ARG(entry->from.text));
	return reason;
}

struct reason lineage_judge(
	struct judge *judge, const struct entry *entry, const struct subject *subject)
{
	bool any = false;
	struct reason reason = judge_references(judge, entry, subject, &any);

	if (any && reason.answer != ANSWER_UNKNOWN)
		return reason;
	if (any) {
		struct reason values = judge_values(judge, entry, subject);

		return values.answer == ANSWER_YES ? values : reason;
	}
	return judge_values(judge, entry, subject);
}
