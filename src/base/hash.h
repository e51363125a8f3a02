/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SHA-256 (FIPS 180-4) and HMAC-SHA-256 (RFC 2104), from OpenSSL's libcrypto,
 * which uses the processor's SHA instructions; and a fast hash for tables.
 */
#ifndef WEIR_BASE_HASH_H
#define WEIR_BASE_HASH_H

#include "base/str.h"

enum { SHA256_BYTES = 32, SHA256_HEX = 64 };

struct sha256 {
	/* private: room for the library's context */
	_Alignas(16) unsigned char state[128];
};

void sha256_init(struct sha256 *sha);
void sha256_add(struct sha256 *sha, struct str text);
void sha256_end(struct sha256 *sha, unsigned char ret_digest[SHA256_BYTES]);

void sha256(struct str text, unsigned char ret_digest[SHA256_BYTES]);
/* Lower-case hex, NUL-terminated. */
void sha256_hex(struct str text, char ret_hex[SHA256_HEX + 1]);
void hmac_sha256(struct str key, struct str text, unsigned char ret_digest[SHA256_BYTES]);
void hex_encode(const unsigned char *bytes, size_t count, char *ret_hex); /* 2 * count + 1 bytes */

/*
 * A digest by name ("md5", "sha1", "sha256", "sha384", "sha512"), in lower-case hex and NUL-terminated, for what must equal other tools';
 * false if there is none of that name.  MD5 and SHA-1 protect nothing.
 */
enum { DIGEST_HEX_MOST = 128 };
bool digest_hex(struct str name, struct str text, char ret_hex[DIGEST_HEX_MOST + 1]);

/* For hash tables inside one process only; never written anywhere. */
uint64_t hash_bytes(struct str text, uint64_t seed);

#endif
