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
	struct str here = str_empty(locator->here) ? (struct str){NULL, 0} : locator->here;
	struct str rest = path, display;
	size_t up = 0;
	char *at;

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
	for (; !str_absent(here); up++)
		str_split(&here, '/');
	at = arena_alloc(locator->arena, size_add(3 * up, rest.len) + 1);
	if (!at)
		return (struct str){NULL, 0};
	display = (struct str){at, 3 * up + rest.len};
	for (; up > 0; up--, at += 3)
		memcpy(at, "../", 3);
	memcpy(at, rest.data, rest.len);
	return display;
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
	struct str segments[MOST_SEGMENTS];
	size_t count = 0, len = 0;
	char *joined;

	if (str_starts(path, STR("/")) || str_find_char(path, '\0') != SIZE_MAX ||
		!add_segments(base, segments, &count) || !add_segments(path, segments, &count) ||
		count == 0)
		return (struct str){NULL, 0};
	joined = arena_alloc(locator->arena, size_add(size_add(base.len, path.len), 2));
	if (!joined)
		return (struct str){NULL, 0};
	for (size_t i = 0; i < count; i++) {
		if (i)
			joined[len++] = '/';
		memcpy(joined + len, segments[i].data, segments[i].len);
		len += segments[i].len;
	}
	return (struct str){joined, len};
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
