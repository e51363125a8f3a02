/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One task at a time, since a redactor is one: plan after plan, in their order, whatever else goes on.
 */
#include "story/learner.h"

static int learn(void *payload, struct error *err)
{
	struct learner *learner = payload;

	return redactor_learn(learner->redactor, learner->plan, err);
}

int learner_add(
	struct learner *learner, const struct plan *parsed, struct arena *arena, struct error *err)
{
	struct plan *plan;
	int r = task_join(&learner->task, err);

	if (r < 0 || !learner->redactor)
		return r;
	/* One of its own, since the caller's is filled, and moved, meanwhile. */
	plan = ARENA_NEW(arena, struct plan);
	if (!plan)
		return error_memory(err);
	*plan = (struct plan){
		.doc = parsed->doc, .root_node = parsed->root_node, .sha256 = parsed->sha256};
	learner->plan = plan;
	task_start(&learner->task, doc_text(plan->doc).len, learn, learner);
	return 0;
}

int learner_join(struct learner *learner, struct error *err)
{
	return task_join(&learner->task, err);
}

void learner_cleanup(struct learner *learner)
{
	task_cleanup(&learner->task);
}

static bool holds(const struct plan *plan, struct node value, void *payload)
{
	return redact_holds_secret(payload, plan, value);
}

struct secret_oracle secret_oracle(struct redactor *redactor)
{
	return (struct secret_oracle){holds, redactor};
}
