/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a name says about its value.  Inside src/redact only.
 */
#ifndef WEIR_REDACT_NAMES_H
#define WEIR_REDACT_NAMES_H

#include "base/str.h"

/* "db_password", "apiKey", "X-Auth-Token", "CLIENT_SECRET"; not "secret_arn", "token_ttl", "key_name". */
bool name_is_secret(struct str name);
/* The same for an argument of a provider, where "access_key" and "auth" are secrets too. */
bool name_is_provider_secret(struct str name);
/* A name whose value looks random and is public: ids, digests, fingerprints, certificates. */
bool name_is_public(struct str name);
/* "name" and "key": beside them, "value" is the value of what they name. */
bool name_is_name(struct str name);

/* False for values that only point to a secret or say that there is one: references, ARNs, paths, words. */
bool value_may_be_secret(struct str value);

#endif
