/* SPDX-License-Identifier: Apache-2.0 */
/*
 * terraform and tofu as bounded children, for what only they can say: a saved
 * binary plan as JSON, by the program that made it (`show -json FILE`), and
 * the schemas of providers.
 *
 * Both need the root module's directory after `init`, since they start its providers.
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
 * The schemas of the providers that a root needs, as `terraform providers schema -json` prints them in
 * it after `init`.  `program` as above.  On success the JSON is in ret_result->out, and the caller frees it
 * (process_result_free()).
 *
 * Errors: those of terraform_show(), with ERR_TERRAFORM_SCHEMA in place of ERR_TERRAFORM.
 */
int terraform_schemas(const char *program, const char *root, struct process_result *ret_result,
	struct error *err) WEIR_NODISCARD;

/*
 * The version of a provider that a root's lock file chose ("5.100.0"), by the end of the provider's address
 * ("hashicorp/aws"); absent where the lock does not name it.
 */
struct str terraform_locked(struct str lock, struct str provider);

/*
 * The program that a root's lock file implies: "tofu" if it names providers of OpenTofu's
 * registry, "terraform" if it names those of Terraform's; NULL if it names neither or is not there.
 */
const char *terraform_of_lock(struct str lock);

#endif
