/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Points in time as seconds since 1970-01-01T00:00:00Z, in and out as text.
 * Nothing here asks the locale or the time zone of the machine.
 */
#ifndef WEIR_BASE_TIME_H
#define WEIR_BASE_TIME_H

#include "base/str.h"

/* "2026-12-24T08:00:00Z" and a NUL. */
enum { TIME_TEXT = 21, DATE_TEXT = 11 };

/*
 * RFC 3339 date and time with a zone: 2026-12-24T08:00:00Z, ...+01:00, a fraction of up to nine
 * digits (dropped), "t" and "z" in lower case, a space for the T.  A second of 60 is accepted where
 * a leap second can be, and becomes the next second.  Years 0001 to 9999.  Anything else returns
 * false and leaves *ret_time alone.
 */
bool time_parse(struct str text, int64_t *ret_time);
/* A date, YYYY-MM-DD: the second at which it begins in UTC. */
bool date_parse(struct str text, int64_t *ret_time);

/* In UTC. Times outside of the years 0001 to 9999 are clamped. */
void time_format(int64_t time, char ret_text[TIME_TEXT]);
void date_format(int64_t time, char ret_text[DATE_TEXT]);

/* The clock. */
int64_t time_now(void);

#endif
