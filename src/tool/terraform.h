/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Saved binary plans into JSON, by the program that made them: `terraform show
 * -json FILE` or `tofu show -json FILE`, as bounded children.
 *
 * Both need the root module's directory after `init`, since the plan's values are typed by its
 * providers, which they start.
 */
#ifndef WEIR_TOOL_TERRAFORM_H
#define WEIR_TOOL_TERRAFORM_H

#include "base/process.h"

struct saved_plan {
	const char *path;
	const char *root; /* NULL: the directory of `path` */
};

/*
 * Shows saved plans, several at once.  `program` is a path or a name on PATH; NULL: for each plan the
 * one that its root's .terraform.lock.hcl implies, else the one that is there.
 *
 * ret_results has `count` zeroed elements; on success the JSON is in `out` of each, and the caller frees
 * them (process_result_free()).
 *
 * Errors: ERR_CHILD_MISSING (69) if the program is not there, ERR_TERRAFORM (69) if it refused,
 * ERR_CHILD_TIMEOUT, ERR_CHILD_OUTPUT.
 */
int terraform_show(const char *program, const struct saved_plan *plans, size_t count,
	struct process_result *ret_results, struct error *err) WEIR_NODISCARD;

/*
 * The program that a root's lock file implies: "tofu" if it names providers of OpenTofu's
 * registry, "terraform" if it names those of Terraform's; NULL if it names neither or is not there.
 */
const char *terraform_of_lock(struct str lock);

#endif
