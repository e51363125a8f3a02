/* SPDX-License-Identifier: Apache-2.0 */
/*
 * simdjson's DOM for bench/json: C++, so apart.
 */
#include "json_peers.h"

#include <simdjson.h>

bool bench_simdjson(const char *path, double *ret_first, double *ret_again)
{
	double begin = bench_now();
	simdjson::padded_string text;
	simdjson::dom::parser parser;
	simdjson::dom::element root;

	/* It wants padding behind the text, so the file is read, not mapped. */
	if (simdjson::padded_string::load(path).get(text) || parser.parse(text).get(root))
		return false;
	*ret_first = bench_now() - begin;
	*ret_again = 0;
	for (int i = 0; i < 5; i++) {
		begin = bench_now();
		if (parser.parse(text).get(root))
			return false;
		double seconds = bench_now() - begin;
		if (*ret_again == 0 || seconds < *ret_again)
			*ret_again = seconds;
	}
	return true;
}
