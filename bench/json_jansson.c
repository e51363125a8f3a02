/* SPDX-License-Identifier: Apache-2.0 */
/*
 * jansson for bench/json: apart, since its names and ours are the same.
 */
#include <jansson.h>

#include "json_peers.h"

static bool parse(const char *text, size_t size)
{
	json_t *root = json_loadb(text, size, JSON_DECODE_ANY, NULL);

	json_decref(root);
	return root != NULL;
}

bool bench_jansson(const char *path, double *ret_first, double *ret_again)
{
	double begin = bench_now();
	size_t size;
	const char *text = bench_map(path, &size);

	/* Its time to free a document is in both. */
	if (!text || !parse(text, size))
		return false;
	*ret_first = bench_now() - begin;
	begin = bench_now();
	if (!parse(text, size))
		return false;
	*ret_again = bench_now() - begin;
	return true;
}
