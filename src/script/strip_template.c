/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Templates: each value becomes text before the next one is looked at.  The engine looks at all of them first, and a
 * value whose toString() does something shows it.
 */
#include "script/strip_walk.h"

static bool is_tag(const struct strip *strip, syntax_id template)
{
	syntax_id parent = strip_node(strip, template)->parent;

	return strip_is(strip, parent, SYNTAX_call_expression) ||
		strip_is(strip, parent, SYNTAX_binary_expression);
}

/* What is looked at without anything happening. */
static bool is_quiet(const struct strip *strip, syntax_id substitution)
{
	const struct syntax_node *value = strip_node(strip, substitution + 2);

	return value->after == substitution + 3 &&
		(value->kind == SYNTAX_identifier || value->kind == SYNTAX_number ||
			value->kind == SYNTAX_string);
}

/* `${a}` is `${`${a}`}` where a value behind it may do something. */
int strip_template(struct strip *strip, syntax_id id, syntax_id *next)
{
	syntax_id last_loud = 0;

	(void)next;
	if (is_tag(strip, id))
		return 0;
	for (syntax_id child = syntax_first(&strip->tree, id); child;
		child = syntax_next(&strip->tree, child))
		if (strip_is(strip, child, SYNTAX_template_substitution) && !is_quiet(strip, child))
			last_loud = child;
	for (syntax_id child = syntax_first(&strip->tree, id); child && child < last_loud;
		child = syntax_next(&strip->tree, child)) {
		if (!strip_is(strip, child, SYNTAX_template_substitution))
			continue;
		edit_open(&strip->edit, strip_node(strip, child)->start, STR("${`"));
		edit_close(&strip->edit, strip_node(strip, child)->end, STR("`}"));
	}
	return 0;
}
