/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What bench/json.c and its C++ peer share.
 */
#ifndef WEIR_BENCH_JSON_PEERS_H
#define WEIR_BENCH_JSON_PEERS_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Parses the file once from its path, and again from memory; seconds. False when it cannot. */
typedef bool bench_json_fn(const char *path, double *ret_first, double *ret_again);

bench_json_fn bench_simdjson, bench_jansson;

/* The file's text, mapped for the life of the process; NULL when it cannot be. */
const char *bench_map(const char *path, size_t *ret_size);

/* Seconds on a clock that only goes forward. */
double bench_now(void);

#ifdef __cplusplus
}
#endif

#endif
