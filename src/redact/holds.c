/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Is there a secret at this place?  What learning found is asked, so that a rule about secrets and
 * the redactor never differ about what one is.
 */
#include "redact/redactor.h"

static bool is_kept(const struct learned *learned, struct node node)
{
	size_t low = 0, high = kept_count(learned);

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (kept_items(learned)[middle].at < node.at)
			low = middle + 1;
		else
			high = middle;
	}
	/* Keys and values have places of their own, so whatever is kept at a value's is a secret. */
	return low < kept_count(learned) && kept_items(learned)[low].at == node.at;
}

static const struct learned *learned_of(const struct redactor *redactor, const struct plan *plan)
{
	for (size_t i = 0; i < redactor->plan_count; i++)
		if (redactor->plans[i].plan->doc == plan->doc)
			return &redactor->plans[i];
	return NULL;
}

/* A redacted plan is no place to look: its mark brings what was found before. */
bool redact_holds_secret(const struct redactor *redactor, const struct plan *plan, struct node node)
{
	const struct learned *learned = learned_of(redactor, plan);
	struct str text = node_raw(node);
	size_t known;

	if (!learned || !node_is_string(node))
		return false;
	/* What its name or mask makes a secret is one, however short. */
	if (node.doc == plan->doc && is_kept(learned, node))
		return true;
	known = text.len < SECRET_LEAST ? SIZE_MAX : secrets_find(&redactor->secrets, text);
	return known != SIZE_MAX && redactor->secrets.items[known].strong &&
		redactor->secrets.items[known].rank >= RANK_SHAPE;
}
