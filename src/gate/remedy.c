/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every ask tells what would answer it.  Addresses are hostile text, so they
 * are quoted such that what a person pastes is one scalar and nothing more.
 */
#include "gate/remedy.h"

#include <string.h>

#include "gate/verdict.h"

#define PASTE "If this is meant, write into the intent, under "

/* Plain scalars that YAML reads as this very text, in flow style too. */
static bool is_plain(struct str text)
{
	static const char *const words[] = {
		"true", "false", "null", "yes", "no", "on", "off", "y", "n"};
	bool letter = false;

	for (size_t i = 0; i < text.len; i++) {
		char c = text.data[i];
		bool alpha = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');

		letter |= alpha;
		if (!alpha && !(c >= '0' && c <= '9') && c != '_' && c != '.' && c != '/' &&
			!(c == '-' && i > 0))
			return false;
	}
	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (text.len == strlen(words[i]) && str_find_nocase(text, str_of(words[i])) == 0)
			return false;
	/* 1e3 and 0x1f have letters, but begin with a digit. */
	return letter && !(text.data[0] >= '0' && text.data[0] <= '9') && text.data[0] != '.';
}

static void quote(struct buf *out, struct str text)
{
	buf_add_char(out, '"');
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.data[i];

		if (c == '"' || c == '\\') {
			buf_add_char(out, '\\');
			buf_add_char(out, (char)c);
		} else if (c == '\n') {
			buf_add(out, STR("\\n"));
		} else if (c < 0x20 || c == 0x7f) {
			buf_printf(out, "\\x%02X", c);
		} else if (i + 1 < text.len && c == 0xc2 &&
			(unsigned char)text.data[i + 1] < 0xa0) {
			buf_printf(out, "\\x%02X", (unsigned char)text.data[++i]);
		} else if (i + 2 < text.len && c == 0xe2 &&
			(unsigned char)text.data[i + 1] == 0x80 &&
			((unsigned char)text.data[i + 2] & 0xfe) == 0xa8) {
			/* U+2028 and U+2029 break lines. */
			buf_printf(out, "\\u20%02X", (unsigned char)text.data[i + 2] - 0x80u);
			i += 2;
		} else {
			buf_add_char(out, (char)c);
		}
	}
	buf_add_char(out, '"');
}

struct str yaml_scalar(struct str text, struct arena *arena)
{
	CLEANUP(buf_free) struct buf out = BUF((size_t)4 * 1024 * 1024);

	if (is_plain(text))
		return text;
	quote(&out, text);
	return buf_failed(&out) ? (struct str){NULL, 0} : arena_str(arena, buf_str(&out));
}

struct str action_word(enum plan_action action)
{
	switch (action) {
	case ACTION_REPLACE_CBD:
		return STR("replace");
	case ACTION_NO_OP:
	case ACTION_OPEN:
	case ACTION_RENEW:
	case ACTION_CLOSE:
	case ACTION_UNKNOWN:
	case ACTION_COUNT:
		return (struct str){NULL, 0};
	default:
		return plan_action_name(action);
	}
}

struct str change_line(const struct change *change, struct arena *arena)
{
	struct str word = action_word(change->action);
	struct str address = yaml_scalar(change_full_address(change, arena), arena);

	if (str_absent(word))
		return word;
	return arena_printf(arena, "- %.*s: %.*s", STR_ARG(word), STR_ARG(address));
}

static struct str answer(const struct finding *finding, struct arena *arena)
{
	struct str address = yaml_scalar(finding->address, arena);
	struct str rule = yaml_scalar(finding->rule, arena);

	switch (verdict_group(finding->kind)) {
	case GROUP_DESTROY:
		return arena_printf(arena, PASTE "expect: - %s: %.*s",
			finding->kind == KIND_STATEFUL_DESTROY           ? "delete"
				: finding->kind == KIND_STATEFUL_REPLACE ? "replace"
									 : "destroy",
			STR_ARG(address));
	case GROUP_HAZARD:
		return arena_printf(arena,
			PASTE
			"accept: - {rule: %.*s, address: %.*s, reason: WHY, expires: YYYY-MM-DD}",
			STR_ARG(rule), STR_ARG(address));
	default:
		return (struct str){NULL, 0};
	}
}

void remedy_add(struct finding *finding, struct arena *arena)
{
	struct str line;

	/* Already said, here or by the line that asks. */
	if (finding->intent.line > 0 || str_absent(finding->address) ||
		str_find(finding->remedy, STR(PASTE)) != SIZE_MAX)
		return;
	line = answer(finding, arena);
	if (str_absent(line))
		return;
	finding->remedy = str_empty(finding->remedy)
		? line
		: arena_printf(arena, "%.*s %.*s", STR_ARG(finding->remedy), STR_ARG(line));
}
