/* SPDX-License-Identifier: Apache-2.0 */
/*
 * libcrypto behind our own names, and the table hash.  The low-level SHA256_*
 * calls are used on purpose: EVP costs a provider load (about 1 ms) at the first
 * digest, a tenth of what a small review may take.
 */
#define OPENSSL_SUPPRESS_DEPRECATED
#include "base/hash.h"

#include <openssl/sha.h>
#include <string.h>

_Static_assert(sizeof(SHA256_CTX) <= sizeof(((struct sha256 *)0)->state), "room for the context");

void sha256_init(struct sha256 *sha)
{
	SHA256_Init((SHA256_CTX *)(void *)sha->state);
}

void sha256_add(struct sha256 *sha, struct str text)
{
	if (text.len)
		SHA256_Update((SHA256_CTX *)(void *)sha->state, text.data, text.len);
}

void sha256_end(struct sha256 *sha, unsigned char ret_digest[SHA256_BYTES])
{
	SHA256_Final(ret_digest, (SHA256_CTX *)(void *)sha->state);
}

void sha256(struct str text, unsigned char ret_digest[SHA256_BYTES])
{
	struct sha256 sha;

	sha256_init(&sha);
	sha256_add(&sha, text);
	sha256_end(&sha, ret_digest);
}

void hex_encode(const unsigned char *bytes, size_t count, char *ret_hex)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < count; i++) {
		ret_hex[2 * i] = digits[bytes[i] >> 4];
		ret_hex[2 * i + 1] = digits[bytes[i] & 15];
	}
	ret_hex[2 * count] = 0;
}

void sha256_hex(struct str text, char ret_hex[SHA256_HEX + 1])
{
	unsigned char digest[SHA256_BYTES];

	sha256(text, digest);
	hex_encode(digest, sizeof(digest), ret_hex);
}

void hmac_sha256(struct str key, struct str text, unsigned char ret_digest[SHA256_BYTES])
{
	unsigned char block[64] = {0}, pad[64], inner[SHA256_BYTES];
	struct sha256 sha;

	if (key.len > sizeof(block))
		sha256(key, block);
	else if (key.len)
		memcpy(block, key.data, key.len);
	for (size_t i = 0; i < sizeof(pad); i++)
		pad[i] = block[i] ^ 0x36;
	sha256_init(&sha);
	sha256_add(&sha, (struct str){(const char *)pad, sizeof(pad)});
	sha256_add(&sha, text);
	sha256_end(&sha, inner);
	for (size_t i = 0; i < sizeof(pad); i++)
		pad[i] = block[i] ^ 0x5c;
	sha256_init(&sha);
	sha256_add(&sha, (struct str){(const char *)pad, sizeof(pad)});
	sha256_add(&sha, (struct str){(const char *)inner, sizeof(inner)});
	sha256_end(&sha, ret_digest);
}

uint64_t hash_bytes(struct str text, uint64_t seed)
{
	uint64_t hash = seed ^ (text.len * 0x9e3779b97f4a7c15u);
	size_t at = 0;

	for (; at + 8 <= text.len; at += 8) {
		uint64_t word;

		memcpy(&word, text.data + at, 8);
		hash = (hash ^ word) * 0xff51afd7ed558ccdu;
		hash ^= hash >> 32;
	}
	if (at < text.len) {
		uint64_t word = 0;

		memcpy(&word, text.data + at, text.len - at);
		hash = (hash ^ word) * 0xff51afd7ed558ccdu;
		hash ^= hash >> 32;
	}
	hash *= 0xc4ceb9fe1a85ec53u;
	return hash ^ hash >> 29;
}
