/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What foreign text may do in each output format, and the one encoder that
 * takes it away.  It decides about single texts only: lines, tables and
 * documents are built by the formats around it, and secrets are gone before.
 *
 * All encoders share one reading of the text: code point by code point, with
 * what is invalid as U+FFFD and what is invisible or moves the cursor as a
 * visible \u{..}.  Text can therefore not end a line in any format.
 */
#include "report/encode.h"

#include <string.h>

#define REPLACEMENT 0xfffdu

/* Decodes one code point; invalid bytes give REPLACEMENT one by one. */
static uint32_t next_code(struct str text, size_t *at)
{
	const unsigned char *p = (const unsigned char *)text.data + *at;
	size_t left = text.len - *at;
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	size_t len = p[0] < 0x80 ? 1 : p[0] < 0xc2 ? 0 : p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
	uint32_t code;

	*at += 1;
	if (len == 1)
		return p[0];
	if (len == 0 || p[0] > 0xf4 || len > left)
		return REPLACEMENT;
	code = p[0] & (0xffu >> (len + 1));
	for (size_t i = 1; i < len; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return REPLACEMENT;
		code = code << 6 | (p[i] & 0x3f);
	}
	if (code < least[len] || code > 0x10ffff || (code >= 0xd800 && code < 0xe000))
		return REPLACEMENT;
	*at += len - 1;
	return code;
}

/*
 * Ranges of code points that have no shape of their own: controls, line and paragraph separators,
 * bidirectional and zero-width controls, fillers, variation selectors that can carry hidden bytes, tags.
 */
static const struct {
	uint32_t first, last;
} invisible[] = {
	{0x0000, 0x001f},
	{0x007f, 0x009f},
	{0x00ad, 0x00ad},
	{0x034f, 0x034f},
	{0x061c, 0x061c},
	{0x115f, 0x1160},
	{0x17b4, 0x17b5},
	{0x180b, 0x180f},
	{0x200b, 0x200f},
	{0x2028, 0x202e},
	{0x2060, 0x206f},
	{0x3164, 0x3164},
	{0xfe00, 0xfe0f},
	{0xfeff, 0xfeff},
	{0xffa0, 0xffa0},
	{0xfff0, 0xfffb},
	{0xfffe, 0xffff},
	{0x1bca0, 0x1bca3},
	{0x1d173, 0x1d17a},
	{0xe0000, 0xe0fff},
};

static bool is_invisible(uint32_t code)
{
	if (code >= 0x20 && code < 0x7f)
		return false;
	for (size_t i = 0; i < COUNT_OF(invisible) && code >= invisible[i].first; i++)
		if (code <= invisible[i].last)
			return true;
	return false;
}

/* The text's bytes from..to, its visible escape, or U+FFFD. `slash` is how a backslash is written. */
static void add_plain(
	struct buf *out, struct str text, size_t from, size_t to, uint32_t code, const char *slash)
{
	if (is_invisible(code))
		buf_printf(out, "%su{%x}", slash, (unsigned)code);
	else if (code == REPLACEMENT)
		buf_add(out, STR("\xef\xbf\xbd"));
	else
		buf_add(out, str_slice(text, from, to));
}

/*
 * "##[", "##vso[", "##teamcity[" are commands to a CI system wherever they stand in a line.
 * `at` is the offset of the second '#'.
 */
static bool ends_hash_command(struct str text, size_t at)
{
	struct str rest = str_slice(text, at + 1, text.len);

	if (at == 0 || text.data[at] != '#' || text.data[at - 1] != '#')
		return false;
	return str_starts(rest, STR("[")) ||
		str_find_nocase(str_slice(rest, 0, 4), STR("vso[")) == 0 ||
		str_find_nocase(str_slice(rest, 0, 9), STR("teamcity[")) == 0;
}

/* Offset behind leading blanks, if a "::" follows them; else SIZE_MAX. */
static size_t leading_command(struct str text)
{
	size_t at = 0;

	while (at < text.len && text.data[at] == ' ')
		at++;
	return str_starts(str_slice(text, at, text.len), STR("::")) ? at : SIZE_MAX;
}

void encode_terminal(struct buf *out, struct str text)
{
	size_t command = leading_command(text);

	for (size_t at = 0; at < text.len;) {
		size_t from = at;
		uint32_t code = next_code(text, &at);

		if (from == command)
			buf_add(out, STR("\\u{3a}"));
		else if (code == '#' && ends_hash_command(text, from))
			buf_add(out, STR("\\u{23}"));
		else
			add_plain(out, text, from, at, code, "\\");
	}
}

static bool is_alnum(uint32_t code)
{
	return (code >= '0' && code <= '9') || (code >= 'A' && code <= 'Z') ||
		(code >= 'a' && code <= 'z') || code >= 0x80;
}

static uint32_t byte_at(struct str text, size_t at)
{
	return at < text.len ? (unsigned char)text.data[at] : 0;
}

static bool is_digit(uint32_t code)
{
	return code >= '0' && code <= '9';
}

/* ":smile:" becomes a picture after Markdown is done. */
static bool is_shortcode(struct str text, size_t at)
{
	size_t end = at + 1;

	while (is_alnum(byte_at(text, end)) || byte_at(text, end) == '_' ||
		byte_at(text, end) == '+' || byte_at(text, end) == '-')
		end++;
	return end > at + 1 && byte_at(text, end) == ':';
}

/* GitLab's "[issue:12]" and its kin. */
static bool is_reference(struct str text, size_t at)
{
	size_t end = at + 1;

	while (is_alnum(byte_at(text, end)) || byte_at(text, end) == '_')
		end++;
	return end > at + 1 && byte_at(text, end) == ':';
}

/* `word` stands before `at`, and no longer one: what is not ASCII may be written as an escape, which ends in no letter. */
static bool follows_nocase(struct str text, size_t at, struct str word)
{
	uint32_t before = at > word.len ? byte_at(text, at - word.len - 1) : 0;

	if (at < word.len || (before < 0x80 && is_alnum(before)))
		return false;
	return str_find_nocase(str_slice(text, at - word.len, at), word) == 0;
}

/*
 * True where a character has a meaning that survives a backslash, because the platforms look for it
 * in the rendered text: mentions, references to issues and the like, autolinks, formulas, emoji.
 * An element around the character alone keeps it visible and breaks the pattern.
 */
static bool needs_element(struct str text, size_t at, uint32_t code)
{
	uint32_t next = byte_at(text, at + 1);

	switch (code) {
	case '@':
	case '$':
	case '~':
	case '#':
	case '^':
		return true;
	case '!':
	case '&':
		return is_digit(next);
	case '%':
		return is_alnum(next) || next == '"';
	case ':':
		return (next == '/' && byte_at(text, at + 2) == '/') || is_shortcode(text, at) ||
			follows_nocase(text, at, STR("mailto")) ||
			follows_nocase(text, at, STR("xmpp"));
	case '.':
		return follows_nocase(text, at, STR("www"));
	case '-':
		return follows_nocase(text, at, STR("gh")) && is_digit(next);
	case '[':
		return next == '+' || next == '-' || is_reference(text, at);
	case '{':
		return next == '+' || next == '-';
	default:
		return false;
	}
}

/*
 * True for a character that is Markdown where it stands.  `opening` says that only blanks or digits
 * stand before it: lists, headings, underlines, quotes, and GitLab's /commands begin there.
 */
static bool needs_backslash(struct str text, size_t at, uint32_t code, bool opening, bool digits)
{
	switch (code) {
	case '\\':
	case '`':
	case '*':
	case '[':
	case ']':
	case '|':
		return true;
	case '!':
		return byte_at(text, at + 1) == '[';
	case '_':
		return at == 0 || !is_alnum(byte_at(text, at - 1)) ||
			!is_alnum(byte_at(text, at + 1));
	case '-':
	case '+':
	case '=':
	case ':':
	case '/':
		return opening && !digits;
	case '.':
	case ')':
		return opening && digits;
	default:
		return false;
	}
}

static void add_entity(struct buf *out, uint32_t code)
{
	switch (code) {
	case '&':
		buf_add(out, STR("&amp;"));
		break;
	case '<':
		buf_add(out, STR("&lt;"));
		break;
	case '>':
		buf_add(out, STR("&gt;"));
		break;
	default:
		buf_add_char(out, (char)code);
	}
}

void encode_markdown(struct buf *out, struct str text)
{
	bool opening = true, digits = false;

	for (size_t at = 0; at < text.len;) {
		size_t from = at;
		uint32_t code = next_code(text, &at);

		if (needs_element(text, from, code)) {
			buf_add(out, code == '&' ? STR("<span>") : STR("<span>\\"));
			add_entity(out, code);
			buf_add(out, STR("</span>"));
		} else if (needs_backslash(text, from, code, opening, digits)) {
			buf_add_char(out, '\\');
			buf_add_char(out, (char)code);
		} else if (code == ' ' && opening && !digits) {
			buf_add(out, STR("&#32;"));
		} else if (code < 0x80 && !is_invisible(code)) {
			add_entity(out, code);
		} else {
			add_plain(out, text, from, at, code, "\\\\");
		}
		digits = digits || is_digit(code);
		opening = opening && (is_digit(code) || (code == ' ' && !digits));
	}
}

void encode_html(struct buf *out, struct str text)
{
	for (size_t at = 0; at < text.len;) {
		size_t from = at;
		uint32_t code = next_code(text, &at);

		if (code == '"' || code == '\'' || code == '`')
			buf_printf(out, "&#%u;", (unsigned)code);
		else if (code == '&' || code == '<' || code == '>')
			add_entity(out, code);
		else
			add_plain(out, text, from, at, code, "\\");
	}
}

void encode_workflow(struct buf *out, struct str text, bool property)
{
	for (size_t at = 0; at < text.len;) {
		size_t from = at;
		uint32_t code = next_code(text, &at);

		if (code == '%' || code == '\r' || code == '\n' ||
			(property && (code == ':' || code == ',')))
			buf_printf(out, "%%%02X", (unsigned)code);
		else if (code == '#' && ends_hash_command(text, from))
			buf_add(out, STR("\\u{23}"));
		else
			add_plain(out, text, from, at, code, "\\");
	}
}

static bool is_placeholder(struct str text, size_t at)
{
	size_t end = at + 1;

	while (is_digit(byte_at(text, end)))
		end++;
	return end > at + 1 && byte_at(text, end) == '}';
}

void encode_message(struct buf *out, struct str text)
{
	for (size_t at = 0; at < text.len;) {
		size_t from = at;
		uint32_t code = next_code(text, &at);

		/* Not in braces, as elsewhere: that would be a placeholder. */
		if ((code == '(' && from > 0 && byte_at(text, from - 1) == ']') ||
			(code == '{' && is_placeholder(text, from)) ||
			(code == '#' && ends_hash_command(text, from)) || is_invisible(code))
			buf_printf(out, "\\u%04x", (unsigned)code);
		else
			add_plain(out, text, from, at, code, "\\");
	}
}

void encode_uri(struct buf *out, struct str path)
{
	if (str_starts(path, STR("/")))
		buf_add(out, STR("file://"));
	for (size_t at = 0; at < path.len; at++) {
		unsigned char byte = (unsigned char)path.data[at];

		if (byte > 0x20 && byte < 0x80 && (is_alnum(byte) || strchr("-._~/", byte)))
			buf_add_char(out, (char)byte);
		else
			buf_printf(out, "%%%02X", (unsigned)byte);
	}
}

void encode_xml(struct buf *out, struct str text)
{
	for (size_t at = 0; at < text.len;) {
		size_t from = at;
		uint32_t code = next_code(text, &at);

		if (code == '"' || code == '\'')
			buf_printf(out, "&#%u;", (unsigned)code);
		else if (code == '&' || code == '<' || code == '>')
			add_entity(out, code);
		else
			add_plain(out, text, from, at, code, "\\");
	}
}
