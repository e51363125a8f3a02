/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From --base and --trust-tree to the place where weir.yaml is read.  Apart
 * from its callers so that what `weir config show` shows is what a review uses.
 */
#include "cmd/trusted.h"

int trusted_source(struct context *context, const struct trust_options *options,
	struct trust *ret_trust, struct config_source *ret_source,
	const struct config_source **ret_from, struct error *err)
{
	int r = trust_open(options->base, options->tree, context->arena, ret_trust, err);

	if (r < 0)
		return r;
	context->trust_tree = options->tree;
	*ret_from = trust_config_source(ret_trust, ret_source) ? ret_source : NULL;
	return 0;
}
