/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Looks set-typed paths up in the generated data (data/sets/aws, made by tools/make-sets),
 * which is searched as it stands: sorted lines, one a type.
 */
#include "plan/sets.h"

#include <string.h>

#include "plan/diff.h"

extern const struct str data_sets_aws;
extern const char data_sets_aws_sha256[];

static struct str line_at(struct str text, size_t at)
{
	const char *end = memchr(text.data + at, '\n', text.len - at);

	return str_slice(text, at, end ? (size_t)(end - text.data) : text.len);
}

struct str sets_of(struct str type)
{
	struct str text = data_sets_aws;
	size_t low = 0, high = text.len;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		struct str line, name;
		int order;

		while (middle > low && text.data[middle - 1] != '\n')
			middle--;
		line = line_at(text, middle);
		name = str_slice(line, 0, str_find_char(line, ' '));
		order = str_cmp(type, name);
		if (order == 0)
			return str_slice(line, name.len + 1, line.len);
		if (order < 0)
			high = middle;
		else
			low = middle + line.len + 1;
	}
	return (struct str){NULL, 0};
}

bool sets_cover(struct str type)
{
	return str_starts(type, STR("aws_"));
}

bool sets_have(struct str entries, struct str path)
{
	bool top = str_find_char(path, '.') == SIZE_MAX;
	struct str name = path;

	for (size_t i = path.len; i > 0; i--) {
		if (path.data[i - 1] != '.')
			continue;
		name = str_slice(path, i, path.len);
		break;
	}
	while (!str_absent(entries)) {
		struct str entry = str_split(&entries, ' ');

		if (str_eq(entry, name) || (!top && str_eq(entry, path)))
			return true;
		if (top && str_starts(entry, STR("=")) &&
			str_eq(str_slice(entry, 1, entry.len), name))
			return true;
	}
	return false;
}

struct str diff_data_digest(void)
{
	return str_of(data_sets_aws_sha256);
}
