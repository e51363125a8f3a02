/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Two searches.  As a plan: redacting it twice gives the bytes of once.  As a
 * text around a known secret: whatever stands beside it, the secret is gone, and a second redaction changes
 * nothing.
 */
#define _GNU_SOURCE
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "redact/redact.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define SECRET "hunter2-fake/Zq+9=="

static struct str redact_all(struct str source, struct arena *arena)
{
	CLEANUP(redactor_cleanup) struct redactor *redactor = NULL;
	struct plans plans = {0};
	struct error err;
	struct str result = {NULL, 0};
	int fd = memfd_create("fuzz", 0);
	int r = redactor_create(STR("0123456789abcdef"), &redactor, &err);

	if (r == 0)
		r = plan_parse(source, STR("fuzz"), arena, &plans, &err);
	/* A plan is learned before it is known whether it can be decoded. */
	for (size_t i = 0; i < plans.count; i++)
		if (redactor_learn(redactor, &plans.items[i], &err) < 0)
			r = -1;
	for (size_t i = 0; r == 0 && i < plans.count; i++)
		r = plan_decode(&plans.items[i], arena, &err);
	for (size_t i = 0; r == 0 && i < plans.count; i++)
		r = redact_plan(redactor, &plans.items[i], fd, &err);
	if (r == 0) {
		size_t len = (size_t)lseek(fd, 0, SEEK_END);
		char *text = arena_alloc(arena, len + 1);

		if (text && pread(fd, text, len, 0) == (ssize_t)len)
			result = (struct str){text, len};
	}
	for (size_t i = 0; i < plans.count; i++)
		plan_free(&plans.items[i]);
	close(fd);
	return result;
}

static void as_plan(struct str source, struct arena *arena)
{
	struct str once = redact_all(source, arena), twice;

	if (str_absent(once))
		return;
	twice = redact_all(once, arena);
	if (!str_eq(once, twice))
		abort();
}

static void as_text(struct str text, struct arena *arena)
{
	CLEANUP(redactor_cleanup) struct redactor *redactor = NULL;
	size_t half = text.len / 2;
	struct str whole = arena_printf(arena, "%.*s" SECRET "%.*s", (int)half, text.data,
		(int)(text.len - half), text.data + half);
	struct str once, twice;

	if (redactor_create(STR("0123456789abcdef"), &redactor, NULL) < 0 ||
		redactor_learn_value(redactor, STR(SECRET), NULL) < 0)
		return;
	once = redact_text(redactor, whole, arena);
	if (str_absent(once) || str_find(once, STR(SECRET)) != SIZE_MAX)
		abort();
	twice = redact_text(redactor, once, arena);
	if (str_find(twice, STR(SECRET)) != SIZE_MAX)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(arena_cleanup) struct arena *arena = arena_create((size_t)256 << 20);
	struct str text = {(const char *)data, size};

	if (!arena || size > 1 << 18)
		return 0;
	as_plan(text, arena);
	as_text(text, arena);
	return 0;
}
