/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which file a URI names.  Apart from sarif.c, since it is about names alone and
 * every byte of them is hostile.
 */
#include "gate/uri.h"

#include "base/file.h"

enum { URI_MOST = 4096 };

/* Percent signs decoded, '\' as '/'; absent where that gives no name. */
static struct str decode(struct str uri, struct arena *arena)
{
	char *to = arena_alloc(arena, uri.len);
	size_t len = 0;

	for (size_t i = 0; to && i < uri.len; i++) {
		char c = uri.data[i];

		if (c == '%' && i + 2 < uri.len && hex_value(uri.data[i + 1]) >= 0 &&
			hex_value(uri.data[i + 2]) >= 0) {
			c = (char)(hex_value(uri.data[i + 1]) << 4 | hex_value(uri.data[i + 2]));
			i += 2;
		}
		if (c == '\0')
			return (struct str){NULL, 0};
		to[len++] = c == '\\' ? '/' : c;
	}
	return (struct str){to, to ? len : 0};
}

static bool is_drive(struct str path)
{
	return path.len > 2 && path.data[1] == ':' && path.data[2] == '/' &&
		char_lower(path.data[0]) >= 'a' && char_lower(path.data[0]) <= 'z';
}

struct str uri_path(struct str uri, struct arena *arena)
{
	struct str path = uri;

	if (str_empty(uri) || uri.len > URI_MOST)
		return (struct str){NULL, 0};
	if (str_find_nocase(uri, STR("file://")) == 0) {
		size_t slash;

		path = str_slice(uri, sizeof("file://") - 1, uri.len);
		slash = str_find_char(path, '/');
		if (slash != 0 && str_find_nocase(path, STR("localhost/")) != 0)
			return (struct str){NULL, 0};
		path = str_slice(path, slash, path.len);
	} else if (str_find(uri, STR("://")) != SIZE_MAX) {
		return (struct str){NULL, 0};
	}
	path = decode(path, arena);
	if (str_starts(path, STR("/")) && is_drive(str_slice(path, 1, path.len)))
		path = str_slice(path, 1, path.len);
	if (is_drive(path))
		path = str_slice(path, 2, path.len);
	if (str_empty(path))
		return (struct str){NULL, 0};
	path = path_resolve(arena, str_starts(path, STR("/")) ? STR("/") : STR(""), path);
	return str_is(path, ".") || path_inside(STR("/.."), path) ? (struct str){NULL, 0} : path;
}
