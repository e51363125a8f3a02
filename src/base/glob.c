/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Path patterns.  Both levels, segments in a path and bytes in a segment, use
 * the same idea: go back to the last star only, since whatever an earlier one
 * could still take, the last one can take too.  So nothing grows with the
 * number of stars.
 */
#include "base/glob.h"

/* The next segment that means something; absent at the end. */
static struct str next_segment(struct str *rest)
{
	while (!str_absent(*rest)) {
		struct str part = str_split(rest, '/');

		if (!str_empty(part) && !str_is(part, "."))
			return part;
	}
	return (struct str){NULL, 0};
}

bool glob_text_matches(struct str pattern, struct str text, bool any_byte)
{
	size_t p = 0, t = 0, star = SIZE_MAX, resume = 0;

	while (t < text.len) {
		char want = p < pattern.len ? pattern.data[p] : 0;

		if (p < pattern.len && want == '*') {
			star = p++;
			resume = t;
		} else if (p < pattern.len && (want == text.data[t] || (any_byte && want == '?'))) {
			p++;
			t++;
		} else if (star != SIZE_MAX) {
			p = star + 1;
			t = ++resume;
		} else {
			return false;
		}
	}
	while (p < pattern.len && pattern.data[p] == '*')
		p++;
	return p == pattern.len;
}

bool glob_path_matches(struct str pattern, struct str path)
{
	struct str patterns = pattern, paths = path;
	struct str want = next_segment(&patterns), have = next_segment(&paths);
	/* Behind the last "**": the pattern that follows it, and where it may still begin. */
	struct str star_patterns = {NULL, 0}, star_paths = {NULL, 0};
	bool starred = false;

	while (!str_absent(have)) {
		if (str_is(want, "**")) {
			starred = true;
			star_patterns = patterns;
			star_paths = paths;
			want = next_segment(&patterns);
		} else if (!str_absent(want) &&
			glob_text_matches(want, have, /* any_byte= */ true)) {
			want = next_segment(&patterns);
			have = next_segment(&paths);
		} else if (starred) {
			patterns = star_patterns;
			want = next_segment(&patterns);
			paths = star_paths;
			have = next_segment(&paths);
			star_paths = paths;
		} else {
			return false;
		}
	}
	while (str_is(want, "**"))
		want = next_segment(&patterns);
	return str_absent(want);
}
