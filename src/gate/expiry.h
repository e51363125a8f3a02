/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Dates on which something that a person wrote ceases to hold.
 */
#ifndef WEIR_GATE_EXPIRY_H
#define WEIR_GATE_EXPIRY_H

#include "base/str.h"

/*
 * Reads "2026-12-24" (holds until the end of that day, UTC) or an RFC 3339 time such as
 * "2026-12-24T18:00:00Z"; gives the first second at which it no longer holds, since 1970 UTC.
 * False for anything else, dates that no calendar has included.
 */
bool expiry_parse(struct str text, int64_t *ret_end);

#endif
