/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Results of checks, of pre- and postconditions and of variable validations:
 * `checks` (one entry per checked thing with its instances) and the older
 * `condition_results` (Terraform 1.2, flat).  Apart from read.c because of its two shapes.
 */
#include "plan/read.h"

static enum check_status status_of(struct node node, bool *ret_known)
{
	*ret_known = true;
	if (node_text_is(node, STR("pass")))
		return CHECK_PASS;
	if (node_text_is(node, STR("fail")))
		return CHECK_FAIL;
	if (node_text_is(node, STR("error")))
		return CHECK_ERROR;
	*ret_known = node_text_is(node, STR("unknown"));
	/* A status from a later version may mean anything, so it is not taken for a pass. */
	return *ret_known ? CHECK_UNKNOWN : CHECK_ERROR;
}

static int invalid(struct error *err, struct node node)
{
	return error_node(err, ERR_PLAN_INVALID, node, "a check is not built as its format says");
}

static struct str first_problem(struct node object, struct arena *arena)
{
	struct node problem = node_at(NODE_GET(object, "problems"), 0);

	return node_text(NODE_GET(problem, "message"), arena);
}

static int add(struct plan *plan, struct node object, struct str fallback, size_t room,
	struct arena *arena, struct error *err)
{
	struct node address = NODE_GET(NODE_GET(object, "address"), "to_display");
	struct node status = NODE_GET(object, "status");
	struct check *check = &plan->checks[plan->check_count];
	bool known;

	if (!node_is_object(object) || !node_is_string(status) || plan->check_count == room)
		return invalid(err, object);
	*check = (struct check){.self = object, .address = node_text(address, arena)};
	if (str_absent(check->address))
		check->address = fallback;
	check->status = status_of(status, &known);
	check->message =
		known ? first_problem(object, arena) : STR("a status that weir does not know");
	if (str_absent(check->address))
		return invalid(err, object);
	plan->check_count++;
	return 0;
}

/* A checked thing: its instances where there are any, else itself. */
static int add_static(
	struct plan *plan, struct node object, size_t room, struct arena *arena, struct error *err)
{
	struct node instances = NODE_GET(object, "instances");
	struct node_iter it = node_children(instances);
	struct str address = node_text(NODE_GET(NODE_GET(object, "address"), "to_display"), arena);

	if (!node_is_object(object) || (!node_is_null(instances) && !node_is_array(instances)))
		return invalid(err, object);
	if (node_count(instances) == 0)
		return add(plan, object, address, room, arena, err);
	while (node_next(&it)) {
		int r = add(plan, it.value, address, room, arena, err);

		if (r < 0)
			return r;
	}
	return 0;
}

/* {"address","condition_type","result","unknown","error_message"} */
static int add_condition(
	struct plan *plan, struct node object, struct arena *arena, struct error *err)
{
	struct node result = NODE_GET(object, "result");
	struct check *check = &plan->checks[plan->check_count];

	*check = (struct check){.self = object};
	check->address = node_text(NODE_GET(object, "address"), arena);
	if (str_absent(check->address))
		return invalid(err, object);
	if (node_is_true(NODE_GET(object, "unknown")))
		check->status = CHECK_UNKNOWN;
	else if (node_is_true(result))
		check->status = CHECK_PASS;
	else
		check->status = CHECK_FAIL;
	check->message = node_text(NODE_GET(object, "error_message"), arena);
	plan->check_count++;
	return 0;
}

int read_checks(struct plan *plan, struct node checks, struct node conditions, struct arena *arena,
	struct error *err)
{
	struct node_iter it = node_children(checks);
	size_t room = node_count(conditions);
	int r = 0;

	while (node_next(&it))
		room = size_add(room, 1 + node_count(NODE_GET(it.value, "instances")));
	plan->checks = ARENA_ARRAY(arena, struct check, room);
	if (!plan->checks)
		return error_memory(err);
	for (it = node_children(checks); r == 0 && node_next(&it);)
		r = add_static(plan, it.value, room, arena, err);
	for (it = node_children(conditions); r == 0 && node_next(&it);)
		r = add_condition(plan, it.value, arena, err);
	return r;
}
