/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Looking a resource type up in the table made from data/types/, and deciding
 * the class of one object where it depends on the object.  It knows no type by
 * name; all of that is data.
 */
#include "gate/types.h"

#include "gate/types_table.h"
#include "gate/value_path.h"

static const struct type_row *find(struct str type)
{
	size_t low = 0, high = type_row_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct type_row *row = &type_rows[middle];
		int order = str_cmp(type, (struct str){type_names + row->name_at, row->name_len});

		if (order == 0)
			return row;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

enum type_class type_class(struct str type)
{
	const struct type_row *row = find(type);

	return row ? (enum type_class)row->class : TYPE_UNKNOWN;
}

static int wanted(struct node value, void *payload)
{
	const struct type_condition *condition = payload;

	switch (node_type(value)) {
	case NODE_NULL:
		return (condition->wants & TYPE_WANTS_NULL) != 0;
	case NODE_TRUE:
		return (condition->wants & TYPE_WANTS_TRUE) != 0;
	case NODE_FALSE:
		return (condition->wants & TYPE_WANTS_FALSE) != 0;
	default:
		return 0;
	}
}

enum type_class change_class(const struct change *change)
{
	const struct type_row *row = find(change->type);
	struct node object = node_is_null(change->before) ? change->after : change->before;
	const struct type_group *group;

	if (!row)
		return TYPE_UNKNOWN;
	/* What the plan does not show may be the kind of object that the type's class is for. */
	if (!node_is_object(object))
		return (enum type_class)row->class;
	group = &type_groups[row->group];
	for (unsigned i = 0; i < group->condition_count; i++) {
		struct type_condition condition = type_conditions[group->first_condition + i];

		if (!value_path_visit(object, condition.path, wanted, &condition))
			return TYPE_STATELESS;
	}
	return (enum type_class)row->class;
}

struct str type_loses(struct str type)
{
	const struct type_row *row = find(type);

	return row ? type_groups[row->group].loses : (struct str){NULL, 0};
}

struct str types_digest(void)
{
	return str_of(type_digest);
}
