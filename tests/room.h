/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A directory of a test's own, for tests that need real files.
 */
#ifndef WEIR_TESTS_ROOM_H
#define WEIR_TESTS_ROOM_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/process.h"

enum { ROOM_PATH = 256 };

/* Makes it below TMPDIR; `path` gets its name. */
static inline void room_open(char path[ROOM_PATH])
{
	const char *parent = getenv("TMPDIR");
	int length = snprintf(
		path, ROOM_PATH, "%s/weir-test-XXXXXX", parent && *parent ? parent : "/tmp");

	assert_true(length > 0 && length < ROOM_PATH);
	assert_non_null(mkdtemp(path));
}

/* Removes it with all that is in it. */
static inline void room_close(const char *path)
{
	const char *const argv[] = {"rm", "-rf", path, NULL};
	const char *const environment[] = {"PATH=/usr/bin:/bin", NULL};
	struct process_spec spec = {.argv = argv, .environment = environment, .dir = "/"};
	struct process_result result = {0};

	assert_int_equal(process_run(&spec, &result, NULL), 0);
	assert_int_equal(result.exit_code, 0);
	process_result_free(&result);
}

#endif
