/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a name says about its value.  Inside src/redact only.
 */
#ifndef WEIR_REDACT_NAMES_H
#define WEIR_REDACT_NAMES_H

#include "base/str.h"

enum name_flags {
	NAME_SECRET = 1,
	/* In a provider's configuration, where "access_key" and "auth" are secrets too. */
	NAME_PROVIDER = 2,
	/* Its value looks random and is public: ids, digests, fingerprints, certificates. */
	NAME_PUBLIC = 4,
};

/* What a name is, a set of enum name_flags. */
unsigned name_flags(struct str name);
/* "db_password", "apiKey", "X-Auth-Token", "CLIENT_SECRET"; not "secret_arn", "token_ttl", "key_name". */
bool name_is_secret(struct str name);
/* "name" and "key": beside them, "value" is the value of what they name. */
bool name_is_name(struct str name);
/* Lower-case letters, digits and '_': may be an attribute of a schema, so it is never rewritten. */
bool name_may_be_attribute(struct str name);

/* False for values that only point to a secret or say that there is one: references, ARNs, paths, words. */
bool value_may_be_secret(struct str value);

#endif
