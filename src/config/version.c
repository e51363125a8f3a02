/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Version constraints, for `requires`.  Apart from the loader, since other
 * files of weir's may carry one.
 */
#include "config/config.h"

enum { PARTS = 3 };

/* "0.3", "1", "1.2.3-rc1": up to three numbers; a suffix behind "-" or "+" is not compared. */
static bool parse_version(struct str text, uint64_t ret_parts[PARTS])
{
	size_t end = 0;
	struct str rest;

	while (end < text.len && text.data[end] != '-' && text.data[end] != '+')
		end++;
	rest = str_slice(text, 0, end);
	for (int i = 0; i < PARTS; i++) {
		ret_parts[i] = 0;
		if (!str_absent(rest) && !str_to_u64(str_split(&rest, '.'), &ret_parts[i]))
			return false;
	}
	return str_absent(rest);
}

static int compare(const uint64_t a[PARTS], const uint64_t b[PARTS])
{
	for (int i = 0; i < PARTS; i++)
		if (a[i] != b[i])
			return a[i] < b[i] ? -1 : 1;
	return 0;
}

static bool meets_one(const uint64_t have[PARTS], struct str constraint, bool *ret_wrong)
{
	static const struct {
		struct str text;
		bool less, equal, more;
	} operators[] = {
		{STR_INIT(">="), false, true, true},
		{STR_INIT("<="), true, true, false},
		{STR_INIT(">"), false, false, true},
		{STR_INIT("<"), true, false, false},
		{STR_INIT("="), false, true, false},
	};

	for (size_t i = 0; i < COUNT_OF(operators); i++) {
		uint64_t want[PARTS];
		int order;

		if (!str_starts(constraint, operators[i].text))
			continue;
		if (!parse_version(
			    str_trim(str_slice(constraint, operators[i].text.len, constraint.len)),
			    want))
			break;
		order = compare(have, want);
		return order < 0    ? operators[i].less
			: order > 0 ? operators[i].more
				    : operators[i].equal;
	}
	*ret_wrong = true;
	return false;
}

bool version_meets(struct str version, struct str constraints, bool *ret_wrong)
{
	uint64_t have[PARTS];
	bool all = true;

	*ret_wrong = !parse_version(version, have);
	while (!*ret_wrong && !str_absent(constraints))
		all &= meets_one(have, str_trim(str_split(&constraints, ',')), ret_wrong);
	return all && !*ret_wrong;
}
