/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names that promise a secret, as data.  A name is split into words at
 * separators and at changes of case; the last words decide ("secret_arn" is
 * an ARN, "arn_secret" a secret).
 */
#include "redact/names.h"

#include <string.h>

enum { WORDS_MOST = 8, WORD_MOST = 24 };

struct words {
	char text[WORDS_MOST][WORD_MOST];
	size_t count;
};

static bool is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static void end_word(struct words *words, size_t *len)
{
	if (*len == 0)
		return;
	words->text[words->count][*len] = 0;
	*len = 0;
	if (words->count == WORDS_MOST - 1)
		memmove(words->text[0], words->text[1], (WORDS_MOST - 1) * (size_t)WORD_MOST);
	else
		words->count++;
}

/* The last WORDS_MOST words, lower case. Digits belong to the word before them. */
static void split(struct str name, struct words *words)
{
	size_t len = 0;

	words->count = 0;
	for (size_t i = 0; i < name.len; i++) {
		char c = name.data[i];
		bool letter = is_upper(c) || is_lower(c);

		if (is_upper(c) && i > 0 &&
			(!is_upper(name.data[i - 1]) ||
				(i + 1 < name.len && is_lower(name.data[i + 1]))))
			end_word(words, &len);
		if (!letter && !(is_digit(c) && len > 0))
			end_word(words, &len);
		else if (len < WORD_MOST - 1)
			words->text[words->count][len++] = letter ? (char)(c | 32) : c;
	}
	end_word(words, &len);
}

/* Equal but for digits at the word's end: "password2". */
static bool word_is(const char *word, const char *wanted)
{
	size_t len;

	/* Nearly all differ here. */
	if (word[0] != wanted[0])
		return false;
	len = strlen(wanted);
	if (strncmp(word, wanted, len) != 0)
		return false;
	while (is_digit(word[len]))
		len++;
	return word[len] == 0;
}

static bool in_list(const char *word, const char *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (word_is(word, list[i]))
			return true;
	return false;
}

static const char *const secret_words[] = {"password", "passwd", "passphrase", "passcode", "pwd",
	"pw", "pass", "secret", "token", "apikey", "credential", "credentials", "privatekey",
	"secretkey", "authtoken", "accesstoken", "clientsecret", "dbpassword", "bearer", "dsn",
	"userpassword", "masterpassword", "adminpassword", "rootpassword", "pat", "apitoken",
	"encryptionkey", "signingkey", "sharedkey", "accountkey", "connectionstring", "psk", "pin",
	"mnemonic", "otp", "sig"};

static const struct {
	const char *first, *second;
} secret_pairs[] = {{"api", "key"}, {"access", "key"}, {"secret", "key"}, {"private", "key"},
	{"account", "key"}, {"storage", "key"}, {"shared", "key"}, {"encryption", "key"},
	{"signing", "key"}, {"auth", "key"}, {"master", "key"}, {"license", "key"},
	{"deploy", "key"}, {"admin", "key"}, {"webhook", "key"}, {"session", "key"},
	{"subscription", "key"}, {"ingest", "key"}, {"integration", "key"}, {"application", "key"},
	{"app", "key"}, {"client", "key"}, {"pem", "key"}, {"function", "key"},
	{"secret", "string"}, {"secret", "value"}, {"secret", "data"}, {"secret", "binary"},
	{"connection", "string"}, {"connection", "strings"}, {"database", "url"}, {"db", "url"},
	{"redis", "url"}, {"mongo", "url"}, {"amqp", "url"}, {"webhook", "url"}, {"private", "pem"},
	{"password", "wo"}, {"string", "wo"}, {"password", "hash"}, {"access", "keys"},
	{"secret", "base64"}, {"password", "value"}, {"token", "value"}, {"auth", "header"},
	{"jwt", "key"}, {"hmac", "key"}, {"kubeconfig", "raw"}};

/* Words that make a pair's "key" a public one. */
static const char *const public_before[] = {"public", "kms", "hash", "range", "sort", "partition"};

static bool last_is_public(const struct words *words)
{
	return words->count > 1 &&
		in_list(words->text[words->count - 2], public_before, COUNT_OF(public_before));
}

static bool words_are_secret(const struct words *words)
{
	const char *last, *before;

	if (words->count == 0 || last_is_public(words))
		return false;
	last = words->text[words->count - 1];
	before = words->count > 1 ? words->text[words->count - 2] : "";
	for (size_t i = 0; i < COUNT_OF(secret_pairs); i++)
		if (word_is(before, secret_pairs[i].first) && word_is(last, secret_pairs[i].second))
			return true;
	/* One word that is short and has other meanings counts only alone or after another. */
	return in_list(last, secret_words, COUNT_OF(secret_words));
}

static bool words_are_provider_secret(const struct words *words)
{
	static const char *const more[] = {
		"auth", "key", "kubeconfig", "jwt", "cookie", "authorization"};

	return words->count > 0 && in_list(words->text[words->count - 1], more, COUNT_OF(more)) &&
		!last_is_public(words);
}

static bool words_are_public(const struct words *words)
{
	static const char *const list[] = {"id", "ids", "arn", "arns", "hash", "sha", "sha1",
		"sha256", "sha512", "md5", "digest", "checksum", "etag", "fingerprint",
		"thumbprint", "thumbprints", "certificate", "certificates", "cert", "crt", "public",
		"version", "modulus", "serial", "crc32", "crc32c", "crc64nvme", "image",
		"integrity", "identifier", "uuid", "guid"};

	for (size_t i = 0; i < words->count; i++)
		if (in_list(words->text[i], list, COUNT_OF(list)))
			return true;
	return false;
}

/* Longer ones are texts, not names. */
enum { NAME_MOST = 128 };

unsigned name_flags(struct str name)
{
	struct words words;
	unsigned flags = 0;

	if (name.len > NAME_MOST)
		return 0;
	split(name, &words);
	if (name.len >= 2 && words_are_secret(&words))
		flags |= NAME_SECRET | NAME_PROVIDER;
	if (words_are_provider_secret(&words))
		flags |= NAME_PROVIDER;
	if (words_are_public(&words))
		flags |= NAME_PUBLIC;
	return flags;
}

bool name_is_secret(struct str name)
{
	struct words words;

	if (name.len < 2 || name.len > NAME_MOST)
		return false;
	split(name, &words);
	return words_are_secret(&words);
}

bool name_may_be_attribute(struct str name)
{
	static const bool chars[256] = {['a' ... 'z'] = true, ['0' ... '9'] = true, ['_'] = true};
	bool all = true;

	for (size_t i = 0; i < name.len && all; i++)
		all = chars[(unsigned char)name.data[i]];
	return all;
}

bool name_is_name(struct str name)
{
	return str_eq(name, STR("name")) || str_eq(name, STR("Name")) || str_eq(name, STR("key")) ||
		str_eq(name, STR("Key"));
}

/* All bytes are of "/a-z0-9_-." and there are two slashes: the path of a parameter or a file. */
static bool is_path(struct str value)
{
	size_t slashes = 0;

	if (value.data[0] != '/')
		return false;
	for (size_t i = 0; i < value.len; i++) {
		char c = value.data[i];

		slashes += c == '/';
		if (!(is_lower(c) || is_digit(c) || c == '/' || c == '_' || c == '-' || c == '.'))
			return false;
	}
	return slashes >= 2;
}

bool value_may_be_secret(struct str value)
{
	static const char *const words[] = {"true", "false", "null", "none", "nil", "yes", "no",
		"on", "off", "required", "optional", "enabled", "disabled", "default", "undefined",
		"redacted", "sensitive", "unknown", "managed", "rotate", "changeme", "xxx", "todo",
		"0", "1"};
	static const char *const begins[] = {"${", "$(", "{{", "%{", "<", "var.", "local.", "data.",
		"module.", "each.", "self.", "arn:", "file(", "ref+",
		"vault:", "ssm:", "secretsmanager:", "AWS::", "!", "op://", "gcp:secret",
		"projects/", "[redacted", "(sensitive", "ssh-rsa ", "ssh-ed25519 ", "ecdsa-sha2-",
		"-----BEGIN PUBLIC", "-----BEGIN CERT"};
	bool plain = true;

	value = str_trim(value);
	if (value.len == 0 || is_path(value))
		return false;
	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (value.len == strlen(words[i]) && str_find_nocase(value, str_of(words[i])) == 0)
			return false;
	for (size_t i = 0; i < COUNT_OF(begins); i++)
		if (str_starts(value, str_of(begins[i])))
			return false;
	/* $NAME of a shell, but not $2y$ of a password's hash */
	if (value.data[0] == '$' && value.len > 1 && !is_digit(value.data[1]))
		return false;
	for (size_t i = 0; i < value.len; i++)
		plain = plain &&
			(value.data[i] == '*' || value.data[i] == '.' || value.data[i] == 'x');
	return !plain;
}
