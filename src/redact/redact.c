/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The redactor's life and its work on single texts: what other folders call.
 *
 * Learning comes first; the first text fixes the key and builds the index of
 * patterns.
 */
#include "redact/redact.h"

#include <string.h>

#include "base/json.h"
#include "redact/redactor.h"
#include "redact/variants.h"

/* Secrets, their patterns and the index: far more than any real plan needs. */
#define ARENA_CEILING ((size_t)2 << 30)

int redactor_create(struct str key, struct redactor **ret_redactor, struct error *err)
{
	struct arena *arena = arena_create(ARENA_CEILING);
	struct redactor *redactor = arena ? ARENA_NEW(arena, struct redactor) : NULL;

	if (redactor) {
		redactor->arena = arena;
		redactor->secrets.arena = redactor->public_words.arena = arena;
		redactor->issued.arena = redactor->matcher.arena = arena;
		shapes_index_init(&redactor->shapes);
		if (!str_absent(key))
			redactor->caller_key = arena_str(arena, key);
	}
	if (!redactor || arena_failed(arena)) {
		arena_destroy(arena);
		return error_memory(err);
	}
	*ret_redactor = redactor;
	return 0;
}

void redactor_expect_plans(struct redactor *redactor)
{
	redactor->rewrites = true;
}

void redactor_destroy(struct redactor *redactor)
{
	if (!redactor)
		return;
	for (size_t i = 0; i < VIEWS_MOST; i++)
		view_free(&redactor->views[i]);
	buf_free(&redactor->spans);
	for (size_t i = 0; i < redactor->plan_count; i++)
		buf_free(&redactor->plans[i].kept);
	arena_destroy(redactor->arena);
}

void redactor_cleanup(struct redactor **redactor)
{
	redactor_destroy(*redactor);
	*redactor = NULL;
}

/*
 * The caller's key, or one made of the plans' secrets and digests.  The digests of several plans
 * are added in their own order, so that the order of plans on a command line changes nothing.
 */
static void fix_key(struct redactor *redactor)
{
	struct sha256 sha;

	sha256_init(&sha);
	sha256_add(&sha, STR("weir redaction key 1\n"));
	if (!str_absent(redactor->caller_key)) {
		sha256_add(&sha, STR("given\n"));
		sha256_add(&sha, redactor->caller_key);
	}
	for (size_t i = 0; i < redactor->plan_count && str_absent(redactor->caller_key); i++) {
		const unsigned char *least = NULL;
		size_t chosen = i;

		for (size_t j = i; j < redactor->plan_count; j++)
			if (!least || memcmp(redactor->plans[j].digest, least, SHA256_BYTES) < 0) {
				least = redactor->plans[j].digest;
				chosen = j;
			}
		struct learned first = redactor->plans[chosen];

		redactor->plans[chosen] = redactor->plans[i];
		redactor->plans[i] = first;
		sha256_add(&sha, (struct str){(const char *)first.digest, SHA256_BYTES});
	}
	sha256_end(&sha, redactor->key);
}

bool redactor_ready(struct redactor *redactor)
{
	struct pattern own = {.data = REDACT_PREFIX,
		.len = sizeof(REDACT_PREFIX) - 1,
		.value = VALUE_PLACEHOLDER};

	if (redactor->ready)
		return !redactor->failed;
	redactor->ready = true;
	redactor->failed = true;
	fix_key(redactor);
	if (!matcher_add(&redactor->matcher, own))
		return false;
	for (size_t i = 0; i < redactor->secrets.count; i++) {
		const struct secret *secret = &redactor->secrets.items[i];

		if (!secret->strong)
			continue;
		redactor->spaces = redactor->spaces || str_find_char(secret->text, ' ') != SIZE_MAX;
		if (!variants_add(&redactor->matcher, secret->text, (uint32_t)i, redactor->arena))
			return false;
	}
	redactor->placeholders = arena_alloc(
		redactor->arena, size_mul(redactor->secrets.count + 1, PLACEHOLDER_LEN));
	if (!redactor->placeholders || !matcher_build(&redactor->matcher))
		return false;
	redactor->failed = false;
	return true;
}

bool redactor_placeholder(
	struct redactor *redactor, struct str secret, char ret_text[PLACEHOLDER_LEN])
{
	if (!redactor_ready(redactor))
		return false;
	placeholder_write(
		(struct str){(const char *)redactor->key, SHA256_BYTES}, secret, ret_text);
	return secrets_add(&redactor->issued, (struct str){ret_text, PLACEHOLDER_LEN}, RANK_RANDOM);
}

bool redactor_owns(const struct redactor *redactor, struct str text, size_t at)
{
	return redactor->redacted_input ||
		secrets_find(&redactor->issued, str_slice(text, at, at + PLACEHOLDER_LEN)) !=
		SIZE_MAX;
}

/* The text with its spans replaced, in the arena; with `keys_only` those inside an address' keys. */
static struct str replace_spans(
	struct redactor *redactor, struct str text, bool keys_only, struct arena *arena)
{
	const struct span *spans = scan_spans(redactor);
	size_t count = scan_count(redactor), len = text.len, at = 0, to = 0;
	char *out;

	for (size_t i = 0; i < count; i++)
		len += spans[i].len;
	out = arena_alloc(arena, len + 1);
	if (!out)
		return (struct str){NULL, 0};
	for (size_t i = 0; i < count; i++) {
		if (keys_only && !address_key_holds(text, spans[i].start, spans[i].end))
			continue;
		memcpy(out + to, text.data + at, spans[i].start - at);
		to += spans[i].start - at;
		memcpy(out + to, spans[i].placeholder, spans[i].len);
		to += spans[i].len;
		at = spans[i].end;
	}
	memcpy(out + to, text.data + at, text.len - at);
	return (struct str){out, to + text.len - at};
}

struct str redact_text(struct redactor *redactor, struct str text, struct arena *arena)
{
	unsigned flags = SCAN_SECRETS | SCAN_SHAPES | SCAN_RANDOM;

	if (text.len == 0)
		return text;
	if (placeholder_in(text))
		flags &= ~(unsigned)SCAN_RANDOM;
	if (!scan_text(redactor, text, flags))
		return (struct str){NULL, 0};
	return scan_count(redactor) ? replace_spans(redactor, text, /* keys_only= */ false, arena)
				    : text;
}

struct str redact_address(struct redactor *redactor, struct str address, struct arena *arena)
{
	if (str_find_char(address, '[') == SIZE_MAX)
		return address;
	if (!scan_text(redactor, address, SCAN_SECRETS))
		return (struct str){NULL, 0};
	return scan_count(redactor) ? replace_spans(redactor, address, /* keys_only= */ true, arena)
				    : address;
}

/* A longest prefix of at most `most` bytes that ends between code points. */
static struct str cut(struct str text, size_t most, struct arena *arena)
{
	if (text.len <= most)
		return text;
	while (most > 0 && ((unsigned char)text.data[most] & 0xc0) == 0x80)
		most--;
	return arena_printf(arena, "%.*s\xe2\x80\xa6", (int)most, text.data);
}

struct str redact_value(struct redactor *redactor, struct node value, bool sensitive, size_t most,
	struct arena *arena)
{
	CLEANUP(buf_free) struct buf out = BUF(64 * 1024 * 1024);
	struct str text;

	if (sensitive && !node_is_null(value)) {
		char placeholder[PLACEHOLDER_LEN];
		struct str secret = node_text(value, arena);

		if (str_absent(secret)) {
			json_canonical(value, NULL, &out);
			secret = buf_str(&out);
		}
		if (buf_failed(&out) || arena_failed(arena) ||
			!redactor_placeholder(redactor, secret, placeholder))
			return (struct str){NULL, 0};
		return arena_str(arena, (struct str){placeholder, PLACEHOLDER_LEN});
	}
	json_canonical(value, NULL, &out);
	if (buf_failed(&out))
		return (struct str){NULL, 0};
	text = redact_text(redactor, buf_str(&out), arena);
	if (str_absent(text))
		return text;
	text = cut(text, most, arena);
	/* Nothing changed: the bytes are the buffer's still. */
	return text.data == out.data ? arena_str(arena, text) : text;
}
