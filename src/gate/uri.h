/* SPDX-License-Identifier: Apache-2.0 */
/* Which file a URI (RFC 3986, RFC 8089) names, as scanners write them. */
#ifndef WEIR_GATE_URI_H
#define WEIR_GATE_URI_H

#include "base/memory.h"

/*
 * The path of a URI, which some tools write as a plain path, in its shortest form and in the arena:
 * percent signs decoded, '/' between its parts.  Absolute ones begin with '/', those of Windows
 * too, without their drive.  Others may begin with "..": whether that is inside is seen when they are joined.
 *
 * Absent for more than 4,096 bytes, for another scheme than file, for another host, for an
 * absolute one that climbs above '/' and for what holds a NUL.
 */
struct str uri_path(struct str uri, struct arena *arena);

#endif
