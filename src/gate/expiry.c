/* SPDX-License-Identifier: Apache-2.0 */
/*
 * When something that a person dated ceases to hold. A date holds until its
 * day is over, which is what people mean by it.
 */
#include "gate/expiry.h"

#include "base/time.h"

bool expiry_parse(struct str text, int64_t *ret_end)
{
	int64_t begin;

	if (time_parse(text, ret_end))
		return true;
	if (!date_parse(text, &begin))
		return false;
	*ret_end = begin + 24 * 60 * 60;
	return true;
}
