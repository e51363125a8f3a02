/* SPDX-License-Identifier: Apache-2.0 */
/*
 * libcrypto behind our own names, and the table hash.  The low-level SHA256_*
 * calls are used on purpose: EVP costs a provider load (about 1 ms) at the first
 * digest, a tenth of what a small review may take.
 */
#define OPENSSL_SUPPRESS_DEPRECATED
#include "base/hash.h"

#include <openssl/md5.h>
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

bool digest_hex(struct str name, struct str text, char ret_hex[DIGEST_HEX_MOST + 1])
{
	unsigned char digest[SHA512_DIGEST_LENGTH];

	if (str_is(name, "sha256")) {
		sha256_hex(text, ret_hex);
	} else if (str_is(name, "sha1")) {
		SHA_CTX sha;

		SHA1_Init(&sha);
		SHA1_Update(&sha, text.data, text.len);
		SHA1_Final(digest, &sha);
		hex_encode(digest, SHA_DIGEST_LENGTH, ret_hex);
	} else if (str_is(name, "md5")) {
		MD5_CTX md5;

		MD5_Init(&md5);
		MD5_Update(&md5, text.data, text.len);
		MD5_Final(digest, &md5);
		hex_encode(digest, MD5_DIGEST_LENGTH, ret_hex);
	} else if (str_is(name, "sha512") || str_is(name, "sha384")) {
		bool whole = str_is(name, "sha512");
		SHA512_CTX sha;

		(whole ? SHA512_Init : SHA384_Init)(&sha);
		SHA512_Update(&sha, text.data, text.len);
		SHA512_Final(digest, &sha);
		hex_encode(digest, whole ? SHA512_DIGEST_LENGTH : SHA384_DIGEST_LENGTH, ret_hex);
	} else {
		return false;
	}
	return true;
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

static inline uint64_t load64(const char *p)
{
	uint64_t word;

	memcpy(&word, p, 8);
	return word;
}

static inline uint64_t mix(uint64_t hash, uint64_t word)
{
	hash = (hash ^ word) * 0xff51afd7ed558ccdu;
	return hash ^ hash >> 32;
}

/* Long texts go in four lanes, since a multiplication waits for the one before it. */
uint64_t hash_bytes(struct str text, uint64_t seed)
{
	uint64_t hash = seed ^ (text.len * 0x9e3779b97f4a7c15u);
	const char *p = text.len ? text.data : "", *end = p + text.len;

	if (text.len >= 64) {
		uint64_t a = hash, b = hash + 1, c = hash + 2, d = hash + 3;

		for (; end - p >= 32; p += 32) {
			a = mix(a, load64(p));
			b = mix(b, load64(p + 8));
			c = mix(c, load64(p + 16));
			d = mix(d, load64(p + 24));
		}
		hash = mix(mix(mix(a, b), c), d);
	}
	for (; end - p >= 8; p += 8)
		hash = mix(hash, load64(p));
	if (p < end && text.len >= 8) {
		/* The last eight, some of them for the second time. */
		hash = mix(hash, load64(end - 8));
	} else {
		uint64_t word = 0;

		for (; p < end; p++)
			word = word << 8 | (unsigned char)*p;
		hash = mix(hash, word);
	}
	hash *= 0xc4ceb9fe1a85ec53u;
	return hash ^ hash >> 29;
}
