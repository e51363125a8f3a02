/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Paths of a repository.  One form is used inside, relative to the root and
 * without "." and "..", since it is the same for the working tree and for a
 * commit; people are shown the path from where they stand.
 */
#define _GNU_SOURCE
#include "config/locate.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

enum { MOST_SEGMENTS = 256 };

static int fail_directory(struct error *err, struct str directory)
{
	return error_at(
		err, error_set(err, ERR_FILE_UNREADABLE, "%s", strerror(errno)), directory, 0, 0);
}

/* An absolute path relative to the root, in the arena; absent if it lies elsewhere. */
static struct str below(const struct locator *locator, struct str path)
{
	size_t skip = str_is(locator->root, "/") ? 1 : locator->root.len + 1;

	if (str_eq(path, locator->root))
		return STR("");
	if (!str_starts(path, locator->root) || path.data[skip - 1] != '/')
		return (struct str){NULL, 0};
	return arena_str(locator->arena, str_slice(path, skip, path.len));
}

int locate_root(
	struct arena *arena, struct str directory, struct locator *ret_locator, struct error *err)
{
	char from[PATH_MAX], here[PATH_MAX];
	const char *wanted = arena_cstr(arena, str_absent(directory) ? STR(".") : directory);
	struct locator locator = {.arena = arena};
	struct str at;

	if (!wanted)
		return error_memory(err);
	if (!realpath(wanted, from) || !realpath(".", here))
		return fail_directory(err, str_of(wanted));
	at = str_of(from);
	locator.root = arena_str(arena, at);
	for (;; at = path_dir(at)) {
		const char *mark = path_join(arena, at, STR(".git"));

		if (!mark)
			return error_memory(err);
		if (file_exists(mark)) {
			locator.root = arena_str(arena, at);
			locator.in_repository = true;
			break;
		}
		if (str_is(at, "/"))
			break;
	}
	if (str_absent(locator.root))
		return error_memory(err);
	locator.here = below(&locator, str_of(here));
	locator.start = below(&locator, str_of(from));
	*ret_locator = locator;
	return 0;
}

const char *locate_absolute(const struct locator *locator, struct str path)
{
	return path_join(locator->arena, locator->root, path);
}

struct str locate_display(const struct locator *locator, struct str path)
{
	CLEANUP(buf_free) struct buf out = BUF(4 * PATH_MAX);
	struct str here = str_empty(locator->here) ? (struct str){NULL, 0} : locator->here;
	struct str rest = path;

	if (str_absent(locator->here))
		return str_of(locate_absolute(locator, path));
	/* What both have in front is left out, then one ".." for each directory that only `here`
	 * has. */
	while (!str_absent(here)) {
		struct str after_here = here, after_rest = rest;

		if (!str_eq(str_split(&after_here, '/'), str_split(&after_rest, '/')) ||
			str_absent(after_rest))
			break;
		here = after_here;
		rest = after_rest;
	}
	while (!str_absent(here)) {
		str_split(&here, '/');
		buf_add(&out, STR("../"));
	}
	buf_add(&out, rest);
	return buf_failed(&out) ? (struct str){NULL, 0} : arena_str(locator->arena, buf_str(&out));
}

/* Appends the segments of `path`; false when ".." goes above the root or there are too many. */
static bool add_segments(struct str path, struct str *segments, size_t *count)
{
	while (!str_absent(path)) {
		struct str part = str_split(&path, '/');

		if (str_empty(part) || str_is(part, "."))
			continue;
		if (str_is(part, "..")) {
			if (*count == 0)
				return false;
			--*count;
			continue;
		}
		if (*count == MOST_SEGMENTS)
			return false;
		segments[(*count)++] = part;
	}
	return true;
}

struct str locate_join(const struct locator *locator, struct str base, struct str path)
{
	CLEANUP(buf_free) struct buf out = BUF(4 * PATH_MAX);
	struct str segments[MOST_SEGMENTS];
	size_t count = 0;

	if (str_starts(path, STR("/")) || str_find_char(path, '\0') != SIZE_MAX ||
		!add_segments(base, segments, &count) || !add_segments(path, segments, &count) ||
		count == 0)
		return (struct str){NULL, 0};
	for (size_t i = 0; i < count; i++) {
		if (i)
			buf_add_char(&out, '/');
		buf_add(&out, segments[i]);
	}
	return buf_failed(&out) ? (struct str){NULL, 0} : arena_str(locator->arena, buf_str(&out));
}

bool locate_inside(const struct locator *locator, struct str path)
{
	const char *absolute = locate_absolute(locator, path);
	char real[PATH_MAX];
	struct str found;

	if (!absolute || !realpath(absolute, real))
		return false;
	found = str_of(real);
	return str_is(locator->root, "/") ||
		(str_starts(found, locator->root) && found.data[locator->root.len] == '/');
}
